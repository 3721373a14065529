#!/usr/bin/env bash
# study.sh -- a whole study, from its spreadsheets to its results, fit for cron.
#
#   study.sh [OPTION...] STUDY [OUT [DATA]]
#
# STUDY holds schemas, codebook, plans and settings; DATA (default: STUDY) the
# spreadsheets; OUT (default: STUDY/results) gets the results. Everything is made in a folder of its own that takes OUT's place only
# when every stage succeeded and the ledger adds up; a lock keeps two runs for the same
# OUT apart. Quiet on success. Stages are replaceable: see common.bash.
#
#   --rejects        list bad records in OUT/rejects instead of ending the run
#   --strict         what the study names and no record has is an error
#   --trust          the study may name files elsewhere, and programs to run
#   --from results   take the records over if nothing that they were made of has changed
#   --no-sync        do not wait until the results are on disk
#   --progress       on a terminal, show how far it is, and what came of it at the end
# shellcheck source=pipelines/common.bash
source "$(dirname "${BASH_SOURCE[0]}")/common.bash"

# The program `study` checks OUT, locks it and makes the folder; then it runs this script
# again, for the stages alone, and puts what they made in its place.
[ "${1:-}" = --stages ] || exec "$BIN/study" run --script "$0" "$@"
[ -n "${WORK:-}" ] || die 2 "--stages is for the program 'study' alone (try --help)"
# shellcheck disable=SC1090 # made by that program
source "$SETTINGS"
export LISTS=$WORK

# --- what the steps are made of -------------------------------------------------------

# Passes records on, and keeps them: their number and hash go into the manifest.
keep() { # FILE
    "$BIN/study" keep "$WORK/$1"
}

has() { # SOURCE
    [[ " ${SOURCES[*]} " == *" $1 "* ]]
}

# Waits for jobs; the first that failed ends the run with its status.
finish() { # JOB...
    local job
    for job; do
        wait "$job" || exit
    done
}

source_records() { # NAME
    local script=("$pipelines/source.sh" "$STUDY" "$1")
    [ "$1" != webpages ] || script=("$pipelines/webpages.sh" "$STUDY")
    "${script[@]}" --files | keep "${1##*/}.jsonl" >/dev/null
}

replies() {
    UNCODED=$WORK/uncoded.jsonl "$pipelines/foi.sh" "$STUDY" --files | keep foi.jsonl
}

merged() {
    local roster='' website='' lookups=() name
    ! has roster || roster=$WORK/roster.jsonl
    ! has website || website=$WORK/website.jsonl
    for name in ${LOOKUPS[@]+"${LOOKUPS[@]}"}; do
        lookups+=("$WORK/${name##*/}.jsonl")
    done
    "$pipelines/merge.sh" "$STUDY" "$roster" "$website" ${lookups[@]+"${lookups[@]}"} | keep merged.jsonl
}

# The first plan's tables from the merged records as they come, the others' from the file.
tables() {
    "$pipelines/results.sh" "$STUDY" "${PLANS[0]}"
    local plan
    for plan in "${PLANS[@]:1}"; do
        "$pipelines/results.sh" "$STUDY" "$plan" <"$WORK/merged.jsonl"
    done
    if has website && [ -n "$WEBSITE_PLAN" ]; then
        "$pipelines/results.sh" "$STUDY" "$WEBSITE_PLAN" <"$WORK/website.jsonl"
    fi
}

report() { # FORMAT FILE
    stage "report-$1" report -f "$1" <"$WORK/results.jsonl" >"$WORK/$2"
}

# How far people who decided on the same items agree, in each field where two did so.
agreement() {
    local lines
    [ ${#DECISIONS[@]} -gt 0 ] || return 0
    lines=$("$BIN/kappa" "${DECISIONS[@]}" 2>/dev/null) || return 0
    grep -vF '"units":0,' <<<"$lines" || true
}

# The page tells where its figures come from: the manifest so far, without the reports.
page() {
    local agreement=() file=$STUDY/agreement.jsonl
    if [ ! -f "$file" ]; then
        file=$WORK/agreement.jsonl
        agreement >"$file"
    fi
    [ -s "$file" ] || rm -f -- "$WORK/agreement.jsonl"
    [ ! -s "$file" ] || agreement=(--agreement "$file")
    stage report-html report -f html --manifest "$WORK/manifest.json" "${agreement[@]}" <"$WORK/results.jsonl" >"$WORK/report.html"
}

figures() {
    mkdir "$WORK/figures"
    stage report-figures report --figure all -o "$WORK/figures/" <"$WORK/results.jsonl" >/dev/null
}

# What the report program of this build can do, unless the settings say.
formats() {
    local can
    [ ${#FORMATS[@]} -eq 0 ] || return 0
    can=$("$BIN/report" --help)
    FORMATS=(text markdown html)
    [ -z "${REPORT:-}${SWAP["report"]:-}" ] || return 0 # a filter makes no folders
    [[ $can != *'  xlsx'* ]] || FORMATS+=(xlsx)
    [[ $can != *--figure* ]] || FORMATS+=(figures)
}

# --- the run --------------------------------------------------------------------------

jobs=()
if [ "$FROM" = results ]; then
    tables <"$WORK/merged.jsonl" | keep results.jsonl >/dev/null
else
    for name in "${SOURCES[@]}"; do
        [ "$name" != foi ] || continue
        source_records "$name" &
        jobs+=($!)
    done
    finish ${jobs[@]+"${jobs[@]}"}
    replies | merged | tables | keep results.jsonl >/dev/null
fi

"$BIN/study" account --script "$0" -- "$STUDY" "$DATA"
formats
jobs=()
for format in "${FORMATS[@]}"; do
    case $format in
    text) report text results.txt & ;;
    markdown) report markdown results.md & ;;
    html) page & ;;
    latex) report latex results.tex & ;;
    figures) figures & ;;
    *) report "$format" "results.$format" & ;;
    esac
    jobs+=($!)
done
finish "${jobs[@]}"
