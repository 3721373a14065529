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
    show '.cochran_ok, .preferred, .yates, .odds_ratio, .n, .rows, .columns' <got |
        close_to "true pearson null null 2757 2 3"
    # R 4.2.2: fisher.test(matrix(c(762, 484, 327, 239, 468, 477), 2))$p.value
    show .fisher.p,.fisher.less <got | close_to "3.027480e-07 null"
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
Fisher's exact test, N = 23, p = .04, risk difference = 0.45 (95% CI 0.05–0.70, Newcombe), odds ratio = 8.25 (95% CI 1.15–59.00, Woolf), Cramér's V = 0.46
2 of 4 expected counts are under 5 (least 3.5), so Fisher's exact test is preferred
END
    same_as expected <words
}

# Feldman et al. 2018: foundation trusts against the others, by R 4.2.2: chisq.test(m, correct = FALSE); p <- m[1, ] / colSums(m);
# w <- function(x, n) prop.test(x, n, correct = FALSE)$conf.int; Newcombe's method 10 of the two: -.1475620 .0676935; odds
# ratio exp(log(.7512626) + c(-1, 1) * qnorm(.975) * sqrt(sum(1 / m))) = .3831733 1.4729509
@test "chisq says in one sentence what a paper needs" {
    table t "119 66" "36 15" | chisq | jq -r .sentence >got
    echo "Pearson's uncorrected χ²(1, N = 236) = 0.70, p = .40, risk difference = -0.05 (95% CI -0.15 to 0.07, Newcombe), odds ratio = 0.75 (95% CI 0.38–1.47, Woolf), Cramér's V = 0.05" | same_as got
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

@test "chisq tests no one-way table of a plan against equal shares that nobody asked for" {
    printf '%s\n' '{"a":"y"}' '{"a":"n"}' '{"a":"n"}' >in
    echo '{"tables":[{"id":"t","field":"a"},{"id":"u","field":"a","chisq":{"equal":true}},{"id":"v","field":"a","chisq":{"expected":{"y":1,"n":3}}}]}' >plan.json
    "$BIN/tabulate" -p plan.json in >cells
    chisq --stats stats.json cells | show .table,.statistic | close_to "u .3333333 v .1111111"
    jq -c '[.tests, .not_asked]' stats.json | grep -qxF '[2,1]'
    chisq --equal cells | show .table | close_to "t u v"
    chisq --expected y=1,n=3 cells | show .table,.statistic | close_to "t .1111111 u .1111111 v .1111111"
    # who counts one field without a plan asks for just that
    chisq --field a in | show .test | close_to goodness_of_fit
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
    fails_with 2 "chisq: no expected share for value 'v3' of table 't'" chisq --expected v1=1,v2=1 in
    fails_with 2 "chisq: expected shares of 4 values, of which table 't' has 3" chisq --expected v1=1,v2=1,v3=1,v4=1 in
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
    grep -F "Pearson's uncorrected χ²(1, N = 80) = 20.00, p < .001, Holm-adjusted over 3 tests p < .001, risk difference = 0.50 (" got
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
    # R: pchisq(1380, 1, lower.tail = FALSE)
    table t "690 0" "0 690" | chisq | show .statistic,.p | close_to "1380 4.661158e-302"
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
    echo "no test of all values together: several answers were possible, and how often two came together is not known (\"pairs\":true in the plan counts it); each value is tested alone" | same_as words
    jq -c '.residuals | map([.value, .group, .expected])' got | tail -n 1 >residuals
    echo '[["y","a",10],["y","b",10],[null,"a",10],[null,"b",10]]' | same_as residuals
    chisq --field s in | jq -r '.warnings[]' >words
    echo "no test: several answers were possible, so the values are not parts of one whole" | same_as words
}

@test "chisq says of a value that everybody or nobody named that there is no test" {
    printf '%s\n' '{"g":1,"s":["x"]}' '{"g":2,"s":["x"]}' '{"g":2,"s":["x"]}' >in
    "$BIN/tabulate" --field s --by g in | chisq | jq -r 'select(.item) | .warnings[]' >got
    echo "no test: every record has it" | same_as got
}

@test "chisq makes no test of groups that overlap and of withheld counts" {
    printf '%s\n' '{"g":["a","b"],"s":"x"}' '{"g":["a","b"],"s":"y"}' | chisq --field s --by g | jq -r '.warnings[]' >got
    echo "no test: every value or every group is that of all records, or of none" | same_as got
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
    fails_with 2 "chisq: option '--confidence' takes a number between 0 and 1, not 1 (try --help)" chisq --confidence 1 </dev/null
}

@test "chisq refuses records that are no cells" {
    echo '{"k":"a"}' >in
    fails_with 1 "chisq: in:1: not a cell of tabulate (use --field to count records)" chisq in
}

@test "chisq refuses a table whose lines contradict each other, or lack a cell" {
    table t "11 4" "2 6" >whole
    sed '3s/"title":null/"title":"Other"/' whole >in
    run -1 --separate-stderr chisq in
    [[ $stderr == "chisq: in:3: "*title* ]]
    sed 2d whole >in
    run -1 --separate-stderr chisq in
    [[ $stderr == "chisq: in"*"no cell for value 'v1' in group 'g2'"* ]]
}

@test "chisq prints no NaN and no infinity whatever the counts" {
    { table a "0 5" "5 0"; table b "5 0" "0 0"; table c "1e150 1" "1 1e150"; table d "0.5 1" "2 0.25"; table e "1 0" "0 1"
      table f "1000000000 0" "0 1000000000"; table g 1e160 1; table h "0 0 3" "0 2 0" "1 0 0"; table i "0 0" "0 0"; table j 0 0 0; table k 1e9 1e9 0; table l 1e-300 1e-300; } >in
    chisq in >got
    run -1 grep -iE 'nan|inf' got
    assert_equal "$(jq -c .table got | wc -l)" 12
    chisq --trend --pairwise --paired --exact always --explain --monte-carlo 10 --style apa in >got
    run -1 grep -iE 'nan|inf' got
    chisq --trend --pairwise --exact always --explain --monte-carlo 10 --style jmir in >got
    run -1 grep -iE 'nan|inf' got
    jq -c . got >again
}

# SAS PROC FREQ, eye by hair colour
@test "chisq tests a 3 by 5 table as SAS does" {
    table t "69 28 68 51 6" "69 38 55 37 0" "90 47 94 94 16" | chisq |
        show '.statistic, .df, .p, .g.statistic, .g.p, .cramers_v.value' | close_to "20.9248 8 .0073 25.9733 .0011 .1172"
}

# SAS, Getting Started: girls, boys, and both together (SAS cuts .59358034912 to .59358034)
@test "chisq tests the summer camp's tables as SAS does" {
    { table boys "35 29" "14 27"; table girls "32 10" "53 23"; table all "67 39" "67 50"; } | chisq >got
    show '.statistic, .p, .yates.statistic, .yates.p, .fisher.p' <got | close_to "4.23661395 .039560993 3.4514934 .063194646
        .046665258 .55926894 .45455495 .2847875 .59358035 .524477809 .8189423 .365489592 .58989261 .44246065 .41215159"
}

# Stata, Basics: tabulate with expected frequencies
@test "chisq tests a 3 by 2 table as Stata does" {
    table t "280 14" "150 16" "59 14" | chisq >got
    show '.statistic, .df, .p' <got | close_to "16.6563 2 .000"
    show '.residuals[].expected' <got | close_to "269.7 24.3 152.3 13.7 67.0 6.0"
}

# scipy.stats.chi2_contingency and contingency.association, docstrings
@test "chisq tests the tables of scipy's documentation to their last digits" {
    table t "10 10 20" "20 20 20" | chisq | show '.statistic, .p, .df, .g.statistic, .g.p' |
        close_to "2.7777777777777777 .24935220877729619 2 2.7688587616781319 .25046668010954165"
    table t "100 150" "203 322" "420 700" "320 210" | chisq | show .cramers_v.value | close_to .18617813077483678
}

# PSPP, CROSSTABS
@test "chisq tests a 4 by 2 table as PSPP does" {
    table t "26 31" "12 32" "27 18" "8 7" | chisq >got
    show '.statistic, .df, .p, .g.statistic, .g.p' <got | close_to "10.09 3 .018 10.35 .016"
    # PSPP prints those of the second column
    show '.residuals[1,3,5,7].adjusted' <got | tr ' ' '\n' | awk '{ print -$1 }' | paste -sd' ' | close_to ".05 -2.82 2.33 .65"
}

# R ?fisher.test: the lady tasting tea, convictions of twins. R's root finder is loose: it prints 6.408309, .04693661 and
# .003325764 to .363182271. With uniroot(tol = 1e-13) on the log scale R gives the values below, by the same definition
# (exact_ratio() in the script of --recheck).
@test "chisq gives Fisher's one-sided p and conditional odds ratio as R does" {
    table tea "3 1" "1 3" | chisq | show '.fisher.greater, .fisher.odds_ratio' | close_to ".2429 6.408319658"
    table twins "2 15" "10 3" | chisq | show '.fisher.p, .fisher.odds_ratio, .fisher.low, .fisher.high' |
        close_to ".0005367 .04693663905 .003317163951 .3631896024"
}

# R ?fisher.test, job satisfaction (Agresti 2002 p. 57)
@test "chisq makes Fisher's test of larger tables where expected counts are small" {
    table t "1 2 1 0" "3 3 6 1" "10 10 14 9" "6 7 12 11" >in
    chisq in | show '.fisher.p, .preferred, .fisher.less' | close_to ".7827 fisher null"
    chisq --exact never in | show '.fisher, .preferred, .monte_carlo' | close_to "null pearson null"
    chisq --exact never in | jq -r '.warnings[]' >got
    echo "8 of 16 expected counts are under 5 (least 0.83), too many for the chi-square distribution: take p with care" | same_as got
    table t "762 327 468" "484 239 477" | chisq --exact auto | show '.fisher.p, .preferred' | close_to "3.027480e-07 pearson"
    table t "762 327 468" "484 239 477" | chisq --exact never | show '.fisher, .preferred' | close_to "null pearson"
    # R: fisher.test(matrix(c(762, 484, 327, 239, 468, 477), 2), workspace = 2e7)$p.value = 3.02748e-07
    table t "762 327 468" "484 239 477" | chisq --exact always | show '.fisher.p, .preferred' | close_to "3.02748e-07 fisher"
    table t "11 4" "2 6" | chisq --exact never | show '.fisher, .preferred' | close_to "null pearson"
}

# This table ends R's fisher.test() with an error under its default workspace
@test "chisq answers where the exact test is out of reach, with seed, number and interval" {
    table t "11 421 347 239 26" "1 785 492 172 17" | chisq --exact always | show '.preferred, (.fisher.p < 1e-15)' |
        close_to "fisher true"
    table t "90 81 70 65 50 40 33" "80 75 66 60 52 44 30" "60 64 73 81 55 43 29" "44 53 61 58 70 41 36" "1 2 1 0 1 2 0" >in
    chisq in >got
    show '.fisher, .preferred, .monte_carlo.statistic, .monte_carlo.replicates, .monte_carlo.seed' <got |
        close_to "null monte_carlo fisher 10000 1"
    # R: set.seed(1); fisher.test(m, simulate.p.value = TRUE, B = 1e6)$p.value = 0.0368; the standard error of 10000 tables
    # is .0019
    jq -e '(.monte_carlo.p - 0.0368 | fabs) < 0.01 and .monte_carlo.low < .monte_carlo.p and .monte_carlo.p < .monte_carlo.high' got
    jq -r '.warnings[0]' got >words
    echo "Fisher's exact test would take too long (over 2000000 steps): p is from 10000 random tables, seed 1" | same_as words
    jq -r .sentence got | grep -qE "^Fisher's test by Monte Carlo, N = [0-9]+, p = \.0[34][0-9]? \(95% CI \.03[0-9]–\.04[0-9], 10000 random tables, seed 1\), "
}

@test "chisq takes p from random tables with --monte-carlo, the same for the same --seed" {
    table t "1 2 1 0" "3 3 6 1" "10 10 14 9" "6 7 12 11" >in
    chisq --monte-carlo 20000 --seed 7 in >one
    chisq --monte-carlo 20000 --seed 7 in | same_as one
    # R: set.seed(1); chisq.test(m, simulate.p.value = TRUE, B = 1e6)$p.value = 0.7705; se of 20000: .003
    jq -e '.preferred == "fisher" and .monte_carlo.seed == 7 and .monte_carlo.replicates == 20000 and
        (.monte_carlo.p - 0.7705 | fabs) < 0.015' one
    show .monte_carlo.statistic,.fisher.p <one | close_to "pearson .7827"
    # R 4.2.2: sum over all ways to spread 4 over 3 values, dmultinom() at most that of 1 0 3: .3333333
    table t 1 0 3 | chisq --monte-carlo 1000 | show .preferred,.monte_carlo.replicates,.multinomial_p | close_to "multinomial 1000 .3333333"
    table t "5e12 1" "1 5e12" | chisq --monte-carlo 10 | jq -r '.warnings[0]' >got
    echo "no Monte Carlo test: more work than allowed" | same_as got
    fails_with 2 "chisq: option '--monte-carlo' takes 1 or more, not 0 (try --help)" chisq --monte-carlo 0 in
}

# R ?mcnemar.test: approval ratings
@test "chisq tests two answers of the same records with --paired" {
    { for n in 794:yes:yes 150:no:yes 86:yes:no 570:no:no; do
        IFS=: read -r count second first <<<"$n"
        awk -v n="$count" -v s="$second" -v f="$first" 'BEGIN { while (n--) printf "{\"second\":\"%s\",\"first\":\"%s\"}\n", s, f }'
    done; } >in
    chisq --field second --by first --paired in >got
    # uncorrected by hand: (150 - 86)^2 / (150 + 86) = 17.3559
    show '.test, .method, .statistic, .df, .yates.statistic, .yates.p' <got | close_to "symmetry mcnemar 17.3559 1 16.818 4.115e-05"
    # R: binom.test(86, 236)$p.value = 3.715936e-05
    show .binomial_p,.preferred <got | close_to "3.715936e-05 mcnemar"
    chisq --field second --by first --paired --exact always in | jq -r .sentence >words
    echo "McNemar's exact test, N = 1600, p < .001" | same_as words
}

@test "chisq tests three answers of the same records by Bowker's test, in whatever order they come" {
    # R: mcnemar.test(matrix(c(5, 3, 1, 7, 9, 2, 4, 6, 8), 3)): 5.4, df 3, p .1447 (by hand 16/10 + 9/5 + 16/8)
    { echo 5 a a; echo 7 a b; echo 4 a c; echo 3 b a; echo 9 b b; echo 6 b c; echo 1 c a; echo 2 c b; echo 8 c c; } |
        awk '{ while ($1-- > 0) printf "{\"now\":\"%s\",\"then\":\"%s\"}\n", $2, $3 }' | sort -r >in
    chisq --field now --by then --paired in | show .method,.statistic,.df,.p | close_to "bowker 5.4 3 .1447"
    printf '%s\n' '{"now":"a","then":"a"}' '{"now":"b","then":"b"}' | chisq --field now --by then --paired | jq -r '.warnings[]' >got
    echo "no test: no record changed its answer" | same_as got
    printf '%s\n' '{"now":"a","then":"x"}' '{"now":"b","then":"y"}' | chisq --field now --by then --paired | jq -r '.warnings[]' >got
    echo "no test: field and by have no value in common" | same_as got
}

# Admissions to Berkeley 1973 (Bickel et al. 1975) as in R's UCBAdmissions
admissions() {
    awk 'BEGIN {
        n = split("512 313 89 19 353 207 17 8 120 205 202 391 138 279 131 244 53 138 94 299 22 351 24 317", counts, " ")
        for (i = 0; i < n; i++)
            for (k = 0; k < counts[i + 1]; k++)
                printf "{\"admit\":\"%s\",\"gender\":\"%s\",\"dept\":\"%s\"}\n", i % 2 ? "no" : "yes",
                    i % 4 < 2 ? "male" : "female", substr("ABCDEF", int(i / 4) + 1, 1)
    }'
}

