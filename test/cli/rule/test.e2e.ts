import * as assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { eventOf } from "../../rules/lambda/support";
import { removeFolders, compliance, ROOT } from "../support";
import { checkout, controlFiles } from "./support";

const GOOD = '({ size }, { maximum }) => check(size <= maximum, { found: "x", fix: "y" })';
const NAME = "ec2-volume-small";

/** What `rule test` says of a control. */
async function tested(judge: string, fromItem?: string): Promise<{ status: number | null; text: string }> {
  const { status, stdout, stderr } = await compliance(["rule", "test", NAME], {
    cwd: checkout(controlFiles(NAME, judge, fromItem)),
  });
  return { status, text: stdout + stderr };
}

describe("compliance rule test", () => {
  after(removeFolders);

  it("passes for every control that is shipped", async () => {
    const { status, stdout, stderr } = await compliance(["rule", "test"], { cwd: join(ROOT, "rules") });
    assert.equal(stderr, "");
    assert.match(stdout, /^✓ lambda-function-url-iam: 8 cases$/m);
    assert.match(stdout, /\n\d+ passed, 0 failed\n$/);
    assert.equal(status, 0);
  });

  it("takes a good control", async () =>
    assert.deepEqual(await tested(GOOD), {
      status: 0,
      text: `✓ ${NAME}: 1 case\n\n1 passed, 0 failed\n`,
    }));

  for (const [what, judge, expected] of [
    [
      "throws",
      '() => { throw new Error("secret-value"); }',
      /The predicate of "ec2-volume-small" threw Error/,
    ],
    ["answers nonsense", '() => "yes"', /The predicate of "ec2-volume-small" answered string; answer with/],
    ["answers later", "async () => ({})", /answered with a promise; it must be synchronous/],
    ["changes its input", "(facts) => { facts.size = 2; }", /changes its input.*work on a copy/],
    [
      "has another verdict",
      '() => check(false, { found: "it is red", fix: "paint it" })',
      /expected COMPLIANT, and it is before the deployment NON_COMPLIANT, after it NON_COMPLIANT/,
    ],
    ["is no TypeScript", "=> =>", /rules\/custom\/ec2-volume-small: It does not compile: .*ERROR/],
  ] as const) {
    it(`tells when the predicate ${what}`, async () => {
      const { status, text } = await tested(judge);
      assert.equal(status, 1);
      assert.match(text, expected);
      assert.match(text, /\n0 passed, 1 failed\n$/);
      assert.doesNotMatch(text, /secret-value/);
    });
  }

  it("stops a predicate that does not come back", async () => {
    const { status, text } = await tested("() => { for (;;); }");
    assert.equal(status, 1);
    assert.match(text, /The predicate of "ec2-volume-small" did not answer within 5000 ms\./);
  });

  it("tells when the metadata is not well formed, and goes on with the other controls", async () => {
    const broken = controlFiles("ec2-broken", GOOD);
    const index = "rules/custom/ec2-broken/index.ts";
    const files = {
      ...broken,
      [index]: (broken[index] ?? "").replace("Volumes are small.", "volumes"),
      ...controlFiles(NAME, GOOD),
    };
    const { status, stdout } = await compliance(["rule", "test"], { cwd: checkout(files) });
    assert.equal(status, 1);
    assert.match(
      stdout,
      /rules\/custom\/ec2-broken\/index\.ts: It fails to load: .*"title" must be a sentence/,
    );
    assert.match(stdout, /^✓ ec2-volume-small: 1 case$/m);
  });

  it("tells when a type is misspelt, and takes one that is said to be new", async () => {
    const index = `rules/custom/${NAME}/index.ts`;
    const typed = async (metadata: string): Promise<string> => {
      const files = controlFiles(NAME, GOOD);
      const text = (files[index] ?? "").replace('resourceTypes: ["AWS::EC2::Volume"]', metadata);
      return (await compliance(["rule", "test"], { cwd: checkout({ ...files, [index]: text }) })).stdout;
    };
    assert.match(
      await typed('resourceTypes: ["AWS::EC2::Volumes"]'),
      /rules\/custom\/ec2-volume-small\/index\.ts: resourceTypes\[0\]: AWS Config knows no resource type "AWS::EC2::Volumes".* Did you mean "AWS::EC2::Volume"\?/,
    );
    const types = '["AWS::EC2::Volume", "AWS::EC2::Volumes"]';
    assert.match(
      await typed(`resourceTypes: ${types}, newResourceTypes: ["AWS::EC2::Volumes"]`),
      /^✓ ec2-volume-small: 1 case$/m,
    );
  });

  describe("with an item", () => {
    const item = {
      resourceType: "AWS::Lambda::Function",
      resourceId: "orders",
      configurationItemStatus: "OK",
      configurationItemCaptureTime: "2026-03-04T05:06:07.089Z",
      configuration: { functionName: "orders" },
    };
    const urls = [{ AuthType: "NONE", FunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:orders" }];
    const judge = (files: Readonly<Record<string, unknown>>, ...more: readonly string[]) => {
      const cwd = checkout({});
      const given = Object.entries(files).map(([flag, content]) => {
        writeFileSync(join(cwd, flag), typeof content === "string" ? content : JSON.stringify(content));
        return [`--${flag}`, join(cwd, flag)];
      });
      return compliance(["rule", "test", "lambda-function-url-iam", ...given.flat(), ...more]);
    };

    it("says verdict and annotation", async () =>
      assert.deepEqual(await judge({ item, read: urls }), {
        status: 1,
        signal: null,
        stdout:
          "NON_COMPLIANT  AWS::Lambda::Function orders\n" +
          '    "authorizationType" of the function URL is "NONE"; set "authorizationType" to "AWS_IAM".\n',
        stderr: "",
      }));

    it("says that the rule reads more than the item", async () => {
      const { status, stderr } = await judge({ item });
      assert.equal(status, 2);
      assert.match(stderr, /reads from lambda\..*give the answer with "--read FILE"/);
    });

    it("answers a whole event, with the parameters that it has", async () => {
      const event = eventOf({ messageType: "ConfigurationItemChangeNotification", configurationItem: item });
      const { status, stdout, stderr } = await judge({ event, read: urls });
      assert.equal(stderr, "");
      assert.match(stdout, /^NON_COMPLIANT {2}AWS::Lambda::Function orders\n/);
      assert.equal(status, 1);
      const other = await judge({ event: { ...event, ruleParameters: '{"x":"1"}' }, read: urls });
      assert.equal(other.status, 2);
      assert.match(other.stderr, /event: The rule's parameters are not usable: "x" is no parameter/);
    });

    it("answers an event for a control whose parameters are required", async () => {
      const cwd = checkout({});
      const event = eventOf(
        {
          messageType: "ConfigurationItemChangeNotification",
          configurationItem: { ...item, awsRegion: "us-east-1" },
        },
        { ruleParameters: '{"approvedRegions":"eu-*"}' },
      );
      writeFileSync(join(cwd, "event"), JSON.stringify(event));
      const args = ["rule", "test", "account-approved-regions", "--event", join(cwd, "event")];
      const { status, stdout, stderr } = await compliance(args);
      assert.equal(stderr, "");
      assert.match(stdout, /^NON_COMPLIANT {2}AWS::Lambda::Function orders\n/);
      assert.equal(status, 1);
    });

    it("takes a deleted one as AWS Config does", async () => {
      const { status, stdout } = await judge({
        item: { ...item, configurationItemStatus: "ResourceDeleted" },
      });
      assert.equal(status, 0);
      assert.match(stdout, /^NOT_APPLICABLE {2}AWS::Lambda::Function orders/);
    });

    for (const [what, files, more, expected] of [
      ["is no item", { item: [1] }, [], /configurationItem/],
      ["is not JSON", { item: "{" }, [], /item:1:2: The file is not JSON/],
      [
        "lacks the field that is read",
        { item: { ...item, configuration: { x: 1 } }, read: urls },
        [],
        undefined,
      ],
      [
        "comes with parameters that are not JSON",
        { item },
        ["--parameters", "{"],
        /the parameters are not JSON/,
      ],
      [
        "comes with an unknown parameter",
        { item, read: urls },
        ["--parameters", '{"x":"1"}'],
        /"x" is no parameter of the rule; the rule has no parameters/,
      ],
      ["is an event of something else", { event: { hello: 1 } }, [], /The event has no "invokingEvent"/],
    ] as const) {
      it(`is told when it ${what}`, async () => {
        const { status, stdout, stderr } = await judge(files, ...more);
        if (expected === undefined) {
          // The read was given, so that nothing of the item is needed.
          assert.match(stdout, /^NON_COMPLIANT/);
          return;
        }
        assert.equal(status, 2);
        assert.match(stderr, expected);
        assert.doesNotMatch(stdout, /COMPLIANT/);
      });
    }
  });

  for (const [what, flags, expected] of [
    ["--parameters without --item", ["--parameters", "{}"], /"--parameters" goes with "--item": cases have/],
    ["--read without --item", ["--read", "read.json"], /"--read" goes with "--item": cases have their own/],
    [
      "--item beside --event",
      ["--item", "a.json", "--event", "b.json"],
      /"--item" and "--event" are two ways to say what is judged\. Give one of them/,
    ],
    [
      "--parameters beside --event",
      ["--event", "b.json", "--parameters", "{}"],
      /"--parameters" goes with "--item": an event has "ruleParameters" of its own/,
    ],
    [
      "all of that at once",
      ["--item", "a.json", "--event", "b.json", "--parameters", "{}"],
      /two ways.*"--parameters" goes with "--item"/,
    ],
  ] as const) {
    it(`refuses ${what}, which would change nothing`, async () => {
      const { status, stdout, stderr } = await compliance([
        "rule",
        "test",
        "lambda-function-url-iam",
        ...flags,
      ]);
      assert.equal(status, 2);
      assert.equal(stdout, "");
      assert.match(stderr, expected);
      assert.equal(stderr.split("\n").length, 2);
    });
  }

  it("names the nearest control", async () => {
    const { status, stderr } = await compliance(["rule", "test", "lambda-function-url-ia"]);
    assert.equal(status, 2);
    assert.match(
      stderr,
      /There is no custom control "lambda-function-url-ia"\. Did you mean "lambda-function-url-iam"\?/,
    );
  });

  it("works in a checkout only", async () => {
    const { status, stderr } = await compliance(["rule", "test"], { cwd: "/" });
    assert.equal(status, 2);
    assert.match(stderr, /There is no folder "rules\/custom" here or above/);
  });
});
