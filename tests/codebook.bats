#!/usr/bin/env bats
# codebook: codebooks checked, converted and compared.
load helper

# What `check` says of the codebook on standard input, as "PLACE PROBLEM TERM" lines.
faults() {
    cat >book.csv
    { "$BIN/codebook" check book.csv 2>err || [ $? -eq 1 ]; } |
        jq -r '[.place, .problem, .term // .code] | join(" ")'
}

# A codebook with all that one can say.
everything() {
    cat >all.json <<'END'
{"name":"all","version":"2","title":"All","description":"one, two\nand \"three\"","notes":"about the book","fields":[
 {"from":"answer","into":"tech","group_into":"kind","multiple":true,"notes":"about the field",
  "setting_notes":{"name":"its name","group_into":"why so"},
  "codes":[
   {"code":"csharp","label":"C#","group":"language","terms":["C#","C Sharp"],"patterns":["\\bc\\s?sharp(er|s)?\\b|cs8"],"exclude":["C# minor","a|b"]},
   {"code":"r","label":"R","terms":["R",{"term":"Rstats","notes":"a package","records":"3"}],"case":"exact","near":["Shiny","data"],"within":3,"notes":"one letter"},
   {"code":"dev","group":"people","match":"wildcard","terms":["develop*","cod?r"]},
   {"code":"yes","match":"exact","terms":["yes","y"]},
   {"code":"mixed","terms":[{"term":"x.+y","match":"regex"},{"term":"Java","not_near":["island"]},{"term":"Go","case":"exact","after":["in","with"]}]},
   {"code":"none"}],
  "cues":{"not_used":["shy away from",{"cue":"wary of","notes":"seen once"}],"wish":["dream of"]},
  "default_cues":["not_used","pseudo"]},
 {"from":"other","into":"one","multiple":false,"otherwise":"rest","group_into":"","default_cues":[],
  "codes":[{"code":"rest"},{"code":"a,b","label":"says \"a\"","terms":["a, b"]}]},
 {"from":"third","into":"bare","codes":[]}]}
END
}

answers() {
    cat <<'END'
{"answer":"C# minor, C Sharper and csharp","other":"a b","third":"x"}
{"answer":"R with Shiny; R alone far from any of the things","other":null,"third":null}
{"answer":"We shy away from C#. developers, coders and a coder dream of Java","other":"a, b"}
{"answer":["Yes.","x12y","on the island of Java","written in Go"],"other":"zzz"}
{"answer":"We do not use Rstats data, wary of C Sharp, used to have Java","other":"no a, b"}
END
}

# ---- check ----

@test "codebook check finds nothing in the codebooks that are shipped" {
    for book in "$ROOT"/samples/*.csv "$ROOT"/samples/*/codebook.*; do
        run -0 --separate-stderr "$BIN/codebook" check "$book"
        assert_equal "$output$stderr" ""
    done
}

@test "codebook check tells terms whose words an earlier term of the code always takes" {
    faults <<'END' >got
code,term,match,case
a,C Sharp,,
a,C-Sharp,,
a,go,,
a,Go,,exact
a,develop*,wildcard,
a,developer,,
b,Perl,,exact
b,perl,,
b,SQL,,
c,SQL Server,,
END
    cat >expected <<'END'
book.csv:3 never_wins C-Sharp
book.csv:5 never_wins Go
book.csv:7 never_wins developer
END
    same_as expected <got
    assert_equal "$(cat err)" "codebook: 3 problems in 1 of 1 codebooks"
}

@test "codebook check tells terms that rules or cues keep from ever counting" {
    faults <<'END' >got
code,term,match,near,after,within,exclude
a,Access,,,,,access
a,Fax,,,do not use,,
a,Oracle,,database,,0,
a,Word,,Microsoft,,1,
a,Excel,,,in,2,
a,Python,,,,,
b,Microsoft Word,,,,,
b,Word Microsoft,,,,,
END
    cat >expected <<'END'
book.csv:2 never_wins Access
book.csv:3 never_wins Fax
book.csv:4 never_wins Oracle
book.csv:5 never_wins Word
END
    same_as expected <got
}

