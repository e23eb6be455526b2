#!/usr/bin/env node
// Stands for the Pulumi CLI: does what the file FAKE_PULUMI says, and notes how it was called.
"use strict";
const fs = require("node:fs");

const settings = JSON.parse(fs.readFileSync(process.env.FAKE_PULUMI, "utf8"));
const args = process.argv.slice(2);
const command = args.slice(0, ["stack", "policy"].includes(args[0]) ? 2 : 1).join(" ");
const valueOf = (flag) => (args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined);
const calls = `${process.env.FAKE_PULUMI}.calls`;
const before = fs.existsSync(calls)
  ? fs
      .readFileSync(calls, "utf8")
      .split("\n")
      .filter((line) => JSON.parse(line || "[]")[0] === args[0]).length
  : 0;
fs.appendFileSync(calls, `${JSON.stringify(args)}\n`);

const answer = settings[command] ?? {};
// Several answers are given one after the other; the last one stays.
const {
  stdout = "",
  stderr = "",
  status = 0,
  events,
  plan,
  then,
  wait,
  write = {},
} = Array.isArray(answer) ? answer[Math.min(before, answer.length - 1)] : answer;
const log = valueOf("--event-log");
if (log && events)
  fs.writeFileSync(
    log,
    events.map((event) => `${typeof event === "string" ? event : JSON.stringify(event)}\n`).join(""),
  );
if (valueOf("--save-plan") && plan !== undefined) fs.writeFileSync(valueOf("--save-plan"), plan);
for (const [file, text] of Object.entries(write)) fs.writeFileSync(file, text);
fs.writeSync(2, stderr);
if (then) fs.writeFileSync(process.env.FAKE_PULUMI, JSON.stringify({ ...settings, ...then }));
if (wait) {
  process.once("SIGINT", () => {
    fs.appendFileSync(calls, '["interrupted"]\n');
    process.exit(1);
  });
  setInterval(() => undefined, 1000);
  fs.writeFileSync(`${process.env.FAKE_PULUMI}.waiting`, String(process.pid));
} else {
  process.stdout.write(stdout.repeat ? stdout : JSON.stringify(stdout), () => process.exit(status));
}
