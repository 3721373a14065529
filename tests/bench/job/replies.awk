# replies.awk -- the replies of a whole job, its roster, and the counts that are true of them.
#
#   awk -v n=1000000 -v dir=. -f replies.awk codebook.csv
#
# Writes dir/foi.csv (about 175 bytes a reply), dir/roster.csv (5,000 bodies) and
# dir/truth.tsv: TABLE, VALUE, GROUP, COUNT. Five yes/no answers as people type them, one in
# twelve missing with a reason; a date, a status, a free text that names none to five
# technologies and may deny one, most texts once only. A generator of its own (Park and
# Miller 1988, the minimal standard) makes the same bytes under every awk.

function draw(below) {
    seed = (seed * 16807) % 2147483647
    return seed % below
}

# "yes", "no" or "" with what a person typed in TYPED
function yes_no(name, k) {
    k = draw(36)
    if (k < 3) {
        typed = k == 0 ? "" : k == 1 ? "N/A" : "Not held"
        return ""
    }
    if (k < 19) {
        typed = k < 12 ? "Yes" : k < 15 ? "yes" : k < 17 ? "YES" : k < 18 ? "Y" : "Yes "
        return "yes"
    }
    typed = k < 28 ? "No" : k < 32 ? "no" : k < 34 ? "NO" : k < 35 ? "N" : " No"
    return "no"
}

function count(table, value, group) {
    if (value != "" && group != "")
        truth[table "\t" value "\t" group]++
}

# Names one to five technologies, and may deny one that it does not name.
function technologies(i, list, k, names, t, joint, used) {
    split("", used)
    split("", group_used)
    names = 1 + draw(5)
    list = ""
    joint = draw(3)
    for (k = 0; k < names; k++) {
        t = 1 + draw(terms)
        if (code[t] in used)
            continue
        used[code[t]] = 1
        group_used[group[t]] = 1
        list = list (list == "" ? "" : joint == 0 ? ", " : joint == 1 ? "; " : " and ") term[t]
    }
    if (draw(4) == 0)
        list = "Our team of " (2 + draw(90)) " uses " list
    else if (draw(3) == 0)
        list = list " since " (1995 + draw(25))
    if (draw(9) == 0) {
        t = 1 + draw(terms)
        if (!(code[t] in used))
            list = list ". We do not use " term[t]
    }
    if (draw(2) == 0)
        list = list ". The department of " (2 + draw(400)) " staff looks after " (1 + draw(60)) " sites and " (100 + draw(9000)) " users"
    for (t in used)
        truth["tech\t" t "\t"]++
    for (t in group_used)
        truth["tech_group\t" t "\t"]++
    return list
}

# The terms that a plain word search can tell apart, so that every program can be asked for them.
FNR == 1 { next }
{
    split($0, part, ",")
    if ($0 !~ /"/ && part[4] == part[3] && part[6] ~ /^[A-Za-z]+( [A-Za-z]+)*$/ && part[8] == "" && part[9] == "" && part[7] == "") {
        term[++terms] = part[6]
        code[terms] = part[3]
        group[terms] = part[5]
    }
}

END {
    seed = 20261128
    bodies = 5000
    regions = split("North East|North West|London|South East|South West|Midlands|East of England", region, "|")
    types = split("acute|mental health|community|ambulance", type, "|")
    print "Code,Name,Region,Type,Funded" >(dir "/roster.csv")
    for (b = 0; b < bodies; b++) {
        r = region[draw(regions) + 1]; t = type[draw(types) + 1]; f = draw(4) == 0 ? "funded" : "not funded"
        of_region[b] = r; of_type[b] = t; of_funded[b] = f
        printf "B-%04d,Invented %s Trust %d,%s,%s,%s\n", b, r, b, r, t, f >(dir "/roster.csv")
    }
    statuses = split("Answered in full|Answered in part|Refused in part|Late reply", status, "|")
    out = dir "/foi.csv"
    print "Reply,Body,Received,Status,1. In-house team?,2. Public websites?,3. Clinical staff?,4. For others?,5. Grant?,6. Technologies" >out
    for (i = 0; i < n; i++) {
        b = draw(bodies)
        s = status[draw(statuses) + 1]
        line = i ",B-" sprintf("%04d", b) "," sprintf("%02d/%02d/2020", 1 + draw(28), 1 + draw(12)) "," s
        for (q = 1; q <= 5; q++) {
            answer[q] = yes_no()
            line = line "," typed
        }
        text = draw(20) == 0 ? "" : technologies(i)
        line = line "," (text ~ /,/ ? "\"" text "\"" : text)
        print line >out
        count("team_by_funded", answer[1], of_funded[b])
        count("public_by_type", answer[2], of_type[b])
        count("clinical_by_region", answer[3], of_region[b])
        count("others_by_funded", answer[4], of_funded[b])
        count("grant_by_status", answer[5], s)
        count("team_by_public", answer[1], answer[2])
    }
    for (cell in truth)
        print cell "\t" truth[cell] | ("LC_ALL=C sort >" dir "/truth.tsv")
}
