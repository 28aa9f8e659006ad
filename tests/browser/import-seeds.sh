#!/usr/bin/env bash
# Puts the published documents that lie beside the project (../shared/seeds) into a content folder, as `kohyo import` reads them:
# real texts find faults of pages that a sample never has. Without them the checks see the sample alone, and this says so.
#
# import-seeds.sh KOHYO CONTENT
set -euo pipefail

kohyo=$1 content=$2
seeds=$(dirname "${BASH_SOURCE[0]}")/../../../shared/seeds
# The number at the beginning of a file, and the 団体コード of who published it.
known='001:131172 002:431001 003:072044'

if ! [ -d "$seeds" ]; then
  echo 'SKIPPED: ../shared/seeds がないため、実際の評価書のページは検査しません（見本だけを検査します）。'
  echo 'SKIPPED: ../shared/seeds is not at hand: only pages of the sample are checked, none of real documents.'
  exit 0
fi
imported=0
for pair in $known; do
  for file in "$seeds/${pair%%:*}"_*.txt; do
    [ -f "$file" ] || continue
    "$kohyo" import "$file" --code "${pair##*:}" --into "$content" >/dev/null 2>&1 || {
      echo "kohyo import failed: $file" >&2
      exit 1
    }
    imported=$((imported + 1))
  done
done
if [ "$imported" -lt 3 ]; then
  echo "SKIPPED: ../shared/seeds の 3 件のうち $imported 件だけを検査します / only $imported of 3 real documents are checked."
fi
echo "imported: $imported real documents"
