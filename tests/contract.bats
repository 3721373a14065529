#!/usr/bin/env bats
# What every program promises, whatever it does: each test goes through all of src/*.c.
load helper

programs() {
    # toxlsx is left out where its library was not found when the programs were built
    (cd "$ROOT/src" && printf "%s\n" *.c | sed "s/\.c$//") | { [ -x "$BIN/toxlsx" ] && cat || grep -vx toxlsx; }
}

# Those that do the work of a stage themselves: pipe only runs others, whose messages it passes on.
stages() {
    programs | grep -vx pipe
}

# The arguments with which each program reads records from standard input. A
# program without a line here fails the tests: the contract holds for all.
arguments() {
    echo '{"fields":[{"name":"k"}]}' >schema.json
    echo '{"name":"empty","fields":[]}' >codebook.json
    : >right.jsonl
    case $1 in
    fromcsv | fromsheet | fromdocs | tocsv | toxlsx | chisq | report | describe | review) args=() ;;
    normalise) args=(-s schema.json) ;;
    extract)
        echo '{"fields":[{"name":"k","number":"1","title":"How many?"}]}' >questions.json
        args=(-s questions.json)
        ;;
    code) args=(-c codebook.json) ;;
    join) args=(--on k --kind left right.jsonl) ;;
    tabulate) args=(--field k) ;;
    deadline) args=(--from sent --to received --as-at 2020-06-30) ;;
    cluster) args=(--field k) ;;
    sample) args=(-n 2) ;;
    pipe) args=('sample -n 2') ;;
    match) args=(--field k right.jsonl) ;;
    kappa) args=(--by k --coders a,b) ;;
    codebook) args=(check codebook.json) ;;
    study) mkdir -p folder && : >folder/study.conf && args=(settings folder) ;;
    *)
        echo "tests/contract.bats does not know how to run '$1'"
        return 1
        ;;
    esac
}

# Programs that read JSON Lines from standard input.
reads_records() {
    case $1 in fromcsv | fromsheet | fromdocs | codebook | study) return 1 ;; esac
}

# A record that the program accepts, as its first line of input.
good_line() {
    case $1 in
    chisq | report) echo '{"table":"t","title":"T","kind":"total","field":"k","value":null,"by":null,"group":null,"n":0,"base":0,"percent":null,"low":null,"high":null,"multiple":false}' ;;
    fromsheet)
        printf '%s\n' '--- content.xml' '<x xmlns:t="t"><t:table t:name="S"><t:table-row><t:table-cell><p>k</p></t:table-cell></t:table-row>' \
            '<t:table-row><t:table-cell><p>a</p></t:table-cell></t:table-row></t:table></x>' | "$BATS_TEST_DIRNAME/zip-parts" sheet.ods
        cat sheet.ods
        ;;
    deadline) echo '{"sent":"2020-02-03","received":"2020-02-17"}' ;;
    kappa) echo '{"k":"a","a":"x","b":"x"}' ;;
    extract) echo '{"reply":"a","file":"f","date":"2020-01-01","text":"1. Four"}' ;;
    *) echo '{"k":"a"}' ;;
    esac
}

@test "every program prints --help on standard output, with status 0 and nothing on standard error" {
    for program in $(programs); do
        run -0 --separate-stderr "$BIN/$program" --help
        assert_equal "$stderr" ""
        assert_line --index 0 --partial "Usage: $program "
        [[ $output == *--help* && $output == *--version* ]]
    done
}

@test "every program prints its version" {
    for program in $(programs); do
        run -0 "$BIN/$program" --version
        assert_output --regexp "^$program \(foi-filters\) [0-9]+\.[0-9]+\.[0-9]+$"
    done
}

@test "every program refuses an unknown option with status 2 and one line, nothing on standard output" {
    for program in $(programs); do
        fails_with 2 "$program: unrecognized option '--colums' (try --help)" "$BIN/$program" --colums
    done
}

@test "every program says that --help could not be written" {
    for program in $(stages); do
        run -1 bash -c '"$0" --help >/dev/full' "$BIN/$program"
        assert_output "$program: cannot write standard output: No space left on device"
        run -1 bash -c '"$0" --help >&-' "$BIN/$program"
        assert_output "$program: cannot write standard output: Bad file descriptor"
    done
}

