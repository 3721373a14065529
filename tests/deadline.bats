#!/usr/bin/env bats
# deadline: working days, due dates, replies in time.
load helper

HOLIDAYS=$ROOT/src/calendar/bank-holidays.json

sent() { # SENT RECEIVED
    printf '{"sent":"%s","received":"%s"}\n' "$@"
}

days() {
    "$BIN/deadline" --from sent --to received "$@"
}

# The due date of a request received on DATE.
due() { # DATE [OPTION...]
    local date=$1
    shift
    sent "$date" "$date" | days "$@" | sed 's/.*"due":"\([^"]*\)".*/\1/'
}

# ---- section 10 ----

# Counted by hand from a calendar; 2014-12-02 is FOIMan's published deadline ("Christmas 2014/15 UK FOI
# Deadlines"), which rests on 1 and 2 January and Christmas.
@test "deadline gives the twentieth working day following receipt" {
    assert_equal "$(due 2020-02-03)" 2020-03-02
    assert_equal "$(due 2014-12-02)" 2015-01-05
    assert_equal "$(due 2012-05-18)" 2012-06-19 # two days for the Diamond Jubilee
    assert_equal "$(due 2022-08-26)" 2022-09-27 # the State Funeral
    assert_equal "$(due 2023-04-14)" 2023-05-16 # the Coronation, and 1 May
    assert_equal "$(due 2026-05-22)" 2026-06-23 # Scotland's World Cup
}

# The cases of mySociety's Alaveteli for these days (spec/models/holiday_spec.rb), with the days off of 2009.
@test "deadline takes Monday for the first day of a request received on the weekend" {
    cat >2009.json <<'X'
{"uk":{"events":[{"date":"2009-01-01"},{"date":"2009-03-17"},{"date":"2009-04-10"},{"date":"2009-04-13"}]}}
X
    assert_equal "$(due 2009-03-12 --holidays 2009.json)" 2009-04-14
    for received in 2009-03-13 2009-03-14 2009-03-15; do
        assert_equal "$(due $received --holidays 2009.json)" 2009-04-15
    done
}

@test "deadline takes the next working day for the first of a request received on a bank holiday" {
    assert_equal "$(due 2020-04-10)" "$(due 2020-04-09)" # Good Friday, and the Thursday before
    assert_equal "$(due 2020-04-13)" 2020-05-12          # Easter Monday: Tuesday is the first
}

@test "deadline counts each day off once, in the part of the United Kingdom asked for" {
    # 17 March is Northern Ireland's, 13 April not Scotland's, 8 May everybody's
    assert_equal "$(due 2020-03-16)" 2020-04-16
    assert_equal "$(due 2020-03-16 --holidays uk)" 2020-04-16
    assert_equal "$(due 2020-03-16 --holidays england)" 2020-04-15
    assert_equal "$(due 2020-03-16 --holidays scotland)" 2020-04-14
    assert_equal "$(due 2020-03-16 --holidays northern-ireland)" 2020-04-16
}

@test "deadline counts other numbers of days with --limit" {
    assert_equal "$(due 2020-02-03 --limit 40)" 2020-03-31 # 17 March off
    assert_equal "$(due 2020-02-03 --limit 1)" 2020-02-04
}

@test "deadline says what a reply took and whether it came in time" {
    {
        sent 2020-02-03 2020-02-03 # the same day
        sent 2020-02-03 2020-03-02 # the last day
        sent 2020-02-03 2020-03-03
        sent 2020-02-01 2020-02-29 # on the Saturday after the last day
        sent 2020-04-09 2020-04-13 # over Easter
    } | days >got
    cat >expected <<'X'
{"sent":"2020-02-03","received":"2020-02-03","days_taken":0,"due":"2020-03-02","on_time":true}
{"sent":"2020-02-03","received":"2020-03-02","days_taken":20,"due":"2020-03-02","on_time":true}
{"sent":"2020-02-03","received":"2020-03-03","days_taken":21,"due":"2020-03-02","on_time":false}
{"sent":"2020-02-01","received":"2020-02-29","days_taken":20,"due":"2020-02-28","on_time":false}
{"sent":"2020-04-09","received":"2020-04-13","days_taken":0,"due":"2020-05-12","on_time":true}
X
    same_as expected <got
}

