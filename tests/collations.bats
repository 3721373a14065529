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

# --- plans in few words -------------------------------------------------------------------

# tables PLAN: the tables that it makes of two records, by name, with what their first lines say.
tables() {
    printf '%s\n' '{"a":"x","g":"1","b":3,"w":2}' '{"a":"y","g":"2","b":4,"w":1}' | "$BIN/tabulate" -p <(echo "$1") |
        jq -rs 'group_by(.table) | map(.[0] | "\(.table) \(.kind) \(.field) \(.by // "-") \(.summed // false) \(.unweighted // "-")") | .[]'
}

@test "a plan's tables may be texts, each of several fields, and share defaults" {
    assert_equal "$(tables '{"tables":["a","a by g","sum of b by g","summary of b"]}')" "a cell a - false -
a_by_g cell a g false -
b summary b - false -
b_by_g summary b g true -"
    assert_equal "$(tables '{"defaults":{"weight":"w","by":"g"},"tables":[{"each":["a","b"]},{"field":"a","id":"bare","weight":null,"by":null}]}')" \
        "a_by_g cell a g false 1
b_by_g cell b g false 1
bare cell a - false -"
    [ "$(tables '{"tables":[{"each":["a","b by g"],"where":{"b":{"min":4}}}]}' | wc -l)" -eq 2 ]
}

@test "a plan in few words is refused where it cannot be meant so" {
    wrong() { # TABLES MESSAGE
        echo "{\"tables\":[$1]}" >plan.json
        fails_with 2 "tabulate: plan.json: $2" "$BIN/tabulate" -p plan.json /dev/null
    }
    wrong '"a by "' "tables[0]: expected 'FIELD' or 'FIELD by OTHER'"
    wrong '"a by"' "tables[0]: expected 'FIELD' or 'FIELD by OTHER'"
    # a field's name may end in something like it
    echo '{"tables":["is bz"]}' >plan.json
    run -0 bash -c "echo '{\"is bz\":1}' | '$BIN/tabulate' -p plan.json | jq -r 'select(.kind == \"cell\").field'"
    assert_output "is bz"
    wrong '"a by b by c"' "tables[0]: more than one ' by ' (write it as {\"field\":...,\"by\":...})"
    wrong '{"each":[]}' "tables[0].each: expected at least one field"
    wrong '{"each":["a"],"id":"x"}' "tables[0].id: it cannot be that of each table (leave it out, or write the table by itself)"
    wrong '{"each":["a","a"]}' "tables[0]: another table is called 'a' too"
    wrong '{"field":"a","sum":true,"bands":[1]}' "tables[0]: 'sum' and 'bands' cannot be used together: numbers that are summarised have no rows"
    echo '{"defaults":{"id":"x"},"tables":["a"]}' >plan.json
    fails_with 2 "tabulate: plan.json: defaults.id: it cannot be that of every table" "$BIN/tabulate" -p plan.json /dev/null
}

@test "bands of a schema and ordered categories come in their order" {
    echo '{"fields":[{"name":"b","from":"n","bands":[1,10]},{"name":"c","categories":["low","high"],"categoriesOrdered":true}]}' >schema.json
    printf '{"b":"%s","c":"%s"}\n' '10 or more' high 'under 1' low '1 to under 10' high >in.jsonl
    assert_equal "$("$BIN/tabulate" -p <(echo '{"tables":["b","c by b"]}') --schema schema.json in.jsonl |
        jq -r 'select(.kind == "cell" and .table == "b").value' | paste -sd,)" "under 1,1 to under 10,10 or more"
    assert_equal "$("$BIN/tabulate" -p <(echo '{"tables":["c by b"]}') --schema schema.json in.jsonl |
        jq -r 'select(.kind == "cell") | "\(.value) \(.group)"' | head -n 2 | paste -sd,)" "low under 1,low 1 to under 10"
}

@test "study link says what a further table is to the replies" {
    printf '%s\n' '{"code":"A1","kind":"x"}' '{"code":"a2","kind":"y"}' '{"code":"A3","kind":"x"}' >left.jsonl
    printf '%s\n' '{"id":"a1","n":"5"}' '{"id":"A2","n":"6"}' '{"id":"A9","n":"7"}' >right.jsonl
    printf '%s\n' '{"k":"x","label":"Ex"}' '{"k":"y","label":"Why"}' >kinds.jsonl
    assert_equal "$("$BIN/study" link left.jsonl right.jsonl)" "$(printf 'key\tcode\tid\t2\t3\t0')"
    assert_equal "$("$BIN/study" link left.jsonl kinds.jsonl)" "$(printf 'field\tkind\tk\t3\t3\t3')"
    assert_equal "$("$BIN/study" link left.jsonl left.jsonl)" same
    printf '%s\n' '{"of":"A1","n":"5"}' '{"of":"A1","n":"6"}' '{"of":"A3","n":"5"}' '{"of":"A3","n":"6"}' >long.jsonl
    assert_equal "$("$BIN/study" link left.jsonl long.jsonl)" "$(printf 'many\tcode')"
    echo '{"z":"q","y":"r"}' >none.jsonl
    assert_equal "$("$BIN/study" link left.jsonl none.jsonl)" none
}
