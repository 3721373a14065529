load helper

book() {
    printf '%s\n' from,into,code,label,group,term technologies,tech,csharp,C#,language,C# \
        technologies,tech,python,Python,language,Python >book.csv
}

# The JSON of a script element of the page on standard input.
data_of() {
    awk -v id="id=\"$1\">" 'index($0, id) { on = 1; sub(/.*id="[a-z]*">/, "") } on { end = sub(/<\/script>.*/, ""); print; if (end) exit }'
}

@test "review puts the codes of --codebook, --coder, --key, --blind and --only into the page" {
    book
    echo '{"code":"RXX","technologies":"C#"}' >in.jsonl
    "$BIN/review" --codebook book.csv --coder ann --key code --blind --only negated -o page.html in.jsonl
    data_of settings <page.html >settings.json
    run -0 jq -c '[.coder, .key, .blind, .only, .targets[0].codes[1].label]' settings.json
    assert_output '["ann","code",true,"negated","Python"]'
}

@test "review puts every record into the page as it is, and no text can end the data" {
    printf '%s\n' '{"k":"</script><script>alert(1)</script>","n":"1.0"}' '{"k":"<!--<script>"}' >in.jsonl
    "$BIN/review" in.jsonl >page.html
    data_of records <page.html >records.json
    run -0 jq -c '.[1:][]' records.json
    assert_line --index 0 '{"k":"</script><script>alert(1)</script>","n":"1.0"}'
    assert_line --index 1 '{"k":"<!--<script>"}'
    run -1 grep -F 'alert(1)</script>' page.html
    assert_equal "$(grep -c '^</html>$' page.html)" 1
}

@test "review: a codebook that is none is status 2" {
    echo 'from,into' >book.csv
    run -2 "$BIN/review" -c book.csv /dev/null
}

@test "foi review makes the page of a study's last run, and says how much needs a person" {
    cp -r "$ROOT/samples/nhs-2020" study
    "$ROOT/bin/foi" run --no-sync study out >/dev/null 2>&1
    run -0 "$ROOT/bin/foi" review study out page.html
    assert_output --regexp '^page.html: answers without a code: [0-9]+, on the lists of doubts: [0-9]+$'
    data_of records <page.html >records.json
    run -0 jq '[.[1:][] | select(has("kind") | not)] | length' records.json
    assert_output "$(wc -l <out/foi.jsonl)"
}

@test "review --adjudicate shows the items on which coders disagree, and no others" {
    cat >a.csv <<'EOF2'
kind,by,reply,field,value,was,coder,date,text,comment
codes,code,R1,tech,python|csharp,csharp,ann,2020-05-01,"C#, Python",
codes,code,R2,tech,python|csharp,csharp,ann,2020-05-01,"C#, Python",sure
codes,code,R3,tech,[],[],ann,2020-05-01,nothing,
match,,,k,Bar,Bar,ann,2020-05-01,Foo,
match,,,k,Baz,Baz,ann,2020-05-01,Foo,
codes,code,R4,tech,csharp,csharp,ann,2020-05-01,alone,
EOF2
    # of the rows that one coder has on an item the last one holds: they agree on R5
    for value in python csharp python; do
        echo "codes,code,R5,tech,$value,csharp,ann,2020-05-01,twice,"
    done >>a.csv
    sed '/R4/d; /R5,tech,csharp/d; s/,ann,/,ben,/; /R1/s/python|csharp/csharp|python/; /R2/s/python|csharp/python/; /,Bar,Bar/s/Bar,Bar/,Bar/' a.csv >b.csv
    "$BIN/review" --adjudicate --coder cat --stats stats.json -o page.html a.csv b.csv
    data_of records <page.html >records.json
    run -0 jq -c '.[1:][] | [.kind, .reply, .text, [.opinions[] | .coder, .value]]' records.json
    assert_output '["codes","R2","C#, Python",["ann","python|csharp","ben","python"]]
["match","","Foo",["ann","Bar","ben",""]]'
    assert_equal "$(jq -c '[.items, .disagreements]' stats.json)" '[7,2]'
    fails_with 2 "review: option '--adjudicate' needs files of decisions (try --help)" "$BIN/review" --adjudicate
}

