load helper

# The page of review as people use it, in the distribution's Chromium (see browser.js).

book() {
    printf '%s\n' from,into,code,label,group,term technologies,tech,csharp,C#,language,C# \
        technologies,tech,python,Python,language,Python >book.csv
}

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    [ -x /usr/bin/chromium ] && command -v node >/dev/null || skip "no Chromium or Node.js"
}

# Does STEPs (see review.js) on page.html, in the folder of CODER's browser; what they save stands there.
drive() { # CODER STEP...
    local coder=$1
    shift
    timeout 120 node "$BATS_TEST_DIRNAME/review.js" "$PWD/page.html" "$PWD/$coder" "$@"
}

@test "review: fifty answers coded by keys alone, kept over a closed browser, change code's results and nothing else" {
    book
    for i in $(seq 60); do
        echo "{\"code\":\"R$i\",\"technologies\":\"C# <img src=x onerror=alert(1)> </textarea> $i\",\"other\":1.0}"
    done >in.jsonl
    "$BIN/code" -c book.csv --evidence in.jsonl | "$BIN/review" -c book.csv --coder ann -o page.html
    for _ in $(seq 50); do steps+=(a =python Enter n); done
    run -0 drive ann "${steps[@]}" again '?#progress' '>decisions.csv'
    assert_output "51 of 60, 50 decided, 10 left"
    "$BIN/code" -c book.csv in.jsonl >before.jsonl
    "$BIN/code" -c book.csv --decisions ann/decisions.csv in.jsonl >after.jsonl
    run -0 jq -s -c '[(map(select(.tech == ["csharp", "python"])) | length), (.[50:] | map(.tech) | unique)]' after.jsonl
    assert_output '[50,[["csharp"]]]'
    jq -c 'del(.tech, .tech_group)' after.jsonl >left.jsonl
    jq -c 'del(.tech, .tech_group)' before.jsonl | same_as left.jsonl
}

@test "review: an answer set on the page is what extract --decisions gives, and stale where the letter has changed" {
    echo '{"fields":[{"name":"staff","number":"1","title":"How many staff?"}]}' >schema.json
    echo '{"reply":"RXX","file":"a.txt","date":"2020-01-01","text":"1. Four, \"or\" 5"}' >docs.jsonl
    "$BIN/extract" -s schema.json docs.jsonl | "$BIN/review" --coder ann -o page.html
    run -0 drive ann a '!document.getElementById("entry").select()' =4 Enter again '>decisions.csv'
    "$BIN/extract" -s schema.json --decisions ann/decisions.csv docs.jsonl >after.jsonl
    run -0 jq -c '[.staff, ._evidence.staff.how]' after.jsonl
    assert_output '["4","decided"]'
    sed 's/Four/Six/' docs.jsonl >changed.jsonl
    "$BIN/extract" -s schema.json --decisions ann/decisions.csv changed.jsonl >after.jsonl 2>told
    run -0 grep -c stale told
    assert_output 1
    run -0 jq -r .staff after.jsonl
    assert_output 'Six, "or" 5'
}

@test "review: 10,000 items open in 2 s and move in 50 ms; texts of 1 MB move so too" {
    book
    awk 'BEGIN { for (i = 1; i <= 10000; i++) printf "{\"code\":\"R%d\",\"technologies\":\"C# and no Python at site %d\"}\n", i, i }' >in.jsonl
    "$BIN/code" -c book.csv --evidence in.jsonl | "$BIN/review" -c book.csv -o page.html
    AXE='' run -0 node "$BATS_TEST_DIRNAME/review_page.js" "$PWD/page.html" "$PWD"
    run -0 jq -c '[.open < 2000, .move < 50, .wide]' <<<"$output"
    assert_output '[true,true,0]'
    awk 'BEGIN { for (i = 1; i <= 20; i++) { printf "{\"code\":\"R%d\",\"technologies\":\"", i; for (k = 0; k < 100000; k++) printf "C# and xx "; print "\"}" } }' >long.jsonl
    "$BIN/code" -c book.csv --evidence long.jsonl | "$BIN/review" -c book.csv -o page.html
    AXE='' run -0 node "$BATS_TEST_DIRNAME/review_page.js" "$PWD/page.html" "$PWD"
    run -0 jq -c '[.move < 50, .wide]' <<<"$output"
    assert_output '[true,0]'
}

