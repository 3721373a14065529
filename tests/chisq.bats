#!/usr/bin/env bats
# chisq: tests of tables. Expected numbers are from R 4.2.2 or from the documents named beside them, with the digits that
# those print; `close_to` compares at their precision.
load helper

chisq() {
    "$BIN/chisq" "$@"
}

# Cells of a table whose rows are given as words of counts: table ID ROW... ("11 4" "2 6"). One number a row is a one-way
# table.
table() {
    local id=$1
    shift
    printf '%s\n' "$@" | awk -v id="$id" '
    function line(kind, value, group, n) {
        printf "{\"table\":\"%s\",\"title\":null,\"kind\":\"%s\",\"field\":\"answer\",\"value\":%s,\"by\":%s,\"group\":%s,\"n\":%s,\"base\":null,\"percent\":null,\"low\":null,\"high\":null,\"multiple\":false}\n",
            id, kind, value, by, group, n
    }
    { by = NF > 1 ? "\"grp\"" : "null"
      for (i = 1; i <= NF; i++) {
          line("cell", "\"v" NR "\"", NF > 1 ? "\"g" i "\"" : "null", $i)
      }
    }'
}

# The values of the jq paths in $1, a line a test.
show() {
    jq -r "[$1] | map(if . == null then \"null\" else tostring end) | join(\" \")"
}

# Compares words on standard input with EXPECTED: numbers to half a unit of the last digit that EXPECTED shows.
close_to() {
    awk -v expected="$1" '
    { got = got (got == "" ? "" : " ") $0 }
    function unit(word,   e, exponent, mantissa, point) {
        e = match(tolower(word), /e/)
        exponent = e ? substr(word, e + 1) + 0 : 0
        mantissa = e ? substr(word, 1, e - 1) : word
        point = index(mantissa, ".")
        return 10 ^ (exponent - (point ? length(mantissa) - point : 0))
    }
    END {
        count = split(expected, want, " ")
        if (split(got, have, " ") != count) { print "expected: " expected; print "got:      " got; exit 1 }
        for (i = 1; i <= count; i++) {
            if (want[i] == have[i]) continue
            if (want[i] !~ /^[-+]?[0-9.]/ || have[i] !~ /^[-+]?[0-9.]/ ||
                (d = want[i] - have[i]) * (d < 0 ? -1 : 1) > 0.5000001 * unit(want[i]) + 1e-9 * want[i] * (want[i] < 0 ? -1 : 1)) {
                print "word " i ": expected " want[i] ", got " have[i]; bad = 1
            }
        }
        exit bad
    }'
}

# R ?chisq.test (Agresti 2007 p. 39); V's interval: rstatix PR 292
@test "chisq tests a 2 by 3 table as R does" {
    table t "762 327 468" "484 239 477" | chisq >got
    show '.statistic, .df, .p, .cramers_v.value, .cramers_v.low, .cramers_v.high' <got |
        close_to "30.07 2 2.954e-07 0.1044358 0.0649 0.140"
    show '.residuals[].expected' <got | close_to "703.6714 319.6453 533.6834 542.3286 246.3547 411.3166"
    show '.residuals[:3][].adjusted' <got | close_to "4.5020535 0.6994517 -5.3159455"
    show '.cochran_ok, .preferred, .yates, .fisher, .odds_ratio, .n, .rows, .columns' <got |
        close_to "true pearson null null null 2757 2 3"
}

# SAS PROC FREQ, 2 by 2; the exact interval from R: fisher.test() with a tighter root finder
@test "chisq tests a 2 by 2 table as SAS does, Fisher preferred when expected counts are small" {
    table t "11 4" "2 6" | chisq >got
    show '.statistic, .p, .g.statistic, .g.p, .yates.statistic, .yates.p' <got |
        close_to "4.9597 .0259 5.0975 .0240 3.1879 .0742"
    show '.fisher.p, .fisher.greater, .fisher.less, .fisher.low, .fisher.high' <got |
        close_to ".0393 .0367 .9967 .8677 105.5488"
    show '.odds_ratio.value, .odds_ratio.low, .odds_ratio.high' <got | close_to "8.25 1.1535 59.0029"
    show '.cochran_ok, .preferred, .expected.below_5, .expected.cells' <got | close_to "false fisher 2 4"
    jq -r '.sentence, .warnings[]' got >words
    cat >expected <<'END'
Fisher's exact test, N = 23, p = .04, Cramér's V = 0.46 (95% CI 0–0.87)
2 of 4 expected counts are under 5 (least 3.5), so Fisher's exact test is preferred
END
    same_as expected <words
}

