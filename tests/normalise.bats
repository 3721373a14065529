#!/usr/bin/env bats
# normalise: a schema's types, names, missing values and constraints over records. Expected
# records are written by hand from the Table Schema (v2) and the manual page.
load helper

normalise() {
    "$BIN/normalise" "$@"
}

# The schema of the test, from its first argument.
schema() {
    printf '%s\n' "$1" >schema.json
}

# One field of the schema, without braces.
field() {
    schema "{\"fields\":[{$1}]}"
}

# becomes IN OUT: the record IN is written as OUT, and OUT as itself.
becomes() {
    printf '%s\n' "$1" | normalise -s schema.json >got
    printf '%s\n' "$2" >expected
    same_as expected <got
    normalise -s schema.json <got | same_as expected
}

# cell IN OUT: the same for a record with the one field "a".
cell() {
    becomes "{\"a\":$1}" "{\"a\":$2}"
}

# empty IN REASON: the cell IN is missing.
empty() {
    becomes "{\"a\":$1}" "{\"a\":null,\"_missing\":{\"a\":\"$2\"}}"
}

# bad_cell IN MESSAGE: the record with the cell IN is bad data.
bad_cell() {
    printf '{"a":%s}\n' "$1" >in
    fails_with 1 "normalise: in:1: field 'a': $2" "$BIN/normalise" -s schema.json in
}

# faulty SCHEMA MESSAGE: the schema ends the program.
faulty() {
    schema "$1"
    fails_with 2 "normalise: schema.json: $2" "$BIN/normalise" -s schema.json /dev/null
}

# ---- names ----

@test "normalise matches columns by name, title and alias, whatever their case, spaces and punctuation" {
    schema '{"fields":[{"name":"has_team"},{"name":"grant","title":"5. Tried for a grant?"},
        {"name":"tech","aliases":["Q6b","Technologies used"]}]}'
    becomes '{"technologies  USED:":"R","Has Team":"y","5 Tried for a grant":"n"}' \
        '{"has_team":"y","grant":"n","tech":"R"}'
    becomes '{"q6B":"R","HAS-TEAM":"y","grant":"n"}' '{"has_team":"y","grant":"n","tech":"R"}'
}

@test "normalise matches exact headers first, and loose ones for what is left" {
    schema '{"fields":[{"name":"foi","title":"Third party data "},{"name":"eir","title":"Third party data"}]}'
    becomes '{"Third party data ":"1","Third party data":"2"}' '{"foi":"1","eir":"2"}'
    becomes '{"Third party data":"2","third party data":"1"}' '{"foi":"1","eir":"2"}'
    becomes '{"THIRD PARTY DATA":"1","eir":null}' '{"foi":"1","eir":null,"_missing":{"eir":"missing"}}'
    # two fields are left for one loose header: it is neither
    schema '{"fields":[{"name":"trust"},{"name":"a","title":"Cost?"},{"name":"b","title":"Cost"}]}'
    echo '{"trust":"T","COST":"1"}' >in
    run -0 --separate-stderr normalise -v -s schema.json in
    assert_output '{"trust":"T","a":null,"b":null,"COST":"1","_missing":{"a":"absent","b":"absent"}}'
    assert_regex "$stderr" "column 'COST' could be one of several fields and is none"
    # a loose header for a field that has its exact one is a column of its own
    schema '{"fields":[{"name":"trust"}]}'
    becomes '{"Trust":"b","trust":"a"}' '{"trust":"a","Trust":"b"}'
}

@test "normalise tells questions apart by what stands between their digits" {
    schema '{"fields":[{"name":"q2_1","title":"Q2.1"},{"name":"q21","title":"Q21"}]}'
    becomes '{"Q21":"No","Q2.1":"Yes"}' '{"q2_1":"Yes","q21":"No"}'
    becomes '{"q 2-1":"Yes","Q 21":"No"}' '{"q2_1":"Yes","q21":"No"}'
    schema '{"fields":[{"name":"x"},{"name":"spend_2019_20","title":"Spend 2019/20"},{"name":"spend_201920"}]}'
    becomes '{"x":"","spend 2019-20":"1","Spend 201920":"2"}' \
        '{"x":null,"spend_2019_20":"1","spend_201920":"2","_missing":{"x":"blank"}}'
}

@test "normalise says which fields have no column, with the nearest header" {
    schema '{"fields":[{"name":"trust"},{"name":"grant","title":"Did you apply for grant?"},{"name":"z"}]}'
    printf '%s\n' '{"Trust":"T1","Did you apply for a grant?":"Yes"}' >in
    run -0 --separate-stderr normalise -s schema.json in --stats stats.json
    assert_equal "$stderr" "normalise: schema.json: field 'grant' has no column: its answers are all absent (did you mean 'Did you apply for a grant?'?)
normalise: schema.json: field 'z' has no column: its answers are all absent"
    [[ $(cat stats.json) == *'"not_found":2'* ]]
    run -1 --separate-stderr normalise -s schema.json in --strict
    assert_regex "$stderr" "normalise: not found: 2 of what was asked for, which --strict does not allow"
    # a column in one of several files is enough
    echo '{"grant":"No","z":""}' >more
    run -0 --separate-stderr normalise -s schema.json in more
    assert_equal "$stderr" ""
}

@test "normalise names the likely cause where no field has a column" {
    schema '{"fields":[{"name":"trust","title":"Trust code"},{"name":"grant","title":"Grant?"}]}'
    none="none of the fields in schema.json has a column"
    printf '%s\n' '{"FOI replies":"Trust","column_2":""}' '{"FOI replies":"Trust code","column_2":"Grant"}' >in
    run -1 --separate-stderr normalise -s schema.json in
    assert_equal "$stderr" "normalise: in: $none (record 2 holds the headers: fromcsv --skip 2, or --skip auto)"
    echo '{"Trust code;Grant?":"T1;Yes"}' >in
    run -1 --separate-stderr normalise -s schema.json in
    assert_equal "$stderr" "normalise: in: $none (the only column is called 'Trust code;Grant?': another separator? see fromcsv -d)"
    echo '{"<!DOCTYPE html>":"</html>"}' >in
    run -1 --separate-stderr normalise -s schema.json in
    assert_equal "$stderr" "normalise: in: $none (the first column is called '<!DOCTYPE html>': was this CSV at all?)"
    echo '{"a":"b"}' >in
    run -1 --separate-stderr normalise -s schema.json -o out in
    assert_equal "$stderr" "normalise: in: $none (the first column is called 'a': another file's schema, or titles above the headers? see fromcsv --skip)"
    [ ! -e out ]
    # and so it is where an answer is required, which would be the first thing told
    schema '{"fields":[{"name":"trust","constraints":{"required":true}},{"name":"grant"}]}'
    run -1 --separate-stderr normalise -s schema.json in
    assert_regex "$stderr" "$none"
    run -0 normalise -s schema.json /dev/null
}

@test "normalise calls no replacement unused that may stand in a rejected record" {
    echo '{"fields":[{"name":"a","type":"integer"},{"name":"b","replace":{"None":"0"}}]}' >schema.json
    printf '%s\n' '{"a":"x","b":"None"}' '{"a":"1","b":"2"}' >in.jsonl
    run -0 --separate-stderr "$BIN/normalise" -s schema.json --rejects bad.jsonl in.jsonl
    assert_equal "$stderr" "normalise: 1 of 2 records rejected (see bad.jsonl)"
}

@test "normalise says which replacements were never applied" {
    echo '{"from":"Y","to":"yes"}' >pairs.jsonl
    schema '{"fields":[{"name":"a","type":"string","replace":{" js":"JavaScript","ts":"TypeScript"}},
        {"name":"b","type":"list","replace":{"js":"JavaScript"}},{"name":"c","type":"string","replace":"pairs.jsonl"}]}'
    echo '{"a":"js","b":"r, js","c":"y"}' >in
    run -0 --separate-stderr normalise -s schema.json in
    assert_output '{"a":"JavaScript","b":["r","JavaScript"],"c":"y"}'
    assert_equal "$stderr" "normalise: schema.json: field 'a': replacement 'ts' was never applied
normalise: schema.json: field 'c': replacement 'Y' was never applied"
}

@test "normalise writes fields in schema order, then extra ones, then the tools'" {
    schema '{"fields":[{"name":"b"},{"name":"a"}]}'
    becomes '{"_origin":"f.csv:2","x":1,"a":"A","y":[1, 2],"b":"B","_note":{}}' \
        '{"b":"B","a":"A","x":1,"y":[1, 2],"_origin":"f.csv:2","_note":{}}'
}

@test "normalise refuses two columns of one field" {
    schema '{"fields":[{"name":"trust","aliases":["Trust code"]}]}'
    echo '{"Trust":"a","TRUST CODE":"b"}' >in
    fails_with 1 "normalise: in:1: columns 'Trust' and 'TRUST CODE' are the same field" \
        "$BIN/normalise" -s schema.json in
    printf '{"trust":"a"}\n{"Trust":"a","trust_code":"b"}\n{"trust":"c"}\n' >in
    run -0 --separate-stderr normalise -s schema.json --rejects bad in
    assert_output $'{"trust":"a"}\n{"trust":"c"}'
    grep -q '"line":2,"field":null,"reason":"columns '"'Trust' and 'trust_code'"' are the same field"' bad
}

@test "normalise follows records whose columns change" {
    schema '{"fields":[{"name":"a"},{"name":"b"}]}'
    printf '%s\n' '{"a":"1","b":"2"}' '{"B":"3","A":"4"}' '{"a":"5"}' '{"a":"6","b":"7"}' '{}' >in
    cat >expected <<'END'
{"a":"1","b":"2"}
{"a":"4","b":"3"}
{"a":"5","b":null,"_missing":{"b":"absent"}}
{"a":"6","b":"7"}
{"a":null,"b":null,"_missing":{"a":"absent","b":"absent"}}
END
    normalise -s schema.json in | same_as expected
}

@test "normalise says under -v which column is which field, once" {
    schema '{"fields":[{"name":"a","title":"Question A"},{"name":"b"}]}'
    printf '%s\n' '{"question a":"1","x":"2"}' '{"question a":"1","x":"2"}' >in
    run -0 --separate-stderr normalise -v -s schema.json in
    assert_equal "$stderr" "normalise: column 'question a' is field 'a'
normalise: column 'x' is no field of the schema
normalise: schema.json: field 'b' has no column: its answers are all absent"
}

@test "normalise keeps, drops or rejects what the schema does not name, as --extra says" {
    schema '{"fields":[{"name":"a"}]}'
    echo '{"x":"  1","a":"A","_origin":"f:1","_missing":{"x":"why"},"y":2e3}' >in
    normalise -s schema.json in >default
    echo '{"a":"A","x":"  1","y":2e3,"_origin":"f:1","_missing":{"x":"why"}}' >expected
    same_as expected <default
    normalise -s schema.json --extra keep in | same_as expected
    echo '{"a":"A","_origin":"f:1"}' >expected
    normalise -s schema.json --extra drop in | same_as expected
    fails_with 1 "normalise: in:1: field 'x': not a field of the schema" \
        "$BIN/normalise" -s schema.json --extra reject in
}

# ---- missing answers ----

@test "normalise takes an empty cell for blank, unless the schema lists missing values" {
    field '"name":"a","type":"string"'
    empty '""' blank
    empty '" \u00a0\t"' blank
    cell '"-"' '"-"'
    schema '{"fields":[{"name":"a"}],"missingValues":["","-",{"value":"N/A","label":"not_applicable"}]}'
    empty '""' blank
    empty '"-"' -
    empty '" N/A "' not_applicable
    cell '"n/a"' '"n/a"'
    schema '{"fields":[{"name":"a"}],"missingValues":[]}'
    cell '""' '""'
}

@test "normalise lets a field's missing values replace the table's" {
    schema '{"fields":[{"name":"a","missingValues":[{"value":"x","label":"no_register"}]}],"missingValues":["","-"]}'
    empty '"x"' no_register
    cell '"-"' '"-"'
    cell '""' '""'
}

@test "normalise matches missing values before casting, on the raw and on the clean text" {
    field '"name":"a","type":"integer","missingValues":["-99",{"value":" ?","label":"unsure"}]'
    empty '"-99"' -99
    empty '-99' -99
    empty '" ?"' unsure
    empty '"?"' unsure
    cell '"99"' 99
    field '"name":"a","type":"integer","groupChar":",","missingValues":[{"value":"9999","label":"none"}]'
    empty '"9,999"' none
}

