#!/bin/sh
# Runs the unit and policy tests, and writes reports/unit.xml. What failed is also in the log.
set -eu
mkdir -p reports
if ! npm run --silent spec -- --reporter xunit --reporter-option output=reports/unit.xml; then
  [ ! -f reports/unit.xml ] || grep -A 12 '<failure' reports/unit.xml | head -n 400
  echo "error: Tests failed; all of them are in the report \"unit\"." >&2
  exit 1
fi
