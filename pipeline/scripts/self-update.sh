#!/bin/sh
# Brings the stack that holds the pipeline up to date.
set -eu
: "${COMPLIANCE_PIPELINE_STACK:?is not set; the pipeline names its own stack}"
. pipeline/scripts/pack.sh
exec npx compliance deliver pipeline --policy-pack "$pack" --policy-pack-config "$config"
