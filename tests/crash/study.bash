# study.bash -- the study that is killed, and what the scripts here share; sourced by each.
# shellcheck shell=bash disable=SC2034
set -euo pipefail
export LC_ALL=C FOI_CACHE='' LSAN_OPTIONS=detect_leaks=0 # which cannot look under strace
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
BIN=${BIN:-$root/bin}
command -v strace >/dev/null || {
    echo "${0##*/}: no strace" >&2
    exit 2
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cp -r "$BIN" bin # a build beside it must not change the programs on the way
export BIN=$work/bin

# Whether COMMAND under strace was killed; one that ends by itself had not so many calls.
was_killed() { # COMMAND...
    local status=0
    { strace "$@" >/dev/null 2>&1; } 2>/dev/null || status=$?
    [ $status -eq 0 ] || [ $status -eq 137 ] || wrong "status $status where nobody killed it"
    [ $status -eq 137 ]
}

run() {
    "$root/pipelines/study.sh" study out
}

# A small study, its results before its last answer changed (old) and after that (new).
make_study() {
    mkdir study
    printf 'code,region\nA,N\nB,S\nC,S\n' >study/roster.csv
    printf 'code,ans\nA,Yes\nB,No\n' >study/foi.csv
    echo '{"fields":[{"name":"code"},{"name":"region"}]}' >study/roster.schema.json
    echo '{"fields":[{"name":"code"},{"name":"ans"}]}' >study/foi.schema.json
    echo '{"tables":[{"id":"ans","title":"Answers","field":"ans","chisq":false}]}' >study/plan.json
    echo '{"roster":{"key":"code"},"foi":{"key":"code"},"formats":["text"]}' >study/study.json
    run && mv out old
    printf 'code,ans\nA,No\nB,No\n' >study/foi.csv
    run && mv out new
}
