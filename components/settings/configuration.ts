import * as pulumi from "@pulumi/pulumi";
import type { Problems } from "../../rules/selection/problems";

/** The namespace of this project's settings in `Pulumi.<stack>.yaml`. */
export const NAMESPACE = "compliance";

/** The untyped configuration of the namespace. */
export function configuration(problems: Problems): Readonly<Record<string, unknown>> {
  const config = new pulumi.Config(NAMESPACE);
  const secretKeys = process.env["PULUMI_CONFIG_SECRET_KEYS"] ?? "";
  const found: Record<string, unknown> = {};
  for (const key of Object.keys(pulumi.runtime.allConfig())) {
    const [namespace, name = ""] = key.split(":");
    if (namespace !== NAMESPACE) continue;
    if (secretKeys.includes(JSON.stringify(key))) {
      // Settings become names and tags that everybody can read, and errors show them.
      problems.add(name, "It is encrypted, but settings are no secrets. Set it again without --secret.");
    } else {
      found[name] = untypedValue(config, name);
    }
  }
  return found;
}

/** JSON where the text is JSON: lists and maps always are, and so are numbers and booleans. */
function untypedValue(config: pulumi.Config, name: string): unknown {
  const text = config.get(name) ?? "";
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
