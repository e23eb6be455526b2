#!/bin/sh
# Takes an empty account to the first run of its pipeline. Each step looks first, and does only what is missing, so that
# running it again changes nothing. See docs/guides/pipeline.md.
set -eu

usage() {
  cat <<'TEXT'
Usage: sh pipeline/bootstrap.sh [flags]

Makes what the pipeline of a stack needs before it can run, in the account that the credentials belong to:
the bucket and the key of Pulumi's state, the stacks, the pipeline's own stack, and the first execution.

  --stack NAME         the stack that holds the pipeline (default: dev)
  --state-bucket NAME  the bucket of the state (default: as in the stack's settings)
  --region NAME        region of pipeline and key (default: as in the stack's settings)
  --yes                deploy the pipeline's stack without asking
  --no-start           leave the first execution to somebody else
  --dry-run            only say what would be done
  --help               this text

Exit status: 0 done, 2 it could not do its work, 3 the connection waits until somebody authorises it.
TEXT
}

stack=dev bucket_flag='' region_flag='' yes='' start=true dry=false
fail() {
  echo "error: $*" >&2
  exit 2
}
while [ $# -gt 0 ]; do
  case $1 in
    --stack | --state-bucket | --region)
      [ $# -ge 2 ] || fail "$1 needs a value."
      case $1 in --stack) stack=$2 ;; --state-bucket) bucket_flag=$2 ;; *) region_flag=$2 ;; esac
      shift
      ;;
    --yes) yes=--yes ;;
    --no-start) start=false ;;
    --dry-run) dry=true ;;
    --help)
      usage
      exit 0
      ;;
    *) fail "There is no flag $1. \"sh pipeline/bootstrap.sh --help\" lists them." ;;
  esac
  shift
done

cd "$(dirname "$0")/.."
[ -d node_modules ] || fail "The packages are not installed. Run \"npm ci\" first."
for tool in aws pulumi node; do
  command -v "$tool" >/dev/null 2>&1 || fail "There is no $tool on PATH. docs/guides/pipeline.md says where to get it."
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

say() { echo "$*"; }
# Says what is missing, and does it unless this is a dry run: do_it WORDS COMMAND...
do_it() {
  what=$1
  shift
  if [ "$dry" = true ]; then
    say "would: $what"
  else
    say "$what"
    "$@" >"$work/out" 2>"$work/err" || {
      cat "$work/err" >&2
      fail "That failed. What was done before stays; correct the reason and run this again."
    }
  fi
}
facts() { node_modules/.bin/ts-node --transpile-only scripts/bootstrap-facts.ts "$@"; }
fact() { cat "$work/$1"; }

region=$region_flag
[ -n "$region" ] || region=$(facts region "$stack")
AWS_REGION=$region
AWS_DEFAULT_REGION=$region
# No pager may wait for a key.
AWS_PAGER=
PULUMI_SKIP_UPDATE_CHECK=true
export AWS_REGION AWS_DEFAULT_REGION AWS_PAGER PULUMI_SKIP_UPDATE_CHECK

identity=$(aws sts get-caller-identity --query '[Account,Arn]' --output text 2>"$work/err") || {
  cat "$work/err" >&2
  fail "AWS does not know the credentials. Sign in, for example with \"aws sso login\", and run this again."
}
account=$(echo "$identity" | cut -f 1)
partition=$(echo "$identity" | cut -f 2 | cut -d : -f 2)
facts read "$stack" "$work" "$partition" "$account" "$region" "$bucket_flag"
project=$(fact project) pipeline=$(fact pipeline)
say "Account $account, $region: the stack $stack holds the pipeline $pipeline."

alias=alias/$project-state
place=$(fact bucket-region)

the_key() {
  aws kms describe-key --region "$place" --key-id "$alias" --query 'KeyMetadata.[Arn,KeyState]' --output text 2>"$work/err"
}

make_key() {
  id=$(aws kms create-key --region "$place" --description "Encrypts the state of Pulumi and the secrets in it." \
    --policy "file://$work/key-policy.json" --query KeyMetadata.KeyId --output text) || return 1
  aws kms create-alias --region "$place" --alias-name "$alias" --target-key-id "$id" || {
    echo "The key $id was made, but has no name. Give it the alias $alias, or schedule its deletion." >&2
    return 1
  }
}

