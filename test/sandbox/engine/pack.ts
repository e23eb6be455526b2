import * as fs from "node:fs";
import * as path from "node:path";
import { objectOf, parseJson } from "../json";
import { CHECKOUT } from "./checkout";

const MODULES = path.join(CHECKOUT, "node_modules");

/**
 * Gives a policy pack's folder the packages that its own manifest asks for, with what those ask for, as `npm install`
 * there would: what the pack needs beyond them shows.
 */
export function linkDependencies(folder: string): void {
  const linked = new Set<string>();
  const waiting = [...dependenciesOf(folder)];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const target = path.join(MODULES, name);
    if (linked.has(name) || !fs.existsSync(target)) continue;
    linked.add(name);
    const link = path.join(folder, "node_modules", name);
    fs.mkdirSync(path.dirname(link), { recursive: true });
    fs.symlinkSync(target, link);
    waiting.push(...dependenciesOf(target));
  }
}

function dependenciesOf(folder: string): readonly string[] {
  const manifest = path.join(folder, "package.json");
  const { dependencies } = objectOf(parseJson(fs.readFileSync(manifest, "utf8"), manifest));
  return Object.keys(objectOf(dependencies));
}
