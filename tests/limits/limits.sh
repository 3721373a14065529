#!/usr/bin/env bash
# limits.sh -- what each program takes for inputs of 10 MB that are made to take much.
#
#   limits.sh [-n MB] [INPUT[: COMMAND]]   the cases whose names match both patterns (default: all)
#
# No such input may take more than 5 seconds of a processor or 64 MiB, or end a program by a
# signal: it is read, or refused with a message. A line a case; "more" are those that are known to
# take more, in their own bounds, "OVER" all others; status 1 if there is any. With -n
# the inputs have so many MB. LIMIT_SECONDS is for slower machines; BIN and WITHIN lead to what is
# built. What a case writes goes nowhere: it may be many GB.
set -uo pipefail
export LC_ALL=C FOI_CACHE=''
root=$(cd "$(dirname "$0")/../.." && pwd)
BIN=${BIN:-$root/bin} WITHIN=${WITHIN:-$root/build/limits/within}
megabytes=10
if [ "${1:-}" = -n ]; then
    megabytes=$2
    shift 2
fi
inputs=${1:-.} commands=.
if [[ $inputs == *': '* ]]; then
    commands=${inputs#*: } inputs=${inputs%%: *}
fi
size=$((megabytes * 1000000)) most_seconds=${LIMIT_SECONDS:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2

cases=0 over=0 more=0

# How many MiB, and how many times the seconds, a case may take that still takes more: each is in
# docs/reliability.md with its reason. A case that comes below its bound should lose it here.
known() { # INPUT: COMMAND
    case $1 in
        'a page of items: '*) echo 80 1 ;;
        'a sheet of wide rows: fromsheet'*) echo 64 5 ;;
        'a sheet of wide rows: fromdocs'* | 'an archive of '* | 'a packed text of zeros: '*) echo 300 1 ;;
        'a PDF of brackets: '*) echo 600 1 ;;
        '4,000 columns and short rows: '*) echo 64 7 ;;
        'names beside as many unlike ones: '*) echo 250 4 ;;
        '100,000 cells: '*) echo 90 2 ;;
        *) echo 64 1 ;;
    esac
}

# The case INPUT: COMMAND. The input stands in files that the maker before it wrote.
takes() { # PROGRAM [ARGUMENT...]
    local name="$input: $*" status cpu memory said most_memory times
    [[ $* =~ ^$commands ]] || return 0
    rm -rf out*
    "$WITHIN" $((6 * most_seconds)) "$BIN/$1" "${@:2}" 3>took >/dev/null 2>said </dev/null
    read -r status cpu memory _ <took
    said=$(head -c 90 said | head -n 1)
    cases=$((cases + 1))
    read -r most_memory times < <(known "$name")
    if awk "BEGIN { exit !($cpu > $most_seconds * $times || $memory > $most_memory || $status > 2 && $times < 7) }"; then
        over=$((over + 1))
        printf 'OVER '
    elif awk "BEGIN { exit !($cpu > $most_seconds || $memory > 64) }"; then
        more=$((more + 1))
        printf 'more '
    else
        printf '     '
    fi
    printf '%6.2f s %6.1f MiB  status %s  %s  %s\n' "$cpu" "$memory" "$status" "$name" "$said"
    [ -z "$(find . -name '.*.tmp' -o -name '*.part')" ] || echo "OVER left a file: $name"
}

# Whether the input is wanted: then its files are made anew.
input() { # NAME
    input=$1
    rm -rf in.* right.*
    [[ $1 =~ $inputs ]]
}

# TEXT over and over, whole each time, to SIZE bytes in all (default: the whole size).
fill() { # TEXT [SIZE]
    printf '%s\n' "$1" | awk -v size="${2:-$size}" 'BEGIN {
        if ((getline text) < 1) exit
        while ((getline more) > 0) text = text "\n" more
        size -= size % length(text)
        while (length(text) < 65536 && length(text) < size) text = text text
        for (n = length(text); size > 0; size -= n) printf "%s", substr(text, 1, size)
    }'
}

# Lines made from their number, by an awk expression in i, to the size.
lines() { # EXPRESSION [COUNT]
    awk -v size="$size" -v count="${2:-1e9}" "BEGIN {
        for (i = 1; size > 0 && i <= count; i++) { line = $1; print line; size -= length(line) + 1 }
    }"
}

# ---- tables ----

every_csv() {
    takes fromcsv in.csv
    takes fromcsv --origin -d , -e UTF-8 in.csv
}

