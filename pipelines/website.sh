#!/usr/bin/env bash
# website.sh -- the website search about what the replies name.
#
#   website.sh STUDY [WEBSITE.csv... | --files] >website.jsonl
# shellcheck source=pipelines/stages.bash
case $0 in */*) pipelines=${0%/*} ;; *) pipelines=. ;; esac
source "$pipelines/stages.bash"
[ $# -ge 1 ] || die 2 "usage: website.sh STUDY [WEBSITE.csv... | --files]"
open_study "$1"
source_stages website "${@:2}"
run_line
