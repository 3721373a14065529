# reliability.bats -- results under faults: old ones or new ones, and nothing left behind.
load helper

setup() {
    mkdir "$BATS_TEST_TMPDIR/work" # Bats keeps files of its own beside it
    cd "$BATS_TEST_TMPDIR/work" || return 1
    printf 'a,b\n1,2\n' >in.csv
    echo '{"a":"1","b":"2"}' >right.jsonl
}

# The library that fails calls, in a build that it can be loaded into.
needs_faults() {
    [ -f "$BUILD/faults/fault.so" ] || skip "no $BUILD/faults/fault.so (make check builds it)"
    ! is_instrumented || skip "built with a sanitizer or for coverage, which allocate memory of their own"
}

# Nothing stands in the folder but FILE...
only() {
    assert_equal "$(ls -A)" "$(printf '%s\n' "$@" | sort)"
}

@test "fromcsv writes no message into a result when standard error is closed" {
    run -0 "$BIN/fromcsv" -v -o out in.csv 2>&-
    same_as right.jsonl <out
    run -0 "$BIN/fromcsv" -v -o out in.csv <&- >&- 2>&-
    same_as right.jsonl <out
}

@test "fromcsv --stats tells of a standard input that is closed" {
    fails_with 1 "fromcsv: <stdin>: Bad file descriptor" bash -c "'$BIN/fromcsv' --stats stats.json <&-"
    only in.csv right.jsonl
}

@test "fromcsv -o leaves the old result where a limit on files stops the new one" {
    echo old >out
    awk 'BEGIN { print "a"; for (i = 0; i < 100000; i++) print i "000000000000" }' >big.csv
    fails_with 1 "fromcsv: cannot write out: File too large" bash -c "ulimit -f 100; exec '$BIN/fromcsv' -o out big.csv"
    assert_equal "$(cat out)" old
    only big.csv in.csv out right.jsonl
}

@test "fromcsv -o leaves the old result and nothing else under every signal that can be caught" {
    echo old >out
    mkfifo rows
    for signal in HUP INT QUIT ILL TRAP ABRT BUS FPE SEGV USR1 USR2 PIPE ALRM TERM XCPU VTALRM PROF SYS IO PWR STKFLT RTMIN RTMIN+7 RTMAX; do
        # bash ignores some of them in its background jobs, and a sanitizer takes some
        env --default-signal ASAN_OPTIONS=handle_segv=0:handle_sigbus=0:handle_sigfpe=0 "$BIN/fromcsv" -o out rows 2>/dev/null &
        pid=$!
        exec 8>rows
        printf 'a\n1\n' >&8
        for _ in $(seq 100); do
            [ -n "$(find . -name '.out.*')" ] && break
            sleep 0.02
        done
        [ -n "$(find . -name '.out.*')" ]
        kill -"$signal" $pid
        status=0
        wait $pid || status=$?
        exec 8>&-
        assert_equal "$signal $status" "$signal $((128 + $(kill -l "$signal")))"
        assert_equal "$(cat out)" old
        only in.csv out right.jsonl rows
    done
}

@test "fromcsv -o leaves nothing where a signal comes with the file that is just made" {
    command -v strace >/dev/null || skip "no strace here"
    export LSAN_OPTIONS=detect_leaks=0 # it cannot look under strace
    local at
    at=$(strace -e trace=openat "$BIN/fromcsv" -o out in.csv 2>&1 | grep -n '"[^"]*\.out\.[^"]*", O_RDWR|O_CREAT' | cut -d: -f1)
    rm -f out
    run -143 strace -o /dev/null -e trace=openat -e inject=openat:signal=TERM:when="$at" "$BIN/fromcsv" -o out in.csv
    only in.csv right.jsonl
}

@test "normalise lets all outputs of a run take their places together, or none" {
    echo '{"fields":[{"name":"a","type":"integer"},{"name":"b"}]}' >schema.json
    for file in out flags stats; do echo old >$file; done
    fails_with 1 "normalise: cannot write /dev/full: No space left on device" \
        "$BIN/normalise" -s schema.json --flags flags --stats /dev/full -o out right.jsonl
    for file in out flags stats; do assert_equal "$(cat $file)" old; done
    only flags in.csv out right.jsonl schema.json stats
    run -0 "$BIN/normalise" -s schema.json --flags flags --stats stats -o out right.jsonl
    assert_equal "$(cat out)" '{"a":1,"b":"2"}'
    assert_equal "$(jq .written stats)" 1
    only flags in.csv out right.jsonl schema.json stats
}

