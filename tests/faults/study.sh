#!/usr/bin/env bash
# study.sh -- a study's run with each call of each of its programs failing once.
#
#   study.sh [STRIDE [PROGRAM...]]     STRIDE 1 (the default) is every call, 50 each fiftieth; KINDS='read open'
#                                      are those alone, LAST=40 their last 40 calls in the process that ends last
#
# The n-th call of a kind fails in every process of that program. The run must end with status 0 and the
# results of an undisturbed one, or with status 1 or 2, a message and the old results; then an undisturbed
# run must give the new results and leave nothing beside them. Prints a line a program and kind, and each
# run that broke the rule; status 1 if any did.
# shellcheck source=tests/crash/study.bash
source "$(dirname "$0")/../crash/study.bash"
stride=${1:-1}
shift || true
programs=("$@")
[ $# -gt 0 ] || programs=(study pipe fromcsv normalise join tabulate chisq report bash)
export LD_PRELOAD='' # bash itself is to be disturbed by run() alone
fault=${BUILD:-$root/build}/faults/fault.so
read -r -a kinds <<<"${KINDS:-alloc read shortread write shortwrite open rename close fsync fchmod getrandom pipe fork memfd truncate}"
make_study
broken=0 runs=0

bad() { # WHAT
    echo "broken: $program, $kind number $n: $1"
    broken=$((broken + 1))
}

disturbed() { # VARIABLE=VALUE...
    env "$@" LD_PRELOAD="$fault" FAULT_PROGRAM="$program" FAULT_KIND="$kind" timeout 60 "$root/pipelines/study.sh" study out >/dev/null 2>message
}

one() {
    local status=0
    runs=$((runs + 1))
    rm -rf out && cp -r old out
    disturbed FAULT_AT="$n" || status=$?
    if [ "$status" -eq 0 ]; then
        diff -r new out >/dev/null || bad "status 0 with other results"
    else
        [ "$status" -le 2 ] || [[ $program\ $status = bash\ 12[67] ]] || bad "status $status" # its own script, read wrongly
        diff -r old out >/dev/null || bad "status $status, but the old results are gone"
        [ -s message ] || bad "status $status without a message"
    fi
    run 2>message || bad "the next run fails: $(head -n 1 message)"
    diff -r new out >/dev/null || bad "the next run gives other results"
    local left
    left=$(find . -mindepth 1 -maxdepth 1 -name '*out*' ! -name out | tr '\n' ' ')
    [ -z "$left" ] || bad "left behind: $left"
}

for program in "${programs[@]}"; do
    for kind in "${kinds[@]}"; do
        echo 0 >count
        disturbed FAULT_COUNT="$work/count"
        total=$(cat count) before=$runs
        for ((n = total > ${LAST:-total} ? total - LAST + 1 : 1; n <= total; n += stride)); do
            one
        done
        echo "$program: $total $kind, $((runs - before)) of them failed; $runs runs so far"
    done
done
echo "$broken broken"
[ "$broken" -eq 0 ]