@test "review: axe-core finds nothing serious in light and dark, wide and narrow" {
    [ -f "${AXE:-}" ] || skip "no axe-core (give its file in AXE)"
    book
    printf '%s\n' '{"code":"R1","technologies":"C#, no Python"}' '{"code":"R2","technologies":"C#"}' >in.jsonl
    "$BIN/code" -c book.csv --evidence in.jsonl | "$BIN/review" -c book.csv -o page.html
    run -0 node "$BATS_TEST_DIRNAME/review_page.js" "$PWD/page.html" "$PWD"
    run -0 jq -c .serious <<<"$output"
    assert_output '[]'
}

@test "review: two coders, the second blind, whose kappa is that of their saved files; what they disagree on is settled" {
    book
    for i in $(seq 12); do
        echo "{\"code\":\"R$i\",\"technologies\":\"C#, $i and no Python\",\"other\":1.0}"
    done >in.jsonl
    "$BIN/code" -c book.csv --evidence in.jsonl >coded.jsonl
    "$BIN/review" -c book.csv --coder ann -o page.html coded.jsonl
    # Ann accepts five as they are, adds Python to three, says that two are negated; two are left.
    run -0 drive ann y y y y y a =python Enter n a =python Enter n a =python Enter n \
        g =csharp Enter n g =csharp Enter n '>a.csv'
    "$BIN/review" -c book.csv --coder ben --blind -o page.html coded.jsonl
    # Ben sees no codes: C# five times, then nothing, then both for one, Python for two, and C#, which Ann negated; two are left.
    run -0 drive ben '!document.querySelectorAll("mark, #item .note, .chosen li:not(.none)").length' \
        a =csharp Enter n a =csharp Enter n a =csharp Enter n a =csharp Enter n y \
        a =csharp Enter a =python Enter n a =python Enter n a =python Enter n a =csharp Enter n m =unclear Enter '>b.csv'
    assert_output 0
    mv ann/a.csv ben/b.csv .
    cat >kappa.py <<'EOF2'
import csv
def coded(file):
    rows = {}
    for r in csv.DictReader(open(file, newline="")):
        if not r["value"].startswith("missing:"):
            rows[r["reply"], r["text"]] = {c for c in r["value"].split("|") if c != "[]" and ":" not in c}
    return rows
a, b = coded("a.csv"), coded("b.csv")
both = [k for k in a if k in b]
codes = set().union(*a.values(), *b.values())
pairs = [(c in a[k], c in b[k]) for k in both for c in codes]
n = len(pairs)
agreed = sum(x == y for x, y in pairs) / n
p, q = sum(x for x, _ in pairs) / n, sum(y for _, y in pairs) / n
chance = p * q + (1 - p) * (1 - q)
print(n, "%.12f" % ((agreed - chance) / (1 - chance)))
EOF2
    "$BIN/kappa" a.csv b.csv >kappa.jsonl
    run -0 python3 kappa.py
    assert_output "$(jq -r 'select(.kind == "overall") | "\(.units) \(.cohen.kappa)"' kappa.jsonl | awk '{ printf "%s %.12f", $1, $2 }')"
    assert_output --regexp '^18 0\.'
    # The page of disagreements has exactly the items on which their codes differ, and what is settled there holds over both.
    "$BIN/review" --adjudicate -c book.csv --coder cat -o page.html a.csv b.csv
    run -0 drive cat '!every.map(it => it.reply).sort()' 1 2 1 1 1 '?#progress' '>settled.csv'
    python3 - >expected <<'EOF2'
import csv, json
a, b = ({r["reply"]: r["value"] for r in csv.DictReader(open(f, newline=""))} for f in ("a.csv", "b.csv"))
print(json.dumps(sorted(k for k in a if k in b and set(a[k].split("|")) != set(b[k].split("|"))), separators=(",", ":")))
EOF2
    same_as expected <<<"${lines[0]}"
    assert_line --index 0 '["R10","R5","R7","R8","R9"]'
    assert_line --index 1 "5 of 5, 5 decided, 0 left"
    mv cat/settled.csv aa.csv
    codes() { "$BIN/code" -c book.csv "$@" in.jsonl 2>told | jq -r '"\(.code) \(._missing.tech // (.tech | join("|")))"' | sort; }
    codes --decisions a.csv --decisions b.csv >before
    run -0 cat told
    assert_output "code: decisions that another coder's later row overrules: 5 (settle them by review --adjudicate)"
    codes --decisions aa.csv --decisions a.csv --decisions b.csv >after
    run -0 cat told
    assert_output ""
    run -1 diff before after
    assert_equal "$(grep -c '^[<>]' <<<"$output")" 8
    join -j 1 before after | awk '$2 != $3 { print $1 }' | paste -sd, >changed
    same_as changed <<<R10,R5,R8,R9
    # What was settled is neither a third coder's nor still to be settled.
    "$BIN/kappa" aa.csv a.csv b.csv | same_as kappa.jsonl
    "$BIN/review" --adjudicate --stats stats.json -o page.html a.csv b.csv aa.csv
    assert_equal "$(jq .disagreements stats.json)" 0
}

