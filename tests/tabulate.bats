#!/usr/bin/env bats
# tabulate: counts, bases, percentages and intervals. Expected counts are counted by hand from the
# records in each test; intervals are from the sources named beside them.
load helper

tabulate() {
    "$BIN/tabulate" "$@"
}

# The columns that a test is about, a line a cell, from the cells on standard input.
show() {
    jq -r "[$1] | map(tostring) | join(\" \")"
}

plan() {
    cat >plan.json
}

# 12 trusts: 10 with an answer (6 yes, 4 no), 2 without; 5 funded.
trusts() {
    cat <<'END'
{"code":"A","gde":true,"grant":"yes"}
{"code":"B","gde":true,"grant":"no"}
{"code":"C","gde":true,"grant":"yes"}
{"code":"D","gde":true,"grant":"yes"}
{"code":"E","gde":true,"grant":null,"_missing":{"grant":"refused:s12"}}
{"code":"F","gde":false,"grant":"no"}
{"code":"G","gde":false,"grant":"no"}
{"code":"H","gde":false,"grant":"yes"}
{"code":"I","gde":false,"grant":"no"}
{"code":"J","gde":false,"grant":"yes"}
{"code":"K","gde":false,"grant":"yes"}
{"code":"L","gde":false,"grant":null,"_missing":{"grant":"not_held"}}
END
}

@test "tabulate counts the values of a field, with the base, the total and the missing answers" {
    trusts | tabulate --field grant | show .table,.title,.kind,.field,.value,.by,.group,.n,.base,.percent,.multiple >got
    cat >expected <<'END'
grant null cell grant yes null null 6 10 60 false
grant null cell grant no null null 4 10 40 false
grant null total grant null null null 10 10 100 false
grant null missing grant refused:s12 null null 1 null null false
grant null missing grant not_held null null 1 null null false
END
    same_as expected <got
}

@test "tabulate writes the keys of a cell in the order of the contract" {
    echo '{"a":"x"}' | tabulate --field a | head -n 1 | jq -c 'keys_unsorted' >got
    echo '["table","title","kind","field","value","by","group","n","base","percent","low","high","multiple"]' >expected
    same_as expected <got
}

@test "tabulate gives each group its own base, and a total that counts every record once" {
    trusts | tabulate --field grant --by gde | show .kind,.value,.group,.n,.base,.percent >got
    cat >expected <<'END'
cell yes true 3 4 75
cell yes false 3 6 50
cell no true 1 4 25
cell no false 3 6 50
total null true 4 4 100
total null false 6 6 100
total null null 10 10 100
missing refused:s12 true 1 null null
missing not_held false 1 null null
END
    same_as expected <got
}

@test "tabulate makes Wilson intervals in percent, at full precision" {
    # 18/20: .6989663547715128 to .972133518786232; 4/20: .0806576625797981 to .4160174322518935; 0/30: 0 to .11351339
    # (Wilson 1927; R 4.2.2, binom::binom.confint(x, n, methods = "wilson"))
    interval() {
        awk -v yes="$1" -v n="$2" 'BEGIN { for (i = 1; i <= n; i++) print (i <= yes ? "{\"a\":1}" : "{\"a\":0}") }'
    }
    plan <<<'{"tables":[{"field":"a","values":[1,0]}]}'
    near='def near($x): (. / $x - 1 | fabs) < 1e-12;'
    interval 18 20 | tabulate -p plan.json | head -n 1 >got
    jq -e "$near"' (.low | near(69.89663547715128)) and (.high | near(97.2133518786232))' got
    interval 4 20 | tabulate -p plan.json | head -n 1 >got
    jq -e "$near"' (.low | near(8.06576625797981)) and (.high | near(41.60174322518935))' got
    interval 0 30 | tabulate -p plan.json | head -n 1 >got
    jq -e '.n == 0 and .percent == 0 and .low == 0 and (.high - 11.351339 | fabs) < 1e-6' got
    interval 30 30 | tabulate -p plan.json | head -n 1 >got
    jq -e '.n == 30 and .high == 100 and (.low - 88.648661 | fabs) < 1e-6' got
}

@test "tabulate takes the interval and the confidence from the plan" {
    # 18/20 exact: .6830172859809176 to .9876514728297052 (Clopper & Pearson 1934; R 4.2.2, binom.test(18, 20))
    awk 'BEGIN { for (i = 1; i <= 20; i++) print (i <= 18 ? "{\"a\":1}" : "{\"a\":0}") }' >in
    plan <<<'{"tables":[{"field":"a","interval":"clopper-pearson"}]}'
    tabulate -p plan.json in | head -n 1 | jq -e '(.low / 68.30172859809176 - 1 | fabs) < 1e-9 and (.high / 98.76514728297052 - 1 | fabs) < 1e-9'
    plan <<<'{"tables":[{"field":"a","interval":"none"}]}'
    tabulate -p plan.json in | head -n 1 | jq -e '.percent == 90 and .low == null and .high == null'
    # 4/20, Agresti & Coull 1998, in R 4.2.2: z <- qnorm(.975); n <- 20 + z^2; p <- (4 + z^2/2) / n; p -+ z * sqrt(p*(1-p)/n)
    awk 'BEGIN { for (i = 1; i <= 20; i++) print (i <= 4 ? "{\"a\":1}" : "{\"a\":0}") }' >few
    plan <<<'{"tables":[{"field":"a","interval":"agresti-coull"}]}'
    tabulate -p plan.json few | head -n 1 | jq -e '(.low / 7.491151027670712 - 1 | fabs) < 1e-12 and (.high / 42.176358455498453 - 1 | fabs) < 1e-12'
    # 4/20, R 4.2.2: qbeta(c(.025, .975), 4.5, 16.5)
    plan <<<'{"tables":[{"field":"a","interval":"jeffreys"}]}'
    tabulate -p plan.json few | head -n 1 | jq -e '(.low / 7.1520052478730722 - 1 | fabs) < 1e-9 and (.high / 40.822576251692555 - 1 | fabs) < 1e-9'
    # 18/20 at 99%, Wilson 1927 eq. in R 4.2.2: z <- qnorm(.995); (p + z^2/2/n -+ z * sqrt(p*(1-p)/n + z^2/4/n^2)) / (1 + z^2/n)
    plan <<<'{"confidence":0.99,"tables":[{"field":"a"}]}'
    tabulate -p plan.json in | head -n 1 | jq -e '(.low / 62.0502213471296 - 1 | fabs) < 1e-12 and (.high / 98.0213465649701 - 1 | fabs) < 1e-12'
}

@test "tabulate writes zero cells for listed values and groups, and never drops one that is not listed" {
    plan <<<'{"tables":[{"id":"t","field":"a","by":"g","values":["maybe","yes"],"groups":["south","north"]}]}'
    printf '%s\n' '{"a":"no","g":"north"}' '{"a":"yes","g":"east"}' | tabulate -p plan.json | show .kind,.value,.group,.n,.base,.percent >got
    cat >expected <<'END'
cell maybe south 0 0 null
cell maybe north 0 1 0
cell maybe east 0 1 0
cell yes south 0 0 null
cell yes north 0 1 0
cell yes east 1 1 100
cell no south 0 0 null
cell no north 1 1 100
cell no east 0 1 0
total null south 0 0 null
total null north 1 1 100
total null east 1 1 100
total null null 2 2 100
END
    same_as expected <got
}

@test "tabulate shows the labels of the plan's values" {
    plan <<<'{"tables":[{"field":"a","by":"g","values":[{"value":1,"label":"Yes"},0],"groups":[{"value":"n","label":"North"}]}]}'
    echo '{"a":0,"g":"n"}' | tabulate -p plan.json | show .kind,.value,.label,.group,.group_label,.n >got
    cat >expected <<'END'
cell 1 Yes n North 0
cell 0 null n North 1
total null null n North 1
total null null null null 1
END
    same_as expected <got
}

@test "tabulate counts each value of a list once a record, as percent of cases" {
    cat >in <<'END'
{"t":["python","sql","python"]}
{"t":["sql"]}
{"t":[]}
{"t":"r"}
{"t":null,"_missing":{"t":"refused:s43"}}
{"t":[null,"sql"]}
{"t":[null]}
END
    tabulate --field t --stats stats.json in | show .kind,.value,.n,.base,.percent,.multiple >got
    cat >expected <<'END'
cell python 1 5 20 true
cell sql 3 5 60 true
cell r 1 5 20 true
total null 5 5 100 true
missing refused:s43 1 null null true
missing missing 1 null null true
END
    same_as expected <got
    # a null beside other answers is not an answer, and not lost either
    jq -e '.null_items == 1 and .tables == 1 and .read == 7' stats.json
}

