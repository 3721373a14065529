#!/usr/bin/env bash
# bench.sh -- how fast the programs are beside others that do the same, and how much memory they take.
#
#   make bench            1 million records, 3 runs of each command
#   make bench N=100000 RUNS=1
#
# Every comparison first checks that both sides give the same answer. Processor
# seconds are user and system time of a whole process; runs are interleaved.
# Peers that are not installed are left out, and said.
# shellcheck disable=SC1010,SC2094 # Miller says then; a file is compared with itself copied
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
N=${N:-1000000} RUNS=${RUNS:-3}
work=${WORK:-$BUILD/bench/data}
mkdir -p "$work"
cd "$work"

generate() { # FORM FILE
    [ -f "$2.$N" ] || { awk -v n="$N" -v form="$1" -f "$here/generate.awk" >"$2.tmp" && mv "$2.tmp" "$2.$N"; }
    ln -sf "$2.$N" "$2"
}

same() { # WHAT FILE FILE
    cmp "$2" "$3" || {
        echo "bench.sh: $1: the outputs differ, so there is nothing to compare" >&2
        exit 1
    }
}

have() {
    command -v "$1" >/dev/null 2>&1 || {
        echo "bench.sh: $1 is not installed: left out" >&2
        return 1
    }
}

title() {
    printf '\n### %s\n\n| command | CPU s | ratio | wall s | ratio | peak MiB |\n|---|---:|---:|---:|---:|---:|\n' "$1"
}

measure() {
    "$BUILD/bench/measure" "$RUNS" "$@"
}

generate jsonl foi.jsonl
generate csv foi.csv
generate quoted quoted.csv
head -n 2000 foi.jsonl >few.jsonl
head -n 2000 foi.csv >few.csv

cat <<TEXT
## $(date -u +%Y-%m-%d), $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores

$N records, $(($(wc -c <foi.jsonl) / 1000000)) MB of JSON Lines, $(($(wc -c <foi.csv) / 1000000)) MB of CSV. Median of $RUNS runs.
$(gcc --version | head -n 1); Jansson $(pkg-config --modversion jansson); $(jq --version 2>/dev/null || echo no jq); $(mlr --version 2>/dev/null || echo no Miller); $(python3 --version 2>/dev/null || echo no Python).
TEXT

# --- the record stream ---

cat >rewrite.py <<'X'
import json, sys
for line in sys.stdin:
    sys.stdout.write(json.dumps(json.loads(line), separators=(",", ":"), ensure_ascii=False) + "\n")
X
"$BUILD/bench/rewrite" few.jsonl | cmp - few.jsonl
"$BUILD/bench/jansson" <few.jsonl | cmp - few.jsonl
title "Reading every record and writing every field again"
peers=()
have jq && { jq -c . few.jsonl | cmp - few.jsonl; peers+=("\`jq -c .\`" "jq -c . foi.jsonl"); }
have mlr && { mlr --ojsonl --ijsonl cat few.jsonl | sed 's/": /":/g; s/, "/,"/g' | cmp - few.jsonl; peers+=("\`mlr --ijsonl --ojsonl cat\`" "mlr --ijsonl --ojsonl cat foi.jsonl"); }
have python3 && { python3 rewrite.py <few.jsonl | cmp - few.jsonl; peers+=("Python \`json.loads\`, \`json.dumps\`" "python3 rewrite.py <foi.jsonl"); }
measure "record stream (tests/bench/rewrite.c)" "'$BUILD/bench/rewrite' foi.jsonl" \
    "Jansson, parse and dump (tests/bench/jansson.c)" "'$BUILD/bench/jansson' <foi.jsonl" "${peers[@]}"

# --- fromcsv ---

"$BIN/fromcsv" few.csv >ours
peers=("libcsv's parse alone, nothing written (tests/bench/libcsv.c)" "'$BUILD/bench/libcsv' <foi.csv")
have mlr && { mlr -S --icsv --ojsonl cat few.csv | sed 's/": /":/g; s/, "/,"/g' >theirs; same fromcsv ours theirs; peers+=("\`mlr -S --icsv --ojsonl cat\`" "mlr -S --icsv --ojsonl cat foi.csv"); }
for peer in xsv qsv; do
    have $peer && { $peer input few.csv >theirs; same "$peer" few.csv theirs; peers+=("\`$peer input\` (CSV to CSV)" "$peer input foi.csv"); }
done
title "\`fromcsv\`: unquoted CSV to JSON Lines"
measure "\`fromcsv\`" "'$BIN/fromcsv' foi.csv" "${peers[@]}"
title "\`fromcsv\`: every field in quotes"
measure "\`fromcsv\`" "'$BIN/fromcsv' quoted.csv" \
    "libcsv's parse alone, nothing written" "'$BUILD/bench/libcsv' <quoted.csv"

