import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemReason, UsageError } from "../errors";
import { onInterrupt } from "../interrupt";
import { parseYaml } from "../selection-file";
import { isObject, own, type Json } from "../sources/json";
import { replaceSecrets, SECRET_MARK } from "./checkpoint";
import { readText, type StackPlace } from "./stack";

/** What stands where a secret was. */
const PLACEHOLDER = "[secret]";

/** What belongs to the backend that the stack really is in. */
const OF_THE_BACKEND = ["encryptedkey", "encryptionsalt", "environment", "secretsprovider"];

/** A copy of a stack in a backend of its own, which no key opens and none is needed for. */
export interface CopiedStack {
  /** Its name there. */
  readonly stack: string;
  readonly flags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What of the settings is not in the copy, beside secrets. */
  readonly missing: readonly string[];
  readonly remove: () => void;
}

/**
 * Copies a stack's state and settings without its secrets, so that it can be previewed by somebody who cannot decrypt
 * them: the engine opens the key of a state before it does anything else, whether there are secrets or not. Where one
 * was is `[secret]`, in state and settings alike: what passes it on unchanged shows no difference.
 *
 * @param state - what `pulumi stack export` writes, where secrets are encrypted.
 * @throws UsageError when settings cannot be read, or the copy cannot be written.
 * @see https://www.pulumi.com/docs/iac/concepts/state-and-backends/#local-filesystem
 */
export function copyWithoutSecrets(place: StackPlace, state: unknown): CopiedStack {
  const { project, name, stackFile } = place;
  const stack = `organization/${project}/${name}`;
  const settings = stackFile === undefined ? {} : readSettings(stackFile);
  let folder: string | undefined;
  const remove = (): void => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  };
  const done = onInterrupt(remove);
  try {
    folder = mkdtempSync(join(tmpdir(), "compliance-preview-"));
    const stacks = join(folder, ".pulumi", "stacks", project);
    mkdirSync(stacks, { recursive: true });
    writeFileSync(join(folder, ".pulumi", "meta.yaml"), "version: 1\n");
    writeFileSync(join(stacks, `${name}.json`), JSON.stringify(checkpointOf(stack, state)));
    const config = join(folder, `Pulumi.${name}.yaml`);
    // JSON is YAML.
    writeFileSync(config, JSON.stringify(withoutSecrets(settings)));
    return {
      stack,
      flags: ["--config-file", config],
      env: {
        PULUMI_BACKEND_URL: `file://${folder}`,
        PULUMI_CONFIG_PASSPHRASE: randomBytes(16).toString("hex"),
        PULUMI_CONFIG_PASSPHRASE_FILE: "",
      },
      missing: own(settings, "environment") === undefined ? [] : ["environment"],
      remove: () => {
        remove();
        done();
      },
    };
  } catch (error) {
    remove();
    done();
    throw new UsageError(`The copy without secrets cannot be written. ${systemReason(error)}.`, tmpdir(), {
      cause: error,
    });
  }
}

/** The file of a stack in a backend of Pulumi's own making. */
function checkpointOf(stack: string, state: unknown): object {
  const { deployment, ...versions } = isObject(state) ? state : {};
  if (!isObject(deployment)) return { ...versions, checkpoint: { stack } };
  const latest = Object.fromEntries(
    Object.entries(deployment).filter(([key]) => key !== "secrets_providers"),
  );
  const plaintext = JSON.stringify(PLACEHOLDER);
  return {
    ...versions,
    checkpoint: { stack, latest: replaceSecrets(latest, { ...SECRET_MARK, plaintext }) },
  };
}

function readSettings(file: string): Json {
  const settings = parseYaml(readText(file), file) ?? {};
  if (!isObject(settings))
    throw new UsageError('The settings of a stack are a map. Begin with a line "config:".', file);
  return settings;
}

function withoutSecrets(settings: Json): object {
  return Object.fromEntries(
    Object.entries(settings)
      .filter(([key]) => !OF_THE_BACKEND.includes(key))
      .map(([key, value]) => [key, key === "config" ? withoutSecure(value) : value]),
  );
}

/** @see https://www.pulumi.com/docs/iac/concepts/secrets/ */
function withoutSecure(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecure);
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  if (keys.length === 1 && keys[0] === "secure") return PLACEHOLDER;
  return Object.fromEntries(keys.map((key) => [key, withoutSecure(own(value, key))]));
}
