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

@test "foi runs programs and studies through a link to it" {
    mkdir links && ln -s "$ROOT/bin/foi" links/foi
    echo '{"a":"x"}' >in
    [ -x "$ROOT/bin/tocsv" ] || skip "the programs are not beside foi"
    run -0 links/foi tocsv --line-end lf in
    assert_output $'a\nx'
    printf 'id,b\n1,x\n2,y\n' >foi.csv
    run -0 links/foi new study foi.csv
    run -0 links/foi run study
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

# Into a folder of its own, as if that were the root.
install_here() {
    make -s -C "$ROOT" install DESTDIR="$PWD" PREFIX=/usr BIN="$BIN" BUILD="$BUILD" >log 2>&1
}

@test "foi: an installation has a page for every program, with every option, that mandoc finds no fault with" {
    install_here
    command -v mandoc >/dev/null || skip "no mandoc"
    for source in "$ROOT"/src/*.c; do
        program=$(basename "$source" .c)
        page=usr/share/man/man1/foi-$program.1
        run -0 mandoc -T lint -W warning "$page"
        assert_output ""
        mandoc -T ascii "$page" | col -b | tr -s ' \n' ' ' >text
        grep -q "^FOI-${program^^}(1)" text
        for option in $("$BIN/$program" --_options | cut -f 1); do
            grep -qE -- "--$option([^a-z-]|$)" text || {
                echo "--$option is not in foi-$program.1"
                return 1
            }
        done
    done
    for page in usr/share/man/man1/foi.1 usr/share/man/man7/*; do
        run -0 mandoc -T lint -W warning "$page"
        assert_output ""
    done
}

@test "foi: completions know every program, its options and their words, in bash, zsh and fish" {
    install_here
    # shellcheck disable=SC1091 # made above
    source usr/share/bash-completion/completions/foi
    echo '{"trust":1,"tech":2,"grant":3}' >in.jsonl
    complete_words() { # the line, its last word still to complete
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _foi
        echo "${COMPREPLY[*]}"
    }
    assert_equal "$(complete_words foi fromc)" fromcsv
    assert_equal "$(complete_words foi help sam)" sample
    assert_equal "$(complete_words foi join --kind '')" "inner left right full semi anti"
    assert_equal "$(complete_words foi join --kind = se)" semi
    assert_equal "$(complete_words foi tabulate in.jsonl --field t)" "trust tech"
    printf '{"kind":"cell","table":"%s"}\n' grant tech grant >results.jsonl
    assert_equal "$(complete_words foi report results.jsonl --figure g)" grant
    for source in "$ROOT"/src/*.c; do
        program=$(basename "$source" .c)
        for option in $("$BIN/$program" --_options | cut -f 1); do
            [[ " $(complete_words foi "$program" --) " == *" --$option "* ]]
            grep -qF -- "'--$option" usr/share/zsh/site-functions/_foi
            grep -qE -- "from $program\" -l $option( |$)" usr/share/fish/vendor_completions.d/foi.fish
        done
    done
    ! command -v zsh >/dev/null || zsh -n usr/share/zsh/site-functions/_foi
    ! command -v fish >/dev/null || fish -n usr/share/fish/vendor_completions.d/foi.fish
}

@test "foi: the installed programs and scripts run a study where no source is" {
    install_here
    cp -R usr/share/foi-filters/samples/nhs-2020 study
    usr/libexec/foi/pipelines/study.sh study out
    same_as "$ROOT/tests/golden/nhs-2020.txt" <out/results.txt
}

@test "foi: a stage in C is built with the installed library and headers" {
    [ -z "${SANITIZE:-}" ] && [[ $BUILD != *asan* && $BUILD != *coverage* ]] || skip "the library is an instrumented one"
    install_here
    cat >stage.c <<'END'
/* stage -- copies records. */
#include <stream/filter.h>

static const struct opt OPTIONS[] = {{0}};
static const struct opt_program PROGRAM = {"stage", "[FILE...]", "Copies records.", OPTIONS, NULL};

int main(int argc, char **argv)
{
    struct filter f;
    struct record r;
    filter_open(&f, &PROGRAM, NULL, argc, argv);
    while (filter_next(&f, &r)) {
        record_write(&f.out.buf, &r);
        filter_written(&f);
    }
    return filter_close(&f);
}
END
    flags=$(PKG_CONFIG_PATH=usr/lib/pkgconfig pkg-config --define-variable=libdir="$PWD/usr/lib" \
        --define-variable=includedir="$PWD/usr/include/foi-filters" --cflags --libs foi-filters)
    # shellcheck disable=SC2086 # flags are words
    cc -std=c11 -o stage stage.c $flags
    echo '{"a":1.0}' >in
    ./stage in | same_as in
}

@test "foi: make uninstall leaves nothing" {
    install_here
    make -s -C "$ROOT" uninstall DESTDIR="$PWD" PREFIX=/usr BIN="$BIN" BUILD="$BUILD"
    run -0 find usr ! -type d
    assert_output ""
}

@test "foi describe clears away what a killed one left, and nothing of one that runs" {
    printf 'a,b\n1,x\n' >t.csv
    export TMPDIR=$PWD/tmp
    gone=$(bash -c 'echo $$')
    mkdir -p "tmp/foi-describe.$gone.abcdef" "tmp/foi-describe.$$.abcdef" tmp/foi-describe.mine.abcdef
    echo kept >notes && ln -s ../notes "tmp/foi-describe.$gone.fedcba"
    touch "tmp/foi-describe.$gone.abcdef/records"
    run -0 "$ROOT/bin/foi" describe t.csv
    run -0 ls tmp
    assert_output "$(printf '%s\n' "foi-describe.$$.abcdef" "foi-describe.$gone.fedcba" foi-describe.mine.abcdef | LC_ALL=C sort)"
    assert_equal "$(<notes)" kept
}
