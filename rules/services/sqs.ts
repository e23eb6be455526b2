import {
  both,
  either,
  hasEffect,
  isPublic,
  isUnknown,
  noStatement,
  notApplicable,
  compliant,
  parseJson,
  someItem,
  stackPolicy,
  undecided,
  violation,
} from "../engine";
import { hasUnknownName, identitiesOf } from "../engine";
import type {
  Context,
  Outcome,
  Policies,
  Reader,
  ResourceGraph,
  ResourceNode,
  Statement,
  Ternary,
} from "../engine";
import { everyPolicy } from "../views/attached-policy";
import { lonePart, readerOf } from "../views/parts";

const QUEUE = "aws:sqs/queue:Queue";
const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const REDRIVE = "aws:sqs/redrivePolicy:RedrivePolicy";
const REDRIVE_ALLOW = "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy";

const PLACES = {
  inline: "policy",
  type: QUEUE_POLICY,
  link: "queueUrl",
} as const;

/** The dead-letter queue that a redrive policy names; it is JSON text, or an object in a program. */
function deadLetterArn(value: unknown): unknown {
  const policy: unknown = typeof value === "string" ? parseJson(value) : value;
  return typeof policy === "object" && policy !== null && "deadLetterTargetArn" in policy
    ? policy.deadLetterTargetArn
    : undefined;
}

/** Whether another resource sends its dead letters to a queue. */
function isDeadLetterQueue(queue: ResourceNode, stack: ResourceGraph): Ternary {
  let answer: Ternary = false;
  for (const [type, property] of [
    [QUEUE, "redrivePolicy"],
    [REDRIVE, "redrivePolicy"],
  ] as const) {
    for (const other of stack.ofType(type)) {
      if (other === queue) continue;
      const read = other.reader(type).at(property);
      if (read.kind === "absent") continue;
      const arn = read.kind === "known" ? deadLetterArn(read.value) : undefined;
      if (typeof arn === "string") {
        const named = identitiesOf(queue).some((name) => arn === name || arn.endsWith(`:${name}`));
        if (named) return true;
        if (hasUnknownName(queue)) answer = "unknown";
        continue;
      }
      const dependencies = other.facts.propertyDependencies?.[property] ?? [];
      if (dependencies.includes(queue.urn)) return true;
      if (read.kind === "unknown" && dependencies.length === 0) answer = "unknown";
    }
  }
  return answer;
}

/** Whether a redrive policy names a queue; one that is not known yet does. */
function redrives(policy: Reader<unknown>): boolean {
  const read = policy.at("redrivePolicy");
  if (read.kind !== "known") return read.kind === "unknown";
  const arn = deadLetterArn(read.value);
  return arn !== undefined && arn !== null && arn !== "";
}

/** Whether a queue says whose dead letters it takes; by `denyAll` it takes nobody's. */
function takesDeadLetters(queue: Reader<unknown>): Ternary {
  const read = queue.at("redriveAllowPolicy");
  if (read.kind === "absent") return false;
  if (read.kind === "unknown") return "unknown";
  const policy: unknown = typeof read.value === "string" ? parseJson(read.value) : read.value;
  const permission =
    typeof policy === "object" && policy !== null && "redrivePermission" in policy
      ? policy.redrivePermission
      : undefined;
  return isUnknown(permission) ? "unknown" : permission !== "denyAll";
}

function hasDeadLetterQueue(queue: Reader<unknown>, _: unknown, { node, stack }: Context): Outcome {
  const reason = {
    property: "redrivePolicy",
    found: "the queue has no dead-letter queue",
    fix: 'set "redrivePolicy" with a "deadLetterTargetArn"',
  };
  const { nodes, uncertain } = stack.referrers(node, REDRIVE, "queueUrl");
  const policies = [queue, ...nodes.map((policy) => policy.reader(REDRIVE))];
  if (policies.some(redrives)) return compliant();
  // A queue for dead letters needs none of its own.
  const allowances = stack.referrers(node, REDRIVE_ALLOW, "queueUrl");
  const takes = either(takesDeadLetters(queue), ...allowances.nodes.map(readerOf).map(takesDeadLetters));
  if (takes === true) return notApplicable();
  const isTarget = either(takes, isDeadLetterQueue(node, stack));
  if (isTarget === true) return notApplicable();
  const isHidden = uncertain || allowances.uncertain || stack.partial;
  return isHidden || isTarget === "unknown" ? undecided(reason) : violation(reason);
}

const noPublicStatement = (reader: Reader<unknown>, path: string): Outcome =>
  noStatement(reader, path, isPublic, {
    found: "a statement lets everybody in",
    fix: "name the principals, or narrow them by a condition such as aws:SourceArn",
  });

/** The rule looks for `SQS:*` within `Action` only, whatever else lets in as much. */
const allowsEverything = (statement: Statement): Ternary =>
  both(
    hasEffect(statement, "Allow"),
    someItem(statement.actions, (action) => action === "*" || action.toLowerCase() === "sqs:*"),
  );

const noFullAccess = (reader: Reader<unknown>, path: string): Outcome =>
  noStatement(reader, path, allowsEverything, {
    found: "a statement allows every action",
    fix: "name the actions that are needed",
  });

export const sqs: Policies = {
  SQS_QUEUE_DLQ_CHECK: stackPolicy("SQS queues have a dead-letter queue.", {
    [QUEUE]: hasDeadLetterQueue,
  }),

  SQS_QUEUE_NO_PUBLIC_ACCESS: stackPolicy("SQS queues let nobody in who is not named.", {
    [QUEUE]: (queue, _, context) => everyPolicy(queue, context, PLACES, noPublicStatement),
    [QUEUE_POLICY]: (policy, _, context) =>
      lonePart(context, PLACES.link, [QUEUE], () => noPublicStatement(policy, "policy")),
  }),

  SQS_QUEUE_POLICY_FULL_ACCESS_CHECK: stackPolicy("SQS queues allow named actions only.", {
    [QUEUE]: (queue, _, context) => everyPolicy(queue, context, PLACES, noFullAccess),
    [QUEUE_POLICY]: (policy, _, context) =>
      lonePart(context, PLACES.link, [QUEUE], () => noFullAccess(policy, "policy")),
  }),
};
