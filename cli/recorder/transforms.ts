import { createRequire } from "node:module";
import { join } from "node:path";
import type * as grpcModule from "@grpc/grpc-js";
import type { CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb";
import type * as callbackModule from "@pulumi/pulumi/proto/callback_pb";
import type { Callback, CallbackInvokeResponse } from "@pulumi/pulumi/proto/callback_pb";
import type { RegisterResourceRequest, TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import type { Sdk } from "./sdk";

interface CallbackServices {
  readonly CallbacksClient: new (
    target: string,
    credentials: grpcModule.ChannelCredentials,
  ) => CallbacksClient;
}

/**
 * Functions of the program that change resources before they are registered. The SDK offers them on a loopback server,
 * for the engine lives in another process; so does whoever stands in for it.
 * @see https://www.pulumi.com/docs/iac/concepts/options/transforms/
 */
export class Transforms {
  private readonly stack: Callback[] = [];
  private readonly clients = new Map<string, CallbacksClient>();

  public constructor(private readonly sdk: Sdk) {}

  /** Adds a transform that holds for every resource. */
  public add(callback: Callback): void {
    this.stack.push(callback);
  }

  /** The request as the resource's own transforms, and then those of the stack, leave it. */
  public async apply(request: RegisterResourceRequest): Promise<RegisterResourceRequest> {
    const callbacks = [...request.getTransformsList(), ...this.stack];
    for (const callback of callbacks) await this.applyOne(callback, request);
    return request;
  }

  private async applyOne(callback: Callback, request: RegisterResourceRequest): Promise<void> {
    const { TransformRequest, TransformResponse } = this.sdk.resource;
    const question = new TransformRequest();
    question.setType(request.getType());
    question.setName(request.getName());
    question.setCustom(request.getCustom());
    question.setParent(request.getParent());
    question.setProperties(request.getObject());
    question.setOptions(this.optionsOf(request));
    const answer = TransformResponse.deserializeBinary(await this.ask(callback, question.serializeBinary()));
    const properties = answer.getProperties();
    if (properties !== undefined) request.setObject(properties);
    const options = answer.getOptions();
    if (options === undefined) return;
    request.setDependenciesList([...new Set([...options.getDependsOnList()])]);
    if (options.getProvider() !== "") request.setProvider(options.getProvider());
  }

  private optionsOf(request: RegisterResourceRequest): TransformResourceOptions {
    const options = new this.sdk.resource.TransformResourceOptions();
    options.setDependsOnList(request.getDependenciesList());
    options.setProvider(request.getProvider());
    options.setVersion(request.getVersion());
    options.setIgnoreChangesList(request.getIgnorechangesList());
    options.setAliasesList(request.getAliasesList());
    options.setImport(request.getImportid());
    const providers = options.getProvidersMap();
    request.getProvidersMap().forEach((provider, name) => {
      providers.set(name, provider);
    });
    return options;
  }

  private ask(callback: Callback, question: Uint8Array): Promise<Uint8Array> {
    const { CallbackInvokeRequest } = this.load("./proto/callback_pb.js") as typeof callbackModule;
    const request = new CallbackInvokeRequest();
    request.setToken(callback.getToken());
    request.setRequest(question);
    return new Promise((done, fail) => {
      this.client(callback.getTarget()).invoke(
        request,
        (error: Error | null, response: CallbackInvokeResponse) => {
          if (error === null) done(response.getResponse_asU8());
          else fail(error);
        },
      );
    });
  }

  private client(target: string): CallbacksClient {
    const existing = this.clients.get(target);
    if (existing !== undefined) return existing;
    const grpc = this.load("@grpc/grpc-js") as typeof grpcModule;
    const { CallbacksClient: Client } = this.load("./proto/callback_grpc_pb.js") as CallbackServices;
    const client = new Client(target, grpc.credentials.createInsecure());
    this.clients.set(target, client);
    return client;
  }

  private load(name: string): unknown {
    return createRequire(join(this.sdk.folder, "package.json"))(name);
  }
}
