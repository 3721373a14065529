load helper

# Replies with line ends, commas and quotes in quoted cells, blank and short rows: what a splitter
# that knows lines only cuts through. rows N SEED
rows() {
    awk -v n="$1" -v seed="${2:-1}" 'function draw(k) { seed = (seed * 1103515245 + 12345) % 2147483648; return int(seed / 65536) % k }
        BEGIN { print "id,grant,tech,note"
            for (i = 1; i <= n; i++) {
                split("yes no Yes. N/A", g); split("csharp sql_server mumps java", t)
                note = draw(3) ? "plain" : "\"first line\n{not: a record},\"\"quoted\"\"\n\nlast, line\""
                printf "%d,%s,%s,%s\n", i, g[draw(4) + 1], t[draw(4) + 1], note
                if (!draw(40)) print ""
                if (!draw(50)) print ",,,"
            } }'
}

plan() {
    printf '%s' '{"tables":[{"field":"grant","by":"tech"},{"field":"tech","unit":"id"},{"field":"note"}]}' >plan.json
}

@test "fromcsv cuts a file at its rows: the parts together are the whole, to the byte" {
    for seed in 1 2 3; do
        rows 300 $seed >in.csv
        "$BIN/fromcsv" --origin in.csv >whole
        for parts in 1 2 3 16 400; do
            "$BIN/fromcsv" --parts $parts in.csv >cuts
            assert_equal "$(wc -l <cuts)" "$parts"
            for part in $(seq $parts); do "$BIN/fromcsv" --origin --part "$part" --cuts cuts in.csv; done | same_as whole
        done
    done
    # the ranges follow on each other
    jq -s 'map(.first)[1:] == map(.last + 1)[:-1] and map(.from)[1:] == map(.to)[:-1] and .[-1].last == 300' cuts | same_as <(echo true)
    # a byte order mark, CRLF, a line for the separator, a header of two rows
    { printf '\xef\xbb\xbfsep=;\r\nYear;Yes\r\n2020;no\r\n'; for i in 1 2 3 4 5; do printf '%d;"a\r\nb"\r\n' $i; done; } >in.csv
    "$BIN/fromcsv" --origin --header-rows 2 in.csv >whole
    "$BIN/fromcsv" --header-rows 2 --parts 3 in.csv >cuts
    for part in 1 2 3; do "$BIN/fromcsv" --origin --header-rows 2 --part $part --cuts cuts in.csv; done | same_as whole
}

@test "fromcsv cuts no file in which rows cannot be told apart, nor reads a part that has changed" {
    printf 'a,b\n1,"x\n2,y\n' >in.csv
    fails_with 1 "fromcsv: in.csv:2:3: cannot be cut: quote opened here is not closed before the end of the file (cut its records instead)" "$BIN/fromcsv" --parts 2 in.csv
    printf 'a\ncaf\xe9\n' >in.csv
    fails_with 1 "fromcsv: in.csv: cannot be cut: it is in windows-1252, not UTF-8 (cut its records instead)" "$BIN/fromcsv" --parts 2 in.csv
    printf 'a\n1\n' | fails_with 1 "fromcsv: /dev/stdin: cannot be cut: not a regular file" "$BIN/fromcsv" --parts 2 /dev/stdin
    fails_with 2 "fromcsv: options '--parts' and '--part' take one file (try --help)" "$BIN/fromcsv" --parts 2
    fails_with 2 "fromcsv: option '--part' needs '--cuts' (try --help)" "$BIN/fromcsv" --part 2 in.csv
    fails_with 2 "fromcsv: option '--parts' cannot go with '--part' (try --help)" "$BIN/fromcsv" --parts 2 --part 1 --cuts x in.csv
    fails_with 2 "fromcsv: options '--parts' and '--part' cannot go with '--digest' or '--stop-at-blank' (try --help)" "$BIN/fromcsv" --parts 2 --digest in.csv
    rows 20 >in.csv
    "$BIN/fromcsv" --parts 2 in.csv >cuts
    fails_with 1 "fromcsv: cuts: there is no part 3" "$BIN/fromcsv" --part 3 --cuts cuts in.csv
    fails_with 1 "fromcsv: cuts: has 2 parts, not 3" "$BIN/fromcsv" --part 1/3 --cuts cuts in.csv
    fails_with 2 "fromcsv: option '--part' takes a number from 1, as 3 or 3/8, not '0' (try --help)" "$BIN/fromcsv" --part 0 --cuts cuts in.csv
    sed 's/yes/yet/' in.csv >other.csv
    run -1 --separate-stderr "$BIN/fromcsv" --part 1 --cuts cuts other.csv
    assert_equal "$stderr" "fromcsv: other.csv: part 1 is not what was cut: the file has changed, or is read with other options"
    sed 's/"sha256"/"sha"/' cuts >bad
    fails_with 1 "fromcsv: bad:1: not a line of a list of parts (see fromcsv --parts)" "$BIN/fromcsv" --part 1 --cuts bad in.csv
    sed 's/"to":/"too":/' cuts >bad
    fails_with 1 "fromcsv: bad:1: field 'to': not as a list of parts has it (see fromcsv --parts)" "$BIN/fromcsv" --part 1 --cuts bad in.csv
    echo nonsense >bad
    fails_with 1 "fromcsv: bad:1:1: not a JSON object" "$BIN/fromcsv" --part 1 --cuts bad in.csv
}

