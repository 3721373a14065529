# names.awk -- 10,000 invented bodies, or what people write for them.
#
#   awk -v n=10000 -v side=right|left -f names.awk
#
# A place of three syllables, sometimes a second one, and a kind of body. On the left a third of
# the names are as they should be, the others lack words, are turned round or have a letter
# wrong. The generator is that of generate.awk.

function draw(below) {
    seed = (seed * 16807) % 2147483647
    return seed % below
}

function place(i) {
    return start[i % starts + 1] middle[int(i / starts) % middles + 1] last[int(i / starts / middles) % lasts + 1]
}

# one of its letters, not the first, is another
function misspelt(name, i, at) {
    at = 2 + i % (length(name) - 2)
    return substr(name, 1, at - 1) "x" substr(name, at + 1)
}

BEGIN {
    seed = 20200113
    starts = split("Ash Bar Brad Cal Chel Dar Ever Farn Glen Hart Ing Kel Lang Mar Nor Oak Pen Rad Sed Thorn Up Wal Yar Cross Dun", start, " ")
    middles = split("ing er le wor ham en bo ri sto na ket ford", middle, " ")
    lasts = split("ton ley by wick field mouth bury thorpe dale combe stead bridge", last, " ")
    kinds = split("University Hospitals NHS Foundation Trust|Teaching Hospitals NHS Trust|Community Healthcare NHS Trust|" \
        "Partnership NHS Foundation Trust|District Council|Borough Council|Ambulance Service NHS Trust", kind, "|")
    for (i = 0; i < n; i++) {
        first = place(draw(starts * middles * lasts))
        second = draw(2) ? " and " place(draw(starts * middles * lasts)) : ""
        body = kind[draw(kinds) + 1]
        change = side == "left" ? i % 6 : 0
        if (change == 2) first = misspelt(first, i)
        if (change == 3) body = ""
        if (change == 4) { swap = body; body = first second; first = swap; second = "" }
        if (change == 5) sub(" and ", " \\& ", second)
        name = first second " " body
        sub(/ +$/, "", name)
        printf "{\"name\":\"%s\"}\n", name
    }
}
