#!/usr/bin/env bash
# Copies the original data files of the catalogue into the repository.
# Usage: scripts/import-catalog.sh FOLDER   (a folder with DATA.md, managed-rules.json, ...)
set -euo pipefail
from=${1:?usage: scripts/import-catalog.sh FOLDER}
to=$(cd "$(dirname "$0")/.." && pwd)/rules/catalog/source
mkdir -p "$to"
for file in DATA.md managed-rules.json conformance-packs.json frameworks.json preventive-conditions.tsv config-item-properties.json; do
  install -m 644 "$from/$file" "$to/$file"
done
