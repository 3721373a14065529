#!/usr/bin/env bats
# study: settings, what stands between stages, and runs that leave old results or new.
load helper

# small NAME: a study of three bodies and two replies.
small() {
    mkdir -p "$1"
    printf 'code,region\nA,N\nB,S\nC,S\n' >"$1/roster.csv"
    printf 'code,ans\nA,Yes\nB,No\n' >"$1/foi.csv"
    echo '{"fields":[{"name":"code"},{"name":"region"}]}' >"$1/roster.schema.json"
    echo '{"fields":[{"name":"code"},{"name":"ans"}]}' >"$1/foi.schema.json"
    echo '{"tables":[{"id":"ans","title":"What they answered","field":"ans","chisq":false}]}' >"$1/plan.json"
    printf 'ROSTER_KEY=code\nFOI_KEY=code\n' >"$1/study.conf"
}

run_study() {
    "$ROOT/pipelines/study.sh" "$@"
}

# Nothing stands beside OUT but what is named.
only() { # NAME...
    find . -mindepth 1 -maxdepth 1 ! -name 'separate-stderr-*' | sort | same_as <(printf './%s\n' "$@" | sort)
}

# --- settings ------------------------------------------------------------------------

@test "study settings prints assignments in which nothing acts" {
    small s
    printf '%s\n' "ROSTER_KEY=a'b\$(touch acted)" 'FOI_KEY=`touch acted`' 'YES_NO=$(touch acted),b' >s/study.conf
    "$BIN/study" settings s -o settings.bash
    declare -A READER FOLDER FILES READ PARTS SCHEMA EXTRACTING JOINING SWAP
    source settings.bash
    [ ! -e acted ]
    assert_equal "${YES_NO[0]}" '$(touch acted)'
    assert_equal "${YES_NO[1]}" b
    assert_equal "${JOINING[roster]}" $'--on\n`touch acted`='"a'b\$(touch acted)"$'\n--on-clash\nerror'
}

@test "study settings refuses names that lead out of the study, and --trust lets them" {
    small s
    mkdir out && echo x >out/x.csv && ln -s ../out s/link && echo x >victim.csv
    for name in ../victim "$PWD/victim" a/../../victim link/x.csv .. ''; do
        printf 'LOOKUP=%s\nLOOKUP_KEY=code\n' "$name" >s/study.conf
        [ -n "$name" ] || continue
        fails_with 2 "study: s/study.conf:1: LOOKUP: '$name' leads out of the study's folder (--trust lets it)" \
            "$BIN/study" settings s
        run -0 "$BIN/study" settings --trust s
    done
    for setting in ROSTER_FILE FOI_FILE WEBSITE_FILE REPLIES WEBPAGES; do
        echo "$setting=../victim.csv" >s/study.conf
        fails_with 2 "study: s/study.conf:1: $setting: '../victim.csv' leads out of the study's folder (--trust lets it)" \
            "$BIN/study" settings s
    done
    printf 'FOI_FILE=a\001b\n' >s/study.conf
    fails_with 2 "study: s/study.conf:1: FOI_FILE: 'a\\x01b' holds a control character" "$BIN/study" settings s
}

@test "study settings reads study.json, and study.conf only without it" {
    small s
    echo '{"foi":{"file":["a.csv","b.csv"],"skip":2,"delimiter":";"}}' >s/study.json
    fails_with 2 "study: s/study.json: s/study.conf is there as well (only one may hold the settings)" "$BIN/study" settings s
    rm s/study.conf
    "$BIN/study" settings s >settings.bash
    grep -qxF "FILES['foi']='a.csv" settings.bash
    grep -qxF "READ['foi']='--skip=2" settings.bash
    grep -qxF -- "--delimiter=;'" settings.bash
    echo '{"foi":{"fil":"a.csv"}}' >s/study.json
    fails_with 2 "study: s/study.json: foi: unknown key 'fil' (did you mean 'file'?)" "$BIN/study" settings s
    echo '{"foi":{"file":"../a.csv"}}' >s/study.json
    fails_with 2 "study: s/study.json: foi.file: '../a.csv' leads out of the study's folder (--trust lets it)" "$BIN/study" settings s
    echo '{"code":["sh","-c","touch acted"]}' >s/study.json
    fails_with 2 "study: s/study.json: code: names a program to run (--trust lets it)" "$BIN/study" settings s
    run -0 "$BIN/study" settings --trust s
    assert_line "SWAP['code']='sh"
}

# --- keep and stage ---------------------------------------------------------------------

@test "study keep passes bytes on, and tells their number and hash" {
    seq 100000 | sed 's/.*/{"n":&}/' >in
    printf '{"n":"no line end"}' >>in
    mkdir stats
    STATS=stats "$BIN/study" keep kept.jsonl <in >out
    cmp in out
    cmp in kept.jsonl
    echo "{\"file\":\"kept.jsonl\",\"records\":100001,\"bytes\":$(wc -c <in),\"sha256\":\"$(sha256sum <in | cut -d ' ' -f 1)\"}" |
        same_as stats/kept.jsonl.kept
    run -1 bash -c '"$0" keep kept.jsonl <in >/dev/full' "$BIN/study"
    assert_output "study: cannot write standard output: No space left on device"
}

@test "study stage counts what a command reads and writes" {
    seq 5 >in
    mkdir stats
    STATS=stats "$BIN/study" stage foi-code code -- sed 2d <in >out
    printf '1\n3\n4\n5\n' | same_as out
    echo '{"program":"code","swapped":true,"read":5,"written":4}' | same_as stats/foi-code.json
    STATS=stats "$BIN/study" stage --first foi-fromcsv fromcsv -- cat in </dev/null >out
    cmp in out
    echo '{"program":"fromcsv","swapped":true,"written":5}' | same_as stats/foi-fromcsv.json
    mkdir folder && echo 1 >folder/here
    "$BIN/study" stage --first --in folder a fromcsv -- cat here | same_as folder/here
}

@test "study stage names a command that leaves early, however much there is to read" {
    for lines in 20000 1000000; do # what fits into a pipe, and what does not
        seq $lines >in
        run -1 --separate-stderr "$BIN/study" stage --shown 'head of mine' foi-code code -- head -n 1 <in
        assert_equal "$stderr" "code: foi-code: 'head of mine' ended before it had read all records"
    done
    seq 2000000 >in
    run -7 --separate-stderr "$BIN/study" stage foi-code code -- bash -c 'cat >/dev/null; exit 7' <in
    assert_equal "$stderr" "code: foi-code: 'bash' ended with status 7"
    run -1 --separate-stderr "$BIN/study" stage foi-code code -- bash -c 'kill -KILL $$' <in
    assert_equal "$stderr" "code: foi-code: 'bash' was ended by signal 9"
    # one that closes its output goes on reading
    run -0 timeout 20 "$BIN/study" stage foi-code code -- bash -c 'exec >&-; wc -l >&2' <in
    assert_output 2000000
    run -1 --separate-stderr timeout 20 "$BIN/study" stage foi-code code -- bash -c 'exec >&-; head -n 1 >/dev/null' <in
    assert_equal "$stderr" "code: foi-code: 'bash' ended before it had read all records"
    run -127 "$BIN/study" stage foi-code code -- ./nowhere <in
    assert_line "code: foi-code: cannot run './nowhere': No such file or directory"
}

