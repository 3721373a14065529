#!/usr/bin/env bash
# merge.sh -- who was asked, what they replied and what the web says, as one
# record a body asked.
#
#   merge.sh STUDY ROSTER.jsonl [WEBSITE.jsonl|'' [LOOKUP.jsonl]] <foi.jsonl >merged.jsonl
#
# The roster leads, so a body that never replied stays in every base. A reply
# from nobody on the roster stops the run (--require right). WEBSITE's records
# join on each element of the coded list, LOOKUP's on LOOKUP_KEY.
# shellcheck source=pipelines/common.bash
source "$(dirname "${BASH_SOURCE[0]}")/common.bash"
{ [ $# -ge 2 ] && [ $# -le 4 ]; } ||
    die 2 "usage: merge.sh STUDY ROSTER.jsonl [WEBSITE.jsonl|'' [LOOKUP.jsonl]]"
open_study "$1"
needs() { # SETTING...
    local name
    for name; do
        [ -n "${!name}" ] || die 2 "$STUDY/study.conf: no $name"
    done
}

replies() {
    needs ROSTER_KEY FOI_KEY
    stage merge-foi join --kind left --validate 1:1 --require right \
        --on "$ROSTER_KEY=$FOI_KEY" - "$1"
}

website() { # FILE: without one, records pass as they are
    [ -n "$1" ] || exec cat
    needs CODED_FIELD WEBSITE_KEY
    stage merge-website join --kind left --each lists --on "$CODED_FIELD=$WEBSITE_KEY" "$1"
}

lookup() { # FILE
    [ -n "$1" ] || exec cat
    needs LOOKUP LOOKUP_KEY
    stage merge-lookup join --kind left --on "$LOOKUP_KEY" "$1"
}

replies "$2" | website "${3:-}" | lookup "${4:-}"
