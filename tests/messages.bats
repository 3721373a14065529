#!/usr/bin/env bats
# messages.bats -- the exact text of messages that programs share: of options, outputs, memory.
# Those of one program's own work are in that program's file.
# shellcheck disable=SC2154 # ROOT and BIN come from the helper
load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    echo '{"fields":[{"name":"a"}]}' >schema.json
    : >empty
}

@test "fromcsv says which option is ambiguous, lacks its value or takes none" {
    fails_with 2 "fromcsv: unrecognized option '--colums' (try --help)" "$BIN/fromcsv" --colums
    fails_with 2 "fromcsv: unrecognized option '-z' (try --help)" "$BIN/fromcsv" -z
    fails_with 2 "fromcsv: option '--ma' is ambiguous (try --help)" "$BIN/fromcsv" --ma 3
    fails_with 2 "fromcsv: option '--skip' requires a value (try --help)" "$BIN/fromcsv" --skip
    fails_with 2 "fromcsv: option '-d' requires a value (try --help)" "$BIN/fromcsv" -vd
    fails_with 2 "fromcsv: option '--origin' takes no value (try --help)" "$BIN/fromcsv" --origin=3
}

@test "fromcsv says what value an option takes" {
    for value in x -1 '' 1.5 99999999999999999999999; do
        fails_with 2 "fromcsv: option '--skip' takes a whole number or auto, not '$value' (try --help)" \
            "$BIN/fromcsv" --skip "$value"
    done
    fails_with 2 "fromcsv: option '--reader' takes direct|libcsv, not 'fast' (try --help)" \
        "$BIN/fromcsv" --reader fast
    fails_with 2 "normalise: option '--extra' takes keep|drop|reject, not 'x' (try --help)" \
        "$BIN/normalise" -s schema.json --extra x
    for value in x '' nan inf 0.5x; do
        fails_with 2 "chisq: option '--confidence' takes a number, not '$value' (try --help)" \
            "$BIN/chisq" --confidence "$value"
    done
}

@test "fromcsv says that options need each other and that standard input is there once" {
    fails_with 2 "fromcsv: option '--max-rejects' needs '--rejects' (try --help)" \
        "$BIN/fromcsv" --max-rejects 3 empty
    fails_with 2 "fromcsv: standard input named twice (try --help)" "$BIN/fromcsv" - -
}

