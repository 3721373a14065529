#!/usr/bin/env bats
# The pipelines: whole studies, from the spreadsheets to the results.
load helper

study() {
    "$ROOT/pipelines/study.sh" "$@"
}

# The figures of an expected.tsv, looked up in results: TABLE VALUE N BASE a line.
figures() { # EXPECTED
    awk -F '\t' '!/^#/ && $4 != "" { print $1, $2, $3, $4 }' "$1"
}

found() { # EXPECTED RESULTS
    awk -F '\t' '!/^#/ && $4 != "" { print $1 "\t" $2 }' "$1" |
        while IFS=$'\t' read -r table value; do
            # shellcheck disable=SC2016 # awk reads the line's keys
            awk -v table="\"table\":\"$table\"" -v value="$value" '
                index($0, table) && index($0, "\"kind\":\"cell\"") &&
                (index($0, "\"value\":\"" value "\",") || index($0, "\"value\":" value ",")) {
                    n = $0; sub(/.*"n":/, "", n); sub(/,.*/, "", n)
                    base = $0; sub(/.*"base":/, "", base); sub(/,.*/, "", base)
                    print n, base
                }' "$2" | sed "s|^|$table $value |"
        done
}

@test "study.sh reproduces every figure of the model study, each with its base" {
    study "$ROOT/samples/nhs-2020" out
    figures "$ROOT/samples/nhs-2020/expected.tsv" >expected
    [ "$(wc -l <expected)" -ge 17 ]
    found "$ROOT/samples/nhs-2020/expected.tsv" out/results.jsonl | same_as expected
}

@test "study.sh prints the model study's percentages as published" {
    study "$ROOT/samples/nhs-2020" out
    # Bennion et al. 2025: 84.5%, 69.6%, 93.2%, 34.2%, 21.7%, 15.5%; ours have one decimal throughout
    for figure in '191/226 (84.5%)' '112/161 (69.6%)' '150/161 (93.2%)' '55/161 (34.2%)' '35/161 (21.7%)' \
        '138/161 (85.7%)' '25/161 (15.5%)' '9/161 (5.6%)' '24/138 (17.4%)' '81/138 (58.7%)' '7/138 (5.1%)'; do
        grep -qF "$figure" out/results.txt || {
            echo "no $figure in results.txt"
            return 1
        }
    done
}

# Counts by GDE funding taken from the CSV files; R 4.2.2, chisq.test(matrix(c(...), 2), correct = FALSE)
@test "study.sh tests the model study's tables by GDE funding as R does" {
    study "$ROOT/samples/nhs-2020" out
    while read -r table statistic p; do
        grep -F "\"table\":\"$table\",\"test\":\"independence\"" out/results.jsonl >line
        awk -v statistic="$statistic" -v p="$p" '{
            x = $0; sub(/.*"columns":[0-9]*,"statistic":/, "", x); sub(/,.*/, "", x)
            q = $0; sub(/.*"df":[0-9]*,"p":/, "", q); sub(/,.*/, "", q)
            if ((x - statistic) ^ 2 > 1e-16 || (q - p) ^ 2 > 1e-18) { print "got", x, q; exit 1 }
        }' line
    done <<'X'
has_team_by_gde 2.249685592 .1336415532
front_facing_by_gde 3.044309785 .08102054985
clinical_by_gde .7932388298 .3731225678
for_others_by_gde 1.827093319 .1764712543
grant_by_gde 7.89431713 .004959035679
disclosed_by_gde .2630718954 .6080175327
open_source_by_gde 1.749110457 .4170474694
X
}

@test "study.sh reproduces the published figures of a real FOI study, and the two that differ as the data say" {
    needs_data coi-2017/responses.csv
    study "$ROOT/samples/coi-2017" out "$DATA/coi-2017"
    figures "$ROOT/samples/coi-2017/expected.tsv" >expected
    found "$ROOT/samples/coi-2017/expected.tsv" out/results.jsonl | same_as expected
}

# Counts by awk over the published file; R 4.2.2:
# chisq.test(matrix(c(119, 36, 66, 15), 2), correct = FALSE), chisq.test(matrix(c(103, 52, 62, 19), 2), correct = FALSE)
@test "study.sh compares foundation trusts with the others" {
    needs_data coi-2017/responses.csv
    study "$ROOT/samples/coi-2017" out "$DATA/coi-2017"
    for figure in '119/155 (76.8%)' '66/81 (81.5%)' '103/155 (66.5%)' '62/81 (76.5%)'; do
        grep -qF "$figure" out/results.txt
    done
    grep -F '"table":"received_by_kind","test"' out/results.jsonl | grep -E '"statistic":0\.69586[5-9]|"statistic":0\.69587' | grep -q '"p":0\.4041'
    grep -F '"table":"on_time_by_kind","test"' out/results.jsonl | grep -E '"statistic":2\.575[78]' | grep -q '"p":0\.108[45]'
}

