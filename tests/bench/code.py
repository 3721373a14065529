# code.py -- the peer of code in Python: one compiled alternation, the longest terms
# first, without cues and rules.
#
#   python3 code.py CODEBOOK.csv <foi.jsonl
import csv, json, re, sys
codes, exact, anycase = {}, [], []
for row in csv.DictReader(open(sys.argv[1])):
    term = row["term"]
    codes[term if row["case"] else term.lower()] = (row["code"], row["group"])
    (exact if row["case"] else anycase).append(term)
def part(terms):
    return "|".join(re.escape(t) for t in sorted(terms, key=len, reverse=True))
find = re.compile(r"(?<![\w#+.])(?:(?i:%s)|%s)(?!\.?\w|[#+])" % (part(anycase), part(exact))).finditer
for line in sys.stdin:
    record = json.loads(line)
    tech, groups = {}, {}
    for match in find(record["technologies"] or ""):
        text = match.group()
        code, group = codes.get(text) or codes[text.lower()]
        tech[code] = groups[group] = True
    record["tech"], record["tech_group"] = list(tech), list(groups)
    sys.stdout.write(json.dumps(record, separators=(",", ":"), ensure_ascii=False) + "\n")
