#!/usr/bin/env bash
# moments.sh -- kills a study's run at moments by chance, and looks at what is left.
#
#   moments.sh [KILLS [SEED]]
#
# In turn the whole group of processes is killed, as by a machine that goes down, and the main process
# alone, whose stages may then live for a moment longer; half of the runs by study.sh, half by `foi run`.
# A reader must find the old results or the new, whole; the next run must give the new results, with
# nothing left beside them. Prints a line at the end; status 1 if anything was otherwise.
# shellcheck source=tests/crash/study.bash
source "$(dirname "$0")/study.bash"
kills=${1:-200}
RANDOM=${2:-1}
make_study
ln -s "$root/pipelines" "$root/samples" . # where foi finds them beside its programs
script=("$root/pipelines/study.sh") program=("$BIN/foi" run)
start=$(date +%s%N)
run
took=$((($(date +%s%N) - start) / 1000000)) # milliseconds

bad=0 unfinished=0
wrong() { # WHAT
    echo "moments.sh: kill $i of the $whom after $pause ms: $1"
    bad=$((bad + 1))
}

for ((i = 1; i <= kills; i++)); do
    command=("${script[@]}")
    [ $((i / 2 % 2)) -eq 0 ] || command=("${program[@]}")
    rm -rf out && cp -r old out
    pause=$((RANDOM % (took + took / 4 + 1)))
    setsid "${command[@]}" study out 2>/dev/null &
    main=$!
    sleep "$(printf '%d.%03d' $((pause / 1000)) $((pause % 1000)))"
    if [ $((i % 2)) -eq 0 ]; then
        whom=group
        # the stages are a group of their own in the session
        mapfile -t session < <(ps -o pid= -s "$main")
        kill -KILL "${session[@]}" || :
    else
        whom='main process'
        kill -KILL "$main" || :
    fi
    wait "$main" || unfinished=$((unfinished + 1))
    diff -r old out >/dev/null 2>&1 || diff -r new out >/dev/null 2>&1 || wrong "the results are neither the old nor the new"
    "${command[@]}" study out 2>messages || wrong "the next run fails: $(head -n 1 messages)"
    diff -r new out >/dev/null 2>&1 || wrong "the next run did not give the new results"
    left=$(find . -mindepth 1 -maxdepth 1 -name '*out*' ! -name out | tr '\n' ' ')
    [ -z "$left" ] || wrong "left behind: $left"
done 2>/dev/null # the shell's own word for each kill
echo "$kills kills at moments by chance, $unfinished before the run's end: $bad faults"
[ "$bad" -eq 0 ] && [ "$unfinished" -gt 0 ]
