import type { ManagedRuleParameters } from "../catalog/generated/rule-types";
import type { ResourceType } from "../catalog/generated/resource-types";
import {
  all,
  any,
  check,
  compliant,
  given,
  isProperties,
  isUnknown,
  mark,
  parseJson,
  reveal,
  sharedPolicy,
  undecided,
  violation,
  when,
} from "../engine";
import type {
  Context,
  NoParameters,
  Outcome,
  Policies,
  Policy,
  Reader,
  ResourceNode,
  Ternary,
} from "../engine";
import { selectionsOf } from "../views/backup";
import { effectiveTags } from "../views/tags";

/** Whether the resources that hold data are in a backup plan of the stack; plans of other stacks cannot be seen. */

const PLAN = "aws:backup/plan:Plan";
const FILE_SYSTEM = "aws:efs/fileSystem:FileSystem";
const BACKUP_POLICY = "aws:efs/backupPolicy:BackupPolicy";

type Protection = ManagedRuleParameters["EC2_RESOURCES_PROTECTED_BY_BACKUP_PLAN"];
type RuleReader = Reader<{ lifecycle: { deleteAfter: number } }>;

const MISSING = {
  found: "no backup selection of the stack chooses the resource",
  fix: "add it, or one of its tags, to a backup selection",
};

/** A file system may also have the backups that EFS makes by itself, by a plan of its own. */
function hasAutomaticBackups({ stack, node }: Context): Ternary {
  if (node.type !== FILE_SYSTEM) return false;
  const { nodes, uncertain } = stack.referrers(node, BACKUP_POLICY, "fileSystemId");
  const states = nodes.map((one) => one.reader(BACKUP_POLICY).value("backupPolicy.status"));
  if (states.includes("ENABLED")) return true;
  return uncertain || states.some(isUnknown) ? "unknown" : false;
}

function ofFact(fact: Ternary, then: () => Outcome): Outcome {
  if (fact === true) return then();
  return fact === false ? violation(MISSING) : undecided(MISSING);
}

function keeps(rule: RuleReader, { minRetentionDays, maxRetentionDays }: Protection): Outcome {
  // Without a limit, recovery points are kept for ever.
  const isEndless = rule.at("lifecycle.deleteAfter").kind === "absent";
  return all(
    compliant(),
    given(minRetentionDays, (days) =>
      isEndless ? compliant() : rule.atLeast("lifecycle.deleteAfter", days),
    ),
    given(maxRetentionDays, (days) => rule.atMost("lifecycle.deleteAfter", days)),
  );
}

/** Some rule of the plan that a selection belongs to keeps recovery points for the wanted time. */
function planKeeps(selection: ResourceNode, p: Protection, { stack }: Context): Outcome {
  if (p.minRetentionDays === undefined && p.maxRetentionDays === undefined) return compliant();
  const { nodes, uncertain } = stack.targets(selection, "planId", PLAN);
  if (nodes.length === 0 || uncertain) {
    return undecided({ found: "the backup plan is not in this stack", fix: "add the plan to the stack" });
  }
  return any(
    ...nodes.map((plan) =>
      plan
        .reader(PLAN)
        .some("rules", (rule) => keeps(rule as unknown as RuleReader, p), "keep backups for the wanted time"),
    ),
  );
}

/** Only the resource with some id, or those with some tags, are looked at. */
function isLookedAt(p: Protection, context: Context): Outcome {
  const reason = { found: "the resource is not one that the parameters name", fix: "change the parameters" };
  const { tags, complete } = effectiveTags(context);
  const wanted = p.resourceTags === undefined ? {} : mark(parseJson(p.resourceTags));
  return all(
    compliant(),
    given(p.resourceId, (id) => check(context.node.facts.id === id, reason)),
    ...Object.entries(isProperties(wanted) ? wanted : {}).map(([key, value]): Outcome => {
      const own = tags.get(key);
      const tag = own === undefined ? undefined : reveal(own);
      if (isUnknown(tag) || (tag === undefined && !complete)) return undecided(reason);
      return check(tag === value, reason);
    }),
  );
}

function isProtected(_: unknown, p: Protection, context: Context): Outcome {
  const beyond = p.crossRegionList ?? p.crossAccountList ?? p.backupVaultLockCheck;
  return when(isLookedAt(p, context), () =>
    all(
      any(
        ofFact(hasAutomaticBackups(context), compliant),
        ...selectionsOf(context).map(([selection, chosen]) =>
          ofFact(chosen, () => planKeeps(selection, p, context)),
        ),
        context.stack.partial ? undecided(MISSING) : violation(MISSING),
      ),
      given(beyond, () =>
        undecided({
          found: "copies and locks of backups are not followed here",
          fix: "look at the verdict of AWS Config",
        }),
      ),
    ),
  );
}

const protects = (noun: string, ...types: readonly ResourceType[]): Policy<Protection> => ({
  ...sharedPolicy(`${noun} are protected by a backup plan.`, types, isProtected),
  decision: "partial",
});

const plans = (noun: string, type: ResourceType): Policy<NoParameters> => ({
  ...sharedPolicy<NoParameters>(`${noun} are in a backup plan.`, [type], (resource, _, context) =>
    isProtected(resource, {}, context),
  ),
  decision: "partial",
});

export const backupPlans: Policies = {
  AURORA_RESOURCES_PROTECTED_BY_BACKUP_PLAN: protects("Aurora clusters", "aws:rds/cluster:Cluster"),
  DYNAMODB_IN_BACKUP_PLAN: plans("DynamoDB tables", "aws:dynamodb/table:Table"),
  DYNAMODB_RESOURCES_PROTECTED_BY_BACKUP_PLAN: protects("DynamoDB tables", "aws:dynamodb/table:Table"),
  EBS_IN_BACKUP_PLAN: plans("EBS volumes", "aws:ebs/volume:Volume"),
  EBS_RESOURCES_PROTECTED_BY_BACKUP_PLAN: protects("EBS volumes", "aws:ebs/volume:Volume"),
  EC2_RESOURCES_PROTECTED_BY_BACKUP_PLAN: protects("Instances", "aws:ec2/instance:Instance"),
  EFS_IN_BACKUP_PLAN: plans("EFS file systems", FILE_SYSTEM),
  EFS_RESOURCES_PROTECTED_BY_BACKUP_PLAN: protects("EFS file systems", FILE_SYSTEM),
  FSX_RESOURCES_PROTECTED_BY_BACKUP_PLAN: protects(
    "FSx file systems",
    "aws:fsx/lustreFileSystem:LustreFileSystem",
    "aws:fsx/ontapFileSystem:OntapFileSystem",
    "aws:fsx/openZfsFileSystem:OpenZfsFileSystem",
    "aws:fsx/windowsFileSystem:WindowsFileSystem",
  ),
  RDS_IN_BACKUP_PLAN: plans("RDS instances", "aws:rds/instance:Instance"),
  RDS_RESOURCES_PROTECTED_BY_BACKUP_PLAN: protects("RDS instances", "aws:rds/instance:Instance"),
  S3_RESOURCES_PROTECTED_BY_BACKUP_PLAN: protects("S3 buckets", "aws:s3/bucket:Bucket"),
};
