load helper

# to_records EXPECTED [OPTION...] < CSV: fromcsv's output is the bytes of EXPECTED, with rows cut
# directly and by libcsv alike.
to_records() {
    local expected=$1
    shift
    cat >in.csv
    printf '%s\n' "$expected" >expected
    [ -n "$expected" ] || : >expected
    "$BIN/fromcsv" "$@" in.csv >got
    diff -u expected got
    "$BIN/fromcsv" --reader libcsv "$@" in.csv >got
    diff -u expected got
}

# rejects_with MESSAGE [OPTION...] < CSV: status 1 and the message, either way.
rejects_with() {
    local message=$1
    shift
    cat >in.csv
    run -1 --separate-stderr "$BIN/fromcsv" "$@" in.csv
    assert_equal "$stderr" "$message"
    run -1 --separate-stderr "$BIN/fromcsv" --reader libcsv "$@" in.csv
    assert_equal "$stderr" "$message"
}

@test "fromcsv makes a record of each row, all values strings" {
    printf 'code,count,ratio\nR01,12,1.0\nR02,,1e400\n' | to_records \
'{"code":"R01","count":"12","ratio":"1.0"}
{"code":"R02","count":"","ratio":"1e400"}'
}

@test "fromcsv reads commas, doubled quotes and line breaks in quotes" {
    printf 'a,b\n"x, y","say ""hi"""\n"two\nlines","win\r\nbreak"\n"",""""\n' | to_records \
'{"a":"x, y","b":"say \"hi\""}
{"a":"two\nlines","b":"win\r\nbreak"}
{"a":"","b":"\""}'
}

@test "fromcsv changes no byte of a cell: spaces, tabs and backslashes stay" {
    printf 'a,b\n  x  ,\ty\n" z ",c:\\new\n \xc2\xa0,caf\xc3\xa9\n' | to_records \
"$(printf '{"a":"  x  ","b":"\\ty"}\n{"a":" z ","b":"c:\\\\new"}\n{"a":" \xc2\xa0","b":"caf\xc3\xa9"}')"
}

@test "fromcsv takes LF, CRLF and CR alone as line ends, and a last row without one" {
    printf 'a,b\n1,2\n3,4' | to_records $'{"a":"1","b":"2"}\n{"a":"3","b":"4"}'
    printf 'a,b\r\n1,2\r\n3,4\r\n' | to_records $'{"a":"1","b":"2"}\n{"a":"3","b":"4"}'
    printf 'a,b\r1,2\r3,4\r' | to_records $'{"a":"1","b":"2"}\n{"a":"3","b":"4"}'
    printf 'a,b\n1,' | to_records '{"a":"1","b":""}'
    printf 'a,b\n1,"2"' | to_records '{"a":"1","b":"2"}'
}

@test "fromcsv passes over blank lines anywhere and counts them in --stats" {
    printf '\n\na,b\n\n1,2\r\n\r\n\n' >in.csv
    run -0 "$BIN/fromcsv" --stats stats.json in.csv
    assert_output '{"a":"1","b":"2"}'
    run -0 jq -c '[.read, .written, .rejected, .files[0].blank_lines]' stats.json
    assert_output '[1,1,0,5]'
}

@test "fromcsv gives nothing for a header alone, and says where there is none" {
    printf 'a,b\n' | to_records ''
    : >in.csv
    fails_with 1 'fromcsv: in.csv: no header row: the file is empty' "$BIN/fromcsv" in.csv
    printf '\n\n' >in.csv
    fails_with 1 'fromcsv: in.csv: no header row: the file ends before it' "$BIN/fromcsv" in.csv
    fails_with 1 'fromcsv: <stdin>: no header row: the file ends before it' "$BIN/fromcsv" <in.csv
    printf '' | to_records '' -H a,b
    # a stage that gives nothing is not an empty file
    run -0 --separate-stderr "$BIN/fromcsv" </dev/null
    assert_equal "$output$stderr" ''
}

@test "fromcsv reads several files, each with its own header, and standard input as one of them" {
    printf 'a,b\n1,2\n' >one.csv
    printf 'b;c\n3;4\n' >two.csv
    printf 'd\n5\n' >three.csv
    run -0 "$BIN/fromcsv" one.csv - two.csv <three.csv
    assert_output '{"a":"1","b":"2"}
{"d":"5"}
{"b":"3","c":"4"}'
}

@test "fromcsv names the columns with -H, itself read as CSV" {
    printf '1,2\n3,4\n' | to_records $'{"x":"1","a, b":"2"}\n{"x":"3","a, b":"4"}' -H 'x,"a, b"'
    printf '1,2\n' >one.csv
    run -0 "$BIN/fromcsv" --header x,y one.csv one.csv
    assert_output $'{"x":"1","y":"2"}\n{"x":"1","y":"2"}'
}

@test "fromcsv refuses names that are empty, given twice or no row" {
    fails_with 2 "fromcsv: option '--header': name 2 is empty (try --help)" "$BIN/fromcsv" -H a,,b
    fails_with 2 "fromcsv: option '--header': name 'a' is given twice (try --help)" \
        "$BIN/fromcsv" -H a,b,a
    fails_with 2 "fromcsv: option '--header': name '_origin' is given twice (try --help)" \
        "$BIN/fromcsv" --origin -H a,_origin
    fails_with 2 "fromcsv: option '--header' takes names separated by commas, not 'a\\nb' (try --help)" \
        "$BIN/fromcsv" -H $'a\nb'
    fails_with 2 "fromcsv: option '--header' takes names separated by commas, not '\"a' (try --help)" \
        "$BIN/fromcsv" -H '"a'
    fails_with 2 "fromcsv: option '--header' takes names separated by commas, not '' (try --help)" \
        "$BIN/fromcsv" -H ''
}

@test "fromcsv names empty and repeated headers apart from every other header, and says so under -v" {
    printf 'name,,name,name_2,name,column_7,\n1,2,3,4,5,6,7\n' >in.csv
    run -0 --separate-stderr "$BIN/fromcsv" -v in.csv
    assert_output \
        '{"name":"1","column_2":"2","name_3":"3","name_2":"4","name_4":"5","column_7":"6","column_7_2":"7"}'
    assert_equal "$stderr" "fromcsv: in.csv: encoding UTF-8 (guessed), separator ',' (guessed)
fromcsv: in.csv: column 2 has no header, named 'column_2'
fromcsv: in.csv: column 3 repeats the header 'name', named 'name_3'
fromcsv: in.csv: column 5 repeats the header 'name', named 'name_4'
fromcsv: in.csv: column 7 has no header, named 'column_7_2'"
    run -0 --separate-stderr "$BIN/fromcsv" in.csv
    assert_equal "$stderr" ''
}

@test "fromcsv lists renamed columns in --stats" {
    printf 'a,,a\n1,2,3\n' >in.csv
    run -0 "$BIN/fromcsv" --stats stats.json in.csv
    run -0 jq -c '.files[0] | [.file, .columns, .renamed]' stats.json
    assert_output \
'["in.csv",3,[{"column":2,"header":"","name":"column_2"},{"column":3,"header":"a","name":"a_2"}]]'
}

@test "fromcsv adds with --origin the physical line on which each row starts" {
    printf 'a,b\n"1\n2\n3",x\n\ny,"\r\n"\n z,w\n' | to_records \
'{"a":"1\n2\n3","b":"x","_origin":"in.csv:2"}
{"a":"y","b":"\r\n","_origin":"in.csv:6"}
{"a":" z","b":"w","_origin":"in.csv:8"}' --origin
    run -0 "$BIN/fromcsv" --origin <<<$'a\n1'
    assert_output '{"a":"1","_origin":"<stdin>:2"}'
}

