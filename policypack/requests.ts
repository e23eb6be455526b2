import { BinaryReader } from "google-protobuf";
import type { ResourceFacts } from "../rules/engine";
import { idIn } from "./identity";
import { readStruct } from "./struct";

/**
 * The requests of the engine, read from their bytes into facts. Secrets and unknown values are still marked in them.
 * Properties stay bytes until they are asked for: of most resources of a stack nobody reads the outputs.
 * @see https://github.com/pulumi/pulumi/blob/master/proto/pulumi/analyzer.proto
 */

type Properties = Readonly<Record<string, unknown>>;

/** A resource that is being registered, and its provider, where the engine tells it. */
export interface Registered {
  readonly facts: ResourceFacts;
  readonly provider: ResourceFacts | undefined;
}

/** Reads a request to analyze one resource. */
export function registeredIn(bytes: Uint8Array): Registered {
  const message = new ResourceMessage();
  readResource(message, new BinaryReader(bytes));
  refuseNameless(message);
  const { urn, type, optionsParent: parent, provider } = message;
  return {
    facts: {
      urn,
      type,
      get inputs() {
        return message.properties;
      },
      parent,
      provider: provider?.urn,
    },
    provider: provider === undefined ? undefined : providerFacts(provider),
  };
}

/** The resources of a request to analyze a stack. They come with their outputs; `registered` knows what they were made of. */
export function stackIn(
  bytes: Uint8Array,
  registered: (urn: string) => ResourceFacts | undefined,
): readonly ResourceFacts[] {
  const messages: ResourceMessage[] = [];
  readStack(messages, new BinaryReader(bytes));
  messages.forEach(refuseNameless);
  const facts = messages.map((message) => factsOf(message, registered(message.urn)));
  const known = new Set(facts.map(({ urn }) => urn));
  const providers = new Map<string, ResourceFacts>();
  for (const { provider } of messages)
    if (provider !== undefined && !known.has(provider.urn))
      providers.set(provider.urn, providerFacts(provider));
  return [...facts, ...providers.values()];
}

/** No control asks about a resource without a type: to answer would be to let it pass. */
function refuseNameless({ type, urn }: ResourceMessage): void {
  if (type !== "" && urn !== "") return;
  throw new Error(
    `The engine sent a resource without ${type === "" ? "a type" : "a URN"}: the message is damaged, or this version of the pack cannot read it.`,
  );
}

function factsOf(message: ResourceMessage, known: ResourceFacts | undefined): ResourceFacts {
  return {
    urn: message.urn,
    type: message.type,
    get inputs() {
      return known === undefined ? message.properties : known.inputs;
    },
    get outputs() {
      return message.properties;
    },
    get id() {
      return idIn(message.properties);
    },
    parent: message.parent,
    provider: message.provider?.urn,
    dependencies: message.dependencies,
    propertyDependencies: Object.fromEntries(message.propertyDependencies),
  };
}

const providerFacts = (message: ResourceMessage): ResourceFacts => ({
  urn: message.urn,
  type: message.type,
  get inputs() {
    return message.properties;
  },
});

/** What the messages of a resource to be registered, of a resource of a stack and of a provider hold. */
class ResourceMessage {
  public type = "";
  public urn = "";
  public struct: Uint8Array = new Uint8Array();
  /** The parent among the options, which a resource to be registered has. */
  public optionsParent: string | undefined;
  /** The parent of a resource of a stack. */
  public parent: string | undefined;
  public provider: ResourceMessage | undefined;
  public readonly dependencies: string[] = [];
  public readonly propertyDependencies: [property: string, urns: readonly string[]][] = [];
  private read: Properties | undefined;

  public get properties(): Properties {
    return (this.read ??= readStruct(this.struct));
  }
}

function readStack(messages: ResourceMessage[], reader: BinaryReader): void {
  while (reader.nextField()) {
    if (reader.getFieldNumber() === 1) {
      const message = new ResourceMessage();
      reader.readMessage(message, readResource);
      messages.push(message);
    } else reader.skipField();
  }
}

/** The three messages give the same numbers to the same fields. */
function readResource(message: ResourceMessage, reader: BinaryReader): void {
  while (reader.nextField()) {
    switch (reader.getFieldNumber()) {
      case 1:
        message.type = reader.readString();
        break;
      case 2:
        message.struct = reader.readBytes();
        break;
      case 3:
        message.urn = reader.readString();
        break;
      case 5:
        reader.readMessage(message, readOptions);
        break;
      case 6:
        message.provider = new ResourceMessage();
        reader.readMessage(message.provider, readResource);
        break;
      case 7:
        message.parent = textOrNothing(reader.readString());
        break;
      case 8:
        message.dependencies.push(reader.readString());
        break;
      case 9:
        reader.readMessage(message, readPropertyDependencies);
        break;
      default:
        reader.skipField();
    }
  }
}

function readOptions(message: ResourceMessage, reader: BinaryReader): void {
  while (reader.nextField()) {
    if (reader.getFieldNumber() === 8) message.optionsParent = textOrNothing(reader.readString());
    else reader.skipField();
  }
}

function readPropertyDependencies(message: ResourceMessage, reader: BinaryReader): void {
  let property = "";
  const urns: string[] = [];
  while (reader.nextField()) {
    if (reader.getFieldNumber() === 1) property = reader.readString();
    else if (reader.getFieldNumber() === 2) reader.readMessage(urns, readUrns);
    else reader.skipField();
  }
  message.propertyDependencies.push([property, urns]);
}

function readUrns(urns: string[], reader: BinaryReader): void {
  while (reader.nextField()) {
    if (reader.getFieldNumber() === 1) urns.push(reader.readString());
    else reader.skipField();
  }
}

const textOrNothing = (text: string): string | undefined => (text === "" ? undefined : text);