@test "tabulate puts a record with a list of groups into each, and into the whole once" {
    cat >in <<'END'
{"a":"yes","g":["north","south"]}
{"a":"no","g":["south"]}
{"a":"no","g":[]}
{"a":"no","g":null}
{"a":null,"g":[],"_missing":{"a":"blank"}}
END
    tabulate --field a --by g in | show .kind,.field,.value,.group,.n,.base,.by_multiple >got
    cat >expected <<'END'
cell a yes north 1 1 true
cell a yes south 1 2 true
cell a no north 0 1 true
cell a no south 1 2 true
total a null north 1 1 true
total a null south 2 2 true
total a null null 3 3 true
missing g missing null 2 null true
END
    same_as expected <got
}

@test "tabulate lists a record whose group is missing under the group's field" {
    cat >in <<'END'
{"a":"yes","g":"north"}
{"a":"yes","g":null,"_missing":{"g":"unmatched"}}
{"a":null,"g":null,"_missing":{"g":"unmatched","a":"blank"}}
{"a":"yes"}
END
    tabulate --field a --by g in | show .kind,.field,.value,.group,.n,.base >got
    cat >expected <<'END'
cell a yes north 1 1
total a null north 1 1
total a null null 1 1
missing g unmatched null 2 null
missing g absent null 1 null
END
    same_as expected <got
}

@test "tabulate puts missing answers into the base where the plan includes them" {
    plan <<<'{"tables":[{"field":"grant","by":"gde","missing":"include"}]}'
    trusts | tabulate -p plan.json | show .kind,.value,.group,.n,.base,.percent >got
    cat >expected <<'END'
cell yes true 3 5 60
cell yes false 3 7 42.857142857142854
cell no true 1 5 20
cell no false 3 7 42.857142857142854
total null true 5 5 100
total null false 7 7 100
total null null 12 12 100
missing refused:s12 true 1 null null
missing not_held false 1 null null
END
    same_as expected <got
}

@test "tabulate keeps the types of values apart, and the ways to write a number together" {
    cat >in <<'END'
{"a":1}
{"a":"1"}
{"a":true}
{"a":"true"}
{"a":1.0}
{"a":10e-1}
{"a":"\u0031"}
{"a":0.50}
{"a":-0}
{"a":0}
{"a":123456789012345678901234567890}
END
    tabulate --field a in | grep '"kind":"cell"' | sed 's/.*"value":\(.*\),"by".*"n":\([0-9]*\),.*/\1 \2/' >got
    cat >expected <<'END'
1 3
"1" 2
true 1
"true" 1
0.5 1
0 2
1.2345678901234567890123456789e29 1
END
    same_as expected <got
}

@test "tabulate keeps records with one of the values of where, matched with their type" {
    cat >in <<'END'
{"a":"x","k":1}
{"a":"x","k":"1"}
{"a":"x","k":true}
{"a":"x","k":null}
{"a":"x"}
{"a":"x","k":["z","1"]}
{"a":"x","k":[]}
END
    count() {
        plan <<<'{"tables":[{"field":"a","where":'"$1"'}]}'
        assert_equal "$(tabulate -p plan.json in | jq 'select(.kind == "total").n')" "$2"
    }
    count '{"k":[1]}' 1
    count '{"k":["1"]}' 2
    count '{"k":"1"}' 2
    count '{"k":["1",1]}' 3
    count '{"k":true}' 1
    count '{"k":null}' 2
    count '{"k":[null,"1"]}' 4
    count '{"k":{"not":["1"]}}' 5
    count '{"k":{"not":"1"}}' 5
    count '{"k":{"not":null}}' 5
    count '{"k":{"not":[null,"1",1]}}' 2
    count '{"k":["1"],"a":["x"]}' 2
    count '{"k":["1"],"a":["y"]}' 0
}

@test "tabulate takes --where from the command line as string and as literal" {
    cat >in <<'END'
{"a":"x","k":1,"b":"t"}
{"a":"x","k":"1","b":"t"}
{"a":"x","k":true,"b":"f"}
{"a":"x","k":"true","b":"t"}
{"a":"x","k":null,"b":"t"}
{"a":"x","k":"null","b":"f"}
END
    total() {
        tabulate --field a "$@" in | jq 'select(.kind == "total").n'
    }
    assert_equal "$(total --where k=1)" 2
    assert_equal "$(total --where k=true)" 2
    assert_equal "$(total --where k=null)" 2
    assert_equal "$(total --where k=1 --where k=true)" 4
    assert_equal "$(total --where k=1 --where k=true --where b=t)" 3
    assert_equal "$(total --where k=)" 0
}

@test "tabulate counts distinct units, each once a cell" {
    cat >in <<'END'
{"org":"A","a":"yes","g":"n"}
{"org":"A","a":"yes","g":"n"}
{"org":"A","a":"no","g":"n"}
{"org":"B","a":"yes","g":"n"}
{"org":"B","a":null,"g":"n"}
{"org":"C","a":null,"g":"s","_missing":{"a":"blank"}}
{"org":"C","a":null,"g":"s","_missing":{"a":"blank"}}
{"org":null,"a":"yes","g":"s"}
END
    tabulate --field a --unit org in | show .kind,.field,.value,.n,.base,.multiple >got
    # B's missing answer is not listed: B has answered elsewhere. A has both values, so rows overlap.
    cat >expected <<'END'
cell a yes 2 2 true
cell a no 1 2 true
total a null 2 2 true
missing a blank 1 null true
missing org missing 1 null true
END
    same_as expected <got
    plan <<<'{"tables":[{"field":"a","by":"g","unit":"org","missing":"include"}]}'
    tabulate -p plan.json in | show .kind,.field,.value,.group,.n,.base >got
    cat >expected <<'END'
cell a yes n 2 2
cell a yes s 0 1
cell a no n 1 2
cell a no s 0 1
total a null n 2 2
total a null s 1 1
total a null null 3 3
missing a blank s 1 null
missing org missing null 1 null
END
    same_as expected <got
    # in each of two layers a unit has one value, and one unit has values in both: nothing overlaps
    printf '%s\n' '{"org":"A","a":"x","s":1}' '{"org":"B","a":"x","s":2}' '{"org":"A","a":"y","s":2}' >in
    plan <<<'{"tables":[{"field":"a","unit":"org","strata":"s"}]}'
    tabulate -p plan.json in | show .stratum,.kind,.value,.n,.base,.multiple >got
    cat >expected <<'END'
1 cell x 1 1 false
1 cell y 0 1 false
1 total null 1 1 false
2 cell x 1 2 false
2 cell y 1 2 false
2 total null 2 2 false
END
    same_as expected <got
}

@test "tabulate gives percentages of rows, columns, the total and responses together" {
    # 3 1 / 3 3 with columns of 6 and 4: by hand
    plan <<<'{"tables":[{"field":"grant","by":"gde","values":["yes"],"percent":["row","total","column"]}]}'
    trusts | tabulate -p plan.json | head -n 1 | jq -c '[.value,.group,.n,.of,.base,.percent],(.shares[] | [.of,.base,.percent,(.low == null)])' >got
    cat >expected <<'END'
["yes",true,3,"row",6,50]
["total",10,30,false]
["column",4,75,false]
END
    same_as expected <got
    plan <<<'{"tables":[{"field":"t","percent":["responses","cases"]}]}'
    printf '%s\n' '{"t":["a","b"]}' '{"t":["a"]}' '{"t":["a","c"]}' |
        tabulate -p plan.json | jq -c '[.kind,.value,.n,.of,.base,.percent,.low,.shares[0].of,.shares[0].base,.shares[0].percent]' >got
    cat >expected <<'END'
["cell","a",3,"responses",5,60,null,"column",3,100]
["cell","b",1,"responses",5,20,null,"column",3,33.333333333333336]
["cell","c",1,"responses",5,20,null,"column",3,33.333333333333336]
["total",null,3,"responses",5,null,null,null,null,null]
END
    same_as expected <got
}

@test "tabulate sorts rows as the plan lists them, by count, or by value" {
    printf '{"a":%s}\n' 10 9 '"z"' 9 true 2 9 10 null '"Z"' >in
    order() {
        plan <<<'{"tables":[{"field":"a","values":[7,2],"sort":"'"$1"'"}]}'
        tabulate -p plan.json in | jq -c 'select(.kind == "cell").value' | paste -sd ' '
    }
    assert_equal "$(order plan)" '7 2 10 9 "z" true "Z"'
    assert_equal "$(order count)" '9 10 true 2 "Z" "z" 7'
    assert_equal "$(order value)" 'true 2 7 9 10 "Z" "z"'
}

