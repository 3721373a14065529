#!/usr/bin/env bats
# report: tables for people.
load helper

cell() { # TABLE FIELD VALUE N BASE PERCENT
    printf '{"table":"%s","title":null,"kind":"cell","field":"%s","value":"%s","by":null,"group":null,"n":%s,"base":%s,"percent":%s,"low":null,"high":null,"multiple":false}\n' "$@"
}

total() { # TABLE FIELD N BASE
    printf '{"table":"%s","title":null,"kind":"total","field":"%s","value":null,"by":null,"group":null,"n":%s,"base":%s,"percent":100,"low":null,"high":null,"multiple":false}\n' "$@"
}

two_way() {
    for i in 1 2 3; do echo '{"grant":"yes","gde":"funded"}'; done
    for i in 1 2; do echo '{"grant":"no","gde":"not funded"}'; done
    echo '{"grant":null,"gde":"not funded","_missing":{"grant":"not_held"}}'
    echo '{"grant":"yes"}'
}

# R 4.2.2: prop.test(3, 3, correct = FALSE): 0.4385, prop.test(2, 2, correct = FALSE): 0.3424
@test "report prints n/N (%), its interval, the base and the missing reasons" {
    two_way | "$BIN/tabulate" --field grant --by gde | "$BIN/report" >got
    cat >expected <<'X'
grant_by_gde
============
         gde
  grant             funded         not funded
  yes    3/3 (100%) 44–100      0/2 (0%) 0–66
  no         0/3 (0%) 0–56  2/2 (100%) 34–100
  Base                   3                  2
95% CI: Wilson score interval.
Not in the table: 1 gde: no such field.
  Missing answers       funded  not funded
  information not held       0           1

X
    same_as expected <got
}

@test "report counts in its head the tests that were made, not the lines that say why there is none" {
    { for i in 1 2 3; do echo '{"tech":["a","b"],"grant":"yes","gde":"x"}'; done
      for i in 1 2; do echo '{"tech":["a"],"grant":"no","gde":"y"}'; done; } >in.jsonl
    echo '{"tables":[{"field":"grant","by":"gde"},{"field":"tech"}]}' >plan.json
    "$BIN/tabulate" -p plan.json in.jsonl | "$BIN/chisq" --pass | "$BIN/report" -f html >page
    grep -qF '<dt>Statistical test</dt><dd>1</dd>' page
}

@test "report ends no line of text in a space where no residual follows the effect sizes" {
    printf '%s\n' '{"g":"x","a":"y","w":1.5}' '{"g":"x","a":"n","w":2}' '{"g":"z","a":"n","w":1}' '{"g":"z","a":"y","w":3}' >in.jsonl
    echo '{"tables":[{"field":"a","by":"g","weight":"w"}]}' >plan.json
    "$BIN/tabulate" -p plan.json in.jsonl | "$BIN/chisq" --pass | "$BIN/report" >page
    grep -q Woolf page
    run -1 grep -n ' $' page
}

@test "report prints Markdown" {
    two_way | "$BIN/tabulate" --field grant --by gde | "$BIN/report" --format markdown >got
    cat >expected <<'X'
## grant\_by\_gde

Columns: gde.

| grant | funded | not funded |
|---|---:|---:|
| yes | 3/3 (100%) 44–100 | 0/2 (0%) 0–66 |
| no | 0/3 (0%) 0–56 | 2/2 (100%) 34–100 |
| Base | 3 | 2 |

95% CI: Wilson score interval.

Not in the table: 1 gde: no such field.

| Missing answers | funded | not funded |
|---|---:|---:|
| information not held | 0 | 1 |

X
    same_as expected <got
}

# JMIR, instructions for authors: percentages by the size of N
@test "report gives a percentage no decimals under 100, one up to 999, two above" {
    for base in 99 100 999 1000; do
        { cell t f a 33 $base 33.3349; total t f 33 $base; } | "$BIN/report" | sed -n 4p
    done >got
    cat >expected <<'X'
  a  33/99 (33%)
  a  33/100 (33.3%)
  a  33/999 (33.3%)
  a  33/1000 (33.33%)
X
    same_as expected <got
}

# Wilson 1927 by R: prop.test(18, 20, correct = FALSE)$conf.int = 0.6989664 0.9721335
@test "report prints intervals behind a percentage, in its bracket, or not at all" {
    { for i in $(seq 18); do echo '{"a":"yes"}'; done; echo '{"a":"no"}'; echo '{"a":"no"}'; } |
        "$BIN/tabulate" --field a >cells
    "$BIN/report" cells | sed -n 4p >got
    echo '  yes  18/20 (90%) 70–97' | same_as got
    "$BIN/report" --style apa --decimals 0 cells | grep -qxF '  yes  18/20 (90%) [70, 97]'
    "$BIN/report" --intervals cells | sed -n 4p >got
    echo '  yes  18/20 (90%, 70–97)' | same_as got
    "$BIN/report" --no-intervals cells >got
    grep -qxF '  yes  18/20 (90%)' got
    ! grep -q CI got
    "$BIN/report" -f markdown cells | grep -qF '| 18/20 (90%) 70–97 |'
    "$BIN/report" -f latex cells | grep -qF '18/20 (90\%) 70--97'
    "$BIN/report" -f html cells | grep -qF '<span class="ci">70–97</span>'
    [ "$("$BIN/report" -f html --no-intervals cells | grep -c '70–97')" -eq 0 ]
    fails_with 2 "report: option '--intervals' cannot go with '--no-intervals' (try --help)" "$BIN/report" --intervals --no-intervals cells
}

