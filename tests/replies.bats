#!/usr/bin/env bats
# The sample study that begins with letters: its truth and its figures are those that samples/replies-2020/generate.py
# put into the letters, never our own output.
load helper

SAMPLE=$ROOT/samples/replies-2020

@test "replies: the sample's letters give exactly the records of its truth" {
    run -0 --separate-stderr "$BIN/fromdocs" -o docs.jsonl "$SAMPLE/inbox"
    assert_equal "$stderr" "fromdocs: 1 of 50 documents could not be read (their records say why)"
    run -0 --separate-stderr "$BIN/extract" -s "$SAMPLE/foi.schema.json" -o got.jsonl docs.jsonl
    assert_equal "$stderr" ""
    jq -c 'del(._evidence)' got.jsonl | same_as "$SAMPLE/truth.jsonl"
}

@test "replies: every answer of the sample has its file, page, line, way and score" {
    "$BIN/fromdocs" "$SAMPLE/inbox" 2>/dev/null | "$BIN/extract" -s "$SAMPLE/foi.schema.json" -o got.jsonl
    run -0 jq -c 'select(._evidence | any(.[]; (.file | type) != "string" or .page < 1 or .line < 1 or .score < 0.5
        or (.how | IN("table", "quoted", "numbered", "order", "letter") | not)))' got.jsonl
    assert_output ""
    run -0 jq -s -c '[.[]._evidence[].how] | unique' got.jsonl
    assert_output '["letter","numbered","quoted","table"]'
}

@test "replies: the study's figures follow from the letters" {
    run -0 "$ROOT/pipelines/study.sh" "$SAMPLE" out
    while IFS=$'\t' read -r field value n base; do
        got=$(jq -c --arg f "$field" --arg v "$value" \
            'select(.kind == "cell" and .table == $f and .value == $v and .by == null) | [.n, .base]' out/results.jsonl)
        [ "$n" = 0 ] && [ -z "$got" ] && continue # a code that no reply has is no row
        assert_equal "$field $value $got" "$field $value [$n,$base]"
    done <"$SAMPLE/expected.tsv"
    assert_equal "$(jq -c '[.ledger[] | select(.left != .right)]' out/manifest.json)" "[]"
}

@test "replies: the generator makes the sample's letters" {
    command -v python3 >/dev/null || skip "no python3"
    mkdir made
    run -0 python3 "$SAMPLE/generate.py" made
    same_as "$SAMPLE/truth.jsonl" <made/truth.jsonl
    same_as "$SAMPLE/roster.csv" <made/roster.csv
    same_as "$SAMPLE/expected.tsv" <made/expected.tsv
    # packed files may differ by the library that packs; what they hold may not
    "$BIN/fromdocs" made/inbox 2>/dev/null | jq -c 'del(.file)' >made.jsonl || true
    "$BIN/fromdocs" "$SAMPLE/inbox" 2>/dev/null | jq -c 'del(.file)' | same_as made.jsonl
}
