#!/usr/bin/env bats
# join: records of two sides that have the same key.
load helper

lines() { # JSON...
    printf '%s\n' "$@"
}

# Trusts and their replies: RYY did not reply, RZZ was not asked.
trusts() {
    lines '{"code":"RXX","name":"North"}' '{"code":"RYY","name":"East"}' '{"code":"RWW","name":"West"}' >left.jsonl
    lines '{"code":"RWW","grant":"yes"}' '{"code":"RXX","grant":"no"}' '{"code":"RZZ","grant":"no"}' >right.jsonl
}

# Replies that name technologies, and what the web says of these.
techs() {
    lines '{"code":"A","tech":["csharp","python"]}' '{"code":"B","tech":["mumps"]}' \
        '{"code":"C","tech":null,"_missing":{"tech":"refused:s12"}}' '{"code":"D","tech":[]}' \
        '{"code":"E","tech":["mumps","python"]}' >foi.jsonl
    lines '{"tech":"csharp","licence":"mit"}' '{"tech":"python","licence":null,"_missing":{"licence":"not_found"}}' \
        '{"tech":"mysql","licence":"gpl"}' >web.jsonl
}

gives() { # COMMAND...: its output is that on standard input
    cat >expected
    "$@" >got
    diff -u expected got
}

join() {
    "$BIN/join" "$@"
}

# --- kinds ------------------------------------------------------------------

@test "join --kind inner writes the pairs in LEFT's order, and is the default" {
    trusts
    lines '{"code":"RXX","name":"North","grant":"no"}' '{"code":"RWW","name":"West","grant":"yes"}' >inner
    join --on code right.jsonl left.jsonl | same_as inner
    join --on code --kind inner right.jsonl <left.jsonl | same_as inner
}

@test "join --kind left keeps every LEFT record, RIGHT's fields null with the reason unmatched" {
    trusts
    gives join --on code --kind left right.jsonl left.jsonl <<'END'
{"code":"RXX","name":"North","grant":"no"}
{"code":"RYY","name":"East","grant":null,"_missing":{"grant":"unmatched"}}
{"code":"RWW","name":"West","grant":"yes"}
END
}

@test "join --kind right adds what is left of RIGHT at the end, and nothing else of LEFT" {
    trusts
    gives join --on code --kind right right.jsonl left.jsonl <<'END'
{"code":"RXX","name":"North","grant":"no"}
{"code":"RWW","name":"West","grant":"yes"}
{"code":"RZZ","name":null,"_missing":{"name":"unmatched"},"grant":"no"}
END
}

@test "join --kind full keeps both sides" {
    trusts
    gives join --on code --kind full right.jsonl left.jsonl <<'END'
{"code":"RXX","name":"North","grant":"no"}
{"code":"RYY","name":"East","grant":null,"_missing":{"grant":"unmatched"}}
{"code":"RWW","name":"West","grant":"yes"}
{"code":"RZZ","name":null,"_missing":{"name":"unmatched"},"grant":"no"}
END
}

@test "join --kind semi and anti part LEFT in two, each record byte for byte" {
    trusts
    lines '{ "code" : "RXX", "n":1.0,"s":"\u00e9" }' '{"code":"RQQ","n":1e400}' >left.jsonl
    gives join --on code --kind semi right.jsonl left.jsonl <<<'{ "code" : "RXX", "n":1.0,"s":"\u00e9" }'
    gives join --on code --kind anti right.jsonl left.jsonl <<<'{"code":"RQQ","n":1e400}'
}

@test "join puts the key of an unmatched RIGHT record under LEFT's name" {
    lines '{"id":1,"code":"A","x":1}' >left.jsonl
    lines '{"org":"B","y":2}' >right.jsonl
    gives join --on code=org --kind full right.jsonl left.jsonl <<'END'
{"id":1,"code":"A","x":1,"y":null,"_missing":{"y":"unmatched"}}
{"id":null,"code":"B","x":null,"_missing":{"id":"unmatched","x":"unmatched"},"y":2}
END
    gives join --on code=org --kind right right.jsonl /dev/null <<<'{"code":"B","y":2}'
}

@test "join copies what it does not change byte for byte" {
    lines '{ "k" : "\u0041" , "n" : 1.0, "long":123456789012345678901234567890 }' >left.jsonl
    lines '{"k":"A", "e" : "\u00e9\/" ,"x":1e400}' >right.jsonl
    gives join --on k right.jsonl left.jsonl <<<'{ "k" : "\u0041" , "n" : 1.0, "long":123456789012345678901234567890 ,"e" : "\u00e9\/","x":1e400}'
}

# --- keys -------------------------------------------------------------------

@test "join writes RIGHT's fields one by one where more than a comma parts them" {
    lines '{"code":"A", "x":1}' >left.jsonl
    lines '{"code" : "A", "a":1,"b": 2,"c":[1, 2] ,"d":null,	"e":"f"}' '{"a":3,"code":"B","b":4,"c":5}' >right.jsonl
    gives join --on code right.jsonl left.jsonl <<<'{"code":"A", "x":1,"a":1,"b": 2,"c":[1, 2],"d":null,"e":"f"}'
    lines '{"code":"B"}' >left.jsonl
    gives join --on code right.jsonl left.jsonl <<<'{"code":"B","a":3,"b":4,"c":5}'
}

@test "join compares keys with their type, strings by their text, numbers by their value" {
    lines '{"k":1,"l":1}' '{"k":"1","l":2}' '{"k":1.0,"l":3}' '{"k":true,"l":4}' '{"k":"true","l":5}' '{"k":"\u0041","l":6}' '{"k":12345678901234567891,"l":7}' >left.jsonl
    lines '{"k":1,"r":"number"}' '{"k":"true","r":"text"}' '{"k":"A","r":"letter"}' '{"k":12345678901234567890,"r":"long"}' >right.jsonl
    gives join --on k right.jsonl left.jsonl <<'END'
{"k":1,"l":1,"r":"number"}
{"k":1.0,"l":3,"r":"number"}
{"k":"true","l":5,"r":"text"}
{"k":"\u0041","l":6,"r":"letter"}
END
}

@test "join compares keys of several parts part by part" {
    lines '{"a":"x\ty","b":"z","l":1}' '{"a":"x","b":"y\tz","l":2}' '{"a":"x","b":null,"l":3}' '{"b":"z","l":4}' >left.jsonl
    lines '{"a":"x","c":"y\tz","r":1}' '{"a":"x","c":null,"r":2}' '{"c":"z","r":3}' >right.jsonl
    gives join --on a,b=c right.jsonl left.jsonl <<<'{"a":"x","b":"y\tz","l":2,"r":1}'
    gives join --on a --on b=c right.jsonl left.jsonl <<<'{"a":"x","b":"y\tz","l":2,"r":1}'
}

@test "join takes a key's name with a comma, an equals sign or a backslash behind a backslash" {
    lines '{"a,b":"1","c=d":"2","l":1}' >left.jsonl
    lines '{"a,b":"1","e\\f":"2","r":1}' >right.jsonl
    gives join --on 'a\,b,c\=d=e\\f' right.jsonl left.jsonl <<<'{"a,b":"1","c=d":"2","l":1,"r":1}'
}

@test "join lets null, absent and empty keys match nothing" {
    lines '{"k":null,"l":1}' '{"k":"","l":2}' '{"l":3}' '{"k":"A","l":4}' >left.jsonl
    lines '{"k":null,"r":1}' '{"k":"","r":2}' '{"r":3}' '{"k":"B","r":4}' >right.jsonl
    gives join --on k --validate 1:1 --kind full right.jsonl left.jsonl <<'END'
{"k":null,"l":1,"r":null,"_missing":{"r":"missing"}}
{"k":"","l":2,"r":null,"_missing":{"r":"blank"}}
{"l":3,"r":null,"_missing":{"r":"absent"}}
{"k":"A","l":4,"r":null,"_missing":{"r":"unmatched"}}
{"k":null,"l":null,"_missing":{"k":"missing","l":"unmatched"},"r":1}
{"k":"","l":null,"_missing":{"l":"unmatched"},"r":2}
{"k":null,"l":null,"_missing":{"k":"absent","l":"unmatched"},"r":3}
{"k":"B","l":null,"_missing":{"l":"unmatched"},"r":4}
END
}

@test "join names a key field that no record has" {
    trusts
    run -0 --separate-stderr join --on cod=code right.jsonl left.jsonl
    assert_equal "$stderr" "join: left.jsonl: field 'cod' is in no record (did you mean 'code'?)"
    run -0 --separate-stderr join --on code=cod right.jsonl left.jsonl
    assert_equal "$stderr" "join: right.jsonl: field 'cod' is in no record (did you mean 'code'?)"
}

@test "join refuses a list as a key without --each, a list on the right side, and an object" {
    lines '{"k":["a"]}' >list.jsonl
    lines '{"k":"a"}' >plain.jsonl
    lines '{"k":{"a":1}}' >object.jsonl
    lines '{"k":[["a"]]}' >nested.jsonl
    fails_with 1 "join: list.jsonl:1: field 'k': a list cannot be a key (see --each)" "$BIN/join" --on k plain.jsonl list.jsonl
    fails_with 1 "join: list.jsonl:1: field 'k': a list cannot be a key on the right side" "$BIN/join" --on k --each rows list.jsonl plain.jsonl
    fails_with 1 "join: object.jsonl:1: field 'k': an object cannot be a key on the right side" "$BIN/join" --on k object.jsonl plain.jsonl
    fails_with 1 "join: object.jsonl:1: field 'k': an object cannot be a key" "$BIN/join" --on k --each rows plain.jsonl object.jsonl
    fails_with 1 "join: nested.jsonl:1: field 'k': an element of a key's list must be a plain value" "$BIN/join" --on k --each rows plain.jsonl nested.jsonl
}

# --- lists ------------------------------------------------------------------

@test "join --each rows gives a record an element" {
    techs
    gives join --on tech --each rows --kind left web.jsonl foi.jsonl <<'END'
{"code":"A","tech":"csharp","licence":"mit"}
{"code":"A","tech":"python","licence":null,"_missing":{"licence":"not_found"}}
{"code":"B","tech":"mumps","licence":null,"_missing":{"licence":"unmatched"}}
{"code":"C","tech":null,"_missing":{"tech":"refused:s12","licence":"refused:s12"},"licence":null}
{"code":"D","tech":[],"licence":null,"_missing":{"licence":"empty"}}
{"code":"E","tech":"mumps","licence":null,"_missing":{"licence":"unmatched"}}
{"code":"E","tech":"python","licence":null,"_missing":{"licence":"not_found"}}
END
}

@test "join --each rows parts the rows by semi and anti" {
    techs
    gives join --on tech --each rows --kind semi web.jsonl foi.jsonl <<'END'
{"code":"A","tech":"csharp"}
{"code":"A","tech":"python"}
{"code":"E","tech":"python"}
END
    gives join --on tech --each rows --kind anti web.jsonl foi.jsonl <<'END'
{"code":"B","tech":"mumps"}
{"code":"C","tech":null,"_missing":{"tech":"refused:s12"}}
{"code":"D","tech":[]}
{"code":"E","tech":"mumps"}
END
}

