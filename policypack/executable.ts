import { version } from "./data";
import { FastPath } from "./fast-path";
import { inFrontOfServer } from "./install";
import { addPackages } from "./own-packages";
import { PACK_NAME, createPack } from "./pack";
import type { Pack } from "./pack";

/** The description of the pack as the SDK serialises it, in base64; the build puts it here. */
declare const PACK_INFO: string;

/** What the constructor of the SDK's `PolicyPack` calls once it has read the version. */
type Serve = (
  name: string,
  version: string,
  level: Pack["args"]["enforcementLevel"],
  args: Pack["args"],
  initialConfig: Pack["initialConfig"],
) => void;

/**
 * The SDK's server. It is not used through `PolicyPack` here, because that takes the version from a `package.json` in the
 * working directory, and an executable file has none beside it.
 * @throws Error when the SDK has it no longer; the build holds the SDK's version, so that a test sees it first.
 */
function sdkServer(): Serve {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the SDK ships no types for this file
  const server = require("@pulumi/policy/server") as { readonly serve?: Serve };
  if (server.serve === undefined)
    throw new Error("@pulumi/policy has no serve(); see policypack/executable.ts.");
  return server.serve;
}

const hasPackages = addPackages(__filename.replace(/\.[^.]*$/, ".json"));
const pack = createPack();
const serve = sdkServer();
const info = hasPackages ? undefined : Buffer.from(PACK_INFO, "base64");
inFrontOfServer(new FastPath(pack, version, info), () =>
  serve(PACK_NAME, version, pack.args.enforcementLevel, pack.args, pack.initialConfig),
);
