#!/bin/sh
# Publishes the policy pack's version to COMPLIANCE_PUBLISH_ORG when it is new.
set -eu
: "${COMPLIANCE_PUBLISH_ORG:?is not set; it is the organisation of Pulumi Cloud that gets the pack}"
exec npx compliance deliver publish "$COMPLIANCE_PUBLISH_ORG" --policy-pack "${COMPLIANCE_POLICY_PACK:-policypack}"