# --- OUT ---------------------------------------------------------------------------------

@test "study run refuses an OUT that cannot be replaced, before any work" {
    small s
    mkdir full && echo mine >full/file
    ln -s nowhere dangling
    echo text >plain
    fails_with 2 "study.sh: '': is no name of a folder; it will not be replaced" run_study s ''
    fails_with 2 "study.sh: .: names no folder of its own; it will not be replaced" run_study s .
    fails_with 2 "study.sh: s/..: names no folder of its own; it will not be replaced" run_study s s/..
    fails_with 2 "study.sh: /: names no folder of its own; it will not be replaced" run_study s /
    fails_with 2 "study.sh: full: exists and is no result of study.sh; it will not be replaced" run_study s full
    fails_with 2 "study.sh: plain: exists and is no result of study.sh; it will not be replaced" run_study s plain
    fails_with 2 "study.sh: dangling: is a symbolic link to nothing; it will not be replaced" run_study s dangling
    cp -r s inside && echo '{"study":"x"}' >inside/manifest.json && cp -r s inside/s
    fails_with 2 "study.sh: inside: holds the study itself; it will not be replaced" run_study inside/s inside
    only s full dangling plain inside
    [ -d /dev/shm ] && mountpoint -q /dev/shm || skip "no mount point to try"
    fails_with 2 "study.sh: /dev/shm: is a mount point; it will not be replaced" run_study s /dev/shm
}

@test "study run replaces what a link names, and an empty folder" {
    small s
    mkdir real empty
    ln -s real link
    run_study s link
    [ -L link ] && [ -f real/manifest.json ]
    run_study s link
    run_study s empty
    [ -f empty/manifest.json ]
    only s real link empty
}

@test "study run makes results for their owner alone, and never wider than before" {
    small s
    umask 022
    run_study s out
    assert_equal "$(stat -c %a out)" 700
    assert_equal "$(stat -c %a out/foi.jsonl)" 644
    chmod 750 out
    chmod 600 out/foi.jsonl
    run_study s out
    assert_equal "$(stat -c %a out)" 750
    assert_equal "$(stat -c %a out/foi.jsonl)" 600
    umask 077
    run_study s new
    assert_equal "$(stat -c %a new/foi.jsonl)" 600
}

@test "study run locks without emptying, following or waiting" {
    small s
    echo precious >victim
    ln -s victim out.lock
    fails_with 1 "study.sh: out.lock: is a symbolic link, not a lock file" run_study s out
    assert_equal "$(cat victim)" precious
    rm out.lock
    mkfifo out.lock
    fails_with 1 "study.sh: out.lock: is no lock file" timeout 20 "$ROOT/pipelines/study.sh" s out
    rm out.lock
    : >out.lock # what a killed run left
    run_study s out
    only s victim out
    echo kept >out.lock # somebody's file
    run_study s out
    only s victim out out.lock
    assert_equal "$(<out.lock)" kept
}

@test "study run sweeps away what killed runs left, and nothing else" {
    small s
    run_study s out
    mkdir .out.abc123 .out.Abc456 .out.123456 .out.notours .outer.abc123 .out.xyz789 .out.Half12.gone
    echo x >.out.Half12.gone/merged.jsonl # of which a kill left half
    echo x >.out.abc123/.study-run
    cp -r out/. .out.Abc456
    echo mine >.out.123456/file
    echo x >.outer.abc123/.study-run
    touch .out.xyz7890
    run_study s out
    only s out .out.123456 .out.notours .outer.abc123 .out.xyz7890
}

@test "study run puts back results that a kill left aside" {
    small s
    run_study s out
    cp -r out before
    mv out .out.abc123.aside
    CODE=false run -1 run_study s out
    diff -r out before
    mv out .out.abc123.aside
    run_study s out
    only s out before
}

@test "study run gives the same bytes with --no-sync and however the study's path is typed" {
    small s
    run_study s one
    run_study --no-sync "$PWD/s/" two
    (cd s && run_study . ../three)
    diff -r one two
    diff -r one three
}

@test "study run takes names that begin with a dash, and manifests are JSON whatever the names" {
    small s
    for name in -dash 'back\slash "quoted"' $'line\nend' $'not \xff UTF-8'; do
        mv -- "${last:-s}" "$name"
        last=$name
        run_study -- "$name" out
        jq -e .study out/manifest.json >/dev/null
    done
    mv -- "$last" s
    mv s/foi.csv s/-foi.csv
    echo FOI_FILE=-foi.csv >>s/study.conf
    run_study s ./-out
    grep -qF '"_origin":["./-foi.csv:2","roster.csv:2"]' ./-out/merged.jsonl
}

@test "study run ends its stages when it is ended, and leaves nothing behind" {
    small s
    run_study s out
    cp -r out before
    echo '{"fields":[]}' >s/codebook.json
    for signal in TERM INT HUP QUIT USR1 ALRM XCPU VTALRM; do
        CODE='sleep 30; touch ended' setsid "$ROOT/pipelines/study.sh" s out 2>err &
        pid=$!
        for _ in $(seq 200); do
            [ -z "$(find . -path './.out.*/roster.jsonl')" ] || break
            sleep 0.02
        done
        # a job in the background ignores INT and QUIT, which setsid does not undo
        case $signal in INT | QUIT) kill -TERM "$pid" ;; *) kill "-$signal" "$pid" ;; esac
        status=0
        wait "$pid" || status=$?
        [ "$status" -gt 128 ]
        only s out before err
    done
    diff -r out before
}

@test "study run fails where the plan names a field that no record has" {
    small s
    echo '{"tables":[{"id":"ans","title":"T","field":"anz","chisq":false}]}' >s/plan.json
    run -1 run_study s out
    assert_line --index 0 "tabulate: s/plan.json: table 'ans': field 'anz' is in no record (did you mean 'ans'?)"
    assert_line --index 1 "study.sh: s/plan.json: names fields that no record has"
    [ ! -e out ]
}

# --- what must add up ---------------------------------------------------------------------