@test "tabulate makes a layer for each stratum" {
    cat >in <<'END'
{"a":"y","g":1,"s":"p"}
{"a":"n","g":1,"s":"q"}
{"a":"y","g":2,"s":"q"}
{"a":null,"g":2,"s":"q"}
{"a":"y","g":1}
{"a":"y","g":null,"s":"p"}
END
    plan <<<'{"tables":[{"id":"t","field":"a","by":"g","strata":"s"}]}'
    tabulate -p plan.json in | show .kind,.strata,.stratum,.field,.value,.group,.n,.base >got
    cat >expected <<'END'
cell s p a y 1 1 1
cell s p a y 2 0 0
cell s p a n 1 0 1
cell s p a n 2 0 0
total s p a null 1 1 1
total s p a null 2 0 0
total s p a null null 1 1
missing s p g missing null 1 null
cell s q a y 1 0 1
cell s q a y 2 1 1
cell s q a n 1 1 1
cell s q a n 2 0 1
total s q a null 1 1 1
total s q a null 2 1 1
total s q a null null 2 2
missing s q a missing 2 1 null
missing s null s absent null 1 null
END
    same_as expected <got
}

@test "tabulate writes the counts of pairs when the plan asks for them" {
    cat >in <<'END'
{"t":["a","b","c"],"g":1}
{"t":["b","a"],"g":1}
{"t":["c"],"g":2}
{"t":["c","b"],"g":2}
END
    plan <<<'{"tables":[{"field":"t","by":"g","pairs":true}]}'
    tabulate -p plan.json in | jq -r 'select(.kind == "pair") | [.group,.value,.other,.n] | join(" ")' >got
    cat >expected <<'END'
1 a b 2
1 a c 1
1 b c 1
2 a b 0
2 a c 0
2 b c 1
END
    same_as expected <got
}

@test "tabulate makes the tables in the order of the plan, each with its own id and title" {
    plan <<<'{"tables":[{"id":"two","title":"Second \"thing\"","field":"b"},{"field":"a"},{"field":"a","by":"b"}]}'
    echo '{"a":1,"b":2}' | tabulate -p plan.json | jq -c 'select(.kind == "total" and .group == null) | [.table,.title]' >got
    cat >expected <<'END'
["two","Second \"thing\""]
["a",null]
["a_by_b",null]
END
    same_as expected <got
}

@test "tabulate writes a table of which no record came" {
    plan <<<'{"tables":[{"field":"a","values":["x"]},{"field":"a","by":"b"},{"id":"s","field":"a","strata":"b"}]}'
    tabulate -p plan.json </dev/null | jq -c '[.table,.kind,.value,.n,.base,.percent,.low]' >got
    cat >expected <<'END'
["a","cell","x",0,0,null,null]
["a","total",null,0,0,null,null]
["a_by_b","total",null,0,0,null,null]
END
    same_as expected <got
}

@test "tabulate gives the same counts for shuffled input" {
    trusts >in
    plan <<<'{"tables":[{"field":"grant","by":"gde","sort":"value"},{"field":"code","sort":"count"}]}'
    tabulate -p plan.json in | sort >expected
    shuf --random-source=<(yes) in | tabulate -p plan.json | sort | same_as expected
    tac in | tabulate -p plan.json | sort | same_as expected
}

@test "tabulate rejects what cannot be counted, and counts the record in no table" {
    cat >in <<'END'
{"a":"x","b":"y"}
{"a":"x","b":{"c":1}}
{"a":[["x"]],"b":"y"}
{"a":"x","b":"y","u":["p"]}
{"a":null,"b":"y","_missing":"no"}
END
    plan <<<'{"tables":[{"field":"a"},{"field":"b"},{"id":"u","field":"a","unit":"u"}]}'
    fails_with 1 "tabulate: in:2: field 'b': an object cannot be counted" "$BIN/tabulate" -p plan.json in
    run -0 --separate-stderr "$BIN/tabulate" -p plan.json --rejects bad.jsonl -o out in
    assert_equal "$stderr" "tabulate: 4 of 5 records rejected (see bad.jsonl)"
    jq -r '"\(.line) \(.field) \(.reason)"' bad.jsonl >got
    cat >expected <<'END'
2 b an object cannot be counted
3 a a list within a list cannot be counted
4 u expected a single value, not a list
5 _missing expected an object of strings
END
    same_as expected <got
    jq -c 'select(.kind == "total") | [.table,.n]' out >got
    printf '%s\n' '["a",1]' '["b",1]' '["u",0]' >expected
    same_as expected <got
}

@test "tabulate stops when a table has more than --max-cells cells, and names the field" {
    for i in 1 2 3 4; do echo '{"a":'$i',"g":'$i'}'; done >in
    fails_with 1 "tabulate: in:4: field 'a': its values give table 'a' more than 3 cells (see --max-cells)" \
        "$BIN/tabulate" --field a --max-cells 3 in
    fails_with 1 "tabulate: in:3: field 'g': its values give table 'a_by_g' more than 8 cells (see --max-cells)" \
        "$BIN/tabulate" --field a --by g --max-cells 8 in
    fails_with 2 "tabulate: option '--max-cells' takes 1 to 134217728, not 0 (try --help)" "$BIN/tabulate" --field a --max-cells 0 in
    tabulate --field a --max-cells 4 --output out in
    assert_equal "$(wc -l <out)" 5
}

@test "tabulate refuses wrong use of its options" {
    fails_with 2 "tabulate: no plan (give '--plan FILE' or '--field FIELD'; try --help)" "$BIN/tabulate"
    fails_with 2 "tabulate: no plan (give '--plan FILE' or '--field FIELD'; try --help)" "$BIN/tabulate" --by a
    fails_with 2 "tabulate: option '--plan' takes the place of '--field', '--by', '--where' and '--unit' (try --help)" \
        "$BIN/tabulate" --plan plan.json --by a
    fails_with 2 "tabulate: option '--where' takes FIELD=VALUE, not 'a' (try --help)" "$BIN/tabulate" --field a --where a
    fails_with 2 "tabulate: option '--where' takes FIELD=VALUE, not '=a' (try --help)" "$BIN/tabulate" --field a --where =a
    fails_with 2 "tabulate: option '--by' takes the name of a field, not '' (try --help)" "$BIN/tabulate" --field a --by ''
    fails_with 2 "tabulate: option '--field' takes the name of a field, not '\\xff' (try --help)" "$BIN/tabulate" --field $'\xff'
}

@test "tabulate refuses a plan with a fault, and says where it is" {
    faulty() {
        printf '%s' "$1" | plan
        fails_with 2 "tabulate: plan.json: $2" "$BIN/tabulate" -p plan.json
    }
    fails_with 2 "tabulate: none.json: No such file or directory" "$BIN/tabulate" -p none.json
    faulty '{}' "'tables' is missing"
    faulty '{"tables":[{}]}' "tables[0]: 'field' is missing"
    faulty '{"tables":[{"field":"a","feild":"b"}]}' "tables[0]: unknown key 'feild' (did you mean 'field'?)"
    faulty '{"tables":[{"field":""}]}' "tables[0].field: expected a field's name, not an empty string"
    faulty '{"tables":[{"field":"a"},{"field":"a"}]}' "tables[1]: another table is called 'a' too"
    faulty '{"confidence":95,"tables":[]}' "confidence: expected a number between 0 and 1, such as 0.95"
    faulty '{"tables":[{"field":"a","values":["x",null]}]}' "tables[0].values[1]: null is no value (missing answers are listed with their reasons)"
    faulty '{"tables":[{"field":"a","values":["x","x"]}]}' 'tables[0].values[1]: "x" is listed twice'
    faulty '{"tables":[{"field":"a","values":[["x"]]}]}' "tables[0].values[0]: expected a string, a number, true or false"
    faulty '{"tables":[{"field":"a","where":{"b":[]}}]}' "tables[0].where.b: no values, so no record could ever be meant"
    faulty '{"tables":[{"field":"a","where":{"b":{}}}]}' "tables[0].where.b: 'not' is missing"
    faulty '{"tables":[{"field":"a","percent":"col"}]}' "tables[0].percent: 'col' is none of column|row|total|responses|cases"
    faulty '{"tables":[{"field":"a","percent":["row","row"]}]}' "tables[0].percent[1]: this percentage is listed twice"
    faulty '{"tables":[{"field":"a","percent":[]}]}' "tables[0].percent: expected at least one of column, row, total, responses"
    faulty '{"tables":[{"field":"a","missing":"drop"}]}' "tables[0].missing: 'drop' is none of exclude|include"
    faulty '{"tables":[{"field":"a","sort":"n"}]}' "tables[0].sort: 'n' is none of plan|count|value"
    faulty '{"tables":[{"field":"a","interval":"wald"}]}' "tables[0].interval: 'wald' is none of wilson|clopper-pearson|agresti-coull|jeffreys|none"
    faulty '{"tables":[{"field":"a","groups":["x"]}]}' "tables[0]: 'groups' without 'by'"
}

