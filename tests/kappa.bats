#!/usr/bin/env bats
# kappa: how far coders agree.
load helper

# Codings of one unit a line, "KEY A B ...": one file with a column for each coder. A dot is a gap.
columns() {
    awk '{
        printf "{\"id\":\"%s\"", $1
        for (i = 2; i <= NF; i++) printf ",\"%c\":%s", 95 + i, ($i == "." ? "null" : $i)
        print "}"
    }'
}

# The numbers under a name in a line of output, to six digits.
number() { # LINE NAME...
    jq -r "$2" <<<"$1" | awk '{ printf "%.6f\n", $1 }'
}

# tables.md of the reference: irrCAC's cac.raw example; kappa .7964094 (SE .0589, 95% CI .68-.913),
# alpha .7972585; R 4.2.2: irr::kappa2 gives the same kappa
three_by_three() {
    awk 'BEGIN {
        split("13 0 0 0 20 7 0 4 56", n, " ")
        for (i = 0; i < 3; i++) for (j = 0; j < 3; j++) for (k = 0; k < n[i * 3 + j + 1]; k++)
            printf "%d \"c%d\" \"c%d\"\n", ++id, i, j
    }' | columns
}

@test "kappa gives Cohen's kappa with its error and interval, and Krippendorff's alpha" {
    three_by_three >in
    line=$("$BIN/kappa" --by id --coders a,b in | tail -n 1)
    assert_equal "$(number "$line" .cohen.kappa)" 0.796409
    assert_equal "$(number "$line" .alpha)" 0.797258 # .7972585 by the reference
    assert_equal "$(number "$line" .agreement)" 0.890000
    assert_equal "$(jq -r '.cohen.se * 10000 | round' <<<"$line")" 589
    assert_equal "$(jq -r '.cohen.low * 100 | round' <<<"$line")" 68
    assert_equal "$(jq -r '.cohen.high * 1000 | round' <<<"$line")" 913
    assert_equal "$(jq -r .units <<<"$line")" 100
}

@test "kappa widens the interval with --confidence" {
    three_by_three >in
    # by hand: .7964094 - t(.995; 99) * .0589107 = .7964094 - 2.626405 * .0589107
    line=$("$BIN/kappa" --by id --coders a,b --confidence 0.99 in | tail -n 1)
    assert_equal "$(number "$line" .cohen.low)" 0.641686
}

# Krippendorff's data C: 4 coders, 12 units, gaps; alpha nominal .743, ordinal .815, interval .849
data_c() {
    columns <<'X'
u1 1 1 . 1
u2 2 2 3 2
u3 3 3 3 3
u4 3 3 3 3
u5 2 2 2 2
u6 1 2 3 4
u7 4 4 4 4
u8 1 1 2 1
u9 2 2 2 2
u10 . 5 5 5
u11 . . 1 1
u12 . 3 . .
X
}

@test "kappa gives Krippendorff's alpha over gaps, nominal, ordinal and interval" {
    data_c >in
    for scale in nominal ordinal interval; do
        "$BIN/kappa" --by id --coders a,b,c,d --scale $scale in | tail -n 1 | jq -c '[.scale, (.alpha * 1000 | round), .units, .left_out]'
    done >got
    printf '["nominal",743,11,1]\n["ordinal",815,11,1]\n["interval",849,11,1]\n' | same_as got
}

# The values that R's irrCAC (its vignette "Calculating CAC from raw ratings") gives for the same
# ratings, cac.raw4raters: gwet.ac1.raw 0.77544, 0.14295, (0.461,1); fleiss.kappa.raw 0.76117, 0.15302.
@test "kappa gives Gwet's AC1 and Fleiss' kappa over gaps" {
    data_c >in
    "$BIN/kappa" --by id --coders a,b,c,d in | tail -n 1 |
        jq -c '[(.ac1 | .value, .se, .low, .high), (.fleiss | .kappa, .se)] | map(. * 100000 | round)' >got
    echo '[77544,14295,46081,100000,76117,15302]' | same_as got
}

