import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";

/**
 * Starts the command from its bundle and, where the build has left it, from V8's compiled form of it. To compile a bundle of
 * this size takes a third of the time of a small check.
 * @see https://nodejs.org/docs/latest-v20.x/api/vm.html#scriptcreatecacheddata
 */

type Main = (
  exports: unknown,
  require: NodeJS.Require,
  module: NodeJS.Module,
  filename: string,
  dirname: string,
) => void;

const bundle = join(__dirname, "bundle", "compliance.js");

/** Compiled by another version of Node.js, it is as good as missing: V8 rejects it. */
function compiled(): Buffer | undefined {
  try {
    return readFileSync(join(__dirname, "bundle", "compliance.cache"));
  } catch {
    return undefined;
  }
}

const cachedData = compiled();
const script = new Script(readFileSync(bundle, "utf8"), {
  filename: bundle,
  ...(cachedData === undefined ? {} : { cachedData }),
});
(script.runInThisContext() as Main)(exports, require, module, __filename, __dirname);
