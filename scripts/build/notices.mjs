import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Collects the folders of all packages of which a build takes something.
 * @param {Set<string>} folders
 * @returns {import("esbuild").Plugin}
 */
export const noticing = (folders) => ({
  name: "noticing",
  setup(build) {
    build.initialOptions.metafile = true;
    build.onEnd(({ metafile }) => {
      for (const input of Object.keys(metafile?.inputs ?? {})) {
        const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input) ?? [];
        if (folder !== undefined) folders.add(folder.replace(/^.*?(?=node_modules\/)/, ""));
      }
    });
  },
});

/**
 * The licences of bundled packages, which ask to be given along.
 * @param {string} root - The folder that has `node_modules`.
 * @param {Iterable<string>} folders
 */
export function noticesOf(root, folders) {
  const notices = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    const file = readdirSync(join(root, folder)).find((each) => /^(licen[cs]e|copying)/i.test(each));
    const text = file === undefined ? "" : `\n${readFileSync(join(root, folder, file), "utf8").trim()}\n`;
    const notice = join(root, folder, "NOTICE");
    const more = existsSync(notice) ? `\n${readFileSync(notice, "utf8").trim()}\n` : "";
    return [`${name} ${version} (${license ?? "see its repository"})`, `${text}${more}`];
  });
  // Packages that are there twice have one entry.
  const entries = [...new Map(notices)].map(
    ([heading, text]) => `${heading}\n${"-".repeat(heading.length)}\n${text}`,
  );
  return `Parts of these packages are in the files beside this one.\n\n${entries.join("\n")}`;
}
