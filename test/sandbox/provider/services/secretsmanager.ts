import {
  CancelRotateSecretCommand,
  CreateSecretCommand,
  DeleteResourcePolicyCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
  RotateSecretCommand,
  SecretsManagerClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { type SecretArgs, type SecretRotationArgs, type SecretVersionArgs } from "@pulumi/aws/secretsmanager";

import { resourceType, type ResourceTypes } from "../resource-type";
import { type Session } from "../session";
import { generatedName } from "./iam-roles";
import { given } from "./shapes";
import { syncTags, tagList, tagMap } from "./tags";

const secretsClient = (session: Session): SecretsManagerClient =>
  session.client(SecretsManagerClient, "secretsmanager");

const secret = resourceType<SecretArgs>({
  replaceOn: ["namePrefix"],
  defaults: { recoveryWindowInDays: 30 },
  async create(session, args) {
    const { ARN } = await secretsClient(session).send(
      new CreateSecretCommand({
        Name: args.name ?? generatedName(args.namePrefix),
        Description: args.description,
        KmsKeyId: args.kmsKeyId,
        Tags: tagList(args.tagsAll),
        ForceOverwriteReplicaSecret: args.forceOverwriteReplicaSecret,
        AddReplicaRegions: args.replicas?.map(({ region, kmsKeyId }) => ({
          Region: region,
          KmsKeyId: kmsKeyId,
        })),
      }),
    );
    return given(ARN, "the ARN of the new secret");
  },
  async update(session, SecretId, args, old) {
    const client = secretsClient(session);
    if (args.description !== old.description || args.kmsKeyId !== old.kmsKeyId) {
      const command = { SecretId, Description: args.description ?? "", KmsKeyId: args.kmsKeyId };
      await client.send(new UpdateSecretCommand(command));
    }
    await syncTags(
      old.tagsAll,
      args.tagsAll,
      (tags) => client.send(new TagResourceCommand({ SecretId, Tags: tagList(tags) })),
      (TagKeys) => client.send(new UntagResourceCommand({ SecretId, TagKeys })),
    );
  },
  async configure(session, SecretId, { policy }, old) {
    if (policy === old?.policy) return;
    const client = secretsClient(session);
    if (policy === undefined) await client.send(new DeleteResourcePolicyCommand({ SecretId }));
    else await client.send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy: policy }));
  },
  async read(session, SecretId) {
    const found = await secretsClient(session).send(new DescribeSecretCommand({ SecretId }));
    if (found.DeletedDate !== undefined) return undefined;
    return {
      arn: found.ARN,
      description: found.Description,
      kmsKeyId: found.KmsKeyId,
      name: found.Name,
      tagsAll: tagMap(found.Tags),
    };
  },
  async delete(session, SecretId, { recoveryWindowInDays: days }) {
    const window = days === 0 ? { ForceDeleteWithoutRecovery: true } : { RecoveryWindowInDays: days };
    await secretsClient(session).send(new DeleteSecretCommand({ SecretId, ...window }));
  },
});

const secretVersion = resourceType<SecretVersionArgs>({
  replaceOn: [
    "secretId",
    "secretBinary",
    "secretString",
    "secretStringWo",
    "secretStringWoVersion",
    "versionStages",
  ],
  async create(session, args) {
    const binary = args.secretBinary;
    const { ARN = "", VersionId = "" } = await secretsClient(session).send(
      new PutSecretValueCommand({
        SecretId: args.secretId,
        SecretString: args.secretString ?? args.secretStringWo,
        SecretBinary: binary === undefined ? undefined : Buffer.from(binary, "base64"),
        VersionStages: args.versionStages && [...args.versionStages],
      }),
    );
    return `${ARN}|${VersionId}`;
  },
  async read(session, id) {
    const [SecretId, VersionId] = id.split("|");
    const found = await secretsClient(session).send(new GetSecretValueCommand({ SecretId, VersionId }));
    return {
      arn: found.ARN,
      hasSecretStringWo: false,
      secretArn: found.ARN,
      secretString: found.SecretString,
      versionId: found.VersionId,
      versionStages: found.VersionStages,
    };
  },
  // A version cannot be deleted: it goes when no stage names it any more, or with its secret.
  delete: () => Promise.resolve(),
});

const secretRotation = resourceType<SecretRotationArgs>({
  replaceOn: ["secretId"],
  async create(session, args) {
    const rules = args.rotationRules;
    await secretsClient(session).send(
      new RotateSecretCommand({
        SecretId: args.secretId,
        RotationLambdaARN: args.rotationLambdaArn,
        RotateImmediately: args.rotateImmediately,
        RotationRules: rules && {
          AutomaticallyAfterDays: rules.automaticallyAfterDays,
          Duration: rules.duration,
          ScheduleExpression: rules.scheduleExpression,
        },
      }),
    );
    return args.secretId;
  },
  async read(session, SecretId) {
    const found = await secretsClient(session).send(new DescribeSecretCommand({ SecretId }));
    if (found.RotationEnabled !== true) return undefined;
    return {
      rotationEnabled: true,
      rotationLambdaArn: found.RotationLambdaARN ?? "",
      rotationRules: { automaticallyAfterDays: found.RotationRules?.AutomaticallyAfterDays },
    };
  },
  async delete(session, SecretId) {
    await secretsClient(session).send(new CancelRotateSecretCommand({ SecretId }));
  },
});

/** The resource types of Secrets Manager. */
export const secretsmanager: ResourceTypes = {
  "aws:secretsmanager/secret:Secret": secret,
  "aws:secretsmanager/secretRotation:SecretRotation": secretRotation,
  "aws:secretsmanager/secretVersion:SecretVersion": secretVersion,
};
