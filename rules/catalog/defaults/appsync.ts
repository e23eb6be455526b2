import { aws, provider } from "./types";
import type { ServiceDefaults } from "./types";

const CACHE = "https://docs.aws.amazon.com/appsync/latest/APIReference/API_ApiCache.html";

export const appsync: ServiceDefaults = {
  "aws:appsync/apiCache:ApiCache": {
    atRestEncryptionEnabled: aws(false, CACHE),
    transitEncryptionEnabled: aws(false, CACHE),
  },
  "aws:appsync/graphQLApi:GraphQLApi": { xrayEnabled: provider(false) },
};
