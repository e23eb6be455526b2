import * as assert from "node:assert/strict";
import type { Json } from "./loopback";
import {
  changed,
  evaluation,
  found,
  ID,
  item,
  listing,
  oversized,
  rig,
  scheduled,
  SECONDS,
  TYPE,
} from "./support";
import type { Rig } from "./support";

/** Mistakes that other libraries and rules for AWS Config made: a test for each that a handler can make. */

const recorded = (more: Json = {}): Json => ({
  configurationItemCaptureTime: SECONDS,
  configurationItemStatus: "OK",
  resourceType: TYPE,
  resourceId: ID,
  configuration: '{"size":5}',
  ...more,
});

interface Bug {
  /** What went wrong, and where. */
  readonly what: string;
  /** Fails where the handler has the bug. */
  readonly test: (fn: Rig) => Promise<void>;
}

const BUGS: readonly Bug[] = [
  {
    what: "rdklib: the result of an oversized item holds a date, which Lambda cannot serialise",
    test: async (fn) => {
      fn.aws.history = [[recorded()]];
      const result = await fn.run(oversized());
      assert.deepEqual(JSON.parse(JSON.stringify(result)), result);
    },
  },
  {
    what: "rdklib: an oversized item of a deleted resource, which has no configuration, reports nothing",
    test: async (fn) => {
      fn.aws.history = [[recorded({ configurationItemStatus: "ResourceDeleted", configuration: undefined })]];
      await fn.run(oversized({ configurationItemStatus: "ResourceDeleted" }));
      assert.deepEqual(
        fn.evaluations().map(({ ComplianceType: type }) => type),
        ["NOT_APPLICABLE"],
      );
    },
  },
  {
    what: "rdklib: the newest item is fetched instead of the one of the event",
    test: async (fn) => {
      const newest = { configuration: '{"size":99}', configurationItemCaptureTime: SECONDS + 3600 };
      fn.aws.answer("GetResourceConfigHistory", ({ laterTime }) => ({
        configurationItems: laterTime === SECONDS ? [recorded()] : [recorded(newest)],
      }));
      await fn.run(oversized());
      assert.deepEqual(fn.evaluations(), [evaluation("COMPLIANT")]);
    },
  },
  {
    what: "rdklib: AWS's documented oversized event, without notification time and record version, is a KeyError",
    test: async (fn) => {
      const event = oversized();
      const { notificationCreationTime, recordVersion } = JSON.parse(String(event["invokingEvent"])) as Json;
      assert.deepEqual([notificationCreationTime, recordVersion], [undefined, undefined]);
      fn.aws.history = [[recorded()]];
      await fn.run(event);
      assert.deepEqual(fn.evaluations(), [evaluation("COMPLIANT")]);
    },
  },
  {
    what: "rdklib, RDK, Cloud Custodian: evaluations that AWS Config does not take are ignored",
    test: async (fn) => {
      for (let attempt = 0; attempt < 4; attempt++) {
        fn.aws.answer("PutEvaluations", (body) => ({ FailedEvaluations: body["Evaluations"] }));
      }
      await assert.rejects(fn.run(changed()), { name: "IncompleteError" });
    },
  },
  {
    what: "rdklib: results are retired by id only, so that one of another type stays",
    test: async (fn) => {
      fn.aws.held = [{ type: "AWS::EC2::Snapshot", id: "x", compliance: "NON_COMPLIANT" }];
      await fn.run(scheduled(), { list: listing([found("x")]) });
      const [, retired] = fn.evaluations();
      assert.equal(retired?.["ComplianceResourceType"], "AWS::EC2::Snapshot");
    },
  },
  {
    what: "RDK: results are retired under the account's type instead of their own, so that they stay",
    test: async (fn) => {
      fn.aws.held = [{ type: TYPE, id: "gone" }];
      await fn.run(scheduled(), { list: listing([found("x")]) });
      const [, retired] = fn.evaluations();
      assert.deepEqual(retired, evaluation("NOT_APPLICABLE", "gone", "The resource is gone."));
    },
  },
  {
    what: "rdklib 0.3.2: PutEvaluations is never called",
    test: async (fn) => {
      await fn.run(changed());
      assert.equal(fn.aws.bodies("PutEvaluations").length, 1);
    },
  },
  {
    what: "rdklib: of the results of a schedule only the last one arrives",
    test: async (fn) => {
      await fn.run(scheduled(), { list: listing([found("a"), found("b"), found("c")]) });
      const ids = fn.evaluations().map(({ ComplianceResourceId: id }) => id);
      assert.deepEqual(ids, ["a", "b", "c"]);
    },
  },
  {
    what: "RDK: more than 100 evaluations are lost",
    test: async (fn) => {
      const all = Array.from({ length: 101 }, (_, index) => found(`vol-${index}`));
      await fn.run(scheduled(), { list: listing(all) });
      assert.equal(fn.evaluations().length, 101);
    },
  },
  {
    what: "rdklib: an item without an Availability Zone is a crash",
    test: async (fn) => {
      assert.equal(item()["availabilityZone"], undefined);
      fn.aws.history = [[recorded()]];
      await fn.run(oversized());
      await fn.run(changed());
      assert.deepEqual(fn.evaluations(), [evaluation("COMPLIANT"), evaluation("COMPLIANT")]);
    },
  },
  {
    what: "RDK: the console's test event is a KeyError that helps nobody",
    test: (fn) =>
      assert.rejects(fn.run({ key1: "value1" }), {
        message: /not from AWS Config\. To try the function by hand, send an event like those of https:/,
      }),
  },
  {
    what: "Cloud Custodian: oversized items are read as if they had a configuration item",
    test: async (fn) => {
      fn.aws.history = [[recorded({ configuration: '{"size":50}' })]];
      await fn.run(oversized());
      assert.equal(fn.evaluations()[0]?.["ComplianceType"], "NON_COMPLIANT");
    },
  },
  {
    what: "Secure Environment Accelerator: resources that are not recorded here are evaluated, and billed",
    test: async (fn) => {
      await fn.run(changed({ configurationItemStatus: "ResourceNotRecorded", configuration: { size: 5 } }));
      assert.equal(fn.evaluations()[0]?.["ComplianceType"], "NOT_APPLICABLE");
    },
  },
  {
    what: "AWS's periodic sample: the time of the run orders results, so that a retry overtakes what came after",
    test: async (fn) => {
      await fn.run(scheduled(), { list: listing([found("a")]) });
      assert.equal(fn.evaluations()[0]?.["OrderingTimestamp"], SECONDS);
    },
  },
  {
    what: "rdklib: an error is answered instead of thrown, which counts as success",
    test: (fn) => assert.rejects(fn.run(changed({}, { ruleParameters: "{" }))),
  },
  {
    what: "rdklib: the parameters of the role reach the rule's own check of its parameters",
    test: async (fn) => {
      await fn.run(changed({}, { ruleParameters: '{"ExecutionRoleName":"audit"}' }));
      assert.deepEqual(fn.evaluations(), [evaluation("COMPLIANT")]);
    },
  },
];

// Those that no handler can have: rules that subscribe to one of the two change messages (Cloud Custodian), rules that
// lose MaximumAutomaticAttempts when they are modified (RDK), and DescribeConfigRules' answer sent to PutConfigRule (Cloud
// Custodian) are matters of deployment; calls of Python's assertEquals (RDK) are matters of another language.

describe("a bug of others that this handler does not have", () => {
  const fn = rig();
  for (const { what, test } of BUGS) it(what, () => test(fn));
});
