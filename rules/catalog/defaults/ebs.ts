import { account } from "./types";
import type { ServiceDefaults } from "./types";

const BY_DEFAULT = "https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html";

export const ebs: ServiceDefaults = {
  "aws:ebs/volume:Volume": { encrypted: account(false, BY_DEFAULT) },
};
