// pulumi-resource-aws: prints the port that it serves on and stays until the engine ends it or is gone itself.
import { createRequire } from "node:module";
import * as path from "node:path";

import { readFacts, type Facts } from "./facts";
import { describe } from "./failures";
import { serve } from "./server";

const PARENT_POLL_MILLISECONDS = 500;

/** Finds the AWS package of the program: the engine starts a provider in the program's folder. */
function installedFacts(): Facts {
  const places = [process.env["COMPLIANCE_SANDBOX_MODULES"], process.cwd(), __dirname].filter(
    (place) => place !== undefined,
  );
  for (const place of places) {
    try {
      return readFacts(
        path.dirname(createRequire(path.join(place, "any.js")).resolve("@pulumi/aws/package.json")),
      );
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND")) throw error;
    }
  }
  throw new Error(
    `@pulumi/aws is not installed in any of ${places.join(", ")}; run "npm ci" in the program's folder.`,
  );
}

process.on("SIGTERM", () => process.exit(0));
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(0);
}, PARENT_POLL_MILLISECONDS).unref();
// The SDK's notice about coming Node releases would end up among the engine's messages.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

Promise.resolve()
  .then(() => serve(installedFacts(), process.env))
  .then(({ port }) => process.stdout.write(`${port}\n`))
  .catch((error: unknown) => {
    process.stderr.write(`${describe(error)}\n`);
    process.exitCode = 1;
  });
