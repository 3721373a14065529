# generate.awk -- the data of this study, made from nothing but a seed.
#
#   LC_ALL=C awk -v file=roster -f generate.awk >roster.csv
#
# with file=roster, foi, website or truth. truth is what a careful reader would
# code each technology answer to, one JSON object a trust that disclosed any:
# "tech" in the order of first mention, "not_used" what the answer denies using.
#
# The published counts are not left to luck: draw() and assign() pick exactly so
# many trusts, and chance decides only which. POSIX awk; the same bytes under
# mawk, gawk, BusyBox and the original awk. rand() differs between them, so the
# numbers come from Lehmer's generator with the multiplier of Park and Miller
# (1988, CACM 31:1195), whose products stay under 2^46 and so are exact.

BEGIN {
    if (file !~ /^(roster|foi|website|truth)$/) {
        print "generate.awk: give -v file=roster, foi, website or truth" | "cat 1>&2"
        exit 2
    }
    seed = 20200113
    TRUSTS = 226
    QUESTIONS = 8
    NBSP = "\302\240"
    EN_DASH = "\342\200\223"
    APOSTROPHE = "\342\200\231"
    BULLET = "\342\200\242"
    ZERO_WIDTH = "\342\200\213"

    make_technologies()
    make_trusts()
    make_replies()
    make_choices()
    make_denials()
    make_texts()
    if (file == "roster")
        write_roster()
    else if (file == "foi")
        write_foi()
    else if (file == "website")
        write_website()
    else
        write_truth()
}

# ---- chance ----

# A whole number from 0 to N-1. Statements call it one at a time: awk does not
# say in which order the parts of an expression are worked out.
function chance(n) {
    seed = (seed * 16807) % 2147483647
    return seed % n
}

function shuffle(list, n,    i, j, kept) {
    for (i = n; i > 1; i--) {
        j = chance(i) + 1
        kept = list[i]
        list[i] = list[j]
        list[j] = kept
    }
}

# One of the parts of TEXT, which are separated by "|".
function one_of(text,    parts, n) {
    n = split(text, parts, "|")
    return parts[chance(n) + 1]
}

# Gives the mark TO to exactly N of the trusts that have the mark FROM and the
# funding GDE (1 or 0).
function draw(to, from, gde, n,    i, size, pool) {
    size = 0
    for (i = 1; i <= TRUSTS; i++)
        if (mark[from, i] && mark["gde", i] == gde)
            pool[++size] = i
    shuffle(pool, size)
    for (i = 1; i <= n; i++)
        mark[to, pool[i]] = 1
}

# ---- the technologies ----

# Name, maker, open source, address, replies that name it, E where only the
# exact case is the name, ways of writing it (the first is the usual one), and
# what draws it to a reply: another technology (! pushes away; * is any).
function tech(line,    part) {
    techs++
    split(line, part, "|")
    tech_category[techs] = category
    tech_name[techs] = part[1]
    tech_maker[techs] = part[2]
    tech_open[techs] = part[3]
    tech_url[techs] = part[4]
    tech_quota[techs] = part[5]
    tech_exact[techs] = part[6] == "E"
    tech_forms[techs] = part[7]
    tech_pull[techs] = part[8]
    tech_of[part[1]] = techs
}

