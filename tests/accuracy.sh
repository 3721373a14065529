#!/usr/bin/env bash
# accuracy -- how many cells `extract` gets right of the replies in tests/data/replies.
#
#   accuracy.sh [--misses] [HALF...]      (default: a b)
#
# Prints a line a half: cells, right, wrong question, false answers, statuses right. A cell is right if
# its words, or its reason, are the truth's. A wrong question is an answer that the truth has for
# another question of the reply; a false answer is an answer where there is none. --misses lists each
# cell that is not right.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
BIN=${BIN:-$here/../bin}
DATA=${DATA:-$here/data/replies}
misses=false
if [ "${1:-}" = --misses ]; then
    misses=true
    shift
fi
[ $# -gt 0 ] || set -- a b

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The words of a text, so that spaces, marks at the ends and line feeds do not count.
# shellcheck disable=SC2016 # jq's variables
compare='
def words: if . == null then null else ascii_downcase | [scan("[\\p{L}\\p{N}£$%]+")] | join(" ") end;
INDEX($got[]; .reply) as $by
| .[] | . as $truth | $by[.reply] as $it
| (del(.reply, .status, ._missing) | keys_unsorted[]) as $field
| ($truth[$field] | words) as $want
| (($it[$field] // null) | words) as $have
| ($truth._missing[$field] // null) as $why
| ($it._missing[$field] // null) as $because
| {reply, field: $field,
   want: ($truth[$field] // "!" + $why), have: ($it[$field] // "!" + ($because // "absent")),
   how: ($it._evidence[$field].how // "-"),
   status: ($truth.status == $it.status), truth_status: $truth.status, status_had: $it.status,
   right: ($want == $have and $why == $because),
   false_answer: ($want == null and $have != null),
   wrong_question: ($have != null and $have != $want and
                    any($truth | del(.reply, .status, ._missing, .[$field]) | .[]; words == $have))}'

for half; do
    : >"$work/cells.jsonl"
    for replies in "$DATA/$half"/*.replies.jsonl; do
        name=$(basename "$replies" .replies.jsonl)
        "$BIN/extract" -s "$DATA/$name.schema.json" "$replies" >"$work/got.jsonl"
        jq -c -s --slurpfile got "$work/got.jsonl" "$compare" "$DATA/$half/$name.truth.jsonl" >>"$work/cells.jsonl"
    done
    if $misses; then
        jq -r 'select(.right | not) | "\(.reply) \(.field) (\(.how))\n    want \(.want)\n    have \(.have)"' "$work/cells.jsonl"
        jq -r 'select(.status | not) | "\(.reply): status \(.status_had), not \(.truth_status)"' "$work/cells.jsonl" | sort -u
    fi
    jq -s -r --arg half "$half" '
        def count(f): map(select(f)) | length;
        "\($half): \(count(.right)) of \(length) cells right (\(count(.right) * 1000 / length | floor / 10)%), " +
        "\(count(.wrong_question)) wrong questions, \(count(.false_answer)) false answers, " +
        "\([group_by(.reply)[] | select(.[0].status)] | length) of \([group_by(.reply)[]] | length) statuses right"' "$work/cells.jsonl"
done
