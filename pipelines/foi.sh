#!/usr/bin/env bash
# foi.sh -- the replies to the requests: from the spreadsheet to coded records.
#
#   foi.sh STUDY [FOI.csv] >foi.jsonl
#
# The fields that study.conf names in YES_NO hold yes/no answers in prose, which
# `yes` and `no` take the place of. A study without a codebook has no other text
# to code. With UNCODED naming a file, say x.jsonl, the answers that the codebook
# knows no word of are listed there, and those in no way yes or no in x_yes_no.jsonl.
# shellcheck source=pipelines/common.bash
source "$(dirname "${BASH_SOURCE[0]}")/common.bash"
[ $# -eq 1 ] || [ $# -eq 2 ] || die 2 "usage: foi.sh STUDY [FOI.csv]"
open_study "$1"

yes_no() {
    local names=() name fields=()
    IFS=, read -r -a names <<<"$YES_NO"
    for name in ${names[@]+"${names[@]}"}; do
        fields+=(--field "$name=$name")
    done
    [ ${#fields[@]} -gt 0 ] || exec cat
    CODE=${YES_NO_CODE:-} stage foi-yes-no code -c "$(yes_no_book)" "${fields[@]}" \
        ${UNCODED:+--uncoded "${UNCODED%.jsonl}_yes_no.jsonl"}
}

own_codes() {
    local book
    book=$(codebook)
    [ -n "$book" ] || [ -n "${CODE:-}" ] || exec cat
    stage foi-code code -c "$book" ${UNCODED:+--uncoded "$UNCODED"}
}

"$(dirname "$0")/source.sh" "$1" foi ${2+"$2"} | yes_no | own_codes
