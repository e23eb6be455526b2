import type { After, Before, CustomCase } from "./cases";
import { recordedItem } from "./sharing-cases";
import { documentOf, UNKNOWN } from "./trust-cases";
import type { Part } from "./trust-cases";

/** How cases about permissions write policies in both worlds. */

/** A resource with policies in both worlds. */
interface Worlds {
  readonly before: Before;
  readonly after: After<undefined>;
}

const ID = "EXAMPLEEXAMPLE2345678";
const NAME = "limits";

const item = (type: string, configuration: Part): After<undefined> => ({
  item: recordedItem(`AWS::IAM::${type}`, ID, { configuration }),
  read: undefined,
});

const encoded = (document: unknown): string => encodeURIComponent(JSON.stringify(document));

const recordedPolicy = (text: string): After<undefined> =>
  item("Policy", {
    defaultVersionId: "v2",
    policyVersionList: [
      // An older version decides nothing, whatever it allows.
      { versionId: "v1", isDefaultVersion: false, document: encoded({ Statement: [] }) },
      { versionId: "v2", isDefaultVersion: true, document: text },
    ],
  });

/** A managed policy of some statements, which allow on all resources unless they say otherwise. */
export function permitting(...statements: readonly Part[]): Worlds {
  const policy = onEverything(statements);
  return {
    before: { resources: [{ type: "aws:iam/policy:Policy", inputs: { policy } }] },
    after: recordedPolicy(encoded(policy)),
  };
}

function onEverything(statements: readonly Part[]): Part {
  const complete = statements.map((one) => ("NotResource" in one ? one : { Resource: "*", ...one }));
  return documentOf(...complete);
}

/** The places of inline policies: a resource, its property, and where AWS Config has it. */
const INLINE = [
  ["role", "Role", "rolePolicyList"],
  ["user", "User", "userPolicyList"],
  ["group", "Group", "groupPolicyList"],
] as const;

/** Every other place that a policy is read from, with a policy that is good and one that is not. */
export function casesOfPlaces(good: Part, bad: Part): readonly CustomCase[] {
  const inline = INLINE.flatMap(([kind, type, list]) =>
    (
      [
        ["COMPLIANT", good],
        ["NON_COMPLIANT", bad],
      ] as const
    ).map(([verdict, statement]): CustomCase => {
      const text = JSON.stringify(onEverything([statement]));
      const after = item(type, {
        [list]: [{ policyName: NAME, policyDocument: encodeURIComponent(text) }],
      });
      return {
        title: `is a ${kind} with ${verdict === "COMPLIANT" ? "a good" : "such an"} inline policy`,
        verdict,
        before: {
          resources: [
            {
              type: `aws:iam/${kind}Policy:${type}Policy`,
              inputs: { name: NAME, [kind]: "ops", policy: text },
            },
          ],
        },
        after,
      };
    }),
  );
  const own = [good, bad].map((statement, index) => ({
    name: `part${index}`,
    policy: onEverything([statement]),
  }));
  return [
    ...inline,
    {
      title: "is a role that holds a good inline policy and such a one",
      verdict: "NON_COMPLIANT",
      before: { resources: [{ type: "aws:iam/role:Role", inputs: { inlinePolicies: own } }] },
      after: item("Role", {
        rolePolicyList: own.map(({ name, policy }) => ({
          policyName: name,
          policyDocument: encoded(policy),
        })),
      }),
    },
    {
      title: "is a role without an inline policy",
      verdict: "NOT_APPLICABLE",
      before: { resources: [{ type: "aws:iam/role:Role", inputs: { name: "deploy" } }] },
      after: item("Role", { rolePolicyList: [] }),
    },
    {
      title: "is a policy that is not known",
      verdict: "UNDECIDED",
      before: { resources: [{ type: "aws:iam/policy:Policy", inputs: { policy: UNKNOWN } }] },
      after: { never: "AWS Config records policies as they are" },
    },
    {
      title: "is a policy that is none",
      verdict: "UNDECIDED",
      before: { resources: [{ type: "aws:iam/policy:Policy", inputs: { policy: "{}" } }] },
      after: recordedPolicy("{}"),
    },
    {
      title: "is a policy in text",
      verdict: "NON_COMPLIANT",
      before: {
        resources: [
          { type: "aws:iam/policy:Policy", inputs: { policy: JSON.stringify(onEverything([bad])) } },
        ],
      },
      after: recordedPolicy(JSON.stringify(onEverything([bad]))),
    },
  ];
}
