import * as assert from "node:assert/strict";
import { join } from "node:path";
import { READ_SID } from "../../components/documents/lambda-rules";
import { stateKeySharing, stateSharing } from "../../components/documents/state-sharing";
import { policyText } from "../../components/documents/statement";
import { WITHOUT_SOURCE_CONDITION } from "../../components/documents/unconditioned";
import { LambdaRule } from "../../components/lambda-rule";
import { control } from "../../rules/custom/lambda-function-url-iam";
import { everyChoice } from "../support/every-choice";
import { asStackConfig } from "../support/every-part";
import { actionsOf, arnsOf, detailsOf, overlap } from "../support/iam-actions";
import {
  documentsOf,
  listOf,
  type PlacedDocument,
  type PlacedStatement,
  type Statement,
  statementsOf,
  textsIn,
} from "../support/policy-documents";
import { exampleConfig, runExample, runProgram } from "../support/program";
import { ACCOUNT, record, type Recording, type Registration } from "../support/pulumi-mocks";

const KEY = "aws:kms/key:Key";
/** Policies that are only ever the boundary of roles; a test makes sure of it. */
const BOUNDARIES: readonly string[] = ["pipeline-boundary", "target"];
/** A resource of these is what its own policy is about. */
const IDENTITY_TYPES = ["aws:iam/policy:Policy", "aws:iam/rolePolicy:RolePolicy"];

/** What reads and changes nothing, as AWS classifies it. */
const READS: readonly string[] = ["Read", "List"];
/** A folder that has what a build of a rule makes, so that this spec needs no build. */
const CODE = join(__dirname, "fixtures", "rule-code");

const lambdaRule = (region: string): LambdaRule =>
  new LambdaRule("custom", { recorder: { region, status: undefined }, control, code: CODE });

/** Whether the conditions bind a request to known accounts: by its source, or by what a key's service says it encrypts. */
function isBound(condition: Statement["Condition"]): boolean {
  const isKnown = (value: string): boolean =>
    [ACCOUNT, ...OTHER_ACCOUNTS].some((account) => value.includes(account));
  return Object.entries(condition ?? {}).some(([operator, tests]) =>
    Object.entries(tests).some(([key, values]) => {
      const binds = /^aws:Source(Account|Arn)$/i.test(key) || key.startsWith("kms:EncryptionContext:");
      const isPositive = /^(String(Equals|Like)|Arn(Equals|Like))$/.test(operator);
      return binds && isPositive && listOf(values).every(isKnown);
    }),
  );
}

/** The stacks of an example whose components the program does not use so, or not together. */
const EXAMPLE = "hub-and-spoke";
const EXAMPLE_STACKS = ["hub", "access-test", "access-production", "test", "production"];
/** The accounts that the settings and the example name beside their own. */
const OTHER_ACCOUNTS = ["111122223333", "444455556666", "777788889999"];

/** The program with every choice, by what is particular about it. */
async function programs(region: string, partition: string): Promise<ReadonlyMap<string, Recording<unknown>>> {
  const found = new Map<string, Recording<unknown>>();
  for (const [choice, entries] of everyChoice(region, partition)) {
    const config = asStackConfig(entries, region);
    found.set(choice, await record(runProgram, { config, partition, region }));
  }
  return found.set("a custom rule", await record(() => lambdaRule(region), { partition, region }));
}

/** What `pipeline/bootstrap.sh` writes of a stack in another account into the policies of state and key. */
function stateDocuments(partition: string): readonly PlacedDocument[] {
  const stacks = [{ stack: "prod", account: "444455556666", rolePrefix: "acme-target" }];
  const state = {
    partition,
    bucketArn: `arn:${partition}:s3:::acme-state`,
    prefix: "compliance",
    project: "acme",
  };
  return [
    { type: "aws:s3/bucketPolicy:BucketPolicy", text: policyText(stateSharing(state, stacks)) },
    { type: KEY, text: policyText(stateKeySharing(partition, stacks)) },
  ].map((document) => ({ ...document, where: `the shared state: ${document.type}`, property: "policy" }));
}