input 'one line of 10 MB' && fill a >in.csv && every_csv
input 'a row of commas' && { echo a && fill ,; } >in.csv && every_csv
input 'a header of commas' && { fill , && printf '\n' && echo 1; } >in.csv && every_csv
input 'quotes alone' && fill '"' >in.csv && every_csv
input 'a cell that is never closed' && { printf 'a\n"' && fill 'b,c;d\n'; } >in.csv && every_csv
input 'line ends alone' && fill '
' >in.csv && every_csv
input 'carriage returns alone' && fill $'\r' >in.csv && every_csv
input 'bytes of no encoding' && head -c "$size" /dev/zero | tr '\0' '\201' >in.csv && every_csv
input 'zeros' && head -c "$size" /dev/zero >in.csv && every_csv
input 'UTF-16 of one character' && { printf '\377\376' && fill 'a' | tr a '\1'; } >in.csv && every_csv
input 'rows of one letter' && fill 'a
' >in.csv && every_csv
input '100,000 columns' && awk 'BEGIN { for (r = 0; r < 15; r++) { for (i = 0; i < 1e5; i++) printf "%sc%d", i ? "," : "", r ? r : i
    print "" } }' >in.csv && every_csv
input '4,000 columns and short rows' && { seq -s, 4000 && fill 'a
'; } >in.csv && takes fromcsv --rejects rejects.jsonl in.csv
input 'columns of one name' && { fill 'a,' 600000 && printf 'a\n1\n'; } >in.csv && every_csv

# ---- records, to every program that reads them ----

echo '{"fields":[{"name":"a"},{"name":"b","type":"list"}],"missingValues":"foi"}' >schema.json
echo '{"fields":[{"name":"a","title":"What is it?"},{"name":"b","title":"Do you use one?"}]}' >questions.json
printf '%s\n' 'from,into,code,label,group,term' 'a,c,py,Python,language,Python' ',,cs,C#,language,C#' >book.csv

every_filter() { # [FIELD]
    takes normalise -s schema.json --rejects rejects.jsonl in.jsonl
    takes normalise -s schema.json --flags flags.jsonl --extra drop in.jsonl
    takes code -c book.csv --rejects rejects.jsonl in.jsonl
    takes code -c book.csv --evidence --uncoded uncoded.jsonl in.jsonl
    takes join --on a --validate m:m in.jsonl book.jsonl
    takes join --on a book.jsonl in.jsonl
    takes tabulate --field a in.jsonl
    takes tabulate --field a --by b in.jsonl
    takes tabulate --field a --by b --unit a --partial in.jsonl
    takes chisq --field a --by b in.jsonl
    takes chisq --field a --equal in.jsonl
    takes tocsv in.jsonl
    takes tocsv --rejects rejects.jsonl -f a,b in.jsonl
    takes toxlsx -o out.xlsx in.jsonl
    takes deadline --from a --to b --rejects rejects.jsonl in.jsonl
    takes cluster --field a in.jsonl
    takes cluster --field a --key ngram in.jsonl
    takes cluster --field a --key phonetic in.jsonl
    takes match --field a book.jsonl in.jsonl
    takes match --field a in.jsonl book.jsonl
    takes describe in.jsonl
    takes describe --schema in.jsonl
    takes describe --json in.jsonl
    takes review --key a in.jsonl
    takes sample -n 100 in.jsonl
    takes kappa --by a --field b in.jsonl in2.jsonl
    takes extract -s questions.json --unplaced unplaced.jsonl in.jsonl
    takes report in.jsonl
    rm -f rejects.jsonl flags.jsonl uncoded.jsonl unplaced.jsonl
}
printf '%s\n' '{"a":"Python","b":"x"}' '{"a":"1","b":"y"}' >book.jsonl

records() { # NAME MAKER...
    input "$1" || return 0
    "${@:2}" >in.jsonl
    ln -sf in.jsonl in2.jsonl
    every_filter
}
wrapped() { # BEFORE FILLING AFTER
    printf '%s' "$1"
    fill "$2"
    printf '%s\n' "$3"
}
numbered_fields() { # COUNT
    awk -v n="$1" 'BEGIN { printf "{"; for (i = 0; i < n; i++) printf "%s\"f%d\":\"v\"", i ? "," : "", i; print "}" }'
}

nulls() { # COUNT REASON: as many nulls, and as many reasons for fields named REASON and a number
    awk -v n="$1" -v reason="$2" 'BEGIN {
        printf "{\"a\":1"
        for (i = 0; i < n; i++) printf ",\"f%d\":null", i
        for (i = n - 1; i >= 0; i--) printf "%s\"%s%d\":\"x\"", i == n - 1 ? ",\"_missing\":{" : ",", reason, i
        print "}}"
    }'
}
reasons() {
    printf '{"a":1,"_missing":{"f":"x"'
    lines '",\"" i "\":\"\""' | tr -d '\n'
    printf '}}\n'
}
wide() { # FIELDS
    awk -v n="$1" -v size="$size" 'BEGIN {
        for (i = 0; i < n; i++) line = line (i ? "," : "{") "\"f" i "\":1"
        for (; size > 0; size -= length(line) + 2) print line "}"
    }'
}

