#!/usr/bin/env bash
# results.sh -- the study's tables and their tests.
#
#   results.sh STUDY [PLAN.json] <merged.jsonl >results.jsonl
#
# Cells and tests as JSON Lines; `report` makes them readable:
#   results.sh samples/nhs-2020 <merged.jsonl | bin/report
# shellcheck source=pipelines/stages.bash
case $0 in */*) pipelines=${0%/*} ;; *) pipelines=. ;; esac
source "$pipelines/stages.bash"
[ $# -eq 1 ] || [ $# -eq 2 ] || die 2 "usage: results.sh STUDY [PLAN.json]"
open_study "$1"
results_stages "${@:2}"
run_line