@test "join --each lists keeps the record and gathers RIGHT's fields, a null for each element not found" {
    techs
    lines '{"tech":"csharp","licence":"mit","tag":["a","b"],"_origin":"web.csv:2"}' '{"tech":"python","licence":"psf","tag":[],"_origin":"web.csv:3"}' >web.jsonl
    gives join --on tech --each lists --kind left web.jsonl foi.jsonl <<'END'
{"code":"A","tech":["csharp","python"],"licence":["mit","psf"],"tag":["a","b"],"_origin":["web.csv:2","web.csv:3"]}
{"code":"B","tech":["mumps"],"licence":null,"tag":null,"_missing":{"licence":"unmatched","tag":"unmatched"}}
{"code":"C","tech":null,"_missing":{"tech":"refused:s12","licence":"refused:s12","tag":"refused:s12"},"licence":null,"tag":null}
{"code":"D","tech":[],"licence":null,"tag":null,"_missing":{"licence":"empty","tag":"empty"}}
{"code":"E","tech":["mumps","python"],"licence":[null,"psf"],"tag":[null],"_origin":["web.csv:3"]}
END
}

@test "join --each lists keeps a reason where nothing was found, and gives lists for a plain key too" {
    techs
    lines '{"code":"A","tech":["python"]}' '{"code":"B","tech":"csharp"}' >foi.jsonl
    gives join --on tech --each lists web.jsonl foi.jsonl <<'END'
{"code":"A","tech":["python"],"licence":null,"_missing":{"licence":"not_found"}}
{"code":"B","tech":"csharp","licence":["mit"]}
END
}

@test "join --each lists parts the records by semi and anti, and full adds what is left of RIGHT" {
    techs
    gives join --on tech --each lists --kind semi web.jsonl foi.jsonl < <(sed -n '1p;5p' foi.jsonl)
    gives join --on tech --each lists --kind anti web.jsonl foi.jsonl < <(sed -n '2,4p' foi.jsonl)
    join --on tech --each lists --kind full web.jsonl foi.jsonl | tail -n 1 >got
    lines '{"code":null,"tech":"mysql","_missing":{"code":"unmatched"},"licence":"gpl"}' | same_as got
}

@test "join takes each combination of the elements of two lists" {
    lines '{"a":["x","y"],"b":["1","2"],"c":"k"}' >left.jsonl
    lines '{"a":"x","b":"2","c":"k","r":1}' '{"a":"y","b":"1","c":"k","r":2}' >right.jsonl
    gives join --on a,b,c --each rows right.jsonl left.jsonl <<'END'
{"a":"x","b":"2","c":"k","r":1}
{"a":"y","b":"1","c":"k","r":2}
END
    gives join --on a,b,c --each lists right.jsonl left.jsonl <<<'{"a":["x","y"],"b":["1","2"],"c":"k","r":[null,1,2,null]}'
}

# --- what both sides have ---------------------------------------------------

@test "join --on-clash says what becomes of a name on both sides" {
    lines '{"k":"A","name":"l","x":1}' '{"k":"B","name":"m"}' >left.jsonl
    lines '{"k":"A","name":"r","y":2}' >right.jsonl
    lines '{"k":"A","name":"l","x":1,"name_right":"r","y":2}' >suffix
    join --on k right.jsonl left.jsonl | same_as suffix
    join --on k --on-clash suffix right.jsonl left.jsonl | same_as suffix
    gives join --on k --on-clash left right.jsonl left.jsonl <<<'{"k":"A","name":"l","x":1,"y":2}'
    gives join --on k --on-clash right right.jsonl left.jsonl <<<'{"k":"A","name":"r","x":1,"y":2}'
    fails_with 1 "join: left.jsonl:1: field 'name': stands on both sides, here and in right.jsonl (see --on-clash)" "$BIN/join" --on k --on-clash error right.jsonl left.jsonl
}

@test "join never gives a suffixed name that is another field's" {
    lines '{"k":"A","x":1,"x_right":2,"x_right_2":3}' >left.jsonl
    lines '{"k":"A","x":4,"x_right_3":5}' '{"k":"B","x_right_4":6}' >right.jsonl
    gives join --on k right.jsonl left.jsonl <<<'{"k":"A","x":1,"x_right":2,"x_right_2":3,"x_right_5":4,"x_right_3":5}'
    # names of the tools, which no unmatched record gets
    lines '{"k":"A","_note":1}' >left.jsonl
    lines '{"k":"A","_note":2,"_note_right":3}' >right.jsonl
    gives join --on k right.jsonl left.jsonl <<<'{"k":"A","_note":1,"_note_right_2":2,"_note_right":3}'
}

@test "join never replaces a key of LEFT" {
    lines '{"code":"A","x":1}' >left.jsonl
    lines '{"org":"A","code":"other"}' >right.jsonl
    gives join --on code=org --on-clash right right.jsonl left.jsonl <<<'{"code":"A","x":1,"code_right":"other"}'
}

@test "join unites reasons, evidence and origins under the names that the fields get" {
    lines '{"k":"A","x":null,"z":1,"_missing":{"x":"not_held"},"_origin":"l.csv:2","_evidence":{"z":["one"]}}' >left.jsonl
    lines '{"k":"A","x":null,"y":null,"_missing":{"x":"blank","y":"refused:s12","k":"odd"},"_origin":"r.csv:3","_evidence":{"x":["a"],"y":["b"]},"_note":1}' >right.jsonl
    gives join --on k right.jsonl left.jsonl <<'END'
{"k":"A","x":null,"z":1,"_missing":{"x":"not_held","x_right":"blank","y":"refused:s12"},"_origin":["l.csv:2","r.csv:3"],"_evidence":{"z":["one"],"x_right":["a"],"y":["b"]},"x_right":null,"y":null,"_note":1}
END
    gives join --on k --on-clash right right.jsonl left.jsonl <<'END'
{"k":"A","x":null,"z":1,"_missing":{"x":"blank","y":"refused:s12"},"_origin":["l.csv:2","r.csv:3"],"_evidence":{"z":["one"],"x":["a"],"y":["b"]},"y":null,"_note":1}
END
    gives join --on k --on-clash left right.jsonl left.jsonl <<'END'
{"k":"A","x":null,"z":1,"_missing":{"x":"not_held","y":"refused:s12"},"_origin":["l.csv:2","r.csv:3"],"_evidence":{"z":["one"],"y":["b"]},"y":null,"_note":1}
END
}

@test "join takes no reason that RIGHT gives for a field of LEFT" {
    lines '{"k":"A","x":1}' >left.jsonl
    lines '{"k":"A","y":2,"_missing":{"x":"absent","w":"absent"}}' >right.jsonl
    gives join --on k right.jsonl left.jsonl <<<'{"k":"A","x":1,"y":2,"_missing":{"w":"absent"}}'
}

@test "join refuses a _missing that is no object of reasons" {
    lines '{"k":"A","_missing":1}' >bad.jsonl
    lines '{"k":"A"}' >good.jsonl
    fails_with 1 "join: bad.jsonl:1: field '_missing': not an object of reasons" "$BIN/join" --on k bad.jsonl good.jsonl
    fails_with 1 "join: bad.jsonl:1: field '_missing': not an object of reasons" "$BIN/join" --on k good.jsonl bad.jsonl
}

@test "join handles empty records" {
    lines '{}' '{ }' >left.jsonl
    lines '{"k":"A","r":1}' >right.jsonl
    run -0 --separate-stderr join --on k --kind left right.jsonl left.jsonl
    assert_output '{"r":null,"_missing":{"r":"absent"}}
{"r":null,"_missing":{"r":"absent"}}'
    assert_equal "$stderr" "join: left.jsonl: field 'k' is in no record"
}

# --- two sources about the same thing ---------------------------------------

# What two sources tell of one body, and of two more that only one knows.
sources() {
    lines '{"k":"A","grant":"yes","n":1.0,"on":"2020-02-01","tech":["a","b"],"_origin":"l.csv:2"}' \
        '{"k":"B","grant":null,"n":2,"on":"2020-02-01","tech":["a"],"_missing":{"grant":"not_held"}}' \
        '{"k":"C","grant":null,"n":2,"on":null,"tech":[],"_missing":{"grant":"not_held"}}' \
        '{"k":"L","grant":"yes","n":null,"on":null,"tech":null,"_missing":{"n":"blank"}}' >left.jsonl
    lines '{"k":"A","grant":"no","n":1,"on":"2020-03-01","tech":["b","a"],"_origin":"r.csv:2"}' \
        '{"k":"B","grant":"no","n":3,"on":"2020-01-31T23:59:59Z","tech":["b","a"]}' \
        '{"k":"C","grant":null,"n":2,"on":null,"tech":null,"_missing":{"grant":"blank","tech":"refused:s12"}}' \
        '{"k":"R","grant":"no","n":null,"on":null,"tech":null,"_missing":{"n":"refused:s12"}}' >right.jsonl
}

@test "join --merge takes one side's values before the other's, and a missing value last" {
    sources
    gives join --on k --kind full --merge '*=left' right.jsonl left.jsonl <<'END'
{"k":"A","grant":"yes","n":1.0,"on":"2020-02-01","tech":["a","b"],"_origin":["l.csv:2","r.csv:2"]}
{"k":"B","grant":"no","n":2,"on":"2020-02-01","tech":["a"]}
{"k":"C","grant":null,"n":2,"on":null,"tech":[],"_missing":{"grant":"not_held"}}
{"k":"L","grant":"yes","n":null,"on":null,"tech":null,"_missing":{"n":"blank"}}
{"k":"R","grant":"no","n":null,"on":null,"tech":null,"_missing":{"n":"refused:s12"}}
END
    gives join --on k --merge '*=right' right.jsonl left.jsonl <<'END'
{"k":"A","grant":"no","n":1.0,"on":"2020-03-01","tech":["a","b"],"_origin":["l.csv:2","r.csv:2"]}
{"k":"B","grant":"no","n":3,"on":"2020-01-31T23:59:59Z","tech":["b","a"]}
{"k":"C","grant":null,"n":2,"on":null,"tech":[],"_missing":{"grant":"not_held"}}
END
}

@test "join --merge agree makes a disagreement null with the reason conflict" {
    sources
    gives join --on k --merge '*=agree' right.jsonl left.jsonl <<'END'
{"k":"A","grant":null,"n":1.0,"on":null,"tech":["a","b"],"_origin":["l.csv:2","r.csv:2"],"_missing":{"grant":"conflict","on":"conflict"}}
{"k":"B","grant":"no","n":null,"on":null,"tech":null,"_missing":{"n":"conflict","on":"conflict","tech":"conflict"}}
{"k":"C","grant":null,"n":2,"on":null,"tech":[],"_missing":{"grant":"not_held"}}
END
}

