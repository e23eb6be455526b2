import { check, customControl } from "continuous-compliance/kit";

/** What decides. */
interface AccountAlias {
  /** Absent where the account has none. */
  readonly alias?: string;
}

/**
 * People tell accounts by the alias on the page where they sign in; 12 digits are mistaken.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/console-account-alias.html
 */
export const control = customControl({
  name: "iam-account-alias-prefixed",
  title: "Accounts have an alias that begins with the prefix of the organisation.",
  severity: "low",
  resourceTypes: ["AWS::::Account"],
  triggerTypes: ["Periodic"],
  parameters: { prefix: { type: "String", default: "acme-", description: "How aliases begin." } },
  sources: {
    alias: {
      from: "read",
      action: "iam:ListAccountAliases",
      because: "AWS Config does not record the alias of an account",
    },
  },
  listing: [],
  detectOnly: "whoever opens an account gives it its alias, not the programs that run in it",
  judge: ({ alias }: AccountAlias, { prefix }) =>
    check(alias?.startsWith(prefix) === true, {
      found: alias === undefined ? "the account has no alias" : `the alias of the account is "${alias}"`,
      fix: `give it one that begins with "${prefix}"`,
    }),
});

/** After the deployment: IAM lists the one alias that an account can have. */
export const fromAccount = (aliases: readonly string[]): AccountAlias => {
  const [alias] = aliases;
  return alias === undefined ? {} : { alias };
};