@test "fromcsv renames a column that --origin would repeat" {
    printf '_origin,a\nx:1,2\n' | to_records '{"_origin":"x:1","a":"2"}'
    printf '_origin,a\nx:1,2\n' |
        to_records '{"_origin_2":"x:1","a":"2","_origin":"in.csv:2"}' --origin
}

@test "fromcsv reports a row longer or shorter than the header with both counts" {
    printf 'a,b\n1,2\n1,2,3\n' | rejects_with 'fromcsv: in.csv:3: row has 3 cells, header has 2'
    printf 'a,b\n"1\n1",2\n\n1\n' | rejects_with 'fromcsv: in.csv:5: row has 1 cell, header has 2 (a footer? see --stop-at-blank)'
    printf 'a,b\n1\n' | rejects_with 'fromcsv: in.csv:2: row has 1 cell, header has 2' --ragged reject
    printf 'a,b\n1,2,\n' | rejects_with 'fromcsv: in.csv:2: row has 3 cells, header has 2 (titles above the header? see --skip)' --ragged reject
}

@test "fromcsv puts bad rows into --rejects as they stood and goes on" {
    printf 'a,b\n1,"2",\r\n3,4\n\n"5\n""6"\n7,8' >in.csv
    run -0 --separate-stderr "$BIN/fromcsv" --ragged reject --rejects bad.jsonl --stats stats.json in.csv
    assert_output $'{"a":"3","b":"4"}\n{"a":"7","b":"8"}'
    assert_equal "$stderr" 'fromcsv: 2 of 4 records rejected (see bad.jsonl)'
    run -0 cat bad.jsonl
    assert_output \
'{"program":"fromcsv","file":"in.csv","line":2,"field":null,"reason":"row has 3 cells, header has 2 (titles above the header? see --skip)","record":"1,\"2\","}
{"program":"fromcsv","file":"in.csv","line":5,"field":null,"reason":"row has 1 cell, header has 2 (a footer? see --stop-at-blank)","record":"\"5\n\"\"6\""}'
    run -0 jq -c '[.read, .written, .rejected]' stats.json
    assert_output '[4,2,2]'
}

# --- separators -------------------------------------------------------------------------------

@test "fromcsv finds out the separators comma, semicolon, tab and bar" {
    local separator
    for separator in , ';' $'\t' '|'; do
        printf 'a%sb\n"x,;|\t"%s2\n' "$separator" "$separator" | to_records '{"a":"x,;|\t","b":"2"}'
        run -0 "$BIN/fromcsv" --stats stats.json in.csv
        run -0 jq -r '.files[0] | [.separator, .separator_by] | join(" ")' stats.json
        assert_output "$separator guess"
    done
}

@test "fromcsv prefers the separator by which most rows agree, then the one that makes more columns" {
    printf 'name;tech, other;date\na;x, y;1\nb;z;2\n' |
        to_records $'{"name":"a","tech, other":"x, y","date":"1"}\n{"name":"b","tech, other":"z","date":"2"}'
    printf 'a,b;c\n1,2;3\n' | to_records '{"a,b":"1,2","c":"3"}'
    printf 'a;b,c,d\n1;2,3,4\n' | to_records '{"a;b":"1;2","c":"3","d":"4"}'
    printf 'hours;2019,2020\n' >in.csv
    printf '1;2,5\n' | to_records '{"a":"1","b":"2,5"}' -H a,b
    printf '1;"2,5"\n' | to_records '{"a":"1","b":"2,5"}' -H a,b
}

@test "fromcsv takes one column for one column, whatever its text" {
    printf 'comment\nwell\n' | to_records '{"comment":"well"}'
    printf 'comment\nwell, yes\n' | rejects_with 'fromcsv: in.csv:2: row has 2 cells, header has 1 (titles above the header? see --skip)'
}

@test "fromcsv is told the separator with -d" {
    printf 'a:b\n1:2\n' | to_records '{"a":"1","b":"2"}' -d :
    printf 'a\tb,c\n1\t2,3\n' | to_records '{"a":"1","b,c":"2,3"}' --delimiter tab
    printf 'a\tb,c\n1\t2,3\n' | to_records '{"a":"1","b,c":"2,3"}' -d '\t'
    printf 'a;b\n1;2\n' | to_records '{"a;b":"1;2"}' -d ,
    printf 'a\\b\n1\\"\\"\n' | to_records '{"a":"1","b":"\\"}' -d '\'
}

@test "fromcsv refuses a separator that cannot be one" {
    local value shown
    for value in '' ab '"' $'\n' é; do
        shown=${value/$'\n'/'\n'}
        fails_with 2 "fromcsv: option '--delimiter' takes one ASCII character or 'tab', not '$shown' (try --help)" \
            "$BIN/fromcsv" -d "$value"
    done
}

@test "fromcsv obeys a first line sep=; and leaves it out" {
    printf 'sep=;\r\na,b;c\r\n1,2;3\r\n' | to_records '{"a,b":"1,2","c":"3","_origin":"in.csv:3"}' --origin
    printf '"sep=|"\na|b\n1|2\n' | to_records '{"a":"1","b":"2"}'
    printf '\xef\xbb\xbfsep=\t\na\tb\n1\t2\n' | to_records '{"a":"1","b":"2"}'
    printf 'SEP=;\na;b\n1,5;2\n' | to_records '{"a":"1,5","b":"2"}'
    printf 'sep=;\na,b\n1,2\n' | to_records '{"a":"1","b":"2"}' -d ,
    printf 'sep=;\na,b\n1,2\n' >in.csv
    run -0 "$BIN/fromcsv" --stats stats.json in.csv
    run -0 jq -c '.files[0] | [.separator, .separator_by]' stats.json
    assert_output '[";","sep= line"]'
}

@test "fromcsv takes other first lines that begin with sep= for a header" {
    printf 'sep=\nx\n' | to_records '{"sep=":"x"}'
    printf 'sep=ab,c\nx,y\n' | to_records '{"sep=ab":"x","c":"y"}'
    printf 'sep="\nx\n' | to_records '{"sep=\"":"x"}'
    printf 'sep=;\n' >in.csv
    fails_with 1 'fromcsv: in.csv: no header row: the file ends before it' "$BIN/fromcsv" in.csv
}

@test "fromcsv passes over --skip N lines before the header, and sep= is none of them" {
    printf 'Survey of 2020, "first" draft\n\na,b\n1,2\n' |
        to_records '{"a":"1","b":"2","_origin":"in.csv:4"}' --skip 2 --origin
    printf 'sep=;\nSurvey, of, 2020\na;b\n1;2\n' | to_records '{"a":"1","b":"2"}' --skip 1
    printf 'title\r\na,b\r\n1,2\r\n' | to_records '{"x":"1","y":"2"}' --skip 2 -H x,y
    printf 'a,b\n1,2\n' >in.csv
    fails_with 1 'fromcsv: in.csv: no header row: the file ends before it' "$BIN/fromcsv" --skip 9 in.csv
    fails_with 1 'fromcsv: in.csv: no header row: the file ends before it' "$BIN/fromcsv" --skip 2 in.csv
    fails_with 2 "fromcsv: option '--skip' takes a whole number or auto, not '1x' (try --help)" "$BIN/fromcsv" --skip 1x
}

# --- encodings --------------------------------------------------------------------------------

# in_encoding NAME < UTF-8: the file in.csv in that encoding.
in_encoding() {
    iconv -f UTF-8 -t "$1" >in.csv
}