@test "join --merge union lists the values of both, each once" {
    sources
    gives join --on k --merge '*=union' right.jsonl left.jsonl <<'END'
{"k":"A","grant":["yes","no"],"n":[1.0],"on":["2020-02-01","2020-03-01"],"tech":["a","b"],"_origin":["l.csv:2","r.csv:2"]}
{"k":"B","grant":["no"],"n":[2,3],"on":["2020-02-01","2020-01-31T23:59:59Z"],"tech":["a","b"]}
{"k":"C","grant":null,"n":[2],"on":null,"tech":[],"_missing":{"grant":"not_held"}}
END
}

@test "join --merge newest takes the value of the later date, and none where no date decides" {
    sources
    gives join --on k --merge '*=newest:on' --merge on=left right.jsonl left.jsonl <<'END'
{"k":"A","grant":"no","n":1.0,"on":"2020-02-01","tech":["a","b"],"_origin":["l.csv:2","r.csv:2"]}
{"k":"B","grant":"no","n":2,"on":"2020-02-01","tech":["a"]}
{"k":"C","grant":null,"n":2,"on":null,"tech":[],"_missing":{"grant":"not_held"}}
END
    lines '{"k":"A","x":1,"on":"2020-02-01"}' >left.jsonl
    lines '{"k":"A","x":2,"on":"2020-02-01"}' >right.jsonl
    gives join --on k --merge x=newest:on --merge on=left right.jsonl left.jsonl <<<'{"k":"A","x":null,"on":"2020-02-01","_missing":{"x":"conflict"}}'
    # a side without a date gives way, whichever it is; a time of another zone is the moment that it is
    local ours theirs x
    while IFS='|' read -r ours theirs x; do
        lines "{\"k\":\"A\",\"x\":1,\"on\":$ours}" >left.jsonl
        lines "{\"k\":\"A\",\"x\":2,\"on\":$theirs}" >right.jsonl
        join --on k --merge x=newest:on --merge on=left right.jsonl left.jsonl | jq -c .x >got
        echo "$x" | same_as got
    done <<'END'
"2020-02-01"|null|1
null|"2020-02-01"|2
null|null|null
"2020-02-01"|"2020-02-01T00:00:00"|null
"2020-02-01T00:00:01"|"2020-02-01"|1
"2020-02-01"|"2020-02-01T00:01:00"|2
"2020-02-01T10:00:00Z"|"2020-02-01T11:30:00+02:00"|1
"2020-02-01T10:00:00Z"|"2020-02-01T09:30:00-01:00"|2
"2020-02-01T10:00:00+01:00"|"2020-02-01T09:00:00Z"|null
"2020-02-01T23:59:59"|"2020-02-02"|2
"1969-12-31"|"1970-01-01"|2
"2020-02-01T10:00:00.25Z"|"2020-02-01T10:00:00.3Z"|2
"2020-02-01T10:00:00.000000001"|"2020-02-01T10:00:00"|1
"2020-02-01T10:00:00.5Z"|"2020-02-01T11:00:00.500+01:00"|null
"1969-12-31T23:59:59.9Z"|"1970-01-01T00:00:00Z"|2
END
    lines '{"k":"A","x":2,"on":"31/02/2020"}' >right.jsonl
    fails_with 1 "join: right.jsonl:1: field 'on': not a date as --merge needs it (2020-02-29)" "$BIN/join" --on k --merge x=newest:on right.jsonl left.jsonl
}

@test "join --conflicts lists each disagreement with its key, values, origins, rule and winner" {
    sources
    join --on k --kind full --merge grant=left --merge '*=newest:on' --conflicts conflicts right.jsonl left.jsonl >/dev/null
    lines '{"key":"A","field":"grant","left":"yes","right":"no","left_origin":"l.csv:2","right_origin":"r.csv:2","rule":"left","winner":"left"}' \
        '{"key":"A","field":"on","left":"2020-02-01","right":"2020-03-01","left_origin":"l.csv:2","right_origin":"r.csv:2","rule":"newest:on","winner":"right"}' \
        '{"key":"B","field":"n","left":2,"right":3,"left_origin":"left.jsonl:2","right_origin":"right.jsonl:2","rule":"newest:on","winner":"left"}' \
        '{"key":"B","field":"on","left":"2020-02-01","right":"2020-01-31T23:59:59Z","left_origin":"left.jsonl:2","right_origin":"right.jsonl:2","rule":"newest:on","winner":"left"}' \
        '{"key":"B","field":"tech","left":["a"],"right":["b","a"],"left_origin":"left.jsonl:2","right_origin":"right.jsonl:2","rule":"newest:on","winner":"left"}' | same_as conflicts
}

@test "join --provenance tells which side each merged field came from, and keeps what an earlier join told" {
    sources
    sed -i '1s/}$/,"_provenance":{"old":"left","grant":"both"}}/' left.jsonl
    join --on k --kind full --merge grant=right --merge n=agree --merge tech=union --provenance right.jsonl left.jsonl | jq -c ._provenance >got
    lines '{"old":"left","grant":"right","n":"both","tech":"both"}' '{"grant":"right","n":"none","tech":"both"}' \
        '{"grant":"none","n":"both","tech":"left"}' '{"grant":"left","n":"none","tech":"none"}' '{"grant":"right","n":"none","tech":"none"}' | same_as got
}

@test "join --merge counts for each field in --stats what agreed and what did not" {
    sources
    join --on k --kind full --merge grant=left --merge '*=agree' --stats stats right.jsonl left.jsonl >/dev/null
    run -0 jq -c '.merge|to_entries[]|[.key,.value.agreed,.value.conflicts,.value.left_only,.value.right_only,.value.missing]' stats
    assert_output '["grant",0,1,0,1,1]
["n",2,1,0,0,0]
["on",0,2,0,0,1]
["tech",1,1,1,0,0]'
}

@test "join --merge leaves the names without a rule to --on-clash" {
    lines '{"k":"A","x":1,"y":1}' >left.jsonl
    lines '{"k":"A","x":2,"y":2}' >right.jsonl
    gives join --on k --merge x=right right.jsonl left.jsonl <<<'{"k":"A","x":2,"y":1,"y_right":2}'
    gives join --on k --merge x=right --on-clash left right.jsonl left.jsonl <<<'{"k":"A","x":2,"y":1}'
}

@test "join refuses --merge that is no rule" {
    fails_with 2 "join: option '--merge' takes FIELD=left|right|agree|union|newest:DATEFIELD, not 'x=latest' (try --help)" "$BIN/join" --on k --merge x=latest r
    fails_with 2 "join: option '--merge' takes FIELD=left|right|agree|union|newest:DATEFIELD, not '=left' (try --help)" "$BIN/join" --on k --merge =left r
    fails_with 2 "join: option '--merge' takes FIELD=left|right|agree|union|newest:DATEFIELD, not 'x=newest:' (try --help)" "$BIN/join" --on k --merge x=newest: r
    fails_with 2 "join: option '--merge' names 'x' twice (try --help)" "$BIN/join" --on k --merge x=left --merge x=right r
    fails_with 2 "join: option '--conflicts' needs '--merge' (try --help)" "$BIN/join" --on k --conflicts f r
    fails_with 2 "join: option '--provenance' needs '--merge' (try --help)" "$BIN/join" --on k --provenance r
    fails_with 2 "join: option '--merge' cannot go with '--each lists' (try --help)" "$BIN/join" --on k --merge x=left --each lists r
}

# --- validation -------------------------------------------------------------

@test "join --validate names a key that stands too often, with both lines" {
    lines '{"k":"RYY"}' '' '{"k":"RXX"}' '{"k":"RXX"}' >web.jsonl
    lines '{"k":"RXX"}' >foi.jsonl
    fails_with 1 "join: web.jsonl:4: key 'RXX' seen before at line 3 (use --validate m:m to allow)" "$BIN/join" --on k web.jsonl foi.jsonl
    fails_with 1 "join: web.jsonl:4: key 'RXX' seen before at line 3 (use --validate m:m to allow)" "$BIN/join" --on k --validate m:1 web.jsonl /dev/null
    fails_with 1 "join: web.jsonl:4: key 'RXX' seen before at line 3 (use --validate 1:m to allow)" "$BIN/join" --on k --validate 1:1 web.jsonl /dev/null
    gives join --on k --validate m:m web.jsonl foi.jsonl <<'END'
{"k":"RXX"}
{"k":"RXX"}
END
    gives join --on k --validate 1:m web.jsonl foi.jsonl <<'END'
{"k":"RXX"}
{"k":"RXX"}
END
}

@test "join --validate, asked for, names the key's lines on the left too" {
    lines '{"k":"RXX"}' '{"k":"RXX"}' '{"k":"RYY"}' >web.jsonl
    lines '{"k":"RYY"}' '{"k":["RXX","RYY"]}' '{"k":"RXX"}' >foi.jsonl
    fails_with 1 "join: web.jsonl:2: key 'RXX' seen before at line 1 (use --validate m:m to allow)
join: foi.jsonl:2: key 'RXX' is on the right side more than once
join: foi.jsonl:3: key 'RXX' is on the right side more than once" "$BIN/join" --on k --each rows --validate m:1 web.jsonl foi.jsonl
    fails_with 1 "join: web.jsonl:2: key 'RXX' seen before at line 1 (use --validate m:m to allow)
join: 2 more keys that break --validate (see --max-listed)" "$BIN/join" --on k --each lists --validate m:1 --max-listed 1 web.jsonl foi.jsonl
}

@test "join --validate holds LEFT to one record a key under 1:1 and 1:m" {
    lines '{"k":"A","n":1}' '{"k":"B","n":1}' '{"k":"A","n":1}' >left.jsonl
    lines '{"k":"B"}' >right.jsonl
    run -1 --separate-stderr join --on k --validate 1:1 right.jsonl left.jsonl
    assert_equal "$stderr" "join: left.jsonl:3: key 'A' seen before at line 1 (use --validate m:1 to allow)"
    run -1 --separate-stderr join --on k,n --validate 1:m right.jsonl left.jsonl
    assert_equal "$stderr" "join: right.jsonl: field 'n' is in no record
join: left.jsonl:3: key 'A' + '1' seen before at line 1 (use --validate m:m to allow)"
}

@test "join --validate finds LEFT's second record of a key with and without a partner, whatever holds RIGHT" {
    local way
    awk 'BEGIN { for (i = 1; i <= 3000; i++) printf "{\"k\":\"K%d\",\"r\":\"%s\"}\n", i, "a line long enough to be split off" }' >right.jsonl
    # K7 and K2999 have partners, X has none; K5 has two on the right
    awk 'BEGIN { for (i = 1; i <= 3000; i++) printf "{\"k\":\"K%d\"}\n", i; for (i = 0; i < 2; i++) print "{\"k\":\"X\"}"
        print "{\"k\":\"K7\"}"; print "{\"k\":null}"; print "{\"k\":null}"; print "{\"k\":\"K2999\"}"; print "{\"k\":\"K7\"}" }' >left.jsonl
    for way in '' '--memory 64K'; do
        # shellcheck disable=SC2086 # two words
        run -1 --separate-stderr join --on k --validate 1:1 --kind left $way right.jsonl left.jsonl
        assert_equal "$(sort <<<"$stderr")" "join: left.jsonl:3002: key 'X' seen before at line 3001 (use --validate m:1 to allow)