@test "normalise matches missing values in the field's case" {
    field '"name":"a","type":"string","case":"lower","missingValues":[{"value":"Not Held","label":"not_held"}]'
    empty '"NOT HELD"' not_held
    cell '"Held"' '"held"'
}

@test "normalise keeps the reasons that a record brings, under the fields' names" {
    schema '{"fields":[{"name":"a","title":"Question A"},{"name":"b"},{"name":"c"},{"name":"d"}]}'
    becomes '{"_missing":{"Question A":"refused:s12","d":"stale","b":"ncnd"},"question a":null,"c":null,"d":"here"}' \
        '{"a":null,"b":null,"c":null,"d":"here","_missing":{"a":"refused:s12","b":"ncnd","c":"missing"}}'
}

@test "normalise takes a text that denies something of its own for an answer, with a flag" {
    echo '{"fields":[{"name":"a","type":"string","missingValues":[{"vocabulary":"foi"}]}]}' >schema.json
    echo '{"a":"The Council does not publish a log. Therefore we do not hold this information."}' >in
    "$BIN/normalise" -s schema.json --flags flags.jsonl in | same_as in
    jq -c '[.kind,.reason]' flags.jsonl >got
    echo '["refusal_mention","not_held"]' | same_as got
    echo '{"a":"Refused: regulation 12(5)(e)"}' | "$BIN/normalise" -s schema.json >got
    echo '{"a":null,"_missing":{"a":"refused:r12(5)(e)"}}' | same_as got
}

@test "normalise says in a flag which letter's answer it is of, and by what a decision names it" {
    field '"name":"a","type":"string","missingValues":[{"vocabulary":"foi"}]'
    local text='"a":"We do not publish a log and do not hold this information."' letter='"a":{"file":"in/1.eml","line":7}'
    printf '%s\n' "{\"reply\":\"X-\\u0031\",$text,\"_evidence\":{\"b\":{},$letter}}" \
        "{\"reply\":\"X\",$text,\"_evidence\":{\"b\":{\"file\":\"in/1.eml\",\"line\":7}}}" \
        "{\"reply\":\"X\",$text,\"_origin\":\"foi.csv:3\",\"_evidence\":{$letter}}" \
        "{\"reply\":5,$text,\"_evidence\":{$letter}}" "{$text,\"_evidence\":{$letter}}" >in
    normalise -s schema.json --flags flags.jsonl in >got
    jq -c '[.file,.line,.by,.key,.field,.kind]' flags.jsonl >got
    same_as got <<'EOF2'
["in/1.eml",7,"reply","X-1","a","refusal_mention"]
["in",2,null,null,"a","refusal_mention"]
["foi.csv",3,null,null,"a","refusal_mention"]
["in/1.eml",7,null,null,"a","refusal_mention"]
["in/1.eml",7,null,null,"a","refusal_mention"]
EOF2
}

@test "normalise drops an empty _missing and refuses one that holds no reasons" {
    field '"name":"a"'
    becomes '{"a":"1","_missing":{}}' '{"a":"1"}'
    becomes '{"a":"1","_missing":null}' '{"a":"1"}'
    echo '{"a":"1","_missing":7}' >in
    fails_with 1 "normalise: in:1: field '_missing': not an object of reasons" \
        "$BIN/normalise" -s schema.json in
    echo '{"a":null,"_missing":{"a":1}}' >in
    fails_with 1 "normalise: in:1: field '_missing': not an object of reasons" \
        "$BIN/normalise" -s schema.json in
}

# ---- strings ----

@test "normalise cleans strings: white space, quotes, dashes, NFC" {
    field '"name":"a","type":"string"'
    cell '"  a\tb c\u00a0\u200bd  "' '"a b c d"'
    cell '"\u201cyes\u201d \u2013 it\u2019s"' '"\"yes\" - it'"'"'s"'
    cell '"cafe\u0301"' '"café"'
    cell '"caf\u00e9 \/ bar"' '"caf\u00e9 \/ bar"'
}

@test "normalise keeps the lines of free text, each of them clean, and the tabs in them" {
    for field in '"name":"a"' '"name":"a","type":"string"' '"name":"a","type":"string","clean":"text"'; do
        field "$field"
        cell '"  Python \t No\r\n\r\n \r\n  C#\t\tYes  \rJava  \u2013 No\t\n "' '"Python\tNo\n\nC#\t\tYes\nJava - No"'
        cell '"one line \u2028\n"' '"one line"'
        cell '"a\u0085b\u2028c\u000bd"' '"a\nb\nc\nd"'
        cell '"no\tbreak"' '"no break"'
    done
}

@test "normalise puts lines into one where a cell is compared, or the field asks for it" {
    for field in '"name":"a","type":"string","clean":true' '"name":"a","type":"string","constraints":{"unique":true}' \
        '"name":"a","type":"string","categories":["a b"]' '"name":"a","type":"string","constraints":{"enum":["a b"]}' \
        '"name":"a","type":"string","constraints":{"pattern":"a b"}'; do
        field "$field"
        cell '" a\r\n\tb"' '"a b"'
    done
    echo '{"fields":[{"name":"a"}],"primaryKey":"a"}' >schema.json
    cell '" a\r\n\tb"' '"a b"'
}

@test "normalise finds missing values and replacements over a line break, and the field's case in lines" {
    field '"name":"a","type":"string","case":"lower","missingValues":[{"value":"not held","label":"not_held"}],"replace":{"x y":"z"}'
    empty '"not\nheld"' not_held
    cell '"x\ny"' '"z"'
    cell '"Python\nNO"' '"python\nno"'
}

@test "normalise leaves a string as it is where the field says \"clean\": false" {
    field '"name":"a","type":"string","clean":false'
    cell '"  a \u2013 b "' '"  a \u2013 b "'
    empty '""' blank
}

@test "normalise puts a string in the case of its field" {
    field '"name":"a","type":"string","case":"lower"'
    cell '"ÉCOLE"' '"école"'
    field '"name":"a","type":"string","case":"upper"'
    cell '"x-1é"' '"X-1É"'
    field '"name":"a","type":"string","case":"keep"'
    cell '"Ab"' '"Ab"'
}

@test "normalise makes a string field's numbers and truths strings" {
    field '"name":"a","type":"string"'
    cell 1.50 '"1.50"'
    cell true '"true"'
    bad_cell '["x"]' "expected a string, not a list"
    bad_cell '{"x":1}' "expected a string, not an object"
}

@test "normalise checks the formats of strings" {
    field '"name":"a","type":"string","format":"email"'
    cell '"foi@trust.nhs.uk"' '"foi@trust.nhs.uk"'
    for text in foi foi@ @nhs.uk foi@nhs 'foi@a b.uk' a@b@c.uk foi@nhs.; do
        bad_cell "\"$text\"" "'$text' is not an email address"
    done
    field '"name":"a","type":"string","format":"uri"'
    cell '"https://example.org/a?b"' '"https://example.org/a?b"'
    bad_cell '"example.org"' "'example.org' is not a URI"
    bad_cell '"http:"' "'http:' is not a URI"
    bad_cell '"http://a b"' "'http://a b' is not a URI"
    # RFC 3986, 3.1: a letter, then letters, digits, +, - and dots
    for text in z39.50r://h/x git+ssh://h/x x-a:b A0:z; do
        cell "\"$text\"" "\"$text\""
    done
    for text in 9p://h/x +a:b a_b:c a%b:c :x; do
        bad_cell "\"$text\"" "'$text' is not a URI"
    done
    field '"name":"a","type":"string","format":"uuid"'
    cell '"123e4567-e89b-12d3-a456-426614174000"' '"123e4567-e89b-12d3-a456-426614174000"'
    # RFC 4122: sixteen digits of base 16 in either case
    cell '"01234567-89ab-cdef-ABCD-EF0123456789"' '"01234567-89ab-cdef-ABCD-EF0123456789"'
    for text in 01234567-89ab-cdef-ABCD-EF012345678 01234567-89ab-cdef-ABCD-EF01234567890 \
        01234567x89ab-cdef-ABCD-EF0123456789 01234567-89abxcdef-ABCD-EF0123456789 \
        01234567-89ab-cdefxABCD-EF0123456789 01234567-89ab-cdef-ABCDxEF0123456789 \
        0123456G-89ab-cdef-ABCD-EF0123456789 01234567-89ab-cdef-ABCD-EF012345678/; do
        bad_cell "\"$text\"" "'$text' is not a UUID"
    done
    bad_cell '"123e4567"' "'123e4567' is not a UUID"
    bad_cell '"123e4567-e89b-12d3-a456-42661417400g"' "'123e4567-e89b-12d3-a456-42661417400g' is not a UUID"
    field '"name":"a","type":"string","format":"binary"'
    cell '"Zm9v"' '"Zm9v"'
    cell '"Zg=="' '"Zg=="'
    bad_cell '"Zm9"' "'Zm9' is not base 64"
    bad_cell '"Z===" ' "'Z===' is not base 64"
    # RFC 4648, 4: its alphabet's ends, and what stands beside them in ASCII
    cell '"AZaz09+/"' '"AZaz09+/"'
    for text in 'AZ@a' 'AZ[a' 'A`za' 'A{za' 'A:09' 'A.+/' 'A-+/' 'A,+/' 'Z=g=' '=Zg=' 'Zg==a'; do
        bad_cell "\"$text\"" "'$text' is not base 64"
    done
}

@test "normalise passes values of any type, strings cleaned" {
    field '"name":"a","type":"any"'
    cell '" x "' '"x"'
    cell 1.0E+5 1.0E+5
    cell '[1,  {"b":" "}]' '[1,  {"b":" "}]'
    cell '{"b" : 1}' '{"b" : 1}'
    field '"name":"a"'
    cell '" x "' '"x"'
}

@test "normalise replaces texts that the schema replaces" {
    field '"name":"a","type":"string","replace":{"NHS trust":"NHS Trust","":"nothing","?":"N/A"},"missingValues":["N/A"]'
    cell '" NHS  trust"' '"NHS Trust"'
    cell '""' '"nothing"'
    empty '"?"' N/A
    field '"name":"a","type":"string","case":"lower","replace":[{"from":"B","to":"BETA","count":3}]'
    cell '"b"' '"beta"'
    mkdir study
    echo '{"from":"uni","to":"university","count":2}' >study/spelling.jsonl
    schema '{"fields":[{"name":"a","type":"string","replace":"spelling.jsonl"}]}'
    mv schema.json study/
    echo '{"a":"uni"}' | normalise -s study/schema.json >got
    echo '{"a":"university"}' >expected
    same_as expected <got
}

# ---- booleans ----

@test "normalise flags every date that may be meant the other way, once the column has a date with the month first" {
    field '"name":"d","type":"date","format":"any-dmy"'
    printf '{"d":"%s"}\n' 7/1/2020 7/7/2020 '7 January 2020' 2020-01-07 7/15/2020 8/3/2020 >in
    run -0 --separate-stderr normalise -s schema.json --flags flags --stats stats in
    run -0 jq -c '[.line,.kind,.value,.detail]' flags
    assert_output '[5,"month_first","7/15/2020","2020-07-15"]
[1,"ambiguous_date","7/1/2020","2020-01-07"]
[6,"ambiguous_date","8/3/2020","2020-03-08"]'
    run -0 jq -c '[.flags_month_first,.flags_ambiguous_date]' stats
    assert_output '[1,2]'
    sed 5d in >days
    run -0 --separate-stderr normalise -s schema.json --flags flags days
    assert_equal "$(cat flags)" ""
}

@test "normalise leaves out a time behind a date, and flags it, and dates far from our time" {
    field '"name":"d","type":"date","format":"any-dmy"'
    printf '{"d":"%s"}\n' '01/07/2020 09:15' '01/07/2020 00:00' 1/7/0020 01/07/1020 1/7/2200 1/7/1900 >in
    run -0 --separate-stderr normalise -s schema.json --flags flags in
    assert_output '{"d":"2020-07-01"}
{"d":"2020-07-01"}
{"d":"0020-07-01"}
{"d":"1020-07-01"}
{"d":"2200-07-01"}
{"d":"1900-07-01"}'
    run -0 jq -c '[.line,.kind]' flags
    assert_output '[1,"time_dropped"]
[3,"far_year"]
[4,"far_year"]
[5,"far_year"]'
    field '"name":"d","type":"date","format":"%d/%m/%Y"'
    echo '{"d":"01/07/2200"}' >in
    run -0 normalise -s schema.json --flags flags in
    run -0 jq -r .kind flags
    assert_output far_year
}

