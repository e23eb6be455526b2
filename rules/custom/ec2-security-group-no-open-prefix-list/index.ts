import { all, check, compliant, undecided } from "../../engine/outcome";
import type { Outcome, Reason } from "../../engine/outcome";
import type { ResourceNode } from "../../engine/graph";
import { stackPolicy } from "../../engine/policy";
import type { Check, Context, NoParameters, Policy } from "../../engine/policy";
import type { Items, Reader } from "../../engine/reader";
import { isList, isProperties, isUnknown, mark } from "../../engine/values";
import { everywhere } from "../../views/networks";
import { lonePart, readerOf, textsAt } from "../../views/parts";
import { groupRules } from "../../views/security-group";
import { customControl } from "../control";
import type { ConfigurationItem } from "../items";
import { ControlFailure, judged } from "../judge";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const LIST = "aws:ec2/managedPrefixList:ManagedPrefixList";
const ENTRY = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry";

/** A prefix list that rules let in. */
export interface PrefixList {
  /** Its name in the program, or its id. */
  readonly name: string;
  readonly networks: Items<string>;
}

/** What decides: the prefix lists of a group's ingress rules. */
export interface Ingress {
  readonly lists: Items<PrefixList>;
}

/**
 * A prefix list hides what a rule opens: rules on open security groups look at networks, and not into lists. Each list is
 * judged by itself, whatever the ports.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html
 */
export const control = customControl({
  name: "ec2-security-group-no-open-prefix-list",
  title: "Security groups let in no prefix list that holds the whole internet.",
  severity: "high",
  resourceTypes: ["AWS::EC2::SecurityGroup"],
  triggerTypes: ["ConfigurationChange", "Periodic"],
  parameters: {},
  requirements: [
    "aws-well-architected-security:SEC05-BP02",
    "nist-800-53-r5:AC-4",
    "nist-800-53-r5:SC-7(5)",
    "pci-dss-4.0:1.3.1",
  ],
  sources: {
    lists: {
      from: "read",
      action: "ec2:GetManagedPrefixListEntries",
      because: "AWS Config records the lists of a security group without their entries",
    },
  },
  listing: ["ec2:DescribeSecurityGroups"],
  judge: ({ lists }: Ingress) => judgeLists(lists),
});

// A reason names no property: a list may be named by the group itself, or by one of several rules of it.
const FIX = "list the networks that need access";

function judgeLists({ items, complete }: Items<PrefixList>): Outcome {
  const unseen: Reason = {
    found: "a prefix list of the group is not known, or not in the program",
    fix: FIX,
  };
  return all(...items.map(judgeList), complete ? compliant() : undecided(unseen));
}

function judgeList({ name, networks }: PrefixList): Outcome {
  const reason = (found: string): Reason => ({ found, fix: FIX, key: name });
  const isOpen = everywhere(networks.items).length > 0;
  return isOpen || networks.complete
    ? check(!isOpen, reason(`prefix list "${name}" holds all addresses`))
    : undecided(reason(`some entries of prefix list "${name}" are not known`));
}

/** The lists that one property of a resource names. */
function listsOf(
  node: ResourceNode,
  path: string,
  ids: Items<string>,
  { stack }: Context,
): Items<ResourceNode> {
  const { nodes, uncertain } = stack.targets(node, path, LIST);
  const named = new Set(ids.items).size + (ids.complete ? 0 : 1);
  return {
    // A known id that names no list here may be that of any list whose id is not known yet.
    items: ids.complete && uncertain ? [] : nodes,
    complete: !uncertain && nodes.length >= named,
  };
}

/** The entries of a list, which are blocks of its own and resources that name it. */
function prefixList(node: ResourceNode, { stack }: Context): PrefixList {
  const inline = node.reader(LIST).each("entries");
  const separate = stack.referrers(node, ENTRY, "prefixListId");
  const networks = [...inline.items, ...separate.nodes.map(readerOf)].map((entry) => textsAt(entry, "cidr"));
  return {
    name: node.name,
    networks: {
      items: networks.flatMap(({ items }) => items),
      complete: inline.complete && !separate.uncertain && networks.every(({ complete }) => complete),
    },
  };
}

