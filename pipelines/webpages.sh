#!/usr/bin/env bash
# webpages.sh -- pages that were saved from the web, a record a page, with their codes.
#
#   webpages.sh STUDY [FILE.warc.gz|FOLDER... | --files] >webpages.jsonl
#
# webpages.codebook.csv (or .json) in the study codes their field `text`; without it pages pass
# as they are. With UNCODED naming a file, pages in which it found nothing are listed there.
# shellcheck source=pipelines/common.bash
source "$(dirname "${BASH_SOURCE[0]}")/common.bash"
[ $# -ge 1 ] || die 2 "usage: webpages.sh STUDY [FILE.warc.gz|FOLDER... | --files]"
open_study "$1"
study=$1
shift

book=$STUDY/webpages.codebook.csv
[ -f "$book" ] || book=$STUDY/webpages.codebook.json
if [ ! -f "$book" ]; then
    exec "$pipelines/source.sh" "$study" webpages "$@"
fi
"$pipelines/source.sh" "$study" webpages "$@" |
    stage webpages-code code -c "$book" ${UNCODED:+--uncoded "$UNCODED"}
