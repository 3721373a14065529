#!/usr/bin/env bash
# foi.sh -- the replies to the requests: from the spreadsheet to coded records.
#
#   foi.sh STUDY [FOI.csv] >foi.jsonl
#
# A study without a codebook has no free text to code. With UNCODED naming a
# file, the answers that the codebook knows no word of are listed there.
# shellcheck source=pipelines/common.bash
source "$(dirname "${BASH_SOURCE[0]}")/common.bash"
[ $# -eq 1 ] || [ $# -eq 2 ] || die 2 "usage: foi.sh STUDY [FOI.csv]"
open_study "$1"

book=$(codebook)
if [ -z "$book" ] && [ -z "${CODE:-}" ]; then
    exec "$(dirname "$0")/source.sh" "$1" foi ${2+"$2"}
fi
"$(dirname "$0")/source.sh" "$1" foi ${2+"$2"} |
    stage foi-code code -c "$book" ${UNCODED:+--uncoded "$UNCODED"}
