import * as http from "node:http";
import type { AddressInfo } from "node:net";

/** What the tests of a rule's function need of AWS: AWS Config, STS and Lambda's list of URLs, on the loopback. */

// The versions of the clients are pinned to ones that run here.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

export type Json = Readonly<Record<string, unknown>>;

/** A call as it arrived. */
export interface Call {
  readonly operation: string;
  readonly body: Json;
  /** The access key that signed it. */
  readonly key: string;
  /** The region that it was signed for. */
  readonly region: string;
}

/** A refusal as AWS words it. */
export class Refusal extends Error {
  public constructor(
    public readonly code: string,
    message: string,
    public readonly status = 400,
  ) {
    super(message);
  }
}

/** A result that AWS Config holds. */
export interface Held {
  readonly type: string;
  readonly id: string;
  readonly compliance?: string;
  readonly mode?: string;
}

type Answer = (body: Json) => Json | Promise<Json>;

/** The longest annotation, the most evaluations of a call and of a page. */
const LIMITS = { annotation: 256, evaluations: 100, page: 100 };

export class Loopback {
  public calls: Call[] = [];
  /** Answers that come first, one a call, by operation. */
  public readonly next = new Map<string, Answer[]>();
  /** What GetComplianceDetailsByConfigRule knows. */
  public held: readonly Held[] = [];
  /** Pages of GetResourceConfigHistory. */
  public history: readonly (readonly Json[])[] = [];
  /** By function: its URLs, as Lambda answers. */
  public functions: Readonly<Record<string, readonly Json[]>> = {};
  private readonly server = http.createServer((request, response) => void this.serve(request, response));