# parts N: in.csv counted in N parts, N.counts each
parts() {
    "$BIN/fromcsv" --parts "$1" in.csv >cuts
    for part in $(seq "$1"); do
        "$BIN/fromcsv" --origin --part "$part" --cuts cuts in.csv |
            "$BIN/tabulate" -p plan.json --partial --part "$part" --cuts cuts --unique id >"$part.counts"
    done
}

@test "tabulate merges parts in any order by their numbers, to the byte of a single run" {
    plan
    rows 500 >in.csv
    "$BIN/fromcsv" in.csv | "$BIN/tabulate" -p plan.json >whole
    parts 5
    for order in "1 2 3 4 5" "5 4 3 2 1" "3 1 5 2 4"; do
        # shellcheck disable=SC2086 # words
        "$BIN/tabulate" -p plan.json --merge --stats stats $(printf '%s.counts ' $order) | same_as whole
        assert_equal "$(jq -c '[.parts, .records]' stats)" '[5,500]'
    done
    # parts of parts
    "$BIN/tabulate" -p plan.json --merge --partial 4.counts 3.counts >34.counts
    cat 34.counts 5.counts 2.counts 1.counts | "$BIN/tabulate" -p plan.json --merge --records 500 | same_as whole
    # numbers alone, without a list of cuts
    "$BIN/fromcsv" in.csv >in.jsonl
    split -n l/3 -d -a 1 in.jsonl piece.
    for part in 0 1 2; do "$BIN/tabulate" -p plan.json --partial --part $((part + 1))/3 piece.$part >$part.number; done
    "$BIN/tabulate" -p plan.json --merge 2.number 0.number 1.number | same_as whole
}

