/**
 * The text of a shipped policy in Guard, by the name of its control. Only `verify` compares it, so that it is loaded when
 * first asked for.
 */
export const guardPolicyOf = (name: string): string | undefined =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- see above; made by `npm run generate` of the files beside this one
  (loaded ??= require("../catalog/generated/guard-policies.json") as Readonly<Record<string, string>>)[name];
let loaded: Readonly<Record<string, string>> | undefined;