@test "deadline takes the day of a date with a time" {
    sent 2020-02-03T23:59:59Z 2020-02-04T00:00:01+01:00 | days |
        same_as <(echo '{"sent":"2020-02-03T23:59:59Z","received":"2020-02-04T00:00:01+01:00","days_taken":0,"due":"2020-03-02","on_time":true}')
}

# ---- against a naive count ----

# COUNT records as they must come out, by walks over a calendar with the working days marked.
naive() { # LIMIT COUNT
    grep -o '"date": "[^"]*"' "$HOLIDAYS" | cut -d '"' -f 4 | awk -v limit="$1" -v count="$2" '
        { off[$1] = 1 }
        END {
            split("31 28 31 30 31 30 31 31 30 31 30 31", length_of, " ")
            weekday = 7 # 2012-01-01 was a Sunday
            for (y = 2012; y <= 2028; y++)
                for (m = 1; m <= 12; m++)
                    for (d = 1; d <= length_of[m] + (m == 2 && y % 4 == 0); d++) {
                        text[++n] = sprintf("%04d-%02d-%02d", y, m, d)
                        works[n] = weekday <= 5 && !(text[n] in off)
                        weekday = weekday % 7 + 1
                    }
            srand(17)
            for (i = 0; i < count; i++) {
                from = 1 + int(rand() * (n - 120))
                to = from + int(rand() * 90)
                taken = 0
                for (day = from + 1; day <= to; day++)
                    taken += works[day]
                due = from
                for (left = limit; left > 0; left -= works[due])
                    due++
                printf "{\"sent\":\"%s\",\"received\":\"%s\",\"days_taken\":%d,\"due\":\"%s\",\"on_time\":%s}\n",
                    text[from], text[to], taken, text[due], to <= due ? "true" : "false"
            }
        }'
}

@test "deadline agrees with counting day after day" {
    for limit in 20 40; do
        naive $limit 3000 >expected
        assert_equal "$(wc -l <expected)" 3000
        sed 's/,"days_taken.*/}/' expected | days --limit $limit | same_as expected
    done
}

@test "deadline twice is deadline once" {
    naive 20 200 >in
    echo '{"sent":"2020-06-20","received":null}' >>in
    echo '{"received":"2020-06-20","_missing":{"sent":"blank"}}' >>in
    days --as-at 2020-06-30 in >once
    days --as-at 2020-06-30 once | same_as once
    days in >once
    days once | same_as once
}

@test "deadline writes or rejects every record" {
    { naive 20 50; sent 2020-02-03 2020-02-01; sent x y; echo '[]'; } >in
    run -0 --separate-stderr days --rejects bad.jsonl --stats stats.json -o out in
    assert_equal "$stderr" "deadline: 3 of 53 records rejected (see bad.jsonl)"
    assert_equal "$(wc -l <out)" 50
    assert_equal "$(wc -l <bad.jsonl)" 3
    [[ $(cat stats.json) == *'"read":53,"written":50,"rejected":3,'* ]]
}

# ---- no reply yet ----

@test "deadline counts a request without a reply up to --as-at" {
    cat >in <<'X'
{"sent":"2020-02-03","received":null,"_missing":{"received":"no_response"}}
{"sent":"2020-02-04"}
{"sent":"2020-02-05","received":null}
{"sent":"2020-03-03","received":null}
X
    days --as-at 2020-03-03 --stats stats.json in >got
    cat >expected <<'X'
{"sent":"2020-02-03","received":null,"_missing":{"received":"no_response"},"days_taken":21,"due":"2020-03-02","on_time":false}
{"sent":"2020-02-04","days_taken":20,"due":"2020-03-03","on_time":null,"_missing":{"on_time":"open"}}
{"sent":"2020-02-05","received":null,"days_taken":19,"due":"2020-03-04","on_time":null,"_missing":{"on_time":"open"}}
{"sent":"2020-03-03","received":null,"days_taken":0,"due":"2020-04-01","on_time":null,"_missing":{"on_time":"open"}}
X
    same_as expected <got
    [[ $(cat stats.json) == *'"on_time":0,"late":0,"overdue":1,"open":3,"unknown":0}' ]]
}

