load helper

# to_csv EXPECTED [OPTION...] < RECORDS: tocsv's output is the bytes of EXPECTED, printf escapes undone.
to_csv() {
    printf '%b' "$1" >expected
    shift
    cat >records.jsonl
    "$BIN/tocsv" "$@" records.jsonl | same_as expected
}

@test "tocsv writes a header from the first record and a row a record, ended by CRLF" {
    printf '%s\n' '{"code":"R01","n":12}' '{"code":"R02","n":3}' | to_csv 'code,n\r\nR01,12\r\nR02,3\r\n'
}

@test "tocsv writes strings decoded, and numbers and truths as they stand" {
    printf '%s\n' '{"s":"caf\u00e9 \ud83d\ude00\tx\\","a":1.0,"b":-1e400,"c":true,"d":false}' |
        to_csv 's,a,b,c,d\r\ncafé 😀\tx\\,1.0,-1e400,true,false\r\n'
}

@test "tocsv quotes separators, quotes, line ends and outer spaces, and nothing else" {
    printf '%s\n' '{"a":"x,y","b":"say \"hi\"","c":"one\ntwo","d":"one\rtwo","e":" x","f":"x ","g":"x y;|","h,i":""}' |
        to_csv 'a,b,c,d,e,f,g,"h,i"\r\n"x,y","say ""hi""","one\ntwo","one\rtwo"," x","x ",x y;|,\r\n'
}

@test "tocsv writes the columns of -f in their order, whatever the records have" {
    printf '%s\n' '{"a":1,"b":2,"c":3}' '{"c":6,"a":4,"d":7}' | to_csv 'c,a\r\n3,1\r\n6,4\r\n' -f c,a
    printf '%s\n' '{"a, b":1,"c":2}' | to_csv '"a, b"\r\n1\r\n' --fields '"a, b"'
}

@test "tocsv writes the header of -f even if there is no record, and nothing without -f" {
    to_csv 'a,b\r\n' -f a,b </dev/null
    to_csv '' </dev/null
}

@test "tocsv tells a field of -f that no record has" {
    run -0 --separate-stderr "$BIN/tocsv" -f a,x <<<'{"a":1}'
    assert_output $'a,x\r\n1,\r'
    assert_equal "$stderr" "tocsv: field 'x' is in no record (see --fields)"
}

@test "tocsv takes a field that the first record lacks for bad data" {
    printf '%s\n' '{"a":1}' '{"a":2,"b":3}' '{"a":4}' >in.jsonl
    run -1 --separate-stderr "$BIN/tocsv" in.jsonl
    assert_equal "$stderr" "tocsv: in.jsonl:2: field 'b': no column, as the first record has no such field (see --fields)"
    run -0 --separate-stderr "$BIN/tocsv" --rejects bad.jsonl in.jsonl
    assert_output $'a\r\n1\r\n4\r'
    run -0 jq -c '[.field, .record]' bad.jsonl
    assert_output '["b",{"a":2,"b":3}]'
}

@test "tocsv writes nothing for missing values, or --missing TEXT, or with --reasons why" {
    local records='{"a":"x","b":null,"_missing":{"b":"not_held"}}
{"a":null,"b":"","_missing":{}}
{"b":"y"}'
    to_csv 'a,b\r\nx,\r\n"",\r\n,y\r\n' <<<"$records"
    to_csv 'a,b\r\nx,n/a\r\nn/a,\r\nn/a,y\r\n' --missing n/a <<<"$records"
    to_csv 'a,b\r\nx,not_held\r\nmissing,\r\nabsent,y\r\n' --reasons <<<"$records"
    fails_with 2 "tocsv: options '--missing' and '--reasons' exclude each other (try --help)" \
        "$BIN/tocsv" --missing x --reasons
    run -1 --separate-stderr "$BIN/tocsv" --reasons <<<'{"a":1,"_missing":[]}'
    assert_equal "$stderr" "tocsv: <stdin>:1: field '_missing': not an object of reasons"
}

@test "tocsv leaves out the tools' own objects and lists unless -f names them, and says so under -v" {
    printf '%s\n' '{"a":1,"_origin":"x.csv:2"}' '{"a":2,"_origin":"x.csv:3","_missing":{"b":"blank"},"_evidence":[]}' >in.jsonl
    run -0 --separate-stderr "$BIN/tocsv" -v --stats stats.json in.jsonl
    assert_output $'a,_origin\r\n1,x.csv:2\r\n2,x.csv:3\r'
    assert_equal "$stderr" 'tocsv: values of fields such as _missing left out: 2 (see --fields, --reasons)'
    run -0 jq -c '[.read, .written, .columns, .left_out]' stats.json
    assert_output '[2,2,2,2]'
    to_csv 'a,_missing\r\n1,\r\n2,"{""b"":""blank""}"\r\n' -f a,_missing <in.jsonl
}

