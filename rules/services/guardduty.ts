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
import type { Context, Outcome, Policies, Read, Reader, ResourceArgs } from "../engine";
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
  /** The data source of the detector, for plans that have one. */
  readonly datasource?: Datasource;
  /**
   * A new detector has the plan on where nothing is said.
   * @see https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html
   */
  readonly isDefault?: true;
}

interface Datasource {
  readonly read: (detector: Detector) => Read;
  readonly isOn: (detector: Detector) => Outcome;
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

/** The stack says whether a plan is on, or may say so. */
const speaksOf = (plan: Plan, detector: Detector, features: readonly Feature[]): boolean =>
  (plan.datasource !== undefined && plan.datasource.read(detector).kind !== "absent") ||
  features.some((feature) => {
    const name = feature.value("name");
    return isUnknown(name) || plan.features.some((one) => one === name);
  });

/** The detector protects by a plan: by default, by a feature of the stack, or the data source on the detector. */
const protects =
  (plan: Plan) =>
  (detector: Detector, _: unknown, { node, stack, strict }: Context): Outcome => {
    const { nodes, uncertain } = stack.referrers(node, FEATURE, "detectorId");
    const features = nodes.map((feature) => feature.reader(FEATURE));
    const missing = {
      found: `the detector does not have ${plan.features[0] ?? ""}${plan.agent === undefined ? "" : ` with ${plan.agent}`} on`,
      fix: `add a DetectorFeature ${plan.features[0] ?? ""} with "status" ENABLED`,
    };
    const byDefault =
      plan.isDefault === true && !strict && !speaksOf(plan, detector, features)
        ? detector.isTrue("enable")
        : check(false, missing);
    const outcome = any(
      ...features.map((feature) => isOn(feature, plan)),
      plan.datasource?.isOn(detector) ?? check(false, missing),
      uncertain && byDefault.verdict === "COMPLIANT" ? undecided(missing) : byDefault,
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
    isDefault: true,
    datasource: {
      read: (detector) => detector.read("datasources.kubernetes.auditLogs.enable"),
      isOn: (detector) => detector.isTrue("datasources.kubernetes.auditLogs.enable"),
    },
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
    isDefault: true,
  }),
  GUARDDUTY_MALWARE_PROTECTION_ENABLED: planPolicy("GuardDuty scans volumes for malware.", {
    features: ["EBS_MALWARE_PROTECTION"],
    isDefault: true,
    datasource: {
      read: (detector) =>
        detector.read("datasources.malwareProtection.scanEc2InstanceWithFindings.ebsVolumes.enable"),
      isOn: (detector) =>
        detector.isTrue("datasources.malwareProtection.scanEc2InstanceWithFindings.ebsVolumes.enable"),
    },
  }),
  GUARDDUTY_RDS_PROTECTION_ENABLED: planPolicy("GuardDuty watches logins to databases.", {
    features: ["RDS_LOGIN_EVENTS"],
    isDefault: true,
  }),
  GUARDDUTY_RUNTIME_MONITORING_ENABLED: planPolicy("GuardDuty watches workloads at run time.", {
    features: [RUNTIME],
  }),
  GUARDDUTY_S3_PROTECTION_ENABLED: planPolicy("GuardDuty watches the objects of S3.", {
    features: ["S3_DATA_EVENTS"],
    isDefault: true,
    datasource: {
      read: (detector) => detector.read("datasources.s3Logs.enable"),
      isOn: (detector) => detector.isTrue("datasources.s3Logs.enable"),
    },
  }),
};
