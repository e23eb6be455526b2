import {
  all,
  any,
  check,
  compliant,
  given,
  isUnknown,
  notApplicable,
  stackPolicy,
  undecided,
  violation,
  when,
} from "../engine";
import type { ResourceArgs } from "../catalog/generated/resource-types";
import type { Context, NoParameters, Outcome, Policies, Reader, ResourceNode } from "../engine";
import { among } from "../views/parts";
import { groupRules } from "../views/security-group";

const VPC = "aws:ec2/vpc:Vpc";
const DEFAULT_VPC = "aws:ec2/defaultVpc:DefaultVpc";
const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const FLOW_LOG = "aws:ec2/flowLog:FlowLog";
const PEERING = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection";
const PEERING_OPTIONS = "aws:ec2/peeringConnectionOptions:PeeringConnectionOptions";
const PEERING_ACCEPTER = "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter";

/** The group itself has no rules; one without blocks loses all its rules when it is taken over. */
function closedDefaultGroup(group: Reader<unknown>, _: NoParameters, context: Context): Outcome {
  const directions = ["ingress", "egress"] as const;
  return all(
    ...directions.map((direction) => {
      const { items, complete } = groupRules(group, context, direction);
      const fix = `remove every ${direction} rule from the default security group`;
      if (items.length > 0) {
        const others = items
          .flatMap(({ place }) => place.holder ?? [])
          .filter(({ urn }) => urn !== context.node.urn);
        const rules = `${direction} ${items.length === 1 ? "rule" : "rules"}`;
        return violation({
          ...(others.length === items.length ? {} : { property: direction }),
          found: `the default security group has ${items.length} ${rules}${among(others)}`,
          fix,
        });
      }
      return complete
        ? compliant()
        : undecided({ property: direction, found: `not every ${direction} rule is known yet`, fix });
    }),
  );
}

const OPEN_DEFAULT_GROUP = {
  found: "the default security group of the VPC is not in the stack, so that it stays open",
  fix: "add a DefaultSecurityGroup for the VPC with no ingress and no egress",
};

/** The default group is taken over; whether it is closed is for the group itself to say. */
function takesOverDefaultGroup({ stack, node }: Context): Outcome {
  const { nodes, uncertain } = stack.referrers(node, DEFAULT_GROUP, "vpcId");
  // Without a VPC the group is that of the default VPC.
  const ofDefaultVpc = (group: ResourceNode): boolean =>
    node.type === DEFAULT_VPC && group.reader(DEFAULT_GROUP).read("vpcId").kind === "absent";
  if (nodes.length > 0 || stack.ofType(DEFAULT_GROUP).some(ofDefaultVpc)) return compliant();
  return uncertain ? undecided(OPEN_DEFAULT_GROUP) : violation(OPEN_DEFAULT_GROUP);
}

function hasFlowLog(trafficType: string | undefined, { stack, node }: Context): Outcome {
  const { nodes, uncertain } = stack.referrers(node, FLOW_LOG, "vpcId");
  const missing = { found: "the VPC has no flow log", fix: "add a FlowLog for the VPC" };
  const logs = nodes.map((log) =>
    trafficType === undefined
      ? compliant()
      : // A log of all traffic holds what was accepted and what was rejected.
        log.reader(FLOW_LOG).oneOf("trafficType", [trafficType, "ALL"], { ignoreCase: true }),
  );
  return any(...logs, uncertain ? undecided(missing) : violation(missing));
}

/** The VPC has an endpoint of the service; its name ends with the short name behind the region. */
function hasEndpoint(service: string, { stack, node }: Context): Outcome {
  const { nodes, uncertain } = stack.referrers(node, ENDPOINT, "vpcId");
  const missing = {
    found: `the VPC has no endpoint for ${service}`,
    fix: `add a VpcEndpoint for ${service}`,
    key: service,
  };
  const wanted = service.toLowerCase();
  const endpoints = nodes.map((endpoint): Outcome => {
    const name = endpoint.reader(ENDPOINT).value("serviceName");
    if (isUnknown(name)) return undecided(missing);
    const given = typeof name === "string" ? name.toLowerCase() : "";
    const short = given.replace(/^(?:com\.amazonaws|cn\.com\.amazonaws|aws\.sagemaker)\.[^.]+\./, "");
    return check(given === wanted || short === wanted, missing);
  });
  const outcome = any(...endpoints, uncertain ? undecided(missing) : violation(missing));
  return outcome.verdict === "NON_COMPLIANT" ? violation(missing) : outcome;
}

