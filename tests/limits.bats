#!/usr/bin/env bats
# limits.bats -- a part of `make limits`: inputs of 10 MB that once took much, to the programs that
# look at every word or hold every column.
# shellcheck disable=SC2154 # ROOT, BIN and BUILD come from the helper
load helper

@test "no program takes more than 5 seconds or 64 MiB for what is made to take much" {
    ! grep -q __asan_init "$BIN/fromcsv" || skip "the sanitizer's own memory would be measured"
    [ -x "$BUILD/limits/within" ] || skip "no $BUILD/limits/within (make check builds it)"
    export WITHIN=$BUILD/limits/within LIMIT_SECONDS=15 # of a machine that does other work too
    for cases in 'a row of commas|a cell that is never closed' \
        '(one text of 10 MB|a text of clauses): (normalise|code|cluster|match|describe)' \
        'as many' '(near-equal names|distinct in both fields): match --field a in' \
        'a mail of' 'a page of (marks|cells|blocks|attributes)' 'a web archive of' 'a Word file of' 'an OpenDocument' \
        'a sheet of (cells|wide headers|late)' 'a workbook of sheets' 'decisions' \
        '(one record of 700,000 fields|a field of its own in each record): (describe|tocsv|code)' \
        '(nulls|reasons|records of 16,000 fields).*: (normalise|tocsv|join|describe)' 'as many others'; do
        run -0 "$ROOT/tests/limits/limits.sh" "$cases"
    done
}

# items BEFORE COUNT ITEM AFTER: ITEM so many times, with commas between, # in it being the number.
items() {
    awk -v before="$1" -v n="$2" -v item="$3" -v after="$4" 'BEGIN {
        printf "%s", before
        for (i = 1; i <= n; i++) { it = item; gsub(/#/, i, it); printf "%s%s", (i > 1 ? "," : ""), it }
        print after
    }'
}

@test "descriptions that people could write are read, and larger ones refused with the bound" {
    echo '{"a":"term 9999"}' >in.jsonl
    code='{"code":"c#","label":"Label #","group":"g","terms":["term #","other #"]}'
    items '{"fields":[{"from":"a","into":"b","codes":[' 10000 "$code" ']}]}' >book.json
    assert_equal "$("$BIN/code" -c book.json in.jsonl | jq -c .b)" '["c9999"]'
    items '{"fields":[{"from":"a","into":"b","codes":[' 100000 "$code" ']}]}' >large.json
    run -2 "$BIN/code" -c large.json in.jsonl
    assert_output "code: large.json: is too large: its $(stat -c %s large.json) bytes of JSON would take more than 36 MiB of memory"

    { echo code,label,term && awk 'BEGIN { for (i = 1; i <= 80000; i++) print "c" i ",Label " i ",term " i }'; } >large.csv
    assert_equal "$("$BIN/code" -c large.csv --field a in.jsonl | jq -c .a_code)" '["c9999"]'
    echo c80001,,more >>large.csv
    run -2 "$BIN/code" -c large.csv --field a in.jsonl
    assert_output 'code: large.csv: has 80001 rows, more than 80000'

    items '{"fields":[{"name":"a"},' 2000 '{"name":"f#","title":"Question #","type":"list","constraints":{"enum":["yes","no","other"]}}' ']}' >fields.json
    assert_equal "$("$BIN/normalise" -s fields.json in.jsonl 2>said | jq -c .a)" '"term 9999"'
    items '{"fields":[' 16385 '{"name":"f#"}' ']}' >fields.json
    run -2 "$BIN/normalise" -s fields.json in.jsonl
    assert_output 'normalise: fields.json: fields: 16385 fields, more than 16384'

    items '{"tables":[' 5000 '{"id":"t#","field":"a"}' ']}' >plan.json
    assert_equal "$("$BIN/tabulate" -p plan.json in.jsonl | jq -s 'map(.table) | unique | length')" 5000
    items '{"tables":[' 5001 '{"id":"t#","field":"a"}' ']}' >plan.json
    run -2 "$BIN/tabulate" -p plan.json in.jsonl
    assert_output 'tabulate: plan.json: tables[5000]: more than 5000 tables'
}