@test "deadline without --as-at leaves open what has no reply, with the reason" {
    cat >in <<'X'
{"sent":"2020-02-03","received":null,"_missing":{"received":"no_response"}}
{"sent":"2020-02-04"}
X
    days in >got
    cat >expected <<'X'
{"sent":"2020-02-03","received":null,"_missing":{"received":"no_response","days_taken":"no_response","on_time":"no_response"},"days_taken":null,"due":"2020-03-02","on_time":null}
{"sent":"2020-02-04","days_taken":null,"due":"2020-03-03","on_time":null,"_missing":{"days_taken":"absent","on_time":"absent"}}
X
    same_as expected <got
}

@test "deadline does not count as open what is no wait for a reply" {
    for reason in invalid withdrawn not_applicable not_asked; do
        echo '{"sent":"2020-02-03","received":null,"_missing":{"received":"'$reason'"}}' |
            days --as-at 2020-06-30 --stats stats.json |
            same_as <(echo '{"sent":"2020-02-03","received":null,"_missing":{"received":"'$reason'","days_taken":"'$reason'","on_time":"'$reason'"},"days_taken":null,"due":"2020-03-02","on_time":null}')
        [[ $(cat stats.json) == *'"open":0,"unknown":1}' ]]
    done
}

@test "deadline of a request without a date is null, with the date's reason" {
    echo '{"sent":null,"received":"2020-02-03","_missing":{"sent":"not_held"}}' | days |
        same_as <(echo '{"sent":null,"received":"2020-02-03","_missing":{"sent":"not_held","days_taken":"not_held","due":"not_held","on_time":"not_held"},"days_taken":null,"due":null,"on_time":null}')
}

@test "deadline takes back the reasons of fields that are known now, and leaves the other reasons as they stand" {
    echo '{"sent":"2020-02-03","received":"2020-02-04","_missing":{"days_taken":"absent","on_time":"absent"}}' | days |
        same_as <(echo '{"sent":"2020-02-03","received":"2020-02-04","days_taken":1,"due":"2020-03-02","on_time":true}')
    echo '{"sent":"2020-02-03","received":"2020-02-04","_missing": {"grant" : "n\u006ft_held"}}' | days |
        same_as <(echo '{"sent":"2020-02-03","received":"2020-02-04","_missing": {"grant" : "n\u006ft_held"},"days_taken":1,"due":"2020-03-02","on_time":true}')
}

# ---- fields ----

@test "deadline leaves every other byte as it stands and sets fields that are there in their place" {
    echo '{"n": 1.0,"due":"x","\u0073ent" : "2020-02-03","s":"\u00e9","received":"2020-02-04", "o":{"a": [1e400]}}' | days |
        same_as <(echo '{"n": 1.0,"due":"2020-03-02","\u0073ent" : "2020-02-03","s":"\u00e9","received":"2020-02-04", "o":{"a": [1e400]},"days_taken":1,"on_time":true}')
}

@test "deadline names its fields by --days-taken, --due and --on-time" {
    sent 2020-02-03 2020-02-04 | days --days-taken working --due by --on-time "in time" |
        same_as <(echo '{"sent":"2020-02-03","received":"2020-02-04","working":1,"by":"2020-03-02","in time":true}')
}

@test "deadline says when no record has a field, since its name is most likely misspelt" {
    sent 2020-02-03 2020-02-04 >in
    run -0 --separate-stderr "$BIN/deadline" --from snet --to recieved in
    assert_equal "$stderr" "deadline: field 'snet' is in no record (did you mean 'sent'? see --from)
deadline: field 'recieved' is in no record (did you mean 'received'? see --to)"
}

@test "deadline says under -v which bank holidays it took" {
    run -0 --separate-stderr days -v /dev/null
    assert_equal "$stderr" "deadline: bank holidays of uk: $(off | wc -l) from 2012 to 2028"
}

# ---- bad data ----

@test "deadline refuses what is no date" {
    echo '{"sent":43831,"received":"2020-02-03"}' >in
    fails_with 1 "deadline: in:1: field 'sent': expected a date, not a number" days in
    echo '{"sent":"2020-02-03","received":["2020-02-03"]}' >in
    fails_with 1 "deadline: in:1: field 'received': expected a date, not a list" days in
    for text in 31/02/2020 2020-02-30 20200203 2020-2-3 "" "soon"; do
        sent "$text" 2020-02-03 >in
        fails_with 1 "deadline: in:1: field 'sent': '$text' is not a date as 2020-02-29 (see normalise)" days in
    done
}