# Feldman et al. 2018: foundation trusts against the others, by R: chisq.test(m, correct = FALSE); the end of V's interval by
# R: sqrt(uniroot(function(l) pchisq(.69587, 1, ncp = l) - .025, c(0, 50), tol = 1e-12)$root / 236) = 0.1817238
@test "chisq says in one sentence what a paper needs" {
    table t "119 66" "36 15" | chisq | jq -r .sentence >got
    echo "χ²(1, N = 236) = 0.70, p = .40, Cramér's V = 0.05 (95% CI 0–0.18)" | same_as got
    table t "103 62" "52 19" | chisq | show .statistic,.p | close_to "2.5758 .1085"
    table t "119 66" "36 15" | chisq | show .statistic,.p | close_to ".69587 .4042"
}

@test "chisq writes the keys of a test in the order of the contract, all of them always" {
    { table a "11 4" "2 6"; table b "1 2 3" "4 5 6"; table c 20 15 25; table d "0 0" "0 0"; } | chisq |
        jq -c 'keys_unsorted[:22]' | uniq >got
    echo '["table","test","n","rows","columns","statistic","df","p","p_adjusted","adjust","yates","g","fisher","odds_ratio","cramers_v","expected","cochran_ok","preferred","residuals","excluded","warnings","sentence"]' >expected
    same_as expected <got
    { table a "11 4" "2 6"; table b "1 2 3" "4 5 6"; table c 20 15 25; table d "0 0" "0 0"; } | chisq |
        jq -c 'keys_unsorted' | uniq | wc -l | grep -qx 1
}

# R: chisq.test(c(20, 15, 25)); chisq.test(c(89, 37, 30, 28, 2), p = c(40, 20, 20, 15, 5), rescale.p = TRUE)
@test "chisq tests a one-way table against equal shares, or those of --expected" {
    table t 20 15 25 | chisq >got
    show .test,.statistic,.df,.p,.columns <got | close_to "goodness_of_fit 2.5 2 .2865 1"
    jq -r .sentence got | grep -qxF "Goodness of fit to equal shares: χ²(2, N = 60) = 2.50, p = .29"
    table t 89 37 30 28 2 | chisq --expected v1=40,v2=20,v3=20,v4=15,v5=5 >got
    show .statistic,.df,.p <got | close_to "9.9901 4 .04059"
    jq -r .sentence got | grep -qxF "Goodness of fit to the expected shares: χ²(4, N = 186) = 9.99, p = .04"
}

@test "chisq keeps a listed value that never came in a goodness of fit" {
    # by hand: expected 5 each, (10-5)^2/5 + 0 + (0-5)^2/5
    table t 10 5 0 | chisq | show .statistic,.df,.rows | close_to "10 2 3"
}

@test "chisq refuses wrong words in --expected, and values that fit no table" {
    for words in v1 v1= v1=x v1=0 v1=-1 v1=1e999 ,v1=1 v1=1,; do
        run -2 --separate-stderr chisq --expected "$words" </dev/null
        [[ $stderr == "chisq: option '--expected': '"*"' is not VALUE=P with P above 0 (try --help)" ]]
    done
    fails_with 2 "chisq: option '--expected' names 'v1' twice (try --help)" chisq --expected v1=1,v1=2 </dev/null
    table t 1 2 3 >in
    fails_with 2 "chisq: option '--expected' has no share for value 'v3' of table 't'" chisq --expected v1=1,v2=1 in
    fails_with 2 "chisq: option '--expected' names 4 values, of which table 't' has 3" chisq --expected v1=1,v2=1,v3=1,v4=1 in
    fails_with 2 "chisq: option '--expected' names values that no one-way table has" chisq --expected x=1,y=1 in
}

