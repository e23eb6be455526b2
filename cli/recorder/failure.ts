import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import type { RecordFailure } from "./protocol";

/** What a program threw, in the terms of {@link RecordFailure}. */
export function failureOf(error: unknown, folder: string): RecordFailure {
  if (!(error instanceof Error)) return { kind: "threw", message: describe(error) };
  const stack = error.stack ?? "";
  const common = { message: error.message, stack, ...placeIn(stack, folder) };
  switch (error.constructor.name) {
    case "ConfigMissingError":
      return { kind: "missing-config", ...common, message: keyOf(error) };
    case "ConfigTypeError": {
      const [, key, wanted] =
        /^Configuration '([^']*)' value .* is not a valid (.*)$/s.exec(error.message) ?? [];
      if (key === undefined || wanted === undefined) return { kind: "threw", ...common };
      return { kind: "wrong-config", ...common, message: key, wanted };
    }
    default:
      return { kind: "threw", ...common };
  }
}

function keyOf(error: Error): string {
  if ("key" in error && typeof error.key === "string") return error.key;
  return /'([^']*)'/.exec(error.message)?.[1] ?? error.message;
}

function describe(thrown: unknown): string {
  if (typeof thrown === "string") return thrown;
  try {
    const text: unknown = JSON.stringify(thrown);
    // JSON has no form for `undefined`, functions and symbols.
    return typeof text === "string" ? text : inspect(thrown);
  } catch {
    return inspect(thrown);
  }
}

/** The topmost line of a stack trace that is in the program itself, rather than in a package. */
function placeIn(stack: string, folder: string): { readonly place?: string } {
  for (const [, file = "", position = ""] of stack.matchAll(/((?:file:\/\/)?\/[^\s()]*?):(\d+(?::\d+)?)/g)) {
    const path = file.startsWith("file://") ? fileURLToPath(file) : file;
    const inside = relative(folder, path);
    if (!inside.startsWith("..") && !inside.includes("node_modules"))
      return { place: `${inside}:${position}` };
  }
  return {};
}
