import {
  compliantCase,
  notApplicableCase,
  ref,
  resource,
  undecidedCase,
  unknown,
  violatingCase,
} from "./build";
import type { Case, Cases } from "./types";

const detector = resource("aws:guardduty/detector:Detector");
const make = resource("aws:guardduty/detectorFeature:DetectorFeature");
const feature = (name: unknown, status: unknown, more: object = {}): ReturnType<typeof make> =>
  make({ detectorId: ref("subject"), name, status, ...more });

const NOTE =
  "Which plans GuardDuty turns on by itself depends on how and when it was enabled; a stack must say so.";

/** The cases that every plan has. */
function plan(name: string, agent?: string): readonly Case[] {
  const agents =
    agent === undefined ? {} : { additionalConfigurations: [{ name: agent, status: "ENABLED" }] };
  return [
    compliantCase("has the plan on", detector({ enable: true }), {
      with: { f: feature(name, "ENABLED", agents) },
    }),
    violatingCase("has the plan off", detector({}), { with: { f: feature(name, "DISABLED", agents) } }),
    violatingCase("has another plan on", detector({}), { with: { f: feature("OTHER", "ENABLED", agents) } }),
    violatingCase("does not say", detector({}), { note: NOTE }),
    compliantCase(
      "is the feature of a detector elsewhere",
      make({ detectorId: "12abc34d567e8fa901bc2d34e56789f0", name, status: "ENABLED", ...agents }),
    ),
    notApplicableCase(
      "is another feature of a detector elsewhere",
      make({ detectorId: "12abc34d567e8fa901bc2d34e56789f0", name: "OTHER", status: "ENABLED" }),
    ),
    ...(agent === undefined
      ? []
      : [
          violatingCase("leaves the agent to others", detector({}), {
            with: { f: feature(name, "ENABLED") },
          }),
        ]),
    undecidedCase("has the plan in an unknown status", detector({}), {
      with: { f: feature(name, unknown, agents) },
    }),
  ];
}

export const guardduty: Cases = {
  GUARDDUTY_EC2_PROTECTION_RUNTIME_ENABLED: plan("RUNTIME_MONITORING", "EC2_AGENT_MANAGEMENT"),
  GUARDDUTY_ECS_PROTECTION_RUNTIME_ENABLED: plan("RUNTIME_MONITORING", "ECS_FARGATE_AGENT_MANAGEMENT"),
  GUARDDUTY_EKS_PROTECTION_AUDIT_ENABLED: [
    ...plan("EKS_AUDIT_LOGS"),
    compliantCase(
      "has the data source on",
      detector({ datasources: { kubernetes: { auditLogs: { enable: true } } } }),
    ),
  ],
  GUARDDUTY_EKS_PROTECTION_RUNTIME_ENABLED: [
    ...plan("EKS_RUNTIME_MONITORING", "EKS_ADDON_MANAGEMENT"),
    ...plan("RUNTIME_MONITORING", "EKS_ADDON_MANAGEMENT").slice(0, 1),
  ],
  GUARDDUTY_ENABLED_CENTRALIZED: [
    compliantCase("is on", detector({ enable: true })),
    compliantCase("does not say", detector({})),
    violatingCase("is suspended", detector({ enable: false })),
    undecidedCase("does not know yet", detector({ enable: unknown })),
  ],
  GUARDDUTY_LAMBDA_PROTECTION_ENABLED: plan("LAMBDA_NETWORK_LOGS"),
  GUARDDUTY_MALWARE_PROTECTION_ENABLED: [
    ...plan("EBS_MALWARE_PROTECTION"),
    compliantCase(
      "has the data source on",
      detector({
        datasources: { malwareProtection: { scanEc2InstanceWithFindings: { ebsVolumes: { enable: true } } } },
      }),
    ),
  ],
  GUARDDUTY_RDS_PROTECTION_ENABLED: plan("RDS_LOGIN_EVENTS"),
  GUARDDUTY_RUNTIME_MONITORING_ENABLED: plan("RUNTIME_MONITORING"),
  GUARDDUTY_S3_PROTECTION_ENABLED: [
    ...plan("S3_DATA_EVENTS"),
    compliantCase("has the data source on", detector({ datasources: { s3Logs: { enable: true } } })),
  ],
};