# R ?mantelhaen.test; Breslow-Day from R: DescTools::BreslowDayTest(UCBAdmissions) = 18.826, p .002071
@test "chisq tests over the strata, with a common odds ratio and whether it is the same in all" {
    echo '{"tables":[{"id":"t","field":"admit","by":"gender","strata":"dept"}]}' >plan.json
    admissions | "$BIN/tabulate" -p plan.json | chisq >got
    assert_equal "$(wc -l <got)" 7
    head -n 1 got | show '.test, .method, .yates.statistic, .yates.p, .odds_ratio.value, .odds_ratio.low, .odds_ratio.high' |
        close_to "conditional_independence mantel_haenszel 1.4269 .2323 .9046968 .7719074 1.0603298"
    # R: mantelhaen.test(UCBAdmissions, correct = FALSE): 1.5246, p .2169
    head -n 1 got | show '.statistic, .p, .strata.count, .strata.used, .strata.breslow_day.statistic, .strata.breslow_day.p, .strata.df' |
        close_to "1.5246 .2169 6 6 18.826 .002071 5"
    head -n 1 got | jq -r '.sentence, .warnings[]' >words
    cat >expected <<'END'
Mantel–Haenszel χ²(1, N = 4526) = 1.52, p = .22, common odds ratio = 0.90 (95% CI 0.77–1.06, Robins, Breslow & Greenland)
the odds ratios of the strata differ (Breslow-Day p under .05): one for all of them hides that
END
    same_as expected <words
    # R: chisq.test(UCBAdmissions[, , "A"], correct = FALSE)
    sed -n 2p got | show '.stratum, .statistic, .p, .adjust.family, .adjust.size' | sed 's/strata of //' | close_to "A 17.248 3.28e-05 t 6"
    echo '{"tables":[{"id":"t","field":"dept","by":"gender","strata":"admit"}]}' >plan.json
    admissions | "$BIN/tabulate" -p plan.json | chisq | head -n 1 | jq -r '.warnings[]' >words
    echo "no test over the strata: it is for two values and two groups; each stratum is tested alone" | same_as words
}

