/** What DNS records point at: which of their values name a resource of AWS, and which resource that is. */

/** The kinds of resources that are looked for. */
export type TargetKind =
  | "S3 bucket"
  | "Elastic Beanstalk environment"
  | "load balancer"
  | "CloudFront distribution"
  | "API"
  | "address";

/** A resource that a record points at. */
export interface Target {
  readonly kind: TargetKind;
  /** The bucket's name, the resource's domain name in lower case, or the address. */
  readonly name: string;
  /** Absent where the name holds none. */
  readonly region?: string;
}

const REGION = "[a-z]{2}(?:-[a-z]+)+-\\d+";
const END = "amazonaws\\.com(?:\\.cn)?";

/**
 * The endpoints of S3, of which a bucket's name may be the first part: it does not decide which bucket is served.
 * @see https://docs.aws.amazon.com/general/latest/gr/s3.html
 */
const S3 = [`s3-website[.-](${REGION})`, `s3(?:[.-](?:dualstack\\.)?(${REGION}))?`].map(
  (endpoint) => new RegExp(`^(?:.+\\.)?${endpoint}\\.${END}$`),
);

/** The domain names that the other services give their resources. */
const ENDPOINTS: readonly (readonly [TargetKind, RegExp])[] = [
  ["Elastic Beanstalk environment", new RegExp(`\\.(${REGION})\\.elasticbeanstalk\\.com(?:\\.cn)?$`)],
  ["Elastic Beanstalk environment", /\.elasticbeanstalk\.com$/],
  ["load balancer", new RegExp(`\\.(${REGION})\\.elb\\.${END}$`)],
  ["load balancer", new RegExp(`\\.elb\\.(${REGION})\\.${END}$`)],
  ["CloudFront distribution", /\.cloudfront\.(?:net|cn)$/],
  ["API", new RegExp(`\\.execute-api\\.(${REGION})\\.${END}$`)],
];

/**
 * Addresses that nobody else can get: those for private use, and those that are none of a host on the internet.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const PRIVATE =
  /^(?:0|10|127|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.168|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;

/** A domain name in one spelling: lower case, no dot at the end, and `*` as such, which Route 53 writes `\052`. */
export const domainName = (text: string): string =>
  text
    .replace(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)))
    .replace(/\.$/, "")
    .toLowerCase();

/** Without the prefix by which a load balancer or an endpoint answers for IPv6 too. */
export const bareName = (text: string): string => domainName(text).replace(/^dualstack\./, "");

/**
 * What a value of a record points at; `undefined` when it is nothing that is looked for: a name outside of AWS, a private
 * address, a value of another type than alias, `CNAME` and `A`.
 *
 * S3 serves the bucket whose name is that of the host, whatever bucket the record's value names.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html#VirtualHostingCustomURLs
 *
 * @param record - The full name of the record; `undefined` when it is not known.
 * @param type - `alias`, or the type of a record with values.
 */
export function targetOf(record: string | undefined, type: string, value: string): Target | undefined {
  if (type === "A") {
    const isPublic = /^\d+(?:\.\d+){3}$/.test(value) && !PRIVATE.test(value);
    return isPublic ? { kind: "address", name: value } : undefined;
  }
  if (type !== "alias" && type !== "CNAME") return undefined;
  const name = bareName(value);
  for (const endpoint of S3) {
    const match = endpoint.exec(name);
    if (match !== null) return located({ kind: "S3 bucket", name: record ?? name }, match[1]);
  }
  for (const [kind, endpoint] of ENDPOINTS) {
    const match = endpoint.exec(name);
    if (match !== null) return located({ kind, name }, match[1]);
  }
  return undefined;
}

const located = (target: Target, region: string | undefined): Target =>
  region === undefined ? target : { ...target, region };
