import * as path from "node:path";

import { check, type Checked, type CheckQuestion } from "../sandbox/provider/check";
import { diff, type Difference, type DiffQuestion } from "../sandbox/provider/diff";
import { readFacts, type TypeFacts } from "../sandbox/provider/facts";
import { resourceTypeOf } from "../sandbox/provider/resources";
import { type Properties } from "../sandbox/provider/values";

/** Facts of the AWS package that is installed here. */
export const facts = readFacts(path.dirname(require.resolve("@pulumi/aws/package.json")));

/** Facts of a type that the package must have. */
export function factsOf(token: string): TypeFacts {
  const found = facts.type(token);
  if (!found) throw new Error(`The installed package has no type ${token}.`);
  return found;
}

/** Checks the inputs of a new resource called `name` in us-east-1. */
export async function checkNew(
  token: string,
  news: Properties,
  more: Partial<CheckQuestion> & { defaultTags?: Readonly<Record<string, string>> } = {},
): Promise<Checked> {
  const { defaultTags = {}, ...question } = more;
  return check(
    { token, name: "name", olds: {}, news, seed: Buffer.from("seed"), ...question },
    { region: "us-east-1", defaultTags },
    facts,
    factsOf(token),
    await resourceTypeOf(token),
  );
}

/** Compares inputs of an existing resource whose state holds just its inputs, unless told otherwise. */
export async function compare(
  token: string,
  oldInputs: Properties,
  news: Properties,
  more: Partial<DiffQuestion> = {},
): Promise<Difference> {
  const question = { token, oldInputs, oldState: oldInputs, news, ignoreChanges: [], ...more };
  return diff(question, facts, factsOf(token), await resourceTypeOf(token));
}
