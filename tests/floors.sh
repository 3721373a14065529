#!/usr/bin/env bash
# Holds the floors of src/floors: fails on an include that goes up or sideways, on a room that the
# table lacks, and on a row that names a room below it.
#     tests/floors.sh           checks
#     tests/floors.sh --edges   prints who uses whom, a line "ROOM ROOM INCLUDES" an edge
set -euo pipefail
cd "${FLOORS_ROOT:-$(dirname "${BASH_SOURCE[0]}")/..}"
export LC_ALL=C

# FILE<tab>LINE<tab>HEADER of every include in quotes.
includes() {
    grep -rn --include='*.[ch]' '^#include "' src include |
        sed -E 's/^([^:]+):([0-9]+):#include "([^"]+)".*/\1\t\2\t\3/'
}

includes | sort | awk -F '\t' -v edges="${1:-}" '
    function bad(text) { print "floors: " text >"/dev/stderr"; failed = 1 }
    FILENAME == "src/floors" {
        if ($0 ~ /^#/ || $0 == "") next
        split($0, row, ":")
        room = row[1]
        count = split(row[2], uses, " ")
        for (i = 1; i <= count; i++) {
            if (!(uses[i] in known)) bad("src/floors: \047" room "\047 names \047" uses[i] "\047, which does not come before it")
            may[room, uses[i]] = 1
        }
        known[room] = 1
        next
    }
    {
        parts = split($1, path, "/")
        from = parts > 2 ? path[2] : "programs"
        if (from != "programs" && !(from in known) && !said[from]++)
            bad($1 ": room \047" from "\047 is not in src/floors")
        if ($3 !~ /\//) next # beside its source
        split($3, header, "/")
        to = header[1]
        if (to == from) next
        used[from " " to]++
        if (from == "programs" || !(from in known) || (from, to) in may) next
        bad($1 ":" $2 ": \047" from "\047 may not use \047" to "\047 (see src/floors)")
    }
    END {
        if (edges == "--edges") for (edge in used) print edge, used[edge] | "sort"
        exit failed
    }' src/floors -
