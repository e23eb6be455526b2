// What GitHub's own parser finds wrong with a workflow. Its package is an ES module that imports JSON as bundlers do, so
// that a spec bundles this file.
import { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } from "@actions/workflow-parser";

/**
 * @param {string} name
 * @param {string} content
 * @returns {Promise<string[]>}
 */
export async function mistakesIn(name, content) {
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  if (value !== undefined) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}