join: left.jsonl:3003: key 'K7' seen before at line 7 (use --validate m:1 to allow)
join: left.jsonl:3006: key 'K2999' seen before at line 2999 (use --validate m:1 to allow)
join: left.jsonl:3007: key 'K7' seen before at line 7 (use --validate m:1 to allow)"
    done
    lines '{"k":["K1","K2"]}' '{"k":["X","K2"]}' >lists.jsonl
    run -1 --separate-stderr join --on k --each rows --validate 1:1 right.jsonl lists.jsonl
    [[ $stderr == *"lists.jsonl:2: key 'K2' seen before at line 1"* ]]
    echo '{"k":"K5","r":"second"}' >>right.jsonl
    run -1 --separate-stderr join --on k --validate 1:m right.jsonl left.jsonl
    assert_equal "$(grep -c "seen before" <<<"$stderr")" 4
}

@test "join --validate tells all keys that break it, up to --max-listed" {
    lines '{"k":"A"}' '{"k":"A"}' '{"k":"B"}' '{"k":"B"}' '{"k":"A"}' >right.jsonl
    fails_with 1 "join: right.jsonl:2: key 'A' seen before at line 1 (use --validate m:m to allow)
join: right.jsonl:4: key 'B' seen before at line 3 (use --validate m:m to allow)
join: right.jsonl:5: key 'A' seen before at line 1 (use --validate m:m to allow)" "$BIN/join" --on k right.jsonl /dev/null
    fails_with 1 "join: right.jsonl:2: key 'A' seen before at line 1 (use --validate m:m to allow)
join: 2 more keys that break --validate (see --max-listed)" "$BIN/join" --on k --max-listed 1 right.jsonl /dev/null
}

@test "join --validate with --rejects lists what breaks it and goes on with the first" {
    lines '{"k":"A","r":1}' '{"k":"A","r":2}' >right.jsonl
    lines '{"k":"A"}' '{"k":"A"}' >left.jsonl
    run -0 --separate-stderr join --on k --validate 1:1 --rejects bad --stats stats right.jsonl left.jsonl
    assert_output '{"k":"A","r":1}'
    lines '{"program":"join","file":"right.jsonl","line":2,"field":"k","reason":"key '"'A'"' seen before at line 1 (use --validate 1:m to allow)","record":{"k":"A","r":2}}' \
        '{"program":"join","file":"left.jsonl","line":2,"field":"k","reason":"key '"'A'"' seen before at line 1 (use --validate m:1 to allow)","record":{"k":"A"}}' | same_as bad
    run -0 jq -c '[.read,.left_matched,.left_unmatched,.left_rejected,.right_read,.right_matched,.right_unmatched,.right_rejected]' stats
    assert_output '[2,1,0,1,2,1,0,1]'
}

# --- what is left over ------------------------------------------------------

@test "join --unmatched-left and --unmatched-right list what has no partner, with the reason" {
    lines '{"k":"A"}' '{"k":"C"}' '{"k":null,"_missing":{"k":"not_held"}}' '{"x":1}' '{"k":""}' >left.jsonl
    lines '{"k":"A"}' '{"k":"B","r":1}' '{"k":null}' >right.jsonl
    gives join --on k --unmatched-left l --unmatched-right r right.jsonl left.jsonl <<<'{"k":"A"}'
    lines '{"k":"C","_match":{"reason":"unmatched"}}' '{"k":null,"_missing":{"k":"not_held"},"_match":{"reason":"not_held","field":"k"}}' \
        '{"x":1,"_match":{"reason":"absent","field":"k"}}' '{"k":"","_match":{"reason":"blank","field":"k"}}' | same_as l
    lines '{"k":"B","r":1,"_match":{"reason":"unmatched"}}' '{"k":null,"_match":{"reason":"missing","field":"k"}}' | same_as r
}

@test "join --unmatched-left names the elements of a list that have no partner" {
    techs
    join --on tech --each lists --unmatched-left l web.jsonl foi.jsonl >/dev/null
    lines '{"code":"B","tech":["mumps"],"_match":{"reason":"unmatched","elements":["mumps"]}}' \
        '{"code":"C","tech":null,"_missing":{"tech":"refused:s12"},"_match":{"reason":"refused:s12","field":"tech"}}' \
        '{"code":"D","tech":[],"_match":{"reason":"empty","field":"tech"}}' \
        '{"code":"E","tech":["mumps","python"],"_match":{"reason":"unmatched","elements":["mumps"]}}' | same_as l
    join --on tech --each rows --unmatched-left l web.jsonl foi.jsonl >/dev/null
    lines '{"code":"B","tech":"mumps","_match":{"reason":"unmatched"}}' \
        '{"code":"C","tech":null,"_missing":{"tech":"refused:s12"},"_match":{"reason":"refused:s12","field":"tech"}}' \
        '{"code":"D","tech":[],"_match":{"reason":"empty","field":"tech"}}' \
        '{"code":"E","tech":"mumps","_match":{"reason":"unmatched"}}' | same_as l
}

@test "join --require fails if a side is not matched whole, and names the first keys" {
    trusts
    run -1 --separate-stderr join --on code --require left right.jsonl left.jsonl
    assert_equal "$stderr" "join: left.jsonl: 1 key without a match: 'RYY' at line 2 (required by --require left)"
    run -1 --separate-stderr join --on code --require right,left right.jsonl left.jsonl
    assert_equal "$stderr" "join: left.jsonl: 1 key without a match: 'RYY' at line 2 (required by --require left)"
    run -1 --separate-stderr join --on code --require right right.jsonl left.jsonl
    assert_equal "$stderr" "join: right.jsonl: 1 key without a match: 'RZZ' at line 3 (required by --require right)"
    lines '{"k":null}' '{"k":"A"}' '{"k":"B"}' '{"k":"C"}' '{"k":"D"}' '{"k":"E"}' >many.jsonl
    run -1 --separate-stderr join --on k --require left --output out --unmatched-left l /dev/null many.jsonl
    assert_equal "$stderr" "join: many.jsonl: 6 keys without a match: no 'k' at line 1, 'A' at line 2, 'B' at line 3, 'C' at line 4, 'D' at line 5, ... (required by --require left)"
    [ ! -e out ]
    run -0 wc -l <l
    assert_output 6
    run -0 join --on code --require right right.jsonl right.jsonl
    fails_with 2 "join: option '--require' takes left, right or both, not 'up' (try --help)" "$BIN/join" --on k --require left,up right.jsonl
}

@test "join --require takes each element, but no missing answer, for a key that must match" {
    techs
    run -1 --separate-stderr join --on tech --each lists --require left web.jsonl foi.jsonl
    assert_equal "$stderr" "join: foi.jsonl: 2 keys without a match: 'mumps' at line 2, 'mumps' at line 5 (required by --require left)"
    sed -i '/mumps/d' foi.jsonl
    run -0 --separate-stderr join --on tech --each rows --kind semi --require left web.jsonl foi.jsonl
    assert_equal "$stderr" ""
}

@test "join --stats adds up" {
    techs
    join --on tech --each rows --kind full --stats stats web.jsonl foi.jsonl >out
    run -0 jq -c 'del(.program,.version)' stats
    assert_output '{"read":5,"written":8,"rejected":0,"right_read":3,"left_matched":2,"left_unmatched":3,"left_rejected":0,"left_keys":7,"left_keys_unmatched":4,"right_matched":2,"right_unmatched":1,"right_rejected":0,"pairs":3}'
    run -0 wc -l <out
    assert_output 8
}

@test "join -v says what it held and found" {
    trusts
    run -0 --separate-stderr join -v --on code right.jsonl left.jsonl
    assert_equal "$stderr" "join: right.jsonl: 3 records held
join: 2 records matched, 1 unmatched; of RIGHT 2 matched, 1 unmatched"
}

# --- keys that are the same in another way ------------------------------------

@test "join --key-as compares texts whatever their case, or as names of bodies, and keeps both" {
    lines '{"n":"ACME  LTD","l":1}' '{"n":"The Royal Marsden NHSFT","l":2}' '{"n":"Straße","l":3}' '{"n":1,"l":4}' >left.jsonl
    lines '{"n":"Acme Ltd","r":1}' '{"n":"Royal Marsden NHS Foundation Trust","r":2}' '{"n":"STRASSE","r":3}' '{"n":"1","r":4}' >right.jsonl
    run -0 --separate-stderr join --on n --key-as exact right.jsonl left.jsonl
    assert_output ""
    gives join --on n --key-as caseless right.jsonl left.jsonl <<'END'
{"n":"ACME  LTD","l":1,"n_right":"Acme Ltd","r":1}
{"n":"Straße","l":3,"n_right":"STRASSE","r":3}
END
    gives join --on n --key-as organisation --kind left right.jsonl left.jsonl <<'END'
{"n":"ACME  LTD","l":1,"n_right":"Acme Ltd","r":1}
{"n":"The Royal Marsden NHSFT","l":2,"n_right":"Royal Marsden NHS Foundation Trust","r":2}
{"n":"Straße","l":3,"n_right":"STRASSE","r":3}
{"n":1,"l":4,"n_right":null,"r":null,"_missing":{"n_right":"unmatched","r":"unmatched"}}
END
    lines '{"name":"ACME LTD","r":1}' '{"name":"acme ltd","r":2}' >right.jsonl
    fails_with 1 "join: right.jsonl:2: key 'acme ltd' seen before at line 1 (use --validate m:m to allow)" "$BIN/join" --on n=name --key-as caseless right.jsonl left.jsonl
}

@test "join --key-as organisation lets a name without a letter or digit match nothing" {
    lines '{"n":"---"}' >left.jsonl
    lines '{"n":"???"}' >right.jsonl
    run -0 join --on n --key-as organisation right.jsonl left.jsonl
    assert_output ""
}

@test "join --aliases takes accepted pairs for the same key and says so in _match" {
    lines '{"n":"Royal Surrey","l":1}' '{"n":"Kings","l":2}' '{"n":"Guys","l":3}' >left.jsonl
    lines '{"n":"Royal Surrey County Hospital","r":1}' '{"n":"Guys","r":3}' '{"n":"Kings College","r":2}' >right.jsonl
    lines '{"left":"Royal Surrey","right":"Royal Surrey County Hospital","score":0.8,"accept":true}' \
        '{"left":"Kings","right":"Kings College","accept":null}' '{"left":"Guys","right":"Kings College","accept":false}' >pairs.jsonl
    gives join --on n --kind left --aliases pairs.jsonl right.jsonl left.jsonl <<'END'
{"n":"Royal Surrey","l":1,"n_right":"Royal Surrey County Hospital","r":1,"_match":{"alias":"Royal Surrey County Hospital"}}
{"n":"Kings","l":2,"n_right":null,"r":null,"_missing":{"n_right":"unmatched","r":"unmatched"}}
{"n":"Guys","l":3,"n_right":"Guys","r":3}
END
    lines 'Left,Right,score,accept' 'Royal Surrey,Royal Surrey County Hospital,0.8,Yes' 'Kings,Kings College,0.5,' >pairs.csv
    gives join --on n --aliases pairs.csv right.jsonl left.jsonl <<'END'
{"n":"Royal Surrey","l":1,"n_right":"Royal Surrey County Hospital","r":1,"_match":{"alias":"Royal Surrey County Hospital"}}
{"n":"Guys","l":3,"n_right":"Guys","r":3}
END
}

