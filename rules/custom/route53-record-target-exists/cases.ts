import { ref } from "../../cases/build";
import type { Before, CustomCase, Scheduled } from "../cases";
import type { Presence, RecordSet, ZoneReading } from ".";

/** The SDK's text for a value that is not known yet. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const BALANCER = "shop-1234567890.eu-west-1.elb.amazonaws.com";
const WEBSITE = "s3-website-eu-west-1.amazonaws.com";
const NEVER = { never: "what a program writes out, it cannot know" };
const LATER = { never: "a value that exists is known" };

type Resource = Before["resources"][number];

/** A record, without more in a zone elsewhere. */
const record = (inputs: Readonly<Record<string, unknown>>): Resource => ({
  type: "aws:route53/record:Record",
  inputs: { zoneId: "Z1", name: "www.example.com", ...inputs },
});

const alias = (name: unknown): Resource =>
  record({ type: "A", aliases: [{ name, zoneId: "Z2", evaluateTargetHealth: false }] });

const bucket = (name: string): Resource => ({ type: "aws:s3/bucket:Bucket", inputs: { bucket: name } });
const zone: Resource = { type: "aws:route53/zone:Zone", inputs: { name: "example.com" } };
const eip: Resource = { type: "aws:ec2/eip:Eip", inputs: { domain: "vpc" } };

const declared = (...resources: readonly Resource[]): Before => ({ resources });

/** A zone with one record, and what was found out about its targets. */
const zoneOf = (set: RecordSet, presences: Readonly<Record<string, Presence>>): Scheduled<ZoneReading> => ({
  account: { records: [{ Name: "www.example.com.", ...set }], presences },
});

const aliased = (DNSName: string, presences: Readonly<Record<string, Presence>>): Scheduled<ZoneReading> =>
  zoneOf({ Type: "A", AliasTarget: { DNSName: `${DNSName}.` } }, presences);

const named = (
  Type: string,
  Value: string,
  presences: Readonly<Record<string, Presence>> = {},
): Scheduled<ZoneReading> => zoneOf({ Type, ResourceRecords: [{ Value }] }, presences);

const presenceOfBalancer = (presence: Presence): Scheduled<ZoneReading> =>
  aliased(`dualstack.${BALANCER}`, { [`load balancer ${BALANCER}`]: presence });

const SITE = "S3 bucket www.example.com";

