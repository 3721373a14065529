#!/usr/bin/env bats
# What a program was told to find and no record has is told at the end, and fails under --strict.
# normalise's part stands in normalise.bats.
load helper

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    printf '%s\n' '{"trust":"T1","grant":"yes","gde":true,"n":1}' \
        '{"trust":"T2","grant":"no","gde":false,"n":2}' >in
}

# tells MESSAGES COMMAND...: status 0 and the messages; status 1 and one more under --strict.
tells() {
    local messages=$1
    shift
    run -0 --separate-stderr "$@" --stats stats.json
    assert_equal "$stderr" "$messages"
    [[ $(cat stats.json) == *"\"not_found\":$(wc -l <<<"$messages")"* ]]
    run -1 --separate-stderr "$@" --strict -o out
    assert_equal "$stderr" "$messages
$(basename "$1"): not found: $(wc -l <<<"$messages") of what was asked for, which --strict does not allow"
    [ ! -e out ]
}

# finds COMMAND...: nothing to tell, whether --strict or not.
finds() {
    run -0 --separate-stderr "$@" --strict --stats stats.json
    assert_equal "$stderr" ""
    [[ $(cat stats.json) != *not_found* ]]
}

@test "tabulate tells fields of its options that no record has, with the nearest" {
    tells "tabulate: field 'grnat' is in no record (did you mean 'grant'? see --field)
tabulate: field 'gd' is in no record (did you mean 'gde'? see --by)
tabulate: field 'xyzzy' is in no record (see --unit)" "$BIN/tabulate" --field grnat --by gd --unit xyzzy in
    finds "$BIN/tabulate" --field grant --by gde --unit trust in
}

@test "tabulate tells values of --where that no record has, whatever their type" {
    tells "tabulate: value 'Yes' of field 'grant' is in no record that was looked at (did you mean 'yes'? see --where)" \
        "$BIN/tabulate" --field gde --where grant=Yes in
    finds "$BIN/tabulate" --field trust --where grant=yes --where n=1 --where gde=true in
    # the field is told, and not its values too
    tells "tabulate: field 'grnt' is in no record (did you mean 'grant'? see --where)" \
        "$BIN/tabulate" --field gde --where grnt=yes in
}

@test "tabulate tells what a plan names, with the table" {
    cat >plan.json <<'END'
{"public":["trust","bodi"],
 "tables":[{"id":"t1","field":"grant","values":["yes","noo","maybe"],"where":{"n":["1",2,1]}},
           {"id":"t2","field":"grunt","by":"gde"},
           {"id":"t3","field":"trust","values":["X","Y"]}]}
END
    # n is 1, not "1"; "maybe" has a row of zeros and is near nothing; trust is neither X nor Y
    tells "tabulate: plan.json: table 't1': value 'noo' of field 'grant' is in no record that was looked at (did you mean 'no'?)
tabulate: plan.json: table 't1': value '\"1\"' of field 'n' is in no record that was looked at (did you mean '1'?)
tabulate: plan.json: table 't2': field 'grunt' is in no record (did you mean 'grant'?)
tabulate: plan.json: table 't3': value 'X' of field 'trust' is in no record that was looked at
tabulate: plan.json: table 't3': value 'Y' of field 'trust' is in no record that was looked at
tabulate: plan.json: field 'bodi' is in no record" \
        "$BIN/tabulate" -p plan.json in
    echo '{"tables":[{"id":"t","field":"grant","by":"gde","values":["no","yes"],"groups":[true,false],"where":{"n":[1,2]}}]}' >plan.json
    finds "$BIN/tabulate" -p plan.json in
}

@test "chisq, cluster, tocsv, deadline and kappa tell fields that no record has" {
    tells "chisq: field 'gred' is in no record (did you mean 'gde'? see --by)" "$BIN/chisq" --field grant --by gred in
    tells "cluster: field 'trst' is in no record (did you mean 'trust'? see --field)" "$BIN/cluster" --field trst in
    tells "tocsv: field 'trst' is in no record (did you mean 'trust'? see --fields)" "$BIN/tocsv" -f trst,n in
    tells "kappa: field 'grunt' is in no record (did you mean 'grant'? see --coders)" "$BIN/kappa" --by trust --coders grant,grunt in
    echo '{"sent":"2020-02-03","got":"2020-02-04"}' >days
    tells "deadline: field 'recieved' is in no record (see --to)" "$BIN/deadline" --from sent --to recieved days
    finds "$BIN/deadline" --from sent --to got days
}

@test "join and match tell key fields that a side does not have" {
    echo '{"trust":"T1","name":"One"}' >right
    tells "join: right: field 'trst' is in no record (did you mean 'trust'?)" "$BIN/join" --on trust=trst right in
    tells "join: in: field 'trst' is in no record (did you mean 'trust'?)" "$BIN/join" --on trst=trust right in
    tells "match: field 'nmae' is in no record (did you mean 'name'? see --field)" "$BIN/match" --field trust=nmae right in
    finds "$BIN/join" --on trust right in
}

@test "join tells a key that is there with another type" {
    printf '%s\n' '{"n":"1","r":"a"}' '{"n":"2","r":"b"}' >right
    tells "join: right: key '1' stands there with another type, and 1 is not \"1\" (see normalise)" "$BIN/join" --on n right in
    tells "join: in: key '\"1\"' stands there with another type, and 1 is not \"1\" (see normalise)" "$BIN/join" --on n in right
    printf '%s\n' '{"t":"T2","n":"2","y":"2020"}' >right
    printf '%s\n' '{"t":"T2","n":"2","y":2020}' >left
    tells "join: right: key '[\"T2\",\"2\",2020]' stands there with another type, and 1 is not \"1\" (see normalise)" "$BIN/join" --on t,n,y right left
    # keys that are just not there
    printf '%s\n' '{"n":3,"r":"a"}' >right
    finds "$BIN/join" --on n right in
}

@test "what was asked for is told for 20 things, and the rest by number" {
    fields=$(seq -f 'f%g' -s , 30)
    run -0 --separate-stderr "$BIN/tocsv" -f "$fields" in
    assert_equal "$(wc -l <<<"$stderr")" 21
    assert_equal "$(tail -n 1 <<<"$stderr")" "tocsv: 10 more were not found"
}

@test "nothing is told of fields where no record came" {
    run -0 --separate-stderr "$BIN/tabulate" --field x --where y=1 --strict /dev/null
    assert_equal "$stderr" ""
}
