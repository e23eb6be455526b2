import * as assert from "node:assert/strict";
import { scheduleProblems } from "../../components/schedule-limits";
import { assertOne } from "./pipeline-support";

describe("The limits of a schedule", () => {
  for (const good of [
    "rate(1 minute)",
    "rate(6 hours)",
    "cron(0 6 * * ? *)",
    "cron(0/15 8-18 ? * MON-FRI *)",
    "cron(0 0 1,15 JAN,JUL ? 2030)",
    "cron(0 0 L * ? *)",
    "cron(0 0 ? * 6#3 *)",
  ]) {
    it(`take ${good}`, () => assert.deepEqual(scheduleProblems("s", good), []));
  }
  const refused: readonly (readonly [string, RegExp])[] = [
    ["rate(1 hours)", /Write "rate\(1 hour\)"/],
    ["rate(6 hour)", /Write "rate\(6 hours\)"/],
    ["rate(0 hours)", /is not a schedule/],
    ["hourly", /is not a schedule; write one such as "rate\(6 hours\)"/],
    ["cron(0 6 * * *)", /has 5 fields; EventBridge has six/],
    ["cron(0 24 * * ? *)", /"24" is not allowed as hours/],
    ["cron(60 0 * * ? *)", /"60" is not allowed as minutes/],
    ["cron(0 6 * * * *)", /must have "\?" as day of month or as day of week/],
    ["cron(0 6 ? * ? *)", /must have "\?" as day of month or as day of week/],
    ["cron(0 6 ? 13 MON *)", /"13" is not allowed as month/],
    ["cron(0 6 ? * MONDAY *)", /"MONDAY" is not allowed as day of week/],
  ];
  for (const [bad, expected] of refused) {
    it(`refuse ${bad}`, () => assertOne(scheduleProblems("s", bad), expected));
  }
});
