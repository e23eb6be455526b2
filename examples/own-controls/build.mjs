// Compiles the package: one module with all controls, for policies, and one bundle for each function.
import { readdirSync, rmSync } from "node:fs";
import { build } from "esbuild";

const names = readdirSync("controls");
const common = {
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  logLevel: "warning",
  // In strict mode a predicate that changes its input fails, as in Lambda.
  tsconfigRaw: { compilerOptions: { strict: true } },
};

rmSync("dist", { recursive: true, force: true });
await Promise.all([
  // Nothing has to be installed beside it, wherever a policy pack runs.
  build({ ...common, entryPoints: [{ in: "index.ts", out: "controls" }] }),
  build({
    ...common,
    entryPoints: names.map((name) => ({ in: `controls/${name}/handler.ts`, out: `rules/${name}/index` })),
    minify: true,
    keepNames: true,
    sourcemap: true,
    sourcesContent: false,
    // Lambda's Node.js runtimes have the SDK.
    external: ["@aws-sdk/*"],
  }),
  build({ ...common, entryPoints: ["test/parity.test.ts"], outdir: "dist/test", packages: "external" }),
]);
