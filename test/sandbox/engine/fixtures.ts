import * as fs from "node:fs";
import * as path from "node:path";
import type { Sandbox } from "../scenario";
import { linkModules } from "./checkout";

const FIXTURES = path.join(__dirname, "..", "fixtures");

/** A copy of a fixture (a program or a pack) in the sandbox's work folder, with the checkout's dependencies. */
export function fixture({ work }: Sandbox, name: string): string {
  const folder = path.join(work, "fixtures", name);
  if (fs.existsSync(folder)) return folder;
  fs.cpSync(path.join(FIXTURES, name), folder, { recursive: true });
  linkModules(folder);
  return folder;
}

/** Writes a JSON file into the sandbox's work folder and gives its path. */
export function jsonFile({ work }: Sandbox, name: string, content: unknown): string {
  const file = path.join(work, name);
  fs.writeFileSync(file, JSON.stringify(content, undefined, 2));
  return file;
}
