import * as grpc from "@grpc/grpc-js";
import type { Handlers } from "./fast-path";

/**
 * Runs `start`, which makes a gRPC server, and lets `replace` put other handlers in front of those that it is given.
 * The SDK has no other place for that: it makes its server in the constructor of a pack.
 * @returns Whether a server was given its handlers while `start` ran. If not, the SDK's own handlers answer.
 */
export function inFrontOfServer(replace: (handlers: Handlers) => Handlers, start: () => void): boolean {
  const { prototype } = grpc.Server;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called on the server below
  const original = prototype.addService;
  let called = false;
  prototype.addService = function addService(this: grpc.Server, service, handlers) {
    prototype.addService = original;
    called = true;
    // The SDK's server has this one service.
    original.call(this, service, { ...handlers, ...replace(handlers as unknown as Handlers) });
  };
  try {
    start();
  } finally {
    prototype.addService = original;
  }
  return called;
}