@test "tocsv joins lists with --list-separator, and refuses items that hold it" {
    printf '%s\n' '{"a":["x","y, z",3,true,null],"b":[]}' | to_csv 'a,b\r\n"x; y, z; 3; true; ",\r\n'
    printf '%s\n' '{"a":["x","y"]}' | to_csv 'a\r\nx|y\r\n' --list-separator '|'
    run -1 --separate-stderr "$BIN/tocsv" <<<'{"a":["x; y","z"]}'
    assert_equal "$stderr" "tocsv: <stdin>:1: field 'a': item 'x; y' holds '; ' (see --list-separator)"
}

@test "tocsv writes objects as their JSON text" {
    printf '%s\n' '{"a":{"k": "v"},"b":[{"k":1}]}' | to_csv 'a,b\r\n"{""k"": ""v""}","{""k"":1}"\r\n'
}

@test "tocsv ends rows with LF, separates with another character and begins with a byte order mark if asked" {
    printf '%s\n' '{"a":"1,5","b":"x;y"}' | to_csv '\xef\xbb\xbfa;b\n1,5;"x;y"\n' --line-end lf -d ';' --bom
    printf '%s\n' '{"a":"x\ty","b":2}' | to_csv 'a\tb\r\n"x\ty"\t2\r\n' --delimiter tab
    fails_with 2 "tocsv: option '--delimiter' takes one ASCII character or 'tab', not 'auto' (try --help)" \
        "$BIN/tocsv" -d auto
    fails_with 2 "tocsv: option '--line-end' takes crlf|lf, not 'cr' (try --help)" "$BIN/tocsv" --line-end cr
}

@test "tocsv guards texts that are formulas, and with --guard-formulas all that might be" {
    printf '%s\n' '{"a":"=1+1","b":"+44 20","c":"-x","d":"@sum","e":"\tx","f":-5,"g":["=1","y"],"h":"x=1","i":"-5","j":" =1","k":"＝1"}' >in.jsonl
    to_csv "a,b,c,d,e,f,g,h,i,j,k\r\n'=1+1,'+44 20,'-x,'@sum,'\tx,-5,'=1; y,x=1,-5,\" =1\",＝1\r\n" <in.jsonl
    to_csv "a,b,c,d,e,f,g,h,i,j,k\r\n'=1+1,'+44 20,'-x,'@sum,'\tx,-5,'=1; y,x=1,'-5,' =1,'＝1\r\n" --guard-formulas <in.jsonl
    to_csv 'a,b,c,d,e,f,g,h,i,j,k\r\n=1+1,+44 20,-x,@sum,\tx,-5,=1; y,x=1,-5," =1",＝1\r\n' --no-guard <in.jsonl
    printf '%s\n' '{"a":null,"_missing":{"a":"=cmd"}}' | to_csv "a\r\n'=cmd\r\n" -f a --reasons
    printf '%s\n' '{"=a":1}' | to_csv "'=a\r\n1\r\n" --guard-formulas
}

@test "tocsv quotes what would be a formula if a reader parted cells at any separator" {
    printf '%s\n' '{"a":"x;=1+1;y","b":"x\t=1","c":"x; y","d":["=1"," @x"],"e":"x;＝1","f":"x\ty"}' >in.jsonl
    to_csv "a,b,c,d,e,f\r\n\"x;=1+1;y\",\"x\t=1\",x; y,\"'=1;  @x\",\"x;＝1\",x\ty\r\n" <in.jsonl
    to_csv "a,b,c,d,e,f\r\nx;=1+1;y,x\t=1,x; y,=1;  @x,x;＝1,x\ty\r\n" --no-guard <in.jsonl
    printf '%s\n' '{"a":"x, -1","b":"x, 1"}' | to_csv 'a;b\r\n"x, -1";x, 1\r\n' -d ';'
}

