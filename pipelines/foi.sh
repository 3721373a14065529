#!/usr/bin/env bash
# foi.sh -- the replies to the requests: from the spreadsheet to coded records.
#
#   foi.sh STUDY [FOI.csv... | --files] >foi.jsonl
#
# The fields that the settings list as yes/no hold such answers in prose, which `yes`
# and `no` take the place of. A study without a codebook has no other text to code.
# With UNCODED naming a file, say x.jsonl, the answers that the codebook knows no word
# of are listed there, and those in no way yes or no in x_yes_no.jsonl.
# shellcheck source=pipelines/common.bash
source "$(dirname "${BASH_SOURCE[0]}")/common.bash"
[ $# -ge 1 ] || die 2 "usage: foi.sh STUDY [FOI.csv... | --files]"
open_study "$1"
study=$1
shift

yes_no() {
    local name fields=()
    for name in "${YES_NO[@]}"; do
        fields+=(--field "$name=$name")
    done
    CODE=${YES_NO_CODE:-}
    SWAP["code"]=${SWAP["yes_no_code"]:-}
    stage foi-yes-no code -c "$(yes_no_book)" "${fields[@]}" \
        ${UNCODED:+--uncoded "${UNCODED%.jsonl}_yes_no.jsonl"}
}

own_codes() {
    decided_for code
    stage foi-code code -c "$CODEBOOK" ${OVERRIDES:+--overrides "$OVERRIDES"} ${decided[@]+"${decided[@]}"} \
        ${UNCODED:+--uncoded "$UNCODED"}
}

steps=()
[ ${#YES_NO[@]} -eq 0 ] || steps+=(yes_no)
[ -z "$CODEBOOK${CODE:-}${SWAP["code"]:-}" ] || steps+=(own_codes)

if [ ${#steps[@]} -eq 0 ]; then
    exec "$pipelines/source.sh" "$study" foi "$@"
fi
"$pipelines/source.sh" "$study" foi "$@" | chain "${steps[@]}"
