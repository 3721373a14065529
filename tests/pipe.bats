#!/usr/bin/env bats
# pipe: the stages of a pipe, linked where neighbours are the project's own.
load helper

STAGES='fromcsv --origin %s | normalise -s %s | code -c %s --evidence --status | join --on trust --kind left %s | tabulate -p %s'

# The sample study's pipe as one text.
sample_pipe() {
    local study=$ROOT/samples/nhs-2020
    "$BIN/fromcsv" "$study/roster.csv" | "$BIN/normalise" -s "$study/roster.schema.json" >roster.jsonl
    # shellcheck disable=SC2059
    printf "$STAGES" "$study/foi.csv" "$study/foi.schema.json" "$study/codebook.csv" roster.jsonl "$study/plan.json"
}

# Both kinds of pipe and the shell's give the same bytes for STAGES on FILE, and the same status.
same_as_shell() { # STATUS STAGES
    run -"$1" bash -c "set -o pipefail; PATH='$BIN':\$PATH; { $2; } >shell.out 2>shell.err"
    run -"$1" bash -c "'$BIN/pipe' --plain \"\$1\" >plain.out 2>plain.err" - "$2"
    run -"$1" bash -c "'$BIN/pipe' \"\$1\" >linked.out 2>linked.err" - "$2"
    cmp shell.out plain.out
    cmp shell.out linked.out
    sort shell.err >expected
    sort linked.err | same_as expected
}

# Records of all that a line can hold, some of them longer than a block of a link.
awkward_records() {
    python3 - <<'PY'
import json, random
random.seed(4)
values = ["", "plain", "two words", "é ß 漢字", 'a "quote"', "back\\slash", "line\nend", "\u0001", "\u2028",
          True, False, None, 0, -1.5, 1e300, [], ["a", "b\"c"], {"x": {"y": [1, 2]}}, {}, "x" * 300]
out = open("awkward.jsonl", "w", encoding="utf-8")
for i in range(4000):
    names = ["id", "a", "b", "text", "c d", "é"][:random.randrange(1, 7)]
    if i % 9 == 0:
        random.shuffle(names)
    if i % 50 == 0:
        names.append('n"ew\\%d' % (i % 7))
    record = {n: random.choice(values) for n in names}
    record["k"] = i % 90
    if i == 2000:
        record["text"] = "We use Java. " * 60000
    spaced = i % 11 == 0
    out.write(json.dumps(record, ensure_ascii=i % 3 == 0, separators=(", ", ": ") if spaced else (",", ":")) + "\n")
    if i % 500 == 0:
        out.write("\n  \n")
out.close()
PY
    cat >book.csv <<'END'
from,into,code,label,group,term,match,case,exclude
text,tech,java,Java,language,Java,,,
END
    for i in $(seq 0 60); do printf '{"k":%d,"region":"r\\"%d","a":"theirs"}\n' "$i" "$((i % 4))"; done >right.jsonl
}

@test "pipe gives for the sample study what the shell's pipe gives" {
    same_as_shell 0 "$(sample_pipe)"
    [ "$(wc -l <linked.out)" -gt 50 ]
}

@test "pipe gives the same for records of every kind, and lines longer than a block" {
    command -v python3 || skip "python3 is not installed"
    awkward_records
    echo '{"fields":[{"name":"k","type":"integer"},{"name":"text"},{"name":"a","type":"any"}]}' >schema.json
    same_as_shell 0 "code -c book.csv --evidence --rejects bad.jsonl awkward.jsonl | join --on k --kind left right.jsonl | sample -n 99999"
    [ "$(wc -l <linked.out)" -gt 3000 ]
    [ "$(awk 'length > 700000' linked.out | wc -l)" -eq 1 ]
    same_as_shell 0 "normalise -s schema.json awkward.jsonl --invalid keep | code -c book.csv --rejects bad.jsonl | join --on k --kind full --each rows right.jsonl | tabulate --field region"
    same_as_shell 0 "normalise -s schema.json --rejects bad.jsonl awkward.jsonl | code -c book.csv --rejects worse.jsonl | sample -n 99999"
    same_as_shell 0 "code -c book.csv --rejects bad.jsonl awkward.jsonl | join --on k right.jsonl --merge a=right --provenance | deadline --from b --to c --as-at 2020-01-01 --rejects late.jsonl"
}

