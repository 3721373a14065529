#!/usr/bin/env bash
# job.sh -- a whole job, from a spreadsheet of replies to tables and tests, beside other systems.
#
#   make bench-job            1 million replies, 3 runs of each
#   make bench-job N=100000 RUNS=1 THREADS=4
#
# Replies with messy yes/no answers, missing ones with reasons, a date, free text that 63 technologies
# are found in unless they are denied; a roster of 5,000; six crosstabs, counts of technologies and their
# groups. The counts of every system must be the generator's before anything is timed. Peers that
# are not installed are left out, and said: DuckDB and Polars are packages of npm in the folder
# PEERS (npm install @duckdb/node-api nodejs-polars), pandas and Miller of the distribution. Miller and jq
# can make the crosstabs, and are measured on them alone.
set -euo pipefail
export LC_ALL=C
job=$(cd "$(dirname "$0")" && pwd)/job
book=$job/../../../samples/nhs-2020/codebook.csv
N=${N:-1000000} RUNS=${RUNS:-3} THREADS=${THREADS:-$(nproc)}
work=${WORK:-$BUILD/bench/data}/job.$N
export PEERS=${PEERS:-$BUILD/bench/peers} PYTHON=${PYTHON:-python3}
mkdir -p "$work"
cd "$work"
[ -f truth.tsv ] || awk -v n="$N" -v dir="$work" -f "$job/replies.awk" "$book"

roster() {
    "$BIN/fromcsv" roster.csv | "$BIN/normalise" -s "$job/roster.schema.json"
}
roster >roster.jsonl
stages="fromcsv foi.csv | normalise -s '$job/foi.schema.json' | code -c '$book' |
    join --on body roster.jsonl | tabulate -p '$job/plan.json' | chisq --pass"
# shellcheck disable=SC2016 # for the shell that runs it
printf 'set -e -o pipefail\nPATH=%q:$PATH\n%s\n' "$BIN" "$stages" >pipe.sh

agrees() { # LABEL: the counts on standard input are true
    sort | diff -q - truth.tsv >/dev/null || {
        echo "job.sh: $1: wrong counts, so there is nothing to compare" >&2
        exit 1
    }
}

left_out() {
    echo "job.sh: $1 is not installed: left out" >&2
}

bash pipe.sh >results.jsonl
jq -r -f "$job/counts.jq" results.jsonl | agrees "the pipe"
"$BIN/pipe" "$stages" | cmp - results.jsonl
commands=("foi pipe" "'$BIN/pipe' \"$stages\"" "a shell's pipe" "bash pipe.sh")
if [ -d "$PEERS/node_modules/@duckdb" ]; then
    node "$job/duckdb.mjs" "$book" . "$THREADS" | agrees DuckDB
    commands+=("DuckDB, $THREADS threads" "node '$job/duckdb.mjs' '$book' . $THREADS")
else
    left_out DuckDB
fi
if [ -d "$PEERS/node_modules/nodejs-polars" ]; then
    node "$job/polars.mjs" "$book" . | agrees Polars
    commands+=("Polars" "node '$job/polars.mjs' '$book' .")
else
    left_out Polars
fi
if "$PYTHON" -c 'import pandas' 2>/dev/null; then
    "$PYTHON" "$job/pandas_job.py" "$book" . | agrees pandas
    commands+=("pandas" "'$PYTHON' '$job/pandas_job.py' '$book' .")
else
    left_out pandas
fi

printf '### The whole job: %s replies, %s MB of CSV\n\n' "$N" "$(($(wc -c <foi.csv) / 1000000))"
printf '| command | CPU s | ratio | wall s | ratio | peak MiB of a process |\n|---|---:|---:|---:|---:|---:|\n'
"$BUILD/bench/measure" "$RUNS" "${commands[@]}"

# --- what Miller and jq can do of it: the crosstabs, of a twentieth of the replies ---

part=$((N / 20))
head -n "$((part + 1))" foi.csv >part.csv
"$BIN/fromcsv" part.csv >part.jsonl
jq -c '.tables |= map(select(.by))' "$job/plan.json" >crosstabs.json
crosstabs="'$BIN/fromcsv' part.csv | '$BIN/normalise' -s '$job/foi.schema.json' | '$BIN/join' --on body roster.jsonl | '$BIN/tabulate' -p crosstabs.json"
miller="mlr -S --icsv --onidx --ofs tab join -j Body -l Code -r Body -f roster.csv then put -q -f '$job/crosstabs.mlr' part.csv"
with_jq="jq -nr --slurpfile roster roster.jsonl -f '$job/crosstabs.jq' part.jsonl | awk '{ n[\$0]++ } END { for (c in n) print c \"\\t\" n[c] }'"

# The same counts as ours, which are true of the whole.
same_crosstabs() { # LABEL COMMAND
    bash -c "$2" | sort | cmp -s - part.tsv || {
        echo "job.sh: $1: other counts, so there is nothing to compare" >&2
        exit 1
    }
}

bash -c "$crosstabs" | jq -r -f "$job/counts.jq" | sort >part.tsv
commands=("fromcsv, normalise, join, tabulate" "$crosstabs")
if command -v mlr >/dev/null; then
    same_crosstabs Miller "$miller"
    commands+=("Miller" "$miller")
else
    left_out Miller
fi
same_crosstabs jq "$with_jq"
commands+=("jq and awk, from the records of fromcsv" "$with_jq")
printf '\n### The six crosstabs alone: %s replies\n\n' "$part"
printf '| command | CPU s | ratio | wall s | ratio | peak MiB of a process |\n|---|---:|---:|---:|---:|---:|\n'
"$BUILD/bench/measure" "$RUNS" "${commands[@]}"

# --- each stage by itself, on what the one before it wrote ---

# Rows of measure with the speed in MB of FILE a second of processor time behind them.
speeds() { # FILE
    awk -F ' *[|] *' -v bytes="$(wc -c <"$1")" '{ printf "%s %s |\n", $0, ($3 > 0 ? sprintf("%.0f", bytes / $3 / 1e6) : "–") }'
}

stage() { # LABEL FILE COMMAND
    "$BUILD/bench/measure" "$RUNS" "\`$1\`" "$3 $2" "– \`wc -l\` of its input" "wc -l $2" \
        "– \`memcpy\` of its input" "'$BUILD/bench/copy' $2" | speeds "$2"
}

"$BIN/fromcsv" foi.csv >1.jsonl
"$BIN/normalise" -s "$job/foi.schema.json" 1.jsonl >2.jsonl
"$BIN/code" -c "$book" 2.jsonl >3.jsonl
"$BIN/join" --on body roster.jsonl 3.jsonl >4.jsonl
"$BIN/tabulate" -p "$job/plan.json" 4.jsonl >5.jsonl
printf '\n### Each stage on what the one before it wrote\n\n'
printf '| stage | CPU s | ratio | wall s | ratio | peak MiB | MB/s of processor time |\n|---|---:|---:|---:|---:|---:|---:|\n'
stage fromcsv foi.csv "'$BIN/fromcsv'"
stage normalise 1.jsonl "'$BIN/normalise' -s '$job/foi.schema.json'"
stage code 2.jsonl "'$BIN/code' -c '$book'"
stage join 3.jsonl "'$BIN/join' --on body roster.jsonl"
stage tabulate 4.jsonl "'$BIN/tabulate' -p '$job/plan.json'"
stage "chisq --pass" 5.jsonl "'$BIN/chisq' --pass"
