#!/usr/bin/env bats
# fromsheet: workbooks shaped as Excel and LibreOffice shape them, written by hand.
load helper

NS='xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELS='xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
OFFICE=http://schemas.openxmlformats.org/officeDocument/2006/relationships

# xlsx FILE SHEET [STRINGS [WORKBOOK]]: a workbook with one sheet 'Sheet1' of the XML in SHEET. Its
# cell styles: 0 General, 1 dd/mm/yyyy, 2 d/m/yy h:mm, 3 h:mm:ss, 4 [h]:mm, 5 0.0%, 6 "Q"0 yyyy, 7 000,
# 8 yyyy, 9 mm:ss.0, 10 #,##0.00 [Red]. More parts come on standard input.
xlsx() {
    {
        echo '--- [Content_Types].xml'
        echo '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        for part in workbook.xml=sheet.main worksheets/sheet1.xml=worksheet styles.xml=styles sharedStrings.xml=sharedStrings; do
            echo "<Override PartName=\"/xl/${part%=*}\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.${part#*=}+xml\"/>"
        done
        echo '</Types>'
        echo '--- _rels/.rels'
        echo "<Relationships $RELS><Relationship Id=\"r1\" Type=\"$OFFICE/officeDocument\" Target=\"/xl/workbook.xml\"/></Relationships>"
        echo '--- xl/_rels/workbook.xml.rels'
        echo "<Relationships $RELS><Relationship Id=\"r1\" Type=\"$OFFICE/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
        echo "<Relationship Id=\"r2\" Type=\"$OFFICE/worksheet\" Target=\"worksheets/sheet2.xml\"/>"
        echo "<Relationship Id=\"r3\" Type=\"$OFFICE/styles\" Target=\"styles.xml\"/>"
        echo "<Relationship Id=\"r4\" Type=\"$OFFICE/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
        echo '--- xl/workbook.xml'
        echo "<?xml version=\"1.0\"?><workbook $NS>${4:-<sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"r1\"/></sheets>}</workbook>"
        echo '--- xl/styles.xml'
        echo "<styleSheet $NS><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy;@\"/><numFmt numFmtId=\"165\" formatCode=\"[h]:mm\"/>"
        echo '<numFmt numFmtId="166" formatCode="0.0%"/><numFmt numFmtId="167" formatCode="&quot;day &quot;0\d"/><numFmt numFmtId="168" formatCode="000"/>'
        echo '<numFmt numFmtId="169" formatCode="yyyy"/><numFmt numFmtId="170" formatCode="[Red]#,##0.00;[$£-809]#,##0"/></numFmts>'
        echo '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>'
        printf '<xf numFmtId="%s"/>' 0 164 22 21 165 166 167 168 169 47 170
        echo '</cellXfs></styleSheet>'
        echo '--- xl/sharedStrings.xml'
        echo "<sst $NS>${3:-}</sst>"
        echo '--- xl/worksheets/sheet1.xml'
        echo "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><worksheet $NS>$2</worksheet>"
        cat
    } | "$BATS_TEST_DIRNAME/zip-parts" "$1"
}

# sheet ROW...: rows of cells of inline text, as sheetData.
sheet() {
    local row cell
    printf '<sheetData>'
    for row in "$@"; do
        printf '<row>'
        while IFS= read -r -d '|' cell; do
            if [ -n "$cell" ]; then
                printf '<c t="inlineStr"><is><t>%s</t></is></c>' "$cell"
            else
                printf '<c/>'
            fi
        done <<<"$row|"
        printf '</row>'
    done
    printf '</sheetData>'
}

# gives EXPECTED [OPTION...] FILE: the records, exactly.
gives() {
    local expected=$1
    shift
    "$BIN/fromsheet" "$@" >got
    diff -u <(printf '%s\n' "$expected") got
}

# value XML: what the one cell <c r="A2" ...> in XML comes out as.
value() {
    xlsx value.xlsx "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>k</t></is></c></row><row r=\"2\">$1</row></sheetData>" "${2:-}" "${3:-}" </dev/null
    "$BIN/fromsheet" value.xlsx | jq -r .k
}

@test "fromsheet makes a record of each row, all values strings" {
    xlsx a.xlsx "$(sheet 'code|answer' 'RXX|Yes, since 2019' 'RYY|')" </dev/null
    gives '{"code":"RXX","answer":"Yes, since 2019"}
{"code":"RYY","answer":""}' a.xlsx
    gives '{"code":"RXX","answer":"Yes, since 2019"}
{"code":"RYY","answer":""}' - <a.xlsx
}

