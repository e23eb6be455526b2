/**
 * Draws the README's picture: the output of `compliance check` over an example as SVG.
 * Usage: npx ts-node scripts/picture.ts   (needs the command "script" of util-linux)
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");
const COLUMNS = 128;
const MAX_LINES = 30;
const LINE_HEIGHT = 18;
const CHARACTER_WIDTH = 7.8;
const PADDING = 16;

/** Colours of the SGR codes that the command uses, on a dark ground. */
const COLOURS: Readonly<Record<string, string>> = {
  "31": "#ff7b72",
  "32": "#7ee787",
  "33": "#e3b341",
  "35": "#d2a8ff",
  "36": "#79c0ff",
  "90": "#8b949e",
  "2": "#8b949e",
};
const PLAIN = "#e6edf3";

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** One line of terminal output as text spans; long lines are cut at the width of the picture. */
function spans(line: string): string {
  let colour = PLAIN;
  let weight = "normal";
  let column = 0;
  let result = "";

  for (const part of line.split(/(\u001b\[[\d;]*m)/)) {
    const code = /^\u001b\[([\d;]*)m$/.exec(part)?.[1];
    if (code === undefined) {
      const shown = part.slice(0, Math.max(0, COLUMNS - column));
      column += shown.length;
      if (shown !== "") result += `<tspan fill="${colour}" font-weight="${weight}">${escape(shown)}</tspan>`;
    } else if (code === "1") weight = "bold";
    else if (code === "22") weight = "normal";
    else colour = COLOURS[code] ?? PLAIN;
  }
  return result;
}

const command = "npx compliance check examples/static-web-site/violating";
// Colours are for terminals, so that the command gets one.
const { stdout } = spawnSync(
  "script",
  [
    "-qec",
    `stty columns 200; node dist/compliance.js ${command.split(" ").slice(2).join(" ")} 2>/dev/null`,
    "/dev/null",
  ],
  {
    cwd: root,
    encoding: "utf8",
  },
);
const output = stdout.trimEnd().split(/\r?\n/);
const lines = [
  `\u001b[90m$ ${command}\u001b[39m`,
  "",
  ...output.slice(0, MAX_LINES),
  "\u001b[90m...\u001b[39m",
  ...output.slice(-1),
];
const width = Math.ceil(COLUMNS * CHARACTER_WIDTH) + 2 * PADDING;
const height = lines.length * LINE_HEIGHT + 2 * PADDING;
const text = lines.map(
  (line, index) =>
    `<text x="${PADDING}" y="${(PADDING + (index + 0.8) * LINE_HEIGHT).toFixed(1)}" xml:space="preserve">${spans(line)}</text>`,
);
mkdirSync(join(root, "docs", "images"), { recursive: true });
writeFileSync(
  join(root, "docs", "images", "check.svg"),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13">
<title>Findings of an example program</title>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
${text.join("\n")}
</svg>
`,
);