records 'one text of 10 MB' wrapped '{"b":"x","a":"' 'Python is ' '"}'
records 'one word of 10 MB' wrapped '{"b":"x","a":"' 'abcdefghij' '"}'
records 'a text of escapes' wrapped '{"b":"x","a":"' '\u0041\n\"' '\u0041"}'
records 'a text of marks' wrapped '{"b":"x","a":"e' $'\xcc\x81\xcc\xa3' '"}'
records 'a text of clauses' wrapped '{"b":"x","a":"' 'No. C# and not, ' '"}'
records 'a text of paragraphs' wrapped '{"b":"x","a":"' '1. Do you?\n\nNo\n' '"}'
records 'a number of 10 MB' wrapped '{"b":"x","a":' 1 '}'
records 'a list of numbers' wrapped '{"b":"x","a":[1' ,1 ']}'
records 'a list of texts' wrapped '{"b":"x","a":["x"' ',"x"' ']}'
records 'brackets alone' fill '['
records 'objects in objects' fill '{"a":'
records 'empty objects' fill '{}
'
records 'empty lines' fill '
'
records 'bad lines' fill '{]
'
records 'one record of 700,000 fields' numbered_fields 700000
records 'nulls and their reasons' nulls 120000 f
records 'nulls, and reasons for other fields' nulls 120000 x
records 'reasons alone' reasons
records 'records of 16,000 fields' wide 16000
records 'a field of its own in each record' lines '"{\"f" i "\":\"" i "\"}"'
records '100,000 distinct texts' lines '"{\"a\":\"name number " i " of a list of many\",\"b\":\"x" i % 7 "\",\"n\":" i "}"'
records 'distinct in both fields' lines '"{\"a\":\"" i "\",\"b\":\"" i * 7 % 100003 "\"}"'
records '300 by 300' lines '"{\"a\":\"" i * 17 % 300 "\",\"b\":\"" int(i / 300) % 300 "\"}"'
records 'near-equal names' lines '"{\"a\":\"Royal Hospital of Saint " i % 1000 " NHS Trust " int(i / 1000) "\",\"b\":" i "}"'
records 'missing answers of a name each' lines '"{\"a\":null,\"b\":null,\"_missing\":{\"a\":\"r" i "\",\"b\":\"x\"}}"'
records 'lists in both fields' lines '"{\"a\":[1,2,3,4,5,6,7,8,9,10,11,12],\"b\":[1,2,3,4,5,6,7,8,9," i "]}"'
records 'fields in another order each' lines '"{\"a\":1,\"f" i % 3 "\":1,\"f" 3 + i % 2 "\":2,\"b\":\"" i % 2 "\"}"'

input 'as many values as a table may have' && lines '"{\"a\":\"value " i "\",\"b\":\"x\"}"' 250000 >in.jsonl &&
    takes tabulate --field a in.jsonl
input 'as many cells as a table may have' && lines '"{\"a\":" i % 500 ",\"b\":" int(i / 500) % 500 "}"' >in.jsonl &&
    takes tabulate --field a --by b in.jsonl

input 'as many values as may be tested' && lines '"{\"a\":\"value " i "\",\"b\":\"x\"}"' 100000 >in.jsonl && takes chisq --field a --equal in.jsonl
input 'as many cells as may be tested' && lines '"{\"a\":" i % 500 ",\"b\":" int(i / 500) % 200 "}"' >in.jsonl && takes chisq --field a --by b in.jsonl

unlike_names() { # OFFSET: of seven letters, spread over all there are
    lines '"{\"a\":\"" sprintf("%c%c%c%c%c%c%c", 97 + (x = (i * 7919007 + '"$1"') % 8031810176) % 26, 97 + int(x / 26) % 26, 97 + int(x / 676) % 26, 97 + int(x / 17576) % 26, 97 + int(x / 456976) % 26, 97 + int(x / 11881376) % 26, 97 + int(x / 308915776) % 26) "\"}"'
}
input 'names beside as many unlike ones' && unlike_names 1 >in.jsonl && unlike_names 400000007 >right.jsonl &&
    takes match --field a right.jsonl in.jsonl

echo '{"fields":[{"name":"a","title":"How many lenses of any kind of camera does each site operate, and at what cost?","type":"number","prose":true}]}' >prose.schema.json
for answer in a1 'no one any ' 'of which 1 ' 'lens camera 1 ' 'twenty-one and ' "x'y "; do
    input "answers of '$answer'" && awk -v answer="$answer" -v size="$size" 'BEGIN {
        while (length(text) < 4000) text = text answer
        for (done = 0; done < size; done += length(text)) printf "{\"a\":\"we %s\"}\n", text }' >in.jsonl &&
        takes normalise -s prose.schema.json in.jsonl
done

# ---- documents that people keep ----

echo '{"a":"Python","b":"x"}' >one.jsonl
every_schema() {
    takes normalise -s in.schema.json one.jsonl
    takes extract -s in.schema.json one.jsonl
}
every_book() { # FILE
    takes codebook check "$1"
    takes codebook convert --to json "$1"
    takes codebook convert --to qdc "$1"
    [ "${1##*.}" = qdc ] || takes code -c "$1" --field a one.jsonl
}
qdc() { # CODES
    printf '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>'
    "$@"
    printf '</Codes></CodeBook>'
}
input 'a schema of all the fields that it may have' && { printf '{"fields":[{"name":"a"}' && lines '",{\"name\":\"f" i "\"}"' 16383 && printf ']}'; } >in.schema.json && every_schema
input 'a schema of nearly all the values that it may have' && { printf '{"fields":[{"name":"a","missingValues":[""' && lines '",\"v" i "\""' $((megabytes * 29000)) && printf ']}]}'; } >in.schema.json && every_schema
input 'a schema of all the fields that it may have, and a record of as many others' && { printf '{"fields":[{"name":"a"}' && lines '",{\"name\":\"f" i "\"}"' 16383 && printf ']}'; } >in.schema.json &&
    { printf '{"a":1' && lines '",\"ff" i "\":2"' 16383 | tr -d '\n' && echo '}'; } >in.jsonl && takes normalise -s in.schema.json in.jsonl