@test "tabulate refuses parts that are missing, there twice, of another cut or damaged" {
    plan
    rows 60 >in.csv
    parts 4
    merge() {
        local message=$1
        shift
        fails_with 1 "tabulate: $message" "$BIN/tabulate" -p plan.json --merge "$@"
    }
    merge "3.counts:1: part 3 is there, part 2 is missing" 1.counts 4.counts 3.counts
    merge "4.counts:1: part 4 is there, parts 2 to 3 are missing" 1.counts 4.counts
    merge "2.counts:1: part 2 is there, part 1 is missing" 2.counts 4.counts 3.counts
    merge "3.counts:1: part 3 is there, part 4 is missing" 1.counts 2.counts 3.counts
    cp 2.counts again.counts
    run -1 --separate-stderr "$BIN/tabulate" -p plan.json --merge 1.counts 2.counts 3.counts 4.counts again.counts
    assert_regex "$stderr" "part 2 is there twice, also at (2|again).counts:1"
    assert_equal "$output" ""
    "$BIN/fromcsv" --part 2 --cuts cuts in.csv | "$BIN/tabulate" -p plan.json --partial --part 2/5 >five
    merge "five:1: part 2 is one of 5, that at 1.counts:1 one of 4" 1.counts five 3.counts 4.counts
    "$BIN/fromcsv" --part 2 --cuts cuts in.csv | "$BIN/tabulate" -p plan.json --partial --part 2/4 >bare
    merge "bare:1: part 2 was cut otherwise than part 1 at 1.counts:1" 1.counts bare 3.counts 4.counts
    "$BIN/fromcsv" --part 2 --cuts cuts in.csv | "$BIN/tabulate" -p plan.json --partial >none
    merge "none:1: a part without a number, where others have one (see --part)" 1.counts none 3.counts 4.counts
    sed 's/"n":[0-9]*,/"n":1000,/' 2.counts >bad
    run -1 --separate-stderr "$BIN/tabulate" -p plan.json --merge 1.counts bad 3.counts 4.counts
    assert_regex "$stderr" "^tabulate: bad:[0-9]+: lines of this part have changed since they were written$"
    head -n 5 4.counts >short
    merge "short:1: the part that begins here is cut off" 1.counts 2.counts 3.counts short
    # a range that its list does not have
    sed 's/"first":[0-9]*/"first":1/' 2.counts >bad
    run -1 --separate-stderr "$BIN/tabulate" -p plan.json --merge 1.counts bad 3.counts 4.counts
    assert_regex "$stderr" "part 2 begins with record 1, and the one before it ends with [0-9]+: some are in both"
    fails_with 1 "tabulate: there are 60 records, not 61 (--records)" "$BIN/tabulate" -p plan.json --merge --records 61 1.counts 2.counts 3.counts 4.counts
    fails_with 2 "tabulate: option '--part' needs '--partial' (try --help)" "$BIN/tabulate" -p plan.json --part 1 in
    fails_with 2 "tabulate: option '--cuts' needs '--part' (try --help)" "$BIN/tabulate" -p plan.json --cuts cuts in
    fails_with 2 "tabulate: option '--part' cannot go with '--merge' (try --help)" "$BIN/tabulate" -p plan.json --part 1 --partial --merge in
}

@test "tabulate finds a key twice in one part and in two, with the lines of the whole" {
    plan
    rows 60 >in.csv
    printf '7,yes,java,again\n' >>in.csv
    line=$(grep -n '^7,' in.csv | head -n 1 | cut -d : -f 1)
    last=$(wc -l <in.csv)
    "$BIN/fromcsv" --origin in.csv >in.jsonl
    fails_with 1 "tabulate: in.jsonl:61: key '7' seen before at in.jsonl:7 (--unique)" "$BIN/tabulate" -p plan.json --unique id in.jsonl
    parts 3
    fails_with 1 "tabulate: in.csv:$last: key '7' seen before at in.csv:$line (--unique)" "$BIN/tabulate" -p plan.json --merge 3.counts 2.counts 1.counts
    # several fields, numbers by their value, a missing part is none
    printf '%s\n' '{"a":"x","b":1}' '{"a":"x","b":2}' '{"a":"x","b":null}' '{"a":"x"}' '{"a":"x","b":1.0}' >in.jsonl
    fails_with 1 "tabulate: in.jsonl:5: key '\"x\",1' seen before at in.jsonl:1 (--unique)" "$BIN/tabulate" --field a --unique a,b in.jsonl
    head -n 4 in.jsonl | "$BIN/tabulate" --field a --unique a,b >/dev/null
}

@test "tabulate says that a part without a number has the records of another" {
    printf '{"a":"%s"}\n' x y >in
    "$BIN/tabulate" --field a --partial in >1.counts
    run -0 --separate-stderr "$BIN/tabulate" --field a --merge 1.counts 1.counts
    assert_equal "$stderr" "tabulate: 1.counts:1: this part has the same records as one before it (is it there twice?)"
}

