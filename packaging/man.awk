# man.awk -- a page of docs/*.md as a manual page, man(7).
#     awk -v name=foi-code -v section=1 -v version=0.2.0 -v date=2026-11-28 -f packaging/man.awk docs/code.md
# It knows the Markdown that the pages use: headings, paragraphs, lists, code, tables, quotes, links.
# A table becomes a list with the first cell as its tag, since cells here are sentences.

# Characters that roff takes for its own.
function plain(text) {
    gsub(/\\/, "\\e", text)
    gsub(/-/, "\\-", text)
    return text
}

# `code`, **bold**, *words* and [links](to).
function inline(text, done, at, end, rest) {
    while (match(text, /\[[^]]+\]\([^)]*\)/)) {
        rest = substr(text, RSTART, RLENGTH)
        sub(/^\[/, "", rest)
        sub(/\]\([^)]*\)$/, "", rest)
        text = substr(text, 1, RSTART - 1) rest substr(text, RSTART + RLENGTH)
    }
    while (match(text, /`[^`]+`|\*\*[^*]+\*\*|\*[^ *][^*]*\*/)) {
        rest = substr(text, RSTART, RLENGTH)
        done = done plain(substr(text, 1, RSTART - 1))
        text = substr(text, RSTART + RLENGTH)
        if (rest ~ /^\*[^*]/)
            done = done "\\fI" plain(substr(rest, 2, length(rest) - 2)) "\\fR"
        else {
            gsub(/^(`|\*\*)|(`|\*\*)$/, "", rest)
            done = done "\\fB" plain(rest) "\\fR"
        }
    }
    return done plain(text)
}

# A line of text: one that begins with a dot or a quote would be a request.
function put(text) {
    sub(/^[ \t]+/, "", text)
    sub(/[ \t]+$/, "", text)
    if (text == "") return
    print (text ~ /^[.']/ ? "\\&" : "") text
}

# Ends the paragraph, list item or row that is open.
function flush() {
    gsub(/!\[[^]]*\]\([^)]*\)/, "", held) # pictures
    if (held == "") return
    if (!begun) print opening
    begun = 0
    put(inline(held))
    held = ""
}

function open_block(request, text) {
    flush()
    opening = request
    held = text
}

function heading(request, text) {
    flush()
    gsub(/`/, "", text)
    print request " " (request == ".SH" ? toupper(plain(text)) : plain(text))
    opening = ".PP"
    fresh = 1
}

function row(line, cells, count, i, text, cell) {
    flush()
    gsub(/\\\|/, "\001", line)
    sub(/^\| */, "", line)
    sub(/ *\|$/, "", line)
    count = split(line, cells, / *\| */)
    for (i = 2; i <= count; i++) {
        cell = cells[i]
        if (cell != "") text = text (text == "" ? "" : "; ") cell
    }
    gsub(/\001/, "|", cells[1])
    gsub(/\001/, "|", text)
    print ".TP"
    put(cells[1] == "" ? "\\&" : inline(cells[1]))
    put(text == "" ? "\\&" : inline(text))
    fresh = 0
}

# A page that is no program's has a title and no section NAME.
function introduce() {
    if (title == "") return
    print ".SH NAME"
    print plain(name) " \\- " inline(title)
    title = ""
    heading(".SH", "Description")
}

BEGIN {
    print ".\\\" made from the Markdown of the same name"
    printf ".TH %s %s %s \"foi-filters %s\" \"foi-filters\"\n", toupper(plain(name)), section, date, version
}

/^```/ {
    if (code) {
        print ".EE\n.RE"
        code = 0
    } else {
        flush()
        print (fresh ? "" : ".PP\n") ".RS 4\n.EX"
        code = 1
    }
    fresh = 0
    next
}
code {
    gsub(/\\/, "\\e")
    gsub(/-/, "\\-")
    print (/^[.']/ ? "\\&" : "") $0
    next
}

/^# / { title = substr($0, 3); next }
/^## Name$/ { title = ""; heading(".SH", "Name"); naming = 1; next }
/^## / { naming = rest_of_name = 0; heading(".SH", substr($0, 4)); next }
/^### / { heading(".SS", substr($0, 5)); next }

/^\|/ {
    if (!table) { # the row of heads
        flush()
        table = 1
        next
    }
    if ($0 ~ /^\|[-:| ]+\|?$/) next
    row($0)
    next
}
{ table = 0 }

/^$/ { flush(); opening = ".PP"; rest_of_name = 0; next }

# NAME has its own form: "foi-code \- turns answers into codes".
naming && match($0, / – /) {
    print plain(name) " \\- " inline(substr($0, RSTART + RLENGTH))
    naming = 0
    rest_of_name = 1
    next
}
rest_of_name && /^[^#]/ { put(inline($0)); next }

/^- `[^`]+`(, `[^`]+`)*: / { # an option and what it does
    what = substr($0, match($0, /: /) + 2)
    tag = substr($0, 3, length($0) - length(what) - 4)
    introduce()
    open_block(".TP\n" inline(tag), what)
    next
}
/^- / { open_block(".IP \\(bu 2", substr($0, 3)); next }
/^[0-9]+\. / { open_block(".IP " $1 " 4", substr($0, length($1) + 2)); next }
/^ +- / { sub(/^ +- /, ""); open_block(".IP \\(en 4", $0); next }
/^> / { open_block(".PP", substr($0, 3)); next }

{
    introduce()
    if (held == "") {
        begun = fresh # a paragraph right below a heading needs no request
        fresh = 0
        if (opening == "") opening = ".PP"
        held = $0
    } else {
        sub(/^ +/, "")
        held = held " " $0
    }
}

END { flush() }
