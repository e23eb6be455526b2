import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import { preventedControls } from "../../policypack/prevented";
import type { PreventedControl } from "../../policypack/prevented";
import { cases } from "../../rules/cases";
import type { Case } from "../../rules/cases";
import { configureRequest } from "../support/analyzer";
import type { Analyzer, Entry } from "../support/analyzer";
import { packByFastPath, packBySdk } from "../support/pack-in-process";
import { PackProcess, builtPack } from "../support/pack-process";
import { directPicture, pictureOf } from "../support/pack-verdicts";

interface Example {
  readonly control: PreventedControl;
  readonly example: Case;
}

const controls = preventedControls();

/** The SDK's handlers run every enabled policy for every stack, so that they are not given all at once. */
const ENABLED_AT_ONCE_IN_SDK = 30;

/**
 * Rounds of examples that one configuration serves: of some controls all that take the defaults, then for each of them
 * the first example with parameters of its own, the second, and so on.
 */
function rounds(enabledAtOnce: number): readonly (readonly Example[])[] {
  const found = new Map<string, Example[]>();
  controls.forEach((control, index) => {
    let next = 1;
    for (const example of cases.get(control.rule.identifier) ?? []) {
      const isDefault = example.parameters === undefined && example.strict !== true;
      const round = `${Math.floor(index / enabledAtOnce)} ${isDefault ? 0 : next++}`;
      found.set(round, [...(found.get(round) ?? []), { control, example }]);
    }
  });
  return [...found.values()];
}

/** The policies of a round are mandatory, so that a violation cannot be taken for an undecided input. */
function configurationOf(round: readonly Example[]): Readonly<Record<string, Entry>> {
  const own = new Map(round.map(({ control, example }) => [control, example]));
  return Object.fromEntries(
    controls.map((control): [string, Entry] => {
      const { parameters = {}, strict = false } = own.get(control) ?? {};
      return own.has(control)
        ? [control.rule.name, { level: "mandatory", properties: { ...parameters, strict } }]
        : [control.rule.name, { level: "disabled" }];
    }),
  );
}

async function differences(analyzer: Analyzer, enabledAtOnce = controls.length): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for (const round of rounds(enabledAtOnce)) {
    await analyzer.configure(configureRequest(configurationOf(round)));
    for (const { control, example } of round) {
      const expected = directPicture(control, example);
      const actual = await pictureOf(analyzer, control, example);
      try {
        assert.deepEqual(actual, expected);
      } catch {
        found.push({ control: control.rule.identifier, example: example.title, expected, actual });
      }
    }
  }
  return found;
}

describe("every case of every control, by the policy pack", () => {
  it("has the verdict of a direct call in the SDK's own handlers, with the proxy that throws at unknown values", async () => {
    assert.deepEqual(await differences(packBySdk(), ENABLED_AT_ONCE_IN_SDK), []);
  });

  it("has the verdict of a direct call in the fast path", async () => {
    assert.deepEqual(await differences(packByFastPath()), []);
  });

  it("has the verdict of a direct call in the process that the engine starts", async () => {
    const folder = builtPack();
    const pack = await PackProcess.start(folder);
    try {
      assert.deepEqual(await differences(pack), []);
      assert.equal(pack.output.stderr, "");
      assert.match(pack.output.stdout, /^\d+\n$/);
    } finally {
      await pack.stop();
      fs.rmSync(folder, { recursive: true });
    }
  });
});
