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
    make_more
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
    "cluster|--field name -o out names.jsonl"
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

# What the further commands read.
make_more() {
    printf 'id;answer;text\r\na;1,5;caf\xe9\r\nb;2;\x80 5\r\nc;3\r\n' >western.csv
    printf '%s\n' '{"id":"a","answer":"yes"}' 'no record' '{"id":"z9","answer":"perhaps","when":"31/02/2020"}' >bad.jsonl
    printf '%s\n' 'kind,by,reply,field,value,was,coder,date,comment,text' 'codes,id,b,tech,cs|py,,ann,2020-05-01,said,We do not use Python.' >decisions.csv
    sed 's/,ann,/,ben,/; s/cs|py/cs/' decisions.csv >others.csv
    grep -v pattern schema.json | sed 's/^ {"name":"answer"/{"fields":[{"name":"id"},&/' >small.json
    echo '{"england-and-wales":{"division":"england-and-wales","events":[{"title":"A day","date":"2020-01-02","notes":"","bunting":true}]}}' >holidays.json
    printf '%s\n' 'predecessor,successor,effective_date' 'b,a,2020-04-01' >steps.csv
    printf '%s\n' 'left,right,accept' 'e,a,yes' >aliases.csv
    echo '{"fields":[{"name":"cameras","title":"How many cameras are there?","type":"integer","prose":true}]}' >prose.json
    printf '{"cameras":"%s"}\n' 'There are 44 cameras, of which twelve are mobile.' 'Between 10 and 20' '1,204 in 2 car parks' None >prose.jsonl
    for i in {1..40}; do echo "{\"id\":$i,\"group\":\"g$((i % 3))\",\"answer\":$((i % 4)),\"name\":\"St Mary ${i:0:1}\",\"weight\":1.5}"; done >many.jsonl
    sed 's/"answer":1/"answer":2/' many.jsonl >again.jsonl
    printf '%s\n' '{"name":"Saint Mary 1"}' '{"name":"st. mary 2"}' '{"name":"ST MARY 2"}' '{"name":"Kings"}' >names.jsonl
    echo '{"defaults":{"weight":"weight"},"tables":[{"id":"t","field":"answer","by":"group"},{"id":"s","field":"answer","summary":true,"by":"group"}]}' >weights.json
    printf '%s\n' 'from,into,code,label,group,term' 'text,tech,py,Python,language,Python' ',,sql,SQL,language,SQL' ',,sql2,SQL 2,language,SQL' >newer.csv
    echo '{"id":"x","text":"Python3 and SQL, sometimes pythons, not SQL"}' >cues.jsonl
    "$BIN/codebook" convert --to json -o book.json book.csv && "$BIN/codebook" convert --to qdc -o book.qdc book.csv &&
        "$BIN/tabulate" --partial --part 1/1 -p plan.json joined.jsonl -o part.jsonl &&
        "$BIN/extract" -s questions.json --unplaced left.jsonl letters.jsonl -o extracted.jsonl &&
        "$BIN/code" -c book.csv --evidence clean.jsonl -o evidence.jsonl && "$BIN/kappa" --by id --field tech coded.jsonl second.jsonl -o agreement.jsonl || return
    [ ! -x "$BIN/toxlsx" ] || "$BIN/toxlsx" -o sheet.xlsx clean.jsonl || return
    # one font, known already, so that looking for fonts does not make most of the calls
    mkdir -p fonts
    ! command -v fc-match >/dev/null || ln -s "$(fc-match -f '%{file}' sans)" fonts
    echo "<fontconfig><dir>$PWD/fonts</dir><cachedir>$PWD/fonts.cache</cachedir></fontconfig>" >fonts.conf
    [ ! -x "$BIN/full/report" ] || FONTCONFIG_FILE=$PWD/fonts.conf "$BIN/full/report" --figure t -f pdf -o figure.pdf tested.jsonl || return
    make_small_study
}

make_small_study() {
    mkdir -p study results
    printf '%s\n' 'code,region' A,N B,S C,S >study/roster.csv
    printf '%s\n' 'code,ans' A,Yes B,No >study/foi.csv
    echo '{"fields":[{"name":"code"},{"name":"region"}]}' >study/roster.schema.json
    echo '{"fields":[{"name":"code"},{"name":"ans"}]}' >study/foi.schema.json
    echo '{"tables":[{"id":"ans","title":"Answers","field":"ans","by":"region"}]}' >study/plan.json
    echo '{"roster":{"key":"code"},"foi":{"key":"code"},"formats":["text"]}' >study/study.json
    for folder in before after; do
        "$(dirname "${BASH_SOURCE[0]}")/../../pipelines/study.sh" study $folder || return
        printf '%s\n' 'code,ans' A,No B,No >study/foi.csv
    done
}