interface EndpointParameters {
  readonly serviceNames?: readonly string[] | undefined;
  readonly vpcIds?: readonly string[] | undefined;
}

/** Only VPCs that a parameter names by id are looked at; one that is yet to be made has no id that it could name. */
function hasEndpoints(_: unknown, p: EndpointParameters, context: Context): Outcome {
  const id = context.node.facts.id ?? "";
  if (p.vpcIds !== undefined && !p.vpcIds.includes(id)) return notApplicable();
  return all(...(p.serviceNames ?? []).map((service) => hasEndpoint(service, context)));
}

type Side = "requester" | "accepter";

interface PeeringSides {
  readonly requester?: { readonly allowRemoteVpcDnsResolution?: boolean };
  readonly accepter?: { readonly allowRemoteVpcDnsResolution?: boolean };
}

/** A side of a peering connection may be set on the connection, by options, or by the accepter's resource. */
function resolvesDns(peering: Reader<unknown>, side: Side, { stack, node }: Context): Outcome {
  const others = ([PEERING_OPTIONS, PEERING_ACCEPTER] as const).map((type) => ({
    type,
    ...stack.referrers(node, type, "vpcPeeringConnectionId"),
  }));
  const path = `${side}.allowRemoteVpcDnsResolution` as const;
  const readers = [peering, ...others.flatMap(({ type, nodes }) => nodes.map((one) => one.reader(type)))];
  const set = readers.filter((reader) => reader.at(path).kind !== "absent");
  const reason = {
    property: path,
    found: `the ${side} does not let DNS names resolve to private addresses`,
    fix: `set "${path}" to true`,
  };
  const outcomes = set.map((reader) => (reader as Reader<PeeringSides>).isTrue(path));
  const uncertain = others.some((one) => one.uncertain);
  return any(...outcomes, uncertain ? undecided(reason) : violation(reason));
}

/** With VPCs named, only connections of those are looked at. */
function isOfVpcs(
  peering: Reader<ResourceArgs[typeof PEERING]>,
  vpcIds: readonly string[] | undefined,
): Outcome {
  if (vpcIds === undefined) return compliant();
  return any(peering.oneOf("vpcId", vpcIds), peering.oneOf("peerVpcId", vpcIds));
}

const takenOver = (_vpc: unknown, _parameters: unknown, context: Context): Outcome =>
  takesOverDefaultGroup(context);

export const ec2Vpc: Policies = {
  SERVICE_VPC_ENDPOINT_ENABLED: stackPolicy("VPCs have an endpoint for the service.", {
    [VPC]: (_, p, context) => given(p.serviceName, (service) => hasEndpoint(service, context)),
    [DEFAULT_VPC]: (_, p, context) => given(p.serviceName, (service) => hasEndpoint(service, context)),
  }),

  VPC_DEFAULT_SECURITY_GROUP_CLOSED: stackPolicy("Default security groups have no rules.", {
    [DEFAULT_GROUP]: closedDefaultGroup,
    [VPC]: takenOver,
    [DEFAULT_VPC]: takenOver,
  }),

  VPC_ENDPOINT_ENABLED: stackPolicy("VPCs have endpoints for the services.", {
    [VPC]: hasEndpoints,
    [DEFAULT_VPC]: hasEndpoints,
  }),

  VPC_FLOW_LOGS_ENABLED: stackPolicy("VPCs have flow logs.", {
    [VPC]: (_, p, context) => hasFlowLog(p.trafficType, context),
    [DEFAULT_VPC]: (_, p, context) => hasFlowLog(p.trafficType, context),
  }),

  VPC_PEERING_DNS_RESOLUTION_CHECK: stackPolicy("Peered VPCs resolve DNS names on both sides.", {
    [PEERING]: (peering, p, context) =>
      when(isOfVpcs(peering, p.vpcIds), () =>
        all(resolvesDns(peering, "requester", context), resolvesDns(peering, "accepter", context)),
      ),
  }),
};