@test "tabulate reproduces the counts of the real FOI study" {
    # Feldman et al. 2018, BMJ Open 8:e019952: 185 of 236 sent a register, of them 47 without cash values;
    # counted here with awk from the same file, since these columns hold no quotes.
    needs_data coi-2017/responses.csv
    "$BIN/fromcsv" "$DATA/coi-2017/responses.csv" >in
    tabulate --field received in | jq -c 'select(.kind == "cell" and .value == "Y") | [.n,.base]' >got
    echo '[185,236]' >expected
    same_as expected <got
}

@test "tabulate keeps the most frequent rows and tells what it leaves" {
    printf '{"a":"%s","g":%s}\n' p 1 p 1 p 2 q 1 q 2 r 2 s 1 >in
    plan <<<'{"tables":[{"field":"a","by":"g","top":2}]}'
    tabulate -p plan.json in | show .kind,.value,.group,.n,.base,.percent,.values >got
    cat >expected <<'END'
cell p 1 2 4 50 null
cell p 2 1 3 33.333333333333336 null
cell q 1 1 4 25 null
cell q 2 1 3 33.333333333333336 null
rest null 1 1 4 25 2
rest null 2 1 3 33.333333333333336 2
total null 1 4 4 100 null
total null 2 3 3 100 null
total null null 7 7 100 null
END
    same_as expected <got
    # ties go by value whatever the order of the records; the plan's order can be asked for
    plan <<<'{"tables":[{"field":"a","top":3,"sort":"plan","values":["s","p"]}]}'
    tabulate -p plan.json in | jq -r 'select(.kind == "cell").value' | paste -sd ' ' >got
    echo 'p q r' >expected
    same_as expected <got
    tac in | tabulate -p plan.json | jq -r 'select(.kind == "cell").value' | sort | paste -sd ' ' | same_as expected
    # answers beyond the top of a multiple response are no part of the records
    plan <<<'{"tables":[{"field":"t","top":1}]}'
    printf '%s\n' '{"t":["a","b","c"]}' '{"t":["a"]}' | tabulate -p plan.json | show .kind,.value,.n,.base,.percent >got
    cat >expected <<'END'
cell a 2 2 100
rest null 2 2 null
total null 2 2 100
END
    same_as expected <got
}

@test "tabulate adds up weights, and makes intervals for as many records as they are worth" {
    cat >in <<'END'
{"a":"p","g":1,"w":1.5}
{"a":"q","g":1,"w":0.5}
{"a":"q","g":2,"w":2}
{"a":"q","g":2,"w":0}
{"a":null,"g":2,"w":3}
{"a":"q","g":2,"w":null}
END
    plan <<<'{"tables":[{"field":"a","by":"g","weight":"w"}]}'
    tabulate -p plan.json in >cells
    show .kind,.field,.value,.group,.n,.unweighted,.base,.percent <cells >got
    cat >expected <<'END'
cell a p 1 1.5 1 2 75
cell a p 2 0 0 2 0
cell a q 1 0.5 1 2 25
cell a q 2 2 2 2 100
total a null 1 2 2 2 100
total a null 2 2 2 2 100
total a null null 4 4 4 100
missing a missing 2 3 1 null null
missing w missing null 1 1 null null
END
    same_as expected <got
    # (1.5 + .5)^2 / (1.5^2 + .5^2) = 1.6 records (Kish 1965); Wilson for 75% of 1.6 in R 4.2.2:
    # w <- c(1.5, .5); e <- sum(w)^2 / sum(w^2); z <- qnorm(.975); (p + z^2/2/e -+ z * sqrt(p*(1-p)/e + z^2/4/e^2)) / (1 + z^2/e)
    head -n 1 cells | jq -e '(.low / 16.91378996523544 - 1 | fabs) < 1e-9 and (.high / 97.7881498336575 - 1 | fabs) < 1e-9'
    fails_with 1 "tabulate: <stdin>:1: field 'w': a weight is a number from 0 to 4294967295" \
        bash -c 'echo "{\"a\":1,\"w\":-1}" | "$0" -p <(echo "{\"tables\":[{\"field\":\"a\",\"weight\":\"w\"}]}")' "$BIN/tabulate"
    fails_with 1 "tabulate: <stdin>:1: field 'w': expected a number, not a string" \
        bash -c 'echo "{\"a\":1,\"w\":\"1\"}" | "$0" -p <(echo "{\"tables\":[{\"field\":\"a\",\"weight\":\"w\"}]}")' "$BIN/tabulate"
}

@test "tabulate gives counts of 1e9 by weight" {
    plan <<<'{"tables":[{"field":"a","weight":"w"}]}'
    printf '%s\n' '{"a":1,"w":1e9}' '{"a":2,"w":3000000000}' '{"a":1,"w":0.25}' | tabulate -p plan.json | show .kind,.value,.n,.base >got
    cat >expected <<'END'
cell 1 1000000000.25 4000000000.25
cell 2 3000000000 4000000000.25
total null 4000000000.25 4000000000.25
END
    same_as expected <got
}

@test "tabulate puts numbers into bands" {
    printf '{"beds":%s}\n' 10 9.99 0 -1 20 1e3 null '[5,6,15]' >in
    plan <<<'{"tables":[{"field":"beds","bands":[0,10,20]}]}'
    tabulate -p plan.json in | show .kind,.value,.n,.base >got
    cat >expected <<'END'
cell under 0 1 7
cell 0 to under 10 3 7
cell 10 to under 20 2 7
cell 20 or more 2 7
total null 7 7
missing missing 1 null
END
    same_as expected <got
    echo '{"beds":3}' | tabulate -p plan.json | jq -r 'select(.kind == "cell") | "\(.value): \(.n)"' >got
    printf '%s\n' '0 to under 10: 1' '10 to under 20: 0' '20 or more: 0' >expected
    same_as expected <got
    fails_with 1 "tabulate: in:1: field 'beds': expected a number, not a string" \
        bash -c 'echo "{\"beds\":\"many\"}" >in; "$0" -p plan.json in' "$BIN/tabulate"
}

@test "tabulate summarises numbers" {
    # R 4.2.2: x <- c(3, 10, 25.5, -1, 7); mean(x); sd(x); quantile(x)
    printf '{"x":%s,"g":"%s"}\n' 25.5 a 3 a 10.0 a null b 7 b -1 a >in
    plan <<<'{"tables":[{"field":"x","summary":true},{"field":"x","by":"g","summary":true}]}'
    tabulate -p plan.json in >cells
    head -n 1 cells | jq -e '.kind == "summary" and .n == 5 and .mean == 8.9 and (.sd / 10.1636607578175298 - 1 | fabs) < 1e-14 and
        [.min, .q1, .median, .q3, .max] == [-1, 3, 7, 10, 25.5]'
    tail -n +4 cells | show .kind,.field,.value,.group,.n,.mean,.sd,.median >got
    # group a: 25.5, 3, 10 and -1: 37.5 / 4 = 9.375, median of 3 and 10, sd(c(25.5, 3, 10, -1)) of R 4.2.2
    cat >expected <<'END'
summary x null a 4 9.375 11.67172509386109 6.5
summary x null b 1 7 null 7
summary x null null 5 8.9 10.16366075781753 7
total x null a 4 null null null
total x null b 1 null null null
total x null null 5 null null null
missing x missing b 1 null null null
END
    sed 's/11\.671725093861[0-9]*/11.67172509386109/; s/10\.1636607578175[0-9]*/10.16366075781753/' got | same_as expected
    plan <<<'{"tables":[{"field":"x","summary":true}]}'
    echo '{"x":null}' | tabulate -p plan.json | head -n 1 | jq -e '.n == 0 and .mean == null and .median == null'
    fails_with 1 "tabulate: <stdin>:1: field 'x': expected a single value, not a list" \
        bash -c 'echo "{\"x\":[1]}" | "$0" -p plan.json' "$BIN/tabulate"
    # each number is held, and the total
    fails_with 1 "tabulate: <stdin>:5: field 'x': its values give table 'x' more than 5 cells (see --max-cells)" \
        bash -c 'printf "{\"x\":%s}\n" 1 2 3 4 5 6 | "$0" -p plan.json --max-cells 5' "$BIN/tabulate"
}

