import { ConfigServiceClient } from "@aws-sdk/client-config-service";
import { configRule } from "../../rules/lambda";
import type { ClientConfig } from "../../rules/lambda";
import { clientOptions } from "../verify/sdk";
import type { AnyDefinition } from "./folder";

/** The function of a rule, run here: it does all that it does in Lambda, except that AWS Config gets no results. */

/** A result that AWS Config would have got. */
export interface Rehearsed {
  readonly resourceType: string;
  readonly resourceId: string;
  readonly compliance: string;
  readonly annotation?: string;
}

/** What became of a run. */
export interface Rehearsal {
  /** What AWS Config would have got, also from a run that failed later. */
  readonly results: readonly Rehearsed[];
  /** What the function threw. */
  readonly error?: Error;
}

/** What the SDK sends requests with. */
type Handler = ConfigServiceClient["config"]["requestHandler"];
type Response = Awaited<ReturnType<Handler["handle"]>>;

/** The part of a request that is looked at; the SDK's own type leaves it open. */
interface Request {
  readonly headers: Readonly<Record<string, string>>;
  readonly hostname: string;
  readonly body: unknown;
}

/** Ten minutes; nothing waits for a person's own run to end earlier. */
const MILLISECONDS = 600_000;

/**
 * Runs the function on an event.
 * @param network - Whether the rule may read from AWS. Without, a read is an error that says what to do.
 * @param client - Region and credentials of the reads.
 */
export async function rehearse(
  definition: AnyDefinition,
  event: unknown,
  network: boolean,
  client: ClientConfig = {},
): Promise<Rehearsal> {
  const sent: Rehearsed[] = [];
  const offline: ClientConfig = {
    region: "us-east-1",
    credentials: { accessKeyId: "none", secretAccessKey: "none" },
    maxAttempts: 1,
  };
  const handler = configRule(definition, {
    client: {
      ...clientOptions({}),
      ...(network ? {} : offline),
      ...client,
      requestHandler: new Interceptor(sent, network),
    },
    write: () => undefined,
  });
  try {
    await handler(event, { awsRequestId: "rehearsal", getRemainingTimeInMillis: () => MILLISECONDS });
    return { results: sent };
  } catch (error) {
    return { results: sent, error: asError(error) };
  }
}

/** Whatever was thrown, as an error. */
export const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(String(thrown));

/** Stands between the SDK and AWS. */
class Interceptor {
  private readonly inner = new ConfigServiceClient({ region: "us-east-1" }).config.requestHandler;
  public readonly metadata = { handlerProtocol: "http/1.1" };

  public constructor(
    private readonly sent: Rehearsed[],
    private readonly network: boolean,
  ) {}

  public async handle(request: Request, options?: Parameters<Handler["handle"]>[1]): Promise<Response> {
    const operation = /^StarlingDoveService\.(\w+)$/.exec(request.headers["x-amz-target"] ?? "")?.[1];
    if (operation === "PutEvaluations") {
      this.keep(request.body);
      return answer({ FailedEvaluations: [] });
    }
    // The rule is not deployed, so that it has no earlier results to retire.
    if (operation === "GetComplianceDetailsByConfigRule") return answer({ EvaluationResults: [] });
    if (this.network) return this.inner.handle(request, options);
    throw new Error(
      `the rule reads from ${request.hostname}, and nothing is read here: give the answer with "--read FILE", or use "compliance rule invoke"`,
    );
  }

  public destroy(): void {
    this.inner.destroy?.();
  }

  public updateHttpClientConfig(): void {
    // Nothing to configure: the SDK's settings for connections are the defaults of the inner handler.
  }

  public httpHandlerConfigs(): Record<string, never> {
    return {};
  }

  private keep(body: unknown): void {
    const { Evaluations: evaluations } = JSON.parse(textOf(body)) as {
      readonly Evaluations: readonly Readonly<Record<string, string>>[];
    };
    for (const evaluation of evaluations) {
      const annotation = evaluation["Annotation"];
      this.sent.push({
        resourceType: evaluation["ComplianceResourceType"] ?? "",
        resourceId: evaluation["ComplianceResourceId"] ?? "",
        compliance: evaluation["ComplianceType"] ?? "",
        ...(annotation === undefined ? {} : { annotation }),
      });
    }
  }
}

/** The SDK forbids to treat its bytes as a text, which it would become by itself. */
const textOf = (body: unknown): string =>
  body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body);

function answer(body: unknown): Response {
  const response = {
    statusCode: 200,
    headers: { "content-type": "application/x-amz-json-1.1" },
    body: new TextEncoder().encode(JSON.stringify(body)),
  };
  // The SDK looks at these three alone.
  return { response };
}
