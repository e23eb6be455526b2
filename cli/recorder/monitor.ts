import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type {
  ReadResourceRequest,
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  RegisterResourceResponse,
  ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { answerOf } from "./invokes";
import type { Registration } from "./protocol";
import type { Sdk } from "./sdk";
import type { Transforms } from "./transforms";
import { holdsUnknown, UNKNOWN_TEXT, withUnknownTexts } from "./unknown";

/** How gRPC hands back what a call gives. */
type Done<T> = (error: Error | null, answer?: T) => void;

type Values = Readonly<Record<string, unknown>>;

/** The only property of an answer that nobody knows; see {@link Monitor.invoke}. */
export const UNANSWERED = "compliance:unanswered";

/**
 * Stands where the engine's resource monitor is while a program runs in preview mode. It keeps every registration and
 * answers with the inputs only, so that whatever a provider computes stays unknown, as in the preview of a new stack.
 */
export class Monitor {
  public readonly registrations: Registration[] = [];
  private readonly unknownFunctions = new Set<string>();
  private readonly urns = new Set<string>();

  public constructor(
    private readonly sdk: Sdk,
    private readonly place: { readonly project: string; readonly stack: string; readonly region: string },
    private readonly transforms: Transforms,
  ) {}

  /** Functions that programs called and that only a cloud can answer. */
  public get unanswered(): readonly string[] {
    return [...this.unknownFunctions].sort();
  }

  /** Every feature but values that carry dependencies: those make the inputs of remote components hard to read. */
  public supportsFeature(request: { getId(): string }, done: Done<{ getHassupport(): boolean }>): void {
    const supported = request.getId() !== "outputValues";
    done(null, { getHassupport: () => supported });
  }

  public registerResource(request: RegisterResourceRequest, done: Done<RegisterResourceResponse>): void {
    this.transforms.apply(request).then(
      (transformed) => this.register(transformed, done),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
    );
  }

  private register(request: RegisterResourceRequest, done: Done<RegisterResourceResponse>): void {
    const urn = this.urnOf(request);
    if (this.urns.has(urn)) {
      done(new Error(`Duplicate resource URN '${urn}'; try giving it a unique name`));
      return;
    }
    this.urns.add(urn);
    const inputs = valuesIn(request.getObject());
    const remote = request.getRemote();
    const dependencies: [string, readonly string[]][] = [];
    request.getPropertydependenciesMap().forEach((value, property) => {
      dependencies.push([property, value.getUrnsList()]);
    });
    const id = request.getImportid();
    this.registrations.push({
      ...this.common(request, urn, inputs),
      custom: request.getCustom(),
      remote,
      read: false,
      ...(id === "" ? {} : { id }),
      propertyDependencies: Object.fromEntries(dependencies.filter(([, urns]) => urns.length > 0)),
    });
    const answer = new this.sdk.resource.RegisterResourceResponse();
    answer.setUrn(urn);
    answer.setId(id);
    // A plugin decides what a remote component's outputs are; nothing is known of them.
    answer.setObject(this.structOf(remote ? {} : inputs));
    done(null, answer);
  }

  public readResource(
    request: ReadResourceRequest,
    done: Done<InstanceType<Sdk["resource"]["ReadResourceResponse"]>>,
  ): void {
    const urn = this.urnOf(request);
    const inputs = valuesIn(request.getProperties());
    this.registrations.push({
      ...this.common(request, urn, inputs),
      custom: true,
      remote: false,
      read: true,
      id: request.getId(),
      propertyDependencies: {},
    });
    const answer = new this.sdk.resource.ReadResourceResponse();
    answer.setUrn(urn);
    answer.setProperties(this.structOf(inputs));
    done(null, answer);
  }

  public registerResourceOutputs(_: RegisterResourceOutputsRequest, done: Done<object>): void {
    done(null, {});
  }

  /** Answers what needs no cloud; of everything else the whole answer is unknown. */
  public invoke(
    request: ResourceInvokeRequest,
    done: Done<InstanceType<Sdk["provider"]["InvokeResponse"]>>,
  ): void {
    try {
      const token = request.getTok();
      const inputs = valuesIn(request.getArgs());
      const answer = holdsUnknown(inputs) ? undefined : this.answerTo(token, inputs);
      if (answer === undefined && !holdsUnknown(inputs)) this.unknownFunctions.add(token);
      const response = new this.sdk.provider.InvokeResponse();
      response.setReturn(this.structOf(answer ?? { [UNANSWERED]: true }));
      done(null, response);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      done(Object.assign(new Error(message), { details: message }));
    }
  }

  /** A method of a resource, which runs in a plugin. */
  public call(
    request: { getTok(): string },
    done: Done<InstanceType<Sdk["provider"]["CallResponse"]>>,
  ): void {
    this.unknownFunctions.add(request.getTok());
    const response = new this.sdk.provider.CallResponse();
    response.setReturn(this.structOf({ [UNANSWERED]: true }));
    done(null, response);
  }

  public registerPackage(_: unknown, done: Done<{ getRef(): string }>): void {
    done(null, { getRef: () => "offline" });
  }

  public registerStackTransform(request: Parameters<Transforms["add"]>[0], done: Done<object>): void {
    this.transforms.add(request);
    done(null, {});
  }

  /** What is asked of a provider is made up here, so that there is nothing to transform. */
  public registerStackInvokeTransform(_: unknown, done: Done<object>): void {
    done(null, {});
  }

  /** Hooks run while resources are created, which never happens here. */
  public registerResourceHook(_: unknown, done: Done<object>): void {
    done(null, {});
  }

  public registerErrorHook(_: unknown, done: Done<object>): void {
    done(null, {});
  }

  public signalAndWaitForShutdown(_: unknown, done: Done<object>): void {
    done(null, {});
  }

  /** The SDK closes its connection to the engine at the end. */
  public close(): void {
    // There is none.
  }

  private common(
    request: RegisterResourceRequest | ReadResourceRequest,
    urn: string,
    inputs: Values,
  ): Omit<Registration, "custom" | "remote" | "read" | "propertyDependencies"> {
    const parent = request.getParent();
    const provider = request.getProvider();
    return {
      urn,
      type: request.getType(),
      inputs,
      ...(parent === "" ? {} : { parent }),
      ...(provider === "" ? {} : { provider }),
      version: request.getVersion(),
      dependencies: request.getDependenciesList(),
    };
  }

  private answerTo(token: string, inputs: Values): Values | undefined {
    return token === "pulumi:pulumi:getResource"
      ? this.found(String(inputs["urn"]))
      : answerOf(token, inputs, this.place.region);
  }

  private found(urn: string): Values {
    const registration = this.registrations.find((candidate) => candidate.urn === urn);
    if (registration === undefined) throw new Error(`unknown resource ${urn}`);
    return { urn, id: registration.id ?? "", state: registration.inputs };
  }

  /** As the engine builds it: the types of all parents but the stack come before the type. */
  private urnOf(request: { getParent(): string; getType(): string; getName(): string }): string {
    const above = request.getParent().split("::")[2] ?? "";
    const qualified = above === "" || above === "pulumi:pulumi:Stack" ? "" : `${above}$`;
    const { stack, project } = this.place;
    const name = request.getName().replaceAll(UNKNOWN_TEXT, "[unknown]");
    return `urn:pulumi:${stack}::${project}::${qualified}${request.getType()}::${name}`;
  }

  private structOf(values: Values): Struct {
    // Through JSON, for messages refuse `undefined`.
    return this.sdk.struct.Struct.fromJavaScript(JSON.parse(JSON.stringify(values)) as Record<string, never>);
  }
}

function valuesIn(struct: Struct | undefined): Values {
  return withUnknownTexts(struct?.toJavaScript() ?? {}) as Values;
}
