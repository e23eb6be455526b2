// Builds what ships as compiled JavaScript. Run by `npm ci` (prepare), so it needs nothing but node_modules.
import { buildCli } from "./build/cli.mjs";
import { buildKit } from "./build/kit.mjs";
import { buildExecutable, buildPack } from "./build/pack.mjs";
import { buildRules } from "./build/rules.mjs";

await Promise.all([buildCli(), buildKit(), buildRules(), buildPack().then((info) => buildExecutable(info))]);
