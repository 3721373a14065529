#!/usr/bin/env bash
# study.sh -- a whole study, from its spreadsheets to its results, fit for cron.
#
#   study.sh [--rejects] STUDY OUT [DATA]
#
# STUDY holds schemas, codebook, plans and study.conf; DATA (default: STUDY) the
# CSV files. Everything is made in a staging folder that takes OUT's place only
# when every stage succeeded and the ledger adds up; a lock keeps two runs for
# the same OUT apart. Quiet on success. Stages are replaceable: see common.bash.
# With --rejects, bad records are listed in OUT/rejects instead of ending the run.
# shellcheck source=pipelines/common.bash
source "$(dirname "${BASH_SOURCE[0]}")/common.bash"
here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)

rejects=
if [ "${1:-}" = --rejects ]; then
    rejects=yes
    shift
fi
[ $# -eq 2 ] || [ $# -eq 3 ] || die 2 "usage: study.sh [--rejects] STUDY OUT [DATA]"
open_study "$1"
out=${2%/}
data=${3:-$STUDY}
[ -d "$data" ] || die 2 "$data: no such data folder"
if [ -e "$out" ] && [ ! -f "$out/manifest.json" ]; then
    die 2 "$out: exists and is no result of study.sh; it will not be replaced"
fi

mkdir -p "$(dirname "$out")"
exec 9>"$out.lock"
flock -n 9 || die 1 "$out.lock: another run is making $out"
work=$(mktemp -d "$(dirname "$out")/.${out##*/}.XXXXXX")
# A stage that outlives a killed run may still be making files in there.
discard() {
    local _
    for _ in 1 2 3 4 5 6 7 8 9; do
        rm -rf "$work" 2>/dev/null && return
        sleep 0.1
    done
    rm -rf "$work"
}
trap discard EXIT
chmod 755 "$work"

STATS=$work/stats
mkdir "$STATS"
export BIN STATS
if [ -n "$rejects" ]; then
    REJECTS=$work/rejects
    mkdir "$REJECTS"
    export REJECTS
fi

# --- the stages ---------------------------------------------------------------

# Without the lock: a stage that outlives a killed run must not keep the next one out.
step() {
    "$@" 9>&-
}

website='' lookup=''
step "$here/source.sh" "$STUDY" roster "$data/$ROSTER_FILE" >"$work/roster.jsonl"
UNCODED=$work/uncoded.jsonl step "$here/foi.sh" "$STUDY" "$data/$FOI_FILE" >"$work/foi.jsonl"
if [ -f "$STUDY/website.schema.json" ]; then
    website=$work/website.jsonl
    step "$here/website.sh" "$STUDY" "$data/$WEBSITE_FILE" >"$website"
fi
if [ -n "$LOOKUP" ]; then
    lookup=$work/$LOOKUP.jsonl
    step "$here/source.sh" "$STUDY" "$LOOKUP" "$STUDY/$LOOKUP.csv" >"$lookup"
fi
step "$here/merge.sh" "$STUDY" "$work/roster.jsonl" "$website" "$lookup" \
    <"$work/foi.jsonl" >"$work/merged.jsonl"
step "$here/results.sh" "$STUDY" <"$work/merged.jsonl" >"$work/results.jsonl"
if [ -n "$website" ] && [ -f "$STUDY/website.plan.json" ]; then
    step "$here/results.sh" "$STUDY" "$STUDY/website.plan.json" <"$website" >>"$work/results.jsonl"
fi
step stage report-text report -f text <"$work/results.jsonl" >"$work/results.txt"
step stage report-markdown report -f markdown <"$work/results.jsonl" >"$work/results.md"

# --- the ledger and the manifest ------------------------------------------------

count() { # STAGE NAME: a number from the stage's counts
    sed -n 's/.*"'"$2"'":\([0-9][0-9]*\).*/\1/p' "$STATS/$1.json"
}

ledger=()
balance() { # WHAT LEFT RIGHT: two counts that must agree
    ledger+=("{\"what\":\"$1\",\"left\":${2:-null},\"right\":${3:-null}}")
    [ -n "$2" ] && [ "$2" = "$3" ] && return
    die 1 "the ledger does not add up: $1: ${2:-none} and ${3:-none}"
}

lines() { # FILE
    awk 'END { print NR }' "$1"
}

# Every record read was written or rejected, where a stage maps record to record.
mapped() { # STAGE
    [ -f "$STATS/$1.json" ] || return 0
    local rejected
    rejected=$(count "$1" rejected) # a swapped stage has none
    balance "$1: read = written + rejected" "$(count "$1" read)" \
        "$(($(count "$1" written) + ${rejected:-0}))"
}

# What one stage wrote the next one read.
handed() { # STAGE FILE NEXT: FILE holds what STAGE wrote and NEXT reads
    [ ! -f "$STATS/$1.json" ] ||
        balance "$1: written = records in ${2##*/}" "$(count "$1" written)" "$(lines "$2")"
    [ -z "$3" ] || balance "$3: read = records in ${2##*/}" "$(count "$3" read)" "$(lines "$2")"
}

for name in roster foi website ${LOOKUP:+"$LOOKUP"}; do
    [ -f "$STATS/$name-fromcsv.json" ] || continue
    grep -q '"swapped":true' "$STATS/$name-fromcsv.json" || mapped "$name-fromcsv" # reads no records
    mapped "$name-normalise"
    balance "$name-normalise: read = $name-fromcsv: written" \
        "$(count "$name-normalise" read)" "$(count "$name-fromcsv" written)"
done
before=foi-normalise
for name in foi-yes-no foi-code; do
    [ -f "$STATS/$name.json" ] || continue
    mapped "$name"
    balance "$name: read = $before: written" "$(count "$name" read)" "$(count "$before" written)"
    before=$name
done
handed "$before" "$work/foi.jsonl" ""
handed roster-normalise "$work/roster.jsonl" ""
balance "merged records = bodies on the roster" "$(lines "$work/merged.jsonl")" \
    "$(lines "$work/roster.jsonl")"
balance "plan-tabulate: read = merged records" "$(count plan-tabulate read)" \
    "$(lines "$work/merged.jsonl")"

quoted() { # TEXT as a JSON string
    printf '%s' "$1" | awk 'BEGIN { printf "\"" }
        { gsub(/\\/, "\\\\"); gsub(/"/, "\\\""); gsub(/\t/, "\\t"); if (NR > 1) printf "\\n"; printf "%s", $0 }
        END { printf "\"" }'
}

inputs() { # the hashes of what went in, in a fixed order
    local file separator=''
    for file in "$data/$ROSTER_FILE" "$data/$FOI_FILE" ${website:+"$data/$WEBSITE_FILE"} \
        ${lookup:+"$STUDY/$LOOKUP.csv"} "$STUDY"/*.json "$STUDY"/codebook.csv \
        ${YES_NO:+"$(yes_no_book)"} "$STUDY/study.conf"; do
        [ -f "$file" ] || continue
        printf '%s{"file":%s,"sha256":"%s"}' "$separator" "$(quoted "${file##*/}")" \
            "$(sha256sum <"$file" | cut -d ' ' -f 1)"
        separator=,
    done
}

stages() { # every stage's own counts, by name
    local file separator=''
    for file in "$STATS"/*.json; do
        printf '%s"%s":%s' "$separator" "$(basename "$file" .json)" "$(<"$file")"
        separator=,
    done
}

{
    printf '{"study":%s,"version":"%s","inputs":[%s],' "$(quoted "${STUDY##*/}")" \
        "$("$BIN/fromcsv" --version | awk '{ print $NF }')" "$(inputs)"
    printf '"stages":{%s},"ledger":[%s]}\n' "$(stages)" "$(IFS=, && echo "${ledger[*]}")"
} >"$work/manifest.json"
rm -r "$STATS"

# --- the results take their place ---------------------------------------------------

if [ -e "$out" ]; then
    mv -T "$out" "$work.before"
    trap 'discard; mv -T "$work.before" "$out"' EXIT
fi
mv -T "$work" "$out"
trap - EXIT
rm -rf "$work.before"
