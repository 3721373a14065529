#!/usr/bin/env bats
# The sample study that begins with letters: its truth and its figures are those that samples/replies-2020/generate.py
# put into the letters, never our own output.
load helper

SAMPLE=$ROOT/samples/replies-2020

@test "replies: the sample's letters give exactly the records of its truth" {
    run -0 --separate-stderr "$BIN/fromdocs" -o docs.jsonl "$SAMPLE/inbox"
    assert_equal "$stderr" ""
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
    assert_output "" # one scan is not read, and the ledger says so
    assert_equal "$(jq -c '[.ledger[] | select(.what | test("not read")) | .left, .right]' out/manifest.json)" "[1,1]"
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

# ---- the website search ----

@test "replies: the saved websites give exactly the technologies of their truth, page by page and by body" {
    sites=$ROOT/samples/websites-2020
    run -0 --separate-stderr "$ROOT/pipelines/webpages.sh" "$sites" --files
    assert_equal "$stderr" ""
    printf '%s\n' "$output" >webpages.jsonl
    jq -r -s 'group_by(.reply)[] | "\(.[0].reply)\t\([.[].tech // []] | add | unique | join(", "))"' webpages.jsonl | same_as "$sites/truth.tsv"
    run -0 jq -s -c '[length, ([.[] | select(.url != null and .date != null)] | length)]' webpages.jsonl
    assert_output "[16,13]" # counted in generate.py: three bodies have folders, whose pages keep no address
    # a body counts once, however many of its pages name it: counted from the truth
    "$BIN/tabulate" -p "$sites/plan.json" webpages.jsonl | jq -r 'select(.kind == "cell") | "\(.value)\t\(.n)\t\(.base)"' | sort >got
    cut -f 2 "$sites/truth.tsv" | tr ',' '\n' | sed 's/^ //' | grep . | sort | uniq -c | awk '{n = $1; sub(/^ *[0-9]+ /, ""); print $0 "\t" n "\t10"}' | sort | same_as got
}

@test "replies: the generator makes the saved websites" {
    command -v python3 >/dev/null || skip "no python3"
    sites=$ROOT/samples/websites-2020
    mkdir made
    run -0 python3 "$sites/generate.py" made
    for file in truth.tsv roster.csv; do same_as "$sites/$file" <"made/$file"; done
    pages() { (cd "$1" && find . -type f | LC_ALL=C sort | while read -r file; do echo "$file" && gzip -cdf "$file"; done); }
    pages "$sites/sites" >kept
    pages made/sites | same_as kept
}
