import { printable } from "../../rules";
import type { Io } from "../io";
import type { SelectionChoice } from "../sources/selection";

/** Says that a stack changes nothing, for a command that takes nothing from it but the selection. */
export function noteStackBesideSelection({ selection, stack }: SelectionChoice, io: Io): void {
  if (selection === undefined || stack === undefined) return;
  noteIgnored(stack, `the selection is that of ${printable(selection)}`, io);
}

/** One line on standard error, since a flag without effect looks as if it had one. */
export function noteIgnored(stack: string, reason: string, io: Io): void {
  io.stderr.write(`note: "--stack ${printable(stack)}" is ignored: ${reason}.\n`);
}
