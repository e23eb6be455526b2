import * as assert from "node:assert/strict";
import { Problems } from "../../rules/selection/problems";
import { everyChoice } from "../support/every-choice";
import { asStackConfig } from "../support/every-part";
import { runProgram } from "../support/program";
import { ACCOUNT, record, type Registration } from "../support/pulumi-mocks";

const REGION = "us-east-1";
/** The program's account, and the others of the settings. */
const ACCOUNTS = [ACCOUNT, "111122223333", "444455556666"] as const;

/** Where an account may stand in a text, other than in its field of an ARN. */
const ALLOWED: readonly { readonly place: RegExp; readonly reason: string }[] = [
  {
    place: /AWSLogs\/\d{12}\//,
    reason: "AWS Config and CloudTrail lay their objects out so, and policies follow.",
  },
  {
    place: /log-stream:\d{12}_CloudTrail_/,
    reason: "CloudTrail names its log streams so, and the policy of its role follows.",
  },
  {
    place: /^https:\/\/sqs\.[a-z0-9.-]+\/\d{12}\//,
    reason: "SQS makes the address of a queue of the account and the name.",
  },
  {
    place: /^\d{12}$/,
    reason: "A whole value compares or passes an account: it names nothing. Names are checked apart from it.",
  },
];

/** Settings that nobody can give: they are read to say why, and what to write instead. */
const REFUSED: readonly string[] = [
  "evidence.bucket.create.objectLock",
  "pipeline.source.codeCommit.triggers",
  "pipeline.source.s3.triggers",
];

/** Inputs that hold a physical name; a whole account would be one, too. */
const NAMES = /^(name|bucket|bucketPrefix|namePrefix|dashboardName|configurationName|role|policyName)$/;

type Entry = readonly [path: string, text: string];

/** Every text of a value, also of the JSON that a text holds. */
function textsIn(value: unknown, path: string): readonly Entry[] {
  if (typeof value === "string") {
    if (!/^[[{]/.test(value)) return [[path, value]];
    try {
      return textsIn(JSON.parse(value), path);
    } catch {
      return [[path, value]];
    }
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [`${path}.${key}, the key`, key] as const,
    ...textsIn(inner, `${path}.${key}`),
  ]);
}

/** A text without the fields of ARNs that are for the account. */
const withoutFields = (text: string): string =>
  text.replaceAll(/(arn:[a-z-]+:[a-z0-9-]+:[a-z0-9*-]*:)\d{12}(?=:)/g, "$1");

const holdsAccount = (text: string): boolean => ACCOUNTS.some((account) => text.includes(account));

const keys = (path: string, value: unknown): readonly string[] =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.keys(value).map((key) => (path === "" ? key : `${path}.${key}`))
    : [];

describe("The names of everything that the program can make", () => {
  const recorded = new Map<string, readonly Registration[]>();
  const allowed = new Set<string>();
  const given = new Set<string>();

  before(async () => {
    const read = Object.getOwnPropertyDescriptor(Problems.prototype, "object")?.value as Problems["object"];
    Problems.prototype.object = function (path, value, entries) {
      const place = path.replaceAll(/\[\d+\]/g, "[]");
      for (const entry of entries ?? []) allowed.add(place === "" ? entry : `${place}.${entry}`);
      for (const key of keys(place, value)) given.add(key);
      return read.call(this, path, value, entries);
    };
    try {
      for (const [choice, entries] of everyChoice()) {
        const { resources } = await record(runProgram, { config: asStackConfig(entries, REGION) });
        recorded.set(choice, resources);
      }
    } finally {
      Problems.prototype.object = read;
    }
  });

  it("are of every setting there is", () => {
    assert.ok(allowed.size > 100, `${allowed.size} settings`);
    // What a selection says is about rules, and none of it makes a name.
    const missing = [...allowed].filter(
      (setting) => !given.has(setting) && !setting.startsWith("selection."),
    );
    assert.deepEqual(missing.sort(), REFUSED);
  });

  for (const [choice] of everyChoice()) {
    it(`carry no account id with ${choice}`, () => {
      const resources = recorded.get(choice) ?? [];
      assert.ok(resources.length > 100, `${resources.length} resources`);
      for (const { type, name, inputs } of resources) {
        assert.ok(!holdsAccount(name), `${type} "${name}"`);
        for (const [path, text] of textsIn(inputs, "")) {
          const rest = withoutFields(text);
          if (!holdsAccount(rest)) continue;
          const isName = NAMES.test(path.slice(1));
          const isAllowed = ALLOWED.some(
            ({ place }) => !holdsAccount(rest.replaceAll(new RegExp(place, "g"), "")),
          );
          assert.ok(isAllowed && !isName, `${type} "${name}", ${path}: ${text}`);
        }
      }
    });
  }

  it("need every exception that is listed", () => {
    const texts = [...recorded.values()].flat().flatMap(({ inputs }) => textsIn(inputs, ""));
    for (const { place, reason } of ALLOWED) {
      assert.ok(
        texts.some(([, text]) => place.test(withoutFields(text))),
        reason,
      );
    }
  });
});