# One output of two cannot be renamed, the first or the second: with old results and without, where the
# system exchanges files and where it does not.
@test "normalise leaves all old outputs when the system refuses the place of a later one" {
    needs_faults
    echo '{"fields":[{"name":"a","type":"integer"},{"name":"b"}]}' >schema.json
    for exchange in yes no; do
        for n in 1 2; do
            echo old out >out && echo old stats >stats
            run -1 env FAULT_EXCHANGE=$exchange FAULT_KIND=rename FAULT_AT=$n LD_PRELOAD="$BUILD/faults/fault.so" \
                "$BIN/normalise" -s schema.json --stats stats -o out right.jsonl
            [[ $output = "normalise: cannot write "*": Permission denied" ]]
            assert_equal "$(cat out stats)" $'old out\nold stats'
            only in.csv out right.jsonl schema.json stats
        done
        rm out stats
        for n in 1 2; do
            run -1 env FAULT_EXCHANGE=$exchange FAULT_KIND=rename FAULT_AT=$n LD_PRELOAD="$BUILD/faults/fault.so" \
                "$BIN/normalise" -s schema.json --stats stats -o out right.jsonl
            only in.csv right.jsonl schema.json
        done
    done
}

@test "normalise --rejects keeps what was listed when a signal ends it" {
    echo '{"fields":[{"name":"a","type":"integer"}]}' >schema.json
    mkfifo lines
    "$BIN/normalise" -s schema.json --rejects bad.jsonl -o out lines 2>/dev/null &
    pid=$!
    exec 8>lines
    printf '{"a":"x"}\n{"a":"y"}\n' >&8
    for _ in $(seq 100); do
        [ -s "$(find . -name '.bad.jsonl.*' | head -n 1)" ] && break
        sleep 0.02
    done
    kill -TERM $pid
    wait $pid || true
    exec 8>&-
    assert_equal "$(jq -r .record.a bad.jsonl | paste -sd ,)" x,y
    only bad.jsonl in.csv lines right.jsonl schema.json
}

@test "fromcsv leaves out the wait for the disk where FOI_SYNC says no" {
    command -v strace >/dev/null || skip "no strace here"
    export LSAN_OPTIONS=detect_leaks=0 # it cannot look under strace
    strace -f -e trace=fsync -o calls "$BIN/fromcsv" -o out in.csv
    assert_equal "$(grep -c fsync calls)" 2
    FOI_SYNC=no strace -f -e trace=fsync -o calls "$BIN/fromcsv" -o out in.csv
    assert_equal "$(grep -c fsync calls)" 0
    same_as right.jsonl <out
}

@test "programs give right bytes or a message when a call of theirs fails" {
    needs_faults
    # each two hundredth call of a kind, and so the first of every kind; `make faults` takes all
    BIN=$BIN BUILD=$BUILD run -0 "$ROOT/tests/faults/faults.py" 200 fromcsv normalise join tabulate chisq tocsv kappa sample
    assert_line "0 broken"
    assert_equal "$(grep -c alloc <<<"$output")" 8
}

@test "fromdocs loses no document whose text cannot be taken from the process that read it" {
    needs_faults
    KINDS='read shortread' BIN=$BIN BUILD=$BUILD run -0 "$ROOT/tests/faults/faults.py" 1 fromdocs
    assert_line "0 broken"
}

@test "programs end with a message, not by a signal or a wrong workbook, when a library of theirs gets no memory" {
    needs_faults
    KINDS=alloc BIN=$BIN BUILD=$BUILD run -0 "$ROOT/tests/faults/faults.py" 23 fromdocs fromsheet toxlsx full/report
    assert_line "0 broken"
}

@test "pipe takes want of memory for no fault of a stage" {
    needs_faults
    KINDS=alloc FURTHER=only BIN=$BIN BUILD=$BUILD run -0 "$ROOT/tests/faults/faults.py" 1 FAULT_PROGRAM=pipe
    assert_line "0 broken"
}

@test "study and pipe leave nothing behind when they get no process, pipe or memory to share" {
    needs_faults
    KINDS='pipe fork memfd truncate' FURTHER=only BIN=$BIN BUILD=$BUILD run -0 "$ROOT/tests/faults/faults.py" 1 study pipe
    assert_line "0 broken"
}

@test "study diff does not take a manifest that it gets no memory to read for one that is not there" {
    needs_faults
    # shellcheck source=tests/faults/inputs.bash
    source "$ROOT/tests/faults/inputs.bash"
    make_small_study 2>/dev/null
    run -0 "$BIN/study" diff -o right before after
    for n in {1..40}; do
        echo old >out
        run env FAULT_KIND=alloc FAULT_AT=$n LD_PRELOAD="$BUILD/faults/fault.so" "$BIN/study" diff -o out before after
        if [ "$status" -eq 0 ]; then
            same_as right <out
        else
            assert_equal "$n $status $(cat out)" "$n 1 old"
        fi
    done
}

@test "fromcsv takes no encoding for unknown when the C library gets no memory for it, nor fails behind its result" {
    needs_faults
    printf 'id;text\nx;caf\xe9\ny\n' >western.csv
    rejecting() { env "$@" "$BIN/fromcsv" -e windows-1252 -d ';' --ragged reject --rejects rejects -o out western.csv; }
    rejecting FAULT_KIND=alloc FAULT_COUNT=count LD_PRELOAD="$BUILD/faults/fault.so"
    mv out told
    for ((n = 1; n <= $(cat count); n++)); do
        echo old >out
        run rejecting FAULT_KIND=alloc FAULT_AT=$n LD_PRELOAD="$BUILD/faults/fault.so"
        if [ "$status" -eq 0 ]; then
            same_as told <out
        else
            assert_equal "$status $output" "1 fromcsv: out of memory"
            assert_equal "$(cat out)" old
        fi
    done
}

