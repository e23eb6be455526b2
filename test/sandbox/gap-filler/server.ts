import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { type AwsClients, awsClients } from "../local-aws/clients";
import { type JsonObject, objectOf, parseJson, textOf } from "../json";
import { AwsError } from "./aws-error";
import type { Identities } from "./identities";

/** A request as it came in, its body whole. */
export interface AwsRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: URL;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What moto answered. */
export interface AwsResponse {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What a handler needs besides the request. */
export interface Surroundings {
  readonly region: string;
  /** Clients that ask moto itself, past this server. */
  readonly aws: AwsClients;
  /** The same for another region. */
  readonly elsewhere: (region: string) => AwsClients;
}

/** One call of a service with a JSON protocol (Config, KMS, CloudWatch Logs). */
export interface JsonCall extends Surroundings {
  readonly body: JsonObject;
  /**
   * Asks moto, with another body when one is given. Rejects with an {@link AwsError}: moto's own refusal.
   */
  readonly forward: (body?: JsonObject) => Promise<JsonObject>;
  /** Asks moto for another operation of the service, by its `X-Amz-Target`. */
  readonly ask: (target: string, body: JsonObject) => Promise<JsonObject>;
}

/** Serves or refuses one operation of a JSON service. */
export type JsonHandler = (call: JsonCall) => Promise<JsonObject>;

/** Serves or refuses one operation of a service that is called by addresses and speaks JSON. */
export type RestHandler = (body: JsonObject, surroundings: Surroundings) => Promise<JsonObject>;

/** Looks at a request of a service with another protocol (S3, IAM, SNS) and refuses it, or says nothing. */
export type Guard = (request: AwsRequest, surroundings: Surroundings) => Promise<void> | void;

/** What the server adds to moto. */
export interface Gaps<H> {
  /** What changes the account besides calls of AWS. */
  readonly hands: H;
  /** Refuses a request by its caller; hears of the answers. */
  readonly identities?: Identities;
  /** Handlers by `X-Amz-Target`, for example `StarlingDoveService.PutConfigRule`. */
  readonly operations: Readonly<Record<string, JsonHandler>>;
  /** Handlers by the service's name in signatures and the path, for example `chatbot /tag-resource`. */
  readonly paths?: Readonly<Record<string, RestHandler>>;
  readonly guards: readonly Guard[];
}

/** A server in front of moto: what moto lacks is served here, what AWS refuses is refused, the rest is passed on. */
export class GapFiller<H = undefined> {
  private readonly server = http.createServer((incoming, outgoing) => void this.serve(incoming, outgoing));
  private readonly agent = new http.Agent({ keepAlive: true });
  private readonly clients = new Map<string, AwsClients>();

  private gaps: Gaps<H>;

  /**
   * @param makeGaps - makes what is added to moto, with an empty memory of its own.
   * @param motoPort - where moto serves.
   */
  constructor(
    private readonly makeGaps: () => Gaps<H>,
    private motoPort: number,
  ) {
    this.gaps = makeGaps();
  }

  /** What changes the account besides calls of AWS. */
  get hands(): H {
    return this.gaps.hands;
  }

  /** Forgets what was kept for moto; called when moto forgets too. */
  reset(): void {
    this.gaps = this.makeGaps();
  }

  /** Begins to serve on a free loopback port. */
  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  /** The address that every client of the sandbox uses. */
  get endpoint(): string {
    const address = this.server.address();
    if (!isAddress(address)) throw new Error("The local AWS is not being served.");
    return `http://127.0.0.1:${address.port}`;
  }

  /** Clients that ask moto itself, past this server. */
  inside(region: string): AwsClients {
    const known = this.clients.get(region);
    if (known) return known;
    const made = awsClients(`http://127.0.0.1:${this.motoPort}`, region);
    this.clients.set(region, made);
    return made;
  }

  /** Puts another moto behind the same address. */
  useMoto(port: number): void {
    this.motoPort = port;
    this.clients.clear();
  }

