#!/bin/sh
# Previews every stack of COMPLIANCE_STACKS into previews/STACK; each entry is STACK or STACK=ROLE_ARN.
set -eu
worst=0
for entry in ${COMPLIANCE_STACKS:?is not set; it lists the stacks that are delivered to}; do
  COMPLIANCE_STACK=${entry%%=*}
  COMPLIANCE_ROLE_ARN=
  [ "$entry" = "$COMPLIANCE_STACK" ] || COMPLIANCE_ROLE_ARN=${entry#*=}
  export COMPLIANCE_STACK COMPLIANCE_ROLE_ARN
  echo "Previewing $COMPLIANCE_STACK."
  status=0
  (
    . pipeline/scripts/assume-role.sh
    # A plan is for a deployment, and none follows.
    COMPLIANCE_PLAN=false sh pipeline/scripts/preview.sh "previews/${COMPLIANCE_STACK##*/}"
  ) || status=$?
  [ "$status" -le "$worst" ] || worst=$status
done
exit "$worst"
