import * as assert from "node:assert/strict";
import { RESERVED_FLAGS, VERIFY_FLAGS, verifyFlagProblems } from "../../components/verify-flags";
import { flagsOf } from "../support/command-line";
import { assertOne } from "./pipeline-support";

const problemsOf = (...flags: readonly string[]) => verifyFlagProblems("flags", flags);

describe("Further flags of a verification", () => {
  it("are those of the command, and no others", () => {
    const known = [...Object.keys(VERIFY_FLAGS), ...RESERVED_FLAGS].sort();
    assert.deepEqual(
      known,
      flagsOf("verify")
        .map(({ long }) => long)
        .sort(),
    );
  });

  it("take the values that the command takes", () => {
    for (const { long, takesValue, choices } of flagsOf("verify")) {
      if (RESERVED_FLAGS.includes(long)) continue;
      const value = VERIFY_FLAGS[long];
      assert.equal(value !== undefined, takesValue, long);
      for (const choice of choices) assert.deepEqual(problemsOf(long, choice), [], `${long} ${choice}`);
      if (choices.length > 0) assertOne(problemsOf(long, "nonsense"), /"nonsense" cannot stand after/);
    }
  });

  it("may stand in one item with their value, or in two", () => {
    assert.deepEqual(problemsOf("--timeout", "30", "--all"), []);
    assert.deepEqual(problemsOf("--timeout 30 --all"), []);
    assert.deepEqual(
      problemsOf("--fail-on=high", "--region", "eu-west-1", "--region", "us-east-1,eu-west-3"),
      [],
    );
  });

  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [
      ["--wait", "30"],
      /^flags\[0\]: "--wait" is not a flag of "compliance verify"\..* Allowed are --region, /,
    ],
    [["--timout", "30"], /Did you mean "--timeout"\?/],
    [["30"], /^flags\[0\]: "30" is not a flag/],
    [["--all", "--metrics"], /^flags\[1\]: The pipeline decides about "--metrics" by itself/],
    [["--selection", "a.yaml"], /^flags\[0\]: The pipeline decides about "--selection" by itself/],
    [["--stack", "dev"], /^flags\[0\]: The pipeline decides about "--stack" by itself/],
    [["--timeout", "481"], /"481" cannot stand after "--timeout"\. Write minutes from 1 to 480/],
    [["--timeout"], /^flags\[0\]: "--timeout" needs a value\. Write minutes/],
    [["--timeout", "soon"], /^flags\[0\]: "soon" cannot stand after "--timeout"\. Write minutes/],
    [["--timeout", "30", "31"], /"30 31" cannot stand after "--timeout"/],
    [["--all", "yes"], /^flags\[0\]: "--all" takes no value/],
    [["--region", "europe"], /regions such as "us-east-1,eu-west-1"/],
    [["--output", "$(id)"], /cannot stand after "--output"/],
    [["constructor"], /"constructor" is not a flag/],
  ];
  for (const [flags, message] of refused) {
    it(`are refused: ${flags.join(" ")}`, () => assertOne(problemsOf(...flags), message));
  }
});