function make_technologies() {
    category = "programming language"
    tech("C#|Microsoft|Yes|https://docs.microsoft.com/dotnet/csharp/|81||C#;C#;C#;C Sharp;C# 7;C-Sharp|")
    tech("PHP|The PHP Group|Yes|https://www.php.net/|36||PHP;PHP;PHP 7;PHP7|!C#")
    tech("VB.NET|Microsoft|Yes|https://docs.microsoft.com/dotnet/visual-basic/|29||VB.NET;VB.Net;Visual Basic .NET;VB .NET|C#")
    tech("Java|Oracle|Yes|https://openjdk.java.net/|19||Java;Java;Java 8|")
    tech("HTML|WHATWG|Yes|https://html.spec.whatwg.org/|48||HTML;HTML5;HTML 5|")
    tech("CSS|World Wide Web Consortium|Yes|https://www.w3.org/Style/CSS/|34||CSS;CSS3|HTML")
    tech("JavaScript|Ecma International|Yes|https://developer.mozilla.org/docs/Web/JavaScript|62||JavaScript;Javascript;JavaScript;Java Script;JS|HTML")
    tech("SQL|ISO/IEC JTC 1/SC 32|Yes|https://www.iso.org/standard/63555.html|38||SQL|")
    tech("T-SQL|Microsoft|No|https://docs.microsoft.com/sql/t-sql/language-reference|11||T-SQL;Transact-SQL;TSQL|C#")
    tech("PL/SQL|Oracle|No|https://www.oracle.com/database/technologies/appdev/plsql.html|4||PL/SQL;PL-SQL|")
    tech("VBA|Microsoft|No|https://docs.microsoft.com/office/vba/api/overview/|14||VBA;Visual Basic for Applications|")
    tech("TypeScript|Microsoft|Yes|https://www.typescriptlang.org/|13||TypeScript;Typescript|JavaScript")
    tech("Python|Python Software Foundation|Yes|https://www.python.org/|7||Python;Python 3|")
    tech("R|R Foundation|Yes|https://www.r-project.org/|6|E|R|")
    tech("PowerShell|Microsoft|Yes|https://github.com/PowerShell/PowerShell|6||PowerShell;Powershell|C#")
    tech("C++|ISO/IEC JTC 1/SC 22/WG 21|Yes|https://isocpp.org/|5||C++|")
    tech("C|ISO/IEC JTC 1/SC 22/WG 14|Yes|http://www.open-std.org/jtc1/sc22/wg14/|2|E|C|C++")
    tech("Swift|Apple|Yes|https://swift.org/|5|E|Swift|")
    tech("Objective-C|Apple|Yes|https://developer.apple.com/library/archive/navigation/|3||Objective-C;Objective C|Swift")
    tech("Kotlin|JetBrains|Yes|https://kotlinlang.org/|3||Kotlin|Java")
    tech("Visual Basic 6|Microsoft|No|https://en.wikipedia.org/wiki/Visual_Basic_(classic)|4||VB6;Visual Basic 6;VB 6|VB.NET")
    tech("Perl|The Perl Foundation|Yes|https://www.perl.org/|3||Perl|PHP")
    tech("Delphi|Embarcadero|No|https://www.embarcadero.com/products/delphi|3||Delphi|")
    tech("Ruby|Ruby community|Yes|https://www.ruby-lang.org/|2|E|Ruby|")
    tech("MUMPS|Massachusetts General Hospital|Yes|https://en.wikipedia.org/wiki/MUMPS|2||MUMPS|")
    tech("F#|Microsoft and the F# Software Foundation|Yes|https://fsharp.org/|1||F#|C#")
    tech("Go|Google|Yes|https://golang.org/|1|E|Go|")
    tech("Dart|Google|Yes|https://dart.dev/|1|E|Dart|")

    category = "framework"
    tech("ASP.NET|Microsoft|Yes|https://dotnet.microsoft.com/apps/aspnet|47||ASP.NET;ASP.Net;ASP.NET MVC;ASP.NET Core|C#")
    tech(".NET|Microsoft|Yes|https://dotnet.microsoft.com/|44||.NET;.Net;.NET Core;.NET Framework;Dot Net|C#")
    tech("Bootstrap|The Bootstrap team|Yes|https://getbootstrap.com/|21||Bootstrap;Bootstrap 4|HTML")
    tech("Angular|Google|Yes|https://angular.io/|18||Angular;Angular 8|TypeScript")
    tech("Laravel|Taylor Otwell|Yes|https://laravel.com/|9||Laravel|PHP")
    tech("Xamarin|Microsoft|Yes|https://dotnet.microsoft.com/apps/xamarin|8||Xamarin;Xamarin Forms|C#")
    tech("Vue.js|Evan You|Yes|https://vuejs.org/|6||Vue.js;VueJS;Vue|JavaScript")
    tech("AngularJS|Google|Yes|https://angularjs.org/|5||AngularJS;Angular JS|JavaScript")
    tech("Classic ASP|Microsoft|No|https://en.wikipedia.org/wiki/Active_Server_Pages|5||Classic ASP|VB.NET")
    tech("Ionic|Drifty|Yes|https://ionicframework.com/|4||Ionic|Angular")
    tech("Cordova|Apache Software Foundation|Yes|https://cordova.apache.org/|3||Cordova;Apache Cordova|JavaScript")
    tech("Django|Django Software Foundation|Yes|https://www.djangoproject.com/|3||Django|Python")
    tech("Spring|VMware|Yes|https://spring.io/|3|E|Spring;Spring Boot|Java")
    tech("React Native|Facebook|Yes|https://reactnative.dev/|3||React Native|JavaScript")
    tech("Symfony|SensioLabs|Yes|https://symfony.com/|2||Symfony|PHP")
    tech("CodeIgniter|CodeIgniter Foundation|Yes|https://codeigniter.com/|2||CodeIgniter;Codeigniter|PHP")
    tech("Express|OpenJS Foundation|Yes|https://expressjs.com/|2|E|Express;Express.js|JavaScript")
    tech("Flask|Pallets|Yes|https://palletsprojects.com/p/flask/|2|E|Flask|Python")
    tech("Ruby on Rails|Rails core team|Yes|https://rubyonrails.org/|1||Ruby on Rails|Ruby")

    category = "library"
    tech("jQuery|OpenJS Foundation|Yes|https://jquery.com/|33||jQuery;JQuery|JavaScript")
    tech("React|Facebook|Yes|https://reactjs.org/|13|E|React;ReactJS;React.js|React Native")
    tech("Kendo UI|Progress Software|No|https://www.telerik.com/kendo-ui|5||Kendo UI;Telerik Kendo UI|ASP.NET")
    tech("Highcharts|Highsoft|No|https://www.highcharts.com/|4||Highcharts|JavaScript")
    tech("D3.js|Mike Bostock|Yes|https://d3js.org/|3||D3.js;D3|JavaScript")
    tech("Chart.js|Chart.js contributors|Yes|https://www.chartjs.org/|3||Chart.js;ChartJS|JavaScript")
    tech("Json.NET|James Newton-King|Yes|https://www.newtonsoft.com/json|3||Json.NET;Newtonsoft Json.NET|C#")
    tech("Moment.js|Moment.js contributors|Yes|https://momentjs.com/|2||Moment.js|JavaScript")
    tech("pandas|pandas development team|Yes|https://pandas.pydata.org/|2||pandas|Python")
    tech("Leaflet|Vladimir Agafonkin|Yes|https://leafletjs.com/|1|E|Leaflet|JavaScript")

    category = "database"
    tech("SQL Server|Microsoft|No|https://www.microsoft.com/sql-server|73||SQL Server;MS SQL Server;Microsoft SQL Server;MS SQL;SQL Server 2016;MSSQL;SQL Server Express|*")
    tech("MySQL|Oracle|Yes|https://www.mysql.com/|28||MySQL;mySQL;My SQL|PHP")
    tech("Oracle Database|Oracle|No|https://www.oracle.com/database/|11||Oracle;Oracle Database;Oracle DB;Oracle 12c|PL/SQL")
    tech("Microsoft Access|Microsoft|No|https://www.microsoft.com/microsoft-365/access|9|E|MS Access;Microsoft Access;Access|VBA")
    tech("PostgreSQL|PostgreSQL Global Development Group|Yes|https://www.postgresql.org/|8||PostgreSQL;Postgres|")
    tech("MongoDB|MongoDB, Inc.|No|https://www.mongodb.com/|5||MongoDB;Mongo DB|")
    tech("Azure SQL Database|Microsoft|No|https://azure.microsoft.com/services/sql-database/|4||Azure SQL;Azure SQL Database|C#")
    tech("MariaDB|MariaDB Foundation|Yes|https://mariadb.org/|3||MariaDB;Maria DB|PHP")
    tech("SQLite|Hwaci|Yes|https://www.sqlite.org/|3||SQLite|Swift")
    # The accent of the second is a combining character: the same name once in NFC.
    tech("InterSystems Cach\303\251|InterSystems|No|https://www.intersystems.com/products/cache/|3|E|InterSystems Cach\303\251;InterSystems Cache\314\201;InterSystems Cache|MUMPS")
    tech("Redis|Redis Labs|Yes|https://redis.io/|1||Redis|")

    category = "interoperability standard"
    tech("HL7 v2|HL7 International|Yes|https://www.hl7.org/implement/standards/product_brief.cfm?product_id=185|17||HL7 v2;HL7;HL7v2;HL7 2.x|")
    tech("FHIR|HL7 International|Yes|https://www.hl7.org/fhir/|15||FHIR;HL7 FHIR;FHIR STU3;FHIR R4|!HL7 v2")
    tech("DICOM|National Electrical Manufacturers Association|Yes|https://www.dicomstandard.org/|4||DICOM|HL7 v2")
    tech("IHE XDS|IHE International|Yes|https://wiki.ihe.net/index.php/Cross-Enterprise_Document_Sharing|3||IHE XDS;XDS;XDS.b|")
    tech("SNOMED CT|SNOMED International|No|https://www.snomed.org/|3||SNOMED CT;SNOMED-CT;SNOMED|FHIR")
    tech("HL7 CDA|HL7 International|Yes|https://www.hl7.org/implement/standards/product_brief.cfm?product_id=7|2||HL7 CDA;CDA|")
    tech("openEHR|openEHR Foundation|Yes|https://www.openehr.org/|1||openEHR|")

    category = "API or web service"
    tech("Google Maps API|Google|No|https://developers.google.com/maps|6||Google Maps API;Google Maps|JavaScript")
    tech("GOV.UK Notify|Government Digital Service|Yes|https://www.notifications.service.gov.uk/|5||GOV.UK Notify;Gov.uk Notify|")
    tech("Microsoft Graph|Microsoft|No|https://docs.microsoft.com/graph/overview|3||Microsoft Graph;MS Graph|C#")
    tech("Postcodes.io|Ideal Postcodes|Yes|https://postcodes.io/|2||Postcodes.io|JavaScript")
    tech("Twilio|Twilio|No|https://www.twilio.com/|2||Twilio|")

    category = "CI/CD platform"
    tech("Azure DevOps|Microsoft|No|https://azure.microsoft.com/services/devops/|12||Azure DevOps;Azure Dev Ops|C#")
    tech("Jenkins|Jenkins project|Yes|https://www.jenkins.io/|4||Jenkins|Java")
    tech("GitLab CI/CD|GitLab|Yes|https://docs.gitlab.com/ee/ci/|3||GitLab CI/CD;GitLab CI;GitLab|PHP")
    tech("GitHub Actions|GitHub|No|https://github.com/features/actions|2||GitHub Actions|JavaScript")
}

