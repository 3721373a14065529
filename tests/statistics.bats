#!/usr/bin/env bats
# The statistics against R: for each 500 generated tables with R's figures in tests/data/r-statistics.tsv, whose first line
# names R's version; tests/r-statistics.R, which made them, says by which function or formula.
load helper

setup_file() {
    export FIGURES="$ROOT/tests/data/r-statistics.tsv"
}

# Lines of KIND as: number, rows, columns, counts, figures.
tables() {
    awk -F'\t' -v kind="$1" -v OFS='\t' '$1 == kind { print ++n, $2, $3, $4, $5 }' "$FIGURES"
}

# Their cells: rows and columns by name, or one-way, or a stratum for each four.
cells() {
    tables "$1" | awk -F'\t' -v kind="$1" '
    function cell(value, group, n, more) {
        printf "{\"table\":\"t%d\",\"title\":null,\"kind\":\"cell\",\"field\":\"a\",\"value\":%d,\"by\":%s,\"group\":%s,\"n\":%s,\"multiple\":false%s}\n",
            $1, value, group ? "\"b\"" : "null", group ? group : "null", n, more
    }
    { split($4, counts, ",")
      if (kind == "strata")
          for (i = 0; i < 4 * $2; i++)
              cell(1 + int(i % 4 / 2), 1 + i % 2, counts[i + 1], ",\"strata\":\"s\",\"stratum\":" 1 + int(i / 4))
      else
          for (i = 0; i < $2 * $3; i++)
              cell(1 + int(i / $3), kind == "goodness" ? 0 : 1 + i % $3, counts[i + 1], "") }'
}

# Compares lines of figures on standard input with those of KIND, by TOLERANCE of each; "-" is not compared.
agrees() {
    tables "$1" | cut -f 5 | tr , '\t' >want
    paste want - | awk -F'\t' -v tolerances="$2" '
    BEGIN { count = split(tolerances, most, " ") }
    { if (NF != 2 * count) { print NR ": " NF " words"; bad = 1 }
      for (i = 1; i <= count; i++) {
          if ($i == "-" || $i == $(i + count)) continue
          off = $i - $(i + count); scale = $i < 0 ? -$i : $i
          # rounding is all that there is of what is 0
          if ($(i + count) !~ /^[-+0-9.e]+$/ || (off < 0 ? -off : off) > most[i] * (scale > 1e-300 ? scale : 1e-300) &&
              !(scale < 1e-12 && off * off < 1e-24)) {
              print "table " NR ", figure " i ": R " $i ", here " $(i + count); bad = 1 } } }
    END { if (NR != 500) { print NR " tables"; bad = 1 }; exit bad }'
}

# The ends are roots: 1e-6. R's chisq.test(), pchisq() with ncp
@test "chisq gives V and lambda with their intervals as R does, of 500 tables" {
    cells effects | "$BIN/chisq" --exact never | jq -r '[.cramers_v.value, .cramers_v.low, .cramers_v.high, .lambda.value // "-", .lambda.low // "-", .lambda.high // "-"] | @tsv' |
        agrees effects "1e-9 1e-6 1e-6 1e-9 1e-9 1e-9"
}

# R's mcnemar.test() and, for Stuart and Maxwell's, mantelhaen.test() of records as strata
@test "chisq compares paired answers as R does, of 500 tables" {
    cells symmetry | "$BIN/chisq" --paired | jq -r '[.statistic, .p, .stuart_maxwell.statistic, .stuart_maxwell.p] | @tsv' |
        agrees symmetry "1e-9 1e-9 1e-9 1e-9"
}

# R's pairwise.prop.test(); the columns with a smaller share as binary digits
@test "chisq --letters names the columns that R's pairwise.prop.test() does, of 500 tables" {
    cells letters | "$BIN/chisq" --exact never --letters |
        jq -r '[.letters[].above | explode | map(pow(2; . - 65)) | add // 0] | join(",")' >got
    tables letters | cut -f 5 | diff - got
}

