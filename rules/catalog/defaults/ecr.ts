import { aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

export const ecr: ServiceDefaults = {
  "aws:ecr/repository:Repository": {
    "encryptionConfigurations.encryptionType": provider("AES256"),
    imageTagMutability: provider("MUTABLE"),
    "imageScanningConfiguration.scanOnPush": aws(
      false,
      "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanningConfiguration.html",
    ),
  },
};