@test "tabulate shows codes in the codebook's order with their labels, and counts a record once for a group of codes" {
    mkdir -p study
    cat >study/book.json <<'END'
{"name":"tech","version":"1","fields":[{"from":"text","into":"tech","group_into":"kind","multiple":true,"codes":[
  {"code":"py","label":"Python","group":"language","terms":["Python"]},
  {"code":"r","label":"R","group":"language","terms":["R"]},
  {"code":"pg","label":"PostgreSQL","group":"database","terms":["PostgreSQL"]},
  {"code":"zz","terms":["zz"]}]}]}
END
    cat >study/plan.json <<'END'
{"tables":[{"field":"tech","codebook":"book.json","subtotals":true},{"field":"kind","codebook":"book.json"}]}
END
    printf '%s\n' '{"tech":["r","py"],"kind":["language"]}' '{"tech":["pg","r"],"kind":["database","language"]}' '{"tech":[]}' '{"tech":["new"]}' >in
    tabulate -p study/plan.json in | show .table,.kind,.value,.label,.n,.base,.percent >got
    cat >expected <<'END'
tech cell py Python 1 4 25
tech cell r R 2 4 50
tech cell pg PostgreSQL 1 4 25
tech cell zz null 0 4 0
tech cell new null 1 4 25
tech subtotal "language" null 2 4 50
tech subtotal "database" null 1 4 25
tech total null null 4 4 100
kind cell language null 2 2 100
kind cell database null 1 2 50
kind total null null 2 2 100
kind missing absent null 2 null null
END
    sed -i 's/"//g' expected
    same_as expected <got
    echo '{"tables":[{"field":"name","codebook":"book.json"}]}' >study/plan.json
    fails_with 2 "tabulate: study/plan.json: tables[0].codebook: the codebook has no codes for the field 'name'" \
        "$BIN/tabulate" -p study/plan.json in
    echo '{"tables":[{"field":"tech","subtotals":true}]}' >study/plan.json
    fails_with 2 "tabulate: study/plan.json: tables[0]: 'subtotals' needs a 'codebook'" "$BIN/tabulate" -p study/plan.json in
}

@test "tabulate corrects intervals for a finite population, and bounds what the others might have said" {
    # 161 of 191 answers among 226: by hand 161/226 = 71.24% if the other 35 had said no, 196/226 = 86.73% if yes;
    # interval in R 4.2.2: N <- 226; n <- 191; p <- 161/191; z2 <- qnorm(.975)^2 * (N - n) / (N - 1);
    # (p + z2/2/n -+ sqrt(z2) * sqrt(p*(1-p)/n + z2/4/n^2)) / (1 + z2/n) (Cochran 1977, theorem 3.2, in Wilson's)
    awk 'BEGIN { for (i = 1; i <= 191; i++) print (i <= 161 ? "{\"a\":\"yes\",\"g\":1}" : "{\"a\":\"no\",\"g\":1}") }' >in
    plan <<<'{"tables":[{"field":"a","population":226}]}'
    tabulate -p plan.json in | head -n 1 | jq -e 'def near($x): (. / $x - 1 | fabs) < 1e-12;
        .population == 226 and (.low | near(82.15136846981901)) and (.high | near(86.22110966693282)) and (.lowest | near(100 * 161 / 226)) and (.highest | near(100 * 196 / 226))'
    plan <<<'{"tables":[{"field":"a","by":"g","population":[{"group":1,"size":191}]}]}'
    tabulate -p plan.json in | head -n 1 | jq -e '.percent as $p | .population == 191 and ([.low, .high, .lowest, .highest] | all(. / $p - 1 | fabs < 1e-14))'
    # each group by its own: 3 of 4 said yes among 5, 1 of 2 among 10
    printf '{"a":"%s","g":%d}\n' yes 1 yes 1 yes 1 no 1 yes 2 no 2 >two
    plan <<<'{"tables":[{"field":"a","by":"g","population":[{"group":2,"size":10},{"group":1,"size":5}]}]}'
    tabulate -p plan.json two | jq -c 'select(.kind == "cell" and .group != null and .value == "yes") | [.group, .population, .lowest, .highest]' >got
    printf '%s\n' '[1,5,60,80]' '[2,10,10,90]' | same_as got
    while IFS='|' read -r population message; do
        plan <<<"{\"tables\":[{\"field\":\"a\",\"by\":\"g\",\"population\":[$population]}]}"
        fails_with 2 "tabulate: plan.json: tables[0].population[${message%% *}${message#* }" "$BIN/tabulate" -p plan.json two
    done <<'END'
{"group":2,"size":10},{"group":1,"size":5},{"group":2,"size":9}|2 ]: 2 is listed twice
{"group":2,"size":0.5}|0 ].size: expected a number from 1
{"group":1,"size":1},{"group":2,"size":9007199254740994}|1 ].size: expected a number from 1
{"group":2}|0 ]: 'size' is missing
{"size":2}|0 ]: 'group' is missing
END
    plan <<<'{"tables":[{"field":"a","population":9007199254740992}]}'
    run -0 tabulate -p plan.json two
    plan <<<'{"tables":[{"field":"a","population":190}]}'
    fails_with 1 "tabulate: table 'a': the population 190 is smaller than the base 191" "$BIN/tabulate" -p plan.json in
    plan <<<'{"tables":[{"field":"a","by":"g","population":226}]}'
    fails_with 2 "tabulate: plan.json: tables[0].population: in a table with 'by' each group has its population: expected [{\"group\":...,\"size\":...}]" \
        "$BIN/tabulate" -p plan.json in
}

# 12 asked: 6 answered, 1 partly, 2 refused, 1 silent, 1 of unknown status, 1 not to be asked.
asked() {
    printf '{"code":%s,"status":"answered","a":"y","region":"n"}\n' 1 2 3 4 5
    cat <<'END'
{"code":6,"status":"answered","a":null,"region":"s"}
{"code":7,"status":"partly","a":"n","region":"s"}
{"code":8,"status":"refused:s12","region":"s"}
{"code":9,"status":null,"_missing":{"status":"refused:s43"},"region":"n"}
{"code":10,"status":null,"_missing":{"status":"no_response"},"region":"n"}
{"code":11,"status":"lost","region":null}
{"code":12,"status":"not_eligible","region":"n"}
END
}

@test "tabulate accounts for the replies, with AAPOR's response rates" {
    # RR1 = I / (I+P+R+NC+O+U) = 6/11, RR2 = (6+1)/11 (AAPOR 2023); the one not eligible is in neither
    plan <<<'{"tables":[{"id":"replies","field":"status","flow":{"questions":["a"],"compare":["region"]}}]}'
    asked | tabulate -p plan.json >cells
    jq -c 'select(.table == "replies") | [.kind,.field,.value,.detail,.n,.base]' cells >got
    cat >expected <<'END'
["flow","status","asked",null,12,12]
["flow","status","complete",null,6,12]
["flow","status","complete","answered",6,12]
["flow","status","partial",null,1,12]
["flow","status","partial","partly",1,12]
["flow","status","refused",null,2,12]
["flow","status","refused","refused:s12",1,12]
["flow","status","refused","refused:s43",1,12]
["flow","status","no_reply",null,1,12]
["flow","status","no_reply","no_response",1,12]
["flow","status","other",null,1,12]
["flow","status","other","lost",1,12]
["flow","status","unknown",null,0,12]
["flow","status","not_eligible",null,1,12]
["flow","status","not_eligible","not_eligible",1,12]
["flow","a","usable",null,6,12]
["rate","status","RR1",null,6,11]
["rate","status","RR2",null,7,11]
["rate","status","RR3",null,6,11]
["rate","status","RR4",null,7,11]
["rate","status","RR5",null,6,11]
["rate","status","RR6",null,7,11]
["rate","status","REF1",null,2,11]
["rate","status","REF2",null,2,11]
["rate","status","REF3",null,2,11]
["rate","status","e",null,11,12]
["total","status",null,null,12,12]
END
    same_as expected <got
    # respondents against the others by a field of the roster, for chisq
    jq -c 'select(.table == "replies_region") | [.kind,.field,.value,.group,.n,.base]' cells >got
    cat >expected <<'END'
["cell","region","n","respondent",5,7]
["cell","region","n","non-respondent",2,3]
["cell","region","s","respondent",2,7]
["cell","region","s","non-respondent",1,3]
["total","region",null,"respondent",7,7]
["total","region",null,"non-respondent",3,3]
["total","region",null,null,10,10]
["missing","region","missing","non-respondent",1,null]
["missing","status","not_eligible",null,1,null]
END
    same_as expected <got
}

@test "tabulate takes the meaning of statuses from the plan" {
    plan <<<'{"tables":[{"id":"r","field":"ok","flow":{"complete":["yes"],"refused":["no:*"],"no_reply":["no","absent"],"other":[]}}]}'
    printf '%s\n' '{"ok":"yes"}' '{"ok":"no:cost"}' '{"ok":"no"}' '{}' '{"ok":true}' | tabulate -p plan.json |
        jq -c 'select(.kind == "flow" and .detail) | [.value,.detail,.n]' >got
    cat >expected <<'END'
["complete","yes",1]
["refused","no:cost",1]
["no_reply","no",1]
["no_reply","absent",1]
["other","true",1]
END
    same_as expected <got
    plan <<<'{"tables":[{"field":"ok","flow":{"complete":["yes"],"partial":["yes"]}}]}'
    fails_with 2 "tabulate: plan.json: tables[0].flow.partial[0]: 'yes' is listed twice" "$BIN/tabulate" -p plan.json
}

