import { mark, reveal } from "../rules/engine";

/** The engine sends no ids. The AWS provider has the id among the outputs, unknown until there is one. */
export function idIn(outputs: Readonly<Record<string, unknown>>): string | undefined {
  const id = Object.hasOwn(outputs, "id") ? reveal(mark(outputs["id"])) : undefined;
  return typeof id === "string" && id !== "" ? id : undefined;
}
