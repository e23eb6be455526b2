import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isMap, isScalar, parse, parseDocument, visit } from "yaml";
import { systemReason, UsageError } from "../errors";
import { onInterrupt } from "../interrupt";
import { parseYaml } from "../selection-file";
import { isObject } from "../sources/json";
import { replaceSecrets, SECRET_MARK } from "./checkpoint";
import { Passphrase } from "./passphrase";
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
  readonly remove: () => void;
}

/**
 * Copies a stack's state and settings without its secrets, so that it can be previewed by somebody who cannot decrypt
 * them: the engine opens the key of a state before it does anything else, whether there are secrets or not. Where one
 * was is the secret `[secret]`, in state and settings alike: a text that is passed on unchanged shows no difference.
 *
 * @param state - what `pulumi stack export` writes, where secrets are encrypted.
 * @throws UsageError when settings cannot be read, or the copy cannot be written.
 * @see https://www.pulumi.com/docs/iac/concepts/state-and-backends/#local-filesystem
 */
export function copyWithoutSecrets(place: StackPlace, state: unknown): CopiedStack {
  const { project, name, stackFile } = place;
  const stack = `organization/${project}/${name}`;
  const passphrase = new Passphrase();
  const settings = settingsWithoutSecrets(stackFile, passphrase);
  let folder: string | undefined;
  const remove = (): void => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  };
  const done = onInterrupt(remove);
  try {
    // Only its owner can look into it.
    folder = mkdtempSync(join(tmpdir(), "compliance-preview-"));
    const stacks = join(folder, ".pulumi", "stacks", project);
    mkdirSync(stacks, { recursive: true });
    writeFileSync(join(folder, ".pulumi", "meta.yaml"), "version: 1\n");
    writeFileSync(join(stacks, `${name}.json`), JSON.stringify(checkpointOf(stack, state)));
    const config = join(folder, `Pulumi.${name}.yaml`);
    writeFileSync(config, settings);
    return {
      stack,
      flags: ["--config-file", config],
      env: {
        PULUMI_BACKEND_URL: `file://${folder}`,
        PULUMI_CONFIG_PASSPHRASE: passphrase.phrase,
        PULUMI_CONFIG_PASSPHRASE_FILE: "",
      },
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

function settingsWithoutSecrets(file: string | undefined, passphrase: Passphrase): string {
  const text = file === undefined ? "" : readText(file);
  const settings = parseYaml(text, file ?? "") ?? {};
  if (!isObject(settings))
    throw new UsageError('The settings of a stack are a map. Begin with a line "config:".', file);
  // With this schema each value is a text, written again as it was: the CLI reads some numbers and days differently.
  const document = parseDocument(text, { schema: "failsafe" });
  if (!isMap(document.contents)) document.contents = document.createNode({}) as never;
  for (const key of OF_THE_BACKEND) document.delete(key);
  visit(document, {
    // See https://www.pulumi.com/docs/iac/concepts/secrets/: a map of nothing but the text "secure".
    Map: (_, { items }) => {
      const [pair] = items;
      if (items.length !== 1 || !isScalar(pair?.key) || pair.key.value !== "secure") return;
      const { value } = pair;
      if (!isScalar(value) || (value.type === "PLAIN" && typeof parse(String(value.value)) !== "string"))
        return;
      pair.value = document.createNode(passphrase.encrypt(PLACEHOLDER));
    },
  });
  document.set("encryptionsalt", passphrase.salt);
  return document.toString({ lineWidth: 0 });
}