@test "normalise reads a spreadsheet's days where the field says serials" {
    # Excel: =DATE(2020,1,1) is 43831, LibreOffice the same; with dates from 1904 it is 42369
    field '"name":"a","type":"date","serials":true'
    cell '"43831"' '"2020-01-01"'
    cell '"44196"' '"2020-12-31"'
    cell '"43831.75"' '"2020-01-01"'
    cell '"2020-01-01"' '"2020-01-01"'
    bad_cell '"4383"' "'4383' is not a date as %Y-%m-%d"
    bad_cell '"438310"' "'438310' is not a date as %Y-%m-%d"
    echo '{"a":"43831"}' >in
    run -0 normalise -s schema.json --flags flags in
    assert_equal "$(cat flags)" ""
    field '"name":"a","type":"datetime","serials":"1904"'
    cell '"42369.75"' '"2020-01-01T18:00:00"'
    # Parts of a day are rounded to the second, and the last half second is the next day's.
    cell '"42369.000005"' '"2020-01-01T00:00:00"'
    cell '"42369.00001"' '"2020-01-01T00:00:01"'
    cell '"42369.04236111"' '"2020-01-01T01:01:00"'
    cell '"42369.99999"' '"2020-01-01T23:59:59"'
    cell '"42369.999999"' '"2020-01-02T00:00:00"'
    # Python: date(1904, 1, 1) + timedelta(10000), and of 99999
    cell '"10000"' '"1931-05-19T00:00:00"'
    cell '"99999.5"' '"2177-10-14T12:00:00"'
    cell '"42369.500000000000000000000000"' '"2020-01-01T12:00:00"'
    for text in 42369. 42369,5 42369.5x 42369./ 42369.: /2369 4236: x2369 42369.5000000000000000000000000; do
        bad_cell "\"$text\"" "'$text' is not a date with time as %Y-%m-%dT%H:%M:%S"
    done
    faulty '{"fields":[{"name":"a","type":"date","serials":"1900s"}]}' "fields[0].serials: '1900s' is none of 1900|1904"
    faulty '{"fields":[{"name":"a","type":"string","serials":true}]}' "fields[0].serials: has no effect on a string"
}

@test "normalise reads months, quarters and financial years" {
    field '"name":"a","type":"month"'
    for text in 2020-07 'July 2020' 'jul 2020' 07/2020 7.2020 '2020 July' "Jul '20"; do
        cell "\"$text\"" '"2020-07"'
    done
    bad_cell '"2020"' "'2020' is not a month as 2020-07"
    bad_cell '"13/2020"' "'13/2020' is not a month as 2020-07"
    bad_cell '"1/7/2020"' "'1/7/2020' is not a month as 2020-07"
    field '"name":"a","type":"yearmonth"'
    cell '"2020-07"' '"2020-07"'
    field '"name":"a","type":"quarter"'
    for text in 2020-Q3 'Q3 2020' '2020 Q3' 'q3/2020' 'Quarter 3 of 2020' 'Qtr 3, 2020'; do
        cell "\"$text\"" '"2020-Q3"'
    done
    cell '"Q1 2019/20"' '"2019/20-Q1"'
    cell '"2019-20 Q1"' '"2019/20-Q1"'
    bad_cell '"Q5 2020"' "'Q5 2020' is not a quarter as 2020-Q3"
    bad_cell '"Q1 FY 2020"' "'Q1 FY 2020' is not a quarter as 2020-Q3"
    field '"name":"a","type":"financial_year"'
    for text in 2019/20 2019-20 2019/2020 '2019 – 20' 'FY 2019/20' FY2019-20 '2019 to 2020' 'April 2019 to March 2020' 'Financial year 2019/20'; do
        cell "\"$text\"" '"2019/20"'
    done
    cell '"1999/00"' '"1999/00"'
    bad_cell '"2019/21"' "'2019/21' is not a financial year as 2019/20"
    bad_cell '"FY20"' "'FY20' is not a financial year as 2019/20"
    echo '{"a":"19/20"}' >in
    run -0 normalise -s schema.json --flags flags in
    assert_output '{"a":"2019/20"}'
    run -0 jq -r .kind flags
    assert_output short_year
}

@test "normalise takes no multiplier, bound or approximation behind a number for its unit" {
    field '"name":"a","type":"number","bareNumber":false,"groupChar":","'
    for text in '2 mil' '2 MM' '2m' '5 doz' '5 score' '5 below' '5 at least' '20 approx' '20 approx.' 20ish '5 staff or more' \
        '10 WTE minimum' '3 thousand' '7 hundreds' '5 estimated' '4 or 5' '12 (approx)' '~20' '<5' 'over 5'; do
        bad_cell "\"$text\"" "'$text' is not a number"
    done
    cell '"5 WTE"' 5
    cell '"30 min"' 30
    cell '"£1,500"' 1500
}

@test "normalise reads the figure that a sentence states where a field says prose" {
    field '"name":"n","title":"How many cameras do you operate?","type":"integer","prose":true'
    printf '{"n":"%s"}\n' 44 'We operate forty-four.' None 'In 2023 there were 44 cameras, of which 12 are mobile.' \
        '30 in streets and 14 in car parks' 'Fewer than 5' 'Not held' '12.5 cameras on average' 'Exempt under section 31; we own 44 vans.' >in
    echo '{"n":7}' >>in
    run -0 --separate-stderr normalise -s schema.json --flags flags --stats stats in
    assert_output '{"n":44}
{"n":44}
{"n":0}
{"n":44}
{"n":null,"_missing":{"n":"no_figure"}}
{"n":null,"_missing":{"n":"no_figure"}}
{"n":null,"_missing":{"n":"no_figure"}}
{"n":null,"_missing":{"n":"no_figure"}}
{"n":44}
{"n":7}'
    # every sentence is shown to a person, whatever was made of it; plain numbers are not
    run -0 jq -c '[.line, .kind, .detail]' flags
    assert_output '[2,"figure","44"]
[3,"figure","0"]
[4,"figure","44"]
[5,"no_figure","several figures"]
[6,"no_figure","no exact figure"]
[7,"no_figure","no figure"]
[8,"no_figure","not a whole number"]
[9,"figure","44"]'
    run -0 jq -c '[.flags_figure, .flags_no_figure, .missing]' stats
    assert_output '[4,4,4]'
    # what came out goes in again as it is
    run -0 normalise -s schema.json <<<'{"n":null,"_missing":{"n":"no_figure"}}'
    assert_output '{"n":null,"_missing":{"n":"no_figure"}}'
}

@test "normalise with prose: refusals stay refusals, constraints hold, few words are a unit" {
    field '"name":"a","title":"Vans","type":"integer","prose":true,"bareNumber":false,"missingValues":"foi","constraints":{"maximum":50}'
    cell '"12 vans in use"' 12
    cell '"There are 12 vans."' 12
    bad_cell '"There are 60 vans."' "'60' is more than the maximum 50"
    printf '{"a":"%s"}\n' 'Not held.' 'All 12 of them are vans' 'Names are exempt under section 40(2); we own 12 vans.' >in
    run -0 --separate-stderr normalise -s schema.json --flags flags in
    assert_output '{"a":null,"_missing":{"a":"not_held"}}
{"a":12}
{"a":null,"_missing":{"a":"no_figure"}}'
    run -0 jq -c 'select(.kind != "refusal_mention") | [.line, .kind, .detail]' flags
    assert_output '[2,"figure","12"]
[3,"no_figure","a refusal is mentioned"]'
    echo '{"fields":[{"name":"n","type":"string","prose":true}]}' >schema.json
    fails_with 2 "normalise: schema.json: fields[0].prose: has no effect on a string" "$BIN/normalise" -s schema.json </dev/null
}

@test "normalise with prose: a person's decision wins over what was read" {
    field '"name":"n","title":"Vans","type":"integer","prose":true'
    echo '{"n":"12 in one depot and 30 in the other","_origin":"a.csv:2"}' >in
    printf 'kind,by,reply,field,value,coder,date,text\nflag,_origin,a.csv:2,n,42,ann,2020-01-01,12 in one depot and 30 in the other\n' >decisions.csv
    run -0 --separate-stderr normalise -s schema.json --decisions decisions.csv in
    assert_output '{"n":42,"_origin":"a.csv:2"}'
}

@test "normalise flags numbers whose unit is not that of most" {
    field '"name":"n","type":"number","bareNumber":false,"multipliers":true'
    assert_equal "$(printf '{"n":"%s"}\n' '£1.2m' 350k '£40' '2 hours' | "$BIN/normalise" -s schema.json --flags flags.jsonl | jq -c .n | paste -sd' ')" "1200000 350000 40 2"
    # a multiplier is no unit of its own
    assert_equal "$(jq -c '[.value, .detail]' flags.jsonl)" '["2 hours","hour"]'
    echo '{"fields":[{"name":"n","type":"date","multipliers":true}]}' >schema.json
    fails_with 2 "normalise: schema.json: fields[0].multipliers: has no effect on a date" "$BIN/normalise" -s schema.json </dev/null
    field '"name":"n","type":"number","bareNumber":false'
    printf '{"n":"%s"}\n' '30 minutes' '2 hours' '45 mins' 7 '1 hour' '20 min.' '£5' >in
    run -0 --separate-stderr normalise -s schema.json --flags flags --stats stats in
    run -0 jq -c '[.line,.kind,.value,.detail]' flags
    assert_output '[2,"mixed_unit","2 hours","hour"]
[5,"mixed_unit","1 hour","hour"]
[7,"mixed_unit","£5","£"]'
    run -0 jq .flags_mixed_unit stats
    assert_output 3
    # two units as frequent as each other are both doubtful
    printf '{"n":"%s"}\n' '30 minutes' '2 hours' >in
    run -0 normalise -s schema.json --flags flags in
    run -0 jq -r .value flags
    assert_output $'30 minutes\n2 hours'
    printf '{"n":"%s"}\n' '£5' 'GBP 6' '7 pounds' 8 >in
    run -0 normalise -s schema.json --flags flags in
    assert_equal "$(cat flags)" ""
}

@test "normalise flags pieces of HTML and a workbook's escapes and text formulas" {
    field '"name":"v","type":"string"'
    printf '{"v":"%s"}\n' '&pound;100' 'don&rsquo;t' '2019&ndash;20' 'caf&eacute;' '_x000d_' 'a<br>b' '<P class=x>y</P>' '=\"00123\"' "'0012" \
        'R&D; x' '<5' 'a < b' '<unknown>' "'tis" '= 5' '_x00_' '&;' >in
    run -0 --separate-stderr normalise -s schema.json --flags flags in
    run -0 jq -c '[.line,.kind,.detail]' flags
    assert_output '[1,"escape","&pound;"]
[2,"escape","&rsquo;"]
[3,"escape","&ndash;"]
[4,"escape","&eacute;"]
[5,"escape","_x000d_"]
[6,"escape","<br>"]
[7,"escape","<P class=x>"]
[8,"text_formula","=\"00123\""]
[9,"text_formula","'"'0012"'"]'
}

@test "normalise takes variation selectors and other invisible marks for nothing" {
    field '"name":"a","type":"boolean","trueValues":["☑"],"falseValues":["☐"]'
    cell '"☑\ufe0f"' true
    cell '"☐\ufe0e"' false
    field '"name":"a","type":"string"'
    cell '"a\u180eb\u034fc\ufffad"' '"abcd"'
}

@test "normalise casts booleans by their true and false values" {
    field '"name":"a","type":"boolean"'
    for text in true True TRUE 1; do cell "\"$text\"" true; done
    for text in false False FALSE 0; do cell "\"$text\"" false; done
    cell true true
    cell false false
    cell 1 true
    bad_cell '"yes"' "'yes' is neither a true nor a false value"
    bad_cell 2 "'2' is neither a true nor a false value"
    bad_cell '[true]' "expected a boolean, not a list"
    field '"name":"a","type":"boolean","trueValues":["Yes","Yes - see attached"],"falseValues":["No, we don'"'"'t"]'
    cell '"Yes "' true
    cell '"Yes – see attached"' true
    cell '"No, we don’t"' false
    bad_cell '"true"' "'true' is neither a true nor a false value"
    field '"name":"a","type":"boolean","case":"lower","trueValues":["yes"],"falseValues":["No"]'
    cell '"YES"' true
    cell '"nO"' false
}

@test "normalise flags a false value that may be a blank, as the schema's blankIsNo says" {
    schema '{"blankIsNo":true,"fields":[{"name":"a","type":"boolean","falseValues":["No"],"trueValues":["Yes"]},
        {"name":"b","type":"boolean","falseValues":["No"],"trueValues":["Yes"],"blankIsNo":false}]}'
    echo '{"a":"No","b":"No"}' >in
    run -0 --separate-stderr normalise -s schema.json --flags flags in
    assert_output '{"a":false,"b":false}'
    assert_equal "$stderr" ""
    echo '{"file":"in","line":1,"field":"a","kind":"blank_or_no","value":"No"}' >expected
    same_as expected <flags
}