@test "fromsheet writes dates and times in ISO form, by the cell's number format" {
    # Excel: 43895 is 2020-03-05, the serials of 1900 and of the day that never was from its documentation
    assert_equal "$(value '<c r="A2" s="1"><v>43895</v></c>')" 2020-03-05
    assert_equal "$(value '<c r="A2" s="2"><v>43895.604166666664</v></c>')" 2020-03-05T14:30:00
    assert_equal "$(value '<c r="A2" s="2"><v>43895</v></c>')" 2020-03-05T00:00:00
    assert_equal "$(value '<c r="A2" s="2"><v>43895.999999</v></c>')" 2020-03-06T00:00:00
    assert_equal "$(value '<c r="A2" s="3"><v>0.604166666666667</v></c>')" 14:30:00
    assert_equal "$(value '<c r="A2" s="4"><v>1.14583333333333</v></c>')" 27:30:00
    assert_equal "$(value '<c r="A2" s="9"><v>0.0000144675925925926</v></c>')" 00:00:01.250
    assert_equal "$(value '<c r="A2" s="8"><v>43895</v></c>')" 2020
    assert_equal "$(value '<c r="A2" s="1"><v>1</v></c>')" 1900-01-01
    assert_equal "$(value '<c r="A2" s="1"><v>59</v></c>')" 1900-02-28
    assert_equal "$(value '<c r="A2" s="1"><v>61</v></c>')" 1900-03-01
    assert_equal "$(value '<c r="A2" s="1"><v>2958465</v></c>')" 9999-12-31
    assert_equal "$(value '<c r="A2" s="1" t="d"><v>2020-03-05T00:00:00</v></c>')" 2020-03-05
    assert_equal "$(value '<c r="A2" s="6"><v>3</v></c>')" 3
}

@test "fromsheet counts from 1904 where the workbook does" {
    book='<workbookPr date1904="1"/><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets>'
    assert_equal "$(value '<c r="A2" s="1"><v>42433</v></c>' '' "$book")" 2020-03-05
    assert_equal "$(value '<c r="A2" s="1"><v>0</v></c>' '' "$book")" 1904-01-01
}

@test "fromsheet shows a date that no calendar has as Excel does, and flags it" {
    assert_equal "$(value '<c r="A2" s="1"><v>60</v></c>')" 1900-02-29
    assert_equal "$(value '<c r="A2" s="1"><v>-1</v></c>')" -1
    "$BIN/fromsheet" --flags flags.jsonl --stats stats.json value.xlsx >out
    echo '{"file":"value.xlsx:Sheet1","line":2,"field":"k","kind":"impossible_date","value":"-1"}' | same_as flags.jsonl
    assert_equal "$(jq '.flagged_cells' stats.json)" 1
}

@test "fromsheet writes numbers with their shortest exact decimal, whatever their format" {
    assert_equal "$(value '<c r="A2"><v>1.1000000000000001</v></c>')" 1.1
    assert_equal "$(value '<c r="A2"><v>0.30000000000000004</v></c>')" 0.30000000000000004
    assert_equal "$(value '<c r="A2"><v>12</v></c>')" 12
    assert_equal "$(value '<c r="A2"><v>1E3</v></c>')" 1000
    assert_equal "$(value '<c r="A2" s="10"><v>1234.5</v></c>')" 1234.5
    assert_equal "$(value '<c r="A2" s="7"><v>7</v></c>')" 007
}

@test "fromsheet leaves a number that is none, or beyond all numbers, as it stands, and flags it" {
    for number in 1e999 -1E400 inf NaN 0x10 1,5; do
        assert_equal "$(value "<c r=\"A2\"><v>$number</v></c>")" "$number"
        "$BIN/fromsheet" --flags flags.jsonl value.xlsx >out
        assert_equal "$(jq -c '[.kind, .value]' flags.jsonl)" "[\"error_cell\",\"$number\"]"
    done
    {
        xls_globals
        printf '%s\n' '!sheet S 0' '204 =HHH 0 0 0 "sk"' '203 =HHHd 1 0 0 inf' '203 =HHHd 2 0 1 -inf' '203 =HHHd 3 0 1 nan'
    } | "$BATS_TEST_DIRNAME/xls-of" >a.xls
    gives '{"k":"#NUM!"}
{"k":"#NUM!"}
{"k":"#NUM!"}' a.xls
    ods a.ods '<table:table table:name="S"><table:table-row><table:table-cell office:value-type="string"><text:p>k</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="1e999"><text:p>very much</text:p></table:table-cell></table:table-row></table:table>'
    gives '{"k":"very much"}' a.ods
}

@test "fromsheet writes percentages, booleans and errors as they are seen" {
    assert_equal "$(value '<c r="A2" s="5"><v>0.217</v></c>')" 21.7%
    assert_equal "$(value '<c r="A2" s="5"><v>0.29</v></c>')" 29%
    assert_equal "$(value '<c r="A2" s="5"><v>-1.5</v></c>')" -150%
    assert_equal "$(value '<c r="A2" s="5"><v>0.00012345</v></c>')" 0.012345%
    assert_equal "$(value '<c r="A2" t="b"><v>1</v></c>')" TRUE
    assert_equal "$(value '<c r="A2" t="b"><v>0</v></c>')" FALSE
    assert_equal "$(value '<c r="A2" t="e"><f>A9</f><v>#REF!</v></c>')" '#REF!'
    "$BIN/fromsheet" --flags flags.jsonl --stats stats.json value.xlsx >out
    echo '{"file":"value.xlsx:Sheet1","line":2,"field":"k","kind":"error_cell","value":"#REF!"}' | same_as flags.jsonl
    assert_equal "$(jq '.files[0].sheets[0].error_cells' stats.json)" 1
}