@test "review --sample shows those records that sample draws with the same --seed" {
    for i in $(seq 200); do echo "{\"k\":\"R$i\"}"; done >in.jsonl
    "$BIN/review" --sample 7 --seed 3 -o page.html in.jsonl
    data_of records <page.html >records.json
    "$BIN/sample" -n 7 --seed 3 in.jsonl >drawn
    jq -c '.[1:][]' records.json | same_as drawn
}

# ---- on a terminal ----

# A terminal of so many columns and rows, in which a shell waits.
screen() { # COLUMNS ROWS
    command -v tmux >/dev/null || skip "no tmux"
    book
    printf '%s\n' '{"code":"R1","technologies":"C# and no Python \u001b[2J\u202e <script> evil"}' '{"code":"R2","technologies":"C#"}' '{"code":"R3","technologies":"Nothing"}' >in.jsonl
    "$BIN/code" -c book.csv --evidence in.jsonl >coded.jsonl
    tmux=(tmux -S "$BATS_TEST_TMPDIR/tmux" -f /dev/null)
    "${tmux[@]}" new-session -d -x "$1" -y "$2" -c "$PWD" "env PS1='> ' NO_COLOR=${NO_COLOR:-} sh"
}

teardown() {
    [ -z "${tmux:-}" ] || "${tmux[@]}" kill-server 2>/dev/null || true
}

# Waits, at most 10 s, until a screen that stands still has a line that grep finds by these
# arguments, or ends the test with what it shows.
comes() { # GREP_ARGUMENT...
    local i
    : >earlier
    for i in $(seq 200); do
        "${tmux[@]}" capture-pane -p >screen
        ! { grep -q "$@" screen && cmp -s screen earlier; } || return 0
        cp screen earlier
        sleep 0.05
    done
    cat screen
    return 1
}

shows() { # TEXT
    comes -F -- "$1"
}

# TEXT is all of a line: it does not do that the screen before began one with it.
shows_line() { # TEXT
    comes -E -- "^$1 *\$"
}

keys() { # KEY...
    "${tmux[@]}" send-keys "$@"
}

# The shell is back, with the terminal as it was before.
is_restored() {
    keys "stty -g >after; echo ov''er" Enter
    shows over
    same_as after <before
}

start() { # ARGUMENT...
    keys "stty -g >before; $BIN/review --tty -c book.csv --coder ann -o d.csv $* coded.jsonl; echo status \$?" Enter
}

@test "review --tty walks items with single keys, writes after each, and takes up what a kill -9 left" {
    screen 70 24
    start
    shows "1 of 3, 0 decided"
    run -0 grep -F 'C# and no Python \x1b[2J\u202e <script> evil' screen
    keys a
    shows "add the code:"
    keys pyth
    shows "= python"
    keys Enter
    shows "decided: csharp|python"
    run -0 grep -c '^codes,code,R1,tech,csharp|python,csharp,ann,' d.csv
    keys n
    shows "2 of 3"
    keys m
    shows "missing, because:"
    keys unclear Enter
    shows "3 of 3, 2 decided"
    run -0 grep -c '^codes,code,R3,tech,missing:unclear,\[\],ann,' d.csv
    kill -9 "$(pgrep -f "$BIN/review --tty -c book.csv --coder ann -o d.csv")"
    shows "status 137"
    keys "stty sane; printf '\\033[?1049l'; clear; echo an''ew" C-j
    shows anew
    echo 'match,,,k,Bar,Bar,ben,2020-05-01,Foo,' >>d.csv
    start
    shows "3 of 3, 2 decided, 1 left"
    keys d
    shows "take away:"
    keys csharp Enter
    shows "decided: []"
    keys u
    shows "not decided yet"
    keys y
    shows "3 of 3, 3 decided"
    keys q
    shows "status 0"
    is_restored
    cut -d, -f1-6 d.csv >rows
    same_as rows <<'EOF2'
kind,by,reply,field,value,was
match,,,k,Bar,Bar
codes,code,R1,tech,csharp|python,csharp
codes,code,R3,tech,missing:unclear,[]
codes,code,R2,tech,csharp,csharp
EOF2
    "$BIN/code" -c book.csv --decisions d.csv in.jsonl >after.jsonl
    run -0 jq -c '[.tech, ._missing.tech]' after.jsonl
    assert_output '[["csharp","python"],null]
[["csharp"],null]
[null,"unclear"]'
}