@test "codebook check tells terms that give two codes, each pair once" {
    faults <<'END' >got
code,term,match,case,near
a,Access,,,
b,access,,,
a,Go,,exact,
c,go,,,
d,develop*,wildcard,,
e,developing,,,
f,API,,,
g,APIs,,,
h,Mercury,,,planet
i,Mercury,,,metal
END
    cat >expected <<'END'
book.csv:3 overlap access
book.csv:5 overlap go
book.csv:7 overlap developing
END
    same_as expected <got
    echo '{"file":"book.csv","place":"book.csv:3","field":null,"code":"b","term":"access","problem":"overlap","detail":"'"'Access' gives two codes: also 'Access' of 'a' (book.csv:2)"'","severity":"remark"}' >expected
    { "$BIN/codebook" check book.csv 2>/dev/null || true; } | sed -n 1p | same_as expected
}

@test "codebook check tells codes and labels that are alike" {
    faults <<'END' >got
code,label,term
open source,Open,foss
Open-Source,,libre
x,One,eks
y,one,why
END
    cat >expected <<'END'
book.csv:3 duplicate_code Open-Source
book.csv:5 duplicate_code y
END
    same_as expected <got
}

@test "codebook check tells every bad pattern with its position, and twins of good ones" {
    cat >book.json <<'END'
{"name":"b","fields":[{"from":"a","into":"b","codes":[
 {"code":"x","patterns":["a(b","ok\\d","c*"]},{"code":"y","terms":["fine"],"patterns":["ok\\d","[z"]}]}]}
END
    run -1 --separate-stderr "$BIN/codebook" check book.json
    assert_equal "$(jq -r '[.place,.problem,.term]|join(" ")' <<<"$output")" \
        'book.json: fields[0].codes[0].patterns[0] bad_pattern a(b
book.json: fields[0].codes[0].patterns[2] bad_pattern c*
book.json: fields[0].codes[1].patterns[1] bad_pattern [z
book.json: fields[0].codes[1].patterns[0] overlap ok\d'
    [[ $(jq -r .detail <<<"${lines[0]}") == *"at index 1"* ]]
}

@test "codebook check tells exclusions that no mention can be part of" {
    faults <<'END' >got
code,term,match,case,exclude
c,C,,exact,C. difficile|hepatitis c|vitamin
r,R,,exact,R&D
sql,SQL Server,,,server room|my SQL|room
dev,develop*,wildcard,,developing country|country
api,API,,,APIs gateway
yes,yes,exact,,yes or no
END
    cat >expected <<'END'
book.csv:2 idle_exclusion C
book.csv:3 idle_exclusion R
book.csv:4 idle_exclusion SQL Server
book.csv:5 idle_exclusion develop*
book.csv:7 idle_exclusion yes
END
    same_as expected <got
    { "$BIN/codebook" check book.csv 2>/dev/null || true; } | jq -r .detail | sed -n 3p >got
    echo "no mention can be part of the phrase 'room'" | same_as got
}

@test "codebook check of several books names each, and fails as code does on a broken one" {
    printf 'code,term\na,x\n' >good.csv
    printf 'code,term,match\na,x,\nb,"a(b",regex\n' >bad.csv
    run -1 --separate-stderr "$BIN/codebook" check good.csv bad.csv --stats stats.json
    assert_equal "$stderr" "codebook: 1 problem in 1 of 2 codebooks"
    assert_equal "$(jq -c '[.read,.written,.rejected]' stats.json)" "[3,1,0]"
    printf 'code,term,case\na,x,lower\n' >broken.csv
    fails_with 2 "codebook: broken.csv:2: 'case' is 'lower', none of any|exact" "$BIN/codebook" check broken.csv
    mkdir folder
    fails_with 2 "codebook: folder: Is a directory" "$BIN/codebook" check folder
    fails_with 2 "codebook: gone.csv: No such file or directory" "$BIN/codebook" check gone.csv
}

@test "codebook check ends with status 1 for faults and 0 for remarks, and says which is which" {
    printf 'code,term\na,x\nb,x\n' >book.csv
    run -0 --separate-stderr "$BIN/codebook" check book.csv --stats stats.json
    assert_equal "$stderr" "codebook: 1 problem in 1 of 1 codebooks, remarks only"
    assert_equal "$(jq -c '[.problem,.severity]' <<<"$output")" '["overlap","remark"]'
    assert_equal "$(jq -c '[.faults,.remarks]' stats.json)" '[0,1]'
    # a word boundary beside a sign asks for a letter there
    printf 'code,term,match\nc,\\bC#\\b,regex\nd,\\b\\.NET\\b,regex\ne,\\bSQL\\b,regex\nf,C#,regex\ng,\\bC\\+\\+,regex\n' >book.csv
    run -1 --separate-stderr "$BIN/codebook" check book.csv
    assert_equal "$(jq -r '"\(.code) \(.problem) \(.severity)"' <<<"$output")" $'c dead_pattern fault\nd dead_pattern fault'
}

@test "codebook check tells the terms that no answer of given records has" {
    printf 'from,into,code,term\nanswer,tech,a,Java\n,,a,J2EE\n,,b,Python\n' >book.csv
    printf '%s\n' '{"answer":"no Java"}' '{"answer":["Perl",null]}' '{"answer":null}' >in.jsonl
    run -0 --separate-stderr "$BIN/codebook" check book.csv in.jsonl
    printf '%s\n' "$output" | jq -r '"\(.place) \(.problem) \(.term) \(.severity): \(.detail)"' >got
    printf '%s\n' 'book.csv:3 unused J2EE remark: in none of 3 records' 'book.csv:4 unused Python remark: in none of 3 records' | same_as got
    printf 'code,term\na,Java\nb,Go\n' >book.csv
    "$BIN/codebook" check book.csv --field answer - <in.jsonl 2>said | jq -r .term >got
    echo Go | same_as got
}

# ---- convert ----

@test "codebook convert goes from JSON to CSV and back without loss" {
    everything
    run -0 --separate-stderr "$BIN/codebook" convert all.json -o one.csv
    assert_equal "$stderr" ""
    run -0 --separate-stderr "$BIN/codebook" convert one.csv -o two.json
    assert_equal "$stderr" ""
    "$BIN/codebook" convert all.json --to json | same_as two.json
    "$BIN/codebook" convert two.json --to csv | same_as one.csv
    # what was said at the start is still there, in the words of the form
    jq -S 'del(.fields[].codes) | .fields[].multiple //= true | .fields[0].multiple = true | .fields[1].multiple = false' two.json >got
    jq -S 'del(.fields[].codes) | .fields[0].multiple = true | .fields[2].multiple = true' all.json >expected
    same_as expected <got
    jq -S '[.fields[].codes[] | [.code, .["label"], .group, .notes]]' all.json >expected
    jq -S '[.fields[].codes[] | [.code, .["label"], .group, .notes]]' two.json | same_as expected
}

@test "codebook convert leaves what code does as it was" {
    everything
    answers >answers.jsonl
    "$BIN/codebook" convert all.json -o all.csv
    "$BIN/codebook" convert all.csv -o again.json
    "$BIN/code" -c all.json --evidence --status answers.jsonl >expected
    "$BIN/code" -c all.csv --evidence --status answers.jsonl | same_as expected
    "$BIN/code" -c again.json --evidence --status answers.jsonl | same_as expected
    [ "$(grep -c '"tech":\[\]' expected)" -lt 5 ]
}

@test "codebook convert carries the shipped codebooks both ways" {
    for book in "$ROOT"/samples/*.csv "$ROOT"/samples/*/codebook.*; do
        "$BIN/codebook" convert "$book" -o one.json
        "$BIN/codebook" convert one.json -o two.csv
        "$BIN/codebook" convert two.csv --to json | same_as one.json
    done
}

@test "codebook convert keeps rows of a code that stand apart, with the order that code goes by" {
    printf 'from,into,code,term\nq,c,a,x\nq,c,b,y\nq,c,a,y\n' >book.csv
    "$BIN/codebook" convert book.csv -o book.json
    echo '{"q":"y x"}' | "$BIN/code" -c book.csv >expected
    echo '{"q":"y x"}' | "$BIN/code" -c book.json | same_as expected
    echo '{"q":"y x","c":["a","b"]}' | same_as expected
}

@test "codebook convert keeps a codebook for any field, and one without fields" {
    echo '{"name":"empty","fields":[]}' >empty.json
    "$BIN/codebook" convert empty.json -o empty.csv
    "$BIN/codebook" convert empty.csv --to json | jq -c . >got
    echo '{"name":"empty","fields":[]}' | same_as got
    echo '{"fields":[{"codes":[]}]}' >any.json
    "$BIN/codebook" convert any.json -o any.csv
    "$BIN/codebook" convert any.csv --to json | jq -c . >got
    echo '{"fields":[{"multiple":true,"codes":[]}]}' | same_as got
}

@test "codebook convert says what CSV cannot carry" {
    echo '{"fields":[{"from":"a","into":"b","codes":[{"code":"x","terms":[" y"]},{"code":"z","terms":["w"],"within":1000000}]}]}' >book.json
    run -0 --separate-stderr "$BIN/codebook" convert book.json -o book.csv
    assert_equal "$stderr" "codebook: book.json: not carried over: spaces or backslashes at the ends of texts (1), distances over 999999 words (1)"
}

@test "codebook convert says that keys of the author's own are left behind" {
    echo '{"$schema":"x","fields":[{"from":"a","into":"b","x-by":"me","codes":[{"code":"x","_why":1}]}]}' >book.json
    run -0 --separate-stderr "$BIN/codebook" convert book.json --to json
    assert_equal "$stderr" "codebook: book.json: not carried over: the author's own keys (3)"
}

@test "codebook convert wants one book and a form" {
    printf 'code,term\na,x\n' >book.csv
    fails_with 2 "codebook: 'convert' needs '--to', or '-o' with a name in .json, .csv or .qdc (try --help)" "$BIN/codebook" convert book.csv
    fails_with 2 "codebook: 'convert' needs '--to', or '-o' with a name in .json, .csv or .qdc (try --help)" "$BIN/codebook" convert book.csv -o book.xml
    fails_with 2 "codebook: 'convert' takes one codebook (try --help)" "$BIN/codebook" convert book.csv book.csv
    fails_with 2 "codebook: option '--to' takes json|csv|qdc, not 'xml' (try --help)" "$BIN/codebook" convert book.csv --to xml
    fails_with 2 "codebook: 'check' needs a codebook (try --help)" "$BIN/codebook" check
    fails_with 2 "codebook: 'chekc' is none of check|convert|compare (try --help)" "$BIN/codebook" chekc book.csv
    fails_with 2 "codebook: '' is none of check|convert|compare (try --help)" "$BIN/codebook"
    [ ! -e book.xml ]
}

# ---- .qdc ----

@test "codebook convert writes .qdc with groups around codes, and identifiers that follow from names" {
    cat >book.csv <<'END'
from,into,code,label,group,term,match,notes
answer,tech,csharp,C#,language,C# & <co>,,
,,csharp,,,cs\d,regex,
,,python,,language,Python,,
,,sql,"a ""label""",,SQL,,
,,sql,,,,,seen often
END
    run -0 --separate-stderr "$BIN/codebook" convert book.csv -o book.qdc
    assert_equal "$stderr" ""
    # guids: python 3.11, uuid.uuid5(uuid.NAMESPACE_URL, "foi-filters\ncode\ntech\ncsharp"), likewise
    # "group", "language" and "set", "tech"
    cat >expected <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="foi-filters VERSION">
  <Codes>
    <Code guid="e75d9670-6375-5884-9b59-761a461707b2" name="language" isCodable="false">
      <Code guid="3bf754ab-36d2-58cb-8a8d-7343952f11b6" name="csharp" isCodable="true">
        <Description>Label: C#
Term: C# &amp; &lt;co&gt;
Pattern: cs\d</Description>
      </Code>
      <Code guid="4dfa3239-f129-5d82-a90d-40e4fff9efad" name="python" isCodable="true">
        <Description>Term: Python</Description>
      </Code>
    </Code>
    <Code guid="2f6ee27d-f3c3-593f-b8b4-e5286e41854d" name="sql" isCodable="true">
      <Description>Label: a &quot;label&quot;
Term: SQL
seen often</Description>
    </Code>
  </Codes>
  <Sets>
    <Set guid="1e37d699-d349-547a-8a1d-8b50efeb9669" name="tech">
      <Description>From: answer
Into: tech</Description>
      <MemberCode guid="3bf754ab-36d2-58cb-8a8d-7343952f11b6"/>
      <MemberCode guid="4dfa3239-f129-5d82-a90d-40e4fff9efad"/>
      <MemberCode guid="2f6ee27d-f3c3-593f-b8b4-e5286e41854d"/>
    </Set>
  </Sets>
</CodeBook>
END
    sed -i -e "s/VERSION/$("$BIN/codebook" --version | cut -d' ' -f3)/" expected
    same_as expected <book.qdc
    "$BIN/codebook" convert book.qdc --to json >got
    "$BIN/codebook" convert book.csv --to json | same_as got
    "$BIN/codebook" check book.qdc
}

@test "codebook convert says what .qdc cannot carry, and reads back what it can" {
    everything
    run -0 --separate-stderr "$BIN/codebook" convert all.json -o all.qdc
    assert_equal "$stderr" "codebook: all.json: not carried over: name and notes of the codebook (5), settings of fields (6), cues (3), terms' 'case' (3), terms' 'exclude' (3), terms' 'near' (2), terms' 'not_near' (1), terms' 'after' (1), notes on terms, cues, settings and fields (5)"
    "$BIN/codebook" convert all.qdc --to json >back.json
    jq -c '[.fields[] | [.from, .into, [.codes[] | [.code, .["label"], .group]]]]' all.json >expected
    jq -c '[.fields[] | [.from, .into, [.codes[] | [.code, .["label"], .group]]]]' back.json | same_as expected
    "$BIN/codebook" convert all.json --to qdc 2>/dev/null | same_as all.qdc
}

@test "codebook convert reads .qdc of other programs, and says what it leaves behind" {
    printf '\357\273\277' >other.qdc
    cat >>other.qdc <<'END'
<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:QDA-XML:codebook:1.0 Codebook.xsd" origin="Another 1.0" xmlns="urn:QDA-XML:codebook:1.0">
  <Codes>
    <Code guid="1" name="Systems" isCodable="true" color="#FF0000"><Description>All of them</Description>
      <Code guid="2" name="Caf&#233; &amp; co" isCodable="true"><Description><![CDATA[Sold as <b>]]>
Term: Caf&#xe9;</Description></Code>
      <Code guid="3" name="Inner" isCodable="false"><Code guid="4" name="Other" isCodable="true"/></Code>
    </Code>
    <Code guid="5" name="Empty" isCodable="false"/>
    <Code guid="6" name="Other" isCodable="true"/>
    <Code guid="7" name="Other"/>
  </Codes>
  <Sets><Set guid="8" name="s"><MemberCode guid="2"/></Set></Sets>
</CodeBook>
END
    run -0 --separate-stderr "$BIN/codebook" convert other.qdc --to json
    assert_equal "$stderr" "codebook: other.qdc: not carried over: further sets of a code, which has one group (1), groups without codes (1), colours (1), levels of groups, now 'OUTER / INNER' (1), names that two codes have, now 'GROUP / NAME' (2)"
    jq -c '.fields[] | del(.codes), .codes[]' <<<"$output" >got
    cat >expected <<'END'
{"multiple":true}
{"code":"Systems","notes":"All of them"}
{"code":"Café & co","group":"Systems","terms":["Café"],"notes":"Sold as <b>"}
{"code":"Other","group":"Systems / Inner"}
{"code":"Other (2)"}
{"code":"Other (3)"}
END
    same_as expected <got
}

@test "codebook convert reads the sets of a .qdc as groups, and thousands of codes of one name" {
    cat >sets.qdc <<'X'
<?xml version="1.0" encoding="UTF-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>
<Code guid="a" name="C#" isCodable="true"/><Code guid="b" name="SQL" isCodable="true"/><Code guid="c" name="none" isCodable="true"/>
</Codes><Sets><Set guid="s" name="languages"><MemberCode guid="a"/></Set><Set guid="t" name="databases"><MemberCode guid="b"/><MemberCode guid="x"/></Set></Sets></CodeBook>
X
    "$BIN/codebook" convert sets.qdc -o sets.json
    jq -c '[.fields[0].codes[] | .code, .group]' sets.json >got
    echo '["C#","languages","SQL","databases","none",null]' | same_as got
    { echo '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>'
        awk 'BEGIN { for (i = 0; i < 40000; i++) printf "<Code guid=\"%d\" name=\"same\"/>\n", i }'
        echo '</Codes></CodeBook>'; } >same.qdc
    # minutes where each name is tried from the first number on
    timeout 20 "$BIN/codebook" convert same.qdc -o same.csv 2>said
    tail -n 1 same.csv | grep -qF 'same (40000)' || tail -n 1 same.csv | grep -qF 'same (39999)'
}

@test "codebook convert refuses what is no .qdc, and every document type declaration" {
    echo '<a/>' >a.qdc
    fails_with 2 "codebook: a.qdc:1: not a REFI-QDA codebook" "$BIN/codebook" convert a.qdc --to csv
    : >a.qdc
    run -2 "$BIN/codebook" convert a.qdc --to csv
    [[ $output == "codebook: a.qdc"* ]]
    printf '<CodeBook xmlns="urn:QDA-XML:codebook:1.0">\n<Codes><Code name="a">' >a.qdc
    run -2 "$BIN/codebook" convert a.qdc --to csv
    [[ $output == "codebook: a.qdc:2: not XML: "* ]]
    printf '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>\n<Code guid="1" name=" "/></Codes></CodeBook>' >a.qdc
    fails_with 2 "codebook: a.qdc:2: a code without a name" "$BIN/codebook" convert a.qdc --to csv
    echo secret >secret
    for entity in 'SYSTEM "secret"' '"&e;&e;"' '"boo"'; do
        printf '<!DOCTYPE CodeBook [<!ENTITY e %s>]>\n<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="1" name="&e;"><Description>&e;</Description></Code></Codes></CodeBook>' "$entity" >a.qdc
        run -2 --separate-stderr "$BIN/codebook" convert a.qdc --to csv
        [[ $stderr == "codebook: a.qdc:1: a document type declaration, which no codebook needs" ]]
        assert_equal "$output" ""
    done
    # nesting that would exhaust a stack
    { printf '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>'; printf '<Code name="a">%.0s' {1..20000}; } >a.qdc
    run -2 "$BIN/codebook" convert a.qdc --to csv
    truncate -s 70000000 a.qdc
    fails_with 2 "codebook: a.qdc: larger than 64 MiB, which no codebook is" "$BIN/codebook" convert a.qdc --to csv
}

# ---- compare ----

two_versions() {
    cat >old.csv <<'END'
from,into,code,label,group,term,match,case,exclude
answer,tech,sql,SQL,,SQL,,,
,,sql,,,SQL Server,,,
,,java,Java,,Java,,,
,,vb,,,VB,,,
,,r,,,R,,exact,
,,,,,,,,
END
    cat >new.csv <<'END'
from,into,code,label,group,term,match,case,exclude
answer,tech,sql,SQL,database,SQL,,,
,,mssql,,,SQL Server,,,
,,java,Java,,Java,,,Java island
,,r,,,R,,exact,
,,r,,,Rstats,,,
,,not_used,,,wary of,cue,,
,,multiple,,,false,setting,,
other,two,x,,,y,,,
END
    cat >r.jsonl <<'END'
{"answer":"SQL Server and R"}
{"answer":"SQL"}
{"answer":["Java island","VB"]}
{"answer":null}
{"answer":"wary of Java"}
END
}

@test "codebook compare tells what was added, removed, moved and changed" {
    two_versions
    cat >expected <<'END'
setting_changed tech multiple null true false
code_changed tech sql null {"label":"SQL","group":null} {"label":"SQL","group":"database"}
code_removed tech vb null null null
code_added tech mssql null null null
term_changed tech java Java {"term":"Java"} {"term":"Java","exclude":["Java island"]}
term_moved tech mssql SQL Server sql mssql
term_removed tech vb VB null null
term_added tech r Rstats null null
cue_added tech not_used wary of null null
field_added two null null null null
END
    run -0 --separate-stderr "$BIN/codebook" compare old.csv new.csv
    assert_equal "$stderr" ""
    jq -r '[.change, .field, .code, .term, .old, .new] | map(tostring) | join(" ")' <<<"$output" | same_as expected
    # the form of the file makes no difference
    "$BIN/codebook" convert new.csv -o new.json
    "$BIN/codebook" compare new.csv new.json >got
    same_as /dev/null <got
    "$BIN/codebook" compare old.csv new.json | wc -l >got
    echo 10 | same_as got
    printf '%s\n' from,into,code,term,match answer,tech,java,Java, ,,default_cues,'not_used|pseudo',setting >old.csv
    sed 's/not_used|//' old.csv >new.csv
    run -0 jq -c '[.code, .old, .new]' <("$BIN/codebook" compare old.csv new.csv)
    assert_output '["default_cues",["not_used","pseudo"],["pseudo"]]'
}

@test "codebook compare tells the records whose codes change, with the terms behind it" {
    two_versions
    "$BIN/codebook" compare old.csv new.csv r.jsonl --stats stats.json | jq -c 'select(.change == "record")' >got
    cat >expected <<'END'
{"line":1,"answer":"SQL Server and R","old":["sql","r"],"new":["mssql"],"because":{"old":["SQL Server","R"],"new":["SQL Server","R"]}}
{"line":3,"answer":["Java island","VB"],"old":["java","vb"],"new":[],"because":{"old":["Java","VB"],"new":["Java"]}}
{"line":5,"answer":"wary of Java","old":["java"],"new":[],"because":{"old":["Java"],"new":["Java"]}}
END
    jq -c '{line, answer, old, new, because: (.because | map_values(map(.term)))}' got | same_as expected
    jq -c '.because.new[] | [.code, .void // .status, .by // .cue]' got >why
    printf '%s\n' '["mssql",null,null]' '["r",null,null]' '["java","exclude","Java island"]' '["java","not_used","wary of"]' | same_as why
    assert_equal "$(jq -c '[.read,.written,.rejected,.differences]' stats.json)" "[5,13,0,10]"
    # each list is what code makes of the answer
    sed -n '1p;3p;5p' r.jsonl | "$BIN/code" -c old.csv | jq -c .tech >expected
    jq -c .old got | same_as expected
}

@test "codebook compare finds no record that changes where only the order of codes does" {
    printf 'from,into,code,term\na,t,x,same\na,t,y,same\n' >one.csv
    printf 'from,into,code,term\na,t,y,same\na,t,x,same\n' >two.csv
    echo '{"a":"same"}' >r.jsonl
    run -0 "$BIN/codebook" compare one.csv two.csv r.jsonl
    assert_output ""
}

@test "codebook compare takes codebooks for any field with --field, as code does" {
    printf 'code,term\nx,one\n' >one.csv
    printf 'code,term\nx,one\ny,two\n' >two.csv
    echo '{"a":"one","b":"two"}' | "$BIN/codebook" compare one.csv two.csv --field a --field b=c - | jq -c 'select(.line) | [.field, .old, .new]' >got
    echo '["c",[],["y"]]' | same_as got
    fails_with 2 "codebook: one.csv: names no field (use --field)" "$BIN/codebook" compare one.csv two.csv -
}

@test "codebook compare wants two books, and rejects what is no answer" {
    two_versions
    fails_with 2 "codebook: 'compare' needs two codebooks (try --help)" "$BIN/codebook" compare old.csv
    echo '{"answer":{}}' >bad.jsonl
    run -1 --separate-stderr "$BIN/codebook" compare old.csv new.csv bad.jsonl
    assert_equal "$stderr" "codebook: bad.jsonl:1: field 'answer': an object is no answer"
    run -0 --separate-stderr "$BIN/codebook" compare old.csv new.csv bad.jsonl --rejects rejects.jsonl
    assert_equal "$stderr" "codebook: 1 of 1 records rejected (see rejects.jsonl)"
    run -1 bash -c '"$0" compare old.csv new.csv >/dev/full' "$BIN/codebook"
    assert_output "codebook: cannot write standard output: No space left on device"
}
