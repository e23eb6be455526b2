import * as fs from "node:fs";
import * as path from "node:path";
import { type PublishedPack, PolicyService } from "../policy-service";
import type { Sandbox } from "../scenario";
import { linkDependencies } from "./pack";

/**
 * Runs `pulumi policy publish` in a copy of the pack's folder that stands alone.
 *
 * @returns what the service got
 * @throws Error with what the CLI said, when it fails or sends nothing.
 */
export async function publishPack(sandbox: Sandbox, pack: string): Promise<PublishedPack> {
  const folder = path.join(fs.mkdtempSync(path.join(sandbox.work, "publish-")), "pack");
  fs.cpSync(pack, folder, { recursive: true, filter: (file) => path.basename(file) !== "node_modules" });
  linkDependencies(folder);
  const service = new PolicyService();
  const { env: engineEnv } = sandbox.engine;
  const env = { ...engineEnv, PULUMI_BACKEND_URL: await service.listen(), PULUMI_ACCESS_TOKEN: "sandbox" };
  const args = ["policy", "publish", "sandbox", "--non-interactive", "--color", "never"];
  const done = await sandbox.processes.run("pulumi", args, { cwd: folder, env });
  await service.close();
  const [published] = service.packs;
  if (done.status === 0 && published?.complete && published.archive.length > 0) return published;
  throw new Error(`The pack was not published: status ${done.status}.\n${done.stdout}${done.stderr}`);
}

/**
 * Unpacks what was published, as an engine does that gets the pack from the service, with the packages that its
 * manifest names.
 *
 * @returns the pack's folder
 */
export async function unpackPack(sandbox: Sandbox, { archive }: PublishedPack): Promise<string> {
  const folder = fs.mkdtempSync(path.join(sandbox.work, "published-"));
  fs.writeFileSync(path.join(folder, "pack.tgz"), archive);
  const { env } = sandbox.engine;
  const done = await sandbox.processes.run("tar", ["xzf", "pack.tgz"], { cwd: folder, env });
  if (done.status !== 0) throw new Error(`The published archive cannot be unpacked: ${done.stderr}`);
  // Everything in an npm archive is below "package/".
  const pack = path.join(folder, "package");
  linkDependencies(pack);
  return pack;
}