@test "review --tty takes one of two values, keys or both: the lists of join" {
    screen 70 24
    cat >coded.jsonl <<'EOF2'
{"key":"RXX","field":"grant","left":"yes","right":"no","rule":"agree","winner":"none"}
{"key":"RXY","field":"grant","left":"2","right":"3","rule":"right","winner":"right"}
{"key":"RXZ","other_key":"RYZ","body":"A body","rule":"first"}
EOF2
    start
    shows "1 of 3, 0 decided"
    keys 2
    shows "2 of 3, 1 decided"
    keys y
    shows "3 of 3, 2 decided"
    keys 3
    shows "3 of 3, 3 decided"
    keys q
    shows "status 0"
    grep '^merge' d.csv | cut -d, -f1-6 >rows
    same_as rows <<'EOF2'
merge,,RXX,grant,no,
merge,,RXY,grant,3,3
merged,,RXZ,A body,both,RYZ
EOF2
}

@test "review --tty gives the terminal back when a signal ends it" {
    screen 70 24
    for signal in INT TERM HUP; do
        start
        shows "1 of 3"
        kill "-$signal" "$(pgrep -f "$BIN/review --tty -c book.csv --coder ann -o d.csv")"
        shows_line '>' # what is typed before goes with the program
        is_restored
        keys "clear; echo an''ew" C-j
        shows anew
    done
}

@test "review --tty draws narrow terminals, and no colours with NO_COLOR" {
    export NO_COLOR=1
    screen 20 12
    start
    shows "1 of 3, 0 decided"
    shows "[C#] and no ~Python~"
    "${tmux[@]}" capture-pane -p -e >coloured
    run -1 grep -F $'\e[' coloured
    keys "?"
    shows "y accept"
    keys n
    shows "1 of 3"
}

@test "review --tty --adjudicate offers what the coders said; it refuses another file as its output" {
    screen 70 24
    printf '%s\n' kind,by,reply,field,value,was,coder,text codes,code,R1,tech,python,csharp,ann,C# >a.csv
    sed 's/python/[]/; s/ann/ben/' a.csv >b.csv
    keys "$BIN/review --tty --adjudicate --coder cat -o d.csv a.csv b.csv; echo status \$?" Enter
    shows "2 is by ben"
    keys 1
    shows "1 decided"
    keys q
    shows "status 0"
    run -0 grep -c '^codes,code,R1,tech,python,csharp,cat,' d.csv
    echo precious >note.csv
    fails_with 2 "review: note.csv: is there, and holds no decisions (name another file)" "$BIN/review" --tty -o note.csv coded.jsonl
    run -0 cat note.csv
    assert_output precious
}

# Takes the terminal back after a program that was killed.
recover() {
    kill -9 "$(pgrep -f "$BIN/review --tty -c book.csv --coder ann -o d.csv")"
    shows "status 137"
    keys "stty sane; printf '\\033[?1049l'; clear; echo an''ew" C-j
    shows anew
}

@test "review --tty loses nothing to a kill -9 at any key" {
    screen 70 24
    local step done=(
        "y|2 of 3|1 decided|codes,code,R1,tech,csharp,csharp"
        "m unclear Enter|3 of 3|2 decided|codes,code,R3,tech,missing:unclear,[]"
        "a python Enter|decided: csharp|3 decided|codes,code,R2,tech,csharp|python,csharp"
    )
    for step in "${done[@]}"; do
        IFS='|' read -r pressed seen count row <<<"$step"
        start
        shows "of 3"
        # shellcheck disable=SC2086 # keys
        keys $pressed
        shows "$seen"
        shows "$count"
        recover
        run -0 grep -cF "$row" d.csv
    done
    # In the middle of what is typed: what was decided stands.
    cp d.csv before.csv
    start
    shows "3 decided"
    keys c half
    shows "comment: half"
    recover
    same_as before.csv <d.csv
    keys "$BIN/review --tty -c book.csv --coder ann -o d.csv coded.jsonl" Enter
    shows "3 decided"
    run -1 --separate-stderr "$BIN/review" --tty -c book.csv -o d.csv coded.jsonl
    assert_equal "$stderr" "review: d.csv: another review decides there (name another file by -o)"
    keys q
    for _ in $(seq 50); do [ -e d.csv.lock ] || break; sleep 0.1; done
    [ ! -e d.csv.lock ]
}