# ---- the trusts ----

function make_trusts(    i, heads, tails, h, t, places, place, number) {
    heads = split("Ambel Brackel Carrow Dunnel Eskal Fallow Garrel Hollen Ister Jessel Kerrin" \
        " Larrow Merrin Norrel Osker Pellan Quarrel Ruskel Sarnel Tarrow Ullen Vennel Wintle" \
        " Yarrel Zennel Corvin", h, " ")
    tails = split("caster wick mere holme combe stead thwaite bourne marsh wold minster haven", t, " ")
    for (i = 0; i < heads * tails; i++)
        place[++places] = h[i % heads + 1] t[int(i / heads) + 1]
    shuffle(place, places)

    for (i = 1; i <= TRUSTS; i++)
        trust_type[i] = i <= 133 ? "acute" : i <= 183 ? "mental health" : i <= 199 ? "community" : \
            i <= 216 ? "acute specialist" : "ambulance"
    shuffle(trust_type, TRUSTS)
    number = 100
    for (i = 1; i <= TRUSTS; i++) {
        number += 1 + chance(3)
        trust_code[i] = "X-" number
        trust_region[i] = one_of("Capital|Coast|Downland|Fells|Levels|Moors|Vales")
        trust_name[i] = trust_called(trust_type[i], place[i], place[TRUSTS + 1 + chance(places - TRUSTS)])
        trust_name[i] = trust_name[i] " " one_of("NHS Trust|NHS Foundation Trust|NHS Foundation Trust")
        mark["asked", i] = 1
        mark["gde", i] = 0
        order[i] = i
    }
    shuffle(order, TRUSTS)
    for (i = 1; i <= 51; i++)
        mark["gde", order[i]] = 1
}

