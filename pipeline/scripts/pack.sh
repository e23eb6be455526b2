# To be sourced: sets "pack", the folder of the policy pack, and "config", its configuration, made from the selection
# unless there is one.
pack=${COMPLIANCE_POLICY_PACK:-policypack}
config=${COMPLIANCE_POLICY_PACK_CONFIG:-}
if [ -z "$config" ]; then
  config=$(mktemp -d)/policy-config.json
  npx compliance policy-config --selection "${COMPLIANCE_SELECTION:-selection.yaml}" --output "$config"
fi
