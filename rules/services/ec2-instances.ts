import {
  all,
  any,
  check,
  compliant,
  given,
  isUnknown,
  notApplicable,
  policy,
  stackPolicy,
  undecided,
  violation,
  when,
} from "../engine";
import type { Context, Items, Outcome, Place, Policies, Reader } from "../engine";
import { orTemplate } from "../views/instance";
import type { InstanceReader, TemplateReader } from "../views/instance";
import { among } from "../views/parts";
import { noPublicAddress } from "../views/public-address";

const INSTANCE = "aws:ec2/instance:Instance";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

/**
 * Instance types that can be EBS-optimised and are not so by default: all others either always are, or cannot be.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ebs-optimized.html
 */
const OPTIONALLY_OPTIMIZED = new Set([
  "c1.xlarge",
  "c3.xlarge",
  "c3.2xlarge",
  "c3.4xlarge",
  "g2.2xlarge",
  "i2.xlarge",
  "i2.2xlarge",
  "i2.4xlarge",
  "m1.large",
  "m1.xlarge",
  "m2.2xlarge",
  "m2.4xlarge",
  "m3.xlarge",
  "m3.2xlarge",
  "r3.xlarge",
  "r3.2xlarge",
  "r3.4xlarge",
]);

/** Families of which no other size can be EBS-optimised. */
const NEVER_OPTIMIZED = /^(c1|c3|cc2|cr1|g2|hs1|i2|m1|m2|m3|r3|t1|t2)\./;

function ebsOptimized(instance: InstanceReader, context: Context): Outcome {
  const set = orTemplate(
    instance,
    context,
    "ebsOptimized",
    () => instance.isTrue("ebsOptimized"),
    (template) => template.isTrue("ebsOptimized"),
  );
  if (set.verdict === "COMPLIANT") return set;
  const ofType = (reader: InstanceReader | TemplateReader): Outcome => {
    const type = reader.value("instanceType");
    if (isUnknown(type)) return undecided(reader.reason("instanceType", "make the instance type known"));
    if (typeof type !== "string" || OPTIONALLY_OPTIMIZED.has(type)) return set;
    return NEVER_OPTIMIZED.test(type) ? notApplicable() : compliant();
  };
  return orTemplate(instance, context, "instanceType", () => ofType(instance), ofType);
}

/** The instance profile is one of those that a parameter names by ARN; a program names it by name. */
function profileAmong<T>(reader: Reader<T>, path: string, arns: readonly string[]): Outcome {
  const reason = reader.reason(path, `set "${reader.name(path)}" to one of ${arns.join(", ")}`);
  const read = reader.at(path);
  if (read.kind === "unknown") return undecided(reason);
  const name = read.kind === "known" && typeof read.value === "string" ? read.value : "";
  const wanted = name.startsWith("arn:") ? name : `/${name}`;
  return check(name !== "" && arns.some((arn) => arn === name || arn.endsWith(wanted)), reason);
}

/** Interfaces that the instance or its template names, and those attached to it by others. */
function hasOneInterface(instance: InstanceReader, context: Context): Outcome {
  const { stack, node } = context;
  const secondary = instance.each("secondaryNetworkInterfaces");
  const attached = [
    stack.referrers(node, "aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment", "instanceId"),
    stack.referrers(node, "aws:ec2/networkInterface:NetworkInterface", "attachments.instance"),
  ];
  const others = attached.flatMap(({ nodes }) => nodes).map(({ holder }) => holder);
  const judge = (first: Items<unknown>, place: Place): Outcome => {
    const count = Math.max(1, first.items.length) + secondary.items.length + others.length;
    const reason = {
      ...(others.length === 0 ? place : {}),
      found: `the instance has ${count} network interfaces${among(others)}`,
      fix: "leave it one network interface",
    };
    if (count > 1) return violation(reason);
    const uncertain = !first.complete || !secondary.complete || attached.some((related) => related.uncertain);
    return uncertain
      ? undecided({ ...reason, found: "not all its network interfaces are known yet" })
      : compliant();
  };
  const path = "networkInterfaces";
  const own = judge(instance.each(path), instance.place(path));
  if (own.verdict === "NON_COMPLIANT") return own;
  return orTemplate(
    instance,
    context,
    path,
    () => own,
    (template) => judge(template.each(path), template.place(path)),
  );
}

interface Tenancy {
  readonly tenancy?: string | undefined;
  readonly imageId?: readonly string[] | undefined;
  readonly hostId?: readonly string[] | undefined;
}

/** With images named, only instances of those are looked at. */
const hasTenancy = (instance: InstanceReader, p: Tenancy, context: Context): Outcome =>
  given(p.tenancy, (tenancy) =>
    when(p.imageId === undefined ? compliant() : instance.oneOf("ami", p.imageId), () =>
      all(
        orTemplate(
          instance,
          context,
          "tenancy",
          () => instance.oneOf("tenancy", [tenancy], { ignoreCase: true }),
          (template) => template.oneOf("placement.tenancy", [tenancy], { ignoreCase: true }),
        ),
        given(p.hostId, (hosts) => instance.oneOf("hostId", hosts)),
      ),
    ),
  );

const imdsv2 = (instance: InstanceReader, context: Context): Outcome =>
  orTemplate(
    instance,
    context,
    "metadataOptions.httpTokens",
    () => instance.equals("metadataOptions.httpTokens", "required"),
    (template) => template.equals("metadataOptions.httpTokens", "required"),
  );

