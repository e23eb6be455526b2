import type { Source, SourceOptions } from "./types";
export function recordProgram(path: string, file: string, options: SourceOptions): Promise<Source> {
  throw new Error(path + file + String(options.stack));
}
