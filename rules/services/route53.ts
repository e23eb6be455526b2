import { compliant, stackPolicy, undecided, unless, violation } from "../engine";
import type { Context, Outcome, Policies, Reader, ResourceArgs } from "../engine";

const ZONE = "aws:route53/zone:Zone";
const FIX = 'add a QueryLog with the "zoneId" of the zone';

/** A zone without VPCs is public; a private one begins with its first VPC. */
function logsQueries(zone: Reader<ResourceArgs[typeof ZONE]>, _: unknown, context: Context): Outcome {
  return unless(zone.nonEmpty("vpcs", FIX), () => {
    const { stack, node } = context;
    const { nodes, uncertain } = stack.referrers(node, "aws:route53/queryLog:QueryLog", "zoneId");
    if (nodes.length > 0) return compliant();
    const reason = { found: "no QueryLog names the zone", fix: FIX };
    return uncertain ? undecided(reason) : violation(reason);
  });
}

export const route53: Policies = {
  ROUTE53_QUERY_LOGGING_ENABLED: stackPolicy("Public hosted zones log the queries that they get.", {
    [ZONE]: logsQueries,
  }),
};