@test "study run writes no manifest that a failed allocation left a word out of" {
    needs_faults
    KINDS=alloc LAST=30 BIN=$BIN BUILD=$BUILD run -0 "$ROOT/tests/faults/study.sh" 3 study
    assert_line "0 broken"
}

@test "study run leaves the old results where the system fails around the exchange" {
    needs_faults
    export KINDS='open fsync rename' LAST=4 BIN BUILD
    run -0 "$ROOT/tests/faults/study.sh" 1 study
    FAULT_EXCHANGE=no KINDS='fsync rename' run -0 "$ROOT/tests/faults/study.sh" 1 study
}

@test "parsers hold on the inputs that were found by searching" {
    for corpus in "$ROOT"/tests/fuzz/corpus/*; do
        run -0 "$BUILD/fuzz/${corpus##*/}" "$corpus"/*
    done
}

@test "parsers hold on what a search of the samples begins with" {
    local target
    for target in csv documents decisions letters pages sheets; do
        mkdir "$target"
        "$ROOT/tests/fuzz/seeds.sh" "$target" "$target"
        [ "$(find "$target" -type f | wc -l)" -gt 2 ]
        run -0 "$BUILD/fuzz/$target" "$target"/*
        run -1 grep -Evx '"([^"\\]|\\(["\\]|x[0-9a-fA-F]{2}))+"' "$target.words" # the form of libFuzzer's dictionaries
    done
}

@test "fromcsv sweeps away what killed runs left beside its output, and nothing else" {
    mkfifo rows
    "$BIN/fromcsv" -o out rows &
    killed=$!
    exec 8>rows
    until [ -n "$(find . -name '.out.*')" ]; do sleep 0.02; done
    kill -KILL $killed
    wait $killed || true
    exec 8>&-
    left=$(find . -name '.out.*')
    touch .out.1234567 .out.12345 .other.123456 .out.12345- out.123456
    mkdir .out.abcdef
    "$BIN/fromcsv" -o out in.csv
    [ ! -e "$left" ]
    same_as right.jsonl <out
    only in.csv right.jsonl out rows .out.1234567 .out.12345 .other.123456 .out.12345- out.123456 .out.abcdef
}

@test "fromcsv leaves the unfinished file of another run alone" {
    mkfifo rows
    "$BIN/fromcsv" -o out rows --stats stats &
    other=$!
    exec 8>rows
    until [ -n "$(find . -name '.stats.*')" ]; do sleep 0.02; done
    printf 'a\n9\n' >&8
    "$BIN/fromcsv" -o out --stats stats in.csv
    same_as right.jsonl <out
    exec 8>&-
    wait $other
    assert_equal "$(cat out)" '{"a":"9"}'
    only in.csv right.jsonl out rows stats
}

@test "programs leave old files or new ones wherever they are killed" {
    command -v strace >/dev/null || skip "no strace here"
    BIN=$BIN run -0 "$ROOT/tests/crash/programs.sh" 9 1 normalise # make crash tries all
    assert_line --regexp '^[0-9]+ kills of programs: 0 faults$'
}

@test "a loss of power leaves old results or new ones, and nothing after the next run" {
    command -v strace >/dev/null || skip "no strace here"
    ! grep -q __asan_init "$BIN/fromcsv" || skip "built with a sanitizer, which holds strace up"
    BIN=$BIN run -0 "$ROOT/tests/crash/replay.py" --points 5 --next 4 study study-rename normalise # make crash tries all
    assert_line "0 faults"
    assert_equal "$(grep -c 'states, .*: 0 faults' <<<"$output")" 3
}

@test "programs are built so that a slip in C cannot be used" {
    command -v readelf >/dev/null || skip "no readelf here"
    ! is_instrumented || skip "built for tests"
    for program in fromcsv report study; do
        readelf -hldsW "$BIN/$program" >parts
        grep -q GNU_RELRO parts
        grep -q -e BIND_NOW -e 'FLAGS_1.*NOW' parts
        grep -q 'Type: *DYN' parts
        grep -q __stack_chk_fail parts
        grep -q '_chk@' parts # of FORTIFY_SOURCE
        [ "$(uname -m)" != x86_64 ] || [ "$(objdump -d "$BIN/$program" | grep -c endbr64)" -gt 100 ]
    done
}

@test "two builds give the same bytes, wherever the tree stands" {
    command -v cc >/dev/null || skip "no compiler here"
    ! is_instrumented || skip "built for tests"
    for place in one another/place; do
        mkdir -p $place
        cp -r "$ROOT/Makefile" "$ROOT/src" "$ROOT/include" "$ROOT/.ci" $place
        env -u MAKEFLAGS CCACHE_DISABLE=1 make -s -C $place BUILD=build build/base/fail.o build/stats/prng.o build/calendar/holidays.o
    done
    for object in base/fail stats/prng calendar/holidays; do
        cmp one/build/$object.o another/place/build/$object.o
    done
}