# found_encoding EXPECTED: what --stats says about in.csv.
found_encoding() {
    "$BIN/fromcsv" --stats stats.json in.csv >/dev/null
    run -0 jq -r '.files[0] | "\(.encoding) by \(.encoding_by)"' stats.json
    assert_output "$1"
}

@test "fromcsv drops the byte order mark of UTF-8, before a quoted header too" {
    printf '\xef\xbb\xbf"a, b",c\n1,2\n' | to_records '{"a, b":"1","c":"2"}'
    found_encoding 'UTF-8 by byte order mark'
    printf 'a,c\n1,\xef\xbb\xbf2\n' | to_records "$(printf '{"a":"1","c":"\xef\xbb\xbf2"}')"
    found_encoding 'UTF-8 by guess'
}

@test "fromcsv reads UTF-16 of both byte orders, with and without byte order mark" {
    local encoding mark
    local text=$'name,note\n"Ångström, A.","€5 😀"\nZoë,\n'
    printf '%s\n' '{"name":"Ångström, A.","note":"€5 😀"}' '{"name":"Zoë","note":""}' >expected
    for encoding in UTF-16LE UTF-16BE; do
        printf '%s' "$text" | in_encoding $encoding
        "$BIN/fromcsv" in.csv | same_as expected
        found_encoding "$encoding by guess"
        "$BIN/fromcsv" -e $encoding in.csv | same_as expected
        [ $encoding = UTF-16LE ] && mark='\xff\xfe' || mark='\xfe\xff'
        # shellcheck disable=SC2059 # the mark is the format
        { printf "$mark"; cat in.csv; } >marked.csv
        "$BIN/fromcsv" marked.csv | same_as expected
        "$BIN/fromcsv" -e $encoding marked.csv | same_as expected
        "$BIN/fromcsv" -e UTF-16 marked.csv | same_as expected
        "$BIN/fromcsv" -e utf16 marked.csv | same_as expected
        mv marked.csv in.csv
        found_encoding "$encoding by byte order mark"
    done
}

@test "fromcsv reads UTF-32 and UCS-2 with -e, byte order mark or not" {
    local text=$'name,note\nZoë,"a, b"\n' encoding
    for encoding in UTF-32 UTF-32BE UCS-2LE UTF-16; do # the first and last come with a mark
        printf '%s' "$text" | in_encoding $encoding
        run -0 "$BIN/fromcsv" -e $encoding in.csv
        assert_output '{"name":"Zoë","note":"a, b"}'
    done
}

@test "fromcsv reads windows-1252, and Latin-1 as its part" {
    # 0x80 € 0x91-0x94 quotes 0x96 0x97 dashes 0xA3 £ 0xE9 é
    printf 'a,b\n\x80 \x91x\x92 \x93y\x94,\x96 \x97 \xa35 caf\xe9\n' |
        to_records '{"a":"€ ‘x’ “y”","b":"– — £5 café"}'
    found_encoding 'windows-1252 by guess'
    printf 'a\ncaf\xe9' | to_records '{"a":"café"}'
    printf 'a\ncaf\xe9\n' | to_records '{"a":"café"}'
    printf 'Zo\xeb;\xa0\xff\n1;2\n' | to_records "$(printf '{"Zo\xc3\xab":"1","\xc2\xa0\xc3\xbf":"2"}')"
    found_encoding 'windows-1252 by guess'
}

@test "fromcsv reads any encoding that iconv knows, if -e names it" {
    printf 'a,b\ncaf\x8e,\xca\n' | to_records "$(printf '{"a":"caf\xc3\xa9","b":"\xc2\xa0"}')" -e MACINTOSH
    printf 'a,b\n\x93\xfa,\x5c\n' | to_records '{"a":"日","b":"¥"}' --encoding SHIFT_JIS
    printf 'a,b\nx\x92,y\n' | to_records "$(printf '{"a":"x\xc2\x92","b":"y"}')" -e ISO-8859-1
    printf 'a,b\ncaf\xc3\xa9,\n' | to_records '{"a":"café","b":""}' -e utf8
    run -0 "$BIN/fromcsv" --stats stats.json -e MACINTOSH in.csv
    run -0 jq -r '.files[0] | "\(.encoding) by \(.encoding_by)"' stats.json
    assert_output 'MACINTOSH by option'
    fails_with 2 "fromcsv: unknown encoding 'KLINGON' (iconv -l lists them)" "$BIN/fromcsv" -e KLINGON
    fails_with 2 "fromcsv: unknown encoding 'CP1252//IGNORE' (iconv -l lists them)" "$BIN/fromcsv" -e CP1252//IGNORE
}

@test "fromcsv takes UTF-8 with a few bad bytes for damaged UTF-8, not for windows-1252" {
    printf 'a,b\ncaf\xc3\xa9,na\xc3\xafve\n\xe2\x82\xac5,\xe9\n' | rejects_with \
        'fromcsv: in.csv:3:4: byte 0xe9 is not UTF-8, which the start of the file seemed to be (use -e ENCODING or --mixed)'
}

@test "fromcsv reports bytes that are no UTF-8 with line, column and byte" {
    printf 'a,b\n\xc3\xa9,"x\ny\x92z"\n' | rejects_with 'fromcsv: in.csv:3:2: byte 0x92 is not UTF-8' -e UTF-8
    printf 'a,b\nx,\xed\xa0\x80\n' | rejects_with 'fromcsv: in.csv:2:3: byte 0xed is not UTF-8' -e UTF-8
    printf 'a,b\nx,\xc3' | rejects_with 'fromcsv: in.csv:2:3: byte 0xc3 is not UTF-8' -e UTF-8
    printf '\xef\xbb\xbfa,b\n1,\xff\n' | rejects_with 'fromcsv: in.csv:2:3: byte 0xff is not UTF-8, which the byte order mark promised (use --mixed)'
}

@test "fromcsv takes a file for UTF-8 only if more of it is than is not" {
    printf 'a\nd\xc3\xa9 \xe9\n' | rejects_with 'fromcsv: in.csv:2:2: bytes 0xc3 0xa9 are not windows-1252, which the start of the file seemed to be (use -e ENCODING or --mixed)'
    printf 'a\nd\xc3\xa9 \xc3\xa9 \xe9\n' | rejects_with 'fromcsv: in.csv:2:6: byte 0xe9 is not UTF-8, which the start of the file seemed to be (use -e ENCODING or --mixed)'
}

@test "fromcsv reports what is no text in windows-1252 and UTF-16" {
    printf 'a,b\ncaf\xe9,\x81\n' | rejects_with 'fromcsv: in.csv:2:6: byte 0x81 is not windows-1252, which the start of the file seemed to be (use -e ENCODING)'
    printf 'a,b\nx,\x81\n' | rejects_with 'fromcsv: in.csv:2:3: byte 0x81 is not CP1252' -e CP1252
    printf 'a\0,\0b\0\n\0x\0,\0\x3d\xd8y\0\n\0' | rejects_with 'fromcsv: in.csv:2:3: bytes 0x3d 0xd8 are not UTF-16LE, which the start of the file seemed to be (use -e ENCODING)'
    printf 'a\0,\0b\0\n\0x\0,\0y' | rejects_with 'fromcsv: in.csv:2:3: byte 0x79 is not UTF-16LE' -e UTF-16LE
}

