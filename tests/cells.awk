# Prints records of odd cells for property tests: awk -v SEED=1 -v COUNT=1000 -f cells.awk. The random
# numbers are its own (Park & Miller 1988), since awks differ in theirs. Fields as in cells.schema.json.
function next_number(n) { seed = (seed * 16807) % 2147483647; return seed % n }
function word(   k) { return pieces[next_number(count_pieces)] }
function text(   n, s) { n = next_number(4) + 1; s = ""; while (n-- > 0) s = s word(); return "\"" s "\"" }
function cell(   k) {
    k = next_number(10)
    if (k < 5) return "\"" whole[next_number(count_whole)] "\""
    if (k < 8) return text()
    return json[next_number(count_json)]
}
BEGIN {
    seed = SEED
    count_pieces = split(" |\\u00a0|\\t|\\n|-|\\u2013|\\u2019|\\\"|\\\\|\\/|Yes|NO|n/a|s.43|section 12|refused|not held|12|3|.|,|;|1,234|/|2020|e\\u0301|\\u0130|\\u1e9e|\\u00df|\\ufb01|\\u200b|\\u200d|\\ufeff|\\ud83d\\ude00|\\u03a3|\\u1ffd|\\u212b|£|%|the|St|&|NHS FT|b|js|#REF!|â€™|\\u0000|\\u0085|x", p, "|")
    for (i = 1; i <= count_pieces; i++) pieces[i - 1] = p[i]
    count_whole = split("|yes|No|N|1|0|-|999|N/K|N/A|9,99|1.234,5|1,5|1.234|12|12.50|£1,234|95%|31/12/2019|31/02/2020|1/2/2020|02/25/2020|1/2/20|3 Feb 2020|01/02/2020 10:30|2020-02-03|2020-02-03T10:30:00|2020|1999|0999|43831|1;2; 3|js;R;;|1\\n2|1\\n x|Not held|We do not hold this information|s.43 FOIA 2000|Section 12 refused|12 staff; names withheld under section 40|0042|42|01-Mar|1.2E+05|The Anytown NHS FT|St. John\\u2019s|B|YES|999.0|+5|.5|-0", w, "|")
    for (i = 1; i <= count_whole; i++) whole[i - 1] = w[i]
    count_json = split("null|true|false|0|1|-99|999|1.0|1e3|1.500|2020|1E400|[]|[1,\"2\"]|[\" js \",\"R\"]|[null]|[[1]]|{}|{\"a\":[1]}|12345678901234567890123", j, "|")
    for (i = 1; i <= count_json; i++) json[i - 1] = j[i]
    columns = split("Free Text|low|UP|org|i|n|b|d|Any D|dt|y|l|ln|e|p|a|r|extra|_origin", names, "|")
    for (c = 0; c < COUNT; c++) {
        line = ""
        for (i = 1; i <= columns; i++)
            if (next_number(20))
                line = line ",\"" names[i] "\":" (names[i] == "_origin" ? "\"f.csv:" c "\"" : cell())
        if (next_number(10) == 0) line = line ",\"_missing\":{\"b\":\"given\",\"extra\":\"why\",\"Free text\":\"lost\"}"
        print "{" substr(line, 2) "}"
    }
}
