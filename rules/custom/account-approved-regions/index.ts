import type { ResourceType } from "../../catalog/generated/resource-types";
import { sharedPolicy } from "../../engine/policy";
import type { Policy } from "../../engine/policy";
import { check, notApplicable, undecided } from "../../engine/outcome";
import type { Outcome, Reason } from "../../engine/outcome";
import { isUnknown, UNKNOWN } from "../../engine/values";
import type { Unknown } from "../../engine/values";
import { matchesWildcard } from "../../engine/wildcard";
import { regionOf } from "../../views/region";
import { customControl } from "../control";
import type { ConfigurationItem } from "../items";
import { preventive } from "../judge";
import type { ParameterSchema, ParameterValues } from "../parameters";
import { TAGGABLE } from "../taggable";

/** Types that live in no region. */
const GLOBAL: Readonly<Record<string, ResourceType>> = {
  "AWS::IAM::Group": "aws:iam/group:Group",
  "AWS::IAM::Policy": "aws:iam/policy:Policy",
  "AWS::IAM::Role": "aws:iam/role:Role",
  "AWS::IAM::User": "aws:iam/user:User",
};

/** What decides. */
export interface Region {
  /** The region's code, e.g. `eu-west-1`; `global` for what lives in none. */
  readonly region: string | Unknown;
}

const PARAMETERS = {
  approvedRegions: {
    type: "CSV",
    pattern: /[a-z*?][a-z0-9*?-]*/,
    description: 'The regions that may be used, e.g. "eu-west-1" or "eu-*".',
  },
} as const satisfies ParameterSchema;

type Parameters = ParameterValues<typeof PARAMETERS>;

/**
 * Data and workloads stay where the organisation has approved it. A service control policy can deny the rest; this
 * control says in preview what it would deny, and finds what was there before.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html
 */
export const control = customControl({
  name: "account-approved-regions",
  title: "Resources are in approved regions only.",
  severity: "medium",
  resourceTypes: [...Object.keys(TAGGABLE), ...Object.keys(GLOBAL)],
  triggerTypes: ["ConfigurationChange"],
  parameters: PARAMETERS,
  sources: { region: { from: "item", path: "awsRegion" } },
  listing: [],
  judge: (facts: Region, parameters) => judgeRegion(facts, parameters),
});

function judgeRegion({ region }: Region, { approvedRegions }: Parameters): Outcome {
  const reason = (found: string): Reason => ({
    property: "region",
    found,
    fix: `move the resource to ${approvedRegions.map((one) => `"${one}"`).join(" or ")}`,
  });
  if (isUnknown(region)) return undecided(reason("the region of the resource is not known yet"));
  if (region === "global") return notApplicable();
  return check(
    approvedRegions.some((approved) => matchesWildcard(approved, region)),
    reason(`the region of the resource is "${region}"`),
  );
}

/** After the deployment: AWS Config says for each item where the resource is. */
export const fromItem = ({ awsRegion }: ConfigurationItem): Region => ({
  region: awsRegion === undefined || awsRegion === "" ? UNKNOWN : awsRegion,
});

const worldwide: ReadonlySet<string> = new Set(Object.values(GLOBAL));

/** A resource's own region wins over that of its provider. */
export const preventivePolicy: Policy<Parameters> = sharedPolicy(
  control.title,
  [...Object.values(TAGGABLE), ...Object.values(GLOBAL)],
  (resource, parameters: Parameters, context) =>
    preventive(control, ({ token }): Region => ({
      region: worldwide.has(token) ? "global" : regionOf(context.node, context.stack),
    }))(resource, parameters, context),
);
