import { existsSync } from "node:fs";
import { join } from "node:path";
import { printable } from "../../rules";
import { FILES } from "./folder";
import { fileHash } from "./hashes";
import type { Facts, Manifest } from "./manifest";

const MILLISECONDS_OF_MINUTE = 60_000;

/** Clocks of two machines may differ by this much. */
const TOLERANCE_MINUTES = 5;

/** What differs between a preview and now, one sentence each, with what to do. Empty: it may be deployed. */
export function differences(approved: Manifest, now: Facts): readonly string[] {
  const found: string[] = [];
  const compare = (what: string, before: string, after: string, fix: string): void => {
    if (before !== after)
      found.push(`${what}: approved is ${shown(before)}, now it is ${shown(after)}. ${fix}`);
  };
  compare("stack", approved.stack, now.stack, 'Give the folder of this stack\'s preview with "--from".');
  compare("commit", approved.commit, now.commit, "Preview this commit, or deploy the approved one.");
  compare("lock file", approved.lockFile, now.lockFile, "Install from the lock file of the approved commit.");
  compare(
    "stack file",
    approved.stackFile,
    now.stackFile,
    "Preview again with the settings as they are now.",
  );
  compare(
    "number of policy packs",
    String(approved.policyPacks.length),
    String(now.policyPacks.length),
    "Give the packs that the preview was given.",
  );
  const pairs = Math.min(approved.policyPacks.length, now.policyPacks.length);
  for (let index = 0; index < pairs; index++) {
    const [was, is] = [approved.policyPacks[index], now.policyPacks[index]];
    const which = pairs === 1 ? "" : ` ${index + 1}`;
    compare(
      `policy pack${which}`,
      was?.pack ?? "",
      is?.pack ?? "",
      "Preview again with the pack as it is now.",
    );
    compare(
      `configuration of policy pack${which}`,
      was?.config ?? "",
      is?.config ?? "",
      "Preview again with it; an exemption that ended since also changes it.",
    );
  }
  compare("Pulumi CLI", approved.cli, now.cli, "Put the approved version on PATH, or preview again.");
  compare("compliance command", approved.tool, now.tool, "Preview again with this version.");
  compare(
    "state of the stack",
    approved.checkpoint,
    now.checkpoint,
    "The stack was changed since the preview. Preview again.",
  );
  return found;
}

/** What is wrong with the age of a preview. */
export function ageProblems({ time }: Manifest, maxMinutes: number, now: Date): readonly string[] {
  const minutes = (now.getTime() - Date.parse(time)) / MILLISECONDS_OF_MINUTE;
  if (minutes > maxMinutes) {
    return [
      `age: the preview is ${Math.floor(minutes)} minutes old (${printable(time)}), allowed are ${maxMinutes}. ` +
        'Preview again, or allow more with "--max-age".',
    ];
  }
  return minutes < -TOLERANCE_MINUTES
    ? [`age: the preview is from the future (${printable(time)}). Set the clocks right, and preview again.`]
    : [];
}

/** What is wrong with the files beside the manifest. */
export async function fileProblems(folder: string, manifest: Manifest): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [file, approved] of [
    [FILES.plan, manifest.plan],
    [FILES.steps, manifest.steps],
  ] as const) {
    const path = join(folder, file);
    const now = existsSync(path) ? await fileHash(path) : "none";
    if (now !== approved) {
      found.push(
        `${file}: approved is ${shown(approved)}, now it is ${shown(now)}. The file is not the one that the preview wrote. Preview again.`,
      );
    }
  }
  return found;
}

/** Hashes are told apart by their beginning. */
const shown = (value: string): string =>
  /^[0-9a-f]{64}$/.test(value) ? value.slice(0, 12) : printable(value);
