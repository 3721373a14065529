#!/usr/bin/env bash
# foi.sh -- the replies to the requests: from the spreadsheet to coded records.
#
#   foi.sh STUDY [FOI.csv... | --files] >foi.jsonl
#
# The fields that the settings list as yes/no hold such answers in prose, which `yes`
# and `no` take the place of. A study without a codebook has no other text to code.
# With UNCODED naming a file, say x.jsonl, the answers that the codebook knows no word
# of are listed there, and those in no way yes or no in x_yes_no.jsonl.
# shellcheck source=pipelines/stages.bash
case $0 in */*) pipelines=${0%/*} ;; *) pipelines=. ;; esac
source "$pipelines/stages.bash"
[ $# -ge 1 ] || die 2 "usage: foi.sh STUDY [FOI.csv... | --files]"
open_study "$1"
foi_stages "${@:2}"
run_line
