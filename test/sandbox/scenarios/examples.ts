import * as assert from "node:assert/strict";
import * as path from "node:path";
import { withOp } from "../engine/events";
import { Stack, succeeded } from "../engine/stack";
import type { Scenario } from "../scenario";
import { bucketsOf } from "./aws-state";

/** The examples of which every resource can be created here, with what AWS says when they are to go. */
const DEPLOYED = [
  { example: "static-web-site", keeps: "its access logs", refusal: /BucketNotEmpty/ },
  { example: "data-platform", keeps: "its protected table", refusal: /DeletionProtectionEnabled/ },
];

/** The examples as what they are: programs that deploy. */
export const examples: readonly Scenario[] = DEPLOYED.map(({ example, keeps, refusal }) => ({
  title: `the repaired example ${example} deploys, stays unchanged, and keeps ${keeps} when it is destroyed`,
  run: async ({ engine, checkout, clients }, say) => {
    const stack = await Stack.create(engine, path.join(checkout, "examples", example, "repaired"), "dev");
    const created = withOp(succeeded(await stack.up({ skipPreview: true })).done, "create");
    assert.ok((await bucketsOf(clients)).length > 0);
    say(`${created.filter(({ type }) => type.startsWith("aws:")).length} resources are created`);
    const again = succeeded(await stack.up({ skipPreview: true }));
    assert.deepEqual([...new Set(again.steps.map(({ op }) => op))], ["same"]);
    const refreshed = succeeded(await stack.refresh());
    assert.deepEqual(withOp(refreshed.done, "update", "delete"), []);
    say("a second up and a refresh find everything unchanged");
    const destroyed = await stack.destroy();
    assert.notEqual(destroyed.status, 0);
    assert.match(destroyed.stdout, refusal);
  },
}));