@test "pipe: a spreadsheet of several files, with quotes and line ends in cells" {
    printf 'trust,answer\na,"We ""use"" Java"\nb,"two\nlines"\nc,plain\n' >one.csv
    printf 'answer,other\nSQL,1\n"é",2\n' >two.csv
    printf '{"fields":[{"name":"trust"},{"name":"answer"}]}' >schema.json
    same_as_shell 0 "fromcsv --origin one.csv two.csv | normalise -s schema.json | sample -n 9"
    same_as_shell 0 "fromcsv one.csv two.csv | sample -n 9"
    [ "$(wc -l <linked.out)" -eq 5 ]
}

@test "pipe: messages name the line of the stage's own input, linked or not" {
    seq 5000 | sed 's/.*/{"k":&,"text":"x"}/' >in.jsonl
    echo '{"k":5001,"text":{}}' >>in.jsonl
    printf 'from,into,code,term\ntext,tech,a,A\n' >book.csv
    echo '{"fields":[{"name":"k"},{"name":"text","type":"any"}]}' >schema.json
    same_as_shell 1 "normalise -s schema.json in.jsonl | code -c book.csv | tabulate --field tech"
    run -0 cat linked.err
    assert_output --partial "code: <stdin>:5001: field 'text'"
    seq 30000 | sed 's/.*/{"k":&,"text":"x"}/' >in.jsonl
    same_as_shell 1 "normalise -s schema.json in.jsonl | sample -n 1 --max-line 21"
    run -0 cat linked.err
    assert_output --partial "sample: <stdin>:10000: line longer than 21 bytes"
}

@test "pipe reads its own standard input and --stats count as ever" {
    printf '{"k":1}\n{"k":2}\n' >in.jsonl
    echo '{"fields":[{"name":"k","type":"integer"}]}' >schema.json
    run -0 "$BIN/pipe" 'normalise -s schema.json --stats one.json | sample -n 5 --stats two.json' <in.jsonl
    assert_output "$(printf '{"k":1}\n{"k":2}')"
    run -0 jq -c '[.read, .written, .rejected]' one.json two.json
    assert_output "$(printf '[2,2,0]\n[2,2,0]')"
}

@test "pipe: any other program is a stage too, and -v says what lies between" {
    printf '{"k":1}\n{"k":2}\n' >in.jsonl
    echo '{"fields":[{"name":"k","type":"integer"}]}' >schema.json
    run -0 --separate-stderr "$BIN/pipe" -v "normalise -s schema.json in.jsonl | sed 's/2/3/' | sample -n 5 | sample -n 5"
    assert_output "$(printf '{"k":1}\n{"k":3}')"
    assert_equal "$stderr" "$(printf 'pipe: normalise to sed: a plain pipe\npipe: sed to sample: a plain pipe\npipe: sample to sample: a plain pipe')"
    run -0 --separate-stderr "$BIN/pipe" -v 'normalise -s schema.json in.jsonl | sample -n 5'
    assert_equal "$stderr" 'pipe: normalise to sample: linked'
    run -0 --separate-stderr "$BIN/pipe" -v --plain 'normalise -s schema.json in.jsonl | sample -n 5'
    assert_equal "$stderr" 'pipe: normalise to sample: a plain pipe'
    # a stage that may mean its own descriptors is not linked, nor is one that is named by a path
    for stages in 'normalise -s schema.json in.jsonl | sample -n 5 -' 'normalise -s schema.json in.jsonl | sample -n 5 /dev/stdin' \
        'normalise -s schema.json -o /dev/stdout in.jsonl | sample -n 5' "normalise -s schema.json in.jsonl | $BIN/sample -n 5"; do
        run -0 --separate-stderr "$BIN/pipe" -v "$stages"
        assert_regex "$stderr" '^pipe: normalise to .*sample: a plain pipe$'
        assert_output "$(printf '{"k":1}\n{"k":2}')"
    done
}

