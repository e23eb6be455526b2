import { check, isScalar, reveal, undecided } from "../engine";
import type { Context, Outcome, Path, Reader } from "../engine";

const BUCKET = "aws:s3/bucket:Bucket";

/** The name that the program gives to the one bucket of the stack that a property was made from. */
function linkedName(reader: Reader<unknown>, path: string, { stack, node }: Context): string | undefined {
  const holder = reader.place(path).holder;
  const from = holder === undefined ? node : stack.node(holder.urn);
  if (from === undefined) return undefined;
  const { nodes, uncertain } = stack.targets(from, reader.name(path), BUCKET);
  const [only] = nodes;
  const name = reveal((nodes.length === 1 && !uncertain ? only?.inputs["bucket"] : undefined) ?? null);
  return typeof name === "string" && name !== "" ? name : undefined;
}

function names(reader: Reader<unknown>, path: string, context: Context, wanted: string): Outcome {
  const reason = reader.reason(path, `set "${reader.name(path)}" to "${wanted}"`);
  const read = reader.at(path);
  if (read.kind !== "unknown") {
    const value = read.kind === "known" ? read.value : null;
    return check(isScalar(value) && String(value) === wanted, reason);
  }
  const name = linkedName(reader, path, context);
  if (name === undefined) return undecided(reason);
  return check(name === wanted, {
    ...reason,
    found: `"${reader.name(path)}" is another bucket of the stack`,
  });
}

/** A property names the bucket that is asked for, by its name or by a bucket of the stack that has the name. */
export const namesBucket = <T, P extends string>(
  reader: Reader<T>,
  path: P & Path<T, P>,
  context: Context,
  wanted: string,
): Outcome => names(reader, path, context, wanted);
