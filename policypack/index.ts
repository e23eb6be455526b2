import * as fs from "node:fs";
import * as path from "node:path";
import { PolicyPack } from "@pulumi/policy";
import { version } from "./data";
import { FastPath } from "./fast-path";
import { inFrontOfServer } from "./install";
import { addPackages } from "./own-packages";
import { PACK_NAME, createPack } from "./pack";

// Outside a folder pack the working directory is the program's, and the SDK reads the version from there.
process.chdir(path.join(__dirname, ".."));

const hasPackages = addPackages("package.json");
const pack = createPack();
const infoFile = path.join(__dirname, "info.pb");
// What was written when the pack was built knows nothing of the policies of packages.
const info = !hasPackages && fs.existsSync(infoFile) ? fs.readFileSync(infoFile) : undefined;
inFrontOfServer(
  new FastPath(pack, version, info),
  () => new PolicyPack(PACK_NAME, pack.args, pack.initialConfig),
);
