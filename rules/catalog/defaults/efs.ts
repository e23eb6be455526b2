import { aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

export const efs: ServiceDefaults = {
  "aws:efs/accessPoint:AccessPoint": {
    "rootDirectory.path": aws("/", "https://docs.aws.amazon.com/efs/latest/ug/API_RootDirectory.html"),
  },
  "aws:efs/fileSystem:FileSystem": { encrypted: provider(false) },
};