@test "every program fails on a full disk and on a closed standard output" {
    for program in $(stages); do
        arguments "$program"
        good_line "$program" >in
        # a program that has nothing to say about one record is not asked to write
        "$BIN/$program" "${args[@]}" <in >out
        [ -s out ] || continue
        run -1 bash -c '"$@" <in >/dev/full' - "$BIN/$program" "${args[@]}"
        assert_output "$program: cannot write standard output: No space left on device"
        run -1 bash -c '"$@" <in >&-' - "$BIN/$program" "${args[@]}"
        assert_output "$program: cannot write standard output: Bad file descriptor"
    done
}

# A pipe whose reader is gone before the program starts: no size of output lets it slip by.
@test "every program ends quietly when its reader has left" {
    mkfifo pipe
    for program in $(programs); do
        arguments "$program"
        good_line "$program" >in
        "$BIN/$program" "${args[@]}" <in >out
        [ -s out ] || continue # has nothing to write
        (: <pipe) &
        exec 4>pipe
        wait "$!"
        run -141 --separate-stderr bash -c '"$@" <in >&4' - "$BIN/$program" "${args[@]}"
        exec 4>&-
        assert_equal "$stderr" ""
    done
}

@test "every program takes empty input for no records" {
    for program in $(programs); do
        arguments "$program"
        run -0 --separate-stderr bash -c '"$@" </dev/null' - "$BIN/$program" "${args[@]}"
        assert_equal "$stderr" ""
    done
}

@test "every program fails on a directory as input" {
    for program in $(stages); do
        arguments "$program"
        case $program in codebook | study) continue ;; esac # a document, a study: status 2
        [ "$program" != fromdocs ] || continue              # which reads folders
        mkdir -p folder
        run -1 --separate-stderr "$BIN/$program" "${args[@]}" folder
        assert_equal "$stderr" "$program: folder: Is a directory"
        assert_equal "$output" ""
    done
}

@test "every program fails on a file that is not there" {
    for program in $(stages); do
        arguments "$program"
        case $program in codebook | study) continue ;; esac # a document, a study: status 2
        run -1 --separate-stderr "$BIN/$program" "${args[@]}" missing.jsonl
        assert_equal "$stderr" "$program: missing.jsonl: No such file or directory"
    done
}

@test "every program refuses standard input named twice" {
    for program in $(stages); do
        arguments "$program"
        case $program in codebook | study) continue ;; esac
        run -2 --separate-stderr "$BIN/$program" "${args[@]}" - -
        [[ $stderr == "$program: "*"(try --help)" ]]
        assert_equal "$(wc -l <<<"$stderr")" 1
    done
}

@test "every program that reads records stops at a broken line and names file, line and column" {
    for program in $(stages); do
        arguments "$program"
        reads_records "$program" || continue
        { good_line "$program"; echo '{"k":tru}'; } >in
        run -1 --separate-stderr bash -c '"$@" <in' - "$BIN/$program" "${args[@]}"
        assert_equal "$stderr" "$program: <stdin>:2:6: not a JSON value"
    done
}

@test "every program that reads records lists a broken line in --rejects and goes on" {
    for program in $(stages); do
        arguments "$program"
        reads_records "$program" || continue
        { good_line "$program"; echo '{"k":tru}'; } >in
        run -0 --separate-stderr bash -c '"$@" <in' - "$BIN/$program" "${args[@]}" --rejects bad.jsonl --stats stats.json
        assert_equal "$stderr" "$program: 1 of 2 records rejected (see bad.jsonl)"
        echo '{"program":"'"$program"'","file":"<stdin>","line":2,"column":6,"field":null,"reason":"not a JSON value","record":"{\"k\":tru}"}' >expected
        same_as expected <bad.jsonl
        [[ $(cat stats.json) == '{"program":"'"$program"'","version":"'*'","read":2,"written":'*'"rejected":1'* ]]
    done
}

@test "every program that reads records stops when --max-rejects is passed, and keeps the list" {
    for program in $(stages); do
        arguments "$program"
        reads_records "$program" || continue
        printf '1\n2\n3\n' >in
        rm -f bad.jsonl out
        run -1 --separate-stderr bash -c '"$@" <in' - "$BIN/$program" "${args[@]}" --rejects bad.jsonl --max-rejects 1 -o out
        assert_equal "$stderr" "$program: <stdin>:2: more than 1 bad records (see bad.jsonl)"
        assert_equal "$(wc -l <bad.jsonl)" 2
        [ ! -e out ]
        assert_equal "$(find . -name '.*.??????' | wc -l)" 0
    done
}

