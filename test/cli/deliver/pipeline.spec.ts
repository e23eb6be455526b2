import * as assert from "node:assert/strict";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { deliverPipeline } from "../../../cli/deliver/pipeline";
import { removeFolders } from "../support";
import { BUCKET, COMMIT, error, GOOD, Place, STACK, step, summary, violation } from "./support";
import type { Settings } from "./support";

const PIPELINE = "urn:pulumi:dev::shop::aws:codepipeline/pipeline:Pipeline::delivery";
const INPUTS = { name: "delivery", stages: [] };

/** An update of the pipeline, after which there is nothing more to do. */
const CHANGED: Settings = {
  preview: [
    {
      events: [step("update", PIPELINE, INPUTS, { detailedDiff: { stages: {} } }), summary({ update: 1 })],
      plan: "{}",
    },
    { events: [step("same", PIPELINE, INPUTS), summary({ same: 1 })], plan: "{}" },
  ],
};

const IN_PIPELINE = {
  COMPLIANCE_PIPELINE_STACK: "organization/shop/dev",
  COMPLIANCE_PIPELINE_NAME: "delivery",
  COMPLIANCE_EXECUTION_ID: "11111111-2222-3333-4444-555555555555",
  COMPLIANCE_SOURCE_ACTION: "Source",
  COMPLIANCE_SOURCE_REVISION: "COMMIT_ID",
};

/** Stands for CodePipeline: keeps the calls, and answers as it is told. */
class CodePipeline {
  public readonly calls: (readonly [string, unknown])[] = [];
  public failing: Readonly<Record<string, string>> = {};
  private readonly server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const call = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
      this.calls.push([call, JSON.parse(body)]);
      const failure = this.failing[call];
      response.writeHead(failure === undefined ? 200 : 400, { "content-type": "application/x-amz-json-1.1" });
      response.end(
        JSON.stringify(
          failure === undefined
            ? { pipelineExecutionId: "new-execution" }
            : { __type: failure, message: "No." },
        ),
      );
    });
  });

  public async listen(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

describe("deliver pipeline", () => {
  let service: CodePipeline;
  const saved = { ...process.env };

  beforeEach(async () => {
    service = new CodePipeline();
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: await service.listen(),
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: "us-east-1",
      AWS_MAX_ATTEMPTS: "1",
    });
  });
  afterEach(() => {
    service.close();
    for (const name of Object.keys(process.env))
      if (!(name in saved)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, saved);
  });
  after(removeFolders);

  const run = (
    place: Place,
    env: Readonly<Record<string, string>> = IN_PIPELINE,
    stack?: string,
  ): Promise<number> =>
    deliverPipeline(
      { program: place.root, policyPack: [place.path("pack")], ...(stack === undefined ? {} : { stack }) },
      place.context(undefined, env),
    );

  it("changes nothing when the stack is up to date", async () => {
    const place = new Place({ preview: { events: [step("same", STACK), summary({ same: 1 })], plan: "{}" } });
    assert.equal(await run(place), 0);
    assert.deepEqual(place.callsOf("up"), []);
    assert.deepEqual(service.calls, []);
    assert.match(place.out, /is up to date; this execution goes on/);
  });

  it("goes on when something else than the pipeline changed", async () => {
    const place = new Place();
    assert.equal(await run(place), 0);
    assert.match(
      place.callsOf("up")[0] ?? "",
      /^up --yes --message Deploy \S+ --plan \S+plan\.json --stack organization\/shop\/dev .*--policy-pack/,
    );
    assert.deepEqual(service.calls, []);
  });

  it("starts a new execution of the same revision and ends this one when the pipeline changed", async () => {
    const place = new Place(CHANGED);
    assert.equal(await run(place), 0, place.err);
    assert.deepEqual(service.calls, [
      [
        "StartPipelineExecution",
        {
          name: "delivery",
          clientRequestToken: "self-update-11111111-2222-3333-4444-555555555555",
          sourceRevisions: [{ actionName: "Source", revisionType: "COMMIT_ID", revisionValue: COMMIT }],
        },
      ],
      [
        "StopPipelineExecution",
        {
          pipelineName: "delivery",
          pipelineExecutionId: "11111111-2222-3333-4444-555555555555",
          abandon: false,
          reason: "Superseded: the pipeline changed, execution new-execution goes on with it.",
        },
      ],
    ]);
    assert.match(place.out, /Execution new-execution goes on; this one is superseded/);
  });

  it("takes the newest revision where the source action is not named", async () => {
    const place = new Place(CHANGED);
    await run(place, { ...IN_PIPELINE, COMPLIANCE_SOURCE_ACTION: "" });
    assert.deepEqual(Object.keys(service.calls[0]?.[1] as object).sort(), ["clientRequestToken", "name"]);
  });

  it("takes an execution that CodePipeline has ended already for ended", async () => {
    service.failing = { StopPipelineExecution: "PipelineExecutionNotStoppableException" };
    const place = new Place(CHANGED);
    assert.equal(await run(place), 0, place.err);
  });

  for (const [call, expected] of [
    [
      "StartPipelineExecution",
      /a new execution cannot be started: AccessDeniedException: No\. Start it by hand/,
    ],
    ["StopPipelineExecution", /Execution new-execution was started, and this one cannot be ended/],
  ] as const) {
    it(`ends with 2 when ${call} is refused`, async () => {
      service.failing = { [call]: "AccessDeniedException" };
      const place = new Place(CHANGED);
      assert.equal(await run(place), 2);
      assert.match(place.err, expected);
    });
  }

  it("starts nothing when the pipeline would change in every run", async () => {
    const { preview } = CHANGED;
    assert.ok(Array.isArray(preview));
    const place = new Place({ preview: [preview[0]] });
    assert.equal(await run(place), 2);
    assert.deepEqual(service.calls, []);
    assert.match(
      place.err,
      /would be changed again at once: update urn:\S+ \(stages\)\. [^]*without end, so none was started/,
    );
  });

  it("minds only the running pipeline", async () => {
    const other = step("update", PIPELINE, { name: "another" });
    const place = new Place({ preview: { events: [other, summary({ update: 1 })], plan: "{}" } });
    assert.equal(await run(place), 0);
    assert.deepEqual(service.calls, []);
  });

  it("says to start the pipeline by hand outside of it", async () => {
    const place = new Place(CHANGED);
    assert.equal(await run(place, {}, "dev"), 0);
    assert.deepEqual(service.calls, []);
    assert.match(place.out, /start it by hand/);
  });

  it("updates nothing when policies stop the preview", async () => {
    const place = new Place({ preview: { status: 1, events: [violation("p", "No."), summary()] } });
    assert.equal(await run(place), 1);
    assert.deepEqual(place.callsOf("up"), []);
  });

  it("starts nothing when the update fails", async () => {
    const place = new Place({ ...CHANGED, up: { status: 255, events: [error("AccessDenied"), summary()] } });
    assert.equal(await run(place), 2);
    assert.deepEqual(service.calls, []);
  });

  it("takes no other stack inside a pipeline, and needs one outside", async () => {
    const place = new Place(GOOD);
    await assert.rejects(
      run(place, IN_PIPELINE, "prod"),
      /The stack is "prod", and the running pipeline lives in "organization\/shop\/dev"/,
    );
    await assert.rejects(run(place, {}), /No stack is given/);
    assert.ok(!place.calls.some((call) => call.includes(BUCKET)));
  });
});
