#!/usr/bin/env bats
# report: titles, labels, values, groups, reasons and sentences that want to be markup, commands,
# colours or formulas come out as text in every format; and the page as a browser sees it.
load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    hostile >in.jsonl
}

@test "report sends nothing to a terminal that it would obey, in any format of text" {
    for format in text markdown html csv latex; do
        "$BIN/report" -f $format in.jsonl >out
        run -1 grep -qaP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]' out
    done
    "$BIN/report" in.jsonl | grep -qF '\x1b[31mred\x1b[0m \xc2\x9b a b c \u202erow\u2066 😀'
}

@test "report forges no row of text by a line end in a value" {
    printf '%s\n' '{"a":"x\n  fake  9/9 (100%)"}' '{"a":"y"}' | "$BIN/tabulate" --field a | "$BIN/report" >out
    run -1 grep -q '^  fake' out
    [ "$(grep -c '/2 (50%)' out)" -eq 2 ]
}

@test "report lets no text be an element, an attribute or a script of a page" {
    "$BIN/report" -f html in.jsonl >page.html
    run -1 grep -qF '<script>alert' page.html
    [ "$(grep -c '<script' page.html)" -eq 2 ] # its own, and the data
    # nothing in the data can end the element that holds it
    sed -n '/id="lines"/,/<\/script>/p' page.html | sed '1d;$d' >data
    run -1 grep -q '<' data
    grep -qF '&lt;script&gt;alert(1)&lt;/script&gt;&quot;' page.html
    "$BIN/report" --figure t in.jsonl >t.svg
    run -1 grep -qF '<script' t.svg
    type -t xmllint >/dev/null || skip "no xmllint"
    run -0 xmllint --noout t.svg
}

@test "report lets no text be markup of GitHub or pandoc" {
    "$BIN/report" -f markdown in.jsonl >out.md
    type -t pandoc >/dev/null || skip "no pandoc"
    for reader in gfm markdown; do
        pandoc -f $reader -t json out.md >tree
        run -4 jq -e '.. | objects | select(.t == "Strikeout" or .t == "Math" or .t == "RawInline" or .t == "RawBlock"
            or .t == "Link" or .t == "Cite" or .t == "Emph" or .t == "Strong" or .t == "Code" or .t == "Superscript")' tree
        [ "$(jq '[.. | objects | select(.t == "Table")] | length' tree)" -ge 3 ]
    done
    pandoc -f gfm -t plain --wrap=none out.md | grep -qF "<script>alert(1)</script>\"'&amp; \\input{x} 50% \$x\$ #1 _a_ ^b {c} ~~d~~ [e](f) @user https://x.example"
}

@test "report's Markdown becomes Word with its tables, by pandoc" {
    type -t pandoc >/dev/null || skip "no pandoc"
    printf '{"a":"%s"}\n' x y y | "$BIN/tabulate" --field a | "$BIN/report" -f markdown >out.md
    pandoc -f gfm -o out.docx out.md
    unzip -p out.docx word/document.xml >xml
    grep -q '<w:tbl>' xml
    grep -qF '2/3 (67%)' xml
}

@test "report's LaTeX compiles under pdfTeX and LuaTeX, whatever it holds" {
    "$BIN/report" -f latex in.jsonl >tables.tex
    cat >whole.tex <<'X'
\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{array,booktabs,longtable,threeparttable}
\begin{document}
\input{tables}
See \ref{tab:t}.
\end{document}
X
    found=
    for engine in pdflatex lualatex; do
        type -t $engine >/dev/null || continue
        $engine -interaction=nonstopmode -halt-on-error whole.tex >log 2>&1 || continue # packages may be missing
        found=yes
        run -1 grep -q '^!' whole.log
        type -t pdftotext >/dev/null || continue
        pdftotext -layout whole.pdf text
        grep -qF '3/4 (75%)' text
        grep -qF '[x' text
    done
    [ -n "$found" ] || skip "no LaTeX with booktabs and threeparttable"
}

