#!/usr/bin/env bash
# How many lines of src the tests reached, from the counts that a build with --coverage left below
# FOLDER; fails if it is less than LEAST percent.
#     tests/coverage.sh FOLDER LEAST
set -euo pipefail
export LC_ALL=C
folder=$1 least=$2

# FILE<tab>LINES REACHED<tab>LINES, of each source file once. gcov names a file, then its figures.
files() {
    find "$folder" -name '*.gcno' -print0 | xargs -0 gcov --no-output 2>/dev/null | awk -F "'" '
        /^File / { file = $2 ~ /^src\// ? $2 : "" }
        /^Lines executed:/ && file ~ /\.c$/ {
            split($0, figure, /[:% ]+/)
            printf "%s\t%d\t%d\n", file, figure[3] * figure[5] / 100 + 0.5, figure[5]
            file = ""
        }' | sort -u
}

files | awk -F '\t' -v least="$least" '
    { lines += $3; reached += $2; missed[$1] = $3 - $2; all[$1] = $3 }
    END {
        if (!lines) { print "coverage: no counts found"; exit 1 }
        for (file in missed)
            if (missed[file] > 5) printf "%s: %d of %d lines not reached\n", file, missed[file], all[file] | "sort"
        close("sort")
        percent = 100 * reached / lines
        printf "%.1f%% of %d lines reached (least: %s%%)\n", percent, lines, least
        exit percent < least
    }'