@test "join --aliases works on the elements of lists, and keeps what _match told before" {
    lines '{"id":1,"n":["a","b"],"_match":{"old":1,"alias":"x"}}' >left.jsonl
    lines '{"n":"A","r":1,"_match":2}' '{"n":"b","r":2,"_match":3}' >right.jsonl
    lines '{"left":"a","right":"A","accept":true}' >pairs.jsonl
    gives join --on n --each rows --aliases pairs.jsonl right.jsonl left.jsonl <<'END'
{"id":1,"n":"a","_match":{"old":1,"alias":"A"},"n_right":"A","r":1,"_match_right":2}
{"id":1,"n":"b","_match":{"old":1,"alias":"x"},"n_right":"b","r":2,"_match_right":3}
END
    gives join --on n --each lists --aliases pairs.jsonl right.jsonl left.jsonl <<'END'
{"id":1,"n":["a","b"],"_match":{"old":1,"elements":[{"key":"a","alias":"A"}]},"n_right":["A","b"],"r":[1,2]}
END
}

@test "join --aliases refuses a file that is not what it must be" {
    lines '{"n":"a"}' >left.jsonl
    lines '{"left":"a","right":"A","accept":"perhaps"}' >pairs.jsonl
    fails_with 1 "join: pairs.jsonl:1: field 'accept': 'perhaps' is neither true nor false" "$BIN/join" --on n --aliases pairs.jsonl left.jsonl left.jsonl
    lines '{"left":"a","right":"A","accept":true}' '{"left":"a","right":"B","accept":"y"}' >pairs.jsonl
    fails_with 1 "join: pairs.jsonl:2: 'a' is accepted for 'B', and for 'A' at line 1" "$BIN/join" --on n --aliases pairs.jsonl left.jsonl left.jsonl
    lines '{"left":"a","accept":true}' >pairs.jsonl
    fails_with 1 "join: pairs.jsonl:1: field 'right': is missing" "$BIN/join" --on n --aliases pairs.jsonl left.jsonl left.jsonl
    lines '{"left":' >pairs.jsonl
    fails_with 1 "join: pairs.jsonl:1:9: the line ends inside the object" "$BIN/join" --on n --aliases pairs.jsonl left.jsonl left.jsonl
    lines 'left,right' 'a,A' >pairs.csv
    fails_with 1 "join: pairs.csv:1: no column 'accept'" "$BIN/join" --on n --aliases pairs.csv left.jsonl left.jsonl
    lines 'left,right,accept' 'a,A,yes,x' >pairs.csv
    fails_with 1 "join: pairs.csv:2: 4 cells, but the first row names 3 columns" "$BIN/join" --on n --aliases pairs.csv left.jsonl left.jsonl
}

# --- succession -----------------------------------------------------------------

# Two trusts merged into a third in two steps; a fourth will change later.
merged_trusts() {
    lines 'Predecessor,Successor,Effective date' 'RAA,RBB,2017-10-01' 'RBB,RCC,20191001' 'RDD,RCC,2020-04-01' 'REE,RFF,2030-01-01' >steps.csv
    lines '{"code":"RCC","name":"City"}' '{"code":"REE","name":"East"}' >roster.jsonl
    lines '{"code":"RAA","grant":"yes"}' '{"code":"REE","grant":"no"}' '{"code":"RDD","grant":"no"}' >foi.jsonl
}

@test "join --succession walks each body to what it had become, and tells the path in _match" {
    merged_trusts
    gives join --on code --kind left --succession steps.csv --as-at 2020-03-31 roster.jsonl foi.jsonl <<'END'
{"code":"RAA","grant":"yes","code_right":"RCC","name":"City","_match":{"path":["RAA","RBB","RCC"],"as_at":"2020-03-31"}}
{"code":"REE","grant":"no","code_right":"REE","name":"East"}
{"code":"RDD","grant":"no","code_right":null,"name":null,"_missing":{"code_right":"unmatched","name":"unmatched"}}
END
    gives join --on code --kind left --succession steps.csv --as-at 2018-01-01 roster.jsonl foi.jsonl <<'END'
{"code":"RAA","grant":"yes","code_right":null,"name":null,"_missing":{"code_right":"unmatched","name":"unmatched"}}
{"code":"REE","grant":"no","code_right":"REE","name":"East"}
{"code":"RDD","grant":"no","code_right":null,"name":null,"_missing":{"code_right":"unmatched","name":"unmatched"}}
END
    gives join --on code --succession steps.csv --as-at 2020-03-31 foi.jsonl roster.jsonl <<'END'
{"code":"RCC","name":"City","code_right":"RAA","grant":"yes","_match":{"right_path":["RAA","RBB","RCC"],"as_at":"2020-03-31"}}
{"code":"REE","name":"East","code_right":"REE","grant":"no"}
END
}

@test "join --succession takes the steps as JSON Lines too" {
    merged_trusts
    join --on code --succession steps.csv --as-at 2020-03-31 roster.jsonl foi.jsonl >expected
    lines '{"predecessor":"RAA","successor":"RBB","effective_date":"2017-10-01"}' '{"predecessor":"RBB","successor":"RCC","effective_date":"20191001"}' >steps.jsonl
    join --on code --succession steps.jsonl --as-at 2020-03-31 roster.jsonl foi.jsonl | same_as expected
}

@test "join --succession does not let two answers of one body pass unless --on-merge says whose stay" {
    merged_trusts
    fails_with 1 "join: foi.jsonl:3: key 'RDD' and key 'RAA' at line 1 are one body by 2020-04-01 (see --on-merge)" \
        "$BIN/join" --on code --succession steps.csv --as-at 2020-04-01 foi.jsonl roster.jsonl
    run -1 --separate-stderr join --on code --on-merge error --succession steps.csv --as-at 2020-04-01 roster.jsonl foi.jsonl
    assert_equal "$stderr" "join: foi.jsonl:3: key 'RDD' and key 'RAA' at line 1 are one body by 2020-04-01 (see --on-merge)"
}

@test "join --on-merge keeps the first, the last or both, on either side, and tells it" {
    merged_trusts
    local as=(--succession steps.csv --as-at 2020-04-01)
    run -0 --separate-stderr join --on code --kind semi --on-merge first "${as[@]}" --stats stats roster.jsonl foi.jsonl
    assert_output '{"code":"RAA","grant":"yes"}
{"code":"REE","grant":"no"}'
    assert_equal "$stderr" "join: foi.jsonl:3: key 'RDD' and key 'RAA' at line 1 are one body by 2020-04-01 (the first is kept)"
    run -0 jq -c '[.read,.left_matched,.left_unmatched,.left_rejected,.left_merged]' stats
    assert_output '[3,2,0,0,1]'
    run -0 --separate-stderr join --on code --kind semi --on-merge last "${as[@]}" roster.jsonl foi.jsonl
    assert_output '{"code":"REE","grant":"no"}
{"code":"RDD","grant":"no"}'
    assert_equal "$stderr" "join: foi.jsonl:3: key 'RDD' and key 'RAA' at line 1 are one body by 2020-04-01 (the last is kept)"
    run -0 --separate-stderr join --on code --kind semi --on-merge both "${as[@]}" roster.jsonl foi.jsonl
    assert_output "$(cat foi.jsonl)"
    assert_equal "$stderr" "join: foi.jsonl:3: key 'RDD' and key 'RAA' at line 1 are one body by 2020-04-01 (both are kept)"
    run -0 --separate-stderr join --on code --on-merge first "${as[@]}" --merged m --stats stats foi.jsonl roster.jsonl
    assert_equal "$stderr" ""
    assert_output '{"code":"RCC","name":"City","code_right":"RAA","grant":"yes","_match":{"right_path":["RAA","RBB","RCC"],"as_at":"2020-04-01"}}
{"code":"REE","name":"East","code_right":"REE","grant":"no"}'
    lines '{"side":"right","body":"RCC","as_at":"2020-04-01","key":"RDD","line":3,"other_key":"RAA","other_line":1,"rule":"first"}' | same_as m
    run -0 jq -c '[.right_read,.right_matched,.right_unmatched,.right_rejected,.right_merged]' stats
    assert_output '[3,2,0,0,1]'
    run -0 join --on code --on-merge last "${as[@]}" --merged m --stats stats foi.jsonl roster.jsonl
    assert_line --index 0 '{"code":"RCC","name":"City","code_right":"RDD","grant":"no","_match":{"right_path":["RDD","RCC"],"as_at":"2020-04-01"}}'
    run -0 jq -c '[.right_read,.right_matched,.right_unmatched,.right_rejected,.right_merged]' stats
    assert_output '[3,2,0,0,1]'
    run -0 join --on code --on-merge both "${as[@]}" --merged m foi.jsonl roster.jsonl
    assert_equal "${#lines[@]}" 3
}

@test "join --decisions says what a conflict comes to, with its type, and tells rows that fit nothing" {
    lines '{"k":"A","n":1.0,"s":"x","l":["a","b"]}' '{"k":"B","n":2,"s":"x"}' >left.jsonl
    lines '{"k":"A","n":3,"s":"y","l":["c"]}' '{"k":"B","n":5,"s":"x"}' >right.jsonl
    printf '%s\n' kind,reply,field,value,text 'merge,A,n,4.50,"1.0' '3"' 'merge,A,s,4,"x' 'y"' 'merge,A,l,a|d\|e,"a' b 'c"' \
        'merge,B,n,2-3,"2' '5"' 'merge,B,s,y,"x' 'y"' 'codes,A,s,y,' >d.csv
    run -0 --separate-stderr join --on k --merge '*=union' --decisions d.csv --stats stats right.jsonl left.jsonl
    assert_output '{"k":"A","n":4.50,"s":"4","l":["a","d|e"]}
{"k":"B","n":"2-3","s":["x"]}'
    assert_equal "$stderr" "join: d.csv:11: the sides do not differ there (it is not used)"
    run -0 jq -c '[.decisions,.decisions_changed,.decisions_not_used,.decisions_of_others]' stats
    assert_output '[5,4,1,1]'
    printf '%s\n' kind,reply,field,value merge,A,n, >none.csv
    fails_with 1 "join: none.csv:2: no value" "$BIN/join" --on k --merge '*=left' --decisions none.csv right.jsonl left.jsonl
    fails_with 2 "join: option '--decisions' needs '--merge' (try --help)" "$BIN/join" --on k --decisions d.csv right.jsonl left.jsonl
}