@test "study run names a swapped stage that leaves early, and a report that was cut" {
    small s
    echo '{"fields":[]}' >s/codebook.json
    CODE='head -n 1' run -1 run_study s out # it had read both, and wrote one
    assert_output "study.sh: the ledger does not add up: foi-code: read = written + rejected: 2 and 1"
    { echo code,ans && seq 30000 | sed 's/$/,Yes/'; } >s/foi.csv
    { echo code,region && seq 30000 | sed 's/$/,N/'; } >s/roster.csv
    CODE='head -n 1' run -1 run_study s out
    assert_output "code: foi-code: 'head -n 1' ended before it had read all records"
    small s
    echo '{"tables":[{"field":"ans","title":"One","chisq":false},{"field":"region","title":"Two (A&B)","chisq":false}]}' >s/plan.json
    for command in 'cat >/dev/null' 'tail -n +2'; do
        CHISQ=$command run -1 run_study s out
        assert_output --regexp '^study.sh: the ledger does not add up: plan-chisq: cells given = cells passed on: [0-9]+ and [0-9]+$'
    done
    CHISQ="'$BIN/chisq' --pass" run -0 run_study s passed
    rm -r passed
    REPORT="'$BIN/report' | head -n 3" run -1 run_study s out
    assert_output "study.sh: the ledger does not add up: tables in results.jsonl = tables in results.txt: 2 and 1"
    REPORT='cat >/dev/null' run -1 run_study s out
    assert_output "study.sh: the ledger does not add up: tables in results.jsonl = tables in results.txt: 2 and 0"
    # inside the last table: a row fewer, status 0
    REPORT="'$BIN/report' | sed '/Two/,/ S /{/ S /,\$d}'" run -1 run_study s out
    assert_output "study.sh: the ledger does not add up: rows of the last table in results.jsonl = rows in results.txt: 2 and 1"
    REPORT="'$BIN/report' -f html | sed '\$d'" run -1 run_study s out
    assert_output "study.sh: the ledger does not add up: ends of a page = those of report.html: 1 and 0"
    only s
}

@test "study run gives a swapped FROMCSV the arguments of the program, and no study is of nothing" {
    small s
    run_study s plain
    FROMCSV="'$BIN/fromcsv' --max-line 100000" run_study s out
    sed 's/"_origin":"[^"]*\//"_origin":"/' out/foi.jsonl | same_as plain/foi.jsonl
    cp -r out before
    FROMCSV='true' run -1 run_study s out
    assert_output --partial "no records in"
    printf 'code,ans\n' >s/foi.csv
    run -1 run_study s out
    assert_line "study.sh: foi-normalise: no records in foi.csv"
    diff -r out before
}

@test "study run takes a join of the user's own, with the program's arguments" {
    small s
    run_study s plain
    JOIN="'$BIN/join' \"\$@\"" run_study s out
    cmp plain/merged.jsonl out/merged.jsonl
    grep -q '"merge-foi":{"program":"join","swapped":true,"read":2,"written":3}' out/manifest.json
}

@test "study run takes a stage that wrote nothing, where the last run's wrote something, for an error" {
    small s
    run_study s out
    echo '{"tables":[]}' >s/plan.json
    run -1 run_study s out
    assert_output "study.sh: plan-chisq: wrote nothing, where the last run's wrote 4 records"
}

@test "study run stops at a field that roster and replies both have, naming both" {
    small s
    printf 'code,region,ans\nA,N,r\nB,N,r\nC,S,r\n' >s/roster.csv
    run -1 run_study s out
    assert_output "join: foi.csv:2: field 'ans': stands on both sides, here and in out/roster.jsonl (see --on-clash)"
    [ ! -e out ]
}

@test "study run lists the rows of a lookup that nothing matched" {
    small s
    printf 'code,beds\nA,10\nBB,900\n' >s/beds.csv
    echo '{"fields":[{"name":"code"},{"name":"beds","type":"integer"}]}' >s/beds.schema.json
    printf 'LOOKUP=beds\nLOOKUP_KEY=code\n' >>s/study.conf
    run -0 run_study s out
    assert_output "study.sh: beds: 1 of 2 rows matched nothing (see out/unmatched_beds.jsonl)"
    grep -qF '"code":"BB"' out/unmatched_beds.jsonl
    run -1 run_study --strict s other
    [ ! -e other ]
}

@test "study run --from results takes over what has not changed, and makes all anew else" {
    small s
    run_study s out
    cp -r out before
    FROM_TEST=1 CODE='' run -0 run_study --from results s out
    assert_output ""
    diff -r out before
    echo '{"tables":[{"id":"region","title":"Where","field":"region","chisq":false}]}' >s/plan.json
    command -v strace >/dev/null || skip "no strace here"
    LSAN_OPTIONS=detect_leaks=0 strace -f -o calls -e trace=execve "$ROOT/pipelines/study.sh" --from results s out
    run -1 grep -q 'bin/normalise' calls
    run_study s fresh
    diff -r out fresh
    printf 'code,ans\nA,No\nB,No\n' >s/foi.csv
    run -0 run_study --from results s out
    assert_output "study.sh: all is made anew: foi.csv has changed"
    run_study s fresh
    diff -r out fresh
    sed -i 's/"No"/"Na"/' out/merged.jsonl
    run -0 run_study --from results s out
    assert_output "study.sh: all is made anew: merged.jsonl in the results has changed"
    diff -r out fresh
    run -2 run_study --from nowhere s out
}

@test "study run --progress draws nothing where there is no terminal" {
    small s
    run -0 run_study --progress s out
    assert_output ""
}

@test "study run --rejects names the lists by the place that they have" {
    small s
    printf 'code,ans\nA,Yes\nB,No,more\n' >s/foi.csv
    run -0 run_study --rejects s out
    assert_output "fromcsv: 1 of 2 records rejected (see out/rejects/foi-fromcsv.jsonl)"
    [ -s out/rejects/foi-fromcsv.jsonl ]
}

# --- what a study can say ---------------------------------------------------------------

@test "study run hashes what the reader read, and reads no spreadsheet twice" {
    command -v strace >/dev/null || skip "no strace"
    small s
    LSAN_OPTIONS=detect_leaks=0 strace -f -o calls -e trace=openat "$ROOT/pipelines/study.sh" s out
    assert_equal "$(grep -c '"\(s/\)\?foi.csv", O_RDONLY|O_CLOEXEC\() = \| <unf\)' calls)" 1
    jq -e --arg sum "$(sha256sum <s/foi.csv | cut -d ' ' -f 1)" '.inputs[] | select(.file == "foi.csv").sha256 == $sum' out/manifest.json >/dev/null
}

@test "study run takes one source alone: then the bodies are the replies" {
    small s
    rm s/roster.* s/study.conf
    echo '{}' >s/study.json
    run -0 run_study s out
    assert_output ""
    assert_equal "$(wc -l <out/merged.jsonl)" 2
    cmp out/foi.jsonl out/merged.jsonl
    jq -e '.ledger[] | select(.what == "merged records = replies" and .left == 2)' out/manifest.json >/dev/null
}

