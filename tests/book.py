#!/usr/bin/env python3
"""book.py -- compares every cell of a workbook of report with the cell or test that it is of.

    book.py FROMSHEET RESULTS.xlsx RESULTS.jsonl

FROMSHEET reads the sheets. Prints what differs and ends with status 1, or prints how much was
compared.
"""
import json
import math
import subprocess
import sys

fromsheet, book, results = sys.argv[1:4]
lines = [json.loads(line) for line in open(results, encoding="utf-8")]
differences, compared = [], 0


def rows_of(sheet, *options):
    done = subprocess.run([fromsheet, "--sheet", sheet, *options, book], capture_output=True, text=True)
    if done.returncode:
        differences.append(f"{sheet}: {done.stderr.strip()}")
        return []
    return [list(json.loads(line).values()) for line in done.stdout.splitlines()]


def number(text):
    if text in ("", None):
        return None
    return float(text[:-1]) if text.endswith("%") else float(text)


def same(where, got, expected):
    global compared
    compared += 1
    if got == expected:
        return
    if isinstance(got, float) and isinstance(expected, (int, float)) and math.isclose(got, expected, rel_tol=1e-12, abs_tol=1e-12):
        return
    differences.append(f"{where}: {got!r}, expected {expected!r}")


def label(cell, which):
    value = cell.get("label" if which == "value" else which + "_label")
    value = cell[which] if value is None else value
    return str(value).lower() if isinstance(value, bool) else str(value)


tables = {}
for line in lines:
    if "table" in line and "test" not in line and line.get("kind") in ("cell", "flow", "rate", "total"):
        tables.setdefault(line["table"], []).append(line)

for name, cells in tables.items():
    shares = [c for c in cells if c["kind"] != "total"]
    groups = []
    for c in shares:
        if c["group"] is not None and label(c, "group") not in groups:
            groups.append(label(c, "group"))
    width = max(1, len(groups))
    rows = rows_of(name[:31], "--skip", "4", "--headers", "1")
    want = {}
    order = []
    for c in shares:
        key = (label(c, "value"), c.get("detail"), c["field"]) if c["kind"] != "cell" else (label(c, "value"),)
        if key not in want:
            order.append(key)
        want.setdefault(key, {})[label(c, "group") if groups else ""] = c
    for key, row in zip(order, rows):
        if len(key) == 1:
            same(f"{name}: head of a row", row[0], key[0])
        for i in range(width):
            cell = want[key].get(groups[i] if groups else "")
            if cell is None:
                continue
            got = [number(x) for x in row[1 + 5 * i: 6 + 5 * i]]
            for what, x in zip(("n", "base", "percent", "low", "high"), got):
                same(f"{name}, {key}, {what}", x, cell[what])
    same(f"{name}: rows", len(rows) >= len(order), True)

tests = [line for line in lines if "test" in line]
rows = rows_of("Tests") if tests else []
same("tests", len(rows), len(tests))
for test, row in zip(tests, rows):
    way = {"fisher": (test["fisher"] or {}).get("p"), "monte_carlo": (test.get("monte_carlo") or {}).get("p"),
           "binomial": test.get("binomial_p"), "multinomial": test.get("multinomial_p")}
    v = test.get("cramers_v") or {}
    expected = [test["n"], test["statistic"], test["df"], way.get(test["preferred"], test["p"]), test["p_adjusted"],
                v.get("value"), v.get("low"), v.get("high")]
    same("test", row[0], test["table"])
    for x, y in zip(row[4:12], expected):
        same(f'test of {test["table"]}', number(x), y)
    same("sentence", row[12] or None, test["sentence"])

missing = [c for c in lines if c.get("kind") == "missing" and c["n"]]
rows = rows_of("Missing answers") if missing else []
same("missing answers", sorted((r[0], number(r[5])) for r in rows), sorted((c["table"], c["n"]) for c in missing))

for difference in differences:
    print(difference)
print(f"{compared} comparisons, {len(differences)} differences")
sys.exit(1 if differences else 0)