@test "review: what is chosen between two sources, and between two keys of one body, is what join --decisions gives, and nothing else" {
    printf '%s\n' '{"k":"A","n":1.0,"s":"x"}' '{"k":"B","n":2,"s":"x"}' '{"k":"C","n":1,"s":"u"}' >left.jsonl
    printf '%s\n' '{"k":"A","n":3,"s":"y"}' '{"k":"B","n":5,"s":"z"}' '{"k":"C","n":1.0,"s":"v"}' >right.jsonl
    run -0 "$BIN/join" --on k --merge '*=agree' --conflicts conflicts.jsonl left.jsonl right.jsonl
    before=$output
    "$BIN/review" --coder ann --only conflicts -o page.html conflicts.jsonl
    # Of A's numbers the first, its text is unclear; of B's numbers none but 7; y accepts no winner; C is left.
    run -0 drive ann '!every.map(it => [it.reply, it.field, ...it.sides])' 2 m =unclear Enter a =7 Enter y '?#progress' '>decisions.csv'
    assert_line --index 0 '[["A","n","3","1.0"],["A","s","y","x"],["B","n","5","2"],["B","s","z","x"],["C","s","v","u"]]'
    assert_line --index 1 "Nothing stands there to accept: choose by number, or set it (a)."
    run -0 "$BIN/join" --on k --merge '*=agree' --provenance --decisions ann/decisions.csv --stats stats.json left.jsonl right.jsonl
    assert_output '{"k":"A","n":1.0,"s":null,"_missing":{"s":"unclear"},"_provenance":{"n":"right","s":"none"}}
{"k":"B","n":7,"s":null,"_missing":{"s":"conflict"},"_provenance":{"n":"decided","s":"none"}}
{"k":"C","n":1.0,"s":null,"_missing":{"s":"conflict"},"_provenance":{"n":"both","s":"none"}}'
    assert_equal "$(jq -c '[.decisions, .decisions_changed]' stats.json)" "[3,3]"
    # A changed value: listed again.
    sed -i 's/"n":3/"n":4/' right.jsonl
    run -0 "$BIN/join" --on k --merge '*=agree' --decisions ann/decisions.csv left.jsonl right.jsonl
    assert_line "join: ann/decisions.csv:2: stale: the text that this was decided on has changed (it is listed again)"

    printf '%s\n' predecessor,successor,effective_date RAA,RCC,2019-01-01 RDD,RCC,2019-01-01 >steps.csv
    printf '%s\n' '{"code":"RAA","grant":"yes"}' '{"code":"REE","grant":"no"}' '{"code":"RDD","grant":"no"}' >foi.jsonl
    printf '%s\n' '{"code":"RCC"}' '{"code":"REE"}' >roster.jsonl
    as=(--on code --kind semi --on-merge first --succession steps.csv --as-at 2020-04-01)
    "$BIN/join" "${as[@]}" --merged merged.jsonl roster.jsonl foi.jsonl >first.jsonl
    run -0 jq -r .code first.jsonl
    assert_output $'RAA\nREE'
    "$BIN/review" --coder ann -o page.html merged.jsonl
    run -0 drive bodies 1 '>decisions.csv'
    run -0 "$BIN/join" "${as[@]}" --decisions bodies/decisions.csv roster.jsonl foi.jsonl
    assert_output $'{"code":"REE","grant":"no"}\n{"code":"RDD","grant":"no"}'
    run -0 drive bodies 3 '>decisions.csv'
    "$BIN/join" "${as[@]}" --decisions bodies/decisions.csv roster.jsonl foi.jsonl | same_as foi.jsonl
}

