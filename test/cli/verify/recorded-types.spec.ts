import * as assert from "node:assert/strict";
import { managedRules } from "../../../rules";
import { Bench, HOME, reasonOf, statesOf } from "./support";

const VERSIONING = "s3-bucket-versioning-enabled";

describe("verify: a rule whose types are not recorded", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench();
    await bench.open();
    bench.aws.region(HOME).counts.set("AWS::S3::Bucket", 3);
  });
  afterEach(() => bench.close());

  const recording = async (group: object): Promise<string> => {
    for (const recorder of bench.aws.region(HOME).recorders) recorder.group = { ...group };
    bench.aws.deploy(HOME, VERSIONING);
    const { status, report } = await bench.json({ controls: [VERSIONING] });
    assert.equal(status, statesOf(report)[VERSIONING] === "compliant" ? 0 : 1);
    return reasonOf(report, VERSIONING);
  };

  it("says so where only other types are included", async () => {
    const group = { allSupported: false, resourceTypes: ["AWS::EC2::Volume"] };
    assert.equal(await recording(group), "the recorder does not record AWS::S3::Bucket");
  });

  it("says so where the type is excluded", async () => {
    const group = { allSupported: false, exclusionByResourceTypes: { resourceTypes: ["AWS::S3::Bucket"] } };
    assert.equal(await recording(group), "the recorder does not record AWS::S3::Bucket");
  });

  it("knows the types that are included, and those that are not excluded", async () => {
    assert.equal(await recording({ allSupported: false, resourceTypes: ["AWS::S3::Bucket"] }), "");
    const group = {
      allSupported: false,
      exclusionByResourceTypes: { resourceTypes: ["AWS::EC2::Volume"] },
    };
    assert.equal(await recording(group), "");
  });

  it("lists a rule as not fully reported where only some of its types are recorded", async () => {
    const rule = managedRules().find(
      ({ parameters, triggerTypes, status, resourceTypes, regionsOnly, regionsExcept }) =>
        parameters.length === 0 &&
        status === "listed" &&
        (regionsOnly ?? regionsExcept) === undefined &&
        triggerTypes.join() === "ConfigurationChange" &&
        resourceTypes.length === 2 &&
        resourceTypes.every((type) => !type.startsWith("AWS::IAM::")),
    );
    const [recorded = "", other = ""] = rule?.resourceTypes ?? [];
    const name = rule?.name ?? "";
    bench.aws.region(HOME).counts.set(recorded, 1);
    bench.aws.deploy(HOME, name);
    const notes = async (resourceTypes: readonly string[]): Promise<readonly string[]> => {
      for (const recorder of bench.aws.region(HOME).recorders)
        recorder.group = { allSupported: false, resourceTypes };
      const { report } = await bench.json({ controls: [name] });
      return report.notes.filter((note) => note.includes("not fully reported"));
    };
    const expected = `${HOME}: "${name}" is not fully reported: the recorder does not record ${other}.`;
    assert.deepEqual(await notes([recorded]), [expected]);
    assert.deepEqual(await notes([recorded, other]), []);
  });

  it("knows that IAM is recorded only where global types are", async () => {
    for (const recorder of bench.aws.region(HOME).recorders) recorder.group = { allSupported: true };
    const name = "iam-user-no-policies-check";
    bench.aws.deploy(HOME, name);
    const { report } = await bench.json({ controls: [name] });
    assert.equal(reasonOf(report, name), "the recorder does not record AWS::IAM::User");
  });
});
