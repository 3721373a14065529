# pandas_job.py -- the whole job in pandas.
#
#   python3 pandas_job.py CODEBOOK.csv FOLDER >counts.tsv
#
# Prints TABLE, VALUE, GROUP, COUNT as replies.awk does.
import re
import sys

import pandas as pd

codebook, folder = sys.argv[1:3]
terms = []
for line in open(codebook, encoding="utf-8").read().splitlines()[1:]:
    part = line.split(",")
    if len(part) >= 6 and '"' not in line:
        terms.append((part[5].lower(), part[2], part[4]))
terms.sort(key=lambda t: -len(t[0]))
alternation = re.compile(r"\b(?:%s)" % "|".join(re.escape(t[0]) for t in terms))
denied = re.compile(r"do not use [^.]*")

reply = pd.read_csv(folder + "/foi.csv", dtype=str, keep_default_na=False)
reply.columns = ["id", "body", "received", "status", "team", "public", "clinical", "others", "grant", "text"]
reply["received"] = pd.to_datetime(reply["received"], format="%d/%m/%Y")
for name in ["team", "public", "clinical", "others", "grant"]:
    reply[name] = reply[name].str.strip().str.lower().map({"yes": "yes", "y": "yes", "no": "no", "n": "no"})
body = pd.read_csv(folder + "/roster.csv", dtype=str)
joined = reply.merge(body, left_on="body", right_on="Code")

lines = []
for table, value, group in [
    ("team_by_funded", "team", "Funded"), ("public_by_type", "public", "Type"),
    ("clinical_by_region", "clinical", "Region"), ("others_by_funded", "others", "Funded"),
    ("grant_by_status", "grant", "status"), ("team_by_public", "team", "public")]:
    counts = joined.groupby([value, group]).size()
    lines += ["\t".join([table, v, g, str(n)]) for (v, g), n in counts.items()]

text = reply["text"].str.lower()
found = text.map(lambda t: alternation.findall(denied.sub("", t)))
mention = pd.DataFrame({"id": reply["id"], "term": found}).explode("term").dropna()
mention = mention.merge(pd.DataFrame(terms, columns=["term", "code", "grp"]), on="term")
for table, name in [("tech", "code"), ("tech_group", "grp")]:
    counts = mention.drop_duplicates(["id", name]).groupby(name).size()
    lines += ["\t".join([table, v, "", str(n)]) for v, n in counts.items()]
print("\n".join(sorted(lines)))
