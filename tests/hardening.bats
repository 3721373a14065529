#!/usr/bin/env bats
# hardening.bats -- what the build promises of every program: how it is laid out, guarded and linked,
# and that nothing of the place where it was built is in it. `make same` shows the same bytes from two
# places; it builds all twice, so it is no part of every test run.
# shellcheck disable=SC2154 # ROOT, BIN and BUILD come from the helper
load helper

setup_file() {
    command -v readelf >/dev/null || skip "no readelf (binutils)"
    ! nm "$BIN/fromcsv" | grep -E "__asan_init|__gcov_" >/dev/null || skip "built with a sanitizer or for coverage, without hardening"
}

programs() {
    find "$BIN" -type f -perm -u+x | while read -r file; do
        [ "$(head -c 4 "$file" | tr -d '\177')" = ELF ] && echo "$file"
    done
}

# Each program of which readelf OPTION does not say PATTERN.
without() { # OPTION PATTERN
    programs | while read -r file; do
        readelf -W "$1" "$file" | grep -E "$2" >/dev/null || echo "$file"
    done
}

@test "there are programs to look at" {
    [ "$(programs | wc -l)" -ge 20 ]
}

@test "every program is position-independent, its stack not executable" {
    assert_equal "$(without -h 'DYN \(Position-Independent')" ""
    assert_equal "$(without -l 'GNU_STACK .* RW ')" ""
}

@test "every program has full RELRO: bound at its start, read-only then" {
    assert_equal "$(without -l GNU_RELRO)" ""
    assert_equal "$(without -d BIND_NOW)" ""
}

@test "every program guards its stack and its buffers" {
    assert_equal "$(without --dyn-syms '__stack_chk_fail')" ""
    assert_equal "$(without --dyn-syms '__[a-z]+_chk(@|$)')" ""
}

@test "the objects are marked for control-flow enforcement" {
    [ "$(uname -m)" = x86_64 ] || skip "of x86 alone"
    # a program is marked only where the C library's own start files are
    for object in "$BUILD"/*.o "$BUILD"/stream/*.o; do
        readelf -n "$object" | grep "IBT, SHSTK" >/dev/null || echo "$object"
    done >unmarked
    assert_equal "$(cat unmarked)" ""
}

@test "no program tells where it was built" {
    programs | while read -r file; do
        ! grep -qaF "$ROOT/" "$file" || echo "$file"
    done >telling
    assert_equal "$(cat telling)" ""
}
