# helper -- loaded by every test file: strict, one locale, the programs' places.
# shellcheck disable=SC2034,SC2154 # variables that test files read, and that Bats sets
bats_require_minimum_version 1.5.0
set -o pipefail
export LC_ALL=C
ROOT=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
BIN=${BIN:-$ROOT/bin}
BUILD=${BUILD:-$ROOT/build}
DATA=$ROOT/../shared/data

for library in bats-support bats-assert; do
    for folder in /usr/lib/bats /usr/lib /usr/local/lib /opt/homebrew/lib; do
        if [ -f "$folder/$library/load.bash" ]; then
            load "$folder/$library/load"
            break
        fi
    done
done

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
}

# The bytes on standard input are those of FILE: `same_as FILE < got`.
same_as() {
    diff -u "$1" -
}

# One program's message, exactly: runs a command that must end with STATUS, print
# nothing on standard output and MESSAGE on standard error.
fails_with() {
    local status=$1 message=$2
    shift 2
    run -"$status" --separate-stderr "$@"
    assert_equal "$stderr" "$message"
    assert_equal "$output" ""
}

# The command with so many KiB of memory; a sanitizer needs more itself and has all it wants.
within_memory() { # KIB COMMAND...
    local memory=$1
    ! grep -q __asan_init "$BIN/fromcsv" || memory=unlimited
    (ulimit -v "$memory" && exec "${@:2}")
}

# Skips a test whose real data is not beside the project.
needs_data() {
    [ -e "$DATA/$1" ] || skip "no data at ../shared/data/$1"
}

# Skips where LibreOffice cannot read tables, as where only its Writer is installed.
needs_calc() {
    local program
    if ! program=$(type -P soffice) || ! program=$(readlink -f "$program") || [ ! -e "${program%/*}/libsclo.so" ]; then
        skip "no LibreOffice Calc"
    fi
}

# Whether the programs are those of `make asan` or `make coverage`.
is_instrumented() {
    grep -q -e __asan_init -e __gcov_ "$BIN/fromcsv"
}

# Skips where report says that it cannot draw for paper: any other fault is the test's to find.
needs_cairo() {
    local told
    told=$("$BIN/report" --figure t -f png </dev/null 2>&1 >/dev/null) || true
    [[ $told != *"built without Cairo and Pango"* ]] || skip "built without Cairo and Pango"
}

# Lines of tabulate and chisq whose every text wants to be something else (hostile.jq).
hostile() {
    # shellcheck disable=SC2016,SC2089 # text that is to stay as it is
    local markup='<script>alert(1)</script>"'\''&amp; \input{x} 50% $x$ #1 _a_ ^b {c} ~~d~~ [e](f) @user https://x.example `g` |h|'
    jq -nc --arg e "$markup" --arg long "$(head -c 10000 /dev/zero | tr '\0' x)" \
        --arg esc "$(printf '\033[31mred\033[0m \302\233 a\nb\rc \342\200\256row\342\201\246 \360\237\230\200 \327\251\327\234')" \
        -f "$ROOT/tests/hostile.jq"
}
