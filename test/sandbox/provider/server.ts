import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { isDeepStrictEqual } from "node:util";

import { type Facts } from "./facts";
import { InitializationFailed } from "./failures";
import { type Autonaming } from "./naming";
import { Provider, withContext } from "./provider";
import { settingsProblems } from "./settings";
import { parseUrn } from "./urn";
import { fromWire, toWire } from "./wire";

type Environment = Readonly<Record<string, string | undefined>>;

const KINDS = {
  add: [pb.PropertyDiff.Kind.ADD, pb.PropertyDiff.Kind.ADD_REPLACE],
  delete: [pb.PropertyDiff.Kind.DELETE, pb.PropertyDiff.Kind.DELETE_REPLACE],
  update: [pb.PropertyDiff.Kind.UPDATE, pb.PropertyDiff.Kind.UPDATE_REPLACE],
} as const;

/** The gRPC service that the engine calls. What it does not serve is answered with UNIMPLEMENTED, which the engine expects. */
function providerService(facts: Facts, environment: Environment): grpc.UntypedServiceImplementation {
  const provider = new Provider(facts, environment);
  return {
    getPluginInfo: unary(() => new PluginInfo().setVersion(facts.version)),
    cancel: unary(() => new Empty()),
    checkConfig: unary((request: pb.CheckRequest) => {
      const problems = settingsProblems(fromWire(request.getNews()), environment);
      return new pb.CheckResponse().setInputs(request.getNews()).setFailuresList(problems.map(failureOf));
    }),
    diffConfig: unary(diffConfig),
    configure: unary(async (request: pb.ConfigureRequest) => {
      await provider.configure(fromWire(request.getArgs()));
      return new pb.ConfigureResponse().setSupportspreview(true).setSupportsAutonamingConfiguration(true);
    }),
    invoke: unary(async (request: pb.InvokeRequest) => {
      const answer = await about(`calling ${request.getTok()}`, () =>
        provider.invoke(request.getTok(), fromWire(request.getArgs())),
      );
      return new pb.InvokeResponse().setReturn(toWire(answer));
    }),
    check: unary((request: pb.CheckRequest) => checkResource(provider, request)),
    diff: unary((request: pb.DiffRequest) => diffResource(provider, request)),
    create: unary((request: pb.CreateRequest) => create(provider, request)),
    read: unary((request: pb.ReadRequest) => read(provider, request)),
    update: unary((request: pb.UpdateRequest) => update(provider, request)),
    delete: unary(async (request: pb.DeleteRequest) => {
      const { type, name } = parseUrn(request.getUrn());
      const old = {
        id: request.getId(),
        inputs: fromWire(request.getOldInputs()),
        state: fromWire(request.getProperties()),
      };
      await about(`deleting ${type} "${name}"`, () => provider.delete(type, old));
      return new Empty();
    }),
  };
}

function diffConfig(request: pb.DiffRequest): pb.DiffResponse {
  const [olds, news] = [fromWire(request.getOldInputs() ?? request.getOlds()), fromWire(request.getNews())];
  const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
  const changed = keys.filter((key) => key !== "version" && !isDeepStrictEqual(olds[key], news[key]));
  return new pb.DiffResponse()
    .setDiffsList(changed)
    .setReplacesList(changed.filter((key) => key === "region"))
    .setChanges(changesOf(changed.length));
}

async function checkResource(provider: Provider, request: pb.CheckRequest): Promise<pb.CheckResponse> {
  const { type, name } = parseUrn(request.getUrn());
  const autonaming = autonamingOf(request);
  const { inputs, failures } = await provider.check({
    token: type,
    name,
    olds: fromWire(request.getOlds()),
    news: fromWire(request.getNews()),
    seed: request.getRandomseed_asU8(),
    ...(autonaming ? { autonaming } : {}),
  });
  return new pb.CheckResponse().setInputs(toWire(inputs)).setFailuresList(failures.map(failureOf));
}

