import {
  ConfigServiceClient,
  DeleteConfigRuleCommand,
  DescribeConfigRulesCommand,
  EvaluationMode,
  EventSource,
  GetCustomRulePolicyCommand,
  ListTagsForResourceCommand,
  MaximumExecutionFrequency,
  MessageType,
  Owner,
  PutConfigRuleCommand,
  TagResourceCommand,
  UntagResourceCommand,
  type ConfigRule,
  type Source,
} from "@aws-sdk/client-config-service";
import { type RuleArgs } from "@pulumi/aws/cfg";

import { resourceType, type Args } from "../resource-type";
import { type Session } from "../session";
import { isJson } from "./iam-roles";
import { given, member, optionalMember } from "./shapes";
import { syncTags, tagList, tagMap } from "./tags";

const MAX_NAME_LENGTH = 128;

/** The client of AWS Config of a session. */
export const configClient = (session: Session): ConfigServiceClient =>
  session.client(ConfigServiceClient, "configservice");

/** A Config rule: managed, of a function, or of Guard text. */
export const rule = resourceType<RuleArgs>({
  check({ name, inputParameters }) {
    const problems: [keyof RuleArgs, string][] = [];
    if (name !== undefined && name.length > MAX_NAME_LENGTH) {
      problems.push([
        "name",
        `"name" has ${name.length} characters; a rule takes at most ${MAX_NAME_LENGTH}.`,
      ]);
    }
    if (inputParameters !== undefined && !isJson(inputParameters)) {
      problems.push(["inputParameters", '"inputParameters" contains invalid JSON.']);
    }
    return problems;
  },
  async create(session, args) {
    await configClient(session).send(
      new PutConfigRuleCommand({ ConfigRule: ruleToApi(args), Tags: tagList(args.tagsAll) }),
    );
    return given(args.name, "a name");
  },
  async update(session, name, args, old) {
    const client = configClient(session);
    await client.send(new PutConfigRuleCommand({ ConfigRule: ruleToApi(args) }));
    const tagged = async (): Promise<string> =>
      given((await findRule(client, name))?.ConfigRuleArn, "the ARN of the rule");
    await syncTags(
      old.tagsAll,
      args.tagsAll,
      async (tags) =>
        client.send(new TagResourceCommand({ ResourceArn: await tagged(), Tags: tagList(tags) })),
      async (TagKeys) => client.send(new UntagResourceCommand({ ResourceArn: await tagged(), TagKeys })),
    );
  },
  async read(session, name) {
    const client = configClient(session);
    const found = await findRule(client, name);
    if (!found) return undefined;
    const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceArn: found.ConfigRuleArn }));
    return { ...ruleState(found, await policyOf(client, found)), tagsAll: tagMap(Tags) };
  },
  async delete(session, name) {
    await configClient(session).send(new DeleteConfigRuleCommand({ ConfigRuleName: name }));
  },
});

async function findRule(client: ConfigServiceClient, name: string): Promise<ConfigRule | undefined> {
  const { ConfigRules: found = [] } = await client.send(
    new DescribeConfigRulesCommand({ ConfigRuleNames: [name] }),
  );
  return found[0];
}

/** The text of a policy in Guard, which a description of the rule leaves out. */
async function policyOf(
  client: ConfigServiceClient,
  { ConfigRuleName, Source: source }: ConfigRule,
): Promise<string | undefined> {
  if (source?.Owner !== "CUSTOM_POLICY") return undefined;
  return (await client.send(new GetCustomRulePolicyCommand({ ConfigRuleName }))).PolicyText;
}

function ruleToApi(args: Args<RuleArgs>): ConfigRule {
  const { scope, maximumExecutionFrequency: frequency, evaluationModes } = args;
  return {
    ConfigRuleName: args.name,
    Description: args.description,
    InputParameters: args.inputParameters,
    MaximumExecutionFrequency: optionalMember(
      MaximumExecutionFrequency,
      frequency,
      "maximumExecutionFrequency",
    ),
    EvaluationModes: evaluationModes?.map(({ mode }) => ({
      Mode: optionalMember(EvaluationMode, mode, "mode"),
    })),
    Scope: scope && {
      ComplianceResourceTypes: scope.complianceResourceTypes && [...scope.complianceResourceTypes],
      ComplianceResourceId: scope.complianceResourceId,
      TagKey: scope.tagKey,
      TagValue: scope.tagValue,
    },
    Source: sourceToApi(args.source),
  };
}

function sourceToApi(source: Args<RuleArgs>["source"]): Source {
  const { customPolicyDetails: guard } = source;
  return {
    Owner: member(Owner, source.owner, "source.owner"),
    SourceIdentifier: source.sourceIdentifier,
    SourceDetails: source.sourceDetails?.map((detail) => ({
      EventSource: member(EventSource, detail.eventSource ?? "aws.config", "eventSource"),
      MessageType: optionalMember(MessageType, detail.messageType, "messageType"),
      MaximumExecutionFrequency: optionalMember(
        MaximumExecutionFrequency,
        detail.maximumExecutionFrequency,
        "maximumExecutionFrequency",
      ),
    })),
    CustomPolicyDetails: guard && {
      PolicyRuntime: guard.policyRuntime,
      PolicyText: guard.policyText,
      EnableDebugLogDelivery: guard.enableDebugLogDelivery,
    },
  };
}

function ruleState(found: ConfigRule, policyText: string | undefined): Readonly<Record<string, unknown>> {
  const { Scope: scope, Source: source } = found;
  const guard = source?.CustomPolicyDetails;
  return {
    arn: found.ConfigRuleArn,
    ruleId: found.ConfigRuleId,
    name: found.ConfigRuleName,
    description: found.Description,
    inputParameters: found.InputParameters,
    maximumExecutionFrequency: found.MaximumExecutionFrequency,
    evaluationModes: (found.EvaluationModes ?? [{ Mode: "DETECTIVE" }]).map(({ Mode }) => ({ mode: Mode })),
    scope: scope && {
      complianceResourceTypes: scope.ComplianceResourceTypes,
      complianceResourceId: scope.ComplianceResourceId,
      tagKey: scope.TagKey,
      tagValue: scope.TagValue,
    },
    source: source && {
      owner: source.Owner,
      ...(source.SourceIdentifier === undefined ? {} : { sourceIdentifier: source.SourceIdentifier }),
      sourceDetails: source.SourceDetails?.map((detail) => ({
        eventSource: detail.EventSource,
        messageType: detail.MessageType,
        maximumExecutionFrequency: detail.MaximumExecutionFrequency,
      })),
      customPolicyDetails: guard && {
        policyRuntime: guard.PolicyRuntime,
        policyText,
        enableDebugLogDelivery: guard.EnableDebugLogDelivery,
      },
    },
  };
}
