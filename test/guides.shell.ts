import * as assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/*
 * Blocks of `sh` in a guide are run; what needs an account is in blocks of `text`. `sh status=1` says how a block ends
 * whose last command is to fail. A block of `text output` right after one shows what it prints: a line `...` stands for
 * any lines, `...` within a line for any text, and times may differ.
 */

const root = path.join(__dirname, "..");
const GUIDES = path.join(root, "docs", "guides");

/** What `compliance rule new` writes into, or runs: a link would lead it out of its own repository. */
const WRITTEN_BY_RULE_NEW = ["cli", "docs", "policypack", "rules", "scripts"];

/** A command of the repository that people run by npx. */
const NPX = `#!/bin/sh
[ "$1" = compliance ] || { echo "npx $1: only compliance is there" >&2; exit 127; }
shift
exec node "$GUIDE_DIST/compliance.js" "$@"
`;

interface Block {
  readonly line: number;
  readonly script: string;
  readonly status: number;
  readonly output?: string;
}

function blocksOf(text: string): readonly Block[] {
  const fences = [...text.matchAll(/^( *)```(\S+)?(?: (.*))?\n([^]*?)^ *```$/gm)].map((found) => ({
    start: found.index,
    end: found.index + found[0].length,
    language: found[2] ?? "",
    info: found[3] ?? "",
    content: (found[4] ?? "").replaceAll(new RegExp(`^${found[1] ?? ""}`, "gm"), ""),
  }));
  return fences.flatMap(({ language, info, content, start }, index): Block[] => {
    if (language !== "sh") return [];
    const next = fences[index + 1];
    const isOutput = next?.language === "text" && next.info === "output";
    const line = text.slice(0, start).split("\n").length;
    const status = Number(/^status=(\d+)$/.exec(info)?.[1] ?? 0);
    assert.ok(info === "" || status > 0, `line ${line}: "${info}" is not known`);
    return [{ line, script: content, status, ...(isOutput ? { output: next.content } : {}) }];
  });
}

/** What is shown, as a pattern of what is printed. */
function patternOf(shown: string): RegExp {
  const lines = plain(shown)
    .split("\n")
    .map((line) => {
      if (line === "...") return "(?:.*\\n)*?";
      const parts = line.split("...").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
      return `${parts.join(".*")}\n`;
    });
  return new RegExp(`^${lines.join("")}$`);
}

/** A text without times, and without empty lines at its end. */
const plain = (text: string): string => text.trimEnd().replace(/\b\d+(\.\d+)? ?(ms|s|seconds)\b/g, "0 s");

function run(
  script: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<{ status: number; out: string; log: string }> {
  const child = spawn("bash", ["-e", "-o", "pipefail", "-c", script], {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let log = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => ((out += text), (log += text)));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (log += text));
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (status) => done({ status: status ?? 128, out, log }));
  });
}

describe("the guides", () => {
  let work = "";

  before(() => {
    work = fs.mkdtempSync(path.join(os.tmpdir(), "guides-"));
    fs.mkdirSync(path.join(work, "bin"));
    fs.writeFileSync(path.join(work, "bin", "npx"), NPX, { mode: 0o755 });
    const built = path.join(work, "repository", "dist");
    fs.mkdirSync(built, { recursive: true });
    const from = (name: string): string => JSON.stringify(path.join(root, "scripts/build", name));
    const build = `import { buildCli } from ${from("cli.mjs")};
      import { buildKit } from ${from("kit.mjs")};
      await Promise.all([buildCli(${JSON.stringify(built)}), buildKit(${JSON.stringify(path.join(built, "kit"))})]);`;
    execFileSync(process.execPath, ["--input-type=module", "-e", build], { cwd: root });
  });

  after(() => fs.rmSync(work, { recursive: true }));

  /**
   * A repository for one guide, in which it may write: files are copies, folders are links, the build is its own.
   * @param copied - Folders into which the guide's commands write.
   */
  function repository(guide: string, copied: readonly string[]): string {
    const folder = path.join(work, guide.replace(/\.md$/, ""));
    fs.mkdirSync(folder);
    for (const entry of fs.readdirSync(root, { withFileTypes: true })) {
      const [from, to] = [path.join(root, entry.name), path.join(folder, entry.name)];
      if (entry.name === ".git" || entry.name === "dist") continue;
      if (copied.includes(entry.name)) fs.cpSync(from, to, { recursive: true });
      else if (entry.isDirectory()) fs.symlinkSync(from, to);
      else if (entry.isFile()) fs.copyFileSync(from, to);
    }
    fs.cpSync(path.join(work, "repository", "dist"), path.join(folder, "dist"), { recursive: true });
    return folder;
  }

  for (const guide of fs.readdirSync(GUIDES).filter((name) => name.endsWith(".md"))) {
    const text = fs.readFileSync(path.join(GUIDES, guide), "utf8");
    const blocks = blocksOf(text);
    const copied = blocks.some(({ script }) => script.includes("rule new")) ? WRITTEN_BY_RULE_NEW : [];
    describe(guide, () => {
      let folder = "";
      before(() => (folder = blocks.length > 0 ? repository(guide, copied) : ""));

      for (const { line, script, status, output } of blocks) {
        it(`has commands at line ${line} that do what it says`, async () => {
          const env = {
            PATH: [path.join(work, "bin"), path.dirname(process.execPath), "/usr/bin", "/bin"].join(
              path.delimiter,
            ),
            HOME: work,
            TMPDIR: os.tmpdir(),
            LANG: "C.UTF-8",
            NO_COLOR: "1",
            GUIDE_DIST: path.join(folder, "dist"),
          };
          const done = await run(script, folder, env);
          assert.equal(done.status, status, done.log);
          if (output !== undefined) assert.match(`${plain(done.out)}\n`, patternOf(output));
        });
      }

      it("links only to files that exist", () => {
        for (const [, target = ""] of text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
          if (/^[a-z]+:/.test(target)) continue;
          assert.ok(fs.existsSync(path.join(GUIDES, target)), target);
        }
      });
    });
  }
});

describe("how guides are read", () => {
  const TEXT = [
    "# A guide",
    "```sh",
    "echo a",
    "```",
    "",
    "```text output",
    "a",
    "```",
    "```text",
    "pulumi up",
    "```",
    "1. A step:",
    "   ```sh status=1",
    "   false",
    "   ```",
  ].join("\n");

  it("finds what is to be run, how it ends and what it prints", () => {
    assert.deepEqual(blocksOf(TEXT), [
      { line: 2, script: "echo a\n", status: 0, output: "a\n" },
      { line: 13, script: "false\n", status: 1 },
    ]);
  });

  it("refuses words that it does not know", () => {
    assert.throws(() => blocksOf("```sh norun\n```\n```sh\n```"), /norun/);
  });

  it("takes dots for what may differ, times as they come, and nothing else", () => {
    const shown = patternOf("one ... three\n...\nin 2.5 s\n");
    assert.match(`${plain("one two three\nx\ny\nin 90 ms")}\n`, shown);
    assert.match(`${plain("one two three\nin 1 s")}\n`, shown);
    for (const other of ["one two\nin 1 s", "one two three\nx", "one two three\nin 1 s\nmore", "in 1 s"])
      assert.doesNotMatch(`${plain(other)}\n`, shown);
  });
});
