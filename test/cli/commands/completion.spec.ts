import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { completion, SHELLS } from "../../../cli/commands/completion";
import type { Shell } from "../../../cli/commands/completion";
import { program } from "../../support/command-line";
import { run } from "./support";

const script = async (shell: Shell): Promise<string> =>
  (await run((io) => completion(shell, program(), io))).out;

/** What bash offers at the end of a line. */
async function offered(...words: readonly string[]): Promise<readonly string[]> {
  const line = words.map((word) => `'${word}'`).join(" ");
  const commands = `COMP_WORDS=(compliance ${line}); COMP_CWORD=${words.length}; _compliance; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const out = execFileSync("bash", ["--norc", "-c", `${await script("bash")}\n${commands}`], {
    encoding: "utf8",
  });
  return out.split("\n").filter((word) => word !== "");
}

describe("compliance completion", () => {
  it("completes commands in bash", async () => {
    assert.deepEqual(await offered("c"), ["check", "catalog", "coverage", "completion"]);
  });

  it("completes flags and their values in bash", async () => {
    assert.deepEqual(await offered("check", "--fo"), ["--format"]);
    assert.deepEqual(await offered("check", "--format", "s"), ["sarif"]);
    assert.deepEqual(await offered("check", "prod.json", "--framework", "cis-aws-3"), ["cis-aws-3.0.0"]);
  });

  it("completes controls in bash", async () => {
    assert.deepEqual(await offered("explain", "encrypted-v"), ["encrypted-volumes"]);
  });

  it("leaves files to bash where no word is known", async () => {
    assert.deepEqual(await offered("check", "--selection", "sel"), []);
    assert.match(await script("bash"), /^complete -o default -F _compliance compliance$/m);
  });

  for (const shell of SHELLS) {
    it(`names every command and every flag of it for ${shell}`, async () => {
      const text = await script(shell);
      for (const command of program().commands) {
        assert.ok(text.includes(command.name()), command.name());
        for (const { long } of command.options) {
          const flag = shell === "fish" ? `-l ${long?.slice(2) ?? ""}` : (long ?? "");
          assert.ok(text.includes(flag), `${command.name()} ${flag}`);
        }
      }
    });
  }
});