@test "fromsheet reads a formula's stored result, and says if there is none" {
    assert_equal "$(value '<c r="A2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>')" ab
    assert_equal "$(value '<c r="A2"><f>1+1</f><v>2</v></c>')" 2
    xlsx f.xlsx '<sheetData><row><c t="inlineStr"><is><t>k</t></is></c></row><row><c><f>1+1</f></c><c><v>1</v></c></row></sheetData>' </dev/null
    run -0 --separate-stderr "$BIN/fromsheet" f.xlsx
    assert_output '{"k":"","column_2":"1"}'
    assert_equal "$stderr" "fromsheet: f.xlsx: sheet 'Sheet1': 1 formula has no stored result, so its cell is empty (open the workbook and save it)"
}

@test "fromsheet tells attributes of one name apart by their prefixes" {
    xlsx a.xlsx "$(sheet k a)" '' '<sheets><sheet name="Sheet1" sheetId="1" id="r2" r:id="r1"/></sheets>' </dev/null
    gives '{"k":"a"}' a.xlsx
}

@test "fromsheet joins rich text, leaves out phonetic runs and decodes _x000D_" {
    strings='<si><r><t>Mic</t></r><r><rPr><b/></rPr><t xml:space="preserve">ro </t></r></si><si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si><si><t>a_x000D_&#10;b _x005F_x000D_ _xD83D__xDE00_ _xD83D_</t></si>'
    xlsx a.xlsx '<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row><c t="s"><v>2</v></c><c t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c></row></sheetData>' "$strings" </dev/null
    gives '{"Micro":"a\r\nb _x000D_ 😀 _xD83D_","東京":"inline"}' a.xlsx
}

@test "fromsheet reads what a sheet hides, counts it, and --visible leaves it out" {
    book='<sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/><sheet name="Secret" sheetId="2" state="hidden" r:id="r2"/></sheets>'
    rows='<cols><col min="2" max="2" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>'
    rows+='<row r="2" hidden="1"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c><c r="C2"><v>3</v></c></row><row r="3"><c r="A3"><v>4</v></c><c r="B3"><v>5</v></c><c r="C3"><v>6</v></c></row></sheetData>'
    rows+='<autoFilter ref="A1:C3"><filterColumn colId="0"/></autoFilter>'
    strings='<si><t>a</t></si><si><t>b</t></si><si><t>c</t></si>'
    xlsx a.xlsx "$rows" "$strings" "$book" < <(echo '--- xl/worksheets/sheet2.xml'; echo "<worksheet $NS>$(sheet 'z' '9')</worksheet>")
    gives '{"a":"1","b":"2","c":"3"}
{"a":"4","b":"5","c":"6"}' --stats stats.json a.xlsx
    assert_equal "$(jq -c '.files[0].sheets[0] | [.hidden_rows, .filtered_rows, .hidden_columns]' stats.json)" '[1,1,1]'
    assert_equal "$(jq -c '.files[0].sheets_not_read' stats.json)" '["Secret"]'
    gives '{"a":"4","c":"6"}' --visible a.xlsx
    gives '{"a":"1","b":"2","c":"3"}
{"a":"4","b":"5","c":"6"}
{"z":"9"}' --sheet all a.xlsx
    gives '{"a":"4","c":"6"}' --sheet all --visible a.xlsx
    gives '{"z":"9"}' --sheet Secret a.xlsx
    gives '{"z":"9"}' --sheet 2 a.xlsx
    run -0 --separate-stderr "$BIN/fromsheet" -v a.xlsx
    assert_equal "$stderr" "fromsheet: a.xlsx: sheet 'Sheet1': header in row 1, 2 rows, 3 columns, 1 hidden rows read, 1 rows that a filter hides read, 1 hidden columns read
fromsheet: a.xlsx: hidden sheet 'Secret' not read"
    fails_with 1 "fromsheet: a.xlsx: no sheet 'Third' (there are 'Sheet1', 'Secret')" "$BIN/fromsheet" --sheet Third a.xlsx
}

@test "fromsheet gives a merged range once, and --fill-merged in each of its cells" {
    rows="$(sheet 'k|v|w' 'a|1|x' '|2|' '|3|')<mergeCells><mergeCell ref=\"A2:A4\"/><mergeCell ref=\"C2:D2\"/></mergeCells>"
    xlsx a.xlsx "$rows" </dev/null
    gives '{"k":"a","v":"1","w":"x"}
{"k":"","v":"2","w":""}
{"k":"","v":"3","w":""}' a.xlsx
    gives '{"k":"a","v":"1","w":"x","column_4":"x"}
{"k":"a","v":"2","w":"","column_4":""}
{"k":"a","v":"3","w":"","column_4":""}' --fill-merged a.xlsx
}