@test "review --tty counts columns of wide and combining letters, follows the window, and shows all of a long text" {
    screen 20 12
    { printf '{"code":"R1","technologies":"'; printf '漢字%.0s' $(seq 12); printf '|e\u0301e\u0301|'; printf 'xy %.0s' $(seq 8000); echo 'the end, C#"}'; } >in.jsonl
    "$BIN/code" -c book.csv --evidence in.jsonl >coded.jsonl
    export LC_ALL=C.UTF-8
    start
    shows "1 of 1"
    # Ten wide letters fill the twenty columns.
    run -0 grep -cx '漢字漢字漢字漢字漢字' screen
    assert_output 2
    "${tmux[@]}" resize-window -x 60 -y 12
    shows "$(printf '漢字%.0s' $(seq 12))"
    for _ in $(seq 200); do
        keys t
        "${tmux[@]}" capture-pane -p >screen
        ! grep -q 'the end' screen || break
    done
    shows "the end"
}

@test "review --tty goes to other codes that hold what was typed by the arrows, and leaves a code with a colon alone" {
    screen 70 24
    printf '%s\n' from,into,code,label,group,term technologies,tech,iso,,,iso technologies,tech,iso:9001,,,isonine technologies,tech,iso:27001,,,isosec >book.csv
    printf '%s\n' '{"code":"R1","technologies":"isonine and iso"}' >in.jsonl
    "$BIN/code" -c book.csv --evidence in.jsonl >coded.jsonl
    start
    shows "codes: iso:9001|iso"
    keys d iso Enter
    shows_line "decided: iso:9001"
    keys a is
    shows "= iso"
    keys Down Down Down
    shows "= iso:27001"
    keys Up
    shows "= iso:9001"
    keys Down Enter
    shows "decided: iso:9001|iso:27001"
    keys u
    shows_line "decided: iso:9001"
    keys q
    shows "status 0"
}

@test "review --tty obeys each key as its help says" {
    screen 70 24
    start
    shows "1 of 3, 0 decided"
    # Before the first there is nothing, nor behind the last.
    keys p n
    shows "2 of 3, 0 decided"
    keys Left
    shows "1 of 3"
    keys Right Right Right Right
    shows "3 of 3"
    keys p p
    shows "1 of 3"
    # A number that offers nothing, and keys that mean nothing, decide nothing.
    keys 1 x z
    keys "?"
    shows "y accept"
    keys y
    shows "1 of 3, 0 decided, 3 left"
    # What is typed: the last letter goes, nothing is no answer, nor is a code that there is not.
    keys a pyx BSpace
    shows "add the code: py  = python"
    keys Escape
    shows "y accept  a add/set"
    keys a Enter
    shows "not decided yet"
    keys a SHAR
    shows "add the code: SHAR  = csharp"
    keys Escape
    shows "y accept  a add/set"
    keys a zzz Enter
    shows "no such code"
    run -0 grep -F "1 of 3, 0 decided" screen
    keys g pyth Enter
    shows "decided: csharp|python:not_used"
    keys d PYTHON Enter
    shows_line "decided: csharp"
    run -1 grep -F "python:" screen
    keys c sure Enter
    shows "decided: csharp (sure)"
    keys n n y
    shows "3 of 3, 2 decided, 1 left"
    keys p p j
    shows "2 of 3, 2 decided"
    keys u
    shows "3 of 3, 1 decided"
    keys u
    shows "1 of 3, 1 decided"
    run -1 grep -F "(sure)" screen
    run -0 grep -F "decided: csharp" screen
    keys C-d
    shows "status 0"
    is_restored
    cut -d, -f1-6,10 d.csv >rows
    same_as rows <<'EOF2'
kind,by,reply,field,value,was,comment
codes,code,R1,tech,csharp,csharp,
EOF2
}

@test "review --tty has a decision on disk before it takes the place of those before it" {
    command -v strace >/dev/null || skip "no strace here"
    screen 70 24
    keys "LSAN_OPTIONS=detect_leaks=0 strace -o calls -e trace=fsync,rename $BIN/review --tty -c book.csv -o d.csv coded.jsonl; echo status \$?" Enter
    shows "1 of 3"
    keys y
    shows "2 of 3, 1 decided"
    keys q
    shows "status 0"
    grep -o '^[a-z]*(' calls | head -n 2 >order
    printf '%s\n' 'fsync(' 'rename(' | same_as order
}