@test "deadline refuses a reply before the request" {
    { sent 2020-02-03 2020-02-03; sent 2020-02-03 2020-02-02; } >in
    run -1 --separate-stderr days in
    assert_equal "$stderr" "deadline: in:2: field 'received': '2020-02-02' is before 'sent'"
}

@test "deadline refuses dates of years whose bank holidays it does not know" {
    sent 2011-12-31 2012-01-31 >in
    fails_with 1 "deadline: in:1: field 'sent': '2011-12-31' is outside 2012 to 2028, the years of the bank holidays (see --holidays)" days in
    sent 2028-06-01 2029-01-01 >in
    fails_with 1 "deadline: in:1: field 'received': '2029-01-01' is outside 2012 to 2028, the years of the bank holidays (see --holidays)" days in
    sent 2028-12-18 2028-12-19 >in
    fails_with 1 "deadline: in:1: field 'sent': due after 2028, the last year of the bank holidays (see --holidays)" days in
    sent 2028-12-18 2028-12-19 | days --limit 5 |
        same_as <(echo '{"sent":"2028-12-18","received":"2028-12-19","days_taken":1,"due":"2028-12-27","on_time":true}')
}

@test "deadline refuses a request later than --as-at" {
    echo '{"sent":"2020-07-01"}' >in
    fails_with 1 "deadline: in:1: field 'sent': later than --as-at 2020-06-30" days --as-at 2020-06-30 in
}

@test "deadline refuses a _missing that is no object of reasons" {
    echo '{"sent":"2020-02-03","received":"2020-02-04","_missing":["sent"]}' >in
    fails_with 1 "deadline: in:1: field '_missing': not an object of reasons" days in
}

# ---- options ----

@test "deadline refuses options that cannot be meant" {
    fails_with 2 "deadline: option '--from' is required (try --help)" "$BIN/deadline" --to b
    fails_with 2 "deadline: option '--to' is required (try --help)" "$BIN/deadline" --from a
    fails_with 2 "deadline: options '--from' and '--to' name the same field 'a' (try --help)" "$BIN/deadline" --from a --to a
    fails_with 2 "deadline: options '--due' and '--to' name the same field 'received' (try --help)" days --due received
    fails_with 2 "deadline: option '--due' takes the name of a field, not '_missing' (try --help)" days --due _missing
    fails_with 2 "deadline: option '--due' takes the name of a field, not '\xff' (try --help)" days --due $'\xff'
    fails_with 2 "deadline: option '--limit' takes 1 to 1000, not 0 (try --help)" days --limit 0
    fails_with 2 "deadline: option '--limit' takes 1 to 1000, not 1001 (try --help)" days --limit 1001
    fails_with 2 "deadline: option '--as-at' takes a date as 2020-02-29, not '30/06/2020' (try --help)" days --as-at 30/06/2020
    fails_with 2 "deadline: option '--as-at' takes a date as 2020-02-29, not '2020-06-30T10:00' (try --help)" days --as-at 2020-06-30T10:00
    fails_with 2 "deadline: --as-at 2031-06-30 is outside 2012 to 2028, the years of the bank holidays (see --holidays)" days --as-at 2031-06-30
}

# ---- the list ----

# Days off of all parts, from Monday to Friday, each once.
off() {
    grep -o '"date": "[^"]*"' "$HOLIDAYS" | sort -u
}

