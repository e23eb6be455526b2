import type { DeliveryScope } from "./delivery-scope";
import { STACK_TAG } from "./stack-tag";
import type { PolicyStatement } from "./statement";

/** Only keys of the stack. */
export const ownKeys = ({ stackTag }: DeliveryScope) => ({
  StringEquals: { [`aws:ResourceTag/${STACK_TAG}`]: stackTag },
});

/**
 * Lets a role tag a key that is being made. That asks for `kms:TagResource` on no key in particular, and KMS has no
 * condition that tells it from a tag on a key that is there. So that nobody draws such a key into reach, it must have
 * neither an alias nor the tag of any stack; what remains are keys that somebody made without both.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/tag-permissions.html
 */
export const tagsOfNewKeys = ({ partition, account }: DeliveryScope) =>
  ({
    Sid: "TagNewKeys",
    Effect: "Allow",
    Action: "kms:TagResource",
    Resource: `arn:${partition}:kms:*:${account}:key/*`,
    Condition: { Null: { [`aws:ResourceTag/${STACK_TAG}`]: "true", "kms:ResourceAliases": "true" } },
  }) as const;

/** Lets a role make keys, with the tag of the stack. */
export function newKeys(scope: DeliveryScope): readonly PolicyStatement[] {
  const StringEquals = { [`aws:RequestTag/${STACK_TAG}`]: scope.stackTag };
  const tags = tagsOfNewKeys(scope);
  return [
    {
      Sid: "MakeKeys",
      Effect: "Allow",
      Action: "kms:CreateKey",
      Resource: "*",
      Condition: { StringEquals },
    },
    { ...tags, Condition: { ...tags.Condition, StringEquals } },
  ];
}

/** What a role can ever do with any key: use it for data, as far as its own policies and the key's agree. */
export const KEY_USES = [
  "kms:*Alias",
  "kms:*crypt",
  "kms:Describe*",
  "kms:EnableKeyRotation",
  "kms:G*",
  "kms:List*",
];
