# describe.bats -- guesses about fields that a person can check by counting.
load helper

# The line of a field.
line_of() { # FIELD
    grep "^$1 " described
}

@test "describe counts filled, missing and different values of each field" {
    printf '%s\n' 'a,b' 'x,1' ' ,2' 'x,' 'N/A,2' >in.csv
    "$BIN/fromcsv" in.csv | "$BIN/describe" >described
    assert_equal "$(head -n 1 described)" "<stdin>: 4 records, 2 fields"
    assert_equal "$(line_of a | awk '{ print $2, $3, $4 }')" "2 2 1"
    assert_equal "$(line_of b | awk '{ print $2, $3, $4 }')" "3 1 2"
    [[ $(line_of a) = *"no answer: N/A 1"* ]]
    [[ $(line_of b) = *"whole number from 1 to 2"* ]]
}

@test "describe tells what a field looks like" {
    printf '%s\n' 'key,yes,n,money,day,month,either,iso,cat,prose,multi' \
        'A1,Yes,1,£5,31/1/2020,1/31/2020,1/2/2020,2020-01-31,red,We do not use any of it,a; b' \
        'A2,no,2.5,"£1,200",1/2/2020,2/1/2020,3/4/2020,2020-02-01,red,It was replaced by the team in 2019,b' \
        'A3,No - none,-3,£7,2/3/2020,3/2/2020,5/6/2020,2020-03-02,blue,There is none of that here,a; c' \
        'A4,YES,4,£8,2/3/2020,3/2/2020,5/6/2020,2020-03-02,blue,There is one of that here,c; a' >in.csv
    "$BIN/fromcsv" in.csv | "$BIN/describe" >described
    [[ $(line_of key) = *"text of 2 bytes, such as 'A1'; a key" ]]
    [[ $(line_of yes) = *"yes or no: "*"; 1 is not: No - none 1" ]]
    [[ $(line_of n) = *"number from -3 to 4; a key" ]]
    [[ $(line_of money) = *"number with a unit from 5 to 1200"* ]]
    [[ $(line_of day) = *"date, day first, from 2020-01-31 to 2020-03-02" ]]
    [[ $(line_of month) = *"date, month first, "* ]]
    [[ $(line_of either) = *"date, day or month first (taken for the day)"* ]]
    [[ $(line_of iso) = *"date, from 2020-01-31 to 2020-03-02" ]]
    [[ $(line_of cat) = *"category: red 2, blue 2" ]]
    [[ $(line_of prose) = *"free text"* ]]
    [[ $(line_of multi) = *"several in a cell, by ';'" ]]
}

@test "describe takes names of several words for text, and sentences of five for free text" {
    { echo name,said; for n in Leeds York Hull Bath Derby; do echo "University of $n Press Office,A $n use of it"; done; } >in.csv
    "$BIN/fromcsv" in.csv | "$BIN/describe" >described
    run -0 line_of name
    assert_output --partial "text of "
    refute_output --partial "free text"
    run -0 line_of said
    assert_output --partial "free text"
}

@test "describe --json gives the figures to programs" {
    printf '%s\n' '{"a":null,"b":[1,2],"_missing":{"a":"not_held"}}' '{"a":3,"b":[2]}' '{"b":[]}' >in.jsonl
    "$BIN/describe" --json in.jsonl >out
    assert_equal "$(jq -c 'select(.field == "a") | [.records, .filled, .absent, .min, .max, .missing, .type]' out)" \
        '[3,1,1,3,3,[{"value":"not_held","n":1}],"whole number"]'
    assert_equal "$(jq -c 'select(.field == "b") | [.distinct, .approximate, .values]' out)" \
        '[2,false,[{"value":"2","n":2},{"value":"1","n":1}]]'
}

@test "describe says when a number of values is an estimate, and is near it" {
    seq 60000 | sed 's/.*/{"a":"v&"}/' >in.jsonl
    "$BIN/describe" in.jsonl >described
    [[ $(line_of a) = *"~"* ]]
    "$BIN/describe" --json in.jsonl | jq -e '.approximate and (.distinct > 57000) and (.distinct < 63000)'
    # the same figure in every run
    assert_equal "$("$BIN/describe" in.jsonl)" "$(cat described)"
}

