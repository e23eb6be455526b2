import { compliant, notApplicable, stackPolicy, undecided, violation } from "../engine";
import type { Context, Outcome, Policies, Reader, ResourceArgs } from "../engine";

const ZONE = "aws:route53/zone:Zone";

/** A zone without VPCs is public. One that is attached to a VPC only by a resource of its own begins public as well. */
function logsQueries(zone: Reader<ResourceArgs[typeof ZONE]>, _: unknown, context: Context): Outcome {
  if (zone.read("vpcs").kind === "known") return notApplicable();
  const { nodes, uncertain } = context.stack.referrers(
    context.node,
    "aws:route53/queryLog:QueryLog",
    "zoneId",
  );
  if (nodes.length > 0) return compliant();
  const reason = {
    found: "no QueryLog names the zone",
    fix: 'add a QueryLog with the "zoneId" of the zone',
  };
  if (zone.read("vpcs").kind === "unknown") return undecided(reason);
  return uncertain ? undecided(reason) : violation(reason);
}

export const route53: Policies = {
  ROUTE53_QUERY_LOGGING_ENABLED: stackPolicy("Public hosted zones log the queries that they get.", {
    [ZONE]: logsQueries,
  }),
};