# Cells of a table of two values and two groups in strata: strata ID "a b c d" ..., a stratum each.
strata() {
    local id=$1
    shift
    printf '%s\n' "$@" | awk -v id="$id" '{ for (i = 1; i <= 4; i++)
        printf "{\"table\":\"%s\",\"title\":null,\"kind\":\"cell\",\"field\":\"x\",\"value\":\"%s\",\"by\":\"g\",\"group\":%d,\"n\":%d,\"base\":null,\"percent\":null,\"low\":null,\"high\":null,\"multiple\":false,\"strata\":\"s\",\"stratum\":%d}\n",
            id, i < 3 ? "y" : "n", 2 - i % 2, $i, NR }'
}

# R 4.2.2: twelve matched pairs, mantelhaen.test(m, correct = FALSE)$p.value = .05777957, exact = TRUE .109375; penicillin and
# rabbits (?mantelhaen.test): corrected p .04747, exact .03994
@test "chisq knows small strata, and tests them exactly" {
    strata pairs "1 0 0 1" "1 0 0 1" "1 0 0 1" "1 0 0 1" "1 0 0 1" "1 0 0 1" "1 0 0 1" "0 1 1 0" "0 1 1 0" "1 1 0 0" "1 0 0 1" "0 0 1 1" >in
    chisq in | head -n 1 >got
    show '.p, .strata.exact_p, .strata.mantel_fleiss, .preferred, .strata.breslow_day' <got | close_to ".05777957 .109375 5 mantel_haenszel null"
    strata rabbits "0 0 6 5" "3 0 3 6" "6 2 0 4" "5 6 1 0" "2 5 0 0" | chisq | head -n 1 >got
    show '.yates.p, .strata.exact_p, .preferred' <got | close_to ".04747226 .03994490 conditional_exact"
    jq -r '.sentence, .warnings[]' got >words
    grep -qF "exact conditional test over the strata, N = 54, p = .04, common odds ratio = " words
    grep -qF "few counts: the Mantel-Fleiss number is " words
}

# SAS PROC FREQ prints this as the Mantel-Haenszel chi-square
@test "chisq tests for a trend with --trend, by the groups' own numbers or their order" {
    table t "11 4" "2 6" | chisq --trend | show '.linear.statistic, .linear.p' | close_to "4.7441 .0294"
    # R: prop.trend.test(c(83, 90, 129, 70), c(86, 93, 136, 82)): 8.2249, p .004132
    table t "83 90 129 70" "3 3 7 12" >in
    chisq --trend in | show '.trend.statistic, .trend.p, .trend.df' | close_to "8.2249 .004132 1"
    chisq --trend in | jq -c '.trend.column_scores' | grep -qxF '[1,2,3,4]'
    chisq --trend in | jq -r .sentence | grep -qF '; Cochran–Armitage trend z = -2.87, p = .004'
    # R: prop.trend.test(c(83, 90, 129, 70), c(86, 93, 136, 82), score = c(2017, 2018, 2020, 2021)): 7.3963, p .006536
    sed 's/"group":"g1"/"group":2017/; s/"group":"g2"/"group":2018/; s/"group":"g3"/"group":2020/; s/"group":"g4"/"group":2021/' in |
        chisq --trend | show '.trend.statistic, .trend.p' | close_to "7.3963 .006536"
    # the same turned round, z by the rows
    table t "83 3" "90 3" "129 7" "70 12" | chisq --trend | show '.trend.statistic' | close_to 8.2249
    chisq in | show .trend,.linear | close_to "null null"
}

# statsmodels proportions_chisquare_allpairs and R's p.adjust: smokers in four groups (Fleiss 1981)
@test "chisq compares every two groups with --pairwise" {
    table t "83 90 129 70" "3 3 7 12" >in
    table t "73 90 114 75" "13 3 22 7" | chisq --pairwise --exact never >got
    head -n 1 got | show .statistic,.p | close_to "11.11938768628861 .011097511366581344"
    tail -n +2 got | show .p | close_to ".00533824886503131 .8327574849753566 .1880573726722516 .002026764254350234 .1309487516334318 .1076118730631731"
    tail -n +2 got | show .p_adjusted | close_to ".0266912 .8327575 .4304475 .0121606 .4304475 .4304475"
    sed -n 2p got | jq -c '[.pair, .adjust.family, .sentence[:10]]' >words
    echo '[["g1","g2"],"pairs of t","g1 and g2:"]' | same_as words
}

# R 4.2.2: prop.trend.test(c(10, 20, 28), c(30, 40, 45), score = c(1, 3, 4)); prop.trend.test(c(10, 20, 28, 30), c(30, 40, 45,
# 50), score = c(0, 10, 40, 100))
@test "chisq keeps the place of an empty group in a trend, takes numbers in text for numbers, and prints the scores" {
    table t "10 0 20 28" "20 0 20 17" | chisq --trend >got
    jq -c .trend.column_scores got | grep -qxF '[1,3,4]'
    show .trend.statistic,.trend.p <got | close_to "5.944287 .01476506"
    jq -r .sentence got | grep -qF '(scores 1, 3, 4)'
    table t "10 20 28 30" "20 20 17 20" | sed 's/"g1"/"0"/; s/"g2"/"10"/; s/"g3"/"40"/; s/"g4"/"100"/' | chisq --trend >got
    jq -c .trend.column_scores got | grep -qxF '[0,10,40,100]'
    show .trend.statistic,.trend.p <got | close_to "3.535714 .06006046"
    # no number, no scores of its own
    table t "10 20 28" "20 20 17" | sed 's/"g1"/"0x1"/; s/"g2"/"10"/; s/"g3"/"nan"/' | chisq --trend | jq -c .trend.column_scores | grep -qxF '[1,2,3]'
    table t "10 20 28" "20 20 17" | sed 's/"g1"/""/; s/"g2"/"10"/; s/"g3"/" 20"/' | chisq --trend | jq -c .trend.column_scores | grep -qxF '[1,2,3]'
}

@test "chisq says when there are too few records for the Rao-Scott test" {
    printf '%s\n' '{"g":"a","m":["x"]}' '{"g":"a","m":["x","y"]}' '{"g":"a","m":["x"]}' '{"g":"b","m":["y","z"]}' '{"g":"b","m":["z"]}' >in
    echo '{"tables":[{"field":"m","by":"g","pairs":true}]}' >plan.json
    "$BIN/tabulate" -p plan.json in | chisq | head -n 1 >got
    jq -e '.df == null or .df <= 3' got
    jq -r '.warnings[]' got | grep -q 'Rao-Scott'
}

@test "chisq says of a whole population what its intervals and its p mean" {
    for i in 1 2 3 4 5 6 7 8; do echo "{\"x\":\"$((i % 3))\",\"g\":$((i % 2))}"; done >in
    echo '{"tables":[{"field":"x","by":"g","population":[{"group":0,"size":4},{"group":1,"size":4}]}]}' >plan.json
    "$BIN/tabulate" -p plan.json in | chisq | jq -r '.warnings[]' | grep -q '^all of the population answered'
    sed -i 's/"size":4}\]/"size":5}]/' plan.json
    "$BIN/tabulate" -p plan.json in | chisq | jq -r '.warnings[]' >words
    run -1 grep -q '^all of the population' words
}

