import * as assert from "node:assert/strict";
import { definition } from "../../../rules/custom/route53-record-target-exists/handler";
import { Refusal } from "../lambda/loopback";
import type { Json } from "../lambda/loopback";
import { ACCOUNT, evaluation, scheduled } from "../lambda/support";
import { ruleRun } from "./rule-run";

/** What the rule reads from AWS. The parity test has the verdicts. */

const TYPE = "AWS::Route53::HostedZone";
const BALANCER = "shop-1.eu-central-1.elb.amazonaws.com";

const xml = (text: string): Json => ({ xml: text });
const tag = (name: string, content: string): string => `<${name}>${content}</${name}>`;
const each = (name: string, contents: readonly string[]): string =>
  contents.map((content) => tag(name, content)).join("");

const zones = (ids: readonly string[], marker = ""): Json =>
  xml(
    tag(
      "ListHostedZonesResponse",
      tag(
        "HostedZones",
        each(
          "HostedZone",
          ids.map((id) => tag("Id", `/hostedzone/${id}`) + tag("Name", "example.com.")),
        ),
      ) +
        (marker === ""
          ? tag("IsTruncated", "false")
          : tag("IsTruncated", "true") + tag("NextMarker", marker)),
    ),
  );

const records = (sets: readonly string[], next = tag("IsTruncated", "false")): Json =>
  xml(
    tag("ListResourceRecordSetsResponse", tag("ResourceRecordSets", each("ResourceRecordSet", sets)) + next),
  );

const named = (type: string, value: string, name = "www"): string =>
  tag("Name", `${name}.example.com.`) +
  tag("Type", type) +
  tag("ResourceRecords", tag("ResourceRecord", tag("Value", value)));

const alias = (target: string, name = "www"): string =>
  tag("Name", `${name}.example.com.`) +
  tag("Type", "A") +
  tag("AliasTarget", tag("HostedZoneId", "Z9") + tag("DNSName", `${target}.`));

const regions = (...names: readonly string[]): Json =>
  xml(
    tag(
      "DescribeRegionsResponse",
      tag(
        "regionInfo",
        each(
          "item",
          names.map((name) => tag("regionName", name)),
        ),
      ),
    ),
  );

const result = (operation: string, content: string): Json =>
  xml(tag(`${operation}Response`, tag(`${operation}Result`, content)));

const balancers = (list: string, ...names: readonly string[]): Json =>
  result(
    "DescribeLoadBalancers",
    tag(
      list,
      each(
        "member",
        names.map((name) => tag("DNSName", name)),
      ),
    ),
  );

