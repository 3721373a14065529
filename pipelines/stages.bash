# stages.bash -- the stages of a study's steps, put together to one line and run; scripts source it.
#
# A step adds its stages to the line: `source_stages` and the like. run_line runs them all: what
# is the project's own goes to `pipe`, in which neighbours pass records on in memory, a stage
# that a variable or the study replaces stands between as a process of its own, with plain pipes.
# So a step works alone, as a script, and a whole study is one line without a shell for each step.

# shellcheck source=pipelines/common.bash
source "$pipelines/common.bash"

# What is run, in the order of the stages: the words of a command; what goes before them for `env`
# (a folder, settings); whether it is the project's own.
LINE=() BEFORE=() OWN=()

new_line() {
    LINE=() BEFORE=() OWN=()
}

# Adds words to `text`, each in single quotes, as Bash and `pipe` read them.
quoted() { # WORD...
    local word apostrophe="'\\''"
    for word; do
        text+=" '${word//\'/$apostrophe}'"
    done
}

# A function of Bash as a stage.
add_function() { # NAME ARGUMENT...
    local text=$1
    quoted "${@:2}"
    LINE+=("$text") BEFORE+=('') OWN+=('')
}

# The stage NAME: PROGRAM, or what is run in its stead. FROM is the folder that it runs in.
add_stage() { # NAME PROGRAM ARGUMENT...
    local name=$1 program=$2 variable=${2^^} text
    shift 2
    if [ -n "${!variable:-}" ]; then
        add_function swapped "$name" "$program" "${!variable}" "$@"
    elif [ -n "${SWAP[$program]:-}" ]; then
        add_function replaced "$name" "$program" "${SWAP[$program]}" "$@"
    else
        text=
        [ -z "${FROM:-}" ] || quoted -C "$FROM"
        BEFORE+=("$text")
        text=$program
        quoted ${STATS:+--stats "$STATS/$name.json"} ${REJECTS:+--rejects "$REJECTS/$name.jsonl"} \
            ${STRICT:+--strict} "$@"
        LINE+=("$text") OWN+=(yes)
    fi
}

is_swapped() { # PROGRAM
    local variable=${1^^}
    [ -n "${!variable:-}${SWAP[$1]:-}" ]
}

