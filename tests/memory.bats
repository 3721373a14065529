#!/usr/bin/env bats
# memory.bats -- programs that hold one record, or counts alone, take less than 16 MiB
# whatever the length of their input. The peak is what the kernel counted for the process.
# shellcheck disable=SC2154 # ROOT, BIN and BUILD come from the helper
load helper

MEASURE=$BUILD/bench/measure

setup_file() {
    ! grep -q __asan_init "$BIN/fromcsv" || return 0
    cd "$BATS_FILE_TMPDIR" || return 1
    local form i
    for form in csv quoted jsonl; do
        awk -v n=10000 -v form=$form -f "$ROOT/tests/bench/generate.awk" >"few.$form"
    done
    sed 1d few.csv >rows.csv
    sed 1d few.quoted >rows.quoted
    head -n 1 few.csv >foi.csv
    head -n 1 few.quoted >foi.quoted
    for ((i = 0; i < 36; i++)); do
        cat rows.csv >&3
        cat rows.quoted >&4
        [ "$i" -ge 18 ] || cat few.jsonl >&5
    done 3>>foi.csv 4>>foi.quoted 5>foi.jsonl
    iconv -f UTF-8 -t UTF-16LE foi.csv >foi.utf16
}

setup() {
    ! grep -q __asan_init "$BIN/fromcsv" || skip "the sanitizer's own memory would be measured"
    [ -x "$MEASURE" ] || skip "no $MEASURE (make check builds it)"
    cd "$BATS_FILE_TMPDIR" || return 1
}

# stays_small FILE PROGRAM ARG...: reads FILE, of 60 MB and more, in less than 16 MiB.
stays_small() {
    local file=$1 program=$2
    shift 2
    [ "$(wc -c <"$file")" -ge 60000000 ]
    run -0 --separate-stderr "$MEASURE" 1 "$program" "'$BIN/$program' $* '$file'"
    assert_equal "$stderr" ""
    local peak=${output% |}
    peak=${peak##*| }
    awk -v peak="$peak" 'BEGIN { exit !(peak > 0.5 && peak < 16) }' ||
        fail "$program took $peak MiB for $file"
}

@test "fromcsv takes less than 16 MiB for 60 MB, unquoted, quoted and converted" {
    stays_small foi.csv fromcsv --origin
    stays_small foi.quoted fromcsv
    stays_small foi.utf16 fromcsv
}

@test "normalise takes less than 16 MiB for 60 MB, flags and missing answers among them" {
    cat >schema.json <<'S'
{"missingValues":"foi","fields":[{"name":"org_code"},{"name":"sent","type":"date","format":"any-dmy"},
 {"name":"has_team","type":"boolean","trueValues":["yes"],"falseValues":["no"],"blankIsNo":true},
 {"name":"name","type":"string","clean":"organisation","into":"name_key"},{"name":"staff","type":"integer"}]}
S
    stays_small foi.jsonl normalise -s schema.json --flags flags.jsonl --invalid null
    [ -s flags.jsonl ]
}

@test "code takes less than 16 MiB for 60 MB" {
    stays_small foi.jsonl code -c "$ROOT/samples/nhs-2020/codebook.csv"
}

@test "tabulate takes less than 16 MiB for 60 MB" {
    stays_small foi.jsonl tabulate --field technologies --by region
}

@test "deadline, tocsv and cluster take less than 16 MiB for 60 MB" {
    cat >schema.json <<'S'
{"fields":[{"name":"sent","type":"date","format":"%d/%m/%Y"},{"name":"received","type":"date","format":"%d/%m/%Y"}]}
S
    "$BIN/normalise" -s schema.json --invalid null foi.jsonl >dated.jsonl 2>invalid
    stays_small dated.jsonl deadline --from sent --to received --rejects bad.jsonl
    stays_small foi.jsonl tocsv
    stays_small foi.jsonl cluster --field name
}
