#!/usr/bin/env bash
# Completions of foi for a shell, made from the programs' own tables of options.
#     packaging/completions.sh bash|zsh|fish BIN
set -euo pipefail
export LC_ALL=C
shell=$1 bin=$2

programs() {
    for file in "$bin"/*; do
        if [ -f "$file" ] && [ -x "$file" ] && [ "${file##*/}" != foi ]; then
            echo "${file##*/}"
        fi
    done
}

# PROGRAM<tab>NAME<tab>LETTER<tab>VALUE<tab>HELP, a line an option.
table() {
    programs | while read -r program; do
        "$bin/$program" --_options | sed "s/^/$program\t/"
    done
}

in_bash() {
    table | awk -F '\t' -v programs="$(programs | paste -sd ' ')" '
        $1 != program { program = $1; order[++count] = $1 }
        { options[$1] = options[$1] " --" $2 ($3 == "" ? "" : " -" $3) }
        $4 ~ /^[^ ]+\|/ && $4 !~ /[A-Z]/ { words = $4; gsub(/\|/, " ", words); add("words=\"" words "\"") }
        $4 ~ /^(FIELD|KEY|FROM)/ { add("words=$(_foi_fields)") }
        $4 == "ID" { add("words=$(_foi_tables)") }
        function add(what) {
            values[$1] = values[$1] "        --" $2 ($3 == "" ? "" : " | -" $3) ") " what " ;;\n"
        }
        END {
            print "# bash completion for foi"
            print "_foi_fields() { # of the files that the line names, by their first line"
            print "    local word"
            print "    for word in \"${COMP_WORDS[@]:2}\"; do"
            print "        case $word in"
            print "        *.jsonl) head -n 1 \"$word\" 2>/dev/null | grep -oE \"\\\"[^\\\"]*\\\":\" | tr -d \"\\\":\" ;;"
            print "        *.csv) head -n 1 \"$word\" 2>/dev/null | tr \",\" \"\\n\" | tr -d \"\\r\\\"\" ;;"
            print "        esac"
            print "    done"
            print "}"
            print "_foi_tables() { # of the results and plans that the line names"
            print "    local word"
            print "    for word in \"${COMP_WORDS[@]:2}\"; do"
            print "        case $word in"
            print "        *.jsonl | *.json) grep -ohE \"\\\"(table|id)\\\": ?\\\"[A-Za-z0-9_.-]*\\\"\" \"$word\" 2>/dev/null | cut -d \"\\\"\" -f 4 | sort -u ;;"
            print "        esac"
            print "    done"
            print "}"
            print "_foi() {"
            print "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} options=\"\" words=\"\""
            print "    COMPREPLY=()"
            print "    [ \"$cur\" = = ] && cur="
            print "    [ \"$prev\" = = ] && prev=${COMP_WORDS[COMP_CWORD-2]}"
            print "    if [ \"$COMP_CWORD\" -eq 1 ] || { [ \"$COMP_CWORD\" -eq 2 ] && [ \"${COMP_WORDS[1]}\" = help ]; }; then"
            print "        mapfile -t COMPREPLY < <(compgen -W \"" programs " help\" -- \"$cur\")"
            print "        return"
            print "    fi"
            print "    case ${COMP_WORDS[1]} in"
            for (i = 1; i <= count; i++) {
                print "    " order[i] ")"
                print "        options=\"" substr(options[order[i]], 2) "\""
                if (order[i] in values) printf "        case $prev in\n%s        esac\n", values[order[i]]
                print "        ;;"
            }
            print "    esac"
            print "    if [ -n \"$words\" ]; then"
            print "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")"
            print "    elif [[ $cur == -* ]]; then"
            print "        mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$cur\")"
            print "    else"
            print "        mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")"
            print "    fi"
            print "}"
            print "complete -o filenames -F _foi foi"
        }'
}

# shellcheck disable=SC2016 # the lines are for zsh to expand
in_zsh() {
    echo '#compdef foi'
    echo 'if (( CURRENT == 2 )) || { (( CURRENT == 3 )) && [[ $words[2] == help ]] }; then'
    echo "    compadd $(programs | paste -sd ' ') help"
    echo '    return'
    echo 'fi'
    echo 'local program=$words[2]'
    echo 'shift words'
    echo '(( CURRENT-- ))'
    echo 'case $program in'
    table | awk -F '\t' -v quote="'" '
        $1 != program {
            if (program != "") print "    ;;"
            program = $1
            print program ")\n    _arguments \"*:file:_files\" \\"
        }
        {
            help = $5
            gsub(/\[/, " ", help)
            gsub(/\]/, " ", help)
            gsub(/[:\\]/, " ", help)
            gsub(quote, " ", help)
            value = ""
            if ($4 ~ /^[^ ]+\|/ && $4 !~ /[A-Z]/) { words = $4; gsub(/\|/, " ", words); gsub(/:/, "\\:", words); value = ":value:(" words ")" }
            else if ($4 ~ /FILE|PLAN|FOLDER/) value = ":file:_files"
            else if ($4 != "") value = ":value: "
            print "        " quote "--" $2 ($4 == "" ? "" : "=") "[" help "]" value quote " \\"
        }
        END { print "    ;;\nesac" }' | sed -z 's/ \\\n    ;;/\n    ;;/g'
}

in_fish() {
    echo '# fish completion for foi'
    echo "complete -c foi -n __fish_use_subcommand -f -a '$(programs | paste -sd ' ') help'"
    table | awk -F '\t' -v quote="'" '{
        help = $5
        gsub(/\\/, "", help)
        gsub(quote, "\\" quote, help)
        line = "complete -c foi -n \"__fish_seen_subcommand_from " $1 "\" -l " $2 ($3 == "" ? "" : " -s " $3)
        if ($4 ~ /^[^ ]+\|/ && $4 !~ /[A-Z]/) { words = $4; gsub(/\|/, " ", words); line = line " -x -a " quote words quote }
        else if ($4 != "") line = line " -r"
        print line " -d " quote help quote
    }'
}

case $shell in
bash | zsh | fish) "in_$shell" ;;
*)
    echo "completions: $shell is none of bash|zsh|fish" >&2
    exit 2
    ;;
esac
