/**
 * What an interrupted command clears away: files that are half written, processes that it started. A task that takes
 * time gives a promise; a text that it resolves with is told to the user instead of "Nothing was written".
 */
export type InterruptTask = () => unknown;

const tasks = new Set<InterruptTask>();

/**
 * Registers what to clear away when the command is interrupted.
 * @returns a function that takes the task back.
 */
export function onInterrupt(task: InterruptTask): () => void {
  tasks.add(task);
  return () => tasks.delete(task);
}

/**
 * Clears away whatever is under way, and waits for what takes time.
 * @returns what the user should know.
 */
export async function clearAway(): Promise<string> {
  const running = [...tasks];
  tasks.clear();
  // The others begin before the first has ended.
  const said = await Promise.all(running.map((task) => Promise.resolve(task())));
  return said.find((sentence) => typeof sentence === "string") ?? "Nothing was written.";
}
