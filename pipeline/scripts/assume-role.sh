# To be sourced: what follows in this shell acts as COMPLIANCE_ROLE_ARN, if that is set. A profile instead of exported
# credentials, so that every SDK renews them by itself: chained roles end after an hour.
# https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
if [ -n "${COMPLIANCE_ROLE_ARN:-}" ]; then
  compliance_profiles=$(mktemp -d)
  if [ -n "${AWS_ACCESS_KEY_ID:-}" ]; then
    # Outside of CodeBuild: SDKs prefer keys in the environment to a profile, so they move into one.
    (
      umask 077
      {
        echo "[compliance-source]"
        echo "aws_access_key_id = $AWS_ACCESS_KEY_ID"
        echo "aws_secret_access_key = $AWS_SECRET_ACCESS_KEY"
        [ -z "${AWS_SESSION_TOKEN:-}" ] || echo "aws_session_token = $AWS_SESSION_TOKEN"
      } >"$compliance_profiles/credentials"
    )
    AWS_SHARED_CREDENTIALS_FILE=$compliance_profiles/credentials
    export AWS_SHARED_CREDENTIALS_FILE
    unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
    compliance_source="source_profile = compliance-source"
  else
    compliance_source="credential_source = EcsContainer"
  fi
  {
    echo "[profile compliance]"
    echo "role_arn = $COMPLIANCE_ROLE_ARN"
    echo "$compliance_source"
    # CloudTrail then tells which build acted.
    echo "role_session_name = $(printf '%s' "${CODEBUILD_BUILD_ID:-compliance}" | tr -c 'A-Za-z0-9_=,.@-' '-' | tail -c 64)"
    [ -z "${AWS_REGION:-}" ] || echo "region = $AWS_REGION"
  } >"$compliance_profiles/config"
  AWS_CONFIG_FILE=$compliance_profiles/config
  AWS_PROFILE=compliance
  # The SDK of JavaScript reads the configuration only when it is told to; the others always do.
  AWS_SDK_LOAD_CONFIG=1
  export AWS_CONFIG_FILE AWS_PROFILE AWS_SDK_LOAD_CONFIG
  echo "Acting as $COMPLIANCE_ROLE_ARN."
fi
