#!/bin/sh
# Brings the stack that holds the pipeline up to date.
set -eu
: "${COMPLIANCE_PIPELINE_STACK:?is not set; the pipeline names its own stack}"
# What it is judged by is its own selection.
COMPLIANCE_STACK=$COMPLIANCE_PIPELINE_STACK
. pipeline/scripts/pack.sh
exec npx compliance deliver pipeline --policy-pack "$pack" --policy-pack-config "$config"