# Passes records on, and keeps them: their number and hash go into the manifest. The stage before
# does it itself, if it is the project's own and nobody wants to see how far it is.
keep() { # FILE
    local last=$((${#LINE[@]} - 1)) text=
    if [ "$last" -lt 0 ] || [ -z "${OWN[last]}" ] || [ -n "${STUDY_METER:-}" ] ||
        [[ ${BEFORE[last]} == *FOI_KEEP=* ]]; then
        add_function keeping "$1"
        return
    fi
    quoted "FOI_KEEP=$WORK/$1" "FOI_KEPT=$STATS/$1.kept"
    BEFORE[last]+=$text
}

keeping() { # FILE
    exec "$BIN/study" keep "$WORK/$1"
}

# The stages from NUMBER on, as one pipeline. Without any, records pass as they are.
run_line() { # [NUMBER]
    local first=${1:-0} next text
    [ ${#LINE[@]} -gt 0 ] || exec cat
    next=$((first + 1))
    text=${BEFORE[first]:+env${BEFORE[first]} }${LINE[first]}
    while [ -n "${OWN[first]}" ] && [ -n "${OWN[next]:-}" ]; do
        text+=" | ${BEFORE[next]:+env${BEFORE[next]} }${LINE[next]}"
        next=$((next + 1))
    done
    if [ "$next" -lt ${#LINE[@]} ]; then
        run_stages | run_line "$next"
    else
        run_stages
    fi
}

# Becomes what `text` says.
run_stages() {
    [ -z "${OWN[first]}" ] || exec "$BIN/pipe" "$text"
    eval "$text"
}

# --- a source ---------------------------------------------------------------------------

# Reads files as their settings say. Our own programs run in the folder of the files, so
# that the same data give the same `_origin` wherever they are.
add_reader() { # PART FILE...
    local part=$1 reader=${READER[$1]:-fromcsv} folder=${FOLDER[$1]:-$STUDY} file files=() words origin=(--origin) FROM=
    shift
    words_of "${READ[$part]:-}"
    [ "$reader" != fromdocs ] || origin=()
    [ "$reader" != fromcsv ] || is_swapped fromcsv || origin+=(--digest)
    for file; do
        if is_swapped "$reader"; then
            [ "${file:0:1}" = / ] || file=$PWD/$file
        elif [ "$file" != "${file#"$folder/"}" ]; then
            file=${file#"$folder/"} FROM=$folder
        fi
        case $file in -*) file=./$file ;; esac
        files+=("$file")
    done
    add_stage "$part-$reader" "$reader" "${origin[@]}" ${words[@]+"${words[@]}"} ${files[@]+"${files[@]}"}
}

# One of several parts that the settings name.
read_parts() { # NAME
    local part parts words
    words_of "${PARTS[$1]}"
    parts=("${words[@]}")
    for part in "${parts[@]}"; do
        (new_line && add_part "$part" && run_line) || exit
    done
}

add_part() { # PART
    local words
    words_of "${FILES[$1]}"
    add_reader "$1" "${words[@]/#/${FOLDER[$1]}/}"
}

add_files() { # NAME [FILE... | --files]
    local parts=${PARTS[$1]:-}
    if [ "${2:-}" != --files ]; then
        add_reader "$@"
    elif [[ $parts == *$'\n'* ]]; then
        add_function read_parts "$1"
    else
        add_part "$parts"
    fi
}

add_extract() { # NAME
    local words decided
    decided_for extract
    words_of "${EXTRACTING[$1]:-}"
    add_stage "$1-extract" extract -s "${SCHEMA[$1]}" ${words[@]+"${words[@]}"} ${decided[@]+"${decided[@]}"} \
        ${LISTS:+--unplaced "$LISTS/unplaced_$1.jsonl" --conflicts "$LISTS/conflicts_$1.jsonl"}
}

add_normalise() { # NAME
    local decided
    decided_for normalise
    add_stage "$1-normalise" normalise -s "${SCHEMA[$1]:-$STUDY/$1.schema.json}" \
        ${decided[@]+"${decided[@]}" --shared} \
        ${LISTS:+--flags "$LISTS/flags_$1.jsonl"} ${INVALID:+--invalid "$INVALID"}
}

source_stages() { # NAME [FILE... | --files]
    add_files "$@"
    if [ "${READER[$1]:-}" != fromdocs ]; then
        add_normalise "$1"
    elif [ "$1" = foi ]; then
        add_extract foi
        add_normalise foi
    fi # other documents are pages, as they are
}

webpages_stages() { # [FILE... | --files]
    local book=$STUDY/webpages.codebook.csv
    source_stages webpages "$@"
    [ -f "$book" ] || book=$STUDY/webpages.codebook.json
    [ ! -f "$book" ] || add_stage webpages-code code -c "$book" ${UNCODED:+--uncoded "$UNCODED"}
}

# --- the replies ------------------------------------------------------------------------

# The codebook of the fields that YES_NO names: the study's own, or the one for all.
find_yes_no_book() {
    book=$STUDY/yes_no.csv
    [ -f "$book" ] || book=$pipelines/../samples/yes_no.csv
    [ -f "$book" ] || book=$pipelines/../../../share/foi-filters/samples/yes_no.csv # installed
}

add_yes_no() {
    local name fields=() book own=${SWAP["code"]:-} CODE=${YES_NO_CODE:-}
    for name in "${YES_NO[@]}"; do
        fields+=(--field "$name=$name")
    done
    find_yes_no_book
    SWAP["code"]=${SWAP["yes_no_code"]:-}
    add_stage foi-yes-no code -c "$book" "${fields[@]}" ${UNCODED:+--uncoded "${UNCODED%.jsonl}_yes_no.jsonl"}
    SWAP["code"]=$own
}

add_codes() {
    local decided
    decided_for code
    add_stage foi-code code -c "$CODEBOOK" ${OVERRIDES:+--overrides "$OVERRIDES"} ${decided[@]+"${decided[@]}"} \
        ${UNCODED:+--uncoded "$UNCODED"}
}

foi_stages() { # [FILE... | --files]
    source_stages foi "$@"
    [ ${#YES_NO[@]} -eq 0 ] || add_yes_no
    [ -z "$CODEBOOK${CODE:-}${SWAP["code"]:-}" ] || add_codes
}

# --- who was asked, what they replied and what the web says -----------------------------

# The arguments of a join that the settings give, in `words`.
joining() { # SOURCE WHAT
    words_of "${JOINING[$1]:-}"
    [ ${#words[@]} -gt 0 ] || die 2 "$SETTINGS_FILE: no key that joins $2"
}

# What people are to decide and have decided where this join puts values together, in `doubts`.
doubted() { # SOURCE
    local list=${1##*/}.jsonl joins=" ${words[*]} " decided
    doubts=()
    case $joins in
    *' --merge '* | *' --merge='* | *' --succession '* | *' --succession='*) decided_for join ;;
    *) return 0 ;;
    esac
    doubts=(${decided[@]+"${decided[@]}"})
    [ -n "${LISTS:-}" ] || return 0
    case $joins in
    *' --conflicts'*) ;;
    *' --merge '* | *' --merge='*) doubts+=(--conflicts "$LISTS/conflicts_$list") ;;
    esac
    case $joins in
    *' --merged '* | *' --merged='*) ;;
    *' --succession '* | *' --succession='*) doubts+=(--merged "$LISTS/merged_$list") ;;
    esac
}

add_roster() { # FILE
    local words doubts
    joining roster "the roster and the replies"
    doubted roster
    add_stage merge-foi join --kind right --validate 1:1 --require left "${words[@]}" ${doubts[@]+"${doubts[@]}"} "$1"
}

add_website() { # FILE
    local words
    joining website "the website records and the replies' codes"
    add_stage merge-website join --kind left --each lists "${words[@]}" \
        ${LISTS:+--unmatched-right "$LISTS/unmatched_website.jsonl"} "$1"
}

add_lookup() { # NUMBER FILE
    local name=${LOOKUPS[$1 - 1]:-} number=$1 words doubts
    [ -n "$name" ] || die 2 "$SETTINGS_FILE: no lookup for $2"
    joining "$name" "lookup '$name'"
    doubted "$name"
    [ "$number" -gt 1 ] || number=
    add_stage "merge-lookup${number:+-$number}" join --kind left "${words[@]}" ${doubts[@]+"${doubts[@]}"} \
        ${LISTS:+--unmatched-right "$LISTS/unmatched_${name##*/}.jsonl"} "$2"
}

merge_stages() { # [ROSTER|'' [WEBSITE|'' [LOOKUP...]]]
    local number=0 file
    [ -z "${1:-}" ] || add_roster "$1"
    [ -z "${2:-}" ] || add_website "$2"
    for file in "${@:3}"; do
        number=$((number + 1))
        [ -z "$file" ] || add_lookup "$number" "$file"
    done
}

# --- tables and tests -------------------------------------------------------------------

# Titles of fields and labels of categories are what readers know them by.
results_stages() { # [PLAN]
    local plan=${1:-${PLANS[0]}} name schema schemas=()
    name=${plan##*/}
    name=${name%.json}
    name=${name%.plan}
    for schema in "$STUDY"/*.schema.json; do
        [ ! -f "$schema" ] || schemas+=(--schema "$schema")
    done
    add_stage "$name-tabulate" tabulate -p "$plan" ${schemas[@]+"${schemas[@]}"}
    add_stage "$name-chisq" chisq --pass
}
