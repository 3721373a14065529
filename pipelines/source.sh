#!/usr/bin/env bash
# source.sh -- one of a study's CSV files as clean, typed records.
#
#   source.sh STUDY NAME [FILE.csv] >NAME.jsonl
#
# NAME.schema.json in the study says what the columns mean. Without FILE the
# CSV comes on standard input.
# shellcheck source=pipelines/common.bash
source "$(dirname "${BASH_SOURCE[0]}")/common.bash"
[ $# -eq 2 ] || [ $# -eq 3 ] || die 2 "usage: source.sh STUDY NAME [FILE.csv]"
open_study "$1"

stage "$2-fromcsv" fromcsv --origin ${3+"$3"} |
    stage "$2-normalise" normalise -s "$STUDY/$2.schema.json"
