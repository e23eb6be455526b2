import {
  all,
  any,
  check,
  compliant,
  given,
  isUnknown,
  matchesWildcard,
  policy,
  stackPolicy,
  undecided,
  violation,
} from "../engine";
import type { Context, Outcome, Policies, Reader, ResourceArgs } from "../engine";
import { customerKey, keyAmong } from "../views/kms";

const REPOSITORY = "aws:ecr/repository:Repository";
const SCANNING = "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration";
const LIFECYCLE = "aws:ecr/lifecyclePolicy:LifecyclePolicy";

type Repository = Reader<ResourceArgs[typeof REPOSITORY]>;

const SCANS = ["SCAN_ON_PUSH", "CONTINUOUS_SCAN"];

/**
 * Whether a filter of the registry means a repository: without a wildcard it means every name that contains it.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html
 */
const covers = (filter: string, name: string): boolean =>
  filter.includes("*") ? matchesWildcard(filter, name) : name.includes(filter);

/** A rule of the registry scans the repository; without a name of its own only a filter for all can mean it. */
function isScannedByRegistry(repository: Repository, { stack }: Context): Outcome {
  const missing = {
    found: "no rule of the registry scans the repository",
    fix: 'set "imageScanningConfiguration.scanOnPush" to true, or add a rule to the RegistryScanningConfiguration',
  };
  const name = repository.value("name");
  const outcomes = stack.ofType(SCANNING).map((node) =>
    node.reader(SCANNING).some(
      "rules",
      (rule) =>
        all(
          rule.oneOf("scanFrequency", SCANS),
          rule.some(
            "repositoryFilters",
            (filter) => {
              const pattern = filter.value("filter");
              const reason = filter.reason("filter", missing.fix);
              if (pattern === "*") return compliant();
              if (typeof pattern !== "string")
                return isUnknown(pattern) ? undecided(reason) : violation(reason);
              return typeof name === "string" ? check(covers(pattern, name), reason) : undecided(reason);
            },
            missing.fix,
          ),
        ),
      missing.fix,
    ),
  );
  return any(...outcomes, stack.partial ? undecided(missing) : violation(missing));
}

export const ecr: Policies = {
  ECR_PRIVATE_IMAGE_SCANNING_ENABLED: stackPolicy("ECR repositories have their images scanned.", {
    [REPOSITORY]: (repository, _, context) =>
      any(
        repository.isTrue("imageScanningConfiguration.scanOnPush"),
        isScannedByRegistry(repository, context),
      ),
  }),

  ECR_PRIVATE_LIFECYCLE_POLICY_CONFIGURED: stackPolicy("ECR repositories have a lifecycle policy.", {
    [REPOSITORY]: (_, __, { node, stack }) => {
      const { nodes, uncertain } = stack.referrers(node, LIFECYCLE, "repository");
      if (nodes.length > 0) return compliant();
      const reason = {
        found: "the repository has no lifecycle policy",
        fix: "add a LifecyclePolicy for the repository",
      };
      return uncertain ? undecided(reason) : violation(reason);
    },
  }),

  ECR_PRIVATE_TAG_IMMUTABILITY_ENABLED: policy("ECR repositories do not let tags of images change.", {
    [REPOSITORY]: (repository) => repository.equals("imageTagMutability", "IMMUTABLE"),
  }),

  ECR_REPOSITORY_CMK_ENCRYPTION_ENABLED: stackPolicy(
    "ECR repositories are encrypted with a customer managed key.",
    {
      [REPOSITORY]: (repository, { kmsKeyArns }, context) =>
        all(
          repository.oneOf("encryptionConfigurations.encryptionType", ["KMS", "KMS_DSSE"]),
          customerKey(repository, "encryptionConfigurations.kmsKey", context),
          given(kmsKeyArns, (keys) => keyAmong(repository, "encryptionConfigurations.kmsKey", keys)),
        ),
    },
  ),
};
