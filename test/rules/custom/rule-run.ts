import { configRule } from "../../../rules/lambda";
import type { Clients, RuleDefinition } from "../../../rules/lambda";
import type { ParameterSchema } from "../../../rules/custom/parameters";
import { Loopback } from "../lambda/loopback";
import type { Json } from "../lambda/loopback";

/** The function of a rule against an AWS on the loopback, which starts and stops with the suite that asks for it. */
export interface RuleRun {
  readonly aws: Loopback;
  /** Answers an event; the evaluations that AWS Config got. */
  readonly run: (event: unknown) => Promise<readonly Json[]>;
}

/** For a suite: AWS starts before it, is empty before each test and stops after it. */
export function ruleRun<F extends object, S extends ParameterSchema, C extends Clients, R, T extends string>(
  definition: RuleDefinition<F, S, C, R, T>,
): RuleRun {
  const aws = new Loopback();
  let endpoint = "";
  before(async () => {
    endpoint = await aws.listen();
  });
  beforeEach(() => aws.reset());
  after(() => aws.close());
  return {
    aws,
    run: async (event) => {
      const credentials = { accessKeyId: "a", secretAccessKey: "b" };
      const client = { endpoint, region: "eu-west-1", credentials, maxAttempts: 1 };
      const handler = configRule(definition, { client, write: () => undefined });
      await handler(event, { awsRequestId: "request", getRemainingTimeInMillis: () => 60_000 });
      return aws.bodies("PutEvaluations").flatMap((body) => body["Evaluations"] as readonly Json[]);
    },
  };
}
