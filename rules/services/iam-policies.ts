import {
  all,
  both,
  compliant,
  coversSomeAction,
  documentAt,
  either,
  hasEffect,
  matchesWildcard,
  negate,
  noStatement,
  notApplicable,
  policy,
  someItem,
  stackPolicy,
  undecided,
} from "../engine";
import type { Context, Outcome, Policies, Reader, Statement, Ternary } from "../engine";
import { INLINE, inlineOfRole, isBoundary } from "../views/iam";
import type { PrincipalType } from "../views/iam";
import { lonePart, partsOf, readerOf } from "../views/parts";

/** A pattern that stands for every action of every service. */
const isEveryAction = (pattern: string): boolean => /^\*+(:\*+)?$/.test(pattern);

/** A pattern that stands for every action of at least one service. */
const isWholeService = (pattern: string): boolean =>
  isEveryAction(pattern) || /^[^:]+:\?*\*[*?]*$/.test(pattern);

/** A pattern that stands for everything that has an ARN. */
const isEveryResource = (pattern: string): boolean =>
  /^\*+$/.test(pattern) || /^arn:[^:]*(:\*+)+$/.test(pattern);

/** Everything is allowed on everything. A statement with `NotAction` or `NotResource` leaves something out. */
const allowsEverything = (statement: Statement): Ternary =>
  both(
    hasEffect(statement, "Allow"),
    someItem(statement.actions, isEveryAction),
    someItem(statement.resources, isEveryResource),
  );

/** All of a service is allowed, on whatever resource; all but some actions are all of every other service. */
function allowsService(statement: Statement): Ternary {
  const { notActions } = statement;
  const named =
    notActions.items.length > 0 || !notActions.complete
      ? negate(someItem(notActions, isEveryAction))
      : someItem(statement.actions, isWholeService);
  return both(hasEffect(statement, "Allow"), named);
}

const ANY_KEY = "key/00000000-0000-0000-0000-000000000000";

/**
 * A pattern that stands for every KMS key, of all accounts or of one. The keys of one Region of an account are not all.
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-1
 */
function isEveryKey(pattern: string): boolean {
  const [, partition = "aws", service = "kms", region = "*", account = "*"] = pattern.split(":");
  const isOpen = (part: string): boolean => /[*?]/.test(part);
  const fixed = (part: string, otherwise: string): string => (isOpen(part) ? otherwise : part);
  if (!matchesWildcard(service, "kms")) return /^\*+$/.test(pattern);
  if (!isOpen(region) && !isOpen(account)) return false;
  const place = [fixed(partition, "aws"), "kms", fixed(region, "us-east-1"), fixed(account, "111122223333")];
  return matchesWildcard(pattern, `arn:${place.join(":")}:${ANY_KEY}`);
}

/** All keys of all Regions and accounts, of which a Deny must speak to leave none. */
const ALL_KEYS = /^(\*+|arn:[^:]*:kms:\*+:\*+:(key\/)?\*+)$/;

/** A statement denies an action on every key, whatever the circumstances. */
function denies(statement: Statement, action: string): Ternary {
  const { actions, resources, conditions } = statement;
  return both(
    hasEffect(statement, "Deny"),
    negate(someItem(conditions, () => true)),
    someItem(resources, (pattern) => ALL_KEYS.test(pattern)),
    someItem(actions, (pattern) => matchesWildcard(pattern.toLowerCase(), action.toLowerCase())),
  );
}

/** Whether a policy leaves an action open: what one statement denies is not allowed, whatever another says. */
function leavesOpen(reader: Reader<unknown>, action: string): Ternary {
  const document = documentAt(reader, "policy");
  return document.kind === "known"
    ? negate(someItem(document.statements, (statement) => denies(statement, action)))
    : true;
}

/** A blocked action is allowed on all keys. The rule does not look at conditions. */
function allowsOnEveryKey(
  reader: Reader<unknown>,
  blocked: readonly string[],
): (statement: Statement) => Ternary {
  const open = blocked.map((action) => [action, leavesOpen(reader, action)] as const);
  return (statement) => {
    const { resources, notResources } = statement;
    const keys =
      notResources.items.length > 0 || !notResources.complete
        ? negate(someItem(notResources, isEveryKey))
        : someItem(resources, isEveryKey);
    return both(
      hasEffect(statement, "Allow"),
      either(...open.map(([action, isOpen]) => both(isOpen, coversSomeAction(statement, action)))),
      keys,
    );
  };
}

/** The policy of a reader allows no blocked action on all keys. */
const policyIsNarrow = (reader: Reader<unknown>, blocked: readonly string[]): Outcome =>
  noStatement(reader, "policy", allowsOnEveryKey(reader, blocked), BLOCKED_REASON);

