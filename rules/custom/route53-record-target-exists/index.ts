import { all, compliant, undecided, violation } from "../../engine/outcome";
import type { Outcome, Reason } from "../../engine/outcome";
import { stackPolicy } from "../../engine/policy";
import type { Policy } from "../../engine/policy";
import { matchesWildcard } from "../../engine/wildcard";
import { customControl } from "../control";
import { judged } from "../judge";
import type { ParameterSchema, ParameterValues } from "../parameters";
import { declaredTargets, RECORD } from "./declared";
import { domainName, targetOf } from "./targets";
import type { Target } from "./targets";

/**
 * What is known of a target: it exists; nobody has it, so that everybody may take it; the account does not have it; or
 * neither.
 */
export type Presence = "exists" | "gone" | "elsewhere" | "unknown";

/** A record, one of the resources that it points at, and whether that exists. */
export interface RecordTarget {
  readonly record: string;
  /** What the target is: `load balancer "..."`. */
  readonly label: string;
  /** The name by which `knownTargets` may list it; absent when it is not known. */
  readonly name?: string;
  readonly presence: Presence;
}

/** What decides: the targets of a zone's records, or of one record. */
export interface Records {
  readonly targets: readonly RecordTarget[];
}

const PARAMETERS = {
  knownTargets: {
    type: "CSV",
    pattern: /[\w.*?-]{1,255}/,
    optional: true,
    description:
      "Targets that are known to exist outside of the account: domain names, buckets and addresses, with * and ?.",
  },
  othersAllowed: {
    type: "boolean",
    default: "true",
    description:
      "Whether a target may be a resource of another account without being listed. It is then left undecided; with false, the record violates.",
  },
} as const satisfies ParameterSchema;

type Parameters = ParameterValues<typeof PARAMETERS>;

/**
 * A record outlives what it points at, and whoever gets the name next answers for the domain. Judged are aliases and
 * `CNAME` records that name an S3 endpoint, an Elastic Beanstalk environment, a load balancer, a CloudFront distribution
 * or an API's domain, and the public addresses of `A` records. Names outside of AWS, `AAAA` records and delegations are
 * not: nothing here knows their owner.
 *
 * That a name resolves proves nothing, for it does so again once somebody else has taken it. What the account owns counts,
 * and what S3 and Elastic Beanstalk say is free. A target that is neither may be that of another account.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html
 * @see https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_CheckDNSAvailability.html
 */
export const control = customControl({
  name: "route53-record-target-exists",
  title: "DNS records point at resources that exist.",
  severity: "high",
  resourceTypes: ["AWS::Route53::HostedZone"],
  triggerTypes: ["Periodic"],
  parameters: PARAMETERS,
  sources: {
    targets: {
      from: "read",
      action: "route53:ListResourceRecordSets",
      because: "AWS Config records hosted zones without their records",
    },
  },
  listing: [
    "apigateway:GET",
    "cloudfront:ListDistributions",
    "ec2:DescribeAddresses",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeRegions",
    "elasticbeanstalk:CheckDNSAvailability",
    "elasticbeanstalk:DescribeEnvironments",
    "elasticloadbalancing:DescribeLoadBalancers",
    "route53:ListHostedZones",
    "s3:ListBucket",
  ],
  judge: ({ targets }: Records, parameters) =>
    all(...targets.map((target) => judgeTarget(target, parameters))),
});

function judgeTarget(
  { record, label, name, presence }: RecordTarget,
  { knownTargets = [], othersAllowed }: Parameters,
): Outcome {
  const reason = (state: string): Reason => ({
    found: `record "${record}" points at ${label}${state}`,
    fix: "delete the record, or give it a target that exists",
    key: record,
  });
  if (presence === "exists") return compliant();
  if (presence === "gone") return violation(reason(", which does not exist"));
  if (name !== undefined && knownTargets.some((known) => matchesWildcard(known.toLowerCase(), name)))
    return compliant();
  if (presence === "unknown") return undecided(reason(", which may not exist"));
  const otherwise = 'list the target in "knownTargets"';
  const foreign = { ...reason(", which the account does not have"), otherwise };
  return othersAllowed ? undecided(foreign) : violation(foreign);
}

/** Before the deployment, each record is judged by itself. */
export const preventivePolicy: Policy<Parameters> = stackPolicy(control.title, {
  [RECORD]: (_, parameters, context) => judged(control, { targets: declaredTargets(context) }, parameters),
});

/** The part of a record set that is read. */
export interface RecordSet {
  readonly Name?: string | undefined;
  readonly Type?: string | undefined;
  readonly ResourceRecords?: readonly { readonly Value?: string | undefined }[] | undefined;
  readonly AliasTarget?: { readonly DNSName?: string | undefined } | undefined;
}

/** What was found out about the records of a zone. */
export interface ZoneReading {
  readonly records: readonly RecordSet[];
  /** By {@link keyOf}: whether a target of the records exists. */
  readonly presences: Readonly<Record<string, Presence>>;
}

export const keyOf = ({ kind, name }: Target): string => `${kind} ${name}`;

/** The targets of a record set. */
export function targetsOf({ Name, Type, ResourceRecords, AliasTarget }: RecordSet): readonly Target[] {
  const record = domainName(Name ?? "");
  const [type, values] =
    AliasTarget === undefined
      ? [Type ?? "", (ResourceRecords ?? []).map(({ Value }) => Value)]
      : ["alias", [AliasTarget.DNSName]];
  return values.flatMap((value) => (value === undefined ? [] : (targetOf(record, type, value) ?? [])));
}

/** After the deployment: all records of a zone. */
export const fromAccount = ({ records, presences }: ZoneReading): Records => ({
  targets: records.flatMap((record) =>
    targetsOf(record).map((target) => ({
      record: domainName(record.Name ?? ""),
      label: `${target.kind} "${target.name}"`,
      name: target.name,
      presence: presences[keyOf(target)] ?? "unknown",
    })),
  ),
});