@test "review --decisions: what was decided on the same text is done, what has changed is asked again, and rows about other things stay" {
    book
    printf '%s\n' '{"code":"R1","technologies":"C# 1"}' '{"code":"R2","technologies":"C# 2"}' '{"code":"R3","technologies":"C# 3"}' >in.jsonl
    "$BIN/code" -c book.csv --evidence in.jsonl | "$BIN/review" -c book.csv --coder ann -o page.html
    run -0 drive ann a =python Enter n a =python Enter c =zzyzx Enter '>decisions.csv'
    cp ann/decisions.csv .
    echo 'match,,,k,Bar,Bar,ben,2020-05-01,Foo,' >>decisions.csv
    sed -i 's/C# 2/C# two/' in.jsonl
    "$BIN/code" -c book.csv --evidence in.jsonl | "$BIN/review" -c book.csv --coder cat --decisions decisions.csv -o page.html
    run -0 drive cat '?#progress' '!every.map(it => it.reply + ": " + (state[it.id] ? state[it.id].value + " " + state[it.id].coder : "") + (it.before ? " before " + it.before.value : ""))' '>same.csv' a =python Enter '>decided.csv' again '?#progress'
    assert_output '2 of 3, 1 decided, 2 left
["R1: csharp|python ann","R2:  before csharp|python","R3: "]
3 of 3, 2 decided, 1 left'
    # Nothing decided: the same rows; the stale one goes when its item is decided again.
    sort decisions.csv >expected
    sort cat/same.csv | same_as expected
    sort <(grep -v 'C# 2' decisions.csv) - >expected <<<"codes,code,R2,tech,csharp|python,csharp,cat,$(date -u +%F),C# two,"
    sort cat/decided.csv | same_as expected
    # A blind coder sees what is their own alone; of several files each coder saves their own rows.
    "$BIN/code" -c book.csv --evidence in.jsonl | "$BIN/review" -c book.csv --coder ben --blind --decisions decisions.csv -o page.html
    run -0 drive ben '?#progress' '!every.some(it => state[it.id] || it.before || it.filed)'
    assert_output $'1 of 3, 0 decided, 3 left\nfalse'
    run -1 grep -F zzyzx page.html
    echo kind,reply,field,value,text >ben.csv
    "$BIN/code" -c book.csv --evidence in.jsonl | "$BIN/review" -c book.csv --coder ben --decisions decisions.csv --decisions ben.csv -o page.html
    run -0 drive two '?#progress' a =python Enter '>own.csv'
    assert_output "2 of 3, 1 decided, 2 left"
    run -0 cut -d, -f1-7 two/own.csv
    assert_output 'kind,by,reply,field,value,was,coder
match,,,k,Bar,Bar,ben
codes,code,R2,tech,csharp|python,csharp,ben'
}