@test "study.sh names the eight trusts that were not asked" {
    needs_data coi-2017/responses.csv
    study "$ROOT/samples/coi-2017" out "$DATA/coi-2017"
    "$BIN/join" --kind anti --on org_code out/foi.jsonl out/roster.jsonl |
        sed 's/.*"org_code":"\([A-Z0-9]*\)".*/\1/' | sort | tr '\n' ' ' >got
    printf 'R1G RAN RFW RJD RJX RQF RT4 RYT ' | same_as got
}

@test "study.sh gives the results that are kept as golden" {
    study "$ROOT/samples/nhs-2020" out
    same_as "$ROOT/tests/golden/nhs-2020.txt" <out/results.txt
    same_as "$ROOT/tests/golden/nhs-2020.md" <out/results.md
    needs_data coi-2017/responses.csv
    study "$ROOT/samples/coi-2017" real "$DATA/coi-2017"
    same_as "$ROOT/tests/golden/coi-2017.txt" <real/results.txt
}

@test "study.sh makes the same bytes again, and replaces its own result" {
    study "$ROOT/samples/nhs-2020" one
    study "$ROOT/samples/nhs-2020" two
    diff -r one two
    study "$ROOT/samples/nhs-2020" one
    diff -r one two
    assert_equal "$(find . -maxdepth 1 -name '.*' ! -name . | wc -l)" 0
}

@test "study.sh is quiet on success" {
    run -0 study "$ROOT/samples/nhs-2020" out
    assert_output ""
}

@test "study.sh writes a manifest with hashes, counts and a ledger that adds up" {
    study "$ROOT/samples/nhs-2020" out
    grep -qF "{\"file\":\"foi.csv\",\"sha256\":\"$(sha256sum <"$ROOT/samples/nhs-2020/foi.csv" | cut -d ' ' -f 1)\"}" out/manifest.json
    echo '{"k":1}' >one.jsonl
    # it is one JSON object
    tr -d '\n' <out/manifest.json >line.jsonl
    run -0 "$BIN/join" --kind anti --on k one.jsonl line.jsonl
    awk '{ n = gsub(/"left":/, "&") } END { exit n < 10 }' out/manifest.json
    run -1 grep -E '"left":([0-9]+),"right":(\1[0-9]|null)' out/manifest.json
    for stage in roster-fromcsv foi-code foi-yes-no merge-foi merge-website plan-tabulate plan-chisq report-text; do
        grep -qF "\"$stage\":{\"program\":" out/manifest.json
    done
}

@test "the pipelines' scripts print their help" {
    for script in foi merge results source study website; do
        run -0 "$ROOT/pipelines/$script.sh" --help
        assert_line --index 0 --regexp "^$script.sh -- "
        assert_line --regexp "^  $script.sh .*STUDY"
        refute_output --partial shellcheck
    done
}

@test "study.sh takes a stage of the user's own" {
    cat >coder.awk <<'X'
# Codes one technology: whoever writes Python in a reply, and not that they do not use it.
{
    tech = /"technologies":null/ ? "null" : "[]"
    if (match($0, /"technologies":"[^"]*Python/) && !/not use Python|Python: No/) tech = "[\"Python\"]"
    sub(/}$/, ",\"tech\":" tech ",\"tech_group\":" tech "}")
    print
}
X
    CODE="awk -f '$PWD/coder.awk'" study "$ROOT/samples/nhs-2020" out
    grep -qF '"foi-code":{"program":"code","swapped":true,"read":214,"written":214}' out/manifest.json
    grep -F '"table":"tech"' out/results.jsonl | grep -F '"kind":"cell"' >cells
    assert_equal "$(wc -l <cells)" 1
    grep -q '"value":"Python"' cells
}

# mine: a copy of the model study, to be changed
mine() {
    cp -r "$ROOT/samples/nhs-2020" mine
    chmod -R u+w mine
}

# The first reply's answer to the first question, which is "Yes".
first_answer() { # TEXT
    awk -v text="\"$1\"" 'NR == 2 { sub(/Answered in full,Yes,/, "Answered in full," text ",") } { print }' \
        "$ROOT/samples/nhs-2020/foi.csv" >mine/foi.csv
    run -1 cmp "$ROOT/samples/nhs-2020/foi.csv" mine/foi.csv
}

@test "study.sh reads yes and no in prose" {
    mine
    first_answer 'Yes, a team of five'
    study mine out
    grep -qF '161/191 (84.3%)' out/results.txt
    [ ! -s out/uncoded_yes_no.jsonl ]
    first_answer 'No such team exists'
    study mine out
    grep -qF '160/191 (83.8%)' out/results.txt
    [ ! -s out/uncoded_yes_no.jsonl ]
}