@test "pipe reads words, quotes and backslashes as a shell does" {
    same_as_shell 0 'printf "%s\n" "a  b" '"'c|d'"' e\ f "" "g\"h" i'"'j k'"'l | cat'
    run -0 cat linked.out
    assert_output "$(printf 'a  b\nc|d\ne f\n\ng"h\nij kl')"
    # a backslash between double quotes takes a quote or itself for a text, and is one before others; white space of
    # every kind, quotes beside each other, signs that are for a shell at a word's beginning alone
    same_as_shell 0 "printf '%s\n' \"a\\\\\" \"b\\c\\\"d\\\\e\" f'g'\"h\"i ''\"\" \\\\ \\|\\' 'a\\b' x~ x#y a!b x} y] \\~ \\# \\\$ | \\
cat	|cat|	cat"
    [ "$(wc -l <linked.out)" -eq 15 ]
    # between double quotes too; there a backslash takes away what a sign is to a shell
    same_as_shell 0 $'printf "%s\\n" "a\\\nb" "\\$HOME \\`x" \'c\\\nd\' | cat'
    [ "$(wc -l <linked.out)" -eq 4 ]
    run -0 "$BIN/pipe" $'printf \'%s\\n\' a\rb\nc\td\r\n|cat'
    assert_output $'a\nb\nc\nd'
    # the last of the text, with nothing behind it to take
    run -0 "$BIN/pipe" 'printf "%s\n" a\'
    assert_output 'a\'
}

@test "pipe refuses what is for a shell, and a text that is no pipe" {
    fails_with 2 "pipe: one text with all stages is required, in quotes (try --help)" "$BIN/pipe"
    fails_with 2 "pipe: one text with all stages is required, in quotes (try --help)" "$BIN/pipe" cat '|' cat
    fails_with 2 "pipe: '': there is no program in it (try --help)" "$BIN/pipe" ''
    fails_with 2 "pipe: '| cat': there is no program before '|' (try --help)" "$BIN/pipe" '| cat'
    fails_with 2 "pipe: 'cat |': there is no program behind '|' (try --help)" "$BIN/pipe" 'cat |'
    fails_with 2 "pipe: 'cat > x': '>' is for a shell (in quotes it is a text) (try --help)" "$BIN/pipe" 'cat > x'
    fails_with 2 "pipe: 'cat *.csv': '*' is for a shell (in quotes it is a text) (try --help)" "$BIN/pipe" 'cat *.csv'
    fails_with 2 "pipe: 'a || b': '||' is for a shell (try --help)" "$BIN/pipe" 'a || b'
    fails_with 2 "pipe: 'cat \"\$HOME\"': nothing is put in for '\$' here (use single quotes) (try --help)" "$BIN/pipe" 'cat "$HOME"'
    fails_with 2 "pipe: 'cat 'a': the quote ' is not closed (try --help)" "$BIN/pipe" "cat 'a"
    fails_with 2 "pipe: 'cat \"a': the quote \" is not closed (try --help)" "$BIN/pipe" 'cat "a'
    fails_with 2 "pipe: 'cat \"a\`b\"': nothing is put in for '\`' here (use single quotes) (try --help)" "$BIN/pipe" 'cat "a`b"'
    fails_with 2 "pipe: 'a |& b': '|&' is for a shell (try --help)" "$BIN/pipe" 'a |& b'
    fails_with 2 "pipe: 'a | | b': there is no program before '|' (try --help)" "$BIN/pipe" 'a | | b'
    local sign
    for sign in '<' '>' '&' ';' '(' ')' '$' '`' '*' '?' '[' ']' '{' '}' '~' '#' '!'; do
        fails_with 2 "pipe: 'echo ${sign}x': '$sign' is for a shell (in quotes it is a text) (try --help)" "$BIN/pipe" "echo ${sign}x"
    done
    for sign in '<' '>' '&' ';' '(' ')' '$' '`' '*' '?' '[' '{'; do
        fails_with 2 "pipe: 'echo x$sign': '$sign' is for a shell (in quotes it is a text) (try --help)" "$BIN/pipe" "echo x$sign"
    done
    [ ! -e x ]
}