# ---- numbers ----

@test "normalise casts integers and numbers without touching their digits" {
    field '"name":"a","type":"integer"'
    cell '"12"' 12
    cell '"+012"' 12
    cell '" -5 "' -5
    cell '"123456789012345678901234567890"' 123456789012345678901234567890
    cell 7 7
    for text in 1.5 1e3 x '1 2' 1,000 £5; do bad_cell "\"$text\"" "'$text' is not an integer"; done
    bad_cell 1.0 "'1.0' is not an integer"
    field '"name":"a","type":"number"'
    cell '"1.50"' 1.50
    cell '".5"' 0.5
    cell '"1E400"' 1E400
    cell 1.0 1.0
    bad_cell '"NaN"' "'NaN' is not a number"
    bad_cell '"1,5"' "'1,5' is not a number"
    bad_cell true "'true' is not a number"
}

@test "normalise reads numbers with groups, decimal commas and signs around as the field says" {
    field '"name":"a","type":"number","groupChar":",","bareNumber":false'
    cell '"£1,234.50"' 1234.50
    cell '"95%"' 95
    cell '"12.5 hours"' 12.5
    bad_cell '"1,23"' "'1,23' is not a number"
    field '"name":"a","type":"number","groupChar":".","decimalChar":","'
    cell '"1.234,5"' 1234.5
    cell 1.500 1.500
    field '"name":"a","type":"integer","groupChar":".","bareNumber":false'
    cell '"€ 1.500"' 1500
    bad_cell 1.500 "'1.500' is not an integer"
    field '"name":"a","type":"integer","groupChar":" "'
    cell '"1\u00a0234"' 1234
}

@test "normalise casts years" {
    field '"name":"a","type":"year"'
    cell '"2020"' 2020
    cell 2020 2020
    for text in 20 02020 0999 2020.0 -2020; do bad_cell "\"$text\"" "'$text' is not a year of four digits"; done
}

# ---- dates ----

@test "normalise reads dates strictly by their format, and what it wrote itself" {
    field '"name":"received","type":"date","format":"%d/%m/%Y"'
    becomes '{"received":" 01/02/2020"}' '{"received":"2020-02-01"}'
    becomes '{"received":"2020-02-29"}' '{"received":"2020-02-29"}'
    printf '{"received":"1/2/2020"}\n{"received":"31/02/2020"}\n' >foi.jsonl
    fails_with 1 "normalise: foi.jsonl:2: field 'received': '31/02/2020' is not a date as %d/%m/%Y" \
        "$BIN/normalise" -s schema.json foi.jsonl
    field '"name":"a","type":"date","format":"%d/%m/%Y"'
    for text in 01/02/20 2020/02/01 1.2.2020 '1/2/2020 10:00' 2020-02-30 43831; do
        bad_cell "\"$text\"" "'$text' is not a date as %d/%m/%Y"
    done
    field '"name":"a","type":"date","format":"%d %B %y"'
    cell '"1 february 20"' '"2020-02-01"'
    field '"name":"a","type":"date"'
    cell '"2020-02-01"' '"2020-02-01"'
    bad_cell '"01/02/2020"' "'01/02/2020' is not a date as %Y-%m-%d"
    bad_cell '"2020-02-01T10:00:00"' "'2020-02-01T10:00:00' is not a date as %Y-%m-%d"
    bad_cell 20200201 "'20200201' is not a date as %Y-%m-%d"
}

@test "normalise reads mixed dates with the day first, and flags the others" {
    field '"name":"a","type":"date","format":"any-dmy"'
    cell '"1/2/2020"' '"2020-02-01"'
    cell '"1st of February 2020"' '"2020-02-01"'
    cell '"2020-02-01"' '"2020-02-01"'
    cell '"01/02/2020 00:00"' '"2020-02-01"'
    bad_cell '"31/02/2020"' "'31/02/2020' is not a date"
    cell '"01/02/2020 10:30"' '"2020-02-01"' # and flagged, see below
    printf '%s\n' '{"a":"02/25/2020"}' '{"a":"1/2/20"}' '{"a":"3/4/2020"}' >in
    normalise -s schema.json --flags flags in >got
    printf '{"a":"%s"}\n' 2020-02-25 2020-02-01 2020-04-03 >expected
    same_as expected <got
    cat >expected <<'END'
{"file":"in","line":1,"field":"a","kind":"month_first","value":"02/25/2020","detail":"2020-02-25"}
{"file":"in","line":2,"field":"a","kind":"short_year","value":"1/2/20","detail":"2020-02-01"}
{"file":"in","line":2,"field":"a","kind":"ambiguous_date","value":"1/2/20","detail":"2020-02-01"}
{"file":"in","line":3,"field":"a","kind":"ambiguous_date","value":"3/4/2020","detail":"2020-04-03"}
END
    same_as expected <flags
}

@test "normalise reads dates with time" {
    field '"name":"a","type":"datetime"'
    cell '"2020-02-01T10:30:00Z"' '"2020-02-01T10:30:00Z"'
    bad_cell '"2020-02-01"' "'2020-02-01' is not a date with time as %Y-%m-%dT%H:%M:%S"
    field '"name":"a","type":"datetime","format":"%d/%m/%Y %H:%M"'
    cell '"01/02/2020 9:05"' '"2020-02-01T09:05:00"'
    bad_cell '"01/02/2020"' "'01/02/2020' is not a date with time as %d/%m/%Y %H:%M"
    field '"name":"a","type":"datetime","format":"any-dmy"'
    cell '"1/2/2020 10:30"' '"2020-02-01T10:30:00"'
    bad_cell '"1/2/2020"' "'1/2/2020' is not a date with time"
}

# ---- lists ----

@test "normalise splits lists at their delimiter and cleans and casts their items" {
    field '"name":"a","type":"list","delimiter":";"'
    cell '" Java ;  C#;; "' '["Java","C#"]'
    cell '["Java"," C# "]' '["Java","C#"]'
    cell '";"' '[]'
    empty '""' blank
    field '"name":"a","type":"list","delimiter":"\n"'
    cell '"Java\nC#\r\nR"' '["Java","C#","R"]'
    field '"name":"a","type":"list","itemType":"integer"'
    cell '"1, 2,003"' '[1,2,3]'
    bad_cell '"1,x"' "'x' is not an integer"
    bad_cell '[1,null]' "the list holds null"
    bad_cell '[[1]]' "the list holds another list"
    bad_cell '[{}]' "the list holds an object"
    bad_cell '{}' "expected a list, not an object"
    field '"name":"a","type":"list","itemType":"boolean"'
    cell '"1,false"' '[true,false]'
    field '"name":"a","type":"list","itemType":"date","format":"%d/%m/%Y"'
    cell '"1/2/2020,2/2/2020"' '["2020-02-01","2020-02-02"]'
    field '"name":"a","type":"list","replace":{"js":"JavaScript"},"case":"keep"'
    cell '"js,R"' '["JavaScript","R"]'
}

# ---- constraints ----

@test "normalise rejects a record without a required answer" {
    field '"name":"a","constraints":{"required":true}'
    bad_cell '""' "required, but missing (blank)"
    bad_cell null "required, but missing (missing)"
    schema '{"fields":[{"name":"a","constraints":{"required":true}},{"name":"b"}]}'
    echo '{"b":1}' >in
    fails_with 1 "normalise: in:1: field 'a': required, but missing (absent)" "$BIN/normalise" -s schema.json in
}

@test "normalise checks enum, by value and type" {
    field '"name":"a","type":"string","constraints":{"enum":["in full","In part"]}'
    cell '" in full"' '"in full"'
    bad_cell '"In full"' "'In full' is none of the values allowed"
    field '"name":"a","type":"number","constraints":{"enum":[1,"2.50"]}'
    cell '"1.0"' 1.0
    cell '"2.5"' 2.5
    bad_cell '"3"' "'3' is none of the values allowed"
    field '"name":"a","type":"date","format":"%d/%m/%Y","constraints":{"enum":["01/02/2020"]}'
    cell '"1/2/2020"' '"2020-02-01"'
    bad_cell '"2/2/2020"' "'2020-02-02' is none of the values allowed"
    field '"name":"a","type":"boolean","constraints":{"enum":[true]}'
    cell '"1"' true
    bad_cell '"0"' "'false' is none of the values allowed"
    field '"name":"a","type":"any","constraints":{"enum":["1",1]}'
    cell 1 1
    cell '"1"' '"1"'
    bad_cell true "'true' is none of the values allowed"
    field '"name":"a","type":"list","constraints":{"enum":["a","b"]}'
    cell '"b,a"' '["b","a"]'
    bad_cell '"a,c"' "'c' is none of the values allowed"
}

@test "normalise checks categories, given as values or with labels" {
    field '"name":"a","type":"string","categories":["low","high"]'
    cell '"low"' '"low"'
    bad_cell '"middle"' "'middle' is none of the categories"
    field '"name":"a","type":"integer","categories":[{"value":1,"label":"yes"},{"value":2,"label":"no"}],"categoriesOrdered":true'
    cell '"2"' 2
    bad_cell '"3"' "'3' is none of the categories"
}

@test "normalise checks lengths in characters and items" {
    field '"name":"a","type":"string","constraints":{"minLength":2,"maxLength":3}'
    cell '"éü"' '"éü"'
    bad_cell '"é"' "'é' is shorter than 2 characters"
    bad_cell '"abcd"' "'abcd' is longer than 3 characters"
    field '"name":"a","type":"list","constraints":{"minLength":1,"maxLength":2}'
    cell '"a,b"' '["a","b"]'
    bad_cell '","' "a list of 0 is shorter than 1"
    bad_cell '"a,b,c"' "a list of 3 is longer than 2"
}

@test "normalise checks ranges of numbers, years and dates" {
    field '"name":"a","type":"number","constraints":{"minimum":0,"exclusiveMaximum":"100.5"}'
    cell '"0"' 0
    cell '"100.49"' 100.49
    bad_cell '"-0.1"' "'-0.1' is less than the minimum 0"
    bad_cell '"100.50"' "'100.50' is not less than 100.5"
    field '"name":"a","type":"integer","constraints":{"exclusiveMinimum":0,"maximum":226}'
    bad_cell '"0"' "'0' is not more than 0"
    bad_cell '"227"' "'227' is more than the maximum 226"
    field '"name":"a","type":"date","format":"%d/%m/%Y","constraints":{"minimum":"01/01/2020","maximum":"2020-12-31"}'
    cell '"31/12/2020"' '"2020-12-31"'
    bad_cell '"31/12/2019"' "'2019-12-31' is less than the minimum 2020-01-01"
    bad_cell '"1/1/2021"' "'2021-01-01' is more than the maximum 2020-12-31"
    field '"name":"a","type":"datetime","constraints":{"minimum":"2020-01-01T12:00:00Z"}'
    cell '"2020-01-01T13:30:00+01:00"' '"2020-01-01T13:30:00+01:00"'
    bad_cell '"2020-01-01T12:30:00+01:00"' "'2020-01-01T12:30:00+01:00' is less than the minimum 2020-01-01T12:00:00Z"
    field '"name":"a","type":"year","constraints":{"maximum":2020}'
    bad_cell '"2021"' "'2021' is more than the maximum 2020"
}

