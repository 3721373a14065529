#!/usr/bin/env bats
# report: every figure of the page and of the workbook is that of its cell or test, by programs that
# know the formats alone (page.py, book.py); the pages and figures of the sample studies.
load helper

setup_file() {
    cd "$BATS_FILE_TMPDIR" || return 1
    "$BATS_TEST_DIRNAME/../bin/foi" run --no-sync "$BATS_TEST_DIRNAME/../samples/nhs-2020" "$PWD/nhs" >log 2>&1
}

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    type -t python3 >/dev/null || skip "no Python"
    nhs=$BATS_FILE_TMPDIR/nhs
}

page() {
    python3 "$BATS_TEST_DIRNAME/page.py" "$@"
}

@test "report: every figure of the sample study's page is that of its cell" {
    run -0 page "$nhs/report.html" "$nhs/results.jsonl"
    # no part of the page is passed over
    for what in bar base interval residual residuals records sentence tables 'missing answers' 'test at a glance' 'text of a figure' 'words of a figure'; do
        [[ $output == *" of $what"* ]] || { echo "no $what"; return 1; }
    done
}

@test "report: a figure that is not that of its cell is seen, wherever it stands" {
    while read -r from to; do
        sed "s|$from|$to|" "$nhs/report.html" >page.html
        run -1 cmp -s page.html "$nhs/report.html"
        run -1 page page.html "$nhs/results.jsonl"
    done <<'X'
15/38 15/39
(39.5%)</a> (39.4%)</a>
25.6–55.3 25.6–55.4
width:39.47% width:38.47%
left:25.6%;width:29.68% left:25.6%;width:28.68%
data-v="39.47368421" data-v="39.47368422"
<td>7.8943</td> <td>7.8934</td>
>+2.81< >+2.18<
>+2.8\*< >+2.7*<
7.89,.p 7.98,p
<td.data-v="0.446538">.45 <td>.44
X-520, X-521,
X
}

@test "report: every figure of the real study's page is that of its cell" {
    needs_data coi-2017/responses.csv
    "$ROOT/bin/foi" run --no-sync "$ROOT/samples/coi-2017" "$PWD/coi" "$DATA/coi-2017" >log 2>&1
    run -0 page coi/report.html coi/results.jsonl
    [ ! -e coi/results.xlsx ] || run -0 python3 "$BATS_TEST_DIRNAME/book.py" "$BIN/fromsheet" coi/results.xlsx coi/results.jsonl
}

@test "report: the sample studies' pages and figures are those kept as golden" {
    "$BATS_TEST_DIRNAME/page-body.sh" <"$nhs/report.html" | same_as "$ROOT/tests/golden/nhs-2020.html"
    for figure in replies tech_group tech_group_by_gde grant_by_gde; do
        "$BIN/report" --figure "$figure" "$nhs/results.jsonl" | same_as "$ROOT/tests/golden/nhs-2020-$figure.svg"
    done
    needs_data coi-2017/responses.csv
    "$ROOT/bin/foi" run --no-sync "$ROOT/samples/coi-2017" "$PWD/coi" "$DATA/coi-2017" >log 2>&1
    "$BATS_TEST_DIRNAME/page-body.sh" <coi/report.html | same_as "$ROOT/tests/golden/coi-2017.html"
}

@test "report: every figure of the sample study's workbook is that of its cell" {
    [ -e "$nhs/results.xlsx" ] || skip "built without libxlsxwriter"
    run -0 python3 "$BATS_TEST_DIRNAME/book.py" "$BIN/fromsheet" "$nhs/results.xlsx" "$nhs/results.jsonl"
    sed 's/"n":15,"base":38/"n":16,"base":38/' "$nhs/results.jsonl" >other.jsonl
    run -1 python3 "$BATS_TEST_DIRNAME/book.py" "$BIN/fromsheet" "$nhs/results.xlsx" other.jsonl
}

# PLAYWRIGHT=node_modules/playwright-core, AXE=node_modules/axe-core/axe.min.js, from npm.
@test "report: the sample study's page does in Chromium what people do with it" {
    [ -x /usr/bin/chromium ] && command -v node >/dev/null || skip "no Chromium or Node.js"
    [ -n "${PLAYWRIGHT:-}" ] || skip "PLAYWRIGHT does not name the place of playwright-core"
    run -0 node "$BATS_TEST_DIRNAME/page.js" "$nhs/report.html" "$PWD"
    assert_output --regexp '^[0-9]+ lines saved, 1 table sorted, ([0-9]+) rules of axe pass$'
    [ -z "${AXE:-}" ] || assert_output --regexp ', [5-9][0-9] rules'
}

@test "report: a page of hostile texts does in Chromium what people do with it" {
    [ -x /usr/bin/chromium ] && command -v node >/dev/null || skip "no Chromium or Node.js"
    [ -n "${PLAYWRIGHT:-}" ] || skip "PLAYWRIGHT does not name the place of playwright-core"
    hostile >in.jsonl
    "$BIN/report" -f html in.jsonl >page.html
    run -0 node "$BATS_TEST_DIRNAME/page.js" "$PWD/page.html" "$PWD"
}