@test "join --decisions says which of two keys of a body keeps its records, whatever --on-merge, and either side" {
    merged_trusts
    local as=(--on code --succession steps.csv --as-at 2020-04-01) rule
    printf '%s\n' kind,reply,field,value,text 'merged,RDD,RCC,RDD,"RDD' 'RAA"' >d.csv
    for rule in error first last both; do
        run -0 --separate-stderr join "${as[@]}" --kind semi --on-merge $rule --decisions d.csv --stats stats roster.jsonl foi.jsonl
        assert_output '{"code":"REE","grant":"no"}
{"code":"RDD","grant":"no"}'
        assert_equal "$stderr" ""
        assert_equal "$(jq -c '[.read,.left_matched,.left_merged]' stats)" '[3,2,1]'
        run -0 join "${as[@]}" --on-merge $rule --decisions d.csv foi.jsonl roster.jsonl
        assert_line --index 0 --regexp '"code_right":"RDD","grant":"no"'
        assert_equal "${#lines[@]}" 2
    done
    sed -i 's/RCC,RDD/RCC,both/' d.csv
    run -0 join "${as[@]}" --kind semi --on-merge error --decisions d.csv roster.jsonl foi.jsonl
    assert_output "$(cat foi.jsonl)"
    sed -i 's/RCC,both/RCC,RXX/' d.csv
    fails_with 1 "join: d.csv:2: 'RXX' is neither of the two keys, nor 'both'" "$BIN/join" "${as[@]}" --decisions d.csv roster.jsonl foi.jsonl
}

@test "join --on-merge tells at most --max-listed on standard error" {
    lines 'predecessor,successor,effective_date' 'A,Z,2020-01-01' 'B,Z,2020-01-01' 'C,Z,2020-01-01' >steps.csv
    lines '{"k":"A"}' '{"k":"B"}' '{"k":"C"}' >left.jsonl
    lines '{"k":"Z"}' >right.jsonl
    run -0 --separate-stderr join --on k --kind semi --on-merge both --max-listed 1 --succession steps.csv --as-at 2020-01-01 right.jsonl left.jsonl
    assert_equal "$stderr" "join: left.jsonl:2: key 'B' and key 'A' at line 1 are one body by 2020-01-01 (both are kept)
join: 1 more keys on the left side are one body with another (see --max-listed)"
}

@test "join --succession still holds each key to --validate" {
    merged_trusts
    lines '{"code":"RAA","grant":"no"}' >>foi.jsonl
    fails_with 1 "join: foi.jsonl:4: key 'RAA' seen before at line 1 (use --validate m:m to allow)" \
        "$BIN/join" --on code --on-merge both --merged m --succession steps.csv --as-at 2020-04-01 foi.jsonl roster.jsonl
}

@test "join --succession refuses a body with two successors unless --on-split says which" {
    lines 'predecessor,successor,effective_date' 'A,C,2011-01-01' 'A,B,2010-01-01' >steps.csv
    lines '{"k":"A"}' >left.jsonl
    lines '{"k":"B"}' '{"k":"C"}' >right.jsonl
    local as=(--succession steps.csv --as-at 2020-01-01)
    fails_with 1 "join: steps.csv:3: 'A' has a second successor by 2020-01-01: 'B', after 'C' at line 2 (see --on-split)" "$BIN/join" --on k "${as[@]}" right.jsonl left.jsonl
    fails_with 1 "join: steps.csv:3: 'A' has a second successor by 2020-01-01: 'B', after 'C' at line 2 (see --on-split)" "$BIN/join" --on k --on-split error "${as[@]}" right.jsonl left.jsonl
    gives join --on k --on-split first "${as[@]}" right.jsonl left.jsonl <<<'{"k":"A","k_right":"B","_match":{"path":["A","B"],"as_at":"2020-01-01"}}'
    gives join --on k --on-split last "${as[@]}" right.jsonl left.jsonl <<<'{"k":"A","k_right":"C","_match":{"path":["A","C"],"as_at":"2020-01-01"}}'
    gives join --on k --succession steps.csv --as-at 2010-06-30 right.jsonl left.jsonl <<<'{"k":"A","k_right":"B","_match":{"path":["A","B"],"as_at":"2010-06-30"}}'
    # of one day, as the file lists them
    lines 'predecessor,successor,effective_date' 'A,C,2010-01-01' 'A,B,2010-01-01' >steps.csv
    gives join --on k --on-split first "${as[@]}" right.jsonl left.jsonl <<<'{"k":"A","k_right":"C","_match":{"path":["A","C"],"as_at":"2020-01-01"}}'
    gives join --on k --on-split last "${as[@]}" right.jsonl left.jsonl <<<'{"k":"A","k_right":"B","_match":{"path":["A","B"],"as_at":"2020-01-01"}}'
}

@test "join --succession refuses a body that becomes itself unless --on-cycle says where it ends" {
    lines 'predecessor,successor,effective_date' 'A,B,2010-01-01' 'B,C,2011-01-01' 'C,A,2012-01-01' >steps.csv
    lines '{"k":"B"}' >left.jsonl
    lines '{"k":"A"}' >right.jsonl
    local as=(--succession steps.csv --as-at 2020-01-01)
    fails_with 1 "join: steps.csv:2: a body becomes itself by 2020-01-01: 'A' > 'B' > 'C' > 'A' (see --on-cycle)" "$BIN/join" --on k "${as[@]}" right.jsonl left.jsonl
    gives join --on k --on-cycle latest "${as[@]}" right.jsonl left.jsonl <<<'{"k":"B","k_right":"A","_match":{"path":["B","C","A"],"as_at":"2020-01-01"}}'
    gives join --on k --succession steps.csv --as-at 2011-06-01 right.jsonl left.jsonl <<<'{"k":"B","k_right":"A","_match":{"path":["B","C"],"right_path":["A","B","C"],"as_at":"2011-06-01"}}'
    lines 'predecessor,successor,effective_date' 'A,A,2010-01-01' >steps.csv
    fails_with 1 "join: steps.csv:2: a body becomes itself by 2020-01-01: 'A' > 'A' (see --on-cycle)" "$BIN/join" --on k --on-cycle error "${as[@]}" right.jsonl left.jsonl
}

@test "join --succession refuses a file or a date that is not what it must be" {
    merged_trusts
    local as=(--succession steps.csv --as-at 2020-01-01)
    lines 'predecessor,successor,effective_date' 'A,B,1/1/2010' >steps.csv
    fails_with 1 "join: steps.csv:2: field 'effective_date': '1/1/2010' is not a date as 2020-04-01 or 20200401" "$BIN/join" --on code "${as[@]}" roster.jsonl foi.jsonl
    lines 'predecessor,successor,effective_date' 'A,,2010-01-01' >steps.csv
    fails_with 1 "join: steps.csv:2: field 'successor': is missing" "$BIN/join" --on code "${as[@]}" roster.jsonl foi.jsonl
    lines 'from,successor,effective_date' 'A,B,2010-01-01' >steps.csv
    fails_with 1 "join: steps.csv:1: no column 'predecessor'" "$BIN/join" --on code "${as[@]}" roster.jsonl foi.jsonl
    fails_with 2 "join: option '--as-at' takes a date as 2020-04-01, not 'today' (try --help)" "$BIN/join" --on code --succession steps.csv --as-at today roster.jsonl foi.jsonl
    fails_with 2 "join: option '--succession' needs '--as-at' (try --help)" "$BIN/join" --on code --succession steps.csv roster.jsonl foi.jsonl
    fails_with 2 "join: option '--as-at' needs '--succession' (try --help)" "$BIN/join" --on code --as-at 2020-01-01 roster.jsonl foi.jsonl
    fails_with 2 "join: option '--on-merge' needs '--succession' (try --help)" "$BIN/join" --on code --on-merge first roster.jsonl foi.jsonl
    fails_with 2 "join: option '--on-split' needs '--succession' (try --help)" "$BIN/join" --on code --on-split first roster.jsonl foi.jsonl
    fails_with 2 "join: option '--on-cycle' needs '--succession' (try --help)" "$BIN/join" --on code --on-cycle latest roster.jsonl foi.jsonl
    fails_with 2 "join: option '--merged' needs '--succession' (try --help)" "$BIN/join" --on code --merged m roster.jsonl foi.jsonl
    fails_with 2 "join: option '--succession' cannot go with '--each' (try --help)" "$BIN/join" --on code --each rows "${as[@]}" roster.jsonl foi.jsonl
}

# --- sorted sides -----------------------------------------------------------------

@test "join --sorted gives the same pairs, an unmatched RIGHT record at its place in the order" {
    lines '{"k":null,"l":0}' '{"k":"A","l":1}' '{"k":"B","l":2}' '{"k":"B","l":3}' '{"k":"D","l":4}' >left.jsonl
    lines '{"k":"","r":0}' '{"k":"B","r":1}' '{"k":"B","r":2}' '{"k":"C","r":3}' '{"k":"E","r":4}' >right.jsonl
    gives join --on k --sorted --validate m:m --kind full --unmatched-right u --stats stats right.jsonl left.jsonl <<'END'
{"k":"","r":0}
{"k":null,"l":0,"r":null,"_missing":{"r":"missing"}}
{"k":"A","l":1,"r":null,"_missing":{"r":"unmatched"}}
{"k":"B","l":2,"r":1}
{"k":"B","l":2,"r":2}
{"k":"B","l":3,"r":1}
{"k":"B","l":3,"r":2}
{"k":"C","l":null,"_missing":{"l":"unmatched"},"r":3}
{"k":"D","l":4,"r":null,"_missing":{"r":"unmatched"}}
{"k":"E","l":null,"_missing":{"l":"unmatched"},"r":4}
END
    run -0 jq -c '[.read,.left_matched,.left_unmatched,.right_read,.right_matched,.right_unmatched,.pairs]' stats
    assert_output '[5,2,3,5,2,3,4]'
    lines '{"k":"","r":0,"_match":{"reason":"blank","field":"k"}}' '{"k":"C","r":3,"_match":{"reason":"unmatched"}}' '{"k":"E","r":4,"_match":{"reason":"unmatched"}}' | same_as u
}

@test "join --sorted orders false, true, numbers by size and strings by bytes, part by part" {
    lines '{"a":false,"b":1}' '{"a":true,"b":1}' '{"a":9,"b":2}' '{"a":10,"b":1}' '{"a":10,"b":2}' '{"a":"10","b":1}' '{"a":"9","b":1}' '{"a":"Z","b":1}' '{"a":"a","b":1}' '{"a":"é","b":1}' >left.jsonl
    join --on a,b --sorted left.jsonl left.jsonl | same_as left.jsonl
}

@test "join --sorted names a key out of order, on either side" {
    lines '{"k":"A"}' '{"k":"C"}' '{"k":"B"}' >wrong.jsonl
    lines '{"k":"A"}' '{"k":"B"}' '{"k":"C"}' >right.jsonl
    run -1 --separate-stderr join --on k --sorted wrong.jsonl right.jsonl
    assert_equal "$stderr" "join: wrong.jsonl:3: key 'B' comes after 'C' at line 2 (--sorted needs keys in order)"
    run -1 --separate-stderr join --on k --sorted right.jsonl wrong.jsonl
    assert_equal "$stderr" "join: wrong.jsonl:3: key 'B' comes after 'C' at line 2 (--sorted needs keys in order)"
    run -0 --separate-stderr join --on k --sorted --rejects bad --stats stats wrong.jsonl right.jsonl
    assert_output '{"k":"A"}
{"k":"C"}'
    run -0 jq -c '[.read,.left_rejected,.right_read,.right_matched,.right_rejected]' stats
    assert_output '[3,0,3,2,1]'
}

