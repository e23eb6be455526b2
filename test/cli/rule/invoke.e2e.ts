import * as assert from "node:assert/strict";
import { Loopback, Refusal } from "../../rules/lambda/loopback";
import type { Json } from "../../rules/lambda/loopback";
import { compliance } from "../support";
import type { Run } from "../support";

const ACCOUNT = "123456789012";
const IDENTITY = {
  xml: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Account>${ACCOUNT}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
};
const arnOf = (name: string): string => `arn:aws:sns:eu-west-1:${ACCOUNT}:${name}`;

/** An item as the API of AWS Config answers with it. */
const item = (name: string, principal: unknown, status = "OK"): Json => ({
  resourceType: "AWS::SNS::Topic",
  resourceId: arnOf(name),
  accountId: ACCOUNT,
  configurationItemStatus: status,
  configurationItemCaptureTime: 1_772_600_000,
  configuration: JSON.stringify({
    TopicArn: arnOf(name),
    Policy: JSON.stringify({
      Statement: { Effect: "Allow", Principal: principal, Action: "sns:Publish", Resource: "*" },
    }),
  }),
});

describe("compliance rule invoke", () => {
  const aws = new Loopback();
  let endpoint = "";
  before(async () => {
    endpoint = await aws.listen();
  });
  beforeEach(() => aws.reset());
  after(() => aws.close());

  const invoke = (...args: readonly string[]): Promise<Run> =>
    compliance(["rule", "invoke", ...args], {
      env: {
        AWS_ENDPOINT_URL: endpoint,
        AWS_REGION: "eu-west-1",
        AWS_ACCESS_KEY_ID: "a",
        AWS_SECRET_ACCESS_KEY: "b",
        AWS_MAX_ATTEMPTS: "1",
      },
    });

  /** What AWS Config has recorded, in two pages, so that a reader that stops at the first misses the rest. */
  function recorded(first: Json, second: Json): void {
    aws.answer("GetCallerIdentity", () => IDENTITY);
    const listed = ({ resourceId }: Json): Json => ({ resourceIdentifiers: [{ resourceId }] });
    aws.answer("ListDiscoveredResources", () => ({ ...listed(first), nextToken: "2" }));
    aws.answer("ListDiscoveredResources", () => listed(second));
    // The first page of a history may be empty.
    aws.answer("GetResourceConfigHistory", () => ({ configurationItems: [], nextToken: "2" }));
    for (const one of [first, second])
      aws.answer("GetResourceConfigHistory", () => ({ configurationItems: [one] }));
  }

  const operations = (): readonly string[] => aws.calls.map(({ operation }) => operation);

  it("judges what AWS Config recorded last, and tells AWS Config nothing", async () => {
    recorded(item("open", "*"), item("own", { AWS: ACCOUNT }));
    const { status, stdout, stderr } = await invoke("sns-topic-shared-in-organization");
    assert.equal(stderr, "");
    assert.match(stdout, new RegExp(`^NON_COMPLIANT {2}AWS::SNS::Topic ${arnOf("open")}\n {4}.*everybody`));
    assert.match(stdout, new RegExp(`^COMPLIANT {2}AWS::SNS::Topic ${arnOf("own")}$`, "m"));
    assert.equal(status, 1);
    assert.ok(!operations().includes("PutEvaluations"));
  });

  /** What AWS Config has recorded, with the whole history of each. */
  function histories(all: Readonly<Record<string, () => Json>>): void {
    aws.answer("GetCallerIdentity", () => IDENTITY);
    aws.answer("ListDiscoveredResources", () => ({
      resourceIdentifiers: Object.keys(all).map((name) => ({ resourceId: arnOf(name) })),
    }));
    for (const answer of Object.values(all)) aws.answer("GetResourceConfigHistory", answer);
  }
  const last = (one: Json) => (): Json => ({ configurationItems: [one] });
  const TOPIC = "AWS::SNS::Topic";

  for (const [what, broken, problem] of [
    [
      "lacks what decides",
      last({ ...item("bad", "*"), configuration: JSON.stringify({ TopicArn: arnOf("bad") }) }),
      "The configuration item",
    ],
    ["has no configuration", last({ ...item("bad", "*"), configuration: "" }), "The configuration item"],
    [
      "has none that is JSON",
      last({ ...item("bad", "*"), configuration: "{" }),
      '"configuration" of .* is not JSON',
    ],
    [
      "cannot be fetched",
      () => {
        throw new Refusal("InternalFailure", "it is broken");
      },
      "it is broken",
    ],
  ] as const) {
    it(`judges the others when one item ${what}, and names it`, async () => {
      histories({ open: last(item("open", "*")), bad: broken, own: last(item("own", { AWS: ACCOUNT })) });
      const { status, stdout, stderr } = await invoke("sns-topic-shared-in-organization");
      assert.match(stdout, new RegExp(`^NON_COMPLIANT {2}${TOPIC} ${arnOf("open")}$`, "m"));
      assert.match(stdout, new RegExp(`^COMPLIANT {2}${TOPIC} ${arnOf("own")}$`, "m"));
      assert.doesNotMatch(stdout, /:bad/);
      assert.match(stderr, new RegExp(`^error: ${TOPIC} "${arnOf("bad")}": ${problem}.*\n`));
      assert.match(stderr, /\nerror: sns-topic-shared-in-organization: 1 resource could not be judged\.\n$/);
      assert.equal(status, 2);
    });
  }

  for (const [what, gone] of [
    ["is deleted", last({ ...item("gone", "*", "ResourceDeleted"), configuration: "" })],
    ["was never recorded", () => Promise.reject(new Refusal("ResourceNotDiscoveredException", "unknown"))],
  ] as const) {
    it(`leaves out what ${what}`, async () => {
      histories({ gone: gone as () => Json, own: last(item("own", { AWS: ACCOUNT })) });
      const { status, stdout, stderr } = await invoke("sns-topic-shared-in-organization");
      assert.equal(stderr, "");
      assert.equal(stdout, `COMPLIANT  ${TOPIC} ${arnOf("own")}\n`);
      assert.equal(status, 0);
    });
  }

  it("shows what was judged when the list then fails", async () => {
    recorded(item("open", "*"), item("own", "*"));
    aws.next.set("ListDiscoveredResources", (aws.next.get("ListDiscoveredResources") ?? []).slice(0, 1));
    aws.answer("ListDiscoveredResources", () => {
      throw new Refusal("AccessDeniedException", "not authorized");
    });
    const { status, stdout, stderr } = await invoke("sns-topic-shared-in-organization");
    assert.match(stdout, new RegExp(`^NON_COMPLIANT {2}${TOPIC} ${arnOf("open")}$`, "m"));
    assert.match(stderr, /^error: sns-topic-shared-in-organization: not authorized/);
    assert.equal(status, 2);
  });

  it("gives the parameters to the rule", async () => {
    const other = { AWS: "210987654321" };
    recorded(item("one", other), item("two", other));
    const parameters = JSON.stringify({ trustedAccounts: "210987654321" });
    const { status, stdout } = await invoke("sns-topic-shared-in-organization", "--parameters", parameters);
    assert.equal(status, 0);
    assert.equal([...stdout.matchAll(/^COMPLIANT/gm)].length, 2);
  });

  it("lists the account for a rule that no change triggers", async () => {
    const page = (images: string): Json => ({
      xml: `<DescribeImagesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><imagesSet>${images}</imagesSet></DescribeImagesResponse>`,
    });
    aws.answer("GetCallerIdentity", () => IDENTITY);
    aws.answer("DescribeImages", () =>
      page("<item><imageId>ami-1</imageId><isPublic>true</isPublic></item>"),
    );
    const { status, stdout } = await invoke("ec2-ami-not-public");
    assert.equal(status, 1);
    assert.match(
      stdout,
      new RegExp(`^NON_COMPLIANT {2}AWS::::Account ${ACCOUNT}\n {4}AMI "ami-1" is shared`),
    );
  });

  it("ends with status 2, and no verdict, when it may not ask", async () => {
    aws.answer("GetCallerIdentity", () => IDENTITY);
    aws.answer("ListDiscoveredResources", () => {
      throw new Refusal("AccessDeniedException", "not authorized");
    });
    const { status, stdout, stderr } = await invoke("sns-topic-shared-in-organization");
    assert.equal(status, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /^error: sns-topic-shared-in-organization: not authorized/);
  });

  it("takes only parameters of the rule", async () => {
    recorded(item("one", "*"), item("two", "*"));
    const { status, stdout, stderr } = await invoke(
      "sns-topic-shared-in-organization",
      "--parameters",
      '{"trusted":"1"}',
    );
    assert.equal(status, 2);
    assert.equal(stdout, "");
    assert.match(
      stderr,
      /^error: --parameters: "trusted" is no parameter of the rule; allowed are organizationId, trustedAccounts/,
    );
    assert.deepEqual(operations(), []);
  });
});
