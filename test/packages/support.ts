/** Packages of controls as their compiled code is: what they hold is written by hand, so that it can be wrong. */

/** A policy that finds fault with every bucket. */
const POLICY = `{ title: "Buckets are named.", decision: "resource", early: new Map(), checks: new Map([["aws:s3/bucket:Bucket",
  () => ({ verdict: "NON_COMPLIANT", reasons: [{ found: "the bucket has no name", fix: "name it" }] })]]) }`;

/** The parts of a control as JavaScript, by field. */
export const CONTROL: Readonly<Record<string, string>> = {
  name: '"s3-bucket-own-name"',
  title: '"Buckets are named."',
  severity: '"high"',
  resourceTypes: '["AWS::S3::Bucket"]',
  triggerTypes: '["ConfigurationChange"]',
  parameters: "{}",
  sources: '{ name: { from: "item", path: "resourceName" } }',
  listing: "[]",
};

const object = (fields: Readonly<Record<string, string>>): string =>
  `{ ${Object.entries(fields)
    .map(([name, value]) => `${JSON.stringify(name)}: ${value}`)
    .join(", ")} }`;

/** One entry of what a package exports; a field that is an empty text is left out. */
export function entry(
  control: Readonly<Record<string, string>> = {},
  rest: Readonly<Record<string, string>> = {},
): string {
  const given = Object.entries({ ...CONTROL, ...control }).filter(([, value]) => value !== "");
  return object({
    control: object(Object.fromEntries(given)),
    preventivePolicy: POLICY,
    cases: "[]",
    ...rest,
  });
}

/** The module of a package with these controls. */
export const moduleOf = (...entries: readonly string[]): string =>
  `exports.controls = { kit: 1, controls: [${entries.join(", ")}] };\n`;

/** The files of a package, by path. */
export const packageFiles = (
  folder: string,
  module: string,
  names: readonly string[] = ["s3-bucket-own-name"],
): Readonly<Record<string, unknown>> => ({
  [`${folder}/package.json`]: {
    name: "controls",
    version: "1.0.0",
    compliance: { controls: "dist/controls.js", rules: "dist/rules" },
  },
  [`${folder}/dist/controls.js`]: module,
  ...Object.fromEntries(
    names.map((name) => [`${folder}/dist/rules/${name}/index.js`, "exports.handler = () => undefined;\n"]),
  ),
});
