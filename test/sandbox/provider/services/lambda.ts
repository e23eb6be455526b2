import {
  AddPermissionCommand,
  Architecture,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteEventSourceMappingCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  EventSourcePosition,
  FunctionUrlAuthType,
  GetEventSourceMappingCommand,
  GetFunctionCommand,
  GetPolicyCommand,
  LambdaClient,
  LogFormat,
  PackageType,
  PutFunctionConcurrencyCommand,
  RemovePermissionCommand,
  Runtime,
  TagResourceCommand,
  TracingMode,
  UntagResourceCommand,
  UpdateEventSourceMappingCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  type FunctionCode,
  type UpdateFunctionConfigurationCommandInput,
} from "@aws-sdk/client-lambda";
import { type EventSourceMappingArgs, type FunctionArgs, type PermissionArgs } from "@pulumi/aws/lambda";
import { isDeepStrictEqual } from "node:util";

import { listOf, objectOf } from "../../json";
import { contentOf } from "../archive";
import { isSame } from "../diff";
import { resourceType, type Args, type ResourceTypes } from "../resource-type";
import { type Session } from "../session";
import { generatedName } from "./iam-roles";
import { given, member, optionalMember, toApi } from "./shapes";
import { syncTags } from "./tags";

const lambdaClient = (session: Session): LambdaClient => session.client(LambdaClient, "lambda");

const lambdaFunction = resourceType<FunctionArgs>({
  replaceOn: ["packageType"],
  defaults: { memorySize: 128, packageType: "Zip", reservedConcurrentExecutions: -1, timeout: 3 },
  async create(session, args) {
    const { FunctionName } = await lambdaClient(session).send(
      new CreateFunctionCommand({
        ...configuration(args),
        FunctionName: args.name,
        Role: args.role,
        Architectures: args.architectures?.map((name) => member(Architecture, name, "architectures")),
        Code: code(args),
        PackageType: optionalMember(PackageType, args.packageType, "packageType"),
        Publish: args.publish,
        Tags: { ...args.tagsAll },
      }),
    );
    return given(FunctionName, "the name of the new function");
  },
  async update(session, FunctionName, args, old) {
    const client = lambdaClient(session);
    if (!isDeepStrictEqual(configuration(args), configuration(old))) {
      await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, ...configuration(args) }));
    }
    if (!hasSameCode(args, old)) {
      await client.send(
        new UpdateFunctionCodeCommand({ FunctionName, ...code(args), Publish: args.publish }),
      );
    }
    const Resource = await session.arn("lambda", `function:${FunctionName}`);
    await syncTags(
      old.tagsAll,
      args.tagsAll,
      (tags) => client.send(new TagResourceCommand({ Resource, Tags: { ...tags } })),
      (TagKeys) => client.send(new UntagResourceCommand({ Resource, TagKeys })),
    );
  },
  async configure(session, FunctionName, { reservedConcurrentExecutions: reserved = -1 }, old) {
    const client = lambdaClient(session);
    if (reserved === (old?.reservedConcurrentExecutions ?? -1)) return;
    if (reserved < 0) await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
    else {
      const limit = { FunctionName, ReservedConcurrentExecutions: reserved };
      await client.send(new PutFunctionConcurrencyCommand(limit));
    }
  },
  async read(session, name) {
    const { Configuration: found, Tags } = await lambdaClient(session).send(
      new GetFunctionCommand({ FunctionName: name }),
    );
    if (!found) return undefined;
    const invoke = `arn:${session.partition}:apigateway:${session.region}:lambda:path/2015-03-31/functions`;
    return {
      arn: found.FunctionArn,
      codeSha256: found.CodeSha256,
      description: found.Description,
      handler: found.Handler,
      invokeArn: `${invoke}/${found.FunctionArn ?? ""}/invocations`,
      lastModified: found.LastModified,
      memorySize: found.MemorySize,
      name: found.FunctionName,
      qualifiedArn: `${found.FunctionArn ?? ""}:${found.Version ?? "$LATEST"}`,
      qualifiedInvokeArn: `${invoke}/${found.FunctionArn ?? ""}:${found.Version ?? "$LATEST"}/invocations`,
      responseStreamingInvokeArn: `${invoke}/${found.FunctionArn ?? ""}/response-streaming-invocations`,
      role: found.Role,
      runtime: found.Runtime,
      signingJobArn: "",
      signingProfileVersionArn: "",
      sourceCodeSize: found.CodeSize,
      timeout: found.Timeout,
      version: found.Version,
      tagsAll: Tags ?? {},
    };
  },
  async delete(session, FunctionName, { skipDestroy }) {
    if (skipDestroy !== true) await lambdaClient(session).send(new DeleteFunctionCommand({ FunctionName }));
  },
});

function configuration(
  args: Args<FunctionArgs>,
): Omit<UpdateFunctionConfigurationCommandInput, "FunctionName"> {
  const { environment, tracingConfig, vpcConfig, deadLetterConfig, loggingConfig } = args;
  return {
    Role: args.role,
    Runtime: optionalMember(Runtime, args.runtime, "runtime"),
    Handler: args.handler,
    Description: args.description ?? "",
    Timeout: args.timeout,
    MemorySize: args.memorySize,
    KMSKeyArn: args.kmsKeyArn,
    Layers: args.layers && [...args.layers],
    Environment: { Variables: { ...environment?.variables } },
    EphemeralStorage: toApi(args.ephemeralStorage),
    DeadLetterConfig: deadLetterConfig && { TargetArn: deadLetterConfig.targetArn },
    LoggingConfig: loggingConfig && {
      LogFormat: optionalMember(LogFormat, loggingConfig.logFormat, "loggingConfig.logFormat"),
      LogGroup: loggingConfig.logGroup,
    },
    TracingConfig: tracingConfig && { Mode: member(TracingMode, tracingConfig.mode, "tracingConfig.mode") },
    VpcConfig: vpcConfig && {
      SubnetIds: [...vpcConfig.subnetIds],
      SecurityGroupIds: [...vpcConfig.securityGroupIds],
    },
  };
}