function trust_called(type, place, other,    text) {
    if (type == "acute") {
        text = one_of("1 Hospitals|1 Hospitals|1 and 2 Hospitals|University Hospitals of 1|1 General Hospital|1 Teaching Hospitals")
        sub(/2/, other, text)
    } else if (type == "mental health")
        text = one_of("1 Mental Health|1 Partnership|1 Mental Health and Social Care")
    else if (type == "community")
        text = one_of("1 Community Health|1 Community Health and Care")
    else if (type == "ambulance")
        text = "1 Ambulance Service"
    else
        text = one_of("1 Orthopaedic Hospital|1 Children's Hospital|1 Heart and Chest Hospital|1 Women's Hospital")
    sub(/1/, place, text)
    return text
}

# ---- who answered what: the published counts, by funding ----

function make_replies() {
    quota("answered", "asked", 46, 145)           # 191 of 226
    quota("team", "answered", 42, 119)            # 161 of 191
    quota("front_facing", "team", 33, 79)         # 112 of 161
    quota("clinical", "team", 40, 110)            # 150 of 161
    quota("for_others", "team", 18, 37)           #  55 of 161
    quota("grant", "team", 15, 20)                #  35 of 161
    quota("disclosed", "team", 37, 101)           # 138 of 161
    quota("always", "team", 9, 16)                #  25 of 161
    without("occasional", "team", "always")
    quota("sometimes", "occasional", 3, 6)        #   9 of 161
    quota("interoperable", "disclosed", 9, 15)    #  24 of 138
}

