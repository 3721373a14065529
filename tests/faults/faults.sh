#!/usr/bin/env bash
# faults.sh -- every program with each of its calls failing once: right bytes, or a message.
#
#   faults.sh [STRIDE [PROGRAM...]]     STRIDE 1 (the default) is every call, 50 each fiftieth;
#                                       KINDS='read open' are those alone
#
# For the n-th allocation, read, short read, write, short write, open, rename, close, fsync, fchmod and
# getrandom, n from 1 to the last, a program must end with status 0 and the bytes of the undisturbed
# run, or with status 1 (a file of the user's that cannot be read: 2) and a message, all old results in their
# places; never by a signal, never with another result, never with a file left behind. Prints a
# line a program and kind, and each run that broke the rule; status 1 if any did.
set -uo pipefail
export LC_ALL=C
stride=${1:-1}
shift || true
wanted=("$@")
here=$(cd "$(dirname "$0")" && pwd)
fault=$BUILD/faults/fault.so
read -r -a kinds <<<"${KINDS:-alloc read shortread write shortwrite open rename close fsync fchmod getrandom}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
export FOI_CACHE='' # a cache would make one run unlike the next

# shellcheck source=tests/faults/inputs.bash
source "$here/inputs.bash"
make_inputs || exit 2

broken=0
bad() { # PROGRAM KIND N WHAT
    echo "broken: $1, $2 number $3: $4"
    broken=$((broken + 1))
}

# The other files that a command writes, and of them those of which a failed run keeps the whole lines
# that it has.
others=(stats flags uncoded ul unplaced conflicts rejects)
lists=' flags ul conflicts rejects '

keep_right() {
    local file
    rm -rf right.d && mkdir right.d
    for file in "${others[@]}"; do [ ! -e "$file" ] || mv "$file" right.d; done
}

old_others() {
    local file
    rm -f "${others[@]}"
    for file in right.d/*; do [ ! -e "$file" ] || cp old "${file#right.d/}"; done
}

# Whether FILE is as a run that ended with STATUS must leave it.
is_as_promised() { # FILE STATUS
    if [ "$2" -eq 0 ]; then
        cmp -s "$1" "right.d/$1"
    elif ! cmp -s "$1" old; then
        [[ $lists = *" $1 "* ]] && [ -s "$1" ] && cmp -s "$1" <(head -n "$(wc -l <"$1")" "right.d/$1")
    fi
}

look_at_others() { # PROGRAM KIND N STATUS
    local file
    for file in right.d/*; do
        [ ! -e "$file" ] || is_as_promised "${file#right.d/}" "$4" || bad "$1" "$2" "$3" "status $4, but ${file#right.d/} is wrong"
    done
}

one() { # PROGRAM KIND N ARGUMENTS: a run with that call failing
    local name=$1 kind=$2 n=$3 status=0
    shift 3
    rm -f .[!.]*
    old_others
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
    look_at_others "$name" "$kind" "$n" "$status"
    [ -z "$(find . -name '.*.??????' -print -quit)" ] || bad "$name" "$kind" "$n" "a file left behind"
}

echo old >old
for command in "${commands[@]}"; do
    name=${command%%|*}
    read -r -a arguments <<<"${command#*|}"
    [ -x "$BIN/$name" ] || continue
    [ ${#wanted[@]} -eq 0 ] || [[ " ${wanted[*]} " = *" $name "* ]] || continue
    rm -f out "${others[@]}"
    "$BIN/$name" "${arguments[@]}" || { bad "$name" none 0 "fails undisturbed" && continue; }
    mv out right
    keep_right
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
