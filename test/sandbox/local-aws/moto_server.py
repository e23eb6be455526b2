"""Serves moto on a free loopback port, prints the port, and ends when the process that started it is gone."""

import copy
import json
import logging
import os
import threading
import time
from fnmatch import fnmatchcase

import moto.iam.models as iam
from moto.cloudfront.models import DistributionConfig
from moto.config.models import ConfigRule
from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

# AWS allows 1,000 rules an account and region, moto still 150:
# https://docs.aws.amazon.com/config/latest/developerguide/configlimits.html
ConfigRule.MAX_RULES = 1000


def as_list(value):
    return value if isinstance(value, list) else [value]


def admits_log_delivery(target_bucket, target_prefix):
    """Whether the policy of a log bucket lets S3 deliver; moto's own check fails at a statement for everyone.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
    """
    if not target_bucket.policy:
        return False
    key = f"arn:{target_bucket.partition}:s3:::{target_bucket.name}/{target_prefix or ''}log"
    for statement in as_list(json.loads(target_bucket.policy.decode())["Statement"]):
        principal = statement.get("Principal")
        services = as_list(principal.get("Service")) if isinstance(principal, dict) else []
        if (
            statement.get("Effect") == "Allow"
            and "logging.s3.amazonaws.com" in services
            and any(fnmatchcase("s3:PutObject", action) for action in as_list(statement.get("Action", [])))
            and any(fnmatchcase(key, resource) for resource in as_list(statement.get("Resource", [])))
        ):
            return True
    return False


FakeBucket._log_permissions_enabled_policy = staticmethod(admits_log_delivery)
# moto leaves the conditions of a statement out, so that a denial of unencrypted transport denies everything.
FakeBucket.get_permission = lambda bucket, action, resource: PermissionResult.NEUTRAL


def account_of(access_key):
    """The account of a key. moto's own search makes an IAM in every partition of each account, with all policies of AWS."""
    for account, partitions in list(iam.iam_backends.items()):
        if any(access_key in backend.access_keys for backend in list(partitions.values())):
            return account
    return iam.DEFAULT_ACCOUNT_ID


iam.get_account_id_from = account_of

read_policies = iam.IAMBackend._init_aws_policies
policies_of_aws = {}


def copied_policies(backend):
    """The policies of AWS as they are before anybody attaches one; moto reads all 1,300 again after each reset."""
    place = (backend.account_id, backend.region_name)
    if place not in policies_of_aws:
        policies_of_aws[place] = read_policies(backend)
    return [copy.copy(policy) for policy in policies_of_aws[place]]


iam.IAMBackend._init_aws_policies = copied_policies

make_distribution = DistributionConfig.__init__


def make_distribution_with_groups(self, config):
    """Lets a behaviour name a group of origins; moto looks for it among the origins alone.

    https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DefaultCacheBehavior.html
    """
    behavior = config["DefaultCacheBehavior"]
    target = behavior["TargetOriginId"]
    groups = config.get("OriginGroups", {}).get("Items") or []
    if target in [group.get("Id") for group in groups]:
        behavior["TargetOriginId"] = config["Origins"]["Items"][0]["Id"]
    make_distribution(self, config)
    self.DefaultCacheBehavior.target_origin_id = target


DistributionConfig.__init__ = make_distribution_with_groups


def end_with_parent(parent):
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(0)


logging.getLogger("werkzeug").setLevel(logging.ERROR)
threading.Thread(target=end_with_parent, args=(os.getppid(),), daemon=True).start()
server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True)
# moto puts its own address into some answers (queue URLs) and reads the port from here.
os.environ["MOTO_PORT"] = str(server.server_port)
print(server.server_port, flush=True)
server.serve_forever()
