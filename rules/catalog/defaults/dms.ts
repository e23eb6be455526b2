import { aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

/** The provider sends false where a program does not say, whatever the API would take. */
const SENT = "terraform-provider-aws internal/service/dms/replication_instance.go";

export const dms: ServiceDefaults = {
  "aws:dms/endpoint:Endpoint": {
    "mongodbSettings.authType": provider("password"),
    "redisSettings.sslSecurityProtocol": provider("ssl-encryption"),
    sslMode: aws("none", "https://docs.aws.amazon.com/dms/latest/APIReference/API_CreateEndpoint.html"),
  },
  "aws:dms/replicationInstance:ReplicationInstance": {
    autoMinorVersionUpgrade: provider(false, SENT),
    multiAz: provider(false, SENT),
    publiclyAccessible: provider(false, SENT),
  },
};