# sides SEED LEFT RIGHT KEYS [hot]: left.jsonl and right.jsonl with keys of KEYS, some missing, with
# `hot` half of them the same, fields that only some records have, and blank lines.
sides() {
    for side in left right; do
        awk -v side=$side -v seed="$1$side" -v n="$([ $side = left ] && echo "$2" || echo "$3")" -v keys="$4" -v hot="${5:+1}" '
            function draw(k) { state = (state * 1103515245 + 12345) % 2147483648; return int(state / 65536) % k }
            BEGIN { state = seed * 7919 + length(seed)
                for (i = 1; i <= n; i++) {
                    key = hot && draw(2) ? "\"hot\"" : "\"key " draw(keys) "\""
                    kind = draw(50)
                    if (kind == 0) key = "null"
                    if (kind == 1) key = "\"\""
                    if (kind == 2) key = draw(keys)
                    printf "{\"%s\":%d,\"k\":%s,\"v\":%s,\"on\":\"20%02d-01-01\"", side, i, key, substr("\"a\" \"b\" null", 1 + 4 * draw(3), draw(3) == 2 ? 3 : 3), 10 + draw(20)
                    if (!draw(4)) printf ",\"%s_more_%d\":\"%s\"", side, draw(3), substr("0123456789012345678901234567890123456789", draw(30))
                    print draw(99) ? "}" : "}\n"
                } }' | sed 's/"v": *,/"v":"c",/; s/"v":nul,/"v":null,/' >$side.jsonl
    done
}

# same_in_parts [OPTION...]: the join within 64 KiB has all outputs, messages and counts of that in memory.
same_in_parts() {
    local lists=(--unmatched-left ul --unmatched-right ur --stats stats) way status
    for way in memory parts; do
        mkdir -p $way
        rm -f $way/*
        local memory=()
        [ $way = memory ] || memory=(--memory 64K)
        status=0
        (cd $way && "$BIN/join" --on k "${lists[@]}" "$@" "${memory[@]}" ../right.jsonl ../left.jsonl >out 2>err) || status=$?
        echo "$status" >$way/status
        [ ! -e $way/stats ] || jq -S 'del(.right_split)' $way/stats >$way/counts
        [ $way = memory ] || [ ! -e parts/stats ] || [ "$(jq .right_split parts/stats)" -gt 0 ]
        rm -f $way/stats
    done
    diff -r memory parts
}

@test "join --memory gives the bytes of a join in memory, whatever the kind" {
    sides 1 1500 3000 900
    for kind in inner left right full semi anti; do
        same_in_parts --kind $kind --validate m:m
        same_in_parts --kind $kind --rejects rejects
        same_in_parts --kind $kind --validate 1:1 --rejects rejects
    done
    same_in_parts --kind full --validate m:m --merge '*=agree' --conflicts conflicts --provenance
    same_in_parts --kind full --validate m:m --merge v=newest:on --merge on=left --conflicts conflicts
    same_in_parts --kind left --validate m:m --on-clash left
    same_in_parts --kind left --on-clash error --rejects rejects
    same_in_parts --kind left --validate m:m --key-as caseless
}

@test "join --memory refuses and requires what a join in memory does, in the same words" {
    sides 2 900 3000 900
    same_in_parts
    same_in_parts --validate m:1 --max-listed 3
    same_in_parts --kind left --validate m:m --require left
    same_in_parts --kind left --validate m:m --require left,right
}

@test "join --memory takes a key that half of the records have" {
    sides 3 60 6000 3000 hot
    same_in_parts --kind full --validate m:m
    same_in_parts --kind left --rejects rejects
}

@test "join --memory splits parts that are still too large, and joins empty sides" {
    sides 4 500 40000 39000
    same_in_parts --kind full --validate m:m
    : >left.jsonl
    same_in_parts --kind full --validate m:m
    same_in_parts --validate m:m
    sides 4 500 0 10
    "$BIN/join" --on k --kind left --memory 64K --stats stats right.jsonl left.jsonl >got
    "$BIN/join" --on k --kind left right.jsonl left.jsonl | same_as got
    assert_equal "$(jq .right_split stats)" 0
}

@test "join --memory counts the first and the last record of each side" {
    for found in 0 899; do
        jq -nc 'range(900) | {k: ., right: ("x" * 200)}' >right.jsonl
        jq -nc --argjson found $found 'range(900) | {k: (if . == $found then . else . + 5000 end)}' >left.jsonl
        "$BIN/join" --on k --kind full --memory 64K --stats stats right.jsonl left.jsonl >got
        assert_equal "$(jq -c '[.left_matched, .left_unmatched, .right_matched, .right_unmatched]' stats)" '[1,899,1,899]'
        assert_equal "$(wc -l <got)" 1799
    done
}

@test "join --memory reads LEFT from a pipe, with its lines, bad ones too" {
    sides 5 400 3000 900
    { printf '\xef\xbb\xbf'; sed '50s/.*/broken/; 60s/$/\r/' left.jsonl; printf '{"left":0,"k":[1]}'; } >bad.jsonl
    "$BIN/join" --on k --kind full --validate m:m --rejects expected.rejects right.jsonl - <bad.jsonl >expected 2>expected.err
    cat bad.jsonl | "$BIN/join" --on k --kind full --validate m:m --memory 64K --rejects rejects right.jsonl >got 2>err
    same_as expected <got
    same_as expected.rejects <rejects
    sed -i s/expected.// expected.err
    same_as expected.err <err
    "$BIN/join" --on k --kind full --validate m:m --memory 64K --rejects rejects right.jsonl <(cat bad.jsonl) >got 2>err
    same_as expected <got
    printf '{"left":"Key 7","right":"key 7","accept":true}\n{"left":"key 9","right":"key 8","accept":true}\n' >pairs.jsonl
    same_in_parts --kind left --validate m:m --aliases pairs.jsonl
}