# What the commands above leave out: other options, modes and inputs. Settings may stand before the name.
pipelines=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../pipelines" && pwd)
further=(
    "fromcsv|--mixed --digest --ragged fill -o out --stats stats western.csv"
    "fromcsv|-e windows-1252 -d ; --ragged reject --rejects rejects -o out western.csv"
    "fromcsv|--reader libcsv --origin -o out in.csv"
    "fromcsv|--parts 2 -o out in.csv"
    "normalise|-s small.json --rejects rejects -o out bad.jsonl raw.jsonl"
    "normalise|-s prose.json --flags flags --stats stats -o out prose.jsonl"
    "FOI_CACHE=cache code|-c book.csv -o out clean.jsonl"
    "code|-c book.json --explain --status --decisions decisions.csv --residue residue --suggest suggest --stats stats -o out clean.jsonl"
    "codebook|convert --to json -o out book.qdc"
    "join|--on id --kind left --memory 64K -o out many.jsonl many.jsonl"
    "join|--on id --sorted --kind inner --validate 1:1 -o out right.jsonl coded.jsonl"
    "join|--on id --kind left --aliases aliases.csv --unmatched-right ur -o out right.jsonl coded.jsonl"
    "join|--on id --kind full --merge *=left --provenance --conflicts conflicts -o out clean.jsonl coded.jsonl"
    "join|--on id --kind left --succession steps.csv --as-at 2021-01-01 --on-merge first --merged merged -o out right.jsonl coded.jsonl"
    "tabulate|--merge -p plan.json -o out part.jsonl"
    "tabulate|--partial --part 1/1 -p plan.json -o out joined.jsonl"
    "tabulate|-p weights.json --schema schema.json --stats stats -o out many.jsonl"
    "chisq|--field answer --by group --pairwise --adjust holm --trend --exact auto --explain --recheck recheck.R -o out many.jsonl"
    "chisq|--field group --equal -o out many.jsonl"
    "report|--names --intervals --style apa --bars always -o out tested.jsonl"
    "report|--figure t -f svg -o out tested.jsonl"
    "report|--agreement agreement.jsonl -f html -o out tested.jsonl"
    "deadline|--from sent --to when --as-at 2020-12-31 --limit eir --holidays holidays.json --stats stats -o out joined.jsonl"
    "cluster|--field name --key ngram --ngram 2 -o out names.jsonl"
    "cluster|--field name --key phonetic -o out names.jsonl"
    "match|--field name --top 2 --at-least 0.5 -o out many.jsonl names.jsonl"
    "codebook|check -o out newer.csv cues.jsonl"
    "codebook|compare -o out book.csv newer.csv clean.jsonl"
    "codebook|convert --to csv -o out book.qdc"
    "kappa|--by id --field answer --text id --scale ordinal --weights quadratic --disagreements disagreements -o out many.jsonl again.jsonl"
    "review|--adjudicate -o out decisions.csv others.csv"
    "review|--decisions decisions.csv --coder ann --blind --only uncoded --codebook book.csv -o out evidence.jsonl"
    "review|-o out extracted.jsonl left.jsonl"
    "describe|--json -o out clean.jsonl"
    "describe|--schema -o out raw.jsonl"
    "describe|--plan -o out raw.jsonl"
    "describe|--study -o out raw.jsonl"
    "describe|--codebook -o out raw.jsonl"
    "fromsheet|--origin --comments -o out sheet.xlsx"
    "tocsv|--reasons --bom --delimiter tab -o out clean.jsonl"
    "FAULT_PROGRAM=pipe pipe|'fromcsv in.csv | normalise -s small.json | join --on id - clean.jsonl -o out'"
    "FAULT_PROGRAM=fromcsv pipe|'fromcsv in.csv | normalise -s small.json -o out'"
    "FAULT_PROGRAM=normalise pipe|'fromcsv in.csv | normalise -s small.json | tabulate --field answer -o out'"
    "FAULT_PROGRAM=tabulate pipe|'fromcsv in.csv | normalise -s small.json | tabulate --field answer -o out'"
    "FINDS=1 FAULT_PROGRAM=study study|check --script $pipelines/check.sh -o out study"
    "study|settings -o out study"
    "study|diff -o out before after"
    "FONTS=1 FONTCONFIG_FILE=$PWD/fonts.conf full/report|--figure t -f pdf -o out tested.jsonl"
    "FONTS=1 FONTCONFIG_FILE=$PWD/fonts.conf full/report|--figure t -f png --dpi 50 -o out tested.jsonl"
)
