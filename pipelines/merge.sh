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
# shellcheck source=pipelines/common.bash
source "$(dirname "${BASH_SOURCE[0]}")/common.bash"
[ $# -ge 1 ] || die 2 "usage: merge.sh STUDY [ROSTER.jsonl|'' [WEBSITE.jsonl|'' [LOOKUP.jsonl...]]]"
open_study "$1"
roster=${2:-} website=${3:-}
lookups=("${@:4}")

# The arguments of a join that the settings give, in `words`.
joining() { # SOURCE WHAT
    words_of "${JOINING[$1]:-}"
    [ ${#words[@]} -gt 0 ] || die 2 "$SETTINGS_FILE: no key that joins $2"
}

# What people are to decide and have decided where this join puts values together, in `doubts`.
doubted() { # SOURCE
    local list=${1##*/}.jsonl joins=" ${words[*]} "
    doubts=()
    case $joins in
    *' --merge '* | *' --merge='* | *' --succession '* | *' --succession='*) decided_for join ;;
    *) return 0 ;;
    esac
    doubts=(${decided[@]+"${decided[@]}"})
    [ -n "${LISTS:-}" ] || return 0
    case $joins in
    *' --conflicts'*) ;;
    *' --merge '* | *' --merge='*) doubts+=(--conflicts "$LISTS/conflicts_$list") ;;
    esac
    case $joins in
    *' --merged '* | *' --merged='*) ;;
    *' --succession '* | *' --succession='*) doubts+=(--merged "$LISTS/merged_$list") ;;
    esac
}

replies() {
    joining roster "the roster and the replies"
    doubted roster
    stage merge-foi join --kind right --validate 1:1 --require left "${words[@]}" ${doubts[@]+"${doubts[@]}"} "$roster"
}

pages() {
    joining website "the website records and the replies' codes"
    stage merge-website join --kind left --each lists "${words[@]}" \
        ${LISTS:+--unmatched-right "$LISTS/unmatched_website.jsonl"} "$website"
}

lookup() { # NUMBER
    local name=${LOOKUPS[$1]:-} number=$(($1 + 1))
    [ -n "$name" ] || die 2 "$SETTINGS_FILE: no lookup for ${lookups[$1]}"
    joining "$name" "lookup '$name'"
    doubted "$name"
    [ "$number" -gt 1 ] || number=
    stage "merge-lookup${number:+-$number}" join --kind left "${words[@]}" ${doubts[@]+"${doubts[@]}"} \
        ${LISTS:+--unmatched-right "$LISTS/unmatched_${name##*/}.jsonl"} "${lookups[$1]}"
}

steps=()
[ -z "$roster" ] || steps+=(replies)
[ -z "$website" ] || steps+=(pages)
for number in ${lookups[@]+"${!lookups[@]}"}; do
    [ -z "${lookups[$number]}" ] || steps+=("lookup $number")
done
chain ${steps[@]+"${steps[@]}"}
