# words.awk -- the short texts in C code as a dictionary for libFuzzer: what a reader compares its
# input with. A program that runs in a child shows the search its edges, but not its comparisons.
#
#   LC_ALL=C awk -f words.awk FILE.c...

BEGIN {
    for (i = 128; i < 256; i++)
        code[sprintf("%c", i)] = sprintf("\\x%02x", i)
}

# As a dictionary writes them: all but a few bytes as numbers.
function escaped(text, all, i, c) {
    gsub(/\\n/, "\\x0a", text)
    gsub(/\\t/, "\\x09", text)
    gsub(/\\r/, "\\x0d", text)
    gsub(/\\0/, "\\x00", text)
    for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        all = all (c in code ? code[c] : c)
    }
    return all
}

/^ *#/ { next }
{
    rest = $0
    while (match(rest, /"([^"\\]|\\.)*"/)) {
        text = escaped(substr(rest, RSTART + 1, RLENGTH - 2))
        rest = substr(rest, RSTART + RLENGTH)
        plain = text
        gsub(/\\(x[0-9a-fA-F][0-9a-fA-F]|\\|")/, "x", plain)
        # formats and messages are no words of an input
        if (length(plain) > 1 && length(plain) <= 24 && plain !~ /[\\%]| .* / && !(text in seen)) {
            seen[text]
            print "\"" text "\""
        }
    }
}
