// Makes the files that other projects fetch. Run by "npm run pack".
import { relative } from "node:path";
import { parseArgs } from "node:util";
import { buildRelease } from "./build/release.mjs";

const USAGE = `Usage: npm run pack -- [options]

Makes the command and the policy pack as npm tarballs, the pack as one executable file, the pack's configuration, and
SHA256SUMS of all of them.

  --out DIR          the folder that gets them (default: dist/release)
  --selection FILE   what the configuration is made of (default: selection.yaml)
  --help             print this`;

try {
  const { values } = parseArgs({
    options: {
      out: { type: "string", default: "dist/release" },
      selection: { type: "string", default: "selection.yaml" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) console.log(USAGE);
  else
    for (const file of await buildRelease(values.out, values.selection))
      console.log(`${relative("", values.out)}/${file}`);
} catch (error) {
  // What the command said about a selection stands above.
  console.error(error.status === undefined ? `error: ${error.message}` : "error: Nothing was written.");
  process.exitCode = 2;
}
