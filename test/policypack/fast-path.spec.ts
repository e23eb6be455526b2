import * as assert from "node:assert/strict";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { inFrontOfServer } from "../../policypack/install";
import type { Front } from "../../policypack/install";
import { needsStack, preventedControls } from "../../policypack/prevented";
import { caseFacts, cases } from "../../rules/cases";
import { secret, unknown } from "../../rules/cases/build";
import type { ResourceFacts } from "../../rules/engine";
import { analyzeRequest, analyzeStackRequest, answerOf, configureRequest } from "../support/analyzer";
import type { Entry } from "../support/analyzer";
import { packByFastPath, packBySdk } from "../support/pack-in-process";

const controls = preventedControls();
const stackNames = new Set(controls.filter(needsStack).map(({ rule }) => rule.name));

/** Every level in turn, each offset by the round, so that every policy has every level in some round. */
function mixed(round: number): Readonly<Record<string, Entry>> {
  const levels = ["mandatory", "advisory", "disabled", "remediate"] as const;
  return Object.fromEntries(
    controls.map(({ rule }, index) => [
      rule.name,
      {
        level: levels[(index + round) % levels.length] ?? "mandatory",
        properties: { onUnknown: index % 2 === 0 ? "mandatory" : "ignore" },
      },
    ]),
  );
}

/**
 * Every text and number as a secret. The SDK's handlers cannot tell what is secret, and show neither; with this the fast
 * path may not either, so that both must answer alike to the letter.
 */
function secretly(value: unknown): unknown {
  if (value === unknown || value === null) return value;
  if (typeof value === "string" || typeof value === "number") return secret(value);
  if (Array.isArray(value)) return value.map(secretly);
  return typeof value === "object" ? secretInputs({ ...value }) : value;
}

const secretInputs = (inputs: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(inputs).map(([name, part]) => [name, secretly(part)]));

const ROUNDS = 4;
/** Both ways are asked about every policy for every stack, which grows with the square of the controls. */
const STACKS_IN_ROUND = 25;

/** Stacks of the cases, evenly from all controls, other ones in every round. That every case is judged alike is tested elsewhere. */
function stacksOf(round: number): readonly (readonly ResourceFacts[])[] {
  const all = controls.flatMap(({ rule }) => cases.get(rule.identifier) ?? []);
  const step = Math.max(1, Math.floor(all.length / (ROUNDS * STACKS_IN_ROUND)));
  return all
    .filter((_, index) => index % step === 0 && (index / step) % ROUNDS === round)
    .map(({ stack }) => caseFacts(stack).map((facts) => ({ ...facts, inputs: secretInputs(facts.inputs) })));
}

const bound = (server: grpc.Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });

/** What a server answers, as bytes. */
function sent(client: grpc.Client, path: string, request: Buffer): Promise<Buffer> {
  const asItIs = (bytes: Buffer): Buffer => bytes;
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(path, asItIs, asItIs, request, (error, answer) => {
      if (answer === undefined) reject(error ?? new Error("There is no answer."));
      else resolve(answer);
    });
  });
}

describe("the fast path", () => {
  it("stands in front of the server that the SDK makes, and takes and gives bytes there", async () => {
    const server = new grpc.Server();
    const told: string[] = [];
    const front: Front = {
      answers: { analyze: (request) => Buffer.concat([request, request]) },
      configure: () => told.push("front"),
    };
    const handlers: grpc.UntypedServiceImplementation = {
      analyze: () => told.push("analyze of the SDK"),
      configure: (_: unknown, done: grpc.sendUnaryData<Empty>) => {
        told.push("SDK");
        done(null, new Empty());
      },
    };
    const called = inFrontOfServer(front, () => server.addService(AnalyzerService, handlers));
    assert.equal(called, true);
    const port = await bound(server);
    const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    try {
      const { analyze, configure } = AnalyzerService;
      assert.deepEqual(await sent(client, analyze.path, Buffer.from("ab")), Buffer.from("abab"));
      await sent(client, configure.path, Buffer.alloc(0));
      assert.deepEqual(told, ["front", "SDK"]);
    } finally {
      client.close();
      server.forceShutdown();
    }
  });

  it("tells of an error as the answer", async () => {
    const server = new grpc.Server();
    const front: Front = {
      answers: {
        analyze: () => {
          throw new Error("It cannot be read.");
        },
      },
      configure: () => undefined,
    };
    inFrontOfServer(front, () => server.addService(AnalyzerService, { configure: () => undefined }));
    const port = await bound(server);
    const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    try {
      await assert.rejects(
        sent(client, AnalyzerService.analyze.path, Buffer.alloc(0)),
        /It cannot be read\./,
      );
    } finally {
      client.close();
      server.forceShutdown();
    }
  });

  it("says when no server was made, and leaves everything as it was", () => {
    const before: unknown = Reflect.get(grpc.Server.prototype, "addService");
    assert.equal(
      inFrontOfServer({ answers: {}, configure: () => undefined }, () => undefined),
      false,
    );
    assert.equal(Reflect.get(grpc.Server.prototype, "addService"), before);
  });

  it("answers about a resource like the SDK's handlers, under every mix of levels", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const [sdk, fast] = [packBySdk(), packByFastPath()];
      for (const pack of [sdk, fast]) await pack.configure(configureRequest(mixed(round)));
      for (const stack of stacksOf(round)) {
        for (const facts of stack) {
          const request = analyzeRequest(facts, stack);
          const answer = answerOf(await fast.analyze(request));
          const withoutEarly = {
            ...answer,
            lines: answer.lines.filter(({ policy }) => !stackNames.has(policy)),
          };
          assert.deepEqual(withoutEarly, answerOf(await sdk.analyze(request)));
        }
      }
    }
  });

  it("answers about a stack like the SDK's handlers, under every mix of levels", async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const [sdk, fast] = [packBySdk(), packByFastPath()];
      for (const pack of [sdk, fast]) await pack.configure(configureRequest(mixed(round)));
      for (const stack of stacksOf(round)) {
        const request = analyzeStackRequest(stack);
        assert.deepEqual(
          answerOf(await fast.analyzeStack(request)),
          answerOf(await sdk.analyzeStack(request)),
        );
      }
    }
  });
});
