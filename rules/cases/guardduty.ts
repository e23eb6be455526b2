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

const NOTE = "CreateDetector turns on all plans that it is told nothing of, but for Runtime Monitoring.";

/** The cases of a plan that a new detector has on. */
const defaultPlan = (name: string): readonly Case[] => [
  ...plan(name),
  compliantCase("does not say", detector({}), { note: NOTE }),
  compliantCase("has another plan off", detector({ enable: true }), {
    with: { f: feature("OTHER", "DISABLED") },
  }),
  violatingCase("does not say, where that does not count", detector({}), { strict: true }),
  violatingCase("does not say and is suspended", detector({ enable: false })),
  undecidedCase("may have an unknown plan off", detector({}), { with: { f: feature(unknown, "DISABLED") } }),
  undecidedCase("does not say, beside an unknown feature of an unknown detector", detector({}), {
    with: { f: make({ detectorId: unknown, name: unknown, status: "DISABLED" }) },
  }),
];

/** The cases of a plan that must be turned on. */
const optionalPlan = (name: string, agent?: string): readonly Case[] => [
  ...plan(name, agent),
  violatingCase("has another plan on", detector({}), { with: { f: feature("OTHER", "ENABLED") } }),
  violatingCase("does not say", detector({}), { note: NOTE }),
];

/** The cases that every plan has. */
function plan(name: string, agent?: string): readonly Case[] {
  const agents =
    agent === undefined ? {} : { additionalConfigurations: [{ name: agent, status: "ENABLED" }] };
  return [
    compliantCase("has the plan on", detector({ enable: true }), {
      with: { f: feature(name, "ENABLED", agents) },
    }),
    violatingCase("has the plan off", detector({}), { with: { f: feature(name, "DISABLED", agents) } }),
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
  GUARDDUTY_EC2_PROTECTION_RUNTIME_ENABLED: optionalPlan("RUNTIME_MONITORING", "EC2_AGENT_MANAGEMENT"),
  GUARDDUTY_ECS_PROTECTION_RUNTIME_ENABLED: optionalPlan(
    "RUNTIME_MONITORING",
    "ECS_FARGATE_AGENT_MANAGEMENT",
  ),
  GUARDDUTY_EKS_PROTECTION_AUDIT_ENABLED: [
    ...defaultPlan("EKS_AUDIT_LOGS"),
    compliantCase(
      "has the data source on",
      detector({ datasources: { kubernetes: { auditLogs: { enable: true } } } }),
    ),
    violatingCase(
      "has the data source off",
      detector({ datasources: { kubernetes: { auditLogs: { enable: false } } } }),
    ),
  ],
  GUARDDUTY_EKS_PROTECTION_RUNTIME_ENABLED: [
    ...optionalPlan("EKS_RUNTIME_MONITORING", "EKS_ADDON_MANAGEMENT"),
    ...optionalPlan("RUNTIME_MONITORING", "EKS_ADDON_MANAGEMENT").slice(0, 1),
  ],
  GUARDDUTY_ENABLED_CENTRALIZED: [
    compliantCase("is on", detector({ enable: true })),
    compliantCase("does not say", detector({})),
    violatingCase("is suspended", detector({ enable: false })),
    undecidedCase("does not know yet", detector({ enable: unknown })),
  ],
  GUARDDUTY_LAMBDA_PROTECTION_ENABLED: defaultPlan("LAMBDA_NETWORK_LOGS"),
  GUARDDUTY_MALWARE_PROTECTION_ENABLED: [
    ...defaultPlan("EBS_MALWARE_PROTECTION"),
    compliantCase(
      "has the data source on",
      detector({
        datasources: { malwareProtection: { scanEc2InstanceWithFindings: { ebsVolumes: { enable: true } } } },
      }),
    ),
  ],
  GUARDDUTY_RDS_PROTECTION_ENABLED: defaultPlan("RDS_LOGIN_EVENTS"),
  GUARDDUTY_RUNTIME_MONITORING_ENABLED: optionalPlan("RUNTIME_MONITORING"),
  GUARDDUTY_S3_PROTECTION_ENABLED: [
    ...defaultPlan("S3_DATA_EVENTS"),
    compliantCase("has the data source on", detector({ datasources: { s3Logs: { enable: true } } })),
    violatingCase("has the data source off", detector({ datasources: { s3Logs: { enable: false } } })),
    compliantCase(
      "has another data source off",
      detector({ datasources: { kubernetes: { auditLogs: { enable: false } } } }),
    ),
  ],
};