function quota(to, from, funded, others) {
    draw(to, from, 1, funded)
    draw(to, from, 0, others)
}

# Marks as TO the trusts that have the mark FROM and not the mark BUT.
function without(to, from, but,    i) {
    for (i = 1; i <= TRUSTS; i++)
        mark[to, i] = mark[from, i] && !mark[but, i]
}

# ---- which technologies each of the 138 names ----

function make_choices(    t) {
    for (t = 1; t <= techs; t++)
        assign(t, tech_category[t] == "interoperability standard" ? "interoperable" : "disclosed")
}

# Gives technology T to exactly its quota of the trusts with the mark POOL: those
# with the lowest numbers, where a pull lowers a trust's chance number.
function assign(t, pool,    i, n, best, pull, rank) {
    for (i = 1; i <= TRUSTS; i++)
        if (mark[pool, i]) {
            rank[i] = chance(1000)
            pull = tech_pull[t]
            if (pull == "*")
                rank[i] -= named[i] ? 0 : 5000
            else if (substr(pull, 1, 1) == "!")
                rank[i] += uses[i, tech_of[substr(pull, 2)]] ? (pool == "interoperable" ? 5000 : 400) : 0
            else if (pull != "")
                rank[i] -= uses[i, tech_of[pull]] ? 600 : 0
        }
    for (n = 0; n < tech_quota[t]; n++) {
        best = 0
        for (i = 1; i <= TRUSTS; i++)
            if (mark[pool, i] && !uses[i, t] && (!best || rank[i] < rank[best]))
                best = i
        uses[best, t] = 1
        named[best]++
    }
}

# ---- what some of them say that they do not use ----

function make_denials(    i, j, n, deniable, name) {
    n = split("Python|Visual Basic 6|Java|Classic ASP|R|PHP|Ruby|Python|MySQL|Perl|FHIR|Delphi|C++|HL7 v2|Jenkins|VBA", \
        deniable, "|")
    for (i = 1; i <= TRUSTS; i++)
        if (mark["disclosed", i]) {
            denials[i] = 0
            j = chance(4)
            if (j > 0)
                continue
            j = chance(n)
            for (; denials[i] < 2 && j < n; j += 1 + chance(2)) {
                name = deniable[j + 1]
                if (!uses[i, tech_of[name]] && !denies[i, tech_of[name]]) {
                    denied[i, ++denials[i]] = tech_of[name]
                    denies[i, tech_of[name]] = 1
                }
            }
        }
}

# ---- the answers as text ----

# The way in which trust I writes technology T. MANNER keeps to the usual form
# where only white space parts the items: "HL7" above "FHIR" would be one name.
function surface(i, t, manner,    forms, n, text) {
    n = split(tech_forms[t], forms, ";")
    text = forms[manner == "lines" || manner == "tabs" ? 1 : chance(n) + 1]
    if (!tech_exact[t]) {
        if (typing[i] == "lower")
            text = tolower(text)
        else if (typing[i] == "upper")
            text = toupper(text)
    }
    if (typing[i] == "nbsp")
        gsub(/ /, NBSP, text)
    return text
}

# The items of trust I, put between BEFORE and AFTER, with SEP between them and
# LAST before the last.
function items(i, before, after, sep, last,    k, text) {
    for (k = 1; k <= size[i]; k++)
        text = text (k == 1 ? "" : (k == size[i] ? last : sep)) before item[i, k] after
    return text
}

function numbered(i,    k, text) {
    for (k = 1; k <= size[i]; k++)
        text = text (k == 1 ? "" : "\n") k ". " item[i, k]
    return text
}

# Grouped by category, as a form with headings would be; the items are in the
# order of the table, so a category's stand together.
function labelled(i,    k, text, last, label) {
    for (k = 1; k <= size[i]; k++) {
        label = tech_category[choice[i, k]]
        if (label == last)
            text = text ", " item[i, k]
        else
            text = text (k == 1 ? "" : "\n") heading[label] ": " item[i, k]
        last = label
    }
    return text
}

# "C#: Yes" a line, with the denied ones as "Python: No" among them.
function as_form(i,    k, text, d) {
    for (k = 1; k <= size[i]; k++) {
        text = text (k == 1 ? "" : "\n") item[i, k] ": Yes"
        if (k <= denials[i])
            text = text "\n" denied_item[i, k] ": No"
    }
    for (d = k; d <= denials[i]; d++)
        text = text "\n" denied_item[i, d] ": No"
    return text
}