# Kansas farmers (Loughin & Scherer 1998) in CRAN's MRCV; Koziol & Bilder 2014, R Journal 6(1):144-150
@test "chisq tests a multiple response as a whole by the Rao-Scott test, from the real records" {
    needs_data farmers/farmer1.csv
    awk -F, 'NR > 1 {
        list = ""
        for (i = 2; i <= 6; i++) if ($i == 1) list = list (list == "" ? "" : ",") "\"Y" i - 1 "\""
        printf "{\"education\":%s,\"source\":[%s]}\n", $1, list
    }' "$DATA/farmers/farmer1.csv" >farmers.jsonl
    echo '{"tables":[{"id":"t","field":"source","by":"education","pairs":true,"values":["Y1","Y2","Y3","Y4","Y5"]}]}' >plan.json
    "$BIN/tabulate" -p plan.json farmers.jsonl >cells
    chisq --adjust bonferroni cells >got
    head -n 1 got | show '.method, .statistic, .df, .p, .set.sum, .set.items, .cramers_v' |
        close_to "rao_scott 28.67895 18.60099 .06322334 30.83594 5 null"
    tail -n +2 got | show .statistic | close_to "5.959585 7.89321 4.615699 1.418756 10.94869"
    tail -n +2 got | show .p_adjusted | close_to "1 .4778466 1 1 .1357339"
    head -n 1 got | jq -r .sentence >words
    echo "Rao–Scott χ²(18.60, N = 262) = 28.68, p = .06" | same_as words
    grep -v '"kind":"pair"' cells | chisq | head -n 1 | show .statistic,.method | close_to "null null"
}

# R: phi and its companions of 11 4 / 2 6: (11 * 6 - 4 * 2) / sqrt(15 * 8 * 13 * 10); risk ratio by epitools::riskratio
# (wald) of the columns: (11/13) / (4/10) = 2.115385; exp(log(rr) + c(-1, 1) * qnorm(.975) * sqrt(1/11 - 1/13 + 1/4 - 1/10))
# = .9565 4.6783; risk difference with Newcombe's method 10 by hand from prop.test(11, 13, correct = FALSE)$conf.int
# (.5776537 .9567418) and prop.test(4, 10, correct = FALSE)$conf.int (.1681803 .6873262): .0529 .7030
@test "chisq measures effects of a 2 by 2 table with intervals" {
    table t "11 4" "2 6" | chisq >got
    show '.phi.value, .risk_ratio.value, .risk_ratio.low, .risk_ratio.high' <got | close_to ".4644 2.115385 .95651919 4.678267"
    show '.risk_difference.value, .risk_difference.low, .risk_difference.high' <got | close_to ".446153846 .052899861 .703000220"
    # Bergsma 2013 by hand: phi2 = 4.9597436 / 23 - 1 / 22; k = 2 - 1 / 22; sqrt(phi2 / (k - 1))
    show .cramers_v_corrected <got | close_to .42224471
}

# R 4.2.2: fisher.test(matrix(counts, rows, byrow = TRUE))$p.value; Cochran's rule holds in both
@test "chisq makes Fisher's test beside Pearson's for every table within the budget" {
    { table a "8 12 5" "15 6 9"; table b "9 4 7 3 8" "6 10 5 12 6"; } | chisq >got
    show .cochran_ok,.preferred <got | close_to "true pearson true pearson"
    table a "8 12 5" "15 6 9" | chisq | show .fisher.p | close_to .096101787742
    table b "9 4 7 3 8" "6 10 5 12 6" | chisq --exact always | show .preferred,.fisher.p | close_to "fisher .0808593533499"
}

# R 4.2.2: fisher.test(m, workspace = 2e7)$p.value, which takes R 1.1, 2.7 and 2.5 s
@test "chisq --exact always reaches as far as R's fisher.test with a large workspace" {
    table a "6 3 1 5" "2 4 8 3" "7 1 2 6" "3 9 4 1" "5 2 6 8" | chisq --exact always | show .fisher.p | close_to .00978529525346
    table b "9 2 5 1 6" "3 7 1 8 2" "4 1 9 3 5" "2 6 3 7 1" | chisq --exact always | show .fisher.p | close_to .00113620710915
    table c "5 1 3 0 2" "1 6 2 4 1" "3 0 7 1 2" "2 4 0 5 3" "0 3 2 1 6" | chisq --exact always | show .fisher.p | close_to .00103976056982
}

@test "chisq --exact always prefers no random tables over a Pearson that may be trusted" {
    table t "90 81 70 65 50 40 33" "80 75 66 60 52 44 30" "60 64 73 81 55 43 29" "44 53 61 58 70 41 36" "41 52 31 60 31 62 50" >in
    chisq --exact always in >got
    show .preferred,.cochran_ok,.fisher,.monte_carlo <got | close_to "pearson true null null"
    jq -r '.warnings[]' got >words
    echo "Fisher's exact test would take too long: Pearson's, which may be trusted by Cochran's rule, is preferred" | same_as words
}

@test "chisq by default ends soon on a table of 300 rows and columns" {
    awk 'BEGIN { for (i = 0; i < 300; i++) for (j = 0; j < 300; j++)
        printf "{\"table\":\"t\",\"title\":null,\"kind\":\"cell\",\"field\":\"a\",\"value\":%d,\"by\":\"b\",\"group\":%d,\"n\":%d,\"multiple\":false}\n", i, j, (i * 7 + j * 13) % 5 % 2 }' >in
    chisq in >got &
    local job=$! second
    for second in $(seq 60); do
        kill -0 "$job" 2>/dev/null || break
        sleep 1
    done
    wait "$job"
    jq -e '.preferred == "monte_carlo" and .monte_carlo.replicates < 10000' got
}

# R 4.2.2: binom.test(2, 11), binom.test(7, 9, p = .4); for more values the sum over all ways to spread the records, dmultinom()
# at most that of the observed: 1 5 2 against 2:1:1, 4 1 1 0 against equal shares
@test "chisq tests a goodness of fit of few records exactly" {
    table a 2 9 | chisq | show .multinomial_p,.preferred | close_to ".0654296875 pearson"
    table a 7 2 | chisq --expected v1=4,v2=6 >got
    show .multinomial_p,.preferred <got | close_to ".035112448 binomial"
    jq -r .sentence got >words
    echo "Goodness of fit to the expected shares: exact binomial test, N = 9, p = .04" | same_as words
    table a 1 5 2 | chisq --expected v1=2,v2=1,v3=1 | show .multinomial_p,.preferred | close_to ".025390625 multinomial"
    table a 4 1 1 0 | chisq | jq -r '.sentence, .warnings[]' >words
    cat >expected <<'END'
Goodness of fit to equal shares: exact multinomial test, N = 6, p = .18
4 of 4 expected counts are under 5 (least 1.5), so the exact multinomial test is preferred
END
    same_as expected <words
    table a 4 1 1 0 | chisq --exact never | show .multinomial_p,.preferred | close_to "null pearson"
    # the same whatever the seed
    table a 2 1 | chisq --seed 5 >one
    table a 2 1 | chisq --seed 6 | same_as one
}

# R 4.2.2: x <- chisq.test(m, correct = FALSE)$statistic; upper end: uniroot(function(l) pchisq(x, df, l) - .025); lower end where
# X^2 is weak: uniroot(function(l) pchisq(x, df, l, lower = FALSE) - .05); of less than df: pchisq(df, df, l) = .025
@test "chisq gives V inside its interval, which is above 0 just where p is under .05" {
    table t "30 20" "20 30" | chisq | show '.p, .cramers_v.value, .cramers_v.low, .cramers_v.high' |
        close_to ".04550026 .2 .0203787279 .3959963963"
    table t "10 10" "10 10" | chisq | show '.cramers_v.value, .cramers_v.low, .cramers_v.high' | close_to "0 0 .4679097923"
    table t "10 10 11" "11 10 9" "9 10 10" | chisq --exact never | show '.cramers_v.value, .cramers_v.low, .cramers_v.high' |
        close_to ".0430427208 0 .2513295741"
    table t "10 10" "10 10" | chisq | jq -e '.cramers_v.method == "noncentral chi-square, unified"'
    # 2000 tables: V inside, and the interval as the test says
    awk 'BEGIN { srand(11)
        for (t = 1; t <= 2000; t++) { rows = 2 + int(rand() * 5); columns = 2 + int(rand() * 5); size = 2 + int(rand() * 40)
            for (r = 1; r <= rows; r++) for (c = 1; c <= columns; c++)
                printf "{\"table\":\"t%d\",\"title\":null,\"kind\":\"cell\",\"field\":\"a\",\"value\":%d,\"by\":\"b\",\"group\":%d,\"n\":%d,\"multiple\":false}\n",
                    t, r, c, int(rand() * size * (r == c ? 1.5 : 1)) } }' | chisq --exact never >got
    jq -c 'select(.p) | select((.cramers_v.low <= .cramers_v.value and .cramers_v.value <= .cramers_v.high and
        (.cramers_v.low > 0) == (.p < 0.05)) | not)' got >wrong
    assert_equal "$(cat wrong)" ""
}