# Schedule 1 of the Banking and Financial Dealings Act 1971 and the proclamations under its section 1: what
# comes every year with the substitutes for weekends, Easter Sundays by the almanac, and the days of one year.
by_the_act() {
    awk '
        function put(who, date) { print who, date; taken[who, date] = 1 }
        function instead(who, date) {
            while (weekday[date] > 5 || (who, date) in taken) date = after[date]
            put(who, date)
        }
        function fixed(who, date, other) { # one day or two: those in the week first
            if (weekday[date] <= 5) put(who, date)
            if (other && weekday[other] <= 5) put(who, other)
            if (weekday[date] > 5) instead(who, date)
            if (other && weekday[other] > 5) instead(who, other)
        }
        function monday(date) { while (weekday[date] != 1) date = after[date]; return date }
        BEGIN {
            split("31 28 31 30 31 30 31 31 30 31 30 31", length_of, " ")
            split("04-08 03-31 04-20 04-05 03-27 04-16 04-01 04-21 04-12 04-04 04-17 04-09 03-31 04-20 04-05 03-28 04-16", easter, " ")
            split("england-and-wales scotland northern-ireland", parts, " ")
            day = 7 # 2012-01-01 was a Sunday
            for (y = 2012; y <= 2028; y++)
                for (m = 1; m <= 12; m++)
                    for (d = 1; d <= length_of[m] + (m == 2 && y % 4 == 0); d++) {
                        date = sprintf("%04d-%02d-%02d", y, m, d)
                        weekday[date] = day
                        day = day % 7 + 1
                        after[last] = date
                        before[date] = last
                        last = date
                    }
            for (y = 2012; y <= 2028; y++) for (p = 1; p <= 3; p++) {
                who = parts[p]
                scotland = who == "scotland"
                sunday = y "-" easter[y - 2011]
                fixed(who, y "-01-01", scotland ? y "-01-02" : "")
                put(who, before[before[sunday]])
                if (!scotland) put(who, after[sunday])
                put(who, y == 2020 ? "2020-05-08" : monday(y "-05-01"))
                put(who, y == 2012 ? "2012-06-04" : y == 2022 ? "2022-06-02" : monday(y "-05-25"))
                put(who, scotland ? monday(y "-08-01") : monday(y "-08-25"))
                fixed(who, y "-12-25", y "-12-26")
                if (scotland) fixed(who, y "-11-30")
                if (who == "northern-ireland") { fixed(who, y "-03-17"); fixed(who, y "-07-12") }
            }
            for (p = 1; p <= 3; p++) {
                put(parts[p], "2012-06-05") # Diamond Jubilee
                put(parts[p], "2022-06-03") # Platinum Jubilee
                put(parts[p], "2022-09-19") # State Funeral
                put(parts[p], "2023-05-08") # Coronation
            }
            put("scotland", "2026-06-15") # World Cup
        }'
}

@test "deadline knows the bank holidays that the 1971 Act and its proclamations give" {
    grep -oE '"(division|date)": "[^"]*"' "$HOLIDAYS" |
        awk -F '"' '$2 == "division" { division = $4; next } { print division, $4 }' | sort >got
    by_the_act | sort >expected
    assert_equal "$(wc -l <expected)" 472
    same_as expected <got
}

# What is compiled in is that file: the due dates by either agree on every day.
@test "deadline has its list compiled in" {
    naive 20 300 >in
    days in >expected
    days --holidays "$HOLIDAYS" in | same_as expected
}

@test "deadline reads one part's list in gov.uk's form" {
    awk '/"scotland": \{/ { print "{"; on = 1; next } on && /^  }/ { print "}"; exit } on' "$HOLIDAYS" >scotland.json
    assert_equal "$(head -n 2 scotland.json | tail -n 1)" '    "division": "scotland",'
    assert_equal "$(due 2020-03-16 --holidays scotland.json)" 2020-04-14
}

@test "deadline knows the years that every part of a file lists" {
    echo '{"a":{"events":[{"date":"2020-01-01"},{"date":"2021-01-01"}]},"b":{"events":[{"date":"2021-01-01"},{"date":"2022-01-03"}]}}' >parts.json
    assert_equal "$(due 2021-01-04 --holidays parts.json)" 2021-02-01
    sent 2020-12-31 2020-12-31 >in
    fails_with 1 "deadline: in:1: field 'sent': '2020-12-31' is outside 2021 to 2021, the years of the bank holidays (see --holidays)" \
        days --holidays parts.json in
}

refuses_list() { # DOCUMENT MESSAGE
    printf '%s\n' "$1" >list.json
    fails_with 2 "deadline: list.json: $2" days --holidays list.json
}