@test "fromsheet --headers joins rows of headers, a merged one over each of its columns" {
    rows="$(sheet 'code|Staff||Note' '|2019|2020|' 'RXX|1|2|n')<mergeCells><mergeCell ref=\"B1:C1\"/><mergeCell ref=\"A1:A2\"/></mergeCells>"
    xlsx a.xlsx "$rows" </dev/null
    gives '{"code":"RXX","Staff 2019":"1","Staff 2020":"2","Note":"n"}' --headers 2 a.xlsx
    # where nothing is merged in the upper row its texts hold for the empty cells behind them
    xlsx b.xlsx "$(sheet 'code|Staff||Cost' '|2019|2020|2019|2020' 'RXX|1|2|3|4')" </dev/null
    gives '{"code":"RXX","Staff 2019":"1","Staff 2020":"2","Cost 2019":"3","Cost 2020":"4"}' --headers 2 b.xlsx
    fails_with 2 "fromsheet: option '--headers' takes 1 to 100, not 0 (try --help)" "$BIN/fromsheet" --headers 0 a.xlsx
}

@test "fromsheet --stop-at-blank ends at the blank row below the table, and counts what is behind it" {
    xlsx a.xlsx "$(sheet 'Title' '' 'code|n' 'A|1' 'B|2' '' '(1) a note' 'another')" </dev/null
    gives '{"code":"A","n":"1"}
{"code":"B","n":"2"}' --stop-at-blank --stats stats.json a.xlsx
    assert_equal "$(jq -c '.files[0].sheets[0] | [.rows, .behind_blank]' stats.json)" '[2,2]'
    run -0 --separate-stderr "$BIN/fromsheet" a.xlsx
    assert_equal "${#lines[@]}" 4
    mapfile -t rows < <(seq 40 | sed 's/$/|x/' && echo && echo note)
    xlsx long.xlsx "$(sheet 'code|n' "${rows[@]}")" </dev/null
    run -0 --separate-stderr "$BIN/fromsheet" --stop-at-blank long.xlsx
    assert_equal "${#lines[@]}" 40
}

@test "fromsheet finds the header below titles, and --skip says where it is" {
    xlsx a.xlsx "$(sheet 'Replies to our request' '' 'of March 2020' 'code|b|c|d' '1|2|3|4')" </dev/null
    gives '{"code":"1","b":"2","c":"3","d":"4"}' --stats stats.json a.xlsx
    assert_equal "$(jq -c '.files[0].sheets[0] | [.header_row, .rows_above]' stats.json)" '[4,2]'
    run -0 --separate-stderr "$BIN/fromsheet" -v a.xlsx
    assert_equal "$stderr" "fromsheet: a.xlsx: sheet 'Sheet1': header in row 4 (guessed), 2 rows above the header passed over, 1 rows, 4 columns"
    gives '{"of March 2020":"code","column_2":"b","column_3":"c","column_4":"d"}
{"of March 2020":"1","column_2":"2","column_3":"3","column_4":"4"}' --skip 2 a.xlsx
}

@test "fromsheet --range reads those cells only" {
    xlsx a.xlsx "$(sheet 'x|y|z' 'a|b|c' '1|2|3' '4|5|6' 'total||9')" </dev/null
    gives '{"b":"2","c":"3"}
{"b":"5","c":"6"}' --range B2:C4 a.xlsx
    fails_with 2 "fromsheet: option '--range' takes cells such as A3:F99, not 'C4:B2' (try --help)" "$BIN/fromsheet" --range C4:B2 a.xlsx
}

@test "fromsheet --comments adds the comments of a row's cells" {
    xlsx a.xlsx "$(sheet 'k|v' 'a|1' 'b|2')" < <(
        echo '--- xl/worksheets/_rels/sheet1.xml.rels'
        echo "<Relationships $RELS><Relationship Id=\"c\" Type=\"$OFFICE/comments\" Target=\"../comments1.xml\"/></Relationships>"
        echo '--- xl/comments1.xml'
        echo "<comments $NS><commentList><comment ref=\"B3\"><text><r><t>estimated</t></r></text></comment></commentList></comments>"
    )
    gives '{"k":"a","v":"1"}
{"k":"b","v":"2","_comments":{"v":"estimated"}}' --comments a.xlsx
}

@test "fromsheet --origin adds file, sheet and row" {
    xlsx a.xlsx "$(sheet 'k|_origin' 'a|x')" </dev/null
    gives '{"k":"a","_origin_2":"x","_origin":"a.xlsx:Sheet1!2"}' --origin a.xlsx
}

