import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Policy, Reader } from "../../../rules";
import type { CustomCase } from "../../../rules/custom/cases";
import type { CustomControl } from "../../../rules/custom/control";
import type { ParameterSchema } from "../../../rules/custom/parameters";
import type { Clients } from "../../../rules/lambda/access";
import type { RuleDefinition } from "../../../rules/lambda/definition";

/** The folder of a custom control, as every one of them must look. */
export interface Folder {
  readonly name: string;
  readonly control: CustomControl<object>;
  /** Absent for a control that says why it is only detected. */
  readonly preventivePolicy?: Policy<object>;
  /** Present where the facts come from one resource of the program. */
  readonly fromInputs?: (resource: Reader<unknown>) => object;
  /** Present where a schedule's run reads what decides. */
  readonly fromAccount?: (read: unknown) => object;
  readonly cases: readonly CustomCase<unknown>[];
  readonly definition: RuleDefinition<object, ParameterSchema, Clients, unknown>;
}

const FOLDERS = join(__dirname, "../../../rules/custom");

/** Every folder that there is, so that none is forgotten. */
export const folders = (): readonly Folder[] =>
  readdirSync(FOLDERS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => folder(name));

function folder(name: string): Folder {
  /* eslint-disable @typescript-eslint/no-require-imports -- by name; that they have this shape is what the tests find out */
  const parts = ["", "cases", "handler"].map((part) => require(join(FOLDERS, name, part)) as Partial<Folder>);
  /* eslint-enable @typescript-eslint/no-require-imports */
  return Object.assign({ name }, ...parts) as Folder;
}
