import type { After, Before, CustomCase } from "../cases";
import type { ListEntries } from ".";

/** The SDK's text for a value that is not known yet. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

type Inputs = Readonly<Record<string, unknown>>;
type Resource = Before["resources"][number];

/** Groups and lists are named here by their names, which a program knows. */
const group = (more: Inputs = {}): Resource => ({
  type: GROUP,
  inputs: { name: "web", ...more },
});
const list = (name: string, ...cidrs: readonly unknown[]): Resource => ({
  type: "aws:ec2/managedPrefixList:ManagedPrefixList",
  inputs: { name, addressFamily: "IPv4", maxEntries: 5, entries: cidrs.map((cidr) => ({ cidr })) },
});
const entry = (prefixListId: string, cidr: string): Resource => ({
  type: "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry",
  inputs: { prefixListId, cidr },
});
const rule = (more: Inputs): Resource => ({
  type: RULE,
  inputs: { securityGroupId: "web", type: "ingress", protocol: "tcp", fromPort: 443, toPort: 443, ...more },
});
const single = (prefixListId: string): Resource => ({
  type: INGRESS,
  inputs: { securityGroupId: "web", ipProtocol: "-1", prefixListId },
});
const inline = (...prefixListIds: readonly string[]): Resource =>
  group({ ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, prefixListIds }] });

const program = (...resources: readonly Resource[]): Before => ({ resources });

/** The group as AWS Config records it, and the entries of its lists as EC2 lists them. */
const recorded = (...lists: readonly ListEntries[]): After<readonly ListEntries[]> => ({
  item: {
    resourceType: "AWS::EC2::SecurityGroup",
    resourceId: "sg-1",
    configurationItemStatus: "OK",
    configurationItemCaptureTime: "2026-03-04T05:06:07.089Z",
    awsAccountId: "123456789012",
    awsRegion: "eu-west-1",
    configuration: {
      groupId: "sg-1",
      groupName: "web",
      ipPermissions: lists.map(({ id }) => ({
        fromPort: 443,
        ipProtocol: "tcp",
        toPort: 443,
        prefixListIds: [{ prefixListId: id }],
        ipv4Ranges: [],
      })),
    },
  },
  read: lists,
});
const entries = (id: string, ...networks: readonly (string | undefined)[]): ListEntries => ({ id, networks });

export const cases: readonly CustomCase<readonly ListEntries[]>[] = [
  {
    title: "lets in a list of networks",
    verdict: "COMPLIANT",
    before: program(inline("pl-1"), list("pl-1", "10.0.0.0/8", "192.0.2.0/24")),
    after: recorded(entries("pl-1", "10.0.0.0/8", "192.0.2.0/24")),
  },
  {
    title: "lets in a list that holds everybody",
    verdict: "NON_COMPLIANT",
    before: program(inline("pl-1"), list("pl-1", "10.0.0.0/8", "0.0.0.0/0")),
    after: recorded(entries("pl-1", "10.0.0.0/8", "0.0.0.0/0")),
  },
  {
    title: "lets in a list that holds everybody in IPv6, in a long spelling",
    verdict: "NON_COMPLIANT",
    before: program(inline("pl-1"), list("pl-1", "0:0:0:0:0:0:0:0/0")),
    after: recorded(entries("pl-1", "0:0:0:0:0:0:0:0/0")),
  },
  {
    title: "lets in a list with both halves of the internet",
    verdict: "NON_COMPLIANT",
    before: program(inline("pl-1"), list("pl-1", "0.0.0.0/1", "128.0.0.0/1")),
    after: recorded(entries("pl-1", "0.0.0.0/1", "128.0.0.0/1")),
  },
  {
    title: "lets in a list with half of the internet",
    verdict: "COMPLIANT",
    before: program(inline("pl-1"), list("pl-1", "128.0.0.0/1")),
    after: recorded(entries("pl-1", "128.0.0.0/1")),
  },
  {
    title: "lets in a list whose halves are an entry of its own and a resource",
    verdict: "NON_COMPLIANT",
    before: program(inline("pl-1"), list("pl-1", "0.0.0.0/1"), entry("pl-1", "128.0.0.0/1")),
    after: recorded(entries("pl-1", "0.0.0.0/1", "128.0.0.0/1")),
  },
  {
    title: "lets in an open list by a rule with lists",
    verdict: "NON_COMPLIANT",
    before: program(group(), rule({ prefixListIds: ["pl-1", "pl-2"] }), list("pl-1"), list("pl-2", "::/0")),
    after: recorded(entries("pl-1"), entries("pl-2", "::/0")),
  },
  {
    title: "lets in an open list by a rule with one list",
    verdict: "NON_COMPLIANT",
    before: program(group(), single("pl-1"), list("pl-1", "0.0.0.0/0")),
    after: recorded(entries("pl-1", "0.0.0.0/0")),
  },
  {
    title: "lets traffic out to an open list",
    verdict: "COMPLIANT",
    before: program(group(), rule({ type: "egress", prefixListIds: ["pl-1"] }), list("pl-1", "0.0.0.0/0")),
    after: recorded(),
  },
  {
    title: "has no list, while there is an open one",
    verdict: "COMPLIANT",
    before: program(group(), list("pl-1", "0.0.0.0/0")),
    after: recorded(),
  },
  {
    title: "is the default one of its VPC, and lets in an open list",
    verdict: "NON_COMPLIANT",
    before: program(
      {
        type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        inputs: { ingress: [{ protocol: -1, fromPort: 0, toPort: 0, prefixListIds: "pl-1" }] },
      },
      list("pl-1", "0.0.0.0/0"),
    ),
    after: recorded(entries("pl-1", "0.0.0.0/0")),
  },
  {
    title: "is elsewhere, and a rule lets in an open list",
    verdict: "NON_COMPLIANT",
    before: program(single("pl-1"), list("pl-1", "0.0.0.0/0")),
    after: { never: "AWS records every group" },
  },
  {
    title: "lets in a list with an entry that is not known",
    verdict: "UNDECIDED",
    before: program(inline("pl-1"), list("pl-1", "10.0.0.0/8", UNKNOWN)),
    after: recorded(entries("pl-1", "10.0.0.0/8", undefined)),
  },
  {
    title: "lets in a list that holds everybody and an entry that is not known",
    verdict: "NON_COMPLIANT",
    before: program(inline("pl-1"), list("pl-1", "0.0.0.0/0", UNKNOWN)),
    after: recorded(entries("pl-1", "0.0.0.0/0", undefined)),
  },
  {
    title: "lets in a list of the program and one from elsewhere",
    verdict: "UNDECIDED",
    before: program(inline("pl-1", "pl-2"), list("pl-1", "10.0.0.0/8")),
    after: { never: "EC2 tells the entries of every list" },
  },
  {
    title: "may let in a list, by a rule whose direction is not known",
    verdict: "UNDECIDED",
    before: program(group(), rule({ type: UNKNOWN, prefixListIds: ["pl-1"] }), list("pl-1", "0.0.0.0/0")),
    after: { never: "everything is known" },
  },
  {
    title: "lets in lists that are not known",
    verdict: "UNDECIDED",
    before: program(inline(UNKNOWN)),
    after: { never: "everything is known" },
  },
];
