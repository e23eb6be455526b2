import * as grpc from "@grpc/grpc-js";
import * as pb from "@pulumi/pulumi/proto/analyzer_pb";
import { PolicyPack } from "@pulumi/policy";
import { FastPath } from "../../policypack/fast-path";
import { PACK_NAME, createPack } from "../../policypack/pack";
import type { Pack } from "../../policypack/pack";
import type { Analyzer, Requests } from "./analyzer";

/** The day on which the packs of the tests run. */
export const TODAY = "2026-06-01";

/** The SDK's handlers that the tests call. */
interface Handlers {
  readonly analyze: grpc.handleUnaryCall<pb.AnalyzeRequest, pb.AnalyzeResponse>;
  readonly analyzeStack: grpc.handleUnaryCall<pb.AnalyzeStackRequest, pb.AnalyzeResponse>;
  readonly configure: grpc.handleUnaryCall<pb.ConfigureAnalyzerRequest, unknown>;
}

/** The SDK's handlers, called without a server between. */
class SdkAnalyzer implements Analyzer {
  public constructor(private readonly handlers: Handlers) {}

  public async configure(request: Requests["configure"]): Promise<void> {
    await called(this.handlers.configure, request);
  }

  public async analyze(request: Requests["analyze"]): Promise<pb.AnalyzeResponse> {
    return received(await called(this.handlers.analyze, request));
  }

  public async analyzeStack(request: Requests["analyzeStack"]): Promise<pb.AnalyzeResponse> {
    return received(await called(this.handlers.analyzeStack, request));
  }
}

/** The fast path, which takes and gives bytes. */
class FastAnalyzer implements Analyzer {
  public constructor(private readonly fast: FastPath) {}

  public configure(request: Requests["configure"]): Promise<void> {
    this.fast.configure(request);
    return Promise.resolve();
  }

  public analyze(request: Requests["analyze"]): Promise<pb.AnalyzeResponse> {
    return Promise.resolve(
      pb.AnalyzeResponse.deserializeBinary(this.fast.analyze(request.serializeBinary())),
    );
  }

  public analyzeStack(request: Requests["analyzeStack"]): Promise<pb.AnalyzeResponse> {
    return Promise.resolve(
      pb.AnalyzeResponse.deserializeBinary(this.fast.analyzeStack(request.serializeBinary())),
    );
  }
}

/** A response as the other side reads it. */
const received = (response: pb.AnalyzeResponse): pb.AnalyzeResponse =>
  pb.AnalyzeResponse.deserializeBinary(response.serializeBinary());

function called<Request, Response>(
  handler: grpc.handleUnaryCall<Request, Response>,
  request: Request,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    // The handlers read the request only.
    const call = { request } as grpc.ServerUnaryCall<Request, Response>;
    handler(call, (error, response) => {
      if (response === undefined || response === null)
        reject(error instanceof Error ? error : new Error("There is no answer."));
      else resolve(response);
    });
  });
}

let sdkHandlers: { readonly pack: Pack; readonly handlers: Handlers } | undefined;

/** The SDK allows one pack in a process; all specs share it, and its configuration is what was last sent. */
function servedBySdk(): { readonly pack: Pack; readonly handlers: Handlers } {
  if (sdkHandlers !== undefined) return sdkHandlers;
  const { prototype } = grpc.Server;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- put back below
  const { addService, bindAsync } = prototype;
  const pack = createPack(() => TODAY);
  let captured: Handlers | undefined;
  // The SDK's server has this one service.
  prototype.addService = (_, handlers) => void (captured = handlers as unknown as Handlers);
  prototype.bindAsync = () => undefined;
  try {
    new PolicyPack(PACK_NAME, pack.args, pack.initialConfig);
  } finally {
    Object.assign(prototype, { addService, bindAsync });
  }
  if (captured === undefined) throw new Error("The SDK made no server.");
  return (sdkHandlers = { pack, handlers: captured });
}

/** The SDK's own handlers, with its own deserialisation and its proxy that throws at unknown values. */
export function packBySdk(): Analyzer {
  const { handlers, pack } = servedBySdk();
  pack.session.reset();
  return new SdkAnalyzer(handlers);
}

/** The fast path. */
export const packByFastPath = (pack = createPack(() => TODAY)): Analyzer =>
  new FastAnalyzer(new FastPath(pack, "0.1.0"));
