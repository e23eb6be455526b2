import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { printable } from "../../rules";
import { systemReason, UsageError } from "../errors";
import { isObject, own } from "../sources/json";
import { TOOL } from "../version";
import type { DeliverContext } from "./operation";
import { Pulumi } from "./pulumi";

/** The flags of `compliance deliver publish`. */
export interface PublishOptions {
  /** The organisation of Pulumi Cloud. */
  readonly organisation: string;
  /** The folder of the pack. */
  readonly policyPack: string;
  /** The name that the pack gives itself. */
  readonly name?: string;
}

const ORGANISATION = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;

/** A self-managed backend holds states and nothing else. */
const SELF_MANAGED = /^(s3|gs|azblob|file|postgres):/;

/**
 * `compliance deliver publish`: publishes the version of the policy pack that its manifest names, when the organisation
 * does not have it yet. A version is never published twice, and never replaced: the service keeps no content to compare
 * with, so a pack that changed needs a new version.
 * @returns 0 when the organisation has the version.
 * @throws UsageError when it cannot be published.
 */
export async function deliverPublish(options: PublishOptions, context: DeliverContext): Promise<0> {
  const { organisation, policyPack } = options;
  if (!ORGANISATION.test(organisation)) {
    throw new UsageError(
      `The organisation is "${printable(organisation)}". Allowed are letters, digits, hyphens and underscores, as in the ` +
        "address of the organisation in Pulumi Cloud.",
    );
  }
  const backend = context.env["PULUMI_BACKEND_URL"] ?? "";
  if (SELF_MANAGED.test(backend)) {
    throw new UsageError(
      `Packs are published to Pulumi Cloud, and the backend is ${printable(backend.split("?")[0] ?? "")}. ` +
        'Without Pulumi Cloud give the pack to each project with "--policy-pack".',
      "PULUMI_BACKEND_URL",
    );
  }
  const version = versionOf(policyPack);
  const name = options.name ?? TOOL.name;
  const pulumi = new Pulumi({ folder: policyPack, ...context });
  await pulumi.version();
  const what = `${name} ${version}`;
  const there = `"${organisation}" has ${what} already; it is not published again. A pack that changed needs a new version in its package.json.\n`;
  if ((await versionsOf(pulumi, organisation, name)).includes(version)) {
    context.stdout.write(there);
    return 0;
  }
  try {
    await pulumi.read(["policy", "publish", organisation, "--non-interactive", "--color", "never"]);
  } catch (error) {
    // Somebody else was faster.
    if (!(error instanceof UsageError) || !error.message.includes("[409]")) throw error;
    context.stdout.write(there);
    return 0;
  }
  const now = await versionsOf(pulumi, organisation, name);
  if (!now.includes(version)) {
    throw new UsageError(
      `"pulumi policy publish" ended with status 0, and "${organisation}" has no ${what}: it has ${now.map(printable).join(", ") || "no version"}. ` +
        'If the pack gives itself another name, say it with "--name".',
    );
  }
  context.stdout.write(`Published ${what} to "${organisation}".\n`);
  return 0;
}

function versionOf(folder: string): string {
  const file = join(folder, "package.json");
  if (!existsSync(join(folder, "PulumiPolicy.yaml")))
    throw new UsageError('There is no "PulumiPolicy.yaml". Give the folder of a policy pack.', folder);
  let manifest: unknown;
  try {
    manifest = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UsageError(
      `The pack's manifest cannot be read. ${error instanceof SyntaxError ? "It is no JSON" : systemReason(error)}.`,
      file,
      { cause: error },
    );
  }
  const version = isObject(manifest) ? own(manifest, "version") : undefined;
  if (typeof version === "string" && /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version)) return version;
  throw new UsageError('The pack\'s manifest has no version. Add "version": "1.0.0".', file);
}

async function versionsOf(pulumi: Pulumi, organisation: string, name: string): Promise<readonly string[]> {
  const list = await pulumi.readJson(["policy", "ls", organisation, "--json"]);
  if (!Array.isArray(list))
    throw new UsageError('"pulumi policy ls --json" gives no list. Put the real CLI on PATH.');
  const packs: readonly unknown[] = list;
  return packs.flatMap((pack) => {
    const versions = isObject(pack) && own(pack, "name") === name ? own(pack, "versions") : undefined;
    return Array.isArray(versions) ? versions.map(String) : [];
  });
}