@test "normalise matches patterns against the whole text" {
    field '"name":"a","type":"string","constraints":{"pattern":"[A-Z]\\d{2}|x"}'
    cell '"R12"' '"R12"'
    cell '"x"' '"x"'
    bad_cell '"R123"' "'R123' does not match the pattern [A-Z]\\d{2}|x"
    bad_cell '"xx"' "'xx' does not match the pattern [A-Z]\\d{2}|x"
    field '"name":"a","type":"string","constraints":{"pattern":"^\\p{L}.$"}'
    cell '"éü"' '"éü"'
}

# ---- keys ----

@test "normalise lists both lines of a key that occurs twice" {
    schema '{"fields":[{"name":"code","constraints":{"unique":true}}]}'
    printf '%s\n' '{"code":"RXX"}' '{"code":""}' '{"code":"RYY"}' '{"code":""}' '{"code":" RXX"}' '{"code":"RZZ"}' >in
    fails_with 1 "normalise: in:5: field 'code': key 'RXX' seen before at line 1" \
        "$BIN/normalise" -s schema.json in
    run -0 --separate-stderr normalise -s schema.json --rejects bad in
    assert_equal "${#lines[@]}" 5
    assert_equal "$(cat bad)" '{"program":"normalise","file":"in","line":5,"field":"code","reason":"key '"'RXX'"' seen before at line 1","record":{"code":" RXX"}}'
    cp in second
    run -1 --separate-stderr bash -c 'head -n 1 in >first; "$0" -s schema.json first second' "$BIN/normalise"
    assert_equal "$stderr" "normalise: second:1: field 'code': key 'RXX' seen before at first:1"
    # both as the spreadsheets number them
    printf 'code\nRXX\nRYY\n' >a.csv
    printf 'code\nRZZ\nRXX\n' >b.csv
    run -1 bash -c '"$0/fromcsv" --origin a.csv b.csv | "$0/normalise" -s schema.json >/dev/null' "$BIN"
    assert_output "normalise: b.csv:3: field 'code': key 'RXX' seen before at a.csv:2"
    run -1 bash -c 'sed 2aRXX a.csv | "$0/fromcsv" --origin | "$0/normalise" -s schema.json >/dev/null' "$BIN"
    assert_output "normalise: <stdin>:3: field 'code': key 'RXX' seen before at line 2"
}

@test "normalise checks a primary key of several fields, none of them missing" {
    schema '{"fields":[{"name":"a"},{"name":"b","type":"integer"}],"primaryKey":["a","b"]}'
    printf '%s\n' '{"a":"x","b":"1"}' '{"a":"x","b":"2"}' '{"a":"x1","b":""}' >in
    fails_with 1 "normalise: in:3: field 'b': part of the primary key, but missing" "$BIN/normalise" -s schema.json in
    printf '%s\n' '{"a":"x","b":"1"}' '{"a":"y","b":"1"}' '{"a":"x","b":"01"}' >in
    fails_with 1 "normalise: in:3: key 'x', '1' seen before at line 1" "$BIN/normalise" -s schema.json in
    schema '{"fields":[{"name":"a"},{"name":"b"}],"uniqueKeys":[["a","b"],"a"]}'
    printf '%s\n' '{"a":"x","b":""}' '{"a":"x","b":"1"}' >in
    fails_with 1 "normalise: in:2: field 'a': key 'x' seen before at line 1" "$BIN/normalise" -s schema.json in
}

@test "normalise gives no key to a record that is bad for another reason" {
    schema '{"fields":[{"name":"a"},{"name":"b","type":"integer"}],"primaryKey":"a"}'
    printf '%s\n' '{"a":"x","b":"one"}' '{"a":"x","b":"1"}' >in
    run -0 --separate-stderr normalise -s schema.json --rejects bad in
    assert_output '{"a":"x","b":1}'
}

# ---- invalid cells ----

@test "normalise rejects, empties or keeps what it cannot read, as --invalid says" {
    schema '{"fields":[{"name":"a","type":"integer"},{"name":"b","type":"boolean"},{"name":"c","type":"list","delimiter":"\n","itemType":"integer"},{"name":"d","constraints":{"required":true}}]}'
    echo '{"a":"  x ","b":[1],"c":"1\ny","d":""}' >in
    fails_with 1 "normalise: in:1: field 'a': 'x' is not an integer" "$BIN/normalise" -s schema.json in
    fails_with 1 "normalise: in:1: field 'a': 'x' is not an integer" "$BIN/normalise" -s schema.json --invalid reject in
    echo '{"a":null,"b":null,"c":null,"d":null,"_missing":{"a":"invalid","b":"invalid","c":"invalid","d":"blank"}}' >expected
    normalise -s schema.json --invalid null --flags flags --stats stats in >got
    same_as expected <got
    normalise -s schema.json --invalid null --flags /dev/null got | same_as expected
    cat >expected <<'END'
{"file":"in","line":1,"field":"a","kind":"invalid","value":"  x ","detail":"'x' is not an integer"}
{"file":"in","line":1,"field":"b","kind":"invalid","value":[1],"detail":"expected a boolean, not a list"}
{"file":"in","line":1,"field":"c","kind":"invalid","value":"1\ny","detail":"'y' is not an integer"}
{"file":"in","line":1,"field":"d","kind":"required","value":"","reason":"blank"}
END
    same_as expected <flags
    assert_equal "$(jq -c '[.read,.written,.rejected,.missing,.invalid,.flags,.flags_invalid,.flags_required]' stats)" '[1,1,0,4,4,4,3,1]'
    echo '{"a":"x","b":[1],"c":"1\ny","d":null,"_missing":{"d":"blank"}}' >expected
    normalise -s schema.json --invalid keep --flags /dev/null in >got
    same_as expected <got
    normalise -s schema.json --invalid keep --flags /dev/null got | same_as expected
}

# ---- flags ----

@test "normalise flags what a spreadsheet did to a cell, and repairs nothing" {
    schema '{"fields":[{"name":"a","type":"string"},{"name":"code","type":"string","constraints":{"pattern":"[0-9]{6}"}},{"name":"sent","type":"date","format":"any-dmy"}],"missingValues":["","#N/A"]}'
    cat >in <<'END'
{"a":"01-Mar","_origin":"foi.csv:12","code":"001234","sent":"1/2/2020"}
{"a":"1.2E+05","code":"1234","sent":"43831"}
{"a":"#REF!","code":"","sent":""}
{"a":"#N/A","code":"","sent":""}
{"a":"doesnâ€™t","code":"","sent":""}
END
    normalise -s schema.json --invalid keep --flags flags in >got
    cat >expected <<'END'
{"file":"foi.csv","line":12,"field":"a","kind":"spreadsheet_date","value":"01-Mar","detail":"01-Mar"}
{"file":"in","line":2,"field":"a","kind":"exponent","value":"1.2E+05","detail":"1.2E+05"}
{"file":"in","line":2,"field":"code","kind":"lost_zeros","value":"1234","detail":"1234"}
{"file":"in","line":2,"field":"code","kind":"invalid","value":"1234","detail":"'1234' does not match the pattern [0-9]{6}"}
{"file":"in","line":2,"field":"sent","kind":"date_serial","value":"43831","detail":"43831"}
{"file":"in","line":2,"field":"sent","kind":"invalid","value":"43831","detail":"'43831' is not a date"}
{"file":"in","line":3,"field":"a","kind":"error_value","value":"#REF!","detail":"#REF!"}
{"file":"in","line":5,"field":"a","kind":"mojibake","value":"doesnâ€™t","detail":"â€™"}
END
    same_as expected <flags
    assert_equal "$(jq -r .a got | tr '\n' ' ')" "01-Mar 1.2E+05 #REF! null doesnâ€™t "
}

@test "normalise counts doubtful cells on standard error where no --flags lists them" {
    field '"name":"a"'
    printf '{"a":"01-Mar"}\n{"a":"March"}\n' >in
    run -0 --separate-stderr normalise -s schema.json in
    assert_equal "$stderr" "normalise: doubtful cells: 1 (--flags FILE lists them)"
    run -0 --separate-stderr normalise -s schema.json --flags flags in
    assert_equal "$stderr" ""
}

# ---- organisations ----

@test "normalise puts the comparable form of an organisation beside its name" {
    field '"name":"trust","title":"Trust (as it signs)","type":"string","clean":"organisation","into":"trust_key"'
    becomes '{"Trust (as it signs)":"The  St. John’s NHS FT","x":1}' \
        '{"trust":"The St. John'"'"'s NHS FT","trust_key":"st johns nhs foundation trust","x":1}'
    becomes '{"trust":""}' '{"trust":null,"trust_key":null,"_missing":{"trust":"blank","trust_key":"blank"}}'
    becomes '{"trust":"???"}' '{"trust":"???","trust_key":null,"_missing":{"trust_key":"invalid"}}'
    echo '{"trust":"A","trust_key":"b"}' >in
    fails_with 1 "normalise: in:1: field 'trust_key': 'b' stands where 'a' would be put" \
        "$BIN/normalise" -s schema.json in
}

# ---- schemas ----

@test "normalise needs a schema that can be read" {
    fails_with 2 "normalise: option '--schema' is required (try --help)" "$BIN/normalise" </dev/null
    fails_with 2 "normalise: nowhere.json: No such file or directory" "$BIN/normalise" --schema nowhere.json
    fails_with 2 "normalise: .: Is a directory" "$BIN/normalise" -s .
    schema '{"fields":[}'
    fails_with 2 "normalise: schema.json:1:12: not valid JSON: unexpected token near '}'" "$BIN/normalise" -s schema.json
}

@test "normalise refuses a schema that means less than it says" {
    faulty '[]' "expected an object, not a list"
    faulty '{}' "'fields' is missing"
    faulty '{"fields":[{}]}' "fields[0]: 'name' is missing"
    faulty '{"fields":[{"name":""}]}' "fields[0].name: '' cannot name a field"
    faulty '{"fields":[{"name":"_a"}]}' "fields[0].name: '_a' cannot name a field: names with '_' in front are the tools'"
    faulty '{"fields":[{"name":"a","titel":"A"}]}' "fields[0]: unknown key 'titel' (did you mean 'title'?)"
    faulty '{"fields":[],"primaryKeys":"a"}' "unknown key 'primaryKeys' (did you mean 'primaryKey'?)"
    faulty '{"fields":[{"name":"a","type":"time"}]}' "fields[0].type: 'time' is none of string|integer|number|boolean|date|datetime|year|list|any|month|yearmonth|quarter|financial_year"
    faulty '{"fields":[{"name":"a","type":"string","trueValues":["x"]}]}' "fields[0].trueValues: has no effect on a string"
    faulty '{"fields":[{"name":"a","type":"integer","constraints":{"maxLength":2}}]}' "fields[0].constraints.maxLength: has no effect on an integer"
    faulty '{"fields":[{"name":"a","type":"list","delimiter":""}]}' "fields[0]: 'delimiter' is empty"
    faulty '{"fields":[{"name":"a","type":"number","groupChar":"."}]}' "fields[0]: 'groupChar' and 'decimalChar' are the same"
    faulty '{"fields":[{"name":"a","type":"number","groupChar":"1"}]}' "fields[0].groupChar: '1' is part of numbers themselves"
    faulty '{"fields":[{"name":"a","type":"number","groupChar":""}]}' "fields[0].groupChar: is empty"
    faulty '{"fields":[{"name":"a","type":"string","clean":"fully"}]}' "fields[0].clean: expected true, false, 'text' or 'organisation'"
    faulty '{"fields":[{"name":"a","type":"date","clean":"text"}]}' "fields[0].clean: 'text' has no effect on a date"
    faulty '{"fields":[{"name":"a","type":"any","clean":"organisation"}]}' "fields[0].clean: 'organisation' has no effect on a field of any type"
    faulty '{"fields":[{"name":"a","type":"string","into":"b"}]}' "fields[0]: 'into' and '\"clean\": \"organisation\"' go together"
}