# Goodman & Kruskal 1954, p. 744: eye by hair colour, lambda_a = .2241; in R 4.2.2 by their 1963 variance: n <- sum(m);
# h <- apply(m, 2, max); k <- max(rowSums(m)); s <- sum(h[apply(m, 2, which.max) == which.max(rowSums(m))]);
# (sum(h) - k) / (n - k) + c(-1, 1) * qnorm(.975) * sqrt((n - sum(h)) * (sum(h) + k - 2 * s) / (n - k)^3)
@test "chisq tells by how much the group helps to guess the answer, Goodman and Kruskal's lambda" {
    table t "1768 807 189 47" "946 1387 746 53" "115 438 288 16" | chisq | show '.lambda.value, .lambda.low, .lambda.high' |
        close_to ".2241003 .1995799882 .2486206662"
    table t "9 0" "1 5" "0 5" | chisq | jq -e '.lambda.high <= 1 and .lambda.method == "Goodman & Kruskal"'
    table t 3 4 5 | chisq | show .lambda | close_to null
}

@test "chisq gives each cell its contribution and its p, adjusted over the cells" {
    table t "762 327 468" "484 239 477" | chisq >got
    # R: x <- chisq.test(m); (x$observed - x$expected)^2 / x$expected; p.adjust(2 * pnorm(-abs(x$stdres)), "holm")
    show '.residuals[].contribution' <got | close_to "4.834967 0.1692254 8.084012 6.273369 0.2195700 10.489006"
    jq '[.residuals[].contribution] | add' got | close_to 30.07
    show '.residuals[0].p, .residuals[0].p_adjusted, .residuals[1].p_adjusted' <got | close_to "6.730003e-06 2.692001e-05 .9685395"
}

@test "chisq writes sentences in the --style of JMIR and APA" {
    { table a "119 66" "36 15"; table b "11 4" "2 6"; } >in
    chisq --adjust none --style jmir in | jq -r .sentence >got
    cat >expected <<'END'
Pearson's uncorrected χ²₁=0.70 (N=236); P=.40; risk difference=-0.05 (95% CI -0.15 to 0.07, Newcombe); OR=0.75 (95% CI 0.38-1.47, Woolf); Cramér V=0.05
Fisher's exact test, N=23; P=.04; risk difference=0.45 (95% CI 0.05-0.70, Newcombe); OR=8.25 (95% CI 1.15-59.00, Woolf); Cramér V=0.46
END
    same_as expected <got
    chisq --adjust none --style apa in | jq -r .sentence >got
    cat >expected <<'END'
Pearson's uncorrected χ²(1, N = 236) = 0.70, p = .404, RD = -.05, 95% CI [-.15, .07], OR = 0.75, 95% CI [0.38, 1.47], V = .05
Fisher's exact test, N = 23, p = .039, RD = .45, 95% CI [.05, .70], OR = 8.25, 95% CI [1.15, 59.00], V = .46
END
    same_as expected <got
    chisq --adjust none --style plain in >one
    chisq --adjust none in | same_as one
}

@test "chisq explains a test with --explain, and report prints it" {
    printf '%s\n' '{"a":"y","g":1}' '{"a":"n","g":1}' '{"a":"n","g":2}' '{"a":"y","g":2}' '{"a":null,"g":2}' >in
    chisq --explain --field a --by g in >got
    jq -r .explanation got >words
    echo "Compared: the answers to a (y, n) between the groups of g (1, 2), on 4 records. Left out: 1 without an answer (missing 1). The counts to be expected without any difference are too small for Pearson's chi-square test by Cochran's rule (4 of 4 under 5, the least 1.0), so Fisher's exact test is reported. If the groups did not differ, chance alone would make a difference like this or a larger one in about 100 of 100 surveys." | same_as words
    "$BIN/report" got | tr '\n' ' ' | grep -qF "Compared: the answers to a (y, n)"
    chisq --field a --by g in | show .explanation | close_to null
}

@test "chisq --explain says of weighted means what was done about them, and of no other test" {
    printf '{"x":%s,"h":%s,"w":%s}\n' 1 1 2 4 2 1 3 1 3 2 2 1 7 1 2 9 2 3 >in
    echo '{"tables":[{"field":"x","by":"h","weight":"w","summary":true}]}' >plan.json
    "$BIN/tabulate" -p plan.json in | chisq --explain | jq -r .explanation >got
    grep -qF "each is one record: the design-based test compares the weighted means with what they vary by. If" got
    assert_equal "$(grep -c 'Rao' got)" 0
}

@test "chisq --explain says why each kind of test is the one for its table" {
    awk 'BEGIN { for (i = 0; i < 60; i++) printf "{\"a\":\"%s\",\"then\":\"%s\",\"g\":%d,\"s\":\"s%d\",\"x\":%d,\"w\":%d,\"m\":[%s],\"k\":[%s],\"one\":\"%s\"}\n",
        i * 7 % 5 < 2 ? "y" : "n", i * 3 % 7 < 3 ? "y" : "n", i % 2 + 1, i % 3, i * i % 17, i % 4 + 1,
        i % 4 == 0 ? "\"p\"" : i % 4 == 1 ? "\"p\",\"q\"" : "\"q\"", i % 5 < 2 ? "\"u\",\"v\"" : "\"v\"", i % 9 ? "y" : "n" }' >in
    cat >plan.json <<'END'
{"tables":[{"id":"strata","field":"a","by":"g","strata":"s"}, {"id":"means","field":"x","by":"g","summary":true}, {"id":"items","field":"m","by":"g","pairs":true},
  {"id":"named","field":"m","pairs":true}, {"id":"both","field":"m","by":"k"}, {"id":"weighted","field":"a","by":"g","weight":"w"}, {"id":"pairs","field":"a","by":"then","chisq":{"paired":true}},
  {"id":"shares","field":"one","chisq":{"expected":{"y":98,"n":2}}}]}
END
    "$BIN/tabulate" -p plan.json in | chisq --explain >got
    says() { # FILTER WORDS
        jq -r "select($1).explanation" got >words
        grep -qF "$2" words || { cat words; return 1; }
    }
    says '.method == "mantel_haenszel"' "each stratum of s by itself and then all together, on 60 records."
    says '.method == "mantel_haenszel"' "compares within the strata"
    says '.table == "strata" and .stratum == "s1"' ", in the stratum s1 of s, on 20 records."
    says '.method == "welch"' "does not ask that the groups vary alike"
    says '.table == "items" and .item == null' "A record could name several values, so the rows overlap"
    says '.table == "items" and .item == "p"' "how many named p in m between the groups of g (1, 2), on 60 records."
    says '.method == "cochran_q"' "Cochran's Q allows for that."
    says '.method | startswith("spmi")' "each value of the one is compared with each of the other"
    says '.method == "rao_scott_f"' "compares the weighted shares with what they vary by"
    says '.table == "pairs"' "the answers to a with the same records' answers to then, on 60 records."
    says '.table == "pairs"' "so only those that differ count: McNemar's test"
    says '.table == "shares"' "too small for Pearson's chi-square test by Cochran's rule (1 of 2 under 5, the least 1.2), so the exact binomial test is reported."
    awk 'BEGIN { for (i = 0; i < 40; i++) printf "{\"a\":\"v%d\"}\n", i % 10 }' | chisq --field a --equal --explain | jq -r .explanation >words
    grep -qF "the answers to a (10 values) came, with equal shares for all, on 40 records." words
}

@test "chisq tests a table as its plan says under chisq" {
    cat >plan.json <<'END'
{"tables":[
  {"id":"main","field":"a","by":"g","chisq":{"family":"primary"}},
  {"id":"side","field":"b","by":"g"},
  {"id":"shares","field":"a","chisq":{"expected":{"y":60,"n":40}}},
  {"id":"off","field":"b","chisq":false},
  {"id":"trend","field":"a","by":"g","chisq":{"scores":[1,5],"pairwise":true}}]}
END
    printf '%s\n' '{"a":"y","b":1,"g":1}' '{"a":"n","b":2,"g":1}' '{"a":"n","b":2,"g":2}' '{"a":"y","b":1,"g":2}' '{"a":"y","b":1,"g":2}' >in
    "$BIN/tabulate" -p plan.json in >cells
    chisq cells | jq -c '[.table, .adjust.family, .adjust.size, .linear.column_scores]' >got
    cat >expected <<'END'
["main","primary",1,null]
["side","independence",2,null]
["shares","goodness_of_fit",1,null]
["trend","independence",2,[1,5]]
END
    same_as expected <got
    # by hand: 3 of 5 and 2 of 5 against 60 and 40
    chisq cells | jq -c 'select(.table == "shares") | .statistic' | grep -qx 0
    sed 's/"pairwise":true/"pairwise":1/' plan.json >wrong.json
    fails_with 2 "tabulate: wrong.json: tables[4].chisq.pairwise: expected true or false, not a number" "$BIN/tabulate" -p wrong.json in
    sed 's/\[1,5\]/[1,5,6]/' plan.json >three.json
    "$BIN/tabulate" -p three.json in >cells
    fails_with 2 "chisq: table 'trend' has 2 groups, but 3 scores" chisq cells
}

