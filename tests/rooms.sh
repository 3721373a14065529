#!/usr/bin/env bash
# Draws docs/rooms.svg: the rooms of src/floors, each above those whose headers it includes. An edge
# that follows from others is left out. `tests/rooms.sh >docs/rooms.svg` after an edge has changed.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export LC_ALL=C

"$here/floors.sh" --edges | awk -v wide=112 -v high=40 -v across=136 -v down=84 '
    # Whether a way leads from A to B.
    function leads(a, b, c) {
        if (edge[a, b]) return 1
        for (c in rooms) if (edge[a, c] && leads(c, b)) return 1
        return 0
    }
    function implied(a, b, c) {
        for (c in rooms) if (c != b && edge[a, c] && leads(c, b)) return 1
        return 0
    }
    function level(a, most, b, l) {
        if (a in levels) return levels[a]
        most = 0
        for (b in rooms) if (edge[a, b]) { l = level(b) + 1; if (l > most) most = l }
        return levels[a] = most
    }
    FILENAME == "-" && $1 != "programs" { edge[$1, $2] = 1 }
    FILENAME != "-" && /^[a-z]+:/ { sub(/:.*/, ""); rooms[$0] = 1; order[++count] = $0 }
    END {
        for (i = 1; i <= count; i++) {
            l = level(order[i])
            place[order[i]] = members[l]++
            if (l > top) top = l
            if (members[l] > most) most = members[l]
        }
        width = most * across + 24
        height = (top + 2) * down
        print "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " width " " height "\" font-family=\"sans-serif\" font-size=\"15\">"
        print "<title>The rooms of foi-filters: each uses those below it</title>"
        print "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
        for (i = 1; i <= count; i++) {
            room = order[i]
            l = levels[room]
            x[room] = int((width - members[l] * across) / 2) + place[room] * across + int((across - wide) / 2)
            y[room] = (top - l + 1) * down + 12
        }
        for (i = 1; i <= count; i++)
            for (j = 1; j < i; j++) {
                a = order[i]; b = order[j]
                if (edge[a, b] && !implied(a, b))
                    print "<path d=\"M" x[a] + wide / 2 " " y[a] + high " L" x[b] + wide / 2 " " y[b] "\" stroke=\"#89a\" fill=\"none\"/>"
            }
        print "<rect x=\"24\" y=\"12\" width=\"" width - 48 "\" height=\"" high "\" rx=\"6\" fill=\"#fdf3dc\" stroke=\"#b90\"/>"
        print "<text x=\"" width / 2 "\" y=\"37\" text-anchor=\"middle\">programs, src/*.c: options, loop, finish</text>"
        for (i = 1; i <= count; i++) {
            room = order[i]
            print "<rect x=\"" x[room] "\" y=\"" y[room] "\" width=\"" wide "\" height=\"" high "\" rx=\"6\" fill=\"#e8f0fa\" stroke=\"#468\"/>"
            print "<text x=\"" x[room] + wide / 2 "\" y=\"" y[room] + 25 "\" text-anchor=\"middle\">" room "</text>"
        }
        print "</svg>"
    }' "$here/../src/floors" -