@test "pipe ends with the status of the last stage that failed" {
    same_as_shell 0 'true | true'
    run -1 "$BIN/pipe" 'false | cat'
    assert_output "pipe: stage 1, 'false', ended with status 1"
    echo '{}' >in.jsonl
    same_as_shell 2 "normalise --no-such in.jsonl | sample -n 1"
    run -1 --separate-stderr "$BIN/pipe" 'sh -c "exit 7" | cat'
    assert_equal "$stderr" "pipe: stage 1, 'sh', ended with status 7"
    run -2 --separate-stderr "$BIN/pipe" 'no-such-program | cat'
    assert_equal "$stderr" "pipe: stage 1: 'no-such-program' is no program that can be started"
    # one that is there and cannot be started, and the later of two that fail
    echo data >plain
    run -2 --separate-stderr "$BIN/pipe" 'true | ./plain'
    assert_equal "$stderr" "pipe: stage 2: './plain' is no program that can be started"
    run -2 --separate-stderr "$BIN/pipe" 'sh -c "exit 4" | sh -c "exit 2"'
    assert_equal "$(sort <<<"$stderr")" "pipe: stage 1, 'sh', ended with status 4
pipe: stage 2, 'sh', ended with status 2"
    run -1 --separate-stderr "$BIN/pipe" 'sh -c "exit 2" | sh -c "exit 4"'
    run -1 --separate-stderr "$BIN/pipe" 'false | true | true'
    assert_equal "$stderr" "pipe: stage 1, 'false', ended with status 1"
}

@test "pipe fails with any other program that fails, whatever its status" {
    local code
    seq 3 | sed 's/.*/{"k":&}/' >in.jsonl
    echo old >out.jsonl
    for code in 1 2 3 4 125 128 255; do
        run -"$((code == 2 ? 2 : 1))" --separate-stderr "$BIN/pipe" "sh -c 'cat in.jsonl; exit $code' | sample -n 5 -o out.jsonl"
        assert_equal "$stderr" "pipe: stage 1, 'sh', ended with status $code"
        assert_equal "$(cat out.jsonl)" old
    done
    run -1 --separate-stderr "$BIN/pipe" 'sample -n 5 in.jsonl | sh -c "cat >/dev/null; exit 3"'
    assert_equal "$stderr" "pipe: stage 2, 'sh', ended with status 3"
    # jq, of a filter that it cannot read
    run -1 "$BIN/pipe" 'sample -n 5 in.jsonl | jq "(" | sample -n 5 -o out.jsonl'
    assert_output --partial "pipe: stage 2, 'jq', ended with status 3"
    assert_equal "$(cat out.jsonl)" old
}

@test "pipe names a stage that leaves before the end of its input, and one that is killed" {
    # more than a pipe can hold, so that the writer is not done before head leaves
    seq 300000 | sed 's/.*/{"k":&}/' >in.jsonl
    echo '{"fields":[{"name":"k","type":"integer"}]}' >schema.json
    run -1 --separate-stderr "$BIN/pipe" 'normalise -s schema.json in.jsonl | head -n 1'
    assert_output '{"k":1}'
    assert_equal "$stderr" "pipe: stage 2, 'head', left before the end of what it was given"
    # what fits into a pipe, too: the stage before it is done then, and knows nothing
    seq 3000 | sed 's/.*/{"k":&}/' >few.jsonl
    echo old >out.jsonl
    for stages in 'normalise -s schema.json few.jsonl | head -n 1' 'cat few.jsonl | head -n 1 | cat' \
        "sh -c 'cat few.jsonl; touch done' | sh -c 'until [ -e done ]; do :; done; head -n 1' | sample -n 9 -o out.jsonl"; do
        run -1 --separate-stderr "$BIN/pipe" "$stages"
        [[ $stderr == "pipe: stage 2, '"*"', left before the end of what it was given" ]]
    done
    assert_equal "$(cat out.jsonl)" old
    run -0 "$BIN/pipe" 'cat few.jsonl | sh -c "cat >/dev/null" | true'
    run -1 --separate-stderr "$BIN/pipe" "cat in.jsonl | sh -c 'kill -9 \$\$'"
    [[ $stderr == *"stage 2, 'sh', was ended by signal 9"* ]]
}

