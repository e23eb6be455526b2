/** What must not outlive an interrupted command: files that are half written, processes that it started. */
const tasks = new Set<() => void>();

/**
 * Registers what to clear away when the command is interrupted.
 * @returns a function that takes the task back.
 */
export function onInterrupt(task: () => void): () => void {
  tasks.add(task);
  return () => tasks.delete(task);
}

/** Clears away whatever is under way. */
export function clearAway(): void {
  for (const task of tasks) task();
  tasks.clear();
}