# Counts of a by g: 3 20 30 / 10 12 40 / 0 7 9 / 50 60 8.
crossed() {
    awk 'BEGIN { split("3 20 30 10 12 40 0 7 9 50 60 8", n); split("p q r s", a)
        for (i = 0; i < 12; i++) for (k = 0; k < n[i + 1]; k++) printf "{\"a\":\"%s\",\"g\":%d}\n", a[int(i / 3) + 1], i % 3 }'
}

@test "tabulate withholds small counts and as many others as their secrecy needs" {
    plan <<<'{"tables":[{"field":"a","by":"g","percent":["column","row"],"suppress":{"below":5}}]}'
    crossed | tabulate -p plan.json >cells
    jq -c '[.kind,.value,.group,.n,.base,(.percent == null),(.low == null),.suppressed]' cells >got
    cat >expected <<'END'
["cell","p",0,null,63,true,true,true]
["cell","p",1,null,99,true,true,true]
["cell","p",2,30,87,false,false,true]
["cell","q",0,null,63,true,true,true]
["cell","q",1,null,99,true,true,true]
["cell","q",2,40,87,false,false,true]
["cell","r",0,0,63,false,false,true]
["cell","r",1,7,99,false,false,true]
["cell","r",2,9,87,false,false,true]
["cell","s",0,50,63,false,false,true]
["cell","s",1,60,99,false,false,true]
["cell","s",2,8,87,false,false,true]
["total",null,0,63,63,false,true,true]
["total",null,1,99,99,false,true,true]
["total",null,2,87,87,false,true,true]
["total",null,null,249,249,false,true,true]
END
    same_as expected <got
    # what is known of the four: p0 + p1 = 53 - 30 = 23, q0 + q1 = 22, p0 + q0 = 63 - 50 = 13, p1 + q1 = 32. So p0 can be
    # anything from 1 (p1 22, q0 12, q1 10) to 12, and none of them follows
    jq -e -s 'map(select(.kind == "cell" and .n == null)) | length == 4 and all(.shares[0].percent == null)' cells
}

@test "tabulate rounds what it shows, with percentages of the rounded counts" {
    plan <<<'{"tables":[{"field":"a","by":"g","suppress":{"below":5,"round":5}}]}'
    crossed | tabulate -p plan.json | show .kind,.value,.group,.n,.base,.percent >got
    cat >expected <<'END'
cell p 0 null 65 null
cell p 1 20 100 20
cell p 2 30 85 35.294117647058826
cell q 0 10 65 15.384615384615385
cell q 1 10 100 10
cell q 2 40 85 47.05882352941177
cell r 0 0 65 0
cell r 1 5 100 5
cell r 2 10 85 11.764705882352942
cell s 0 50 65 76.92307692307692
cell s 1 60 100 60
cell s 2 10 85 11.764705882352942
total null 0 65 65 100
total null 1 100 100 100
total null 2 85 85 100
total null null 250 250 100
END
    same_as expected <got
}

@test "tabulate withholds a second count of a column, small reasons, and nothing where no count is small" {
    plan <<<'{"tables":[{"field":"a","suppress":{"below":5}}]}'
    { printf '{"a":"%s"}\n' n n n; for i in 1 2 3 4 5 6 7; do echo '{"a":"y"}'; done; echo '{"a":null}'; } >in
    tabulate -p plan.json in | show .kind,.value,.n,.base,.percent,.suppressed >got
    cat >expected <<'END'
cell n null 10 null true
cell y null 10 null true
total null 10 10 100 true
missing missing null null null true
END
    same_as expected <got
    grep y in | tabulate -p plan.json | show .kind,.value,.n,.suppressed >got
    printf '%s\n' 'cell y 7 null' 'total null 7 null' >expected
    same_as expected <got
    # answers of a multiple response do not add up: no second count is needed
    { for i in 1 2 3 4 5 6; do echo '{"a":["y","z"]}'; done; echo '{"a":["y","n"]}'; } | tabulate -p plan.json | show .kind,.value,.n >got
    printf '%s\n' 'cell y 7' 'cell z 6' 'cell n null' 'total null 7' >expected
    same_as expected <got
    plan <<<'{"tables":[{"field":"a","suppress":{"below":2}}]}'
    fails_with 2 "tabulate: plan.json: tables[0].suppress.below: expected at least 3, or a withheld count would be known to be 1" \
        "$BIN/tabulate" -p plan.json in
}

# A plan with a table of each kind.
everything() {
    plan <<'END'
{"tables":[
 {"id":"one","field":"grant","values":["no"]},
 {"id":"two","field":"tech","by":"region","sort":"count","percent":["column","row","responses"]},
 {"id":"where","field":"region","by":"tech","where":{"grant":{"not":["yes",null]}}},
 {"id":"unit","field":"grant","by":"region","unit":"org","missing":"include"},
 {"id":"strata","field":"grant","by":"region","strata":"year"},
 {"id":"weight","field":"grant","by":"region","weight":"w"},
 {"id":"pairs","field":"tech","by":"region","pairs":true},
 {"id":"bands","field":"beds","by":"region","bands":[0,10,100]},
 {"id":"summary","field":"beds","by":"region","strata":"year","summary":true},
 {"id":"top","field":"tech","top":2},
 {"id":"small","field":"grant","by":"year","suppress":{"below":5}},
 {"id":"replies","field":"status","flow":{"questions":["grant","tech"],"compare":["region"]}}]}
END
}

# 400 records, made by a generator of its own so that they are the same everywhere.
many() {
    awk 'function draw(n) { seed = (seed * 1103515245 + 12345) % 2147483648; return int(seed / 65536) % n }
        function pick(list, n) { split(list, words); return words[draw(n) + 1] }
        BEGIN { seed = 7
            for (i = 1; i <= 400; i++) {
                printf "{\"org\":%d,\"year\":%d,\"region\":%s,\"w\":%.3f,\"beds\":%s", draw(90), 2019 + draw(3), pick("\"n\" \"s\" [\"n\",\"w\"] null \"e\"", 5), draw(1000) / 300, pick("5 7.5 12 300 null -3", 6)
                printf ",\"grant\":%s,\"tech\":%s,\"status\":%s}\n", pick("\"yes\" \"no\" null \"maybe\"", 4), pick("[\"a\",\"b\"] [] [\"c\"] [\"b\",\"c\",\"a\"] null [\"d\",null]", 6), pick("\"answered\" \"refused:s12\" null \"odd\"", 4)
            } }'
}

@test "tabulate adds up partial counts to the byte of the whole, for every kind of table" {
    everything
    many >in
    tabulate -p plan.json --stats whole.stats in >whole
    for parts in 1 2 3 7; do
        rm -f part.*
        split -n "l/$parts" in part.
        for part in part.??; do
            tabulate -p plan.json --partial "$part" >"$part.counts"
        done
        tabulate -p plan.json --merge --stats stats part.??.counts | same_as whole
        assert_equal "$(jq .null_items stats)" "$(jq .null_items whole.stats)"
    done
    # parts of parts, from standard input
    cat part.??.counts | tabulate -p plan.json --merge --partial | tabulate -p plan.json --merge | same_as whole
    # a part without a record changes nothing
    tabulate -p plan.json --partial </dev/null >none
    tabulate -p plan.json --merge none part.??.counts none | same_as whole
}

@test "tabulate gives the same tables for shuffled records, order of first appearance aside" {
    everything
    many >in
    tabulate -p plan.json in | sort >expected
    tac in | tabulate -p plan.json | sort >got
    # pairs name the value that came first first: their order is that of appearance
    grep -v '"kind":"pair"' expected >expected.cells
    grep -v '"kind":"pair"' got | same_as expected.cells
}

@test "tabulate refuses partial counts that are cut off, damaged, of another plan, or none" {
    printf '{"a":"%s"}\n' x y x >in
    tabulate --field a --partial in >counts
    merge() {
        fails_with 1 "tabulate: bad:$1" "$BIN/tabulate" --field a --merge bad
    }
    head -n 4 counts >bad
    merge "1: the part that begins here is cut off"
    sed 4d counts >bad
    merge "5: lines of this part are missing"
    sed 1d counts >bad
    merge "1: a part without its beginning"
    sed 2d counts >bad
    merge "2: counts of a table whose axes have not come"
    cat in >bad
    merge "1: not partial counts (they come from --partial)"
    sed '3s/"n":[0-9]*/"n":-1/' counts >bad
    merge "3: field 'n': not a count"
    sed 's/"row":1/"row":9/' counts >bad
    merge "5: field 'row': 9 is out of range"
    tabulate --field b --partial in >bad
    merge "1: partial counts of another plan"
    head -n 3 counts | cat - counts >bad
    merge "4: a part begins before the last one ended"
}