@test "review --tty goes through a long text by lines, forth and back" {
    screen 20 14
    { printf '{"code":"R1","technologies":"'; printf 'line %02d of a letter ' $(seq 30); echo '"}'; } >in.jsonl
    "$BIN/code" -c book.csv --evidence in.jsonl >coded.jsonl
    start
    shows "1 of 1"
    top() { "${tmux[@]}" capture-pane -p | head -n 1; }
    comes_up() { # TEXT: as the first line
        for _ in $(seq 100); do
            [[ $(top) != "$1"* ]] || return 0
            sleep 0.1
        done
        top
        return 1
    }
    comes_up "1 of 1, 0 decided"
    # the first line takes two of the screen's, then comes what it is
    keys Up Down Down
    comes_up "codes: tech R1"
    keys Down
    comes_up "line 01"
    keys Down
    comes_up "line 02"
    keys Up Up
    comes_up "codes: tech R1"
    # half a screen is seven lines
    keys t
    comes_up "line 07"
    keys p
    comes_up "line 07"
}

@test "review --tty --only shows the items of its kind and no others" {
    screen 70 24
    cat >>coded.jsonl <<'EOF2'
{"key":"RXX","field":"grant","left":"yes","right":"no","rule":"agree","winner":"none"}
{"file":"foi.csv","line":3,"field":"staff","kind":"type","value":"twelve"}
EOF2
    for only in all:5 uncoded:1 negated:1 flagged:1 unplaced:0 conflicts:1; do
        start --only "${only%:*}"
        [ "${only#*:}" = 0 ] && shows "Nothing to decide here." || shows "1 of ${only#*:}"
        keys q
        shows "status 0"
        keys "clear; echo an''ew" C-j
        shows anew
    done
}

@test "review --tty turns a pair down, or takes it" {
    screen 70 24
    cat >coded.jsonl <<'EOF2'
{"left":"Kings Colege Hospital","right":"Kings College Hospital","rank":1,"score":0.9,"accept":null}
{"left":"Kings Mil Hospital","right":"Kings Mill Hospital","rank":1,"score":0.9,"accept":null}
{"left":"Elsewhere","right":null,"rank":null,"score":null,"accept":null}
EOF2
    start
    shows "1 of 2, 0 decided"
    grep -qx -- '-> Kings College Hospital *' screen
    keys m n
    shows "2 of 2, 0 decided"
    keys p x
    shows "2 of 2, 1 decided"
    keys y
    shows "2 of 2, 2 decided"
    keys p
    shows "decided: nothing"
    keys q
    shows "status 0"
    cut -d, -f1-6 d.csv >rows
    same_as rows <<'EOF2'
kind,by,reply,field,value,was
match,,,,,Kings College Hospital
match,,,,Kings Mill Hospital,Kings Mill Hospital
EOF2
}

@test "review --tty shows each list's items with what they are about, and a blind coder begins with no codes" {
    screen 70 24
    cat >coded.jsonl <<'EOF2'
{"kind":"correction","reply":"R7","field":"staff","text":"5","was":{"text":"four"}}
{"reply":"R8","beds":"12","_evidence":{"beds":{"text":"12 beds","score":0.5}}}
EOF2
    start
    shows "1 of 2, 0 decided"
    "${tmux[@]}" capture-pane -p >seen
    keys n
    shows "2 of 2"
    cat screen >>seen
    for line in "correction: staff R7" "1: 5" "2: four" "answer: beds R8"; do
        grep -qx "$line *" seen
    done
    keys q
    shows "status 0"
    "$BIN/code" -c book.csv --evidence in.jsonl >coded.jsonl
    keys "clear; echo an''ew" C-j
    shows anew
    start --blind
    shows "1 of 3, 0 decided"
    run -1 grep csharp screen
    keys a python Enter
    shows "decided: python"
    run -1 grep csharp screen
}

