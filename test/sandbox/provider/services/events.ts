import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  EventBridgeClient,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  RuleState,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-eventbridge";
import { type EventRuleArgs, type EventTargetArgs } from "@pulumi/aws/cloudwatch";

import { resourceType, type Args } from "../resource-type";
import { type Session } from "../session";
import { generatedName } from "./iam-roles";
import { optionalMember, toApi } from "./shapes";
import { syncTags, tagList, tagMap } from "./tags";

const DEFAULT_BUS = "default";

const eventsClient = (session: Session): EventBridgeClient => session.client(EventBridgeClient, "events");

/** A rule of EventBridge. Its id names the bus too, unless that is the default one. */
export const eventRule = resourceType<EventRuleArgs>({
  replaceOn: ["eventBusName", "namePrefix"],
  defaults: { eventBusName: DEFAULT_BUS },
  async create(session, args) {
    const name = args.name ?? generatedName(args.namePrefix);
    await putRule(session, name, args, args.tagsAll);
    return args.eventBusName === DEFAULT_BUS ? name : `${args.eventBusName ?? ""}/${name}`;
  },
  async update(session, id, args, old) {
    const client = eventsClient(session);
    const { Name, EventBusName } = ruleOf(id);
    // Tags of an existing rule have calls of their own: PutRule does not take them then.
    await putRule(session, Name, args, undefined);
    const { Arn: ResourceARN } = await client.send(new DescribeRuleCommand({ Name, EventBusName }));
    await syncTags(
      old.tagsAll,
      args.tagsAll,
      (tags) => client.send(new TagResourceCommand({ ResourceARN, Tags: tagList(tags) })),
      (TagKeys) => client.send(new UntagResourceCommand({ ResourceARN, TagKeys })),
    );
  },
  async read(session, id) {
    const client = eventsClient(session);
    const { Name, EventBusName } = ruleOf(id);
    const found = await client.send(new DescribeRuleCommand({ Name, EventBusName }));
    const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceARN: found.Arn }));
    return {
      arn: found.Arn,
      name: found.Name,
      description: found.Description,
      eventBusName: EventBusName,
      eventPattern: found.EventPattern,
      scheduleExpression: found.ScheduleExpression,
      roleArn: found.RoleArn,
      state: found.State,
      tagsAll: tagMap(Tags),
    };
  },
  async delete(session, id) {
    await eventsClient(session).send(new DeleteRuleCommand(ruleOf(id)));
  },
});

async function putRule(
  session: Session,
  Name: string,
  args: Args<EventRuleArgs>,
  tags: Args<EventRuleArgs>["tagsAll"],
): Promise<void> {
  await eventsClient(session).send(
    new PutRuleCommand({
      Name,
      EventBusName: args.eventBusName,
      Description: args.description,
      EventPattern: args.eventPattern,
      ScheduleExpression: args.scheduleExpression,
      RoleArn: args.roleArn,
      State: optionalMember(RuleState, args.state ?? "ENABLED", "state"),
      Tags: tags && tagList(tags),
    }),
  );
}

function ruleOf(id: string): { Name: string; EventBusName: string } {
  const slash = id.lastIndexOf("/");
  return { Name: id.slice(slash + 1), EventBusName: slash === -1 ? DEFAULT_BUS : id.slice(0, slash) };
}

/** What a rule calls. */
export const eventTarget = resourceType<EventTargetArgs>({
  replaceOn: ["rule", "targetId", "eventBusName"],
  defaults: { eventBusName: DEFAULT_BUS },
  async create(session, args) {
    const Id = args.targetId ?? generatedName(undefined);
    await putTarget(session, Id, args);
    return `${args.rule}-${Id}`;
  },
  async update(session, id, args) {
    await putTarget(session, id.slice(args.rule.length + 1), args);
  },
  async read(session, id, { rule = "", eventBusName }) {
    const { Targets = [] } = await eventsClient(session).send(
      new ListTargetsByRuleCommand({ Rule: rule, EventBusName: eventBusName }),
    );
    const found = Targets.find((target) => `${rule}-${target.Id ?? ""}` === id);
    return found && { arn: found.Arn, rule, targetId: found.Id, input: found.Input, roleArn: found.RoleArn };
  },
  async delete(session, id, { rule, eventBusName }) {
    await eventsClient(session).send(
      new RemoveTargetsCommand({ Rule: rule, EventBusName: eventBusName, Ids: [id.slice(rule.length + 1)] }),
    );
  },
});

async function putTarget(session: Session, Id: string, args: Args<EventTargetArgs>): Promise<void> {
  const { inputTransformer: transformer } = args;
  const { FailedEntries: [failed] = [] } = await eventsClient(session).send(
    new PutTargetsCommand({
      Rule: args.rule,
      EventBusName: args.eventBusName,
      Targets: [
        {
          Id,
          Arn: args.arn,
          Input: args.input,
          InputPath: args.inputPath,
          InputTransformer: transformer && {
            InputPathsMap: { ...transformer.inputPaths },
            InputTemplate: transformer.inputTemplate,
          },
          RoleArn: args.roleArn,
          DeadLetterConfig: toApi(args.deadLetterConfig),
          RetryPolicy: toApi(args.retryPolicy),
          SqsParameters: toApi(args.sqsTarget),
          KinesisParameters: toApi(args.kinesisTarget),
        },
      ],
    }),
  );
  if (failed)
    throw new Error(`${failed.ErrorCode ?? "Error"}: ${failed.ErrorMessage ?? "the target was refused"}.`);
}
