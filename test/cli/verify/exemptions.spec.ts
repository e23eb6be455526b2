import * as assert from "node:assert/strict";
import { exported, resource, STACK_URN, urn } from "../support";
import type { FakeViolation } from "./fake-region";
import { Bench, HOME, stackRule } from "./support";
import type { Verified } from "./support";

const VERSIONING = "s3-bucket-versioning-enabled";
const SSH = "restricted-ssh";

/** The component that the resources below belong to. */
const SITE = { urn: urn("my:index:Site", "site"), type: "my:index:Site", custom: false, parent: STACK_URN };

const bucketOf = (name: string, physical: string, more: object = {}): object =>
  resource("aws:s3/bucket:Bucket", name, { bucket: physical }, { id: physical, parent: SITE.urn, ...more });

const exemption = (control: string, pattern: string, more: object = {}): object => ({
  control,
  resource: pattern,
  reason: "Accepted.",
  owner: "team",
  expires: "2027-01-01",
  ...more,
});

describe("verify: exemptions", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench();
    await bench.open();
  });
  afterEach(() => bench.close());

  interface Case {
    readonly control?: string;
    readonly violation?: FakeViolation;
    readonly resources?: readonly object[];
    readonly exemptions: readonly object[];
    readonly withState?: boolean;
  }

  async function verifying(given: Case): Promise<{ readonly status: number; readonly report: Verified }> {
    const { control = VERSIONING, violation = { type: "AWS::S3::Bucket", id: "website-1a2b" } } = given;
    bench.aws.deploy(HOME, control, { compliance: "NON_COMPLIANT", violations: [violation] });
    const resources = given.resources ?? [bucketOf("website", "website-1a2b")];
    const states = given.withState === false ? [] : [exported([SITE, stackRule(control), ...resources])];
    return bench.json({ controls: [control], exemptions: given.exemptions }, {}, states);
  }

  const covered = async (given: Case): Promise<boolean> => {
    const { status, report } = await verifying(given);
    const [finding, ...more] = report.findings;
    assert.equal(more.length, 0);
    const isCovered = finding?.exemption !== undefined;
    assert.equal(status, isCovered ? 0 : 1);
    assert.equal(report.summary["exempted"], isCovered ? 1 : 0);
    assert.equal(report.exemptions.unused.length, given.exemptions.length - (isCovered ? 1 : 0));
    return isCovered;
  };

  const FORMS: readonly (readonly [string, string, boolean])[] = [
    ["the URN", urn("aws:s3/bucket:Bucket", "website"), true],
    ["the logical name", "website", true],
    ["the component path", "site/website", true],
    ["a glob over component paths", "**/website", true],
    ["AWS Config's type and id", "AWS::S3::Bucket/website-1a2b", true],
    ["AWS Config's id", "website-1a2b", true],
    ["a glob over ids", "website-*", true],
    ["another resource", "other", false],
    ["the id of another type", "AWS::DynamoDB::Table/website-1a2b", false],
  ];
  for (const [what, pattern, expected] of FORMS) {
    it(`${expected ? "covers by" : "does not cover by"} ${what}`, async () => {
      assert.equal(await covered({ exemptions: [exemption(VERSIONING, pattern)] }), expected);
    });
  }

  it("needs the state for logical names, but not for AWS Config's own", async () => {
    const exemptions = [exemption(VERSIONING, "**/website")];
    assert.equal(await covered({ exemptions, withState: false }), false);
    const own = [exemption(VERSIONING, "website-1a2b")];
    assert.equal(await covered({ exemptions: own, withState: false }), true);
  });

  it("covers by a name alone only what no other resource could be meant by", async () => {
    const violations = [
      { type: "AWS::S3::Bucket", id: "website-1a2b" },
      { type: "AWS::S3::Bucket", id: "website" },
    ];
    const states = [exported([SITE, stackRule(VERSIONING), bucketOf("website", "website-1a2b")])];
    const run = async (
      pattern: string,
      found: readonly FakeViolation[],
    ): Promise<{ readonly exempted: readonly string[]; readonly notes: string }> => {
      bench.aws.deploy(HOME, VERSIONING, { compliance: "NON_COMPLIANT", violations: [...found] });
      const selection = { controls: [VERSIONING], exemptions: [exemption(VERSIONING, pattern)] };
      const { report } = await bench.json(selection, {}, states);
      const exempted = report.findings.filter((finding) => finding.exemption !== undefined);
      return { exempted: exempted.map(({ resourceId }) => resourceId), notes: report.notes.join("\n") };
    };
    const both = await run("website", violations);
    assert.deepEqual(both.exempted, []);
    assert.match(
      both.notes,
      /The exemption of S3_BUCKET_VERSIONING_ENABLED for "website" covers nothing, since the name could mean "AWS::S3::Bucket\/website/,
    );
    // The bucket of the stack is meant, and complies; one that is called like it must not profit.
    const foreign = await run("website", violations.slice(1));
    assert.deepEqual(foreign.exempted, []);
    assert.ok(foreign.notes.includes(urn("aws:s3/bucket:Bucket", "website")), foreign.notes);
    assert.deepEqual((await run("AWS::S3::Bucket/website", violations)).exempted, ["website"]);
    const own = await run(urn("aws:s3/bucket:Bucket", "website"), violations);
    assert.deepEqual([own.exempted, own.notes], [["website-1a2b"], ""]);
  });

  it("holds for its control only", async () => {
    assert.equal(await covered({ exemptions: [exemption("encrypted-volumes", "**")] }), false);
  });

  it("is not applied once it is expired, and is listed", async () => {
    const exemptions = [exemption(VERSIONING, "website", { expires: "2026-06-14" })];
    const { status, report } = await verifying({ exemptions });
    assert.equal(status, 1);
    assert.equal(report.exemptions.expired.length, 1);
    assert.deepEqual(report.exemptions.unused, []);
  });

  it("still holds on its last day", async () => {
    const exemptions = [exemption(VERSIONING, "website", { expires: "2026-06-15" })];
    assert.equal(await covered({ exemptions }), true);
  });

  it("shows the resource of the stack, also where nothing is exempted", async () => {
    const { report } = await verifying({ exemptions: [] });
    assert.equal(report.findings[0]?.urn, urn("aws:s3/bucket:Bucket", "website"));
  });

  it("covers by the name that AWS Config has for the resource", async () => {
    bench.aws.region(HOME).names.set("AROAEXAMPLE", "deployer");
    const violation = { type: "AWS::IAM::Role", id: "AROAEXAMPLE" };
    assert.equal(
      await covered({ violation, exemptions: [exemption(VERSIONING, "AWS::IAM::Role/deployer")] }),
      true,
    );
  });

  describe("find the resource of the stack", () => {
    const by = async (violation: FakeViolation, found: object): Promise<boolean> =>
      covered({ violation, resources: [found], exemptions: [exemption(VERSIONING, "mine")] });

    it("by the unique id of an IAM role", async () => {
      const role = resource("aws:iam/role:Role", "mine", {}, { outputs: { uniqueId: "AROA1", name: "r" } });
      assert.equal(await by({ type: "AWS::IAM::Role", id: "AROA1" }, role), true);
    });

    it("by the resource id of a database", async () => {
      const db = resource("aws:rds/instance:Instance", "mine", {}, { outputs: { resourceId: "db-ABC" } });
      assert.equal(await by({ type: "AWS::RDS::DBInstance", id: "db-ABC" }, db), true);
    });

    it("by ARN, also for types that no control knows", async () => {
      const arn = "arn:aws:thing:us-east-1:123456789012:thing/x";
      const thing = resource("aws:thing/thing:Thing", "mine", {}, { outputs: { arn } });
      assert.equal(await by({ type: "AWS::Thing::Thing", id: arn }, thing), true);
    });

    it("by the name behind the account", async () => {
      const domain = resource("aws:opensearch/domain:Domain", "mine", { name: "logs" }, {});
      assert.equal(await by({ type: "AWS::OpenSearch::Domain", id: "123456789012/logs" }, domain), true);
    });

    it("but not one of another type with the same name", async () => {
      const table = resource("aws:dynamodb/table:Table", "mine", { name: "x" }, { id: "x" });
      assert.equal(await by({ type: "AWS::S3::Bucket", id: "x" }, table), false);
    });

    it("but not one of another region or account", async () => {
      const inRegion = (arn: string): object =>
        resource("aws:lambda/function:Function", "mine", { name: "f" }, { outputs: { name: "f", arn } });
      const violation = { type: "AWS::Lambda::Function", id: "f" };
      assert.equal(await by(violation, inRegion("arn:aws:lambda:us-east-1:123456789012:function:f")), true);
      assert.equal(await by(violation, inRegion("arn:aws:lambda:eu-west-1:123456789012:function:f")), false);
      assert.equal(await by(violation, inRegion("arn:aws:lambda:us-east-1:999999999999:function:f")), false);
    });

    it("but not one that the stack only reads", async () => {
      const read = bucketOf("mine", "website-1a2b", { external: true });
      assert.equal(await by({ type: "AWS::S3::Bucket", id: "website-1a2b" }, read), false);
    });

    it("and the stack itself for the account", async () => {
      const violation = { type: "AWS::::Account", id: "123456789012" };
      const exemptions = [exemption(VERSIONING, STACK_URN)];
      assert.equal(await covered({ violation, exemptions }), true);
    });

    it("and not a stack of another account, nor what is in it", async () => {
      const ofStack = "urn:pulumi:prod::test::pulumi:pulumi:Stack::test-prod";
      const key = (account: string): object => ({
        ...{
          urn: "urn:pulumi:prod::test::aws:kms/key:Key::key",
          type: "aws:kms/key:Key",
          custom: true,
          id: "key",
        },
        ...{ inputs: {}, outputs: { arn: `arn:aws:kms:${HOME}:${account}:key/key` } },
      });
      const bucket = resource("aws:s3/bucket:Bucket", "elsewhere", {}, { id: "b-1", parent: ofStack });
      const statusOf = async (
        violation: FakeViolation,
        pattern: string,
        account: string,
      ): Promise<number> => {
        bench.aws.deploy(HOME, VERSIONING, { compliance: "NON_COMPLIANT", violations: [violation] });
        const stack = { urn: ofStack, type: "pulumi:pulumi:Stack", custom: false };
        const other = { version: 3, deployment: { resources: [stack, key(account), bucket] } };
        const selection = { controls: [VERSIONING], exemptions: [exemption(VERSIONING, pattern)] };
        return (await bench.run(selection, {}, [exported([stackRule(VERSIONING)]), other])).status;
      };
      const account = { type: "AWS::::Account", id: "123456789012" };
      const inBucket = { type: "AWS::S3::Bucket", id: "b-1" };
      for (const [violation, pattern] of [
        [account, ofStack],
        [inBucket, "elsewhere"],
      ] as const) {
        assert.equal(await statusOf(violation, pattern, "123456789012"), 0);
        assert.equal(await statusOf(violation, pattern, "999999999999"), 1);
      }
    });
  });

  describe("of single findings", () => {
    const violation = { type: "AWS::EC2::SecurityGroup", id: "sg-1" };
    const group = (...cidrs: readonly string[]): object =>
      resource(
        "aws:ec2/securityGroup:SecurityGroup",
        "mine",
        {
          ingress: cidrs.map((cidr) => ({ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: [cidr] })),
        },
        { id: "sg-1" },
      );
    const key = async (resources: readonly object[], ...keys: readonly string[]): Promise<number> => {
      const exemptions = keys.map((one) => exemption(SSH, "mine", { key: one }));
      return (await verifying({ control: SSH, violation, resources, exemptions })).status;
    };

    it("cover a resource that has no other finding", async () => {
      const { report } = await verifying({
        control: SSH,
        violation,
        resources: [group("0.0.0.0/0")],
        exemptions: [],
      });
      assert.equal(report.findings.length, 1);
      assert.equal(await key([group("0.0.0.0/0")], "tcp/22 0.0.0.0/0"), 0);
    });

    it("do not cover a resource that has another finding", async () => {
      assert.equal(await key([group("0.0.0.0/0", "::/0")], "tcp/22 0.0.0.0/0"), 1);
    });

    it("do not cover what the stack declares to be right", async () => {
      assert.equal(await key([group("10.0.0.0/8")], "tcp/22 0.0.0.0/0"), 1);
    });

    it("do not cover what is in no stack", async () => {
      assert.equal(await key([], "tcp/22 0.0.0.0/0"), 1);
    });
  });
});
