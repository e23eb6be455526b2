import { type ConnectionArgs } from "@pulumi/aws/codeconnections";

import { listOf, objectOf, textOf, type JsonObject } from "../../json";
import { resourceType, type ResourceTypes } from "../resource-type";
import { type Session } from "../session";
import { callService } from "./json-service";
import { given } from "./shapes";
import { syncTags, tagList } from "./tags";

const call = (session: Session, operation: string, body: JsonObject): Promise<JsonObject> =>
  callService(
    session,
    "codeconnections",
    { target: `com.amazonaws.codeconnections.CodeConnections_20231201.${operation}` },
    body,
  );

const connection = resourceType<ConnectionArgs>({
  replaceOn: ["providerType", "hostArn"],
  async create(session, args) {
    const { ConnectionArn } = await call(session, "CreateConnection", {
      ConnectionName: args.name,
      ProviderType: args.providerType,
      HostArn: args.hostArn,
      Tags: tagList(args.tagsAll),
    });
    return textOf(given(ConnectionArn, "the ARN of the new connection"));
  },
  async update(session, ResourceArn, args, old) {
    await syncTags(
      old.tagsAll,
      args.tagsAll,
      (tags) => call(session, "TagResource", { ResourceArn, Tags: tagList(tags) }),
      (TagKeys) => call(session, "UntagResource", { ResourceArn, TagKeys }),
    );
  },
  async read(session, ConnectionArn) {
    const { Connection } = await call(session, "GetConnection", { ConnectionArn });
    const { Tags } = await call(session, "ListTagsForResource", { ResourceArn: ConnectionArn });
    const found = objectOf(Connection);
    return {
      arn: found["ConnectionArn"],
      connectionStatus: found["ConnectionStatus"],
      hostArn: found["HostArn"],
      name: found["ConnectionName"],
      ownerAccountId: found["OwnerAccountId"],
      providerType: found["ProviderType"],
      tagsAll: Object.fromEntries(
        listOf(Tags)
          .map(objectOf)
          .map(({ Key, Value }) => [textOf(Key), textOf(Value)]),
      ),
    };
  },
  async delete(session, ConnectionArn) {
    await call(session, "DeleteConnection", { ConnectionArn });
  },
});

/** The resource types of CodeConnections. */
export const codeconnections: ResourceTypes = { "aws:codeconnections/connection:Connection": connection };
