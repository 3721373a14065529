# The two studies that begin with nothing but a spreadsheet: what `foi new` drafts of them, how little a person has to
# write, and that the figures are those that the generators meant.

load helper

# draft_of SAMPLE FILE: what `foi new` makes of a file of a sample.
draft_of() { # SAMPLE FILE
    cp "$ROOT/samples/$1/$2" .
    run -0 "$ROOT/bin/foi" new drafts "$2"
}

# written_lines SAMPLE: the lines of the study that a person wrote, in new or changed files.
written_lines() {
    { diff -r -N -x README.md -x generate.py -x expected.tsv -x codebook.proposals.csv -x results drafts "$ROOT/samples/$1" || true; } |
        grep -c '^>'
}

@test "generate.py makes the committed workbook, answers and figures" {
    for study in parking-2023 library-2024; do
        mkdir "$study"
        python3 "$ROOT/samples/$study/generate.py" "$study"
        for file in "$study"/*; do
            cmp "$file" "$ROOT/samples/$file"
        done
    done
}

@test "foi new finds the second sheet of the parking collation, and what it is" {
    draft_of parking-2023 parking.xlsx
    assert_line "parking.xlsx, sheet Councils: the bodies asked; each reply finds its own by ons_code = code"
    run -0 "$ROOT/bin/foi" run drafts
    assert_output ""
}

@test "the parking study is at most 25 lines beside what foi new wrote, and in two runs has the figures that were meant" {
    draft_of parking-2023 parking.xlsx
    written=$(written_lines parking-2023)
    [ "$written" -gt 0 ] && [ "$written" -le 25 ]
    grep -q "$written hand-written lines in \`samples/parking-2023\`" "$ROOT/docs/studies.md"
    run -0 "$ROOT/bin/foi" run "$ROOT/samples/parking-2023" out
    assert_output ""
    declare -A field=([issued_22]=pcns_issued_2021_22 [issued_23]=pcns_issued_2022_23 [income]=income_2022_23 [upheld]=appeals_upheld_2022_23)
    checked=0
    while IFS='|' read -r name region row figure; do
        case $name in
        issued_22 | issued_23 | income | upheld)
            table=${field[$name]}_by_region
            if [ "$region" = missing ]; then
                actual=$(jq -s --arg t "$table" --arg r "$row" '[.[] | select(.table == $t and .kind == "missing" and .value == $r) | .n] | add' out/results.jsonl)
            else
                actual=$(jq --arg t "$table" --arg g "$region" --arg k "$row" 'select(.table == $t and .kind == "summary" and .group == $g) | .[$k] | . * 10000 | round / 10000' out/results.jsonl)
            fi
            jq -en "$actual == ($figure)" >/dev/null || fail "$name $region $row: $actual, not $figure"
            ;;
        bays)
            actual=$(jq -r --arg g "$region" 'select(.table == "charges_for_blue_badge_bays_by_region" and .kind == "cell" and .group == $g and .value == "yes") | "\(.n)/\(.base)"' out/results.jsonl)
            assert_equal "$actual" "$figure"
            ;;
        size)
            actual=$(jq -r --arg v "$row " 'select(.table == "pcns_2022_23_band" and .kind == "cell" and (.value | startswith($v))) | "\(.n)/\(.base)"' out/results.jsonl)
            assert_equal "$actual" "$figure"
            ;;
        asked)
            case $row in
            councils) assert_equal "$(wc -l <out/merged.jsonl)" "$figure" ;;
            replied) assert_equal "$(wc -l <out/foi.jsonl)" "$figure" ;;
            esac
            ;;
        *) fail "$name is not compared" ;;
        esac
        checked=$((checked + 1))
    done < <(tr '\t' '|' <"$ROOT/samples/parking-2023/expected.tsv")
    assert_equal "$checked" "$(wc -l <"$ROOT/samples/parking-2023/expected.tsv")"
}

@test "the library study is at most 25 lines beside what foi new wrote, and in two runs has the figures that were meant" {
    draft_of library-2024 answers.csv
    run -0 "$ROOT/bin/foi" run drafts
    assert_output ""
    written=$(written_lines library-2024)
    [ "$written" -gt 0 ] && [ "$written" -le 25 ]
    grep -q "$written hand-written lines in \`samples/library-2024\`" "$ROOT/docs/studies.md"
    run -0 "$ROOT/bin/foi" run "$ROOT/samples/library-2024" out
    assert_output ""
    assert_equal "$(wc -l <out/uncoded.jsonl)" 0
    declare -A field=([visits]=how_often_do_you_visit_the [uses]=what_do_you_use_it_for_tick [themes]=change [ages]=age)
    checked=0
    while IFS='|' read -r name area row figure; do
        table=${field[$name]:-}${area:+_by_area}
        case $name in
        visits | uses | themes)
            # the base is weighted; how many records it is of stands in the total
            actual=$(jq -r --arg t "$table" --arg g "$area" --arg v "$row" \
                'select(.table == $t and .kind == "cell" and (.group // "") == $g and .value == $v) | .percent * 1000000 | round' out/results.jsonl)
            of=$(jq -r --arg t "$table" --arg g "$area" 'select(.table == $t and .kind == "total" and (.group // "") == $g) | .unweighted' out/results.jsonl)
            assert_equal "$actual/$of" "$(awk -F/ '{ printf "%.0f/%d", $1 * 1000000, $2 }' <<<"$figure")"
            ;;
        ages)
            actual=$(jq -r --arg v "$row " 'select(.table == "age" and .kind == "cell" and (.value | startswith($v))) | "\(.n)/\(.base)"' out/results.jsonl)
            assert_equal "$actual" "$figure"
            ;;
        satisfied)
            actual=$(jq -r --arg g "$area" 'select(.table == "how_satisfied_are_you_from_by_area" and .kind == "summary" and .group == $g) | .mean * 1000000 | round' out/results.jsonl)
            assert_equal "$actual" "$(awk '{ printf "%.0f", $1 * 1000000 }' <<<"$figure")"
            ;;
        *) fail "$name is not compared" ;;
        esac
        checked=$((checked + 1))
    done < <(tr '\t' '|' <"$ROOT/samples/library-2024/expected.tsv")
    assert_equal "$checked" "$(wc -l <"$ROOT/samples/library-2024/expected.tsv")"
}
