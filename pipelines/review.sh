#!/usr/bin/env bash
# review.sh -- the page on which people check a study's last run: review.sh STUDY [OUT [PAGE]] [OPTION...]
#
# OUT (default: STUDY/results) is what study.sh made. The answers are coded again for the evidence, with
# the study's overrides, and go into PAGE (default: review.html) with the lists of what needs a person. What
# was decided before stands there as done. OPTIONs are those of review: --coder ben --blind.
# shellcheck source=pipelines/common.bash
source "$(dirname "${BASH_SOURCE[0]}")/common.bash"
operands=()
while [ $# -gt 0 ] && [[ $1 != -?* ]]; do
    operands+=("$1")
    shift
done
case ${#operands[@]} in 1 | 2 | 3) ;; *) die 2 "usage: review.sh STUDY [OUT [PAGE]] [OPTION...]" ;; esac
open_study "${operands[0]}"
out=${operands[1]:-$STUDY/results} page=${operands[2]:-review.html}
[ ${#operands[@]} -eq 3 ] || [ ! -L "$page" ] || die 2 "$page: is a link (name PAGE to write where it leads)"
[ -f "$out/foi.jsonl" ] || die 1 "$out: no foi.jsonl of a run (make one by foi run)"

lists=()
for file in "$out"/unplaced_foi.jsonl "$out"/conflicts_*.jsonl "$out"/merged_*.jsonl "$out"/flags_*.jsonl; do
    [ ! -s "$file" ] || lists+=("$file")
done
coded() {
    if [ -n "${CODEBOOK:-}" ]; then
        "$BIN/code" -c "$CODEBOOK" ${OVERRIDES:+--overrides "$OVERRIDES"} --evidence "$out/foi.jsonl"
    else
        cat "$out/foi.jsonl"
    fi
}
decided_for review
coded | "$BIN/review" ${CODEBOOK:+-c "$CODEBOOK"} ${decided[@]+"${decided[@]}"} -o "$page" "$@" - ${lists[@]+"${lists[@]}"}
if [ -s "$out/uncoded.jsonl" ]; then
    uncoded=$(wc -l <"$out/uncoded.jsonl")
fi
listed=$(cat /dev/null ${lists[@]+"${lists[@]}"} | wc -l)
say "$page: answers without a code: $((${uncoded:-0})), on the lists of doubts: $((listed))"
