# generate.awk -- FOI replies for the benchmarks, as JSON Lines or as CSV.
#
#   awk -v n=1000000 -v form=jsonl|csv|quoted -f generate.awk
#
# About 380 bytes a record. A generator of its own (Park and Miller 1988, the
# minimal standard) makes the same bytes under every awk.

function draw(below) {
    seed = (seed * 16807) % 2147483647
    return seed % below
}

function cell(name, value, kind) {
    if (form == "jsonl")
        line = line (line == "" ? "{" : ",") "\"" name "\":" (kind == "text" ? "\"" value "\"" : value)
    else
        line = line (line == "" ? "" : ",") (form == "quoted" || value ~ /,/ ? "\"" value "\"" : value)
}

BEGIN {
    seed = 20200113
    regions = split("North East|North West|London|South East|South West|Midlands|East of England", region, "|")
    answers = split("C#; Python and SQL Server|We use .NET and JavaScript (React); Azure DevOps|PHP / MySQL|" \
        "Not held|C# - ASP.NET MVC - SQL Server - JavaScript|Java and Oracle; R for statistics|" \
        "HL7 v2 and FHIR; some Python|In house: VB.NET and T-SQL with some Python scripts. We do not use Java.|" \
        "Our team of four builds intranet pages with PHP and jQuery on a Linux server; reports are made with Power BI", \
        answer, "|")
    split("yes no", yes, " ")
    split("always sometimes never", often, " ")
    if (form != "jsonl")
        print "org_code,name,region,type,gde,sent,received,answered,has_team,front_facing,clinical,for_others,grant,technologies,open_source,staff"
    for (i = 0; i < n; i++) {
        line = ""
        cell("org_code", sprintf("X-%06d", i), "text")
        cell("name", "Invented " region[i % regions + 1] " University Hospitals Trust " i % 226, "text")
        cell("region", region[i % regions + 1], "text")
        cell("type", "acute", "text")
        cell("gde", draw(5) == 0 ? "yes" : "no", "text")
        cell("sent", sprintf("%02d/02/2020", 1 + i % 28), "text")
        cell("received", sprintf("%02d/03/2020", 1 + i % 28), "text")
        cell("answered", "yes", "text")
        cell("has_team", yes[draw(2) + 1], "text")
        cell("front_facing", yes[draw(2) + 1], "text")
        cell("clinical", "yes", "text")
        cell("for_others", yes[draw(2) + 1], "text")
        cell("grant", yes[draw(2) + 1], "text")
        cell("technologies", answer[draw(answers) + 1], "text")
        cell("open_source", often[draw(3) + 1], "text")
        cell("staff", draw(40), "number")
        print line (form == "jsonl" ? "}" : "")
    }
}