  /** Ends the server and every connection. */
  async close(): Promise<void> {
    this.agent.destroy();
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async serve(incoming: http.IncomingMessage, outgoing: http.ServerResponse): Promise<void> {
    const request = await received(incoming);
    let answer: AwsResponse;
    try {
      answer = await this.answer(request);
    } catch (error) {
      // No status of 500: clients would try again, and what went wrong here goes wrong again.
      const fault = error instanceof AwsError ? error : new AwsError("SandboxFailure", inspect(error));
      answer = refusal(request, fault);
    }
    outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  }

  private async answer(request: AwsRequest): Promise<AwsResponse> {
    const scope = scopeOf(request.headers);
    const { region } = scope;
    const elsewhere = (other: string): AwsClients => this.inside(other);
    const surroundings = { region, aws: this.inside(region), elsewhere };
    const handler = this.gaps.operations[String(request.headers["x-amz-target"])];
    await this.gaps.identities?.judge(request, scope, surroundings);
    for (const guard of this.gaps.guards) await guard(request, surroundings);
    const rest = this.gaps.paths?.[`${scope.service} ${request.url.pathname}`];
    if (!handler && !rest) {
      const answer = await this.ask(request);
      this.gaps.identities?.observe(request, answer);
      return answer;
    }
    const body = objectOf(parseJson(request.body.toString() || "{}", "The request"));
    if (!handler) return jsonResponse(200, (await rest?.(body, surroundings)) ?? {});
    const call = {
      ...surroundings,
      body,
      forward: (other?: JsonObject) => this.askJson(request, other ?? body),
      ask: (target: string, other: JsonObject) =>
        this.askJson({ ...request, headers: { ...request.headers, "x-amz-target": target } }, other),
    };
    return jsonResponse(200, await handler(call));
  }

  private async askJson(request: AwsRequest, body: JsonObject): Promise<JsonObject> {
    const response = await this.ask({ ...request, body: Buffer.from(JSON.stringify(body)) });
    const text = response.body.toString();
    if (response.status >= 500) throw new AwsError("InternalFailure", text, response.status);
    const answer = objectOf(parseJson(text || "{}", "moto's answer"));
    if (response.status < 400) return answer;
    const code = textOf(answer["__type"]).split("#").at(-1) ?? "";
    throw new AwsError(code, textOf(answer["message"] ?? answer["Message"]), response.status);
  }

  private ask(request: AwsRequest): Promise<AwsResponse> {
    const headers = { ...request.headers, "content-length": String(request.body.length) };
    delete headers["transfer-encoding"];
    return new Promise((resolve, reject) => {
      const outgoing = http.request(
        {
          host: "127.0.0.1",
          port: this.motoPort,
          method: request.method,
          path: request.url.pathname + request.url.search,
          headers,
          agent: this.agent,
        },
        (incoming) => {
          received(incoming).then(
            ({ body }) =>
              resolve({ status: incoming.statusCode ?? 500, headers: hopless(incoming.headers, body), body }),
            reject,
          );
        },
      );
      outgoing.on("error", reject).end(request.body);
    });
  }
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}

async function received(message: http.IncomingMessage): Promise<AwsRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return {
    method: message.method ?? "GET",
    url: new URL(message.url ?? "/", "http://127.0.0.1"),
    headers: message.headers,
    body: Buffer.concat(chunks),
  };
}

/** The body is passed on whole, so its length is known; a HEAD answer keeps the length that it states. */
function hopless(headers: http.IncomingHttpHeaders, body: Buffer): http.IncomingHttpHeaders {
  const kept = { ...headers };
  for (const name of ["connection", "transfer-encoding", "keep-alive"]) Reflect.deleteProperty(kept, name);
  return body.length > 0 ? { ...kept, "content-length": String(body.length) } : kept;
}

/** The region and the service that the request was signed for. */
function scopeOf(headers: http.IncomingHttpHeaders): { readonly region: string; readonly service: string } {
  const scope = /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? "");
  return { region: scope?.[1] ?? "us-east-1", service: scope?.[2] ?? "" };
}

function jsonResponse(status: number, body: JsonObject): AwsResponse {
  const text = Buffer.from(JSON.stringify(body));
  return { status, headers: { "content-type": "application/x-amz-json-1.1" }, body: text };
}

/** The refusal in the protocol of the service that was asked. */
function refusal(request: AwsRequest, error: AwsError): AwsResponse {
  const speaksJson = textOf(request.headers["content-type"]).startsWith("application/json");
  if (request.headers["x-amz-target"] !== undefined || speaksJson) {
    return jsonResponse(error.status, { __type: error.code, message: error.message });
  }
  const fault = `<Code>${error.code}</Code><Message>${escapeXml(error.message)}</Message>`;
  const isForm = textOf(request.headers["content-type"]).startsWith("application/x-www-form-urlencoded");
  const body = isForm
    ? `<ErrorResponse><Error><Type>Sender</Type>${fault}</Error><RequestId>sandbox</RequestId></ErrorResponse>`
    : `<Error>${fault}</Error>`;
  return { status: error.status, headers: { "content-type": "text/xml" }, body: Buffer.from(body) };
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
