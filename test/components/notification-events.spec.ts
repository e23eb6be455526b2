import * as assert from "node:assert/strict";
import {
  complianceWatches,
  DELIVERY_FAILED,
  LONGEST_PATTERN,
  RECORDER_CHANGED,
  severityOf,
} from "../../components/notification-events";
import { AWS_CONTROL_PAGES, CONTROL } from "../../components/notification-messages";
import { allRules, managedRules, ruleUrl } from "../../rules";

/** The rule names that a pattern lists. */
function namesIn(pattern: { readonly detail: Readonly<Record<string, unknown>> }): readonly string[] {
  const names = pattern.detail["configRuleName"];
  assert.ok(Array.isArray(names));
  return names.map(String);
}

describe("The event patterns of notifications", () => {
  const ALL = managedRules().map(({ name }) => name);

  it("list each of all managed rules once, under its own severity, in patterns that EventBridge takes", () => {
    const watches = complianceWatches(ALL);
    assert.ok(ALL.length >= 830);
    assert.deepEqual(watches.flatMap(({ pattern }) => namesIn(pattern)).sort(), [...ALL].sort());
    for (const { severity, pattern } of watches) {
      assert.ok(JSON.stringify(pattern).length <= LONGEST_PATTERN);
      for (const name of namesIn(pattern)) assert.equal(severityOf(name), severity, name);
    }
    assert.equal(
      new Set(watches.map(({ severity, number }) => `${severity}-${number}`)).size,
      watches.length,
    );
  });

  it("need no more event rules than the lists are long", () => {
    for (const severity of ["low", "medium", "high", "critical"] as const) {
      const own = complianceWatches(ALL).filter((watch) => watch.severity === severity && watch.hasPage);
      own.slice(1).forEach(({ pattern }, index) => {
        const before = own[index];
        assert.ok(before !== undefined);
        const [first = ""] = namesIn(pattern);
        const fuller = JSON.stringify(before.pattern).length + JSON.stringify(first).length + 1;
        assert.ok(fuller > LONGEST_PATTERN, `${severity}: ${first} would have had room`);
      });
    }
  });

  it("fill a pattern to the last character and no further", () => {
    const shell = JSON.stringify(complianceWatches(["a"])[0]?.pattern).length - '"a"'.length;
    const one = "a".repeat(128);
    const count = Math.floor((LONGEST_PATTERN - shell) / (one.length + 3));
    const names = Array.from({ length: count }, (_, index) => `${one.slice(4)}-${100 + index}`);
    const used = shell + names.length * (one.length + 3) - 1;
    const rest = "b".repeat(LONGEST_PATTERN - used - 3);
    const [full, ...more] = complianceWatches([...names, rest]);
    assert.equal(JSON.stringify(full?.pattern).length, LONGEST_PATTERN);
    assert.deepEqual(more, []);
    assert.equal(complianceWatches([...names, `${rest}b`]).length, 2);
  });

  it("match only changes to NON_COMPLIANT of AWS Config's own events", () => {
    assert.deepEqual(complianceWatches(["iam-user-mfa-enabled"]), [
      {
        severity: "medium",
        hasPage: true,
        number: 1,
        pattern: {
          source: ["aws.config"],
          "detail-type": ["Config Rules Compliance Change"],
          detail: {
            messageType: ["ComplianceChangeNotification"],
            configRuleName: ["iam-user-mfa-enabled"],
            newEvaluationResult: { complianceType: ["NON_COMPLIANT"] },
          },
        },
      },
    ]);
  });

  it("list every rule whose page is AWS's own apart from those that have none there", () => {
    const every = allRules();
    const watches = complianceWatches(every.map(({ name }) => name));
    const named = (hasPage: boolean) =>
      watches.filter((watch) => watch.hasPage === hasPage).flatMap(({ pattern }) => namesIn(pattern));
    const linked = new Set(named(true));
    for (const rule of every) {
      const address = AWS_CONTROL_PAGES.replace(CONTROL, rule.name);
      assert.equal(linked.has(rule.name), address === ruleUrl(rule), rule.name);
      if (rule.status === "custom") assert.ok(!linked.has(rule.name), rule.name);
    }
    const without = named(false);
    assert.equal(linked.size + without.length, every.length);
    for (const name of [
      "lambda-function-url-iam",
      "dynamodb-table-key-accessible",
      "fms-security-group-content-check",
    ]) {
      assert.ok(without.includes(name), name);
    }
    // One of a package, which nobody has loaded here.
    assert.equal(complianceWatches(["acme-own-rule"])[0]?.hasPage, false);
  });

  it("are the same whatever the order of the rules", () => {
    assert.deepEqual(complianceWatches([...ALL].reverse()), complianceWatches(ALL));
  });

  it("take a rule that the catalogue does not know for one of medium severity", () => {
    assert.equal(severityOf("acme-own-rule"), "medium");
  });

  it("watch the calls that stop, change or delete the recorder, and failed deliveries", () => {
    const calls = RECORDER_CHANGED.detail["eventName"];
    assert.ok(Array.isArray(calls));
    for (const call of ["StopConfigurationRecorder", "DeleteConfigurationRecorder", "PutDeliveryChannel"]) {
      assert.ok(calls.includes(call), call);
    }
    assert.deepEqual(DELIVERY_FAILED.detail, {
      messageType: [
        "ConfigurationSnapshotDeliveryFailed",
        "ConfigurationHistoryDeliveryFailed",
        "OversizedConfigurationItemChangeDeliveryFailed",
      ],
    });
    for (const pattern of [RECORDER_CHANGED, DELIVERY_FAILED]) {
      assert.ok(JSON.stringify(pattern).length <= LONGEST_PATTERN);
    }
  });
});
