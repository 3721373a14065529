# common.bash -- what the pipeline scripts share; they source it, it runs nothing.
#
# A stage is one program between two streams of JSON Lines. Each can be swapped:
# the variable of its name (FROMCSV NORMALISE CODE JOIN TABULATE CHISQ REPORT)
# holds a command line that is run in its stead, as a plain filter from standard
# input to standard output, with STUDY and STAGE in its environment. CODE is the
# stage of the study's own codebook; that of the yes/no answers is YES_NO_CODE.
# With STATS set to a folder, every stage leaves its counts there as NAME.json;
# with REJECTS set to a folder, bad records are listed there and the run goes on.

set -euo pipefail
export LC_ALL=C
self=${0##*/}

# A script's head is its help.
if [ "${1:-}" = --help ]; then
    awk 'NR > 1 && (!/^#/ || /shellcheck/) { exit } NR > 1 { sub(/^# ?/, ""); print }' "$0"
    exit
fi

BIN=${BIN:-$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../bin" && pwd)}

die() { # STATUS MESSAGE
    echo "$self: $2" >&2
    exit "$1"
}

# Opens the study: STUDY is its folder, and study.conf sets its keys. The file
# is read, not run: a study is data that may have come by mail.
open_study() { # FOLDER
    [ -d "$1" ] || die 2 "$1: no such study folder"
    STUDY=${1%/}
    export STUDY
    export ROSTER_FILE=roster.csv FOI_FILE=foi.csv WEBSITE_FILE=website.csv
    export ROSTER_KEY='' FOI_KEY='' WEBSITE_KEY='' CODED_FIELD='' YES_NO='' LOOKUP='' LOOKUP_KEY=''
    [ -f "$STUDY/study.conf" ] || die 2 "$STUDY/study.conf: no such file"
    local line number=0
    while IFS= read -r line || [ -n "$line" ]; do
        number=$((number + 1))
        line=${line%$'\r'}
        case $line in
        '' | '#'*) ;;
        ROSTER_FILE=* | FOI_FILE=* | WEBSITE_FILE=* | ROSTER_KEY=* | FOI_KEY=* | WEBSITE_KEY=* | \
            CODED_FIELD=* | YES_NO=* | LOOKUP=* | LOOKUP_KEY=*) printf -v "${line%%=*}" '%s' "${line#*=}" ;;
        *) die 2 "$STUDY/study.conf:$number: not a setting: '$line'" ;;
        esac
    done <"$STUDY/study.conf"
}

# The study's codebook, a spreadsheet or a JSON document; empty if it has none.
codebook() {
    local file
    for file in "$STUDY/codebook.csv" "$STUDY/codebook.json"; do
        [ ! -f "$file" ] || { echo "$file" && return; }
    done
}

# The codebook of the fields that YES_NO names: the study's own, or the one for all.
yes_no_book() {
    local own=$STUDY/yes_no.csv
    [ -f "$own" ] && echo "$own" && return
    echo "$(dirname -- "${BASH_SOURCE[0]}")/../samples/yes_no.csv"
}

# Passes lines on and leaves their number in FILE.
counting() { # FILE
    awk -v file="$1" '{ print } END { print NR >file }'
}

# Runs a stage under the name NAME, from standard input to standard output.
stage() { # NAME PROGRAM ARGUMENT...
    local name=$1 program=$2 variable
    shift 2
    variable=${program^^}
    export STAGE=$name
    if [ -n "${!variable:-}" ]; then
        swapped "$name" "$program" "${!variable}"
        return
    fi
    local more=()
    [ -z "${STATS:-}" ] || more+=(--stats "$STATS/$name.json")
    [ -z "${REJECTS:-}" ] || more+=(--rejects "$REJECTS/$name.jsonl")
    "$BIN/$program" ${more[@]+"${more[@]}"} "$@"
}

# A stage of the user's own: its lines are counted from outside.
swapped() { # NAME PROGRAM COMMAND
    if [ -z "${STATS:-}" ]; then
        bash -o pipefail -c "$3"
        return
    fi
    counting "$STATS/$1.in" | bash -o pipefail -c "$3" | counting "$STATS/$1.out"
    printf '{"program":"%s","swapped":true,"read":%d,"written":%d}\n' "$2" \
        "$(<"$STATS/$1.in")" "$(<"$STATS/$1.out")" >"$STATS/$1.json"
    rm -f "$STATS/$1.in" "$STATS/$1.out"
}
