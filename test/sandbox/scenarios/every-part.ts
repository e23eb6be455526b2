import * as assert from "node:assert/strict";
import { everyPart } from "../../support/every-part";
import { REGION } from "../engine/environment";
import { type Step, withOp } from "../engine/events";
import { Stack, succeeded, type StackConfig } from "../engine/stack";
import { listOf, objectOf, textOf } from "../json";
import { awsClients } from "../local-aws";
import type { Sandbox, Scenario } from "../scenario";
import { isRecording, recorderOf, rulesOf } from "./aws-state";
import { inventoryOf } from "./inventory";
import { retainedBy } from "./retained";
import { changedSettings, FURTHER_SETTINGS, SETTINGS, withSettings } from "./settings";

const GROUP = "every part";

/** What a person lets AWS into, by hand, before the program can use it. */
const WORKSPACE = "T0123456789";

const OTHER_REGION = "eu-west-1";
const TAGS = { path: ["tags"], value: { team: "security" } };
const PULL_REQUESTS = {
  path: ["pipeline", "pullRequests"],
  value: { commentSecretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:comment-AbCdEf" },
};

let stack: Stack;

/** The configuration of a stack that holds every part, as far as an account can have it on the first day. */
export function firstDay(entries: Readonly<Record<string, unknown>> = {}): StackConfig {
  const { pipeline, ...parts } = everyPart();
  const { environment, waves } = objectOf(pipeline);
  const connection = { provider: "GitHub", repository: "example/compliance", branch: "main", create: {} };
  const selection = { controls: ["s3-bucket-versioning-enabled", "iam-root-access-key-check"] };
  const all = { ...parts, selection, pipeline: { environment, waves, source: { connection } }, ...entries };
  return {
    "aws:region": REGION,
    ...Object.fromEntries(Object.entries(all).map(([name, value]) => [`compliance:${name}`, value])),
  };
}

/** What a person does in the console before the first deployment. */
export function authorizeWorkspace({ aws }: Pick<Sandbox, "aws">): void {
  aws.hands.chat.authorize(WORKSPACE);
}

/** What an update did to resources of AWS, as `update Type name: property, property`, sorted. */
function changesOf(steps: readonly Step[]): readonly string[] {
  return steps
    .filter(({ op, type }) => op !== "same" && type.startsWith("aws:"))
    .map(({ op, type, name, diffs }) =>
      [`${op} ${type.replace(/^.*:/, "")} ${name}`, [...diffs].sort().join(", ")]
        .filter((part) => part !== "")
        .join(": "),
    )
    .sort();
}

/** The resources that have tags, as `update Type name`, sorted. */
async function taggedBy(of: Stack): Promise<readonly string[]> {
  const { deployment } = objectOf(await of.export());
  return listOf(objectOf(deployment)["resources"])
    .map(objectOf)
    .filter((resource) => objectOf(resource["inputs"])["tagsAll"] !== undefined)
    .map(
      ({ type, urn }) => `update ${textOf(type).replace(/^.*:/, "")} ${textOf(urn).split("::").at(-1) ?? ""}`,
    )
    .sort();
}

/** A stack that holds every part, through its whole life. */
export const everyPartOfIt: readonly Scenario[] = [
  {
    group: GROUP,
    title: "a stack with every part is deployed, and a second up finds everything unchanged",
    run: async (sandbox, say) => {
      authorizeWorkspace(sandbox);
      stack = await Stack.create(sandbox.engine, sandbox.checkout, "every", firstDay());
      const updated = succeeded(await stack.up({ skipPreview: true }));
      say(`${updated.done.length} resources`);
      const again = succeeded(await stack.up({ skipPreview: true }));
      assert.deepEqual(changesOf(again.steps), []);
    },
  },
  {
    group: GROUP,
    title: "each setting that changes updates what it concerns, and nothing else",
    run: async (_sandbox, say) => {
      stack.configure(withSettings(firstDay(), SETTINGS));
      const updated = succeeded(await stack.up({ skipPreview: true }));
      assert.deepEqual(changesOf(updated.steps), changedSettings(SETTINGS));
      say(`${SETTINGS.length} settings`);
      const before = [...SETTINGS];
      for (const further of FURTHER_SETTINGS) {
        before.push(...further);
        stack.configure(withSettings(firstDay(), before));
        const changed = succeeded(await stack.up({ skipPreview: true }));
        assert.deepEqual(changesOf(changed.steps), changedSettings(further));
        say(`${further.length} others`);
      }
      stack.configure(withSettings(firstDay(), SETTINGS));
      succeeded(await stack.up({ skipPreview: true }));
    },
  },
  {
    group: GROUP,
    title: "tags reach every resource that has any, and change nothing else",
    run: async () => {
      stack.configure(withSettings(firstDay(), [...SETTINGS, TAGS]));
      const updated = succeeded(await stack.up({ skipPreview: true }));
      const changed = changesOf(updated.steps);
      assert.deepEqual(
        changed.filter((change) => !/^update .*: tags, tagsAll$/.test(change)),
        [],
      );
      const names = changed.map((change) => change.replace(/: .*$/, ""));
      assert.deepEqual(names.sort(), await taggedBy(stack));
    },
  },
  {
    group: GROUP,
    title: "pull requests come when somebody has authorised the connection, and a region comes and goes",
    run: async ({ aws, clients }, say) => {
      const before = await inventoryOf(clients);
      const { connectionArn } = await stack.outputs();
      const more = [PULL_REQUESTS, { path: ["regions"], value: [REGION, OTHER_REGION] }];
      stack.configure(withSettings(firstDay(), [...SETTINGS, TAGS, ...more]));
      const early = await stack.up({ skipPreview: true });
      assert.notEqual(early.status, 0);
      assert.match(early.stdout, /OAuthProviderException/);
      say("a connection that waits feeds no webhook");
      aws.hands.connections.authorize(textOf(connectionArn));
      succeeded(await stack.up({ skipPreview: true }));
      const other = awsClients(aws.endpoint, OTHER_REGION);
      assert.ok(await isRecording(other));
      assert.deepEqual([...(await rulesOf(other)).keys()], ["s3-bucket-versioning-enabled"]);
      stack.configure(withSettings(firstDay(), [...SETTINGS, TAGS]));
      succeeded(await stack.up({ skipPreview: true }));
      assert.deepEqual(await inventoryOf(clients), before);
      assert.equal(await recorderOf(other), undefined);
      assert.deepEqual(
        (await inventoryOf(other)).filter((entry) => !before.includes(entry)),
        [],
      );
    },
  },
  {
    group: GROUP,
    title: "refresh finds nothing to change",
    run: async () => {
      const untouched = succeeded(await stack.refresh());
      assert.deepEqual(withOp(untouched.done, "update", "delete"), []);
    },
  },
  {
    group: GROUP,
    title: "destroy leaves the evidence and the calls, with their keys, and nothing else",
    run: async ({ clients }) => {
      const kept = await retainedBy(stack);
      succeeded(await stack.destroy());
      assert.deepEqual(await inventoryOf(clients), [...kept.values()].sort());
    },
  },
];
