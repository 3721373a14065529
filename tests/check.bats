#!/usr/bin/env bats
# foi check: studies with one fault each, and that each fault is named with its place.
load helper

# whole: a study with every part, in which nothing is wrong.
whole() {
    rm -rf s && mkdir s
    printf 'code,name,region,beds\nA1,Ashford,North,10\nB2,Bexley,South,20\nC3,Corby,South,30\n' >s/roster.csv
    printf 'code,sent,team,answer\nA1,03/02/2020,Yes,We use Python\nB2,04/02/2020,No,We use Java and Python\n' >s/foi.csv
    printf 'tech,maker\nPython,PSF\nJava,Oracle\n' >s/website.csv
    printf 'region,area\nNorth,1\nSouth,2\n' >s/areas.csv
    cat >s/roster.schema.json <<'X'
{"fields":[{"name":"code","constraints":{"required":true}},{"name":"name"},
 {"name":"region","constraints":{"enum":["North","South"]}},{"name":"beds","type":"integer"}]}
X
    cat >s/foi.schema.json <<'X'
{"fields":[{"name":"code"},{"name":"sent","type":"date","format":"%d/%m/%Y"},
 {"name":"team","constraints":{"enum":["Yes","No"]}},{"name":"answer"}]}
X
    echo '{"fields":[{"name":"tech"},{"name":"maker"}]}' >s/website.schema.json
    echo '{"fields":[{"name":"region"},{"name":"area"}]}' >s/areas.schema.json
    printf 'from,into,code,term\nanswer,tech,Python,Python\nanswer,tech,Java,Java\n' >s/codebook.csv
    cat >s/plan.json <<'X'
{"tables":[{"id":"team","field":"team","by":"region","values":["Yes","No"]},{"id":"tech","field":"tech"},
 {"id":"area","field":"area","where":{"team":["Yes"]}}]}
X
    cat >s/study.json <<'X'
{"roster":{"key":"code"},"foi":{"key":"code"},"website":{"field":"tech","key":"tech"},
 "lookups":[{"name":"areas","key":"region"}]}
X
}

check_it() {
    "$ROOT/bin/foi" check s >found 2>err
}

@test "foi check has nothing to say of a study in which nothing is wrong" {
    whole
    run -0 "$ROOT/bin/foi" check s
    assert_output ""
}

