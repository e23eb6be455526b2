import { compliantCase, ref, resource, undecidedCase, unknown, violatingCase } from "./build";
import type { Case, CaseResource, Cases } from "./types";

const acl = resource("aws:wafv2/webAcl:WebAcl");
const group = resource("aws:wafv2/ruleGroup:RuleGroup");
const logging = resource("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration");
const ruleOf = resource("aws:wafv2/webAclRule:WebAclRule");
const groupOf = resource("aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation");
const classic = resource("aws:waf/webAcl:WebAcl");

const FIREHOSE = "arn:aws:firehose:eu-west-1:111122223333:deliverystream/aws-waf-logs-a";
const base = { scope: "REGIONAL", defaultAction: { allow: {} }, capacity: 10 };
const visibility = (cloudwatchMetricsEnabled: unknown): CaseResource =>
  group({
    ...base,
    visibilityConfig: { cloudwatchMetricsEnabled, metricName: "m", sampledRequestsEnabled: true },
  });
const logged = (destination: unknown): { with: { l: CaseResource } } => ({
  with: { l: logging({ resourceArn: ref("subject", "arn"), logDestinationConfigs: [destination] }) },
});

/** A list that must have an entry. */
const filled = (type: string, property: string, entry: object): readonly Case[] => {
  const subject = resource(type);
  return [
    compliantCase("has some", subject({ metricName: "m", [property]: [entry] })),
    compliantCase("has one that is not known yet", subject({ metricName: "m", [property]: [unknown] })),
    violatingCase("has none", subject({ metricName: "m" })),
    violatingCase("has an empty list", subject({ metricName: "m", [property]: [] })),
    undecidedCase("has a list that is not known yet", subject({ metricName: "m", [property]: unknown })),
  ];
};
const activated = { action: { type: "BLOCK" }, priority: 1, ruleId: "r" };
const predicate = { dataId: "d", negated: false, type: "IPMatch" };

export const waf: Cases = {
  WAFV2_LOGGING_ENABLED: [
    compliantCase("logs", acl(base), logged(FIREHOSE)),
    compliantCase("logs to a stream that is listed", acl(base), {
      ...logged(FIREHOSE),
      parameters: { KinesisFirehoseDeliveryStreamArns: FIREHOSE },
    }),
    violatingCase("does not log", acl(base)),
    violatingCase("logs to another stream", acl(base), {
      ...logged(`${FIREHOSE}2`),
      parameters: { KinesisFirehoseDeliveryStreamArns: FIREHOSE },
    }),
    undecidedCase("logs to an unknown stream where streams are listed", acl(base), {
      ...logged(unknown),
      parameters: { KinesisFirehoseDeliveryStreamArns: FIREHOSE },
    }),
    undecidedCase("may be what a logging configuration is for", acl(base), {
      with: { l: logging({ resourceArn: unknown, logDestinationConfigs: [FIREHOSE] }) },
    }),
  ],
  WAFV2_RULEGROUP_LOGGING_ENABLED: [
    compliantCase("sends metrics", visibility(true)),
    violatingCase("sends none", visibility(false)),
    undecidedCase("gets it from an unknown value", visibility(unknown)),
  ],
  WAFV2_RULEGROUP_NOT_EMPTY: [
    compliantCase("has rules", group({ ...base, rules: [{ name: "r", priority: 1 }] })),
    compliantCase("has rules in JSON", group({ ...base, rulesJson: JSON.stringify([{ Name: "r" }]) })),
    violatingCase("has no rules", group(base)),
    violatingCase("has an empty list in JSON", group({ ...base, rulesJson: "[]" })),
    undecidedCase("has rules that are not known yet", group({ ...base, rulesJson: unknown })),
  ],
  WAFV2_WEBACL_NOT_EMPTY: [
    compliantCase("has rules", acl({ ...base, rules: [{ name: "r", priority: 1 }] })),
    compliantCase("has rules in JSON", acl({ ...base, ruleJson: JSON.stringify([{ Name: "r" }]) })),
    compliantCase("has a rule group by a resource of its own", acl(base), {
      with: { g: groupOf({ webAclArn: ref("subject", "arn"), ruleName: "r", priority: 1 }) },
    }),
    compliantCase("has a rule by a resource of its own", acl(base), {
      with: { r: ruleOf({ webAclArn: ref("subject", "arn"), name: "r", priority: 1 }) },
    }),
    violatingCase("has no rules", acl(base)),
    violatingCase("is not the list that a rule is for", acl({ ...base, name: "web" }), {
      with: {
        other: acl({ ...base, name: "other" }),
        r: ruleOf({ webAclArn: ref("other", "arn"), name: "r", priority: 1 }),
      },
    }),
    violatingCase("has an empty list", acl({ ...base, rules: [] })),
    undecidedCase("has rules that are not known yet", acl({ ...base, rules: unknown })),
  ],
  WAF_CLASSIC_LOGGING_ENABLED: [
    compliantCase("logs", classic({ metricName: "m", loggingConfiguration: { logDestination: FIREHOSE } })),
    compliantCase(
      "logs to a stream that is listed",
      {
        ...classic({ metricName: "m", loggingConfiguration: { logDestination: FIREHOSE } }),
      },
      { parameters: { KinesisFirehoseDeliveryStreamArns: FIREHOSE } },
    ),
    violatingCase("does not log", classic({ metricName: "m" })),
    violatingCase(
      "logs to another stream",
      {
        ...classic({ metricName: "m", loggingConfiguration: { logDestination: `${FIREHOSE}2` } }),
      },
      { parameters: { KinesisFirehoseDeliveryStreamArns: FIREHOSE } },
    ),
    undecidedCase(
      "logs to an unknown stream where streams are listed",
      {
        ...classic({ metricName: "m", loggingConfiguration: { logDestination: unknown } }),
      },
      { parameters: { KinesisFirehoseDeliveryStreamArns: FIREHOSE } },
    ),
  ],
  WAF_GLOBAL_RULEGROUP_NOT_EMPTY: filled("aws:waf/ruleGroup:RuleGroup", "activatedRules", activated),
  WAF_GLOBAL_RULE_NOT_EMPTY: filled("aws:waf/rule:Rule", "predicates", predicate),
  WAF_GLOBAL_WEBACL_NOT_EMPTY: filled("aws:waf/webAcl:WebAcl", "rules", activated),
  WAF_REGIONAL_RULEGROUP_NOT_EMPTY: filled(
    "aws:wafregional/ruleGroup:RuleGroup",
    "activatedRules",
    activated,
  ),
  WAF_REGIONAL_RULE_NOT_EMPTY: filled("aws:wafregional/rule:Rule", "predicates", predicate),
  WAF_REGIONAL_WEBACL_NOT_EMPTY: filled("aws:wafregional/webAcl:WebAcl", "rules", activated),
};