@test "review --tty --adjudicate takes away one code and leaves those that begin like it" {
    screen 70 24
    printf '%s\n' kind,by,reply,field,value,was,coder,text 'codes,code,R1,tech,py|py3|py:not_used,py,ann,Python' >a.csv
    sed 's/py|py3|py:not_used/[]/; s/ann/ben/' a.csv >b.csv
    keys "$BIN/review --tty --adjudicate --coder cat -o d.csv a.csv b.csv; echo status \$?" Enter
    shows "2 is by ben"
    keys 1
    shows "decided: py|py3|py:not_used"
    keys d py Enter
    shows "decided: py3"
    keys q
    shows "status 0"
    run -0 grep -c '^codes,code,R1,tech,py3,py,cat,' d.csv
}

# The rows of d.csv without their dates, which are the day's.
rows_of() { # MEMBERS
    "$BIN/fromcsv" d.csv | jq -c "[$1]"
}

@test "review --tty writes what was decided on each list as the program that made the list takes it" {
    screen 70 24
    cat >coded.jsonl <<'EOF2'
{"file":"foi.csv","line":3,"field":"sent","kind":"month_first","value":"02/25/2020","detail":"2020-02-25"}
{"file":"in/1.eml","line":7,"by":"reply","key":"X-12","field":"beds","kind":"mixed_unit","value":"=12 k"}
{"side":"right","body":"A","key":"RXA","line":3,"other_key":"RYA","other_line":1,"rule":"first"}
{"side":"right","body":"B","key":"RXB","line":3,"other_key":"RYB","other_line":1,"rule":"last"}
{"side":"right","body":"C","key":"RXC","line":3,"other_key":"RYC","other_line":1,"rule":"both"}
{"side":"right","body":"D","key":"RXD","line":3,"other_key":"RYD","other_line":1,"rule":"error"}
{"key":["R1",2],"field":"grant","left":"yes","right":"no","rule":"left","winner":"left"}
{"key":"R2","field":"tools","left":["a","b"],"right":null,"rule":"agree","winner":"decided"}
{"field":"tech","from":"Pyhton","to":"Python","count":2,"accept":null}
{"kind":"correction","reply":"R7","field":"staff","text":"5","was":{"text":"four"}}
{"kind":"unplaced","reply":"R9","field":"","text":"'=A loose sentence."}
{"reply":"R8","beds":"12","wards":["a","b"],"_evidence":{"beds":{"text":"12 beds","score":0.8},"wards":{"text":"a and b","score":0.79},"gone":{"how":"decided","text":"no"},"team":{"text":"a team, yes","score":1},"old":7}}
EOF2
    local today
    today=$(date -u +%F)
    start
    shows "1 of 14, 0 decided"
    keys y y y y y
    shows "6 of 14, 5 decided"
    keys y
    shows "nothing stands there to accept"
    keys 3 y
    shows "8 of 14, 7 decided"
    # a left value of a list, one item a line; no third value to choose, and one that is typed
    grep -qx 'b *' screen
    keys 3 y
    shows "nothing stands there to accept"
    shows "8 of 14, 7 decided"
    keys a cé BSpace C-h d Enter
    shows "9 of 14, 8 decided"
    keys y 2 y y y y
    shows "14 of 14, 14 decided"
    keys q
    shows "status 0"
    run -0 "$BIN/fromcsv" d.csv
    assert_equal "$(jq -r '.date' <<<"$output" | sed "s/$today/today/; s/$(date -u +%F)/today/" | sort | uniq -c | tr -s ' ')" " 14 today"
    assert_equal "$(jq -r '.coder' <<<"$output" | sort -u)" ann
    rows_of .kind,.by,.reply,.field,.value,.was,.text >rows
    same_as rows <<'EOF2'
["flag","_origin","foi.csv:3","sent","02/25/2020","02/25/2020","02/25/2020"]
["flag","reply","X-12","beds","'=12 k","'=12 k","'=12 k"]
["merged","","RXA","A","RYA","RYA","RXA\nRYA"]
["merged","","RXB","B","RXB","RXB","RXB\nRYB"]
["merged","","RXC","C","both","both","RXC\nRYC"]
["merged","","RXD","D","both","","RXD\nRYD"]
["merge","","R1|2","grant","yes","yes","yes\nno"]
["merge","","R2","tools","d","","a\nb\n"]
["cluster","","","tech","Python","Python","Pyhton"]
["correction","","R7","staff","four","5","5"]
["unplaced","","R9","","''=A loose sentence.","''=A loose sentence.","''=A loose sentence."]
["answer","","R8","wards","a|b","a|b","a|b"]
["answer","","R8","beds","12","12","12"]
["answer","","R8","team","","","a team, yes"]
EOF2
}

