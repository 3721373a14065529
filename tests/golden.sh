#!/usr/bin/env bash
# golden.sh -- writes tests/golden anew from the sample studies.
# What changed is to be read and understood before it is committed.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pipelines/study.sh samples/nhs-2020 "$work/out"
mkdir -p tests/golden
cp "$work/out/results.txt" tests/golden/nhs-2020.txt
cp "$work/out/results.md" tests/golden/nhs-2020.md
# The page without what is its form or said elsewhere: style, script, data, lists of records.
tests/page-body.sh <"$work/out/report.html" >tests/golden/nhs-2020.html
# A figure of each kind: an account, bars, bars by group, what each group answered.
for figure in replies tech_group tech_group_by_gde grant_by_gde; do
    cp "$work/out/figures/$figure.svg" "tests/golden/nhs-2020-$figure.svg"
done
# The real study by its counts alone, where its data stand beside the project.
data=../shared/data/coi-2017
if [ -e "$data/responses.csv" ]; then
    pipelines/study.sh samples/coi-2017 "$work/real" "$data"
    cp "$work/real/results.txt" tests/golden/coi-2017.txt
    tests/page-body.sh <"$work/real/report.html" >tests/golden/coi-2017.html
fi
git diff --stat -- tests/golden
