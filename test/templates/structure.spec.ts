import * as assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv";
import { buildSync } from "esbuild";
import * as yaml from "yaml";

const root = join(__dirname, "..", "..");
const NAMES = ["bitbucket-pipelines.yml", "codebuild.yml", "github-actions.yml", "gitlab-ci.yml"] as const;
type Name = (typeof NAMES)[number];

const textOf = (name: string): string => readFileSync(join(root, "templates", name), "utf8");

/** Which schema each has; GitHub's is in its own parser. */
const SCHEMAS: Readonly<Partial<Record<Name, string>>> = {
  "bitbucket-pipelines.yml": "templates/bitbucket-pipelines.schema.json",
  "codebuild.yml": "pipeline/buildspec.schema.json",
  "gitlab-ci.yml": "templates/gitlab-ci.schema.json",
};

interface WorkflowParser {
  readonly mistakesIn: (name: string, content: string) => Promise<readonly string[]>;
}

/** GitHub's parser, which is an ES module, in a form that can be loaded here. */
function workflowParser(): WorkflowParser {
  const folder = mkdtempSync(join(tmpdir(), "workflow-parser-"));
  try {
    const outfile = join(folder, "parser.cjs");
    const entryPoints = [join(__dirname, "workflow-parser.mjs")];
    buildSync({ entryPoints, bundle: true, format: "cjs", platform: "node", outfile });
    return createRequire(__filename)(outfile) as WorkflowParser;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The block that fetches a release, without its indentation, as often as it is there. */
function fetching(text: string): readonly string[] {
  const blocks = text.matchAll(/^( *)set -e\n((?:\1.*\n)+?)\1chmod .*\n/gm);
  return [...blocks].map(([block = "", indent = ""]) => block.replaceAll(new RegExp(`^${indent}`, "gm"), ""));
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<string, { readonly if: string; readonly permissions: Readonly<Record<string, string>> }>
  >;
}

describe("the form of the templates", () => {
  it("is looked at for every template that there is", () => {
    const there = readdirSync(join(root, "templates")).filter((name) => name.endsWith(".yml"));
    assert.deepEqual(there.sort(), [...NAMES]);
  });

  for (const [name, schema] of Object.entries(SCHEMAS)) {
    it(`has only keys of the provider's reference in ${name}`, () => {
      const validate = new Ajv({ allErrors: true }).compile(
        JSON.parse(readFileSync(join(root, "test", schema), "utf8")) as object,
      );
      validate(yaml.parse(textOf(name)));
      assert.deepEqual(validate.errors ?? [], []);
      const wrong = yaml.parse(
        textOf(name)
          .replace(/\bscript:/, "skript:")
          .replace(/\bcommands:/, "comands:"),
      ) as unknown;
      assert.equal(validate(wrong), false);
    });
  }

  it("is that of a workflow for GitHub's own parser", async () => {
    const { mistakesIn } = workflowParser();
    assert.deepEqual(await mistakesIn("compliance.yml", textOf("github-actions.yml")), []);
    const wrong = textOf("github-actions.yml").replace("!cancelled()", "!canceled()");
    assert.notDeepEqual(await mistakesIn("compliance.yml", wrong), []);
  });

  it("fetches a release everywhere by the same lines", () => {
    const blocks = NAMES.flatMap((name) => fetching(textOf(name)));
    // GitHub has two jobs, and shares nothing between them.
    assert.equal(blocks.length, NAMES.length + 1);
    assert.equal(new Set(blocks).size, 1, [...new Set(blocks)].join("\n---\n"));
  });

  it("pins actions by commit, and to those that this repository runs itself", () => {
    const used = [...textOf("github-actions.yml").matchAll(/uses: (\S+)@(\S+) # (v\d+\.\d+\.\d+)$/gm)];
    assert.equal(used.length, [...textOf("github-actions.yml").matchAll(/uses:/g)].length);
    const own = readdirSync(join(root, ".github/workflows"))
      .map((file) => readFileSync(join(root, ".github/workflows", file), "utf8"))
      .join("\n");
    let shared = 0;
    for (const [, action = "", commit = "", version = ""] of used) {
      assert.match(commit, /^[0-9a-f]{40}$/, action);
      if (!own.includes(`${action}@`)) continue;
      assert.ok(own.includes(`${action}@${commit} # ${version}`), action);
      shared++;
    }
    assert.ok(shared > 0);
  });

  it("gives the job that runs the code of a pull request no token that may write", () => {
    const { permissions, jobs } = yaml.parse(textOf("github-actions.yml")) as Workflow;
    assert.deepEqual(permissions, {});
    assert.deepEqual(jobs["preview"]?.permissions, { contents: "read", "id-token": "write" });
    assert.deepEqual(jobs["report"]?.permissions, {
      contents: "read",
      "pull-requests": "write",
      "security-events": "write",
    });
    assert.match(jobs["preview"].if, /head\.repo\.full_name == github\.repository/);
    const report = textOf("github-actions.yml").split("\n  report:\n")[1] ?? "";
    assert.doesNotMatch(report, /actions\/checkout|npm ci|pulumi preview/);
  });

  it("does not run merge requests of forks in GitLab", () => {
    const rules = [...textOf("gitlab-ci.yml").matchAll(/- if: (.*)$/gm)].map(([, rule]) => rule);
    assert.equal(rules.length, 2);
    for (const rule of rules) assert.match(rule ?? "", /SOURCE_PROJECT_ID == \$CI_PROJECT_ID$/);
  });

  it("stores no key of AWS anywhere", () => {
    for (const name of NAMES) assert.doesNotMatch(textOf(name), /ACCESS_KEY/, name);
  });

  it("is explained: every variable that a template asks for is in the table", () => {
    const readme = textOf("README.md");
    for (const name of NAMES) {
      const asked = textOf(name).matchAll(/\b((?:COMPLIANCE|PULUMI)_[A-Z0-9_]+)\b/g);
      for (const [, variable = ""] of asked) {
        if (["COMPLIANCE_HOME", "COMPLIANCE_ID_TOKEN"].includes(variable)) continue;
        assert.ok(readme.includes(`| \`${variable}\``), `${name}: ${variable}`);
      }
      assert.ok(readme.includes(`(${name})`), name);
    }
  });
});
