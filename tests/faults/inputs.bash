# inputs.bash -- the commands that calls fail in, and what they read; sourced in an empty folder.
# shellcheck shell=bash disable=SC2034

make_inputs() {
    printf '%s\n' 'from,into,code,label,group,term' 'text,tech,py,Python,language,Python' ',,cs,C#,language,C#' >book.csv
    printf '%s\n' 'id,answer,text,when' 'a,yes,"C#, Python",01/02/2020' 'b,No,We do not use Python.,02/03/2020' \
        'c,n/a,,' 'd,YES,"a longer text, ""quoted"", of several words that name C#",03/03/2020' >in.csv
    cat >schema.json <<'X'
{"fields":[{"name":"id","type":"string","constraints":{"unique":true,"pattern":"[a-z]"}},
 {"name":"answer","type":"boolean","trueValues":["yes","YES"],"falseValues":["No"],
  "missingValues":[{"value":"n/a","label":"not_applicable"}]},
 {"name":"text"},{"name":"when","type":"date","format":"%d/%m/%Y"}]}
X
    echo '{"tables":[{"id":"t","field":"tech"},{"id":"u","field":"answer","by":"group","interval":"clopper-pearson"}]}' >plan.json
    printf '%s\n' '{"id":"a","group":"x","sent":"2020-01-01"}' '{"id":"b","group":"y","sent":"2020-01-02"}' '{"id":"e","group":"x"}' >right.jsonl
    "$BIN/fromcsv" in.csv -o raw.jsonl && "$BIN/normalise" -s schema.json raw.jsonl -o clean.jsonl &&
        "$BIN/code" -c book.csv clean.jsonl -o coded.jsonl && cp coded.jsonl second.jsonl && "$BIN/join" --on id --kind left right.jsonl coded.jsonl -o joined.jsonl &&
        "$BIN/tabulate" -p plan.json joined.jsonl -o cells.jsonl && "$BIN/chisq" --pass cells.jsonl -o tested.jsonl || return
    make_letters
    make_workbook
}

# Letters of three kinds, their records, and the questions that they answer.
make_letters() {
    mkdir -p inbox/R1 inbox/R2
    printf 'Dear Sir,\n\n1. Does the Trust have a team?\nYes, of 4 people.\n\n2. How many are they?\n4\n\nYours faithfully\n' >inbox/R1/reply.txt
    printf '<html><body><p>1. Does the Trust have a team?</p><p>No &amp; never had</p><ol><li>a</li></ol></body></html>' >inbox/R2/reply.html
    printf '%s\n' 'From: a@b.example' 'Subject: Reply' 'Date: Mon, 2 Mar 2020 10:15:00 +0100' 'MIME-Version: 1.0' \
        'Content-Type: multipart/mixed; boundary=b' '' --b 'Content-Type: text/plain' '' '2. How many are they?' 'None' --b \
        'Content-Type: text/csv; name=a.csv' 'Content-Disposition: attachment; filename=a.csv' '' 'a,b' '1,2' --b-- >inbox/R2/mail.eml
    echo '{"fields":[{"name":"team","number":"1","title":"Does the Trust have a team?"},{"name":"staff","number":"2","title":"How many are they?"}]}' >questions.json
    printf '%s\n' '{"reply":"R1","file":"a.txt","part":null,"type":"text","date":"2020-03-02","text":"1. Does the Trust have a team?\nYes\n\n2. How many are they?\n4"}' \
        '{"reply":"R2","file":"b.txt","part":null,"type":"text","date":"2020-03-02","text":"Dear Sir,\n\nAnswer to 1: No. We hold nothing on 2."}' >letters.jsonl
}

make_workbook() {
    printf '%s\n' '--- content.xml' '<x xmlns:t="t"><t:table t:name="S"><t:table-row><t:table-cell><p>k</p></t:table-cell><t:table-cell><p>n</p></t:table-cell></t:table-row>' \
        '<t:table-row><t:table-cell><p>a &amp; b</p></t:table-cell><t:table-cell><p>7</p></t:table-cell></t:table-row></t:table></x>' |
        "${BASH_SOURCE[0]%/*}/../zip-parts" sheet.ods
}

# NAME|ARGUMENTS, which write to `out`
commands=(
    "fromcsv|-o out --stats stats in.csv"
    "normalise|-s schema.json -o out --flags flags --stats stats raw.jsonl"
    "code|-c book.csv --evidence --uncoded uncoded -o out clean.jsonl"
    "join|--on id --kind full --unmatched-left ul -o out right.jsonl coded.jsonl"
    "tabulate|-p plan.json -o out joined.jsonl"
    "chisq|--pass --monte-carlo 100 --seed 1 -o out cells.jsonl"
    "report|-o out tested.jsonl"
    "report|-f html -o out tested.jsonl"
    "tocsv|-o out coded.jsonl"
    "deadline|--from sent --to when -o out joined.jsonl"
    "cluster|--field text -o out clean.jsonl"
    "match|--field id -o out right.jsonl coded.jsonl"
    "codebook|convert --to json -o out book.csv"
    "codebook|convert --to qdc -o out book.csv"
    "kappa|--by id --field tech -o out coded.jsonl second.jsonl"
    "extract|-s questions.json --unplaced unplaced --conflicts conflicts -o out letters.jsonl"
    "fromdocs|-o out inbox"
    "fromsheet|-o out --stats stats sheet.ods"
    "review|--seed 1 --codebook book.csv -o out coded.jsonl"
    "describe|-o out clean.jsonl"
    "report|-f markdown -o out tested.jsonl"
    "report|-f latex -o out tested.jsonl"
    "report|-f csv -o out tested.jsonl"
    "full/report|-f xlsx -o out tested.jsonl"
    "toxlsx|-o out clean.jsonl"
    "sample|--n 2 --seed 7 -o out coded.jsonl"
)