@test "join --sorted holds the sides to --validate, and a repeated key without a partner too" {
    lines '{"k":"A"}' '{"k":"A"}' '{"k":"B"}' >twice.jsonl
    lines '{"k":"B"}' >once.jsonl
    run -1 --separate-stderr join --on k --sorted twice.jsonl once.jsonl
    assert_equal "$stderr" "join: twice.jsonl:2: key 'A' seen before at line 1 (use --validate m:m to allow)"
    run -1 --separate-stderr join --on k --sorted --validate 1:1 once.jsonl twice.jsonl
    assert_equal "$stderr" "join: twice.jsonl:2: key 'A' seen before at line 1 (use --validate m:1 to allow)"
}

@test "join --sorted cannot go with what needs all of RIGHT" {
    fails_with 2 "join: option '--sorted' cannot go with '--each', '--aliases' or '--succession' (try --help)" "$BIN/join" --on k --sorted --each rows r
    fails_with 2 "join: option '--sorted' cannot go with '--each', '--aliases' or '--succession' (try --help)" "$BIN/join" --on k --sorted --aliases a r
}

@test "join fails if one of its lists cannot be written" {
    trusts
    lines '{"code":"RXX","name":"South"}' >other.jsonl
    for list in --unmatched-left --unmatched-right; do
        run -1 --separate-stderr join --on code $list /dev/full -o out right.jsonl left.jsonl
        assert_equal "$stderr" "join: cannot write /dev/full: No space left on device"
        [ ! -e out ]
    done
    run -1 --separate-stderr join --on code --merge name=left --conflicts /dev/full -o out other.jsonl left.jsonl
    assert_equal "$stderr" "join: cannot write /dev/full: No space left on device"
    [ ! -e out ]
    run -1 --separate-stderr join --on code --unmatched-left nowhere/list right.jsonl left.jsonl
    assert_equal "$stderr" "join: cannot write nowhere/list: No such file or directory"
}

# --- usage ------------------------------------------------------------------

@test "join refuses wrong usage" {
    trusts
    fails_with 2 "join: option '--on' is required (try --help)" "$BIN/join" right.jsonl
    fails_with 2 "join: RIGHT and at most one LEFT file are required (try --help)" "$BIN/join" --on k
    fails_with 2 "join: RIGHT and at most one LEFT file are required (try --help)" "$BIN/join" --on k a b c
    fails_with 2 "join: standard input cannot be both sides (try --help)" "$BIN/join" --on k -
    fails_with 2 "join: standard input cannot be both sides (try --help)" "$BIN/join" --on k - -
    fails_with 2 "join: option '--on' takes FIELD[=RIGHT][,...], not '=b' (try --help)" "$BIN/join" --on a,=b right.jsonl
    fails_with 2 "join: option '--on' takes FIELD[=RIGHT][,...], not '' (try --help)" "$BIN/join" --on a, right.jsonl
    fails_with 2 "join: option '--on' names 'a' twice (try --help)" "$BIN/join" --on a,a=b right.jsonl
    fails_with 2 "join: option '--kind' takes inner|left|right|full|semi|anti, not 'outer' (try --help)" "$BIN/join" --on a --kind outer right.jsonl
    fails_with 1 "join: nowhere.jsonl: No such file or directory" "$BIN/join" --on a nowhere.jsonl left.jsonl
}

@test "join takes RIGHT from standard input and LEFT from a file" {
    trusts
    join --on code right.jsonl left.jsonl >expected
    join --on code - left.jsonl <right.jsonl | same_as expected
}

@test "join names the file and line of a broken line on either side" {
    trusts
    lines '{"k":1}' '{"k":' >broken.jsonl
    fails_with 1 "join: broken.jsonl:2:6: the line ends inside the object" "$BIN/join" --on k broken.jsonl left.jsonl
    run -1 --separate-stderr join --on k=code right.jsonl broken.jsonl
    assert_equal "$stderr" "join: broken.jsonl:2:6: the line ends inside the object"
}

# --- other people's documented examples ---------------------------------------------

# Miller holds its left file (-f) and streams the other: the streamed one is LEFT here.

@test "join gives what Miller documents for unsorted input (Questions about joins)" {
    lines '{"hostname":"nadir.east.our.org","ipaddr":"10.3.1.18"}' '{"hostname":"zenith.west.our.org","ipaddr":"10.3.1.27"}' \
        '{"hostname":"apoapsis.east.our.org","ipaddr":"10.4.5.94"}' >names.jsonl
    local ip
    for ip in 27:4568 18:8729 94:17445 27:12 18:44558 94:8899 27:0 18:73425 94:12200; do
        case $ip in 94:*) net=10.4.5 ;; *) net=10.3.1 ;; esac
        lines "{\"ipaddr\":\"$net.${ip%%:*}\",\"bytes\":${ip##*:}}"
    done >traffic.jsonl
    join --on ipaddr names.jsonl traffic.jsonl | jq -r '[.ipaddr,.hostname,.bytes]|join(" ")' >got
    run -0 cat got
    assert_output '10.3.1.27 zenith.west.our.org 4568
10.3.1.18 nadir.east.our.org 8729
10.4.5.94 apoapsis.east.our.org 17445
10.3.1.27 zenith.west.our.org 12
10.3.1.18 nadir.east.our.org 44558
10.4.5.94 apoapsis.east.our.org 8899
10.3.1.27 zenith.west.our.org 0
10.3.1.18 nadir.east.our.org 73425
10.4.5.94 apoapsis.east.our.org 12200'
    # Miller's -s drops seven of the nine pairs without a word when the input is not sorted
    run -1 --separate-stderr join --on ipaddr --sorted names.jsonl traffic.jsonl
    assert_equal "$stderr" "join: traffic.jsonl:2: key '10.3.1.18' comes after '10.3.1.27' at line 1 (--sorted needs keys in order)"
}

@test "join gives what Miller documents for SQL's inner, left, right and full joins (Questions about joins)" {
    lines '{"a":"a","b":"t","c":1}' '{"a":"b","b":"u","c":2}' '{"a":"c","b":"v","c":3}' >x.jsonl
    lines '{"e":"a","f":"t","g":3}' '{"e":"b","f":"u","g":2}' '{"e":"d","f":"w","g":1}' >y.jsonl
    sheet() {
        join --on a=e "$@" y.jsonl x.jsonl | jq -r '[.a,.b,.c,.f,.g]|map(.//"")|join(",")' >got
    }
    sheet --kind inner
    lines a,t,1,t,3 b,u,2,u,2 | same_as got
    sheet --kind left
    lines a,t,1,t,3 b,u,2,u,2 c,v,3,, | same_as got
    sheet --kind right
    lines a,t,1,t,3 b,u,2,u,2 d,,,w,1 | same_as got
    sheet --kind full # Miller writes the unpaired of the held side last
    lines a,t,1,t,3 b,u,2,u,2 c,v,3,, d,,,w,1 | same_as got
}

@test "join keeps Miller's documented unpaired records rectangular, without unsparsify" {
    lines '{"id":3,"code":"0000ff"}' '{"id":2,"code":"00ff00"}' '{"id":4,"code":"ff0000"}' >codes.jsonl
    lines '{"id":4,"color":"red"}' '{"id":2,"color":"green"}' >names.jsonl
    gives join --on id --kind left names.jsonl codes.jsonl <<'END'
{"id":3,"code":"0000ff","color":null,"_missing":{"color":"unmatched"}}
{"id":2,"code":"00ff00","color":"green"}
{"id":4,"code":"ff0000","color":"red"}
END
}

@test "join gives what Miller documents for two joins in a row (Questions about joins)" {
    lines '{"id":10,"task":"chop"}' '{"id":20,"task":"puree"}' '{"id":20,"task":"wash"}' '{"id":30,"task":"fold"}' >input.jsonl
    lines '{"id":30,"name":"Alice"}' '{"id":10,"name":"Bob"}' '{"id":20,"name":"Carol"}' >name.jsonl
    lines '{"id":30,"status":"occupied"}' '{"id":10,"status":"idle"}' '{"id":20,"status":"idle"}' >status.jsonl
    join --on id name.jsonl input.jsonl | join --on id status.jsonl >got
    lines '{"id":10,"task":"chop","name":"Bob","status":"idle"}' '{"id":20,"task":"puree","name":"Carol","status":"idle"}' \
        '{"id":20,"task":"wash","name":"Carol","status":"idle"}' '{"id":30,"task":"fold","name":"Alice","status":"occupied"}' | same_as got
}

@test "join loses no column where Miller documents that names collide (Questions about joins)" {
    lines '{"t":1740000000,"min":37.2,"max":37.6}' '{"t":1740000060,"min":37.5,"max":37.7}' '{"t":1740000120,"min":37.8,"max":38.0}' >temp.jsonl
    lines '{"t":1740000000,"min":50.1,"max":50.5}' '{"t":1740000120,"min":52.3,"max":52.7}' >humidity.jsonl
    lines '{"t":1740000000,"min":1012.2,"max":1012.4}' '{"t":1740000060,"min":1011.8,"max":1012.0}' '{"t":1740000120,"min":1011.5,"max":1011.7}' >pressure.jsonl
    join --on t temp.jsonl pressure.jsonl | join --on t humidity.jsonl >got
    lines '{"t":1740000000,"min":1012.2,"max":1012.4,"min_right":37.2,"max_right":37.6,"min_right_2":50.1,"max_right_2":50.5}' \
        '{"t":1740000120,"min":1011.5,"max":1011.7,"min_right":37.8,"max_right":38.0,"min_right_2":52.3,"max_right_2":52.7}' | same_as got
}

@test "join gives the pairs that Miller documents for a file joined with itself (reference-verbs)" {
    lines '{"a":1,"b":2,"c":3}' '{"a":1,"b":4,"c":5}' >self.jsonl
    join --on a --validate m:m self.jsonl self.jsonl | jq -c '[.a,.b,.c,.b_right,.c_right]' >got
    lines '[1,2,3,2,3]' '[1,2,3,4,5]' '[1,4,5,2,3]' '[1,4,5,4,5]' | same_as got
}

@test "join takes fields that come and go, and a record without the key is left over" {
    lines '{"k":"A","x":1}' '{"y":2}' '{"k":"B","z":{"deep":[1]}}' '{"k":"C"}' >left.jsonl
    lines '{"k":"B","p":1}' '{"k":"A","q":[1,2]}' '{"r":true}' >right.jsonl
    gives join --on k --kind full right.jsonl left.jsonl <<'END'
{"k":"A","x":1,"q":[1,2]}
{"y":2,"p":null,"q":null,"r":null,"_missing":{"p":"absent","q":"absent","r":"absent"}}
{"k":"B","z":{"deep":[1]},"p":1}
{"k":"C","p":null,"q":null,"r":null,"_missing":{"p":"unmatched","q":"unmatched","r":"unmatched"}}
{"k":null,"x":null,"y":null,"z":null,"_missing":{"k":"absent","x":"unmatched","y":"unmatched","z":"unmatched"},"r":true}
END
}