@test "fromcsv lists in --rejects the bytes that are no text as the file has them" {
    printf 'a,b\n\xe9,\x81"\n3,\x80\n' >in.csv
    "$BIN/fromcsv" --rejects bad.jsonl -o out.jsonl in.csv 2>said
    run -0 jq -r '.record_hex' bad.jsonl
    assert_output c3a92c8122
    cat <(printf 'a,b\n' | iconv -t UTF-16LE) \
        <(printf '1,' | iconv -t UTF-16LE) <(printf '\0\xd8') <(printf '\n' | iconv -t UTF-16LE) >in.csv
    "$BIN/fromcsv" --rejects bad.jsonl -o out.jsonl in.csv 2>said
    run -0 jq -r '.record_hex' bad.jsonl
    assert_output 312c00d8
}

@test "fromcsv reports NUL bytes" {
    printf 'a,b\nx,"y\0"\n' | rejects_with 'fromcsv: in.csv:2:5: NUL byte in UTF-8 text (if the file is UTF-16: -e UTF-16LE or UTF-16BE)'
}

@test "fromcsv says when -e contradicts the byte order mark" {
    printf '\xff\xfea\0\n\0' | rejects_with 'fromcsv: in.csv:1:1: byte order mark of UTF-16LE in a file to be read as UTF-8 (see -e)' -e UTF-8
    printf '\xff\xfea\0\n\0' | rejects_with 'fromcsv: in.csv:1:1: byte order mark of UTF-16LE in a file to be read as UTF16BE (see -e)' -e UTF16BE
    printf '\xef\xbb\xbfa\n' | rejects_with 'fromcsv: in.csv:1:1: byte order mark of UTF-8 in a file to be read as CP1252 (leave out -e, or see --mixed)' -e CP1252
}

# A file whose first 64 KiB are plain ASCII.
ascii_start() {
    printf 'a,b\n'
    seq -f 'row %.0f,of plain text' 5000
}

@test "fromcsv reports a later byte that contradicts the guessed UTF-8" {
    { ascii_start; printf 'caf\xe9,x\n'; } >in.csv
    run -1 --separate-stderr "$BIN/fromcsv" in.csv
    assert_equal "$stderr" 'fromcsv: in.csv:5002:4: byte 0xe9 is not UTF-8, which the start of the file seemed to be (use -e ENCODING or --mixed)'
    run -0 bash -c '"$0" -e windows-1252 in.csv | tail -n 1' "$BIN/fromcsv"
    assert_output '{"a":"café","b":"x"}'
    # a sequence that the first 64 KiB cut in two is no contradiction
    { printf 'a,b\n'; head -c 65531 /dev/zero | tr '\0' x; printf '\xe2\x82\xac,x\n'; } >in.csv
    run -0 bash -c '"$0" in.csv | tail -c 15' "$BIN/fromcsv"
    assert_output 'x€","b":"x"}'
    { ascii_start; printf 'caf\xc3\xa9,x\n'; } >in.csv
    run -0 bash -c '"$0" in.csv | tail -n 1' "$BIN/fromcsv"
    assert_output '{"a":"café","b":"x"}'
}

@test "fromcsv reports later UTF-8 that contradicts the guessed windows-1252" {
    { printf 'caf\xe9,b\n'; ascii_start; printf 'x,na\xc3\xafve\n'; } >in.csv
    run -1 --separate-stderr "$BIN/fromcsv" in.csv
    assert_equal "$stderr" 'fromcsv: in.csv:5003:5: bytes 0xc3 0xaf are not windows-1252, which the start of the file seemed to be (use -e ENCODING or --mixed)'
    run -0 bash -c '"$0" -e windows-1252 in.csv | tail -n 1' "$BIN/fromcsv"
    assert_output '{"café":"x","b":"naÃ¯ve"}'
    # capitals before a closing quotation mark are no UTF-8 by intent
    printf 'caf\xe9 \xa3,b\xe9\nCAF\xc9\x92S,\xc9\x94\n' | to_records '{"café £":"CAFÉ’S","bé":"É”"}'
}

# --- damage -----------------------------------------------------------------------------------

@test "fromcsv leaves quotes in unquoted cells as spreadsheets write them" {
    printf 'a,b\n5" pipe,x "y" z\n"q",6"\n a"b", "c"\n' | to_records \
'{"a":"5\" pipe","b":"x \"y\" z"}
{"a":"q","b":"6\""}
{"a":" a\"b\"","b":" \"c\""}'
}

@test "fromcsv reports text behind a closing quote, and goes on at the next line" {
    printf 'a,b\n"St "Mary" Hospital",x\n' | rejects_with \
        'fromcsv: in.csv:2:6: text behind a closing quote (write a quote in a quoted cell twice)'
    printf 'a,b\n"x" ,y\n' | rejects_with \
        'fromcsv: in.csv:2:4: text behind a closing quote (write a quote in a quoted cell twice)'
    # also where the line is longer than what was held of the file when the quote was found
    { echo a,b && printf '"q\\"y' && head -c 3000000 /dev/zero | tr '\0' z && printf '\n1,2\n'; } >long.csv
    run -1 --separate-stderr "$BIN/fromcsv" long.csv
    assert_equal "$stderr" "fromcsv: long.csv:2:5: text behind a closing quote (are quotes escaped by a backslash? --escape '\\')"
    printf 'a,b\n1,"x\ny "z" w",2\n3,4\n' >in.csv
    run -0 --separate-stderr "$BIN/fromcsv" --rejects bad.jsonl in.csv
    assert_output '{"a":"3","b":"4"}'
    run -0 jq -c '[.line, .column, .record]' bad.jsonl
    assert_output '[3,4,"1,\"x\ny \"z\" w\",2"]'
}

@test "fromcsv names the line on which an unclosed quote opened, and reads the lines behind it" {
    printf 'a,b\n1,2\nx,"never closed\n3,4\n5,6\n' >in.csv
    run -1 --separate-stderr "$BIN/fromcsv" in.csv
    assert_equal "$stderr" 'fromcsv: in.csv:3:3: quote opened here is not closed before the end of the file'
    run -0 --separate-stderr "$BIN/fromcsv" --origin --rejects bad.jsonl in.csv
    assert_output '{"a":"1","b":"2","_origin":"in.csv:2"}
{"a":"3","b":"4","_origin":"in.csv:4"}
{"a":"5","b":"6","_origin":"in.csv:5"}'
    run -0 jq -c '[.line, .column, .record]' bad.jsonl
    assert_output '[3,3,"x,\"never closed"]'
}

@test "fromcsv takes a quote that begins another cell for the end of no cell" {
    printf 'a,b\n"never closed,2\n3,4\n5,"Barking, Havering"\n' >in.csv
    run -1 --separate-stderr "$BIN/fromcsv" in.csv
    assert_equal "$stderr" 'fromcsv: in.csv:2:1: quote opened here is not closed before the next one at line 4'
    run -0 --separate-stderr "$BIN/fromcsv" --rejects bad.jsonl in.csv
    assert_output $'{"a":"3","b":"4"}\n{"a":"5","b":"Barking, Havering"}'
}

@test "fromcsv ends at a header row that cannot be read, whatever --rejects says" {
    printf 'a,"b\n1,2\n' >in.csv
    fails_with 1 'fromcsv: in.csv:1:3: header: quote opened here is not closed before the end of the file' \
        "$BIN/fromcsv" --rejects bad.jsonl in.csv
    printf 'a,caf\xe9\n1,2\n' >in.csv
    fails_with 1 'fromcsv: in.csv:1:6: header: byte 0xe9 is not UTF-8' "$BIN/fromcsv" -e UTF-8 in.csv
}

