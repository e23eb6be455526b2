/**
 * Type tokens that are the same AWS thing under another name. They are folded here, once: a control names the
 * canonical token only.
 */
interface Twin {
  readonly token: string;
  /** Properties that have another name there. */
  readonly renamed?: Readonly<Record<string, string>>;
}

const BUCKET_V2: Twin = {
  token: "aws:s3/bucket:Bucket",
  renamed: {
    corsRules: "corsRules",
    lifecycleRules: "lifecycleRules",
    loggings: "logging",
    objectLockConfigurations: "objectLockConfiguration",
    replicationConfigurations: "replicationConfiguration",
    serverSideEncryptionConfigurations: "serverSideEncryptionConfiguration",
    versionings: "versioning",
    websites: "website",
  },
};

const S3_PARTS = [
  "AccelerateConfiguration",
  "Acl",
  "CorsConfiguration",
  "LifecycleConfiguration",
  "Logging",
  "ObjectLockConfiguration",
  "RequestPaymentConfiguration",
  "ServerSideEncryptionConfiguration",
  "Versioning",
  "WebsiteConfiguration",
];

const LOAD_BALANCING = [
  "ListenerCertificate",
  "ListenerRule",
  "Listener",
  "LoadBalancer",
  "TargetGroup",
  "TargetGroupAttachment",
];

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

const TWINS: ReadonlyMap<string, Twin> = new Map<string, Twin>([
  ["aws:s3/bucketV2:BucketV2", BUCKET_V2],
  ...S3_PARTS.map((part): [string, Twin] => [
    `aws:s3/bucket${part}V2:Bucket${part}V2`,
    { token: `aws:s3/bucket${part}:Bucket${part}` },
  ]),
  ...LOAD_BALANCING.flatMap((name): [string, Twin][] =>
    ["alb", "elasticloadbalancingv2", "applicationloadbalancing"].map((module) => [
      `aws:${module}/${lowerFirst(name)}:${name}`,
      { token: `aws:lb/${lowerFirst(name)}:${name}` },
    ]),
  ),
  ["aws:elasticloadbalancing/loadBalancer:LoadBalancer", { token: "aws:elb/loadBalancer:LoadBalancer" }],
]);

/** The canonical token of a type. */
export function canonicalToken(token: string): string {
  return TWINS.get(token)?.token ?? token;
}

/** Every token under which a canonical type may be declared, itself first. */
export function spellingsOf(token: string): readonly string[] {
  return [token, ...[...TWINS].filter(([, twin]) => twin.token === token).map(([spelling]) => spelling)];
}

/** The inputs of a declared type under the names of its canonical type. */
export function canonicalNames(
  token: string,
  inputs: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const renamed = TWINS.get(token)?.renamed;
  if (renamed === undefined) return inputs;
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [renamed[name] ?? name, value]));
}
