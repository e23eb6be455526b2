import {
  compliantCase,
  notApplicableCase,
  ref,
  resource,
  undecidedCase,
  unknown,
  violatingCase,
} from "./build";
import type { Cases } from "./types";

const group = resource("aws:ec2/securityGroup:SecurityGroup");
const rule = resource("aws:ec2/securityGroupRule:SecurityGroupRule");
const ingress = resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
const defaultGroup = resource("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
const inline = (...rules: object[]): ReturnType<typeof group> => group({ ingress: rules });

const tcp = (port: number | string, ...cidrBlocks: string[]): object => ({
  protocol: "tcp",
  fromPort: port,
  toPort: port,
  cidrBlocks,
});

export const ec2SecurityGroups: Cases = {
  INCOMING_SSH_DISABLED: [
    compliantCase(
      "is a closed default group beside another group with rules",
      defaultGroup({ vpcId: "vpc-1" }),
      {
        with: {
          web: group({}),
          r: ingress({
            securityGroupId: ref("web"),
            ipProtocol: "tcp",
            fromPort: 22,
            toPort: 22,
            cidrIpv4: "0.0.0.0/0",
          }),
        },
      },
    ),
    compliantCase("has no rules", group({})),
    compliantCase(
      "opens SSH to one network",
      inline({ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["10.0.0.0/8"] }),
    ),
    compliantCase(
      "opens other ports to everybody",
      inline({ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }),
    ),
    compliantCase(
      "opens port 22 of UDP",
      inline({ protocol: "udp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }),
    ),
    compliantCase("lets everything out", group({}), {
      with: {
        r: rule({
          type: "egress",
          securityGroupId: ref("subject"),
          protocol: "-1",
          fromPort: 0,
          toPort: 0,
          cidrBlocks: ["0.0.0.0/0"],
        }),
      },
    }),
    violatingCase(
      "opens SSH to everybody",
      inline({ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }),
    ),
    violatingCase(
      "opens SSH to everybody by IPv6",
      inline({ protocol: "6", fromPort: 22, toPort: 22, ipv6CidrBlocks: ["0::/0"] }),
    ),
    violatingCase(
      "opens a range that holds port 22",
      inline({ protocol: "tcp", fromPort: 0, toPort: 1024, cidrBlocks: ["0.0.0.0/0"] }),
    ),
    violatingCase(
      "opens everything",
      inline({ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }),
    ),
    violatingCase(
      "opens SSH to two halves of the address space",
      inline({ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"] }),
    ),
    violatingCase("has a rule of its own type that does", group({}), {
      with: {
        r: rule({
          type: "ingress",
          securityGroupId: ref("subject"),
          protocol: "tcp",
          fromPort: 22,
          toPort: 22,
          cidrBlocks: ["0.0.0.0/0"],
        }),
      },
    }),
    violatingCase("has an ingress rule that does", group({}), {
      with: { r: ingress({ securityGroupId: ref("subject"), ipProtocol: "-1", cidrIpv6: "::/0" }) },
    }),
    undecidedCase(
      "opens SSH to an unknown network",
      inline({ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: [unknown] }),
    ),
    violatingCase("has two rules, each open to one half of the address space", group({}), {
      with: {
        low: ingress({
          securityGroupId: ref("subject"),
          ipProtocol: "tcp",
          fromPort: 22,
          toPort: 22,
          cidrIpv4: "0.0.0.0/1",
        }),
        high: ingress({
          securityGroupId: ref("subject"),
          ipProtocol: "-1",
          cidrIpv4: "128.0.0.0/1",
        }),
      },
    }),
    compliantCase("opens SSH to one half of the address space", inline(tcp(22, "0.0.0.0/1"))),
    compliantCase(
      "lets ICMP type 8 in from everybody",
      inline({ protocol: "icmp", fromPort: 8, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }),
    ),
    compliantCase(
      "opens SSH to another group",
      inline({ protocol: "tcp", fromPort: 22, toPort: 22, securityGroups: ["sg-2"] }),
    ),
    violatingCase("opens SSH with ports as text", inline(tcp("22", "10.0.0.0/8", "0.0.0.0/0"))),
    violatingCase(
      "opens SSH in the long spelling of IPv6",
      inline({
        protocol: "tcp",
        fromPort: 22,
        toPort: 22,
        ipv6CidrBlocks: ["0000:0000:0000:0000:0000:0000:0000:0000/0"],
      }),
    ),
    violatingCase(
      "is a default group that opens SSH",
      defaultGroup({ vpcId: "vpc-1", ingress: [tcp(22, "0.0.0.0/0")] }),
    ),
    compliantCase("is a default group without rules", defaultGroup({ vpcId: "vpc-1" })),
    violatingCase(
      "is a rule of a group outside of the stack",
      rule({
        type: "ingress",
        securityGroupId: "sg-1",
        protocol: "tcp",
        fromPort: 20,
        toPort: 25,
        cidrBlocks: ["0.0.0.0/0"],
      }),
    ),
    violatingCase(
      "is an ingress rule of a group outside of the stack",
      ingress({
        securityGroupId: "sg-1",
        ipProtocol: "tcp",
        fromPort: 22,
        toPort: 22,
        cidrIpv4: "0.0.0.0/0",
      }),
    ),
    notApplicableCase(
      "is a rule of a group of the stack, where the finding is",
      ingress({
        securityGroupId: ref("g"),
        ipProtocol: "tcp",
        fromPort: 22,
        toPort: 22,
        cidrIpv4: "0.0.0.0/0",
      }),
      { with: { g: group({}) } },
    ),
    notApplicableCase(
      "is an egress rule",
      rule({
        type: "egress",
        securityGroupId: "sg-1",
        protocol: "-1",
        fromPort: 0,
        toPort: 0,
        cidrBlocks: ["0.0.0.0/0"],
      }),
    ),
    undecidedCase("has rules that are not known yet", group({ ingress: unknown })),
  ],
  RESTRICTED_INCOMING_TRAFFIC: [
    compliantCase("opens HTTPS to everybody", inline(tcp(443, "0.0.0.0/0"))),
    compliantCase("opens a blocked port to one network", inline(tcp(3389, "192.168.0.0/16"))),
    compliantCase("opens a blocked port of UDP", inline({ ...tcp(3389, "0.0.0.0/0"), protocol: "udp" })),
    compliantCase("opens SSH, which is not among the blocked ports", inline(tcp(22, "0.0.0.0/0"))),
    violatingCase("opens FTP", inline(tcp(21, "0.0.0.0/0"))),
    violatingCase("opens MySQL in a range", inline({ ...tcp(3000, "0.0.0.0/0"), toPort: 4000 })),
    violatingCase(
      "opens all protocols",
      inline({ protocol: "all", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }),
    ),
    violatingCase("opens a port that a parameter blocks", inline(tcp(5432, "0.0.0.0/0")), {
      parameters: { blockedPorts: "5432,6379" },
    }),
    compliantCase("opens a default port that a parameter replaces", inline(tcp(21, "0.0.0.0/0")), {
      parameters: { blockedPort2: "8080" },
    }),
    violatingCase("opens RDP by a rule of its own type", group({ name: "web" }), {
      with: {
        r: ingress({
          securityGroupId: ref("subject"),
          ipProtocol: "6",
          fromPort: 3389,
          toPort: 3389,
          cidrIpv6: "::/0",
        }),
      },
    }),
    undecidedCase(
      "opens an unknown port to everybody",
      inline({ ...tcp(21, "0.0.0.0/0"), fromPort: unknown }),
    ),
  ],
  VPC_SG_PORT_RESTRICTION_CHECK: [
    compliantCase("opens HTTPS to everybody", inline(tcp(443, "0.0.0.0/0"))),
    compliantCase("opens SSH to one network", inline(tcp(22, "10.1.0.0/16"))),
    violatingCase("opens SSH", inline(tcp(22, "0.0.0.0/0"))),
    violatingCase("opens RDP over UDP", inline({ ...tcp(3389, "0.0.0.0/0"), protocol: "17" })),
    violatingCase(
      "opens all protocols",
      inline({ protocol: "-1", fromPort: 0, toPort: 0, ipv6CidrBlocks: ["::/0"] }),
    ),
    compliantCase(
      "opens UDP only, when TCP is looked at",
      inline({ ...tcp(3389, "0.0.0.0/0"), protocol: "udp" }),
      {
        parameters: { protocolType: "TCP" },
      },
    ),
    compliantCase(
      "opens IPv6 only, when IPv4 is looked at",
      inline({ ...tcp(22), ipv6CidrBlocks: ["::/0"] }),
      {
        parameters: { ipType: "IPv4" },
      },
    ),
    violatingCase("opens a port of the parameter", inline(tcp(8080, "0.0.0.0/0")), {
      parameters: { restrictPorts: "8080" },
    }),
    compliantCase("opens SSH, when the parameter names other ports", inline(tcp(22, "0.0.0.0/0")), {
      parameters: { restrictPorts: "8080" },
    }),
    undecidedCase("opens SSH to an unknown network", inline({ ...tcp(22), cidrBlocks: unknown })),
  ],
  VPC_SG_OPEN_ONLY_TO_AUTHORIZED_PORTS: [
    notApplicableCase("opens nothing to everybody", inline(tcp(22, "10.0.0.0/8"))),
    notApplicableCase("has no rules", group({})),
    compliantCase("opens an authorised port", inline(tcp(443, "0.0.0.0/0")), {
      parameters: { authorizedTcpPorts: "443,1020-1025" },
    }),
    compliantCase(
      "opens a part of an authorised range",
      inline({ protocol: "tcp", fromPort: 1021, toPort: 1023, cidrBlocks: ["0.0.0.0/0"] }),
      { parameters: { authorizedTcpPorts: "443,1020-1025" } },
    ),
    compliantCase("opens an authorised port of UDP", inline({ ...tcp(500, "0.0.0.0/0"), protocol: "udp" }), {
      parameters: { authorizedUdpPorts: "500" },
    }),
    violatingCase(
      "opens more than an authorised range",
      inline({ ...tcp(1020, "0.0.0.0/0"), toPort: 1030 }),
      {
        parameters: { authorizedTcpPorts: "443,1020-1025" },
      },
    ),
    violatingCase("opens a TCP port that is authorised for UDP", inline(tcp(500, "0.0.0.0/0")), {
      parameters: { authorizedUdpPorts: "500" },
    }),
    violatingCase("opens a port while none is authorised", inline(tcp(443, "0.0.0.0/0"))),
    violatingCase(
      "opens all protocols",
      inline({ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }),
      { parameters: { authorizedTcpPorts: "0-65535", authorizedUdpPorts: "0-65535" } },
    ),
    undecidedCase("opens an unknown port", inline({ ...tcp(1, "0.0.0.0/0"), fromPort: unknown }), {
      parameters: { authorizedTcpPorts: "443" },
    }),
  ],
};
