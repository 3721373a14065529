#!/usr/bin/env bash
# golden.sh -- writes tests/golden anew from the sample study.
# What changed is to be read and understood before it is committed.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pipelines/study.sh samples/nhs-2020 "$work/out"
mkdir -p tests/golden
cp "$work/out/results.txt" tests/golden/nhs-2020.txt
cp "$work/out/results.md" tests/golden/nhs-2020.md
git diff --stat -- tests/golden
