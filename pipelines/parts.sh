#!/usr/bin/env bash
# parts.sh -- a large file of CSV counted in parts, by as many processes or machines as there are.
#
#   parts.sh cut FOLDER N FILE.csv    lists where FILE can be cut into N parts
#   parts.sh work FOLDER K            counts part K, wherever this runs: FOLDER/K.counts
#   parts.sh merge FOLDER >CELLS      adds up all parts, as one run would have counted them
#   parts.sh all FOLDER N FILE.csv [JOBS] >CELLS    does all three on this machine
#
# FOLDER holds plan.json (of tabulate) and, where records are to be worked on first, stages.sh: a
# filter of records for bash, run with pipefail, which finds the programs in $BIN. A file `unique`
# names the fields that no two records may have alike. Each K.counts appears whole or not at all, so
# that a part that failed is done again, by anybody; a part twice, missing or changed ends the merge.
# shellcheck source=pipelines/common.bash
source "$(dirname "${BASH_SOURCE[0]}")/common.bash"
export BIN
[ $# -ge 2 ] || die 2 "usage: parts.sh cut|work|merge|all FOLDER ... (see --help)"
action=$1 folder=$2
shift 2
[ -f "$folder/plan.json" ] || die 2 "$folder: no plan.json"

cut_file() { # N FILE
    case $2 in /*) file=$2 ;; *) file=$PWD/$2 ;; esac
    rm -f -- "$folder"/*.counts
    "$BIN/fromcsv" --parts "$1" -o "$folder/cuts.jsonl" -- "$file"
    printf '%s\n' "$file" >"$folder/source"
}

worked_on() {
    if [ -f "$folder/stages.sh" ]; then bash -euo pipefail "$folder/stages.sh"; else cat; fi
}

work_on() { # K
    local options=() temporary
    [ ! -f "$folder/unique" ] || options=(--unique "$(<"$folder/unique")")
    temporary=$(mktemp "$folder/.$1.XXXXXX")
    # shellcheck disable=SC2064 # the name of now
    trap "rm -f -- '$temporary'" EXIT
    "$BIN/fromcsv" --origin --part "$1" --cuts "$folder/cuts.jsonl" -- "$(<"$folder/source")" | worked_on |
        "$BIN/tabulate" -p "$folder/plan.json" --partial --part "$1" --cuts "$folder/cuts.jsonl" \
            ${options[@]+"${options[@]}"} >"$temporary"
    mv -- "$temporary" "$folder/$1.counts"
    trap - EXIT
}

merge_all() {
    local parts=("$folder"/*.counts)
    [ -f "${parts[0]}" ] || die 1 "$folder: no part is counted"
    "$BIN/tabulate" -p "$folder/plan.json" --merge -- "${parts[@]}"
}

case $action:$# in
cut:2) cut_file "$@" ;;
work:1) work_on "$1" ;;
merge:0) merge_all ;;
all:2 | all:3)
    cut_file "$1" "$2"
    # a part that failed is tried once more
    # shellcheck disable=SC2016 # for the shell that runs it
    seq "$1" | xargs -P "${3:-$(nproc)}" -I{} bash -c '"$0" work "$1" "$2" || "$0" work "$1" "$2"' "$pipelines/parts.sh" "$folder" {} ||
        die 1 "$folder: not all parts could be counted"
    merge_all
    ;;
*) die 2 "usage: parts.sh cut|work|merge|all FOLDER ... (see --help)" ;;
esac
