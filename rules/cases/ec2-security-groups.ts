import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Cases } from "./types";

const group = resource("aws:ec2/securityGroup:SecurityGroup");
const rule = resource("aws:ec2/securityGroupRule:SecurityGroupRule");
const ingress = resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
const inline = (...rules: object[]): ReturnType<typeof group> => group({ ingress: rules });

export const ec2SecurityGroups: Cases = {
  INCOMING_SSH_DISABLED: [
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
    undecidedCase("has rules that are not known yet", group({ ingress: unknown })),
  ],
};