@test "normalise refuses a schema with two meanings of one name or text" {
    faulty '{"fields":[{"name":"a"},{"name":"a"}]}' "fields[1]: 'a' means field 'a' already"
    faulty '{"fields":[{"name":"a","title":"A?"},{"name":"b","aliases":["A?"]}]}' "fields[1].aliases[0]: 'A?' means field 'a' already"
    faulty '{"fields":[{"name":"a"},{"name":"b","type":"string","clean":"organisation","into":"a"}]}' "field 'b': 'into' 'a' is another field"
    faulty '{"fields":[{"name":"a","type":"string","clean":"organisation","into":"k"},{"name":"b","type":"string","clean":"organisation","into":"k"}]}' "field 'b': 'into' 'k' is used twice"
    faulty '{"fields":[{"name":"a","type":"boolean","falseValues":["N"],"missingValues":["N"]}]}' "fields[0].falseValues[0]: 'N' is a missing value of field 'a' already"
    faulty '{"fields":[{"name":"a","type":"boolean","trueValues":["N"],"falseValues":["N"]}]}' "fields[0].falseValues[0]: 'N' is a true value of field 'a' already"
    faulty '{"fields":[{"name":"a","missingValues":[{"value":"x","label":"b"},{"value":"x","label":"c"}]}]}' "fields[0].missingValues[1]: 'x' is a missing value of field 'a' already, but another one"
    faulty '{"fields":[{"name":"a","missingValues":[{"value":"x","label":""}]}]}' "fields[0].missingValues[0].label: is empty"
    faulty '{"fields":[{"name":"a","replace":{"x":"y","y":"z"}}]}' "fields[0].replace: 'y' is put in place of 'x' but is itself replaced"
}

@test "normalise refuses formats, patterns and bounds that cannot be" {
    faulty '{"fields":[{"name":"a","type":"date","format":"any"}]}' "fields[0].format: 'any' would guess (use 'any-dmy' for dates with the day first)"
    faulty '{"fields":[{"name":"a","type":"date","format":"%d/%Q/%Y"}]}' "fields[0].format: '%Q': unknown conversion"
    faulty '{"fields":[{"name":"a","type":"date","format":"%d/%m"}]}' "fields[0].format: '%d/%m': no year"
    faulty '{"fields":[{"name":"a","type":"datetime","format":"%d/%m/%Y"}]}' "fields[0].format: '%d/%m/%Y' has no time of day"
    faulty '{"fields":[{"name":"a","type":"date","format":"%Y-%d-%m"}]}' "fields[0].format: takes the dates that are written, such as 2001-02-03, for others"
    faulty '{"fields":[{"name":"a","type":"string","format":"url"}]}' "fields[0].format: 'url' is none of default|email|uri|binary|uuid"
    faulty '{"fields":[{"name":"a","type":"string","constraints":{"pattern":"[a-z"}}]}' "fields[0].constraints.pattern: '[a-z': Unterminated character class starting at index 0"
    faulty '{"fields":[{"name":"a","type":"string","constraints":{"pattern":".{1,30000}b"}}]}' "fields[0].constraints.pattern: '.{1,30000}b': its repeats make it too large"
    faulty '{"fields":[{"name":"a","type":"string","constraints":{"pattern":"a)|(b"}}]}' "fields[0].constraints.pattern: 'a)|(b': Unmatched parentheses at index 1"
    faulty '{"fields":[{"name":"a","type":"string","constraints":{"pattern":"[a-z-[aeiou]]"}}]}' "fields[0].constraints.pattern: '[a-z-[aeiou]]': subtraction of classes is not supported"
    faulty '{"fields":[{"name":"a","type":"string","constraints":{"pattern":"\\i+"}}]}' "fields[0].constraints.pattern: '\\i+': the name classes \\i and \\c are not supported"
    faulty '{"fields":[{"name":"a","type":"integer","constraints":{"minimum":"x"}}]}' "fields[0].constraints.minimum: 'x' is not an integer"
    faulty '{"fields":[{"name":"a","type":"integer","constraints":{"minimum":1,"exclusiveMinimum":1}}]}' "fields[0].constraints.exclusiveMinimum: the bound is given already, without or with 'exclusive'"
    faulty '{"fields":[{"name":"a","type":"integer","constraints":{"enum":[]}}]}' "fields[0].constraints.enum: is empty, so that no value would be allowed"
    faulty '{"fields":[{"name":"a","type":"string","constraints":{"enum":[1]}}]}' "fields[0].constraints.enum[0]: expected a string, as the field is a string"
    faulty '{"fields":[{"name":"a","type":"integer","constraints":{"enum":[null]}}]}' "fields[0].constraints.enum[0]: expected a value of the field's type"
    faulty '{"fields":[{"name":"a"}],"primaryKey":"b"}' "primaryKey: 'b' is no field"
    faulty '{"fields":[{"name":"a"}],"primaryKey":[]}' "primaryKey: is empty"
}

@test "normalise refuses a file of replacements that it cannot use" {
    schema '{"fields":[{"name":"a","replace":"r.jsonl"}]}'
    fails_with 2 "normalise: r.jsonl: No such file or directory" "$BIN/normalise" -s schema.json
    echo '{"from":"a"}' >r.jsonl
    fails_with 2 "normalise: r.jsonl:1: expected a record with the strings 'from' and 'to'" "$BIN/normalise" -s schema.json
    echo '{"from":' >r.jsonl
    fails_with 2 "normalise: r.jsonl:1:9: the line ends inside the object" "$BIN/normalise" -s schema.json
    for accept in null '""' '"maybe"' 1 '[]'; do
        printf '{"from":"a","to":"b"}\n{"from":"c","to":"d","accept":%s}\n' "$accept" >r.jsonl
        text=${accept#\"}
        fails_with 2 "normalise: r.jsonl:2: field 'accept': '${text%\"}' is neither true nor false (check the pair)" "$BIN/normalise" -s schema.json
    done
}

@test "normalise replaces by the pairs of a file that were accepted, or of which nothing is said" {
    cat >r.jsonl <<'X'
{"from":"a","to":"A","accept":true}
{"from":"b","to":"B","accept":false}
{"from":"c","to":"C"}
{"from":"d","to":"D","accept":"Yes"}
{"from":"e","to":"E","accept":"FALSE"}
{"from":"F","to":"F","accept":null}
{"from":" g\u00a0h","to":"g h ","accept":true}
{"from":"g  h","to":" g h","accept":true}
X
    schema '{"fields":[{"name":"a","type":"string","replace":"r.jsonl"}]}'
    for value in a b c d e F ' g  h'; do echo '{"a":"'"$value"'"}'; done | normalise -s schema.json >got
    for value in A b C D e F 'g h'; do echo '{"a":"'"$value"'"}'; done >expected
    same_as expected <got
}

@test "normalise lets the schema's author keep notes" {
    schema '{"$schema":"https://datapackage.org/profiles/2.0/tableschema.json","x-by":"me","fields":[
        {"name":"a","_note":"n","dc:source":"s","description":"d","example":"e","rdfType":"r"}],
        "name":"foi","title":"FOI","description":"all","fieldsMatch":"partial"}'
    cell '"1"' '"1"'
}

# ---- WhatDoTheyKnow; columns and words from Alaveteli's source, rows invented ----

@test "normalise reads WhatDoTheyKnow's project export and flags each No" {
    cat >project.csv <<'END'
request,request_url,requested_by,requested_by_url,public_body,public_body_url,classified_by,classified_by_url,status,extracted_by,extracted_by_url,Has a team?,Notes
Teams,https://foi.example/request/1,A,https://foi.example/user/a,The Anytown NHS FT,https://foi.example/body/anytown,B,https://foi.example/user/b,Partially successful.,B,https://foi.example/user/b,No,none
Teams,https://foi.example/request/2,A,https://foi.example/user/a,Othertown NHS Trust,https://foi.example/body/othertown,,,Awaiting response.,,,,
END
    "$BIN/fromcsv" --origin project.csv | normalise -s "$ROOT/samples/whatdotheyknow/project.schema.json" --flags flags >got
    assert_equal "$(jq -c '[.public_body_key,.status,.classified_by,._missing.classified_by,._missing.extracted_by]' got)" \
        '["anytown nhs foundation trust","partially_successful","B",null,null]
["othertown nhs trust","waiting_response",null,"not_classified","not_extracted"]'
    echo '{"file":"project.csv","line":2,"field":"Has a team?","kind":"blank_or_no","value":"No"}' >expected
    same_as expected <flags
    sed 's/"blankIsNo": true/"blankIsNo": false/' "$ROOT/samples/whatdotheyknow/project.schema.json" >project.schema.json
    cp "$ROOT/samples/whatdotheyknow/status.jsonl" .
    "$BIN/fromcsv" --origin project.csv | normalise -s project.schema.json --flags flags >again
    same_as got <again
    same_as /dev/null <flags
}

@test "normalise reads WhatDoTheyKnow's batch and authorities exports" {
    cat >batch.csv <<'END'
request_url,authority_name,number_of_replies,request_status
https://foi.example/r/1,Saint Anytown Hospital,2,Information not held
https://foi.example/r/2,Othertown NHS Trust,0,Long overdue
END
    "$BIN/fromcsv" batch.csv | normalise -s "$ROOT/samples/whatdotheyknow/batch.schema.json" |
        jq -c '[.public_body_key,.replies,.status]' >got
    printf '%s\n' '["st anytown hospital",2,"not_held"]' '["othertown nhs trust",0,"waiting_response_very_overdue"]' >expected
    same_as expected <got
    cat >authorities.csv <<'END'
Internal ID,Name,Short name,URL name,Tags,Home page,Publication scheme,Disclosure log,Notes,Created at,Updated at,Version
7,Anytown NHS Trust,ANT,anytown,nhs england gss:E1,https://anytown.example,,,,2008-02-19 10:51:01 UTC,2008-06-19 10:51:01 +0100,3
END
    "$BIN/fromcsv" authorities.csv | normalise -s "$ROOT/samples/whatdotheyknow/authorities.schema.json" |
        jq -c '[.id,.tags,.created,.updated,.version]' >got
    echo '[7,["nhs","england","gss:E1"],"2008-02-19T10:51:01Z","2008-06-19T10:51:01+01:00",3]' >expected
    same_as expected <got
}

@test "normalise knows a status of WhatDoTheyKnow in each wording" {
    printf '{"fields":[{"name":"status","type":"string","replace":"%s"}]}' status.jsonl >schema.json
    cp "$ROOT/samples/whatdotheyknow/status.jsonl" .
    jq -r '.categories? // empty | .[].value' <(jq -c '.fields[]' "$ROOT/samples/whatdotheyknow/batch.schema.json") | sort >states
    assert_equal "$(wc -l <states)" 17
    jq -c '{status:.from}' status.jsonl | normalise -s schema.json | jq -r .status | sort -u | same_as states
    jq -r '.categories? // empty | .[].value' <(jq -c '.fields[]' "$ROOT/samples/whatdotheyknow/project.schema.json") | sort | same_as states
    fails_with 1 "normalise: <stdin>:1: field 'status': 'Transferred' is none of the categories" \
        bash -c 'echo "{\"request_url\":\"https://foi.example/r/1\",\"authority_name\":\"A\",\"number_of_replies\":0,\"request_status\":\"Transferred\"}" | "$0" -s "$1"' \
        "$BIN/normalise" "$ROOT/samples/whatdotheyknow/batch.schema.json"
}

# ---- properties, over generated records ----

generated() {
    awk -v SEED="$1" -v COUNT="$2" -f "$BATS_TEST_DIRNAME/cells.awk"
}