@test "every program that reads records reads the last line without its line end, CRLF and a byte order mark" {
    for program in $(stages); do
        arguments "$program"
        reads_records "$program" || continue
        good_line "$program" >in
        "$BIN/$program" "${args[@]}" <in >expected
        printf '\357\273\277\r\n%s\r\n\n' "$(good_line "$program")" | "$BIN/$program" "${args[@]}" | same_as expected
        printf '\n  \n%s' "$(good_line "$program")" | "$BIN/$program" "${args[@]}" | same_as expected
    done
}

@test "every program refuses a line over --max-line" {
    for program in $(stages); do
        arguments "$program"
        reads_records "$program" || continue
        run -1 --separate-stderr bash -c 'echo "{\"k\":\"a\"}" | "$@"' - "$BIN/$program" "${args[@]}" --max-line 8
        assert_equal "$stderr" "$program: <stdin>:1: line longer than 8 bytes (see --max-line)"
    done
}

@test "every program leaves FILE of -o as it was when it fails, and replaces it when it succeeds" {
    for program in $(stages); do
        arguments "$program"
        reads_records "$program" || continue
        echo before >out
        echo broken | run -1 "$BIN/$program" "${args[@]}" -o out
        assert_equal "$(cat out)" before
        assert_equal "$(find . -name '.out.*' | wc -l)" 0
        good_line "$program" | "$BIN/$program" "${args[@]}" >expected
        good_line "$program" | "$BIN/$program" "${args[@]}" --output out
        same_as expected <out
    done
}

@test "every program has its options in its manual page and in its tests" {
    for program in $(programs); do
        for option in $("$BIN/$program" --help | grep -oE '^ +(-[a-zA-Z], )?--[a-z-]+' | grep -oE -- '--[a-z-]+'); do
            grep -qE -- "$option([^a-z-]|\$)" "$ROOT/docs/$program.md" || {
                echo "$option of $program is not in docs/$program.md"
                return 1
            }
            # the options that all share are tested here, those that share work out in scale.bats
            grep -qE -- "$option([^a-z-]|\$)" "$ROOT/tests/$program.bats" "$ROOT/tests/scale.bats" "$ROOT/tests/contract.bats" || {
                echo "$option of $program is not in its tests"
                return 1
            }
        done
    done
}

@test "every program stays under 400 lines, and no function anywhere is longer than 45" {
    run -0 awk '
        FNR == 1 { program = FILENAME ~ /src\/[^\/]*$/ }
        program && FNR == 401 { print FILENAME " is longer than 400 lines" }
        /^\{/ { start = FNR }
        /^\}/ && start { if (FNR - start > 46) print FILENAME ":" start ": a function of " FNR - start - 1 " lines"; start = 0; count++ }
        END { if (count < 1000) print "only " count " functions found" }' "$ROOT"/src/*.c "$ROOT"/src/*/*.c
    assert_output ""
}

@test "every program draws no meter and says nothing when standard error is no terminal" {
    for program in $(stages); do
        arguments "$program"
        reads_records "$program" || continue
        run -0 --separate-stderr bash -c '"$@" </dev/null' - "$BIN/$program" "${args[@]}" --progress
        assert_equal "$stderr" ""
    done
}

@test "every program that reads records takes --strict, and does as without it where all is found" {
    for program in $(stages); do
        arguments "$program"
        reads_records "$program" || continue
        good_line "$program" | "$BIN/$program" "${args[@]}" >expected
        good_line "$program" | "$BIN/$program" "${args[@]}" --strict | same_as expected
    done
}

# What a program can say it says under either name, in lines of its own, and never unasked.
@test "every program takes --verbose and -v" {
    said=0
    for program in $(stages); do
        arguments "$program"
        good_line "$program" >in
        "$BIN/$program" "${args[@]}" <in >expected 2>err
        [ ! -s err ]
        "$BIN/$program" "${args[@]}" --verbose <in 2>long | same_as expected
        "$BIN/$program" "${args[@]}" -v <in 2>short | same_as expected
        same_as long <short
        case $program in
        cluster | deadline | fromcsv | fromsheet | join | match | sample)
            [ -s long ]
            run -1 grep -v "^$program: " long
            said=$((said + 1))
            ;;
        esac
    done
    [ "$said" -ge 7 ]
}