@test "describe --schema drafts what normalise takes, and every record passes" {
    printf '%s\n' 'Trust code,Got it?,Beds,Sent on,Remarks' 'X-1,Yes,120,13/01/2020,' 'X-2,no,"1,450",14/01/2020,it was sent twice by post' \
        'X-3,NO,N/A,2/2/2020,Section 12' 'x-4,yes,7,3/2/2020,' >in.csv
    for i in 1 2 3 4 5 6 7 8; do echo "X-1$i,yes,1,1/2/2020," >>in.csv; done
    "$BIN/fromcsv" in.csv -o in.jsonl
    "$BIN/describe" --schema in.jsonl >schema.json
    run -0 --separate-stderr "$BIN/normalise" -s schema.json in.jsonl
    assert_equal "$stderr" ""
    assert_equal "${lines[1]}" '{"trust_code":"X-2","got_it":false,"beds":1450,"sent_on":"2020-01-14","remarks":"it was sent twice by post"}'
    assert_equal "${lines[2]}" '{"trust_code":"X-3","got_it":false,"beds":null,"sent_on":"2020-02-02","remarks":null,"_missing":{"beds":"not_applicable","remarks":"refused:s12"}}'
    assert_equal "$(jq -r .trust_code <<<"${lines[3]}")" X-4
}

@test "describe --schema makes categories one that differ in case alone" {
    printf '{"a":"%s"}\n' Never never NEVER Always Never Always Never Always >in.jsonl
    "$BIN/describe" --schema in.jsonl >schema.json
    assert_equal "$(jq -c '.fields[0]' schema.json)" '{"name":"a","title":"a","type":"string","case":"lower","categories":["never","always"],"categoriesOrdered":true}'
    assert_equal "$("$BIN/normalise" -s schema.json in.jsonl | sort -u | wc -l)" 2
}

@test "describe --schema puts ratings in order whose ends alone have words" {
    local odd
    printf '{"a":"%s","b":"%s"}\n' '5 - Excellent' '10 (most)' 3 2 "Don't know" 7 '1 - Poor' '0 (least)' 3 2 '1 - Poor' 7 2 2 >half.jsonl
    cat half.jsonl half.jsonl >in.jsonl
    assert_equal "$("$BIN/describe" --schema in.jsonl | jq -c '.fields[].categories')" \
        '["1 - Poor","2","3","5 - Excellent","Don'"'"'t know"]
["0 (least)","2","7","10 (most)"]'
    # two texts of one point, a larger number, a fraction, words in front
    for odd in '1 - Bad' '11 - Best' '2.5 - Fair' 'Grade 2'; do
        printf '{"a":"%s"}\n' '1 - Poor' "$odd" 3 '5 - Excellent' 3 '5 - Excellent' "$odd" '1 - Poor' >odd.jsonl
        assert_equal "$("$BIN/describe" --schema odd.jsonl | jq -c '.fields[0].categories')" null
    done
}

@test "describe --schema drafts sums of money with their multipliers, and lengths as they are" {
    printf '{"a":"%s","b":"%s","c":"%s"}\n' '£1.2m' 1m '£3' '£350k' 12m '£4' 1,200 3m '£5' '2 Million' 4m '£6' >in.jsonl
    "$BIN/describe" --schema in.jsonl >schema.json
    assert_equal "$(jq -c '.fields[] | [.type, .multipliers]' schema.json | paste -sd' ')" '["number",true] ["string",null] ["number",null]'
    assert_equal "$("$BIN/normalise" -s schema.json in.jsonl | jq -c .a | paste -sd' ')" "1200000 350000 1200 2000000"
    [[ $("$BIN/describe" in.jsonl | grep '^a') == *"number with a unit from 1200 to 2000000"* ]]
}

@test "describe --schema drafts several choices in a cell as a list, whatever stands between" {
    printf '%s\n' 'a|b|c|d|e' 'x; y;|x,y|Yes, but rarely|London, UK|Ann; Bob' 'y;|x|No|Leeds, UK|Cy' \
        'z; x|y, z|Yes, but rarely|York, UK|Di; Ed' 'x;y;z|z|No|London, UK|Fay' 'z|y,x|Yes|Leeds, UK|Gus; Hal' >in.csv
    "$BIN/fromcsv" -d '|' in.csv -o in.jsonl
    "$BIN/describe" --schema in.jsonl >schema.json
    assert_equal "$(jq -c '.fields[] | [.name, .type, .delimiter]' schema.json)" '["a","list",";"]
["b","list",null]
["c","string",null]
["d","string",null]
["e","string",null]'
    assert_equal "$("$BIN/normalise" -s schema.json in.jsonl | head -n 1 | jq -c '[.a, .b]')" '[["x","y"],["x","y"]]'
    assert_equal "$("$BIN/describe" --plan in.jsonl | jq -c .tables)" '["a","b","c"]'
    "$BIN/describe" in.jsonl >described
    [[ $(line_of a) = *"several choices: x 3, y 3, z 3; several in a cell, by ';'" ]]
}

