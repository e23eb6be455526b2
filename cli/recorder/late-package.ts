import { Module } from "node:module";

/**
 * The package manager that the SDK loads together with itself. Only a function that becomes a Lambda function's code
 * needs it; loading it takes as long as all the rest of the SDK.
 */
export const PACKAGE_MANAGER = "@npmcli/arborist";

/** What a package exports: an object, or a class that holds the rest. */
type Exports = new (...args: unknown[]) => object;

/**
 * Has a CommonJS package be loaded when the first of its exports is read, and not when it is required.
 * @param load - The `require` of those who will ask for the package; one that cannot find it changes nothing.
 */
export function loadLate(load: NodeJS.Require, name: string): void {
  let filename: string;
  try {
    filename = load.resolve(name);
  } catch {
    return;
  }
  if (load.cache[filename] !== undefined) return;
  const real = (): Exports => {
    if (load.cache[filename] === standIn) Reflect.deleteProperty(load.cache, filename);
    return load(filename) as Exports;
  };
  const standIn = new Module(filename);
  standIn.filename = filename;
  standIn.loaded = true;
  // A function that can be called with `new`, and has nothing of its own that would have to be told truly.
  standIn.exports = new Proxy(Object.bind(undefined), {
    // With the mark of an ES module, a compiled `import * as` keeps the object instead of reading all that it has.
    get: (_, key): unknown =>
      key === "__esModule" ? true : key === "default" ? real() : Reflect.get(real(), key),
    construct: (_, args: unknown[]) => new (real())(...args),
  });
  load.cache[filename] = standIn;
}
