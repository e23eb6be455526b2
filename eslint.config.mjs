import mocha from "eslint-plugin-mocha";
import tsdoc from "eslint-plugin-tsdoc";
import tseslint from "typescript-eslint";

/** Dependencies between folders point one way; each entry names what a folder must not import. */
const boundary = (files, forbidden, message, paths = [], further = []) => ({
  files,
  rules: {
    "no-restricted-imports": [
      "error",
      { paths, patterns: [{ group: forbidden, message, allowTypeImports: true }, ...further] },
    ],
  },
});

/** The root of the provider's package loads, and makes the type checker read, every service of AWS. */
const AWS_ROOT = {
  name: "@pulumi/aws",
  message: 'Import "./aws" (components/aws.ts), and add the service there.',
};
/** The policies of managed rules are a third of all code, and what the program imports is compiled at each run. */
const ALL_RULES = {
  regex: "^(\\.\\./|\\./)+rules(/(index|controls|judge|policies|policy-config|services.*))?$",
  message: "Import from rules/declaration.",
};

export default tseslint.config(
  {
    ignores: ["**/node_modules", "dist", "**/bin", "coverage", "rules/catalog/generated", "examples/**/*.js"],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { tsdoc },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "tsdoc/syntax": "error",
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "as" }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // Index signatures are read with brackets (noPropertyAccessFromIndexSignature), which this rule would undo.
      "@typescript-eslint/dot-notation": ["error", { allowIndexSignaturePropertyAccess: true }],
    },
  },
  boundary(
    ["rules/**/*.ts"],
    ["@pulumi/*", "node:*", "@aws-sdk/*", "**/components/**", "**/policypack/**", "**/cli/**"],
    "rules/ is pure: no I/O, no clock, no run-time @pulumi/*, and nothing of the other folders.",
    [],
    [{ regex: "^(\\.\\./)+lambda(/|$)", message: "rules/lambda does I/O, and the rest of rules/ is pure." }],
  ),
  // The one room with I/O below rules/: a Lambda function's side of custom rules (docs/adr/0013-custom-rules.md).
  boundary(
    ["rules/lambda/**/*.ts", "rules/custom/*/{handler,inventory}.ts"],
    ["@pulumi/*", "**/components/**", "**/policypack/**", "**/cli/**"],
    "rules/lambda builds on the rest of rules/, Node.js and the AWS SDK only.",
  ),
  {
    // What needs no import: the clock, chance, the environment, the network.
    files: ["rules/**/*.ts"],
    ignores: ["rules/lambda/**/*.ts", "rules/custom/*/{handler,inventory}.ts"],
    rules: {
      "no-restricted-globals": ["error", "process", "fetch", "setTimeout", "setInterval", "performance"],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "rules/ has no clock: take the day as a parameter." },
        { object: "Math", property: "random", message: "rules/ is deterministic." },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: "rules/ has no clock: take the day as a parameter.",
        },
      ],
    },
  },
  boundary(
    ["packages/**/*.ts"],
    ["@pulumi/*", "**/components/**", "**/policypack/**", "**/cli/**"],
    "packages/ builds on rules/ and Node.js only.",
  ),
  boundary(
    ["components/**/*.ts", "index.ts"],
    ["**/cli/**", "**/policypack/**"],
    "components/ and index.ts build on rules/ and packages/ only.",
    [AWS_ROOT],
    [ALL_RULES],
  ),
  boundary(
    ["policypack/**/*.ts"],
    ["**/cli/**", "**/components/**", "@pulumi/aws*"],
    "policypack/ builds on rules/ and packages/ only.",
  ),
  boundary(
    ["cli/**/*.ts"],
    ["**/components/**", "**/policypack/**"],
    "cli/ builds on rules/ and packages/ only.",
  ),
  {
    // A Pulumi resource works by being constructed.
    files: ["index.ts", "components/**/*.ts", "examples/**/*.ts", "test/**/*.ts"],
    rules: { "no-new": "off" },
  },
  {
    // A package of its own, with the imports of an installation, which are not there; tsc looks at its types.
    files: ["examples/own-controls/**/*.ts"],
    extends: [tseslint.configs.disableTypeChecked],
  },
  boundary(["kit/**/*.ts"], ["@pulumi/*"], "kit/ only gives out what is written elsewhere."),
  {
    files: ["test/**/*.{spec,e2e,shell}.ts"],
    extends: [mocha.configs.recommended],
    rules: {
      "mocha/no-mocha-arrows": "off",
      "mocha/no-setup-in-describe": "off",
      "mocha/max-top-level-suites": "off",
      "mocha/consistent-spacing-between-blocks": "off",
    },
  },
);
