#!/usr/bin/env bash
# new.sh -- a study's folder from a spreadsheet of replies, to go on from.
#
#   new.sh STUDY FILE [ROSTER]
#
# Puts a copy of FILE, and of ROSTER if there is one, into the new folder STUDY and drafts what a
# study needs: schemas, study.json, plan.json, the words of free-text answers as proposals for a
# codebook, and a README that says what to do next. `foi run STUDY` makes a first report of it at
# once. Nothing is written if STUDY is there already. `foi new` runs it.
# shellcheck source=pipelines/common.bash
source "$(dirname "${BASH_SOURCE[0]}")/common.bash"
[ $# -eq 2 ] || [ $# -eq 3 ] || die 2 "usage: new.sh STUDY FILE [ROSTER]"
study=${1%/}
if [ -e "$study" ] || [ -L "$study" ]; then
    die 2 "$study: is there already"
fi
for file in "${@:2}"; do
    [ -f "$file" ] || die 1 "$file: no such file"
done

records() { # FILE
    case ${1,,} in
    *.xlsx | *.xlsm | *.ods | *.xls) "$BIN/fromsheet" -- "$1" ;;
    *.jsonl) cat -- "$1" ;;
    *) "$BIN/fromcsv" -- "$1" ;;
    esac
}

replies=$2 roster=${3:-}
work=$(mktemp -d "${study}.XXXXXX") || die 1 "$study: cannot be made"
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"

draft() { # WHAT RECORDS FILE
    "$BIN/describe" --"$1" --name "$(basename -- "$replies")" "$2" >"$3"
}

records "$replies" >"$work/records"
[ -s "$work/records" ] || die 1 "$replies: no rows"
cp -- "$replies" "$work/"
draft schema "$work/records" "$work/foi.schema.json"
draft plan "$work/records" "$work/plan.json"
draft study "$work/records" "$work/study.json"
draft codebook "$work/records" "$work/words"
"$BIN/normalise" -s "$work/foi.schema.json" "$work/records" >"$work/clean"
if grep -q '"from"' "$work/words"; then
    cp "$work/words" "$work/words.json"
    "$BIN/code" -c "$work/words.json" --residue "$work/codebook.proposals.csv" "$work/clean" >/dev/null
fi
if [ -n "$roster" ]; then
    cp -- "$roster" "$work/"
    records "$roster" >"$work/records"
    draft schema "$work/records" "$work/roster.schema.json"
    key=$("$BIN/describe" --study "$work/records" | sed -n 's/.*"key":\("[^"]*"\).*/\1/p')
    sed -i "1s|^{|{\"roster\":{\"file\":\"$(basename -- "$roster" | sed 's/[\\"|&]/\\&/g')\"${key:+,\"key\":$key}},\n |" "$work/study.json"
fi
rm -f "$work"/{records,clean,words,words.json}

cat >"$work/README.md" <<'TEXT'
# A new study

Drafted from its spreadsheet. What to look at, in this order:

1. `foi.schema.json`: give the fields short names, and check types and missing values. `foi describe` on the spreadsheet shows what is there.
2. `study.json`: `key` is the field that names the body; `yes_no` lists the yes/no questions that were answered in prose.
3. `codebook.proposals.csv`, if there is free text: the words of the answers, the most frequent first. Give a `code` to those that count and save them as `codebook.csv`.
4. `plan.json`: the tables. `"by": "FIELD"` compares groups.

    foi check .        every problem at once
    foi run .          the results, in results/
TEXT
mv -T -- "$work" "$study"
trap - EXIT
echo "$study: a study of $(basename -- "$replies"); next: foi run $study"