@test "fromsheet drops blank rows and columns, counts them, and names columns without a header" {
    rows='<sheetData><row r="2"><c r="B2" t="inlineStr"><is><t>k</t></is></c><c r="D2" t="inlineStr"><is><t>k</t></is></c></row><row r="3"><c r="B3"><v>1</v></c><c r="C3"><v>2</v></c></row>'
    rows+='<row r="6"><c r="B6"><v>3</v></c><c r="D6"><v>4</v></c><c r="F6" s="1"/></row><row r="7"><c r="A7" s="1"/></row></sheetData>'
    xlsx a.xlsx "$rows" </dev/null
    gives '{"k":"1","column_3":"2","k_2":""}
{"k":"3","column_3":"","k_2":"4"}' --stats stats.json a.xlsx
    assert_equal "$(jq -c '.files[0].sheets[0] | [.blank_rows, .blank_columns, .columns]' stats.json)" '[3,1,3]'
}

@test "fromsheet keeps a cell beyond the columns that the first rows use, under its column's place" {
    mapfile -t many < <(seq 150 | sed 's/$/|x/')
    xlsx a.xlsx "$(sheet 'k|v' "${many[@]}" 'last|y|late')" </dev/null
    run -0 bash -c '"$0" --stats stats.json a.xlsx | tail -n 1' "$BIN/fromsheet"
    assert_output '{"k":"last","v":"y","column_3":"late"}'
    assert_equal "$(jq -c '.files[0].sheets[0] | [.rows, .late_columns]' stats.json)" '[151,1]'
}

ODS='xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:calcext="c" xmlns:dc="d" xmlns:draw="w"'

# ods FILE TABLES [STYLES]
ods() {
    "$BATS_TEST_DIRNAME/zip-parts" "$1" <<PARTS
--- mimetype
application/vnd.oasis.opendocument.spreadsheet
--- content.xml
<?xml version="1.0"?><office:document-content $ODS><office:automatic-styles>${3:-}</office:automatic-styles><office:body><office:spreadsheet>$2</office:spreadsheet></office:body></office:document-content>
PARTS
}

@test "fromsheet reads the spaces of OpenDocument texts" {
    # LibreOffice 7.4's CSV of the first; of the second OpenDocument 1.3, part 3, 6.1.2: white space before an element stays
    ods a.ods '<table:table table:name="S"><table:table-row><table:table-cell office:value-type="string"><text:p>k</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p><text:s text:c="2"/>sp <text:s/></text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>a <text:tab/>b  c</text:p></table:table-cell></table:table-row></table:table>'
    assert_equal "$("$BIN/fromsheet" a.ods | jq -c .k | paste -sd' ')" '"  sp  " "a \tb c"'
}

@test "fromsheet writes whole numbers of sixteen digits with all of them" {
    ods a.ods '<table:table table:name="S"><table:table-row><table:table-cell office:value-type="string"><text:p>k</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="4111111111111110"><text:p>x</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="1000000000000000"><text:p>x</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="-9007199254740991"><text:p>x</text:p></table:table-cell></table:table-row></table:table>'
    assert_equal "$("$BIN/fromsheet" a.ods | jq -r .k | paste -sd' ')" '4111111111111110 1000000000000000 -9007199254740991'
}

@test "fromsheet reads OpenDocument cells by their values" {
    ods a.ods '<table:table table:name="S"><table:table-column/><table:table-row><table:table-cell office:value-type="string"><text:p>k</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>v</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="date" office:date-value="2020-03-05"><text:p>5 Mar</text:p></table:table-cell><table:table-cell office:value-type="percentage" office:value="0.217"><text:p>22%</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="time" office:time-value="PT27H30M00S"><text:p>27:30</text:p></table:table-cell><table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>WAHR</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="7"><text:p>007</text:p></table:table-cell><table:table-cell office:value-type="currency" office:value="1200"><text:p>1.200 €</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="1.50"><text:p>1,5</text:p></table:table-cell><table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><office:annotation><dc:creator>x</dc:creator><text:p>hm</text:p></office:annotation><text:p>a <text:span> b</text:span><text:s text:c="2"/>c</text:p><text:p>d</text:p></table:table-cell><table:table-cell><draw:frame><text:p>a shape</text:p></draw:frame></table:table-cell></table:table-row></table:table>'
    gives '{"k":"2020-03-05","v":"21.7%"}
{"k":"27:30:00","v":"TRUE"}
{"k":"007","v":"1200"}
{"k":"1.5","v":"#REF!"}
{"k":"a b  c\nd","v":"","_comments":{"k":"hm"}}' --comments a.ods
}

