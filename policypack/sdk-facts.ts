import type { PolicyProviderResource, PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import type { ResourceFacts } from "../rules/engine";
import { hidden } from "./hidden";
import { idIn } from "./identity";

/** Resources as the SDK hands them to a policy, turned into facts. */

/** The facts of a resource that is being registered. */
export const registeredFacts = ({
  urn,
  type,
  props,
  opts,
  provider,
}: ResourceValidationArgs): ResourceFacts => ({
  urn,
  type,
  inputs: hidden(props),
  parent: opts.parent,
  provider: provider?.urn,
});

/** The facts of a provider. */
export const providerFacts = ({ urn, type, props }: PolicyProviderResource): ResourceFacts => ({
  urn,
  type,
  inputs: hidden(props),
});

/** The facts of the resources of a stack. They come with their outputs; `registered` knows what they were made of. */
export function stackFacts(
  resources: readonly PolicyResource[],
  registered: (urn: string) => ResourceFacts | undefined,
): readonly ResourceFacts[] {
  const facts = resources.map((resource): ResourceFacts => {
    const outputs = hidden(resource.props);
    return {
      urn: resource.urn,
      type: resource.type,
      inputs: registered(resource.urn)?.inputs ?? outputs,
      outputs,
      id: idIn(outputs),
      parent: resource.parent?.urn,
      provider: resource.provider?.urn,
      dependencies: resource.dependencies.map(({ urn }) => urn),
      propertyDependencies: Object.fromEntries(
        Object.entries(resource.propertyDependencies).map(([property, targets]) => [
          property,
          targets.map(({ urn }) => urn),
        ]),
      ),
    };
  });
  const known = new Set(facts.map(({ urn }) => urn));
  const providers = new Map<string, ResourceFacts>();
  for (const { provider } of resources)
    if (provider !== undefined && !known.has(provider.urn))
      providers.set(provider.urn, providerFacts(provider));
  return [...facts, ...providers.values()];
}
