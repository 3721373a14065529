#!/usr/bin/env bash
# merge.sh -- who was asked, what they replied and what the web says, as one
# record a body asked.
#
#   merge.sh STUDY [ROSTER.jsonl|'' [WEBSITE.jsonl|'' [LOOKUP.jsonl...]]] <foi.jsonl >merged.jsonl
#
# The replies stream past the roster, which is held: a body that never replied follows at
# the end, so it stays in every base. A reply from nobody on the roster stops the run.
# Without a roster the bodies are the replies. WEBSITE's records join on each element of the
# coded list, LOOKUP's on their keys, in the order of the settings.
# With LISTS set to a folder, records without a partner are listed there.
# shellcheck source=pipelines/stages.bash
case $0 in */*) pipelines=${0%/*} ;; *) pipelines=. ;; esac
source "$pipelines/stages.bash"
[ $# -ge 1 ] || die 2 "usage: merge.sh STUDY [ROSTER.jsonl|'' [WEBSITE.jsonl|'' [LOOKUP.jsonl...]]]"
open_study "$1"
merge_stages "${@:2}"
run_line