@test "pipe: a linked stage that fails ends the ones before it, and leaves nothing" {
    seq 90000 | sed 's/.*/{"k":&}/' >in.jsonl
    echo '{"fields":[{"name":"k","type":"integer"}]}' >schema.json
    printf '{"k":1}\n{"k":1}\n' >right.jsonl
    run -1 --separate-stderr "$BIN/pipe" 'normalise -s schema.json in.jsonl | join --on k right.jsonl -o out.jsonl'
    [[ $stderr == *"join: "* ]]
    [ ! -e out.jsonl ]
    run -2 --separate-stderr "$BIN/pipe" 'normalise -s schema.json in.jsonl | join --no-such'
    assert_equal "$(find . -name '.out*')" ""
}

@test "pipe: a linked stage that waits for one that fails is ended too" {
    local writer ended
    seq 400000 | sed 's/.*/{"k":&}/' >in.jsonl
    echo '{"fields":[{"name":"k","type":"integer"}]}' >schema.json
    mkfifo right.jsonl
    timeout 60 "$BIN/pipe" 'normalise -s schema.json in.jsonl | join --on k right.jsonl -o out.jsonl' 2>told 3>&- &
    exec 7>right.jsonl # join waits for its right side, and normalise for blocks that come back
    for _ in $(seq 100); do
        writer=$(pgrep -x -P "$(pgrep -x -P $! pipe)" normalise)
        [[ $(cat "/proc/$writer/wchan" 2>/dev/null) != *pipe*read* ]] || break
        sleep 0.05
    done
    echo 'no JSON' >&7
    exec 7>&-
    ended=0
    wait $! || ended=$?
    assert_equal "$ended" 1
    assert_equal "$(cat told)" "join: right.jsonl:1:1: not a JSON object"
    [ ! -e out.jsonl ]
}

@test "pipe: what a stage had written that was killed, or failed without a word, is no result" {
    local failing
    seq 3 | sed 's/.*/{"k":&}/' >in.jsonl
    echo '{"fields":[{"name":"k","type":"integer"}]}' >schema.json
    echo old >out.jsonl
    for failing in 'kill -9 $$' 'exit 1' 'kill -15 $$'; do
        run -1 --separate-stderr "$BIN/pipe" "sh -c 'cat in.jsonl; exec >/dev/null; $failing' | normalise -s schema.json -o out.jsonl"
        [[ $stderr == "pipe: stage 1, 'sh', "* ]]
        assert_equal "$(cat out.jsonl)" old
    done
    run -0 "$BIN/pipe" "sh -c 'cat in.jsonl; exec >/dev/null; exit 0' | normalise -s schema.json -o out.jsonl"
    assert_equal "$(cat out.jsonl)" "$(cat in.jsonl)"
}

@test "a link is for the program that it was laid for, not for those that it starts" {
    run -1 --separate-stderr env FOI_LINK_OUT=0:0 "$BIN/sample" -n 1 </dev/null
    assert_equal "$stderr" "sample: the link that FOI_LINK_OUT names is none"
    run -1 --separate-stderr env FOI_LINK_IN=77:78 "$BIN/sample" -n 1 </dev/null
    assert_equal "$stderr" "sample: the link that FOI_LINK_IN names is none"
    echo '{}' >in.jsonl
    run -0 env FOI_LINK_IN=word "$BIN/sample" -n 1 <in.jsonl
    assert_output '{}'
}