@test "chisq refuses counts that are withheld, and numbers that have no counts" {
    table t "11 4" "2 6" | sed 's/}$/,"suppressed":true}/; s/"n":2,/"n":null,/' | awk '{ print }
        END { print "{\"table\":\"t\",\"title\":null,\"kind\":\"total\",\"field\":\"answer\",\"value\":null,\"by\":\"grp\",\"group\":\"g1\",\"n\":null,\"base\":null,\"percent\":null,\"low\":null,\"high\":null,\"multiple\":false,\"suppressed\":true}"
              print "{\"table\":\"t\",\"title\":null,\"kind\":\"total\",\"field\":\"answer\",\"value\":null,\"by\":\"grp\",\"group\":null,\"n\":null,\"base\":null,\"percent\":null,\"low\":null,\"high\":null,\"multiple\":false,\"suppressed\":true}"
              print "{\"table\":\"t\",\"title\":null,\"kind\":\"total\",\"field\":\"answer\",\"value\":null,\"by\":\"grp\",\"group\":\"g2\",\"n\":10,\"base\":null,\"percent\":null,\"low\":null,\"high\":null,\"multiple\":false,\"suppressed\":true}" }' |
        chisq | jq -c '[.statistic, .p, .sentence, .warnings]' >got
    echo '[null,null,null,["no test: counts are withheld or rounded"]]' >expected
    same_as expected <got
    echo '{"tables":[{"id":"t","field":"a","by":"g","suppress":{"below":5}},{"id":"n","field":"k","summary":true}]}' >plan.json
    { echo 8 y 1; echo 7 n 1; echo 9 y 2; echo 2 n 2; echo 6 y 3; echo 9 n 3; } |
        awk '{ while ($1-- > 0) printf "{\"a\":\"%s\",\"g\":%d,\"k\":%d}\n", $2, $3, $1 }' | "$BIN/tabulate" -p plan.json | chisq |
        jq -c '[.statistic, .p, .sentence, .warnings]' >got
    echo '[null,null,null,["no test: numbers that are summarised have no counts to compare"]]' >>expected
    same_as expected <got
}

# R 4.2.2 itself, with 500 tables of tests/data/r-tables.tsv: statistic, df, p, G and its p, Yates, Fisher to 1e-9 (Fisher
# 1e-6, for R's own tolerance)
@test "chisq agrees with R on 500 tables" {
    awk -F'\t' '!/^#/ {
        n++
        split($3, counts, ",")
        for (r = 1; r <= $1; r++)
            for (c = 1; c <= $2; c++)
                printf "{\"table\":\"t%d\",\"title\":null,\"kind\":\"cell\",\"field\":\"a\",\"value\":%d,\"by\":\"b\",\"group\":%d,\"n\":%s,\"multiple\":false}\n", n, r, c, counts[(r - 1) * $2 + c]
    }' "$ROOT/tests/data/r-tables.tsv" | chisq --monte-carlo 1 >got
    jq -r '[.statistic, .df, .p, .g.statistic, .g.p, .yates.statistic // "-", .yates.p // "-", .fisher.p // "-"] | join("\t")' got >ours
    grep -v '^#' "$ROOT/tests/data/r-tables.tsv" | cut -f 4-8,11-13 | paste - ours | awk -F'\t' '
        function off(a, b) { return (a > b ? a - b : b - a) / (b > 1e-290 ? b : 1e-290) }
        { for (i = 1; i <= 8; i++)
              if ($i != "-" && $(i + 8) != "-") {
                  compared++
                  # a statistic that is 0 but for rounding has no digits to compare
                  if ((i == 1 || i == 4 || i == 6) && $i < 1e-20 && $(i + 8) < 1e-20) continue
                  if (off($(i + 8), $i) > (i == 8 ? 1e-6 : 1e-9)) { print NR ": " $i " " $(i + 8); bad = 1 }
              } }
        END { if (compared < 2700) { print compared " numbers compared"; bad = 1 }; exit bad }'
}

# tests of every kind in one run, for --recheck
everything() {
    echo '{"tables":[{"id":"strata","field":"admit","by":"gender","strata":"dept"},{"id":"one","field":"dept","chisq":{"expected":{"A":1,"B":2,"C":3,"D":1,"E":1,"F":1}}},{"id":"three","field":"admit","by":"dept","chisq":{"pairwise":true,"trend":true}}]}' >plan.json
    admissions | "$BIN/tabulate" -p plan.json
    printf '%s\n' '{"g":1,"s":["x","y"]}' '{"g":2,"s":["x"]}' '{"g":2,"s":["y","z"]}' '{"g":1,"s":["z"]}' '{"g":1,"s":[]}' '{"g":2,"s":["x","z"]}' >sets
    echo '{"tables":[{"id":"set","field":"s","by":"g","pairs":true}]}' >plan.json
    "$BIN/tabulate" -p plan.json sets
    { echo 9 a a; echo 7 a b; echo 2 b a; echo 4 b b; } | awk '{ while ($1-- > 0) printf "{\"now\":\"%s\",\"then\":\"%s\"}\n", $2, $3 }' >pairs
    echo '{"tables":[{"id":"pair","field":"now","by":"then","chisq":{"paired":true}}]}' >plan.json
    "$BIN/tabulate" -p plan.json pairs
    table small "1 0 3" "0 2 1" "4 0 0"
    table zero "3 0" "0 3"
    table none "0 4" "2 6"
    table odd "11 4" "2 6" | sed 's/"table":"odd"/"table":"quo\\"te\\\\back"/'
    table few 1 0 3
}

@test "chisq writes an R script with --recheck that computes every test again" {
    everything >in
    chisq --recheck check.R in >tests
    chisq in | same_as tests
    command -v Rscript >/dev/null || skip "no R here: the script was not run"
    run -0 --separate-stderr Rscript check.R
    assert_output --regexp "[0-9]+ tests, [0-9]+ numbers compared: all agree"
    assert_equal "$stderr" ""
    chisq --exact always --monte-carlo 2000 --seed 3 --adjust bh --confidence 0.9 --recheck check.R in >/dev/null
    run -0 --separate-stderr Rscript check.R
    # one wrong digit stops it
    sed '0,/  p = 0\.[0-9]/s//&1/' check.R >wrong.R
    run -1 --separate-stderr Rscript wrong.R
    [[ $stderr == *" in chisq"* ]]
}

@test "chisq --recheck leaves no half-written script" {
    table t "11 4" "2 6" >in
    fails_with 1 "chisq: cannot write /dev/full: No space left on device" chisq --recheck /dev/full -o out in
    [ ! -e out ]
}

# R 4.2.2, survey 4.1.1: d <- data.frame(x, g, w) as below; s <- svydesign(ids = ~1, weights = ~w, data = d); svychisq(~x + g, s);
# svychisq(~x + g, s, statistic = "Chisq")$p.value
@test "chisq tests weighted counts by the records behind them, as survey::svychisq does" {
    { echo y a 1; echo y a 2.5; echo n a 1; echo n b 4; echo y b 1.5; echo n b 2; echo y b 1; echo m a 3; echo m b 0.5; echo y a 2; echo n b 1; echo m b 2; } |
        awk '{ printf "{\"x\":\"%s\",\"g\":\"%s\",\"w\":%s}\n", $1, $2, $3 }' >in
    echo '{"tables":[{"id":"t","field":"x","by":"g","weight":"w"}]}' >plan.json
    "$BIN/tabulate" -p plan.json in | chisq --recheck check.R >got
    show '.method, .n, .statistic, .df, .weighted.df2, .p, .weighted.chisq.p' <got |
        close_to "rao_scott_f 12 1.4956888966 1.9227234363 21.1499577989 .2467309519 .2240941738"
    show '.yates, .g, .fisher, .cramers_v.low, .cramers_v_corrected' <got | close_to "null null null null null"
    jq -r .sentence got | grep -qE '^Rao–Scott F\([0-9.]+, [0-9.]+\) = [0-9.]+, N = 12 weighted records, p = .*, Cramér.s V = 0\.[0-9]+ \(no interval: weighted counts\)$'
    # weights in another scale are the same weights
    jq -c '.w *= 10' in >ten
    "$BIN/tabulate" -p plan.json ten | chisq | show .n,.p >scaled
    show .n,.p <got >plain
    close_to "$(cat plain)" <scaled
    command -v Rscript >/dev/null || skip "no R here: the script was not run"
    run -0 Rscript check.R
}

