import { policy } from "../engine";
import type { Policies } from "../engine";

export const iot: Policies = {
  IOT_AUTHORIZER_TOKEN_SIGNING_ENABLED: policy("IoT authorizers check the signature of tokens.", {
    "aws:iot/authorizer:Authorizer": (authorizer) => authorizer.isFalse("signingDisabled"),
  }),
};