@test "pipe does what env says of a stage: its folder and its environment" {
    mkdir "a folder"
    printf 'x,y\n1,2\n' >"a folder/in.csv"
    echo '{"fields":[{"name":"y"}]}' >s.json
    run -0 --separate-stderr "$BIN/pipe" -v "env -C 'a folder' LANG=C fromcsv in.csv | env A_1='b c' normalise -s s.json | env A_1='d e' sh -c 'cat; echo \"\$A_1\"'"
    assert_output $'{"y":"2","x":"1"}\nd e'
    assert_equal "$stderr" $'pipe: fromcsv to normalise: linked\npipe: normalise to sh: a plain pipe'
    fails_with 1 $'pipe: cannot change to \'nowhere\': No such file or directory\npipe: stage 1, \'true\', ended with status 1' "$BIN/pipe" "env -C nowhere true"
    # several settings, in their order, and what looks like one and is none or names no program
    run -0 "$BIN/pipe" "env A=1 _b2=2 A=3 Z= sh -c 'echo \$A \$_b2 x\${Z}x' | cat"
    assert_output "3 2 xx"
    run -0 "$BIN/pipe" "env A.b=1 printenv A.b"
    assert_output 1
    run -0 "$BIN/pipe" "env 9A=1 printenv 9A"
    assert_output 1
    run -0 "$BIN/pipe" "env A9=1 sh -c 'echo \$A9'"
    assert_output 1
    run -0 "$BIN/pipe" "env A=here | grep -x A=here"
    run -0 "$BIN/pipe" "env -C 'a folder' ls"
    assert_output in.csv
    run -0 "$BIN/pipe" "env -C 'a folder' -i /bin/cat in.csv"
    assert_output $'x,y\n1,2'
    run -1 "$BIN/pipe" "env -C 'a folder' | grep -c in.csv"
    # what else env can do is left to it
    HOME=here run -0 "$BIN/pipe" "env -u HOME sh -c 'echo \${HOME-is gone}' | cat"
    assert_output "is gone"
    run -0 "$BIN/pipe" 'env'
    assert_output --partial "PATH="
    run -0 "$BIN/pipe" 'env -i printenv'
    assert_output ""
}

@test "pipe: a program keeps a copy of what it writes where the environment asks for one" {
    awkward_records
    echo '{"fields":[{"name":"k"}]}' >s.json
    "$BIN/normalise" -s s.json awkward.jsonl >first
    "$BIN/join" --on k --kind left right.jsonl first >second
    "$BIN/pipe" 'env FOI_KEEP=one FOI_KEPT=one.kept normalise -s s.json awkward.jsonl | env FOI_KEEP=two join --on k --kind left right.jsonl' >linked
    cmp first one
    cmp second two
    cmp second linked
    assert_equal "$(cat one.kept)" '{"file":"one","records":'"$(wc -l <first)"',"bytes":'"$(wc -c <first)"',"sha256":"'"$(sha256sum <first | cut -d ' ' -f 1)"'"}'
    [ ! -e two.kept ]
    FOI_KEEP=no/folder fails_with 1 "fromcsv: cannot write no/folder: No such file or directory" "$BIN/fromcsv" /dev/null
    if [ -e /dev/full ]; then
        printf 'a\n1\n' >in.csv
        FOI_KEEP=/dev/full fails_with 1 "fromcsv: cannot write /dev/full: No space left on device" "$BIN/fromcsv" in.csv
    fi
}

@test "pipe leaves the old result of the last stage where one before it fails, and says why once" {
    printf 'a,b\n1,2\n3\n' >in.csv
    for how in --plain -v; do
        echo old >out && echo old >stats
        run -1 "$BIN/pipe" $how 'fromcsv --ragged reject in.csv | sample -n 5 --stats stats -o out'
        assert_equal "$(grep -v ' to ' <<<"$output")" "fromcsv: in.csv:3: row has 1 cell, header has 2"
        assert_equal "$(cat out stats)" $'old\nold'
        [ -z "$(find . -name '.out.*' -o -name '.stats.*')" ]
        # a stage that is not there, too
        run -2 "$BIN/pipe" $how 'no-such-program | sample -n 5 --stats stats -o out'
        assert_equal "$(cat out stats)" $'old\nold'
    done
}

@test "pipe runs where a sandbox lets no process say that it is not to outlive another" {
    command -v strace >/dev/null || skip "no strace here"
    printf 'a\n1\n' >t.csv
    LSAN_OPTIONS=detect_leaks=0 run -0 strace -f -o /dev/null -e trace=prctl -e inject=prctl:error=EPERM "$BIN/pipe" 'fromcsv t.csv | tocsv'
    assert_output --partial 1
}
