#!/usr/bin/env python3
"""Makes the parking collation: a newsroom's workbook, as forty-eight councils answered, and the figures that it holds.

    generate.py FOLDER

Writes parking.xlsx and expected.tsv. No council in it exists, and no number is anybody's. The same bytes each time: no clock, no
chance. The figures are counted here from what was meant, never from the workbook, so that they show what a study must get out of it.
"""
import io
import statistics
import sys
import zipfile
from fractions import Fraction
from xml.sax.saxutils import escape

REGIONS = ["North", "Midlands", "South", "Coast"]
KINDS = ["District", "Unitary", "Borough"]
FIRST = ["Alder", "Birch", "Cedar", "Dun", "Elm", "Fern", "Gorse", "Hazel", "Ivy", "Juniper", "Larch", "Maple"]
LAST = ["ford", "bury", "minster", "wick"]

# What councils wrote where there is no number, and why there is none.
EXCUSES = [("n/a", "not_applicable"), ("N/A", "not_applicable"), ("Not held", "not_held"), ("not recorded", "not_held"),
           ("Refused - section 12", "refused:s12"), ("Cost exceeded", "refused:s12"), ("-", "blank"), ("Not given", "not_given")]


class Dice:
    """Knuth's linear congruential generator, MMIX's constants: the same numbers on any machine."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % n


def councils():
    dice = Dice(2023)
    names = [f + l for l in LAST for f in FIRST]
    for i, name in enumerate(names):
        kind = KINDS[dice.below(3)]
        yield {"code": f"E07{100 + 7 * i:06d}", "name": f"{name} {kind} Council", "region": REGIONS[dice.below(4)],
               "kind": kind, "population": 40_000 + 100 * dice.below(3000)}


def reply(dice, council):
    """What the council meant: numbers, or a text in a number's stead with its reason."""
    if dice.below(9) == 0:
        return None
    issued = 150 + dice.below(council["population"] // 30)
    before = issued - issued // 10 + dice.below(issued // 5 + 1)
    answers = {"issued_22": before, "issued_23": issued, "income": issued * 35 - dice.below(5000), "upheld": dice.below(issued // 12 + 2)}
    for field in answers:
        if dice.below(7) == 0:
            answers[field] = EXCUSES[dice.below(len(EXCUSES))]
    answers["bays"] = ["Yes", "yes", "No", "Yes - see website", "NO"][dice.below(5)]
    return answers


def written(dice, value, is_money=False):
    """A cell as somebody typed it: a number, or its text with separators."""
    if isinstance(value, tuple):
        return value[0]
    form = dice.below(4)
    if is_money:
        return f"£{value:,}" if form else f"{value:,}"
    return f"{value:,}" if form == 0 else f" {value} " if form == 1 else value


# ---- the workbook ----

def cell(column, row, value):
    place = f"{chr(65 + column)}{row}"
    if value is None or value == "":
        return ""
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def sheet(rows):
    lines = "".join(f'<row r="{r}">' + "".join(cell(c, r, v) for c, v in enumerate(row)) + "</row>" for r, row in enumerate(rows, 1) if row)
    return ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            f"<sheetData>{lines}</sheetData></worksheet>")


def workbook(sheets):
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    numbered = list(enumerate(sheets, 1))
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        + "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>' for n, _ in numbered) + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relation}"><sheets>'
        + "".join(f'<sheet name="{escape(name)}" sheetId="{n}" r:id="r{n}"/>' for n, (name, _) in numbered) + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        + "".join(f'<Relationship Id="r{n}" Type="{relation}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n, _ in numbered) + "</Relationships>",
    }
    files.update({f"xl/worksheets/sheet{n}.xml": sheet(rows) for n, (_, rows) in numbered})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as z:  # what packs may differ from one machine to the next
        for name, text in files.items():
            z.writestr(zipfile.ZipInfo(name, (2023, 1, 1, 0, 0, 0)), text)
    return out.getvalue()


def returns(asked, replies):
    dice = Dice(7)
    rows = [["Parking fines: councils' replies to our request of 9 January"], ["Numbers as given. Last checked 3 March"], [],
            ["ONS code", "Council", "PCNs issued 2021/22", "PCNs issued 2022/23", "Income 2022/23 (£)", "Appeals upheld 2022/23",
             "Charges for blue badge bays?", "Notes"]]
    for council, answers in zip(asked, replies):
        if answers is None:
            continue
        code = council["code"].lower() if dice.below(10) == 0 else council["code"] + " " * (dice.below(10) == 1)
        rows.append([code, council["name"], written(dice, answers["issued_22"]), written(dice, answers["issued_23"]),
                     written(dice, answers["income"], True), written(dice, answers["upheld"]), answers["bays"],
                     "figures are provisional" if dice.below(12) == 0 else ""])
    return rows


def roster(asked):
    return [["Councils asked (source: our own list)"], [], ["Code", "Local authority", "Region", "Type", "Population mid-2022"]] + [
        [c["code"], c["name"], c["region"], c["kind"], f"{c['population']:,}"] for c in asked]


# ---- the figures ----

def decimal(x):
    return f"{float(x):.4f}"


def figures(asked, replies):
    """Lines of table, column, row, figure."""
    yield ["asked", "", "councils", len(asked)]
    yield ["asked", "", "replied", sum(a is not None for a in replies)]
    pairs = [(c, a) for c, a in zip(asked, replies) if a is not None]
    for field in ["issued_22", "issued_23", "income", "upheld"]:
        for region in REGIONS:
            numbers = [a[field] for c, a in pairs if c["region"] == region and isinstance(a[field], int)]
            for name, value in [("n", len(numbers)), ("sum", sum(numbers)), ("mean", decimal(Fraction(sum(numbers), len(numbers)))),
                                ("median", decimal(statistics.median(numbers)))]:
                yield [field, region, name, value]
        for reason in sorted({r for _, r in EXCUSES}):
            count = sum(isinstance(a[field], tuple) and a[field][1] == reason for _, a in pairs)
            if count:
                yield [field, "missing", reason, count]
    for region in REGIONS:
        said = [a["bays"].lower()[:2] == "ye" for c, a in pairs if c["region"] == region]
        yield ["bays", region, "yes", f"{sum(said)}/{len(said)}"]
    bands = [(0, 1000), (1000, 5000), (5000, None)]
    for low, high in bands:
        numbers = [a["issued_23"] for _, a in pairs if isinstance(a["issued_23"], int)]
        yield ["size", "", f"{low}", f"{sum(n >= low and (high is None or n < high) for n in numbers)}/{len(numbers)}"]


def main():
    asked = list(councils())
    dice = Dice(99)
    replies = [reply(dice, c) for c in asked]
    with open(f"{sys.argv[1]}/parking.xlsx", "wb") as f:
        f.write(workbook([("Returns", returns(asked, replies)), ("Councils", roster(asked))]))
    with open(f"{sys.argv[1]}/expected.tsv", "w") as f:
        for line in figures(asked, replies):
            f.write("\t".join(map(str, line)) + "\n")


main()
