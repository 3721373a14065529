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
END
    tabulate --field a --by g in | show .kind,.field,.value,.group,.n,.base,.by_multiple >got
    cat >expected <<'END'
cell a yes north 1 1 true
cell a yes south 1 2 true
cell a no north 0 1 true
cell a no south 1 2 true
total a null north 1 1 true
total a null south 2 2 true
total a null null 2 2 true
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
    fails_with 2 "tabulate: option '--max-cells' takes 1 to 134217728 (try --help)" "$BIN/tabulate" --field a --max-cells 0 in
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
    faulty '{"tables":[{"field":"a","interval":"wald"}]}' "tables[0].interval: 'wald' is none of wilson|clopper-pearson|agresti-coull|none"
    faulty '{"tables":[{"field":"a","groups":["x"]}]}' "tables[0]: 'groups' without 'by'"
    faulty '{"tables":[{"field":"a","unit":"u","pairs":true}]}' "tables[0]: 'pairs' counts records: it cannot be used with 'unit' or 'weight'"
}

@test "tabulate reproduces the counts of the real FOI study" {
    # Feldman et al. 2018, BMJ Open 8:e019952: 185 of 236 sent a register, of them 47 without cash values;
    # counted here with awk from the same file, since these columns hold no quotes.
    needs_data coi-2017/responses.csv
    "$BIN/fromcsv" "$DATA/coi-2017/responses.csv" >in || skip "fromcsv is not built"
    tabulate --field received in | jq -c 'select(.kind == "cell" and .value == "Y") | [.n,.base]' >got
    echo '[185,236]' >expected
    same_as expected <got
}
