#!/usr/bin/env bash
# calls.sh -- kills a run of a study at each system call that changes a file, and looks at what is left.
#
#   calls.sh [STEP [FIRST]]    every STEP-th call of a kind (default: each), from FIRST on
#
# CALLS may name the kinds of calls. After each kill a reader must find the old results or the
# new, whole; then a run that fails must leave them as they are; then a run that succeeds must
# give the new results, with nothing left beside them. Done twice: with the exchange in one step,
# and as on a file system that has none, where the old results may for one moment stand aside,
# from where the next run takes them back. Needs strace. Prints a line at the end; status 1 if
# anything was otherwise.
# shellcheck source=tests/crash/study.bash
source "$(dirname "$0")/study.bash"
step=${1:-1} first=${2:-1}
make_study

bad=0 kills=0
wrong() { # WHAT
    echo "calls.sh: killed at $call ($mode): $1"
    bad=$((bad + 1))
}

# Whether OUT is one of two results, file by file.
is_whole() { # RESULT...
    local one
    for one; do
        ! diff -r "$one" out >/dev/null 2>&1 || return 0
    done
    return 1
}

# Without an exchange there is one moment in which the old results stand aside.
is_aside() {
    [ "$mode" = rename ] && [ ! -e out ] && diff -r old .out.*.aside >/dev/null 2>&1
}

look_around() {
    is_whole old new || is_aside || wrong "the results are neither the old nor the new"
    rm -rf before
    if [ -e out ]; then cp -r out before; else cp -r old before; fi
    ! CODE=false run 2>/dev/null || wrong "a run that must fail did not"
    is_whole before || wrong "a run that failed changed the results"
    run 2>messages || wrong "the next run failed: $(head -n 1 messages)"
    is_whole new || wrong "the next run did not give the new results"
    [ "$(find . -mindepth 1 -maxdepth 1 -name '*out*' | sort | tr '\n' ' ')" = "./out " ] ||
        wrong "left behind: $(find . -mindepth 1 -maxdepth 1 -name '*out*' | tr '\n' ' ')"
}

calls=${CALLS:-openat mkdir write rename renameat2 unlink unlinkat rmdir fsync fchmodat chmod}

# Kills at the call of that number of one kind; false if there were not so many.
killed() { # CALL NUMBER HOW
    local fault=()
    [ "$mode" = exchange ] || fault=(-e inject=renameat2:error=EINVAL)
    rm -rf out && cp -r old out
    was_killed -o calls "${fault[@]}" -e "inject=$1:${3}signal=KILL:when=$2" "$root/pipelines/study.sh" study out
}

for mode in exchange rename; do
    for kind in $calls; do
        [ "$mode$kind" != renamerenameat2 ] || continue
        for how in '' error=EIO:; do # done, and not done
            for ((number = first; ; number += step)); do
                call="$kind $number $how"
                killed "$kind" "$number" "$how" || break
                kills=$((kills + 1))
                look_around
            done
        done
    done
done 2>/dev/null # the shell's own word for each kill
echo "$kills kills: $bad faults"
[ "$bad" -eq 0 ] && [ "$kills" -gt 0 ]
