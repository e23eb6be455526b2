import * as grpc from "@grpc/grpc-js";
import type * as pb from "@pulumi/pulumi/proto/analyzer_pb";

/** Answers one request; both are messages as they are on the wire. */
export type BytesHandler = (request: Uint8Array) => Uint8Array;

/** What stands in front of the SDK's handlers. */
export interface Front {
  /** By the name of the method: what answers in the place of the SDK. */
  readonly answers: Readonly<Record<string, BytesHandler>>;
  /** Is told the configuration before the SDK is. */
  configure(request: pb.ConfigureAnalyzerRequest): void;
}

/**
 * Runs `start`, which makes a gRPC server, and puts `front` before the handlers that the server is given. The SDK has no
 * other place for that: it makes its server in the constructor of a pack.
 * @returns Whether a server was given its handlers while `start` ran. If not, the SDK's own handlers answer.
 */
export function inFrontOfServer(front: Front, start: () => void): boolean {
  const { prototype } = grpc.Server;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called on the server below
  const original = prototype.addService;
  let called = false;
  prototype.addService = function addService(this: grpc.Server, service, handlers) {
    prototype.addService = original;
    called = true;
    // The SDK's server has this one service.
    original.call(this, withBytes(service, front), withFront(handlers, front));
  };
  try {
    start();
  } finally {
    prototype.addService = original;
  }
  return called;
}

/** The service with the messages of the answered methods left as they are. */
function withBytes(service: grpc.ServiceDefinition, { answers }: Front): grpc.ServiceDefinition {
  const asItIs = (bytes: Buffer): Buffer => bytes;
  return Object.fromEntries(
    Object.entries(service).map(([name, method]) => [
      name,
      Object.hasOwn(answers, name)
        ? { ...method, requestDeserialize: asItIs, responseSerialize: asItIs }
        : method,
    ]),
  );
}

function withFront(
  handlers: grpc.UntypedServiceImplementation,
  front: Front,
): grpc.UntypedServiceImplementation {
  const inner = handlers["configure"] as grpc.handleUnaryCall<pb.ConfigureAnalyzerRequest, unknown>;
  const configure: typeof inner = (call, done) => {
    front.configure(call.request);
    inner(call, done);
  };
  const answers = Object.entries(front.answers).map(([name, answer]) => [name, answering(answer)] as const);
  return { ...handlers, ...Object.fromEntries(answers), configure };
}

/** A handler from a function; an error becomes the answer, as in the SDK. */
function answering(answer: BytesHandler): grpc.handleUnaryCall<Uint8Array, Uint8Array> {
  return (call, done) => {
    let response: Uint8Array;
    try {
      response = answer(call.request);
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    done(null, response);
  };
}