@test "fromsheet reads repeated, merged and hidden rows and cells of an OpenDocument sheet" {
    ods a.ods '<table:table table:name="S"><table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/><table:table-row><table:table-cell table:number-columns-repeated="3" office:value-type="string"><text:p>k</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="1"/><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="1" office:value-type="float" office:value="2"/><table:covered-table-cell/></table:table-row>
<table:table-row table:visibility="filter"><table:table-cell office:value-type="float" office:value="3"/></table:table-row><table:table-row table:number-rows-repeated="1048572"><table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>
<table:table table:name="H" table:style-name="ta2"/>' '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    gives '{"k":"1","k_2":"2","k_3":"","_origin":"a.ods:S!2"}
{"k":"1","k_2":"2","k_3":"","_origin":"a.ods:S!3"}
{"k":"3","k_2":"","k_3":"","_origin":"a.ods:S!4"}' --origin --stats stats.json a.ods
    assert_equal "$(jq -c '.files[0].sheets[0] | [.hidden_rows, .filtered_rows, .hidden_columns, .merged_ranges]' stats.json)" '[1,1,1,1]'
    gives '{"k":"1","k_2":"2"}
{"k":"1","k_2":"2"}' --visible --sheet all a.ods
}

@test "fromsheet names what a file is that is no workbook, and fromcsv names fromsheet" {
    printf 'a,b\n1,2\n' >csv.xlsx
    fails_with 1 "fromsheet: csv.xlsx: text (try fromcsv)" "$BIN/fromsheet" csv.xlsx
    printf '%%PDF-1.4' >p.xlsx
    fails_with 1 "fromsheet: p.xlsx: a PDF file" "$BIN/fromsheet" p.xlsx
    printf '<table><tr><td>a</td></tr></table>' >page.xls
    fails_with 1 "fromsheet: page.xls: a web page (save it as .xlsx)" "$BIN/fromsheet" page.xls
    "$BATS_TEST_DIRNAME/zip-parts" w.xlsx <<<$'--- [Content_Types].xml\n<T/>\n--- word/document.xml\n<d/>'
    fails_with 1 "fromsheet: w.xlsx: a Word document (see fromdocs)" "$BIN/fromsheet" w.xlsx
    xlsx a.csv "$(sheet 'k' '1')" </dev/null
    run -1 "$BIN/fromcsv" a.csv
    [[ $output == "fromcsv: a.csv: "*fromsheet* ]]
}

@test "fromsheet refuses broken and encrypted workbooks, and --rejects goes on" {
    xlsx a.xlsx "$(sheet 'k' '1')" </dev/null
    head -c 600 a.xlsx >cut.xlsx
    run -1 --separate-stderr "$BIN/fromsheet" cut.xlsx
    [[ $stderr == "fromsheet: cut.xlsx: "* ]]
    xlsx bad.xlsx '<sheetData><row><c t="s"><v>7</v></c></row></sheetData>' </dev/null
    fails_with 1 "fromsheet: bad.xlsx: a cell of row 1 has a text that is not in the workbook" "$BIN/fromsheet" bad.xlsx
    "$BATS_TEST_DIRNAME/zip-parts" e.ods <<<$'--- content.xml\nxx\n--- META-INF/manifest.xml\n<manifest><file-entry><encryption-data/></file-entry></manifest>'
    fails_with 1 "fromsheet: e.ods: needs a password" "$BIN/fromsheet" e.ods
    { printf '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'; head -c 504 /dev/zero; printf 'E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0'; } >e.xlsx
    fails_with 1 "fromsheet: e.xlsx: needs a password" "$BIN/fromsheet" e.xlsx
    run -0 --separate-stderr "$BIN/fromsheet" --rejects rejects.jsonl bad.xlsx a.xlsx
    assert_output '{"k":"1"}'
    assert_equal "$(jq -c '[.file, .reason]' rejects.jsonl)" '["bad.xlsx","a cell of row 1 has a text that is not in the workbook"]'
}

@test "fromsheet ends on hostile workbooks in bounded time and memory, with a reason" {
    xlsx dtd.xlsx '' </dev/null
    "$BATS_TEST_DIRNAME/zip-parts" dtd.ods <<<$'--- content.xml\n<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    fails_with 1 "fromsheet: dtd.ods: a document type declaration, which no office program writes" "$BIN/fromsheet" dtd.ods
    { echo '--- content.xml'; echo '<x>'; echo '--- bomb *1'; echo x; } | "$BATS_TEST_DIRNAME/zip-parts" cut.ods
    run -1 --separate-stderr "$BIN/fromsheet" cut.ods
    [[ $stderr == "fromsheet: cut.ods: broken XML: "* ]]
    { echo '--- [Content_Types].xml'; echo '<T/>'; echo '--- xl/workbook.xml *30000000'; echo '<a></a>'; } | "$BATS_TEST_DIRNAME/zip-parts" bomb.xlsx
    run -1 --separate-stderr within_memory 400000 bash -c 'ulimit -t 20; exec "$0" bomb.xlsx' "$BIN/fromsheet"
    [[ $stderr == "fromsheet: bomb.xlsx: "* ]]
    ods rows.ods '<table:table table:name="S"><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row></table:table>'
    fails_with 1 "fromsheet: rows.ods: rows that repeat without end" "$BIN/fromsheet" rows.ods
}

