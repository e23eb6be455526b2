#!/bin/sh
# Renews the checksums in versions.env for the version there, or for the version given.
set -eu
file=$(dirname "$0")/../versions.env
. "$file"
version=${1:-$PULUMI_VERSION}
base=${PULUMI_DOWNLOAD_URL:-https://get.pulumi.com/releases/sdk}
sums=$(curl --fail --silent --show-error --location "$base/pulumi-$version-checksums.txt")
sum_of() {
  printf '%s\n' "$sums" | awk -v name="pulumi-v$version-$1.tar.gz" '$2 == name && length($1) == 64 { print $1 }'
}
x64=$(sum_of linux-x64)
arm64=$(sum_of linux-arm64)
if [ -z "$x64" ] || [ -z "$arm64" ]; then
  echo "error: The checksums of Pulumi CLI $version do not name both platforms. Nothing was changed." >&2
  exit 2
fi
sed -e "s/^PULUMI_VERSION=.*/PULUMI_VERSION=$version/" -e "s/^PULUMI_SHA256_X64=.*/PULUMI_SHA256_X64=$x64/" \
  -e "s/^PULUMI_SHA256_ARM64=.*/PULUMI_SHA256_ARM64=$arm64/" "$file" >"$file.new"
mv "$file.new" "$file"
echo "Pinned Pulumi CLI $version."