function code({
  code: archive,
  imageUri,
  s3Bucket,
  s3Key,
  s3ObjectVersion,
}: Args<FunctionArgs>): FunctionCode {
  if (archive) return { ZipFile: contentOf(archive) };
  return { ImageUri: imageUri, S3Bucket: s3Bucket, S3Key: s3Key, S3ObjectVersion: s3ObjectVersion };
}

function hasSameCode(now: Args<FunctionArgs>, old: Args<FunctionArgs>): boolean {
  return (
    isSame(now.code, old.code) &&
    now.imageUri === old.imageUri &&
    now.s3Key === old.s3Key &&
    now.s3Bucket === old.s3Bucket &&
    now.s3ObjectVersion === old.s3ObjectVersion &&
    now.sourceCodeHash === old.sourceCodeHash
  );
}

const permission = resourceType<PermissionArgs>({
  replaceOn: [
    "action",
    "eventSourceToken",
    "function",
    "functionUrlAuthType",
    "invokedViaFunctionUrl",
    "principal",
    "principalOrgId",
    "qualifier",
    "sourceAccount",
    "sourceArn",
    "statementIdPrefix",
  ],
  async create(session, args) {
    const StatementId = args.statementId ?? generatedName(args.statementIdPrefix);
    await lambdaClient(session).send(
      new AddPermissionCommand({
        StatementId,
        FunctionName: args.function,
        Action: args.action,
        Principal: args.principal,
        EventSourceToken: args.eventSourceToken,
        FunctionUrlAuthType: optionalMember(
          FunctionUrlAuthType,
          args.functionUrlAuthType,
          "functionUrlAuthType",
        ),
        PrincipalOrgID: args.principalOrgId,
        Qualifier: args.qualifier,
        SourceAccount: args.sourceAccount,
        SourceArn: args.sourceArn,
      }),
    );
    return StatementId;
  },
  async read(session, id, { function: FunctionName, qualifier: Qualifier }) {
    const { Policy = "{}" } = await lambdaClient(session).send(
      new GetPolicyCommand({ FunctionName, Qualifier }),
    );
    const document: unknown = JSON.parse(Policy);
    const statements = listOf(objectOf(document)["Statement"]).map(objectOf);
    return statements.some((statement) => statement["Sid"] === id) ? { statementId: id } : undefined;
  },
  async delete(session, StatementId, { function: FunctionName, qualifier: Qualifier }) {
    await lambdaClient(session).send(new RemovePermissionCommand({ FunctionName, StatementId, Qualifier }));
  },
});

const eventSourceMapping = resourceType<EventSourceMappingArgs>({
  replaceOn: ["eventSourceArn", "startingPosition", "startingPositionTimestamp", "topics", "queues"],
  defaults: { enabled: true },
  async create(session, args) {
    const { UUID } = await lambdaClient(session).send(
      new CreateEventSourceMappingCommand({
        ...mapping(args),
        EventSourceArn: args.eventSourceArn,
        StartingPosition: optionalMember(EventSourcePosition, args.startingPosition, "startingPosition"),
        Topics: args.topics && [...args.topics],
        Tags: { ...args.tagsAll },
      }),
    );
    return given(UUID, "the id of the new mapping");
  },
  async update(session, UUID, args) {
    await lambdaClient(session).send(new UpdateEventSourceMappingCommand({ UUID, ...mapping(args) }));
  },
  async read(session, UUID) {
    const found = await lambdaClient(session).send(new GetEventSourceMappingCommand({ UUID }));
    return {
      arn: await session.arn("lambda", `event-source-mapping:${UUID}`),
      batchSize: found.BatchSize,
      eventSourceArn: found.EventSourceArn,
      functionArn: found.FunctionArn,
      lastModified: found.LastModified,
      lastProcessingResult: found.LastProcessingResult ?? "",
      state: found.State,
      stateTransitionReason: found.StateTransitionReason ?? "",
      uuid: UUID,
    };
  },
  async delete(session, UUID) {
    await lambdaClient(session).send(new DeleteEventSourceMappingCommand({ UUID }));
  },
});

function mapping(args: Args<EventSourceMappingArgs>): {
  FunctionName: string;
  Enabled: boolean | undefined;
  BatchSize: number | undefined;
  MaximumBatchingWindowInSeconds: number | undefined;
  MaximumRetryAttempts: number | undefined;
  BisectBatchOnFunctionError: boolean | undefined;
} {
  return {
    FunctionName: args.functionName,
    Enabled: args.enabled,
    BatchSize: args.batchSize,
    MaximumBatchingWindowInSeconds: args.maximumBatchingWindowInSeconds,
    MaximumRetryAttempts: args.maximumRetryAttempts,
    BisectBatchOnFunctionError: args.bisectBatchOnFunctionError,
  };
}

/** The resource types of Lambda. */
export const lambda: ResourceTypes = {
  "aws:lambda/eventSourceMapping:EventSourceMapping": eventSourceMapping,
  "aws:lambda/function:Function": lambdaFunction,
  "aws:lambda/permission:Permission": permission,
};