@test "fromcsv keeps the limit of --max-line for rows and for quotes" {
    printf 'a,b\n123456789,123456789\n' | rejects_with 'fromcsv: in.csv:2: row longer than 16 bytes (see --max-line)' --max-line 16
    printf 'a,b\n1,"234\n56789\n123456\n7",8\n' |
        rejects_with 'fromcsv: in.csv:2:3: quote opened here is not closed within 16 bytes (see --max-line)' --max-line 16
    run -0 --separate-stderr "$BIN/fromcsv" --max-line 16 --rejects bad.jsonl in.csv
    assert_equal "$stderr" 'fromcsv: 3 of 4 records rejected (see bad.jsonl)'
    assert_output '{"a":"7\"","b":"8"}'
    printf 'a,b\n12345678,123456\n' | to_records '{"a":"12345678","b":"123456"}' --max-line 16
}

@test "fromcsv reads rows that do not fit a block, and finds an unclosed quote in 4 MiB" {
    head -c 3000000 /dev/zero | tr '\0' x >long
    { printf 'a,b\n"'; cat long; printf '\n",'; head -c 1000000 long; printf '\n1,2\n'; } >in.csv
    "$BIN/fromcsv" in.csv >got
    { printf '{"a":"'; cat long; printf '\\n","b":"'; head -c 1000000 long; printf '"}\n{"a":"1","b":"2"}\n'; } | same_as got
    { printf 'a,b\n1,"2\n'; seq -f '%.0f,x' 500000; } >in.csv
    run -1 --separate-stderr "$BIN/fromcsv" in.csv
    assert_equal "$stderr" 'fromcsv: in.csv:2:3: quote opened here is not closed within 4194304 bytes (see --max-line)'
    "$BIN/fromcsv" --rejects bad.jsonl in.csv 2>/dev/null >got
    run -0 wc -l <got
    assert_output 500000
}

@test "fromcsv says under -v what decided the encoding and the separator" {
    printf '\xef\xbb\xbfsep=;\na;b\n' >in.csv
    run -0 --separate-stderr "$BIN/fromcsv" -v in.csv
    assert_equal "$stderr" "fromcsv: in.csv: encoding UTF-8 (by its byte order mark), separator ';' (by its sep= line)"
    run -0 --separate-stderr "$BIN/fromcsv" -v -d tab -e latin1 - </dev/null
    assert_equal "$stderr" "fromcsv: <stdin>: encoding latin1 (asked for), separator '\\t' (asked for)"
}

# --- blocks -----------------------------------------------------------------------------------

@test "fromcsv gives the same however its input is cut into reads" {
    {
        printf 'sep=,\r\ntitle\r\n"a","b"\r\n\r\n'
        for i in $(seq 40); do printf '"x ""%s"", y\r\nz",5" pipe €\r\n,\r\r\nßüé,"\n"\n' "$i"; done
    } >utf8.csv
    local encoding
    for encoding in UTF-8 UTF-16LE UTF-16BE CP1252; do
        iconv -f UTF-8 -t $encoding utf8.csv >in.csv
        "$BIN/fromcsv" --origin --skip 1 --blank-rows keep - <in.csv >whole
        dd if=in.csv bs=1 2>dd | "$BIN/fromcsv" --origin --skip 1 --blank-rows keep | same_as whole
        dd if=in.csv bs=7 2>dd | "$BIN/fromcsv" --origin --skip 1 --blank-rows keep --reader libcsv | same_as whole
        run -0 wc -l <whole
        assert_output 120
    done
}

@test "fromcsv converts files that are longer than its blocks" {
    awk 'BEGIN { print "name,note"; for (i = 0; i < 60000; i++) print "Zoë " i ",“quoted” €" i }' >utf8.csv
    "$BIN/fromcsv" utf8.csv >expected
    run -0 tail -n 1 expected
    assert_output '{"name":"Zoë 59999","note":"“quoted” €59999"}'
    local encoding
    for encoding in UTF-16LE UTF-16BE CP1252; do
        iconv -f UTF-8 -t $encoding utf8.csv >in.csv
        "$BIN/fromcsv" in.csv | same_as expected
    done
}

# --- properties -------------------------------------------------------------------------------

# messy SEED: a header of two columns and 300 pieces of what breaks rows.
messy() {
    awk -v s="$1" 'function pick(n) { s = s * 16807 % 2147483647; return int(s / 64) % n + 1 }
        BEGIN {
            n = split("x|y z|,|,|,|\"|\"\"|\n|\n|\n|\r|\r\n|;|\t| |\303\251|\351|,\"q\"\n|\"a,b\",c\n|\"a\nb\",1\n", piece, "|")
            s = s * 7919 + 1
            printf "a,b\n"
            for (i = 0; i < 300; i++) printf "%s", piece[pick(n)]
        }'
}

