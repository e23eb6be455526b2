#!/bin/sh
# Previews COMPLIANCE_STACK into the folder given (default: delivery), and writes reports/findings-STACK.xml.
set -eu
out=${1:-delivery}
: "${COMPLIANCE_STACK:?is not set; the pipeline names the stack of each action}"
. pipeline/scripts/pack.sh
set -- --stack "$COMPLIANCE_STACK" --out "$out" --policy-pack "$pack" --policy-pack-config "$config"
[ "${COMPLIANCE_PLAN:-true}" != false ] || set -- "$@" --no-plan
[ "${COMPLIANCE_SECRETS:-true}" != false ] || set -- "$@" --no-secrets
status=0
npx compliance deliver preview "$@" || status=$?
if [ -f "$out/findings.xml" ]; then
  mkdir -p reports
  cp "$out/findings.xml" "reports/findings-${COMPLIANCE_STACK##*/}.xml"
fi
exit "$status"
