import { aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

export const transfer: ServiceDefaults = {
  "aws:transfer/connector:Connector": {
    "as2Config.mdnSigningAlgorithm": aws(
      "DEFAULT",
      "https://docs.aws.amazon.com/transfer/latest/APIReference/API_As2ConnectorConfig.html",
    ),
  },
  "aws:transfer/server:Server": { protocols: provider(["SFTP"]) },
};
