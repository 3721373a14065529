#!/usr/bin/env bats
# The option table, as every program uses it; `report` and `tabulate` stand for all.
load helper

@test "options: a long option may be shortened while it stays unique" {
    run -0 "$BIN/report" --form=html /dev/null
    assert_line --index 0 '<!DOCTYPE html>'
    fails_with 2 "report: option '--max' is ambiguous (try --help)" "$BIN/report" --max 3
}

@test "options: a wrong one is named, in a cluster of letters too" {
    fails_with 2 "report: unrecognized option '--colums' (try --help)" "$BIN/report" --colums=3
    fails_with 2 "report: unrecognized option '-x' (try --help)" "$BIN/report" -x
    fails_with 2 "report: unrecognized option '-x' (try --help)" "$BIN/report" -vx
    fails_with 2 "report: unrecognized option '-x' (try --help)" "$BIN/report" -v -xv
}

@test "options: a missing value, and one too many" {
    fails_with 2 "report: option '--format' requires a value (try --help)" "$BIN/report" --format
    fails_with 2 "report: option '-f' requires a value (try --help)" "$BIN/report" -f
    fails_with 2 "report: option '-o' requires a value (try --help)" "$BIN/report" -vo
    fails_with 2 "report: option '--intervals' takes no value (try --help)" "$BIN/report" --intervals=yes
}

@test "options: values are checked" {
    fails_with 2 "report: option '--format' takes text|markdown|html|csv|jsonl|xlsx|latex, not 'pdf' (try --help)" "$BIN/report" --format pdf
    fails_with 2 "report: option '--max-line' takes a whole number, not '-1' (try --help)" "$BIN/report" --max-line=-1
    fails_with 2 "report: option '--max-line' takes a whole number, not '99999999999999999999' (try --help)" "$BIN/report" --max-line 99999999999999999999
    fails_with 2 "kappa: option '--confidence' takes a number, not 'nan' (try --help)" "$BIN/kappa" --confidence nan
    fails_with 2 "report: option '--max-rejects' needs '--rejects' (try --help)" "$BIN/report" --max-rejects 3
}

@test "options: bounds are checked, and shown in the message" {
    fails_with 2 "match: option '--top' takes 1 or more, not 0 (try --help)" "$BIN/match" --top 0
    fails_with 2 "tabulate: option '--max-cells' takes 1 to 134217728, not 134217729 (try --help)" "$BIN/tabulate" --max-cells 134217729
    fails_with 2 "match: option '--at-least' takes 0 to 1, not 1.01 (try --help)" "$BIN/match" --at-least 1.01
    fails_with 2 "kappa: option '--confidence' takes a number between 0 and 1, not 0 (try --help)" "$BIN/kappa" --confidence 0
    run -0 "$BIN/tabulate" --field a --max-cells 134217728 /dev/null
}

@test "options: the name of a field is UTF-8 and not empty" {
    fails_with 2 "tabulate: option '--by' takes the name of a field, not '' (try --help)" "$BIN/tabulate" --field a --by ''
    fails_with 2 "cluster: option '--field' takes the name of a field, not '\\xff' (try --help)" "$BIN/cluster" --field $'\xff'
}

@test "options: a required one is asked for before anything is read or written" {
    run -2 --separate-stderr "$BIN/cluster" -o out no-such-file
    [ "$stderr" = "cluster: option '--field' is required (try --help)" ]
    [ ! -e out ]
}

# One rule for all lists: quotes as in CSV, or a backslash.
@test "options: a list of names takes quotes and backslashes, in every program alike" {
    printf '1,2,3\n' >in.csv
    run -0 "$BIN/fromcsv" -H '"a,b","say ""hi""",c\d=e' in.csv
    assert_output '{"a,b":"1","say \"hi\"":"2","c\\d=e":"3"}'
    run -0 "$BIN/fromcsv" -H 'a\,b,say \"hi\",c\\d\=e' in.csv
    assert_output '{"a,b":"1","say \"hi\"":"2","c\\d=e":"3"}'
    echo '{"a,b":"1","c=d":"x","l":1}' >left
    echo '{"a,b":"1","e,f":"x","r":2}' >right
    for list in '"a,b","c=d"="e,f"' 'a\,b,c\=d=e\,f'; do
        run -0 "$BIN/join" --on "$list" right left
        assert_output '{"a,b":"1","c=d":"x","l":1,"r":2}'
    done
    run -0 "$BIN/tocsv" -f 'a\,b,"c=d"' --line-end lf left
    assert_output $'"a,b",c=d\n1,x'
    printf '{"id":1,"x,y":"p","z":"p"}\n{"id":2,"x,y":"q","z":"q"}\n' >coded
    for list in '"x,y",z' 'x\,y,z'; do
        "$BIN/kappa" --by id --coders "$list" coded | jq -c .prevalence | head -n 1 >got
        same_as got <<<'{"x,y":0.5,"z":0.5}'
    done
}

