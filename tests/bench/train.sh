#!/usr/bin/env bash
# train.sh -- what the programs of `make release` are optimised for: a job as studies have it.
#
#   BIN=FOLDER train.sh WORK
#
# The programs in BIN run once over 20,000 generated replies and over the sample study; whatever
# they print is thrown away.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
study=$here/../../samples/nhs-2020
mkdir -p "$1"
cd "$1"
awk -v n=20000 -v dir=. -f "$here/job/replies.awk" "$study/codebook.csv"
"$BIN/fromcsv" roster.csv | "$BIN/normalise" -s "$here/job/roster.schema.json" >roster.jsonl
"$BIN/fromcsv" foi.csv | "$BIN/normalise" -s "$here/job/foi.schema.json" | "$BIN/code" -c "$study/codebook.csv" |
    "$BIN/join" --on body roster.jsonl | tee joined.jsonl | "$BIN/tabulate" -p "$here/job/plan.json" |
    "$BIN/chisq" --pass | "$BIN/report" >/dev/null
"$BIN/pipe" "fromcsv foi.csv | normalise -s '$here/job/foi.schema.json' | code -c '$study/codebook.csv' |
    join --on body roster.jsonl | tabulate -p '$here/job/plan.json'" >/dev/null
"$BIN/tocsv" joined.jsonl >/dev/null
"$BIN/fromcsv" "$study/foi.csv" | "$BIN/normalise" -s "$study/foi.schema.json" |
    "$BIN/code" -c "$here/../../samples/yes_no.csv" --field has_team=has_team >/dev/null