# Each null field of a record has a reason, and each reason a null field; "extra" is no field of the schema.
reasons_match() {
    jq -e -s 'all(.[]; ([to_entries[] | select(.value == null and (.key | startswith("_") | not) and .key != "extra") | .key] | sort)
        == ((._missing // {}) | del(.extra) | keys | sort))' >/dev/null
}

@test "normalise twice is normalise once, over generated records" {
    for seed in 1 20 300; do
        generated $seed 1500 >in
        for invalid in null keep; do
            normalise -s "$BATS_TEST_DIRNAME/cells.schema.json" --invalid $invalid --flags /dev/null in >once
            assert_equal "$(wc -l <once)" 1500
            normalise -s "$BATS_TEST_DIRNAME/cells.schema.json" --invalid $invalid --flags /dev/null once | same_as once
            reasons_match <once
        done
    done
}

@test "normalise writes or rejects every record, counts every cell, and lists every flag" {
    generated 7 2000 >in
    jq -c '.fields |= map(select(.name | IN("s", "low", "b", "any_d", "a")))' "$BATS_TEST_DIRNAME/cells.schema.json" >schema.json
    run -0 --separate-stderr bash -c '"$0" -s schema.json --rejects bad --flags flags --stats stats in >out' "$BIN/normalise"
    written=$(wc -l <out) rejected=$(wc -l <bad) flags=$(wc -l <flags)
    [ "$written" -gt 50 ] && [ "$rejected" -gt 50 ]
    assert_equal "$stderr" "normalise: $rejected of 2000 records rejected (see bad)"
    assert_equal "$((written + rejected))" 2000
    assert_equal "$(jq -c '[.read, .written, .rejected, .flags]' stats)" "[2000,$written,$rejected,$flags]"
    assert_equal "$(jq '[to_entries[] | select(.key | startswith("flags_")) | .value] | add' stats)" "$flags"
    assert_equal "$(jq -s '[.[]._missing // {} | del(.extra) | length] | add' out)" "$(jq .missing stats)"
    assert_equal "$(jq -c '[.file, .program] | join(" ")' bad | sort -u)" '"in normalise"'
    # the lines written and rejected are those read
    { jq -r '._origin // empty' out; jq -r '.record._origin // empty' bad; } | sort >got
    jq -r '._origin // empty' in | sort | same_as got
}

@test "normalise gives the same records for shuffled input" {
    generated 11 1000 >in
    awk '{ line[NR] = $0 } END { for (i = 0; i < NR; i++) print line[1 + (i * 387) % NR] }' in >shuffled
    normalise -s "$BATS_TEST_DIRNAME/cells.schema.json" --invalid null --flags flags in | sort >expected
    normalise -s "$BATS_TEST_DIRNAME/cells.schema.json" --invalid null --flags other shuffled | sort | same_as expected
    assert_equal "$(jq -c 'del(.file, .line)' other | sort | cksum)" "$(jq -c 'del(.file, .line)' flags | sort | cksum)"
}

@test "normalise leaves the samples as they are when it reads its own output" {
    study=$ROOT/samples/nhs-2020
    for source in foi roster website; do
        "$BIN/fromcsv" "$study/$source.csv" | normalise -s "$study/$source.schema.json" --flags /dev/null >once
        normalise -s "$study/$source.schema.json" --flags /dev/null once | same_as once
    done
}

@test "normalise names a file in --flags though its name is not UTF-8" {
    field '"name":"a"'
    echo '{"a":"#REF!"}' >$'caf\xe9'
    normalise -s schema.json --flags flags $'caf\xe9' >got
    assert_equal "$(jq -r .file flags)" 'caf�'
}

# ---- fields made of others ----

@test "normalise puts a number into the bands that a field made of it names" {
    schema '{"fields":[{"name":"staff","type":"number"},{"name":"size","from":"staff","bands":[0,1,10.5]}],"missingValues":["",{"value":"N/A","label":"not_applicable"}]}'
    becomes '{"staff":"-1"}' '{"staff":-1,"size":"under 0"}'
    becomes '{"staff":"0"}' '{"staff":0,"size":"0 to under 1"}'
    becomes '{"staff":"1"}' '{"staff":1,"size":"1 to under 10.5"}'
    becomes '{"staff":"10.5"}' '{"staff":10.5,"size":"10.5 or more"}'
    becomes '{"staff":"N/A"}' '{"staff":null,"size":null,"_missing":{"staff":"not_applicable","size":"not_applicable"}}'
    run -0 --separate-stderr normalise -s schema.json <<<'{"staff":"1"}'
    assert_equal "$stderr" "" # a made field needs no column
}

@test "normalise maps values, each item of a list, and says what is in no map" {
    schema '{"fields":[{"name":"g","type":"string"},{"name":"grant","from":"g","map":{"y":"yes","n":false,"3":3}},
        {"name":"any","from":"g","map":{"y":"yes"},"otherwise":"other"},
        {"name":"l","type":"list"},{"name":"m","from":"l","map":{"js":"JavaScript"}}]}'
    becomes '{"g":"y","l":"js,x"}' '{"g":"y","grant":"yes","any":"yes","l":["js","x"],"m":["JavaScript"]}'
    becomes '{"g":"n","l":["js"]}' '{"g":"n","grant":false,"any":"other","l":["js"],"m":["JavaScript"]}'
    becomes '{"g":"3","l":[]}' '{"g":"3","grant":3,"any":"other","l":[],"m":[]}'
    becomes '{"g":"?","l":[]}' '{"g":"?","grant":null,"any":"other","l":[],"m":[],"_missing":{"grant":"unmapped"}}'
}

@test "normalise tests values for equality and ranges, of numbers and dates, and any item of a list" {
    schema '{"fields":[{"name":"n","type":"integer"},{"name":"d","type":"date"},{"name":"l","type":"list"},{"name":"b","type":"boolean"},
        {"name":"few","from":"n","min":1,"max":9},{"name":"two","from":"n","equals":[2,3]},
        {"name":"late","from":"d","min":"2020-04-01"},{"name":"sql","from":"l","equals":"SQL"},{"name":"no","from":"b","equals":false}]}'
    becomes '{"n":"2","d":"2020-03-31","l":"R,SQL","b":"true"}' \
        '{"n":2,"d":"2020-03-31","l":["R","SQL"],"b":true,"few":true,"two":true,"late":false,"sql":true,"no":false}'
    becomes '{"n":"10","d":"2020-04-01","l":"R","b":"false"}' \
        '{"n":10,"d":"2020-04-01","l":["R"],"b":false,"few":false,"two":false,"late":true,"sql":false,"no":true}'
    becomes '{"n":"","d":"","l":[],"b":""}' \
        '{"n":null,"d":null,"l":[],"b":null,"few":null,"two":null,"late":null,"sql":false,"no":null,"_missing":{"n":"blank","d":"blank","b":"blank","few":"blank","two":"blank","late":"blank","no":"blank"}}'
}

@test "normalise takes the first of several fields, counts days between dates and options chosen" {
    schema '{"fields":[{"name":"a"},{"name":"b"},{"name":"s","type":"date"},{"name":"r","type":"date"},{"name":"l","type":"list"},
        {"name":"x","type":"boolean"},{"name":"y","type":"boolean"},
        {"name":"ab","first_of":["a","b"]},{"name":"days","days_between":["s","r"]},{"name":"n","count_of":"l"},{"name":"xy","count_of":["x","y"]},
        {"name":"many","from":"n","min":2}]}'
    becomes '{"a":"1","b":"2","s":"2020-02-28","r":"2020-03-01","l":"R,C","x":"true","y":"false"}' \
        '{"a":"1","b":"2","s":"2020-02-28","r":"2020-03-01","l":["R","C"],"x":true,"y":false,"ab":"1","days":2,"n":2,"xy":1,"many":true}'
    becomes '{"a":"","b":"2","s":"2020-03-01","r":"2020-02-28","l":[],"x":"","y":"true"}' \
        '{"a":null,"b":"2","s":"2020-03-01","r":"2020-02-28","l":[],"x":null,"y":true,"ab":"2","days":-2,"n":0,"xy":1,"many":false,"_missing":{"a":"blank","x":"blank"}}'
    becomes '{"a":"","b":null,"s":"","r":"2020-02-28","l":null,"x":"","y":""}' \
        '{"a":null,"b":null,"s":null,"r":"2020-02-28","l":null,"x":null,"y":null,"ab":null,"days":null,"n":null,"xy":null,"many":null,"_missing":{"a":"blank","b":"missing","s":"blank","l":"missing","x":"blank","y":"blank","ab":"blank","days":"blank","n":"missing","xy":"blank","many":"missing"}}'
}

@test "normalise gives a field the codes of a codebook, as code would" {
    printf '%s\n' from,into,code,group,term,match uses,tool,Python,lang,Python,, uses,tool,SQL,db,SQL, \
        remarks,mood,good,,good, remarks,mood,bad,,bad, remarks,mood,multiple,,false,setting >book.csv
    schema '{"fields":[{"name":"uses"},{"name":"remarks"},{"name":"tools","from":"uses","codes":"book.csv"},
        {"name":"kinds","from":"uses","codes":"book.csv","groups":true},{"name":"mood","from":"remarks","codes":"book.csv"},
        {"name":"n","count_of":"tools"},{"name":"python","from":"tools","equals":"Python"}]}'
    becomes '{"uses":"SQL and Python, python","remarks":"good"}' \
        '{"uses":"SQL and Python, python","remarks":"good","tools":["SQL","Python"],"kinds":["db","lang"],"mood":"good","n":2,"python":true}'
    becomes '{"uses":"SQL; we no longer use Python","remarks":""}' \
        '{"uses":"SQL; we no longer use Python","remarks":null,"tools":["SQL"],"kinds":["db"],"mood":null,"n":1,"python":false,"_missing":{"remarks":"blank","mood":"blank"}}'
    printf '%s\n' '{"uses":"Cobol","remarks":"so so","_origin":"f.csv:7"}' '{"uses":["SQL",null,"Python: no"],"remarks":"good and bad"}' >in
    run -0 --separate-stderr normalise -s schema.json --flags flags.jsonl in
    assert_line --index 0 '{"uses":"Cobol","remarks":"so so","tools":[],"kinds":[],"mood":null,"n":0,"python":false,"_origin":"f.csv:7","_missing":{"mood":"uncoded"}}'
    assert_line --index 1 --partial '"tools":["SQL"],"kinds":["db"],"mood":"good"'
    same_as flags.jsonl <<'X'
{"file":"f.csv","line":7,"field":"tools","kind":"uncoded","value":"Cobol"}
{"file":"f.csv","line":7,"field":"kinds","kind":"uncoded","value":"Cobol"}
{"file":"f.csv","line":7,"field":"mood","kind":"uncoded","value":"so so"}
X
    # the codes are those of `code`, answer by answer
    printf '{"uses":"%s","remarks":"x"}\n' 'We use Python not SQL' 'None' 'SQL (retired), Python' 'python' >many
    normalise -s schema.json many 2>said | jq -c .tools >got
    "$BIN/code" -c book.csv many | jq -c .tool | same_as got
    grep -q "doubtful cells: 6" said
}

@test "normalise finds the codebook beside the schema, and the field in it" {
    mkdir s
    printf '%s\n' from,into,code,term a,one,x,x a,two,y,y >s/book.csv
    printf '%s\n' code,term z,z >s/any.csv
    echo '{"fields":[{"name":"a"},{"name":"two","from":"a","codes":"book.csv"},{"name":"b","from":"a","codes":"book.csv","field":"one"},{"name":"c","from":"a","codes":"any.csv"}]}' >s/s.json
    run -0 --separate-stderr "$BIN/normalise" -s s/s.json <<<'{"a":"x y z"}'
    assert_output '{"a":"x y z","two":["y"],"b":["x"],"c":["z"]}'
    wrong() { echo "{\"fields\":[{\"name\":\"a\"},$1]}" >s/s.json && fails_with 2 "normalise: $2" "$BIN/normalise" -s s/s.json </dev/null; }
    wrong '{"name":"b","from":"a","codes":"book.csv"}' "s/s.json: field 'b': which field of 'book.csv'? (say \"field\": one that it codes into)"
    wrong '{"name":"b","from":"a","codes":"book.csv","field":"twoo"}' "s/s.json: field 'b': 'book.csv' has no field 'twoo' (did you mean 'two'?)"
    wrong '{"name":"b","from":"a","codes":"any.csv","field":"completely"}' "s/s.json: field 'b': 'any.csv' has no field 'completely'"
    wrong '{"name":"b","from":"a","codes":"gone.csv"}' "s/gone.csv: No such file or directory"
    wrong '{"name":"b","codes":"book.csv"}' "s/s.json: fields[1]: 'from' is missing"
    wrong '{"name":"b","from":"a","codes":""}' "s/s.json: fields[1].codes: is empty (name a codebook)"
    wrong '{"name":"b","from":"a","map":{"x":1},"field":"two"}' "s/s.json: fields[1].field: has no effect without 'codes'"
    wrong '{"name":"b","from":"a","bands":[1],"groups":true}' "s/s.json: fields[1].groups: has no effect without 'codes'"
    echo 'a,two,,w' >>s/book.csv
    wrong '{"name":"b","from":"a","codes":"book.csv","field":"two"}' "s/book.csv:4: no code"
}