describe("the rule route53-record-target-exists", () => {
  const { aws, run: answer } = ruleRun(definition);
  const run = (parameters: Json = {}): Promise<readonly Json[]> =>
    answer(scheduled({}, { ruleParameters: JSON.stringify(parameters) }));

  /** One zone with these records. */
  function zoneOf(...sets: readonly string[]): void {
    aws.answer("ListHostedZones", () => zones(["Z1"]));
    aws.answer("ListResourceRecordSets", () => records(sets));
  }

  const compliant = [evaluation("COMPLIANT", "Z1", undefined, TYPE)];
  const gone = (target: string): readonly Json[] => [
    evaluation(
      "NON_COMPLIANT",
      "Z1",
      `Record "www.example.com" points at ${target}, which does not exist; delete the record, or give it a target that exists.`,
      TYPE,
    ),
  ];
  const elsewhere = (target: string): readonly Json[] => [
    evaluation(
      "NOT_APPLICABLE",
      "Z1",
      `Undecided: Record "www.example.com" points at ${target}, which the account does not have; delete the record, or give it a target that exists, or list the target in "knownTargets".`.slice(
        0,
        256,
      ),
      TYPE,
    ),
  ];

  it("reads zones and records page by page, and reports on each zone", async () => {
    aws.answer("ListHostedZones", () => zones(["Z1"], "Z2"));
    aws.answer("ListHostedZones", () => zones(["Z2"]));
    const next =
      each("IsTruncated", ["true"]) + tag("NextRecordName", "www.example.com.") + tag("NextRecordType", "A");
    aws.answer("ListResourceRecordSets", () =>
      records([named("TXT", "x")], next + tag("NextRecordIdentifier", "blue")),
    );
    aws.answer("ListResourceRecordSets", () =>
      records([named("CNAME", "a.s3-website-eu-west-1.amazonaws.com")]),
    );
    aws.answer("ListResourceRecordSets", () => records([named("MX", "10 mail.example.org")]));
    aws.answer("HeadBucket", () => ({}));
    assert.deepEqual(await run(), [...compliant, evaluation("NOT_APPLICABLE", "Z2", undefined, TYPE)]);
    assert.equal(aws.bodies("ListHostedZones")[1]?.["marker"], "Z2");
    const [, second, third] = aws.bodies("ListResourceRecordSets");
    assert.deepEqual(
      [second?.["Id"], second?.["name"], second?.["type"], second?.["identifier"]],
      ["Z1", "www.example.com.", "A", "blue"],
    );
    assert.equal(third?.["Id"], "Z2");
    assert.deepEqual(aws.bodies("HeadBucket"), [{ Bucket: "www.example.com", owner: ACCOUNT }]);
  });

  it("asks nothing about records that name nothing of AWS", async () => {
    zoneOf(named("CNAME", "example.github.io"), named("A", "192.168.1.1"), named("AAAA", "2001:db8::1"));
    assert.deepEqual(await run(), [evaluation("NOT_APPLICABLE", "Z1", undefined, TYPE)]);
    assert.deepEqual(
      aws.calls.map(({ operation }) => operation),
      ["ListHostedZones", "ListResourceRecordSets", "PutEvaluations", "GetComplianceDetailsByConfigRule"],
    );
  });

  it("finds a bucket that does not exist, and takes one of another account for undecided", async () => {
    for (const status of [404, 403]) {
      zoneOf(alias("s3-website.eu-central-1.amazonaws.com"));
      aws.answer("HeadBucket", () => {
        throw new Refusal("", "", status);
      });
    }
    assert.deepEqual(await run(), gone('S3 bucket "www.example.com"'));
    aws.calls = [];
    assert.deepEqual(await run(), elsewhere('S3 bucket "www.example.com"'));
  });

  it("fails where S3 does not say whether a bucket exists", async () => {
    zoneOf(alias("s3-website.eu-central-1.amazonaws.com"));
    aws.answer("HeadBucket", () => {
      throw new Refusal("", "", 400);
    });
    await assert.rejects(run());
    assert.deepEqual(aws.bodies("PutEvaluations"), []);
  });

  it("looks for load balancers of both kinds in the region of the name, once for all zones", async () => {
    aws.answer("ListHostedZones", () => zones(["Z1", "Z2"]));
    aws.answer("ListResourceRecordSets", () =>
      records([alias(`dualstack.${BALANCER}`), alias("old-2.eu-central-1.elb.amazonaws.com", "old")]),
    );
    aws.answer("ListResourceRecordSets", () => records([alias("net-3.elb.eu-central-1.amazonaws.com")]));
    aws.answer("DescribeRegions", () => regions("eu-west-1", "eu-central-1"));
    aws.answer("DescribeLoadBalancers", () =>
      result("DescribeLoadBalancers", tag("LoadBalancers", "") + tag("NextMarker", "more")),
    );
    aws.answer("DescribeLoadBalancers", () =>
      balancers(
        "LoadBalancers",
        "SHOP-1.eu-central-1.elb.amazonaws.com",
        "net-3.elb.eu-central-1.amazonaws.com",
      ),
    );
    aws.answer("DescribeLoadBalancers", () =>
      balancers("LoadBalancerDescriptions", "old-2.eu-central-1.elb.amazonaws.com"),
    );
    assert.deepEqual(await run(), [...compliant, evaluation("COMPLIANT", "Z2", undefined, TYPE)]);
    const calls = aws.calls.filter(({ operation }) => operation === "DescribeLoadBalancers");
    assert.deepEqual(
      calls.map(({ region, body }) => [region, body["Version"], body["Marker"]]),
      [
        ["eu-central-1", "2015-12-01", undefined],
        ["eu-central-1", "2015-12-01", "more"],
        ["eu-central-1", "2012-06-01", undefined],
      ],
    );
  });

  it("takes what is in a region that the account does not use for that of another account", async () => {
    zoneOf(alias(BALANCER));
    aws.answer("DescribeRegions", () => regions("eu-west-1"));
    assert.deepEqual(await run(), elsewhere(`load balancer "${BALANCER}"`));
  });

  it("asks Elastic Beanstalk whether a name is free that no environment of the account has", async () => {
    const environments = (name: string, more = ""): Json =>
      result("DescribeEnvironments", tag("Environments", tag("member", tag("CNAME", name))) + more);
    zoneOf(
      named("CNAME", "shop.eu-west-1.elasticbeanstalk.com"),
      named("CNAME", "own.eu-west-1.elasticbeanstalk.com", "own"),
    );
    aws.answer("DescribeRegions", () => regions("eu-west-1"));
    aws.answer("DescribeEnvironments", () =>
      environments("other.eu-west-1.elasticbeanstalk.com", tag("NextToken", "more")),
    );
    aws.answer("DescribeEnvironments", () => environments("own.eu-west-1.elasticbeanstalk.com"));
    aws.answer("CheckDNSAvailability", () => result("CheckDNSAvailability", tag("Available", "true")));
    const target = "Elastic Beanstalk environment";
    assert.deepEqual(await run(), gone(`${target} "shop.eu-west-1.elasticbeanstalk.com"`));
    assert.equal(aws.bodies("DescribeEnvironments")[1]?.["NextToken"], "more");
    assert.deepEqual(
      aws.bodies("CheckDNSAvailability").map((body) => body["CNAMEPrefix"]),
      ["shop"],
    );
  });

  it("leaves a name of Elastic Beanstalk undecided that somebody has", async () => {
    zoneOf(named("CNAME", "shop.eu-west-1.elasticbeanstalk.com"));
    aws.answer("DescribeRegions", () => regions("eu-west-1"));
    aws.answer("DescribeEnvironments", () => result("DescribeEnvironments", ""));
    aws.answer("CheckDNSAvailability", () => result("CheckDNSAvailability", tag("Available", "false")));
    assert.deepEqual(
      await run(),
      elsewhere('Elastic Beanstalk environment "shop.eu-west-1.elasticbeanstalk.com"'),
    );
  });

  it("finds distributions and the domains of APIs, page by page", async () => {
    const distributions = (name: string, more: string): Json =>
      xml(tag("DistributionList", more + tag("Items", tag("DistributionSummary", tag("DomainName", name)))));
    const domains = (name: string): Json => ({
      items: [{ domainNameConfigurations: [{ apiGatewayDomainName: name }] }],
    });
    zoneOf(alias("d222.cloudfront.net"), alias("d-2.execute-api.eu-west-1.amazonaws.com", "api"));
    aws.answer("ListDistributions", () =>
      distributions("d111.cloudfront.net", tag("IsTruncated", "true") + tag("NextMarker", "more")),
    );
    aws.answer("ListDistributions", () => distributions("d222.cloudfront.net", tag("IsTruncated", "false")));
    aws.answer("DescribeRegions", () => regions("eu-west-1"));
    aws.answer("GetDomainNames", () => ({
      ...domains("d-1.execute-api.eu-west-1.amazonaws.com"),
      nextToken: "more",
    }));
    aws.answer("GetDomainNames", () => domains("d-2.execute-api.eu-west-1.amazonaws.com"));
    assert.deepEqual(await run(), compliant);
    assert.equal(aws.bodies("ListDistributions")[1]?.["Marker"], "more");
    assert.equal(aws.bodies("GetDomainNames")[1]?.["nextToken"], "more");
  });

  it("finds addresses in all regions of the account", async () => {
    const elastic = (address: string): Json =>
      xml(tag("DescribeAddressesResponse", tag("addressesSet", tag("item", tag("publicIp", address)))));
    const interfaces = (address: string): Json =>
      xml(
        tag(
          "DescribeNetworkInterfacesResponse",
          tag(
            "networkInterfaceSet",
            tag(
              "item",
              tag(
                "privateIpAddressesSet",
                tag("item", tag("association", tag("publicIp", address))) +
                  tag("item", tag("primary", "false")),
              ),
            ),
          ),
        ),
      );
    zoneOf(named("A", "203.0.113.1"), named("A", "203.0.113.4", "late"), named("A", "203.0.113.5", "dead"));
    aws.answer("DescribeRegions", () => regions("eu-west-1", "us-east-1"));
    for (const last of [1, 3]) {
      aws.answer("DescribeAddresses", () => elastic(`203.0.113.${last}`));
      aws.answer("DescribeNetworkInterfaces", () => interfaces(`203.0.113.${last + 1}`));
    }
    const [found, ...others] = await run({ othersAllowed: "false" });
    assert.deepEqual(others, []);
    assert.equal(found?.["ComplianceType"], "NON_COMPLIANT");
    assert.match(
      String(found["Annotation"]),
      /^Record "dead\.example\.com" points at address "203\.0\.113\.5", which the account does not have; /,
    );
    assert.deepEqual(
      aws.calls.filter(({ operation }) => operation === "DescribeAddresses").map(({ region }) => region),
      ["eu-west-1", "us-east-1"],
    );
  });
});