# --- normalise ---

cat >schema.json <<'X'
{"fields":[
 {"name":"org_code","type":"string"},{"name":"name","type":"string"},{"name":"region","type":"string"},{"name":"type","type":"string"},
 {"name":"sent","type":"date","format":"%d/%m/%Y"},
 {"name":"answered","type":"boolean","trueValues":["yes"],"falseValues":["no"]},
 {"name":"has_team","type":"boolean","trueValues":["yes"],"falseValues":["no"]},
 {"name":"front_facing","type":"boolean","trueValues":["yes"],"falseValues":["no"]},
 {"name":"clinical","type":"boolean","trueValues":["yes"],"falseValues":["no"]},
 {"name":"for_others","type":"boolean","trueValues":["yes"],"falseValues":["no"]},
 {"name":"gde","type":"string"},{"name":"technologies","type":"string"},{"name":"open_source","type":"string"}]}
X
title "\`normalise\`: 13 fields, 5 of them booleans, 1 a date"
peers=()
if have mlr; then
    cat >normalise.mlr <<'X'
$sent = strftime(strptime($sent, "%d/%m/%Y"), "%Y-%m-%d");
$answered = $answered == "yes"; $has_team = $has_team == "yes"; $front_facing = $front_facing == "yes";
$clinical = $clinical == "yes"; $for_others = $for_others == "yes";
for (k, v in $*) { if (is_string(v)) { $[k] = clean_whitespace(v) } }
X
    order=org_code,name,region,type,sent,answered,has_team,front_facing,clinical,for_others,gde,technologies,open_source
    mlr --ijsonl --ojsonl put -f normalise.mlr then cut -o -f $order few.jsonl | sed 's/": /":/g; s/, "/,"/g' >theirs
    "$BIN/normalise" -s schema.json --extra drop few.jsonl >ours
    same normalise ours theirs
    peers+=("\`mlr put\` doing the same" "mlr --ijsonl --ojsonl put -f normalise.mlr then cut -o -f $order foi.jsonl")
fi
measure "\`normalise --extra drop\`" "'$BIN/normalise' -s schema.json --extra drop foi.jsonl" "${peers[@]}"

# --- code ---

{ echo "from,into,code,label,group,term,match,case,exclude"; sed 1d "$here/../../samples/nhs-2020/codebook.csv" | grep -v '"' | head -n 63; } >terms63.csv
{ cat terms63.csv; awk 'BEGIN { for (i = 0; i < 9937; i++) printf "technologies,tech,product%d,,,Product Name %d,,,\n", i, i }'; } >terms10000.csv
title "\`code\`: 63 terms, 10,000 terms"
# the peers know no cues, so the records with a negation are left out of the comparison
grep -v 'do not' few.jsonl >plain.jsonl
"$BIN/code" -c terms63.csv plain.jsonl >ours
peers=()
have jq && peers+=("\`jq -c .\` (which only copies)" "jq -c . foi.jsonl")
have python3 && { python3 "$here/code.py" terms63.csv <plain.jsonl >theirs; same code ours theirs; peers+=("Python, one compiled alternation, 63 terms (tests/bench/code.py)" "python3 '$here/code.py' terms63.csv <foi.jsonl"); }
measure "\`code\`, 63 terms" "'$BIN/code' -c terms63.csv foi.jsonl" \
    "\`code\`, 10,000 terms" "'$BIN/code' -c terms10000.csv foi.jsonl" "${peers[@]}"
if have mlr; then
    awk -f "$here/code.awk" terms63.csv >code.mlr
    mlr --ijsonl --ojsonl put -f code.mlr plain.jsonl | sed 's/": /":/g; s/, "/,"/g' >theirs
    same code ours theirs
    head -n $((N / 20)) foi.jsonl >part.jsonl
    title "\`code\`: 63 terms, a twentieth of the records"
    measure "\`code\`, 63 terms" "'$BIN/code' -c terms63.csv part.jsonl" \
        "\`mlr put\`, one alternation (tests/bench/code.awk)" "mlr --ijsonl --ojsonl put -f code.mlr part.jsonl"
fi

# --- join ---

