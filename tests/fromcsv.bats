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

@test "fromcsv gives nothing for an empty file, for blank lines and for a header alone" {
    printf '' | to_records ''
    printf '\n\n' | to_records ''
    printf 'a,b\n' | to_records ''
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
    printf 'a,b\n"1\n1",2\n\n1\n' | rejects_with 'fromcsv: in.csv:5: row has 1 cell, header has 2'
}

@test "fromcsv puts bad rows into --rejects as they stood and goes on" {
    printf 'a,b\n1,"2",\r\n3,4\n\n"5\n""6"\n7,8' >in.csv
    run -0 --separate-stderr "$BIN/fromcsv" --rejects bad.jsonl --stats stats.json in.csv
    assert_output $'{"a":"3","b":"4"}\n{"a":"7","b":"8"}'
    assert_equal "$stderr" 'fromcsv: 2 of 4 records rejected (see bad.jsonl)'
    run -0 cat bad.jsonl
    assert_output \
'{"program":"fromcsv","file":"in.csv","line":2,"field":null,"reason":"row has 3 cells, header has 2","record":"1,\"2\","}
{"program":"fromcsv","file":"in.csv","line":5,"field":null,"reason":"row has 1 cell, header has 2","record":"\"5\n\"\"6\""}'
    run -0 jq -c '[.read, .written, .rejected]' stats.json
    assert_output '[4,2,2]'
}
