import * as pb from "@pulumi/pulumi/proto/analyzer_pb";
import type { ResourceFacts } from "../rules/engine";
import { idIn } from "./identity";

/** The messages of the engine, turned into facts. Secrets and unknown values are still marked in them. */

type Resource = pb.AnalyzeRequest | pb.AnalyzerResource;
type Properties = Readonly<Record<string, unknown>>;

const propertiesOf = (resource: Resource | pb.AnalyzerProviderResource): Properties =>
  resource.getProperties()?.toJavaScript() ?? {};

const textOrNothing = (text: string | undefined): string | undefined => (text === "" ? undefined : text);

/** The facts of a resource that is being registered. */
export const registeredFacts = (request: pb.AnalyzeRequest): ResourceFacts => ({
  urn: request.getUrn(),
  type: request.getType(),
  inputs: propertiesOf(request),
  parent: textOrNothing(request.getOptions()?.getParent()),
  provider: request.getProvider()?.getUrn(),
});

/** The facts of a provider. */
export const providerFacts = (provider: pb.AnalyzerProviderResource): ResourceFacts => ({
  urn: provider.getUrn(),
  type: provider.getType(),
  inputs: propertiesOf(provider),
});

/** The facts of the resources of a stack. They come with their outputs; `registered` knows what they were made of. */
export function stackFacts(
  request: pb.AnalyzeStackRequest,
  registered: (urn: string) => ResourceFacts | undefined,
): readonly ResourceFacts[] {
  const resources = request.getResourcesList();
  const facts = resources.map((resource): ResourceFacts => {
    const known = registered(resource.getUrn());
    let outputs: Properties | undefined;
    const read = (): Properties => (outputs ??= propertiesOf(resource));
    return {
      urn: resource.getUrn(),
      type: resource.getType(),
      inputs: known?.inputs ?? read(),
      // Only what others point to by name is asked for its outputs.
      get outputs() {
        return read();
      },
      get id() {
        return idIn(read());
      },
      parent: textOrNothing(resource.getParent()),
      provider: resource.getProvider()?.getUrn(),
      dependencies: resource.getDependenciesList(),
      propertyDependencies: Object.fromEntries(
        [...resource.getPropertydependenciesMap().entries()].map(([property, urns]) => [
          property,
          urns.getUrnsList(),
        ]),
      ),
    };
  });
  const known = new Set(facts.map(({ urn }) => urn));
  const providers = new Map<string, ResourceFacts>();
  for (const resource of resources) {
    const provider = resource.getProvider();
    if (provider !== undefined && !known.has(provider.getUrn()))
      providers.set(provider.getUrn(), providerFacts(provider));
  }
  return [...facts, ...providers.values()];
}

/** The protocol's numbers of the levels. */
export const LEVELS = {
  advisory: pb.EnforcementLevel.ADVISORY,
  mandatory: pb.EnforcementLevel.MANDATORY,
  disabled: pb.EnforcementLevel.DISABLED,
} as const;

/** The protocol's numbers of the severities. */
export const SEVERITIES = {
  low: pb.PolicySeverity.POLICY_SEVERITY_LOW,
  medium: pb.PolicySeverity.POLICY_SEVERITY_MEDIUM,
  high: pb.PolicySeverity.POLICY_SEVERITY_HIGH,
  critical: pb.PolicySeverity.POLICY_SEVERITY_CRITICAL,
} as const;

/** A response whose end was serialised before: in protobuf, repeated fields may be appended as bytes. */
export class AppendedResponse extends pb.AnalyzeResponse {
  public constructor(private readonly rest: Uint8Array) {
    super();
  }

  public override serializeBinary(): Uint8Array {
    return Buffer.concat([super.serializeBinary(), this.rest]);
  }
}

/** The answer to what the pack holds, serialised when it was built. */
export class StoredInfo extends pb.AnalyzerInfo {
  public constructor(private readonly bytes: Uint8Array) {
    super();
  }

  public override serializeBinary(): Uint8Array {
    return this.bytes;
  }
}
