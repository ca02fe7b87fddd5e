#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-audit.py PUBLISHED.json DATA.csv

Writes cells.csv and relations.csv: the printed cells of the report of September 2023 (given as
published.json), and what they have to do with each other. What is declared here is what the report
says of its own tables: which columns are sectors or sexes of the same people, which rows are the
mean of which others. And repaired.csv: the same cells computed from the reconstructed answers
(DATA.csv, complete), which differ from the printed where these are impossible."""

import csv
import json
import statistics
import sys
from decimal import ROUND_HALF_UP, Decimal

SECTORS = ("Ambulant/Dagopvang", "Residentieel", "SO/VSO")
SEXES = ("man", "vrouw")
PARTS = ("Band", "Doel", "Taak")
ITEMS = {"Band": 4, "Doel": 4, "Taak": 4, "Alliantie": 12, "Inspraak": 4, "Opvoedcompetentie": 4,
         "Belangrijk": 10, "Lukt": 10}

published = json.load(open(sys.argv[1], encoding="utf-8"))
by_key = {}
cells = []
relations = []


def cell(name, n="", mean="", sd="", items="", alpha_low="", alpha_high=""):
    scale = ("1", "5") if items and not alpha_low else ("", "")
    cells.append([name, n, mean, sd, items, *scale, alpha_low, alpha_high])
    return name


def relate(kind, whole, parts, among=()):
    relations.append([kind, whole, "; ".join(parts), "; ".join(among)])


def find(table, scale, rater, over, part=None):
    return by_key[table, scale, rater, over, part]


for c in published["cells"]:
    by_key[c["table"], c["scale"], c["rater"], c["over"], c["sector"] or c["gender"]] = cell(
        c["id"], c["n"], c["M_text"].replace(",", "."), c["SD_text"].replace(",", "."),
        ITEMS[c["scale"]])

# Counts
counts = published["table1"]["rows"]
for row, columns in counts.items():
    for column, n in columns.items():
        if n is not None:
            cell(f"T1.{row}.{column}", n)
columns = [c for c in published["table1"]["columns"] if c != "Totaal"]
for column in columns + ["Totaal"]:
    relate("total", f"T1.Totaal.{column}",
           [f"T1.{s}.{column}" for s in SECTORS if counts[s][column] is not None])
for row in list(SECTORS) + ["Totaal"]:
    relate("total", f"T1.{row}.Totaal",
           [f"T1.{row}.{c}" for c in columns if counts[row][c] is not None])

# The columns of the tables and the counts
def column_of(table, rater, part=None):
    return [name for (t, _, r, _, p), name in by_key.items()
            if t == table and r == rater and p == part]


for table, rater, whole in ((6, "jeugdigen", "Jeugdigen"), (7, "ouders", "Ouders")):
    for sector in SECTORS:
        relate("same n", f"T1.{sector}.{whole}", column_of(table, rater, sector))
for table in (5, 8, 9):
    for sector in SECTORS:
        whole = "Leraren" if sector == "SO/VSO" else "Hulpverleners"
        relate("same n", f"T1.{sector}.{whole}", column_of(table, "professionals", sector))
for table in (2, 3):
    for rater in ("ouders", "hulpverleners", "leraren"):
        relate("same n", f"T1.Totaal.{rater.capitalize()}", column_of(table, rater))

# Sectors and their total
over_of = {"jeugdigen": "hulpverleners", "ouders": "hulpverleners"}
for (table, scale, rater, over, part), name in list(by_key.items()):
    if table not in (2, 3):
        continue
    if rater in ("jeugdigen", "ouders"):
        source = 6 if rater == "jeugdigen" else 7
        relate("total", name, [find(source, scale, rater, over, s) for s in SECTORS])
    else:
        source = 8 if over == "jeugdigen" else 9
        if rater == "hulpverleners":
            relate("total", name,
                   [find(source, scale, "professionals", over, s) for s in SECTORS[:2]])
        else:
            relate("same", name, [find(source, scale, "professionals", over, "SO/VSO")])

# Table 4 shows one sector of Tables 6 and 8
for (table, scale, rater, over, part), name in list(by_key.items()):
    if table == 4:
        source = (6, "jeugdigen") if rater == "jeugdigen" else (8, "professionals")
        relate("same", find(source[0], scale, source[1], over, part), [name])
relate("same n", find(6, "Taak", "jeugdigen", "hulpverleners", "Residentieel"),
       column_of(4, "jeugdigen", "Residentieel"))
relate("same n", find(8, "Taak", "professionals", "jeugdigen", "Residentieel"),
       column_of(4, "hulpverleners", "Residentieel"))

# The same professionals by sector and by sex
for scale in ("Belangrijk", "Lukt"):
    total = find(5, scale, "professionals", "competenties")
    relate("total", total, [find(5, scale, "professionals", "competenties", s) for s in SECTORS])
    relate("total", total, [find(12, scale, "professionals", "competenties", s) for s in SEXES])
hidden = {}
for (table, scale, rater, over, part), name in list(by_key.items()):
    if table in (8, 9) and part == "SO/VSO":
        total = cell(f"all.{scale}.professionals.over {over}", 191, items=ITEMS[scale])
        hidden[scale, over] = total
        relate("total", total, [find(table, scale, rater, over, s) for s in SECTORS])
        relate("total", total, [find(table + 2, scale, rater, over, s) for s in SEXES])

# A scale and its subscales
among = []
for (table, scale, rater, over, part), name in list(by_key.items()):
    if scale == "Alliantie":
        relate("subscales", name, [find(table, p, rater, over, part) for p in PARTS])
        among.append(name)
for over in ("jeugdigen", "ouders"):
    relate("subscales", hidden["Alliantie", over], [hidden[p, over] for p in PARTS])

# Alphas
for a in published["alphas"]:
    if a["scale"] in PARTS + ("Alliantie",):
        cell(f"alpha.{a['scale']}", items=ITEMS[a["scale"]], alpha_low=f"{a['lo']:.2f}",
             alpha_high=f"{a['hi']:.2f}")
relate("alpha", "alpha.Alliantie", [f"alpha.{p}" for p in PARTS], among)


def write(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split())
        writer.writerows(rows)


HEADER = "cell n mean sd items min max alpha_low alpha_high"
write("cells.csv", HEADER, cells)
write("relations.csv", "kind whole parts among", relations)

# The answers behind
people = list(csv.DictReader(open(sys.argv[2], encoding="utf-8")))
RATERS = {"jeugdigen": ("jeugdige",), "ouders": ("ouder",), "hulpverleners": ("hulpverlener",),
          "leraren": ("leraar",), "professionals": ("hulpverlener", "leraar")}
COLUMNS = {"Band": "band", "Doel": "doel", "Taak": "taak", "Inspraak": "insp",
           "Opvoedcompetentie": "opv", "Belangrijk": "bel", "Lukt": "lukt"}
SUFFIX = {"hulpverleners": "_h", "jeugdigen": "_j", "ouders": "_o", "competenties": ""}


def answers(scale, rater, over, part):
    names = PARTS if scale == "Alliantie" else (scale,)
    columns = [f"{COLUMNS[name]}{i + 1}{SUFFIX[over]}" for name in names
               for i in range(ITEMS[name])]
    return [[int(p[c]) for c in columns] for p in people
            if p["type"] in RATERS[rater] and part in (None, p["sector"], p["gender"])]


def rounded(x):
    return str(Decimal(x).quantize(Decimal("0.01"), ROUND_HALF_UP))


def alpha(rows):
    items = list(zip(*rows))
    k = len(items)
    total = statistics.variance(map(sum, rows))
    return k / (k - 1) * (1 - sum(map(statistics.variance, items)) / total)


repaired = {}
alphas = {}
for (table, scale, rater, over, part), name in by_key.items():
    rows = answers(scale, rater, over, part)
    scores = [statistics.fmean(row) for row in rows]
    repaired[name] = (len(rows), rounded(statistics.fmean(scores)), rounded(statistics.stdev(scores)))
    if (table, "Alliantie", rater, over, part) in by_key:
        alphas.setdefault(scale, []).append(alpha(rows))
changed = []
for line in cells:
    line = list(line)
    if line[0] in repaired:
        line[1:4] = repaired[line[0]]
    if line[0].startswith("alpha."):
        line[7:9] = (rounded(f(alphas[line[0][6:]])) for f in (min, max))
    changed.append(line)
write("repaired.csv", HEADER, changed)
