import * as assert from "node:assert/strict";

/** What EventBridge takes of an input transformer. */
interface Transformer {
  readonly inputPaths: Readonly<Record<string, string>>;
  readonly inputTemplate: string;
}

/**
 * What a target receives of an event, by the rules of EventBridge: a value stands where its name stood, a path that
 * leads nowhere leaves nothing behind, and the template's size and the number of paths are limited.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function transform({ inputPaths, inputTemplate }: Transformer, event: unknown): string {
  assert.ok(inputTemplate.length <= 8192, "the template is too long");
  assert.ok(Object.keys(inputPaths).length <= 100, "there are too many paths");
  for (const [name, path] of Object.entries(inputPaths)) {
    assert.match(name, /^(?!aws)\w+$/i);
    assert.match(path, /^\$(\.[\w-]+)+$/);
  }
  return inputTemplate.replace(/<([^<>]+)>/g, (_, name: string) => {
    const path = inputPaths[name];
    assert.ok(path !== undefined, `<${name}> has no path`);
    const value = path.split(".").slice(1).reduce<unknown>(stepInto, event);
    return value === undefined ? "" : JSON.stringify(value).replace(/^"|"$/g, "");
  });
}

function stepInto(value: unknown, step: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([key]) => key === step)?.[1]
    : undefined;
}
