#!/bin/sh
# Posts the reports in previews/ to the pull request. The token stays in Secrets Manager until the command reads it.
set -eu
if [ -z "${COMPLIANCE_COMMENT_SECRET:-}" ]; then
  echo "COMPLIANCE_COMMENT_SECRET is not set; nothing is posted."
  exit 0
fi
set -- --token-secret "$COMPLIANCE_COMMENT_SECRET"
[ -z "${COMPLIANCE_COMMENT_API:-}" ] || set -- "$@" --api "$COMPLIANCE_COMMENT_API"
found=false
for folder in previews/*/; do
  [ -f "${folder}findings.md" ] || continue
  found=true
  set -- "$@" --report "${folder}findings.md" --sarif "${folder}findings.sarif"
done
if [ "$found" = false ]; then
  echo "No preview came so far that there is a report; nothing is posted."
  exit 0
fi
exec npx compliance deliver comment "$@"