@test "study run starts few processes beside its stages, and swapped stages change no byte" {
    command -v strace >/dev/null || skip "no strace"
    LSAN_OPTIONS=detect_leaks=0 strace -f -o calls -e trace=execve,clone,clone3,fork,vfork "$ROOT/pipelines/study.sh" "$ROOT/samples/nhs-2020" out
    [ "$(grep -c 'execve(.* = 0$' calls)" -le 40 ]
    [ "$(grep -cE '(clone|clone3|v?fork)\(.* = [0-9]+$' calls)" -le 36 ]
    # with plain pipes on both sides, and copies made by a process of their own
    JOIN="\"$BIN/join\" \"\$@\"" run_study "$ROOT/samples/nhs-2020" swapped
    for file in roster website foi merged results; do
        cmp "out/$file.jsonl" "swapped/$file.jsonl"
    done
    jq -S .outputs out/manifest.json >one
    jq -S .outputs swapped/manifest.json | same_as one
    STUDY_METER=1 run_study "$ROOT/samples/nhs-2020" metered
    diff -r out metered
}

@test "study run works where the file system cannot exchange two names" {
    command -v strace >/dev/null || skip "no strace"
    small s
    run_study s out
    printf 'code,ans\nA,No\nB,No\n' >s/foi.csv
    run_study s fresh
    for error in EINVAL ENOSYS EOPNOTSUPP; do
        rm -rf out/extra
        LSAN_OPTIONS=detect_leaks=0 strace -f -o calls -e trace=renameat2 -e inject=renameat2:error=$error "$ROOT/pipelines/study.sh" s out
        grep -q 'renameat2(.*INJECTED' calls
        diff -r out fresh
        only s out fresh calls
    done
}

@test "study scripts work alone, with the same bytes, from any folder" {
    small s
    run_study s out
    cd s
    bash "$ROOT/pipelines/source.sh" . roster roster.csv | same_as ../out/roster.jsonl
    "$ROOT/pipelines/foi.sh" . --files | same_as ../out/foi.jsonl
    "$ROOT/pipelines/merge.sh" . ../out/roster.jsonl <../out/foi.jsonl | same_as ../out/merged.jsonl
    "$ROOT/pipelines/results.sh" . plan.json <../out/merged.jsonl | same_as ../out/results.jsonl
    cd "$ROOT/pipelines"
    bash foi.sh "$OLDPWD" --files | same_as "$OLDPWD/../out/foi.jsonl"
    [ -z "$(bash merge.sh "$OLDPWD" </dev/null)" ]
}

@test "study run codes any source by its schema, for tables by the codes, and hashes the codebooks" {
    small s
    mkdir s/books && printf 'code,term\nN,N\nS,S\n' >s/places.csv
    echo '{"fields":[{"name":"code"},{"name":"region"},{"name":"side","from":"region","codes":"places.csv"}]}' >s/roster.schema.json
    echo '{"tables":[{"id":"t","field":"ans","by":"side","where":{"side":["N"]}},{"id":"side","field":"side"}]}' >s/plan.json
    run -0 run_study s out
    assert_output ""
    assert_equal "$(jq -c 'select(.table == "side" and .kind == "cell") | [.value, .n]' out/results.jsonl)" $'["N",1]\n["S",2]'
    assert_equal "$(jq -r 'select(.table == "t" and .kind == "cell" and .group == "N") | .n' out/results.jsonl)" 1
    assert_equal "$(jq -r '.inputs[] | select(.file == "places.csv").sha256' out/manifest.json)" "$(sha256sum <s/places.csv | cut -d ' ' -f 1)"
    # nothing of another folder is read for a study that came by mail
    sed -i 's|places.csv|../places.csv|' s/roster.schema.json
    fails_with 2 "study.sh: s/roster.schema.json: field 'side': codes: '../places.csv' leads out of the study's folder (--trust lets it)" run_study s out
    sed -i 's|"from":"region","codes":"../places.csv"|"replace":"/etc/passwd"|' s/roster.schema.json
    fails_with 2 "study.sh: s/roster.schema.json: field 'side': replace: '/etc/passwd' leads out of the study's folder (--trust lets it)" run_study s out
}

@test "study run reads several files of replies, each as it is described" {
    small s
    rm s/study.conf
    printf 'A title\n\ncode;ans\nC;Yes\n' >s/late.csv
    printf 'code,ans\n' >s/none.csv
    cat >s/study.json <<'X'
{"roster":{"key":"code"},
 "foi":[{"file":["foi.csv","none.csv"],"key":"code"},{"file":"late.csv","skip":2,"delimiter":";"}]}
X
    run -0 run_study s out
    assert_output ""
    assert_equal "$(jq -c '[.code,._origin[0]]' out/merged.jsonl | sort | tr '\n' ' ')" \
        '["A","foi.csv:2"] ["B","foi.csv:3"] ["C","late.csv:4"] '
    jq -e '.stages["foi-fromcsv"].written == 2 and .stages["foi-2-fromcsv"].written == 1' out/manifest.json >/dev/null
    assert_equal "$(jq -r '.inputs[].file' out/manifest.json | grep csv | tr '\n' ' ')" "roster.csv foi.csv none.csv late.csv "
}

@test "study run makes the tables of several plans, and the formats that it is told" {
    small s
    rm s/study.conf
    echo '{"tables":[{"id":"region","title":"Where they are","field":"region","chisq":false}]}' >s/more.json
    echo '{"roster":{"key":"code"},"foi":{"key":"code"},"plans":["plan.json","more.json"],"formats":["markdown","latex"]}' >s/study.json
    run -0 run_study s out
    [ -s out/results.md ] && [ -s out/results.tex ] && [ ! -e out/results.txt ] && [ ! -e out/report.html ]
    grep -q 'Where they are' out/results.md
    jq -e '.stages["more-tabulate"].read == 3 and .stages["plan-tabulate"].read == 3' out/manifest.json >/dev/null
}

@test "study run joins lookups in their order, by aliases too, and lists what did not match" {
    small s
    rm s/study.conf
    printf 'code,beds\nA,10\nBee,20\nC,30\n' >s/beds.csv
    printf 'area,north\nN,yes\nS,no\nX,no\n' >s/areas.csv
    echo '{"fields":[{"name":"code"},{"name":"beds","type":"integer"}]}' >s/beds.schema.json
    echo '{"fields":[{"name":"region","aliases":["area"]},{"name":"north"}]}' >s/areas.schema.json
    printf 'left,right,accept\nB,Bee,yes\n' >s/pairs.csv
    cat >s/study.json <<'X'
{"roster":{"key":"code"},"foi":{"key":"code"},
 "lookups":[{"name":"beds","key":"code","aliases":"pairs.csv"},{"name":"areas","file":"areas.csv","key":["region"]}]}
X
    run -0 run_study s out
    assert_output "study.sh: areas: 1 of 3 rows matched nothing (see out/unmatched_areas.jsonl)"
    assert_equal "$(jq -c '[.code,.beds,.north]' out/merged.jsonl | sort | tr '\n' ' ')" '["A",10,"yes"] ["B",20,"no"] ["C",30,"no"] '
    grep -qF '"pairs.csv"' out/manifest.json
}

