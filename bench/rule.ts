import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { inTurns, runNode, timed } from "./measure";
import type { Subject } from "./measure";
import type { Row } from "./results";

/** A control whose function reads nothing beside the item, so that the SDK's part is one client and one call. */
const CONTROL = "sqs-queue-shared-in-organization";
const BUNDLE = path.join(__dirname, "..", "dist", "rules", CONTROL, "index.js");

/** What Lambda's runtime does: loads the bundle, and calls its handler. */
const RUNTIME = `require(process.argv[1]).handler(JSON.parse(process.argv[2]), {
  awsRequestId: "bench", getRemainingTimeInMillis: () => 60000,
}).catch((error) => { console.error(error); process.exitCode = 1; });`;

const EVENT = JSON.stringify({
  invokingEvent: JSON.stringify({
    messageType: "ConfigurationItemChangeNotification",
    configurationItem: {
      resourceType: "AWS::SQS::Queue",
      resourceId: "https://sqs.eu-west-1.amazonaws.com/123456789012/orders",
      configurationItemStatus: "OK",
      configurationItemCaptureTime: "2026-03-04T05:06:07.089Z",
      awsAccountId: "123456789012",
      configuration: { QueueArn: "arn:aws:sqs:eu-west-1:123456789012:orders" },
    },
  }),
  ruleParameters: "{}",
  resultToken: "TESTMODE",
  eventLeftScope: false,
  accountId: "123456789012",
  configRuleName: CONTROL,
  configRuleArn: "arn:aws:config:eu-west-1:123456789012:config-rule/config-rule-bench",
  version: "1.0",
});

/** From the start of Node to the verdict that AWS Config gets from a rule's bundle, with the SDK from node_modules. */
export async function benchRule(rounds: number): Promise<readonly Row[]> {
  let verdict: (() => void) | undefined;
  const server = http.createServer((request, response) => {
    request.resume().on("end", () => {
      response
        .writeHead(200, { "content-type": "application/x-amz-json-1.1" })
        .end('{"FailedEvaluations":[]}');
      verdict?.();
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const env = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "bench",
    AWS_SECRET_ACCESS_KEY: "bench",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
  const name = "start to first verdict of a custom rule's bundle";
  const rule: Subject = {
    name,
    round: async () => {
      const arrived = new Promise<"verdict">((done) => (verdict = () => done("verdict")));
      let ended: Promise<void> = Promise.resolve();
      let first: unknown;
      const time = await timed(async () => {
        ended = runNode(["-e", RUNTIME, BUNDLE, EVENT], [0], env);
        first = await Promise.race([arrived, ended]);
      });
      await ended;
      if (first !== "verdict") throw new Error(`The bundle ${BUNDLE} ended without a verdict.`);
      return [time];
    },
  };
  const floor: Subject = { name: "floor", round: async () => [await timed(() => runNode(["-e", "0"]))] };
  try {
    const samples = await inTurns([floor, rule], rounds);
    const [base, measured] = [samples.get("floor"), samples.get(name)];
    if (base === undefined || measured === undefined) throw new Error("There are no samples.");
    return [{ what: `${name}, SDK from node_modules`, measured, floor: base, floorName: "`node -e 0`" }];
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}
