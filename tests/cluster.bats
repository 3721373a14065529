#!/usr/bin/env bats
# cluster: values that are probably the same.
load helper

cluster() {
    "$BIN/cluster" "$@"
}

# A record a VALUE.
values() {
    for value; do
        printf '{"k":"%s"}\n' "$value"
    done
}

# The key of VALUE.
key() { # VALUE [OPTION...]
    local value=$1
    shift
    values "$value" | cluster --field k --keys "$@" | sed 's/.*"key":\(.*\)}/\1/'
}

# ---- keys; the examples are those that OpenRefine prints ("Clustering in depth", and its tests) ----

@test "cluster gives the keys of OpenRefine's fingerprint" {
    assert_equal "$(key 'the multi multi word test')" '"multi test the word"'
    assert_equal "$(key ' école ÉCole ecoLe ')" '"ecole"'
    assert_equal "$(key 'Cruise, Tom')" '"cruise tom"'
    assert_equal "$(key 'Tom  Cruise!' --key fingerprint)" '"cruise tom"'
}

@test "cluster gives the keys of OpenRefine's n-gram fingerprint" {
    assert_equal "$(key Paris --key ngram)" '"arispari"'
    assert_equal "$(key Paris --key ngram --ngram 2)" '"arispari"'
    assert_equal "$(key Paris --key ngram --ngram 1)" '"aiprs"'
    assert_equal "$(key ' P a-r.i S ' --key ngram)" '"arispari"'
    assert_equal "$(key Paris --key ngram --ngram 100)" '"paris"'
}

# By the table of Postel 1969; the codes are those that the German Wikipedia works out for these names
@test "cluster gives the keys of Cologne phonetics" {
    assert_equal "$(key 'Müller-Lüdenscheidt' --key phonetic)" '"65752682"'
    assert_equal "$(key Breschnew --key phonetic)" '"17863"'
    assert_equal "$(key Wikipedia --key phonetic)" '"3412"'
}

@test "cluster shows with --keys every value, those without a key last" {
    { values b B -- a b; echo '{"k":"\u002d"}'; } | cluster --field k --keys >got
    cat >expected <<'X'
{"field":"k","value":"a","n":1,"key":"a"}
{"field":"k","value":"b","n":2,"key":"b"}
{"field":"k","value":"B","n":1,"key":"b"}
{"field":"k","value":"-","n":1,"key":null}
{"field":"k","value":"--","n":1,"key":null}
X
    same_as expected <got
}

# ---- clusters ----

@test "cluster lists the values that share a key, largest cluster first, and leaves single ones out" {
    values "Acme Ltd" "Bolt plc" "ACME Ltd." "Bolt plc" "ltd acme" "Acme Ltd" "bolt PLC" "Cog" >in
    cluster --field k in >got
    cat >expected <<'X'
{"field":"k","cluster":1,"key":"acme ltd","n":2,"from":"Acme Ltd","to":"Acme Ltd","accept":null}
{"field":"k","cluster":1,"key":"acme ltd","n":1,"from":"ACME Ltd.","to":"Acme Ltd","accept":null}
{"field":"k","cluster":1,"key":"acme ltd","n":1,"from":"ltd acme","to":"Acme Ltd","accept":null}
{"field":"k","cluster":2,"key":"bolt plc","n":2,"from":"Bolt plc","to":"Bolt plc","accept":null}
{"field":"k","cluster":2,"key":"bolt plc","n":1,"from":"bolt PLC","to":"Bolt plc","accept":null}
X
    same_as expected <got
}

@test "cluster orders clusters by values, then records, then key, and values by records, then bytes" {
    values z Z y Y Y x X X w.w w-w "w w" >in
    cluster --field k in | sed 's/.*"key":\("[^"]*"\),"n":\(.\),"from":\("[^"]*"\),"to":\("[^"]*"\).*/\1 \2 \3 \4/' >got
    cat >expected <<'X'
"x" 2 "X" "X"
"x" 1 "x" "X"
"y" 2 "Y" "Y"
"y" 1 "y" "Y"
"ww" 1 "w-w" "w-w"
"ww" 1 "w.w" "w-w"
"z" 1 "Z" "Z"
"z" 1 "z" "Z"
X
    same_as expected <got
}

@test "cluster counts each element of a list, and leaves out what is no string" {
    cat >in <<'X'
{"k":["a","A","a",1,null,["a"]]}
{"k":"A"}
{"k":7}
{"k":true}
{"k":{"a":"a"}}
{"k":null}
{"other":"a"}
{"k":"\u0041"}
{"k":"--"}
{"k":""}
X
    cluster --field k --stats stats.json in >got
    cat >expected <<'X'
{"field":"k","cluster":1,"key":"a","n":3,"from":"A","to":"A","accept":null}
{"field":"k","cluster":1,"key":"a","n":2,"from":"a","to":"A","accept":null}
X
    same_as expected <got
    [[ $(cat stats.json) == *'"read":10,"written":2,"rejected":0,"values":7,"missing":3,"not_strings":5,"distinct":4,"without_key":2,"clustered":2,"clusters":1}' ]]
}

@test "cluster gives the same bytes for shuffled input" {
    generated >in
    cluster --field k in >expected
    [ -s expected ]
    for column in 2 3; do
        sort -k "$column" in | cluster --field k | same_as expected
        sort -r -k "$column" in | cluster --field k | same_as expected
    done
}

