import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { PassThrough } from "node:stream";
import { parse } from "yaml";
import type { ProgramFlags } from "../../../cli/commands/program-flags";
import { start } from "../../../cli/commands/start";
import { UsageError } from "../../../cli/errors";
import { selectionFrom } from "../../../cli/selection";
import { readSelectionFile } from "../../../cli/selection-file";
import { policyOf } from "../../../rules";
import { compliance, program, removeFolders, ROOT } from "../support";
import { run } from "./support";

const programs = path.join(__dirname, "programs");

const started = (name: string, progress = false, flags: Partial<ProgramFlags> = {}): ReturnType<typeof run> =>
  run(
    (io) =>
      start(
        { timeout: 60, ...flags },
        { ...io, stdin: new PassThrough().end(), env: process.env, today: "2026-01-01", debug: false },
        path.resolve(programs, name),
      ),
    { progress },
  );

describe("compliance start", () => {
  let exempted: Awaited<ReturnType<typeof run>>;
  let violating: Awaited<ReturnType<typeof run>>;

  after(removeFolders);
  before(async () => {
    [exempted, violating] = await Promise.all([started("exempted"), started("violating", true)]);
  });

  it("draws the components by parent, counts what is in them, and ends with what to run next", () => {
    const { out } = exempted;
    assert.match(out, /└─ volumes {2}Volumes\n {6}5 ebs\.Volume\n/);
    assert.match(out, /What next\n\nnpx compliance check \. --all\n {4}.*\nnpx compliance check examples/);
  });

  it("counts what the selection prevents and detects", () => {
    const { out } = exempted;
    assert.match(out, /holds 2 controls: 1 is prevented .* and detected after it, 1 is only detected\./);
  });

  it("says why fewer controls judge the program than are selected, and counts the same at the end", () => {
    const { out } = exempted;
    assert.match(out, /judged by 1 of them; 1 is decided by what only a deployed account shows\./);
    assert.match(out, /\(5 resources in 1 source, 1 of 2 selected controls\)/);
  });

  it("shows what is undecided, and how to see why", () => {
    const { out } = violating;
    assert.match(out, /1 undecided/);
    assert.match(out, /Undecided by the program alone:\n {2}encrypted-volumes \(1 resource\)\n/);
    assert.match(out, /npx compliance check \. --all/);
  });

  it("shows an exemption with its reason, and succeeds", () => {
    const { status, out, err } = exempted;
    assert.equal(status, 0);
    assert.match(out, /exempted {2}encrypted-volumes/);
    assert.match(out, /Accepted by platform-team until 2030-12-31 .*: Holds nothing but a cache\./);
    assert.equal(err, "");
  });

  it("fails when something mandatory is found", () => {
    const { status, out } = violating;
    assert.equal(status, 1);
    assert.match(out, /five {2}aws:ebs\/volume:Volume\n +medium {2}encrypted-volumes/);
  });

  it("shows progress on a terminal only, on standard error, and removes it", () => {
    const { err } = violating;
    assert.match(err, /Recording/);
    assert.ok(err.endsWith("\r\u001b[K"));
  });

  it("shows the stack that is asked for", async () => {
    const folder = program({
      "index.js": "",
      "selection.yaml": "controls: [ENCRYPTED_VOLUMES, RDS_MULTI_AZ_SUPPORT]",
      "Pulumi.dev.yaml": "config:\n  compliance:selection: { controls: [ENCRYPTED_VOLUMES] }\n",
      "Pulumi.prod.yaml": "config: {}\n",
    });
    assert.match((await started(folder)).out, /The selection holds 1 control:/);
    assert.match((await started(folder, false, { stack: "prod" })).out, /The selection holds 2 controls:/);
  });

  it("has the flags that it advises when the program cannot be recorded", async () => {
    const folder = program({
      "index.js": "setInterval(() => undefined, 1000);",
      "Pulumi.dev.yaml": "config: {}\n",
    });
    await assert.rejects(() => started(folder, false, { timeout: 3 }), /did not end within 3 s.*"--timeout /);
    const { stdout } = await compliance(["start", "--help"]);
    for (const flag of ["--timeout <SECONDS>", "--stack <NAME>"]) assert.ok(stdout.includes(flag), flag);
  });

  it("says what is wrong with a folder that has no program", async () => {
    await assert.rejects(() => started("no-such-program"), UsageError);
  });
});

describe("compliance start, of this project's own program", () => {
  let own: Awaited<ReturnType<typeof run>>;
  /** What stands below each heading. */
  let part: (heading: string) => string;

  before(async () => {
    own = await started("../../../..", true);
    part = (heading) => {
      const begin = own.out.indexOf(`${heading}\n\n`);
      assert.ok(begin >= 0, heading);
      const rest = own.out.slice(begin + heading.length + 2);
      const ends = HEADINGS.map((next) => rest.indexOf(`\n\n${next}\n\n`)).filter((end) => end >= 0);
      return rest.slice(0, ends.length === 0 ? undefined : Math.min(...ends));
    };
  });

  it("has its parts in the order in which people ask", () => {
    const places = HEADINGS.map((heading) => own.out.indexOf(`${heading}\n\n`));
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
    assert.equal(places[0], 0);
  });

  it("draws every part and resource that would be deployed on two screens of 80 columns", () => {
    const [drawing = "", total = ""] = part("What would be deployed").split("\n\n");
    const tree = drawing.split("\n");
    assert.ok(tree.length > 50 && tree.length < 110, `${tree.length} lines`);
    assert.deepEqual(
      tree.filter((line) => line.length > 80),
      [],
    );
    const { config } = parse(fs.readFileSync(path.join(ROOT, "Pulumi.dev.yaml"), "utf8")) as {
      readonly config: Readonly<Record<string, readonly string[]>>;
    };
    const drawn = tree.flatMap((line) => /^[├└]─ (\S+) {2}\S+$/.exec(line)?.[1] ?? []);
    assert.deepEqual(drawn.sort(), [...(config["compliance:parts"] ?? [])].sort());
    const counts = [...drawing.matchAll(/(?:(\d+) )?\b[a-z0-9]+\.[A-Z]\w+/g)].map(([, count]) =>
      Number(count ?? 1),
    );
    const resources = counts.reduce((sum, count) => sum + count, 0);
    assert.equal(total, `${resources} resources in the program ".".`);
  });

  it("says of every control of the selection how it is held", () => {
    const file = readSelectionFile(path.join(ROOT, "selection.yaml"));
    const { controls } = selectionFrom(file, {}, "2026-01-01");
    const prevented = controls.filter(({ id }) => policyOf(id) !== undefined).length;
    const detected = controls.length - prevented;
    assert.ok(prevented > 0 && detected > 0);
    assert.equal(
      part("The controls"),
      `The selection holds ${controls.length} controls: ${prevented} are prevented before a deployment and detected after it, ${detected} are only detected.\n` +
        `The program is judged by ${prevented} of them; ${detected} are decided by what only a deployed account shows.`,
    );
  });

  it("finds nothing mandatory in the program itself", () => {
    assert.equal(own.status, 0);
    assert.match(part("The program, judged by them"), /^0 mandatory violations, 0 advisory, /m);
  });

  it("shows every exemption of the selection, each with who accepted it, until when and why", () => {
    const judged = part("The program, judged by them");
    const { exemptions } = parse(fs.readFileSync(path.join(ROOT, "selection.yaml"), "utf8")) as {
      readonly exemptions: readonly Readonly<
        Record<"control" | "resource" | "reason" | "owner" | "expires", string>
      >[];
    };
    assert.ok(exemptions.length > 0);
    for (const { control, resource, reason, owner, expires } of exemptions) {
      const name = resource.replace("**/", "");
      const finding = judged.split("\n\n").find((text) => text.startsWith(`  ${name}  `));
      assert.ok(finding !== undefined, name);
      assert.ok(finding.includes(`exempted  ${control}\n`), finding);
      const accepted = `Accepted by ${owner} until ${expires} `;
      assert.ok(finding.includes(accepted) && finding.includes(`: ${reason}\n`), finding);
    }
    assert.equal(judged.match(/^ +exempted {2}/gm)?.length, exemptions.length);
    assert.match(judged, new RegExp(`, ${exemptions.length} exempted, `));
  });

  it("says on a terminal what it is at, and leaves nothing of it", () => {
    const steps = own.err.split("\r\u001b[K").filter((step) => step !== "");
    assert.match(steps[0] ?? "", /^Recording the program, without an account/);
    assert.match(steps.at(-1) ?? "", /^Judging it/);
    assert.ok(own.err.endsWith("\r\u001b[K"));
  });

  it("names next what runs as it stands there", async () => {
    const lines = part("What next").trimEnd().split("\n");
    const commands = lines.filter((line) => !line.startsWith(" "));
    assert.equal(lines.length, 2 * commands.length);
    for (const command of commands) {
      const named = command
        .split(" ")
        .filter((word) => /^(examples\/.*|policypack|selection\.yaml)$/.test(word));
      for (const file of named) assert.ok(fs.existsSync(path.join(ROOT, file)), command);
      const [, args] = /^npx compliance (.*)$/.exec(command) ?? [];
      if (args === undefined) continue;
      const { status, stderr } = await compliance(args.split(" "));
      assert.equal(status, args.includes("/violating") ? 1 : 0, `${command}: ${stderr}`);
    }
    assert.equal(commands.filter((command) => command.startsWith("npx compliance ")).length, 4);
  });
});

const HEADINGS = ["What would be deployed", "The controls", "The program, judged by them", "What next"];