@test "study run runs a stage that study.json names, in the study's folder, if it is trusted" {
    small s
    rm s/study.conf
    printf 's/Yes/YES/\n' >s/louder.sed
    echo '{"roster":{"key":"code"},"foi":{"key":"code"},"code":["sed","-f","louder.sed"]}' >s/study.json
    fails_with 2 "study.sh: s/study.json: code: names a program to run (--trust lets it)" run_study s out
    run_study --trust s out
    grep -q '"ans":"YES"' out/foi.jsonl
    grep -qF '"foi-code":{"program":"code","swapped":true,"read":2,"written":2}' out/manifest.json
    echo '{"roster":{"key":"code"},"foi":{"key":"code"},"tabulate":["'"$BIN/tabulate"'","$@"]}' >s/study.json
    run_study --trust s out
    grep -q '"table":"ans"' out/results.jsonl
}

@test "study run gives a first stage that study.json names its arguments once" {
    small s
    rm s/study.conf s/roster.*
    printf '%s\n' '{"code":"A","ans":"Yes"}' '{"code":"B","ans":"No"}' >replies.jsonl
    # shellcheck disable=SC2016 # the stage's own shell expands it
    printf '%s\n' 'printf "%s\n" "$@" >>../words' 'cat ../replies.jsonl' >s/mine.sh
    for words in '"sh","mine.sh","$@"' '"sh","mine.sh"'; do
        rm -f words
        echo '{"foi":{"key":"code"},"fromcsv":['"$words"']}' >s/study.json
        run_study --trust s out
        assert_equal "$(grep -c 'foi[.]csv$' words)" 1
    done
}

@test "study run reads a workbook as a source, by its content" {
    command -v python3 >/dev/null && python3 -c 'import openpyxl' 2>/dev/null || skip "no openpyxl to make a workbook"
    small s
    python3 - <<'P'
import openpyxl
book = openpyxl.Workbook()
book.active.title = "Notes"
sheet = book.create_sheet("Replies")
for row in (("code", "ans"), ("A", "Yes"), ("B", "No")):
    sheet.append(row)
book.save("s/replies.xlsx")
P
    rm s/study.conf s/foi.csv
    echo '{"roster":{"key":"code"},"foi":{"file":"replies.xlsx","sheet":"Replies","key":"code"}}' >s/study.json
    run -0 run_study s out
    assert_equal "$(jq -c '[.code,.ans]' out/foi.jsonl | tr '\n' ' ')" '["A","Yes"] ["B","No"] '
    grep -q '"foi-fromsheet"' out/manifest.json
}

@test "the JSON Schema of study.json has every key that the program takes" {
    for key in $(sed -n '/static const char \*const keys/,/NULL}/p; /PART_KEYS  *\\/,/drop_blank/p' "$ROOT/src/study/settings_json.c" | grep -oE '"[a-z_]+"'); do
        jq -e --argjson key "$key" '[.. | objects | .properties? // empty | keys[]] | index($key)' \
            "$ROOT/samples/study.schema.json" >/dev/null || {
            echo "no $key in samples/study.schema.json"
            return 1
        }
    done
}

@test "foi run tells three lines at a terminal, and nothing in cron" {
    small s
    run -0 "$ROOT/bin/foi" run s
    assert_output ""
    [ -s s/results/report.html ]
    run -0 "$ROOT/bin/foi" run --from results s
    assert_output ""
    command -v script >/dev/null || skip "no terminal to try"
    printf 'code,ans\nA,Yes\nB,No\n' >s/foi.csv
    script -qec "'$ROOT/bin/foi' run s out" /dev/null </dev/null | tr -d '\r' | sed 's/.*  //' | grep -v '^ *$' >said
    cat >expected <<'X'
2 replies in, 3 bodies out, 4 lines of results
needs a person: nothing
the report: out/report.html
X
    tail -n 3 said | same_as expected
}

# inbox: the replies of A and B as they came, and a stage that finds answers in them.
inbox() {
    mkdir -p s/inbox/A s/inbox/B
    printf 'From: foi@a.example\nDate: Mon, 3 Feb 2020 10:00:00 +0000\nSubject: FOI\nContent-Type: text/plain\n\nYes\n' >s/inbox/A/mail.eml
    printf 'No\n' >s/inbox/B/letter.txt
    printf 'See the letter.\n' >s/inbox/B/note.txt
    cat >finder.jq <<'X'
[inputs] | group_by(.reply)[] | {code: .[0].reply, ans: (map(.text) | map(select(test("^(Yes|No)"))) | first)}
X
}

@test "study run makes the replies from a folder of documents, every file accounted for" {
    small s
    inbox
    rm s/foi.csv
    printf 'ROSTER_KEY=code\nFOI_KEY=code\nREPLIES=inbox\n' >s/study.conf
    EXTRACT="jq -nc -f '$PWD/finder.jq'" run_study s out
    assert_equal "$(jq -c '[.code,.ans]' out/foi.jsonl | tr '\n' ' ')" '["A","Yes"] ["B","No"] '
    jq -e '[.ledger[].what] | index("foi-fromdocs: files = files in inbox")' out/manifest.json >/dev/null
    jq -e '[.ledger[].what] | index("foi-extract: read = foi-fromdocs: written")' out/manifest.json >/dev/null
    assert_equal "$(jq -r '.inputs[].file' out/manifest.json | grep inbox | tr '\n' ' ')" \
        "inbox/A/mail.eml inbox/B/letter.txt inbox/B/note.txt "
    rm s/study.conf
    echo '{"roster":{"key":"code"},"foi":{"key":"code"},"replies":{"folder":"inbox","each":"folder","at_least":0.5}}' >s/study.json
    EXTRACT="jq -nc -f '$PWD/finder.jq'" run_study s other
    cmp out/foi.jsonl other/foi.jsonl
}

# questions: a study whose answers are found in letters.
questions() {
    small s
    inbox
    rm s/foi.csv
    printf '1. Do you have a team?\nYes\n' >s/inbox/B/letter.txt
    echo '{"fields":[{"name":"reply"},{"name":"ans","number":"1","title":"Do you have a team?"}]}' >s/foi.schema.json
    printf 'ROSTER_KEY=code\nREPLIES=inbox\n' >s/study.conf
}

@test "study run finds the answers in documents by extract" {
    questions
    run_study s out
    assert_equal "$(jq -r 'select(.reply == "B").ans' out/foi.jsonl)" Yes
    jq -e '[.ledger[].what] | index("foi-fromdocs: replies = foi-extract: written + rejected")' out/manifest.json >/dev/null
}