input 'a plan of all the tables that it may have' && { printf '{"tables":[{"id":"t","field":"a"}' && lines '",{\"id\":\"t" i "\",\"field\":\"b\"}"' 4999 && printf ']}'; } >in.plan.json && takes tabulate -p in.plan.json one.jsonl
input 'a schema of 200,000 fields' && { printf '{"fields":[{"name":"a"}' && lines '",{\"name\":\"f" i "\"}"' && printf ']}'; } >in.schema.json && every_schema
input 'a schema with one list of values' && { printf '{"fields":[{"name":"a","missingValues":[""' && lines '",\"v" i "\""' && printf ']}]}'; } >in.schema.json && every_schema
input 'a schema of brackets' && fill '[' >in.schema.json && every_schema
input 'a plan of 200,000 tables' && { printf '{"tables":[{"id":"t","field":"a"}' && lines '",{\"id\":\"t" i "\",\"field\":\"b\"}"' && printf ']}'; } >in.plan.json && takes tabulate -p in.plan.json one.jsonl
input 'a codebook of all the codes that it may have' && { echo code,label,term && lines '"c" i ",Label " i ",term " i' 80000; } >in.csv && every_book in.csv
input 'codes of other programs, all that may be' && qdc lines '"<Code guid=\"" i "\" name=\"n" i "\" isCodable=\"true\"/>"' 80000 >in.qdc && every_book in.qdc
input 'a codebook of one code each row' && { echo code,label,term && lines '"c" i ",Label " i ",term " i'; } >in.csv && every_book in.csv
input 'a codebook of one code' && { echo code,label,term && lines '"c,Label,term " i'; } >in.csv && every_book in.csv
input 'codes of other programs' && qdc lines '"<Code guid=\"" i "\" name=\"n" i "\" isCodable=\"true\"/>"' >in.qdc && every_book in.qdc
input 'codes of one name' && qdc lines '"<Code guid=\"" i "\" name=\"n\" isCodable=\"true\"/>"' >in.qdc && every_book in.qdc
input 'codes in codes' && qdc fill '<Code guid="1" name="n" isCodable="false">' >in.qdc && every_book in.qdc
input 'decisions' && { echo kind,by,reply,field,value,was,coder,date,text,comment && lines '"codes,a,R" i ",c,py,,AB,2020-01-02,x,"'; } >in.csv &&
    takes code -c book.csv --decisions in.csv one.jsonl
input 'decisions of two people' && { echo kind,by,reply,field,value,was,coder,date,text,comment && lines '"code,a,R" int(i / 2) ",c,py,,C" i % 2 ",2020-01-02,x,"'; } >in.csv &&
    takes kappa in.csv && takes review --adjudicate -o out.csv in.csv

# ---- long documents ----

printf '{"fields":[{"name":"team","number":"1","title":"Does the Trust have a software team?"},{"name":"staff","number":"2","title":"How many developers does the Trust employ?"}]}' >asked.json
letters() { # COMMAND...: a document's text with its tabs and line ends
    printf '{"reply":"R","file":"a","text":"'
    "$@" | sed 's/\t/\\t/g; s/$/\\n/' | tr -d '\n'
    printf '"}\n'
}
input 'a document of payments' && letters lines '"Payment " i "\tCivica\t" i * 7 "\tsoftware licence\t2018/19"' 20000 >in.jsonl && takes extract -s asked.json in.jsonl
input 'a document of sentences' && letters fill 'The Trust has a software team. ' 1000000 >in.jsonl && takes extract -s asked.json in.jsonl
input 'a document of numbers' && letters lines 'i ". some text"' 60000 >in.jsonl && takes extract -s asked.json in.jsonl
input 'a document of questions' && letters lines '"> Does the Trust have a software team?"' 25000 >in.jsonl && takes extract -s asked.json in.jsonl
input 'a document over the limit' && letters fill 'The Trust has a software team. ' >in.jsonl && takes extract -s asked.json in.jsonl
printf '{"fields":[{"name":"a","number":"1","title":"Does the Trust have a software team?"},{"name":"b","number":"2","title":"How many developers does it employ?"},{"name":"c","number":"3","title":"What was spent on software?"},{"name":"d","number":"4","title":"How many grants were sought?"}]}' >four.json
input 'a document of names and answers in paragraphs' && letters lines '"Team: yes. Phone: 5. Hours: 9; Fax: 4. 1 2 3 4; First, yes.\n"' 15000 >in.jsonl && takes extract -s four.json in.jsonl
input 'a document of names and answers in one line' && letters fill 'Team: yes. Phone: 5. First, Fax: 4; ' 1000000 >in.jsonl && takes extract -s four.json in.jsonl