function main_and_others(i,    k, text) {
    text = "Mainly " item[i, 1]
    for (k = 2; k <= size[i]; k++)
        text = text (k == 2 ? " (also " : ", ") item[i, k]
    return text (size[i] > 1 ? ")." : ".")
}

# The answer's list in one of its manners.
function written(i, manner) {
    if (manner == "commas")
        return items(i, "", "", ", ", ", ")
    if (manner == "semicolons")
        return items(i, "", "", "; ", "; ")
    if (manner == "bullets")
        return items(i, BULLET " ", "", "\n", "\n")
    if (manner == "dashes")
        return items(i, EN_DASH " ", "", "\n", "\n")
    if (manner == "sentence")
        return "We use " items(i, "", "", ", ", " and ") "."
    if (manner == "slashes")
        return items(i, "", "", " / ", " / ")
    if (manner == "lines")
        return "Please see below:\n" items(i, "", "", "\n", "\n")
    if (manner == "numbered")
        return numbered(i)
    if (manner == "labelled")
        return labelled(i)
    if (manner == "and")
        return "Development is in " items(i, "", "", size[i] < 5 ? " and " : ", ", " & ")
    if (manner == "quoted")
        return items(i, "\342\200\234", "\342\200\235", ", ", ", ")
    if (manner == "tabs")
        return items(i, "", "", "\t", "\t")
    if (manner == "main")
        return main_and_others(i)
    if (manner == "bracketed")
        return "Web and mobile applications (" items(i, "", "", ", ", ", ") ")"
    if (manner == "pipes")
        return "Software team: " items(i, "", "", " | ", " | ")
    if (manner == "following")
        return "The Trust" APOSTROPHE "s team works with the following: " items(i, "", "", "; ", "; and ") "."
    return as_form(i)
}

# The denial in words, or nothing.
function denial(i,    both) {
    both = denials[i] > 1 ? denied_item[i, 1] " or " denied_item[i, 2] : denied_item[i, 1]
    return sprintf(one_of("We do not use %s.|We no longer use %s.|The team does not use %s.|We don" APOSTROPHE "t use %s."), both)
}

function make_texts(    i, k, manners, manner, n, turn) {
    heading["programming language"] = "Languages"
    heading["framework"] = "Frameworks"
    heading["library"] = "Libraries"
    heading["database"] = "Databases"
    heading["interoperability standard"] = "Interoperability"
    heading["API or web service"] = "APIs"
    heading["CI/CD platform"] = "Build and release"
    n = split("commas semicolons bullets dashes sentence slashes lines numbered labelled and quoted tabs" \
        " main bracketed pipes following form", manners, " ")
    shuffle(order, TRUSTS)
    for (k = 1; k <= TRUSTS; k++) {
        i = order[k]
        if (mark["disclosed", i]) {
            turn++
            manner = manners[turn % n + 1]
            typing[i] = one_of("plain|plain|plain|plain|plain|lower|upper|nbsp")
            gather(i, manner)
            reply[i] = finished(i, manner, written(i, manner))
        }
    }
}

# The technologies of trust I in the order of mention, and as written.
function gather(i, manner,    t, k) {
    size[i] = 0
    for (t = 1; t <= techs; t++)
        if (uses[i, t])
            choice[i, ++size[i]] = t
    if (manner != "labelled" && chance(3) == 0)
        mix(i)
    for (k = 1; k <= size[i]; k++)
        item[i, k] = surface(i, choice[i, k], manner)
    for (k = 1; k <= denials[i]; k++)
        denied_item[i, k] = surface(i, denied[i, k], manner)
}

function mix(i,    k, list) {
    for (k = 1; k <= size[i]; k++)
        list[k] = choice[i, k]
    shuffle(list, size[i])
    for (k = 1; k <= size[i]; k++)
        choice[i, k] = list[k]
}

# The list with a denial before or after it, or a remark that names nothing.
function finished(i, manner, list,    gap, roll) {
    gap = list ~ /\n/ ? "\n" : list ~ /\.$/ ? " " : ". "
    roll = chance(12)
    if (denials[i] && manner != "form") {
        if (manner == "sentence" && roll < 6) {
            sub(/^We use/, "but do use", list)
            return "We no longer use " denied_item[i, 1] " " list forget(i)
        }
        return roll < 4 ? denial(i) (list ~ /\n/ ? "\n" : " ") list : list gap denial(i)
    }
    if (roll == 0)
        return list gap "Our R&D office holds no further information."
    if (roll == 1)
        return list gap "All code is reviewed before we go live."
    if (roll == 2)
        return list gap "Staff may request access to the source code."
    if (roll == 3 && uses[i, tech_of["C#"]])
        return list gap "Most new work is in C#."
    if (roll == 4)
        return list ZERO_WIDTH
    return list
}

