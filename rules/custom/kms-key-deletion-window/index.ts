import {
  both,
  coversAction,
  documentAt,
  either,
  hasEffect,
  namesEverybody,
  negate,
  noDocument,
  parseDocument,
} from "../../engine/documents";
import type { PolicyDocument, Statement, Ternary } from "../../engine/documents";
import { all, compliant, notApplicable, undecided } from "../../engine/outcome";
import type { Outcome, Reason } from "../../engine/outcome";
import { stackPolicy } from "../../engine/policy";
import type { Context, Policy } from "../../engine/policy";
import type { Reader } from "../../engine/reader";
import { lonePart } from "../../views/parts";
import { customControl } from "../control";
import { textAt } from "../items";
import type { ConfigurationItem } from "../items";
import { preventive } from "../judge";
import type { ParameterSchema, ParameterValues } from "../parameters";
import { isBroad } from "../permissions";
import { unlessTrue } from "../trust";
import { allBounds, someBounds } from "./bounds";

const KEY_TYPES = [
  "aws:kms/key:Key",
  "aws:kms/replicaKey:ReplicaKey",
  "aws:kms/externalKey:ExternalKey",
] as const;
const KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy";
const ACTION = "kms:ScheduleKeyDeletion";
const KEYS = { service: "kms", prefix: "key/" };

const PARAMETERS = {
  minimumDays: {
    type: "int",
    minimum: 7,
    maximum: 30,
    default: "30",
    description: "The shortest waiting period before a key is deleted, in days. AWS itself asks for 7.",
  },
} as const satisfies ParameterSchema;

type Parameters = ParameterValues<typeof PARAMETERS>;

/** What decides: the policy of a key. */
export interface KeyDeletion {
  /** AWS writes the policies of its own keys, and deletes none. */
  readonly isCustomers: boolean;
  /** Of its principals only those that mean everybody are kept: whom else it names does not matter. */
  readonly policy: PolicyDocument;
}

/**
 * What a deleted key has encrypted is lost. The waiting period is the time to notice; a policy of the key bounds it for
 * everybody, also for administrators.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
 */
export const control = customControl({
  name: "kms-key-deletion-window",
  title: "KMS keys are deleted only after a long enough waiting period.",
  severity: "medium",
  resourceTypes: ["AWS::KMS::Key"],
  triggerTypes: ["ConfigurationChange", "Periodic"],
  parameters: PARAMETERS,
  requirements: ["aws-well-architected-security:SEC08-BP01", "nist-800-53-r5:SC-12"],
  sources: {
    isCustomers: { from: "item", path: "configuration.keyManager" },
    policy: {
      from: "read",
      action: "kms:GetKeyPolicy",
      because: "AWS Config records keys without their policies",
    },
  },
  listing: ["kms:DescribeKey", "kms:ListKeys"],
  judge: ({ isCustomers, policy }: KeyDeletion, { minimumDays: days }) =>
    isCustomers ? judgePolicy(policy, days) : notApplicable(),
});

const fixOf = (days: number): string =>
  `deny everybody ${ACTION} if NumericLessThan "kms:ScheduleKeyDeletionPendingWindowInDays" is "${days}"`;

function judgePolicy(policy: PolicyDocument, days: number): Outcome {
  const fix = fixOf(days);
  const reason = (found: string, property = "policy"): Reason => ({ property, found, fix });
  switch (policy.kind) {
    case "absent":
      return notApplicable();
    case "unknown":
      return undecided(reason('"policy" is not known yet'));
    case "invalid":
      return noDocument({ property: "policy" });
    case "known": {
      const { items, complete } = policy.statements;
      const isDenied = either(...items.map((one) => deniesShorter(one, days)), complete ? false : "unknown");
      const outcomes = items.map((statement) => {
        const property = `policy.Statement[${statement.index}]`;
        return unlessTrue(
          both(allowsShorter(statement, days), negate(isDenied)),
          reason(`"${property}" lets the key be deleted after less than ${days} days`, property),
        );
      });
      const unseen =
        isDenied === true ? compliant() : undecided(reason('a statement of "policy" is not known yet'));
      return all(...outcomes, complete ? compliant() : unseen);
    }
  }
}