@test "study.sh lists the answers that are neither yes nor no, and counts them as uncoded" {
    mine
    first_answer 'Please see the annex'
    study mine out
    grep -qF '160/191 (83.8%)' out/results.txt
    assert_equal "$(wc -l <out/uncoded_yes_no.jsonl)" 1
    grep -F '"has_team":"Please see the annex"' out/uncoded_yes_no.jsonl | grep -qF '"_uncoded":["has_team"]'
    grep -F '"trust":"X-485"' out/foi.jsonl | grep -F '"has_team":null' | grep -qF '"has_team":"uncoded"'
}

@test "study.sh keeps the reason of a missing yes/no answer" {
    mine
    first_answer 'Not held'
    study mine out
    grep -F '"trust":"X-485"' out/foi.jsonl | grep -F '"has_team":null' | grep -qF '"has_team":"not_held"'
    [ ! -s out/uncoded_yes_no.jsonl ]
}

@test "study.sh prefers the study's own yes_no.csv, and says so in the manifest" {
    mine
    first_answer 'Please see the annex'
    study mine out
    hash=$(sha256sum <"$ROOT/samples/yes_no.csv" | cut -d ' ' -f 1)
    grep -qF "{\"file\":\"yes_no.csv\",\"sha256\":\"$hash\"}" out/manifest.json
    { cat "$ROOT/samples/yes_no.csv" && echo 'yes,,see the annex,,,'; } >mine/yes_no.csv
    study mine out
    grep -qF '161/191 (84.3%)' out/results.txt
    hash=$(sha256sum <mine/yes_no.csv | cut -d ' ' -f 1)
    grep -qF "{\"file\":\"yes_no.csv\",\"sha256\":\"$hash\"}" out/manifest.json
}

@test "study.sh takes a stage for the yes/no answers alone, and none in its stead from CODE" {
    cat >first.sed <<'X'
s/"(has_team|front_facing|clinical|for_others|disclosed)":"[Yy][^"_]*"/"\1":"yes"/g
s/"(has_team|front_facing|clinical|for_others|disclosed)":"[Nn][^"_]*"/"\1":"no"/g
s/"grant":"[YyNn][^"_]*"/"grant":"no"/
X
    YES_NO_CODE="sed -E -f '$PWD/first.sed'" study "$ROOT/samples/nhs-2020" out
    grep -qF '"foi-yes-no":{"program":"code","swapped":true,"read":214,"written":214}' out/manifest.json
    grep -q '"foi-code":{"program":"code","version":"[^"]*","read":214,' out/manifest.json
    grep -qF '81/138 (58.7%)' out/results.txt
    grep -qF '112/161 (69.6%)' out/results.txt
    grep -qF '153/161 (95.0%)' out/results.txt
    CODE=cat study "$ROOT/samples/nhs-2020" out
    grep -q '"foi-yes-no":{"program":"code","version":"[^"]*","read":214,' out/manifest.json
    grep -qF '35/161 (21.7%)' out/results.txt
    YES_NO_CODE='sed 1d' run -1 study "$ROOT/samples/nhs-2020" other
    assert_output --partial "the ledger does not add up: foi-yes-no: read = written + rejected: 214 and 213"
}

@test "foi.sh passes records as they are without a codebook and yes/no answers" {
    mine
    rm mine/codebook.csv
    sed -i '/^YES_NO=/d' mine/study.conf
    "$ROOT/pipelines/source.sh" mine foi mine/foi.csv >normalised
    "$ROOT/pipelines/foi.sh" mine mine/foi.csv | same_as normalised
}

@test "study.sh fails when a stage fails, and leaves the last result as it was" {
    study "$ROOT/samples/nhs-2020" out
    cp -r out before
    CODE='head -n 3; exit 7' run -7 study "$ROOT/samples/nhs-2020" out
    diff -r before out
    assert_equal "$(find . -maxdepth 1 -name '.out.*' | wc -l)" 0
}

@test "study.sh fails when a stage of the user's own loses records" {
    CODE='sed 1d' run -1 study "$ROOT/samples/nhs-2020" out
    [ ! -e out ]
    assert_output --partial "study.sh: the ledger does not add up: foi-code: read = written + rejected: 214 and 213"
}

@test "study.sh stops at bad data and names file, line and field" {
    cp -r "$ROOT/samples/nhs-2020" mine
    chmod -R u+w mine
    sed 's/13\/01\/2020/31\/02\/2020/' mine/foi.csv >bad && mv bad mine/foi.csv
    run -1 study mine out
    assert_line --partial "field 'sent': '31/02/2020' is not a date as %d/%m/%Y"
    [ ! -e out ]
}

