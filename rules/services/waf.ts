import {
  fromJson,
  all,
  any,
  compliant,
  given,
  isList,
  isUnknown,
  notApplicable,
  policy,
  stackPolicy,
  undecided,
  violation,
} from "../engine";
import type { Outcome, Policies, Reader } from "../engine";
import { partsOf, readerOf, textsAt } from "../views/parts";

const WEB_ACL = "aws:wafv2/webAcl:WebAcl";
const LOGGING = {
  type: "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
  path: "resourceArn",
} as const;
const RULE_GROUPS = {
  type: "aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation",
  path: "webAclArn",
} as const;

const RULES = { type: "aws:wafv2/webAclRule:WebAclRule", path: "webAclArn" } as const;

/** A list of rules in JSON text that has some. */
function hasRulesInJson(reader: Reader<unknown>, name: string): Outcome {
  const read = reader.at(name);
  const reason = reader.reason(name, "add a rule");
  if (read.kind === "unknown") return undecided(reason);
  if (read.kind === "absent") return notApplicable();
  const rules = fromJson(read.value);
  if (isUnknown(rules)) return undecided(reason);
  return isList(rules) && rules.length > 0 ? compliant() : violation(reason);
}

/** The destinations of a log are among some, where some are given. */
function logsTo(reader: Reader<unknown>, path: string, arns: readonly string[] | undefined): Outcome {
  const { items, complete } = textsAt(reader, path);
  const reason = reader.reason(path, `log to ${(arns ?? []).join(" or ")}`);
  return given(arns, (allowed) => {
    if (items.some((arn) => !allowed.includes(arn))) return violation(reason);
    return complete ? compliant() : undecided(reason);
  });
}

export const waf: Policies = {
  WAFV2_LOGGING_ENABLED: stackPolicy("Web access lists log what they inspect.", {
    [WEB_ACL]: (_, p, context) => {
      const { nodes, uncertain } = partsOf(context, [LOGGING]);
      const reason = { found: "the access list does not log", fix: "add a WebAclLoggingConfiguration" };
      return any(
        ...nodes.map((node) =>
          all(
            compliant(),
            logsTo(readerOf(node), "logDestinationConfigs", p.KinesisFirehoseDeliveryStreamArns),
          ),
        ),
        uncertain ? undecided(reason) : violation(reason),
      );
    },
  }),

  WAFV2_RULEGROUP_LOGGING_ENABLED: policy("Rule groups of web access lists send metrics.", {
    "aws:wafv2/ruleGroup:RuleGroup": (group) => group.isTrue("visibilityConfig.cloudwatchMetricsEnabled"),
  }),

  WAFV2_RULEGROUP_NOT_EMPTY: policy("Rule groups of web access lists have rules.", {
    "aws:wafv2/ruleGroup:RuleGroup": (group) =>
      any(group.nonEmpty("rules"), hasRulesInJson(group, "rulesJson")),
  }),

  WAFV2_WEBACL_NOT_EMPTY: stackPolicy("Web access lists have rules.", {
    [WEB_ACL]: (acl, _, context) => {
      const { nodes, uncertain } = partsOf(context, [RULE_GROUPS, RULES]);
      const unseen = undecided({
        found: "it is not known yet whether a rule or a rule group is added",
        fix: "add a rule",
      });
      return any(
        acl.nonEmpty("rules"),
        hasRulesInJson(acl, "ruleJson"),
        nodes.length > 0 ? compliant() : notApplicable(),
        uncertain ? unseen : notApplicable(),
      );
    },
  }),

  WAF_CLASSIC_LOGGING_ENABLED: policy("Global access lists of WAF Classic log what they inspect.", {
    "aws:waf/webAcl:WebAcl": (acl, p) =>
      all(
        acl.present("loggingConfiguration.logDestination"),
        logsTo(acl, "loggingConfiguration.logDestination", p.KinesisFirehoseDeliveryStreamArns),
      ),
  }),

  WAF_GLOBAL_RULEGROUP_NOT_EMPTY: policy("Global rule groups of WAF Classic have rules.", {
    "aws:waf/ruleGroup:RuleGroup": (group) => group.nonEmpty("activatedRules"),
  }),

  WAF_GLOBAL_RULE_NOT_EMPTY: policy("Global rules of WAF Classic have conditions.", {
    "aws:waf/rule:Rule": (rule) => rule.nonEmpty("predicates"),
  }),

  WAF_GLOBAL_WEBACL_NOT_EMPTY: policy("Global access lists of WAF Classic have rules.", {
    "aws:waf/webAcl:WebAcl": (acl) => acl.nonEmpty("rules"),
  }),

  WAF_REGIONAL_RULEGROUP_NOT_EMPTY: policy("Regional rule groups of WAF Classic have rules.", {
    "aws:wafregional/ruleGroup:RuleGroup": (group) => group.nonEmpty("activatedRules"),
  }),

  WAF_REGIONAL_RULE_NOT_EMPTY: policy("Regional rules of WAF Classic have conditions.", {
    "aws:wafregional/rule:Rule": (rule) => rule.nonEmpty("predicates"),
  }),

  WAF_REGIONAL_WEBACL_NOT_EMPTY: policy("Regional access lists of WAF Classic have rules.", {
    "aws:wafregional/webAcl:WebAcl": (acl) => acl.nonEmpty("rules"),
  }),
};
