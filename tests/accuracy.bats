#!/usr/bin/env bats
# How well code, match and normalise read what was written with its truth before they were tuned.
load helper

@test "accuracy: sentences, yes/no answers, names and figures are read as docs/accuracy.md says" {
    BIN=$BIN "$ROOT/tests/accuracy/coding.sh" --misses >got
    page=$ROOT/docs/accuracy.md
    # "106 of 108 right (98.1%)" and "of 84 answers given 82 right (97.6%)" as the page has them
    sed -n 's/^[a-z_]* [a-d]: \([0-9]* of [0-9]*\) right \(([0-9.]*%)\).*/\1 \2/p' got >figures
    sed -n 's/.*; of \([0-9]*\) answers given \([0-9]*\) right \(([0-9.]*%)\).*/\2 of \1 \3/p' got >>figures
    [ "$(wc -l <figures)" -eq 26 ]
    while read -r figure; do grep -qF "| $figure |" "$page" || { echo "not in the page: $figure"; return 1; }; done <figures
    # every miss of halves a and c is listed, each set's under its own title, and no case of b and d is shown
    sed -n 's/^    "\(.*\)": .*/\1/p' got >misses
    while read -r miss; do grep -qF "| $miss |" "$page" || { echo "not listed: $miss"; return 1; }; done <misses
    sed -n '/^## The misses of domains/,/^## See/p' "$page" | grep -c '^| .* | .* |$' >rows
    [ "$(($(wc -l <misses) + 4))" -eq "$(cat rows)" ] # each table has a title
}

@test "accuracy: no answer to a yes/no question is a wrong yes" {
    for set in yes-no-a yes-no-b domains-yes-no-a; do
        "$BIN/code" -c "$ROOT/samples/yes_no.csv" --field answer=coded "$ROOT/tests/data/$set.jsonl" |
            jq -c 'select(.coded == "yes" and .expected != "yes")'
    done >wrong
    same_as wrong </dev/null
}