@test "study run uses what people decided, hashes and counts it" {
    questions
    printf 'reply,field,value,coder,date,text\nB,ans,No,KM,2020-05-01,\nA,ans,Yes,LB,2020-05-01,\n' >s/decisions.csv
    run_study s out
    assert_equal "$(jq -r 'select(.reply == "B").ans' out/foi.jsonl)" No
    jq -e '.decisions == [{"file":"decisions.csv","rows":2,"coders":2}]' out/manifest.json >/dev/null
    jq -e '[.inputs[].file] | index("decisions.csv")' out/manifest.json >/dev/null
    jq -e '.stages["foi-extract"].decided == 2' out/manifest.json >/dev/null
}

@test "study run takes decisions about letters without their texts" {
    questions
    printf 'reply,field,value,coder,date\nB,ans,No,KM,2020-05-01\n' >s/decisions.csv
    run_study s out
    assert_equal "$(jq -r 'select(.reply == "B").ans' out/foi.jsonl)" No
    jq -e '.stages | [."foi-extract".decided, ."foi-normalise".decisions_of_others] == [1, 1]' out/manifest.json >/dev/null
}

@test "study run lists what sources say otherwise, and gives decisions to the source and the join that they are about" {
    small s
    rm s/study.conf
    printf '%s\n' code,beds,site A,10,ten B,20,two C,30,x >s/roster.csv
    printf '%s\n' code,ans,beds A,Yes,10 B,No,25 >s/foi.csv
    echo '{"fields":[{"name":"code"},{"name":"beds","type":"integer"},{"name":"site","type":"integer"}]}' >s/roster.schema.json
    echo '{"fields":[{"name":"code"},{"name":"ans"},{"name":"beds","type":"integer"}]}' >s/foi.schema.json
    echo '{"roster":{"key":"code","merge":{"beds":"agree"}},"foi":{"key":"code"}}' >s/study.json
    INVALID=null run_study s out
    run -0 jq -c '[.key, .field, .left, .right, .winner]' out/conflicts_roster.jsonl
    assert_output '["B","beds",25,20,"none"]'
    run -0 jq -c '[.file, .line, .value]' out/flags_roster.jsonl
    assert_output '["roster.csv",2,"ten"]
["roster.csv",3,"two"]
["roster.csv",4,"x"]'
    # The roster's cell of line 2, not that of the replies, and the conflict of B.
    printf '%s\n' kind,by,reply,field,value,was,coder,date,text 'merge,,B,beds,20,,ann,2020-05-01,"25' '20"' \
        flag,_origin,roster.csv:2,site,10,ten,ann,2020-05-01,ten flag,_origin,roster.csv:3,site,9,two,ann,2020-05-01,gone flag,_origin,other.csv:2,ans,x,y,ann,2020-05-01,y >s/decisions.csv
    INVALID=null run -0 --separate-stderr run_study s out2
    assert_equal "$stderr" "normalise: s/decisions.csv:5: no cell has the text of this decision
study.sh: decisions about cells that no source has (a file or a field of another name): 1"
    run -0 jq -c '[.code, .beds, .site, ._missing.site]' out2/merged.jsonl
    assert_output '["A",10,10,null]
["B",20,null,"invalid"]
["C",30,null,"invalid"]'
    jq -e '[.stages | ."foi-normalise", ."roster-normalise", ."merge-foi" | [.decisions, .decisions_changed, .decisions_elsewhere]] == [[0,0,3],[2,1,1],[1,1,0]]' out2/manifest.json >/dev/null
    # The next page has what was decided as done.
    run -0 "$ROOT/bin/foi" review s out2 page.html --coder ann
    run -0 jq -c '[.rows[] | .[2]]' <(awk '/id="decided">/ { on = 1; sub(/.*id="decided">/, "") } on { sub(/<\/script>.*/, ""); print; exit }' page.html)
    assert_output '["B","roster.csv:2","roster.csv:3","other.csv:2"]'
    # A field that is no text cannot make options of its own.
    printf '%s' '{"roster":{"key":"code","merge":{"beds=left\n--stats":"agree"}}}' >s/study.json
    run -2 run_study s out3
    assert_output --partial "holds a control character"
}

@test "study run names the row of a workbook's sheet, and takes what was decided on a cell of it" {
    mkdir s
    printf '%s\n' code,cars A,14 'B,around 5' C,six >cars.csv
    "$BIN/fromcsv" cars.csv | "$BIN/toxlsx" -o s/foi.xlsx
    echo '{"fields":[{"name":"code"},{"name":"cars","type":"integer"}]}' >s/foi.schema.json
    echo '{"foi":{"key":"code"}}' >s/study.json
    echo '{"tables":["summary of cars"]}' >s/plan.json
    run -1 --separate-stderr run_study s out
    assert_equal "${stderr_lines[0]}" "normalise: foi.xlsx:records:3: field 'cars': 'around 5' is not an integer"
    INVALID=null run_study s out
    run -0 jq -c '[.file, .line, .by, .key]' out/flags_foi.jsonl
    assert_output '["foi.xlsx:records",3,"_origin","foi.xlsx:records!3"]
["foi.xlsx:records",4,"_origin","foi.xlsx:records!4"]'
    "$ROOT/bin/foi" review s out page.html --coder ann
    run -0 grep -c 'foi.xlsx:records!3' page.html
    printf '%s\n' kind,by,reply,field,value,was,coder,date,text 'flag,_origin,foi.xlsx:records!3,cars,5,around 5,ann,2020-05-01,around 5' >s/decisions.csv
    INVALID=null run -0 --separate-stderr run_study s out
    assert_equal "$stderr" ""
    run -0 jq -c '[.code, .cars]' out/foi.jsonl
    assert_output '["A",14]
["B",5]
["C",null]'
}

@test "study run tells on the page how many figures were read out of sentences" {
    mkdir s
    printf '%s\n' code,cars A,14 'B,"We own 14 cars, of which 2 are leased."' 'C,around 5' 'D,There are 3 cars in the fleet.' >s/foi.csv
    echo '{"fields":[{"name":"code"},{"name":"cars","title":"How many cars are there?","type":"integer","prose":true}]}' >s/foi.schema.json
    echo '{"foi":{"key":"code"}}' >s/study.json
    echo '{"tables":["summary of cars"]}' >s/plan.json
    run_study s out
    run -0 grep -o 'The program read[^<]*' out/report.html
    assert_output "The program read 2 figures out of answers in sentences. 1 answer states no one figure and is missing. Both are listed with the doubtful cells."
    sed -i '3,$d' s/foi.csv
    run_study s out
    run -1 grep -c 'The program read' out/report.html
}