@test "chisq agrees with survey::svychisq on 500 generated weighted tables" {
    Rscript -e 'library(survey); library(jsonlite)' >/dev/null 2>&1 || skip "no R with the packages survey and jsonlite here"
    awk 'BEGIN { srand(3)
        for (t = 0; t < 500; t++) { r = 2 + int(rand() * 3); c = 2 + int(rand() * 3); n = 30 + int(rand() * 120)
            for (i = 0; i < n; i++) { g = int(rand() * c)
                printf "{\"t\":\"t%d\",\"x\":%d,\"g\":%d,\"w\":%.2f}\n", t, rand() < 0.3 ? g % r : int(rand() * r), g, 0.2 + rand() * 5 * (t % 3 + 1) } } }' >in
    awk 'BEGIN { printf "{\"tables\":["
        for (t = 0; t < 500; t++) printf "%s{\"id\":\"t%d\",\"field\":\"x\",\"by\":\"g\",\"weight\":\"w\",\"where\":{\"t\":[\"t%d\"]}}", t ? "," : "", t, t
        print "]}" }' >plan.json
    "$BIN/tabulate" -p plan.json in | chisq >tests
    run -0 Rscript "$ROOT/tests/weighted.R" in tests
    assert_output "500 tables agree"
}

@test "chisq says of weighted counts without squares, from elsewhere, what p takes for a record" {
    table t "11.5 4" "2 6" | sed 's/}$/,"unweighted":3}/' | chisq | jq -r '.warnings[-1]' >got
    echo "counts are weighted: p takes each unit of weight for a record" | same_as got
}

# R 4.2.2, survey 4.1.1: svychisq(~x + g, svydesign(ids = ~1, weights = ~w, data = d)): F = 1.626, ndf = 1, ddf = 14, p = .223
@test "chisq takes weights of 0, and says why an effect has no interval where they leave a cell empty" {
    { echo 5 y p 0; echo 3 n q 2; echo 3 n p 1; echo 4 y q 1.5; } |
        awk '{ n = $1; while (n-- > 0) printf "{\"x\":\"%s\",\"g\":\"%s\",\"w\":%s}\n", $2, $3, $4 }' >in
    echo '{"tables":[{"id":"t","field":"x","by":"g","weight":"w"}]}' >plan.json
    "$BIN/tabulate" -p plan.json in | chisq --recheck check.R >got
    show .statistic,.df,.weighted.df2,.p,.odds_ratio.value,.odds_ratio.low <got | close_to "1.626 1 14 .223 0 null"
    jq -r .sentence got | grep -qF "risk difference = -0.50 (no interval: a cell is 0), odds ratio = 0.00 (no interval: a cell is 0)"
    # none at all
    sed 's/"w":[0-9.]*/"w":0/' in | "$BIN/tabulate" -p plan.json | chisq | jq -r '.warnings[]' | grep -qxF "no test: nothing was counted"
    command -v Rscript >/dev/null || skip "no R here: the script was not run"
    run -0 Rscript check.R
}

@test "chisq tests what has no row of its own as one, and no goodness of fit without it" {
    echo '{"tables":[{"id":"two","field":"a","by":"g","top":2},{"id":"one","field":"a","top":2,"chisq":{"equal":true}}]}' >plan.json
    { echo 9 x 1; echo 6 y 1; echo 3 z 1; echo 2 w 1; echo 6 x 2; echo 7 y 2; echo 4 z 2; echo 3 w 2; } |
        awk '{ while ($1-- > 0) printf "{\"a\":\"%s\",\"g\":%d}\n", $2, $3 }' | "$BIN/tabulate" -p plan.json | chisq >got
    # R: chisq.test(matrix(c(9, 6, 5, 6, 7, 7), 3)): X-squared = 1.0103, df = 2
    head -n 1 got | show .rows,.statistic,.df | close_to "3 1.0103 2"
    jq -r '.warnings[0]' got >words
    cat >expected <<'END'
2 values without a row of their own are tested as one
no test: some values have no row of their own, so the rows are not all there is
END
    same_as expected <words
}

@test "chisq tests the values of a multiple response over strata too" {
    echo '{"tables":[{"id":"t","field":"s","by":"g","strata":"k"}]}' >plan.json
    { echo 8 x a 1; echo 2 y a 1; echo 4 x b 1; echo 6 y b 1; echo 7 x a 2; echo 5 y a 2; echo 3 x b 2; echo 9 y b 2; } |
        awk '{ while ($1-- > 0) printf "{\"s\":[\"%s\"],\"g\":\"%s\",\"k\":%d}\n", $2, $3, $4 }' | "$BIN/tabulate" -p plan.json | chisq >got
    # R: mantelhaen.test(array(c(8, 2, 4, 6, 7, 5, 3, 9), c(2, 2, 2)), correct = FALSE): 5.745275, p .016533065; OR 4.902439
    head -n 1 got | show .item,.method,.statistic,.p,.odds_ratio.value | close_to "x mantel_haenszel 5.745275 .016533065 4.902439"
    jq -c '[.item, .stratum, .adjust.family]' got >words
    cat >expected <<'END'
["x",null,"items of t"]
["y",null,"items of t"]
[null,1,"strata of t"]
["x",1,"items in strata of t"]
["y",1,"items in strata of t"]
[null,2,"strata of t"]
["x",2,"items in strata of t"]
["y",2,"items in strata of t"]
END
    same_as expected <words
}

# Numbers "x" in groups "g": numbers X:G ...
numbers() {
    printf '%s\n' "$@" | awk -F: '{ printf "{\"x\":%s,\"g\":%s}\n", $1, $2 }'
}

# R 4.2.2: t.test(x ~ g); wilcox.test(x ~ g); kruskal.test(x, g); oneway.test(x ~ g) of the numbers below
@test "chisq compares numbers of groups: Welch, Mann-Whitney, Kruskal-Wallis" {
    echo '{"tables":[{"id":"t","field":"x","by":"g","summary":true}]}' >plan.json
    numbers 3:1 7:1 7:1 1:2 9:2 4:2 2:2 | "$BIN/tabulate" -p plan.json | chisq --recheck check.R >got
    show .test,.method,.statistic,.df,.p <got | close_to "location welch .749531689 4.966144201 .487501545"
    show '.mean_difference.value, .mean_difference.low, .mean_difference.high' <got | close_to "1.66666666667 -4.06104703429 7.39438036762"
    show .mann_whitney.statistic,.mann_whitney.p,.kruskal_wallis.statistic,.kruskal_wallis.p <got | close_to "8 .592560276917 .5090909091 .47553266"
    numbers 1.5:1 2:1 7:1 8:1 3:2 4:2 5:2 9:2 10:2 | "$BIN/tabulate" -p plan.json | chisq | show .mann_whitney.statistic,.mann_whitney.p | close_to "6 .412698413"
    numbers 3:1 7:1 7:1 1:2 9:2 4:2 2:2 5:3 6:3 9:3 | "$BIN/tabulate" -p plan.json | chisq >got
    show .statistic,.df,.location.df2,.p,.kruskal_wallis.p <got | close_to ".6784346573 2 4.636773325 .551515717 .47073926288"
    jq -r .sentence got | grep -qE "^Welch's F\(2, [0-9.]+\) = [0-9.]+, N = 10, p = \.[0-9]+; Kruskal–Wallis H = [0-9.]+, p = "
    numbers 3:1 7:1 4:2 | "$BIN/tabulate" -p plan.json | chisq | jq -r '.warnings[]' | grep -qxF "no test: a group has one number only"
    numbers 3:1 7:1 | "$BIN/tabulate" -p plan.json | chisq | jq -r '.warnings[]' | grep -qxF "no test: records in one group only"
    numbers 3:1 3:1 4:2 4:2 | "$BIN/tabulate" -p plan.json | chisq | jq -r '.warnings[]' | grep -qxF "no test: the numbers of a group are all the same"
    command -v Rscript >/dev/null || skip "no R here: the script was not run"
    run -0 Rscript check.R
}

@test "chisq agrees with R's t, Wilcoxon, Kruskal and Welch tests of 500 generated tables of numbers" {
    Rscript -e 'library(jsonlite)' >/dev/null 2>&1 || skip "no R with the package jsonlite here"
    awk 'BEGIN { srand(4)
        for (t = 0; t < 500; t++) { c = 2 + int(rand() * rand() * 4); n = 8 + int(rand() * 90); digits = t % 3
            for (i = 0; i < n; i++)
                printf "{\"t\":\"t%d\",\"x\":%.*f,\"g\":%d}\n", t, digits * digits, 10 + (rand() + rand() - 1) * (5 + i % c), i % c } }' >in
    awk 'BEGIN { printf "{\"tables\":["
        for (t = 0; t < 500; t++) printf "%s{\"id\":\"t%d\",\"field\":\"x\",\"by\":\"g\",\"summary\":true,\"where\":{\"t\":[\"t%d\"]}}", t ? "," : "", t, t
        print "]}" }' >plan.json
    "$BIN/tabulate" -p plan.json in | chisq >tests
    run -0 Rscript "$ROOT/tests/location.R" in tests
    assert_output "500 tables agree"
}

