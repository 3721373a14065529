#!/usr/bin/env bash
# check.sh -- whether a stage executes more instructions than it did: what a noisy clock cannot tell.
#
#   make bench-check             compares with tests/bench/instructions.tsv; over 5% more is status 1
#   make bench-check UPDATE=1    writes the file anew
#
# Callgrind counts each stage of the whole job (job.sh) on the same 5,000 generated replies, its output
# thrown away; what `code` keeps of a codebook is made before. The counts are those of one compiler
# and one kind of processor: the file names both, and others are not compared.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
book=$here/../../samples/nhs-2020/codebook.csv
kept=${KEPT:-$here/instructions.tsv}
command -v valgrind >/dev/null || {
    echo "bench-check: valgrind is not installed" >&2
    exit 1
}
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
export XDG_CACHE_HOME=$work/cache
cd "$work"
awk -v n=5000 -v dir=. -f "$here/job/replies.awk" "$book"

# STAGE IN OUT COMMAND...: runs it for the next stage, and under callgrind for its count
stage() {
    local name=$1 in=$2 out=$3 total
    shift 3
    "$@" <"$in" >"$out"
    valgrind --tool=callgrind --callgrind-out-file=counts.out "$@" <"$in" >counted 2>valgrind.log || {
        cat valgrind.log >&2
        exit 1
    }
    cmp counted "$out"
    total=$(awk '/^(summary|totals):/ { print $2; exit }' counts.out)
    printf '%s\t%s\t%s\n' "$name" "$total" "$(wc -c <"$in")" >>now.tsv
}

"$BIN/fromcsv" roster.csv | "$BIN/normalise" -s "$here/job/roster.schema.json" >roster.jsonl
: >now.tsv
stage fromcsv foi.csv rows.jsonl "$BIN/fromcsv"
stage normalise rows.jsonl clean.jsonl "$BIN/normalise" -s "$here/job/foi.schema.json"
stage code clean.jsonl coded.jsonl "$BIN/code" -c "$book"
stage join coded.jsonl joined.jsonl "$BIN/join" --on body roster.jsonl
stage tabulate joined.jsonl cells.jsonl "$BIN/tabulate" -p "$here/job/plan.json"
stage chisq cells.jsonl tests.jsonl "$BIN/chisq" --pass
machine="$(${CC:-cc} --version | head -n 1), $(awk -F ': ' '/^model name/ { print $2; exit }' /proc/cpuinfo)"
if [ -n "${UPDATE:-}" ]; then
    { printf '# %s\n# stage\tinstructions\tbytes read\n' "$machine"; cat now.tsv; } >"$kept"
    cat "$kept"
    exit
fi
was=$(sed -n '1s/^# //p' "$kept")
[ "$was" = "$machine" ] || {
    echo "bench-check: $kept was counted with '$was', not '$machine': nothing to compare (UPDATE=1 counts anew)" >&2
    exit 1
}
awk -F '\t' '/^#/ { next }
    NR == FNR { was[$1] = $2; next }
    !($1 in was) { printf "%-10s %12d  new: not compared\n", $1, $2; next }
    { change = 100 * ($2 / was[$1] - 1)
      printf "%-10s %12d  was %12d  %+.1f%%  %.1f a byte%s\n", $1, $2, was[$1], change, $2 / $3, (change > 5) ? "  MORE THAN 5%" : ""
      if (change > 5) status = 1 }
    END { exit status }' "$kept" now.tsv || {
    echo "bench-check: a stage executes over 5% more instructions than it did" >&2
    exit 1
}