@test "study run takes decisions of several coders out of the folder decisions, for each of its stages" {
    small s
    mkdir s/decisions
    printf '%s\n' from,into,code,term ans,tech,y,Yes ans,tech,n,No >s/codebook.csv
    printf '%s\n' kind,by,reply,field,value,was,coder,date,text codes,code,A,tech,n,y,ann,2020-05-01,Yes >s/decisions/ann.csv
    printf '%s\n' kind,by,reply,field,value,was,coder,date,text codes,code,A,tech,'[]',y,ben,2020-05-02,Yes codes,code,B,tech,n,n,ben,2020-05-02,No replace,,,ans,No,,ben,2020-05-02,Nope >s/decisions/ben.csv
    sed -i 's/^B,No/B,Nope/' s/foi.csv
    run_study s out
    jq -e '.decisions == [{"file":"ann.csv","rows":1,"coders":1},{"file":"ben.csv","rows":3,"coders":1}]' out/manifest.json >/dev/null
    jq -e '[.inputs[].file] | index("ann.csv") and index("ben.csv")' out/manifest.json >/dev/null
    jq -e '.stages["foi-code"] | [.decisions, .decisions_overruled, .decisions_changed, .decisions_confirmed] == [3, 1, 1, 1]' out/manifest.json >/dev/null
    jq -e '.stages["foi-normalise"].decisions_changed == 1' out/manifest.json >/dev/null
    jq -e '[.ledger[].what] | index("foi-code: decisions = changed + confirmed + overruled + not used")' out/manifest.json >/dev/null
    run -0 jq -c '[.code, .ans, .tech]' out/foi.jsonl
    assert_output '["A","Yes",[]]
["B","No",["n"]]'
    run -0 grep -o 'People checked 3 items[^<]*' out/report.html
    assert_output 'People checked 3 items (2 coders), of which 2 were changed.'
    # How far they agree is told for each field that two coders decided on: one answer here, on which they differ.
    printf '%s\n' replace,,,ans,No,,ann,2020-05-02,Nope replace,,,ans,Yes,,ann,2020-05-02,Yep >>s/decisions/ann.csv
    echo replace,,,ans,No,,ben,2020-05-02,Yep >>s/decisions/ben.csv
    run_study s out
    run -0 grep -o 'Coding of [^<]*' out/report.html
    assert_line --index 0 --partial 'Coding of tech: 2 coders coded the same 1 answers; agreement 0.0%'
    assert_line --index 1 --partial 'Coding of ans: 2 coders coded the same 2 answers; agreement 50.0%'
}

@test "study run makes records of saved pages, and codes them" {
    small s
    mkdir s/pages
    printf '<html><head><title>A</title></head><body><p>We build with Python.</p></body></html>' >s/pages/a.html
    printf '<html><head><title>B</title></head><body><p>Nothing here.</p></body></html>' >s/pages/b.html
    printf 'from,into,code,term\ntext,tech,Python,Python\n' >s/webpages.codebook.csv
    echo WEBPAGES=pages >>s/study.conf
    run_study s out
    assert_equal "$(jq -c '[.title,.tech]' out/webpages.jsonl | tr '\n' ' ')" '["A",["Python"]] ["B",[]] '
    grep -q '"webpages-code"' out/manifest.json
}

@test "study diff tells what changed in records, codes, cells and tests" {
    small s
    printf 'from,into,code,term\nans,said,yes,Yes\nans,said,no,No\nans,said,never,never\n' >s/codebook.csv
    echo '{"tables":[{"id":"ans","title":"A","field":"ans","by":"region","values":["Yes","No"],"groups":["N","S"]}]}' >s/plan.json
    run_study s old
    run -0 "$BIN/study" diff old old
    assert_output "$(printf 'records: 3 before, 3 now\ncodes: 2 before, 2 now\ncells: 8 before, 8 now\ntests: 1 before, 1 now')"
    printf 'code,ans\nA,Yes\nB,never Yes\nD,No\n' >s/foi.csv
    sed -i 's/^C,S/D,N/' s/roster.csv
    run_study s new
    "$BIN/study" diff old new -o changes
    grep -qxF 'records: 3 before, 3 now (1 new, 1 gone, 1 changed)' changes
    grep -qxF '+ "D"' changes
    grep -qxF -- '- "C"' changes
    grep -qxF '~ "B": ans: "No" -> "never Yes"' changes
    grep -qxF '+ said: "never": 0 -> 1' changes
    grep -qE '^~ "ans" "cell" "No" "N": n 0 -> 1' changes
    grep -qE '^~ "ans" "independence": p ' changes
    fails_with 2 "study: s: holds no results of study.sh" "$BIN/study" diff s new
}

@test "study run writes each format that there is, and the cells beside them" {
    mkdir s
    printf 'code,n\nA,1\nB,2\nC,4\n' >s/foi.csv
    echo '{"fields":[{"name":"code"},{"name":"n","type":"integer"}]}' >s/foi.schema.json
    echo '{"foi":{"key":"code"},"formats":["text","markdown","html","latex","csv","jsonl"]}' >s/study.json
    echo '{"tables":["n"]}' >s/plan.json
    run_study s out
    assert_equal "$(cd out && echo *)" \
        "foi.jsonl manifest.json merged.jsonl report.html results.csv results.jsonl results.md results.tex results.txt tables.jsonl"
    assert_equal "$(jq -r 'select(.kind == "cell") | .value' out/results.jsonl | paste -sd' ')" "1 2 4"
    "$BIN/report" -f jsonl out/results.jsonl | cmp - out/tables.jsonl
}

@test "study run goes into no links of an inbox, and waits for no fifo" {
    small s
    rm s/foi.csv
    mkdir -p s/inbox/A elsewhere
    printf '1. Do you have a team?\nYes\n' >s/inbox/A/letter.txt
    echo secret >elsewhere/x.txt
    ln -s ../../.. s/inbox/A/loop
    ln -s ../../elsewhere s/inbox/B
    ln -s nowhere s/inbox/A/gone.txt
    mkfifo s/inbox/A/fifo
    echo '{"fields":[{"name":"reply"},{"name":"ans","number":"1","title":"Do you have a team?"}]}' >s/foi.schema.json
    printf 'ROSTER_KEY=code\nREPLIES=inbox\n' >s/study.conf
    timeout 60 "$ROOT/pipelines/study.sh" s out
    assert_equal "$(jq -c '.inputs[] | select(.file | startswith("inbox/")) | [.file, .sha256 == null]' out/manifest.json | paste -sd' ')" \
        '["inbox/A/fifo",true] ["inbox/A/gone.txt",true] ["inbox/A/letter.txt",false] ["inbox/A/loop",true] ["inbox/B",true]'
    run -1 grep -r secret out
    assert_equal "$("$BIN/fromdocs" s/inbox | jq -c '[.reply, .reason]' | paste -sd' ')" \
        '["A","unsupported"] ["A","unsupported"] ["A",null] ["A","unsupported"] ["B","unsupported"]'
}