const allowsShorter = (statement: Statement, days: number): Ternary =>
  both(
    hasEffect(statement, "Allow"),
    coversAction(statement, ACTION),
    negate(either(...someBounds(statement.conditions, days))),
  );

/** A denial without any condition takes away all periods. */
const deniesShorter = (statement: Statement, days: number): Ternary =>
  both(
    hasEffect(statement, "Deny"),
    namesEverybody(statement),
    coversAction(statement, ACTION),
    isBroad(statement, KEYS),
    ...allBounds(statement.conditions, days),
  );

function neutral(document: PolicyDocument): PolicyDocument {
  if (document.kind !== "known") return document;
  const { items, complete } = document.statements;
  const statements = items.map((statement) => {
    const { items: named, complete: isWhole } = statement.principals;
    return {
      ...statement,
      principals: { items: named.filter(({ name }) => name === "*"), complete: isWhole },
    };
  });
  return { kind: "known", statements: { items: statements, complete } };
}

/**
 * What KMS writes for a key that is made without a policy; the account does not matter.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
const DEFAULT = parseDocument({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "kms:*", Resource: "*" },
});

/** Before the deployment: the policy of one key, or one policy by itself. */
export function fromInputs(reader: Reader<unknown>): KeyDeletion {
  const document = documentAt(reader, "policy");
  return { isCustomers: true, policy: neutral(document.kind === "absent" ? DEFAULT : document) };
}

/** After the deployment: what KMS says. A key that is gone has no policy. */
export const fromPolicy = (isCustomers: boolean, text: string | undefined): KeyDeletion => ({
  isCustomers,
  policy: neutral(parseDocument(text)),
});

export const fromItem = (item: ConfigurationItem<"AWS::KMS::Key">, text: string | undefined): KeyDeletion =>
  fromPolicy(isCustomers(textAt(item, "configuration.keyManager")), text);

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html */
export const isCustomers = (keyManager: string | undefined): boolean => keyManager !== "AWS";

const judgeOne = preventive(control, fromInputs);

/** A key has one policy, its own or that of a resource. */
function judgeKey(key: Reader<unknown>, parameters: Parameters, context: Context): Outcome {
  const { stack, node } = context;
  const { nodes, uncertain } = stack.referrers(node, KEY_POLICY, "keyId");
  const split = nodes.map((policy) => {
    const { verdict, reasons } = judgeOne(policy.reader(KEY_POLICY), parameters, context);
    return { verdict, reasons: reasons.map((reason) => ({ ...reason, holder: policy.holder })) };
  });
  const fix = fixOf(parameters.minimumDays);
  const unseen = undecided({ found: "it is not known yet whether the key has another policy", fix });
  const rest = uncertain ? unseen : notApplicable();
  if (documentAt(key, "policy").kind !== "absent") {
    return all(judgeOne(key, parameters, context), ...split, rest);
  }
  if (split.length > 0 || uncertain) return all(...split, rest);
  const { verdict, reasons } = judgeOne(key, parameters, context);
  const found = `"policy" is not set, and the one that KMS writes lets the key be deleted after less than ${parameters.minimumDays} days`;
  return { verdict, reasons: reasons.map((reason) => ({ ...reason, property: "policy", found })) };
}

export const preventivePolicy: Policy<Parameters> = stackPolicy(control.title, {
  [KEY_TYPES[0]]: judgeKey,
  [KEY_TYPES[1]]: judgeKey,
  [KEY_TYPES[2]]: judgeKey,
  [KEY_POLICY]: (part, parameters: Parameters, context) =>
    lonePart(context, "keyId", KEY_TYPES, () => judgeOne(part, parameters, context)),
});
