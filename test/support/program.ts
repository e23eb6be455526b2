/** Runs the program of this repository, each time anew: a program runs by being loaded. */
export async function runProgram(): Promise<unknown> {
  const file = require.resolve("../../index");
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the module's cache has no other way to forget
  delete require.cache[file];
  return (await import(file)) as unknown;
}
