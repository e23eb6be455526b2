import { existsSync } from "node:fs";
import { join } from "node:path";
import { findRule, printable } from "../../rules";
import { ALLOWED_NAME, idOf, isControlName } from "../../rules/custom/control";
import { UsageError } from "../errors";
import type { Io } from "../io";
import { folderAbove } from "../project";
import { packageFolder } from "../rule/load";
import { CONTROLS_FOLDER, controlNames, controlsFolder } from "../rule/registration";
import { factOf } from "../rule/scaffold/facts";
import type { ScaffoldFact } from "../rule/scaffold/facts";
import { writeScaffold } from "../rule/scaffold/write";
import { knownSample } from "./rule-sample";

export interface RuleNewOptions {
  readonly name: string;
  /** As AWS Config or as Pulumi spells it. */
  readonly type: string;
  /** Whether a schedule triggers the rule, instead of changes. */
  readonly periodic?: true;
}

/**
 * `compliance rule new`: writes the folder of a custom control that works, and registers it.
 * @throws UsageError for a name that is taken or not allowed, a type without a sample, a package of controls, and a
 * checkout that is missing or cannot be written. Then nothing is written.
 */
export async function ruleNew({ name, type, periodic }: RuleNewOptions, io: Io): Promise<0> {
  const own = packageFolder();
  if (own !== undefined) {
    throw new UsageError(
      `This is a package of controls, and "rule new" makes controls of this project alone. Copy the folder of a control in "${controlsFolder(own)}", ` +
        'write your own into the copy, and name it in the "index.ts" of the package: see "A package of your own" in docs/guides/custom-rules.md.',
      own,
    );
  }
  const root = folderAbove(process.cwd(), CONTROLS_FOLDER);
  if (root === undefined) {
    throw new UsageError(
      `There is no folder "${CONTROLS_FOLDER}" here or above. A control is made in a checkout of this project.`,
    );
  }
  checkName(root, name);
  const sample = knownSample(type);
  const fact = factOf(sample);
  const isPeriodic = periodic === true;
  if (io.progress) io.stderr.write("Writing the control and generating its page ...\n");
  await writeScaffold(root, { name, sample, fact, isPeriodic });
  const folder = `${CONTROLS_FOLDER}/${name}`;
  io.stdout.write(
    `${folder} is a control of ${sample.configType}, triggered by ${isPeriodic ? "a schedule" : "changes"}. It judges ${judgedBy(fact)}.\n` +
      "  index.ts    metadata, mappings, and judge: write your own predicate there\n" +
      "  cases.ts    the resource in both worlds, with the verdict\n" +
      `  handler.ts  the Lambda function${isPeriodic ? ", and how it finds the resources" : ""}\n` +
      `It is registered, and docs/controls/${name}.md is its page. "npm run generate" renews both.\n` +
      `Next: compliance rule test ${name}\n`,
  );
  return 0;
}

const judgedBy = (fact: ScaffoldFact): string =>
  fact.kind === "tag" ? `the tag "${fact.key}"` : `"${fact.input}"`;

function checkName(root: string, name: string): void {
  const shown = printable(name);
  if (!isControlName(name)) {
    throw new UsageError(
      `A control cannot have the name "${shown}": a name must be ${ALLOWED_NAME}, e.g. "s3-bucket-named".`,
    );
  }
  const names = controlNames(root);
  // The registration knows a control by its name without dashes.
  const bare = (one: string): string => one.replaceAll("-", "");
  const same = names.find((one) => bare(one) === bare(name));
  if (same !== undefined || existsSync(join(root, CONTROLS_FOLDER, name))) {
    const how = same === undefined || same === name ? "" : `: it differs from "${same}" only by dashes`;
    throw new UsageError(`The name "${shown}" is taken by a custom control${how}. Give another name.`);
  }
  const rule = findRule(name) ?? findRule(idOf({ name }));
  if (rule !== undefined) {
    const whose = rule.status === "custom" ? "a control of this project" : "a managed rule of AWS Config";
    throw new UsageError(
      `The name "${shown}" is taken by ${whose}. Give another name; "compliance explain ${rule.name}" tells about that one.`,
    );
  }
}