# R's chisq.test(), binom.test(), and dmultinom() of every way to spread the records
@test "chisq tests a goodness of fit exactly as R does, of 500 tables" {
    tables goodness | awk -F'\t' '{ split($4, x, ",")
        printf "%s{\"id\":\"t%d\",\"field\":\"a\",\"where\":{\"t\":[%d]},\"values\":[", (NR > 1 ? "," : "{\"tables\":["), $1, $1
        for (i = 1; i <= $2; i++) printf "%s%d", (i > 1 ? "," : ""), i
        printf "],\"chisq\":{\"expected\":{"
        for (i = 1; i <= $2; i++) printf "%s\"%d\":%s", (i > 1 ? "," : ""), i, x[$2 + i]
        printf "}}}" } END { print "]}" }' >plan.json
    tables goodness | awk -F'\t' '{ split($4, x, ","); for (i = 1; i <= $2; i++) while (x[i]-- > 0) printf "{\"t\":%d,\"a\":%d}\n", $1, i }' |
        "$BIN/tabulate" -p plan.json | "$BIN/chisq" | jq -r '[.statistic, .p, .multinomial_p] | @tsv' |
        agrees goodness "1e-9 1e-9 1e-9"
}

# R's mantelhaen.test(), with correct = FALSE, with the correction and with exact = TRUE
@test "chisq tests over strata as R does, exactly too, of 500 tables" {
    cells strata | "$BIN/chisq" --exact always | jq -r 'select(.test == "conditional_independence") |
        [.statistic, .p, .yates.p, .strata.exact_p, .odds_ratio.value, .odds_ratio.low, .odds_ratio.high] | @tsv' |
        agrees strata "1e-9 1e-9 1e-9 1e-6 1e-9 1e-9 1e-9"
}

# R's friedman.test(), whose statistic of rows of 0 and 1 is Q
@test "chisq gives Cochran's Q as R's friedman.test() does, of 500 tables" {
    tables cochran | awk -F'\t' '{ count = split($4, x, ",")
        for (r = 1; r <= count; r++) { line = ""
            for (k = 1; k <= $3; k++) if (int(x[r] / 2 ^ (k - 1)) % 2) line = line (line == "" ? "" : ",") k
            printf "{\"t\":%d,\"a\":[%s]}\n", $1, line } }' >in
    awk 'BEGIN { for (t = 1; t <= 500; t++) printf "%s{\"id\":\"t%d\",\"field\":\"a\",\"pairs\":true,\"where\":{\"t\":[%d]}}", (t > 1 ? "," : "{\"tables\":["), t, t; print "]}" }' >plan.json
    "$BIN/tabulate" -p plan.json in | "$BIN/chisq" | jq -r '[.statistic, .p] | @tsv' | agrees cochran "1e-9 1e-9"
}

# R's survey: svymean(), svyvar(), svytotal(), and the smallest number at which svycdf() reaches the share
@test "tabulate summarises weighted numbers as R's survey does, of 500 tables" {
    tables weighted | awk -F'\t' '{ split($4, x, ","); for (i = 1; i <= $2; i++) printf "{\"t\":%d,\"x\":%s,\"w\":%s}\n", $1, x[i], x[$2 + i] }' >in
    awk 'BEGIN { for (t = 1; t <= 500; t++) printf "%s{\"id\":\"t%d\",\"field\":\"x\",\"weight\":\"w\",\"summary\":true,\"where\":{\"t\":[%d]}}", (t > 1 ? "," : "{\"tables\":["), t, t; print "]}" }' >plan.json
    "$BIN/tabulate" -p plan.json in | jq -r 'select(.kind == "summary") | [.mean, .sd, .sum, .q1, .median, .q3] | @tsv' |
        agrees weighted "1e-9 1e-9 1e-9 1e-12 1e-12 1e-12"
}

# R's survey: confint() of svycontrast() of svytotal()
@test "chisq gives the effects of weighted counts with intervals as R's survey does, of 500 tables" {
    tables weighted_effects | awk -F'\t' '{ split($4, x, ",")
        for (cell = 0; cell < 4; cell++) for (i = 1; i <= $2; i++) if (x[i] == cell + 1)
            printf "{\"t\":%d,\"x\":%d,\"g\":%d,\"w\":%s}\n", $1, int(cell / 2), cell % 2, x[$2 + i] }' >in
    awk 'BEGIN { for (t = 1; t <= 500; t++) printf "%s{\"id\":\"t%d\",\"field\":\"x\",\"by\":\"g\",\"weight\":\"w\",\"where\":{\"t\":[%d]}}", (t > 1 ? "," : "{\"tables\":["), t, t; print "]}" }' >plan.json
    "$BIN/tabulate" -p plan.json in | "$BIN/chisq" --recheck check.R >tests
    jq -r '[.odds_ratio, .risk_ratio, .risk_difference | .value, .low, .high] | @tsv' tests |
        agrees weighted_effects "1e-9 1e-9 1e-9 1e-9 1e-9 1e-9 1e-9 1e-9 1e-9"
    jq -se 'all(.odds_ratio.method == "Taylor linearisation" and .cramers_v.low == null)' tests
    command -v Rscript >/dev/null || skip "no R here: the script was not run"
    run -0 Rscript check.R
}

