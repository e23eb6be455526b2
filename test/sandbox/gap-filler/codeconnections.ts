import { randomUUID } from "node:crypto";
import { ACCOUNT } from "../engine/environment";
import { type JsonObject, listOf, objectOf, textOf, textsOf } from "../json";
import { AwsError } from "./aws-error";
import type { JsonCall, JsonHandler } from "./server";

/** @see https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_CreateConnection.html */
const PROVIDERS = [
  "Bitbucket",
  "GitHub",
  "GitHubEnterpriseServer",
  "GitLab",
  "GitLabSelfManaged",
  "AzureDevOps",
];
const NAME_LENGTH = 32;

/** The connections to repositories outside of AWS. A new one waits until somebody authorises it in the console. */
export class Connections {
  private readonly all = new Map<string, JsonObject>();

  /** What a person does in the console: lets AWS into the repositories. */
  authorize(arn: string): void {
    this.all.set(arn, { ...this.found(arn), ConnectionStatus: "AVAILABLE" });
  }

  /** Whether sources can be fetched through a connection. */
  isAvailable(arn: string): boolean {
    return this.all.get(arn)?.["ConnectionStatus"] === "AVAILABLE";
  }

  /** The operations of the service. */
  operations(): Record<string, JsonHandler> {
    return {
      CreateConnection: (call) => Promise.resolve(this.create(call)),
      GetConnection: ({ body }) => {
        const Connection = this.found(textOf(body["ConnectionArn"]));
        return Promise.resolve({ Connection: { ...Connection, Tags: undefined } });
      },
      ListConnections: () => Promise.resolve({ Connections: [...this.all.values()] }),
      DeleteConnection: ({ body }) => {
        const arn = textOf(body["ConnectionArn"]);
        this.found(arn);
        this.all.delete(arn);
        return Promise.resolve({});
      },
      ListTagsForResource: ({ body }) =>
        Promise.resolve({ Tags: this.found(textOf(body["ResourceArn"]))["Tags"] ?? [] }),
      TagResource: ({ body }) => {
        const given = listOf(body["Tags"]).map(objectOf);
        const names = given.map(({ Key }) => textOf(Key));
        return Promise.resolve(this.setTags(textOf(body["ResourceArn"]), names, given));
      },
      UntagResource: ({ body }) =>
        Promise.resolve(this.setTags(textOf(body["ResourceArn"]), textsOf(body["TagKeys"]), [])),
    };
  }

  private create({ region, body }: JsonCall): JsonObject {
    const name = textOf(body["ConnectionName"]);
    const provider = textOf(body["ProviderType"]);
    if (name === "" || name.length > NAME_LENGTH) {
      throw new AwsError(
        "ValidationException",
        `Value '${name}' at 'connectionName' failed: 1 to ${NAME_LENGTH} characters.`,
      );
    }
    if (!PROVIDERS.includes(provider)) {
      throw new AwsError(
        "ValidationException",
        `Value '${provider}' at 'providerType' failed: one of ${PROVIDERS.join(", ")}.`,
      );
    }
    const ConnectionArn = `arn:aws:codeconnections:${region}:${ACCOUNT}:connection/${randomUUID()}`;
    this.all.set(ConnectionArn, {
      ConnectionArn,
      ConnectionName: name,
      ConnectionStatus: "PENDING",
      OwnerAccountId: ACCOUNT,
      ProviderType: provider,
      Tags: listOf(body["Tags"]),
    });
    return { ConnectionArn, Tags: listOf(body["Tags"]) };
  }

  private found(arn: string): JsonObject {
    const connection = this.all.get(arn);
    if (connection) return connection;
    throw new AwsError("ResourceNotFoundException", `[TargetNotFound] Connection not found: ${arn}`);
  }

  private setTags(arn: string, gone: readonly string[], set: readonly JsonObject[]): JsonObject {
    const connection = this.found(arn);
    const kept = listOf(connection["Tags"])
      .map(objectOf)
      .filter(({ Key }) => !gone.includes(textOf(Key)));
    this.all.set(arn, { ...connection, Tags: [...kept, ...set] });
    return {};
  }
}