  public async listen(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  public reset(): void {
    this.calls = [];
    this.next.clear();
    this.held = [];
    this.history = [];
    this.functions = {};
  }

  /** Lets the next call of an operation be answered like this; several times: one after the other. */
  public answer(operation: string, answer: Answer): void {
    this.next.set(operation, [...(this.next.get(operation) ?? []), answer]);
  }

  public bodies(operation: string): readonly Json[] {
    return this.calls.filter((call) => call.operation === operation).map(({ body }) => body);
  }

  private async serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const [, key = "", region = ""] =
      /Credential=([^/]+)\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? "") ?? [];
    const target = request.headers["x-amz-target"];
    const { operation, body } =
      typeof target === "string"
        ? { operation: target.slice(target.lastIndexOf(".") + 1), body: JSON.parse(text || "{}") as Json }
        : restCall(request, text);
    this.calls.push({ operation, body, key, region });
    try {
      const queued = this.next.get(operation)?.shift();
      const answer = await (queued === undefined ? this.usual(operation, body) : queued(body));
      const xml = answer["xml"];
      if (typeof xml === "string") response.writeHead(200, { "content-type": "text/xml" }).end(xml);
      else
        response.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(answer));
    } catch (error) {
      const { code, status, message } =
        error instanceof Refusal ? error : new Refusal("LoopbackFailure", String(error));
      if (body["Action"] !== undefined) {
        const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
        response
          .writeHead(status, { "content-type": "text/xml" })
          .end(
            operation === "AssumeRole"
              ? `<ErrorResponse>${error}</ErrorResponse>`
              : `<Response><Errors>${error}</Errors></Response>`,
          );
      } else {
        response
          .writeHead(status, { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": code })
          .end(JSON.stringify({ __type: code, message }));
      }
    }
  }

  private usual(operation: string, body: Json): Json {
    switch (operation) {
      case "PutEvaluations":
        checkEvaluations(body);
        return { FailedEvaluations: [] };
      case "GetResourceConfigHistory": {
        const page = Number(body["nextToken"] ?? 0);
        return {
          configurationItems: this.history[page] ?? [],
          ...(page + 1 < this.history.length ? { nextToken: String(page + 1) } : {}),
        };
      }
      case "GetComplianceDetailsByConfigRule":
        return this.details(body);
      case "AssumeRole":
        return {
          xml: `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>ASSUMED</AccessKeyId><SecretAccessKey>assumed</SecretAccessKey><SessionToken>session</SessionToken><Expiration>2030-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
        };
      case "ListFunctions":
        return { Functions: Object.keys(this.functions).map((name) => ({ FunctionName: name })) };
      case "ListFunctionUrlConfigs": {
        const urls = this.functions[String(body["FunctionName"])];
        if (urls === undefined) throw new Refusal("ResourceNotFoundException", "Function not found", 404);
        // One a page, so that a reader that stops at the first page misses the rest.
        const page = Number(body["Marker"] ?? 0);
        return {
          FunctionUrlConfigs: urls.slice(page, page + 1),
          ...(page + 1 < urls.length ? { NextMarker: String(page + 1) } : {}),
        };
      }
      default:
        throw new Refusal("UnknownOperationException", operation);
    }
  }

  private details(body: Json): Json {
    const limit = Number(body["Limit"] ?? 10);
    if (limit > LIMITS.page) throw new Refusal("InvalidLimitException", "The limit is 100.");
    const from = Number(body["NextToken"] ?? 0);
    const wanted = body["ComplianceTypes"];
    const held = this.held.filter(
      ({ compliance }) => !Array.isArray(wanted) || wanted.includes(compliance ?? "COMPLIANT"),
    );
    return {
      EvaluationResults: held.slice(from, from + limit).map(({ type, id, mode, compliance }) => ({
        EvaluationResultIdentifier: {
          EvaluationResultQualifier: {
            ConfigRuleName: body["ConfigRuleName"],
            ResourceType: type,
            ResourceId: id,
            EvaluationMode: mode ?? "DETECTIVE",
          },
        },
        ComplianceType: compliance ?? "COMPLIANT",
      })),
      ...(from + limit < held.length ? { NextToken: String(from + limit) } : {}),
    };
  }
}

/** What AWS Config refuses, by its API reference. */
function checkEvaluations(body: Json): void {
  const evaluations = body["Evaluations"];
  if (!Array.isArray(evaluations) || evaluations.length === 0 || evaluations.length > LIMITS.evaluations) {
    throw new Refusal("ValidationException", "1 to 100 evaluations are allowed.");
  }
  for (const evaluation of evaluations as readonly Json[]) {
    const annotation = evaluation["Annotation"];
    if (typeof annotation === "string" && (annotation === "" || annotation.length > LIMITS.annotation)) {
      throw new Refusal("ValidationException", "An annotation has 1 to 256 characters.");
    }
    if (!["COMPLIANT", "NON_COMPLIANT", "NOT_APPLICABLE"].includes(String(evaluation["ComplianceType"]))) {
      throw new Refusal("InvalidParameterValueException", "The compliance type is not valid.");
    }
    if (typeof evaluation["OrderingTimestamp"] !== "number") {
      throw new Refusal("ValidationException", "The ordering timestamp is missing.");
    }
  }
}

/** Of APIs in REST: what is called by which method and path, with what the path names. */
const REST: readonly (readonly [operation: string, RegExp])[] = [
  ["HeadBucket", /^HEAD \/(?<Bucket>[^/]+)\/?$/],
  ["ListHostedZones", /^GET \/2013-04-01\/hostedzone$/],
  ["ListResourceRecordSets", /^GET \/2013-04-01\/hostedzone\/(?<Id>[^/]+)\/rrset$/],
  ["ListDistributions", /^GET \/2020-05-31\/distribution$/],
  ["GetDomainNames", /^GET \/v2\/domainnames$/],
  ["ListFunctionUrlConfigs", /\/functions\/(?<FunctionName>[^/]+)\/urls/],
];

function restCall(
  { method, url, headers }: http.IncomingMessage,
  text: string,
): Pick<Call, "operation" | "body"> {
  const form = new URLSearchParams(text);
  const action = form.get("Action");
  if (action !== null) return { operation: action, body: Object.fromEntries(form) };
  const { pathname, searchParams } = new URL(url ?? "", "http://loopback");
  const owner = headers["x-amz-expected-bucket-owner"];
  const query = { ...Object.fromEntries(searchParams), ...(owner === undefined ? {} : { owner }) };
  for (const [operation, path] of REST) {
    const match = path.exec(`${method ?? ""} ${pathname}`);
    if (match === null) continue;
    const named = Object.entries(match.groups ?? {}).map(([name, part]) => [name, decodeURIComponent(part)]);
    return { operation, body: { ...query, ...(Object.fromEntries(named) as Json) } };
  }
  return { operation: "ListFunctions", body: query };
}