@test "join --memory tells what it cannot do" {
    sides 6 10 2000 50
    fails_with 2 "join: option '--memory' cannot go with '--each', '--sorted' or '--succession' (try --help)" "$BIN/join" --on k --memory 1M --each rows right.jsonl left.jsonl
    for size in 63K 0 M 10X 10MB -1 99999999999999999999 99999999T; do
        fails_with 2 "join: option '--memory' takes a size from 64K, as 268435456 or 256M, not '$size' (try --help)" "$BIN/join" --on k "--memory=$size" right.jsonl left.jsonl
    done
    export TMPDIR=$BATS_TEST_TMPDIR/none
    fails_with 1 "join: cannot make a temporary file in '$TMPDIR': No such file or directory (see TMPDIR)" "$BIN/join" --on k --validate m:m --memory 64K right.jsonl left.jsonl
}

@test "join --memory ends with status 1 on a full disk, and leaves no result and no file" {
    mkdir small
    mount -t tmpfs -o size=256k tmpfs small 2>/dev/null || skip "no small file system can be mounted here"
    sides 7 4000 4000 900
    TMPDIR=$PWD/small run -1 --separate-stderr "$BIN/join" --on k --validate m:m --memory 64K -o out right.jsonl left.jsonl
    assert_equal "$stderr" "join: cannot write a temporary file in '$PWD/small': No space left on device (see TMPDIR)"
    assert_equal "$(ls -A small)" ""
    umount small
    [ ! -e out ]
}

@test "join --memory leaves no temporary file when it is killed" {
    sides 8 10 4000 900
    mkdir temporary
    mkfifo left
    for signal in TERM HUP KILL; do
        TMPDIR=$PWD/temporary "$BIN/join" --on k --validate m:m --memory 64K -o out right.jsonl left &
        exec 7>left
        cat left.jsonl >&7
        for _ in $(seq 50); do
            find "/proc/$!/fd" -lname "$PWD/temporary/*" 2>/dev/null | grep -q . && break
            sleep 0.05
        done
        find "/proc/$!/fd" -lname "$PWD/temporary/*" | grep -q .
        kill -$signal $!
        wait $! || true
        exec 7>&-
        assert_equal "$(ls -A temporary)" ""
        [ ! -e out ]
    done
}

# A folder for parts.sh with the sample's replies, and `whole`, what a single run makes of them.
sample_job() {
    SAMPLE=$ROOT/samples/nhs-2020
    mkdir -p job
    printf '%s' '{"tables":[{"field":"grant","by":"has_team"},{"field":"tech"},{"field":"tech_group"}]}' >job/plan.json
    printf '"$BIN/normalise" -s %q | "$BIN/code" -c %q\n' "$SAMPLE/foi.schema.json" "$SAMPLE/codebook.csv" >job/stages.sh
    echo trust >job/unique
    # shellcheck disable=SC2034 # for stages.sh
    export BIN
    "$BIN/fromcsv" --origin "$SAMPLE/foi.csv" | bash -euo pipefail job/stages.sh | "$BIN/tabulate" -p job/plan.json >whole
    [ "$(wc -l <whole)" -gt 20 ]
}

parts_sh() {
    "$ROOT/pipelines/parts.sh" "$@"
}