@test "fromcsv prints its name and version" {
    run -0 "$BIN/fromcsv" --version
    [[ $output =~ ^fromcsv\ \(foi-filters\)\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
}

@test "normalise refuses one file for two outputs, however it is named, and leaves it as it was" {
    mkdir folder
    ln -s folder link
    echo before >folder/x
    for other in folder/x ./folder/x folder/../folder/x link/x "$PWD/folder/x"; do
        fails_with 2 "normalise: '$other' named for two outputs (try --help)" \
            "$BIN/normalise" -s schema.json -o folder/x --rejects "$other" empty
        run -0 cat folder/x
        assert_output before
    done
    for other in folder/list ./folder/list link/list; do
        fails_with 2 "normalise: '$other' named for two outputs (try --help)" \
            "$BIN/normalise" -s schema.json --rejects folder/list --flags "$other" empty
    done
    fails_with 2 "normalise: './new' named for two outputs (try --help)" \
        "$BIN/normalise" -s schema.json -o new --stats ./new empty
    [ ! -e new ]
    run -0 "$BIN/normalise" -s schema.json -o folder/y --rejects y --stats link/z empty
}

@test "normalise says where a record is nested too deep" {
    awk 'BEGIN { printf "{\"a\":"; for (i = 0; i < 64; i++) printf "["; for (i = 0; i < 64; i++) printf "]"; print "}" }' >deep
    fails_with 1 "normalise: deep:1:69: nested deeper than 64 levels" "$BIN/normalise" -s schema.json deep
    sed 's/\[\]//' deep >less
    run -0 --separate-stderr "$BIN/normalise" -s schema.json less
    assert_equal "$output" "$(cat less)"
}

@test "normalise says that memory is short" {
    ! grep -q __asan_init "$BIN/normalise" || skip "the sanitizer needs the memory itself"
    head -c 40000000 /dev/zero | tr '\0' a >long
    for program in "fromcsv --max-line 50000000" "normalise -s schema.json"; do
        # shellcheck disable=SC2016,SC2086 # the inner shell expands it; words are meant to part
        fails_with 1 "${program%% *}: out of memory" bash -c 'ulimit -v 60000; "$@"' - "$BIN"/$program long
    done
}

@test "normalise draws a meter on a terminal with --progress" {
    command -v script >/dev/null || skip "script is not installed"
    script -qec true /dev/null </dev/null >/dev/null 2>&1 || skip "no pseudo-terminal can be had here"
    awk 'BEGIN { for (i = 0; i < 140000; i++) print "{\"a\":1}" }' >many
    script -qec "'$BIN/normalise' -s schema.json --progress -o out many" /dev/null </dev/null >meter
    tr '\r' '\n' <meter | grep -x 'normalise: [0-9]* records, [0-9]* MB' | head -n 1 >drawn
    same_as drawn <<<"normalise: 65536 records, 1 MB"
}

@test "normalise names words of a schema that mean nothing or two things" {
    local schema
    # MESSAGE behind the file's name, SCHEMA
    while IFS=$'\t' read -r message schema; do
        echo "$schema" >bad.json
        fails_with 2 "normalise: bad.json: $message" "$BIN/normalise" -s bad.json empty
    done <<'S'
fields[0].title: ' ' names no column	{"fields":[{"name":"a","title":" "}]}
missingValues: 'fo' is no vocabulary (there is 'foi')	{"fields":[{"name":"a"}],"missingValues":"fo"}
missingValues[0].vocabulary: 'x' is no vocabulary (there is 'foi')	{"fields":[{"name":"a"}],"missingValues":[{"vocabulary":"x"}]}
fields[0].replace.X: 'x' is a text to replace of field 'a' already, but another one	{"fields":[{"name":"a","type":"string","replace":{"x":"y","X":"z"},"case":"lower"}]}
fields[0].replace.x: 'x' is a missing value of field 'a' already	{"fields":[{"name":"a","type":"string","replace":{"x":"y"},"missingValues":["x"]}]}
fields[0].trueValues[0]: 'Yes' is a missing value of field 'a' already	{"missingValues":["Yes"],"fields":[{"name":"a","type":"boolean","trueValues":["Yes"],"falseValues":["No"]}]}
S
}

@test "programs and scripts send nothing of a name to the terminal" {
    name=$'no\e[31m\r\x01\nname\xc2\x9b2J\xe2\x80\xae.csv'
    shown='no\x1b[31m\r\x01\nname\xc2\x9b2J\u202e.csv'
    fails_with 1 "fromcsv: $shown: No such file or directory" "$BIN/fromcsv" "$name"
    fails_with 2 "normalise: $shown: No such file or directory" "$BIN/normalise" -s "$name"
    fails_with 1 "fromcsv: cannot write $shown/x: No such file or directory" "$BIN/fromcsv" -o "$name/x" /dev/null
    fails_with 2 "study.sh: $shown: no such study folder" "$ROOT/pipelines/study.sh" "$name"
    mkdir letters && echo x >"letters/$name"
    run -0 --separate-stderr "$BIN/fromdocs" -v letters
    ! grep -qP '[\x00-\x08\x0b-\x1f]|\xc2\x9b|\xe2\x80\xae' <<<"$stderr"
    for command in "describe" "new s" "help" ""; do
        # shellcheck disable=SC2086 # words
        run --separate-stderr "$ROOT/bin/foi" $command "$name"
        ! grep -qP '[\x00-\x08\x0b-\x1f]' <<<"$stderr"
        assert_equal "${#stderr_lines[@]}" 1
    done
    # what a study's settings say comes by mail
    mkdir mailed
    jq -n '{foi: {file: "a\u001b[31m\nstudy: all is well"}}' >mailed/study.json
    fails_with 2 "study: mailed/study.json: foi.file: 'a\\x1b[31m\\nstudy: all is well' holds a control character" "$BIN/study" settings mailed
    # texts of other scripts pass as they are
    fails_with 1 "fromcsv: Łódź – اختبار.csv: No such file or directory" "$BIN/fromcsv" "Łódź – اختبار.csv"
}