@test "describe --schema puts the answers of a closed question in their order" {
    printf '%s\n' 'agree,often,age,size,place,year,days' "Agree,Sometimes,65+,21 to 100,Ward 2,2019-20,Mon" \
        "strongly agree,Never,18-24,Less than 5,Ward 1,2018-19,Sun" "strongly agree,Don't know,Under 18,More than 100,Ward 3,2020-21,Tue" \
        "Neither agree nor disagree,Always,25-64,5 to 20,Ward 2,2019-20,Mon" \
        "Agree,Sometimes,65+,\"1,001 or more\",Ward 2,2019-20,Sun" "strongly disagree,Never,18-24,Less than 5,Ward 1,2018-19,Sun" \
        "strongly agree,Don't know,Under 18,More than 100,Ward 3,2020-21,Tue" "agree,Always,25-64,5 to 20,Ward 2,2019-20,Mon" \
        "agree,Always,25-64,21 to 100,Ward 2,2019-20,Mon" "agree,Always,25-64,21 to 100,Ward 2,2019-20,Mon" >in.csv
    "$BIN/fromcsv" in.csv -o in.jsonl
    "$BIN/describe" --schema in.jsonl >schema.json
    assert_equal "$(jq -c '.fields[] | .categories' schema.json)" \
        '["strongly disagree","neither agree nor disagree","agree","strongly agree"]
["Never","Sometimes","Always","Don'"'"'t know"]
["Under 18","18-24","25-64","65+"]
["Less than 5","5 to 20","21 to 100","More than 100","1,001 or more"]
null
null
["Mon","Tue","Sun"]'
    "$BIN/normalise" -s schema.json in.jsonl -o out.jsonl
    assert_equal "$("$BIN/tabulate" --schema schema.json --field age out.jsonl | jq -r 'select(.kind == "cell") | .value' | paste -sd' ')" \
        "Under 18 18-24 25-64 65+"
}

@test "describe --schema reads dates in whatever form all of the column are in" {
    printf '%s\n' 'forms,us,mixed,us2,none' '2024/03/01 8:00:00 AM GMT+1,3/31/2024 8:05,2024-03-01,3/31/24,3/31/2024' \
        '2024/03/31 1:00:00 PM GMT,4/1/2024 18:05,2024-03-02T10:00:00,4/1/24,4/1/2024 10:00' >in.csv
    "$BIN/fromcsv" in.csv -o in.jsonl
    "$BIN/describe" --schema in.jsonl >schema.json
    assert_equal "$(jq -c '.fields[] | [.type, .format]' schema.json)" '["datetime","any-dmy"]
["datetime","%m/%d/%Y %H:%M"]
["date","any-dmy"]
["date","%m/%d/%y"]
["string",null]'
    "$BIN/normalise" -s schema.json --flags flags in.jsonl -o out.jsonl
    assert_equal "$(tail -n 1 out.jsonl | jq -c '[.forms, .us, .mixed, .us2]')" \
        '["2024-03-31T13:00:00Z","2024-04-01T18:05:00","2024-03-02","2024-04-01"]'
}

@test "describe names questions that begin alike by the words that differ" {
    printf '%s\n' 'How satisfied are you with pay?,How satisfied are you with training?,Same,Same ' '1,2,3,4' >in.csv
    assert_equal "$("$BIN/fromcsv" in.csv | "$BIN/describe" --schema | jq -r '.fields[].name' | paste -sd' ')" \
        "how_satisfied_are_you_with_pay how_satisfied_are_you_with_training same same_2"
}

@test "describe --plan and --study use the names of the draft schema" {
    printf '%s\n' 'id,Is it so?,colour,n' 'a1,Yes - partly,red,1' 'b2,no,red,2' 'c3,no,blue,2' 'd4,no,blue,9' >in.csv
    "$BIN/fromcsv" in.csv -o in.jsonl
    assert_equal "$("$BIN/describe" --plan in.jsonl | jq -c .tables)" \
        '["is_it_so","colour","summary of n"]'
    assert_equal "$("$BIN/describe" --study --name in.csv in.jsonl | jq -c .)" \
        '{"foi":{"file":"in.csv","key":"id"},"yes_no":["is_it_so"]}'
    assert_equal "$("$BIN/describe" --codebook in.jsonl | jq -c .fields)" '[]'
    fails_with 2 "describe: one of '--json', '--schema', '--plan', '--study', '--codebook' and '--questions' at a time (try --help)" \
        "$BIN/describe" --plan --json in.jsonl
}

@test "describe knows the columns of one question by the beginning of their names" {
    printf '%s\n' 'id,Which do you use? [Python],Which do you use? [R],Which do you use? [SQL],Name' \
        'a,Python,,SQL,Ann' 'b,,R,,Bob' 'c,Python,R,,Cy' >in.csv
    "$BIN/fromcsv" in.csv | "$BIN/describe" >described
    [[ $(grep -F '[Python]' described) = *"the first of 3 options of one question" ]]
    assert_equal "$("$BIN/fromcsv" in.csv | "$BIN/describe" --schema | jq -c '.fields[1]')" \
        '{"name":"which_do_you_use","title":"Which do you use?","type":"list","columns":["Which do you use? [*]"]}'
    # cells with marks, of which the header says what was chosen
    printf '%s\n' 'id,Which do you use? [Python],Which do you use? [R]' 'a,Yes,' 'b,,Yes' 'c,Yes,Yes' >in.csv
    assert_equal "$("$BIN/fromcsv" in.csv | "$BIN/describe" --schema | jq -c '.fields[1] | [.type, .items]')" '["list","header"]'
}

@test "describe shows nothing that a terminal would obey" {
    printf '%s\n' '{"a\u001b[31m":"b\u001b]0;x\u0007\u202e","c":"d\r\ne"}' >in.jsonl
    "$BIN/describe" in.jsonl >out
    run -1 grep -P '[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80\xae' out
}

@test "describe takes a file as foi does, by its kind" {
    printf 'a;b\n1;x\n' >in.csv
    echo '{"a":"1","b":"x"}' >in.jsonl
    "$BIN/foi" describe in.csv >one || "$ROOT/bin/foi" describe in.csv >one
    assert_equal "$(head -n 1 one)" "in.csv: 1 records, 2 fields"
    BIN=$BIN "$ROOT/pipelines/describe.sh" in.csv in.jsonl >two
    assert_equal "$(grep -c ': 1 records, 2 fields' two)" 2
    echo '{"a"' >bad.jsonl
    fails_with 1 "describe: bad.jsonl:1:5: expected ':'" env BIN="$BIN" "$ROOT/pipelines/describe.sh" bad.jsonl
}

@test "foi new makes a study that runs at once" {
    cp "$ROOT/samples/nhs-2020/foi.csv" "$ROOT/samples/nhs-2020/roster.csv" .
    BIN=$BIN run -0 "$ROOT/pipelines/new.sh" study foi.csv roster.csv
    assert_output "roster.csv: the bodies asked; each reply finds its own by trust_code = code
to be coded before they are tables: if_so_please_list_them_programming (codebook.proposals.csv has their words)
study: a study of foi.csv; next: foi run study"
    BIN=$BIN run -0 "$ROOT/pipelines/check.sh" study
    BIN=$BIN "$ROOT/pipelines/study.sh" study out
    # the published share of teams (Bennion et al. 2025)
    grep -q '161/191' out/results.txt
    head -n 2 study/codebook.proposals.csv | grep -q ',SQL,'
    fails_with 2 "new.sh: study: is there already" env BIN="$BIN" "$ROOT/pipelines/new.sh" study foi.csv
    fails_with 1 "new.sh: none.csv: no such file" env BIN="$BIN" "$ROOT/pipelines/new.sh" other none.csv
}

# row: cells of a row of OpenDocument, an empty one for -.
row() {
    printf '<table:table-row>'
    printf '<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>' "$@" | sed 's/>-</></g'
    printf '</table:table-row>'
}

# ods FILE < rows: a workbook with one sheet, S.
ods() {
    local ns=urn:oasis:names:tc:opendocument:xmlns
    {
        printf -- '--- mimetype\napplication/vnd.oasis.opendocument.spreadsheet\n--- content.xml\n'
        printf '<?xml version="1.0"?><office:document-content xmlns:office="%s" xmlns:table="%s" xmlns:text="%s"><office:body><office:spreadsheet><table:table table:name="S">' \
            "$ns:office:1.0" "$ns:table:1.0" "$ns:text:1.0"
        cat
        printf '</table:table></office:spreadsheet></office:body></office:document-content>\n'
    } | "$BATS_TEST_DIRNAME/zip-parts" "$1"
}

# The text of a year's cell over the next one too.
merged() {
    sed 's|string"><text:p>\(20../..\)</text:p></table:table-cell>|string" table:number-columns-spanned="2" table:number-rows-spanned="1"><text:p>\1</text:p></table:table-cell><table:covered-table-cell/>|g'
}

has_names() { # STUDY NAMES
    assert_equal "$(jq -r '.fields[].name' "$1/foi.schema.json" | paste -sd' ')" "$2"
}

@test "foi new takes the merged headings above columns of one name along" {
    {
        row Collated - - - -
        row - 2021/22 2022/23 | merged
        row Force Stops Arrests Stops Arrests
        row Avon 10 1 20 2 && row Borset 30 3 40 4 && row Cumble 50 5 60 6
    } | ods stops.ods
    run -0 "$ROOT/bin/foi" new s stops.ods
    assert_line 'S: rows 2 and 3 name the columns together ("header_rows" in study.json)'
    has_names s "force 2021_22_stops 2021_22_arrests 2022_23_stops 2022_23_arrests"
    assert_equal "$(jq -c .foi s/study.json)" '{"file":"stops.ods","sheet":"S","skip":1,"header_rows":2,"key":"force"}'
    echo '{"tables":["sum of 2021_22_stops"]}' >s/plan.json
    run -0 "$ROOT/bin/foi" check s
    run -0 "$ROOT/bin/foi" run s
    # 10 + 30 + 50
    [[ $(grep '2021/22 Stops\|sum' s/results/results.txt) == *" 90"* ]]
}

@test "foi new takes the row that tells the columns below merged headings apart for one of headings" {
    {
        row Collated - - - - -
        row Force 2021/22 2022/23 Note | merged
        row - Stops Arrests Stops Arrests -
        row Avon 10 1 20 2 x && row Borset 30 3 40 4 - && row Cumble 50 5 60 6 -
    } | ods stops.ods
    run -0 "$ROOT/bin/foi" new s stops.ods
    assert_line 'S: rows 2 and 3 name the columns together ("header_rows" in study.json)'
    has_names s "force 2021_22_stops 2021_22_arrests 2022_23_stops 2022_23_arrests note"
    printf 'Collated,,,,,\nForce,2021/22,,2022/23,,Note\n,Stops,Arrests,Stops,Arrests,\nAvon,10,1,20,2,x\nBorset,30,3,40,4,\n' >stops.csv
    run -0 "$ROOT/bin/foi" new t stops.csv
    assert_line 'stops.csv: rows 2 and 3 name the columns together ("header_rows" in study.json)'
    has_names t "force 2021_22_stops 2021_22_arrests 2022_23_stops 2022_23_arrests note"
    assert_equal "$(jq -c .foi t/study.json)" '{"file":"stops.csv","skip":1,"header_rows":2,"key":"force"}'
    run -0 --separate-stderr "$ROOT/bin/foi" describe --json stops.csv stops.ods
    assert_equal "$(jq -r .field <<<"$output" | sort | uniq -c | awk '{ print $1 }' | paste -sd' ')" "2 2 2 2 2 2"
    run -0 "$ROOT/bin/foi" run t
}

@test "foi new leaves a first record alone that is no row of headings" {
    # something below the first heading; nothing below a merged one; the same text twice below one
    printf 'Force,2021/22,,Note\nAvon,Stops,Arrests,\nBorset,1,2,\n' >a.csv
    printf 'Force,2021/22,,Note\n,Stops,,\nBorset,1,2,\n' >b.csv
    printf 'Force,2021/22,,Note\n,1,1,\nBorset,1,2,\n' >c.csv
    printf 'Force,Stops,Note\n,1,2\nBorset,1,2\n' >d.csv
    for file in a b c d; do
        run -0 "$ROOT/bin/foi" new "$file" "$file.csv"
        refute_line --partial "name the columns together"
        assert_equal "$(jq -c .foi.header_rows "$file/study.json")" null
    done
    printf 'Title,,\nForce,Stops,Stops\nAvon,1,2\nBorset,1,2\n' >e.csv
    run -0 "$ROOT/bin/foi" new e e.csv
    assert_line "e.csv: several columns are called 'Stops': the second is Stops_2 here"
}

@test "describe drafts numbers of a column where small ones are not told" {
    printf '%s\n' '{"n":"12"}' '{"n":"<5"}' '{"n":"Nil"}' '{"n":"30"}' '{"n":"fewer than 5"}' '{"n":"7"}' '{"n":"5 or fewer"}' >in.jsonl
    assert_equal "$("$BIN/describe" --schema in.jsonl | jq -c '.fields[0] | .type, .replace, [.missingValues[] | select(.label == "small_number").value]' | paste -sd' ')" \
        '"integer" {"Nil":"0"} ["<5","fewer than 5","5 or fewer"]'
    # what is large, or another's words, is no such number; a third at least are told
    for odd in '>5' '<500' '5 or more' '<5 or 6' '<5%' 'under a 5'; do
        { cat in.jsonl && printf '{"n":"%s"}\n' "$odd"; } >odd.jsonl
        assert_equal "$("$BIN/describe" --schema odd.jsonl | jq -r '.fields[0].type')" string
    done
    printf '%s\n' '{"n":"12"}' '{"n":"<5"}' '{"n":"<5"}' '{"n":"<5"}' >few.jsonl
    assert_equal "$("$BIN/describe" --schema few.jsonl | jq -r '.fields[0].type')" string
}

@test "foi new says what is no reply, and compares keys that differ in their capitals" {
    printf 'Force,Stops,Video\nAvon,10,Yes\nBorset,20,No\nCumble,30,Yes\nDorch,25,No\nTotal,85,\n\n(1) a note,,\n' >stops.csv
    printf 'Area,Region\nAVON,North\nBorset,South\nCUMBLE,North\nDorch,South\n' >areas.csv
    printf 'Force,Group,N\nAvon,a,1\nAvon,b,2\nBorset,a,3\nBorset,b,4\nCumble,a,5\nCumble,b,6\n' >groups.csv
    run -0 "$ROOT/bin/foi" new s stops.csv areas.csv groups.csv
    assert_line "stops.csv: a row of totals is among the records, and counts as one (delete it)"
    assert_line 'stops.csv: records below a blank row: 1 ("stop_at_blank": true in study.json leaves them out)'
    assert_line 'areas.csv: 2 keys differ in their capitals alone: compared in capitals ("case" in the schemas)'
    assert_line "areas.csv: looked up by force; 4 of 6 replies find a row"
    assert_line "groups.csv: several rows for each force; left out (it is a table of its own: begin a study with it alone)"
    sed -i 's/"file":"stops.csv"/&,"stop_at_blank":true/' s/study.json
    sed -i '/Total/d' s/stops.csv
    run -0 "$ROOT/bin/foi" run s
    assert_output "fromcsv: stops.csv: rows behind a blank one left out: 1, first at line 7"
    assert_equal "$(jq -c '[.force, .region]' s/results/merged.jsonl)" $'["AVON","North"]\n["BORSET","South"]\n["CUMBLE","North"]\n["DORCH","South"]'
}

@test "describe drafts numbers of a column where some are written in words" {
    printf '%s\n' '{"n":"12"}' '{"n":"Two"}' '{"n":"30"}' '{"n":"twelve"}' '{"n":"not counted"}' '{"n":"7"}' >in.jsonl
    assert_equal "$("$BIN/describe" --schema in.jsonl | jq -c '.fields[0] | .type, .replace, [.missingValues[].value]' | paste -sd' ')" \
        '"integer" {"Two":"2","twelve":"12"} ["","not counted"]'
}

# What a request asks, a line a question.
questions() {
    jq -R -s -c '{text: .}' | "$BIN/describe" --questions | jq -r '.fields[] | .title, (.questions // [])[]'
}

@test "describe --questions takes the numbered questions of a request, their parts with what leads to them" {
    run -0 questions <<'END'
Dear FOI Officer,

Under the Act of 2000 I would like to request, for the period to 31 March 2024:

1. The number of vehicles in your fleet on 31 March of each year, broken down by
fuel type (petrol, diesel, electric).
2. For each electric vehicle:
   a) make and model
   b) price
