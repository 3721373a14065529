#!/usr/bin/env bash
# accuracy -- how many cells `extract` gets right of the replies in tests/data/replies.
#
#   accuracy.sh [--misses] [--set STYLE.css] [HALF...]      (default: a b)
#
# A half holds the records of letters (NAME.replies.jsonl, NAME.truth.jsonl) or letters that become files first, to be read by
# `fromdocs` as well (NAME.letters, see accuracy/letters.py); of these a line says how letters in each form were read.
# Prints a line a half: cells, right, wrong question, false answers, statuses right. A cell is right if
# its words, or its reason, are the truth's; the name in front of an answer, "Cameras: 44", may be there or not.
# A wrong question is an answer that the truth has for
# another question of the reply; a false answer is an answer where there is none. --misses lists each
# cell that is not right. --set takes the letters alone that can be set in a STYLE (accuracy/settings), as
# PDFs in it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
BIN=${BIN:-$here/../bin}
DATA=${DATA:-$here/data/replies}
misses=false style=()
if [ "${1:-}" = --misses ]; then
    misses=true
    shift
fi
if [ "${1:-}" = --set ]; then
    style=("$2")
    shift 2
fi
[ $# -gt 0 ] || set -- a b
for half; do # of those that nobody has tuned on only totals are to be seen
    case $misses:$half in true:b | true:?2) echo "accuracy.sh: $half: its misses are not shown" >&2 && exit 2 ;; esac
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The words of a text, so that spaces, marks at the ends and line feeds do not count, nor the word that joins a clause.
# shellcheck disable=SC2016 # jq's variables
compare='
def words: if . == null then null else ascii_downcase | [scan("[\\p{L}\\p{N}£$%]+")] | join(" ") | sub("^and "; "") end;
def bare: if . == null then null else sub("^\\p{L}[\\p{L} \u0027/&()-]{1,40}: "; "") end;
INDEX($got[]; .reply) as $by
| .[] | . as $truth | $by[.reply] as $it
| (del(.reply, .status, ._missing, ._form) | keys_unsorted[]) as $field
| ($truth[$field] | words) as $want | ($truth[$field] | bare | words) as $unnamed
| (($it[$field] // null) | words) as $have
| ($truth._missing[$field] // null) as $why
| ($it._missing[$field] // null) as $because
| {reply, field: $field,
   form: (if ._form == null then null elif ._form | IN("quoted", "table") then "quoted or in tables" else "otherwise" end),
   want: ($truth[$field] // "!" + $why), have: ($it[$field] // "!" + ($because // "absent")),
   how: ($it._evidence[$field].how // "-"),
   status: ($truth.status == $it.status), truth_status: $truth.status, status_had: $it.status,
   right: (($want == $have or $unnamed == $have) and $why == $because),
   false_answer: ($want == null and $have != null),
   wrong_question: ($have != null and $have != $want and $have != $unnamed and
                    any($truth | del(.reply, .status, ._missing, ._form, .[$field]) | .[]; words == $have))}'

# collect HALF: one line a cell.
collect() {
    local schema name
    for replies in "$DATA/$1"/*.replies.jsonl "$DATA/$1"/*.letters; do
        [ -e "$replies" ] || continue
        name=$(basename "$replies")
        name=${name%%.*}
        [ ${#style[@]} -eq 0 ] || [ "${replies##*.}" = letters ] || continue
        schema=$DATA/$name.schema.json truth=$DATA/$1/$name.truth.jsonl
        if [ "${replies##*.}" = letters ]; then
            truth=$work/truth.jsonl
            rm -rf "$work/inbox"
            "$here/accuracy/letters.py" "$replies" "$work/inbox" "$truth" "${style[@]}"
            [ -s "$truth" ] || continue
            "$BIN/fromdocs" "$work/inbox" >"$work/replies.jsonl"
            replies=$work/replies.jsonl
        fi
        "$BIN/extract" -s "$schema" "$replies" >"$work/got.jsonl"
        jq -c -s --slurpfile got "$work/got.jsonl" "$compare" "$truth"
    done
}

for half; do
    collect "$half" >"$work/cells.jsonl"
    if $misses; then
        jq -r 'select(.right | not) | "\(.reply) \(.field) (\(.how))\n    want \(.want)\n    have \(.have)"' "$work/cells.jsonl"
        jq -r 'select(.status | not) | "\(.reply): status \(.status_had), not \(.truth_status)"' "$work/cells.jsonl" | sort -u
    fi
    jq -s -r --arg half "$half" '
        def count(f): map(select(f)) | length;
        def cells: "\(count(.right)) of \(length) cells right (\(count(.right) * 1000 / length | floor / 10)%), " +
            "\(count(.wrong_question)) wrong questions, \(count(.false_answer)) false answers";
        "\($half): \(cells), " +
        "\([group_by(.reply)[] | select(.[0].status)] | length) of \([group_by(.reply)[]] | length) statuses right",
        (map(select(.form)) | group_by(.form)[] | "\($half), \(.[0].form): \(cells), \(count(.have == "!not_answered" and (.right | not))) not found")' "$work/cells.jsonl"
done