@test "report's workbook holds every text as text" {
    [ -x "$BIN/toxlsx" ] || skip "built without libxlsxwriter"
    "$BIN/report" -f xlsx -o out.xlsx in.jsonl
    for part in $(unzip -l out.xlsx | awk '/worksheets\/sheet/ { print $4 }'); do
        unzip -p out.xlsx "$part" >xml
        run -1 grep -q '<f>' xml
    done
    "$BIN/fromsheet" --sheet Contents --headers 1 --skip 0 out.xlsx >got
    grep -qF '<script>alert(1)' got
}

# ---- the page as a browser sees it ----

browser() { # [OPTION...] URL: the page after its scripts have run
    type -t chromium >/dev/null || skip "no Chromium"
    timeout 60 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --user-data-dir="$PWD/profile" --enable-logging=stderr --dump-dom "$@" >dom 2>log ||
        skip "Chromium does not run here"
}

@test "report's page runs in a browser without an error, and sorts and counts what it shows" {
    "$BIN/report" -f html in.jsonl >page.html
    # after the page's own script: sort the table of many rows, search, count what is open
    cat >>page.html <<'X'
<script>
var out = [];
var table = document.querySelector("table.one"), button = table.querySelector("th button");
out.push("buttons " + document.querySelectorAll("button[data-save]").length);
out.push("data " + JSON.parse(document.getElementById("lines").textContent).length);
var find = document.getElementById("find");
find.value = "zzz"; find.dispatchEvent(new Event("input"));
out.push("hidden " + document.querySelectorAll("section.t[hidden]").length);
find.value = ""; find.dispatchEvent(new Event("input"));
out.push("shown " + document.querySelectorAll("section.t:not([hidden])").length);
out.push("dead links " + Array.prototype.filter.call(document.querySelectorAll('a[href^="#"]'), function (a) {
    return !document.getElementById(decodeURIComponent(a.hash.slice(1))); }).length);
var ids = {}, twice = 0;
document.querySelectorAll("[id]").forEach(function (e) { twice += ids[e.id] ? 1 : 0; ids[e.id] = 1; });
out.push("ids twice " + twice);
document.body.appendChild(document.createElement("pre")).textContent = "RESULT " + out.join("; ");
</script>
X
    browser "file://$PWD/page.html"
    run -1 grep -E 'CONSOLE.*(rror|efused)' log
    grep -qF "RESULT buttons 4; data $(wc -l <in.jsonl); hidden 2; shown 2; dead links 0; ids twice 0" dom || { grep RESULT dom; return 1; }
}