async function diffResource(provider: Provider, request: pb.DiffRequest): Promise<pb.DiffResponse> {
  const { type } = parseUrn(request.getUrn());
  const { changes, deleteBeforeReplace } = await provider.diff({
    token: type,
    oldInputs: fromWire(request.getOldInputs()),
    oldState: fromWire(request.getOlds()),
    news: fromWire(request.getNews()),
    ignoreChanges: request.getIgnorechangesList(),
  });
  const roots = (paths: readonly { readonly path: string }[]): string[] => [
    ...new Set(paths.map(({ path }) => /^\w+/.exec(path)?.[0] ?? path)),
  ];
  const response = new pb.DiffResponse()
    .setChanges(changesOf(changes.length))
    .setDiffsList(roots(changes))
    .setReplacesList(roots(changes.filter(({ replaces }) => replaces)))
    .setDeletebeforereplace(deleteBeforeReplace)
    .setHasdetaileddiff(true);
  for (const { path, kind, replaces } of changes) {
    const detail = new pb.PropertyDiff().setKind(KINDS[kind][replaces ? 1 : 0]).setInputdiff(true);
    response.getDetaileddiffMap().set(path, detail);
  }
  return response;
}

async function create(provider: Provider, request: pb.CreateRequest): Promise<pb.CreateResponse> {
  const urn = parseUrn(request.getUrn());
  const inputs = fromWire(request.getProperties());
  if (request.getPreview())
    return new pb.CreateResponse().setProperties(toWire(provider.previewCreate(urn.type, inputs)));
  const { id, state } = await about(`creating ${urn.type} "${urn.name}"`, () => provider.create(urn, inputs));
  return new pb.CreateResponse().setId(id).setProperties(toWire(state));
}

async function read(provider: Provider, request: pb.ReadRequest): Promise<pb.ReadResponse> {
  const { type, name } = parseUrn(request.getUrn());
  const found = await about(`reading ${type} "${name}"`, () =>
    provider.read(type, request.getId(), fromWire(request.getInputs()), fromWire(request.getProperties())),
  );
  if (!found) return new pb.ReadResponse();
  return new pb.ReadResponse()
    .setId(found.id)
    .setInputs(toWire(found.inputs))
    .setProperties(toWire(found.state));
}

async function update(provider: Provider, request: pb.UpdateRequest): Promise<pb.UpdateResponse> {
  const { type, name } = parseUrn(request.getUrn());
  const [state, news] = [fromWire(request.getOlds()), fromWire(request.getNews())];
  if (request.getPreview())
    return new pb.UpdateResponse().setProperties(toWire(provider.previewUpdate(type, state, news)));
  const old = { id: request.getId(), inputs: fromWire(request.getOldInputs()), state };
  const updated = await about(`updating ${type} "${name}"`, () => provider.update(type, old, news));
  return new pb.UpdateResponse().setProperties(toWire(updated));
}

async function about<T>(action: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw withContext(action, error);
  }
}

function unary<Request, Response>(
  answer: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve(call.request)
      .then(answer)
      .then((response) => callback(null, response))
      .catch((error: unknown) => callback(serviceError(error)));
  };
}

function serviceError(error: unknown): Partial<grpc.StatusObject> {
  const details = error instanceof Error ? error.message : String(error);
  if (!(error instanceof InitializationFailed)) return { code: grpc.status.UNKNOWN, details };
  const failed = new pb.ErrorResourceInitFailed()
    .setId(error.resource.id)
    .setProperties(toWire(error.resource.state))
    .setInputs(toWire(error.resource.inputs))
    .setReasonsList([details]);
  const packed = new Any();
  packed.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status().setCode(grpc.status.UNKNOWN).setMessage(details).setDetailsList([packed]);
  const metadata = new grpc.Metadata();
  metadata.set("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { code: grpc.status.UNKNOWN, details, metadata };
}

function failureOf({
  property,
  reason,
}: {
  readonly property: string;
  readonly reason: string;
}): pb.CheckFailure {
  return new pb.CheckFailure().setProperty(property).setReason(reason);
}

function changesOf(count: number): pb.DiffResponse.DiffChanges {
  return count > 0 ? pb.DiffResponse.DiffChanges.DIFF_SOME : pb.DiffResponse.DiffChanges.DIFF_NONE;
}

function autonamingOf(request: pb.CheckRequest): Autonaming | undefined {
  const options = request.getAutonaming();
  if (!options) return undefined;
  const modes = pb.CheckRequest.AutonamingOptions.Mode;
  const mode = options.getMode();
  return {
    proposal: options.getProposedName(),
    mode: mode === modes.DISABLE ? "disable" : mode === modes.ENFORCE ? "enforce" : "propose",
  };
}

/** A running provider. */
export interface Served {
  readonly port: number;
  /** Ends it without waiting for calls under way. */
  stop(): void;
}

/** Serves the provider on a free port of this machine. */
export async function serve(facts: Facts, environment: Environment): Promise<Served> {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  server.addService(ResourceProviderService, providerService(facts, environment));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { port, stop: () => server.forceShutdown() };
}
