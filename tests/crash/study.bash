# study.bash -- the study that is killed, and what the scripts here share; sourced by each.
# shellcheck shell=bash disable=SC2034
set -euo pipefail
export LC_ALL=C FOI_CACHE=''
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