@test "study.sh --rejects lists bad data and goes on" {
    cp -r "$ROOT/samples/nhs-2020" mine
    chmod -R u+w mine
    awk 'NR == 1 { sub(/funded/, "maybe funded") } { print }' mine/roster.csv >roster && mv roster mine/roster.csv
    printf 'X-999,"Long"%s\r\n' "$(printf ',x%.0s' {1..40})" >>mine/foi.csv
    study --rejects mine out 2>err
    grep -q 'fromcsv: 1 of 215 records rejected' err
    assert_equal "$(wc -l <out/rejects/foi-fromcsv.jsonl)" 1
}

@test "study.sh does not replace a folder that is not its own" {
    mkdir out && echo mine >out/file
    run -2 study "$ROOT/samples/nhs-2020" out
    assert_output "study.sh: out: exists and is no result of study.sh; it will not be replaced"
    assert_equal "$(cat out/file)" mine
}

@test "study.sh lets one run at a time make a result" {
    exec 8>out.lock
    flock -n 8
    run -1 study "$ROOT/samples/nhs-2020" out 8>&-
    assert_output "study.sh: out.lock: another run is making out"
    exec 8>&-
    study "$ROOT/samples/nhs-2020" out
}

@test "study.sh waits a moment for the lock of a run that is ending" {
    exec 8>out.lock
    flock -n 8
    sleep 0.2 & # holds it as long as it lives
    exec 8>&-
    study "$ROOT/samples/nhs-2020" out
    [ -e out/manifest.json ] && [ ! -e out.lock ]
}

@test "study.sh leaves nothing behind when it is killed, and lets the next run in" {
    CODE='sleep 3' "$ROOT/pipelines/study.sh" "$ROOT/samples/nhs-2020" out 2>err &
    pid=$!
    for _ in $(seq 100); do
        [ -s "$(find . -path './.out.*/roster.jsonl')" ] && break
        sleep 0.05
    done
    kill -TERM "$pid"
    status=0
    wait "$pid" || status=$?
    assert_equal "$status" 143
    [ ! -e out ]
    assert_equal "$(find . -maxdepth 1 -name '.out.*' | wc -l)" 0
    study "$ROOT/samples/nhs-2020" out
}

@test "study.sh says what it needs" {
    run -2 study
    assert_output "study.sh: usage: study.sh [OPTION...] STUDY [OUT [DATA]] (try --help)"
    run -2 study nowhere out
    assert_output "study.sh: nowhere: no such study folder"
    mkdir empty
    run -2 study empty out
    assert_output "study.sh: empty/study.conf: no such file"
    echo 'FOI=1; rm -rf x' >empty/study.conf
    run -2 study empty out
    assert_output "study.sh: empty/study.conf:1: not a setting: 'FOI=1; rm -rf x'"
}

@test "foi.sh, website.sh, merge.sh and results.sh work alone on standard input and output" {
    sample=$ROOT/samples/nhs-2020
    "$ROOT/pipelines/source.sh" "$sample" roster <"$sample/roster.csv" >roster.jsonl
    "$ROOT/pipelines/website.sh" "$sample" <"$sample/website.csv" >website.jsonl
    "$ROOT/pipelines/foi.sh" "$sample" <"$sample/foi.csv" |
        "$ROOT/pipelines/merge.sh" "$sample" roster.jsonl website.jsonl |
        "$ROOT/pipelines/results.sh" "$sample" >results.jsonl
    study "$sample" out
    grep -v '"table":"technologies' out/results.jsonl | sed -n "1,$(wc -l <results.jsonl)p" | same_as results.jsonl
}

@test "source.sh leaves its counts and lists in folders named from here" {
    sample=$ROOT/samples/nhs-2020
    mkdir stats rejects lists
    STATS=stats REJECTS=rejects LISTS=lists "$ROOT/pipelines/source.sh" "$sample" roster "$sample/roster.csv" >roster.jsonl
    [ -s stats/roster-fromcsv.json ] && [ -s stats/roster-normalise.json ] && [ -e rejects/roster-normalise.jsonl ]
    head -n 1 roster.jsonl | grep -qF '"_origin":"roster.csv:2"'
}

@test "foi.sh codes the sample study as its author meant" {
    LC_ALL=C awk -v file=truth -f "$ROOT/samples/nhs-2020/generate.awk" |
        sed -n 's/^{"trust":\("[^"]*"\),"tech":\(\[[^]]*\]\).*/\1 \2/p' | sort >truth
    [ "$(wc -l <truth)" -eq 138 ]
    "$ROOT/pipelines/foi.sh" "$ROOT/samples/nhs-2020" <"$ROOT/samples/nhs-2020/foi.csv" |
        sed -n 's/.*"trust":\("[^"]*"\),.*"tech":\(\[[^]]*\]\).*/\1 \2/p' | sort >coded
    join coded truth >/dev/null
    grep -Fxf truth coded | same_as truth
}