@test "tabulate --merge names the line of a part that was kept until its turn came" {
    printf '{"a":"%s"}\n' x y x >one
    printf '{"a":"%s"}\n' x y z >two
    tabulate --field a --partial --part 1/2 one >first
    tabulate --field a --partial --part 2/2 two >second
    for line in $(grep -n '"n":' second | cut -d: -f1); do
        sed "${line}s/\"n\":[0-9]*/\"n\":-1/" second >bad
        fails_with 1 "tabulate: bad:$line: field 'n': not a count" "$BIN/tabulate" --field a --merge bad first
    done
}

@test "tabulate refuses keys of a table that cannot be obeyed together" {
    clash() {
        printf '{"tables":[{"field":"a",%s}]}' "$1" | plan
        fails_with 2 "tabulate: plan.json: tables[0]: $2" "$BIN/tabulate" -p plan.json
    }
    clash '"weight":"w","unit":"u"' "'weight' and 'unit' cannot be used together: a unit has no weight of its own"
    clash '"pairs":true,"top":3' "'pairs' and 'top' cannot be used together: an overall test needs every value"
    clash '"summary":true,"values":[1]' "'summary' and 'values' cannot be used together: numbers that are summarised have no rows"
    clash '"flow":{},"by":"g"' "'flow' and 'by' cannot be used together: an account is of all that were asked"
    clash '"pairs":true,"suppress":{"below":5}' "'pairs' and 'suppress' cannot be used together: pairs would give withheld counts away"
    clash '"population":9,"interval":"clopper-pearson"' "'population' goes with the interval 'wilson' only"
    printf '%s' '{"tables":[{"field":"a","top":0}]}' | plan
    fails_with 2 "tabulate: plan.json: tables[0].top: expected at least 1" "$BIN/tabulate" -p plan.json
    printf '%s' '{"tables":[{"field":"a","bands":[1,1]}]}' | plan
    fails_with 2 "tabulate: plan.json: tables[0].bands[1]: expected a larger number than the one before" "$BIN/tabulate" -p plan.json
}

@test "tabulate counts many values and groups as well as few, in any mixture" {
    # the same counts made by awk
    awk 'BEGIN { seed = 3
        for (i = 0; i < 20000; i++) { seed = (seed * 1103515245 + 12345) % 2147483648; a = int(seed / 65536) % 90; b = int(seed / 7919) % 30
            print "{\"a\":\"v" a "\",\"b\":" b "}" } }' >in
    sed 's/{"a":"\(.*\)","b":\(.*\)}/\1 \2/' in | sort | uniq -c | awk '{ print $2, $3, $1 }' | sort >expected
    tabulate --field a --by b in | jq -r 'select(.kind == "cell" and .n > 0) | "\(.value) \(.group) \(.n)"' | sort | same_as expected
    sed 's/{"a":"\(.*\)","b":\(.*\)}/\1/' in | sort | uniq -c | awk '{ print $2, $1, 20000 }' | sort >expected
    tabulate --field a in | jq -r 'select(.kind == "cell") | "\(.value) \(.n) \(.base)"' | sort | same_as expected
    # every third record as a list of one: the same counts, though the table is one of multiple answers
    awk 'NR % 3 == 0 { sub(/"v[0-9]*"/, "[&]") } { print }' in | tabulate --field a | jq -r 'select(.kind == "cell") | "\(.value) \(.n) \(.base)"' | sort | same_as expected
}

@test "tabulate stops at what would be too much: reasons, weights, cells to protect" {
    for i in 1 2 3 4; do echo '{"a":null,"_missing":{"a":"reason '$i'"}}'; done >in
    fails_with 1 "tabulate: in:4: field '_missing': more than 3 reasons (see --max-cells)" "$BIN/tabulate" --field a --max-cells 3 in
    awk 'BEGIN { for (i = 0; i < 3; i++) print "{\"a\":1,\"w\":4294967295}" }' >in
    plan <<<'{"tables":[{"field":"a","weight":"w"}]}'
    # the square of the largest weight is nearly 2^64, so two are one too many
    fails_with 1 "tabulate: in:2: field 'w': the sum of the weights is too large" "$BIN/tabulate" -p plan.json in
    awk 'BEGIN { for (i = 0; i < 10001; i++) print "{\"a\":" i "}" }' >in
    plan <<<'{"tables":[{"field":"a","suppress":{"below":3}}]}'
    fails_with 1 "tabulate: table 'a': too many cells to suppress (at most 20000)" "$BIN/tabulate" -p plan.json in
}

@test "tabulate writes once what people read for fields, reasons, values and groups" {
    cat >plan.json <<'X'
{"title":"Teams","labels":{"gde":"GDE funding"},"reasons":{"not_held":"nobody knows"},"public":["trust"],
 "tables":[{"id":"t","field":"grant","by":"gde","label":"Tried for a grant"}]}
X
    cat >schema.json <<'X'
{"fields":[{"name":"grant","title":"Did you try?","categories":["yes","no"]},{"name":"gde","type":"integer","title":"gone",
 "categories":[{"value":1,"label":"funded"},{"value":2,"label":"not funded"}]}]}
X
    printf '%s\n' '{"trust":"X-1","grant":"yes","gde":1}' '{"trust":"X-2","grant":null,"gde":2,"_missing":{"grant":"refused:s12"}}' \
        '{"trust":"X-3","grant":null,"gde":2,"_missing":{"grant":"not_held"}}' >in
    "$BIN/tabulate" -p plan.json --schema schema.json in >got
    grep -c '"kind":"labels"' got | same_as <(echo 1)
    head -n 1 got | jq -c 'del(.kind)' >line
    echo '{"title":"Teams","confidence":0.95,"fields":{"gde":"GDE funding","grant":"Did you try?"},"tables":{"t":"Tried for a grant"},"reasons":{"not_held":"nobody knows","refused:s12":"refused, section 12 (cost limit)"},"public":["trust"],"records":[["X-1"],["X-2"],["X-3"]]}' | same_as line
    jq -r 'select(.kind=="cell")|.group_label' got | printf '%s\n' "$(cat)" | same_as <(printf 'funded\nnot funded\n')
    "$BIN/tabulate" -p plan.json --schema schema.json --schema schema.json in | same_as got
}

# R 4.2.2: mean(x), sum(x), t.test(x)$conf.int of 3 7 7; rank(c(3, 7, 7, 1, 9, 4, 2)) summed by group, ties 2^3 - 2
@test "tabulate sums numbers, gives the mean's interval, and the ranks that tests need" {
    echo '{"tables":[{"id":"t","field":"x","by":"g","summary":true}]}' >plan.json
    for pair in 3:1 7:1 7:1 1:2 9:2 4:2 2:2; do echo "{\"x\":${pair%:*},\"g\":${pair#*:}}"; done |
        tabulate -p plan.json >got
    jq -se 'map(select(.kind == "summary" and .group == 1))[0] | .sum == 17 and (.mean_low + 0.0702036396659 | fabs) < 1e-9 and
        (.mean_high - 11.4035369729993 | fabs) < 1e-9 and .rank_sum == 14' got
    jq -se 'map(select(.kind == "summary" and .group == 2))[0] | .sum == 16 and .rank_sum == 14' got
    jq -se 'map(select(.kind == "summary" and .group == null))[0] | .sum == 33 and .ties == 6 and .rank_sum == null' got
}

# R 4.2.2, survey 4.1.1: s <- svydesign(ids = ~1, weights = ~w, data = d); svymean, sqrt(svyvar), svytotal; quartiles by
# hand: the first number up to which a quarter, a half of the weights lie (type 1 of Hyndman & Fan 1996)
@test "tabulate summarises weighted numbers" {
    echo '{"tables":[{"id":"t","field":"x","weight":"w","summary":true}]}' >plan.json
    for pair in 3:1 7:2.5 7:1 1:4 9:1.5 4:2; do echo "{\"x\":${pair%:*},\"w\":${pair#*:}}"; done | tabulate -p plan.json | grep '"summary"' >got
    jq -e '.n == 12 and .unweighted == 6 and (.mean - 4.41666666667 | fabs) < 1e-9 and (.sd - 3.22361081191 | fabs) < 1e-9 and
        (.sum - 53 | fabs) < 1e-9 and .q1 == 1 and .median == 4 and .q3 == 7' got
    # the same records as one of three groups, in one of two layers: nothing of the others counts here
    echo '{"tables":[{"id":"t","field":"x","by":"g","strata":"s","weight":"w","summary":true}]}' >plan.json
    { for pair in 3:1 7:2.5 7:1 1:4 9:1.5 4:2; do
        for place in 1:1 2:2; do
            echo "{\"x\":${pair%:*},\"w\":${pair#*:},\"g\":${place%:*},\"s\":${place#*:}}"
            echo "{\"x\":5${pair%:*},\"w\":1${pair#*:},\"g\":3,\"s\":${place#*:}}"
            echo "{\"x\":-${pair%:*},\"w\":1,\"g\":0,\"s\":${place#*:}}"
        done
    done; } | tabulate -p plan.json | grep '"summary"' | jq -c 'select(.group == .stratum) | [.n,.unweighted,.mean,.sd,.sum,.q1,.median,.q3,.low,.high]' >groups
    jq -c '[.n,.unweighted,.mean,.sd,.sum,.q1,.median,.q3,.low,.high]' got >one
    cat one one | same_as groups
}

