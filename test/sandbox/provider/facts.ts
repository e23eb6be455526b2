import * as fs from "node:fs";
import * as path from "node:path";

import { isObject } from "../json";
import { bodyAfter, membersOf, shapeOf, type Declared, type Shape } from "./declarations";

/** What is known of one input property. */
export interface InputFact {
  readonly shape: Shape;
  readonly isRequired: boolean;
  /** Whether the documentation says that a change of it needs a new resource. */
  readonly forcesNew: boolean;
  /** Whether it holds a value after every create: if it is optional, AWS chooses one and leaving it out changes nothing. */
  readonly isAlwaysSet: boolean;
}

/** What the installed AWS package tells about a resource type. */
export interface TypeFacts {
  readonly inputs: ReadonlyMap<string, InputFact>;
  /** Properties that only AWS sets. */
  readonly computed: ReadonlySet<string>;
  /** Properties that hold a value after every create. */
  readonly always: ReadonlySet<string>;
}

/** Facts of resource types and of the objects nested in them. */
export interface Facts {
  /** The version of the AWS package. */
  readonly version: string;
  /** Facts of a resource type such as `aws:s3/bucket:Bucket`; `undefined` when the package has no such type. */
  type(token: string): TypeFacts | undefined;
  /** The members of a nested object such as `s3.BucketVersioning`; `undefined` when the package has no such object. */
  nested(reference: string): ReadonlyMap<string, InputFact> | undefined;
}

const FORCES_NEW =
  /forces? (?:the creation of )?(?:a )?(?:new|replacement)|changing (?:this|it) (?:re-?creates|will (?:re-?create|force))/i;

/**
 * Reads the facts from the declarations of an installed `@pulumi/aws`: the provider's schema is not part of the package.
 *
 * @param directory - where the package is installed
 */
export function readFacts(directory: string): Facts {
  const types = new Map<string, TypeFacts | undefined>();
  const objects = new Map<string, ReadonlyMap<string, InputFact> | undefined>();
  const nestedTypes = new NestedTypes(path.join(directory, "types"));
  return {
    version: versionOf(directory),
    type: (token) => remembered(types, token, () => readType(directory, token)),
    nested: (reference) => remembered(objects, reference, () => nestedTypes.read(reference)),
  };
}

function remembered<T>(known: Map<string, T>, key: string, read: () => T): T {
  if (!known.has(key)) known.set(key, read());
  return known.get(key) ?? read();
}

function versionOf(directory: string): string {
  const manifest: unknown = JSON.parse(fs.readFileSync(path.join(directory, "package.json"), "utf8"));
  const version = isObject(manifest) ? manifest["version"] : undefined;
  if (typeof version !== "string")
    throw new Error(`${directory} is no installed package: its manifest names no version.`);
  return version.replace(/^v/, "");
}

function readType(directory: string, token: string): TypeFacts | undefined {
  const [, service, module, type] = /^aws:(\w+)\/(\w+):(\w+)$/.exec(token) ?? [];
  if (service === undefined || module === undefined || type === undefined) return undefined;
  for (const source of declarationsOf(path.join(directory, service), module)) {
    const body = bodyAfter(source, `export declare class ${type} extends pulumi.CustomResource {`, 0);
    if (body === undefined) continue;
    const outputs = membersOf(body, 4).filter((member) => member.type.startsWith("pulumi.Output<"));
    const always = alwaysSet(outputs, "| undefined>");
    const inputs = factsOf(
      membersOf(bodyAfter(source, `export interface ${type}Args {`, 0) ?? "", 4),
      always,
    );
    const computed = outputs.map(({ name }) => name).filter((name) => !inputs.has(name));
    return { inputs, computed: new Set(computed), always };
  }
  return undefined;
}

// Module and file differ in the case of letters, or by an underscore behind a word that is taken (`index_`).
function declarationsOf(folder: string, module: string): readonly string[] {
  if (!fs.existsSync(folder)) return [];
  const wanted = [`${module}.d.ts`, `${module}_.d.ts`].map((file) => file.toLowerCase());
  return fs
    .readdirSync(folder)
    .filter((file) => wanted.includes(file.toLowerCase()))
    .map((file) => fs.readFileSync(path.join(folder, file), "utf8"));
}

/** The two large files with the nested objects of all services, read when the first is asked for. */
class NestedTypes {
  private sources: { readonly input: string; readonly output: string } | undefined;

  constructor(private readonly folder: string) {}

  read(reference: string): ReadonlyMap<string, InputFact> | undefined {
    this.sources ??= {
      input: fs.readFileSync(path.join(this.folder, "input.d.ts"), "utf8"),
      output: fs.readFileSync(path.join(this.folder, "output.d.ts"), "utf8"),
    };
    const inputs = nestedMembers(this.sources.input, reference);
    const outputs = nestedMembers(this.sources.output, reference)?.filter((member) => !member.isOptional);
    return inputs && factsOf(inputs, new Set((outputs ?? []).map(({ name }) => name)));
  }
}

function nestedMembers(source: string, reference: string): readonly Declared[] | undefined {
  const [service, name] = reference.split(".");
  const namespace = source.indexOf(`\nexport declare namespace ${service ?? ""} {`);
  const body =
    namespace === -1 ? undefined : bodyAfter(source, `\n    interface ${name ?? ""} {\n`, 4, namespace);
  return body === undefined ? undefined : membersOf(body, 8);
}

function alwaysSet(outputs: readonly Declared[], optionalEnd: string): ReadonlySet<string> {
  return new Set(outputs.filter(({ type }) => !type.endsWith(optionalEnd)).map(({ name }) => name));
}

function factsOf(members: readonly Declared[], always: ReadonlySet<string>): ReadonlyMap<string, InputFact> {
  return new Map(
    members.map((member) => [
      member.name,
      {
        shape: shapeOf(member.type),
        isRequired: !member.isOptional,
        forcesNew: FORCES_NEW.test(member.comment),
        isAlwaysSet: always.has(member.name),
      },
    ]),
  );
}