@test "study run follows no link out of an inbox, unless the study is trusted" {
    small s
    rm s/foi.csv
    mkdir -p s/inbox/A s/inbox/B
    printf '1. Do you have a team?\nYes\n' >s/inbox/A/letter.txt
    printf '1. Do you have a team?\nNo\n' >elsewhere.txt
    ln -s ../../../elsewhere.txt s/inbox/B/letter.txt
    echo '{"fields":[{"name":"reply"},{"name":"ans","number":"1","title":"Do you have a team?"}]}' >s/foi.schema.json
    printf 'ROSTER_KEY=code\nREPLIES=inbox\n' >s/study.conf
    "$ROOT/pipelines/study.sh" s out 2>messages
    grep -qF '1 links lead out of their folder and were not followed (--trust follows them)' messages
    run -0 jq -c '.inputs[] | select(.file | startswith("inbox/")) | [.file, .sha256 == null]' out/manifest.json
    assert_output '["inbox/A/letter.txt",false]
["inbox/B/letter.txt",true]'
    assert_equal "$(jq -c '[.reply, .ans]' out/foi.jsonl | paste -sd' ')" '["A","Yes"] ["B",null]'
    "$ROOT/pipelines/study.sh" --trust s out
    assert_equal "$(jq -c '[.reply, .ans]' out/foi.jsonl | paste -sd' ')" '["A","Yes"] ["B","No"]'
    assert_equal "$(jq -r '.inputs[] | select(.file == "inbox/B/letter.txt").sha256' out/manifest.json)" "$(sha256sum <elsewhere.txt | cut -d' ' -f1)"
}

@test "study diff tells a sum and a mean that changed where no count did" {
    mkdir s
    printf 'code,n\nA,1\nB,2\nC,4\n' >s/foi.csv
    echo '{"fields":[{"name":"code"},{"name":"n","type":"integer"}]}' >s/foi.schema.json
    echo '{"foi":{"key":"code"}}' >s/study.json
    echo '{"tables":["summary of n"]}' >s/plan.json
    run_study s old
    sed -i 's/C,4/C,5/' s/foi.csv
    run_study s new
    "$BIN/study" diff old new >changes
    grep -qxF '~ "n" "summary": sum 7 -> 8 mean 2.33333 -> 2.66667 max 4 -> 5' changes
    grep -qxF 'cells: 2 before, 2 now (0 new, 0 gone, 1 changed)' changes
    # other rows, the same sums: 1/3 + 2/3 in another order
    printf 'code,n\nC,5\nA,1\nB,2\n' >s/foi.csv
    run_study s other
    "$BIN/study" diff new other >changes
    grep -qxF 'cells: 2 before, 2 now' changes
}

@test "study says what its commands need" {
    printf '{"a":"","column_2":"x"\n' >bad.jsonl
    fails_with 1 "study: bad.jsonl:1:23: the line ends inside the object" "$BIN/study" headings bad.jsonl
    fails_with 2 "study: usage: study headings RECORDS (try --help)" "$BIN/study" headings
    fails_with 2 "study: '' is none of run|check|diff|account|settings|keep|link|headings|stage (try --help)" "$BIN/study"
    fails_with 2 "study: 'run' needs '--script' (call pipelines/study.sh, or foi run)" "$BIN/study" run s out
    fails_with 2 "study: usage: study keep FILE (try --help)" "$BIN/study" keep
    fails_with 2 "study.sh: --stages is for the program 'study' alone (try --help)" "$ROOT/pipelines/study.sh" --stages
}

@test "study run leaves old results or new wherever it is killed" {
    command -v strace >/dev/null || skip "no strace"
    CALLS='rename renameat2 unlinkat' run -0 "$ROOT/tests/crash/calls.sh" 11 1 # make crash tries all
    assert_output --regexp '^[0-9]+ kills: 0 faults$'
}

@test "study run follows no link out of a study under a name that files have by default" {
    small s
    mkdir elsewhere
    cp s/* elsewhere
    for file in s/foi.csv s/roster.csv s/*.schema.json s/codebook.csv s/plan.json s/study.conf s/overrides.csv s/decisions.csv \
        s/yes_no.csv s/website.plan.json s/agreement.jsonl s/other.schema.json s/decisions; do
        rm -rf new && cp -r s new
        [ -e "elsewhere/${file#s/}" ] || : >"elsewhere/${file#s/}"
        ln -sf "../elsewhere/${file#s/}" "new/${file#s/}"
        fails_with 2 "study.sh: new/${file#s/}: is a link that leads out of the study's folder (--trust lets it)" run_study new out
        ln -sf nowhere "new/${file#s/}"
        fails_with 2 "study.sh: new/${file#s/}: is a link to nothing" run_study new out
        rm "new/${file#s/}" && mkfifo "new/${file#s/}"
        fails_with 2 "study.sh: new/${file#s/}: is no file but a fifo" timeout 20 "$ROOT/pipelines/study.sh" new out
        [ ! -e out ]
    done
    rm -rf new && cp -r s new && mkdir new/overrides.csv
    fails_with 2 "study.sh: new/overrides.csv: is no file but a folder" run_study new out
    # links within are good, and all are for who trusts the study
    rm -rf new && cp -r s new && mv new/foi.csv new/replies.csv && ln -s replies.csv new/foi.csv
    run_study new out
    ln -sf ../elsewhere/foi.csv new/foi.csv
    run_study --trust new out
    TRUST=yes run -0 --separate-stderr "$ROOT/pipelines/foi.sh" new --files
    fails_with 2 "study: new/foi.csv: is a link that leads out of the study's folder (--trust lets it)" "$ROOT/pipelines/foi.sh" new --files
}

@test "study run replaces no results elsewhere that a study's own link names, unless OUT is named" {
    small s
    run_study s victim
    touch victim/mine
    ln -s ../victim s/results
    fails_with 2 "study.sh: s/results: is a link that leads out of the study's folder (--trust lets it; or name OUT)" run_study s
    [ -e victim/mine ]
    run_study s s/results
    [ ! -e victim/mine ]
    # nor does the page for checking
    echo kept >notes && ln -s notes review.html
    fails_with 2 "review.sh: review.html: is a link (name PAGE to write where it leads)" "$ROOT/pipelines/review.sh" s s/results
    assert_equal "$(<notes)" kept
    run -0 "$ROOT/pipelines/review.sh" s s/results review.html
    grep -q '<html' notes
}

@test "study run makes no results within results, and none in a pipe" {
    small s
    run_study s old
    fails_with 2 "study.sh: old/new: is inside results, $PWD/old, and would be lost when they are made anew" run_study s old/new
    fails_with 2 "study.sh: ./old/./new: is inside results, $PWD/old, and would be lost when they are made anew" run_study s ./old/./new
    # a pipe has no name that results could take
    fails_with 2 "study.sh: /dev/fd/3: No such file or directory" bash -c '"$0" s /dev/fd/3 3> >(cat)' "$ROOT/pipelines/study.sh"
    only old s
}
