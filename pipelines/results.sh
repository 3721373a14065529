#!/usr/bin/env bash
# results.sh -- the study's tables and their tests.
#
#   results.sh STUDY [PLAN.json] <merged.jsonl >results.jsonl
#
# Cells and tests as JSON Lines; `report` makes them readable:
#   results.sh samples/nhs-2020 <merged.jsonl | bin/report
# shellcheck source=pipelines/common.bash
source "$(dirname "${BASH_SOURCE[0]}")/common.bash"
[ $# -eq 1 ] || [ $# -eq 2 ] || die 2 "usage: results.sh STUDY [PLAN.json]"
open_study "$1"
plan=${2:-${PLANS[0]}}
name=${plan##*/}
name=${name%.json}
name=${name%.plan}

# Titles of fields and labels of categories are what readers know them by.
schemas=()
for schema in "$STUDY"/*.schema.json; do
    [ ! -f "$schema" ] || schemas+=(--schema "$schema")
done

stage "$name-tabulate" tabulate -p "$plan" "${schemas[@]}" | stage "$name-chisq" chisq --pass
