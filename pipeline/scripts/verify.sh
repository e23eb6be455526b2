#!/bin/sh
# Verifies COMPLIANCE_STACK in its account, or publishes the compliance metrics.
set -eu
: "${COMPLIANCE_STACK:?is not set; the pipeline names the stack of each action}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
pulumi stack export --stack "$COMPLIANCE_STACK" --file "$work/state.json" --non-interactive
set -- --stack "${COMPLIANCE_STACK##*/}" --stack-file "$work/state.json"
[ "${COMPLIANCE_METRICS:-false}" != true ] || set -- "$@" --metrics
# shellcheck disable=SC2086 # Flags separated by spaces.
npx compliance verify "$@" ${COMPLIANCE_VERIFY_FLAGS:-}
