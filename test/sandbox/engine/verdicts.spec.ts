import * as assert from "node:assert/strict";
import type { Finding } from "./compliance";
import type { Violation } from "./events";
import { differenceOf } from "./verdicts";

const finding = (name: string, urn: string, verdict: string): Finding => ({
  control: name.toUpperCase(),
  name,
  urn,
  verdict,
  level: "mandatory",
  key: "",
  message: "",
  isExempted: false,
});
const violation = (policy: string, urn: string, message = "Title.\nNo."): Violation => ({
  policy,
  urn,
  level: "mandatory",
  message,
});
const UNDECIDED = "Title.\nUndecided: not known yet.";
const TLS = "s3-bucket-ssl-requests-only";

describe("the difference between check and engine", () => {
  it("is nothing where both find the same, however often", () => {
    const findings = [
      finding("a", "x", "NON_COMPLIANT"),
      finding("a", "y", "COMPLIANT"),
      finding("b", "x", "UNDECIDED"),
    ];
    const violations = [violation("a", "x"), violation("a", "x"), violation("b", "x", UNDECIDED)];
    assert.deepEqual(differenceOf(findings, violations), { offline: [], engine: [] });
  });

  it("names what one side alone finds, also where the other is undecided", () => {
    const findings = [finding("a", "x", "NON_COMPLIANT"), finding("b", "x", "NON_COMPLIANT")];
    assert.deepEqual(differenceOf(findings, [violation("a", "x", UNDECIDED), violation("c", "x")]), {
      offline: ["a x NON_COMPLIANT", "b x NON_COMPLIANT"],
      engine: ["a x UNDECIDED", "c x NON_COMPLIANT"],
    });
  });

  it("takes an early report on a part for the same as the one on the whole, and counts it without one", () => {
    const whole = [finding("a", "bucket", "NON_COMPLIANT")];
    const early = violation("a", "bucket-versioning");
    assert.deepEqual(differenceOf(whole, [early, violation("a", "bucket")]), { offline: [], engine: [] });
    assert.deepEqual(differenceOf([], [early]), {
      offline: [],
      engine: ["a bucket-versioning NON_COMPLIANT"],
    });
  });

  it("leaves out a listed difference only where one side decides what the other leaves open", () => {
    const open = finding(TLS, "x", "UNDECIDED");
    assert.deepEqual(differenceOf([open], [violation(TLS, "x")]), { offline: [], engine: [] });
    assert.deepEqual(differenceOf([open], []), { offline: [], engine: [] });
    const passes = finding(TLS, "x", "COMPLIANT");
    assert.deepEqual(differenceOf([passes], [violation(TLS, "x", UNDECIDED)]), { offline: [], engine: [] });
    assert.deepEqual(differenceOf([passes], [violation(TLS, "x")]).engine, [`${TLS} x NON_COMPLIANT`]);
  });
});
