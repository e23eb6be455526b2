import type { Io } from "../../../cli/io";

/** Runs a command and gives its exit status and what it wrote. */
export async function run(
  command: (io: Io) => number | Promise<number>,
  settings: Partial<Pick<Io, "colour" | "progress" | "columns">> = {},
): Promise<{ readonly status: number; readonly out: string; readonly err: string }> {
  let out = "";
  let err = "";
  const status = await command({
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    colour: false,
    progress: false,
    ...settings,
  });
  return { status, out, err };
}
