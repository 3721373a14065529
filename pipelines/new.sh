#!/usr/bin/env bash
# new.sh -- a study's folder from spreadsheets or letters, to go on from.
#
#   new.sh STUDY FILE...
#   new.sh STUDY INBOX REQUEST [FILE...]
#
# FILE is a spreadsheet of replies; further files, and further sheets of a workbook, are looked
# through for what they share with it. One with the same columns holds more replies; one in which
# every reply finds its body is the roster; others in which replies find a row are lookups. What
# was made of each is said.
#
# INBOX is a folder with a folder of letters for each body (or a file, if there are no folders in
# it), REQUEST what they were sent, in any form that fromdocs reads: its questions are looked for in
# the letters, and the answers take the place of a spreadsheet.
#
# The new folder STUDY gets copies of the files and drafts of what a study needs: schemas,
# study.json, plan.json, the words of free-text answers as proposals for a codebook, and a README
# that says what to do next. `foi run STUDY` makes a first report of it at once. Nothing is written
# if STUDY is there already. `foi new` runs it.
# shellcheck source=pipelines/common.bash
source "$(dirname "${BASH_SOURCE[0]}")/common.bash"
[ $# -ge 2 ] || die 2 "usage: new.sh STUDY FILE... | new.sh STUDY INBOX REQUEST [FILE...]"
study=${1%/}
[[ $study != -* ]] || study=./$study
if [ -e "$study" ] || [ -L "$study" ]; then
    die 2 "$study: is there already"
fi
inbox='' request='' each=folder
if [ -d "$2" ]; then
    [ $# -ge 3 ] || die 2 "$2: is a folder of letters; the request that they answer is needed too: new.sh STUDY INBOX REQUEST [FILE...]"
    inbox=$2 request=$3
    set -- "$1" "${@:3}"
fi
for file in "${@:2}"; do
    [ -f "$file" ] || die 1 "$file: no such file"
    [[ ${file##*/} != *[[:cntrl:]]* ]] || die 1 "$file: a control character in the name, which no setting can hold (rename it)"
done

work=$(mktemp -d "${study}.XXXXXX") || die 1 "$study: cannot be made"
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
tables=$work/tables # the records as they come, and what they are called
mkdir "$tables"

# --- the tables that there are ------------------------------------------------------------

# What holds for every table, by its number: its file, sheet and name, and the rows above its headings if these are two.
files=() sheets=() names=() above=()

add_table() { # FILE SHEET RECORDS
    local name=${2:-$(basename -- "$1")} rows
    if [ "$("$BIN/describe" --json "$3" | wc -l)" -lt 2 ]; then
        say "$name: no table, left out" && return
    fi
    name=$(tr '[:upper:]' '[:lower:]' <<<"${name%.*}" | sed 's/[^a-z0-9]\{1,\}/_/g; s/^_//; s/_$//')
    while [[ " ${names[*]} foi roster website " == *" ${name:=table} "* ]]; do name+=_2; done
    rows=$(two_headings "$1" "$2" "$3")
    [ -z "$rows" ] || say "${2:-$(basename -- "$1")}: rows $((rows + 1)) and $((rows + 2)) name the columns together (\"header_rows\" in study.json)"
    above[${#files[@]}]=$rows
    mv -- "$3" "$tables/${#files[@]}"
    files+=("$(basename -- "$1")") sheets+=("$2") names+=("$name")
}

add_file() { # FILE
    local sheet
    cp -- "$1" "$work/"
    if ! is_workbook "$1"; then
        spreadsheet "$1" >"$tables/records" # a title above the table is told here
        [ -s "$tables/records" ] || die 1 "$1: no rows"
        add_table "$1" '' "$tables/records"
        return
    fi
    while IFS= read -r sheet; do
        spreadsheet "$1" "$sheet" >"$tables/records"
        add_table "$1" "$sheet" "$tables/records"
    done < <(sheets_of "$1")
}

# The answers of the letters, as the table of a spreadsheet whose headings are the questions.
add_inbox() {
    local asked count
    "$BIN/fromdocs" -- "$request" >"$tables/request"
    "$BIN/describe" --questions "$tables/request" >"$tables/questions.json" ||
        die 1 "$request: no questions found (number them, or end each with a question mark)"
    asked=$(grep -c '{"name"' "$tables/questions.json")
    say "$(basename -- "$request"): $asked questions, which are the titles in foi.schema.json"
    cp -rH -- "$inbox" "$work/inbox"
    if [ -z "$(find "$work/inbox" -mindepth 1 -type d -print -quit)" ]; then
        each='file'
        say "$(basename -- "$inbox"): no folders in it, so each file is a reply (\"each\" in study.json)"
    fi
    (cd "$work" && "$BIN/fromdocs" -v --each "$each" inbox) >"$tables/letters"
    # what it has to say, it says again when the plan is drafted
    "$BIN/extract" -s "$tables/questions.json" "$tables/letters" >"$tables/0" 2>"$tables/said" || die 1 "$(cat "$tables/said")"
    count=$(wc -l <"$tables/0")
    [ "$count" -gt 0 ] || die 1 "$inbox: no letters"
    say "$(basename -- "$inbox"): $count replies in $(wc -l <"$tables/letters") documents"
    files+=(inbox) sheets+=('') names+=(foi) above[0]=''
}

# What a part of a question is asked behind its own words are further wordings of it. "refused" is what
# became of a request, not the want of an answer to what became of it. The next letter may state in a
# sentence the number that the first ones gave plainly.
complete_schema() { # SCHEMA
    sed -i '/"prose":/! s/"type":"\(integer\|number\)"/&,"prose":true/' "$1"
    sed -i 's/{"name":"status","title":"status",/{"name":"status","title":"What became of the request","missingValues":[""],/' "$1"
    awk 'NR == FNR {
             if (match($0, /,"questions":/) && match($0, /"title":.*,"questions":/)) {
                 title = substr($0, RSTART, RLENGTH - 13)
                 wordings[title] = substr($0, RSTART + RLENGTH - 13)
                 sub(/\}(\]\})?,?$/, "", wordings[title])
             }
             next
         }
         {
             for (title in wordings)
                 if ((at = index($0, title)))
                     $0 = substr($0, 1, at + length(title) - 1) wordings[title] substr($0, at + length(title))
             print
         }' "$tables/questions.json" "$1" >"$tables/schema"
    mv -- "$tables/schema" "$1"
}

draft() { # WHAT TABLE
    "$BIN/describe" --"$1" --name "${files[$2]}" "$tables/$2"
}

# The names in `"from":"NAME"` lines, with commas between.
listed() { # LINES
    local names
    names=$(cut -d'"' -f4 <<<"$1" | tr '\n' ',')
    names=${names%,}
    printf '%s' "${names//,/, }"
}

# A text as JSON.
quoted() { # TEXT
    sed 's/[\\"]/\\&/g; s/^/"/; s/$/"/' <<<"$1"
}

clean() { # SCHEMA RECORDS: typed records, which comparing needs
    "$BIN/normalise" -s "$1" "$2" 2>/dev/null
}

# --- what the further tables are to the replies -------------------------------------------

key='' roster='' lookups=() parts=(0)

# The settings of where a table stands: its file and sheet.
place_of() { # TABLE
    printf '"file":%s' "$(quoted "${files[$1]}")"
    [ -z "${sheets[$1]}" ] || printf ',"sheet":%s' "$(quoted "${sheets[$1]}")"
    local skip=${above[$1]}
    [ -n "$skip" ] || is_workbook "${files[$1]}" || skip=$(rows_above "$work/${files[$1]}")
    [ -z "$skip" ] || printf ',"skip":%s' "$skip"
    [ -z "${above[$1]}" ] || printf ',"header_rows":2'
}

# Whether the table has another field that the replies have too: then theirs is called NAME, its NAME_NAME.
clashes() { # RECORDS KEY
    comm -12 <(field_names "$tables/clean") <(field_names "$1") | grep -qvxF -- "$2"
}

# The field is written in capitals.
capitals() { # SCHEMA FIELD
    grep -q "{\"name\":\"$2\",.*\"case\":" "$1" || sed -i "s/{\"name\":\"$2\",/&\"case\":\"upper\",/" "$1"
}

# The records above the first blank row.
above_blank() { # TABLE
    spreadsheet "$work/${files[$1]}" "${sheets[$1]}" "${above[$1]}" --stop-at-blank 2>/dev/null
}

# Rows that are no replies: sums, and a few lines of notes below a blank row.
tell_oddities() { # TABLE
    local named=${files[$1]}${sheets[$1]:+, sheet ${sheets[$1]}} all notes name
    ! grep -qiE '^\{"[^"]*":"((grand|overall) )?totals?:?"' "$tables/$1" ||
        say "$named: a row of totals is among the records, and counts as one (delete it)"
    name=$(twice "$tables/$1")
    [ -z "$name" ] || say "$named: several columns are called '$name': the second is ${name}_2 here"
    all=$(wc -l <"$tables/$1")
    notes=$((all - $(above_blank "$1" | wc -l)))
    [ "$notes" -eq 0 ] || [ $((notes * 4)) -gt "$all" ] ||
        say "$named: records below a blank row: $notes (\"stop_at_blank\": true in study.json leaves them out)"
}

relate() { # TABLE
    local schema=$work/${names[$1]}.schema.json how left right met of exact named=''
    [ -z "${sheets[$1]}" ] || named=", sheet ${sheets[$1]}"
    draft schema "$1" >"$schema"
    clean "$schema" "$tables/$1" >"$tables/other"
    IFS=$'\t' read -r how left right met of exact < <("$BIN/study" link "$tables/clean" "$tables/other")
    case $how in
    same)
        parts+=("$1")
        rm "$schema"
        say "${files[$1]}$named: more replies, with the same columns" && return
        ;;
    many)
        rm "$schema"
        say "${files[$1]}$named: several rows for each $left; left out (it is a table of its own: begin a study with it alone)" && return
        ;;
    none)
        rm "$schema"
        say "${files[$1]}$named: nothing in it matches the replies; left out" && return
        ;;
    esac
    if [ "$exact" -lt "$met" ]; then
        capitals "$work/foi.schema.json" "$left"
        capitals "$schema" "$right"
        clean "$work/foi.schema.json" "$tables/0" >"$tables/clean"
        say "${files[$1]}$named: $((met - exact)) keys differ in their capitals alone: compared in capitals (\"case\" in the schemas)"
    fi
    if [ "$how" = key ] && [ "$met" = "$of" ] && [ -z "$roster" ]; then
        mv "$schema" "$work/roster.schema.json"
        roster="\"roster\":{$(place_of "$1"),\"key\":\"$right\""
        key=$left
        say "${files[$1]}$named: the bodies asked; each reply finds its own by $left = $right"
    else
        [ "$right" = "$left" ] || sed -i "s/{\"name\":\"$right\",/{\"name\":\"$left\",/" "$schema"
        clean "$schema" "$tables/$1" >"$tables/other"
        lookups+=("{\"name\":\"${names[$1]}\",$(place_of "$1"),\"key\":\"$left\"")
        right=$left
        say "${files[$1]}$named: looked up by $left; $met of $of replies find a row"
    fi
    if clashes "$tables/other" "$right"; then
        [ "$how" = key ] && [ -n "$roster" ] && [ ${#lookups[@]} -eq 0 ] && roster+=',"clash":"suffix"'
        [ ${#lookups[@]} -eq 0 ] || lookups[-1]+=',"clash":"suffix"'
    fi
}

# --- the drafts ---------------------------------------------------------------------------

# study.json: what `describe` drafts for the replies, and the other tables.
settings() {
    local table separator='' rest
    rest=$(draft study 0 | tr -d '\n' | sed 's/^{"foi":{[^}]*}//')
    printf '{'
    [ -z "$roster" ] || printf '%s},\n ' "$roster"
    printf '"foi":'
    [ ${#parts[@]} -eq 1 ] || printf '['
    for table in "${parts[@]}"; do
        if [ -n "$inbox" ]; then
            printf '{"key":"reply"},\n "replies":{"folder":"inbox"%s}' "$([ "$each" = folder ] || echo ',"each":"file"')"
        else
            printf '%s{%s%s}' "$separator" "$(place_of "$table")" "${key:+,\"key\":\"$key\"}"
        fi
        separator=$',\n  ' key=''
    done
    [ ${#parts[@]} -eq 1 ] || printf ']'
    separator=$',\n "lookups":['
    for table in ${lookups[@]+"${lookups[@]}"}; do
        printf '%s\n  %s}' "$separator" "$table"
        separator=,
    done
    [ ${#lookups[@]} -eq 0 ] || printf ']'
    [ "$rest" = '}' ] || printf ',\n '
    rest=${rest#,}
    echo "${rest# }"
}

# A codebook's first words: those of the free-text answers. Those to yes/no questions are tables without.
proposals() {
    local yes_no from names=
    draft codebook 0 >"$tables/words.json"
    grep -q '"from"' "$tables/words.json" || return 0
    "$BIN/code" -c "$tables/words.json" --residue "$work/codebook.proposals.csv" "$tables/clean" >/dev/null
    [ "$(wc -l <"$work/codebook.proposals.csv")" -gt 1 ] || rm "$work/codebook.proposals.csv"
    yes_no=$(draft study 0 | tr -d '\n' | sed -n 's/.*"yes_no":\[\([^]]*\)\].*/\1/p')
    while IFS= read -r from; do
        case $yes_no in *"${from#*:}"*) ;; *) names+=$from$'\n' ;; esac
    done < <(grep -o '"from":"[^"]*"' "$tables/words.json")
    [ -z "$names" ] || say "to be coded before they are tables: $(listed "${names%$'\n'}") (codebook.proposals.csv has their words)"
}

# The tables over the merged records, once the rest stands.
plan() {
    local name records=()
    [ -z "$roster" ] || "$pipelines/source.sh" "$work" roster --files >"$tables/roster"
    for name in ${lookups[@]+"${lookups[@]}"}; do
        name=${name#*:\"} name=${name%%\"*}
        "$pipelines/source.sh" "$work" "$name" --files >"$tables/$name"
        records+=("$tables/$name")
    done
    # nobody is to look at its lists yet
    mkdir "$tables/lists"
    LISTS=$tables/lists "$pipelines/foi.sh" "$work" --files |
        "$pipelines/merge.sh" "$work" "${roster:+$tables/roster}" '' ${records[@]+"${records[@]}"} |
        "$BIN/describe" --plan >"$work/plan.json"
    [ -z "$roster" ] || sed -i '1s/^{/{"reasons":{"unmatched":"no reply"},\n /' "$work/plan.json"
}

[ -z "$inbox" ] || add_inbox
for file in "${@:2}"; do
    [ "$file" = "$request" ] || add_file "$file"
done
[ ${#files[@]} -gt 0 ] || die 1 "$2: no rows"
for table in "${!files[@]}"; do
    [ "${files[table]}" = inbox ] || tell_oddities "$table"
done
draft schema 0 >"$work/foi.schema.json"
[ -z "$inbox" ] || complete_schema "$work/foi.schema.json"
clean "$work/foi.schema.json" "$tables/0" >"$tables/clean"
key=$(draft study 0 | sed -n 's/.*"key":"\([^"]*\)".*/\1/p')
for ((table = 1; table < ${#files[@]}; table++)); do
    relate "$table"
done
settings >"$work/study.json"
proposals
plan
rm -rf "$tables"

cat >"$work/README.md" <<'TEXT'
# A new study

Drafted from its spreadsheets or letters. What to look at, in this order:

1. `foi.schema.json`: of letters, whether its titles are what was asked; give the fields short names, and check types and missing values. `foi describe` on the spreadsheet shows what is there.
   Where a field says `"prose": true`, figures are read out of sentences: after a run, `foi review .` shows each with its sentence.
2. `study.json`: `key` is the field that names the body; `yes_no` lists the yes/no questions that were answered in prose.
3. `codebook.proposals.csv`, if there is free text: the words of the answers, the most frequent first. Give a `code` to those that count and save them as `codebook.csv`.
4. `plan.json`: the tables, a line each. `"FIELD by OTHER"` compares groups.

    foi check .        every problem at once
    foi run .          the results, in results/
TEXT
mv -T -- "$work" "$study"
trap - EXIT
say "$study: a study of ${inbox:-${files[0]}}; next: foi run $study"
