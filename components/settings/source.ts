import {
  CONNECTION_PROVIDERS,
  type ConnectionSource,
  type SourceChoice,
  type TriggerFilter,
} from "../pipeline-choices";
import type { Section } from "./section";

const KINDS = ["connection", "codeCommit", "s3"] as const;

/** The entry `pipeline.source`. */
export function sourcePart(pipeline: Section): SourceChoice | undefined {
  const source = pipeline.section("source", KINDS);
  switch (source.choice(KINDS)) {
    case "connection":
      return { connection: connectionPart(source) };
    case "codeCommit": {
      const own = source.section("codeCommit", ["repositoryName", "branch", "triggers"]);
      refuseTriggers(own);
      return {
        codeCommit: {
          repositoryName: own.requiredText("repositoryName", "The name of the repository"),
          branch: own.text("branch") ?? "main",
        },
      };
    }
    case "s3": {
      const own = source.section("s3", ["bucketName", "objectKey", "triggers"]);
      refuseTriggers(own);
      return {
        s3: {
          bucketName: own.requiredText("bucketName", "The name of the bucket"),
          objectKey: own.requiredText("objectKey", "The key of the archive"),
        },
      };
    }
    case undefined:
      pipeline.refuse("source", `It is missing. Write one of ${KINDS.join(", ")}, and what it needs.`);
      return undefined;
  }
}

function refuseTriggers(own: Section): void {
  if (!own.has("triggers")) return;
  const reason = "EventBridge tells that the source changed, but not which paths did";
  own.refuse("triggers", `${reason}: filters need a connection. Remove it.`);
}

function connectionPart(source: Section): ConnectionSource {
  const own = source.section("connection", [
    "repository",
    "branch",
    "provider",
    "create",
    "existing",
    "triggers",
  ]);
  return {
    repository: own.requiredText("repository", "The repository"),
    branch: own.text("branch") ?? "main",
    provider: own.word("provider", CONNECTION_PROVIDERS) ?? "GitHub",
    connection:
      own.choice(["create", "existing"]) === "existing"
        ? {
            existing: {
              arn: own.section("existing", ["arn"]).requiredText("arn", "The ARN of the connection"),
            },
          }
        : { create: { name: own.section("create", ["name"]).text("name") } },
    triggers: own.has("triggers")
      ? own.sections("triggers", ["branches", "paths"]).map(triggerPart)
      : undefined,
  };
}

function triggerPart(trigger: Section): TriggerFilter {
  const patterns = (name: string) => {
    if (!trigger.has(name)) return undefined;
    const own = trigger.section(name, ["includes", "excludes"]);
    return { includes: own.texts("includes"), excludes: own.texts("excludes") };
  };
  return { branches: patterns("branches"), paths: patterns("paths") };
}
