#!/usr/bin/env bash
# programs.sh -- kills programs that write files at each call that changes one, and at any moment.
#
#   programs.sh [STEP [RANDOM [PROGRAM...]]]    every STEP-th call (1), RANDOM more kills of each (10)
#
# The commands are those of tests/faults. After each kill every file that the command writes must be
# the old one or the new one, whole; then the same command, not disturbed, must give the new ones and
# leave nothing beside them. Needs strace. Prints a line at the end; status 1 if anything was otherwise.
# shellcheck source=tests/crash/study.bash
source "$(dirname "$0")/study.bash"
step=${1:-1} random=${2:-10}
shift "$(($# < 2 ? $# : 2))"
wanted=("$@")
# shellcheck source=tests/faults/inputs.bash
source "$root/tests/faults/inputs.bash"
make_inputs
written=(out stats flags uncoded ul unplaced conflicts)
calls='openat write rename renameat2 unlink fsync fchmod close'
bad=0 kills=0

wrong() { # WHAT
    echo "programs.sh: $command: killed at $call: $1"
    bad=$((bad + 1))
}

old_files() {
    local file
    for file in "${written[@]}"; do
        rm -f "$file"
        [ ! -e "new/$file" ] || echo old >"$file"
    done
}

look_around() {
    local file
    kills=$((kills + 1))
    for file in "${written[@]}"; do
        [ ! -e "new/$file" ] || cmp -s "$file" new/"$file" || [ "$(cat "$file")" = old ] ||
            wrong "$file is neither the old nor the new"
    done
    "$BIN/$name" "${arguments[@]}" >/dev/null 2>message || wrong "the next run fails: $(head -n 1 message)"
    for file in "${written[@]}"; do
        [ ! -e "new/$file" ] || cmp -s "$file" "new/$file" || wrong "the next run gives another $file"
    done
    [ -z "$(find . -name '.*.??????')" ] || wrong "left by the next run: $(find . -name '.*.??????' | tr '\n' ' ')"
    rm -f .*.??????
}

at_calls() {
    local kind how number
    for kind in $calls; do
        for how in '' error=EIO:; do # done, and not done
            for ((number = 1; ; number += step)); do
                call="$kind $number $how"
                old_files
                was_killed -o /dev/null -e "inject=$kind:${how}signal=KILL:when=$number" \
                    "$BIN/$name" "${arguments[@]}" || break
                look_around
            done
        done
    done
}

at_any_moment() {
    local pid
    for ((i = 0; i < random; i++)); do
        call="moment $i"
        old_files
        "$BIN/$name" "${arguments[@]}" >/dev/null 2>&1 &
        pid=$!
        sleep "0.00$((RANDOM % 10))$((RANDOM % 10))"
        kill -KILL "$pid" || :
        wait "$pid" || :
        look_around
    done
}

for command in "${commands[@]}"; do
    name=${command%%|*}
    read -r -a arguments <<<"${command#*|}"
    [ -x "$BIN/$name" ] || continue
    [ ${#wanted[@]} -eq 0 ] || [[ " ${wanted[*]} " = *" $name "* ]] || continue
    rm -rf new "${written[@]}"
    "$BIN/$name" "${arguments[@]}" >/dev/null
    mkdir new
    for file in "${written[@]}"; do [ ! -e "$file" ] || mv "$file" new; done
    at_calls
    at_any_moment
done 2>/dev/null # the shell's own word for each kill
echo "$kills kills of programs: $bad faults"
[ "$bad" -eq 0 ] && [ "$kills" -gt 0 ]