# LibreOffice and xlsx2csv read the same files: cell by cell.
@test "fromsheet agrees with xlsx2csv and LibreOffice" {
    command -v xlsx2csv >/dev/null || skip "no xlsx2csv"
    xlsx a.xlsx '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row><row r="2"><c r="A2" t="s"><v>3</v></c><c r="B2" s="1"><v>43895</v></c><c r="C2"><v>1</v></c></row><row r="3"><c r="A3"><v>12.5</v></c><c r="B3" s="1"><v>61</v></c><c r="C3"/></row></sheetData>' '<si><t>k</t></si><si><t>d</t></si><si><t>b</t></si><si><t>x, "y"</t></si>' </dev/null
    xlsx2csv -f %Y-%m-%d a.xlsx | "$BIN/fromcsv" >expected
    "$BIN/fromsheet" a.xlsx | same_as expected
    needs_calc
    HOME=$BATS_TEST_TMPDIR soffice --headless --convert-to ods a.xlsx >/dev/null 2>&1
    "$BIN/fromsheet" a.ods | same_as expected
}

# Records of a workbook of Excel 97, by Microsoft's [MS-XLS]: two styles (0 General, 1 dd/mm/yyyy, 2 percent).
xls_globals() {
    printf '%s\n' '22 =H 0' '41E =H 164 "sdd/mm/yyyy"' 'E0 =HH 0 0' 'E0 =HH 0 164' 'E0 =HH 0 9'
}

@test "fromsheet reads the cells of an xls workbook: texts, numbers, results of formulas, errors" {
    {
        xls_globals
        # SST: three texts, the second of 16 bits, the third with a run of formatting
        printf '%s\n' 'FC =II 3 3 sk "uŵ" =HBHBBBHH 3 8 1 97 98 99 0 0'
        printf '%s\n' '!sheet S 0' 'FD =HHHI 0 0 0 0' 'FD =HHHI 0 1 0 1' '204 =HHH 0 2 0 "sx y"'
        printf '%s\n' '203 =HHHd 1 0 1 43895' '27E =HHHI 1 1 0 50' 'FD =HHHI 1 2 0 2'
        printf '%s\n' 'BD =HHHIHIH 2 0 2 0x3FD00000 0 4931 1' '205 =HHHBB 2 2 0 1 0'
        printf '%s\n' '6 =HHHBBIHHI 3 0 0 0 0 0 0xFFFF 0 0' '207 "sresult"' '6 =HHHdHI 3 1 0 2.5 0 0' '6 =HHHBBBBHHHI 3 2 0 2 0 42 0 0 0xFFFF 0 0'
    } | "$BATS_TEST_DIRNAME/xls-of" >a.xls
    gives '{"k":"2020-03-05","ŵ":"12","x y":"abc"}
{"k":"25%","ŵ":"12.32","x y":"TRUE"}
{"k":"result","ŵ":"2.5","x y":"#N/A"}' a.xls
    gives '{"k":"2020-03-05","ŵ":"12","x y":"abc"}
{"k":"25%","ŵ":"12.32","x y":"TRUE"}
{"k":"result","ŵ":"2.5","x y":"#N/A"}' - <a.xls
}

@test "fromsheet reads what an xls workbook hides, merges and comments on" {
    {
        xls_globals
        printf '%s\n' '!sheet S 0' '7D =HHHHH 1 1 0 0 1' '208 =HHHHHHHH 1 0 2 0 0 0 0x20 0'
        printf '%s\n' '204 =HHH 0 0 0 sk' '204 =HHH 0 1 0 sv' '204 =HHH 1 0 0 sa' '204 =HHH 1 1 0 sb' '204 =HHH 2 0 0 sc' '9B'
        printf '%s\n' 'E5 =HHHHH 1 2 2 0 1' '5D =HHHHI 0x15 18 25 7 0' '1B6 =HHIHHHI 0 0 0 0 5 0 0' '3C =BBBBBB 0 104 101 108 108 111' '1C =HHHH 2 0 0 7'
        printf '%s\n' '!sheet H 1' '204 =HHH 0 0 0 sz' '204 =HHH 1 0 0 s9'
    } | "$BATS_TEST_DIRNAME/xls-of" >a.xls
    gives '{"k":"a","v":"b"}
{"k":"c","v":"c","_comments":{"k":"hello"}}' --fill-merged --comments --stats stats.json a.xls
    assert_equal "$(jq -c '.files[0].sheets[0] | [.hidden_rows, .filtered_rows, .hidden_columns, .merged_ranges, .comments]' stats.json)" '[1,1,1,1,1]'
    gives '{"k":"c"}' --visible a.xls
    gives '{"z":"9"}' --sheet H a.xls
}

# A sheet of N rows, a comment on each, the last row's first.
commented() { # N
    xls_globals
    echo '!sheet S 0'
    seq 0 "$1" | sed 's/.*/204 =HHH & 0 0 sk/'
    seq "$1" -1 1 | sed 's/.*/5D =HHHHI 0x15 18 25 & 0\n1B6 =HHIHHHI 0 0 0 0 1 0 0\n3C =BB 0 104/'
    seq 1 "$1" | sed 's/.*/1C =HHHH & 0 0 &/'
}

