"""Serves moto on a free loopback port, prints the port, and ends when the process that started it is gone."""

import logging
import os
import threading
import time

from moto.config.models import ConfigRule
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

# AWS allows 1,000 rules an account and region, moto still 150:
# https://docs.aws.amazon.com/config/latest/developerguide/configlimits.html
ConfigRule.MAX_RULES = 1000

logging.getLogger("werkzeug").setLevel(logging.ERROR)


def end_with_parent(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(0)


threading.Thread(target=end_with_parent, args=(os.getppid(),), daemon=True).start()
server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True)
# moto puts its own address into some answers (queue URLs) and reads the port from here.
os.environ["MOTO_PORT"] = str(server.server_port)
print(server.server_port, flush=True)
server.serve_forever()