@test "deadline refuses a list that it cannot trust" {
    fails_with 2 "deadline: wales.json: No such file or directory" days --holidays wales.json
    refuses_list '{}' "no division"
    refuses_list '[]' "expected an object, not a list"
    refuses_list '{"scotland":{}}' "scotland: 'events' is missing"
    refuses_list '{"scotland":{"events":[]}}' "scotland.events: is empty"
    refuses_list '{"scotland":{"events":{}}}' "scotland.events: expected a list, not an object"
    refuses_list '{"scotland":{"events":[{"title":"New Year"}]}}' "scotland.events[0]: 'date' is missing"
    refuses_list '{"scotland":{"events":[{"date":"01/01/2020"}]}}' "scotland.events[0].date: '01/01/2020' is not a date as 2020-02-29"
    refuses_list '{"scotland":{"events":[{"date":"2020-01-01"},{"date":"2022-01-03"}]}}' "scotland.events: no day off from Monday to Friday in 2021"
    refuses_list '{"a":{"events":[{"date":"2020-01-01"}]},"b":{"events":[{"date":"2021-01-01"}]}}' "no year that every division lists"
}

@test "deadline counts an instant by the day that it is in London" {
    # 23:30 UTC on 30 June is 00:30 on 1 July in London; in winter London has UTC
    for instant in 2020-06-30T23:30:00Z 2020-07-01T00:30:00+01:00 2020-07-01T01:30:00+02:00 2020-06-30T19:30:00-04:00 2020-07-01; do
        echo "{\"sent\":\"$instant\",\"received\":\"2020-07-30\"}" | "$BIN/deadline" --from sent --to received | jq -c '[.days_taken,.due,.on_time]' >got
        echo '[20,"2020-07-30",true]' | same_as got
    done
    for instant in 2020-12-01T23:30:00Z 2020-12-02T00:30:00+01:00 2020-12-01; do
        echo "{\"sent\":\"$instant\",\"received\":\"2020-12-02\"}" | "$BIN/deadline" --from sent --to received | jq -c .days_taken >got
        echo 1 | same_as got
    done
    # the hours at which the clocks go: 2020-03-29T01:00Z and 2020-10-25T01:00Z
    due() {
        echo "{\"sent\":\"$1\",\"received\":null}" | "$BIN/deadline" --from sent --to received --calendar-days --limit 1 | jq -r .due
    }
    assert_equal "$(due 2020-03-28T23:59:00Z)" 2020-03-29
    assert_equal "$(due 2020-03-29T23:30:00Z)" 2020-03-31
    assert_equal "$(due 2020-10-24T23:30:00Z)" 2020-10-26
    assert_equal "$(due 2020-10-25T23:30:00Z)" 2020-10-26
    # without an offset it is the day as written
    assert_equal "$(due 2020-06-30T23:30:00)" 2020-07-01
}

@test "deadline knows the limits of the laws by name, and counts all days with --calendar-days" {
    due() {
        echo '{"sent":"2020-02-03","received":null}' | "$BIN/deadline" --from sent --to received "$@" | jq -r .due
    }
    assert_equal "$(due)" 2020-03-02
    assert_equal "$(due --limit foi)" 2020-03-02
    assert_equal "$(due --limit eir)" 2020-03-02
    assert_equal "$(due --limit eir-extended)" "$(due --limit 40)"
    assert_equal "$(due --limit schools)" "$(due --limit 60)"
    assert_equal "$(due --limit foisa --as-at 2020-02-05)" "$(due --limit 20 --holidays scotland)"
    # St Patrick's Day is a working day in Scotland alone
    echo '{"sent":"2020-03-16","received":null}' >in
    assert_equal "$("$BIN/deadline" --from sent --to received --limit foisa in | jq -r .due)" 2020-04-14
    assert_equal "$("$BIN/deadline" --from sent --to received in | jq -r .due)" 2020-04-16
    assert_equal "$("$BIN/deadline" --from sent --to received --limit foisa --holidays uk in | jq -r .due)" 2020-04-16
    # calendar days: no year is unknown
    echo '{"sent":"2050-12-20","received":"2051-01-20"}' | "$BIN/deadline" --from sent --to received --calendar-days --limit 30 >got
    echo '{"sent":"2050-12-20","received":"2051-01-20","days_taken":31,"due":"2051-01-19","on_time":false}' | same_as got
    fails_with 2 "deadline: option '--calendar-days' cannot go with '--holidays' (try --help)" \
        "$BIN/deadline" --from a --to b --calendar-days --holidays uk
    fails_with 2 "deadline: option '--limit' takes 1 to 1000, foi, eir, eir-extended, foisa or schools, not 'foia' (try --help)" \
        "$BIN/deadline" --from a --to b --limit foia
}