@test "options: a list whose quotes do not close, or close early, is refused" {
    for list in '"a' '"a"b' 'a,"b' $'a\nb' $'\xff'; do
        run -2 --separate-stderr "$BIN/tocsv" -f "$list" /dev/null
        [[ $stderr == "tocsv: option '--fields' takes names separated by commas, not "* ]]
        run -2 --separate-stderr "$BIN/join" --on "$list" /dev/null /dev/null
        [[ $stderr == "join: option '--on' takes FIELD[=RIGHT][,...], not "* ]]
    done
}

@test "options: they may stand behind the files, and -- ends them" {
    echo '{"a":"x"}' >in
    "$BIN/tabulate" in --field a >got
    "$BIN/tabulate" --field a -- in | same_as got
    cp in ./--field
    "$BIN/tabulate" --field a -- --field | same_as got
}

@test "options: help is the same whatever the environment says" {
    "$BIN/report" --help >expected
    ARGP_HELP_FMT=rmargin=20 COLUMNS=30 LC_ALL=C.UTF-8 "$BIN/report" --help | same_as expected
}

@test "options: two outputs in one file are refused" {
    fails_with 2 "report: 'x' named for two outputs (try --help)" "$BIN/report" -o x --rejects x
    fails_with 2 "report: 'x' named for two outputs (try --help)" "$BIN/report" -o x --stats x
    [ ! -e x ]
}

@test "output: -o keeps the mode of a file, follows a link, and gives a new file the usual mode" {
    echo '{"a":"x"}' >in
    echo old >real && chmod 640 real && ln -s real link
    "$BIN/tocsv" -o link in
    [ -L link ]
    assert_equal "$(stat -c %a real)" 640
    assert_equal "$(tr -d '\r' <real)" $'a\nx'
    (umask 027 && "$BIN/tocsv" -o new in)
    assert_equal "$(stat -c %a new)" 640
}

@test "output: -o to a pipe or a device writes to it and leaves it in place" {
    echo '{"a":"x"}' >in
    mkfifo pipe
    cat pipe >got &
    "$BIN/tocsv" -o pipe in
    wait
    [ -p pipe ]
    assert_equal "$(tr -d '\r' <got)" $'a\nx'
    run -1 "$BIN/tocsv" -o /dev/full in
    assert_output "tocsv: cannot write /dev/full: No space left on device"
    { echo before; "$BIN/tocsv" -o /dev/stdout in; echo after; } | tr -d '\r' >got
    printf 'before\na\nx\nafter\n' | same_as got
}

@test "output: a program that is killed leaves no unfinished file" {
    # INT is not tried: a background job of a script ignores it
    for signal in TERM HUP; do
        mkfifo "in.$signal"
        env -u BASH_ENV "$BIN/tocsv" -f a -o out "in.$signal" &
        pid=$!
        exec 7>"in.$signal"
        echo '{"a":"x"}' >&7
        sleep 0.2
        kill -$signal $pid
        status=0
        wait $pid || status=$?
        [ "$status" -gt 128 ] # by the signal
        exec 7>&-
        [ ! -e out ]
        assert_equal "$(find . -name '.out.*' | wc -l)" 0
    done
}

@test "rejects: what is no UTF-8 keeps its exact bytes" {
    printf '{"a":"\377"}\n' >in
    run -0 --separate-stderr "$BIN/tocsv" -f a --rejects bad in
    assert_equal "$stderr" "tocsv: 1 of 1 records rejected (see bad)"
    jq -c '[.column, .reason, .record_hex]' bad >got
    echo '[7,"invalid UTF-8","7b2261223a22ff227d"]' | same_as got
}

@test "rejects: a run that lists nothing and fails leaves an older list as it was" {
    echo old >bad
    fails_with 1 "tocsv: nothere: No such file or directory" "$BIN/tocsv" --rejects bad nothere
    assert_equal "$(cat bad)" old
    assert_equal "$(find . -name '.bad.*' | wc -l)" 0
}
