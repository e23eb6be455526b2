import { ConfigServiceClient } from "@aws-sdk/client-config-service";
import type { ConfigServiceClientConfig } from "@aws-sdk/client-config-service";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { ACCESS_PARAMETERS, partsOf, roleArnOf } from "../custom/access-parameters";
import { typedValues } from "../custom/parameters";
import { CallerError, EventError, refused } from "./errors";
import type { RuleEvent } from "./events";

/** Whose permissions a rule works with: the function's own, or those of a role in the account that the rule is in. */

/** The settings of an SDK client; the region is the function's. */
export type ClientConfig = Pick<
  ConfigServiceClientConfig,
  "credentials" | "endpoint" | "maxAttempts" | "region" | "requestHandler"
>;

/** The clients that a control reads with, by name. */
export type Clients = Readonly<Record<string, { destroy(): void }>>;

export interface Role {
  readonly arn: string;
  /** Of the STS endpoint; default: the function's region. */
  readonly region: string | undefined;
}

/** Long enough for the longest invocation, and the least that STS gives. */
const SESSION_SECONDS = 900;
/** Everything that is called is throttled together with the whole account. */
const ATTEMPTS = 5;

/**
 * The role to assume; `undefined` for none.
 * @param texts - All parameters of the rule.
 * @throws CallerError when the parameters do not make one.
 */
export function roleOf(event: RuleEvent, texts: Readonly<Record<string, string>>): Role | undefined {
  const parsed = typedValues(ACCESS_PARAMETERS, partsOf(texts).access);
  if (!parsed.ok) throw refused(parsed.problems);
  const { AssumeRoleMode: mode, ExecutionRoleName: name, ExecutionRoleRegion: region } = parsed.values;
  if (mode === false || (mode === undefined && name === undefined)) return undefined;
  if (name !== undefined) {
    const partition = /^arn:([^:]+):/.exec(event.ruleArn ?? "")?.[1];
    if (partition === undefined) throw new EventError('"event" has no text "configRuleArn" that is an ARN.');
    return { arn: roleArnOf(partition, event.accountId, name), region };
  }
  const arn = event.executionRoleArn;
  if (arn === undefined || arn.includes(":role/aws-service-role/")) {
    const why = arn === undefined ? "The event names no role" : "The role of AWS Config is service-linked";
    throw new CallerError(
      "InvalidParameterValueException",
      `${why}, so that the function has none to assume. Name one in the rule's parameter "ExecutionRoleName".`,
    );
  }
  return { arn, region };
}

/** The clients of one set of permissions. */
export interface Connection<C> {
  readonly config: ConfigServiceClient;
  readonly clients: C;
}

/** Makes clients: for the function's own permissions once, so that warm invocations reuse their connections. */
export class Connector<C extends Clients> {
  private own: Connection<C> | undefined;

  public constructor(
    private readonly base: ClientConfig,
    private readonly make: (config: ClientConfig) => C,
  ) {}

  /** Does something with the permissions of a role, or of the function itself. */
  public async use<T>(
    role: Role | undefined,
    session: string,
    work: (to: Connection<C>) => Promise<T>,
  ): Promise<T> {
    if (role === undefined) return work((this.own ??= this.connect({})));
    const connection = this.connect({ credentials: await this.assume(role, session) });
    try {
      return await work(connection);
    } finally {
      for (const client of [connection.config, ...Object.values(connection.clients)]) client.destroy();
    }
  }

  private connect(more: ClientConfig): Connection<C> {
    const config = { maxAttempts: ATTEMPTS, ...this.base, ...more };
    return { config: new ConfigServiceClient(config), clients: this.make(config) };
  }

  /** By the regional endpoint: the global one is far away, and refuses the regions that an account switched on. */
  private async assume(
    { arn, region }: Role,
    session: string,
  ): Promise<NonNullable<ClientConfig["credentials"]>> {
    const sts = new STSClient({
      maxAttempts: ATTEMPTS,
      ...this.base,
      ...(region === undefined ? {} : { region }),
    });
    try {
      const { Credentials: given } = await sts.send(
        new AssumeRoleCommand({
          RoleArn: arn,
          RoleSessionName: session.replace(/[^\w+=,.@-]/g, "-").slice(0, 64),
          DurationSeconds: SESSION_SECONDS,
        }),
      );
      const {
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken: sessionToken,
      } = given ?? {};
      if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined) {
        throw new EventError(`STS answered without credentials for ${arn}.`);
      }
      return { accessKeyId, secretAccessKey, sessionToken };
    } finally {
      sts.destroy();
    }
  }
}