# R 4.2.2: t <- table(factor(a, 1:6), factor(b, 1:6)) / 20; w <- 1 - (abs(outer(1:6, 1:6, "-")) / 5)^e
# (sum(w * t) - pe) / (1 - pe) with pe <- sum(w * outer(rowSums(t), colSums(t))), for e 1 and 2
@test "kappa --weights gives weighted kappa and AC2, by the order of categories" {
    local a=(3 3 3 4 5 5 2 3 5 2 2 6 1 5 2 2 1 2 4 3) b=(3 6 4 6 2 4 2 4 3 3 2 3 3 3 2 2 1 3 3 4)
    for i in "${!a[@]}"; do echo "{\"id\":$i,\"a\":${a[i]},\"b\":${b[i]}}"; done >in
    for weights in linear quadratic; do
        "$BIN/kappa" --by id --coders a,b --weights "$weights" in | tail -n 1 | jq '.weighted.kappa * 1e9 | round'
    done >got
    printf '%s\n' 189189189 296765120 | same_as got
    "$BIN/kappa" --by id --coders a,b in | tail -n 1 | jq -c '[.weighted, .ac2]' >got
    echo '[null,null]' | same_as got
    # AC2 on quadratic weights is no less than AC1 where the coders are near each other
    "$BIN/kappa" --by id --coders a,b --weights quadratic in | tail -n 1 | jq '.ac2.value > .ac1.value' >got
    echo true | same_as got
}

@test "kappa warns of a coder who always gives the same category" {
    printf 'x 1 1\ny 1 2\nz 1 2\n' | columns >in
    "$BIN/kappa" --by id --coders a,b in | tail -n 1 | jq -c .warnings >got
    echo "[\"coder 'a' gave all units the same category, so kappa says little\"]" | same_as got
    run -0 --separate-stderr "$BIN/kappa" --by id --coders a,bb in
    assert_regex "$stderr" "'bb'"
}

@test "kappa says why a measure is missing" {
    data_c >in
    line=$("$BIN/kappa" --by id --coders a,b,c,d in | tail -n 1)
    assert_equal "$(jq -c '[.cohen, .warnings]' <<<"$line")" \
        "[null,[\"not every unit was coded by every coder: standard error of Fleiss' kappa after Gwet 2014\"]]"
    printf 'x 1 1\ny 1 1\n' | columns >in
    line=$("$BIN/kappa" --by id --coders a,b in | tail -n 1)
    assert_equal "$(jq -c '[.agreement, .cohen, .alpha, .warnings]' <<<"$line")" \
        '[1,null,null,["both coders used one and the same category only","all codings are the same, so there is nothing to agree on"]]'
}

# The counts of Fleiss' kappa in its Wikipedia article: 10 subjects, 14 raters, 5 categories, kappa .210
@test "kappa gives Fleiss' kappa for more than two coders" {
    awk 'BEGIN {
        n = split("0 0 0 0 14 0 2 6 4 2 0 0 3 5 6 0 3 9 2 0 2 2 8 1 1 7 7 0 0 0 3 2 6 3 0 2 5 3 2 2 6 5 2 1 0 0 2 2 3 7", c, " ")
        for (u = 0; u < 10; u++) {
            line = "{\"id\":" u
            coder = 0
            for (k = 1; k <= 5; k++) for (i = 0; i < c[u * 5 + k]; i++) line = line sprintf(",\"r%d\":%d", ++coder, k)
            print line "}"
        }
    }' >in
    line=$("$BIN/kappa" --by id --coders r1,r2,r3,r4,r5,r6,r7,r8,r9,r10,r11,r12,r13,r14 in | tail -n 1)
    assert_equal "$(jq -r '.fleiss.kappa * 1000 | round' <<<"$line")" 210
    assert_equal "$(jq -c .cohen <<<"$line")" null
}

# By hand: C# a 1 1 0 1, b 1 0 0 1: observed 3/4, expected (3/4)(2/4) + (1/4)(2/4) = 1/2, kappa 1/2.
# SQL a 0 1 0 0, b 0 1 0 1: observed 3/4, expected (1/4)(2/4) + (3/4)(2/4) = 1/2, kappa 1/2.
# Both together, 8 answers x codes: observed 6/8, a has 4 of 8, b 4 of 8: expected 1/2, kappa 1/2.
@test "kappa asks of each answer and code whether the code stands, in one file a coder" {
    cat >anna.jsonl <<'X'
{"trust":"X1","tech":["C#"],"text":"one"}
{"trust":"X2","tech":["C#","SQL"],"text":"two"}
{"trust":"X3","tech":[],"text":"three"}
{"trust":"X4","tech":["C#"],"text":"four"}
X
    cat >ben.jsonl <<'X'
{"trust":"X4","tech":["SQL","C#"]}
{"trust":"X3","tech":[]}
{"trust":"X2","tech":["SQL"]}
{"trust":"X1","tech":["C#"]}
X
    "$BIN/kappa" --by trust --field tech --text text --disagreements list anna.jsonl ben.jsonl >out
    jq -c '[.kind, .code, .units, .agreement, .cohen.kappa, .prevalence["anna.jsonl"], .prevalence["ben.jsonl"]]' out >got
    cat >expected <<'X'
["code","C#",4,0.75,0.5,0.75,0.5]
["code","SQL",4,0.75,0.5,0.25,0.5]
["overall",null,8,0.75,0.5,0.5,0.5]
X
    same_as expected <got
    cat >expected <<'X'
{"key":["X2"],"text":"two","codings":{"anna.jsonl":["C#","SQL"],"ben.jsonl":["SQL"]}}
{"key":["X4"],"text":"four","codings":{"anna.jsonl":["C#"],"ben.jsonl":["SQL","C#"]}}
X
    same_as expected <list
}