# AXE=node_modules/axe-core/axe.min.js: axe-core, from npm, looks for what keeps people out.
@test "report's page keeps nobody out, as far as axe-core can tell" {
    [ -f "${AXE:-}" ] || skip "no axe-core (give its file in AXE)"
    "$BIN/report" -f html in.jsonl >page.html
    { echo '<script>'; cat "$AXE"; echo '</script><script>
addEventListener("load", function () {
    document.querySelectorAll("details").forEach(function (d) { d.open = true; });
    axe.run().then(function (r) {
        document.body.appendChild(document.createElement("pre")).textContent = "AXE passes " + (r.passes.length > 20) + " violations " +
            JSON.stringify(r.violations.map(function (v) { return [v.id, v.nodes[0].html]; }));
    });
});
</script>'; } >>page.html
    browser --virtual-time-budget=60000 "file://$PWD/page.html"
    grep -qF 'AXE passes true violations []' dom || { grep AXE dom; return 1; }
}

@test "report's figures hold every text as text: SVG, PDF and PNG" {
    "$BIN/report" --figure all -o svg/ in.jsonl
    [ "$(ls svg | wc -l)" -eq 2 ]
    for file in svg/*; do
        run -1 grep -qaP '<script|[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]' "$file"
        type -t xmllint >/dev/null || continue
        run -0 xmllint --noout "$file"
        # nothing but shapes and words
        xmllint --xpath '//*[not(self::*[local-name()="svg" or local-name()="title" or local-name()="desc" or local-name()="rect" or local-name()="line" or local-name()="path" or local-name()="text"])]' "$file" >other 2>/dev/null || true
        [ ! -s other ]
    done
    grep -qhF '&lt;script&gt;alert(1)' svg/*
    needs_cairo
    "$BIN/report" --figure t -f png in.jsonl >t.png
    "$BIN/report" --figure all -o pdf/ -f pdf in.jsonl
    for file in pdf/*; do
        head -c 5 "$file" | same_as <(printf '%%PDF-')
        run -1 grep -qa '/JavaScript\|/OpenAction\|/URI\|/Launch' "$file"
        type -t pdftotext >/dev/null || continue
        pdftotext "$file" text
        run -1 grep -qP '\x1b|\xe2\x80\xae' text
    done
    type -t pdftotext >/dev/null || skip "no pdftotext"
    grep -qF '%' text
}

@test "report's workbook is opened by LibreOffice with every text as it was" {
    [ -x "$BIN/toxlsx" ] || skip "built without libxlsxwriter"
    needs_calc
    "$BIN/report" -f xlsx -o out.xlsx in.jsonl
    HOME=$PWD soffice --headless --convert-to ods out.xlsx >/dev/null 2>&1
    for book in out.xlsx out.ods; do
        "$BIN/fromsheet" --sheet t --skip 4 --headers 1 "$book" | jq -r '.[]' | grep -v '^x*$' >"$book.texts"
        grep -qF '<script>alert(1)</script>"' "$book.texts"
        grep -qF '\input{x} 50% $x$ #1' "$book.texts"
    done
    run -1 grep -q $'\x1b' out.xlsx.texts
}

@test "report's flat tables give every text back" {
    "$BIN/report" -f jsonl in.jsonl | jq -rs '.[] | select(.table == "t" and .kind == "cell") | .value_label' | sort -u >labels
    "$BIN/report" -f csv in.jsonl | "$BIN/fromcsv" | jq -r 'select(.table == "t" and .kind == "cell") | .value_label' | sort -u | same_as labels
    grep -qF '<script>alert(1)</script>"' labels
}

@test "report renders twenty tables in a fifth of a second, on a page under a megabyte, however many records are public" {
    jq -nc '{public: ["id", "name"], tables: [range(20) | {id: "t\(.)", field: "f\(.)", by: (if . % 2 == 1 then "g" else null end)}]} ' >plan.json
    jq -nc 'range(5000) as $i | {id: "X-\($i)", name: "Trust number \($i) of the land", g: ($i % 3)} + ([range(20) | {key: "f\(.)", value: (($i + .) % 4)}] | from_entries)' >records
    "$BIN/tabulate" -p plan.json records | "$BIN/chisq" --pass >large
    "$BIN/report" -f html -o large.html large
    [ "$(stat -c %s large.html)" -lt 1000000 ]
    grep -q 'too many to be listed here' large.html
    head -n 500 records | "$BIN/tabulate" -p plan.json | "$BIN/chisq" --pass >small
    "$BIN/report" -f html -o small.html small
    [ "$(stat -c %s small.html)" -lt 1000000 ]
    [ -x "$BUILD/bench/measure" ] || skip "no program that measures"
    # instructions are the same on every machine: 0.2 s are some 400 million
    type -t valgrind >/dev/null || skip "no valgrind"
    valgrind --tool=none "$BIN/report" -f html small >/dev/null 2>&1 || skip "valgrind does not run here"
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$BIN/report" -f html small 2>&1 >/dev/null | sed -n 's/.*refs: *//p' | tr -d , >refs
    [ "$(cat refs)" -lt 400000000 ]
}
