# custom-stage.bats -- the sample stage in each of its languages gives the same records.
load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    printf '%s\n' '{"trust":"X-1","technologies":"C# \"8\"\n– SQL","n":1}' '{"trust":"X-2","technologies":null,"n":2}' '{"trust":"X-3"}' >in.jsonl
    printf '%s\n' '{"trust":"X-1","technologies":"C# \"8\"\n– SQL","n":1,"reply_length":12}' \
        '{"trust":"X-2","technologies":null,"n":2,"reply_length":null}' '{"trust":"X-3","reply_length":null}' >right.jsonl
    STAGE=$ROOT/samples/custom-stage
}

@test "custom stage: in jq" {
    jq -c -f "$STAGE/length.jq" in.jsonl | same_as right.jsonl
}

@test "custom stage: in Python" {
    command -v python3 >/dev/null || skip "no python3 here"
    python3 "$STAGE/length.py" <in.jsonl | same_as right.jsonl
    run -1 --separate-stderr bash -c "echo '{' | python3 '$STAGE/length.py'"
    [[ $stderr = "length: <stdin>:1: "* ]]
}

@test "custom stage: in awk" {
    locale -a 2>/dev/null | grep -qi '^C.utf-\?8$' || skip "no locale of UTF-8 here"
    command -v gawk >/dev/null || skip "no awk that counts characters here"
    LC_ALL=C.UTF-8 gawk -f "$STAGE/length.awk" in.jsonl | same_as right.jsonl
}

@test "custom stage: in C on the library" {
    ! is_instrumented || skip "the library is an instrumented one"
    # shellcheck disable=SC2046 # lists of words
    ${CC:-cc} -I"$ROOT/include" -D_GNU_SOURCE $(pkg-config --cflags jansson) -o length "$STAGE/length.c" "$BUILD/libfoi.a" \
        $(pkg-config --libs jansson gsl libutf8proc libhs libxml-2.0 nettle) -lcsv -lm
    ./length in.jsonl | same_as right.jsonl
    run -0 ./length --stats stats.json in.jsonl
    assert_equal "$(jq -c '[.program, .read, .written]' stats.json)" '["length",3,3]'
}

@test "custom stage: in a study, in the place of the coder" {
    command -v python3 >/dev/null || skip "no python3 here"
    CODE="python3 '$STAGE/length.py'" BIN=$BIN "$ROOT/pipelines/foi.sh" "$ROOT/samples/nhs-2020" "$ROOT/samples/nhs-2020/foi.csv" >out
    assert_equal "$(wc -l <out)" 214
    assert_equal "$(jq -c 'select(.technologies == null) | .reply_length' out | sort -u)" null
}