@test "kappa does not care for the order of records but in the order of its output" {
    data_c >in
    "$BIN/kappa" --by id --coders a,b,c,d --scale ordinal in | sort >one
    sort -r in | "$BIN/kappa" --by id --coders a,b,c,d --scale ordinal | sort | same_as one
}

@test "kappa takes the order of categories from --order" {
    data_c | sed 's/:1\([,}]\)/:"low"\1/g; s/:2\([,}]\)/:"mild"\1/g; s/:3\([,}]\)/:"high"\1/g; s/:4\([,}]\)/:"worse"\1/g; s/:5\([,}]\)/:"worst"\1/g' >in
    "$BIN/kappa" --by id --coders a,b,c,d --scale ordinal --order low,mild,high,worse,worst in | tail -n 1 | jq '.alpha * 1000 | round' >got
    echo 815 | same_as got
    fails_with 1 "kappa: categories that are not in the list of '--order': 1" "$BIN/kappa" --by id --coders a,b,c,d --order low,mild,high,worse in
    fails_with 2 "kappa: option '--order': name 'low' is given twice (try --help)" "$BIN/kappa" --by id --coders a,b,c,d --order low,low in
}

@test "kappa compares keys of several parts with their types" {
    printf '%s\n' '{"y":1,"q":"1","a":"x","b":"x"}' '{"y":"1","q":1,"a":"x","b":"y"}' '{"y":1.0,"q":1,"a":"y","b":"y"}' >in
    "$BIN/kappa" --by y,q --coders a,b in --stats stats | tail -n 1 | jq .units >got
    echo 3 | same_as got
    jq -c '[.read,.written,.rejected,.units,.disagreements]' stats >got
    echo '[3,3,0,3,1]' | same_as got
}

@test "kappa refuses records that it cannot use" {
    echo '{"a":"x"}' >in
    fails_with 1 "kappa: in:1: field 'id': the key is missing" "$BIN/kappa" --by id --coders a,b in
    echo '{"id":[1],"a":"x"}' >in
    fails_with 1 "kappa: in:1: field 'id': the key is no single value" "$BIN/kappa" --by id --coders a,b in
    printf '%s\n' '{"id":1,"a":"x"}' '{"id":1,"a":"y"}' >in
    fails_with 1 "kappa: in:2: field 'a': '[1]': coded before by the same coder" "$BIN/kappa" --by id --coders a,b in
    echo '{"id":1,"a":[["x"]]}' >in
    fails_with 1 "kappa: in:1: field 'a': '[1]': a code cannot be a list or an object" "$BIN/kappa" --by id --coders a,b in
    echo '{"id":1,"a":[null]}' >in
    fails_with 1 "kappa: in:1: field 'a': '[1]': a code cannot be null" "$BIN/kappa" --by id --coders a,b in
    echo '{"id":1,"a":{}}' >in
    fails_with 1 "kappa: in:1: field 'a': '[1]': an object is no coding" "$BIN/kappa" --by id --coders a,b in
    echo '{"id":1,"a":"x"}' >in
    fails_with 1 "kappa: category '\"x\"' is no number, as the interval scale needs" "$BIN/kappa" --by id --coders a,b --scale interval in
}

@test "kappa says what its options need" {
    fails_with 2 "kappa: option '--by' is required (try --help)" "$BIN/kappa"
    fails_with 2 "kappa: give either '--field' or '--coders' (try --help)" "$BIN/kappa" --by id
    fails_with 2 "kappa: give either '--field' or '--coders' (try --help)" "$BIN/kappa" --by id --field a --coders a,b
    fails_with 2 "kappa: agreement needs two coders or more (try --help)" "$BIN/kappa" --by id --field a one
    fails_with 2 "kappa: option '--coders': name 'a' is given twice (try --help)" "$BIN/kappa" --by id --coders a,a
    fails_with 2 "kappa: option '--coders': name 2 is empty (try --help)" "$BIN/kappa" --by id --coders a,,b
    fails_with 2 "kappa: option '--field' names one field (see --coders)" "$BIN/kappa" --by id --field a,b x y
    fails_with 2 "kappa: option '--confidence' takes a number between 0 and 1, not 1 (try --help)" "$BIN/kappa" --by id --coders a,b --confidence 1
}