# A fault a row: what is wrong, the command that makes it so, what has to be said.
faults() {
    cat <<'X'
a setting that there is none of|echo '{"rooster":{"key":"code"}}' >s/study.json|s/study.json: unknown key 'rooster' (did you mean 'roster'?)
settings that are no JSON|echo '{"roster":' >s/study.json|s/study.json:2
a key of the settings of another type|echo '{"foi":{"key":5}}' >s/study.json|s/study.json: foi.key: expected a string, not a number
a file outside the study|echo '{"foi":{"file":"../x.csv"}}' >s/study.json|s/study.json: foi.file: '../x.csv' leads out of the study's folder
a program in the settings|echo '{"code":["sh"]}' >s/study.json|s/study.json: code: names a program to run
both kinds of settings|: >s/study.conf|s/study.json: s/study.conf is there as well
a setting misspelt in study.conf|rm s/study.json; echo FOI_KEE=code >s/study.conf|s/study.conf:1: not a setting: 'FOI_KEE=code' (did you mean FOI_KEY?)
no key for the roster|sed -i 's/"roster":{"key":"code"}/"roster":{}/' s/study.json|s/study.json: no key that joins roster
a schema that is no JSON|echo '{"fields":[' >s/roster.schema.json|s/roster.schema.json:2
a schema with an unknown key|sed -i 's/"constraints"/"constrants"/' s/foi.schema.json|s/foi.schema.json: fields[2]: unknown key 'constrants'
a schema with an unknown type|sed -i 's/"integer"/"integr"/' s/roster.schema.json|s/roster.schema.json: fields[3].type
a schema that is not there|rm s/foi.schema.json|s/foi.schema.json: No such file
a file that is not there|rm s/foi.csv|foi.csv: No such file
a field without a column|sed -i '1s/team/tean/' s/foi.csv|field 'team' has no column
a column without a field|sed -i '1s/$/,remarks/; 2,$s/$/,x/' s/foi.csv|foi.csv: column 'remarks' is no field of foi.schema.json
a row that is too long|echo 'C3,05/02/2020,No,x,y,z' >>s/foi.csv|foi.csv:4: row has 6 cells, header has 4
a date that is none|sed -i 's#03/02/2020#31/02/2020#' s/foi.csv|foi.csv:2: field 'sent': '31/02/2020' is not a date as %d/%m/%Y
a number that is none|sed -i 's/,10$/,ten/' s/roster.csv|roster.csv:2: field 'beds': 'ten'
a value outside its list|sed -i 's/,Yes,/,Yess,/' s/foi.csv|foi.csv:2: field 'team': 'Yess' is none of the values allowed (did you mean 'Yes'?)
a region outside its list|sed -i 's/,North,/,Nord,/' s/roster.csv|roster.csv:2: field 'region': 'Nord' is none of the values allowed
a value that must be there|sed -i 's/^A1,/,/' s/roster.csv|roster.csv:2: field 'code'
a body twice on the roster|echo 'A1,Again,North,1' >>s/roster.csv|key 'A1'
two replies of one body|echo 'A1,05/02/2020,No,x' >>s/foi.csv|key 'A1'
a reply from nobody on the roster|echo 'C33,05/02/2020,No,x' >>s/foi.csv|foi.csv:4: field 'code': 'C33' is nobody's on the roster (did you mean 'C3'?)
a key field that no record has|sed -i 's/"foi":{"key":"code"}/"foi":{"key":"kode"}/' s/study.json|field 'kode' is in no record
a name on both sides|sed -i '1s/beds/team/' s/roster.csv|roster.csv: field 'team' stands on both sides
a row of a lookup that nothing needs|echo 'Sout,3' >>s/areas.csv|areas.csv:4: field 'region': 'Sout' is in no record (did you mean 'South'?)
a lookup that lacks a row|sed -i /North/d s/areas.csv|field 'region': 'North' has no row in the lookup
a lookup that is not there|rm s/areas.csv|areas.csv: No such file
a code that the website search lacks|sed -i 's/^Python/Phython/' s/website.csv|website.csv: 'Python' is named by replies and has no row (did you mean 'Phython'?)
a website row that no reply names|echo 'Ruby,x' >>s/website.csv|website.csv: 'Ruby' is named by no reply
a code that no answer got|echo 'answer,tech,Cobol,Cobol' >>s/codebook.csv|code 'Cobol' of field 'tech': no answer got it
a codebook with an unknown column|sed -i '1s/term/trem/' s/codebook.csv|s/codebook.csv
a codebook for a field that no record has|sed -i 's/^answer,/anser,/' s/codebook.csv|field 'anser' is in no record (did you mean 'answer'?)
a codebook with a term twice|echo 'answer,tech,Java,Python' >>s/codebook.csv|s/codebook.csv
an override whose body is gone|printf 'code,field,add,remove,set,coder,why\nX9,tech,,,Java,KM,\n' >s/overrides.csv|s/overrides.csv
a codebook of a lookup that is not there|sed -i 's/"area"}/"area"},{"name":"k","from":"area","codes":"gone.csv"}/' s/areas.schema.json|s/gone.csv: No such file
a codebook of a lookup outside the study|sed -i 's#"area"}#"area"},{"name":"k","from":"area","codes":"../b.csv"}#' s/areas.schema.json|s/areas.schema.json: field 'k': codes: '../b.csv' leads out of the study's folder
a codebook of a lookup with a code that no row got|printf 'code,term\n1,1\n2,2\nx,x\n' >s/b.csv; sed -i 's/"area"}/"area"},{"name":"k","from":"area","codes":"b.csv"}/' s/areas.schema.json|remark: s/b.csv:4: code 'x' of field 'k': no answer got it
a codebook of a lookup with a term twice|printf 'code,term\n1,1\n2,2\nx,2\n' >s/b.csv; sed -i 's/"area"}/"area"},{"name":"k","from":"area","codes":"b.csv"}/' s/areas.schema.json|s/b.csv:4: code 'x'
a plan that is no JSON|echo '{"tables":[{]}' >s/plan.json|s/plan.json:1
a plan with an unknown key|sed -i 's/"by"/"bye"/' s/plan.json|s/plan.json: tables[0]: unknown key 'bye'
a plan with a field that no record has|sed -i 's/"field":"team"/"field":"taem"/' s/plan.json|s/plan.json: table 'team': field 'taem' is in no record
a plan with groups that no record has|sed -i 's/"by":"region"/"by":"regoin"/' s/plan.json|field 'regoin' is in no record (did you mean 'region'?)
a plan that asks for a value that never came|sed -i 's/"where":{"team":\["Yes"\]}/"where":{"team":["yes"]}/' s/plan.json|s/plan.json: table 'area': value 'yes' of field 'team' is in no record that was looked at (did you mean 'Yes'?)
two tables of one name|sed -i 's/"id":"area"/"id":"tech"/' s/plan.json|s/plan.json: tables[2]
a plan that is not there|rm s/plan.json|s/plan.json: No such file
an empty file of replies|: >s/foi.csv|foi.csv: no header row
a file of replies with a header alone|sed -i 1q s/foi.csv|foi.csv: no records
a fifo for a file of replies|rm s/foi.csv; mkfifo s/foi.csv|s/foi.csv: is no file but a fifo
a fifo for a schema|rm s/areas.schema.json; mkfifo s/areas.schema.json|s/areas.schema.json: is no file but a fifo
a fifo for the settings|rm s/study.json; mkfifo s/study.json|s/study.json: is no file but a fifo
a device for a plan|ln -sf /dev/zero s/plan.json|s/plan.json: is no file but a device
a schema behind a byte order mark that names a file outside|printf '\xef\xbb\xbf{"fields":[{"name":"region"},{"name":"area"},{"name":"k","from":"area","codes":"../b.csv"}]}' >s/areas.schema.json|s/areas.schema.json: field 'k': codes: '../b.csv' leads out
a title that is no text|sed -i 's/"name":"area"/"name":"area"},{"name":"b","title":[],"from":"area","min":1/' s/areas.schema.json|s/areas.schema.json: fields[2].title: expected a string, not a list
a key that is null|sed -i 's/"name":"area"/"name":"area","bands":null/' s/areas.schema.json|s/areas.schema.json: fields[1]: 'bands' is null (leave it out
an empty schema|: >s/areas.schema.json|s/areas.schema.json:1: not valid JSON: there is nothing in it
a plan that is a text|echo '"x"' >s/plan.json|s/plan.json: expected an object, not a string
rows without the headers|sed -i 1d s/areas.csv|areas.csv: none of the fields in s/areas.schema.json has a column
a list of codes that no record has|sed -i 's/"field":"tech"/"field":"teck"/' s/study.json|s/study.json: field 'teck' is in no record (did you mean 'tech'?)
a file in another encoding|printf 'C3,05/02/2020,No,caf\351\n' >>s/foi.csv|remark: foi.csv: is no UTF-8, and taken for windows-1252
a workbook that is called CSV|printf 'PK\003\004garbage that is no workbook' >s/foi.csv|foi.csv
X
}

@test "foi check names the fault of each of 62 broken studies, and its place" {
    faults >faults
    assert_equal "$(wc -l <faults)" 62
    while IFS='|' read -r what make say <&9; do
        whole
        eval "$make"
        status=0
        check_it || status=$?
        grep -qF -- "$say" found || {
            echo "$what: status $status, no '$say' in:" && cat found err
            bad=1
        }
        [[ $(cat found) == "remark: "* ]] || [ "$status" -eq 1 ] || {
            echo "$what: status $status" && cat found err
            bad=1
        }
    done 9<faults
    [ -z "${bad:-}" ]
}

@test "foi check lists faults of all parts at once, and what follows from none" {
    whole
    sed -i 's/,Yes,/,Yess,/; s|04/02/2020|44/02/2020|' s/foi.csv
    sed -i 's/,10$/,ten/' s/roster.csv
    sed -i 's/"field":"tech"/"field":"teck"/' s/plan.json
    run -1 "$ROOT/bin/foi" check s
    cat >expected <<'X'
foi.csv:2: field 'team': 'Yess' is none of the values allowed (did you mean 'Yes'?)
foi.csv:3: field 'sent': '44/02/2020' is not a date as %d/%m/%Y
roster.csv:2: field 'beds': 'ten' is not a whole number
s/plan.json: table 'tech': field 'teck' is in no record (did you mean 'tech'?)
s/plan.json: table 'area': value "Yes" of field 'team' is in no record
X
    check_it || true
    for line in 1 2 4; do
        grep -qxF -- "$(sed -n "${line}p" expected)" found
    done
    grep -qF "roster.csv:2: field 'beds': 'ten'" found
    [ ! -e s/results ]
}

@test "foi check counts a fault that many rows have, and shows ten of them" {
    whole
    { cat s/foi.csv && seq 100 | sed 's|.*|Z&,31/02/2020,No,x|'; } >more && mv more s/foi.csv
    sed -i 's/"roster":{"key":"code"},//' s/study.json && rm s/roster.*
    sed -i 's/,"by":"region"//' s/plan.json
    sed -i 's/,$/,/; s/"lookups".*/"yes_no":[]}/' s/study.json
    check_it || true
    assert_equal "$(grep -c "31/02/2020" found)" 11
    grep -qF "90 more: field 'sent': '31/02/2020' is not a date as %d/%m/%Y" found
}

@test "foi check counts values that are wrong alike, and shows fifty of them" {
    whole
    seq 90 | sed 's|.*|Z&,03/02/2020,No,it\x27s &|' >>s/foi.csv
    check_it || true
    assert_equal "$(grep -c "is nobody's on the roster" found)" 51
    grep -qxF "40 more: field 'code': '...' is nobody's on the roster" found
}

@test "foi run tells the fault that ended it, and nothing that follows from it" {
    whole
    sed -i 's/,Yes,/,Yess,/' s/foi.csv
    fails_with 1 "normalise: foi.csv:2: field 'team': 'Yess' is none of the values allowed" "$ROOT/bin/foi" run s
    whole
    sed -i '1d' s/foi.csv
    run -1 "$ROOT/bin/foi" run s
    assert_output --partial "normalise: foi.csv: none of the fields in s/foi.schema.json has a column"
    refute_line --partial "is in no record"
}

@test "foi check leaves nothing behind, and takes a data folder and --trust" {
    whole
    mkdir data tmp && mv s/*.csv data && mv data/codebook.csv data/areas.csv s
    export TMPDIR=$PWD/tmp
    run -0 "$ROOT/pipelines/check.sh" s data
    assert_output ""
    assert_equal "$(ls tmp)" ""
    run -1 "$ROOT/pipelines/check.sh" s
    assert_line --partial "foi.csv: No such file"
    sed -i '1s/{/{"code":["cat"],/' s/study.json
    run -1 "$ROOT/pipelines/check.sh" s data
    run -1 "$ROOT/pipelines/check.sh" --trust s data
    refute_output --partial trust
    run -2 "$ROOT/pipelines/check.sh" nowhere
    run -2 "$ROOT/pipelines/check.sh"
    assert_output "check.sh: usage: check.sh [OPTION...] STUDY [DATA] (try --help)"
}

@test "foi check lists all faults of a schema, several in one field too" {
    whole
    cat >s/foi.schema.json <<'X'
{"fields":[{"name":"code","constrants":{}},{"name":"sent","type":"date","format":"%Q","title":5},
 {"name":"team","type":"string","constraints":{"enum":[],"minimum":3}},{"name":"answer"},{"title":"x"},
 {"name":"band","from":"team","bands":[3,1]},{"name":"k","from":"gone","equals":1}],"primaryKey":"kode"}
X
    check_it || true
    grep -F s/foi.schema.json found | cut -c 20- >got
    same_as got <<'X'
fields[0]: unknown key 'constrants' (did you mean 'constraints'?)
fields[1].format: '%Q': unknown conversion
fields[1].title: expected a string, not a number
fields[2].constraints.enum: is empty, so that no value would be allowed
fields[2].constraints.minimum: has no effect on a string
fields[4]: 'name' is missing
fields[5].bands[1]: is not above the one before
fields[6].from: 'gone' is no field above
primaryKey: 'kode' is no field
X
}

@test "foi check lists all faults of a plan, in few words or in many" {
    whole
    cat >s/plan.json <<'X'
{"confidence":95,"tables":["team by","answer by team by code",{"each":["team","code by "],"id":"x"},7,{"each":[]},
 {"field":"team","percent":"colum","interval":"wald","top":0,"where":{"team":[],"code":{"min":3,"max":1}}},
 {"field":"team","summary":true,"values":["Yes"],"unit":"u","weight":"w"},{"fild":"team"},"tech","tech"]}
X
    check_it || true
    grep -F s/plan.json found | cut -c 14- >got
    same_as got <<'X'
confidence: expected a number between 0 and 1, such as 0.95
tables[0]: expected 'FIELD' or 'FIELD by OTHER'
tables[1]: more than one ' by ' (write it as {"field":...,"by":...})
tables[2].each[1]: expected 'FIELD' or 'FIELD by OTHER'
tables[2].id: it cannot be that of each table (leave it out, or write the table by itself)
tables[3]: expected a table, such as "grant by region" or {"field":"grant"}
tables[4].each: expected at least one field
tables[5].interval: 'wald' is none of wilson|clopper-pearson|agresti-coull|jeffreys|none
tables[5].percent: 'colum' is none of column|row|total|responses|cases
tables[5].top: expected at least 1
tables[5].where.code: 'min' is above 'max', so no record could ever be meant
tables[5].where.team: no values, so no record could ever be meant
tables[6]: 'summary' and 'unit' cannot be used together: a unit can have several numbers
tables[6]: 'summary' and 'values' cannot be used together: numbers that are summarised have no rows
tables[6]: 'weight' and 'unit' cannot be used together: a unit has no weight of its own
tables[6]: another table is called 'team' too
tables[7]: 'field' is missing
tables[7]: unknown key 'fild' (did you mean 'field'?)
tables[9]: another table is called 'tech' too
X
}

@test "foi check lists all faults of a codebook, in CSV and in JSON" {
    whole
    printf '%s\n' from,into,code,term,match,case,wthin answer,tech,Python,Python,wrds,, ,,,Java,,, ,,R,R,,exactly, ,,x,y,setting,, ,,,z,cue,, >s/codebook.csv
    check_it || true
    grep -F s/codebook.csv found >got
    same_as got <<'X'
s/codebook.csv: unknown column 'wthin' (did you mean 'within'?)
s/codebook.csv:2: 'match' is 'wrds', none of words|exact|wildcard|regex|cue|setting
s/codebook.csv:3: no code
s/codebook.csv:4: 'case' is 'exactly', none of any|exact
s/codebook.csv:5: unknown setting 'x'
s/codebook.csv:6: a cue needs its status under 'code' and its words under 'term'
X
    rm s/codebook.csv
    echo '{"fields":[{"from":"answer","into":"tech","multiple":"no","codes":[{"code":"a","terms":[1]},{"code":"a"},{"kode":"b"},
        {"code":"c","match":"x","within":-1}],"otherwise":"z"},{"from":"answer","codes":[]}]}' >s/codebook.json
    check_it || true
    grep -F s/codebook.json found >got
    same_as got <<'X'
s/codebook.json: fields[0].codes[0].terms[0]: expected an object, not a number
s/codebook.json: fields[0].codes[1].code: is the code of an entry above
s/codebook.json: fields[0].codes[2]: 'code' is missing
s/codebook.json: fields[0].codes[2]: unknown key 'kode' (did you mean 'code'?)
s/codebook.json: fields[0].codes[3].match: 'x' is none of words|exact|wildcard|regex
s/codebook.json: fields[0].codes[3].within: expected a whole number from 0
s/codebook.json: fields[0].multiple: expected true or false, not a string
s/codebook.json: fields[0]: 'otherwise' is 'z', which is none of the codes
s/codebook.json: fields[1]: 'into' is missing
X
}

@test "foi check lists all faults of the settings, in either form" {
    whole
    echo '{"rooster":1,"foi":{"file":"../x","kye":1},"plans":5,"formats":["txt","html","pdf"],"lookups":[{"key":"x"},{"name":"../x"},{"name":"website"}],"strict":"yes","code":["x"]}' >s/study.json
    check_it || true
    same_as found <<'X'
s/study.json: code: names a program to run (--trust lets it)
s/study.json: foi.file: '../x' leads out of the study's folder (--trust lets it)
s/study.json: foi: unknown key 'kye'
s/study.json: formats[0]: 'txt' is none of text|markdown|html|latex|xlsx|csv|jsonl|figures
s/study.json: formats[2]: 'pdf' is none of text|markdown|html|latex|xlsx|csv|jsonl|figures
s/study.json: lookups[0]: 'name' is missing
s/study.json: lookups[1].name: '../x' leads out of the study's folder (--trust lets it)
s/study.json: lookups[2].name: 'website' is the name of records of the study's own (give the lookup another)
s/study.json: plans: expected a string, not a number
s/study.json: strict: expected true or false, not a string
s/study.json: unknown key 'rooster' (did you mean 'roster'?)
X
    rm s/study.json
    printf '%s\n' FOI_KEE=code ROSTER_FILE=../x '# fine' nonsense LOOKUP=/etc/x >s/study.conf
    check_it || true
    same_as found <<'X'
s/study.conf:1: not a setting: 'FOI_KEE=code' (did you mean FOI_KEY?)
s/study.conf:2: ROSTER_FILE: '../x' leads out of the study's folder (--trust lets it)
s/study.conf:4: not a setting: 'nonsense'
s/study.conf:5: LOOKUP: '/etc/x' leads out of the study's folder (--trust lets it)
X
}

@test "foi check sweeps away what a killed check left, and nothing that is in use or another's" {
    whole
    mkdir t t/foi-check.abcdef t/foi-check.keep t/foi-check.123456 t/foi-check.linked/
    echo mine >t/foi-check.abcdef/notes # no folder of a check: nothing of it is touched
    mkdir t/foi-check.123456/stats t/kept t/kept/stats
    echo old >t/foi-check.123456/foi.jsonl
    echo safe >t/kept/x
    rmdir t/foi-check.linked && ln -s kept t/foi-check.linked
    export TMPDIR=$PWD/t
    # one that is killed as its first step runs, and leaves its folder
    printf '#!/bin/sh\nkill -KILL "$(cat "$TMPDIR/pid")"\n' >killer && chmod +x killer
    FROMCSV=./killer bash -c 'echo $$ >"$TMPDIR/pid"; exec "$1" check --script "$2" s' - "$BIN/study" "$ROOT/pipelines/check.sh" || true
    local left
    left=$(ls -d t/foi-check.* | grep -v 'abcdef\|keep\|linked') # it found and removed 123456 itself
    [ "${#left}" -eq 18 ] && [ "$left" != t/foi-check.123456 ]
    timeout 60 flock "$left" true # held until all that it began has ended
    # what somebody works in stays
    mkdir -p t/foi-check.inuse1/stats
    exec 8<t/foi-check.inuse1
    flock 8
    run -0 "$ROOT/bin/foi" check s
    exec 8<&-
    assert_equal "$(cd t && ls -d foi-check.* | paste -sd' ')" "foi-check.abcdef foi-check.inuse1 foi-check.keep foi-check.linked"
    assert_equal "$(cat t/kept/x t/foi-check.abcdef/notes | paste -sd' ')" "safe mine"
    run -0 "$ROOT/bin/foi" check s
    [ ! -e t/foi-check.inuse1 ]
}

@test "foi check reads decisions: kinds, fields, codes, days and records that there are none of" {
    whole
    mkdir s/decisions
    printf '%s\n' kind,by,reply,field,value,coder,date,text 'code,code,A1,tech,Python,ann,2024-01-05,We use Python' \
        'codes,code,A9,tech,Python,ann,2024-01-05,We use Python' 'codes,code,A1,teck,Python,ann,2024-01-05,We use Python' \
        'codes,code,B2,tech,Pyt\|on|Java|Java:not_used,ann,2024-01-05,We use Java and Python' \
        'codes,kode,B2,tech,missing:refused,ann,2024-01-05,We use Java and Python' 'codes,code,B2,tech,[],,05/01/2024,We used Java' >s/decisions.csv
    printf '%s\n' kind,by,reply,field,value,coder,date,text 'flog,,foi.csv:2,sent,2020-02-03,ben,2024-01-05,03/02/2020' \
        'flag,,foi.csv:2,snet,2020-02-03,ben,2024-01-05,03/02/2020' 'flag,,foi.csv:9,sent,2020-02-03,ben,2024-13-05,03/02/2020' >s/decisions/ben.csv
    check_it || true
    same_as found <<'X'
s/decisions.csv:3: reply 'A9' is in the field 'code' of no record (did you mean 'A1'?)
s/decisions.csv:4: field 'teck' is none that the codebook codes into (did you mean 'tech'?)
s/decisions.csv:5: value 'Pyt|on' is no code of the codebook (did you mean 'Python'?)
s/decisions.csv:6: by 'kode' is a field of no record
s/decisions.csv:7: date '05/01/2024' is no day such as 2020-01-31
remark: s/decisions.csv:7: nobody's name stands under 'coder'
s/decisions/ben.csv:2: kind 'flog' is none that a program takes (did you mean 'flag'?)
s/decisions/ben.csv:3: field 'snet' is in no schema (did you mean 'sent'?)
s/decisions/ben.csv:4: date '2024-13-05' is no day such as 2020-01-31
s/decisions/ben.csv:4: reply 'foi.csv:9' is in the field '_origin' of no record (did you mean 'foi.csv:2'?)
X
    # what is stale is told once the rest is good
    rm -r s/decisions
    printf '%s\n' kind,by,reply,field,value,coder,date,text 'codes,code,A1,tech,Java,ann,2024-01-05,We use Perl' \
        'codes,code,B2,tech,Java,ann,2024-01-05,We use Java and Python' >s/decisions.csv
    check_it || true
    grep -F decisions.csv found >got
    same_as got <<'X'
s/decisions.csv:2: stale: the text that this was decided on has changed (it is listed again)
X
    # a file that is none of decisions
    printf 'a,b\n1,2\n' >s/decisions.csv
    check_it || true
    grep -q '^s/decisions.csv' found
}

@test "foi check tells each bad cell of a record, not the first alone" {
    whole
    sed -i 's/"name":"beds","type":"integer"/"name":"beds","type":"integer","constraints":{"required":true}/' s/roster.schema.json
    sed -i 's/^A1,Ashford,North,10/A1,Ashford,Nort,ten/; s/^B2,Bexley,South,20/B2,Bexley,Sout,/' s/roster.csv
    check_it || true
    grep -F roster.csv found >got
    same_as got <<'X'
roster.csv:2: field 'beds': 'ten' is not an integer
roster.csv:2: field 'region': 'Nort' is none of the values allowed (did you mean 'North'?)
roster.csv:3: field 'beds': required, but missing (blank)
roster.csv:3: field 'region': 'Sout' is none of the values allowed (did you mean 'South'?)
X
}

@test "foi check and foi run tell decisions without a kind, which only letters' answers may lack" {
    whole
    printf '%s\n' kind,reply,field,value,coder,date,text 'answer,A1,team,No,ann,2024-01-05,Yes' >s/decisions.csv
    check_it || true
    echo "s/decisions.csv:2: kind 'answer' is about letters, and there are none" | same_as found
    run -0 --separate-stderr "$ROOT/bin/foi" run s out
    assert_equal "$stderr" "study.sh: s/decisions.csv:2: kind 'answer' is about letters, and there are none"
    printf '%s\n' reply,field,value,coder,date,text 'A1,team,No,ann,2024-01-05,Yes' 'B2,team,Yes,ann,2024-01-05,No' >s/decisions.csv
    check_it || true
    same_as found <<'X'
s/decisions.csv:2: kind '' is none that a program takes
s/decisions.csv:3: kind '' is none that a program takes
X
    run -0 --separate-stderr "$ROOT/bin/foi" run s out
    assert_equal "$stderr" "study.sh: s/decisions.csv:2: kind '' is none that a program takes; further rows are not taken either"
}

@test "foi check looks for the letters of decisions by the key that the schema calls their code" {
    mkdir -p s/inbox/A s/inbox/B
    printf '1. Do you have a team?\nYes\n' | tee s/inbox/A/a.txt >s/inbox/B/b.txt
    echo '{"fields":[{"name":"trust","aliases":["reply"]},{"name":"ans","number":"1","title":"Do you have a team?"}]}' >s/foi.schema.json
    echo '{"foi":{"key":"trust"},"replies":{"folder":"inbox"}}' >s/study.json
    echo '{"tables":["ans"]}' >s/plan.json
    printf '%s\n' kind,by,reply,field,value,coder,date 'answer,reply,A,ans,No,ann,2024-01-05' ',,C,ans,No,ann,2024-01-05' ',,B,anz,No,ann,2024-01-05' >s/decisions.csv
    check_it || true
    same_as found <<'X'
s/decisions.csv:3: reply 'C' is in the field 'trust' of no record
s/decisions.csv:4: field 'anz' is in no schema (did you mean 'ans'?)
X
}
