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
        "$BIN/tabulate" -p plan.json joined.jsonl -o cells.jsonl && "$BIN/chisq" --pass cells.jsonl -o tested.jsonl 
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
    "sample|--n 2 --seed 7 -o out coded.jsonl"
)