# Cities and places of xsv's tests (BurntSushi/xsv, tests/test_join.rs).
cities() {
    lines '{"city":"Boston","state":"MA"}' '{"city":"New York","state":"NY"}' '{"city":"San Francisco","state":"CA"}' '{"city":"Buffalo","state":"NY"}' >cities.jsonl
    lines '{"city":"Boston","place":"Logan Airport"}' '{"city":"Boston","place":"Boston Garden"}' '{"city":"Buffalo","place":"Ralph Wilson Stadium"}' '{"city":"Orlando","place":"Disney World"}' >places.jsonl
}

@test "join gives the rows of xsv's inner, left, right and full joins" {
    cities
    sheet() {
        join --on city --validate 1:m "$@" places.jsonl cities.jsonl | jq -r '[.city,.state,.place]|map(.//"")|join(",")' >got
    }
    lines 'Boston,MA,Logan Airport' 'Boston,MA,Boston Garden' 'Buffalo,NY,Ralph Wilson Stadium' >inner
    sheet
    same_as inner <got
    sheet --kind left
    lines 'Boston,MA,Logan Airport' 'Boston,MA,Boston Garden' 'New York,NY,' 'San Francisco,CA,' 'Buffalo,NY,Ralph Wilson Stadium' | same_as got
    sheet --kind right
    { cat inner && echo 'Orlando,,Disney World'; } | same_as got
    sheet --kind full
    lines 'Boston,MA,Logan Airport' 'Boston,MA,Boston Garden' 'New York,NY,' 'San Francisco,CA,' 'Buffalo,NY,Ralph Wilson Stadium' 'Orlando,,Disney World' | same_as got
}

@test "join gives the rows of xsv's join on two columns in another order" {
    lines '{"a":"1","b":"2"}' '{"a":"3","b":"4"}' '{"a":"5","b":"6"}' >a.jsonl
    lines '{"c":"2","d":"1"}' '{"c":"4","d":"3"}' '{"c":"6","d":"5"}' >b.jsonl
    join --on a=d,b=c b.jsonl a.jsonl | same_as a.jsonl
}

@test "join leaves xsv's empty fields out, and lists them" {
    lines '{"k":"","l":1}' '{"k":"x","l":2}' >left.jsonl
    lines '{"k":"","r":1}' '{"k":"x","r":2}' >right.jsonl
    gives join --on k --unmatched-left u right.jsonl left.jsonl <<<'{"k":"x","l":2,"r":2}'
    lines '{"k":"","l":1,"_match":{"reason":"blank","field":"k"}}' | same_as u
}

# --- real data ---------------------------------------------------------------------

@test "join finds the 236 trusts of the hospitality study, and names the eight left over" {
    needs_data coi-2017
    "$BIN/fromcsv" "$DATA/coi-2017/trusts.csv" >trusts.jsonl
    "$BIN/fromcsv" "$DATA/coi-2017/responses.csv" >responses.jsonl
    join --on org_code --validate 1:1 --require right --unmatched-left left --stats stats responses.jsonl trusts.jsonl >matched
    run -0 wc -l <matched
    assert_output 236
    jq -r .org_code left | sort >eight
    run -0 cat eight
    assert_output "$(lines R1G RAN RFW RJD RJX RQF RT4 RYT)"
    run -0 jq -c '[.read,.left_matched,.left_unmatched,.right_read,.right_matched,.right_unmatched]' stats
    assert_output '[244,236,8,236,236,0]'
}

# --- properties ---------------------------------------------------------------------

# Two sides of up to 40 records with keys that repeat, differ in type only, are
# empty, null or absent, made from SEED by a generator of its own (Park and Miller
# 1988), so that they are the same wherever the tests run.
generate() { # SEED
    awk -v seed="$1" '
        function next_random(n) { seed = seed * 16807 % 2147483647; return seed % n }
        function side(name, file,   i, n, k) {
            printf "" >file
            n = next_random(41)
            for (i = 0; i < n; i++) {
                k = keys[next_random(count)]
                printf "{%s\"%s\":%d}\n", k, name, i >file
            }
        }
        BEGIN {
            count = split("a|b|\\u0061|c d|\303\251|\\u00e9|1", texts, "|")
            for (i in texts) keys[i - 1] = "\"k\":\"" texts[i] "\","
            keys[count++] = "\"k\":1,"; keys[count++] = "\"k\":1.0,"; keys[count++] = "\"k\":2,"
            keys[count++] = "\"k\":true,"; keys[count++] = "\"k\":null,"; keys[count++] = "\"k\":\"\","; keys[count++] = ""
            side("l", "left.jsonl"); side("r", "right.jsonl")
        }'
}

# The pairs of line numbers that a nested loop finds.
pairs_by_jq() {
    jq -nc --slurpfile l left.jsonl --slurpfile r right.jsonl '
        def key: if .k == null or .k == "" then empty else .k end;
        $l[] as $a | $r[] as $b | select([$a | key] == [$b | key] and ([$a | key] != [])) | [$a.l, $b.r]' | sort
}

numbers() { # of the records on standard input, as pairs
    jq -c '[.l,.r]' | sort
}

@test "join finds the pairs that a nested loop finds, and every kind is made of the same parts" {
    local seed
    for seed in 1 2 3 4 5 6 7 8 9 10 11 12; do
        generate "$seed"
        local on=(--on k --validate m:m)
        pairs_by_jq >pairs
        join "${on[@]}" right.jsonl left.jsonl 2>/dev/null | numbers >inner
        diff pairs inner
        join "${on[@]}" --kind semi right.jsonl left.jsonl >semi 2>/dev/null
        join "${on[@]}" --kind anti right.jsonl left.jsonl >anti 2>/dev/null
        # semi and anti together are LEFT, byte for byte
        diff <(sort left.jsonl) <(sort semi anti)
        join "${on[@]}" --kind left --unmatched-left over_left --unmatched-right over_right right.jsonl left.jsonl 2>/dev/null | numbers >left
        join "${on[@]}" --kind right right.jsonl left.jsonl 2>/dev/null | numbers >right
        join "${on[@]}" --kind full right.jsonl left.jsonl 2>/dev/null | numbers >full
        # left is inner and the unmatched of LEFT, full is left and the unmatched of RIGHT
        diff <(sort <(cat inner) <(numbers <over_left)) left
        diff <(sort <(cat inner) <(numbers <over_right)) right
        diff <(sort <(cat left) <(numbers <over_right)) full
        diff <(jq -c .l anti | sort) <(jq -c .l over_left | sort)
    done
}

@test "join gives the same for shuffled input, up to its order" {
    local seed
    for seed in 21 22 23 24 25 26; do
        generate "$seed"
        join --on k --validate m:m --kind full right.jsonl left.jsonl 2>/dev/null | jq -cS . | sort >straight
        tac left.jsonl >turned_left
        { sed -n 'n;p' right.jsonl && sed -n 'p;n' right.jsonl; } >turned_right
        join --on k --validate m:m --kind full turned_right turned_left 2>/dev/null | jq -cS . | sort >turned
        diff straight turned
    done
}

@test "join --sorted gives the same records as without, for every kind" {
    local seed kind
    for seed in 31 32 33 34 35 36; do
        generate "$seed"
        for side in left right; do
            jq -sc 'sort_by(.k)[]' $side.jsonl >$side.sorted
        done
        for kind in inner left right full semi anti; do
            join --on k --validate m:m --kind $kind --stats held.json right.sorted left.sorted 2>/dev/null | numbers >held
            join --on k --validate m:m --kind $kind --sorted --stats sorted.json right.sorted left.sorted 2>/dev/null | numbers >sorted
            diff held sorted
            diff held.json sorted.json
        done
    done
}

@test "join's counts add up for every kind" {
    local seed kind sum
    for seed in 41 42 43; do
        generate "$seed"
        for kind in inner left right full semi anti; do
            join --on k --validate m:m --kind $kind --stats stats right.jsonl left.jsonl >out 2>/dev/null
            case $kind in
            inner) sum='.pairs' ;;
            left) sum='.pairs + .left_keys_unmatched' ;;
            right) sum='.pairs + .right_unmatched' ;;
            full) sum='.pairs + .left_keys_unmatched + .right_unmatched' ;;
            semi) sum='.left_keys - .left_keys_unmatched' ;;
            anti) sum='.left_keys_unmatched' ;;
            esac
            run -0 jq -c --argjson lines "$(wc -l <out)" "[.written == \$lines, .written == ($sum), .read == .left_matched + .left_unmatched + .left_rejected, .right_read == .right_matched + .right_unmatched + .right_rejected]" stats
            assert_output '[true,true,true,true]'
        done
    done
}

@test "join --aliases takes the pairs of decisions.csv, the later row about a pair, and none turned down" {
    echo '{"k":"Bar","v":1}' >right
    printf '%s\n' '{"k":"Foo"}' '{"k":"Baz"}' >left
    printf '%s\n' kind,text,was,value,field match,Foo,Bar,,k match,Foo,Bar,Bar,k match,Baz,Bar,,k cluster,Foo,x,x,k >decisions.csv
    run -0 bash -c '"$1/join" --on k --kind left --aliases decisions.csv right left | jq -c "[.k, .v]"' - "$BIN"
    assert_output '["Foo",1]
["Baz",null]'
    printf '%s\n' kind,text,was,value,field match,Foo,Bar,Bar,k match,Foo,Other,Other,k >decisions.csv
    fails_with 1 "join: decisions.csv:3: 'Foo' is accepted for 'Other', and for 'Bar'" "$BIN/join" --on k --aliases decisions.csv right left
    printf '%s\n' kind,text,was,value,field match,Foo,Bar,Bar,k match,,Bar,Bar,k >decisions.csv
    fails_with 1 "join: decisions.csv:3: no text, which is the left name" "$BIN/join" --on k --aliases decisions.csv right left
}

@test "join gives nobody a record of RIGHT that it rejects" {
    lines '{"k":"A","x":1,"_missing":3}' '{"k":{},"x":2}' '{"k":"B","x":3}' >right.jsonl
    lines '{"k":"A"}' '{"k":"B"}' >left.jsonl
    run -0 --separate-stderr "$BIN/join" --on k --kind full --rejects bad --stats stats right.jsonl left.jsonl
    assert_output '{"k":"A","x":null,"_missing":{"x":"unmatched"}}
{"k":"B","x":3}'
    run -0 jq -c '[.right_read,.right_matched,.right_unmatched,.right_rejected,.left_matched,.left_unmatched]' stats
    assert_output '[3,1,0,2,1,1]'
    assert_equal "$(jq -c .line bad | paste -s -d,)" 1,2
}

@test "join counts the records of both sides in what it says of rejected ones" {
    printf 'x\n{"k":1}\ny\n' >right.jsonl
    printf '{"k":1}\n' >left.jsonl
    run -0 --separate-stderr "$BIN/join" --on k right.jsonl left.jsonl --rejects bad.jsonl
    assert_output '{"k":1}'
    assert_equal "$stderr" "join: 2 of 4 records rejected (see bad.jsonl)"
}