@test "review: hostile codes, coders and texts come whole through page, decisions, code and kappa" {
    codes=('iso:9001' 'a;b' 'x,y' 'q"q' '=cmd()' "'-1" '<b>' 'iso')
    printf '%s\n' "${codes[@]}" | jq -R . | jq -s '{name: "n", version: "1", fields: [{from: "answer", into: "c", multiple: true, codes: [.[] | {code: ., terms: ["none of it"]}]}]}' >book.json 2>/dev/null
    jq '.fields[0].codes |= [to_entries[] | .value.terms = ["word\(.key)"] | .value]' book.json >b && mv b book.json
    for i in 1 2 3 4; do
        echo "{\"id\":\"=R,$i\\\"\",\"answer\":\"word0, </textarea><script>alert(1)</script> <!-- \\u202eevil; '=1 $i\"}"
    done >in.jsonl
    "$BIN/code" -c book.json --evidence in.jsonl >coded.jsonl
    local one='=O"Brien, Ann;' two="<b>-ben'"
    "$BIN/review" -c book.json --coder "$one" -o page.html coded.jsonl
    for code in "${codes[@]:1}"; do steps+=(a "=$code" Enter); done
    # All codes at the first, then "iso" is taken away alone, and "iso:9001" negated.
    run -0 drive ann "${steps[@]}" d =iso Enter g =iso:9001 Enter n y y g =nothing Enter '?#progress' y '>a.csv'
    assert_output "No such code: nothing"
    "$BIN/review" -c book.json --coder "$two" -o page.html coded.jsonl
    run -0 drive ben a '=x,y' Enter n y d =iso:9001 Enter n y '>b.csv'
    mv ann/a.csv ben/b.csv .
    "$BIN/code" -c book.json --decisions a.csv in.jsonl >after.jsonl
    run -0 jq -c .c after.jsonl
    assert_output '["a;b","x,y","q\"q","=cmd()","'"'"'-1","<b>"]
["iso:9001"]
["iso:9001"]
["iso:9001"]'
    "$BIN/kappa" a.csv b.csv >kappa.jsonl
    run -0 jq -c 'select(.kind == "code" and .code == "iso:9001") | [.units, .prevalence]' kappa.jsonl
    assert_output "$(jq -nc --arg a "$one" --arg b "$two" '[4, {($a): 0.75, ($b): 0.75}]')"
    # The same from the files as Python's reader of CSV sees them.
    run -0 jq -c 'select(.kind == "overall") | [.units, .agreement]' kappa.jsonl
    assert_output "$(python3 -c 'import csv, json
r = [{x["reply"]: {c for c in x["value"].split("|") if c not in ("[]", "iso:9001:not_used")} for x in csv.DictReader(open(f, newline=""))} for f in ("a.csv", "b.csv")]
codes = set().union(*r[0].values(), *r[1].values())
pairs = [(c in r[0][k], c in r[1][k]) for k in r[0] for c in codes]
print(json.dumps([len(pairs), sum(a == b for a, b in pairs) / len(pairs)], separators=(",", ":")))')"
}

# A record of each kind of list, with TEXT in every place that takes one.
kinds() { # TEXT
    jq -nc --arg t "$1" '
        {id: "R1", answer: ("C# " + $t), other: $t, tech: ["csharp"], tech_group: [$t], _origin: $t, _missing: {($t): $t},
         _evidence: {tech: [{code: "csharp", term: $t, text: "C#", start: 0, end: 2}, {code: "python", term: "x", text: $t, start: 3, end: 4, status: "not_used", cue: $t}]}},
        {id: "R2", answer: ("- " + $t), tech: [], _evidence: {tech: []}},
        {field: $t, from: ("a " + $t), to: ("b " + $t), accept: $t, score: 0.5, reason: $t},
        {field: $t, left: ("a " + $t), right: ("b " + $t), accept: $t, score: 0.5},
        {file: $t, line: 3, field: $t, kind: $t, value: ("v " + $t), detail: $t},
        {key: $t, field: $t, left: ("l " + $t), right: ("r " + $t), left_origin: $t, right_origin: $t, rule: "agree", winner: "none"},
        {side: "left", body: $t, as_at: $t, key: ("k " + $t), line: 1, other_key: ("o " + $t), other_line: 2, rule: "error"},
        {kind: "unplaced", reply: $t, field: $t, text: ("u " + $t), file: $t, page: 1, line: 2, question: $t},
        {kind: "conflict", reply: $t, field: $t, text: ("c " + $t), was: {text: ("w " + $t), file: $t}}'
}

