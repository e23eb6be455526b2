// Makes what other projects fetch: the command and the pack as npm tarballs, the pack as one executable file, the pack's
// configuration, and the checksums of all of them.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { buildCli } from "./cli.mjs";
import { buildKit } from "./kit.mjs";
import { noticesOf, noticing } from "./notices.mjs";
import { buildExecutable, buildPack } from "./pack.mjs";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const NOTICES = "THIRD-PARTY-NOTICES.txt";

/**
 * @param {string} out - The folder that gets the files. It is put in place at the end, whole.
 * @param {string} selection - What `policy-config.json` is made of.
 * @returns {Promise<string[]>} The names of the files.
 * @throws {Error} When the folder holds something that is no release, or the selection is refused.
 */
export async function buildRelease(out, selection = join(root, "selection.yaml")) {
  const target = resolve(out);
  refuseOther(target);
  mkdirSync(dirname(target), { recursive: true });
  const work = mkdtempSync(join(dirname(target), `.${basename(target)}-`));
  try {
    const release = join(work, "release");
    mkdirSync(release);
    const folders = new Set();
    const command = join(work, "command");
    await buildCli(join(command, "dist"), { alone: true, plugins: [noticing(folders)] });
    await buildKit(join(command, "dist", "kit"), [noticing(folders)]);
    writeConfig(
      join(command, "dist", "compliance.js"),
      resolve(selection),
      join(release, "policy-config.json"),
    );
    await buildPackInto(release, join(work, "policypack"), folders);
    const notices = noticesOf(root, folders);
    for (const place of [command, release]) writeFileSync(join(place, NOTICES), notices);
    packCommand(command, release);
    const files = readdirSync(release).sort();
    writeFileSync(
      join(release, "SHA256SUMS"),
      files.map((file) => `${sumOf(join(release, file))}  ${file}\n`).join(""),
    );
    rmSync(target, { recursive: true, force: true });
    renameSync(release, target);
    return [...files, "SHA256SUMS"];
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The pack as a tarball and as one file. */
async function buildPackInto(release, folder, folders) {
  mkdirSync(folder);
  for (const file of ["PulumiPolicy.yaml", "package.json"])
    cpSync(join(root, "policypack", file), join(folder, file));
  const info = await buildPack(folder);
  npm(["pack", folder, "--pack-destination", release], root);
  await buildExecutable(info, release, [noticing(folders)]);
}

/** The files that the repository's manifest lists, without its program, and with a manifest that asks for no package. */
function packCommand(folder, release) {
  const { name, version, description, license, bin, exports, engines } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  // The program itself does not come along.
  delete exports["."];
  const [{ files }] = JSON.parse(npm(["pack", "--dry-run", "--json", "--ignore-scripts"], root));
  for (const { path } of files)
    if (!/^(dist\/|package\.json$|index\.ts$)/.test(path)) cpSync(join(root, path), join(folder, path));
  const manifest = { name, version, description, license, bin, exports, engines };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  npm(["pack", folder, "--pack-destination", release], root);
}

function writeConfig(command, selection, file) {
  execFileSync(process.execPath, [command, "policy-config", "--selection", selection, "--output", file], {
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/** A folder of somebody else is not replaced. */
function refuseOther(target) {
  if (!existsSync(target)) return;
  const files = readdirSync(target);
  if (files.length === 0 || files.includes("SHA256SUMS")) return;
  throw new Error(
    `${target} holds "${files[0]}" and no SHA256SUMS, so it is no release. Give a folder that does not exist, is empty, or has an earlier release.`,
  );
}

const npm = (args, cwd) => execFileSync("npm", ["--offline", "--silent", ...args], { cwd, encoding: "utf8" });

const sumOf = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");
