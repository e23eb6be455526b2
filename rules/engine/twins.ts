/**
 * Type tokens that are the same AWS thing under another name. They are folded here, once: a control names the
 * canonical token only.
 */
interface Twin {
  readonly token: string;
  /** Properties that have another name there, by dotted path as declared; only the last step is renamed. */
  readonly renamed?: Readonly<Record<string, string>>;
}

const BUCKET_V2: Twin = {
  token: "aws:s3/bucket:Bucket",
  renamed: {
    "lifecycleRules.expirations": "expiration",
    "lifecycleRules.noncurrentVersionExpirations": "noncurrentVersionExpiration",
    loggings: "logging",
    "objectLockConfiguration.rules": "rule",
    "objectLockConfiguration.rules.defaultRetentions": "defaultRetention",
    replicationConfigurations: "replicationConfiguration",
    "replicationConfigurations.rules.destinations": "destination",
    "replicationConfigurations.rules.filters": "filter",
    serverSideEncryptionConfigurations: "serverSideEncryptionConfiguration",
    "serverSideEncryptionConfigurations.rules": "rule",
    "serverSideEncryptionConfigurations.rules.applyServerSideEncryptionByDefaults":
      "applyServerSideEncryptionByDefault",
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
  return renameIn(inputs, renamed, "");
}

type Inputs = Readonly<Record<string, unknown>>;

function renameIn(inputs: Inputs, renamed: Readonly<Record<string, string>>, prefix: string): Inputs {
  const rename = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) return value.map((item: unknown) => rename(item, path));
    // Marked values are instances of classes and hold no properties.
    return isPlainObject(value) ? renameIn(value, renamed, `${path}.`) : value;
  };
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => {
      const path = `${prefix}${name}`;
      return [renamed[path] ?? name, rename(value, path)];
    }),
  );
}

const isPlainObject = (value: unknown): value is Inputs =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
