import { roleArnOf } from "../../rules/custom/access-parameters";
import { actionsOf } from "../../rules/custom/control";
import type { RegisteredControl } from "../../rules/custom/register";
import type { Location } from "./principals";
import type { PolicyStatement } from "./statement";

/** What the function of a custom rule does, as far as its permissions depend on it. */
export interface RuleFunction {
  readonly logGroupName: string;
  readonly deadLetterArn: string;
  /** Whether changes of resources trigger it. */
  readonly onChanges: boolean;
  /** Whether a schedule triggers it. */
  readonly onSchedule: boolean;
  /** The actions that its control declares, each a read. */
  readonly reads: readonly string[];
  /** Names of the roles of this account that its rules let it work with. */
  readonly assumes: readonly string[];
}

/** Everything that the functions of some controls read, sorted: what a boundary of their roles must allow. */
export const ruleReads = (controls: readonly RegisteredControl["control"][]): readonly string[] =>
  [...new Set(controls.flatMap((control) => actionsOf(control)))].sort();

/**
 * The same for a boundary, which is one document that is full: several actions of a service that begin with `Describe` or
 * `List` become a pattern. Those tell how things are set up; what begins with `Get` may be data, and stays by name. A
 * boundary grants nothing: what a function may do is what its own role names.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
 */
export function outlineOf(actions: readonly string[]): readonly string[] {
  const groups = new Map<string, readonly string[]>();
  for (const action of actions) {
    const verb = /^[a-z0-9-]+:(?:Describe|List)/.exec(action)?.[0] ?? action;
    groups.set(verb, [...(groups.get(verb) ?? []), action]);
  }
  return [...groups].flatMap(([verb, same]) => (same.length > 1 ? [`${verb}*`] : same));
}

/** The log group in which Lambda looks for a function's own by default. */
export const ruleLogGroupOf = (functionName: string): string => `/aws/lambda/${functionName}`;

/**
 * Lets Lambda run functions with a role. It is documented to send no source; see `WITHOUT_SOURCE_CONDITION`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
 */
export const functionTrust: PolicyStatement = {
  Sid: "AllowLambda",
  Effect: "Allow",
  Principal: { Service: "lambda.amazonaws.com" },
  Action: "sts:AssumeRole",
};

/**
 * What the function of a custom rule may do: log, report to AWS Config, leave what it could not do, and read what its
 * control says. A rule judges whatever the account has, so that what it reads cannot be narrowed to single resources.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsconfig.html
 */
export function ruleFunctionPermissions(
  { partition, region, account }: Location,
  { logGroupName, deadLetterArn, onChanges, onSchedule, reads, assumes }: RuleFunction,
): readonly PolicyStatement[] {
  return [
    {
      Sid: "WriteOwnLog",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `arn:${partition}:logs:${region}:${account}:log-group:${logGroupName}:*`,
    },
    {
      Sid: "LeaveWhatFailed",
      Effect: "Allow",
      Action: "sqs:SendMessage",
      Resource: deadLetterArn,
    },
    // The result token, which only AWS Config gives, says whose results these are.
    { Sid: "ReportResults", Effect: "Allow", Action: "config:PutEvaluations", Resource: "*" },
    ...(onChanges
      ? [
          {
            Sid: "FetchOversizedItems",
            Effect: "Allow",
            Action: "config:GetResourceConfigHistory",
            Resource: "*",
          } as const,
        ]
      : []),
    ...(onSchedule
      ? [
          {
            Sid: "FindEarlierResults",
            Effect: "Allow",
            Action: "config:GetComplianceDetailsByConfigRule",
            // The last part is an id that AWS Config makes up when it has created the rule.
            Resource: `arn:${partition}:config:${region}:${account}:config-rule/*`,
          } as const,
        ]
      : []),
    ...(assumes.length === 0
      ? []
      : [
          {
            Sid: "WorkWithNamedRoles",
            Effect: "Allow",
            Action: "sts:AssumeRole",
            Resource: assumes.map((name) => roleArnOf(partition, account, name)),
          } as const,
        ]),
    ...(reads.length === 0
      ? []
      : [{ Sid: READ_SID, Effect: "Allow", Action: reads, Resource: "*" } as const]),
  ];
}

/** The statement with what a control reads, which is the only one on all resources by choice. */
export const READ_SID = "ReadWhatDecides";

/**
 * Keeps a function's dead letters off connections without TLS. Who sends them is a role of this account, which needs
 * no permission here.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function failedEvents(queueArn: string): readonly PolicyStatement[] {
  return [
    {
      Sid: "DenyInsecureTransport",
      Effect: "Deny",
      Principal: "*",
      Action: ["sqs:ReceiveMessage", "sqs:SendMessage"],
      Resource: queueArn,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ];
}
