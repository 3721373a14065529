#!/usr/bin/env bash
# webpages.sh -- pages that were saved from the web, a record a page, with their codes.
#
#   webpages.sh STUDY [FILE.warc.gz|FOLDER... | --files] >webpages.jsonl
#
# webpages.codebook.csv (or .json) in the study codes their field `text`; without it pages pass
# as they are. With UNCODED naming a file, pages in which it found nothing are listed there.
# shellcheck source=pipelines/stages.bash
case $0 in */*) pipelines=${0%/*} ;; *) pipelines=. ;; esac
source "$pipelines/stages.bash"
[ $# -ge 1 ] || die 2 "usage: webpages.sh STUDY [FILE.warc.gz|FOLDER... | --files]"
open_study "$1"
webpages_stages "${@:2}"
run_line
