#!/usr/bin/env python3
"""page.py -- compares every figure on a page of report with the cell or test that it is of.

    page.py REPORT.html RESULTS.jsonl

Written against the format alone: the page is parsed as HTML, what each place has to say is
reckoned anew from RESULTS.jsonl, and a figure that belongs to nothing is a difference too. Prints
what differs and ends with status 1, or prints how much was compared.
"""
import json
import re
import sys
from decimal import Decimal, ROUND_FLOOR
from fractions import Fraction
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "rect", "line", "path"}


class Node:
    def __init__(self, name, attributes, parent):
        self.name, self.a, self.parent, self.children = name, dict(attributes), parent, []

    def all(self, name, cls=None):
        for child in self.children:
            if isinstance(child, Node):
                if child.name == name and (cls is None or cls in child.a.get("class", "").split()):
                    yield child
                yield from child.all(name, cls)

    def text(self):
        return "".join(c if isinstance(c, str) else c.text() for c in self.children)


class Tree(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.root = self.at = Node("root", {}, None)
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        node = Node(tag, attrs, self.at)
        self.at.children.append(node)
        if tag not in VOID:
            self.at = node

    def handle_startendtag(self, tag, attrs):
        self.at.children.append(Node(tag, attrs, self.at))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.at.name == tag, f"<{self.at.name}> is closed by </{tag}>"
            self.at = self.at.parent

    def handle_data(self, data):
        self.at.children.append(data)


differences, compared = [], {}


def same(what, where, got, expected):
    compared[what] = compared.get(what, 0) + 1
    if got != expected:
        differences.append(f"{where}: {what} is {got!r}, expected {expected!r}")


# ---- what the format says ----

def rounded(x, decimals):
    """Halves up, as percentages are printed; a double may be a little below its half."""
    unit = Fraction(1, 10 ** decimals)
    units = (Fraction(x) / unit + Fraction(1, 2) + Fraction(1, 10 ** 9)).__floor__()
    return f"{Decimal(units).scaleb(-decimals):f}" if decimals else str(units)


def percent(n, base, decimals):
    share = Fraction(n) * 100 / Fraction(base)
    text = rounded(share, decimals)
    least = Decimal(1).scaleb(-decimals)
    if n and Decimal(text) == 0:
        return f"<{least:f}"
    if n < base and Decimal(text) == 100:
        return f">{100 - least:f}"
    return text


def count(n):
    if n is None:
        return "withheld"
    return str(int(n)) if n == int(n) else rounded(n, 1)


def word(x):
    return {True: "true", False: "false"}[x] if isinstance(x, bool) else str(x)


def label(cell, which):
    own = cell.get("label" if which == "value" else which + "_label")
    return own if own else word(cell[which])


def share(cell, decimals):
    if cell["n"] is None or cell["percent"] is None:
        return count(cell["n"])
    return f'{count(cell["n"])}/{count(cell["base"])} ({percent(cell["n"], cell["base"], decimals)}%)'


def interval(cell, decimals):
    return f'{rounded(cell["low"], decimals)}–{rounded(cell["high"], decimals)}'


def p_value(p):
    """APA's words for it: three decimals under .01, else two, no zero before the point."""
    if p is None:
        return "–"
    if p < 0.001:
        return "< .001"
    if p > 0.99:
        return "> .99"
    text = f"{p:.3f}" if p < 0.01 else f"{p:.2f}"
    return text[1:]


# ---- a table ----

class Table:
    def __init__(self, lines):
        self.cells = [c for c in lines if c.get("kind") in ("cell", "rest", "subtotal", "flow", "rate")]
        self.missing = [c for c in lines if c.get("kind") == "missing"]
        self.totals = [c for c in lines if c.get("kind") == "total"]
        self.summaries = [c for c in lines if c.get("kind") == "summary"]
        bases = [c["base"] for c in self.cells if c.get("base") is not None]
        largest = max(bases, default=0)
        self.decimals = 0 if largest < 100 else 1 if largest < 1000 else 2
        self.by = next((c.get("by") for c in lines if c.get("by")), None)


def check_bar(cell, td, where):
    for bar in td.all("span", "b"):
        widths = re.match(r"width:([0-9.e+-]+)%", next(bar.all("i")).a["style"])
        same("bar", where, abs(float(widths[1]) - cell["percent"]) < 0.01, True)
        for line in bar.all("u"):
            left, width = re.match(r"left:([0-9.e+-]+)%;width:([0-9.e+-]+)%", line.a["style"]).groups()
            same("line of an interval", where, abs(float(left) - cell["low"]) < 0.01 and
                 abs(float(left) + float(width) - cell["high"]) < 0.02, True)


def check_share(table, cell, td, where):
    ci = "".join(s.text() for s in td.all("span", "ci"))
    text = td.text().replace(ci, "") if ci else td.text()
    same("n/N (%)", where, text.strip(), share(cell, table.decimals))
    has = cell.get("low") is not None and cell["percent"] is not None
    same("interval", where, ci, interval(cell, table.decimals) if has else "")
    if cell["percent"] is not None:
        same("number to sort by", where, float(td.a["data-v"]), float(f'{cell["percent"]:.10g}'))
    if cell.get("records") is not None and cell["records"]:
        link = next(td.all("a", "who")).a["href"][1:]
        same("records", where, bodies.get(link), ", ".join(word(r) for r in cell["records"]))
    check_bar(cell, td, where)


def check_one(table, rows, where):
    same("rows", where, len(rows), len(table.cells))
    for cell, row in zip(table.cells, rows):
        head = next(row.all("th")).text()
        if cell["kind"] == "cell":
            same("label", where, head, label(cell, "value"))
        tds = list(row.all("td"))
        check_share(table, cell, tds[0], f"{where}, {head}")
        check_bar(cell, tds[1], f"{where}, {head}")


def check_groups(table, grids, where):
    """Columns may stand in several parts; all of them together are the cells, each once."""
    left = {(label(c, "value"), label(c, "group")): c for c in table.cells if c["kind"] == "cell"}
    bases = {label(c, "group"): c for c in table.totals if c["group"] is not None}
    for grid in grids:
        heads = [th.text() for th in list(next(grid.all("thead")).all("tr"))[-1].all("th")][1:]
        for row in next(grid.all("tbody")).all("tr"):
            head = next(row.all("th")).text()
            for group, td in zip(heads, row.all("td")):
                at = f"{where}, {head}, {group}"
                if "base" in row.a.get("class", ""):
                    same("base", at, td.text(), count(bases[group]["base"]))
                elif (head, group) in left:
                    check_share(table, left.pop((head, group)), td, at)
                elif (group, head) in left:  # turned
                    check_share(table, left.pop((group, head)), td, at)
                else:
                    differences.append(f"{at}: a figure that is of no cell")
    same("cells that are not on the page", where, list(left), [])


def check_missing(table, section, where):
    """Counts by reason, in a note or (by group) in a table of their own."""
    numbers = sorted(c["n"] for c in table.missing if c["n"])
    shown = []
    for note in section.all("p", "note"):
        if note.text().startswith(("Missing: ", "Not in the table: ")):
            shown += [int(x) for x in re.findall(r"(?:: |; )([0-9]+) ", note.text())]
    for grid in section.all("table", "missing"):
        for td in grid.all("td"):
            shown += [int(td.text())] if td.text() not in ("", "0") else []
    same("missing answers", where, sorted(shown), numbers)


# Numbers of texts in a figure: shares, counts with a percentage, percentages, bases, residuals.
def check_figure(table, tests, figure, where):
    known = set()
    for c in table.cells + table.totals:
        known.add(count(c["n"]))
        known.add(count(c.get("base")))
        if c.get("percent") is not None:
            known.add(share(c, table.decimals))
            part = percent(c["n"], c["base"], table.decimals)
            known |= {f"{part}%", f'{count(c["n"])} ({part}%)'}
            if c.get("low") is not None:
                known.add(f'{share(c, table.decimals)} {interval(c, table.decimals)}')
    for t in tests:
        for r in t.get("residuals") or []:
            if r.get("adjusted") is not None:
                text = f'{"−" if r["adjusted"] < 0 else "+"}{abs(r["adjusted"]):.1f}'
                known |= {text, text + "*"}
    labels = set()
    for c in table.cells + table.totals:
        for which in "value", "group":
            if c.get(which) is not None:
                labels.add(label(c, which))
    for text in figure.all("text"):
        said = text.text()
        if "font-size" not in text.a or said in labels or not re.search(r"\d", said):
            continue
        said = re.sub(r"^N = ", "", said)
        said = next((said[: -len(l) - 1].strip() for l in sorted(labels, key=len, reverse=True) if said.endswith(" " + l)), said)
        is_axis = re.fullmatch(r"\d+%", said) and int(said[:-1]) % 5 == 0 and text.a.get("text-anchor") == "middle"
        if is_axis or not re.fullmatch(r"[<>]?[\d./ ()%+−*–]+", said):
            continue
        same("text of a figure", where, said if said in known else said + "?", said)
    desc = next(figure.all("desc")).text()
    for cell in table.cells:
        same("words of a figure", where, share(cell, table.decimals) in desc, True)


# ---- tests ----

def number(x):
    if x is None:
        return None
    return f"{x:.5g}" if abs(x) >= 1e-4 or x == 0 else f"{x:.2e}"


MAIN = {"records": "n", "statistic": "statistic", "degrees of freedom": "df", "p": "p", "adjusted p": "p_adjusted"}


def numbers_of(test):
    """All that can stand behind a label of a statistic, by its text."""
    texts = set()

    def walk(x):
        if isinstance(x, dict):
            for value in x.values():
                walk(value)
        elif isinstance(x, list):
            for value in x:
                walk(value)
        elif isinstance(x, (int, float)) and not isinstance(x, bool):
            texts.update({number(x), f"{x:.4g}"})

    walk(test)
    return texts


def check_test(test, details, where):
    tables = list(details.all("table"))
    texts = numbers_of(test)
    for row in next(tables[0].all("tbody")).all("tr"):
        head, td = next(row.all("th")).text(), next(row.all("td")).text()
        if head in MAIN:
            same("figure of a test", f"{where}, {head}", td, number(test[MAIN[head]]))
        else:
            for found in re.findall(r"-?\d[\d.]*(?:e-?\d+)?", re.sub(r"under 5", "", td)):
                same("figure of a test", f"{where}, {head}, {found}", found in texts, True)
    residuals = test.get("residuals") or []
    if len(tables) > 1:
        rows = list(next(tables[1].all("tbody")).all("tr"))
        same("residuals", where, len(rows), len(residuals))
        for row, r in zip(rows, residuals):
            got = [td.text() for td in row.all("td")]
            expected = [f'{r["expected"]:.1f}', f'{r["adjusted"]:+.2f}' if r["adjusted"] is not None else "–",
                        f'{r["p_adjusted"]:.3g}' if r.get("p_adjusted") is not None else "–"]
            same("residual", where, got, expected)


def p_of(test):
    """The p of the way that is preferred."""
    member = {"fisher": "fisher", "monte_carlo": "monte_carlo"}.get(test["preferred"])
    exact = {"binomial": "binomial_p", "multinomial": "multinomial_p"}.get(test["preferred"])
    if test["preferred"] == "conditional_exact":
        return test["strata"]["exact_p"]
    return test[member]["p"] if member else test[exact or "p"]


def effect(test):
    v = test.get("cramers_v") or {}
    if v.get("value") is None:
        return "–"
    text = f'{v["value"]:.2f}'
    return text + (f' ({v["low"]:.2f}–{v["high"]:.2f})' if v.get("low") is not None else "")


def check_tests(section, tests, where):
    shown = " ".join(p.text() for div in section.all("div", "test") for p in div.all("p")).replace("\u00a0", " ")
    rows = [row for grid in section.all("table", "tests") for row in next(grid.all("tbody")).all("tr")]
    in_rows = {next(r.all("th")).text(): [td.text() for td in r.all("td")] for r in rows}
    for test in tests:
        if in_rows and test.get("item") is not None:
            got = in_rows[word(test["item"])][1:]
            same("row of a test", where, got, [p_value(p_of(test)), p_value(test["p_adjusted"]), effect(test)])
        elif test.get("sentence") and not in_rows:
            same("sentence", where, test["sentence"] in shown, True)
    details = [d for d in section.all("details")
               if next(d.all("summary")).text().startswith("All figures of the test")]
    told = [t for t in tests if t.get("statistic") is not None]
    same("tests with all figures", where, len(details), len(told))
    for test, d in zip(told, details):
        check_test(test, d, where)


# ---- the page ----

page, results = sys.argv[1:3]
lines = [json.loads(line) for line in open(results, encoding="utf-8")]
root = Tree(open(page, encoding="utf-8").read()).root
bodies = {}
for dl in root.all("dl"):
    key = None
    for node in dl.children:
        if isinstance(node, Node) and node.name == "dt":
            key = node.a.get("id")
        elif isinstance(node, Node) and node.name == "dd" and key:
            bodies[key] = node.text()

tables = {}
for line in lines:
    if "table" in line:
        stratum = None if "test" in line else json.dumps(line.get("stratum")) if line.get("stratum") is not None else None
        tables.setdefault(line["table"], {}).setdefault(stratum, []).append(line)

sections = {s.a["id"]: s for s in root.all("section", "t")}
seen = set()
for table_id, strata in tables.items():
    tests = [x for part in strata.values() for x in part if "test" in x]
    named = "t-" + re.sub(r"[^A-Za-z0-9_.-]", lambda m: "".join(f"_{b:02x}" for b in m[0].encode()), table_id)
    parts = [p for s, p in strata.items() if s is not None] or [[x for x in strata[None] if "test" not in x]]
    for i, part in enumerate(parts):
        where = named if i == 0 else f"{named}-{i + 1}"
        section = sections.get(where)
        seen.add(where)
        if section is None:
            differences.append(f"{where}: not on the page")
            continue
        table = Table(part)
        ones = list(section.all("table", "one"))
        grids = list(section.all("table", "groups"))
        if ones:
            check_one(table, list(next(ones[0].all("tbody")).all("tr")), where)
        elif grids and not table.summaries:
            check_groups(table, grids, where)
        if not table.summaries and not any(c["kind"] == "flow" for c in part):
            check_missing(table, section, where)
        for figure in section.all("svg"):
            check_figure(table, tests, figure, where)
        if i + 1 == len(parts):
            check_tests(section, tests, where)
same("tables", "page", sorted(sections), sorted(seen))

glance = [s for s in root.all("section") if s.a.get("id") == "tests"]
tests = [line for line in lines if "test" in line]
same("tests at a glance", "page", bool(glance), bool(tests))
if glance:
    rows = list(next(glance[0].all("tbody")).all("tr"))
    same("tests at a glance", "page", len(rows), len(tests))
    for row, test in zip(rows, tests):
        same("test at a glance", test["table"], [td.text() for td in row.all("td")][1:],
             [p_value(p_of(test)), p_value(test["p_adjusted"]), effect(test)])

# Records by what is public, with their figure of the table that counts what names them.
sets = [line for line in lines if line.get("kind") == "labels" and line.get("records")]
shown = [next(s.all("table", "records")) for s in root.all("section") if s.a.get("id", "").startswith("bodies")]
same("lists of records", "page", len(shown), len(sets))


def plain(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(plain(v) for v in value)
    return "–" if value is None else str(value)


for grid in shown:
    rows = [r for body in grid.all("tbody") for r in body.all("tr") if r.a.get("class") != "kind"]
    by_name = {next(r.all("th")).text(): [td.text() for td in r.all("td")] for r in rows}
    owner = next(x for x in sets if len(x["records"]) == len(rows) and plain(x["records"][0][0]) in by_name)
    figures = {label(c, "value"): c for c in lines if c.get("kind") == "cell" and c["field"] == owner["public"][0] and not c["by"]}
    table = Table([c for c in lines if figures and c.get("table") == next(iter(figures.values()))["table"]])
    kinds = len(list(grid.all("tbody"))) > 1
    names = {(c["field"], plain(c["value"])): c["label"] for c in lines if c.get("kind") == "cell" and not c["by"] and c.get("label")}
    for record in owner["records"]:
        expected = [names.get((field, plain(v)), plain(v)) for field, v in zip(owner["public"], record)][2 if kinds else 1:]
        if figures:
            cell = figures.get(plain(record[0]))
            expected.insert(0, share(cell, table.decimals) if cell else "–")
        same("record", plain(record[0]), by_name.get(plain(record[0])), expected)

data = next(s for s in root.all("script") if s.a.get("id") == "lines")
same("data to download", "page", json.loads(data.text()), lines)

for difference in differences:
    print(difference)
print(f"{sum(compared.values())} comparisons, {len(differences)} differences: " +
      ", ".join(f"{n} of {what}" for what, n in sorted(compared.items())))
sys.exit(1 if differences else 0)