@test "LibreOffice finds no formula in what tocsv and toxlsx write, whatever it parts cells at" {
    needs_calc
    for sign in = + - @ $'\t=' ' =' ＝ '"=' '=HYPERLINK("x";"y")' "=cmd|' /C calc'!A0;" $'\n='; do
        for before in '' 'x;' 'x; ' $'x\t' 'x,'; do
            jq -cn --arg text "$before${sign}1+1;y" '{text: $text, list: [$text, "z"], ($text): 1}'
        done
    done | jq -sc '(map(del(.text, .list)) | add) as $all | .[] | {text, list} + $all' >in.jsonl
    printf 'a\n=1+1\n' >control.csv
    "$BIN/tocsv" --list-separator ' | ' in.jsonl >out.csv
    "$BIN/toxlsx" --list-separator ' | ' -o book.xlsx in.jsonl
    for file in control.csv out.csv; do
        HOME=$BATS_TEST_TMPDIR soffice --headless --infilter="CSV:44/59/9,34,76,1,,0,false,true,false,false,false,0,true" --convert-to ods "$file" >/dev/null 2>&1
    done
    HOME=$BATS_TEST_TMPDIR soffice --headless --convert-to ods book.xlsx >/dev/null 2>&1
    assert_equal "$(unzip -p control.ods content.xml | grep -c 'table:formula=')" 1
    for book in out book; do
        assert_equal "$(unzip -p "$book.ods" content.xml | grep -o 'table:formula="[^"]*"')" ""
    done
}

@test "tocsv writes an empty cell that is a whole row in quotes, so that it is no blank line" {
    printf '%s\n' '{"a":""}' '{"a":null}' '{"a":"x"}' | to_csv 'a\r\n""\r\n""\r\nx\r\n'
}

@test "tocsv refuses what CSV cannot hold: a NUL, and a record without fields" {
    run -1 --separate-stderr "$BIN/tocsv" <<<'{"a":"x\u0000y"}'
    assert_equal "$stderr" "tocsv: <stdin>:1: field 'a': 'x\\x00y' holds a NUL character, which CSV cannot"
    run -1 --separate-stderr "$BIN/tocsv" <<<'{"_missing":{}}'
    assert_equal "$stderr" 'tocsv: <stdin>:1: no field to make a column of (see --fields)'
}

@test "tocsv refuses names in -f that are empty or given twice" {
    fails_with 2 "tocsv: option '--fields': name 2 is empty (try --help)" "$BIN/tocsv" -f a,
    fails_with 2 "tocsv: option '--fields': name 'a' is given twice (try --help)" "$BIN/tocsv" -f a,a
}

# generate ROWS SEED: random cells, in.csv as tocsv would write them and in.jsonl as records.
generate() {
    awk -v rows="$1" -v state="$2" '
        function random(n) { state = (state * 16807) % 2147483647; return int(state / 7) % n }
        function csv(s) {
            if (s !~ /[,"\r\n]/ && s !~ /^ / && s !~ / $/) return s
            gsub(/"/, "\"\"", s)
            return "\"" s "\""
        }
        function json(s,  i, c, out) {
            for (i = 1; i <= length(s); i++) {
                c = substr(s, i, 1)
                out = out (c == "\"" ? "\\\"" : c == "\\" ? "\\\\" : c == "\n" ? "\\n" : c == "\r" ? "\\r" : c == "\t" ? "\\t" : c)
            }
            return "\"" out "\""
        }
        BEGIN {
            n = split("a|b|ccc dd|,|\"|\r|\n|\r\n| |;|\t|\\|caf\303\251|\342\202\254|\360\237\230\200|=1|1.50|long words and more of them", part, "|")
            part[++n] = "|"
            ORS = ""
            print "first,\"se,cond\",third\r\n" >"in.csv"
            for (r = 0; r < rows; r++) {
                for (c = 0; c < 3; c++) {
                    cell[c] = ""
                    for (k = random(6); k > 0; k--) cell[c] = cell[c] part[random(n) + 1]
                }
                blank = cell[0] cell[1] cell[2] == "" # a row of separators only is none to fromcsv
                print (blank ? "\"\"" : csv(cell[0])) "," csv(cell[1]) "," csv(cell[2]) "\r\n" >"in.csv"
                print "{\"first\":" json(cell[0]) ",\"se,cond\":" json(cell[1]) ",\"third\":" json(cell[2]) "}\n" >"in.jsonl"
            }
        }'
}

@test "tocsv and fromcsv undo each other over 20000 generated rows" {
    generate 20000 2020
    "$BIN/fromcsv" -d , -e UTF-8 in.csv >got.jsonl
    same_as in.jsonl <got.jsonl
    "$BIN/tocsv" --no-guard got.jsonl | same_as in.csv
    for separator in ';' tab '|'; do
        "$BIN/tocsv" --no-guard -d "$separator" --bom --line-end lf in.jsonl >other.csv
        "$BIN/fromcsv" other.csv | same_as in.jsonl
    done
}

@test "tocsv writes a header that readers take for a separator line so that they do not" {
    for field in 'sep=;' 'SEP=|' 'sep=,'; do
        printf '{"%s":"x"}\n' "$field" >in.jsonl
        for separator in , ';'; do
            "$BIN/tocsv" -d "$separator" in.jsonl >in.csv
            "$BIN/fromcsv" in.csv | same_as in.jsonl
        done
    done
    printf '{"sep=;":"x","b":"y"}\n' >in.jsonl
    "$BIN/tocsv" in.jsonl >in.csv
    printf 'sep=;,b\r\nx,y\r\n' | same_as in.csv
}

@test "tocsv leaves out what the tools keep where the first record has no column for it" {
    printf '%s\n' '{"a":1,"_origin":["x.csv:2","y.csv:3"]}' '{"a":2,"_origin":"x.csv:3"}' >in.jsonl
    run -0 --separate-stderr "$BIN/tocsv" -v --line-end lf in.jsonl
    assert_output "$(printf 'a\n1\n2')"
    assert_equal "$stderr" "tocsv: values of fields such as _missing left out: 2 (see --fields, --reasons)"
}
