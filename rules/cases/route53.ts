import {
  compliantCase,
  notApplicableCase,
  ref,
  resource,
  undecidedCase,
  unknown,
  violatingCase,
} from "./build";
import type { Cases } from "./types";

const zone = resource("aws:route53/zone:Zone");
const log = resource("aws:route53/queryLog:QueryLog");
const GROUP = "arn:aws:logs:us-east-1:111122223333:log-group:/aws/route53/example.com";

export const route53: Cases = {
  ROUTE53_QUERY_LOGGING_ENABLED: [
    compliantCase("has a log", zone({ name: "example.com" }), {
      with: { l: log({ zoneId: ref("subject", "zoneId"), cloudwatchLogGroupArn: GROUP }) },
    }),
    compliantCase("has a log by its id", zone({ name: "example.com" }), {
      with: { l: log({ zoneId: ref("subject"), cloudwatchLogGroupArn: GROUP }) },
    }),
    notApplicableCase("is private", zone({ name: "internal", vpcs: [{ vpcId: "vpc-1" }] })),
    violatingCase("has none", zone({ name: "example.com" })),
    violatingCase("has an empty list of VPCs, and no log", zone({ name: "example.com", vpcs: [] })),
    violatingCase("has none beside a zone with one", zone({ name: "example.com" }), {
      with: {
        other: zone({ name: "example.org" }),
        l: log({ zoneId: ref("other", "zoneId"), cloudwatchLogGroupArn: GROUP }),
      },
    }),
    undecidedCase("may have one", zone({ name: "example.com" }), {
      with: { l: log({ zoneId: unknown, cloudwatchLogGroupArn: GROUP }) },
    }),
    undecidedCase("does not know its VPCs yet", zone({ name: "example.com", vpcs: unknown })),
  ],
};
