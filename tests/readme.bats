#!/usr/bin/env bats
# Every console block of the README and of the manual pages prints what it shows.
load helper

# A folder that looks like the project's root, in which examples may write.
visit() {
    mkdir -p visit/bin
    ln -sf "$BIN"/* visit/bin
    ln -sf "$ROOT/bin/foi" visit/bin/foi
    ln -sfn "$ROOT/samples" visit/samples
    ln -sfn "$ROOT/pipelines" visit/pipelines
    cd visit
    mkdir -p path # foi as an installation would have it
    printf '#!/bin/sh\nexec "%s/bin/foi" "$@"\n' "$PWD" >path/foi
    chmod +x path/foi
    PATH=$PWD/path:$PATH
}

# Splits the console blocks of a page into 1.cmd 1.out 2.cmd 2.out ...: a command starts with
# "$ ", goes on after a backslash at the line's end or with "> ", and its output follows.
split_page() {
    rm -f ./*.cmd ./*.out
    awk '
        /^```console$/ { inside = 1; next }
        /^```/ { inside = 0; more = 0; next }
        !inside { next }
        more || /^\$ / {
            if (!more) { n++; cmd = n ".cmd"; out = n ".out"; printf "" >out; sub(/^\$ /, "") }
            print >cmd
            fresh = 1
            more = /\\$/
            next
        }
        fresh && /^> / { print substr($0, 3) >cmd; next }
        { fresh = 0; print >out }
    ' "$1"
}

check_page() {
    split_page "$1"
    local command n=0
    while [ -e "$((n + 1)).cmd" ]; do
        n=$((n + 1))
        command=$(cat "$n.cmd")
        bash -o pipefail "$n.cmd" >got 2>&1 </dev/null || true
        diff -u "$n.out" got || {
            echo "in ${1#"$ROOT"/}: $command"
            return 1
        }
    done
    echo "$n"
}

@test "README: every console block prints what it shows" {
    visit
    run -0 check_page "$ROOT/README.md"
    [ "$output" -ge 1 ]
}

@test "docs: every console block of every page prints what it shows" {
    visit
    for page in "$ROOT"/docs/*.md; do
        check_page "$page"
    done
}

@test "docs: every program has a manual page with an example" {
    for source in "$ROOT"/src/*.c; do
        page=$ROOT/docs/$(basename "$source" .c).md
        grep -q '^```console$' "$page" || {
            echo "no example in ${page#"$ROOT"/}"
            return 1
        }
    done
}

@test "docs: no link to a page or file that is not there" {
    for page in "$ROOT"/README.md "$ROOT"/docs/*.md "$ROOT"/samples/*/README.md; do
        for link in $(grep -oE '\]\([^)#: ]+\)' "$page" | tr -d '])('); do
            [ -e "$(dirname "$page")/$link" ] || {
                echo "${page#"$ROOT"/}: $link"
                return 1
            }
        done
    done
}