# Names of one to three words in odd cases with punctuation.
generated() {
    awk 'BEGIN {
        srand(5)
        split("alpha Beta GAMMA delta. (eps) zeta- Eta, theta beta Gamma alpha", words, " ")
        for (i = 0; i < 2000; i++) {
            text = words[1 + int(rand() * 11)]
            for (j = int(rand() * 3); j > 0; j--)
                text = text (rand() < 0.2 ? "  " : " ") words[1 + int(rand() * 11)]
            printf "{\"k\":\"%s\"}\n", text
        }
    }'
}

# The same in awk, for texts of ASCII.
naive() {
    sed 's/{"k":"\(.*\)"}/\1/' "$1" | sort | uniq -c | awk '
        {
            n = $1
            text = $0
            sub(/^ *[0-9]+ /, "", text)
            lower = tolower(text)
            gsub(/[^a-z ]/, "", lower)
            count = split(lower, word, " ")
            for (i = 2; i <= count; i++)
                for (j = i; j > 1 && word[j] < word[j - 1]; j--) { t = word[j]; word[j] = word[j - 1]; word[j - 1] = t }
            key = word[1]
            for (i = 2; i <= count; i++)
                if (word[i] != word[i - 1]) key = key " " word[i]
            keys[NR] = key; texts[NR] = text; ns[NR] = n; size[key]++
            if (n > most[key]) { most[key] = n; into[key] = text } # texts come in order of bytes
        }
        END {
            for (i = 1; i <= NR; i++)
                if (size[keys[i]] > 1)
                    printf "\"key\":\"%s\",\"n\":%d,\"from\":\"%s\",\"to\":\"%s\"\n", keys[i], ns[i], texts[i], into[keys[i]]
        }' | sort
}

@test "cluster finds the clusters that a naive program finds" {
    generated >in
    naive in >expected
    [ "$(wc -l <expected)" -gt 100 ]
    cluster --field k in | sed 's/.*\("key":.*\),"accept":null}/\1/' | sort | same_as expected
}

# ---- back into normalise ----

schema() {
    echo '{"fields":[{"name":"k","type":"string","replace":"pairs.jsonl"}]}' >schema.json
}

@test "cluster writes pairs that normalise replaces once they are accepted" {
    values " Acme  Ltd" "Acme Ltd" "ACME ltd." "Bolt" "bolt" "Acme Ltd" "Bolt" >in
    schema
    cluster --field k in >pairs.jsonl
    fails_with 2 "normalise: pairs.jsonl:2: field 'accept': 'null' is neither true nor false (check the pair)" \
        "$BIN/normalise" -s schema.json in
    sed -i -e '/acme/s/null/true/' -e '/bolt/s/null/false/' pairs.jsonl
    "$BIN/normalise" -s schema.json in >got
    values "Acme Ltd" "Acme Ltd" "Acme Ltd" "Bolt" "bolt" "Acme Ltd" "Bolt" | same_as got
    "$BIN/normalise" -s schema.json got | same_as got
}

@test "cluster leaves no cluster in what normalise made of its accepted pairs" {
    generated >in
    schema
    cluster --field k in | sed 's/"accept":null/"accept":true/' >pairs.jsonl
    "$BIN/normalise" -s schema.json in >got
    assert_equal "$(wc -l <got)" 2000
    cluster --field k got | same_as /dev/null
}

@test "cluster goes through a spreadsheet and back" {
    values "Acme, Ltd" " acme ltd" "Acme, Ltd" >in
    schema
    cluster --field k in | "$BIN/tocsv" --line-end lf >pairs.csv
    sed -i '2,$s/$/yes/' pairs.csv
    "$BIN/fromcsv" pairs.csv >pairs.jsonl
    "$BIN/normalise" -s schema.json in >got
    values "Acme, Ltd" "Acme, Ltd" "Acme, Ltd" | same_as got
}

# ---- messages ----

@test "cluster says under -v what it found and left out" {
    { values a A b; echo '{"k":1}'; } >in
    run -0 --separate-stderr cluster --field k -v in
    assert_equal "$stderr" "cluster: distinct values: 3, in clusters: 2, clusters: 1
cluster: values that are no strings left out: 1"
}

@test "cluster says when no record has the field, since its name is most likely misspelt" {
    values a >in
    run -0 --separate-stderr cluster --field c in
    assert_equal "$stderr" "cluster: field 'c' is in no record (see --field)"
    assert_equal "$output" ""
}

@test "cluster refuses options that cannot be meant" {
    fails_with 2 "cluster: option '--field' is required (try --help)" cluster
    fails_with 2 "cluster: option '--field' takes the name of a field, not '\xff' (try --help)" cluster --field $'\xff'
    fails_with 2 "cluster: option '--ngram' needs '--key ngram' (try --help)" cluster --field k --ngram 2
    fails_with 2 "cluster: option '--ngram' takes 1 to 100, not 0 (try --help)" cluster --field k --key ngram --ngram 0
    fails_with 2 "cluster: option '--ngram' takes 1 to 100, not 101 (try --help)" cluster --field k --key ngram --ngram 101
    fails_with 2 "cluster: option '--key' takes fingerprint|ngram|phonetic, not 'soundex' (try --help)" cluster --field k --key soundex
}

@test "cluster and match leave out what is too long for a name, and say so" {
    { printf '{"a":"' && printf 'long name %.0s' {1..110000} && printf '"}\n{"a":"X"}\n{"a":"x"}\n'; } >in
    run -0 --separate-stderr "$BIN/cluster" --field a --stats stats.json in
    assert_equal "$stderr" "cluster: values of more than 1048576 bytes left out: 1"
    [ "${#lines[@]}" -eq 2 ]
    [[ $(cat stats.json) == *'"too_long":1'* ]]
    run -0 --separate-stderr "$BIN/match" --field a in in
    [[ $stderr == *"match: left: names of more than 1048576 bytes left out: 1"* ]]
}