# R's cor(), pchisq() and p.adjust(): n times the squared correlation is the statistic of a two by two table
@test "chisq compares two multiple responses as R does, whichever of the two is the groups, of 500 tables" {
    tables spmi | awk -F'\t' '
    function list(bits,    k, line) {
        for (k = 1; bits; k++) { if (bits % 2) line = line (line == "" ? "" : ",") k; bits = int(bits / 2) }
        return "[" line "]" }
    { count = split($4, x, ",")
      for (r = 1; r <= count; r++) printf "{\"t\":%d,\"a\":%s,\"b\":%s}\n", $1, list(x[r] % 64), list(int(x[r] / 64)) }' >in
    for way in '"field":"a","by":"b"' '"field":"b","by":"a"'; do
        awk -v way="$way" 'BEGIN { for (t = 1; t <= 500; t++) printf "%s{\"id\":\"t%d\",%s,\"where\":{\"t\":[%d]}}", (t > 1 ? "," : "{\"tables\":["), t, way, t; print "]}" }' >plan.json
        "$BIN/tabulate" -p plan.json in | "$BIN/chisq" --recheck check.R | jq -r '[.statistic, .spmi.pairs, .p, .spmi.most] | @tsv' |
            agrees spmi "1e-9 0 1e-9 1e-9"
    done
    command -v Rscript >/dev/null || skip "no R here: the script was not run"
    run -0 Rscript check.R
}

# Koziol & Bilder 2014, R J. 6:144-150, and the manual of their package MRCV 0.4-0: 279 farmers of Kansas, two questions of
# three and four values. The counts of each two, and the statistics as printed there, but for the last pair: for a cell of 0
# MRCV takes 0.5.
@test "chisq compares two multiple responses as Koziol and Bilder do" {
    awk 'BEGIN { split("27 16 2 2 22 12 1 1 19 6 1 0", n); split("40 40 40 40 30 30 30 30 21 21 21 21", row); split("143 80 85 13", base)
        for (i = 0; i < 12; i++)
            printf "{\"table\":\"t\",\"title\":null,\"kind\":\"cell\",\"field\":\"w\",\"value\":\"w%d\",\"by\":\"y\",\"group\":\"y%d\",\"n\":%d,\"base\":%d,\"row\":%d,\"multiple\":true,\"by_multiple\":true}\n",
                1 + int(i / 4), 1 + i % 4, n[i + 1], base[1 + i % 4], row[i + 1]
        for (i = 1; i <= 5; i++)
            printf "{\"table\":\"t\",\"title\":null,\"kind\":\"total\",\"field\":\"w\",\"value\":null,\"by\":\"y\",\"group\":%s,\"n\":%d,\"multiple\":true,\"by_multiple\":true}\n",
                i < 5 ? "\"y" i "\"" : "null", i < 5 ? base[i] : 279 }' >whole
    "$BIN/chisq" whole | jq -r '"\(.n) \(.spmi.pairs) \(.spmi.most * 100 | round / 100) \(.spmi.value) \(.spmi.group)"' >got
    echo "279 12 14.29 w1 y3" | same_as got
    for pair in "w1 y1 4.93" "w1 y2 2.93" "w1 y3 14.29" "w1 y4 0.01" "w2 y1 6.56" "w2 y2 2.11" "w2 y3 11.68" "w2 y4 0.13" "w3 y1 13.98" "w3 y2 0" "w3 y3 7.08"; do
        read -r value group want <<<"$pair"
        jq -c "select((.value == \"$value\" or .kind == \"total\") and (.group == \"$group\" or .group == null))" whole | "$BIN/chisq" |
            jq -r '.statistic * 100 | round / 100' >got
        echo "$want" | same_as got
    done
}