const BLOCKED_REASON = {
  found: "a statement allows a blocked action on all KMS keys",
  fix: "name the keys, or remove the action",
};

/** No statement is forbidden; a policy that only bounds permissions is left out when the parameter says so. */
function managed(
  reader: Reader<unknown>,
  p: { readonly excludePermissionBoundaryPolicy?: boolean | undefined },
  context: Context,
  forbidden: (statement: Statement) => Ternary,
  reason: { readonly found: string; readonly fix: string },
): Outcome {
  const outcome = noStatement(reader, "policy", forbidden, reason);
  if (p.excludePermissionBoundaryPolicy !== true) return outcome;
  const bounds = isBoundary(context);
  if (bounds === false) return outcome;
  return bounds === true || outcome.verdict !== "NON_COMPLIANT"
    ? notApplicable()
    : undecided(...outcome.reasons);
}

/** The inline policies of a principal, its own and those that are resources. */
function inlineIsFree(
  type: PrincipalType,
  principal: Reader<unknown>,
  context: Context,
  blocked: readonly string[],
): Outcome {
  const { nodes, uncertain } = partsOf(context, [INLINE[type]]);
  const own = inlineOfRole(principal);
  const unseen = { found: "it is not known yet which inline policies there are", fix: BLOCKED_REASON.fix };
  // The rule evaluates every principal, and one without inline policies has none that allows too much.
  return all(
    compliant(),
    ...own.items.map((inline) => policyIsNarrow(inline, blocked)),
    ...nodes.map((node) => policyIsNarrow(readerOf(node), blocked)),
    uncertain || !own.complete ? undecided(unseen) : notApplicable(),
  );
}

interface InlineParameters {
  readonly blockedActionsPatterns: readonly string[];
  readonly excludeRoleByManagementAccount?: boolean | undefined;
}

const inlineCheck =
  (type: PrincipalType) =>
  (principal: Reader<unknown>, p: InlineParameters, context: Context): Outcome => {
    const outcome = inlineIsFree(type, principal, context, p.blockedActionsPatterns);
    if (p.excludeRoleByManagementAccount !== true || type !== "aws:iam/role:Role") return outcome;
    // A program does not say which account manages the organisation.
    const trust = documentAt(principal, "assumeRolePolicy");
    const mayBeTrusted =
      trust.kind !== "known" ||
      !trust.statements.complete ||
      trust.statements.items.some(
        ({ principals }) => !principals.complete || principals.items.some(({ kind }) => kind === "AWS"),
      );
    return outcome.verdict === "NON_COMPLIANT" && mayBeTrusted ? undecided(...outcome.reasons) : outcome;
  };

const loneInline =
  (type: PrincipalType) =>
  (part: Reader<unknown>, p: InlineParameters, context: Context): Outcome =>
    lonePart(context, INLINE[type].path, [type], () => policyIsNarrow(part, p.blockedActionsPatterns));

export const iamPolicies: Policies = {
  IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS: stackPolicy(
    "IAM policies do not allow everything on everything.",
    {
      "aws:iam/policy:Policy": (document, p, context) =>
        managed(document, p, context, allowsEverything, {
          found: "a statement allows every action on every resource",
          fix: "name the actions and resources that are needed",
        }),
    },
  ),

  IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS: stackPolicy("IAM policies do not allow all of a service.", {
    "aws:iam/policy:Policy": (document, p, context) =>
      managed(document, p, context, allowsService, {
        found: "a statement allows every action of a service",
        fix: "name the actions that are needed",
      }),
  }),

  IAM_CUSTOMER_POLICY_BLOCKED_KMS_ACTIONS: stackPolicy(
    "IAM policies do not allow blocked actions on all KMS keys.",
    {
      "aws:iam/policy:Policy": (document, p, context) =>
        managed(document, p, context, allowsOnEveryKey(document, p.blockedActionsPatterns), BLOCKED_REASON),
    },
  ),

  IAM_INLINE_POLICY_BLOCKED_KMS_ACTIONS: stackPolicy(
    "Inline policies do not allow blocked actions on all KMS keys.",
    {
      "aws:iam/user:User": inlineCheck("aws:iam/user:User"),
      "aws:iam/group:Group": inlineCheck("aws:iam/group:Group"),
      "aws:iam/role:Role": inlineCheck("aws:iam/role:Role"),
      "aws:iam/userPolicy:UserPolicy": loneInline("aws:iam/user:User"),
      "aws:iam/groupPolicy:GroupPolicy": loneInline("aws:iam/group:Group"),
      "aws:iam/rolePolicy:RolePolicy": loneInline("aws:iam/role:Role"),
    },
  ),

  IAM_POLICY_DESCRIPTION: policy("IAM policies have a description.", {
    "aws:iam/policy:Policy": (document) => document.present("description"),
  }),
};