3. Do you have a policy on diesel vehicles? If so, please
provide a copy.
4) Which suppliers were paid for:
- licences?
- support?

I prefer an Excel file.

Yours faithfully,
J Smith
14 High Street
END
    assert_output "1. The number of vehicles in your fleet on 31 March of each year, broken down by fuel type (petrol, diesel, electric).
2a. make and model
For each electric vehicle: make and model
2b. price
For each electric vehicle: price
3. Do you have a policy on diesel vehicles? If so, please provide a copy.
4. Which suppliers were paid for: licences? support?"
    run -0 questions <<'END'
Q1: How many pupils were excluded in 2022/23?
Q1a. How many of them were boys?
Question 2 - Does the school use agency staff?
If any part of this is unclear, please write to the address that this came from, since letters take a long time.
END
    assert_output "1. How many pupils were excluded in 2022/23?
1a. How many of them were boys?
2. Does the school use agency staff?"
}

@test "describe --codebook takes texts that answer a question, too" {
    printf '%s\n' 'Id,Who runs it?,Town' '1,Voi,Ash' '2,Lime,Birch' '3,Voi UK,Cole' '4,Dott,Dun' '5,Dott,Dun' >in.csv
    "$BIN/fromcsv" in.csv -o in.jsonl
    assert_equal "$("$BIN/describe" --codebook in.jsonl | jq -c '[.fields[].from]')" '["who_runs_it"]'
}

