# common.bash -- what the pipeline scripts share; they source it, it runs nothing.
#
# A stage is one program between two streams of JSON Lines. Each can be swapped:
# the variable of its name (FROMCSV FROMSHEET FROMDOCS EXTRACT NORMALISE CODE JOIN
# TABULATE CHISQ REPORT) holds a command line that is run in its stead, as a plain
# filter from standard input to standard output, with STUDY and STAGE in its
# environment and the program's arguments as "$@". A first stage (FROMCSV and the
# like) gets these behind its command, since the files are among them. CODE is the
# stage of the study's own codebook; that of the yes/no answers is YES_NO_CODE.
# With STATS set to a folder, every stage leaves its counts there as NAME.json;
# with REJECTS set to a folder, bad records are listed there and the run goes on;
# with LISTS set to one, so are doubtful cells and records without a partner; with STRICT
# set, what a stage was told to find and did not find ends it; INVALID is what becomes of a
# cell that its field cannot read (reject, null or keep); TRUST, if set, lets the study name files
# elsewhere, and programs to run.

set -euo pipefail
export LC_ALL=C
self=${0##*/}
pipelines=${BASH_SOURCE[0]%/*}
case $pipelines in /*) ;; .) pipelines=$PWD ;; *) pipelines=$PWD/$pipelines ;; esac

# A script's head is its help.
if [ "${1:-}" = --help ]; then
    awk 'NR > 1 && (!/^#/ || /shellcheck/) { exit } NR > 1 { sub(/^# ?/, ""); print }' "$0"
    exit
fi

# The programs: bin beside this folder, or, where it is installed, the folder above it.
if [ -z "${BIN:-}" ]; then
    BIN=${pipelines%/*}/bin
    [ -d "$BIN" ] || BIN=${pipelines%/*}
fi
case $BIN in /*) ;; *) BIN=$PWD/$BIN ;; esac
export BIN

# A stage may run in another folder.
for name in STATS REJECTS LISTS; do
    case ${!name:-} in '' | /*) ;; *) export "$name=$PWD/${!name}" ;; esac
done
unset name

# Text with names in it that others gave, on one line, without what a terminal obeys.
say() { # TEXT
    printf '%s\n' "${1//[[:cntrl:]]/?}"
}

die() { # STATUS MESSAGE
    say "$self: $2" >&2
    exit "$1"
}

# What the settings say, by source or part of one; lists of words have one a line.
declare -A READER=() FOLDER=() FILES=() READ=() PARTS=() SCHEMA=() EXTRACTING=() JOINING=() SWAP=()
# shellcheck disable=SC2034 # the scripts read them
SOURCES=() BOOKS=() LOOKUPS=() YES_NO=() PLANS=() FORMATS=() DECISIONS=()

# Takes in the study's settings, as assignments: `study settings` prints them.
open_study() { # FOLDER
    local settings
    # shellcheck disable=SC1090 # made by study.sh's run, for all its scripts
    [ -z "${SETTINGS:-}" ] || source "$SETTINGS"
    if [ "${STUDY:-}" != "$1" ] || [ -z "${SETTINGS:-}" ]; then
        settings=$("$BIN/study" settings ${TRUST:+--trust} -- "$1") || exit
        eval "$settings"
    fi
    export STUDY
}

# The lines of TEXT as words, in the array `words`.
words_of() { # TEXT
    words=()
    [ -z "$1" ] || mapfile -t words <<<"$1"
}

# Becomes the stage NAME: PROGRAM, or what is run in its stead.
stage() { # NAME PROGRAM ARGUMENT...
    local name=$1 program=$2 variable=${2^^}
    shift 2
    [ -z "${!variable:-}" ] || swapped "$name" "$program" "${!variable}" "$@"
    [ -z "${SWAP[$program]:-}" ] || replaced "$name" "$program" "${SWAP[$program]}" "$@"
    exec "$BIN/$program" ${STATS:+--stats "$STATS/$name.json"} \
        ${REJECTS:+--rejects "$REJECTS/$name.jsonl"} ${STRICT:+--strict} "$@"
}

# The options that give PROGRAM what people decided, in `decided`. One that has no such option
# is left alone: the file also holds decisions for others.
decided_for() { # PROGRAM
    local file
    decided=()
    [ ${#DECISIONS[@]} -gt 0 ] || return 0
    [[ $("$BIN/$1" --help) == *--decisions* ]] || return 0
    for file in "${DECISIONS[@]}"; do
        decided+=(--decisions "$file")
    done
}

# Whether PROGRAM reads files of its own, and no records.
is_first() { # PROGRAM
    case $1 in fromcsv | fromsheet | fromdocs) ;; *) return 1 ;; esac
}

# A stage that a variable names: a command line for Bash.
swapped() { # NAME PROGRAM COMMAND ARGUMENT...
    local name=$1 program=$2 shown=$3 command=$3 first=
    shift 3
    if is_first "$program"; then
        first=--first
        # shellcheck disable=SC2016 # the command's own Bash expands it
        case $command in *'$@'* | *'$*'* | *'$1'*) ;; *) command+=' "$@"' ;; esac
    fi
    exec "$BIN/study" stage $first --shown "$shown" -- "$name" "$program" \
        bash -o pipefail -c "$command" "$name" "$@"
}

# A stage that study.json names, as a list of words; "$@" among them stands for the arguments.
# It runs in the study's folder, so that its own files are named from there.
replaced() { # NAME PROGRAM WORDS ARGUMENT...
    local name=$1 program=$2 first='' placed='' words word command=()
    words_of "$3"
    shift 3
    export STAGE=$name
    case $STUDY in /*) ;; *) set -- "${@/#"$STUDY"\//"$PWD/$STUDY/"}" ;; esac
    for word in "${words[@]}"; do
        # shellcheck disable=SC2016 # as the study wrote it
        if [ "$word" = '$@' ]; then placed=yes command+=("$@"); else command+=("$word"); fi
    done
    if is_first "$program"; then
        first=--first
        [ -n "$placed" ] || command+=("$@")
    fi
    exec "$BIN/study" stage $first --shown "${words[*]}" --in "$STUDY" -- "$name" "$program" "${command[@]}"
}

# --- spreadsheets as they are -----------------------------------------------------------

is_workbook() { # FILE
    case ${1,,} in *.xlsx | *.xlsm | *.ods | *.xls) ;; *) return 1 ;; esac
}

# The names of a workbook's sheets that hold anything, a line each.
sheets_of() { # FILE
    "$BIN/fromsheet" -v --sheet all -- "$1" 2>&1 >/dev/null | sed -n "s/^fromsheet: .*: sheet '\(.*\)': header in .*/\1/p"
}

# The records of a spreadsheet, whatever its kind. SKIP: two rows name its columns together, behind so many.
spreadsheet() { # FILE [SHEET [SKIP [OPTION...]]]
    local file=$1
    case $file in -?*) file=./$file ;; esac
    case ${file,,} in
    *.xlsx | *.xlsm | *.ods | *.xls) "$BIN/fromsheet" ${2:+--sheet "$2"} ${3:+--skip "$3" --headers 2} "${@:4}" "$file" ;;
    *.jsonl) cat "$file" ;;
    *) "$BIN/fromcsv" --skip "${3:-auto}" ${3:+--header-rows 2} "${@:4}" "$file" ;;
    esac
}