@test "report names the method of the intervals, as the results carry it" {
    echo '{"confidence":0.9,"tables":[{"id":"t","field":"a","interval":"jeffreys"},{"id":"r","field":"l","percent":"responses"}]}' >plan.json
    printf '{"a":"%s","l":["x","y"]}\n' x x y | "$BIN/tabulate" -p plan.json >cells
    [ "$(jq -r 'select(.kind == "total") | "\(.interval) \(.confidence)"' cells)" = "jeffreys 0.9
null null" ]
    [ "$("$BIN/report" cells | grep -c '^90% CI: Jeffreys interval\.$')" -eq 1 ]
    "$BIN/tabulate" --field a --by l <<<'{"a":"x","l":"y"}' | sed 's/"interval":"wilson"/"interval":"of ours"/' | "$BIN/report" | grep -qxF '95% CI: of ours.'
    jq -c 'if .interval then .interval = 3 else . end' cells | fails_with 1 "report: <stdin>:3: field 'interval': expected a string or null, not a number" "$BIN/report"
}

@test "report tells methods and software below tests, in each form" {
    two_way | "$BIN/tabulate" --field grant --by gde | "$BIN/chisq" --pass >results
    local version form
    version=$("$BIN/report" --version | awk '{ print $3 }')
    for form in text markdown latex html; do
        "$BIN/report" -f "$form" results | tr '\n' ' ' >got
        grep -qF 'Methods' got
        grep -qF 'Wilson score interval (Wilson 1927)' got
        grep -qF "Fisher's exact test" got
        grep -qF "All figures were made by foi-filters $version." got
    done
    two_way | "$BIN/tabulate" --field grant --by gde | "$BIN/report" >got
    ! grep -q Methods got
}

@test "report keeps the name of a figure on its line" {
    for i in $(seq 30); do echo '{"a":"yes","g":"one"}'; echo '{"a":"no","g":"two"}'; echo '{"a":"yes","g":"two"}'; done >in
    "$BIN/tabulate" --field a --by g in | "$BIN/chisq" --pass >results
    for width in 60 70 79 100; do
        "$BIN/report" --width "$width" results >got
        sed -n "/^Pearson/,/^$/p" got >sentence
        # a line ends behind a comma that stands in no bracket, or the sentence does
        awk '{ open = gsub(/[(]/, "(") - gsub(/[)]/, ")"); if (open || ($0 !~ /,$/ && $0 != "" && $0 !~ /^.*V = [0-9.]+$/)) { print; bad = 1 } } END { exit bad }' sentence
    done
    "$BIN/report" -f latex results | grep -qF 'p~$<$~.001'
    "$BIN/report" -f html results | grep -qF '<span class="nb">Pearson'
}

@test "report puts each test and its warnings below its table" {
    { cell one f a 1 2 50; total one f 1 2; cell two f a 1 2 50; total two f 1 2
      echo '{"table":"one","test":"independence","sentence":"of one","warnings":["few records"]}'
      echo '{"table":"two","test":"independence","sentence":"of two","explanation":"why","warnings":[]}'
    } | "$BIN/report" >got
    cat >expected <<'X'
one
===
  f    n/N (%)
  a  1/2 (50%)
Base: 2, with the missing answers.
of one
Note: few records.

two
===
  f    n/N (%)
  a  1/2 (50%)
Base: 2, with the missing answers.
of two
why

X
    same_as expected <got
}

@test "report prints a test that came without its cells" {
    echo '{"table":"gone","test":"independence","sentence":"alone"}' | "$BIN/report" >got
    printf 'gone\n====\nalone\n\n' | same_as got
}

@test "report gives the same for shuffled lines but for the order of tables and rows" {
    two_way | "$BIN/tabulate" --field grant --by gde >cells
    { grep '"kind":"cell"' cells; grep -v '"kind":"cell"' cells | sort -r; } | "$BIN/report" | sort >got
    "$BIN/report" cells | sort | same_as got
}

@test "report tells the missing answers of each group together" {
    for reason in refused:s12 blank refused:s12; do
        for group in a b; do
            printf '{"grant":null,"gde":"%s","_missing":{"grant":"%s"}}\n' $group $reason
        done
    done >in
    echo '{"grant":"yes","gde":"a"}' >>in
    "$BIN/tabulate" --field grant --by gde in | "$BIN/report" | tail -n 4 >got
    cat >expected <<'X'
  Missing answers                   a  b
  refused, section 12 (cost limit)  2  2
  left blank                        1  1

X
    same_as expected <got
}

@test "report breaks no line of text within an equation" {
    for start in $(seq 60 78); do
        printf '{"table":"equations","test":"independence","sentence":"%s p = .04, q < .001 and more"}\n' \
            "$(printf '%*s' "$start" '' | tr ' ' x)"
    done >in
    "$BIN/report" in >got
    run -1 grep -nE '(^| )[=<]$|^[=<] |(^| )[pq]$' got
}

@test "report breaks no line of text between a reason and its number" {
    for i in $(seq 20); do printf '{"a":null,"_missing":{"a":"reason_%d"}}\n' "$i"; done |
        "$BIN/tabulate" --field a | "$BIN/report" >got
    [ "$(grep -c 'reason' got)" -gt 1 ]
    run -1 grep -E '(^| )1$|^[0-9]+[;.]' got
}

@test "report names the stratum and the item of a note that follows no sentence" {
    { echo '{"table":"one","test":"independence","sentence":null,"item":"SQL","stratum":"acute","warnings":["no test"]}'
      echo '{"table":"one","test":"independence","sentence":null,"item":null,"stratum":2019,"warnings":["no test"]}'
      echo '{"table":"one","test":"independence","sentence":"acute: p = 1","stratum":"acute","warnings":["few"]}'
    } | "$BIN/report" | tail -n +3 >got
    printf '%s\n' 'Note (acute, SQL): no test.' 'Note (2019): no test.' 'acute: p = 1' 'Note: few.' '' | same_as got
}

@test "report numbers each table of a page, with an anchor" {
    { cell one f a 1 2 50; total one f 1 2; } | "$BIN/report" -f html >page
    grep -qF '<section class="t" id="t-one">' page
    grep -qF '<h3><a class="self" href="#t-one"><span class="no">Table 1.</span>one</a></h3>' page
    grep -qF '<li><a href="#t-one"><b>1</b> one</a></li>' page
}

@test "report escapes what HTML, LaTeX and Markdown would obey" {
    { cell 't' 'f' '<b>&%_#{}~^|\\\\*`[x]' 1 1 100; total t f 1 1; } >cells
    run -0 "$BIN/report" -f html cells
    assert_output --partial '<tr><th scope="row">&lt;b&gt;&amp;%_#{}~^|\\*`[x]</th>'
    run -0 "$BIN/report" -f latex cells
    assert_line '$<$b$>$\&\%\_\#\{\}\textasciitilde{}\textasciicircum{}\textbar{}\textbackslash{}\textbackslash{}*\textasciigrave{}[x] & 1/1 (100\%) \\'
    run -0 "$BIN/report" -f markdown cells
    assert_line '| &lt;b>&amp;%\_\#{}\~\^\|\\\\\*\`\[x\] | 1/1 (100%) |'
}

@test "report lets a table of more than a page go over pages in LaTeX" {
    for i in $(seq 60); do printf '{"f":"value %s"}\n' "$i"; done | "$BIN/tabulate" --field f | "$BIN/report" -f latex >got
    run -1 grep -F '\begin{table}' got # which would float, and not break
    assert_equal "$(grep -c '^\\begin{longtable}' got) $(grep -c '^\\end{longtable}' got) $(grep -c '^\\endhead' got)" "1 1 1"
    assert_equal "$(grep -c '^value [0-9]* & 1/60 (2\\%).* \\\\$' got)" 60
}

@test "report writes a whole HTML page, also of nothing" {
    run -0 "$BIN/report" -f html /dev/null
    assert_line --index 0 '<!DOCTYPE html>'
    assert_line '</html>'
}

@test "report sets columns of wide and combining letters straight" {
    { cell t f '東京' 1 2 50; cell t f 'é' 1 2 50; total t f 2 2; } | "$BIN/report" | sed -n 4,5p >got
    printf '  東京  1/2 (50%%)\n  é     1/2 (50%%)\n' | same_as got
}

@test "report refuses a line that is neither a cell nor a test" {
    echo '{"a":1}' >in
    fails_with 1 "report: in:1: neither a cell of tabulate nor a test of chisq" "$BIN/report" in
    echo '{"table":1,"test":"x"}' >in
    fails_with 1 "report: in:1: field 'table': not the name of a table" "$BIN/report" in
    echo '{"table":"t","test":"x","sentence":1}' >in
    fails_with 1 "report: in:1: field 'sentence': not a sentence" "$BIN/report" in
}

@test "report knows no other format" {
    [ -x "$BIN/toxlsx" ] || skip "built without libxlsxwriter, so one format less"
    fails_with 2 "report: option '--format' takes text|markdown|html|csv|jsonl|xlsx|latex, not 'word' (try --help)" \
        "$BIN/report" -f word
}

@test "report prints an account of the replies with its response rates" {
    cat >plan.json <<'X'
{"tables":[{"id":"replies","title":"Replies","field":"status","flow":{"questions":["grant"]}}]}
X
    { for _ in 1 2 3 4 5 6; do echo '{"status":"answered","grant":"yes"}'; done
      echo '{"status":"answered","grant":null}'
      echo '{"status":"refused:s12","grant":null}'; echo '{"status":"no_response","grant":null}'
      echo '{"status":"no_response","grant":null}'; } >in
    "$BIN/tabulate" -p plan.json in | "$BIN/report" >got
    # by hand: 10 asked, 7 answered, 6 of them usable; RR1 = 7/10
    for line in '  asked                               10/10 (100%)' '  complete replies                      7/10 (70%)' \
        '  – refused, section 12 (cost limit)    1/10 (10%)' '  no reply                              2/10 (20%)' \
        '  usable answers: grant                 6/10 (60%)' '  RR1                                   7/10 (70%)'; do
        grep -qxF -- "$line" got || { cat got; echo "no '$line'"; return 1; }
    done
}

# R 4.2.2: x <- c(0, 9, 36, 81); mean(x) 31.5; sd(x) 36.37307; quantile(x): 0.00 6.75 22.50 47.25 81.00
@test "report prints the summary of a field of numbers" {
    echo '{"tables":[{"id":"staff","field":"staff","summary":true}]}' >plan.json
    printf '{"staff":%d}\n' 0 9 36 81 | "$BIN/tabulate" -p plan.json | "$BIN/report" >got
    cat >expected <<'X'
staff
=====
  staff                           value
  n                                   4
  mean (SD)                31.5 (36.37)
  median (quartiles)  22.5 (6.75–47.25)
  range                            0–81

X
    same_as expected <got
}

@test "report prints all percentages that the plan asked for" {
    echo '{"tables":[{"id":"t","field":"a","by":"g","percent":["column","row","total"]}]}' >plan.json
    printf '{"a":"%s","g":"%s"}\n' yes x yes y no y no y | "$BIN/tabulate" -p plan.json | "$BIN/report" --no-intervals --width 100 | sed -n 5,6p >got
    # by hand: yes x 1 of column 1, row 2, total 4; no y 2 of column 3, row 2, total 4
    cat >expected <<'X'
  yes   1/1 (100%; 50% of row; 25% of total)   1/3 (33%; 50% of row; 25% of total)
  no        0/1 (0%; 0% of row; 0% of total)  2/3 (67%; 100% of row; 50% of total)
X
    same_as expected <got
}

@test "report prints what the top rows leave, and the bounds of a population" {
    echo '{"tables":[{"id":"t","field":"a","top":1},{"id":"p","field":"b","population":10}]}' >plan.json
    { printf '{"a":"%s","b":"yes"}\n' x x y; echo '{"a":"z","b":"no"}'; } | "$BIN/tabulate" -p plan.json | "$BIN/report" >got
    grep -qxF '  (2 other values)  2/4 (50%) 15–85' got # R: prop.test(2, 4, correct = FALSE): 0.1500 0.8500
    # by hand: yes 3 of 4 asked, 6 of 10 did not answer: 3/10 to 9/10
    grep -q 'If none, or all, of those who did not answer belonged here: yes 30–90%' got
}

labelled() {
    echo '{"kind":"labels","title":"The study","fields":{"grant":"Tried for a grant"},"tables":{},"reasons":{"not_held":"nobody knows"},"public":[]}'
    two_way | "$BIN/tabulate" --field grant --by gde
}

@test "report prints labels, and names on demand" {
    labelled | "$BIN/report" --no-intervals >got
    grep -qxF '  Tried for a grant      funded  not funded' got
    grep -qxF '  nobody knows          0           1' got
    labelled | "$BIN/report" --no-intervals --names >got
    grep -qxF '  grant      funded  not funded' got
    grep -qxF '  not_held              0           1' got
}

@test "report gives a table the decimals of its largest base, of a style, or as many as asked" {
    # by hand: 1/3 = 33.3..., 1/150 = 0.66...
    { for _ in 1 2 3; do echo '{"a":"x","g":"small"}'; done; for _ in $(seq 150); do echo '{"a":"y","g":"large"}'; done
      echo '{"a":"y","g":"small"}'; } | "$BIN/tabulate" --field a --by g >cells
    "$BIN/report" cells | grep -qF '3/4 (75.0%)'
    "$BIN/report" --decimals 2 cells | grep -qF '3/4 (75.00%)'
    "$BIN/report" --style plain --intervals cells | grep -qF '3/4 (75.0%, 30.1–95.4)' # R: prop.test(3, 4, correct = FALSE): 0.3006 0.9544
    "$BIN/report" --style apa --intervals cells | grep -qF '3/4 (75.0%, [30.1, 95.4])'
    fails_with 2 "report: option '--decimals' takes 0 to 9, not 10 (try --help)" "$BIN/report" --decimals 10
}

@test "report makes no line of text wider than asked" {
    for g in $(seq 9); do
        printf '{"a":"a value of some length that has to be broken","g":"group number %d of the study"}\n' "$g" "$g" "$g"
        printf '{"a":null,"g":"group number %d of the study","_missing":{"a":"refused:s43"}}\n' "$g"
    done | "$BIN/tabulate" --field a --by g | "$BIN/chisq" --pass >cells
    for width in 40 60 79 120; do
        "$BIN/report" --width "$width" cells | LC_ALL=C.UTF-8 awk -v w="$width" 'length($0) > w { bad = 1; print } END { exit bad }'
    done
    [ "$("$BIN/report" cells | grep -c '3/3 (100%)')" -ge 1 ]
}

@test "report draws bars on demand, and colours nowhere but on a terminal" {
    { cell t f a 1 2 50; total t f 1 2; } >cells
    "$BIN/report" --bars always cells | grep -qxF '  a  1/2 (50%)  ████████████'
    run -1 grep -q $'\x1b' <("$BIN/report" --bars always cells)
    type -t script >/dev/null || skip "no script(1)"
    script -qec "TERM=xterm '$BIN/report' cells" /dev/null </dev/null | grep -q $'\x1b\[34m'
    run -1 grep -q $'\x1b' <(script -qec "TERM=xterm NO_COLOR=1 '$BIN/report' cells" /dev/null </dev/null)
}

@test "report opens each triangle of a page that it closes, however many tests a table has" {
    echo '{"tables":[{"id":"t","field":"x","by":"g"}]}' >plan.json
    local values=()
    for value in a b c d; do
        values+=("$value")
        for x in "${values[@]}"; do printf "{\"x\":[\"$x\"],\"g\":%s}\n" 1 1 2 2 2; done >in
        "$BIN/tabulate" -p plan.json in | "$BIN/chisq" --pass >tests.jsonl
        "$BIN/report" -f html tests.jsonl >page.html
        assert_equal "$(grep -o '<details' page.html | wc -l)" "$(grep -o '</details>' page.html | wc -l)"
        jq -s 'map(select(.test and .statistic != null)) | length' tests.jsonl
    done >counts
    grep -qx 3 counts && grep -qx 4 counts
}

@test "report titles Markdown and a page as the plan or --title says" {
    labelled | "$BIN/report" -f markdown | head -n 1 | same_as <(echo '# The study')
    labelled | "$BIN/report" -f markdown --title 'Another *one*' | head -n 1 | same_as <(echo '# Another \*one\*')
    labelled | "$BIN/report" -f html | grep -qF '<title>The study</title>'
}

@test "report tells in a page where the figures come from" {
    echo '{"study":"s<x>","version":"9","inputs":[{"file":"a&b.csv","sha256":"00ff"}],"stages":{"one":{"program":"code","read":3,"written":2,"rejected":1}},"ledger":[{"what":"one: adds up","left":3,"right":3}]}' >manifest.json
    { cell t f a 1 2 50; total t f 1 2; } | "$BIN/report" -f html --manifest manifest.json >page
    for part in 'a&amp;b.csv' 00ff 's&lt;x&gt;' 'one: adds up' '<td>3</td><td>2</td><td>1</td>'; do
        grep -qF "$part" page || { echo "no $part"; return 1; }
    done
    run -2 "$BIN/report" -f html --manifest nothing.json page
}

@test "report writes a flat table of cells with labels as CSV" {
    { labelled; cell x y '=1+1,a' 1 3 33.333333333333336; total x y 3 3; cell x y b 2 3 66.666666666666671; } |
        "$BIN/report" -f csv >got
    head -n 1 got | same_as <(echo 'table,title,kind,field,field_label,value,value_label,by,by_label,group,group_label,strata,stratum,stratum_label,n,base,percent,low,high')
    grep -qxF 'grant_by_gde,,cell,grant,Tried for a grant,no,no,gde,gde,not funded,not funded,,,,2,2,100,34.23802275066532,100' got # R: prop.test(2, 2, correct = FALSE)
    grep -qxF 'grant_by_gde,,missing,grant,Tried for a grant,not_held,nobody knows,gde,gde,not funded,not funded,,,,1,,,,' got
    "$BIN/fromcsv" got | jq -r 'select(.table == "x" and .kind == "cell") | .value' | same_as <(printf '%s\n' "'=1+1,a" b)
}

@test "report draws the chart of one table as SVG, with its figures in words" {
    { cell t f 'a<b' 1 2 50; total t f 1 2; } >cells
    "$BIN/report" --figure t cells >t.svg
    head -n 1 t.svg | grep -q '^<svg xmlns="http://www.w3.org/2000/svg" width="170mm"'
    grep -qF 'a&lt;b: 1/2 (50%)' t.svg
    "$BIN/report" --figure t --figure-width 85 -o narrow.svg cells
    head -n 1 narrow.svg | grep -q ' width="85mm"'
    type -t xmllint >/dev/null || skip "no xmllint"
    run -0 xmllint --noout t.svg
}

@test "report draws a bar as long as its percentage, from zero" {
    { cell t f a 1 4 25; cell t f b 3 4 75; total t f 4 4; } | "$BIN/report" --figure t >t.svg
    # the scale is the same for both, so that b is three times as long
    sed -n 's/.*<rect x="[0-9.]*" y="[0-9.]*" width="\([0-9.]*\)" height="15".*/\1/p' t.svg >widths
    awk 'NR == 1 { a = $1 } NR == 2 { exit !($1 > 2.99 * a && $1 < 3.01 * a) } END { if (NR != 2) exit 1 }' widths
    # both begin where the axis stands
    sed -n 's/.*<rect x="\([0-9.]*\)" y="[0-9.]*" width="[0-9.]*" height="15".*/\1/p' t.svg | uniq | wc -l | same_as <(echo 1)
}

@test "report writes all charts into a folder, each named by its table" {
    { cell one f a 1 2 50; total one f 1 2; cell 'a/../b' f a 1 2 50; total 'a/../b' f 1 2; } >cells
    "$BIN/report" --figure all -o figures/ cells
    ls figures | same_as <(printf '%s\n' a_2f.._2fb.svg one.svg)
    fails_with 2 "report: '--figure all' needs a folder: '--output FOLDER/' (try --help)" "$BIN/report" --figure all cells
}

@test "report tells what is wrong with a figure" {
    { cell grant f a 1 2 50; total grant f 1 2; } >cells
    fails_with 2 "report: no table is called 'grnt' (did you mean 'grant'?)" "$BIN/report" --figure grnt cells
    fails_with 2 "report: no table is called 'other'" "$BIN/report" --figure other cells
    fails_with 2 "report: option '--format' takes svg|pdf|png with '--figure', not 'html' (try --help)" "$BIN/report" --figure grant -f html cells
    run -2 "$BIN/report" --dpi 100 cells
    echo '{"tables":[{"id":"n","field":"n","summary":true}]}' >plan.json
    echo '{"n":1}' | "$BIN/tabulate" -p plan.json >numbers
    fails_with 2 "report: table 'n' has no chart" "$BIN/report" --figure n numbers
}

@test "report draws for paper: a PDF and a PNG of the size asked, the same each time" {
    needs_cairo
    { cell t f a 1 2 50; total t f 1 2; } >cells
    "$BIN/report" --figure t -o one.pdf cells
    "$BIN/report" --figure t -f pdf cells | same_as one.pdf
    head -c 5 one.pdf | same_as <(printf '%%PDF-')
    "$BIN/report" --figure t -o t.png --figure-width 50.8 --dpi 100 cells # by hand: 2 inches
    od -An -tu1 -j 16 -N 4 t.png | tr -s ' ' | same_as <(echo ' 0 0 0 200')
}

@test "report rounds halves up, and shows what is there but too little to be seen" {
    { echo '{"x":"a"}'; for i in 1 2 3; do echo '{"x":"b"}'; done; for i in 1 2 3 4; do echo '{"x":"c"}'; done; } >in
    "$BIN/tabulate" --field x in | "$BIN/report" >got
    grep -qF '1/8 (13%)' got
    grep -qF '3/8 (38%)' got
    awk 'BEGIN { print "{\"x\":\"a\"}"; for (i = 0; i < 20000; i++) print "{\"x\":\"b\"}" }' | "$BIN/tabulate" --field x | "$BIN/report" >got
    grep -qF '1/20001 (<0.01%)' got
    grep -qF '20000/20001 (>99.99%)' got
}

@test "report says of a base that missing answers are in it where they are, and only there" {
    # the top row leaves others, and one record has no answer
    printf '%s\n' '{"x":"a"}' '{"x":"a"}' '{"x":"b"}' '{"x":"c"}' '{"x":null}' >in
    echo '{"tables":[{"field":"x","top":1}]}' >plan.json
    "$BIN/tabulate" -p plan.json in | "$BIN/report" | grep -qxF 'Base: 4.'
    echo '{"tables":[{"field":"x","missing":"include"}]}' >plan.json
    "$BIN/tabulate" -p plan.json in | "$BIN/report" | grep -qxF 'Base: 5, with the missing answers.'
    # .1 + .2 + .7 add up to less than 1 as doubles
    printf '%s\n' '{"x":"a","w":0.1}' '{"x":"b","w":0.2}' '{"x":"c","w":0.7}' >in
    echo '{"tables":[{"field":"x","weight":"w"}]}' >plan.json
    "$BIN/tabulate" -p plan.json in | "$BIN/report" | grep -q '^Base: 1\. Counts are weighted'
}

@test "report takes decimals by the records, not by their weights" {
    for i in 1 2 3; do echo '{"x":"a","w":100}'; echo '{"x":"b","w":50}'; done >in
    echo '{"tables":[{"field":"x","weight":"w"}]}' >plan.json
    "$BIN/tabulate" -p plan.json in | "$BIN/report" | grep -qF '300/450 (67%)'
}

@test "report writes a workbook, read back cell by cell" {
    [ -x "$BIN/toxlsx" ] || skip "built without libxlsxwriter"
    { echo '{"kind":"labels","title":"The study","reasons":{"not_held":"nobody knows"}}'
      two_way | "$BIN/tabulate" --field grant --by gde | "$BIN/chisq" --pass; } >results.jsonl
    "$BIN/report" -f xlsx -o out.xlsx results.jsonl
    "$BIN/report" -f xlsx results.jsonl | cmp - out.xlsx
    "$BIN/fromsheet" --sheet grant_by_gde --skip 4 --headers 1 out.xlsx | head -n 3 >got
    # by hand, z = 1.959964: Wilson's ends are n/(n + z²) = 0.438503 for 3 of 3 and z²/(n + z²) = 0.657620 for 0 of 2
    jq -r '[.grant,.n,.N,."%",.n_2,.N_2,."%_2"] | join(" ")' got |
        same_as <(printf '%s\n' 'yes 3 3 100% 0 2 0%' 'no 0 3 0% 2 2 100%' 'Base 3   2  ')
    jq -r '.low' got | head -n 1 | grep -q '^43.8502'
    jq -r '.high_2' got | head -n 1 | grep -q '^65.7619'
    "$BIN/fromsheet" --sheet 'Missing answers' out.xlsx | jq -c '[.group,.reason,.n]' |
        same_as <(printf '%s\n' '["not funded","nobody knows","1"]' '["","no such field","1"]')
    # by hand: 3, 0; 0, 2: chi-square N = 5, V = 1
    "$BIN/fromsheet" --sheet Tests out.xlsx | jq -c '[.table,.statistic,.df,.n,."Cramér'"'"'s V"]' |
        same_as <(echo '["grant_by_gde","5","1","5","1"]')
    unzip -l out.xlsx >parts
    grep -q 'xl/charts/chart1.xml' parts
}

@test "report writes workbooks that LibreOffice opens" {
    [ -x "$BIN/toxlsx" ] || skip "built without libxlsxwriter"
    needs_calc
    { cell 'a/b' f '=1+1' 1 2 50; total 'a/b' f 1 2; cell 'A_b' f x 1 2 50; total 'A_b' f 1 2; } | "$BIN/report" -f xlsx -o out.xlsx
    HOME=$PWD soffice --headless --convert-to ods out.xlsx >/dev/null 2>&1
    "$BIN/fromsheet" --sheet 'a_b' --skip 4 --headers 1 out.ods | head -n 1 | jq -r '.f, .n, .N' | same_as <(printf '%s\n' '=1+1' 1 2)
    "$BIN/fromsheet" --sheet 'A_b (2)' --skip 4 --headers 1 out.ods | head -n 1 | jq -r '.f' | same_as <(echo x)
}

@test "report links the counts of a page to who is behind them, as far as that is public" {
    echo '{"public":["trust","name"],"tables":[{"id":"t","field":"grant"}]}' >plan.json
    printf '%s\n' '{"trust":"A","name":"<b>Aa","grant":"yes","secret":"s3cret"}' '{"trust":"B","name":"Bb","grant":"yes"}' \
        '{"trust":"C","name":"Cc","grant":"no"}' | "$BIN/tabulate" -p plan.json | "$BIN/report" -f html >page
    run -1 grep -q s3cret page
    grep -qF '<a class="who" href="#b-t-c0">2/3 (67%)</a>' page
    grep -qF '<dt id="b-t-c0">yes (2)</dt>' page
    grep -qF '<dd>A, B</dd>' page
    grep -qF '<th scope="row">A</th><td class="w">&lt;b&gt;Aa</td>' page
    { cell t f a 1 2 50; total t f 1 2; } | "$BIN/report" -f html >page
    run -1 grep -q 'id="bodies"\|class="who"' page
}

@test "report writes the same flat table as JSON Lines, values with their type" {
    { labelled; printf '{"a":%s}\n' true 3 '"3"'| "$BIN/tabulate" --field a; } >cells
    "$BIN/report" -f jsonl cells >got
    jq -c 'select(.table == "grant_by_gde" and .group == "not funded") | [.kind,.field_label,.value,.value_label,.n,.percent]' got |
        same_as <(printf '%s\n' '["cell","Tried for a grant","yes","yes",0,0]' '["cell","Tried for a grant","no","no",2,100]' \
            '["total","Tried for a grant",null,null,2,100]' '["missing","Tried for a grant","not_held","nobody knows",1,null]')
    jq -c 'select(.table == "a" and .kind == "cell") | .value' got | same_as <(printf '%s\n' true 3 '"3"')
    # row by row the same as CSV
    "$BIN/report" -f csv cells | "$BIN/fromcsv" | jq -r '[.table,.kind,.value_label,.n] | join("|")' >csv
    jq -r '[.table,.kind,.value_label // "",.n] | join("|")' got | same_as csv
}

@test "report starts without the libraries of pictures and workbooks, and tells when these cannot be had or give up" {
    run -1 grep -E 'pango|cairo|glib|xlsxwriter' <(ldd "$BIN/report")
    needs_cairo
    { cell t f a 1 2 50; total t f 1 2; } >cells
    cp "$BIN/report" . # without the other beside it
    fails_with 1 "report: cannot run '$PWD/full/report', which makes pictures and workbooks" ./report --figure t -o t.pdf cells
    mkdir full
    # GLib ends its process so where it gets no memory
    printf '#!/bin/sh\nkill -TRAP $$\n' >full/report
    chmod +x full/report
    fails_with 1 "report: cannot make the picture or workbook: its libraries gave up by signal 5 (too little memory?)" \
        ./report --figure t -o t.pdf cells
    printf '#!/bin/sh\nkill -TERM $$\n' >full/report
    run -143 ./report --figure t -o t.pdf cells
    [ ! -e t.pdf ]
    # through a link, and with the input that this program has
    ln -s "$BIN/report" link
    ./link --figure t -f pdf <cells | head -c 5 | same_as <(printf '%%PDF-')
}

# R 4.2.2: fisher.test(matrix(c(40, 1, 110, 7), 2))$p.value = 0.6812141; chisq.test(..., correct = FALSE)$p.value = 0.3731226
@test "report shows beside the name of a test its own p, not that of chi-square" {
    { for _ in $(seq 40); do echo '{"a":"yes","g":"x"}'; done; echo '{"a":"no","g":"x"}'
      for _ in $(seq 110); do echo '{"a":"yes","g":"y"}'; done; for _ in $(seq 7); do echo '{"a":"no","g":"y"}'; done; } |
        "$BIN/tabulate" --field a --by g | "$BIN/chisq" --pass >cells
    "$BIN/report" -f html cells | grep -A 1 "<td>Fisher's exact</td>" | grep -qF '<td data-v="0.681214">.68</td>'
    [ -x "$BIN/toxlsx" ] || skip "built without libxlsxwriter"
    "$BIN/report" -f xlsx -o out.xlsx cells
    "$BIN/fromsheet" --sheet Tests out.xlsx | jq -r .p | grep -q '^0.68121'
}

@test "report tells the date of the data, and how well coders agreed" {
    printf '{"id":%d,"a":"%s"}\n' 1 x 2 y 3 y >a.jsonl
    printf '{"id":%d,"a":"%s"}\n' 1 x 2 x 3 y >b.jsonl
    # by hand: they agree on 2 of 3; by chance on 2/3 * 1/3 + 1/3 * 2/3 = 4/9: (6/9 - 4/9) / (5/9) = 0.4
    "$BIN/kappa" --by id --field a a.jsonl b.jsonl >agreement.jsonl
    { echo '{"kind":"labels","date":"June <2020>"}'; cell t f a 1 2 50; total t f 1 2; } >cells
    "$BIN/report" -f html --agreement agreement.jsonl cells >page
    grep -qF "2 coders coded the same 3 answers; agreement 66.7%, Cohen's kappa 0.40 (" page
    grep -qF '<summary>Agreement on each of 2 codes</summary>' page
    grep -A 1 '<p class="lead">' page | grep -qF 'June &lt;2020&gt;'
    echo '{"a":1}' >>agreement.jsonl
    fails_with 2 "report: agreement.jsonl:4: not a line of kappa" "$BIN/report" -f html --agreement agreement.jsonl cells
    fails_with 2 "report: none: No such file or directory" "$BIN/report" -f html --agreement none cells
}

@test "report lists what another source says of each value, by kind, with the figure of the table" {
    echo '{"public":["body"],"tables":[{"id":"t","field":"tech"}]}' >plan.json
    printf '{"body":"%s","tech":%s}\n' A '["x","y"]' B '["y"]' C '["z","y"]' | "$BIN/tabulate" -p plan.json >cells
    echo '{"title":"The web","public":["tech","kind","free","url","on"],"labels":{"tech":"Technology"},"tables":[{"id":"w","field":"free"}]}' >web.json
    { echo '{"tech":"x","kind":"k1","free":true,"url":"https://x.example/<a>","on":"2020-06-02"}'
      echo '{"tech":"y","kind":"k1","free":false,"url":"javascript:alert(1)","on":"2020-06-09","secret":"s3cret"}'
      echo '{"tech":"z","kind":"k2","free":null,"url":null,"on":"2020-05-31"}'
      echo '{"tech":"q","kind":"k2","free":true,"url":"http://q.example/","on":null}'; } | "$BIN/tabulate" -p web.json >>cells
    "$BIN/report" -f html cells >page
    run -1 grep -q s3cret page
    sed -n '/<section id="bodies-2">/,/<\/section>/p' page | tr -d '\n' | sed 's/<[^>]*>/|/g; s/||*/|/g' >got
    # y is named by 3 of 3, so it comes before x; q by none
    grep -qF '|The web|All 4 records|Technology|n/N (%)|free|url|on|k1 |(2)|y|3/3 (100%)|no|javascript:alert(1)|2020-06-09|x|1/3 (33%)|yes|https://x.example/&lt;a&gt;|2020-06-02|k2 |(2)|z|1/3 (33%)|–|–|2020-05-31|q|–|yes|http://q.example/|–|' got || { cat got; return 1; }
    grep -qF '<span class="url">http://q.example/</span>' page
    run -1 grep -q 'href="[a-z]*:' <(grep -v 'rel="icon"' page)
    grep -q '^<p>The web: *$' page
    grep -qF 'on from 2020-05-31 to 2020-06-09, 4 records.' page
}

# R 4.2.2: pairwise.prop.test(c(40, 20, 25), c(50, 50, 50), p.adjust.method = "bonferroni", correct = FALSE): x-z .00013, x-w .00499,
# z-w .945
@test "report prints the letters of groups with a smaller share in every form, of each stratum its own" {
    for group in x:40:10 z:20:30 w:25:25; do
        IFS=: read -r name yes no <<<"$group"
        for ((i = 0; i < yes; i++)); do echo "{\"a\":\"y\",\"g\":\"$name\",\"s\":1}"; done
        for ((i = 0; i < no; i++)); do echo "{\"a\":\"n\",\"g\":\"$name\",\"s\":1}"; done
    done >in
    "$BIN/tabulate" --field a --by g in | "$BIN/chisq" --pass --letters >lines
    "$BIN/report" --no-intervals lines >text
    grep -qxE "  a +x \(A\) +z \(B\) +w \(C\)" text
    grep -qxE "  y +40/50 \(80%\) BC +20/50 \(40%\) +25/50 \(50%\)" text
    grep -qxE "  n +10/50 \(20%\) +30/50 \(60%\) A +25/50 \(50%\) A" text
    tr '\n' ' ' <text | grep -qF "Letters behind a share: the groups with a smaller share of the row at the level of 0.05 (z test of two proportions, p times the pairs of groups; shares of 0% and 100% are not compared)."
    "$BIN/report" -f markdown --no-intervals lines | grep -qxF '| y | 40/50 (80%) BC | 20/50 (40%) | 25/50 (50%) |'
    "$BIN/report" -f latex --no-intervals lines | grep -qxF 'y & 40/50 (80\%) BC & 20/50 (40\%) & 25/50 (50\%) \\'
    "$BIN/report" -f html --no-intervals lines >page
    grep -qF ">40/50 (80%) BC<" page
    # a second stratum in which no group differs
    sed 's/"s":1/"s":2/; s/"a":"."/"a":"y"/' in | awk 'NR % 2 { sub(/"a":"y"/, "\"a\":\"n\"") } 1' >other
    echo '{"tables":[{"id":"t","field":"a","by":"g","strata":"s"}]}' >plan.json
    "$BIN/tabulate" -p plan.json in other | "$BIN/chisq" --pass --letters | "$BIN/report" --no-intervals >text
    [ "$(grep -cE "^  y +40/50 \(80%\) BC" text)" = 1 ]
    grep -qxE "  y +25/50 \(50%\) +25/50 \(50%\) +2[0-9]/50 \([0-9]+%\)" text
}

@test "report rounds halves up in charts and in further percentages too" {
    # by hand: 1/8 = 12.5%, 7/8 = 87.5%
    { printf '{"a":"yes","g":"x"}\n'; printf '{"a":"no","g":"x"}\n%.0s' 1 2 3 4 5 6 7; printf '{"a":"no","g":"y"}\n%.0s' 1 2 3 4 5 6 7 8; } >in
    "$BIN/tabulate" --field a --by g in | "$BIN/report" --figure a_by_g >got
    grep -qF '1 (13%)' got
    grep -qF '7 (88%)' got
    echo '{"tables":[{"id":"t","field":"a","percent":["column","total"]}]}' >plan.json
    head -8 in | "$BIN/tabulate" -p plan.json | "$BIN/report" --no-intervals | grep -qF '1/8 (13%; 13% of total)'
}

@test "report prints sums, and large numbers in full" {
    echo '{"tables":[{"id":"t","field":"cost","sum":true}]}' >plan.json
    printf '{"cost":%s}\n' 1234567 100000 2.5 | "$BIN/tabulate" -p plan.json >cells
    [ "$(jq 'select(.kind == "summary").sum' cells)" = 1334569.5 ] # by hand
    "$BIN/report" cells >got
    grep -qxE '  sum +1334570' got
    grep -qxE '  range +2\.5–1234567' got
}