@test "review --tty marks mentions where they stand, tells cues, and shows the record's other fields" {
    export NO_COLOR=1
    screen 70 24
    echo '{"_origin":"a.csv:2","none":null,"n":[1,"x"],"technologies":"abcdefgh","code":"R1","tech":["python"],"_evidence":{"tech":[{"code":"python","start":0,"end":2},{"code":"csharp","start":1,"end":3},{"code":"csharp","start":3,"end":4,"status":"not_used","cue":"no"},{"start":4,"end":5,"void":true},{"start":5,"end":5},{"start":5,"end":9},{"start":5,"end":6,"item":1},{"start":-1,"end":6},{"start":7,"end":8}]}}' >coded.jsonl
    start
    shows "1 of 1, 0 decided"
    for line in "codes: tech 1|x" "[ab]c~d~~e~fg[h]" "codes: python" 'csharp is not coded: not_used, by "no"' \
        "not decided yet" "_origin: a.csv:2" "n: 1 | x" "code: R1" "tech: python"; do
        sed 's/ *$//' screen | grep -qxF -- "$line" || { echo "no line: $line"; cat screen; return 1; }
    done
    run -1 grep -E 'none:|technologies:|_evidence' screen
    keys q
    shows "status 0"
    keys "clear; echo an''ew" C-j
    shows anew
    # a blind coder sees no marks, cues or codes
    start --blind
    shows "1 of 1, 0 decided"
    run -0 grep -qx 'abcdefgh *' screen
    run -1 grep -E 'csharp|python|not_used' screen
    run -0 grep -qx 'code: R1 *' screen
    keys q
    shows "status 0"
    # nor the name that is proposed
    echo '{"left":"Kings Colege","right":"Kings College","rank":1,"score":0.75,"accept":null}' >coded.jsonl
    keys "clear; echo an''ew" C-j
    shows anew
    start --blind
    shows "1 of 1, 0 decided"
    run -1 grep -E 'Kings College|0.75|rank' screen
    run -0 grep -qx 'left: Kings Colege *' screen
}

@test "review --tty names coded records by the first field that each has and none repeats" {
    screen 70 24
    cat >coded.jsonl <<'EOF2'
{"kind":"correction","reply":"R7","field":"staff","text":"5"}
{"_n":1,"same":"x","gap":"1","code":"R1","other":"a","technologies":"C#","tech":["csharp"]}
{"_n":2,"same":"x","gap":null,"code":"R2","other":"b","technologies":"C#","tech":["csharp"]}
{"_n":3,"same":"y","gap":"3","code":"R3","other":"c","technologies":"C#","tech":["csharp"]}
{"left":"Kings Colege","right":"Kings College","rank":1,"score":0.75,"accept":null}
EOF2
    start
    shows "1 of 5, 0 decided"
    keys n n
    shows "codes: tech R1"
    keys y q
    shows "status 0"
    assert_equal "$(rows_of .by,.reply)" '["code","R1"]'
    rm d.csv
    keys "clear; echo an''ew" C-j
    shows anew
    start --key other
    shows "1 of 5, 0 decided"
    keys n n
    shows "codes: tech a"
    keys y q
    shows "status 0"
    assert_equal "$(rows_of .by,.reply)" '["other","a"]'
}