# R: p <- sapply(list(c(30, 10, 10, 30), c(20, 25, 25, 20), c(20, 30, 30, 20)), function(m) chisq.test(matrix(m, 2),
# correct = FALSE)$p.value); p; p.adjust(p); p.adjust(p, "BH"); p.adjust(p, "bonferroni"); chisq.test(c(10, 30))$p.value
@test "chisq adjusts p over the tests of a family, goodness of fit apart from comparisons" {
    { table a "30 10" "10 30"; table b "20 25" "25 20"; table c "20 30" "30 20"; table d 10 30; } >in
    chisq in | show .p,.p_adjusted,.adjust.method,.adjust.family,.adjust.size >got
    close_to "7.744216e-06 2.323265e-05 holm independence 3 .2918405 .2918405 holm independence 3 .0455003 .0910005 holm independence 3 .001565402 .001565402 holm goodness_of_fit 1" <got
    chisq --adjust bh in | show .p_adjusted | close_to "2.323265e-05 .2918405 .06825040 .001565402"
    chisq --adjust bonferroni in | show .p_adjusted | close_to "2.323265e-05 .8755216 .1365008 .001565402"
    chisq --adjust none in | show .p_adjusted,.adjust.method | close_to "7.744216e-06 none .2918405 none .0455003 none .001565402 none"
    chisq in | jq -r .sentence | head -n 1 >got
    echo "χ²(1, N = 80) = 20.00, p < .001, Holm-adjusted over 3 tests p < .001, Cramér's V = 0.50 (95% CI 0.28–0.72)" | same_as got
}

@test "chisq drops empty rows and columns and says so" {
    table t "11 0 4" "0 0 0" "2 0 6" | chisq >got
    show .rows,.columns,.statistic <got | close_to "2 2 4.9597"
    jq -r '.warnings[:2][]' got >words
    printf '%s\n' "left out, since no record has it: grp 'g2'" "left out, since no record has it: answer 'v2'" | same_as words
}

@test "chisq gives a test without result and the reason where nothing can be tested" {
    { table none "0 0" "0 0"; table column "5 0" "6 0"; table row "5 6" "0 0"; table one 7; table zero 0 0; table corner "9 0" "0 0"; } |
        chisq | jq -r '[.table, .test, (.statistic | tostring), (.sentence | tostring), .warnings[-1]] | join("|")' >got
    cat >expected <<'END'
none|independence|null|null|no test: nothing was counted
column|independence|null|null|no test: records in one group only
row|independence|null|null|no test: one value only
one|goodness_of_fit|null|null|no test: one value only
zero|goodness_of_fit|null|null|no test: nothing was counted
corner|independence|null|null|no test: records in one group only
END
    same_as expected <got
}

# R: chisq.test(matrix(c(190, 10, 10, 190), 2), correct = FALSE)$p.value
@test "chisq prints p of a far tail as it is" {
    table t "190 10" "10 190" | chisq | show .statistic,.p | close_to "324 1.94819e-72"
}

@test "chisq takes counts of 1e9" {
    # by hand: n (ad - bc)^2 / (margins) = 4e9 * (1e18 * (1.0001^2 - .9999^2))^2 / 16e36 = 40
    table t "1000100000 999900000" "999900000 1000100000" | chisq | show .statistic,.n | close_to "40 4000000000"
}

@test "chisq tests each value of a multiple response, never the pooled table" {
    { for i in $(seq 8); do echo '{"g":"a","s":["x","y"]}'; done
      for i in $(seq 12); do echo '{"g":"a","s":["y"]}'; done
      for i in $(seq 15); do echo '{"g":"b","s":["x"]}'; done
      for i in $(seq 5); do echo '{"g":"b","s":[]}'; done; } >in
    chisq --field s --by g in >got
    # R: chisq.test(matrix(c(8, 12, 15, 5), 2), correct = FALSE): 5.012788, p .02516; matrix(c(20, 0, 0, 20), 2): 40, 2.5396e-10
    show .item,.n,.statistic,.p,.p_adjusted,.adjust.family,.adjust.size <got | sed 's/items of //' >numbers
    close_to "null 40 null null null independence 0 x 40 5.012788 .02516 .02516 s_by_g 2 y 40 40 2.5396e-10 5.0793e-10 s_by_g 2" <numbers
    jq -r '.warnings[]' got >words
    echo "no test of all values together: several answers were possible, and how often two came together is not known; each value is tested alone" | same_as words
    jq -c '.residuals | map([.value, .group, .expected])' got | tail -n 1 >residuals
    echo '[["y","a",10],["y","b",10]]' | same_as residuals
    chisq --field s in | jq -r '.warnings[]' >words
    echo "no test: several answers were possible, so the values are not parts of one whole" | same_as words
}

