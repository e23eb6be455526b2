import {
  all,
  any,
  check,
  compliant,
  isUnknown,
  notApplicable,
  policy,
  stackPolicy,
  undecided,
} from "../engine";
import type { Context, Outcome, Policies, Reader, ResourceArgs } from "../engine";
import { lonePart } from "../views/parts";

const DETECTOR = "aws:guardduty/detector:Detector";
const FEATURE = "aws:guardduty/detectorFeature:DetectorFeature";

type Detector = Reader<ResourceArgs["aws:guardduty/detector:Detector"]>;
type Feature = Reader<ResourceArgs["aws:guardduty/detectorFeature:DetectorFeature"]>;

/** A protection plan as a feature of a detector, and the older data source that says the same. */
interface Plan {
  /** Any of these features; the newer name first. */
  readonly features: readonly string[];
  /** An agent that the feature must manage by itself. */
  readonly agent?: string;
  readonly datasource?: (detector: Detector) => Outcome;
}

/** A feature of a plan is on, with its agent; features of other plans do not matter. */
function isOn(feature: Feature, plan: Plan): Outcome {
  const name = feature.value("name");
  const reason = feature.reason("status", 'set "status" to "ENABLED"');
  if (isUnknown(name)) return undecided(reason);
  if (!plan.features.some((one) => one === name)) return check(false, reason);
  const agent = plan.agent;
  return all(
    feature.equals("status", "ENABLED"),
    agent === undefined
      ? compliant()
      : feature.some(
          "additionalConfigurations",
          (item) => all(item.equals("name", agent), item.equals("status", "ENABLED")),
          `add the additional configuration ${agent} with "status" ENABLED`,
        ),
  );
}

/** The detector protects by a plan: a feature of the stack, or the data source on the detector. */
const protects =
  (plan: Plan) =>
  (detector: Detector, _: unknown, { node, stack }: Context): Outcome => {
    const { nodes, uncertain } = stack.referrers(node, FEATURE, "detectorId");
    const missing = {
      found: `the detector does not have ${plan.features[0] ?? ""}${plan.agent === undefined ? "" : ` with ${plan.agent}`} on`,
      fix: `add a DetectorFeature ${plan.features[0] ?? ""} with "status" ENABLED`,
    };
    const outcome = any(
      ...nodes.map((feature) => isOn(feature.reader(FEATURE), plan)),
      plan.datasource?.(detector) ?? check(false, missing),
      uncertain ? undecided(missing) : check(false, missing),
    );
    return outcome.verdict === "NON_COMPLIANT" ? check(false, missing) : outcome;
  };

/**
 * A feature of the plan shows by itself that the plan is off, where no other feature gives the plan too. A feature whose
 * detector is in the stack is judged with that.
 */
const aloneProtects =
  (plan: Plan) =>
  (feature: Feature, _: unknown, context: Context): Outcome =>
    lonePart(context, "detectorId", [DETECTOR], () => {
      const name = feature.value("name");
      if (isUnknown(name)) return undecided(feature.reason("name", 'make "name" known'));
      if (!plan.features.some((one) => one === name)) return notApplicable();
      const outcome = isOn(feature, plan);
      const isProof = plan.features.length === 1 && plan.datasource === undefined;
      return isProof || outcome.verdict !== "NON_COMPLIANT" ? outcome : undecided(...outcome.reasons);
    });

const planPolicy = (
  title: string,
  plan: Plan,
): ReturnType<typeof stackPolicy<unknown, typeof DETECTOR | typeof FEATURE>> =>
  stackPolicy(title, { [DETECTOR]: protects(plan), [FEATURE]: aloneProtects(plan) });

const RUNTIME = "RUNTIME_MONITORING";

export const guardduty: Policies = {
  GUARDDUTY_EC2_PROTECTION_RUNTIME_ENABLED: planPolicy("GuardDuty watches EC2 instances at run time.", {
    features: [RUNTIME],
    agent: "EC2_AGENT_MANAGEMENT",
  }),
  GUARDDUTY_ECS_PROTECTION_RUNTIME_ENABLED: planPolicy("GuardDuty watches ECS tasks at run time.", {
    features: [RUNTIME],
    agent: "ECS_FARGATE_AGENT_MANAGEMENT",
  }),
  GUARDDUTY_EKS_PROTECTION_AUDIT_ENABLED: planPolicy("GuardDuty watches the audit logs of EKS.", {
    features: ["EKS_AUDIT_LOGS"],
    datasource: (detector) => detector.isTrue("datasources.kubernetes.auditLogs.enable"),
  }),
  GUARDDUTY_EKS_PROTECTION_RUNTIME_ENABLED: planPolicy("GuardDuty watches EKS clusters at run time.", {
    features: [RUNTIME, "EKS_RUNTIME_MONITORING"],
    agent: "EKS_ADDON_MANAGEMENT",
  }),
  GUARDDUTY_ENABLED_CENTRALIZED: policy(
    "GuardDuty is on.",
    { [DETECTOR]: (detector) => detector.isTrue("enable") },
    { partial: true },
  ),
  GUARDDUTY_LAMBDA_PROTECTION_ENABLED: planPolicy("GuardDuty watches the network of Lambda functions.", {
    features: ["LAMBDA_NETWORK_LOGS"],
  }),
  GUARDDUTY_MALWARE_PROTECTION_ENABLED: planPolicy("GuardDuty scans volumes for malware.", {
    features: ["EBS_MALWARE_PROTECTION"],
    datasource: (detector) =>
      detector.isTrue("datasources.malwareProtection.scanEc2InstanceWithFindings.ebsVolumes.enable"),
  }),
  GUARDDUTY_RDS_PROTECTION_ENABLED: planPolicy("GuardDuty watches logins to databases.", {
    features: ["RDS_LOGIN_EVENTS"],
  }),
  GUARDDUTY_RUNTIME_MONITORING_ENABLED: planPolicy("GuardDuty watches workloads at run time.", {
    features: [RUNTIME],
  }),
  GUARDDUTY_S3_PROTECTION_ENABLED: planPolicy("GuardDuty watches the objects of S3.", {
    features: ["S3_DATA_EVENTS"],
    datasource: (detector) => detector.isTrue("datasources.s3Logs.enable"),
  }),
};
