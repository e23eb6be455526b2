import * as pb from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import type { ResourceFacts } from "../../rules/engine";

/** The messages that the engine sends. */
export interface Requests {
  readonly analyze: pb.AnalyzeRequest;
  readonly analyzeStack: pb.AnalyzeStackRequest;
  readonly configure: pb.ConfigureAnalyzerRequest;
}

/** A policy pack, wherever it runs. */
export interface Analyzer {
  configure(request: Requests["configure"]): Promise<void>;
  analyze(request: Requests["analyze"]): Promise<pb.AnalyzeResponse>;
  analyzeStack(request: Requests["analyzeStack"]): Promise<pb.AnalyzeResponse>;
}

/** The level and the properties of one policy. */
export interface Entry {
  readonly level: "advisory" | "mandatory" | "disabled" | "remediate";
  readonly properties?: Readonly<Record<string, unknown>>;
}

const LEVELS = {
  advisory: pb.EnforcementLevel.ADVISORY,
  mandatory: pb.EnforcementLevel.MANDATORY,
  disabled: pb.EnforcementLevel.DISABLED,
  remediate: pb.EnforcementLevel.REMEDIATE,
} as const;

// The sample values of the cases are JSON, which is what a Struct holds.
const struct = (properties: Readonly<Record<string, unknown>>): Struct =>
  Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)) as Record<string, JavaScriptValue>);

/** What the engine sends as the configuration, one entry a policy. */
export function configureRequest(entries: Readonly<Record<string, Entry>>): pb.ConfigureAnalyzerRequest {
  const request = new pb.ConfigureAnalyzerRequest();
  for (const [name, { level, properties = {} }] of Object.entries(entries)) {
    const config = new pb.PolicyConfig();
    config.setEnforcementlevel(LEVELS[level]);
    config.setProperties(struct(properties));
    request.getPolicyconfigMap().set(name, config);
  }
  return request;
}

function optionsOf({ parent }: ResourceFacts): pb.AnalyzerResourceOptions {
  const options = new pb.AnalyzerResourceOptions();
  options.setParent(parent ?? "");
  return options;
}

function providerOf(
  facts: ResourceFacts,
  stack: readonly ResourceFacts[],
): pb.AnalyzerProviderResource | undefined {
  const provider = stack.find(({ urn }) => urn === facts.provider);
  if (provider === undefined) return undefined;
  const message = new pb.AnalyzerProviderResource();
  message.setType(provider.type);
  message.setUrn(provider.urn);
  message.setName(nameOf(provider));
  message.setProperties(struct(provider.inputs));
  return message;
}

const nameOf = ({ urn }: ResourceFacts): string => urn.slice(urn.lastIndexOf("::") + 2);

/** What the engine sends when a resource is registered. */
export function analyzeRequest(
  facts: ResourceFacts,
  stack: readonly ResourceFacts[] = [],
): pb.AnalyzeRequest {
  const request = new pb.AnalyzeRequest();
  request.setType(facts.type);
  request.setUrn(facts.urn);
  request.setName(nameOf(facts));
  request.setProperties(struct(facts.inputs));
  request.setOptions(optionsOf(facts));
  request.setProvider(providerOf(facts, stack));
  return request;
}

/** What the engine sends at the end: every resource with its outputs, which begin with what went in. */
export function analyzeStackRequest(stack: readonly ResourceFacts[]): pb.AnalyzeStackRequest {
  const request = new pb.AnalyzeStackRequest();
  for (const facts of stack) {
    const resource = new pb.AnalyzerResource();
    resource.setType(facts.type);
    resource.setUrn(facts.urn);
    resource.setName(nameOf(facts));
    resource.setProperties(struct({ ...facts.inputs, ...(facts.id && { id: facts.id }), ...facts.outputs }));
    resource.setOptions(optionsOf(facts));
    resource.setProvider(providerOf(facts, stack));
    resource.setParent(facts.parent ?? "");
    resource.setDependenciesList([...(facts.dependencies ?? [])]);
    for (const [property, urns] of Object.entries(facts.propertyDependencies ?? {})) {
      const dependencies = new pb.AnalyzerPropertyDependencies();
      dependencies.setUrnsList([...urns]);
      resource.getPropertydependenciesMap().set(property, dependencies);
    }
    request.addResources(resource);
  }
  return request;
}

/** One line that the engine would show. */
export interface Line {
  readonly policy: string;
  readonly urn: string;
  readonly level: string;
  readonly message: string;
  readonly severity: number;
  readonly description: string;
}

/** An answer in plain values, in an order that does not depend on how it was made. */
export interface Answer {
  readonly lines: readonly Line[];
  readonly notApplicable: readonly string[];
}

export function answerOf(response: pb.AnalyzeResponse): Answer {
  const levels = new Map<number, string>(Object.entries(LEVELS).map(([name, number]) => [number, name]));
  const lines = response.getDiagnosticsList().map((line) => ({
    policy: line.getPolicyname(),
    urn: line.getUrn(),
    level: levels.get(line.getEnforcementlevel()) ?? "",
    message: line.getMessage(),
    severity: line.getSeverity(),
    description: line.getDescription(),
  }));
  const names = response.getNotApplicableList().map((entry) => entry.getPolicyName());
  return {
    lines: lines.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    notApplicable: [...new Set(names)].sort(),
  };
}