function ingressOf(parts: readonly Items<ResourceNode>[], complete: boolean, context: Context): Ingress {
  const nodes = new Set(parts.flatMap(({ items }) => items));
  return {
    lists: {
      items: [...nodes].map((node) => prefixList(node, context)),
      complete: complete && parts.every((part) => part.complete),
    },
  };
}

/** The lists of a rule that is a resource of its own. */
const ofRule = (node: ResourceNode, context: Context): Items<ResourceNode> => {
  const path = node.type === INGRESS ? "prefixListId" : "prefixListIds";
  return listsOf(node, path, textsAt(readerOf(node), path), context);
};

/** Before the deployment: the rules of a group, inline and as resources, with the lists that they name. */
const ofGroup: Check<unknown, NoParameters> = (group, parameters, context) => {
  const { node, stack } = context;
  const inline = node.reader(GROUP).each("ingress").items;
  const ids = inline.map((rule) => textsAt(rule, "prefixListIds"));
  const own: Items<string> = {
    items: ids.flatMap(({ items }) => items),
    complete: ids.every(({ complete }) => complete),
  };
  const rules = stack
    .referrers(node, RULE, "securityGroupId")
    .nodes.filter((rule) => rule.reader(RULE).value("type") === "ingress");
  const single = stack.referrers(node, INGRESS, "securityGroupId").nodes;
  const parts = [
    listsOf(node, "ingress.prefixListIds", own, context),
    ...[...rules, ...single].map((rule) => ofRule(rule, context)),
  ];
  const { complete } = groupRules(group, context, "ingress");
  return judged(control, ingressOf(parts, complete, context), parameters);
};

/** Before the deployment: a rule of a group elsewhere. */
const ofElsewhere =
  (isIngress: boolean) =>
  (_: Reader<unknown>, parameters: NoParameters, context: Context): Outcome =>
    lonePart(context, "securityGroupId", [GROUP, DEFAULT_GROUP], () =>
      judged(control, ingressOf([ofRule(context.node, context)], isIngress, context), parameters),
    );

export const preventivePolicy: Policy<NoParameters> = stackPolicy(control.title, {
  [GROUP]: ofGroup,
  [DEFAULT_GROUP]: ofGroup,
  [RULE]: (rule, parameters, context) => {
    const type = rule.value("type");
    const outcome =
      type === "ingress" || isUnknown(type)
        ? ofElsewhere(type === "ingress")(rule, parameters, context)
        : compliant();
    // A rule that may be one for egress opens nothing yet.
    return type !== "ingress" && outcome.verdict === "NON_COMPLIANT"
      ? undecided(...outcome.reasons)
      : outcome;
  },
  [INGRESS]: ofElsewhere(true),
});

/** The networks of a list, as EC2 has them; `undefined` where its answer lacks one. */
export interface ListEntries {
  readonly id: string;
  readonly networks: readonly (string | undefined)[];
}

/** After the deployment: what EC2 says about the lists. */
export const fromEntries = (lists: readonly ListEntries[]): Ingress => ({
  lists: {
    items: lists.map(({ id, networks }) => {
      const known = networks.filter((network) => network !== undefined);
      return { name: id, networks: { items: known, complete: known.length === networks.length } };
    }),
    complete: true,
  },
});

/**
 * The ids of the prefix lists in a recorded group's ingress rules, each once.
 * @throws ControlFailure when the item has no rules, or a list without an id.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 */
export function recordedLists({
  configuration,
}: ConfigurationItem<"AWS::EC2::SecurityGroup">): readonly string[] {
  const failure = (path: string): ControlFailure =>
    new ControlFailure(`The configuration item of AWS::EC2::SecurityGroup has nothing to read at "${path}".`);
  const permissions = mark(configuration.ipPermissions);
  if (!isList(permissions)) throw failure("configuration.ipPermissions");
  const ids = permissions.flatMap((permission) => {
    const lists = isProperties(permission) ? (permission["prefixListIds"] ?? []) : undefined;
    if (!isList(lists)) throw failure("configuration.ipPermissions.prefixListIds");
    return lists.map((list) => {
      const id = isProperties(list) ? list["prefixListId"] : undefined;
      if (typeof id !== "string") throw failure("configuration.ipPermissions.prefixListIds.prefixListId");
      return id;
    });
  });
  return [...new Set(ids)];
}
