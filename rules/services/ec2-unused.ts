import { any, check, compliant, stackPolicy, undecided, violation } from "../engine";
import type { Context, NoParameters, Outcome, Policies, Policy } from "../engine";
import type { ResourceType } from "../catalog/generated/resource-types";
import { isUsed } from "../views/usage";

/** Resources that only cost money, or hide what is in use, when nothing uses them. */

const GROUP = "aws:ec2/securityGroup:SecurityGroup";

/** Rules of groups, and groups that name each other, do not put a group to use. */
const GROUP_TYPES: readonly ResourceType[] = [
  GROUP,
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
];

const attachedGroup = (): Policy<NoParameters> =>
  stackPolicy("Security groups are attached to an instance or a network interface.", {
    [GROUP]: (_group, _parameters, context) => {
      const used = isUsed(context, GROUP_TYPES);
      const reason = {
        found: "no resource of the stack uses the security group",
        fix: "attach it to an instance or a network interface, or remove it",
      };
      return used === "unknown" ? undecided(reason) : check(used, reason);
    },
  });

/** Some resource of a type points to the resource with a property. */
function pointedAt(
  { stack, node }: Context,
  pointers: readonly (readonly [type: ResourceType, property: string])[],
  reason: { readonly found: string; readonly fix: string },
): Outcome {
  const related = pointers.map(([type, property]) => stack.referrers(node, type, property));
  if (related.some(({ nodes }) => nodes.length > 0)) return compliant();
  return related.some(({ uncertain }) => uncertain) ? undecided(reason) : violation(reason);
}

/** Attachments that a program makes by themselves leave the volume behind when the instance ends. */
function attachedVolume(
  context: Context,
  parameters: { readonly deleteOnTermination?: boolean | undefined },
): Outcome {
  if (parameters.deleteOnTermination === true) {
    return violation({
      found: "the volume is not deleted with its instance",
      fix: 'declare it as a block device of the instance with "deleteOnTermination" true',
    });
  }
  return pointedAt(context, [["aws:ec2/volumeAttachment:VolumeAttachment", "volumeId"]], {
    found: "no attachment of the stack names the volume",
    fix: "attach it to an instance, or remove it",
  });
}

/** What an address may be given to beside its own properties. */
const ADDRESS_USERS = [
  ["aws:ec2/eipAssociation:EipAssociation", "allocationId"],
  ["aws:ec2/eipAssociation:EipAssociation", "publicIp"],
  ["aws:ec2/natGateway:NatGateway", "allocationId"],
  ["aws:ec2/natGateway:NatGateway", "secondaryAllocationIds"],
  ["aws:ec2/natGateway:NatGateway", "availabilityZoneAddresses.allocationIds"],
  ["aws:lb/loadBalancer:LoadBalancer", "subnetMappings.allocationId"],
  ["aws:redshift/cluster:Cluster", "elasticIp"],
  ["aws:transfer/server:Server", "endpointDetails.addressAllocationIds"],
] as const;

export const ec2Unused: Policies = {
  EC2_SECURITY_GROUP_ATTACHED_TO_ENI: attachedGroup(),
  EC2_SECURITY_GROUP_ATTACHED_TO_ENI_PERIODIC: attachedGroup(),

  EC2_VOLUME_INUSE_CHECK: stackPolicy("EBS volumes are attached to an instance.", {
    "aws:ebs/volume:Volume": (_volume, parameters, context) => attachedVolume(context, parameters),
  }),

  EIP_ATTACHED: stackPolicy("Elastic IP addresses are in use.", {
    "aws:ec2/eip:Eip": (address, _parameters, context) =>
      any(
        address.present("instance"),
        address.present("networkInterface"),
        pointedAt(context, ADDRESS_USERS, {
          found: "no resource of the stack uses the address",
          fix: "associate it, or release it",
        }),
      ),
  }),

  VPC_NETWORK_ACL_UNUSED_CHECK: stackPolicy("Network ACLs are associated with a subnet.", {
    "aws:ec2/networkAcl:NetworkAcl": (acl, _parameters, context) =>
      any(
        acl.nonEmpty("subnetIds", 'name a subnet in "subnetIds"'),
        pointedAt(context, [["aws:ec2/networkAclAssociation:NetworkAclAssociation", "networkAclId"]], {
          found: "no association names the network ACL",
          fix: "associate it with a subnet, or remove it",
        }),
      ),
  }),
};
