import { aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

export const msk: ServiceDefaults = {
  "aws:msk/cluster:Cluster": {
    "brokerNodeGroupInfo.connectivityInfo.publicAccess.type": aws(
      "DISABLED",
      "https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html",
    ),
    "encryptionInfo.encryptionInTransit.inCluster": provider(true),
    enhancedMonitoring: aws(
      "DEFAULT",
      "https://docs.aws.amazon.com/msk/latest/developerguide/monitoring.html",
    ),
  },
};
