import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { printable } from "../../rules";
import { UsageError } from "../errors";

const run = promisify(execFile);

/**
 * The commit that the sources in a folder are of: in CodeBuild what the pipeline handed over, elsewhere git's.
 * @throws UsageError when there is none, or the sources are not those of the commit.
 */
export async function commitOf(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const resolved = env["CODEBUILD_RESOLVED_SOURCE_VERSION"] ?? "";
  if (resolved !== "") return resolved;
  const commit = await git(["rev-parse", "HEAD"], folder, env);
  if (commit === undefined) {
    throw new UsageError(
      "The commit is not known: CODEBUILD_RESOLVED_SOURCE_VERSION is not set, and the folder is no git checkout with a " +
        "commit. Run the command in a checkout; for an S3 source turn on the bucket's versioning.",
      folder,
    );
  }
  const changed = await git(["status", "--porcelain", "--untracked-files=no"], folder, env);
  if (changed === undefined) {
    throw new UsageError(
      'Whether the checkout differs from its commit is not known: "git status" fails. Run it in the folder, and put right what it says.',
      folder,
    );
  }
  if (changed !== "") {
    const files = changed.split("\n").map((line) => printable(line.slice(3).trim()));
    throw new UsageError(
      `The checkout differs from its commit in ${files.slice(0, 5).join(", ")}` +
        `${files.length > 5 ? ` and ${files.length - 5} more` : ""}. ` +
        "What is deployed must be a commit: commit the changes, or take them back.",
      folder,
    );
  }
  return commit;
}

async function git(
  args: readonly string[],
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  try {
    // A checkout may differ in as many files as there are.
    return (await run("git", args, { cwd: folder, env: { ...env }, maxBuffer: Infinity })).stdout.trimEnd();
  } catch {
    // No git, no repository, or no commit in it.
    return undefined;
  }
}