@test "describe --questions takes parts that are years and questions of one word" {
    run -0 questions <<'END'
1. Is there a scheme?
2. How many complaints were made in:
   a) 2022
   b) 2023/24
3. Why?
4. Names:
(i) North
END
    assert_output "1. Is there a scheme?
2a. How many complaints were made in: 2022
2022
2b. How many complaints were made in: 2023/24
2023/24
3. Why?
4i. North
Names: North"
}

@test "describe tells of records whose reasons cannot be read" {
    printf '%s\n' '{"a":null,"_missing":[1]}' '{"a":1,"_missing":{"a":null}}' '{"a":null,"_missing":{"a":"refused"}}' >in.jsonl
    run -0 --separate-stderr "$BIN/describe" --json in.jsonl
    assert_equal "$stderr" "describe: 2 records have a '_missing' that is no object of reasons (passed over)"
    assert_equal "$(jq -c '[.filled, .missing]' <<<"$output")" '[1,[{"value":"missing","n":1},{"value":"refused","n":1}]]'
    run -0 --separate-stderr "$BIN/describe" <(sed 's/\[1\]/{}/;q' in.jsonl)
    assert_equal "$stderr" ""
}

@test "describe --questions takes sentences that ask where nothing is numbered, and says where nothing asks" {
    run -0 questions <<'END'
Hello. I am a reporter. Please tell me:

- How many complaints about e-scooters did you
  receive in 2023?
- Has the force a policy on seizing them?

Thank you
END
    assert_output "How many complaints about e-scooters did you receive in 2023?
Has the force a policy on seizing them?"
    jq -n -c '{text: ("Is it? " * 1000)}' >many.jsonl
    fails_with 1 "describe: a request of 1000 questions or more is none" "$BIN/describe" --questions many.jsonl
    echo '{"text":"Dear Sir, send me all that you have."}' >none.jsonl
    fails_with 1 "describe: no questions: no lines numbered from 1, and no sentence that ends in a question mark" \
        "$BIN/describe" --questions none.jsonl
}

