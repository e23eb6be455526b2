#!/bin/sh
# Puts the pinned Pulumi CLI into ~/.pulumi/bin, unless PATH has that version or a later one of the same major version.
# Nothing of a download is unpacked before its checksum was compared.
set -eu
. "$(dirname "$0")/../versions.env"

# Whether $1 is $2 or later, with the same first number; both like 3.255.0.
is_enough() {
  printf '%s %s\n' "${1%%[-+]*}" "$2" | tr . ' ' | awk '{
    if ($1 != $4) exit 1
    if ($2 != $5) exit !($2 + 0 > $5 + 0)
    exit !($3 + 0 >= $6 + 0)
  }'
}

if command -v pulumi >/dev/null 2>&1; then
  found=$(PULUMI_SKIP_UPDATE_CHECK=true pulumi version 2>/dev/null | sed 's/^v//') || found=
  if is_enough "${found:-0.0.0}" "$PULUMI_VERSION"; then
    echo "Pulumi CLI $found is on PATH."
    exit 0
  fi
  echo "Pulumi CLI ${found:-of unknown version} is on PATH; $PULUMI_VERSION is needed."
fi

case $(uname -s)-$(uname -m) in
  Linux-x86_64) platform=linux-x64 checksum=$PULUMI_SHA256_X64 ;;
  Linux-aarch64 | Linux-arm64) platform=linux-arm64 checksum=$PULUMI_SHA256_ARM64 ;;
  *)
    echo "error: There is no pinned Pulumi CLI for $(uname -s) on $(uname -m). Install it, and put it on PATH." >&2
    exit 2
    ;;
esac

bin=$HOME/.pulumi/bin
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
archive=$work/pulumi.tar.gz
base=${PULUMI_DOWNLOAD_URL:-https://get.pulumi.com/releases/sdk}
curl --fail --silent --show-error --location --retry 3 --output "$archive" "$base/pulumi-v$PULUMI_VERSION-$platform.tar.gz"
if ! printf '%s  %s\n' "$checksum" "$archive" | sha256sum -c - >/dev/null 2>&1; then
  echo "error: The download is not Pulumi CLI $PULUMI_VERSION for $platform: its SHA-256 is not $checksum." >&2
  echo "If the version in pipeline/versions.env was changed, run \"sh pipeline/scripts/pin-pulumi.sh\"." >&2
  exit 2
fi
tar -xzf "$archive" -C "$work"
mkdir -p "$bin"
# The binaries lie in "pulumi", the language hosts beside the CLI.
mv -f "$work"/pulumi/* "$bin/"
echo "Pulumi CLI $PULUMI_VERSION is in $bin."