@test "tabulate takes a range of numbers in where" {
    printf '%s\n' '{"a":"x","n":1}' '{"a":"x","n":2.5}' '{"a":"y","n":10}' '{"a":"y","n":null}' '{"a":"y","n":[0,7]}' >in
    selects() {
        plan <<<"{\"tables\":[{\"field\":\"a\",\"where\":{\"n\":$1}}]}"
        tabulate -p plan.json in | jq -c 'select(.kind == "total") | .n'
    }
    assert_equal "$(selects '{"min":2.5}')" 3
    assert_equal "$(selects '{"max":2.5}')" 3
    assert_equal "$(selects '{"min":2,"max":7}')" 2
    assert_equal "$(selects '{"min":2.5,"max":2.5}')" 1
    assert_equal "$(selects '{"not":{"min":2,"max":7}}')" 3
    plan <<<'{"tables":[{"field":"a","where":{"n":{"min":3,"max":2}}}]}'
    fails_with 2 "tabulate: plan.json: tables[0].where.n: 'min' is above 'max', so no record could ever be meant" tabulate -p plan.json in
    plan <<<'{"tables":[{"field":"a","where":{"n":{"min":2}}}]}'
    echo '{"a":"x","n":"two"}' >in
    fails_with 1 "tabulate: in:1: field 'n': expected a number, not a string" tabulate -p plan.json in
}

# AAPOR 2023, Standard Definitions, by hand: I 6, P 1, R 2, NC 1, O 1, U 8, not eligible 1: e = 11/12 of those known
@test "tabulate gives AAPOR's response and refusal rates 1 to 6, with those of unknown eligibility" {
    { for i in 1 2 3 4 5 6; do echo answered; done; echo partly; echo refused; echo refused; echo no_response; echo lost
      for i in 1 2 3 4 5 6 7 8; do echo unknown; done; echo not_eligible; } | sed 's/.*/{"s":"&"}/' >in
    plan <<<'{"tables":[{"id":"t","field":"s","flow":{}}]}'
    tabulate -p plan.json in | jq -r 'select(.kind == "rate") | "\(.value) \(.n) \(.base * 1000 | round / 1000)"' >got
    cat >expected <<'END'
RR1 6 19
RR2 7 19
RR3 6 18.333
RR4 7 18.333
RR5 6 11
RR6 7 11
REF1 2 19
REF2 2 18.333
REF3 2 11
e 11 12
END
    same_as expected <got
    plan <<<'{"tables":[{"id":"t","field":"s","flow":{"e":0.5}}]}'
    tabulate -p plan.json in | jq -c 'select(.value == "RR4" or .value == "e") | [.n, .base]' >got
    printf '%s\n' '[7,15]' '[0.5,1]' | same_as got
    plan <<<'{"tables":[{"id":"t","field":"s","flow":{"e":2}}]}'
    fails_with 2 "tabulate: plan.json: tables[0].flow.e: expected a share from 0 to 1" tabulate -p plan.json in
}

@test "tabulate tells values that look alike, and report shows them apart" {
    printf '%s\n' '{"x":1}' '{"x":"1"}' '{"x":"Yes"}' '{"x":"yes "}' '{"x":"no"}' >in
    run -0 --separate-stderr tabulate --field x in
    assert_equal "$stderr" "tabulate: field 'x': values that look alike are counted apart: '1' and '\"1\"', '\"Yes\"' and '\"yes \"' (normalise can make them one)"
    "$BIN/tabulate" --field x in 2>/dev/null | "$BIN/report" >got
    grep -qE '^  1 +1/5' got
    grep -qE '^  "1" +1/5' got
    grep -qE '^  Yes +1/5' got
    grep -qE '^  "yes " +1/5' got
    printf '%s\n' '{"x":"a"}' '{"x":"b"}' '{"y":"A"}' >in
    run -0 --separate-stderr tabulate --field x in
    assert_equal "$stderr" ""
}

@test "tabulate names the records behind a cell by public fields, and nothing else of them" {
    echo '{"public":["trust","name"],"tables":[{"id":"t","field":"grant","by":"gde"},{"id":"s","field":"grant","suppress":{"below":3}}]}' >plan.json
    printf '%s\n' '{"trust":"A","name":"Aa","grant":"yes","gde":1,"secret":"s3cret"}' '{"trust":"B","name":"Bb","grant":"no","gde":2}' \
        '{"trust":"C","grant":"yes","gde":2}' >in
    "$BIN/tabulate" -p plan.json in >got
    run -1 grep -q s3cret got
    jq -c 'select(.kind == "labels") | .records' got | same_as <(echo '[["A","Aa"],["B","Bb"],["C",null]]')
    # by hand: yes A in 1, C in 2; no B in 2
    jq -c 'select(.table == "t" and .kind == "cell") | .records' got | same_as <(printf '%s\n' '["A"]' '["C"]' '[]' '["B"]')
    # nobody is named where counts are withheld
    run -4 jq -e 'select(.table == "s" and .kind == "cell") | .records // empty' got
}

@test "tabulate adds up the public records of parts, as if one process had counted all" {
    echo '{"public":["trust","name"],"tables":[{"field":"a"},{"field":"a","by":"g"},{"id":"units","field":"a","unit":"g"}]}' >plan.json
    for i in 1 2 3 4 5 6 7 8 9; do
        printf '{"trust":"T%d","name":"N \\"%d\\"","a":"%s","g":%d,"secret":"s"}\n' $i $i "$((i % 3))" $((i % 2))
    done >in
    "$BIN/tabulate" -p plan.json in >expected
    grep -q '"records":\["T3","T6","T9"\]' expected
    for part in 1,4 5,5 6,9; do sed -n "${part}p" in | "$BIN/tabulate" -p plan.json --partial; done >parts
    "$BIN/tabulate" -p plan.json --merge parts | same_as expected
    run -1 grep -q secret parts
    # more than anybody looks at: then none, of one part as of all
    for i in $(seq 5001); do echo "{\"trust\":$i,\"a\":1}"; done >many
    head -n 3000 many | "$BIN/tabulate" -p plan.json --partial >parts
    tail -n +3001 many | "$BIN/tabulate" -p plan.json --partial >>parts
    run -0 --separate-stderr "$BIN/tabulate" -p plan.json --merge parts
    assert_equal "$stderr" "tabulate: the plan's public records are not listed: there are more than 5000"
    run -1 grep -q '"records"' <<<"$output"
    "$BIN/tabulate" -p plan.json --partial many >parts 2>told
    grep -qxF "$stderr" told
    "$BIN/tabulate" -p plan.json --merge parts 2>told | grep -vq '"records"'
    sed 's/"records":\[0\]/"records":[1]/' <(head -n 1 many | "$BIN/tabulate" -p plan.json --partial) >parts
    run -1 "$BIN/tabulate" -p plan.json --merge parts
    assert_output --partial "field 'records': no such record"
}

@test "tabulate titles the comparison of respondents by the label of its field, and passes on a date" {
    echo '{"date":"June 2020","labels":{"gde":"GDE funding"},"tables":[{"id":"r","field":"s","flow":{"complete":["yes"],"compare":["gde","type"]}}]}' >plan.json
    echo '{"fields":[{"name":"type","title":"Kind of trust"}]}' >a.schema.json
    echo '{"s":"yes","gde":"x","type":"y"}' | "$BIN/tabulate" -p plan.json --schema a.schema.json >got
    jq -r 'select(.kind == "total") | .title' got | sort -u | grep Respondents |
        same_as <(printf '%s\n' 'Respondents and non-respondents by GDE funding' 'Respondents and non-respondents by Kind of trust')
    head -n 1 got | jq -r .date | same_as <(echo 'June 2020')
}

@test "tabulate adds up whole numbers to a whole number" {
    echo '{"tables":[{"id":"t","field":"x","sum":true}]}' >plan.json
    # 1 + 2 + 4 = 7, three times the mean is 6.999999999999999
    [ "$(printf '{"x":%s}\n' 1 2 4 | "$BIN/tabulate" -p plan.json | jq -c 'select(.kind == "summary").sum')" = 7 ]
    echo '{"tables":[{"id":"t","field":"x","sum":true,"values":["a"]}]}' >plan.json
    fails_with 2 "tabulate: plan.json: tables[0]: 'sum' and 'values' cannot be used together: numbers that are summarised have no rows" "$BIN/tabulate" -p plan.json /dev/null
}