@test "review --decisions takes along what was decided, of which a blind coder sees their own alone" {
    screen 70 24
    cat >ann.csv <<'EOF2'
kind,by,reply,field,value,was,coder,date,text,comment,settles
codes,code,R1,tech,python,csharp,ann,2020-05-01,C# and something else,,
codes,code,R2,tech,[],csharp,ann,2020-05-01,C#,<sure>,
codes,code,R9,tech,[],csharp,cat,2020-05-02,C#,,ann|ben
EOF2
    sed '/R1/d; /R9/d; s/,ann,/,ben,/; s/\[\],/python,/' ann.csv >ben.csv
    "$BIN/review" -c book.csv --decisions ann.csv --decisions ben.csv coded.jsonl >page.html
    data_of decided <page.html >decided.json
    run -0 grep -F 'sure' decided.json
    refute_output --partial '<sure'
    run -0 jq -c '.files, (.rows[] | [.[0:7][], .[9:][]])' decided.json
    assert_output '2
["codes","code","R1","tech","python","csharp","ann","",""]
["codes","code","R2","tech","[]","csharp","ann","<sure>",""]
["codes","code","R9","tech","[]","csharp","cat","","ann|ben"]
["codes","code","R2","tech","python","csharp","ben","<sure>",""]'
    "$BIN/review" -c book.csv --decisions ann.csv --decisions ben.csv --blind --coder ben coded.jsonl >page.html
    assert_equal "$(data_of decided <page.html | jq -c '[.files, (.rows[] | .[6])]')" '[2,"ben"]'
    "$BIN/review" -c book.csv --decisions ann.csv --blind coded.jsonl >page.html
    assert_equal "$(data_of decided <page.html | jq -c '[.files, .rows]')" '[1,[]]'
    # On the terminal the later row holds; a text that is another now is asked again.
    start --decisions ann.csv --decisions ben.csv
    shows "1 of 3, 1 decided, 2 left"
    keys n n
    shows "decided: python (<sure>)"
    keys q
    shows "status 0"
    keys "clear; echo an''ew" C-j
    shows anew
    cp ann.csv d.csv
    start --blind --decisions ben.csv
    shows "1 of 3, 1 decided, 2 left"
    keys y q
    shows "status 0"
    # rows about what is not here stay, with what they settle; that on another text of R1 goes
    rows_of .reply,.value,.coder,.settles >rows
    same_as rows <<'EOF2'
["R9","[]","cat","ann|ben"]
["R1","[]","ann",""]
["R2","[]","ann",""]
EOF2
    # a row without a text is about whatever stands there
    printf '%s\n' kind,by,reply,field,value,text codes,code,R3,tech,python, codes,code,R8,tech,python, >d.csv
    keys "clear; echo an''ew" C-j
    shows anew
    start
    shows "1 of 3, 1 decided, 2 left"
    keys n
    shows "decided: python"
    keys y
    shows "3 of 3, 1 decided"
    keys q
    shows "status 0"
    assert_equal "$(rows_of .reply,.value,.text)" '["R8","python",""]
["R3","python","Nothing"]'
}

@test "review --tty stops and goes on with the terminal as it should be, and needs one" {
    screen 70 24
    start
    shows "1 of 3, 0 decided"
    kill -TSTP "$(pgrep -f "$BIN/review --tty -c book.csv --coder ann -o d.csv")"
    shows Stopped # keys before that are review's, which drops them
    is_restored
    keys "clear; fg" C-j
    shows "1 of 3, 0 decided"
    keys y
    shows "2 of 3, 1 decided"
    # arrows with parameters, and of the other kind; a sequence that means nothing
    keys -H 1b 5b 31 3b 35 43
    shows "3 of 3, 1 decided"
    keys -H 1b 4f 44
    shows "2 of 3, 1 decided"
    keys -H 1b 5b 33 7e
    keys n
    shows "3 of 3, 1 decided"
    kill -QUIT "$(pgrep -f "$BIN/review --tty -c book.csv --coder ann -o d.csv")"
    shows Quit
    is_restored
    run -2 --separate-stderr setsid --wait "$BIN/review" --tty -o e.csv coded.jsonl
    assert_equal "$stderr" "review: option '--tty' needs a terminal: No such device or address"
    [ ! -e e.csv ]
}

@test "review --tty adds and takes away codes that hold a bar or a backslash" {
    screen 70 24
    printf '%s\n' from,into,code,term 'technologies,tech,a|b,alpha' 'technologies,tech,c\,gamma' technologies,tech,b,beta >book.csv
    printf '%s\n' '{"code":"R1","technologies":"alpha and beta"}' >in.jsonl
    "$BIN/code" -c book.csv --evidence in.jsonl >coded.jsonl
    start
    shows 'codes: a\|b|b'
    keys d a Enter
    shows 'decided: b'
    keys a c Enter
    shows 'decided: b|c\'
    keys a a Enter
    shows 'decided: b|c\\|a\|b'
    keys q
    shows "status 0"
    run -0 jq -c .tech <("$BIN/code" -c book.csv --decisions d.csv in.jsonl)
    assert_output '["b","c\\","a|b"]'
}