export const cases: readonly CustomCase<ZoneReading>[] = [
  {
    title: "is an alias of a load balancer that exists",
    verdict: "COMPLIANT",
    before: declared(alias(ref("other1")), {
      type: "aws:lb/loadBalancer:LoadBalancer",
      inputs: {},
    }),
    after: presenceOfBalancer("exists"),
  },
  {
    title: "is an alias of a load balancer that the program names",
    verdict: "UNDECIDED",
    before: declared(alias(`dualstack.${BALANCER}`)),
    after: { never: "the account's load balancers can be listed" },
  },
  {
    title: "is an alias of a load balancer of another account",
    verdict: "UNDECIDED",
    before: declared(alias(BALANCER)),
    after: presenceOfBalancer("elsewhere"),
  },
  {
    title: "is an alias of a load balancer that the account does not have, where others do not count",
    verdict: "NON_COMPLIANT",
    parameters: { othersAllowed: "false" },
    before: NEVER,
    after: presenceOfBalancer("elsewhere"),
  },
  {
    title: "is an alias of a load balancer that is known to exist elsewhere",
    verdict: "COMPLIANT",
    parameters: { othersAllowed: "false", knownTargets: "other, Shop-*.elb.amazonaws.com" },
    before: declared(alias(BALANCER)),
    after: presenceOfBalancer("elsewhere"),
  },
  {
    title: "is an alias of a value that is not known",
    verdict: "UNDECIDED",
    before: declared(alias(UNKNOWN)),
    after: LATER,
  },
  {
    title: "is an alias of a value that a parameter holds",
    verdict: "UNDECIDED",
    before: declared(alias(ref("other1")), { type: "aws:ssm/parameter:Parameter", inputs: {} }),
    after: LATER,
  },
  {
    title: "is an alias of S3 with a bucket of its name",
    verdict: "COMPLIANT",
    before: declared(alias(WEBSITE), bucket("www.example.com")),
    after: aliased(WEBSITE, { [SITE]: "exists" }),
  },
  {
    title: "is an alias of S3 without a bucket of its name",
    verdict: "NON_COMPLIANT",
    before: NEVER,
    after: aliased(WEBSITE, { [SITE]: "gone" }),
  },
  {
    title: "is an alias of S3 with a bucket that another account has taken, where others do not count",
    verdict: "NON_COMPLIANT",
    parameters: { othersAllowed: "false" },
    before: NEVER,
    after: aliased(WEBSITE, { [SITE]: "elsewhere" }),
  },
  {
    title: "is made from a bucket of another name, which S3 does not serve under that of the record",
    verdict: "NON_COMPLIANT",
    before: declared(
      record({ zoneId: ref("other1"), name: "www", type: "CNAME", records: [ref("other2")] }),
      zone,
      bucket("assets"),
    ),
    after: named("CNAME", `assets.${WEBSITE}`, { [SITE]: "gone", "S3 bucket assets": "exists" }),
  },
  {
    title: "is made from the website of the bucket of its name",
    verdict: "COMPLIANT",
    before: declared(
      record({ zoneId: ref("other1"), name: "www", type: "CNAME", records: [ref("other2")] }),
      zone,
      {
        type: "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
        inputs: { bucket: "www.example.com", indexDocument: { suffix: "index.html" } },
      },
      bucket("www.example.com"),
    ),
    after: named("CNAME", `www.example.com.${WEBSITE}`, { [SITE]: "exists" }),
  },
  {
    title: "names a bucket of another program",
    verdict: "UNDECIDED",
    before: declared(record({ type: "CNAME", records: [`www.example.com.${WEBSITE}`] })),
    after: { never: "S3 says whether the bucket exists" },
  },
  {
    title: "sends all names to S3",
    verdict: "NON_COMPLIANT",
    before: declared(
      record({ name: "*.example.com", type: "CNAME", records: ["s3.eu-west-1.amazonaws.com"] }),
    ),
    after: zoneOf(
      {
        Name: "\\052.example.com.",
        Type: "CNAME",
        ResourceRecords: [{ Value: "s3.eu-west-1.amazonaws.com" }],
      },
      { "S3 bucket *.example.com": "gone" },
    ),
  },
  {
    title: "names an environment of Elastic Beanstalk whose name is free",
    verdict: "NON_COMPLIANT",
    before: NEVER,
    after: named("CNAME", "Shop.eu-west-1.elasticbeanstalk.com", {
      "Elastic Beanstalk environment shop.eu-west-1.elasticbeanstalk.com": "gone",
    }),
  },
  {
    title: "names a distribution that was not looked for",
    verdict: "UNDECIDED",
    before: declared(record({ type: "CNAME", records: ["d111111abcdef8.cloudfront.net"] })),
    after: named("CNAME", "d111111abcdef8.cloudfront.net"),
  },
  {
    title: "has the address of an Elastic IP",
    verdict: "COMPLIANT",
    before: declared(record({ type: "A", records: [ref("other1")] }), eip),
    after: named("A", "203.0.113.7", { "address 203.0.113.7": "exists" }),
  },
  {
    title: "has the address of an Elastic IP and one that is written out",
    verdict: "UNDECIDED",
    before: declared(record({ type: "A", records: [ref("other1"), "203.0.113.8"] }), eip),
    after: named("A", "203.0.113.8", { "address 203.0.113.8": "elsewhere" }),
  },
  {
    title: "has an address of a data centre that is known",
    verdict: "COMPLIANT",
    parameters: { knownTargets: "198.51.100.*", othersAllowed: "false" },
    before: declared(record({ type: "A", records: ["198.51.100.7"] })),
    after: named("A", "198.51.100.7", { "address 198.51.100.7": "elsewhere" }),
  },
  {
    title: "has a private address",
    verdict: "NOT_APPLICABLE",
    before: declared(record({ type: "A", records: ["10.0.0.7"] })),
    after: named("A", "10.0.0.7"),
  },
  {
    title: "names nothing of AWS",
    verdict: "NOT_APPLICABLE",
    before: declared(record({ type: "CNAME", records: ["example.github.io"] })),
    after: named("CNAME", "example.github.io"),
  },
  {
    title: "is no address and no name",
    verdict: "NOT_APPLICABLE",
    before: declared(record({ type: "TXT", records: [`"${BALANCER}"`] })),
    after: named("TXT", `"${BALANCER}"`),
  },
  {
    title: "is of a type that is not known",
    verdict: "UNDECIDED",
    before: declared(record({ type: UNKNOWN, records: ["203.0.113.7"] })),
    after: LATER,
  },
];