# AAPOR 2023, Standard Definitions, 10th edition: RR1 to RR6, REF1 to REF3
@test "tabulate gives AAPOR's response and refusal rates as their formulas in R do, of 500 tables" {
    tables aapor | awk -F'\t' '{ split($4, x, ","); split("answered partly refused no_response lost unknown not_eligible", s, " ")
        for (k = 1; k <= 7; k++) for (i = 0; i < x[k]; i++) printf "{\"t\":%d,\"s\":\"%s\"}\n", $1, s[k] }' >in
    tables aapor | awk -F'\t' '{ split($4, x, ",")
        printf "%s{\"id\":\"t%d\",\"field\":\"s\",\"flow\":{%s},\"where\":{\"t\":[%d]}}", (NR > 1 ? "," : "{\"tables\":["), $1, (x[8] < 0 ? "" : "\"e\":" x[8] / 100), $1 } END { print "]}" }' >plan.json
    "$BIN/tabulate" -p plan.json in | jq -r 'select(.kind == "rate" and .value != "e") | if .base > 0 then .n / .base else "-" end' |
        paste - - - - - - - - - | agrees aapor "1e-9 1e-9 1e-9 1e-9 1e-9 1e-9 1e-9 1e-9 1e-9"
}

# A plan of 500 tables of x by g, with MORE keys.
plan_of() {
    awk -v more="$1" 'BEGIN { for (t = 1; t <= 500; t++) printf "%s{\"id\":\"t%d\",\"field\":\"x\",\"by\":\"g\",%s\"where\":{\"t\":[%d]}}", (t > 1 ? "," : "{\"tables\":["), t, more, t; print "]}" }' >plan.json
}

# R's survey: svyttest(), regTermTest() of svyglm(), svyranktest()
@test "chisq compares weighted numbers of groups as R's survey does, of 500 tables" {
    tables weighted_location | awk -F'\t' '{ split($4, x, ","); for (i = 1; i <= $2; i++) printf "{\"t\":%d,\"x\":%s,\"w\":%s,\"g\":%d}\n", $1, x[i], x[$2 + i], x[2 * $2 + i] }' >in
    plan_of '"weight":"w","summary":true,'
    "$BIN/tabulate" -p plan.json in | "$BIN/chisq" --recheck check.R >tests
    jq -r '[.statistic, .df, .p, (.mean_difference | .value // "-", .low // "-", .high // "-"), .rank_test.statistic, .rank_test.p] | @tsv' tests |
        agrees weighted_location "1e-8 1e-9 1e-8 1e-9 1e-8 1e-8 1e-8 1e-8"
    command -v Rscript >/dev/null || skip "no R here: the script was not run"
    run -0 Rscript check.R
}

# R's survey: svychisq()
@test "chisq tests weighted tables as R's survey does, of 500 recorded tables" {
    tables svychisq | awk -F'\t' '{ split($4, x, ","); for (i = 1; i <= $2; i++) printf "{\"t\":%d,\"x\":%d,\"g\":%d,\"w\":%s}\n", $1, x[i], x[$2 + i], x[2 * $2 + i] }' >in
    plan_of '"weight":"w",'
    "$BIN/tabulate" -p plan.json in | "$BIN/chisq" | jq -r '[.statistic, .df, .weighted.df2, .p] | @tsv' | agrees svychisq "1e-8 1e-8 1e-8 1e-7"
}

# R's t.test(), oneway.test(), wilcox.test(), kruskal.test()
@test "chisq compares numbers of groups as R does, of 500 recorded tables" {
    tables location | awk -F'\t' '{ split($4, x, ","); for (i = 1; i <= $2; i++) printf "{\"t\":%d,\"x\":%s,\"g\":%d}\n", $1, x[i], x[$2 + i] }' >in
    plan_of '"summary":true,'
    "$BIN/tabulate" -p plan.json in | "$BIN/chisq" | jq -r '[.statistic, .df, .p, (.mann_whitney | .statistic // "-", .p // "-"), (.kruskal_wallis | .statistic, .p)] | @tsv' |
        agrees location "1e-9 1e-9 1e-9 1e-9 1e-9 1e-9 1e-9"
}