# How many rows stand above the header that one row was taken for; empty if that is not told.
rows_above() { # FILE [SHEET]
    if is_workbook "$1"; then
        "$BIN/fromsheet" -v ${2:+--sheet "$2"} -- "$1" 2>&1 >/dev/null | sed -n 's/.*: header in row \([0-9]*\).*/\1/p' | awk 'NR == 1 { print $1 - 1 }'
    else
        spreadsheet "$1" 2>&1 >/dev/null | sed -n 's/^fromcsv: .*: \([0-9]*\) lines\{0,1\} above the header passed over.*/\1/p'
    fi
}

field_names() { # RECORDS
    "$BIN/describe" --json "$1" | sed 's/^{"field":"\([^"]*\)".*/\1/' | sort
}

# A name that comes twice among the fields.
twice() { # RECORDS
    comm -12 <(field_names "$1") <(field_names "$1" | sed -n 's/_2$//p' | sort) | head -n 1
}

# Reads a spreadsheet whose columns two rows name together: groups above, what tells them apart below. TO has its records as
# one row of headings gives them, which may be either of the two; then it gets those of both, and the rows above are printed.
two_headings() { # FILE SHEET TO
    local above lines
    case $1 in *.jsonl) return ;; esac
    lines=$(wc -l <"$3")
    if [ "$("$BIN/study" headings "$3")" = 2 ]; then
        above=$(rows_above "$1" "$2")
        above=${above:-0} lines=$((lines - 1))
    elif [ -n "$(twice "$3")" ]; then
        above=$(rows_above "$1" "$2")
        [ "${above:-0}" -gt 0 ] || return 0
        above=$((above - 1))
    else
        return 0
    fi
    spreadsheet "$1" "$2" "$above" >"$3.both" 2>/dev/null || return 0
    if [ "$(wc -l <"$3.both")" -eq "$lines" ] && [ -z "$(twice "$3.both")" ]; then
        mv -- "$3.both" "$3"
        echo "$above"
    fi
}