# Ends what wrote its number into a .pid file here.
end_daemons() {
    local file number
    for file in "$BATS_TEST_TMPDIR"/*.pid; do
        [ -e "$file" ] || continue
        number=$(<"$file")
        kill "$number" 2>/dev/null || continue
        for _ in $(seq 50); do
            [ -e "/proc/$number/exe" ] || break
            sleep 0.1
        done
    done
}

@test "parts.sh counts the sample in parts on one machine, to the byte of a single run" {
    sample_job
    for parts in 1 4 7; do parts_sh all job $parts "$SAMPLE/foi.csv" 3 | same_as whole; done
    rm job/3.counts
    run -1 --separate-stderr parts_sh merge job
    assert_equal "$stderr" "tabulate: job/4.counts:1: part 4 is there, part 3 is missing"
    parts_sh work job 3
    parts_sh merge job | same_as whole
    # nothing of a part that failed is there, wherever in its pipe it did
    rm job/2.counts
    for fault in 'exit 3' '"$BIN/normalise" -s none' 'head -c 3000'; do
        { cat job/stages.sh; } >stages.kept
        printf '%s\n' "$fault" >job/stages.sh
        run -1 parts_sh work job 2 || run -2 parts_sh work job 2 || run -3 parts_sh work job 2
        [ ! -e job/2.counts ]
        assert_equal "$(find job -name '.*.??????')" ""
        mv stages.kept job/stages.sh
    done
    run -1 --separate-stderr parts_sh merge job
    run -2 parts_sh merge none
    run -2 parts_sh turn job
}

@test "parts.sh under GNU parallel: a worker that is killed is tried again, or all fails" {
    command -v parallel >/dev/null || skip "GNU parallel is not installed"
    sample_job
    parts_sh cut job 6 "$SAMPLE/foi.csv"
    parallel -j 2 --retries 3 --halt now,fail=1 "$ROOT/pipelines/parts.sh" work job ::: 1 2 3 4 5 6
    parts_sh merge job | same_as whole
    # the first try of part 4 kills itself
    rm job/*.counts
    cp job/stages.sh stages.good
    printf '[ -e %q/tried ] || { : >%q/tried; kill -KILL $PPID; }\n' "$PWD" "$PWD" | cat - stages.good >job/stages.sh
    parallel -j 2 --retries 3 --halt now,fail=1 "$ROOT/pipelines/parts.sh" work job ::: 1 2 3 4 5 6
    [ -e tried ]
    parts_sh merge job | same_as whole
    # every try does
    rm job/*.counts
    echo 'kill -KILL $PPID' >job/stages.sh
    run ! parallel -j 2 --retries 2 --halt soon,fail=1 "$ROOT/pipelines/parts.sh" work job ::: 1
    run -1 --separate-stderr parts_sh merge job
}

@test "GNU parallel shares a stream of records out: counts with numbers, merged to the byte" {
    command -v parallel >/dev/null || skip "GNU parallel is not installed"
    sample_job
    "$BIN/fromcsv" --origin "$SAMPLE/foi.csv" >foi.jsonl
    mkdir counts
    PARALLEL_SHELL=/bin/bash parallel --pipe --block 10k -j 3 --halt now,fail=1 \
        "bash -euo pipefail job/stages.sh | '$BIN/tabulate' -p job/plan.json --partial --part {#} -o counts/{#}" <foi.jsonl
    [ "$(find counts -type f | wc -l)" -gt 2 ]
    "$BIN/tabulate" -p job/plan.json --merge --records "$(wc -l <foi.jsonl)" counts/* | same_as whole
    rm "counts/$(find counts -type f | wc -l)" # the last, which no number tells
    run -1 --separate-stderr "$BIN/tabulate" -p job/plan.json --merge --records "$(wc -l <foi.jsonl)" counts/*
    assert_regex "$stderr" "^tabulate: there are [0-9]+ records, not $(wc -l <foi.jsonl) \(--records\)$"
}

@test "parts.sh on two hosts by ssh: the same bytes, also when one of them is lost" {
    command -v parallel >/dev/null || skip "GNU parallel is not installed"
    [ -x /usr/sbin/sshd ] || skip "no ssh server is installed"
    [ "$(id -u)" = 0 ] || skip "only root can start the ssh servers of this test"
    sample_job
    mkdir -p /run/sshd
    ssh-keygen -q -t ed25519 -N '' -f key
    cp key.pub keys
    chmod 600 keys
    local port
    for port in 42201 42202; do
        /usr/sbin/sshd -f /dev/null -o Port=$port -o ListenAddress=127.0.0.1 -o HostKey="$PWD/key" -o AuthorizedKeysFile="$PWD/keys" \
            -o PidFile="$PWD/$port.pid" -o StrictModes=no -o UsePAM=no -o PermitRootLogin=yes
    done
    teardown() { end_daemons; }
    local ssh="ssh -i $PWD/key -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
    for _ in 1 2 3 4 5 6 7 8 9 10; do $ssh -p 42202 127.0.0.1 true 2>/dev/null && break || sleep 0.2; done
    parts_sh cut job 6 "$SAMPLE/foi.csv"
    parallel -S "2/$ssh -p 42201 127.0.0.1,2/$ssh -p 42202 127.0.0.1" --env BIN --retries 3 --halt now,fail=1 \
        "$ROOT/pipelines/parts.sh" work "$PWD/job" ::: 1 2 3 4 5 6
    parts_sh merge job | same_as whole
    # the second host is gone: its parts are done by the first
    rm job/*.counts
    kill "$(cat 42202.pid)"
    parallel -S "2/$ssh -p 42201 127.0.0.1,2/$ssh -p 42202 127.0.0.1" --env BIN --retries 3 --halt now,fail=1 \
        "$ROOT/pipelines/parts.sh" work "$PWD/job" ::: 1 2 3 4 5 6
    parts_sh merge job | same_as whole
}

@test "parts.sh as an array job of Slurm on two nodes, with a merge that depends on it" {
    command -v slurmctld slurmd sbatch munged >/dev/null || skip "Slurm is not installed (slurm-wlm)"
    [ "$(id -u)" = 0 ] || skip "only root can start Slurm's daemons for this test"
    sample_job
    mkdir state spool1 spool2
    local host
    host=$(hostname -s)
    cat >slurm.conf <<END
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmctldPort=46817
AuthType=auth/none
CredType=cred/none
StateSaveLocation=$PWD/state
SlurmctldPidFile=$PWD/slurmctld.pid
SlurmdPidFile=$PWD/slurmd%n.pid
SlurmdSpoolDir=$PWD/spool%n
SlurmctldLogFile=$PWD/slurmctld.log
SlurmdLogFile=$PWD/slurmd%n.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/linear
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
SchedulerParameters=sched_interval=1,batch_sched_delay=0
MinJobAge=300
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=46818 CPUs=1 State=UNKNOWN
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=46819 CPUs=1 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=10 State=UP
END
    export SLURM_CONF=$PWD/slurm.conf
    teardown() { end_daemons; }
    slurmctld 3>&-
    slurmd -N n1 3>&-
    slurmd -N n2 3>&-
    for _ in $(seq 60); do [ "$(sinfo -h -o '%T %D' 2>/dev/null)" = "idle 2" ] && break || sleep 0.5; done
    assert_equal "$(sinfo -h -o '%T %D')" "idle 2"
    parts_sh cut job 6 "$SAMPLE/foi.csv"
    # the first try of part 4 kills its worker
    cat >task.sh <<'END'
#!/bin/bash
[ "$SLURM_ARRAY_TASK_ID" != 4 ] || [ -e tried ] || { touch tried; kill -KILL $$; }
echo "$SLURMD_NODENAME" >"node.$SLURM_ARRAY_TASK_ID"
exec "$PARTS" work job "$SLURM_ARRAY_TASK_ID"
END
    export PARTS=$ROOT/pipelines/parts.sh
    run ! timeout 60 sbatch --wait --array=1-6 -o 'task.%a.log' task.sh
    run -1 --separate-stderr parts_sh merge job
    assert_regex "$stderr" "part 4 is missing"
    local id
    id=$(sbatch --parsable --array=4 -o 'task.%a.log' task.sh)
    timeout 60 sbatch --wait --dependency="afterok:$id" -o merge.log --wrap "'$PARTS' merge job >merged"
    same_as whole <merged
    assert_equal "$(cat node.? | sort -u | tr '\n' ' ')" "n1 n2 "
}
