import type { Policy, PolicyConfigSchema } from "@pulumi/policy";
import { frameworks } from "../rules/catalog";
import { requirementsOf, ruleUrl } from "../rules/registry";
import { configSchemaOf } from "./config-schema";
import { defaultConfig, remediation } from "./data";
import type { Level } from "../rules/selection";
import type { PreventedControl } from "./prevented";

/** The editions that are audited today, the most telling for AWS first; older ones are in the catalogue. */
const FRAMEWORKS = [
  "aws-fsbp",
  "cis-aws-7.0.0",
  "cis-aws-5.0.0",
  "cis-aws-3.0.0",
  "pci-dss-4.0",
  "nist-800-53-r5",
  "hipaa-security",
  "soc-2",
  "iso-27001-2022",
  "nist-csf-2.0",
  "nist-800-171-r2",
  "fedramp-moderate",
  "cmmc-2.0-level-2",
  "nis2",
  "gdpr",
];

/** A control that answers to more requirements of one framework is tagged with the framework alone. */
const MAX_REQUIREMENTS = 3;

/** A policy's fields, without the function that judges. What only a listing needs is worked out when it is read. */
export function metadataOf(control: PreventedControl): Policy {
  const { rule, policy } = control;
  const steps = remediation[rule.identifier];
  return {
    name: rule.name,
    description: policy.title,
    enforcementLevel: defaultLevelOf(rule.name),
    displayName: rule.identifier,
    severity: rule.severity,
    url: ruleUrl(rule),
    ...(steps === undefined ? {} : { remediationSteps: steps }),
    get configSchema(): PolicyConfigSchema {
      return configSchemaOf(control);
    },
    get tags(): string[] {
      return tagsOf(rule.identifier);
    },
    get framework(): NonNullable<Policy["framework"]> {
      return frameworkOf(control);
    },
  };
}

/** The level in the default selection. */
export function defaultLevelOf(name: string): Level {
  const entry = Object.hasOwn(defaultConfig, name) ? defaultConfig[name] : undefined;
  return (typeof entry === "string" ? entry : entry?.enforcementLevel) ?? "disabled";
}

/** The requirements of a control in one framework, in the framework's order. */
const requirementsIn = (identifier: string, framework: string): readonly string[] =>
  requirementsOf(identifier).flatMap(([id, requirement]) => (id === framework ? [requirement] : []));

/** The SDK has room for one framework; the tags hold the others. Without any it is AWS Config's own, or ours. */
function frameworkOf({ rule, policy }: PreventedControl): NonNullable<Policy["framework"]> {
  for (const id of FRAMEWORKS) {
    const [reference] = requirementsIn(rule.identifier, id);
    const framework = reference === undefined ? undefined : frameworks().find((each) => each.id === id);
    if (reference === undefined || framework === undefined) continue;
    return { name: framework.title, version: framework.version, reference, specification: policy.title };
  }
  return {
    name: rule.status === "custom" ? "Continuous compliance" : "AWS Config managed rules",
    version: "",
    reference: rule.identifier,
    specification: policy.title,
  };
}

/** The requirements as `framework:requirement`. */
function tagsOf(identifier: string): string[] {
  return FRAMEWORKS.flatMap((id) => {
    const requirements = requirementsIn(identifier, id);
    return requirements.length > MAX_REQUIREMENTS
      ? [id]
      : requirements.map((requirement) => `${id}:${requirement}`);
  });
}