@test "foi new makes a study of an inbox and the request, with the answers that are in the letters" {
    sample=$ROOT/samples/replies-2020
    jq -r '.fields[] | select(.number) | "\(.number). \(.title)"' "$sample/foi.schema.json" >request.txt
    run -0 "$ROOT/bin/foi" new study "$sample/inbox" request.txt "$sample/roster.csv"
    assert_line "request.txt: 5 questions, which are the titles in foi.schema.json"
    assert_line "inbox: 40 replies in 50 documents"
    assert_line "roster.csv: the bodies asked; each reply finds its own by reply = code"
    run -0 "$ROOT/bin/foi" run study
    # as the sample's generator meant them
    for field in team:does_the_trust_have_a_team grant:has_the_trust_applied_for; do
        expected=$(awk -F'\t' -v field="${field%%:*}" '$1 == field && $2 == "yes" { print $3, $4 }' "$sample/expected.tsv")
        [ -n "$expected" ]
        assert_equal "$(jq -r --arg f "${field#*:}" 'select(.field == $f and .value == "yes") | "\(.n) \(.base)"' study/results/results.jsonl)" "$expected"
    done
    assert_equal "$(jq -r 'select(.field == "status" and .value == "refused").n' study/results/results.jsonl)" 1
}

@test "foi new drafts a count that letters state in sentences, and a table of it" {
    mkdir -p inbox/{a,b,c}
    printf '1. How many bins do you own?\n2. Who makes them?\n3. What did they cost?\n4. Do you have a depot?\n' >request.txt
    printf '1. 310\n2. Glasdon\n3. £40\n4. Yes, a small one.\n' >inbox/a/reply.txt
    printf '1. We own 1,044 bins.\n2. Taylor\n3. £60\n4. No, we have no depot.\n' >inbox/b/reply.txt
    printf '1. None.\n2. Mixed makes\n3. £1,050\n4. Yes.\n' >inbox/c/reply.txt
    run -0 --separate-stderr "$ROOT/bin/foi" new study inbox request.txt
    assert_line "to be coded before they are tables: who_makes_them (codebook.proposals.csv has their words)"
    [[ $stderr != *'doubtful cells'* ]]
    run -0 jq -c '.fields[] | select(.title | test("^[1-3]")) | [.name, .type, .prose, .constraints]' study/foi.schema.json
    assert_output '["how_many_bins_do_you_own","integer",true,null]
["who_makes_them","string",null,null]
["what_did_they_cost","number",true,null]'
    run -0 "$ROOT/bin/foi" run study
    assert_equal "$(jq -c 'select(.field == "how_many_bins_do_you_own" and .kind == "summary") | [.n, .min, .max]' study/results/results.jsonl)" '[3,0,1044]'
    assert_equal "$(jq -r '"\(.kind) \(.value) \(.detail)"' study/results/flags_foi.jsonl)" 'figure We own 1,044 bins. 1044
figure None. 0'
    # the next letter repeats an answer, and states none exactly: neither stops the study
    mkdir study/inbox/d
    printf '1. Around 50 bins.\n2. Taylor\n3. £60\n' >study/inbox/d/reply.txt
    run -0 "$ROOT/bin/foi" run study
    assert_equal "$(jq -c 'select(.reply == "d") | [.how_many_bins_do_you_own, .who_makes_them, ._missing.how_many_bins_do_you_own]' study/results/foi.jsonl)" \
        '[null,"Taylor","no_figure"]'
}

@test "describe takes answers to how many for figures in sentences, where half of them state one" {
    printf '%s\n' 'Name,How many vans?,Why?' 'a,12,x' 'b,We have 40 of them.,y' 'c,twenty-one (21),z' 'd,"30 here, 14 there",w' >vans.csv
    "$BIN/fromcsv" vans.csv >in.jsonl
    run -0 "$BIN/describe" in.jsonl
    assert_line --regexp "How many vans\? +4 +0 +4  figures in sentences, such as '12'; 1 is not: 30 here, 14 there 1$"
    run -0 bash -c '"$1/describe" --schema in.jsonl | jq -c ".fields[1]"' - "$BIN"
    assert_output '{"name":"how_many_vans","title":"How many vans?","type":"integer","bareNumber":false,"groupChar":",","prose":true}'
    run -0 bash -c '"$1/describe" --plan in.jsonl | jq -c .tables' - "$BIN"
    assert_output '["summary of how_many_vans"]'
    # the same under a title that asks for something else is text, and where most state none, too
    run -0 bash -c 'sed "s/How many vans/What vans/" in.jsonl | "$1/describe" --schema | jq -c ".fields[1].type"' - "$BIN"
    assert_output '"string"'
    run -0 bash -c 'sed "s/12\|twenty-one (21)/some/" in.jsonl | "$1/describe" --schema | jq -c ".fields[1].type"' - "$BIN"
    assert_output '"string"'
    # sums of money in sentences have their multipliers
    printf '%s\n' 'Name,How much was spent?' 'a,£1.2m' 'b,"In all, £350k was spent."' 'c,We spent £40.50.' >spent.csv
    run -0 bash -c '"$1/fromcsv" spent.csv | "$1/describe" --schema | tee schema.json | jq -c ".fields[1] | [.type, .multipliers, .prose]"' - "$BIN"
    assert_output '["number",true,true]'
    run -0 bash -c '"$1/fromcsv" spent.csv | "$1/normalise" -s schema.json --flags /dev/null | jq -c .how_much_was_spent' - "$BIN"
    assert_output '1200000
350000
40.5'
}

@test "describe drafts one key: of few records, other answers differ by chance" {
    printf '%s\n' 'Code,Body,Supplier' 'X-1,Ashdale,Biffa' 'X-2,Bracken,Veolia' >two.csv
    run -0 bash -c '"$1/fromcsv" two.csv | "$1/describe" --schema | jq -c ".fields[] | [.name, .constraints.unique]"' - "$BIN"
    assert_output '["code",true]
["body",null]
["supplier",null]'
}

@test "foi new takes each file of an inbox without folders for a reply, and says so" {
    mkdir inbox
    printf '1. Do you own a meter?\nYes\n' >inbox/Ashdale.txt
    printf '1. Do you own a meter?\nNo\n' >inbox/Bracken.txt
    echo '1. Do you own a meter?' >request.txt
    run -0 "$ROOT/bin/foi" new study inbox request.txt
    assert_line 'inbox: no folders in it, so each file is a reply ("each" in study.json)'
    assert_line "inbox: 2 replies in 2 documents"
    run -0 "$ROOT/bin/foi" run study
    assert_equal "$(jq -r '"\(.reply) \(.do_you_own_a_meter)"' study/results/foi.jsonl)" "Ashdale true
Bracken false"
}

@test "foi new takes names that begin with a dash and a link to an inbox, and refuses control characters in names" {
    mkdir letters
    printf 'Dear Sir\n\n1. 4\n' >letters/-RXX.txt
    printf '1. How many staff do you have?\n' >-request.txt
    ln -s letters inbox
    run -0 "$ROOT/bin/foi" new -study inbox -request.txt
    assert_equal "$(jq -r .fields[3].title ./-study/foi.schema.json)" "1. How many staff do you have?"
    [ -d ./-study/inbox ] && [ ! -L ./-study/inbox ]
    printf 'id\na\nb\n' >$'a\tb\n.csv'
    fails_with 1 'new.sh: a?b?.csv: a control character in the name, which no setting can hold (rename it)' "$ROOT/bin/foi" new other $'a\tb\n.csv'
    [ ! -e other ]
}

@test "foi new names what it lacks for letters" {
    mkdir inbox inbox/A
    echo 'Dear Sir, no.' >inbox/A/a.txt
    fails_with 2 "new.sh: inbox: is a folder of letters; the request that they answer is needed too: new.sh STUDY INBOX REQUEST [FILE...]" \
        "$ROOT/bin/foi" new study inbox
    fails_with 1 "new.sh: none.txt: no such file" "$ROOT/bin/foi" new study inbox none.txt
    run -1 "$ROOT/bin/foi" new study inbox inbox/A/a.txt
    assert_line "new.sh: inbox/A/a.txt: no questions found (number them, or end each with a question mark)"
    [ ! -e study ]
}