# Unaided vision of the right and left eyes of 7477 women (Stuart 1953): Stuart-Maxwell Q = 11.96, as R's package coin prints on its page of
# these data, "vision"; R 4.2.2: mantelhaen.test() of those whose eyes differ as strata of two: 11.95657, df 3, p .00753; Bowker by
# mcnemar.test(): 19.10655, df 6
@test "chisq compares the margins of paired answers by Stuart and Maxwell's test" {
    table t "1520 266 124 66" "234 1512 432 78" "117 362 1772 205" "36 82 179 492" |
        sed 's/"group":"g\([0-9]\)"/"group":"v\1"/' >in
    chisq --paired --recheck check.R in >got
    show .statistic,.stuart_maxwell.statistic,.stuart_maxwell.p <got | close_to "19.10655 11.95657 .00753"
    # two by two it is McNemar's
    table t "794 150" "86 570" | sed 's/"group":"g\([0-9]\)"/"group":"v\1"/' | chisq --paired >two
    jq -e '(.statistic - .stuart_maxwell.statistic | fabs) < 1e-9' two
    command -v Rscript >/dev/null || skip "no R here: the script was not run"
    run -0 Rscript check.R
}

# by hand: 5 of 5 changes are between a and b, so that 2.5 are expected in each; R 4.2.2: mcnemar.test() 1.8, df 1 (NaN pairs left out)
@test "chisq warns of Bowker's test where few records changed, and is exact where they changed between two values alone" {
    few() { awk '{ while ($1-- > 0) printf "{\"a\":\"%s\",\"g\":\"%s\"}\n", $2, $3 }' >in; }
    echo '{"tables":[{"id":"t","field":"a","by":"g","chisq":{"paired":true}}]}' >plan.json
    { echo 5 a a; echo 1 a b; echo 4 b a; echo 3 a c; echo 2 c c; } | few
    "$BIN/tabulate" -p plan.json in | chisq >got
    show .statistic,.df,.binomial_p <got | close_to "4.8 2 null"
    jq -r '.warnings[]' got >words
    echo "fewer than 10 records changed between the two in 2 of 2 pairs of values: take p with care" | same_as words
    { cat in in in in; } | "$BIN/tabulate" -p plan.json | chisq | jq -e '.warnings == []'
    # R: binom.test(1, 5)$p.value
    { echo 5 a a; echo 1 a b; echo 4 b a; echo 2 c c; } | few
    "$BIN/tabulate" -p plan.json in | chisq --recheck check.R >got
    show .statistic,.df,.binomial_p,.preferred,.warnings <got | close_to "1.8 1 .375 binomial []"
    jq -r .sentence got | grep -qxF "McNemar's exact test, N = 12, p = .38"
    command -v Rscript >/dev/null || skip "no R here: the script was not run"
    run -0 Rscript check.R
}

# R 4.2.2: friedman.test() of the records as rows of 0 and 1, whose statistic is Cochran's Q
@test "chisq tests by Cochran's Q whether the values of a multiple response are named equally often" {
    printf '%s\n' '{"m":["a","b"]}' '{"m":["a"]}' '{"m":["a","b","c"]}' '{"m":[]}' '{"m":["a","c"]}' '{"m":["b"]}' '{"m":["a"]}' '{"m":["a","b"]}' '{"m":["a"]}' >in
    echo '{"tables":[{"id":"t","field":"m","pairs":true}]}' >plan.json
    "$BIN/tabulate" -p plan.json in | chisq --recheck check.R >got
    show .test,.method,.statistic,.df,.p <got | close_to "equality cochran_q 5.4285714286 2 .0662522591523"
    jq -r .sentence got | grep -q "^Cochran's Q, χ²(2, N = 9) = "
    printf '%s\n' '{"m":["a","b"]}' '{"m":[]}' '{"m":["b","a"]}' | "$BIN/tabulate" -p plan.json | chisq | jq -r '.warnings[]' |
        grep -qxF "no test: every record named all of the values, or none"
    command -v Rscript >/dev/null || skip "no R here: the script was not run"
    run -0 Rscript check.R
}

# R 4.2.2: prop.test(c(x1, x2), c(n1, n2), correct = FALSE)$p.value * 3 of 40/50, 20/50, 25/50: A-B .000134, A-C .00499, B-C .945
@test "chisq --letters names the groups with a smaller share, as SPSS does" {
    table t "40 20 25" "10 30 25" >in
    chisq --letters --recheck check.R in >got
    jq -c '.letters | map([.value, .letter, .above])' got >letters
    echo '[["v1","A","BC"],["v1","B",""],["v1","C",""],["v2","A",""],["v2","B","A"],["v2","C","A"]]' | same_as letters
    chisq in | show .letters | close_to null
    printf '%s\n' '{"a":"y","g":1}' '{"a":"n","g":2}' >records
    echo '{"tables":[{"id":"t","field":"a","by":"g","chisq":{"letters":true}}]}' >plan.json
    "$BIN/tabulate" -p plan.json records | chisq | jq -c '.letters[0].letter' | grep -qxF '"A"'
    # of more than 26 groups letters come apart
    table t "$(seq -s ' ' 5 5 140)" "$(seq -s ' ' 140 -5 5)" | chisq --letters --recheck many.R | jq -r '.letters[27].above' >above
    grep -qE '^A B C .* N( |$)' above
    command -v Rscript >/dev/null || skip "no R here: the script was not run"
    run -0 Rscript check.R
    run -0 Rscript many.R
}

@test "chisq's manual has every key of its lines, and the source of every figure" {
    table t "11 4" "2 6" | chisq | jq -r 'keys_unsorted[]' | while read -r key; do
        grep -qE "^\|[^|]*\`$key\`" "$ROOT/docs/chisq.md" || { echo "no row for $key"; return 1; }
    done
    # authors and years of the table of statistics: "Fisher 1935; Mehta & Patel 1983" and so on
    sed -n 's/^ *\.source = "\(.*\)"}.*/\1/p' "$ROOT/src/testing/statistic.c" | tr ';' '\n' |
        sed -nE 's/^ *(over strata )?([^0-9,&]*[^0-9,& ]).*([12][0-9]{3}).*/\2:\3/p' | sed 's/ et al\.//' | sort -u >sources
    [ "$(wc -l <sources)" -ge 20 ]
    while IFS=: read -r author year; do
        grep -qE "$author.*$year" "$ROOT/docs/chisq.md" || { echo "no source $author $year"; return 1; }
    done <sources
}

# R 4.2.2: chisq.test(table(u, v), correct = FALSE) of each value u and each group v as 0 and 1: their sum, least p times 6, largest
@test "chisq compares two multiple responses pair by pair" {
    printf '%s\n' '{"s":["x","y"],"g":["a"]}' '{"s":["x"],"g":["a","b"]}' '{"s":["y"],"g":["b"]}' '{"s":[],"g":["b"]}' \
        '{"s":["x"],"g":["a"]}' '{"s":["y","z"],"g":["b"]}' '{"s":["x","z"],"g":["a"]}' >in
    "$BIN/tabulate" --field s --by g in | chisq --recheck check.R >got
    show .method,.statistic,.df,.p,.spmi.pairs,.spmi.most,.spmi.value,.spmi.group <got |
        close_to "spmi_bonferroni 12.46388889 6 .04890582956 6 7 x a"
    jq -r .sentence got >words
    echo "Pairwise marginal independence, sum of χ²(6, N = 7) = 12.46, Bonferroni over 6 pairs p = .049" | same_as words
    command -v Rscript >/dev/null || skip "no R here: the script was not run"
    run -0 Rscript check.R
}

@test "chisq counts tables of up to 100,000 cells from records, and says who counts larger ones" {
    awk 'BEGIN { for (i = 1; i <= 100000; i++) print "{\"a\":" i "}" }' >in.jsonl
    assert_equal "$("$BIN/chisq" --field a --equal in.jsonl | jq '.rows, (.residuals | length)' | paste -sd' ')" '100000 100000'
    echo '{"a":"more"}' >>in.jsonl
    fails_with 1 "chisq: in.jsonl:100001: field 'a': its values give table 'a' more than 100000 cells (tabulate --max-cells counts more)" \
        "$BIN/chisq" --field a --equal in.jsonl
}
