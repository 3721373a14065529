#!/usr/bin/env bash
# review.sh -- the page on which people check a study's last run: review.sh STUDY [OUT [PAGE]]
#
# OUT (default: STUDY/results) is what study.sh made. The answers are coded again for the evidence, with
# the study's overrides, and go into PAGE (default: review.html) with the lists of what needs a person.
# shellcheck source=pipelines/common.bash
source "$(dirname "${BASH_SOURCE[0]}")/common.bash"
case $# in 1 | 2 | 3) ;; *) die 2 "usage: review.sh STUDY [OUT [PAGE]]" ;; esac
open_study "$1"
out=${2:-$1/results} page=${3:-review.html}
[ -f "$out/foi.jsonl" ] || die 1 "$out: no foi.jsonl of a run (make one by foi run)"

lists=()
for file in "$out"/unplaced_foi.jsonl "$out"/conflicts_foi.jsonl "$out"/flags_*.jsonl; do
    [ ! -s "$file" ] || lists+=("$file")
done
coded() {
    if [ -n "${CODEBOOK:-}" ]; then
        "$BIN/code" -c "$CODEBOOK" ${OVERRIDES:+--overrides "$OVERRIDES"} --evidence "$out/foi.jsonl"
    else
        cat "$out/foi.jsonl"
    fi
}
coded | "$BIN/review" ${CODEBOOK:+-c "$CODEBOOK"} -o "$page" - ${lists[@]+"${lists[@]}"}
if [ -s "$out/uncoded.jsonl" ]; then
    uncoded=$(wc -l <"$out/uncoded.jsonl")
fi
listed=$(cat /dev/null ${lists[@]+"${lists[@]}"} | wc -l)
echo "$page: answers without a code: $((${uncoded:-0})), on the lists of doubts: $((listed))"