@test "normalise reads one column into two fields" {
    schema '{"fields":[{"name":"fte","title":"Staff (FTE)","type":"number","bareNumber":false},{"name":"fte_as_told","from":"fte","type":"string"}]}'
    becomes '{"Staff (FTE)":"5.5 WTE"}' '{"fte":5.5,"fte_as_told":"5.5 WTE"}'
    becomes '{"Staff (FTE)":""}' '{"fte":null,"fte_as_told":null,"_missing":{"fte":"blank","fte_as_told":"blank"}}'
}

@test "normalise gathers several columns into a list, of their texts or of the headers chosen" {
    schema '{"fields":[{"name":"trust"},{"name":"uses","type":"list","columns":["Which do you use? [*]"],"items":"header"},
        {"name":"makers","type":"list","columns":["Maker *","Other maker"],"missingValues":["","-"]}]}'
    printf '%s\n' '{"Trust":"T1","Which do you use? [R]":"Yes","Which do you use? [SQL]":"No","which do you use? [C#]":"x","Maker 1":"Acme ","Maker 2":"-","Other maker":"Foo","x":"1"}' \
        '{"Trust":"T2","Which do you use? [R]":"","Which do you use? [SQL]":"","which do you use? [C#]":"","Maker 1":"","Maker 2":"","Other maker":"","x":"1"}' \
        '{"Trust":"T3","Which do you use? [R]":"0","Which do you use? [SQL]":"0","which do you use? [C#]":"0","Maker 1":"","Maker 2":"Bar","Other maker":"","x":"1"}' >in
    run -0 --separate-stderr normalise -s schema.json in
    assert_output '{"trust":"T1","uses":["R","C#"],"makers":["Acme","Foo"],"x":"1"}
{"trust":"T2","uses":null,"makers":null,"x":"1","_missing":{"uses":"blank","makers":"blank"}}
{"trust":"T3","uses":[],"makers":["Bar"],"x":"1"}'
    assert_equal "$stderr" ""
    printf '%s\n' "$output" >once
    normalise -s schema.json once | same_as once
    echo '{"trust":"T1"}' | "$BIN/normalise" -s schema.json >got 2>said
    grep -q "field 'uses' has no column" said
}

@test "normalise refuses made fields that cannot be" {
    faulty '{"fields":[{"name":"b","from":"a","bands":[1]},{"name":"a"}]}' "fields[0].from: 'a' is no field above"
    faulty '{"fields":[{"name":"a"},{"name":"b","from":"a","bands":[]}]}' "fields[1].bands: is empty"
    faulty '{"fields":[{"name":"a"},{"name":"b","from":"a","bands":[2,1]}]}' "fields[1].bands[1]: is not above the one before"
    faulty '{"fields":[{"name":"a"},{"name":"b","bands":[1]}]}' "fields[1]: 'from' is missing"
    faulty '{"fields":[{"name":"a"},{"name":"b","from":"a","bands":[1],"map":{"x":1}}]}' "fields[1]: 'bands' and 'map' cannot be used together"
    faulty '{"fields":[{"name":"a"},{"name":"b","from":"a","bands":[1],"type":"number"}]}' "fields[1]: 'bands' makes a string"
    faulty '{"fields":[{"name":"a"},{"name":"b","from":"a","map":{"x":[]}}]}' "fields[1].map.x: expected a string, a number, true or false"
    faulty '{"fields":[{"name":"a"},{"name":"b","days_between":["a"]}]}' "fields[1].days_between: takes two fields with dates"
    faulty '{"fields":[{"name":"a"},{"name":"b","count_of":"a","from":"a"}]}' "fields[1].from: has no effect beside 'count_of'"
    faulty '{"fields":[{"name":"a"},{"name":"b","from":"a","min":1,"otherwise":1}]}' "fields[1].otherwise: has no effect without 'map'"
    faulty '{"fields":[{"name":"a","type":"string","columns":["x"]}]}' 'fields[0].columns: makes a list (say "type": "list")'
    faulty '{"fields":[{"name":"a","type":"list","items":"header"}]}' "fields[0].items: has no effect without 'columns'"
}

@test "docs/table-schema.json, for editors, has every key that normalise knows, and those of the samples" {
    jq -r '.properties.fields.items.properties | keys[]' "$ROOT/docs/table-schema.json" | sort >described
    sed -n '/FIELD_ROWS\[\] = {/,/^};/p' "$ROOT/src/schema/schema_field.c" | grep -oE '\{"[a-zA-Z_]+"' | tr -d '{"' >known
    sed -n '/MADE_KEYS\[\] = {/,/NULL};/p' "$ROOT/src/schema/schema_derive.c" | grep -oE '"[a-zA-Z_]+"' | tr -d '"' >>known
    sort -u known | same_as described
    sed -n '/TABLE_KEYS\[\] = {/,/NULL};/p' "$ROOT/src/schema/schema.c" | grep -oE '"[a-zA-Z_]+"' | tr -d '"' | sort >tables
    jq -r '.properties | keys[]' "$ROOT/docs/table-schema.json" | sort | same_as tables
    jq -r '.fields[] | keys[]' "$ROOT"/samples/*/*.schema.json | grep -vE '^(_|\$|x-)' | sort -u | comm -23 - described | same_as /dev/null
}

@test "normalise --shared counts decisions about other sources' fields and files, and tells those about its own that fit nothing" {
    echo '{"fields":[{"name":"spend","type":"integer"}]}' >schema.json
    printf '%s\n' '{"spend":"five","_origin":"f.csv:2"}' '{"spend":"five","_origin":"f.csv:3"}' >in
    printf '%s\n' kind,by,reply,field,value,text flag,,f.csv:2,spend,5,five flag,,f.csv:3,spend,5,was flag,,g.csv:2,spend,6,five replace,,,maker,x,y >decisions.csv
    run -0 --separate-stderr "$BIN/normalise" -s schema.json --invalid null --decisions decisions.csv --shared --stats stats.json in
    run -0 jq -c '[.decisions, .decisions_changed, .decisions_not_used, .decisions_elsewhere]' stats.json
    assert_output '[2,1,1,2]'
    fails_with 2 "normalise: option '--shared' needs '--decisions' (try --help)" "$BIN/normalise" -s schema.json --shared in
}

@test "normalise tells a letter's cell by its file and line, and takes decisions about it by its body" {
    schema '{"fields":[{"name":"reply"},{"name":"spent","type":"number"}]}'
    printf '{"reply":"%s","spent":"%s","_evidence":{"reply":{},"spent":{"file":"inbox/%s/1.eml","page":1,"line":%d}}}\n' \
        A Nil A 7 B 5 B 8 C Nil C 9 >in
    run -1 bash -c '"$0" -s schema.json <in >/dev/null' "$BIN/normalise"
    assert_output "normalise: inbox/A/1.eml:7: field 'spent': 'Nil' is not a number"
    "$BIN/normalise" -s schema.json --invalid null --flags flags <in >/dev/null
    assert_equal "$(head -n 1 flags)" '{"file":"inbox/A/1.eml","line":7,"by":"reply","key":"A","field":"spent","kind":"invalid","value":"Nil","detail":"'"'Nil'"' is not a number"}'
    printf '%s\n' kind,by,reply,field,value,text flag,reply,A,spent,0,Nil >decisions.csv
    run -0 "$BIN/normalise" -s schema.json --invalid null --flags flags --decisions decisions.csv in
    assert_equal "$(jq -c '[.reply, .spent]' <<<"$output" | paste -sd' ')" '["A",0] ["B",5] ["C",null]'
}

@test "normalise takes a decision that differs from the text in its blanks alone" {
    echo '{"fields": [{"name": "n", "title": "How many cameras are there?", "type": "integer", "prose": true}, {"name": "what"}]}' >schema.json
    printf '%s\n' '{"n":"4 403","what":"ice box"}' '{"n":"5 404","what":"note  book"}' >in
    printf '%s\n' kind,by,reply,field,value,text 'flag,,,n,4403,4 403' 'flag,,,what,icebox,ice box' 'flag,,,what,note book,note book' >decisions.csv
    run -0 --separate-stderr "$BIN/normalise" -s schema.json --decisions decisions.csv --stats stats.json in
    assert_output '{"n":4403,"what":"icebox"}
{"n":null,"what":"note book","_missing":{"n":"no_figure"}}'
    assert_equal "$(jq -c '[.decisions_changed, .decisions_confirmed]' stats.json)" '[2,1]'
}

@test "normalise flags fractions beside percentages, whichever come first" {
    echo '{"fields": [{"name": "n", "type": "number", "bareNumber": false}, {"name": "cost", "type": "number", "bareNumber": false}]}' >schema.json
    printf '{"n":"%s","cost":"%s"}\n' 0.45 0.45 0.45 £2 .5 1 12 0.9 45% £3 0.3% £1 0 £5 >in
    run -0 "$BIN/normalise" -s schema.json --flags flags in
    run -0 jq -c '[.line, .field, .kind, .value, .detail]' flags
    assert_output '[1,"n","mixed_unit","0.45","no %"]
[2,"n","mixed_unit","0.45","no %"]
[3,"n","mixed_unit",".5","no %"]'
}

@test "normalise takes no short answer in another unit for the figure that is asked for" {
    echo '{"fields": [{"name": "n", "title": "How many cameras are there?", "type": "number", "bareNumber": false, "prose": true}, {"name": "wait", "title": "What is the wait in weeks?", "type": "number", "bareNumber": false, "prose": true}]}' >schema.json
    printf '{"n":"%s","wait":"%s"}\n' '44 cameras' '14 weeks' '12%' '98 days' '£650' 3 >in
    run -0 "$BIN/normalise" -s schema.json --flags flags in
    assert_output '{"n":44,"wait":14}
{"n":null,"wait":null,"_missing":{"n":"no_figure","wait":"no_figure"}}
{"n":null,"wait":3,"_missing":{"n":"no_figure"}}'
    run -0 jq -c '[.line, .field, .kind, .value]' flags
    assert_output '[2,"n","no_figure","12%"]
[2,"wait","no_figure","98 days"]
[3,"n","no_figure","£650"]'
}

@test "normalise takes decisions about records without an origin by their place" {
    schema '{"fields":[{"name":"a","type":"number"}]}'
    printf '%s\n' '{"a":"x"}' '{"a":"x"}' >in
    printf '%s\n' kind,by,reply,field,value,text flag,_origin,in:2,a,5,x >decisions.csv
    run -0 "$BIN/normalise" -s schema.json --invalid null --flags flags --decisions decisions.csv in
    assert_equal "$(jq -c .a <<<"$output" | paste -sd' ')" 'null 5'
}

@test "normalise --decisions puts what people decided in place of cells: of one record, or all of a text" {
    echo '{"fields":[{"name":"spend","type":"number"},{"name":"org"}]}' >schema.json
    printf '%s\n' '{"org":"A","spend":"5 or 6","_origin":"f.csv:2"}' '{"org":"Mark","spend":"5 or 6","_origin":"f.csv:3"}' '{"org":"Mark","spend":"7"}' >in
    printf '%s\n' kind,by,reply,field,value,text 'flag,,f.csv:2,spend,5,5 or 6' replace,,,org,Marc,Mark flag,,f.csv:9,spend,4,gone codes,org,A,tech,x,y >decisions.csv
    run -0 --separate-stderr "$BIN/normalise" -s schema.json --invalid null --decisions decisions.csv --stats stats.json in
    assert_line --index 0 '{"spend":5,"org":"A","_origin":"f.csv:2"}'
    assert_line --index 1 '{"spend":null,"org":"Marc","_origin":"f.csv:3","_missing":{"spend":"invalid"}}'
    assert_line --index 2 '{"spend":7,"org":"Marc"}'
    [[ $stderr == *"normalise: decisions.csv:4: no cell has the text of this decision"* ]]
    assert_equal "$(jq -c '[.decisions_changed, .decisions_not_used, .decisions_of_others]' stats.json)" '[2,1,1]'
    printf '%s\n' field,value,text spent,1,2 >wrong.csv
    sed -i 's/^/replace,/; 1s/replace/kind/' wrong.csv
    fails_with 2 "normalise: wrong.csv:2: the schema has no field 'spent'" "$BIN/normalise" -s schema.json --decisions wrong.csv in
}
