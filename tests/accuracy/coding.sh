#!/bin/bash
# How well code, match and normalise read answers, names and figures that were written down with the truth before the
# programs were tuned on half a (of sentences also on c). Halves b and d are shown by their totals
# alone, so that they stay unread.
#   coding.sh [--misses]    (BIN: where the programs are)
set -euo pipefail
cd "$(dirname "$0")/../.."
bin=${BIN:-bin} data=tests/data misses=${1:-}

# One line a case: {"case","right","made","miss"}; right: as the truth says, made: an answer was given.
sentences() { # HALF
    "$bin/code" -c samples/nhs-2020/codebook.csv "$data/sentences-$1.jsonl" | jq -c '
        {case: .technologies, missed: (.expected - .tech), wrong: (.tech - .expected)}
        | {case, right: (.missed + .wrong == []), made: true, miss: "missed \(.missed | tojson), wrong \(.wrong | tojson)"}'
}

domains() { # HALF
    "$bin/code" -c "$data/domains.csv" "$data/domains-$1.jsonl" | jq -c '
        (keys_unsorted[0]) as $domain | .[$domain + "_code"] as $got
        | {case: .[$domain], missed: (.expected - $got), wrong: ($got - .expected)}
        | {case, right: (.missed + .wrong == []), made: true, miss: "missed \(.missed | tojson), wrong \(.wrong | tojson)"}'
}

yes_no() { # HALF [SET]
    "$bin/code" -c samples/yes_no.csv --field answer=coded "$data/${2:-yes-no}-$1.jsonl" | jq -c '
        {case: .answer, right: (.coded == .expected), made: (.coded != null), miss: "\(.coded), not \(.expected)"}'
}

domains_yes_no() { # HALF
    yes_no "$1" domains-yes-no
}

names() { # HALF
    "$bin/match" --field name --also welsh "$data/public-bodies.jsonl" "$data/names-$1.jsonl" | jq -c --slurpfile truth "$data/names-$1.jsonl" '
        select(.rank == null or .rank == 1) | .left as $name | ($truth[] | select(.name == $name) | .body) as $body
        | {case: .left, right: (.right == $body), made: (.right != null), miss: "\(.right), not \($body)"}'
}

# Each answer is a field of its own, whose title is its question.
figures() { # HALF
    jq -cs '{missingValues: "foi", fields: [to_entries[] | {name: "f\(.key)", title: .value.question, type: "number", prose: true,
        bareNumber: false, groupChar: ",", multipliers: true}]}' "$data/figures-$1.jsonl" >"${TMPDIR:-/tmp}/figures.$$"
    jq -cs '[to_entries[] | {key: "f\(.key)", value: .value.text}] | from_entries' "$data/figures-$1.jsonl" |
        "$bin/normalise" -s "${TMPDIR:-/tmp}/figures.$$" 2>/dev/null | jq -c --slurpfile truth "$data/figures-$1.jsonl" '
        . as $got | $truth | to_entries[] | $got["f\(.key)"] as $figure | .value
        | {case: .text, right: ($figure == .figure), made: ($figure != null), miss: "\($figure), not \(.figure)"}'
    rm "${TMPDIR:-/tmp}/figures.$$"
}

for what in figures sentences domains yes_no domains_yes_no names; do
    for half in a b c d; do
        [[ $what == sentences || $what == figures || $half < c ]] || continue
        "$what" "$half" >"${TMPDIR:-/tmp}/accuracy.$$"
        jq -rs --arg what "$what" --arg half "$half" '
            def percent: . * 1000 | round / 10;
            (map(select(.right)) | length) as $right | map(select(.made)) as $made
            | "\($what) \($half): \($right) of \(length) right (\($right / length | percent)%)"
            + if $what | IN("sentences", "domains") then "" else "; of \($made | length) answers given \($made | map(select(.right)) | length) right (\(($made | map(select(.right)) | length) / ($made | length) | percent)%)" end' <"${TMPDIR:-/tmp}/accuracy.$$"
        if [[ $half == [ac] && $misses == --misses ]]; then
            jq -r 'select(.right | not) | "    \(.case | tojson): \(.miss)"' <"${TMPDIR:-/tmp}/accuracy.$$"
        fi
        rm "${TMPDIR:-/tmp}/accuracy.$$"
    done
done