@test "review --only shows the items of its kind and no others, in the browser" {
    book
    sed -i 's/^technologies/answer/' book.csv
    kinds plain >in.jsonl
    for only in uncoded:codes:R2 negated:codes:R1 flagged:flag:plain:3 conflicts:merge:plain,merged:'k plain',conflict:plain unplaced:unplaced:plain; do
        "$BIN/review" -c book.csv --only "${only%%:*}" -o page.html in.jsonl
        run -0 drive "${only%%:*}" '!shown.map(it => it.kind + ":" + it.reply).sort().join()'
        assert_output "$(jq -nc --arg l "${only#*:}" '$l | split(",") | sort | join(",")')" # a string
    done
    "$BIN/review" -c book.csv -o page.html in.jsonl
    run -0 drive all '!shown.length'
    assert_output 9
}

@test "review: hostile texts in every place of every kind of item, and of a megabyte, are text" {
    book
    sed -i 's/^technologies/answer/' book.csv
    kinds '</script><script>alert(1)</script><!--<script> </textarea><img src=x onerror=alert(1)> ]]> &lt; ‮evil {{x}} \u003c' >in.jsonl
    "$BIN/review" -c book.csv --coder '<img src=x onerror=alert(1)>' -o page.html in.jsonl
    # Walks through all, with each question opened; nothing runs (see browser.js), no element is made of a text.
    run -0 drive ann a Escape n g Escape n a Escape n c Escape n n n n n n p p f Escape '!document.querySelectorAll("img, textarea").length + document.scripts.length' '!shown.length' y y y y '>d.csv'
    assert_output $'4\n9'
    jq -c '("x" * 1000000) as $t | if .other then .other = $t | .answer = "C# " + $t else . end' in.jsonl >big.jsonl
    "$BIN/review" -c book.csv -o page.html big.jsonl
    run -0 drive big '!document.querySelector("#item pre").textContent.length' t '!document.querySelector("#item pre").textContent.length' '!document.documentElement.scrollWidth <= innerWidth'
    assert_output $'4000\n1000003\ntrue'
}

@test "review: codes that hold bars and backslashes come whole through page, terminal, decisions, code and kappa" {
    printf '%s\n' from,into,code,term 'answer,tech,a|b,alpha' 'answer,tech,c\,gamma' 'answer,tech,|,delta' answer,tech,b,beta >book.csv
    printf '%s\n' '{"id":"R1","answer":"alpha and gamma"}' '{"id":"R2","answer":"alpha"}' >in.jsonl
    "$BIN/code" -c book.csv --evidence in.jsonl >coded.jsonl
    "$BIN/review" -c book.csv --coder ann -o page.html coded.jsonl
    # Both keep what was coded and add a code; ann takes another away, too.
    run -0 drive ann '!every[0].was' '!current(every[0]).length' a '=|' Enter n d '=a|b' Enter a '=c\' Enter a =b Enter n '>a.csv'
    assert_output '"a\\|b|c\\"
2'
    run -0 python3 -c 'import csv; [print(r["value"]) for r in csv.DictReader(open("ann/a.csv", newline=""))]'
    assert_output 'a\|b|c\\|\|
c\\|b'
    "$BIN/code" -c book.csv --decisions ann/a.csv in.jsonl >after.jsonl
    run -0 jq -c .tech after.jsonl
    assert_output '["a|b","c\\","|"]
["c\\","b"]'
    # The page takes the file up again, and all that can stand in a cell comes back.
    "$BIN/review" -c book.csv --coder ben --decisions ann/a.csv -o page.html coded.jsonl
    run -0 drive ben '!every.map(it => current(it))' '![["|","\\"],["\\|","|\\","a\\\\|\\"],["a"],[]].every(l => JSON.stringify(splitBars(joinBars(l))) === JSON.stringify(l))' \
        '![splitBars("a | b||c|"), splitBars("\\\\a\\b\\\\")]'
    assert_output '[["a|b","c\\","|"],["c\\","b"]]
true
[["a","b","","c"],["\\\\a\\b\\\\"]]'
    sed 's/,ann,/,ben,/; s/c\\\\|b/a\\|b/' ann/a.csv >b.csv
    run -0 jq -c '[.code, .units, .agreement]' <("$BIN/kappa" ann/a.csv b.csv)
    assert_output '["a|b",2,0.5]
["c\\",2,0.5]
["|",2,1]
["b",2,0.5]
[null,8,0.625]'
    "$BIN/review" --adjudicate -c book.csv --coder cat -o page.html ann/a.csv b.csv
    run -0 drive cat '!every.map(it => it.reply)'
    assert_output '["R2"]'
}
