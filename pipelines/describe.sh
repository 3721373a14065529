#!/usr/bin/env bash
# describe.sh -- what is in spreadsheets, a screen a file or sheet.
#
#   describe.sh [--json|--schema|--plan] FILE...
#
# CSV files and workbooks, each of their sheets, are read as fromcsv and fromsheet read them, where a
# heading is merged over several columns with two rows of headings; FILE.jsonl holds records.
# `foi describe` runs it.
# shellcheck source=pipelines/common.bash
source "$(dirname "${BASH_SOURCE[0]}")/common.bash"

options=()
while [ $# -gt 0 ]; do
    case $1 in
    --) shift && break ;;
    -?*) options+=("$1") && shift ;;
    *) break ;;
    esac
done
[ $# -gt 0 ] || exec "$BIN/describe" ${options[@]+"${options[@]}"}

# What a run left that was killed outright goes: the folders say whose they were.
temporary=${TMPDIR:-/tmp}
for left in "$temporary"/foi-describe.*.??????; do
    of=${left%.*} of=${of##*.}
    if [ -O "$left" ] && [ ! -L "$left" ] && [[ $of =~ ^[0-9]+$ ]] && ! kill -0 "$of" 2>/dev/null; then
        rm -rf -- "$left"
    fi
done
work=$(mktemp -d "$temporary/foi-describe.$$.XXXXXX") || die 1 "no room for the records"
trap 'rm -rf "$work"' EXIT
first=yes
show() { # NAME FILE [SHEET]
    [ -n "$first" ] || echo
    first=
    local records=$2
    if [[ $2 != *.jsonl ]]; then
        records=$work/records
        spreadsheet "${@:2}" >"$records"
        [ ! -s "$records" ] || two_headings "$2" "${3:-}" "$records" >/dev/null
    fi
    "$BIN/describe" --name "$1" ${options[@]+"${options[@]}"} -- "$records"
}

for file; do
    if ! is_workbook "$file"; then
        show "${file#./}" "$file"
        continue
    fi
    found=$(sheets_of "$file")
    [ -n "$found" ] || "$BIN/fromsheet" "$file" # says what is wrong
    mapfile -t sheets <<<"$found"
    for sheet in "${sheets[@]}"; do
        name=${file#./}
        [ ${#sheets[@]} -eq 1 ] || name+=", sheet $sheet"
        show "$name" "$file" "$sheet"
    done
done
