#!/usr/bin/env bats
# The floors of the house: who may include whom.
load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    mkdir -p house/src/base house/src/text house/include/base house/include/text
    printf 'base:\ntext: base\n' >house/src/floors
    echo '#include "base/buf.h"' >house/src/text/prose.c
    export FLOORS_ROOT=$PWD/house
}

@test "floors: the tree keeps them" {
    FLOORS_ROOT='' run -0 "$ROOT/tests/floors.sh"
    assert_output ''
    FLOORS_ROOT='' "$ROOT/tests/floors.sh" --edges >edges
    grep -q '^text base [1-9]' edges
}

@test "floors: an include that goes up fails, in a source and in a header" {
    run -0 "$ROOT/tests/floors.sh"
    printf '/* base */\n#include "text/prose.h"\n' >house/src/base/buf.c
    run -1 "$ROOT/tests/floors.sh"
    assert_output "floors: src/base/buf.c:2: 'base' may not use 'text' (see src/floors)"
    mv house/src/base/buf.c house/include/base/buf.h
    run -1 "$ROOT/tests/floors.sh"
    assert_output "floors: include/base/buf.h:2: 'base' may not use 'text' (see src/floors)"
}

@test "floors: an include that goes sideways fails" {
    mkdir house/src/stats
    echo 'stats: base' >>house/src/floors
    echo '#include "text/prose.h"' >house/src/stats/exact.c
    run -1 "$ROOT/tests/floors.sh"
    assert_output "floors: src/stats/exact.c:1: 'stats' may not use 'text' (see src/floors)"
}

@test "floors: a room that is not in the table fails, and a row that names a room below it" {
    mkdir house/src/attic
    echo '#include "attic.h"' >house/src/attic/attic.c
    run -1 "$ROOT/tests/floors.sh"
    assert_output "floors: src/attic/attic.c: room 'attic' is not in src/floors"
    rm -r house/src/attic
    printf 'base: text\ntext: base\n' >house/src/floors
    run -1 "$ROOT/tests/floors.sh"
    assert_output "floors: src/floors: 'base' names 'text', which does not come before it"
}

@test "floors: every room has a README that says what it is for" {
    for room in "$ROOT"/src/*/; do
        [ "$(wc -l <"$room/README.md")" -ge 5 ]
    done
}

@test "floors: the picture of the rooms is that of the tree" {
    FLOORS_ROOT='' "$ROOT/tests/rooms.sh" | same_as "$ROOT/docs/rooms.svg"
    while IFS=: read -r room _; do
        grep -q ">$room</text>" "$ROOT/docs/rooms.svg"
    done < <(grep -E '^[a-z]+:' "$ROOT/src/floors")
}

@test "floors: docs/developing.md names files that are there" {
    for file in $(grep -oE '`(src|tests|docs|include)/[A-Za-z_./-]+`' "$ROOT/docs/developing.md" | tr -d '`' | grep -vE 'NAME|ROOM'); do
        [ -e "$ROOT/$file" ] || {
            echo "$file"
            return 1
        }
    done
}

@test "floors: CITATION.cff has the version that the programs tell" {
    version=$("$BIN/tocsv" --version | grep -oE '[0-9.]+$')
    grep -qx "version: $version" "$ROOT/CITATION.cff"
}
