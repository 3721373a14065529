#!/usr/bin/env bats
# toxlsx: records into workbooks, read back by the project's own reader and by others.
load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    [ -x "$BIN/toxlsx" ] || skip "built without libxlsxwriter"
}

sheet() { # WORKBOOK: the XML of its first sheet
    unzip -p "$1" xl/worksheets/sheet1.xml
}

@test "toxlsx writes typed cells: numbers, truth values, dates, texts" {
    echo '{"n":1.5,"t":true,"d":"2020-02-29","s":"x"}' | "$BIN/toxlsx" -o out.xlsx
    sheet out.xlsx >xml
    grep -q '<c r="A2"><v>1.5</v></c>' xml
    grep -q '<c r="B2" t="b"><v>1</v></c>' xml
    grep -q '<c r="C2" s="[0-9]*"><v>43890</v></c>' xml # LibreOffice: DATEVALUE("2020-02-29") = 43890
    grep -q '<c r="D2" t="inlineStr"><is><t>x</t></is></c>' xml
    "$BIN/fromsheet" out.xlsx | same_as <(echo '{"n":"1.5","t":"TRUE","d":"2020-02-29","s":"x"}')
}

@test "toxlsx loses no digit: what a double cannot hold is text" {
    echo '{"a":12345678901234567890,"b":123456789012345,"c":1e400,"d":0.1,"e":1e-400,"f":100000000000000000000}' |
        "$BIN/toxlsx" -o out.xlsx
    "$BIN/fromsheet" out.xlsx | jq -c '[.a,.b,.c,.d,.e]' |
        same_as <(echo '["12345678901234567890","123456789012345","1e400","0.1","1e-400"]')
}

@test "toxlsx takes no text for a formula, a date that is none, or an escape" {
    cat >in <<'X'
{"a":"=1+1","b":"2020-02-30","c":"_x000D_","d":"x\ny","e":"1900-02-28","f":"😀é","g":"+1","h":"\u001b[31m"}
X
    "$BIN/toxlsx" -o out.xlsx in
    run -1 grep -q '<f>' <(sheet out.xlsx)
    "$BIN/fromsheet" out.xlsx | same_as in
}

@test "toxlsx chooses columns, joins lists, and writes what is missing or why" {
    echo '{"a":1,"b":["x",null,"y"],"c":null,"_missing":{"c":"not_held"}}' >in
    "$BIN/toxlsx" -o out.xlsx in
    "$BIN/fromsheet" out.xlsx | same_as <(echo '{"a":"1","b":"x; ; y","c":""}')
    "$BIN/toxlsx" --fields c,a --reasons -o out.xlsx in
    "$BIN/fromsheet" out.xlsx | same_as <(echo '{"c":"not_held","a":"1"}')
    "$BIN/toxlsx" -f a,c --missing none --list-separator , -o out.xlsx in
    "$BIN/fromsheet" out.xlsx | same_as <(echo '{"a":"1","c":"none"}')
    fails_with 2 "toxlsx: options '--missing' and '--reasons' exclude each other (try --help)" "$BIN/toxlsx" --missing x --reasons in
}

@test "toxlsx writes all as text if asked, and names the sheet as Excel allows" {
    echo '{"n":1.50,"t":true,"d":"2020-02-29"}' | "$BIN/toxlsx" --text --sheet "a/b: [c] and a name of more than 31" -o out.xlsx
    "$BIN/fromsheet" out.xlsx | same_as <(echo '{"n":"1.50","t":"true","d":"2020-02-29"}')
    unzip -p out.xlsx xl/workbook.xml | grep -qF 'name="a_b_ _c_ and a name of more tha"'
}

@test "toxlsx rejects what no cell holds, and a record with another field" {
    head -c 40000 /dev/zero | tr '\0' x | sed 's/.*/{"a":"&"}/' >in
    fails_with 1 "toxlsx: in:1: field 'a': longer than the 32767 characters that a cell of a workbook holds" "$BIN/toxlsx" -o out.xlsx in
    [ ! -e out.xlsx ]
    printf '%s\n' '{"a":1}' '{"a":2,"b":3}' '{"a":4}' >in
    run -0 "$BIN/toxlsx" --rejects bad -o out.xlsx in
    "$BIN/fromsheet" out.xlsx | same_as <(printf '%s\n' '{"a":"1"}' '{"a":"4"}')
    grep -q '"line":2,"field":"b"' bad
}

@test "toxlsx keeps the header in sight, filters the rows, and gives the same bytes each time" {
    printf '{"a":%d,"b":"x"}\n' 1 2 3 >in
    "$BIN/toxlsx" in >one.xlsx
    sheet one.xlsx | grep -q 'state="frozen"'
    sheet one.xlsx | grep -q '<autoFilter ref="A1:B4"/>'
    "$BIN/toxlsx" in | cmp - one.xlsx
}

@test "toxlsx writes workbooks that LibreOffice opens" {
    needs_calc
    printf '%s\n' '{"a":1.5,"b":"=1+1","c":"é, x"}' '{"a":2,"b":"y","c":""}' | "$BIN/toxlsx" -o out.xlsx
    HOME=$PWD soffice --headless --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76' out.xlsx >/dev/null 2>&1
    printf 'a,b,c\n1.5,=1+1,"é, x"\n2,y,\n' | same_as out.csv
}
