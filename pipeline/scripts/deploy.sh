#!/bin/sh
# Deploys the preview of COMPLIANCE_STACK in the artefact COMPLIANCE_PREVIEW_ARTIFACT.
set -eu
: "${COMPLIANCE_STACK:?is not set; the pipeline names the stack of each action}"
: "${COMPLIANCE_PREVIEW_ARTIFACT:?is not set; the pipeline names the artefact of the preview}"
if ! from=$(printenv "CODEBUILD_SRC_DIR_$COMPLIANCE_PREVIEW_ARTIFACT"); then
  echo "error: The artefact $COMPLIANCE_PREVIEW_ARTIFACT is no input of this action." >&2
  exit 2
fi
. pipeline/scripts/pack.sh
exec npx compliance deliver deploy --stack "$COMPLIANCE_STACK" --from "$from" --max-age "${COMPLIANCE_MAX_AGE:-1440}" \
  --policy-pack "$pack" --policy-pack-config "$config"
