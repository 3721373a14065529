#!/usr/bin/env bats
# foi, and what an installation holds.
load helper

@test "foi runs a program by its name, with its arguments and status" {
    ln -s "$BIN"/* .
    cp "$ROOT/bin/foi" foi.copy && rm -f foi && mv foi.copy foi
    echo '{"a":"x y"}' >in
    ./foi tocsv --line-end lf -f a in >got
    printf 'a\nx y\n' | same_as got
    run -2 ./foi tocsv --colums
    assert_output "tocsv: unrecognized option '--colums' (try --help)"
}

@test "foi runs foi-NAME from PATH where the project has no NAME" {
    printf '#!/bin/sh\necho "mine: $*"\n' >foi-mine && chmod +x foi-mine
    PATH=$PWD:$PATH run -0 "$ROOT/bin/foi" mine 'a b' c
    assert_output "mine: a b c"
}

@test "foi says what it does not know" {
    run -2 "$ROOT/bin/foi" nothing
    assert_output "foi: no program 'nothing' here and no 'foi-nothing' on PATH (try --help)"
    run -2 "$ROOT/bin/foi"
    assert_output "foi: no program named (try --help)"
    run -2 "$ROOT/bin/foi" --colums
    assert_output "foi: unrecognized option '--colums' (try --help)"
    run -2 "$ROOT/bin/foi" ../bin/tocsv
    assert_output "foi: '../bin/tocsv' is not a program of foi-filters (try --help)"
}

# foi beside the programs under test.
foi_here() {
    ln -s "$BIN"/* .
    cp "$ROOT/bin/foi" foi.copy && rm -f foi && mv foi.copy foi
}

@test "foi --help lists every program with what it does" {
    foi_here
    run -0 ./foi --help
    assert_line "Usage: foi NAME [ARGUMENT...]"
    assert_line "  sample     Draws N records at random, each with the same chance, and writes them in their order."
    for source in "$ROOT"/src/*.c; do
        program=$(basename "$source" .c)
        assert_line --regexp "^  $program +[A-Z].*\.$"
    done
    refute_line --regexp '^  foi '
}

@test "foi help opens a program's page, and says where there is none" {
    foi_here
    ./sample --help >expected
    ./foi help sample | same_as expected
    ./foi --help >expected
    ./foi help | same_as expected
    run -2 ./foi help nothing
    assert_output "foi: no page for 'nothing' (try --help)"
    run -2 ./foi help ../x
    assert_output "foi: no page for '../x' (try --help)"
}

@test "foi --version says its own name" {
    foi_here
    run -0 ./foi --version
    assert_output --regexp '^foi \(foi-filters\) [0-9]+\.[0-9]+\.[0-9]+$'
}

@test "make install puts only foi on PATH, and it works from there" {
    make -s -C "$ROOT" install DESTDIR="$PWD" PREFIX=/opt/foi BIN="$BIN" BUILD="$BUILD" >log 2>&1
    assert_equal "$(ls opt/foi/bin)" foi
    for source in "$ROOT"/src/*.c; do
        [ -x "opt/foi/libexec/foi/$(basename "$source" .c)" ]
    done
    grep -q '^libexec=/opt/foi/libexec/foi$' opt/foi/bin/foi
    sed -i "s|^libexec=|&$PWD|" opt/foi/bin/foi # as if DESTDIR were the root
    echo '{"a":"x"}' | opt/foi/bin/foi tocsv --line-end lf >got
    printf 'a\nx\n' | same_as got
    [ -f opt/foi/share/doc/foi-filters/format.md ]
}