# Every reply finds its trust by name: 1,582 names occur, in a list of 5,000.
awk 'BEGIN {
    regions = split("North East|North West|London|South East|South West|Midlands|East of England", region, "|")
    for (i = 0; i < 5000; i++) {
        name = i < 1582 ? "Invented " region[i % regions + 1] " University Hospitals Trust " i % 226 : "Another Trust " i
        printf "{\"name\":\"%s\",\"list\":\"L%d\",\"beds\":%d}\n", name, i % 11, i
    }
}' >right.jsonl
title "\`join\`: a right side of 5,000 records, every record matched"
peers=()
if have mlr; then
    "$BIN/join" --on name right.jsonl few.jsonl >ours
    mlr --ijsonl --ojsonl join -j name -f right.jsonl then reorder -f org_code,name then reorder -e -f list,beds few.jsonl |
        sed 's/": /":/g; s/, "/,"/g' >theirs
    same join ours theirs
    peers+=("\`mlr join\`" "mlr --ijsonl --ojsonl join -j name -f right.jsonl foi.jsonl")
fi
if have duckdb; then
    sql="COPY (SELECT l.*, r.list, r.beds FROM read_json('foi.jsonl') l JOIN read_json('right.jsonl') r USING (name)) TO '/dev/stdout' (FORMAT json)"
    peers+=("DuckDB, one thread" "duckdb -c \"SET threads = 1; $sql\"")
fi
measure "\`join\`" "'$BIN/join' --on name right.jsonl foi.jsonl" "${peers[@]}"

awk 'BEGIN { for (i = 0; i < 2000000; i++) printf "{\"org_code\":\"%s-%06d\",\"list\":\"L%d\",\"beds\":%d,\"note\":\"held in memory\"}\n", i < 1000000 ? "X" : "Y", i % 1000000, i % 11, i }' >large.jsonl
title "\`join\`: a right side of 2 million records, $(($(wc -c <large.jsonl) >> 20)) MiB"
measure "\`join\`" "'$BIN/join' --on org_code large.jsonl foi.jsonl" \
    "\`join --sorted\`" "'$BIN/join' --on org_code --sorted large.jsonl foi.jsonl"

# --- tabulate ---

awk 'BEGIN {
    split("gde has_team front_facing clinical for_others grant open_source region type answered", field, " ")
    printf "{\"tables\":["
    for (i = 1; i <= 10; i++)
        printf "%s{\"id\":\"%s\",\"field\":\"%s\"},{\"id\":\"%s_by\",\"field\":\"%s\",\"by\":\"gde\"}", (i > 1 ? "," : ""), field[i], field[i], field[i], field[i]
    print "]}"
}' >plan.json
title "\`tabulate\`: a plan of 20 tables"
peers=()
have jq && peers+=("\`jq -c .\` (which only copies)" "jq -c . foi.jsonl")
if have mlr; then
    cat >plan.mlr <<'X'
for (f in ["gde", "has_team", "front_facing", "clinical", "for_others", "grant", "open_source", "region", "type", "answered"]) {
    @one[f][$[f]] += 1;
    @by[f][$[f]][$gde] += 1;
}
end {
    for ((f, v), n in @one) { print f . " " . v . " " . n }
    for ((f, v, g), n in @by) { print f . " " . v . " " . g . " " . n }
}
X
    "$BIN/tabulate" -p plan.json few.jsonl | sed -n '/"n":0,/d
        s/.*"kind":"cell","field":"\([^"]*\)","value":"\([^"]*\)","by":null,"group":null,"n":\([0-9]*\).*/\1 \2 \3/p
        s/.*"kind":"cell","field":"\([^"]*\)","value":"\([^"]*\)","by":"gde","group":"\([^"]*\)","n":\([0-9]*\).*/\1 \2 \3 \4/p' | sort >ours
    mlr --ijsonl put -q -f plan.mlr few.jsonl | sort >theirs
    same tabulate ours theirs
    peers+=("\`mlr put\` counting the same 20" "mlr --ijsonl put -q -f plan.mlr foi.jsonl"
        "\`mlr count-distinct\`, one table of the 20" "mlr --ijsonl --ojsonl count-distinct -f grant,gde foi.jsonl")
fi
measure "\`tabulate -p\`, 20 tables" "'$BIN/tabulate' -p plan.json foi.jsonl" "${peers[@]}"

# --- match ---

for side in right left; do awk -v n=10000 -v side=$side -f "$here/names.awk" >"names-$side.jsonl"; done
"$BIN/match" --field name names-right.jsonl names-left.jsonl >proposals
[ "$(sed 's/,"right":.*//' proposals | sort -u | wc -l)" -eq "$(sort -u names-left.jsonl | wc -l)" ] || exit 1 # no name is lost
title "\`match\`: 10,000 names against 10,000"
measure "\`match\`" "'$BIN/match' --field name names-right.jsonl names-left.jsonl"
