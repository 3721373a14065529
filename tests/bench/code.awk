# code.awk -- a CSV codebook as a program in Miller's language, the peer of code: one
# alternation, the longest terms first, without cues and rules.
#
#   awk -f code.awk codebook.csv >code.mlr; mlr --ijsonl --ojsonl put -f code.mlr foi.jsonl
function escaped(text) {
    gsub(/[.+#*?()]/, "[&]", text)
    return text
}
BEGIN { FS = "," }
NR > 1 {
    term[++n] = tolower($6)
    code = code (n > 1 ? "," : "") "\"" term[n] "\":\"" $3 "\""
    group[$3] = $5
}
END {
    for (i = 2; i <= n; i++)
        for (j = i; j > 1 && length(term[j]) > length(term[j - 1]); j--) {
            swap = term[j]
            term[j] = term[j - 1]
            term[j - 1] = swap
        }
    for (i = 1; i <= n; i++)
        all = all (i > 1 ? "|" : "") escaped(term[i])
    for (c in group)
        groups = groups (groups == "" ? "" : ",") "\"" c "\":\"" group[c] "\""
    print "begin { @code = {" code "}; @group = {" groups "}; }"
    print "map tech = {}; map kind = {}; str rest = \" \" . tolower($technologies) . \" \";"
    print "while (rest =~ \"^(.*?[^a-z0-9_#+.])(" all ")([^a-z0-9_#+].*)$\") {"
    print "    str code = @code[\"\\2\"]; tech[code] = code; kind[@group[code]] = @group[code]; rest = \"\\3\";"
    print "}"
    print "$tech = get_values(tech); $tech_group = get_values(kind);"
}
