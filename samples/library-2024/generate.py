#!/usr/bin/env python3
"""Makes the library questionnaire: what 240 invented residents said of an invented library, and the figures that it holds.

    generate.py FOLDER

Writes answers.csv, as a survey tool exports it, and expected.tsv. The same bytes each time: no clock, no chance. The figures are
counted here from what was meant, with exact weights, never from the file.
"""
import csv
import sys
from fractions import Fraction

USES = ["Borrowing books", "Computers", "Study space", "Events", "Newspapers"]
VISITS = ["Every week", "Every month", "A few times a year", "Never"]
AREAS = ["Harbour", "Hill", "Station"]
PEOPLE = 240

# What is to be changed, by theme, as people say it. A negated one is not a wish for it.
WISHES = {
    "hours": ["Open later in the evenings", "longer opening hours please", "It should open on Sundays.", "Please stay open after 6pm"],
    "books": ["More new books", "a bigger choice of large print books", "newer fiction", "More books for teenagers, the choice is small"],
    "staff": ["More staff at the desk", "Friendlier staff", "there is never a librarian around to ask"],
    "computers": ["Faster computers", "better wifi", "The wi-fi drops all the time", "more computers, please"],
    "building": ["It is cold in winter, fix the heating", "cleaner toilets", "the lift is broken again"],
}
NOTHING = ["Nothing, it is lovely", "no changes", "All good as it is"]


class Dice:
    """Knuth's linear congruential generator, MMIX's constants: the same numbers on any machine."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % n


def person(dice, number):
    area, age = AREAS[dice.below(3)], 16 + dice.below(70)
    visits = VISITS[min(dice.below(5), 3)]
    uses = [] if visits == "Never" else [u for i, u in enumerate(USES) if dice.below(5) > i - (area == "Hill")]
    kind = dice.below(10)
    themes = [] if kind < 3 else None if kind < 5 else sorted({list(WISHES)[dice.below(5)] for _ in range(1 + dice.below(2))}, key=list(WISHES).index)
    return {"id": f"R{number:04d}", "area": area, "age": None if dice.below(20) == 0 else age, "visits": None if dice.below(25) == 0 else visits,
            "uses": uses, "satisfied": 1 + dice.below(5) if visits != "Never" else None, "themes": themes,
            "weight": Fraction(60 + dice.below(90), 100)}


def words(dice, themes):
    if themes is None:
        return ""
    if not themes:
        return NOTHING[dice.below(len(NOTHING))]
    return ". ".join(WISHES[t][dice.below(len(WISHES[t]))] for t in themes)


HEAD = (["Response ID", "Area", "1. How old are you?", "2. How often do you visit the library?"]
        + [f"3. What do you use it for? (tick all that apply) [{u}]" for u in USES]
        + ["4. How satisfied are you, from 1 to 5?", "5. What would you change?", "Weight"])


def row(dice, p):
    visits = p["visits"] or ""
    return ([p["id"], p["area"], p["age"] if p["age"] else "Prefer not to say", visits.upper() if dice.below(15) == 0 else visits]
            + ["Yes" if u in p["uses"] else "" for u in USES]
            + [p["satisfied"] or "", words(dice, p["themes"]), f"{float(p['weight']):.2f}"])


def share(people, has, base):
    """Weighted: the share of the records in BASE, in percent, and how many records it is of."""
    there = [p for p in people if base(p)]
    total = sum(p["weight"] for p in there)
    return f"{float(100 * sum(p['weight'] for p in there if has(p)) / total):.6f}/{len(there)}"


def figures(people):
    """Lines of table, column, row, figure: weighted shares but for the ages, which are bare counts."""
    for visits in VISITS:
        yield ["visits", "", visits.lower(), share(people, lambda p: p["visits"] == visits, lambda p: p["visits"])]
        for area in AREAS:
            yield ["visits", area, visits.lower(), share(people, lambda p: p["visits"] == visits, lambda p: p["visits"] and p["area"] == area)]
    for use in USES:
        for area in AREAS:
            yield ["uses", area, use, share(people, lambda p: use in p["uses"], lambda p: p["uses"] and p["area"] == area)]
    for theme in WISHES:
        yield ["themes", "", theme, share(people, lambda p: theme in (p["themes"] or []), lambda p: p["themes"] is not None)]
    yield ["themes", "", "nothing", share(people, lambda p: p["themes"] == [], lambda p: p["themes"] is not None)]
    for low, high in [(16, 35), (35, 65), (65, 200)]:
        count = sum(p["age"] is not None and low <= p["age"] < high for p in people)
        yield ["ages", "", str(low), f"{count}/{sum(p['age'] is not None for p in people)}"]
    for area in AREAS:
        there = [p for p in people if p["satisfied"] and p["area"] == area]
        yield ["satisfied", area, "mean", f"{float(sum(p['weight'] * p['satisfied'] for p in there) / sum(p['weight'] for p in there)):.6f}"]


def main():
    dice = Dice(2024)
    people = [person(dice, n) for n in range(1, PEOPLE + 1)]
    dice = Dice(5)
    with open(f"{sys.argv[1]}/answers.csv", "w", newline="", encoding="utf-8") as f:
        out = csv.writer(f)
        out.writerow(HEAD)
        out.writerows(row(dice, p) for p in people)
    with open(f"{sys.argv[1]}/expected.tsv", "w") as f:
        for line in figures(people):
            f.write("\t".join(map(str, line)) + "\n")


main()