@test "fromsheet takes time for each comment of an xls workbook, not for each pair of comment and cell" {
    command -v valgrind >/dev/null || skip "no valgrind"
    ! grep -q __asan_init "$BIN/fromsheet" || skip "valgrind runs no sanitizers"
    local n counts=()
    for n in 2000 8000; do
        commented $n | "$BATS_TEST_DIRNAME/xls-of" >a.xls
        "$BIN/fromsheet" --comments a.xls >got
        assert_equal "$(jq -c ._comments got | sort | uniq -c | tr -s ' ')" " $n {\"k\":\"h\"}"
        counts+=("$(valgrind --tool=callgrind --callgrind-out-file=/dev/null "$BIN/fromsheet" --comments a.xls 2>&1 >/dev/null | sed -n 's/.*refs: *//p' | tr -d ,)")
    done
    # four times as many take four times as long; pairs would take sixteen times as long
    [ "${counts[1]}" -lt $((6 * counts[0])) ]
}

@test "fromsheet refuses an xls workbook that is cut off, encrypted or older" {
    { xls_globals; printf '%s\n' '!sheet S 0' '204 =HHH 0 0 0 sk' '204 =HHH 1 0 0 s1'; } >records
    for cut in 1 512 600 2000 4000; do
        "$BATS_TEST_DIRNAME/xls-of" --cut "$cut" <records >cut.xls
        run --separate-stderr "$BIN/fromsheet" cut.xls
        [ "$status" = 1 ] || [ "$output" = '{"k":"1"}' ]
    done
    # a list of texts that ends within the length of one
    { xls_globals; printf '%s\n' 'FC =IIB 1 1 5' '!sheet S 0' 'FD =HHHI 0 0 0 0'; } | "$BATS_TEST_DIRNAME/xls-of" >texts.xls
    run -1 --separate-stderr "$BIN/fromsheet" texts.xls
    assert_equal "$output" ""
    { echo '2F =H 0'; cat records; } | "$BATS_TEST_DIRNAME/xls-of" >e.xls
    fails_with 1 "fromsheet: e.xls: needs a password" "$BIN/fromsheet" e.xls
}

@test "fromsheet agrees with openpyxl on a workbook of its making, cell by cell" {
    python=$(for p in python3 /usr/bin/python3; do "$p" -c 'import openpyxl' 2>/dev/null && echo "$p" && break; done) || true
    [ -n "$python" ] || skip "no openpyxl"
    "$python" - >expected <<'END'
import datetime, json, random
import openpyxl
random.seed(1)
book = openpyxl.Workbook()
sheet = book.active
sheet.append(['text', 'whole', 'real', 'date', 'moment', 'time', 'truth', 'share'])
for i in range(200):
    moment = datetime.datetime(1900, 3, 1) + datetime.timedelta(days=random.randrange(60000), seconds=random.randrange(86400))
    sheet.append([random.choice(['a', 'é "x"', 'two\nlines', ' spaced ', '007', '東京']), random.randrange(-10**9, 10**9),
                  random.uniform(-1, 1) * 10 ** random.randrange(-5, 10), moment.date(), moment, moment.time(), bool(i % 2), random.randrange(1000) / 1000])
    sheet.cell(i + 2, 8).number_format = '0.0%'
book.save('o.xlsx')
for row in openpyxl.load_workbook('o.xlsx').active.iter_rows(min_row=2, values_only=True):
    text, whole, real, date, moment, time, truth, share = row
    out = [text, str(whole), None, date.date().isoformat(), moment.isoformat(timespec='seconds'), time.isoformat(timespec='seconds'),
           str(truth).upper(), ('%.1f' % (share * 100)).removesuffix('.0') + '%', real]
    print(json.dumps(out, ensure_ascii=False, separators=(',', ':')))
END
    # a real number has to read back as the same one; how it is spelled is its own matter
    "$BIN/fromsheet" o.xlsx | jq -c '[.text, .whole, null, .date, .moment, .time, .truth, .share, (.real | tonumber)]' >got
    jq -c . expected | same_as got
}

@test "fromsheet reads the same from the xlsx, ods and xls that LibreOffice makes of one table" {
    needs_calc
    printf 'k,n,d,p,t\na,1.5,2020-03-05,3%%,"x, ""y"""\nb,-2,1999-12-31,21.7%%,café\n,,,,\nc,1e10,2020-02-29,100%%,\n' >t.csv
    for kind in xlsx ods xls; do
        HOME=$BATS_TEST_TMPDIR soffice --headless --convert-to "$kind" --infilter='CSV:44,34,76' t.csv >/dev/null 2>&1
        gives '{"k":"a","n":"1.5","d":"2020-03-05","p":"3%","t":"x, \"y\""}
{"k":"b","n":"-2","d":"1999-12-31","p":"21.7%","t":"café"}
{"k":"c","n":"10000000000","d":"2020-02-29","p":"100%","t":""}' "t.$kind"
    done
}
