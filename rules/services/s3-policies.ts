import {
  both,
  compliant,
  coversSomeAction,
  documentAt,
  either,
  hasEffect,
  isNarrowed,
  isUnknown,
  matchesWildcard,
  negate,
  noStatement,
  parseDocument,
  someItem,
  stackPolicy,
} from "../engine";
import type {
  Context,
  Items,
  Outcome,
  Policies,
  Principal,
  Reader,
  Statement,
  Ternary,
  Unknown,
} from "../engine";
import { accountIn, ownAccount } from "../views/account";
import { facet } from "../views/bucket";
import type { BucketReader } from "../views/bucket";
import { isWithin } from "../views/networks";

const BUCKET = "aws:s3/bucket:Bucket";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";

/** No statement of the bucket's policy may be a certain one; a bucket without a policy lets nobody else in. */
function forbids(
  bucket: BucketReader,
  context: Context,
  forbidden: (statement: Statement) => Ternary,
  reason: { readonly found: string; readonly fix: string },
): Outcome {
  const judge = <T>(reader: Reader<T>): Outcome =>
    documentAt(reader, "policy").kind === "absent"
      ? compliant()
      : noStatement(reader, "policy", forbidden, reason);
  return facet(bucket, context, {
    type: POLICY,
    split: judge,
    inline: { property: "policy", check: judge },
    missing: compliant(),
  });
}

const isEverybody = ({ kind, name }: Principal): boolean => name === "*" && (kind === "*" || kind === "AWS");

/** Whether a statement names a principal of another account. Without a known account, every account is another. */
function namesForeigner(statement: Statement, own: string | Unknown | undefined): Ternary {
  if (statement.notPrincipals.items.length > 0 || !statement.notPrincipals.complete) {
    return negate(isNarrowed(statement));
  }
  return someItem(statement.principals, (principal) => {
    if (isEverybody(principal)) return negate(isNarrowed(statement));
    if (principal.kind === "CanonicalUser") return true;
    const account = principal.kind === "AWS" ? accountIn(principal.name) : undefined;
    if (account === undefined) return false;
    return isUnknown(own) ? "unknown" : account !== own;
  });
}

interface Grantees {
  readonly awsPrincipals?: readonly string[] | undefined;
  readonly servicePrincipals?: readonly string[] | undefined;
  readonly federatedUsers?: readonly string[] | undefined;
  readonly ipAddresses?: readonly string[] | undefined;
  readonly vpcIds?: readonly string[] | undefined;
}

/** An account and its root user are the same principal. */
const isSamePrincipal = (a: string, b: string): boolean =>
  a === b || (accountIn(a) === accountIn(b) && [a, b].every((name) => /^\d{12}$|:root$/.test(name)));

/** Whether a principal is one of the grantees, whose ARNs may be written with wildcards. */
function isGrantee({ kind, name }: Principal, p: Grantees): boolean {
  switch (kind) {
    case "AWS":
      return (p.awsPrincipals ?? []).some((one) => isSamePrincipal(one, name) || matchesWildcard(one, name));
    case "Service":
      return (p.servicePrincipals ?? []).includes(name);
    case "Federated":
      return (p.federatedUsers ?? []).includes(name);
    default:
      return false;
  }
}

const every = <T>({ items, complete }: Items<T>, holds: (item: T) => boolean): Ternary =>
  items.every(holds) && (complete ? items.length > 0 : "unknown");

/** Whether conditions hold a statement to some of the networks, or to parts of them. */
function isHeldToNetworks(statement: Statement, p: Grantees): Ternary {
  return someItem(statement.conditions, ({ operator, key, values }) => {
    if (key === "aws:sourceip")
      return both(
        /^ipaddress$/i.test(operator),
        every(values, (value) => (p.ipAddresses ?? []).some((network) => isWithin(value, network))),
      );
    if (key === "aws:sourcevpc")
      return both(
        /^string(equals|like)(ignorecase)?$/i.test(operator),
        every(values, (value) => (p.vpcIds ?? []).includes(value)),
      );
    return false;
  });
}

/** Whether a statement lets in somebody who is not a grantee. */
function admitsOthers(statement: Statement, p: Grantees): Ternary {
  const named =
    statement.notPrincipals.items.length > 0 || !statement.notPrincipals.complete
      ? true
      : someItem(statement.principals, (principal) => !isGrantee(principal, p));
  return both(hasEffect(statement, "Allow"), named, negate(isHeldToNetworks(statement, p)));
}

/** Whether every item of a list is covered by some pattern of another. */
const covered = (items: Items<string>, patterns: readonly string[], fold: boolean): Ternary =>
  negate(
    someItem(
      items,
      (item) =>
        !patterns.some((pattern) =>
          fold ? matchesWildcard(pattern.toLowerCase(), item.toLowerCase()) : matchesWildcard(pattern, item),
        ),
    ),
  );

/** Whether a statement of the control policy permits all that a statement does. */
function isPermitted(statement: Statement, control: Statement): Ternary {
  const usesNot = [statement.notActions, statement.notResources, statement.notPrincipals].some(
    ({ items, complete }) => items.length > 0 || !complete,
  );
  const principals = negate(
    someItem(
      statement.principals,
      (principal) =>
        !control.principals.items.some(
          (one) =>
            isEverybody(one) || (one.kind === principal.kind && isSamePrincipal(one.name, principal.name)),
        ),
    ),
  );
  return both(
    hasEffect(control, "Allow"),
    !usesNot,
    principals,
    covered(statement.actions, control.actions.items, true),
    covered(statement.resources, control.resources.items, false),
  );
}

export const s3Policies: Policies = {
  S3_BUCKET_BLACKLISTED_ACTIONS_PROHIBITED: stackPolicy(
    "S3 bucket policies allow no forbidden actions to other accounts.",
    {
      [BUCKET]: (bucket, p, context) =>
        forbids(
          bucket,
          context,
          (statement) =>
            both(
              hasEffect(statement, "Allow"),
              namesForeigner(statement, ownAccount(context)),
              either(...p.blacklistedActionPattern.map((action) => coversSomeAction(statement, action))),
            ),
          {
            found: "a statement allows another account a forbidden action",
            fix: `remove ${p.blacklistedActionPattern.join(", ")} from the statement`,
          },
        ),
    },
  ),

  S3_BUCKET_POLICY_GRANTEE_CHECK: stackPolicy("S3 bucket policies let in approved grantees only.", {
    [BUCKET]: (bucket, p, context) =>
      forbids(bucket, context, (statement) => admitsOthers(statement, p), {
        found: "a statement lets in somebody who is no approved grantee",
        fix: "name approved principals, networks or VPCs only",
      }),
  }),

  S3_BUCKET_POLICY_NOT_MORE_PERMISSIVE: stackPolicy(
    "S3 bucket policies allow other accounts no more than the control policy.",
    {
      [BUCKET]: (bucket, p, context) => {
        const control = parseDocument(p.controlPolicy);
        const permitted = control.kind === "known" ? control.statements.items : [];
        return forbids(
          bucket,
          context,
          (statement) =>
            both(
              hasEffect(statement, "Allow"),
              namesForeigner(statement, ownAccount(context)),
              negate(either(...permitted.map((one) => isPermitted(statement, one)))),
            ),
          {
            found: "a statement allows another account what the control policy does not",
            fix: "allow no more than the control policy",
          },
        );
      },
    },
  ),
};
