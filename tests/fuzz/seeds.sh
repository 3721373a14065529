#!/usr/bin/env bash
# seeds.sh -- inputs for a search to begin with, from the samples and the tests' own sets.
#
#   seeds.sh TARGET FOLDER [FILE...]
#
# Fills FOLDER with inputs in the form that tests/fuzz/fuzz_TARGET.c reads, a few kilobytes each: of the
# files of the samples and of tests/data, or of those that are named. A target without a rule gets none.
# FOLDER.words becomes the dictionary of the rooms that the target is about.
set -eu # no pipefail: what is longer than a seed is cut, and its writer told by SIGPIPE
export LC_ALL=C
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
target=$1 folder=$2
shift 2
most=4000
count=0

keep() { # [HEAD]: what comes in, behind HEAD
    { printf '%b' "${1:-}" && head -c "$most"; } >"$folder/$target.$count"
    count=$((count + 1))
}

# The parts of a package, each behind its name (parts.h).
parts() { # FILE
    local part
    while IFS= read -r part; do
        case $part in *.xml | *.rels) printf '\n== %s\n' "$part" && unzip -p "$1" "${part//[/\\[}" | head -c 1500 ;; esac
    done < <(unzip -Z1 "$1")
}

# Texts of a file of records, a seed each.
texts() { # FILE
    local text
    while IFS= read -r -d '' text; do
        keep <<<"$text"
    done < <(head -n 100 "$1" | jq -j '.. | strings | select(length > 40) | ., "\u0000"')
}

seed() { # FILE
    case $target:$1 in
    letters:*.docx) keep 0 < <(parts "$1") ;;
    letters:*.odt) keep 1 < <(parts "$1") ;;
    letters:*.eml) keep 2 <"$1" ;;
    letters:*.mbox) keep 3 <"$1" ;;
    letters:*.html) keep 4 <"$1" ;;
    letters:*.warc) keep 5 <"$1" ;;
    letters:*.txt) keep 6 <"$1" ;;
    sheets:*.xlsx) keep 00 < <(parts "$1") ;;
    sheets:*.ods) keep 10 < <(parts "$1") ;;
    sheets:*.xls) keep 20 <"$1" ;;
    csv:*.csv) keep '\0' <"$1" ;;
    encodings:*.csv | decisions:*.csv) keep <"$1" ;;
    pages:*.pdf) keep 0 < <(pdftotext -layout "$1" - | head -c 1200 && printf "\n--\n" && pdftotext -bbox-layout "$1" -) ;;
    documents:*.schema.json) keep '\0' <"$1" ;;
    documents:*plan.json) keep '\1' <"$1" ;;
    documents:*codebook.json) keep '\2' <"$1" ;;
    documents:*codebook.csv) keep '\3' <"$1" ;;
    documents:*.qdc) keep '\4' <"$1" ;;
    qdc:*.qdc) keep <"$1" ;;
    scan:*.jsonl) keep < <(head -n 1 "$1") ;;
    partial:*.jsonl) keep '\0' <"$1" ;;
    finder:*.eml | finder:*.txt | finder:*.letters) keep <"$1" ;;
    cues:*.jsonl | text:*.jsonl | finder:*.jsonl | calendar:*.jsonl) texts "$1" ;;
    esac
}

rooms() {
    case $target in
    letters | pages) echo letters docs ;;
    sheets) echo sheets docs ;;
    finder) echo replies text ;;
    text | cues | calendar) echo text coding calendar ;;
    documents | qdc) echo schema tables codebook ;;
    decisions) echo decisions docs ;;
    *) echo stream schema tables cells ;;
    esac
}

for room in $(rooms); do
    awk -f "$root/tests/fuzz/words.awk" "$root/src/$room"/*.c
done | sort -u >"$folder.words"

if [ $# -eq 0 ]; then
    while IFS= read -r file; do
        seed "$file"
    done < <(find "$root/samples" "$root/tests/data" -type f | sort)
fi
for file; do
    seed "$file"
done