# ---- requests ----

asks() { # COMMAND...
    printf '{"text":"'
    "$@"
    printf '"}\n'
}
input 'a request of one question' && asks fill '1. How many words of it ' >in.jsonl && takes describe --questions in.jsonl
input 'a request of lines' && { printf '{"text":"1. What is it:\\n' && fill 'more of it\n' && printf '"}\n'; } >in.jsonl && takes describe --questions in.jsonl
input 'a request of numbers' && { printf '{"text":"' && lines 'i % 60 + 1 ". what is it"' | sed 's/$/\\n/' | tr -d '\n' && printf '"}\n'; } >in.jsonl && takes describe --questions in.jsonl
input 'a request of parts' && asks fill 'a) what is it b) 1.1.1.1 and it\n' >in.jsonl && takes describe --questions in.jsonl
input 'a request of question marks' && asks fill 'is it? ' >in.jsonl && takes describe --questions in.jsonl
input 'a request of bullets' && asks fill '- is it\n' >in.jsonl && takes describe --questions in.jsonl

# ---- letters and workbooks ----

mail='From: a@b.example
Subject: x
Content-Type: multipart/mixed; boundary="b"

'
input 'a mail of one text' && { printf 'From: a@b.example\n\n' && fill 'word '; } >in.eml && takes fromdocs in.eml
input 'a mail of parts' && { printf %s "$mail" && fill '--b

'; } >in.eml && takes fromdocs in.eml
input 'a mail of parts of one header' && { printf %s "$mail" && fill '--b
A: b

x
'; } >in.eml && takes fromdocs in.eml
input 'a mail of addresses' && { printf 'To: a@b.example' && fill ', a@b.example' && printf '\n\nx\n'; } >in.eml && takes fromdocs in.eml
input 'a mail of one header' && { printf 'Subject: ' && fill '=?UTF-8?Q?a?= ' && printf '\n\nx\n'; } >in.eml && takes fromdocs in.eml
input 'a mail of parameters' && { printf 'Content-Type: text/plain' && lines '"; a" i "=b"' | tr -d '\n' && printf '\n\nx\n'; } >in.eml && takes fromdocs in.eml
input 'a mail of mails in mails' && fill 'Content-Type: message/rfc822

' >in.eml && takes fromdocs in.eml
input 'a mail of multiparts in multiparts' && lines '"Content-Type: multipart/mixed; boundary=b" i "\n\n--b" i' >in.eml && takes fromdocs in.eml
input 'a mail of headers' && fill 'X-A: b
' >in.eml && takes fromdocs in.eml
input 'a mailbox of mails' && fill 'From x Mon Mar  2 10:15:00 2020
From: a@b.example

x

' >in.mbox && takes fromdocs in.mbox
input 'a page of marks' && { printf '<!doctype html>' && fill '<b>'; } >in.html && takes fromdocs in.html
input 'a page of cells' && { printf '<!doctype html><table>' && fill '<tr><td>x'; } >in.html && takes fromdocs in.html
input 'a page of blocks' && { printf '<!doctype html>' && fill '<p>x'; } >in.html && takes fromdocs in.html
input 'a page of items' && { printf '<!doctype html><ol>' && fill '<li>x'; } >in.html && takes fromdocs in.html
input 'a page of attributes' && { printf '<!doctype html><p' && lines '" a" i "=b"' && printf '>x'; } >in.html && takes fromdocs in.html
input 'a page of names' && { printf '<!doctype html>' && lines '"<x" i " a" i "=b>"'; } >in.html && takes fromdocs in.html
input 'a page of ends' && { printf '<!doctype html>' && fill '<b>' 2000 && fill '</i>'; } >in.html && takes fromdocs in.html
input 'a page of one cell' && { printf '<!doctype html><table><tr><td>' && fill 'word ' && printf '</table>'; } >in.html && takes fromdocs in.html
input 'a page of tables in tables' && { printf '<!doctype html>' && fill '<table><tr><td>'; } >in.html && takes fromdocs in.html
input 'a web archive of nothing' && fill 'WARC/1.0
Content-Length: 0

' >in.warc && takes fromdocs in.warc
page='WARC/1.0
WARC-Type: resource
WARC-Target-URI: http://a.example/
Content-Type: text/html
Content-Length: '
input 'a web archive of small pages' && fill "${page}5

<p>x

" >in.warc && takes fromdocs in.warc
input 'a web archive of one page of cells' && { printf '%s%d\n\n' "$page" "$size" && fill '<tr><td>x'; } >in.warc && takes fromdocs in.warc
input 'a text of quotes' && fill '> > On 1 May 2020, A wrote:
' >in.txt && takes fromdocs in.txt
input 'a text of cells' && fill 'a	b
' >in.txt && takes fromdocs in.txt

# Parts of a file of Word or OpenDocument, or members of an archive, from standard input.
packed() { # FILE [--stored]
    "$root/tests/zip-parts" "$@"
}
docx() { # PART BEFORE TEXT AFTER: PART is filled with TEXT; with i in it, which is counted
    echo '--- [Content_Types].xml'
    echo '<Types/>'
    [ "$1" = word/document.xml ] || printf '%s\n' '--- word/document.xml' "<w:document xmlns:w=\"w\"><w:body>$(fill "$paragraph" 200000)</w:body></w:document>"
    printf '%s\n' "--- $1" "<$2 xmlns:w=\"w\">"
    printf '%s' "${3%%|*}"
    [[ $3 != *'"'* ]] || lines "${3##*|}"
    [[ $3 == *'"'* ]] || fill "${3##*|}"
    printf '%s' "$4"
    printf '</%s>\n' "${2%% *}"
}
paragraph='<w:p><w:pPr><w:pStyle w:val="none"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
every_docx() { # NAME ARGUMENT OF docx...
    input "$1" || return 0
    docx "${@:2}" | packed in.docx
    takes fromdocs in.docx
}
every_docx 'a Word file of texts' word/document.xml w:document '<w:body>|<w:p><w:r><w:t>word</w:t></w:r></w:p>' '</w:body>'
every_docx 'a Word file of cells' word/document.xml w:document '<w:body><w:tbl><w:tr>|<w:tc><w:p/></w:tc>' '</w:tr></w:tbl></w:body>'
every_docx 'a Word file of rows' word/document.xml w:document '<w:body><w:tbl>|<w:tr><w:tc><w:p/></w:tc></w:tr>' '</w:tbl></w:body>'
every_docx 'a Word file of symbols' word/document.xml w:document '<w:body><w:p>|"<w:sym w:font=\"f" i "\" w:char=\"F0\"/>"' '</w:p></w:body>'
every_docx 'a Word file of pictures and boxes' word/document.xml w:document '<w:body>|<w:p><w:r><w:txbxContent><w:p><w:r><w:t>x</w:t></w:r></w:p></w:txbxContent></w:r></w:p>' '</w:body>'
every_docx 'a Word file of tables in tables' word/document.xml w:document '<w:body>|<w:tbl><w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>' '</w:body>'
every_docx 'a Word file of elements that are not closed' word/document.xml w:document '<w:body>|<w:p>' ''
every_docx 'a Word file of styles' word/styles.xml w:styles '|"<w:style w:styleId=\"s" i "\"/>"' ''
paragraph='<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
every_docx 'a Word file of lists' word/numbering.xml w:numbering '|"<w:num w:numId=\"" i + 1 "\"/>"' ''
every_docx 'a Word file of kinds of lists' word/numbering.xml w:numbering '|"<w:abstractNum w:abstractNumId=\"" i "\"/>"' '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
every_docx 'a Word file of footnotes' word/footnotes.xml w:footnotes '|"<w:footnote w:id=\"" i "\"><w:p><w:r><w:t>x</w:t></w:r></w:p></w:footnote>"' ''

open='xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s"'
every_odf() { # NAME PROGRAM FILE BODY TEXT AFTER
    input "$1" || return 0
    {
        printf '%s\n' '--- mimetype' "application/vnd.oasis.opendocument.${4%% *}" '--- content.xml' "<office:document-content $open>"
        printf '%s' "${4#* }"
        if [[ $5 == '"'* ]]; then lines "$5"; else fill "$5"; fi
        printf '%s\n' "$6</office:document-content>"
    } | packed "$3"
    takes "$2" "$3"
}
every_odf 'an OpenDocument text of paragraphs' fromdocs in.odt 'text <office:body><office:text>' '<text:p>x</text:p>' '</office:text></office:body>'
every_odf 'an OpenDocument text of cells' fromdocs in.odt 'text <office:body><office:text><table:table><table:table-row>' '<table:table-cell/>' '</table:table-row></table:table></office:text></office:body>'
every_odf 'an OpenDocument text of styles' fromdocs in.odt 'text <office:automatic-styles>' '"<text:list-style style:name=\"L" i "\"/>"' \
    "</office:automatic-styles><office:body><office:text>$(fill '<text:list text:style-name="x"><text:list-item><text:p>x</text:p></text:list-item></text:list>' 100000)</office:text></office:body>"
table='<office:body><office:spreadsheet><table:table table:name="S">'
after='</table:table></office:spreadsheet></office:body>'
every_odf 'an OpenDocument table of rows' fromsheet in.ods "spreadsheet $table" '<table:table-row><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>' "$after"
every_odf 'an OpenDocument table of cells' fromsheet in.ods "spreadsheet $table<table:table-row>" '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>' "</table:table-row>$after"
every_odf 'an OpenDocument table of repeated cells' fromsheet in.ods "spreadsheet $table" '<table:table-row><table:table-cell table:number-columns-repeated="16000" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>' "$after"
every_odf 'an OpenDocument table of tables' fromsheet in.ods 'spreadsheet <office:body><office:spreadsheet>' '"<table:table table:name=\"s" i "\"/>"' '</office:spreadsheet></office:body>'

xlsx() { # PART TEXT-OF-IT: the workbook with this part, which comes on standard input
    local office=http://schemas.openxmlformats.org/officeDocument/2006/relationships part
    printf '%s\n' '--- [Content_Types].xml' '<Types/>' '--- _rels/.rels' \
        "<Relationships><Relationship Id=\"r1\" Type=\"$office/officeDocument\" Target=\"/xl/workbook.xml\"/></Relationships>" \
        '--- xl/_rels/workbook.xml.rels' "<Relationships><Relationship Id=\"r1\" Type=\"$office/worksheet\" Target=\"worksheets/sheet1.xml\"/>" \
        "<Relationship Id=\"r2\" Type=\"$office/styles\" Target=\"styles.xml\"/><Relationship Id=\"r3\" Type=\"$office/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
    [ "$1" = xl/workbook.xml ] || printf '%s\n' '--- xl/workbook.xml' '<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
    for part in xl/styles.xml='<styleSheet/>' xl/sharedStrings.xml='<sst/>' xl/worksheets/sheet1.xml='<worksheet><sheetData><row><c><v>1</v></c></row><row><c><v>1</v></c></row></sheetData></worksheet>'; do
        [ "$1" = "${part%%=*}" ] || printf '%s\n' "--- ${part%%=*}" "${part#*=}"
    done
    echo "--- $1"
    cat
}
every_xlsx() { # NAME PART BEFORE TEXT AFTER
    input "$1" || return 0
    {
        printf '%s' "$3"
        if [[ $4 == '"'* ]]; then lines "$4"; else fill "$4"; fi
        printf '%s\n' "$5"
    } | xlsx "$2" | packed in.xlsx
    takes fromsheet in.xlsx
    takes fromsheet --comments --fill-merged --visible in.xlsx
    takes fromdocs in.xlsx
}
every_xlsx 'a sheet of rows' xl/worksheets/sheet1.xml '<worksheet><sheetData>' '<row><c><v>1</v></c></row>' '</sheetData></worksheet>'
every_xlsx 'a sheet of cells' xl/worksheets/sheet1.xml '<worksheet><sheetData><row>' '<c><v>1</v></c>' '</row></sheetData></worksheet>'
wide=$(fill '<c><v>1</v></c>' 90000)
every_xlsx 'a sheet of wide headers of one name' xl/worksheets/sheet1.xml '<worksheet><sheetData>' "<row>$wide$wide$wide</row>" '</sheetData></worksheet>'
every_xlsx 'a sheet of late columns' xl/worksheets/sheet1.xml "<worksheet><sheetData>$(fill '<row><c><v>1</v></c></row>' 3000)" "<row>$wide</row>" '</sheetData></worksheet>'
every_xlsx 'a sheet of wide rows' xl/worksheets/sheet1.xml '<worksheet><sheetData>' '"<row r=\"" i "\"><c r=\"XFD" i "\"><v>1</v></c></row>"' '</sheetData></worksheet>'
every_xlsx 'a sheet of empty rows' xl/worksheets/sheet1.xml '<worksheet><sheetData><row/><row><c><v>1</v></c></row>' '<row/>' '<row><c><v>1</v></c></row></sheetData></worksheet>'
every_xlsx 'a sheet of columns' xl/worksheets/sheet1.xml '<worksheet><cols>' '"<col min=\"" 2 * i "\" max=\"" 2 * i "\" hidden=\"1\"/>"' '</cols><sheetData><row><c><v>1</v></c></row><row><c><v>1</v></c></row></sheetData></worksheet>'
every_xlsx 'a sheet of merged ranges' xl/worksheets/sheet1.xml '<worksheet><sheetData><row><c><v>1</v></c></row><row><c><v>1</v></c></row></sheetData><mergeCells>' '"<mergeCell ref=\"A" 2 * i ":A" 2 * i + 1 "\"/>"' '</mergeCells></worksheet>'
every_xlsx 'a workbook of texts' xl/sharedStrings.xml '<sst>' '<si><t>x</t></si>' '</sst>'
every_xlsx 'a workbook of one text' xl/sharedStrings.xml '<sst><si><t>' 'word ' '</t></si></sst>'
every_xlsx 'a workbook of styles' xl/styles.xml '<styleSheet><cellXfs>' '<xf numFmtId="14"/>' '</cellXfs></styleSheet>'
every_xlsx 'a workbook of formats' xl/styles.xml '<styleSheet><numFmts>' '"<numFmt numFmtId=\"" i "\" formatCode=\"yyyy\"/>"' '</numFmts><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>'
every_xlsx 'a workbook of sheets' xl/workbook.xml '<workbook xmlns:r="r"><sheets>' '"<sheet name=\"s" i "\" sheetId=\"1\" r:id=\"r1\"/>"' '</sheets></workbook>'

every_xls() { # NAME LINES-BEFORE EXPRESSION COUNT
    input "$1" || return 0
    { printf '%s\n' "${2%%@*}" '!sheet S 0' "${2#*@}" && lines "$3" "$4"; } | "$root/tests/xls-of" >in.xls
    takes fromsheet in.xls
    takes fromsheet --fill-merged in.xls
    takes fromdocs in.xls
}
most=$((megabytes * 20000))
every_xls 'an old sheet of rows' '42 =H 1200@204 =HHH 0 0 0 sk' '"204 =HHH " i % 60000 + 1 " 0 0 s1"' "$most"
every_xls 'an old sheet of merged ranges' '42 =H 1200@204 =HHH 0 0 0 sk' '"E5 =HHHHH 1 " 2 * i % 60000 " " 2 * i % 60000 + 1 " 0 0"' "$most"

# ---- archives ----

input 'an archive of nothing' && lines '"--- m" i' "$((megabytes * 10000))" | packed in.zip && takes fromdocs in.zip
input 'an archive of small pages' && lines '"--- m" i ".html\n<p>x</p>"' "$((megabytes * 10000))" | packed in.zip && takes fromdocs in.zip
input 'an archive of zeros' && { echo "--- a.txt *$((megabytes * 100000000))" && echo x; } | packed in.zip && takes fromdocs in.zip
input 'an archive of a page' && { echo "--- a.html *$((size / 2))" && echo '<p>x</p>'; } | packed in.zip && takes fromdocs in.zip
input 'an archive of many texts' && { for i in {1..20}; do printf '%s\n' "--- a$i.txt *$((size / 20))" 'words and '; done; } | packed in.zip && takes fromdocs in.zip
input 'archives in archives' && {
    echo x | gzip >in.zip
    for i in {1..60}; do gzip <in.zip >in.next && mv in.next in.zip; done
    takes fromdocs in.zip
}
input 'a packed text' && fill 'word ' | gzip >in.txt.gz && takes fromdocs in.txt.gz
input 'a packed text of zeros' && head -c $((size * 100)) /dev/zero | tr '\0' x | gzip >in.gz && takes fromdocs in.gz
input 'a packed web archive' && fill "${page}5

<p>x

" | gzip >in.warc.gz && takes fromdocs in.warc.gz

# ---- PDFs, as far as the other program's memory is ours to say ----

input 'a PDF of one page' && fill 'some words of a long text that goes on
' | "$root/tests/pdf-of" >in.pdf && takes fromdocs in.pdf
input 'a PDF of pages' && lines '"page " i "\n\fQuestion " i "   answer"' "$((megabytes * 1000))" | "$root/tests/pdf-of" >in.pdf && takes fromdocs in.pdf
input 'a PDF of brackets' && { printf '%%PDF-1.4\n1 0 obj\n' && fill '['; } >in.pdf && takes fromdocs in.pdf
input 'a PDF of objects' && { printf '%%PDF-1.4\n' && lines 'i " 0 obj\n<< >>\nendobj"'; } >in.pdf && takes fromdocs in.pdf

# ---- tables of counts ----

cells() { # SIDE: a table of so many rows and columns
    awk -v side="$1" 'BEGIN {
        for (i = 0; i < side; i++) for (j = 0; j < side; j++) {
            total[j] += (i * j) % 7
            printf "{\"table\":\"t\",\"title\":\"T\",\"kind\":\"cell\",\"field\":\"a\",\"value\":\"v%d\",\"by\":\"b\",\"group\":\"g%d\",\"n\":%d,\"base\":1000,\"percent\":1,\"low\":0,\"high\":2,\"multiple\":false}\n", i, j, (i * j) % 7
        }
        for (j = 0; j < side; j++)
            printf "{\"table\":\"t\",\"title\":\"T\",\"kind\":\"total\",\"field\":\"a\",\"value\":null,\"by\":\"b\",\"group\":\"g%d\",\"n\":%d,\"base\":%d,\"percent\":null,\"low\":null,\"high\":null,\"multiple\":false}\n", j, total[j], total[j]
    }'
}
every_cell() {
    for format in text markdown html latex csv xlsx; do takes report -f "$format" -o out.report in.jsonl; done
    takes chisq in.jsonl
}
input '30,000 cells' && cells 175 >in.jsonl && every_cell
input '65,000 cells' && cells 255 >in.jsonl && every_cell # 10 MB
input '100,000 cells' && cells 316 >in.jsonl && every_cell # 15 MB

# ---- a whole study ----

input 'a study of 145,000 replies' && mkdir -p in.data && awk -v size="$size" 'NR == 1 { print; next } { row[n++] = substr($0, index($0, ",")) } END {
    for (i = 0; size > 0; i++) {
        line = "R" 10000 + i row[i % n]
        print line
        size -= length(line) + 1
    }
}' "$root/samples/library-2024/answers.csv" >in.data/answers.csv && takes foi run "$root/samples/library-2024" in.result in.data

echo "$cases cases: $over over the limits, $more of those known to take more"
[ "$over" -eq 0 ] && [ "$cases" -gt 0 ]