@test "kappa reads two coders' decisions.csv directly, and finds what it finds on their coded records" {
    printf '%s\n' from,into,code,term answer,tech,java,Java answer,tech,go,Go >book.csv
    for i in $(seq 20); do echo "{\"org\":\"R$i\",\"answer\":\"Java $i\"}"; done >in
    local head=kind,by,reply,field,value,coder,date,text
    { echo $head; for i in $(seq 20); do echo "codes,org,R$i,tech,$([ $i -gt 6 ] && echo java || echo 'java|go'),ann,2020-05-01,Java $i"; done; } >a.csv
    { echo $head; for i in $(seq 20); do echo "codes,org,R$i,tech,$(if [ $i -gt 18 ]; then echo '[]'; elif [ $i -gt 9 ]; then echo java; else echo 'java|go'; fi),ben,2020-05-01,Java $i"; done; } >b.csv
    for who in a b; do "$BIN/code" -c book.csv --decisions $who.csv in >$who.jsonl 2>/dev/null; done
    "$BIN/kappa" a.csv b.csv | jq -c '[.kind, .code, .units, .cohen.kappa, .ac1, .alpha]' >direct
    "$BIN/kappa" --by org --field tech a.jsonl b.jsonl | jq -c '[.kind, .code, .units, .cohen.kappa, .ac1, .alpha]' | same_as direct
    # go: 6 both, 3 ben alone, 11 neither; Cohen 1960: (.85 - .52) / (1 - .52)
    assert_equal "$(number "$("$BIN/kappa" a.csv b.csv | grep '"code":"go"')" .cohen.kappa)" 0.687500
    cat a.csv >all.csv
    tail -n +2 b.csv >>all.csv
    "$BIN/kappa" all.csv | jq -c '[.kind, .code, .units, .cohen.kappa, .ac1, .alpha]' | same_as direct
    echo codes,org,R1,other,x,ben,,Java >>b.csv
    # Several fields: each by itself, with its name; a text that one coder alone saw is left out.
    run -0 jq -c '[.field, .kind, .code, .units]' <("$BIN/kappa" a.csv b.csv)
    assert_output '["tech","code","java",20]
["tech","code","go",20]
["tech","overall",null,40]
["other","code","x",0]
["other","overall",null,0]'
    "$BIN/kappa" --disagreements list a.csv b.csv >/dev/null
    assert_equal "$(jq -r .field list | sort -u)" tech
    fails_with 2 "kappa: option '--order' needs '--field', since decisions are about several" "$BIN/kappa" --order x,y a.csv b.csv
    fails_with 2 "kappa: 'tec': no decision is about this field" "$BIN/kappa" --field tec a.csv b.csv
    run -0 "$BIN/kappa" --field tech a.csv b.csv
}

@test "kappa takes codes of decisions that have a status for mentioned, not coded, of one letter too" {
    local head=kind,by,reply,field,value,coder,text
    printf '%s\n' $head 'codes,org,A,tech,java|r:not_used,ann,x' 'codes,org,B,tech,r,ann,x' >a.csv
    printf '%s\n' $head 'codes,org,A,tech,java,ben,x' 'codes,org,B,tech,r|java:planned,ben,x' >b.csv
    run -0 jq -c '[.kind, .code, .units, .cohen.kappa]' <("$BIN/kappa" a.csv b.csv)
    assert_output '["code","java",2,1]
["code","r",2,1]
["overall",null,4,1]'
    "$BIN/kappa" --disagreements list a.csv b.csv >/dev/null
    assert_equal "$(wc -l <list)" 0
}

@test "kappa says so where a field has too many different codes to be a coded one" {
    awk 'BEGIN { for (i = 1; i <= 2001; i++) print "{\"id\":" i ",\"tech\":\"text " i "\"}" }' >many.jsonl
    fails_with 1 "kappa: different codes: 2001, at most 2000 are compared (is the field a coded one?)" \
        "$BIN/kappa" --by id --field tech many.jsonl <(cat many.jsonl)
    head -n 2000 many.jsonl >most.jsonl
    run -0 "$BIN/kappa" --by id --field tech most.jsonl <(cat most.jsonl)
    assert_equal "${#lines[@]}" 2001
}

@test "kappa looks at the first row of a file to know decisions, not at all of it" {
    for file in 1.jsonl 2.jsonl; do awk 'BEGIN { for (i = 0; i < 700000; i++) print "{}" }' >"$file"; done
    run -1 within_memory 40000 "$BIN/kappa" --by a --field b 1.jsonl 2.jsonl
    assert_output "kappa: 1.jsonl:1: field 'a': the key is missing"
}
