import { aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

/** The provider sends false where a program does not say. */
const SENT = "terraform-provider-aws internal/service/mq/broker.go";

export const mq: ServiceDefaults = {
  "aws:mq/broker:Broker": {
    authenticationStrategy: provider("simple", SENT),
    autoMinorVersionUpgrade: provider(false, SENT),
    deploymentMode: provider("SINGLE_INSTANCE"),
    "logs.audit": provider(false),
    "logs.general": provider(false),
    publiclyAccessible: provider(false, SENT),
    storageType: aws(
      "efs",
      "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/broker-storage.html",
    ),
  },
};