@test "fromcsv writes or rejects every row of generated files, each from a line of its own" {
    local seed written=0 rejected=0
    for seed in {1..16}; do
        messy "$seed" >in.csv
        "$BIN/fromcsv" -d , --origin --rejects bad.jsonl --stats stats.json -o out.jsonl in.csv 2>said
        "$BIN/fromcsv" -d , --origin --rejects bad2.jsonl --reader libcsv in.csv 2>said2 | same_as out.jsonl
        same_as bad.jsonl <bad2.jsonl
        run -0 jq '.read == .written + .rejected' stats.json
        assert_output true
        run -0 jq -r '"\(.written) \(.rejected)"' stats.json
        assert_output "$(wc -l <out.jsonl) $(wc -l <bad.jsonl)"
        written=$((written + ${output% *})) rejected=$((rejected + ${output#* }))
        { jq -r '._origin | split(":")[1]' out.jsonl; jq .line bad.jsonl; } | sort -n >lines
        run -0 uniq -d lines
        assert_output ""
        [ "$(tail -n 1 lines)" -le "$(tr '\r' '\n' <in.csv | wc -l)" ]
    done
    [ "$written" -gt 200 ] && [ "$rejected" -gt 200 ]
}

@test "fromcsv --max-columns refuses a header of more columns, by a row or by -H, and lets as many pass" {
    printf 'title\na,b,c\n1,2,3\n' >in.csv
    run -0 "$BIN/fromcsv" --skip 1 --max-columns 3 in.csv
    assert_output '{"a":"1","b":"2","c":"3"}'
    fails_with 1 "fromcsv: in.csv:2: header has 3 columns, more than 2 (see --max-columns)" "$BIN/fromcsv" --skip 1 --max-columns 2 in.csv
    fails_with 1 "fromcsv: in.csv:2: header has 3 columns, more than 2 (see --max-columns)" "$BIN/fromcsv" --skip 1 --max-columns 2 --rejects bad in.csv
    fails_with 2 "fromcsv: option '--header' names 3 columns, more than 2 (see --max-columns)" "$BIN/fromcsv" -H a,b,c --max-columns 2 in.csv
    fails_with 2 "fromcsv: option '--max-columns' takes 1 or more, not 0 (try --help)" "$BIN/fromcsv" --max-columns 0 in.csv
}

# --- rows as spreadsheets leave them -----------------------------------------------------------

# counts JQ: of the only file, in --stats.
counts() {
    "$BIN/fromcsv" "${@:2}" --stats stats.json in.csv >got 2>said
    run -0 jq -c ".files[0] | [$1]" stats.json
}

@test "fromcsv fills short rows and cuts empty cells behind the header, counted and said" {
    printf 'a,b,c\n1,2,3\n4,5\n6\n7,8,9,,\n' | to_records \
$'{"a":"1","b":"2","c":"3"}\n{"a":"4","b":"5","c":""}\n{"a":"6","b":"","c":""}\n{"a":"7","b":"8","c":"9"}'
    counts .rows_filled,.rows_cut
    assert_output '[2,1]'
    assert_equal "$(cat said)" 'fromcsv: in.csv: rows shorter than the header filled: 2, first at line 3 (see --ragged)'
    counts .rows_filled,.rows_cut -v
    grep -qx 'fromcsv: in.csv: rows longer than the header by empty cells cut: 1, first at line 5' said
    # text behind the header is never cut
    printf 'a,b\n1,2\n3,4,,x\n' | rejects_with 'fromcsv: in.csv:3: row has 4 cells, header has 2'
    # what may be a footer, or a piece of a broken row, is not filled unless asked for
    printf 'a,b\n1,2\n,\nNotes\n' | rejects_with 'fromcsv: in.csv:4: row has 1 cell, header has 2 (a footer? see --stop-at-blank)'
    printf 'a,b\n1,2\n\n3\n' | to_records $'{"a":"1","b":"2"}\n{"a":"3","b":""}' --ragged fill
    printf 'a,b\n1,"2"x\n3\n' >in.csv
    run -0 --separate-stderr "$BIN/fromcsv" --rejects bad.jsonl in.csv
    assert_output ''
}

@test "fromcsv leaves out columns at the end that have neither a header nor text" {
    printf 'a,b,\n1,2\n3,4,\n' | to_records $'{"a":"1","b":"2"}\n{"a":"3","b":"4"}'
    counts .columns,.unnamed_columns,.rows_filled,.rows_cut
    assert_output '[2,1,0,1]'
    assert_equal "$(cat said)" ''
    printf 'a,b,,\n1,2,x,\n' | to_records '{"a":"1","b":"2","column_3":"x"}'
    printf 'a,,\n1,,\n' | to_records '{"a":"1","column_2":"","column_3":""}' --ragged reject
    # and if there is text after all, far below, it is bad data and not lost
    { printf 'a,b,\n'; seq -f '%.0f,xxxxxxxxxxxxxxxxxxxxxxxx' 5000; printf '1,2,late\n'; } >in.csv
    run -1 --separate-stderr "$BIN/fromcsv" -o out in.csv
    assert_equal "$stderr" 'fromcsv: in.csv:5002: row has 3 cells, header has 2'
}

@test "fromcsv drops rows of separators only, or keeps them with --blank-rows keep" {
    printf 'a,b\n,\n1,2\n,\n,\n' | to_records '{"a":"1","b":"2"}'
    counts .blank_rows,.blank_lines
    assert_output '[3,0]'
    printf 'a;b\n;\n1;2\n' | to_records '{"a":"1","b":"2"}'
    printf 'a,b\n,\n1,2\n' | to_records $'{"a":"","b":""}\n{"a":"1","b":"2"}' --blank-rows keep
    # an empty cell in quotes, and a space, are values that somebody wrote
    printf 'a,b\n"",\n , \n' | to_records $'{"a":"","b":""}\n{"a":" ","b":" "}'
    # fewer separators than the header has are blank too
    printf 'a,b,c\n,\n1,2,3\n,,,,\n' | to_records '{"a":"1","b":"2","c":"3"}'
}

@test "fromcsv leaves out rows that repeat the header, and says so" {
    printf '\xef\xbb\xbfTrust,Answer\nT1,Yes\n\xef\xbb\xbfTrust,Answer\nT2,No\nTrust,Answer\nTrust,No\n' | to_records \
$'{"Trust":"T1","Answer":"Yes"}\n{"Trust":"T2","Answer":"No"}\n{"Trust":"Trust","Answer":"No"}'
    counts .repeated_headers,.byte_order_marks
    assert_output '[2,1]'
    assert_equal "$(cat said)" 'fromcsv: in.csv: rows that repeat the header left out: 2, first at line 3'
    printf 'x,y\nx,y\n' | to_records $'{"x":"x","y":"y"}\n{"x":"x","y":"y"}' -H x,y
    # all of its cells, to the last
    printf 'x,y,z\nx,y,2\nx,y,z\n' | to_records '{"x":"x","y":"y","z":"2"}'
}

@test "fromcsv ends at a blank line or row with --stop-at-blank, and counts what is behind it" {
    printf 'a,b\n\n1,2\n\nNotes:\n"1. Provisional, 2020"\n"open\n' | to_records '{"a":"1","b":"2"}' --stop-at-blank
    counts .footer_rows --stop-at-blank
    assert_output '[3]'
    assert_equal "$(cat said)" 'fromcsv: in.csv: rows behind a blank one left out: 3, first at line 5'
    printf 'a,b\n1,2\n,\nTotal,7\n' | to_records '{"a":"1","b":"2"}' --stop-at-blank
    printf 'a,b\n1,2\n,\nTotal,7\n' | to_records $'{"a":"1","b":"2"}\n{"a":"","b":""}\n{"a":"Total","b":"7"}' --stop-at-blank --blank-rows keep
    printf 'a,b\n1,2\n' | to_records '{"a":"1","b":"2"}' --stop-at-blank
}

@test "fromcsv takes no list within the last row for the table with --skip auto" {
    printf 'Council,Which\nC-01,x\nC-02,Excel; Word; Paper\n' >in.csv
    run -0 --separate-stderr "$BIN/fromcsv" --skip auto in.csv
    assert_output '{"Council":"C-01","Which":"x"}
{"Council":"C-02","Which":"Excel; Word; Paper"}'
    assert_equal "$stderr" ""
}

@test "fromcsv finds the headers below titles with --skip auto, and says what it passed over" {
    printf 'FOI replies\n\nas of 1 July\nTrust;Answer;Note\nT1;Yes;\nT2;No;x, y\n' | to_records \
$'{"Trust":"T1","Answer":"Yes","Note":""}\n{"Trust":"T2","Answer":"No","Note":"x, y"}' --skip auto
    counts .skipped_lines,.separator --skip auto
    assert_output '[3,";"]'
    assert_equal "$(cat said)" 'fromcsv: in.csv: 3 lines above the header passed over (--skip auto)'
    printf 'FOI replies,,\n,,\nTrust,Answer,Note\nT1,Yes,\n' | to_records '{"Trust":"T1","Answer":"Yes","Note":"","_origin":"in.csv:4"}' --skip auto --origin
    # a last row with more cells than most have
    printf 'FOI, July 2020\nTrust,Answer,Note\nT1,Yes,x\nT2,No,y,\n' | to_records \
$'{"Trust":"T1","Answer":"Yes","Note":"x"}\n{"Trust":"T2","Answer":"No","Note":"y"}' --skip auto --ragged fill
    printf 'a,b\n1,2\n' | to_records '{"a":"1","b":"2"}' --skip auto
    printf 'a\n1\n' | to_records '{"a":"1"}' --skip auto
    printf 'Title\n1,2\n3,4\n' | to_records $'{"x":"1","y":"2"}\n{"x":"3","y":"4"}' --skip auto -H x,y -d ,
    # a title row above that nobody said anything of
    printf 'FOI replies,,\nTrust,Answer,Note\nT1,Yes,x\n' >in.csv
    run -0 --separate-stderr "$BIN/fromcsv" in.csv
    assert_equal "$stderr" 'fromcsv: in.csv: the header row names 1 of 3 columns (are there titles above it? see --skip)'
}

@test "fromcsv joins several header rows with --header-rows, and fills what merged cells leave empty" {
    printf 'Trust,Spend,,Spend\nCode,2019,2020,Spend\nT1,5,6,7\n' | to_records \
        '{"Trust Code":"T1","Spend 2019":"5","Spend 2020":"6","Spend":"7"}' --header-rows 2
    printf ',Q1,\nTrust,Yes/No,Text\nT1,Yes,x\n' | to_records '{"Trust":"T1","Q1 Yes/No":"Yes","Q1 Text":"x"}' --header-rows 2
    printf 'a,b\n' >in.csv
    fails_with 1 'fromcsv: in.csv: the file ends within its 2 header rows' "$BIN/fromcsv" --header-rows 2 in.csv
    fails_with 2 "fromcsv: option '--header' cannot go with '--header-rows' (try --help)" "$BIN/fromcsv" -H a --header-rows 2
}

@test "fromcsv says when another separator fits as well as the one it took" {
    printf 'Trust,Use? (Yes; No)\nT1,Yes; since 2019\nT2,No; never\n' | to_records \
$'{"Trust":"T1","Use? (Yes; No)":"Yes; since 2019"}\n{"Trust":"T2","Use? (Yes; No)":"No; never"}'
    counts .separator,.separator_tied
    assert_output '[",",";"]'
    assert_equal "$(cat said)" "fromcsv: in.csv: separator ',' was taken, but ';' fits as well (-d says which)"
    printf 'Trust,Systems|Tools\nT1,a|b\n' | to_records '{"Trust":"T1","Systems|Tools":"a|b"}'
    counts .separator_tied
    assert_output '["|"]'
    # Names with a comma and a space behind it, in a file with semicolons
    printf 'Name, Vorname;Alter\nAhn, Eva;30\nOtt, Max;41\n' | to_records \
$'{"Name, Vorname":"Ahn, Eva","Alter":"30"}\n{"Name, Vorname":"Ott, Max","Alter":"41"}'
    run -0 --separate-stderr "$BIN/fromcsv" -d , in.csv
    assert_equal "$stderr" ''
}

# --- dialects ---------------------------------------------------------------------------------

@test "fromcsv takes quotes for text with --quote none, and another character with --quote CHAR" {
    printf 'Trust\tSupplier\nT1\t"Best\nT2\tB\nT3\tOther"\n' >in.csv
    run -0 "$BIN/fromcsv" --quote none in.csv
    assert_output $'{"Trust":"T1","Supplier":"\\"Best"}\n{"Trust":"T2","Supplier":"B"}\n{"Trust":"T3","Supplier":"Other\\""}'
    printf "a,b\n'x, y','it''s'\n'two\nlines',\"z\"\n" >in.csv
    run -0 "$BIN/fromcsv" --quote "'" in.csv
    assert_output $'{"a":"x, y","b":"it\'s"}\n{"a":"two\\nlines","b":"\\"z\\""}'
    fails_with 2 "fromcsv: option '--quote' takes one ASCII character or none, not 'xy' (try --help)" "$BIN/fromcsv" --quote xy
    fails_with 2 "fromcsv: option '--reader libcsv' cannot go with '--quote', '--escape' or '--skip-space' (try --help)" \
        "$BIN/fromcsv" --quote none --reader libcsv
}

@test "fromcsv reads quotes behind an --escape, and names the option where it may be meant" {
    printf 'id,text\n1,"He said \\"yes\\" twice"\n2,"a\\\\",\n3,c:\\new\n4,x\\,y\n' >in.csv
    run -0 "$BIN/fromcsv" --escape '\' in.csv
    assert_output '{"id":"1","text":"He said \"yes\" twice"}
{"id":"2","text":"a\\"}
{"id":"3","text":"c:\\new"}
{"id":"4","text":"x,y"}'
    printf 'id,text\n1,"He said \\"yes\\" twice"\n' | rejects_with \
        "fromcsv: in.csv:2:14: text behind a closing quote (are quotes escaped by a backslash? --escape '\\')"
    printf 'a,b\n1,"x\\" y\n' >in.csv
    run -1 --separate-stderr "$BIN/fromcsv" --escape '\' in.csv
    assert_equal "$stderr" 'fromcsv: in.csv:2:3: quote opened here is not closed before the end of the file'
}

@test "fromcsv passes over spaces around quoted cells with --skip-space, and says so where it did not" {
    printf 'Trust, Town, Uses\nT1, "York", "Yes, we do"\nT2,  Leeds , "x" \n' >in.csv
    run -0 "$BIN/fromcsv" --skip-space in.csv
    assert_output '{"Trust":"T1","Town":"York","Uses":"Yes, we do"}
{"Trust":"T2","Town":"Leeds ","Uses":"x"}'
    rejects_with 'fromcsv: in.csv:2: row has 4 cells, header has 3 (a quote behind a space is plain text: see --skip-space)' <<<'Trust, Town, Uses
T1, "York", "Yes, we do"'
    printf 'Trust, Town\nT1, "York"\nT2, "Leeds"\n' | to_records $'{"Trust":"T1"," Town":" \\"York\\""}\n{"Trust":"T2"," Town":" \\"Leeds\\""}'
    run -0 --separate-stderr "$BIN/fromcsv" in.csv
    assert_equal "$stderr" 'fromcsv: in.csv:2: a quote behind a space is plain text (see --skip-space)'
    printf 'a\tb\n\t"x"\n' >in.csv # a tab that separates is no space to pass over
    run -0 "$BIN/fromcsv" --skip-space -d tab in.csv
    assert_output '{"a":"","b":"x"}'
}

@test "fromcsv refuses rows with more cells than --max-columns, in little memory" {
    printf 'a,b\n1,2\n1,2,3\n' | to_records '{"a":"1","b":"2"}' --max-columns 16 --rejects bad.jsonl
    { printf 'a,b\n'; printf ',%.0s' {1..40}; printf '\n'; } | rejects_with 'fromcsv: in.csv:2:1: row has 41 cells, more than 32 (see --max-columns)' --max-columns 32
    head -c 3900000 /dev/zero | tr '\0' , >in.csv
    printf '\n1\n' >>in.csv
    fails_with 1 'fromcsv: in.csv:1: header has 3900001 columns, more than 16384 (see --max-columns)' \
        within_memory 300000 "$BIN/fromcsv" in.csv
}

# --- what is no text, or ends before its time ---------------------------------------------------

@test "fromcsv reads bytes of windows-1252 among UTF-8 with --mixed, row by row" {
    printf '\xef\xbb\xbfTrust,Fee\nA,\xa3100 \xe2\x82\xac\nB,caf\xc3\xa9\nC,\x93x\x94\n' >in.csv
    run -0 --separate-stderr "$BIN/fromcsv" --mixed in.csv
    assert_output $'{"Trust":"A","Fee":"£100 €"}\n{"Trust":"B","Fee":"café"}\n{"Trust":"C","Fee":"“x”"}'
    assert_equal "$stderr" 'fromcsv: in.csv: rows with bytes of windows-1252: 2, first at line 2'
    counts .mixed_rows --mixed
    assert_output '[2]'
    # mostly windows-1252, with a row of UTF-8
    { printf 'a\n'; printf 'caf\xe9\n%.0s' {1..50}; printf 'na\xc3\xafve\n'; } >in.csv
    run -0 --separate-stderr "$BIN/fromcsv" --mixed in.csv
    assert_line --index 49 '{"a":"café"}'
    assert_line --index 50 '{"a":"naïve"}'
    printf 'a\ncaf\xc3\xa9 \x81\n' | rejects_with 'fromcsv: in.csv:2:6: byte 0x81 is not UTF-8' --mixed
    fails_with 2 "fromcsv: option '--mixed' cannot go with '--encoding' (try --help)" "$BIN/fromcsv" --mixed -e latin1
}

@test "fromcsv drops Ctrl-Z at the end, and byte order marks in front of rows" {
    printf 'Trust\r\nT1\r\n\x1a' | to_records '{"Trust":"T1"}'
    printf 'Trust,b\r\nT1,x\r\n\x1a\x1a\r\n' | to_records '{"Trust":"T1","b":"x"}'
    printf 'Trust,b\r\nT1,x\x1a' | to_records '{"Trust":"T1","b":"x"}'
    printf 'a,b\n\x1a,x\n1,2\n' | to_records $'{"a":"\\u001a","b":"x"}\n{"a":"1","b":"2"}'
    printf '\xef\xbb\xbf\xef\xbb\xbf"Trust, name",Answer\nT1,Yes\n' | to_records '{"Trust, name":"T1","Answer":"Yes"}'
    counts .byte_order_marks -v
    assert_output '[1]'
    grep -qx 'fromcsv: in.csv: byte order marks in front of rows left out: 1' said
    printf '\xef\xbb\xbfa;b\n\xef\xbb\xbf1;2' | iconv -f UTF-8 -t UTF-16LE >in.csv
    run -0 "$BIN/fromcsv" in.csv
    assert_output '{"a":"1","b":"2"}'
}

@test "fromcsv says what a file is that is no CSV" {
    no_csv() {
        printf "$2" >in.csv
        fails_with 1 "fromcsv: in.csv: this is $1" "$BIN/fromcsv" in.csv
    }
    no_csv 'a zip archive such as .xlsx, not CSV (use fromsheet, or save the sheet as CSV)' 'PK\3\4\24\0\6\0'
    no_csv 'a zip archive: an .ods workbook, not CSV (use fromsheet, or save the sheet as CSV)' \
        'PK\3\4xxxxmimetypeapplication/vnd.oasis.opendocument.spreadsheet'
    no_csv 'a workbook such as .xls, not CSV (use fromsheet, or save the sheet as CSV)' '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0'
    no_csv 'a PDF, not CSV (use fromdocs and extract, or ask for the spreadsheet)' '%%PDF-1.7\n'
    for start in '<!DOCTYPE html>\n' '\n <!doctype HTML PUBLIC' '<html lang="en">' '\xef\xbb\xbf<HTML>'; do
        no_csv 'HTML, not CSV (a page to sign in or of an error, perhaps: get the file anew)' "$start"
    done
    { printf '\377\376' && printf '<html>a' | iconv -f UTF-8 -t UTF-16LE; } >wide.csv
    fails_with 1 "fromcsv: wide.csv: this is HTML, not CSV (a page to sign in or of an error, perhaps: get the file anew)" "$BIN/fromcsv" wide.csv
    no_csv 'XML, not CSV (a workbook saved as XML, perhaps: save it as CSV)' '<?xml version="1.0"?>\n'
    no_csv 'compressed by gzip (use zcat)' '\x1f\x8b\x08\0'
    printf '<5,[x]\n1,2\n' | to_records '{"<5":"1","[x]":"2"}'
}

@test "fromcsv --digest tells the hash of each file that it read to its end" {
    seq 1000 | sed '1i a' >one.csv
    printf '\357\273\277a,b\r\n1,2\r\n' >two.csv
    printf 'a\n1\n\nfooter\n' >three.csv
    "$BIN/fromcsv" --digest --stats stats.json one.csv two.csv >out
    for file in one two; do
        [[ $(cat stats.json) == *"$(sha256sum <$file.csv | cut -d ' ' -f 1)"* ]]
    done
    "$BIN/fromcsv" --stats stats.json one.csv >out
    [[ $(cat stats.json) != *sha256* ]]
}

# --- every row is accounted for -----------------------------------------------------------------

# messy SEED: a file as spreadsheets leave them, in.csv, and what each of its rows is, in rows: the
# row's number, which is its first cell where it has one, and its kind.
messy() {
    awk -v seed="$1" '
        function random(n) { seed = (seed * 16807) % 2147483647; return seed % n }
        function row(kind, text) { print n, kind >"rows"; printf "%s%s", text, random(4) ? "\r\n" : "\n" }
        BEGIN {
            for (i = 0; i < 20; i++) random(2)
            printf "\357\273\277id,a,b\r\n"
            rows = 200 + random(100)
            for (n = 1; n <= rows; n++) {
                k = random(30)
                if (k < 12) row("whole", n ",x" random(9) "," (random(3) ? "y" : ""))
                else if (k < 14) row("whole", n ",\"two\nlines, \"\"quoted\"\"\",z")
                else if (k < 17) row("short", n (random(2) ? ",x" : ""))
                else if (k < 19) row("long", n ",x,y,,")
                else if (k < 21) row("wide", n ",x,y,,z")
                else if (k < 23) row("blank", substr(",,,,", 1, 1 + random(4)))
                else if (k < 25) row("empty", "")
                else if (k < 26) row("header", (random(2) ? "\357\273\277" : "") "id,a,b")
                else if (k < 27) row("bad", n ",\"x\"y,z")
                else if (k < 28) row("whole", "\357\273\277" n ",caf\303\251, ")
                else if (k < 29) row("byte", n ",caf\351,z")
                else row("whole", n ",\"\",\"\"")
            }
            if (random(2)) printf "\032"
        }' >in.csv
}

# count KIND...: rows of these kinds.
count() {
    awk -v kinds=" $* " 'index(kinds, " " $2 " ")' rows | wc -l
}

@test "fromcsv makes of every row of messy files a record, a rejected row or one that is counted" {
    local seed options
    for seed in $(seq 20); do
        messy "$seed"
        for options in "" "--ragged fill" "--ragged reject" "--blank-rows keep" "--mixed" "--reader libcsv"; do
            # shellcheck disable=SC2086 # several words
            "$BIN/fromcsv" $options --rejects bad.jsonl --stats stats.json in.csv >got 2>said
            jq -r '.files[0] | [.blank_rows, .blank_lines, .repeated_headers, .rows_cut, .footer_rows] | join(" ")' stats.json >counted
            read -r blank_rows blank_lines repeated cut footer <counted
            # all are accounted for, each once
            assert_equal "$(($(wc -l <got) + $(wc -l <bad.jsonl) + blank_rows + blank_lines + repeated + footer))" "$(wc -l <rows)"
            assert_equal "$blank_lines $repeated $footer" "$(count empty) $(count header) 0"
            [[ $options == *keep* ]] || assert_equal "$blank_rows" "$(count blank)"
            # and each that has a number is written or rejected, once
            { jq -r 'select(.id != "") | .id' got; jq -r '.record | sub("^\ufeff"; "") | capture("^(?<n>[0-9]+)").n' bad.jsonl; } |
                sort -n >numbers
            awk '$2 !~ /^(blank|empty|header)$/ { print $1 }' rows | sort -n | same_as numbers
            # what was done to a row of a kind
            case $options in
            "--ragged reject") assert_equal "$(wc -l <bad.jsonl)" "$(count short long wide bad byte)" ;;
            "--ragged fill") assert_equal "$(wc -l <bad.jsonl) $cut" "$(count wide bad byte) $(count long)" ;;
            "--mixed") [ "$(wc -l <bad.jsonl)" -le "$(count short wide bad)" ] ;;
            esac
            # what was guessed is said
            if [ "$repeated" -gt 0 ]; then grep -q 'that repeat the header left out' said; fi
        done
        "$BIN/fromcsv" --stop-at-blank --rejects bad.jsonl --stats stats.json in.csv >got 2>said
        jq -r '.files[0] | .blank_rows + .blank_lines + .repeated_headers + .footer_rows' stats.json >counted
        # the footer is counted row by row too
        assert_equal "$(($(wc -l <got) + $(wc -l <bad.jsonl) + $(cat counted)))" "$(wc -l <rows)"
    done
}
