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
case $0 in */*) pipelines=${0%/*} ;; *) pipelines=. ;; esac
source "$pipelines/common.bash"

# The program `study` checks OUT, locks it and makes the folder; then it runs this script
# again, for the stages alone, and puts what they made in its place.
[ "${1:-}" = --stages ] || exec "$BIN/study" run --script "$0" "$@"
[ -n "${WORK:-}" ] || die 2 "--stages is for the program 'study' alone (try --help)"
# shellcheck source=pipelines/stages.bash
source "$pipelines/stages.bash"
# shellcheck disable=SC1090 # made by that program
source "$SETTINGS"
export LISTS=$WORK

# --- what the steps are made of -------------------------------------------------------

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
    new_line
    case $1 in
    webpages) webpages_stages --files ;;
    *) source_stages "$1" --files ;;
    esac
    keep "${1##*/}.jsonl"
    run_line >/dev/null
}

# The replies, then the merged records.
add_records() {
    local roster='' website='' lookups=() name
    UNCODED=$WORK/uncoded.jsonl foi_stages --files
    keep foi.jsonl
    ! has roster || roster=$WORK/roster.jsonl
    ! has website || website=$WORK/website.jsonl
    for name in ${LOOKUPS[@]+"${LOOKUPS[@]}"}; do
        lookups+=("$WORK/${name##*/}.jsonl")
    done
    merge_stages "$roster" "$website" ${lookups[@]+"${lookups[@]}"}
    keep merged.jsonl
}

# Tables of records that were kept, in a file beside the counts.
more_tables() { # NUMBER PLAN RECORDS
    new_line
    results_stages "$2"
    run_line <"$WORK/$3" >"$STATS/tables.$1"
}

# All tables: those of the first plan are made of the records as they come along the line, the
# others of what was kept.
tables() {
    local plans=("${PLANS[@]:1}") plan jobs=() more=()
    results_stages "${PLANS[0]}"
    ! has website || [ -z "$WEBSITE_PLAN" ] || more=(website)
    if [ ${#plans[@]} -eq 0 ] && [ ${#more[@]} -eq 0 ]; then
        keep results.jsonl
        (run_line >/dev/null) || exit
        return
    fi
    {
        if [ ${#more[@]} -gt 0 ]; then
            more_tables website "$WEBSITE_PLAN" website.jsonl &
            jobs+=($!)
        fi
        (run_line) || exit
        for plan in ${plans[@]+"${!plans[@]}"}; do
            more_tables "$plan" "${plans[plan]}" merged.jsonl &
            jobs+=($!)
        done
        finish "${jobs[@]}"
        more=(${plans[@]+"${!plans[@]}"} ${more[@]+"${more[@]}"})
        exec cat "${more[@]/#/$STATS/tables.}"
    } | keeping results.jsonl >/dev/null
}

report() { # FORMAT FILE
    stage "report-$1" report -f "$1" <"$WORK/results.jsonl" >"$WORK/$2"
}

# How far people who decided on the same items agree, in each field where two did so.
agreement() {
    local lines
    lines=$("$BIN/kappa" "${DECISIONS[@]}" 2>/dev/null) || return 0
    grep -vF '"units":0,' <<<"$lines" || true
}

# The page tells where its figures come from: the manifest so far, without the reports.
page() {
    local file=$STUDY/agreement.jsonl
    if [ ! -f "$file" ] && [ ${#DECISIONS[@]} -gt 0 ]; then
        file=$WORK/agreement.jsonl
        agreement >"$file"
        [ -s "$file" ] || rm -f -- "$file"
    fi
    "$BIN/study" account ${TRUST:+--trust} --script "$0" -- "$STUDY" "$DATA"
    [ -s "$file" ] || file=
    stage report-html report -f html --manifest "$WORK/manifest.json" ${file:+--agreement "$file"} \
        <"$WORK/results.jsonl" >"$WORK/report.html"
}

figures() {
    stage report-figures report --figure all -o "$WORK/figures/" <"$WORK/results.jsonl" >/dev/null
}

# What the report program of this build can do, unless the settings say. It is asked while the
# stages run.
ask_formats() {
    [ ${#FORMATS[@]} -gt 0 ] || exec {help}< <("$BIN/report" --help)
}

formats() {
    local can
    [ ${#FORMATS[@]} -eq 0 ] || return 0
    IFS= read -r -d '' can <&"$help" || true
    FORMATS=(html)
    if [ -z "${REPORT:-}${SWAP["report"]:-}" ]; then # a filter makes no folders
        [[ $can != *'  xlsx'* ]] || FORMATS+=(xlsx)
        [[ $can != *--figure* ]] || FORMATS+=(figures)
    fi
    FORMATS+=(text markdown)
}

# --- the run --------------------------------------------------------------------------

jobs=()
ask_formats
if [ "$FROM_STAGE" = results ]; then
    tables <"$WORK/merged.jsonl"
else
    for name in "${SOURCES[@]}"; do
        [ "$name" != foi ] || continue
        source_records "$name" &
        jobs+=($!)
    done
    finish ${jobs[@]+"${jobs[@]}"}
    add_records
    tables
fi

formats
jobs=()
for format in "${FORMATS[@]}"; do
    case $format in
    text) report text results.txt & ;;
    markdown) report markdown results.md & ;;
    html) page & ;;
    latex) report latex results.tex & ;;
    figures) figures & ;;
    jsonl) report jsonl tables.jsonl & ;; # results.jsonl is what they are made of
    *) report "$format" "results.$format" & ;;
    esac
    jobs+=($!)
done
finish "${jobs[@]}"
