#!/usr/bin/env bash
# source.sh -- one of a study's spreadsheets as clean, typed records.
#
#   source.sh STUDY NAME [FILE.csv... | --files] >NAME.jsonl
#
# NAME.schema.json in the study says what the columns mean. With --files the files are
# those that the study's settings name. Without FILE, CSV comes on standard input. Replies
# that are kept as documents are read as such, and their answers extracted.
# shellcheck source=pipelines/common.bash
source "$(dirname "${BASH_SOURCE[0]}")/common.bash"
[ $# -ge 2 ] || die 2 "usage: source.sh STUDY NAME [FILE.csv... | --files]"
open_study "$1"
name=$2
shift 2

# Reads files as their settings say. Our own programs run in the folder of the files, so
# that the same data give the same `_origin` wherever they are.
read_files() { # PART FILE...
    local part=$1 reader=${READER[$1]:-fromcsv} folder=${FOLDER[$1]:-$STUDY} file files=() origin=--origin
    local variable=${reader^^}
    shift
    words_of "${READ[$part]:-}"
    [ "$reader" != fromdocs ] || origin=
    [ "$reader${!variable:-}${SWAP[$reader]:-}" != fromcsv ] || origin='--origin --digest'
    for file; do
        if [ -z "${!variable:-}${SWAP[$reader]:-}" ]; then
            file=${file#"$folder/"}
        elif [ "${file:0:1}" != / ]; then
            file=$PWD/$file
        fi
        case $file in -*) file=./$file ;; esac
        files+=("$file")
    done
    [ -n "${!variable:-}${SWAP[$reader]:-}" ] || [ $# -eq 0 ] || [ "${files[0]}" = "$1" ] || cd -- "$folder"
    # shellcheck disable=SC2086 # two words
    stage "$part-$reader" "$reader" $origin ${words[@]+"${words[@]}"} ${files[@]+"${files[@]}"}
}

# The files that the settings name, part by part.
read_parts() {
    local part parts words
    words_of "${PARTS[$name]:-}"
    parts=("${words[@]}")
    for part in ${parts[@]+"${parts[@]}"}; do
        words_of "${FILES[$part]}"
        (read_files "$part" "${words[@]/#/${FOLDER[$part]}/}") || exit
    done
}

records() {
    if [ "${1:-}" = --files ]; then
        read_parts
    else
        read_files "$name" "$@"
    fi
}

answers() {
    decided_for extract
    words_of "${EXTRACTING[$name]:-}"
    stage "$name-extract" extract -s "${SCHEMA[$name]}" ${words[@]+"${words[@]}"} ${decided[@]+"${decided[@]}"} \
        ${LISTS:+--unplaced "$LISTS/unplaced_$name.jsonl" --conflicts "$LISTS/conflicts_$name.jsonl"}
}

typed() {
    decided_for normalise
    stage "$name-normalise" normalise -s "${SCHEMA[$name]:-$STUDY/$name.schema.json}" \
        ${decided[@]+"${decided[@]}" --shared} \
        ${LISTS:+--flags "$LISTS/flags_$name.jsonl"} ${INVALID:+--invalid "$INVALID"}
}

if [ "${READER[$name]:-}" != fromdocs ]; then
    records "$@" | typed
elif [ "$name" = foi ]; then
    records "$@" | answers | typed
else
    records "$@" # pages, as they are
fi