/** A key pair of the stack is a key pair, although its name is not known yet. */
function noKeyPair(instance: InstanceReader, context: Context): Outcome {
  const { stack, node } = context;
  const own = instance.absent("keyName");
  const isKeyPair = stack.targets(node, "keyName", "aws:ec2/keyPair:KeyPair").nodes.length > 0;
  if (own.verdict === "UNDECIDED" && isKeyPair) return violation(...own.reasons);
  return orTemplate(
    instance,
    context,
    "keyName",
    () => own,
    (template) => template.absent("keyName"),
  );
}

/** The parameter lists ids, which only templates have that exist; names are taken too, so that new ones can be listed. */
function isExempted(
  template: TemplateReader,
  exempted: readonly string[],
  { node, stack }: Context,
): Outcome {
  const { id } = node.facts;
  if (id !== undefined && exempted.includes(id)) return compliant();
  const named = template.oneOf("name", exempted);
  // While a resource is registered its id is not told.
  const mayBe = id === undefined && stack.partial && named.verdict === "NON_COMPLIANT";
  return mayBe ? undecided(...named.reasons) : named;
}

export const ec2Instances: Policies = {
  APPROVED_AMIS_BY_ID: stackPolicy("Instances use approved images.", {
    [INSTANCE]: (instance, p, context) =>
      given(p.amiIds, (images) =>
        orTemplate(
          instance,
          context,
          "ami",
          () => instance.oneOf("ami", images),
          (template) => template.oneOf("imageId", images),
        ),
      ),
  }),

  DESIRED_INSTANCE_TENANCY: stackPolicy("Instances have the wanted tenancy.", { [INSTANCE]: hasTenancy }),

  DESIRED_INSTANCE_TYPE: stackPolicy("Instances are of the wanted types.", {
    [INSTANCE]: (instance, p, context) =>
      given(p.instanceType, (types) =>
        orTemplate(
          instance,
          context,
          "instanceType",
          () => instance.oneOf("instanceType", types),
          (template) => template.oneOf("instanceType", types),
        ),
      ),
  }),

  EBS_OPTIMIZED_INSTANCE: stackPolicy("Instances that can be EBS-optimised are.", {
    [INSTANCE]: (instance, _, context) => ebsOptimized(instance, context),
  }),

  EC2_IMDSV2_CHECK: stackPolicy("Instances require session tokens for their metadata (IMDSv2).", {
    [INSTANCE]: (instance, _, context) => imdsv2(instance, context),
  }),

  EC2_INSTANCE_DETAILED_MONITORING_ENABLED: stackPolicy("Instances have detailed monitoring.", {
    [INSTANCE]: (instance, _, context) =>
      orTemplate(
        instance,
        context,
        "monitoring",
        () => instance.isTrue("monitoring"),
        (template) => template.isTrue("monitoring.enabled"),
      ),
  }),

  EC2_INSTANCE_MULTIPLE_ENI_CHECK: stackPolicy("Instances have one network interface.", {
    [INSTANCE]: (instance, _, context) => hasOneInterface(instance, context),
  }),

  EC2_INSTANCE_NO_PUBLIC_IP: stackPolicy("Instances have no public IP address.", {
    [INSTANCE]: (instance, _, context) => noPublicAddress(instance, context),
  }),

  EC2_INSTANCE_PROFILE_ATTACHED: stackPolicy("Instances have an instance profile.", {
    [INSTANCE]: (instance, p, context) =>
      orTemplate(
        instance,
        context,
        "iamInstanceProfile",
        () =>
          all(
            instance.present("iamInstanceProfile"),
            given(p.IamInstanceProfileArnList, (arns) => profileAmong(instance, "iamInstanceProfile", arns)),
          ),
        (template) =>
          all(
            template.present("iamInstanceProfile"),
            given(p.IamInstanceProfileArnList, (arns) =>
              profileAmong(
                template,
                template.at("iamInstanceProfile.arn").kind === "absent"
                  ? "iamInstanceProfile.name"
                  : "iamInstanceProfile.arn",
                arns,
              ),
            ),
          ),
      ),
  }),

  EC2_LAUNCH_TEMPLATE_IMDSV2_CHECK: policy(
    "Launch templates require session tokens for instance metadata (IMDSv2).",
    { [TEMPLATE]: (template) => template.equals("metadataOptions.httpTokens", "required") },
  ),

  EC2_LAUNCH_TEMPLATE_PUBLIC_IP_DISABLED: stackPolicy("Launch templates give no public IP addresses.", {
    [TEMPLATE]: (template, p, context) =>
      any(
        given(p.exemptedLaunchTemplates, (exempted) => isExempted(template, exempted, context)),
        all(
          compliant(),
          template.every("networkInterfaces", (networkInterface) =>
            networkInterface.noneOf(
              "associatePublicIpAddress",
              ["true"],
              'set "associatePublicIpAddress" to false',
            ),
          ),
        ),
      ),
  }),

  EC2_NO_AMAZON_KEY_PAIR: stackPolicy("Instances are launched without a key pair.", {
    [INSTANCE]: (instance, _, context) => noKeyPair(instance, context),
  }),

  EC2_TOKEN_HOP_LIMIT_CHECK: stackPolicy("Metadata tokens of instances do not travel too many hops.", {
    [INSTANCE]: (instance, p, context) =>
      orTemplate(
        instance,
        context,
        "metadataOptions.httpPutResponseHopLimit",
        () => instance.atMost("metadataOptions.httpPutResponseHopLimit", p.tokenHopLimit ?? 1),
        (template) => template.atMost("metadataOptions.httpPutResponseHopLimit", p.tokenHopLimit ?? 1),
      ),
  }),
};
