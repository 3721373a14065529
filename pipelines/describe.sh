#!/usr/bin/env bash
# describe.sh -- what is in spreadsheets, a screen a file.
#
#   describe.sh [--json|--schema|--plan] FILE...
#
# CSV files and workbooks are read as fromcsv and fromsheet read them, anything else as JSON Lines.
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

reads() { # FILE: which program reads it
    case ${1,,} in
    *.csv | *.tsv | *.txt) echo fromcsv ;;
    *.xlsx | *.xlsm | *.ods | *.xls) echo fromsheet ;;
    esac
}

first=yes
for file; do
    [ -n "$first" ] || echo
    first=
    case $file in -?*) file=./$file ;; esac
    program=$(reads "$file")
    if [ -n "$program" ]; then
        "$BIN/$program" "$file" | "$BIN/describe" --name "${file#./}" ${options[@]+"${options[@]}"}
    else
        "$BIN/describe" --name "${file#./}" ${options[@]+"${options[@]}"} "$file"
    fi
done
