import {
  compliantCase,
  notApplicableCase,
  ref,
  resource,
  undecidedCase,
  unknown,
  violatingCase,
} from "./build";
import type { CaseResource, Cases } from "./types";

const instance = resource("aws:ec2/instance:Instance");
const template = resource("aws:ec2/launchTemplate:LaunchTemplate");

/** An instance that takes the rest from a launch template of the stack. */
const fromTemplate = instance({ launchTemplate: { id: ref("t"), version: "$Latest" } });
const withTemplate = (
  inputs: Readonly<Record<string, unknown>>,
): { with: Readonly<Record<string, CaseResource>> } => ({ with: { t: template(inputs) } });
const foreign = instance({ launchTemplate: { id: "lt-0123456789" } });

const PROFILE = "arn:aws:iam::111122223333:instance-profile/web";

export const ec2Instances: Cases = {
  APPROVED_AMIS_BY_ID: [
    compliantCase("uses an approved image", instance({ ami: "ami-1" }), {
      parameters: { amiIds: "ami-1,ami-2" },
    }),
    compliantCase("uses an approved image by its template", fromTemplate, {
      parameters: { amiIds: "ami-1" },
      ...withTemplate({ imageId: "ami-1" }),
    }),
    violatingCase("uses another image", instance({ ami: "ami-3" }), {
      parameters: { amiIds: "ami-1,ami-2" },
    }),
    violatingCase(
      "overrides the image of its template",
      instance({ ami: "ami-3", launchTemplate: { id: ref("t") } }),
      {
        parameters: { amiIds: "ami-1" },
        ...withTemplate({ imageId: "ami-1" }),
      },
    ),
    undecidedCase("uses an image that is looked up", instance({ ami: unknown }), {
      parameters: { amiIds: "ami-1" },
    }),
  ],
  DESIRED_INSTANCE_TENANCY: [
    compliantCase("is dedicated", instance({ ami: "ami-1", tenancy: "dedicated" }), {
      parameters: { tenancy: "DEDICATED" },
    }),
    compliantCase("does not say, which is default", instance({ ami: "ami-1" }), {
      parameters: { tenancy: "DEFAULT" },
    }),
    compliantCase("is on a wanted host", instance({ tenancy: "host", hostId: "h-1" }), {
      parameters: { tenancy: "HOST", hostId: "h-1,h-2" },
    }),
    violatingCase("does not say", instance({ ami: "ami-1" }), { parameters: { tenancy: "DEDICATED" } }),
    violatingCase("is on another host", instance({ tenancy: "host", hostId: "h-3" }), {
      parameters: { tenancy: "HOST", hostId: "h-1,h-2" },
    }),
    violatingCase("has the tenancy of its template", fromTemplate, {
      parameters: { tenancy: "DEDICATED" },
      ...withTemplate({ placement: { tenancy: "default" } }),
    }),
    notApplicableCase("is of another image than the named ones", instance({ ami: "ami-1" }), {
      parameters: { tenancy: "DEDICATED", imageId: "ami-2" },
    }),
    undecidedCase("does not know its tenancy yet", instance({ tenancy: unknown }), {
      parameters: { tenancy: "DEDICATED" },
    }),
  ],
  DESIRED_INSTANCE_TYPE: [
    compliantCase("is of a wanted type", instance({ instanceType: "t3.micro" }), {
      parameters: { instanceType: "t3.micro,t3.small" },
    }),
    violatingCase("is of another type", instance({ instanceType: "m5.large" }), {
      parameters: { instanceType: "t3.micro,t3.small" },
    }),
    violatingCase("is of the type of its template", fromTemplate, {
      parameters: { instanceType: "t3.micro" },
      ...withTemplate({ instanceType: "m5.large" }),
    }),
    undecidedCase("does not know its type yet", instance({ instanceType: unknown }), {
      parameters: { instanceType: "t3.micro" },
    }),
  ],
  EBS_OPTIMIZED_INSTANCE: [
    compliantCase("is optimised", instance({ instanceType: "m3.xlarge", ebsOptimized: true })),
    compliantCase("is of a type that always is", instance({ instanceType: "m5.large" })),
    violatingCase("could be and is not", instance({ instanceType: "m3.xlarge", ebsOptimized: false })),
    violatingCase("could be and does not say", instance({ instanceType: "r3.2xlarge" })),
    notApplicableCase("is of a type that cannot be", instance({ instanceType: "t2.micro" })),
    undecidedCase("does not know its type yet", instance({ instanceType: unknown })),
    compliantCase(
      "has its type from its template, and that type always is",
      fromTemplate,
      withTemplate({ instanceType: "m5.large" }),
    ),
    compliantCase(
      "is optimised by its template, with a boolean as text",
      fromTemplate,
      withTemplate({ instanceType: "m3.xlarge", ebsOptimized: "true" }),
    ),
    violatingCase(
      "has a template of a type that could be, and does not say",
      fromTemplate,
      withTemplate({ instanceType: "m3.xlarge" }),
    ),
    undecidedCase("has a template that is not in the stack", foreign),
  ],
  EC2_IMDSV2_CHECK: [
    compliantCase("requires tokens", instance({ ami: "ami-1", metadataOptions: { httpTokens: "required" } })),
    compliantCase("requires tokens by its template", fromTemplate, {
      ...withTemplate({ metadataOptions: { httpTokens: "required" } }),
    }),
    compliantCase(
      "requires tokens by a template that it names",
      instance({ launchTemplate: { name: "web" } }),
      {
        ...withTemplate({ name: "web", metadataOptions: { httpTokens: "required" } }),
      },
    ),
    violatingCase("leaves tokens optional", instance({ metadataOptions: { httpTokens: "optional" } })),
    violatingCase("does not say", instance({ ami: "ami-1" }), {
      note: "The account can set another default, which a stack cannot see.",
    }),
    violatingCase("sets other options only", instance({ metadataOptions: { httpEndpoint: "enabled" } })),
    violatingCase("has a template that does not say", fromTemplate, withTemplate({ imageId: "ami-1" })),
    violatingCase(
      "overrides its template",
      instance({ launchTemplate: { id: ref("t") }, metadataOptions: { httpTokens: "optional" } }),
      withTemplate({ metadataOptions: { httpTokens: "required" } }),
    ),
    undecidedCase("has a template that is not in the stack", foreign),
    undecidedCase("does not know yet", instance({ metadataOptions: { httpTokens: unknown } })),
  ],
  EC2_INSTANCE_DETAILED_MONITORING_ENABLED: [
    compliantCase("is monitored in detail", instance({ monitoring: true })),
    compliantCase(
      "is monitored by its template",
      fromTemplate,
      withTemplate({ monitoring: { enabled: true } }),
    ),
    violatingCase("is not", instance({ monitoring: false })),
    violatingCase("does not say", instance({ ami: "ami-1" })),
    undecidedCase("does not know yet", instance({ monitoring: unknown })),
    undecidedCase("has a template that is not in the stack", foreign),
  ],
  EC2_INSTANCE_MULTIPLE_ENI_CHECK: [
    compliantCase("has the interface that every instance has", instance({ ami: "ami-1" })),
    compliantCase(
      "names one interface",
      instance({ networkInterfaces: [{ networkInterfaceId: "eni-1", deviceIndex: 0 }] }),
    ),
    violatingCase(
      "names two interfaces",
      instance({
        networkInterfaces: [
          { networkInterfaceId: "eni-1", deviceIndex: 0 },
          { networkInterfaceId: "eni-2", deviceIndex: 1 },
        ],
      }),
    ),
    violatingCase("gets a second interface by an attachment", instance({ ami: "ami-1" }), {
      with: {
        a: resource("aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment")({
          instanceId: ref("subject"),
          networkInterfaceId: "eni-2",
          deviceIndex: 1,
        }),
      },
    }),
    violatingCase("gets a second interface that names it", instance({ ami: "ami-1" }), {
      with: {
        n: resource("aws:ec2/networkInterface:NetworkInterface")({
          subnetId: "subnet-1",
          attachments: [{ instance: ref("subject"), deviceIndex: 1 }],
        }),
      },
    }),
    violatingCase(
      "has two interfaces by its template",
      fromTemplate,
      withTemplate({ networkInterfaces: [{ deviceIndex: 0 }, { deviceIndex: 1 }] }),
    ),
    compliantCase(
      "has one interface by its template",
      fromTemplate,
      withTemplate({ networkInterfaces: [{ deviceIndex: 0, associatePublicIpAddress: "false" }] }),
    ),
    undecidedCase("has a template that is not in the stack", foreign),
    undecidedCase("does not know its interfaces yet", instance({ networkInterfaces: unknown })),
  ],
  EC2_INSTANCE_PROFILE_ATTACHED: [
    compliantCase("has a profile", instance({ iamInstanceProfile: "web" })),
    compliantCase("has a profile of the stack", instance({ iamInstanceProfile: ref("p", "name") }), {
      with: { p: resource("aws:iam/instanceProfile:InstanceProfile")({ role: "web" }) },
    }),
    compliantCase("has the profile of the parameter", instance({ iamInstanceProfile: "web" }), {
      parameters: { IamInstanceProfileArnList: PROFILE },
    }),
    compliantCase("has the profile of its template", fromTemplate, {
      parameters: { IamInstanceProfileArnList: PROFILE },
      ...withTemplate({ iamInstanceProfile: { arn: PROFILE } }),
    }),
    violatingCase("has none", instance({ ami: "ami-1" })),
    violatingCase("has another than the parameter", instance({ iamInstanceProfile: "eb" }), {
      parameters: { IamInstanceProfileArnList: PROFILE },
    }),
    undecidedCase("does not know which it has", instance({ iamInstanceProfile: unknown }), {
      parameters: { IamInstanceProfileArnList: PROFILE },
    }),
    undecidedCase("has a template that is not in the stack", foreign),
  ],
  EC2_LAUNCH_TEMPLATE_IMDSV2_CHECK: [
    compliantCase("requires tokens", template({ metadataOptions: { httpTokens: "required" } })),
    violatingCase("leaves tokens optional", template({ metadataOptions: { httpTokens: "optional" } })),
    violatingCase("does not say", template({ imageId: "ami-1" })),
    undecidedCase("does not know yet", template({ metadataOptions: { httpTokens: unknown } })),
  ],
  EC2_LAUNCH_TEMPLATE_PUBLIC_IP_DISABLED: [
    compliantCase("names no interfaces", template({ imageId: "ami-1" })),
    compliantCase(
      "gives no public address, with a boolean as text",
      template({ networkInterfaces: [{ associatePublicIpAddress: "false" }] }),
    ),
    compliantCase("leaves it to the subnet", template({ networkInterfaces: [{ subnetId: "subnet-1" }] })),
    compliantCase(
      "is exempted by its id",
      template(
        { name: "bastion", networkInterfaces: [{ associatePublicIpAddress: "true" }] },
        { id: "lt-0123456789" },
      ),
      { parameters: { exemptedLaunchTemplates: "lt-9876543210, lt-0123456789" } },
    ),
    compliantCase(
      "is exempted by name",
      template({ name: "bastion", networkInterfaces: [{ associatePublicIpAddress: "true" }] }),
      { parameters: { exemptedLaunchTemplates: "bastion" } },
    ),
    violatingCase(
      "gives a public address on its second interface",
      template({
        networkInterfaces: [{ associatePublicIpAddress: "false" }, { associatePublicIpAddress: "true" }],
      }),
    ),
    violatingCase(
      "gives a public address, with a boolean",
      template({ networkInterfaces: [{ associatePublicIpAddress: true }] }),
    ),
    undecidedCase(
      "does not know yet",
      template({ networkInterfaces: [{ associatePublicIpAddress: unknown }] }),
    ),
  ],
  EC2_NO_AMAZON_KEY_PAIR: [
    compliantCase("has no key pair", instance({ ami: "ami-1" })),
    violatingCase("has a key pair", instance({ ami: "ami-1", keyName: "admin" })),
    violatingCase("has a key pair of the stack", instance({ keyName: ref("k", "keyName") }), {
      with: { k: resource("aws:ec2/keyPair:KeyPair")({ publicKey: "ssh-ed25519 AAAA" }) },
    }),
    violatingCase("has the key pair of its template", fromTemplate, withTemplate({ keyName: "admin" })),
    undecidedCase("does not know yet", instance({ keyName: unknown })),
  ],
  EC2_TOKEN_HOP_LIMIT_CHECK: [
    compliantCase("has a limit of one", instance({ metadataOptions: { httpPutResponseHopLimit: 1 } })),
    compliantCase("does not say, which is one", instance({ ami: "ami-1" })),
    compliantCase(
      "has the limit of the parameter",
      instance({ metadataOptions: { httpPutResponseHopLimit: 2 } }),
      {
        parameters: { tokenHopLimit: "2" },
      },
    ),
    violatingCase("has a limit of two", instance({ metadataOptions: { httpPutResponseHopLimit: 2 } })),
    violatingCase(
      "has the limit of its template",
      fromTemplate,
      withTemplate({ metadataOptions: { httpPutResponseHopLimit: 3 } }),
    ),
    undecidedCase("does not know yet", instance({ metadataOptions: { httpPutResponseHopLimit: unknown } })),
  ],
};
