import * as assert from "node:assert/strict";
import { evaluate, ResourceGraph } from "../../../rules";
import type { ResourceFacts, Verdict } from "../../../rules";
import { preventivePolicy } from "../../../rules/custom/ec2-security-group-no-open-prefix-list";
import { definition } from "../../../rules/custom/ec2-security-group-no-open-prefix-list/handler";
import { Refusal } from "../lambda/loopback";
import type { Json } from "../lambda/loopback";
import { evaluation, eventOf, scheduled, TIME } from "../lambda/support";
import { ruleRun } from "./rule-run";

/** How a new stack is linked, and what the rule reads from EC2. The parity test has the verdicts. */

const TYPE = "AWS::EC2::SecurityGroup";
const FOUND = 'Prefix list "pl-1" holds all addresses; list the networks that need access.';
const NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/";

const entries = (cidrs: readonly string[], token = ""): Json => ({
  xml: `<GetManagedPrefixListEntriesResponse xmlns="${NAMESPACE}"><entrySet>${cidrs
    .map((cidr) => `<item><cidr>${cidr}</cidr></item>`)
    .join(
      "",
    )}</entrySet>${token === "" ? "" : `<nextToken>${token}</nextToken>`}</GetManagedPrefixListEntriesResponse>`,
});

const groups = (ids: readonly string[], list: string, token = ""): Json => ({
  xml: `<DescribeSecurityGroupsResponse xmlns="${NAMESPACE}"><securityGroupInfo>${ids
    .map(
      (id) =>
        `<item><groupId>${id}</groupId><ipPermissions><item><ipProtocol>tcp</ipProtocol><prefixListIds><item><prefixListId>${list}</prefixListId></item></prefixListIds></item></ipPermissions></item>`,
    )
    .join(
      "",
    )}</securityGroupInfo>${token === "" ? "" : `<nextToken>${token}</nextToken>`}</DescribeSecurityGroupsResponse>`,
});

describe("the control ec2-security-group-no-open-prefix-list in a new stack", () => {
  const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const urnOf = (type: string, name: string): string => `urn:pulumi:dev::app::${type}::${name}`;
  const LIST = urnOf("aws:ec2/managedPrefixList:ManagedPrefixList", "offices");
  const GROUP = urnOf("aws:ec2/securityGroup:SecurityGroup", "web");

  const verdictsOf = (cidr: string): readonly Verdict[] => {
    const facts: readonly ResourceFacts[] = [
      {
        urn: LIST,
        type: "aws:ec2/managedPrefixList:ManagedPrefixList",
        inputs: { addressFamily: "IPv4", maxEntries: 2 },
      },
      {
        urn: urnOf("aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry", "first"),
        type: "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry",
        inputs: { prefixListId: UNKNOWN, cidr },
        propertyDependencies: { prefixListId: [LIST] },
      },
      { urn: GROUP, type: "aws:ec2/securityGroup:SecurityGroup", inputs: {} },
      {
        urn: urnOf("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "https"),
        type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        inputs: { securityGroupId: UNKNOWN, prefixListId: UNKNOWN, ipProtocol: "tcp" },
        propertyDependencies: { securityGroupId: [GROUP], prefixListId: [LIST] },
      },
    ];
    const control = { id: "OPEN", policy: preventivePolicy, parameters: {} };
    const { findings } = evaluate(new ResourceGraph(facts), [control]);
    return findings.filter(({ urn }) => urn === GROUP).map(({ verdict }) => verdict);
  };

  it("follows groups, rules, lists and entries whose ids are not known yet", () => {
    assert.deepEqual(verdictsOf("0.0.0.0/0"), ["NON_COMPLIANT"]);
    assert.deepEqual(verdictsOf("192.0.2.0/24"), ["COMPLIANT"]);
  });
});

describe("the rule ec2-security-group-no-open-prefix-list", () => {
  const { aws, run } = ruleRun(definition);

  const changed = (configuration: Json): Json =>
    eventOf({
      messageType: "ConfigurationItemChangeNotification",
      configurationItem: {
        resourceType: TYPE,
        resourceId: "sg-1",
        configurationItemStatus: "OK",
        configurationItemCaptureTime: TIME,
        configuration,
      },
    });
  const withLists = (...ids: readonly string[]): Json =>
    changed({ ipPermissions: ids.map((prefixListId) => ({ prefixListIds: [{ prefixListId }] })) });

  it("reads the entries of a list page by page, and each list once", async () => {
    aws.answer("GetManagedPrefixListEntries", () => entries(["0.0.0.0/1"], "more"));
    aws.answer("GetManagedPrefixListEntries", () => entries(["128.0.0.0/1"]));
    assert.deepEqual(await run(withLists("pl-1", "pl-1")), [
      evaluation("NON_COMPLIANT", "sg-1", FOUND, TYPE),
    ]);
    assert.deepEqual(
      aws
        .bodies("GetManagedPrefixListEntries")
        .map(({ PrefixListId, NextToken }) => [PrefixListId, NextToken]),
      [
        ["pl-1", undefined],
        ["pl-1", "more"],
      ],
    );
  });

  it("reads nothing for a group without lists", async () => {
    assert.deepEqual(await run(changed({ ipPermissions: [{ ipv4Ranges: [{ cidrIp: "0.0.0.0/0" }] }] })), [
      evaluation("COMPLIANT", "sg-1", undefined, TYPE),
    ]);
    assert.deepEqual(aws.bodies("GetManagedPrefixListEntries"), []);
  });

  it("takes a list that was deleted meanwhile for an empty one", async () => {
    aws.answer("GetManagedPrefixListEntries", () => {
      throw new Refusal("InvalidPrefixListID.NotFound", "The prefix list ID 'pl-1' does not exist");
    });
    assert.deepEqual(await run(withLists("pl-1")), [evaluation("COMPLIANT", "sg-1", undefined, TYPE)]);
  });

  it("gives no verdict when it may not read a list", async () => {
    aws.answer("GetManagedPrefixListEntries", () => {
      throw new Refusal("UnauthorizedOperation", "You are not authorized to perform this operation.", 403);
    });
    await assert.rejects(run(withLists("pl-1")), { message: /ec2:GetManagedPrefixListEntries/ });
    const results = aws.bodies("PutEvaluations").flatMap((body) => body["Evaluations"] as readonly Json[]);
    assert.ok(results.every((result) => result["ComplianceResourceType"] !== TYPE));
  });

  it("says which field an item lacks", () =>
    assert.rejects(run(changed({ groupId: "sg-1" })), {
      name: "ControlFailure",
      message:
        'The configuration item of AWS::EC2::SecurityGroup has nothing to read at "configuration.ipPermissions".',
    }));

  it("evaluates all groups of the account on a schedule, and reads a list of several groups once", async () => {
    aws.answer("DescribeSecurityGroups", () => groups(["sg-1", "sg-2"], "pl-1", "more"));
    aws.answer("DescribeSecurityGroups", () => groups(["sg-3"], "pl-2"));
    aws.answer("GetManagedPrefixListEntries", () => entries(["0.0.0.0/0"]));
    aws.answer("GetManagedPrefixListEntries", () => entries(["192.0.2.0/24"]));
    assert.deepEqual(await run(scheduled()), [
      evaluation("NON_COMPLIANT", "sg-1", FOUND, TYPE),
      evaluation("NON_COMPLIANT", "sg-2", FOUND, TYPE),
      evaluation("COMPLIANT", "sg-3", undefined, TYPE),
    ]);
    assert.equal(aws.bodies("GetManagedPrefixListEntries").length, 2);
  });
});
