#!/usr/bin/env bash
# faults.sh -- every program with each of its calls failing once: right bytes, or a message.
#
#   faults.sh [STRIDE [PROGRAM...]]     STRIDE 1 (the default) is every call, 50 each fiftieth
#
# For the n-th allocation, read, short read, write, short write, open, rename, close, fsync, fchmod and
# getrandom, n from 1 to the last, a program must end with status 0 and the bytes of the undisturbed
# run, or with status 1 (a file of the user's that cannot be read: 2) and a message, the old result in its
# place; never by a signal, never with another result, never with a file left behind. Prints a
# line a program and kind, and each run that broke the rule; status 1 if any did.
set -uo pipefail
export LC_ALL=C
stride=${1:-1}
shift || true
wanted=("$@")
fault=$BUILD/faults/fault.so
kinds=(alloc read shortread write shortwrite open rename close fsync fchmod getrandom)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
export FOI_CACHE='' # a cache would make one run unlike the next

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
    "$BIN/tabulate" -p plan.json joined.jsonl -o cells.jsonl && "$BIN/chisq" --pass cells.jsonl -o tested.jsonl || exit 2

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

broken=0
bad() { # PROGRAM KIND N WHAT
    echo "broken: $1, $2 number $3: $4"
    broken=$((broken + 1))
}

one() { # PROGRAM KIND N ARGUMENTS: a run with that call failing
    local name=$1 kind=$2 n=$3 status=0
    shift 3
    rm -f stats flags uncoded ul .[!.]*
    cp old out
    LD_PRELOAD=$fault FAULT_KIND=$kind FAULT_AT=$n timeout 20 "$BIN/$name" "$@" >/dev/null 2>message || status=$?
    if [ "$status" -eq 0 ]; then
        cmp -s out right || bad "$name" "$kind" "$n" "status 0 with other bytes"
    elif [ "$status" -gt 2 ]; then
        bad "$name" "$kind" "$n" "status $status"
    else
        cmp -s out old || bad "$name" "$kind" "$n" "status $status, but the old result is gone"
        [ -s message ] || bad "$name" "$kind" "$n" "status $status without a message"
        [ "$kind" != alloc ] || [ "$status" -eq 1 ] || bad "$name" "$kind" "$n" "status $status: $(cat message)"
    fi
    [ -z "$(find . -name '.*.??????' -print -quit)" ] || bad "$name" "$kind" "$n" "a file left behind"
}

echo old >old
for command in "${commands[@]}"; do
    name=${command%%|*}
    read -r -a arguments <<<"${command#*|}"
    [ -x "$BIN/$name" ] || continue
    [ ${#wanted[@]} -eq 0 ] || [[ " ${wanted[*]} " = *" $name "* ]] || continue
    rm -f out
    "$BIN/$name" "${arguments[@]}" || { bad "$name" none 0 "fails undisturbed" && continue; }
    mv out right
    for kind in "${kinds[@]}"; do
        cp old out
        LD_PRELOAD=$fault FAULT_KIND=$kind FAULT_COUNT=$work/count "$BIN/$name" "${arguments[@]}" >/dev/null
        total=$(cat count)
        for ((n = 1; n <= total; n += stride)); do
            one "$name" "$kind" "$n" "${arguments[@]}"
        done
        printf '%-10s %-10s %6d calls, %d runs\n' "$name" "$kind" "$total" $(((total + stride - 1) / stride))
    done
done
echo "$broken broken"
[ "$broken" -eq 0 ]