state_key() {
  if ! found=$(the_key); then
    grep -q NotFoundException "$work/err" || {
      cat "$work/err" >&2
      fail "The key of the state cannot be read."
    }
    do_it "Making the KMS key $alias in $place." make_key
    [ "$dry" = false ] || {
      key=KEY-TO-BE
      return 0
    }
    found=$(the_key) || fail "The key $alias was made, but AWS does not show it yet. Run this again."
  fi
  key=$(echo "$found" | cut -f 1)
  status=$(echo "$found" | cut -f 2)
  [ "$status" = Enabled ] || fail "The key $alias is $status. Enable it, or give the alias to another key."
  rotates=$(aws kms get-key-rotation-status --region "$place" --key-id "$key" --query KeyRotationEnabled --output text)
  [ "$rotates" = True ] ||
    do_it "Turning on the yearly rotation of the key." aws kms enable-key-rotation --region "$place" --key-id "$key"
  aws kms get-key-policy --region "$place" --key-id "$key" --policy-name default --query Policy --output text >"$work/found.json"
  facts same "$work/found.json" "$work/key-policy.json" ||
    do_it "Writing the key's policy: this account, and the roles of other accounts: $(fact accounts | wc -w | tr -d ' ')." \
      aws kms put-key-policy --region "$place" --key-id "$key" --policy-name default --policy "file://$work/key-policy.json"
}

s3api() {
  operation=$1
  shift
  aws s3api "$operation" --region "$place" --bucket "$bucket" --expected-bucket-owner "$account" "$@"
}
# What a setting of the bucket is now; nothing where it was never set.
now() { s3api "$@" --output text 2>/dev/null | tr '\t' ' ' || true; }

make_bucket() {
  set -- --region "$place" --bucket "$bucket" --object-ownership BucketOwnerEnforced
  # The oldest region is the only one that must not be named.
  [ "$place" = us-east-1 ] || set -- "$@" --create-bucket-configuration "LocationConstraint=$place"
  aws s3api create-bucket "$@"
}

state_bucket() {
  bucket=$(fact bucket)
  if ! s3api head-bucket >/dev/null 2>"$work/err"; then
    case $(cat "$work/err") in
      *404* | *"Not Found"*) ;;
      *403* | *Forbidden*)
        fail "The bucket $bucket belongs to somebody else, or you may not read it. Choose another name with --state-bucket."
        ;;
      *)
        cat "$work/err" >&2
        fail "The bucket $bucket cannot be read."
        ;;
    esac
    do_it "Making the bucket $bucket in $place." make_bucket
    [ "$dry" = false ] || {
      say "would: Make it private, versioned, encrypted with the key, and reached over TLS only."
      return 0
    }
  fi
  [ "$(now get-bucket-ownership-controls --query 'OwnershipControls.Rules[0].ObjectOwnership')" = BucketOwnerEnforced ] ||
    do_it "Turning off the bucket's access control lists." s3api put-bucket-ownership-controls \
      --ownership-controls 'Rules=[{ObjectOwnership=BucketOwnerEnforced}]'
  [ "$(now get-public-access-block --query 'PublicAccessBlockConfiguration.[BlockPublicAcls,IgnorePublicAcls,BlockPublicPolicy,RestrictPublicBuckets]')" = "True True True True" ] ||
    do_it "Making the bucket private." s3api put-public-access-block --public-access-block-configuration \
      BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
  [ "$(now get-bucket-versioning --query Status)" = Enabled ] ||
    do_it "Keeping every version of the state." s3api put-bucket-versioning --versioning-configuration Status=Enabled
  [ "$(now get-bucket-encryption --query 'ServerSideEncryptionConfiguration.Rules[0].[ApplyServerSideEncryptionByDefault.SSEAlgorithm,ApplyServerSideEncryptionByDefault.KMSMasterKeyID]')" = "aws:kms $key" ] ||
    do_it "Encrypting the bucket with the key." s3api put-bucket-encryption --server-side-encryption-configuration \
      "{\"Rules\":[{\"ApplyServerSideEncryptionByDefault\":{\"SSEAlgorithm\":\"aws:kms\",\"KMSMasterKeyID\":\"$key\"},\"BucketKeyEnabled\":true}]}"
  [ "$(now get-bucket-lifecycle-configuration --query 'Rules[].ID')" = old-versions ] ||
    do_it "Deleting versions that were replaced a year ago." s3api put-bucket-lifecycle-configuration --lifecycle-configuration \
      '{"Rules":[{"ID":"old-versions","Status":"Enabled","Filter":{},"NoncurrentVersionExpiration":{"NoncurrentDays":365},"AbortIncompleteMultipartUpload":{"DaysAfterInitiation":7}}]}'
  s3api get-bucket-policy --query Policy --output text >"$work/found.json" 2>/dev/null || : >"$work/found.json"
  facts same "$work/found.json" "$work/bucket-policy.json" ||
    do_it "Writing the bucket's policy: TLS only, and the roles of other accounts: $(fact accounts | wc -w | tr -d ' ')." \
      s3api put-bucket-policy --policy "file://$work/bucket-policy.json"
}

