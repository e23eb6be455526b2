import type { ResourceFacts } from "../rules";

type Inputs = Readonly<Record<string, unknown>>;

const ACCOUNT = "123456789012";
const REGION = "eu-west-1";
export const PROJECT = "bench";
const STACK_URN = `urn:pulumi:prod::${PROJECT}::pulumi:pulumi:Stack::${PROJECT}-prod`;
const PROVIDER_URN = `urn:pulumi:prod::${PROJECT}::pulumi:providers:aws::default_7_48_0`;
const PROVIDER_ID = "6f0f7a46-6f0e-4f38-9b52-0a4b5f6c3f11";

/** A resource that others refer to. */
export interface Made {
  readonly urn: string;
  readonly id: string;
  readonly arn: string;
  readonly name: string;
}

/** An input that was made from another resource. */
export class From {
  public constructor(
    public readonly resource: Made,
    public readonly value: unknown,
  ) {}
}

/** The id, ARN or name of a resource as an input of another. */
export const idOf = (resource: Made): From => new From(resource, resource.id);
export const arnOf = (resource: Made): From => new From(resource, resource.arn);
export const nameOf = (resource: Made): From => new From(resource, resource.name);

/** Collects the resources of a deployed stack, up to a number of managed ones. */
export class Stack {
  private readonly managed: ResourceFacts[] = [];

  public constructor(private readonly size: number) {}

  public get isFull(): boolean {
    return this.managed.length >= this.size;
  }

  /** Adds a resource; what does not fit any more is made, but not kept. */
  public add(type: string, name: string, inputs: Inputs): Made {
    const service = type.split(":")[1]?.split("/")[0] ?? "";
    const made: Made = {
      urn: `urn:pulumi:prod::${PROJECT}::${type}::${name}`,
      id: `${name}-4f2a91c`,
      arn: `arn:aws:${service}:${REGION}:${ACCOUNT}:${name}-4f2a91c`,
      name: `${name}-4f2a91c`,
    };
    if (this.isFull) return made;
    const propertyDependencies: Record<string, string[]> = {};
    const plain = Object.fromEntries(
      Object.entries(inputs).map(([property, value]) => {
        const urns = new Set<string>();
        const resolved = resolve(value, urns);
        if (urns.size > 0) propertyDependencies[property] = [...urns];
        return [property, resolved];
      }),
    );
    const deployed = { __defaults: [], ...plain };
    this.managed.push({
      urn: made.urn,
      type,
      id: made.id,
      inputs: deployed,
      outputs: { ...plain, id: made.id, arn: made.arn, region: REGION, tagsAll: plain["tags"] ?? {} },
      parent: STACK_URN,
      provider: `${PROVIDER_URN}::${PROVIDER_ID}`,
      dependencies: [...new Set(Object.values(propertyDependencies).flat())],
      propertyDependencies,
    });
    return made;
  }

  /** Every resource, the stack and its provider first. */
  public get resources(): readonly ResourceFacts[] {
    const providerInputs = { region: REGION, version: "7.48.0" };
    return [
      { urn: STACK_URN, type: "pulumi:pulumi:Stack", inputs: {} },
      {
        urn: PROVIDER_URN,
        type: "pulumi:providers:aws",
        id: PROVIDER_ID,
        inputs: providerInputs,
        outputs: providerInputs,
      },
      ...this.managed,
    ];
  }
}

function resolve(value: unknown, urns: Set<string>): unknown {
  if (value instanceof From) {
    urns.add(value.resource.urn);
    return resolve(value.value, urns);
  }
  if (Array.isArray(value)) return value.map((item: unknown) => resolve(item, urns));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, urns)]));
}

/** A stack as `pulumi stack export` writes it. */
export function exportOf(resources: readonly ResourceFacts[]): string {
  const now = "2026-01-01T00:00:00Z";
  return JSON.stringify(
    {
      version: 3,
      deployment: {
        manifest: { time: now, magic: "", version: "v3.248.0" },
        secrets_providers: { type: "passphrase" },
        resources: resources.map((facts) => ({
          custom: !facts.type.startsWith("pulumi:pulumi:"),
          ...facts,
          created: now,
          modified: now,
        })),
        metadata: {},
      },
    },
    null,
    4,
  );
}