describe("The policy documents of the program", () => {
  const resources: Registration[] = [];
  let documents: readonly PlacedDocument[];
  let statements: readonly PlacedStatement[];

  before(async () => {
    const recorded = new Map(await programs("us-east-1", "aws"));
    for (const stack of EXAMPLE_STACKS) {
      const config = exampleConfig(EXAMPLE, stack);
      recorded.set(`${EXAMPLE}, ${stack}`, await record(() => runExample(EXAMPLE), { config, stack }));
    }
    for (const { resources: own } of recorded.values()) resources.push(...own);
    documents = [
      ...[...recorded].flatMap(([name, recording]) => documentsOf(name, recording.resources)),
      ...stateDocuments("aws"),
    ];
    statements = documents.flatMap(statementsOf);
    assert.ok(statements.length > 300, `only ${statements.length} statements were found`);
  });

  it("are each made of statements with an id of their own", () => {
    for (const { where, statement } of statements) {
      assert.match(statement.Sid ?? "", /^[A-Za-z0-9]+$/, where);
      assert.equal(statement.NotAction, undefined, where);
      assert.equal(statement.NotResource, undefined, where);
    }
  });

  it("admit nobody by a wildcard without a condition", () => {
    for (const { where, statement } of statements) {
      if (statement.Effect !== "Allow") continue;
      const principal = statement.Principal ?? {};
      const names = typeof principal === "string" ? [principal] : Object.values(principal).flatMap(listOf);
      if (names.includes("*")) assert.ok(isBound(statement.Condition), where);
    }
  });

  it("bind every service principal to its source, but for the listed ones", () => {
    const used = new Set<string>();
    for (const { where, statement } of statements) {
      const { Principal: principal, Effect } = statement;
      if (Effect !== "Allow" || typeof principal !== "object") continue;
      for (const service of listOf(principal["Service"])) {
        if (isBound(statement.Condition)) continue;
        for (const action of listOf(statement.Action)) {
          const known = WITHOUT_SOURCE_CONDITION.find(
            (entry) => entry.principal === service && entry.action === action,
          );
          assert.ok(known !== undefined, `${where}: ${service} may ${action} for anybody`);
          used.add(`${service} ${action}`);
        }
      }
    }
    const listed = WITHOUT_SOURCE_CONDITION.map(({ principal, action }) => `${principal} ${action}`);
    assert.deepEqual([...used].sort(), [...listed].sort());
  });

  it("name actions that exist, and never all of them", async () => {
    for (const { where, statement } of statements) {
      for (const action of listOf(statement.Action)) {
        const everything = action === "*" || (action.endsWith(":*") && statement.Effect === "Allow");
        // A key whose account may not do everything with it can become unmanageable.
        const administers = action === "kms:*" && statement.Sid === "AllowAccountToAdminister";
        // A boundary grants nothing: it is the outline of what other policies may grant.
        const outlines = action !== "*" && BOUNDARIES.some((name) => where.includes(`"${name}"`));
        assert.ok(!everything || administers || outlines, `${where}: ${action}`);
        assert.ok((await actionsOf(action)).length > 0, `${where}: ${action} is no action of IAM`);
      }
    }
  });

  it("attach a boundary to nobody", () => {
    const attached = resources
      .filter(({ type }) => type === "aws:iam/rolePolicyAttachment:RolePolicyAttachment")
      .flatMap(({ propertyDependencies }) => propertyDependencies["policyArn"] ?? []);
    const policies = resources.filter(({ type }) => type === "aws:iam/policy:Policy").map(({ name }) => name);
    for (const name of BOUNDARIES) {
      assert.ok(policies.includes(name), name);
      assert.ok(!attached.includes(name), name);
    }
  });

  it("name every resource in an identity policy unless the service allows only all of them", async () => {
    for (const { where, type, statement } of statements) {
      if (!IDENTITY_TYPES.includes(type) || statement.Effect === "Deny") continue;
      if (!listOf(statement.Resource).includes("*")) continue;
      // Metrics have no ARN: CloudWatch narrows them by their namespace.
      if (statement.Condition?.["StringEquals"]?.["cloudwatch:namespace"] !== undefined) continue;
      // A custom rule judges whatever the account has, by reads alone.
      if (statement.Sid === READ_SID) {
        for (const action of listOf(statement.Action)) {
          for (const known of await actionsOf(action)) {
            const { accessLevel } = await detailsOf(known);
            assert.ok(READS.includes(accessLevel), `${where}: ${known} is of the level ${accessLevel}`);
          }
        }
        continue;
      }
      for (const action of listOf(statement.Action)) {
        for (const known of await actionsOf(action)) {
          const { isWildcardOnly } = await detailsOf(known);
          assert.ok(isWildcardOnly, `${where}: ${known} can be granted on single resources`);
        }
      }
    }
  });

  it("mean the key itself by the wildcard of a key policy", () => {
    for (const { where, type, statement } of statements) {
      if (type === KEY) assert.deepEqual(listOf(statement.Resource), ["*"], where);
    }
  });

  it("name ARNs, each of something that one of the actions is about, and no action for nothing", async () => {
    for (const { where, statement } of statements) {
      const named = listOf(statement.Resource);
      if (statement.Effect !== "Allow" || named.includes("*") || named.length === 0) continue;
      const used = new Set<string>();
      for (const action of listOf(statement.Action)) {
        const known = await actionsOf(modern(action));
        const arns = (await Promise.all(known.map(arnsOf))).flat();
        const meant = named.filter((resource) => arns.some((arn) => overlap(arn, resource)));
        assert.ok(meant.length > 0, `${where}: ${action} is about none of ${named.join(", ")}`);
        for (const resource of meant) used.add(resource);
      }
      for (const resource of named) {
        assert.ok(used.has(resource), `${where}: no action is about ${resource}`);
      }
    }
  });

  it("stay within what AWS stores", () => {
    for (const { where, type, property, text } of documents) {
      const longest = LONGEST[type]?.[property] ?? 20_480;
      assert.ok(text.length <= longest, `${where}: ${text.length} characters`);
    }
  });

  it("have no literal partition", async () => {
    const elsewhere = await programs("cn-north-1", "aws-cn");
    const own = [...elsewhere].flatMap(([program, recording]) =>
      recording.resources.flatMap(({ type, name, inputs }) =>
        textsIn(inputs).map(([property, text]) => ({
          where: `${program}: ${type} "${name}", ${property}`,
          text,
        })),
      ),
    );
    for (const { where, text } of [...own, ...stateDocuments("aws-cn")]) {
      assert.ok(!text.includes("arn:aws:"), `${where}: ${text.slice(0, 200)}`);
    }
  });
});

/**
 * Connections have actions of two services, since some were made under the former name: the ARN of one names one of them.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html
 */
const modern = (action: string): string => action.replace(/^codestar-connections:/, "codeconnections:");

/** Characters, by type and property. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const LONGEST: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "aws:iam/policy:Policy": { policy: 6144 },
  "aws:iam/role:Role": { assumeRolePolicy: 2048 },
  "aws:kms/key:Key": { policy: 32_768 },
};
