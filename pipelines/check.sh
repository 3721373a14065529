#!/usr/bin/env bash
# check.sh -- every part of a study tried by itself, for all that is wrong with it at once.
#
#   check.sh [--trust] STUDY [DATA]
#
# Nothing is made but the list: schemas, codebook, plans, settings and decisions against the
# data. A step that fails is told and passed over, with what would have followed from it alone.
# Status 1 if anything is wrong; remarks alone are status 0.
# shellcheck source=pipelines/common.bash
source "$(dirname "${BASH_SOURCE[0]}")/common.bash"

# The program `study` runs this script again, for the steps alone, and reads what they left.
[ "${1:-}" = --stages ] || exec "$BIN/study" check --script "$0" "$@"
[ -n "${WORK:-}" ] || die 2 "--stages is for the program 'study' alone (try --help)"
# shellcheck disable=SC1090 # made by that program
source "$SETTINGS"
export LISTS=$WORK REJECTS=$WORK/rejects INVALID=
mkdir "$WORK/rest"

has() { # SOURCE
    [[ " ${SOURCES[*]} " == *" $1 "* ]]
}

# Whether a document can be read, as the program `study` found.
is_good() { # FILE
    local file
    for file in ${BAD[@]+"${BAD[@]}"}; do
        [ "$file" != "$1" ] || return 1
    done
}

# Lists what is bad in a source, if its schema can be read. Its records are then made again
# with bad cells missing, so that nobody is looked for in vain because a date was mistyped.
listed() { # NAME
    is_good "${SCHEMA[$1]}" || return 1
    "$pipelines/source.sh" "$STUDY" "$1" --files >/dev/null || return 1
    export INVALID=null
}

typed() ( # NAME
    listed "$1" || exit 1
    REJECTS=$WORK/rest "$pipelines/source.sh" "$STUDY" "$1" --files >"$WORK/${1##*/}.jsonl"
)

# The replies, with their codes if the codebook can be read.
coded() (
    listed foi || exit 1
    export REJECTS=$WORK/rest
    if [ -n "$CODEBOOK" ] && ! is_good "$CODEBOOK"; then
        "$pipelines/source.sh" "$STUDY" foi --files >"$WORK/foi.jsonl" || true
        exit 1
    fi
    "$pipelines/foi.sh" "$STUDY" --files >"$WORK/foi.jsonl"
)

# Names that stand on both sides are told by the program, all at once.
joined() { # SOURCE LEFT RIGHT OUT ARGUMENT...
    local source=$1 left=$2 right=$3 out=$4
    shift 4
    words_of "${JOINING[$source]:-}"
    if [ ${#words[@]} -eq 0 ]; then
        say "check.sh: $SETTINGS_FILE: no key that joins $source" >&2
        return 1
    fi
    (STAGE="merge-$source" stage "merge-${source##*/}" join "${words[@]}" --on-clash suffix "$@" "$right" <"$left" >"$out")
}

for book in ${BOOKS[@]+"${BOOKS[@]}"}; do
    "$BIN/codebook" check "$book" >>"$WORK/codebook.jsonl" 2>/dev/null || true
done
complete=yes
for name in "${SOURCES[@]}"; do
    case $name in foi | webpages) continue ;; esac
    typed "$name" && [ -s "$WORK/${name##*/}.jsonl" ] || complete=
done
coded && [ -s "$WORK/foi.jsonl" ] || complete=

merged=$WORK/foi.jsonl
if [ -n "$complete" ] && has roster; then
    joined roster "$merged" "$WORK/roster.jsonl" "$WORK/with-roster" --kind full --validate 1:1 \
        --unmatched-left "$WORK/nobody.jsonl" && merged=$WORK/with-roster || complete=
fi
if [ -n "$complete" ] && has website; then
    joined website "$merged" "$WORK/website.jsonl" "$WORK/with-website" --kind left --each lists \
        --unmatched-right "$WORK/unmatched_website.jsonl" && merged=$WORK/with-website || complete=
fi
for name in ${LOOKUPS[@]+"${LOOKUPS[@]}"}; do
    [ -n "$complete" ] || break
    joined "$name" "$merged" "$WORK/${name##*/}.jsonl" "$WORK/with-${name##*/}" --kind left \
        --unmatched-left "$WORK/without_${name##*/}.jsonl" \
        --unmatched-right "$WORK/unmatched_${name##*/}.jsonl" &&
        merged=$WORK/with-${name##*/} || complete=
done

for plan in "${PLANS[@]}"; do
    is_good "$plan" || continue
    [ -z "$complete" ] || "$BIN/tabulate" -p "$plan" "$merged" >/dev/null || true
done
if has website && [ -n "$WEBSITE_PLAN" ] && is_good "$WEBSITE_PLAN" && [ -s "$WORK/website.jsonl" ]; then
    "$BIN/tabulate" -p "$WEBSITE_PLAN" "$WORK/website.jsonl" >/dev/null || true
fi