@test "chisq takes what tabulate writes, whatever is missing" {
    tests_of() { "$BIN/tabulate" -p plan.json in | "$BIN/chisq" | jq -c '[.n, .warnings[0]]'; }
    # all strata are missing
    echo '{"tables":[{"id":"t","field":"a","by":"b","strata":"s"}]}' >plan.json
    echo '{"a":"x","b":"g","s":null}' >in
    tests_of >got
    echo '[0,"no test: nothing was counted"]' | same_as got
    # a weight is missing, and missing answers are in the base
    echo '{"tables":[{"id":"t","field":"a","weight":"w","missing":"include","chisq":{"equal":true}}]}' >plan.json
    printf '%s\n' '{"a":"x","w":0.7}' '{"a":"y","w":1.3}' '{"a":null,"w":0.4}' '{"a":"x","w":null}' >in
    tests_of >got
    echo '[2,null]' | same_as got
    # nothing but a small count that is withheld
    echo '{"tables":[{"id":"t","field":"a","by":"b","suppress":{"below":5}}]}' >plan.json
    echo '{"a":["x"],"b":[]}' >in
    tests_of >got
    echo '[null,"no test: counts are withheld or rounded"]' | same_as got
}

# R's survey: the variance of svymean(), from which Rao and Scott's correction is made
@test "chisq tests a goodness of fit of weighted records by Rao and Scott, as R does, of 500 tables" {
    tables weighted_goodness | awk -F'\t' '{ split($4, x, ","); for (i = 1; i <= $2; i++) printf "{\"t\":%d,\"x\":%d,\"w\":%s}\n", $1, x[i], x[$2 + i] }' >in
    tables weighted_goodness | awk -F'\t' '{ split($4, x, ",")
        printf "%s{\"id\":\"t%d\",\"field\":\"x\",\"weight\":\"w\",\"where\":{\"t\":[%d]},\"chisq\":{\"expected\":{", (NR > 1 ? "," : "{\"tables\":["), $1, $1
        for (i = 1; i <= $3; i++) printf "%s\"%d\":%s", (i > 1 ? "," : ""), i, x[2 * $2 + i]
        printf "}}}" } END { print "]}" }' >plan.json
    "$BIN/tabulate" -p plan.json in | "$BIN/chisq" --recheck check.R >tests
    jq -r '[.statistic, .df, .weighted.df2, .p] | @tsv' tests | agrees weighted_goodness "1e-8 1e-8 1e-8 1e-7"
    jq -se 'all(.method == "rao_scott_f")' tests
    command -v Rscript >/dev/null || skip "no R here: the script was not run"
    run -0 Rscript check.R
}

@test "chisq says why a ratio of 0 or of a part by 0 has no interval" {
    for counts in "0 8 12 9" "8 0 9 12"; do
        awk -v counts="$counts" 'BEGIN { split(counts, n, " "); for (i = 0; i < 4; i++)
            printf "{\"table\":\"t\",\"title\":null,\"kind\":\"cell\",\"field\":\"a\",\"value\":%d,\"by\":\"b\",\"group\":%d,\"n\":%s,\"multiple\":false}\n", 1 + int(i / 2), 1 + i % 2, n[i + 1] }' | "$BIN/chisq"
    done >got
    jq -c '[.odds_ratio, .risk_ratio | .method]' got >methods
    printf '%s\n' '["no interval: a cell is 0","no interval: a cell is 0"]' '[null,null]' | same_as methods
    jq -r '.sentence | split(", ")[-2]' got >words
    printf '%s\n' "odds ratio = 0.00 (no interval: a cell is 0)" "odds ratio unbounded" | same_as words
}

@test "report names in its methods every test that chisq may prefer" {
    printf '%s\n' '{"s":["x"],"g":["a"],"x":3,"w":1,"h":1}' '{"s":["y"],"g":["a","b"],"x":5,"w":2,"h":1}' '{"s":["y"],"g":[],"x":2,"w":1,"h":2}' '{"s":["x"],"g":["b"],"x":9,"w":3,"h":2}' >in
    echo '{"tables":[{"field":"s","by":"g"},{"field":"x","by":"h","weight":"w","summary":true}]}' >plan.json
    "$BIN/tabulate" -p plan.json in | "$BIN/chisq" --pass | "$BIN/report" | tr '\n' ' ' >got
    grep -qF "the least p times their number (Bilder & Loughin 2004)" got
    grep -qF "the design-based t or F test of weighted means (Lumley 2010)" got
}
