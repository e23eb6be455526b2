import * as assert from "node:assert/strict";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { inFrontOfServer } from "../../policypack/install";
import { needsStack, preventedControls } from "../../policypack/prevented";
import { caseFacts, cases } from "../../rules/cases";
import type { ResourceFacts } from "../../rules/engine";
import { analyzeRequest, analyzeStackRequest, answerOf, configureRequest } from "../support/analyzer";
import type { Answer, Entry } from "../support/analyzer";
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

/** Without the text, in which the SDK's handlers show no values. */
const withoutText = ({ lines, notApplicable }: Answer): unknown => ({
  lines: lines.map(({ message, ...line }) => ({ ...line, about: message.split("\n")[0] })),
  notApplicable,
});

const ROUNDS = 4;
/** Both ways are asked about every policy for every stack, which grows with the square of the controls. */
const STACKS_IN_ROUND = 25;

/** Stacks of the cases, evenly from all controls, other ones in every round. That every case is judged alike is tested elsewhere. */
function stacksOf(round: number): readonly (readonly ResourceFacts[])[] {
  const all = controls.flatMap(({ rule }) => cases.get(rule.identifier) ?? []);
  const step = Math.max(1, Math.floor(all.length / (ROUNDS * STACKS_IN_ROUND)));
  return all
    .filter((_, index) => index % step === 0 && (index / step) % ROUNDS === round)
    .map(({ stack }) => caseFacts(stack));
}

describe("the fast path", function () {
  this.timeout(30_000);

  it("stands in front of the server that the SDK makes", () => {
    let seen: readonly string[] = [];
    const called = inFrontOfServer(
      (handlers) => {
        seen = Object.keys(handlers);
        return handlers;
      },
      () => new grpc.Server().addService(AnalyzerService, { analyze: () => undefined }),
    );
    assert.equal(called, true);
    assert.deepEqual(seen, ["analyze"]);
  });

  it("says when no server was made, and leaves everything as it was", () => {
    const before: unknown = Reflect.get(grpc.Server.prototype, "addService");
    assert.equal(
      inFrontOfServer(
        (handlers) => handlers,
        () => undefined,
      ),
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
          assert.deepEqual(withoutText(withoutEarly), withoutText(answerOf(await sdk.analyze(request))));
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
          withoutText(answerOf(await fast.analyzeStack(request))),
          withoutText(answerOf(await sdk.analyzeStack(request))),
        );
      }
    }
  });
});
