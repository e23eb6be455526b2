import { policyDocument } from "./policy-document";

/**
 * The answers to functions of the AWS provider that programs call to find out where they run. The account is made up;
 * what only a real account knows stays unknown.
 */

/** AWS's own example account. */
const ACCOUNT = "123456789012";

export type Answer = Readonly<Record<string, unknown>>;

interface Place {
  readonly partition: string;
  readonly dnsSuffix: string;
}

/** @see https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
function placeOf(region: string): Place {
  if (region.startsWith("cn-")) return { partition: "aws-cn", dnsSuffix: "amazonaws.com.cn" };
  if (region.startsWith("us-gov-")) return { partition: "aws-us-gov", dnsSuffix: "amazonaws.com" };
  return { partition: "aws", dnsSuffix: "amazonaws.com" };
}

/** `us-east-1` as zone ids write it: `use1`. */
function shortName(region: string): string {
  const [first = "", ...rest] = region.split("-");
  const direction = rest
    .slice(0, -1)
    .map((word) =>
      /^(north|south)(east|west)$/.test(word)
        ? word.replace(/^(.)(?:orth|outh)(.).*$/, "$1$2")
        : word.slice(0, 1),
    )
    .join("");
  return first + direction + (rest.at(-1) ?? "");
}

const ZONE_LETTERS = ["a", "b", "c"];

/** The answer of a function; `undefined` when only a cloud knows it. */
export function answerOf(token: string, inputs: Answer, region: string): Answer | undefined {
  const { partition, dnsSuffix } = placeOf(region);
  switch (token) {
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return {
        accountId: ACCOUNT,
        arn: `arn:${partition}:sts::${ACCOUNT}:assumed-role/offline/offline`,
        id: ACCOUNT,
        userId: "AROAEXAMPLE:offline",
      };
    case "aws:index/getRegion:getRegion": {
      const wanted = typeof inputs["region"] === "string" ? inputs["region"] : undefined;
      const named = typeof inputs["name"] === "string" ? inputs["name"] : undefined;
      const name = wanted ?? named ?? region;
      return { description: name, endpoint: `ec2.${name}.${dnsSuffix}`, id: name, name, region: name };
    }
    case "aws:index/getPartition:getPartition":
      return {
        dnsSuffix,
        id: partition,
        partition,
        reverseDnsPrefix: dnsSuffix.split(".").reverse().join("."),
      };
    case "aws:index/getAvailabilityZones:getAvailabilityZones": {
      const where = typeof inputs["region"] === "string" ? inputs["region"] : region;
      return {
        ...inputs,
        groupNames: [where],
        id: where,
        names: ZONE_LETTERS.map((letter) => where + letter),
        region: where,
        zoneIds: ZONE_LETTERS.map((_, index) => `${shortName(where)}-az${index + 1}`),
      };
    }
    case "aws:index/getServicePrincipal:getServicePrincipal": {
      const service = String(inputs["serviceName"]);
      const name = `${service}.amazonaws.com`;
      return { id: name, name, region, serviceName: service, suffix: "amazonaws.com" };
    }
    case "aws:iam/getPolicyDocument:getPolicyDocument":
      return policyDocument(inputs);
    default:
      return undefined;
  }
}
