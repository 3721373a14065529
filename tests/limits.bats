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
        'a mail of' 'a page of (marks|cells|blocks|attributes)' 'a web archive of' 'a Word file of' 'an OpenDocument' \
        'a sheet of (cells|wide headers|late)' 'a workbook of sheets' \
        '(one record of 700,000 fields|a field of its own in each record): (describe|tocsv|code)'; do
        run -0 "$ROOT/tests/limits/limits.sh" "$cases"
    done
}
