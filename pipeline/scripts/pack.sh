# To be sourced: sets "pack", the folder of the policy pack, and "config", its configuration: made from the selection that
# COMPLIANCE_STACK deploys, as the offline check and Verify take it, or a file that was given for all stacks.
pack=${COMPLIANCE_POLICY_PACK:-policypack}
config=${COMPLIANCE_POLICY_PACK_CONFIG:-}
if [ -z "$config" ]; then
  config=$(mktemp -d)/policy-config.json
  npx compliance policy-config --stack "${COMPLIANCE_STACK##*/}" --output "$config"
fi