# The second denial of trust I was not written after all.
function forget(i) {
    if (denials[i] > 1)
        denials[i] = 1
    return ""
}

# ---- the files ----

function csv(text) {
    if (text !~ /[",\r\n]/)
        return text
    gsub(/"/, "\"\"", text)
    return "\"" text "\""
}

# The Nth day after 31 December 2019, as written in the United Kingdom.
function uk_date(day,    m, lengths) {
    split("31 29 31 30 31 30 31 31 30 31 30 31", lengths, " ")
    for (m = 1; day > lengths[m]; m++)
        day -= lengths[m]
    return sprintf("%02d/%02d/2020", day, m)
}

# 1 January 2020 was a Wednesday: the next working day, if DAY is none.
function working(day) {
    while ((day + 1) % 7 == 5 || (day + 1) % 7 == 6)
        day++
    return day
}

function write_roster(    i) {
    print "Code,Name,Type,Region,GDE funding"
    for (i = 1; i <= TRUSTS; i++)
        print trust_code[i] "," csv(trust_name[i]) "," trust_type[i] "," trust_region[i] "," \
            (mark["gde", i] ? "funded" : "not funded")
}

function write_website(    t) {
    print "Technology,Category,Maker,Open source,Address,Date searched"
    for (t = 1; t <= techs; t++)
        print tech_name[t] "," tech_category[t] "," csv(tech_maker[t]) "," tech_open[t] "," \
            tech_url[t] "," uk_date(working(153 + int(t / 4)))
}

function write_truth(    i, k, used, denied_names) {
    for (i = 1; i <= TRUSTS; i++)
        if (mark["disclosed", i]) {
            used = ""
            for (k = 1; k <= size[i]; k++)
                used = used (k == 1 ? "" : ",") "\"" tech_name[choice[i, k]] "\""
            denied_names = ""
            for (k = 1; k <= denials[i]; k++)
                denied_names = denied_names (k == 1 ? "" : ",") "\"" tech_name[denied[i, k]] "\""
            print "{\"trust\":\"" trust_code[i] "\",\"tech\":[" used "],\"not_used\":[" denied_names "]}"
        }
}

function yes() {
    return one_of("Yes|Yes|Yes|Yes|Yes|Yes|YES|yes|YES.|Yes.|Y|yes - see attached|Yes " EN_DASH \
        " see attached|Yes - see below|Yes |Yes" NBSP)
}

function no() {
    return one_of("No|No|No|No|No|No|NO|no|No.|N|No |No " EN_DASH " none|No, we don" APOSTROPHE "t")
}

function not_applicable() {
    return one_of("N/A|N/A|N/A|n/a|Not applicable|not applicable|")
}

function not_held() {
    return one_of("Not held|Not held|not held|Information not held|Not held.")
}

function refused(section) {
    return one_of(section == 12 ? "Section 12|Refused - section 12|s.12 cost limit|Refused " EN_DASH " section 12" : \
        "Section 43|Refused - section 43(2)|s.43 commercial interests|Refused " EN_DASH " section 43(2)")
}

# REASON in a researcher's words.
function missing(reason) {
    if (reason == "held")
        return not_held()
    if (reason == 12 || reason == 43)
        return refused(reason)
    if (reason == "reply")
        return "No reply"
    return ""
}

# Deals the reasons of SPEC ("3 held, 2 12": three times not held, twice section
# 12) to trusts with the mark FROM that have not the mark of the question.
function deal(question, from, spec,    i, k, n, parts, pair, pool, pooled, next_one) {
    pooled = 0
    for (i = 1; i <= TRUSTS; i++)
        if (mark[from, i] && !mark[question, i])
            pool[++pooled] = i
    shuffle(pool, pooled)
    n = split(spec, parts, ",")
    for (i = 1; i <= n; i++) {
        split(parts[i], pair, " ")
        for (k = 1; k <= pair[1]; k++)
            why[question, pool[++next_one]] = pair[2]
    }
}

function answer(question, i) {
    if (mark[question, i])
        return yes()
    if ((question, i) in why)
        return missing(why[question, i])
    return no()
}

function open_source(i) {
    if (mark["always", i])
        return one_of("Always|Always|ALWAYS|always|Always ")
    if (mark["sometimes", i])
        return one_of("Sometimes|Sometimes|sometimes")
    if (("always", i) in why)
        return missing(why["always", i])
    return one_of("Never|Never|never|NEVER|Never ")
}

# The cells of the questions for trust I, from a team's down.
function answers_of(i,    k, cells) {
    if (!mark["team", i]) {
        cells = csv(no())
        for (k = 2; k <= QUESTIONS; k++)
            cells = cells "," not_applicable()
        return cells
    }
    cells = yes()
    cells = cells "," csv(answer("front_facing", i))
    cells = cells "," csv(answer("clinical", i))
    cells = cells "," csv(answer("for_others", i))
    cells = cells "," csv(answer("grant", i))
    if (mark["disclosed", i]) {
        cells = cells "," yes()
        cells = cells "," csv(reply[i] one_of("|||| |" NBSP))
    } else if (("disclosed", i) in why)
        cells = cells ",No - exempt," missing(why["disclosed", i])
    else
        cells = cells ",No,"
    return cells "," open_source(i)
}

# How the 35 that did not answer are dealt with: 12 have no row at all.
function fate(i) {
    fates++
    return fates <= 12 ? "no row" : fates <= 20 ? "No reply" : fates <= 25 ? "Acknowledged only" : \
        fates <= 32 ? "Refused in full: section 12" : "Refused in full: section 43"
}

function silent_row(i, what,    cell, k, cells) {
    for (k = 1; k <= QUESTIONS; k++) {
        cell = what ~ /12$/ ? refused(12) : what ~ /43$/ ? refused(43) : "No reply"
        cells = cells (k == 1 ? "" : ",") cell
    }
    return cells
}

function partly(i) {
    return ("front_facing", i) in why || ("clinical", i) in why || ("for_others", i) in why || \
        ("grant", i) in why || ("always", i) in why || mark["team", i] && !mark["disclosed", i]
}

# A bar parts the remarks and ~ stands for a line break: some awks take a line
# break as one more separator.
function remark(    text) {
    text = one_of("||||||||||Reply came as a PDF, retyped by hand|Chased twice" \
        "|Answer 3 is headed \"see attached\"; attachment read|Answered by the Trust" APOSTROPHE \
        "s R&D office|Asked us to clarify question 2,~then answered all")
    sub(/~/, "\n", text)
    return text
}

function written_code(i,    turn) {
    turn = chance(30)
    return turn == 0 ? tolower(trust_code[i]) : turn == 1 ? trust_code[i] " " : trust_code[i]
}

function write_foi(    k, i, sent, received, row, what) {
    ORS = "\r\n"
    deal("front_facing", "team", "3 held,1 12,1 blank")
    deal("clinical", "team", "3 held")
    deal("for_others", "team", "4 held,2 43,3 blank")
    deal("grant", "team", "5 held,3 blank")
    deal("disclosed", "team", "4 12,10 43")
    without("never", "occasional", "sometimes")
    deal("always", "never", "14 held,6 43,10 blank")

    print "\357\273\277Trust code,Trust (as it signs),Date sent,Date received,Answered?,Outcome," question_texts() ",Notes"
    shuffle(order, TRUSTS)
    for (k = 1; k <= TRUSTS; k++) {
        i = order[k]
        what = mark["answered", i] ? "" : fate(i)
        if (what == "no row")
            continue
        sent = 13 + chance(3)
        received = working(sent + 4 + chance(38))
        row = written_code(i)
        row = row "," csv(trust_name[i]) "," uk_date(sent)
        if (what == "No reply" || what == "Acknowledged only")
            row = row ",No reply,No," what
        else if (what != "")
            row = row "," uk_date(received) ",No," what
        else
            row = row "," uk_date(received) ",Yes," (partly(i) ? "Answered in part" : "Answered in full")
        row = row "," (what == "" ? answers_of(i) : silent_row(i, what))
        print row "," csv(remark())
    }
}

function question_texts() {
    return "\"1. Does the Trust have a team or department that builds software, websites or other digital innovations in house?\"" \
        ",2. Has this team built websites or apps that patients or the public use?" \
        ",\"3. Has this team worked with clinical staff when designing, building or testing software?\"" \
        ",4. Has this team built software for organisations other than the Trust?" \
        ",5. Has this team applied (alone or with others) for an innovation grant?" \
        ",6a. Will the Trust disclose which technologies the team uses? " \
        ",\"6b. If so, please list them  (programming languages, frameworks, libraries, databases, interoperability standards, APIs, build and release platforms)\"" \
        ",\"7. Does the team publish what it builds under an open source licence (always, sometimes or never)?\""
}