settle() {
  if [ "$dry" = true ]; then
    files=$(facts settle "$bucket" "$key")
    verb="would: Write"
  else
    files=$(facts settle "$bucket" "$key" change)
    verb=Wrote
  fi
  for file in $files; do say "$verb bucket and key into $file. Commit that."; done
}

key=''
if [ "$(fact state)" = bucket ]; then
  state_key
  state_bucket
  settle
  prefix=$(fact prefix)
  PULUMI_BACKEND_URL="s3://$bucket${prefix:+/$prefix}?region=$place"
  export PULUMI_BACKEND_URL
  secrets="awskms:///$key?region=$place"
else
  secret=$(fact token-secret)
  aws secretsmanager describe-secret --secret-id "$secret" --query ARN --output text >/dev/null 2>"$work/err" || {
    cat "$work/err" >&2
    fail "The secret with the token of Pulumi Cloud cannot be read. Make it, and write its ARN into Pulumi.$stack.yaml."
  }
  pulumi whoami >/dev/null 2>&1 || fail "You are not signed in to Pulumi Cloud. Run \"pulumi login\", and run this again."
  secrets=default
fi

# Before there is a bucket, there is no stack.
known=''
if [ "$dry" = false ] || pulumi stack ls --json >/dev/null 2>&1; then
  known=$(pulumi stack ls --json 2>"$work/err" | node -e '
    let text = "";
    process.stdin.on("data", (part) => (text += part)).on("end", () => {
      for (const { name } of JSON.parse(text)) console.log(name.split("/").pop());
    });' 2>/dev/null) || {
    cat "$work/err" >&2
    fail "Pulumi cannot read the state."
  }
fi
full() { [ "$(fact state)" = bucket ] && echo "$1" || echo "$(fact organization)/$1"; }
missing=false
for name in $(fact stacks); do
  if ! echo "$known" | grep -qx "$name"; then
    [ "$name" != "$stack" ] || missing=true
    do_it "Making the stack $name." pulumi stack init "$(full "$name")" --no-select --secrets-provider "$secrets" --non-interactive
  fi
done

own=$(full "$stack")
if [ "$dry" = true ] && { [ "$missing" = true ] || [ "$key" = KEY-TO-BE ]; }; then
  say "would: Deploy the stack $stack, which holds the pipeline, and start its first execution."
  exit 0
fi
COMPLIANCE_STACK=$own
. pipeline/scripts/pack.sh
if pulumi preview --stack "$own" --policy-pack "$pack" --policy-pack-config "$config" --expect-no-changes --non-interactive \
  >"$work/preview" 2>&1; then
  say "The stack $stack is up to date."
elif [ "$dry" = true ]; then
  cat "$work/preview"
  say "would: Deploy the stack $stack, as the preview says."
  exit 0
else
  say "Deploying the stack $stack, which holds the pipeline."
  pulumi up --stack "$own" --policy-pack "$pack" --policy-pack-config "$config" $yes ||
    fail "The stack $stack was not deployed; the reason is above. Run this again after it."
fi

connection=$(pulumi stack output connectionArn --stack "$own" 2>/dev/null) || connection=''
case $connection in
  arn:*)
    status=$(aws codeconnections get-connection --connection-arn "$connection" --query Connection.ConnectionStatus --output text) ||
      fail "The connection cannot be read; the reason is above."
    if [ "$status" != AVAILABLE ]; then
      cat <<TEXT
The connection to the repository is $status: somebody must authorise it once, by hand, since AWS has no call for it.
  1. Sign in to the console of account $account, region $region, and open Developer Tools, Settings, Connections.
  2. Choose the connection that is pending, and "Update pending connection".
  3. Install the app of AWS at the repository's host, for this repository only, or choose an installation; then "Connect".
Then run this again: it starts the first execution.
TEXT
      exit 3
    fi
    say "The connection is authorised."
    ;;
esac

for name in $(fact targets); do
  say "The pipeline needs the roles of the stack $name. If nobody did yet: pulumi up --stack $name, with rights in its account."
done
[ "$start" = true ] || exit 0
# An execution whose source could not be read has no revision: it does not count as the first one.
ran=$(aws codepipeline list-pipeline-executions --pipeline-name "$pipeline" --no-paginate --max-results 100 \
  --query 'length(pipelineExecutionSummaries[?sourceRevisions[0]])' --output text) ||
  fail "The executions of $pipeline cannot be read; the reason is above."
if [ "${ran:-0}" != 0 ]; then
  say "The pipeline $pipeline has run already."
else
  do_it "Starting the first execution of $pipeline." aws codepipeline start-pipeline-execution --name "$pipeline"
  say "Watch it in the console of CodePipeline, or with: aws codepipeline get-pipeline-state --name $pipeline"
fi
