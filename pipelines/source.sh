#!/usr/bin/env bash
# source.sh -- one of a study's spreadsheets as clean, typed records.
#
#   source.sh STUDY NAME [FILE.csv... | --files] >NAME.jsonl
#
# NAME.schema.json in the study says what the columns mean. With --files the files are
# those that the study's settings name. Without FILE, CSV comes on standard input. Replies
# that are kept as documents are read as such, and their answers extracted.
# shellcheck source=pipelines/stages.bash
case $0 in */*) pipelines=${0%/*} ;; *) pipelines=. ;; esac
source "$pipelines/stages.bash"
[ $# -ge 2 ] || die 2 "usage: source.sh STUDY NAME [FILE.csv... | --files]"
open_study "$1"
source_stages "${@:2}"
run_line
