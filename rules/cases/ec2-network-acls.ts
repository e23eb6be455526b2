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

const acl = resource("aws:ec2/networkAcl:NetworkAcl");
const defaultAcl = resource("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl");
const rule = resource("aws:ec2/networkAclRule:NetworkAclRule");

const entry = (ruleNo: number, action: string, more: object): object => ({
  ruleNo,
  action,
  protocol: "tcp",
  fromPort: 22,
  toPort: 22,
  ...more,
});
const all = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlock: "0.0.0.0/0" };
const inline = (...ingress: object[]): ReturnType<typeof acl> => acl({ vpcId: "vpc-1", ingress });

export const ec2NetworkAcls: Cases = {
  NACL_NO_UNRESTRICTED_SSH_RDP: [
    compliantCase("has no entries, so that it denies everything", acl({ vpcId: "vpc-1" })),
    compliantCase("is a default ACL without entries", defaultAcl({ defaultNetworkAclId: "acl-1" })),
    compliantCase("opens SSH to one network", inline(entry(100, "allow", { cidrBlock: "10.0.0.0/8" }))),
    compliantCase(
      "opens HTTPS to everybody",
      inline(entry(100, "allow", { fromPort: 443, toPort: 443, cidrBlock: "0.0.0.0/0" })),
    ),
    compliantCase("denies SSH to everybody", inline(entry(100, "deny", { cidrBlock: "0.0.0.0/0" }))),
    compliantCase(
      "denies SSH and RDP before it allows the rest",
      inline(
        entry(10, "deny", { cidrBlock: "0.0.0.0/0", protocol: "-1", fromPort: 0, toPort: 0 }),
        entry(100, "allow", all),
      ),
    ),
    compliantCase("opens SSH for traffic that leaves", acl({ vpcId: "vpc-1" }), {
      with: {
        r: rule({
          networkAclId: ref("subject"),
          egress: true,
          ruleNumber: 100,
          ruleAction: "allow",
          protocol: "-1",
          cidrBlock: "0.0.0.0/0",
        }),
      },
    }),
    violatingCase("opens SSH to everybody", inline(entry(100, "allow", { cidrBlock: "0.0.0.0/0" }))),
    violatingCase(
      "opens RDP to everybody by IPv6, in a range",
      inline(entry(100, "allow", { fromPort: 3000, toPort: 4000, ipv6CidrBlock: "::/0", protocol: "6" })),
    ),
    violatingCase("allows everything", inline(entry(100, "allow", all))),
    violatingCase(
      "denies SSH only after it allows it",
      inline(entry(100, "allow", { cidrBlock: "0.0.0.0/0" }), entry(200, "deny", { cidrBlock: "0.0.0.0/0" })),
    ),
    violatingCase(
      "denies SSH to one network only before it allows it",
      inline(entry(10, "deny", { cidrBlock: "10.0.0.0/8" }), entry(100, "allow", { cidrBlock: "0.0.0.0/0" })),
    ),
    violatingCase(
      "opens SSH to two halves of the address space",
      inline(
        entry(100, "allow", { cidrBlock: "0.0.0.0/1" }),
        entry(110, "allow", { cidrBlock: "128.0.0.0/1" }),
      ),
    ),
    violatingCase(
      "is a default ACL that allows everything",
      defaultAcl({
        defaultNetworkAclId: "acl-1",
        ingress: [entry(100, "allow", all)],
      }),
    ),
    violatingCase("has a rule of its own type that opens SSH", acl({ vpcId: "vpc-1" }), {
      with: {
        r: rule({
          networkAclId: ref("subject"),
          ruleNumber: 100,
          ruleAction: "allow",
          protocol: "tcp",
          fromPort: 22,
          toPort: 22,
          cidrBlock: "0.0.0.0/0",
        }),
      },
    }),
    violatingCase(
      "is a rule of an ACL outside of the stack that opens SSH",
      rule({
        networkAclId: "acl-1",
        ruleNumber: 100,
        ruleAction: "allow",
        protocol: "tcp",
        fromPort: 22,
        toPort: 22,
        cidrBlock: "0.0.0.0/0",
      }),
    ),
    undecidedCase(
      "is a rule of an ACL outside of the stack that opens everything, beside one that denies",
      rule({
        networkAclId: "acl-1",
        ruleNumber: 100,
        ruleAction: "allow",
        protocol: "-1",
        cidrBlock: "0.0.0.0/0",
      }),
      {
        with: {
          d: rule({
            networkAclId: "acl-1",
            ruleNumber: 90,
            ruleAction: "deny",
            protocol: "tcp",
            fromPort: 22,
            toPort: 22,
            cidrBlock: "0.0.0.0/0",
          }),
        },
      },
    ),
    compliantCase(
      "is a rule of an ACL outside of the stack that opens SSH to one network",
      rule({
        networkAclId: "acl-1",
        ruleNumber: 100,
        ruleAction: "allow",
        protocol: "-1",
        cidrBlock: "10.0.0.0/8",
      }),
    ),
    notApplicableCase(
      "is a rule of an ACL outside of the stack for traffic that leaves",
      rule({
        networkAclId: "acl-1",
        egress: true,
        ruleNumber: 100,
        ruleAction: "allow",
        protocol: "-1",
        cidrBlock: "0.0.0.0/0",
      }),
    ),
    undecidedCase("opens SSH to an unknown network", inline(entry(100, "allow", { cidrBlock: unknown }))),
    undecidedCase("does not know its entries yet", acl({ vpcId: "vpc-1", ingress: unknown })),
  ],
};
