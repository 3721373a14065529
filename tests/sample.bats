#!/usr/bin/env bats
# sample: some of the records, by chance, the same each time.
load helper

records() {
    seq "$1" | sed 's/.*/{"i":&}/'
}

# The expected numbers come from a second implementation (Python) of xoshiro256** 1.0 seeded by
# SplitMix64, as published at prng.di.unimi.it, and of Vitter's algorithm R.
@test "sample draws what algorithm R draws with xoshiro256**, in the order of the input" {
    records 1000 >in
    "$BIN/sample" -n 5 in | jq .i | paste -sd ' ' | same_as <(echo "161 497 522 706 955")
    "$BIN/sample" --n 5 --seed 7 in | jq .i | paste -sd ' ' | same_as <(echo "56 311 646 737 775")
    "$BIN/sample" --n 5 --seed 18446744073709551615 in | jq .i | paste -sd ' ' | same_as <(echo "199 458 708 775 881")
}

@test "sample gives each record the same chance" {
    records 20 >in
    for seed in $(seq 200); do
        "$BIN/sample" -n 5 --seed "$seed" in
    done | sort | uniq -c >counts
    # 200 draws of 5 of 20: 50 each; five standard deviations are 31
    assert_equal "$(wc -l <counts)" 20
    awk '$1 < 19 || $1 > 81 { exit 1 }' counts
}

@test "sample leaves the bytes of a record as they are" {
    printf '%s\n' '{"a":1.0,"b":"\u00e9","c":1e400}' '{ "a" : 2 }' >in
    "$BIN/sample" -n 2 in | same_as in
}

@test "sample writes all records if there are not more, and says what it left out" {
    records 3 >in
    "$BIN/sample" -n 3 in | same_as in
    "$BIN/sample" -n 9 in --stats stats -v 2>said | same_as in
    assert_equal "$(jq -c '[.read, .written, .rejected, .left_out]' stats)" '[3,3,0,0]'
    assert_equal "$(cat said)" "sample: records drawn: 3 of 3"
    "$BIN/sample" -n 1 in --stats stats >got
    assert_equal "$(jq -c '[.read, .written, .rejected, .left_out]' stats)" '[3,1,0,2]'
}

@test "sample draws from the good records when bad ones are listed" {
    { records 5 && echo '{"i":' && records 5; } >in
    "$BIN/sample" -n 10 --rejects bad in 2>said | jq .i | paste -sd ' ' | same_as <(echo "1 2 3 4 5 1 2 3 4 5")
    assert_equal "$(wc -l <bad)" 1
}

@test "sample wants to be told how many" {
    fails_with 2 "sample: option '--n' is required (try --help)" "$BIN/sample"
    fails_with 2 "sample: option '--n' takes 1 or more, not 0 (try --help)" "$BIN/sample" -n 0
    fails_with 2 "sample: option '--seed' takes a whole number, not '-1' (try --help)" "$BIN/sample" -n 1 --seed=-1
}