@test "chisq says of a value that everybody or nobody named that there is no test" {
    printf '%s\n' '{"g":1,"s":["x"]}' '{"g":2,"s":["x"]}' '{"g":2,"s":["x"]}' >in
    "$BIN/tabulate" --field s --by g in | chisq | jq -r 'select(.item) | .warnings[]' >got
    echo "no test: every record has it" | same_as got
}

@test "chisq makes no test of groups that overlap and of withheld counts" {
    printf '%s\n' '{"g":["a","b"],"s":"x"}' '{"g":["b"],"s":"y"}' | chisq --field s --by g | jq -r '.warnings[]' >got
    echo "no test: a record can be in several groups, so they are not independent" | same_as got
}

@test "chisq counts the excluded records by their reasons" {
    printf '%s\n' '{"a":"y","g":1}' '{"a":"n","g":2}' '{"a":null,"g":1,"_missing":{"a":"not_held"}}' \
        '{"a":null,"g":2,"_missing":{"a":"not_held"}}' '{"a":"y"}' >in
    "$BIN/tabulate" --field a --by g in | chisq | jq -c .excluded >got
    echo '{"not_held":2,"g absent":1}' | same_as got
}

@test "chisq writes the cells before the tests with --pass, byte for byte" {
    { table a "11 4" "2 6"; table b 20 15 25; } | sed 's/"n":11/"n":1.1e1, "x":"\\u0041"/' >in
    chisq --pass in >got
    head -n 7 got | same_as in
    chisq in >tests
    tail -n +8 got | same_as tests
    chisq --pass --stats stats.json in >out
    jq -c '[.read, .written, .tests]' stats.json | grep -qxF '[7,9,2]'
}

@test "chisq counts records itself with --field and --by" {
    printf '%s\n' '{"a":"y","g":1}' '{"a":"n","g":1}' '{"a":"n","g":2}' '{"a":"y","g":2}' '{"a":"y","g":2}' >in
    "$BIN/tabulate" --field a --by g in >cells
    chisq cells >tests
    chisq --field a --by g in | same_as tests
    chisq --field a --by g --pass in >both
    cat cells tests | same_as both
    fails_with 2 "chisq: option '--by' needs '--field' (try --help)" chisq --by g in
}

@test "chisq does not depend on the order of the cells" {
    { table a "11 4" "2 6"; table b "1 2 3" "4 5 6"; } >in
    # the last digit may differ, for sums are made in the order of the rows
    local digits='[.table, ([.p, .g.p, .fisher.p // 0] | map(. * 1e12 | round))]'
    chisq in | jq -c "$digits" | sort >straight
    shuf --random-source=<(yes) in | chisq | jq -c "$digits" | sort >got
    same_as straight <got
}

@test "chisq takes another --confidence for its intervals" {
    # R: the 90 % Wald interval of 8.25: exp(log(8.25) + c(-1, 1) * qnorm(.95) * sqrt(1/11 + 1/4 + 1/2 + 1/6))
    table t "11 4" "2 6" | chisq --confidence 0.9 | show .odds_ratio.low,.odds_ratio.high | close_to "1.582713569 43.003675025"
    fails_with 2 "chisq: option '--confidence' takes a number between 0 and 1 (try --help)" chisq --confidence 1 </dev/null
}

@test "chisq refuses records that are no cells" {
    echo '{"k":"a"}' >in
    fails_with 1 "chisq: in:1: not a cell of tabulate (use --field to count records)" chisq in
}

@test "chisq prints no NaN and no infinity whatever the counts" {
    { table a "0 5" "5 0"; table b "5 0" "0 0"; table c "1e150 1" "1 1e150"; table d "0.5 1" "2 0.25"; table e "1 0" "0 1"
      table f "1000000000 0" "0 1000000000"; table g 1e160 1; table h "0 0 3" "0 2 0" "1 0 0"; } | chisq >got
    run -1 grep -iE 'nan|inf' got
    assert_equal "$(jq -c .table got | wc -l)" 8
}
