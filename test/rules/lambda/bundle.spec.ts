import * as assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { customControls } from "../../../rules/custom/registered";
import { Loopback } from "./loopback";
import type { Json } from "./loopback";
import { evaluation, eventOf, TIME } from "./support";

/** What is deployed: one file, which is small, and handles an event in a process that has nothing but the SDK. */

const ROOT = join(__dirname, "../../..");
const MOST_BYTES = 100_000;
const TYPE = "AWS::Lambda::Function";

/** Does what Lambda's runtime does: loads the handler, and prints its answer or its error. */
const RUNTIME = `
const { handler } = require(process.argv[1]);
handler(JSON.parse(process.argv[2]), { awsRequestId: "request", getRemainingTimeInMillis: () => 60000 }).then(
  (answer) => console.log(JSON.stringify(answer)),
  ({ name, message, stack }) => console.log(JSON.stringify({ errorType: name, errorMessage: message, stack })),
);`;

describe("the bundle of a custom rule", () => {
  const aws = new Loopback();
  let endpoint = "";
  let folder = "";
  const file = (): string => join(folder, "rules/lambda-function-url-iam/index.js");

  before(async () => {
    endpoint = await aws.listen();
    folder = mkdtempSync(join(tmpdir(), "rules-"));
    const module = JSON.stringify(pathToFileURL(join(ROOT, "scripts/build/rules.mjs")).href);
    const script = `import { buildRules } from ${module}; await buildRules(${JSON.stringify(join(folder, "rules"))});`;
    execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: ROOT });
  });
  beforeEach(() => aws.reset());
  after(async () => {
    rmSync(folder, { recursive: true });
    await aws.close();
  });

  /** Runs the bundle as Lambda does; the lines that it printed. */
  async function invoke(event: Json): Promise<readonly Json[]> {
    // As in Lambda, where the SDK is part of the runtime and nothing else is.
    const modules = join(folder, "node_modules/@aws-sdk");
    if (!existsSync(modules)) {
      mkdirSync(join(folder, "node_modules"));
      symlinkSync(join(ROOT, "node_modules/@aws-sdk"), modules);
    }
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["-e", RUNTIME, file(), JSON.stringify(event)],
      {
        cwd: folder,
        env: {
          PATH: process.env["PATH"],
          NODE_OPTIONS: "--enable-source-maps",
          AWS_REGION: "eu-west-1",
          AWS_ACCESS_KEY_ID: "OWN",
          AWS_SECRET_ACCESS_KEY: "own",
          AWS_ENDPOINT_URL: endpoint,
          AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
        },
      },
    );
    return stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Json);
  }

  const changed = (configuration: unknown): Json =>
    eventOf({
      messageType: "ConfigurationItemChangeNotification",
      configurationItem: {
        resourceType: TYPE,
        resourceId: "orders",
        configurationItemStatus: "OK",
        configurationItemCaptureTime: TIME,
        configuration,
      },
    });

  const names = customControls.map(({ control }) => control.name);

  it("is made for every custom control", () => {
    assert.deepEqual(readdirSync(join(folder, "rules")).sort(), [...names].sort());
  });

  for (const name of names) {
    const built = (): string => join(folder, `rules/${name}/index.js`);

    it(`is less than 100 KB for ${name}, with a source map beside it that holds no sources`, () => {
      const { size } = statSync(built());
      assert.ok(size < MOST_BYTES, `${size} bytes`);
      const map = JSON.parse(readFileSync(`${built()}.map`, "utf8")) as Json;
      const sources = map["sources"] as readonly string[];
      for (const source of ["rules/lambda/rule.ts", `rules/custom/${name}/index.ts`])
        assert.ok(
          sources.some((one) => one.endsWith(source)),
          source,
        );
      assert.equal(map["sourcesContent"], undefined);
    });

    it(`loads the SDK from the runtime for ${name}, and nothing else but Node.js`, () => {
      const wanted = [...readFileSync(built(), "utf8").matchAll(/require\("([^"]+)"\)/g)].map(
        ([, module]) => module,
      );
      assert.ok(wanted.includes("@aws-sdk/client-config-service"));
      assert.deepEqual(
        wanted.filter((module) => !/^(?:@aws-sdk\/client-|node:)/.test(module ?? "")),
        [],
      );
    });
  }

  it("handles an event in a process of its own", async () => {
    aws.functions = {
      orders: [{ AuthType: "NONE", FunctionArn: "arn:aws:lambda:eu-west-1:1:function:orders" }],
    };
    const [line, answer, ...others] = await invoke(changed({ functionName: "orders" }));
    assert.deepEqual(others, []);
    assert.deepEqual(answer, {
      control: "lambda-function-url-iam",
      rule: "sample-rule",
      reported: { NON_COMPLIANT: 1 },
      isTest: false,
    });
    assert.equal(line?.["event"], "reported");
    const annotation =
      '"authorizationType" of the function URL is "NONE"; set "authorizationType" to "AWS_IAM".';
    const [{ Evaluations: sent } = {}] = aws.bodies("PutEvaluations");
    assert.deepEqual(sent, [evaluation("NON_COMPLIANT", "orders", annotation, TYPE)]);
  });

  it("fails with the name and the place of the error", async () => {
    const [line, answer] = await invoke(changed({ runtime: "nodejs22.x" }));
    assert.equal(line?.["event"], "failed");
    assert.equal(answer?.["errorType"], "ControlFailure");
    assert.match(String(answer["errorMessage"]), /no text at "configuration\.functionName"/);
    assert.match(String(answer["stack"]), /rules\/custom\/items\.ts/);
    assert.deepEqual(aws.bodies("PutEvaluations"), []);
  });
});
