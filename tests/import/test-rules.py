#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of an import, each with files that try it, through the command line.

test-rules.py DRIEHOEK SOURCE_ROOT

A case is a row of a table: the files, and what must come of them. Every case also has to
keep what always holds: found = new + present + kept aside; a refusal stores nothing, says
so in both languages, and can be answered; the same files again add nothing; and nothing
that names a person stands in the study.
"""
import concurrent.futures
import csv
import dataclasses
import json
import os
import pathlib
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
import zlib

DRIEHOEK, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
sys.path.insert(0, str(ROOT / "tests" / "golden"))
import forms  # noqa: E402  pylint: disable=wrong-import-position
import rawrows  # noqa: E402  pylint: disable=wrong-import-position
from forms import Date  # noqa: E402  pylint: disable=wrong-import-position

N = 12  # responses in a file
MINUTE = 1 / 1440
SAMPLE = {name: rows[: 21] for name, rows in forms.read_sample(ROOT / "data" / "sample").items()}
WIDTH = len(SAMPLE["Ouders"][0])
BAND2, AGE = 9, 7  # columns of the parents' form
IMPORTANCE, SUCCESS = 40, 50  # the first pair of twins in the workers' form
CODES = {"zelden of nooit": 1, "soms": 2, "regelmatig": 3, "heel vaak": 4, "altijd": 5,
         "zeer onbelangrijk": 1, "onbelangrijk": 2, "neutraal": 3, "belangrijk": 4, "zeer belangrijk": 5}
ALL = (N, N, 0, 0)
ONE_ASIDE = (N + 1, N, 0, 1)
AGAIN = (N, 0, N, 0)


# Files ------------------------------------------------------------------------


def form(name, n=N):
    return [list(row) for row in SAMPLE[name][: n + 1]]


def parents(n=N):
    return form("Ouders", n)


def workers():
    return form("Hulpverleners")


def put(rows, *cells):
    """A copy with cells (row, column, value) set."""
    rows = [list(row) for row in rows]
    for row, column, value in cells:
        rows[row][column] = value
    return rows


def under(rows, **cells):
    """A row under the others: c0=…, c7=… and nothing else."""
    row = [None] * len(rows[0])
    for name, value in cells.items():
        row[int(name[1:])] = value
    return [*rows, row]


def again(rows, source, after, **cells):
    """A response once more: the next number, so many days later, some cells changed."""
    row = list(rows[source])
    row[0] = float(len(rows))
    row[1], row[2] = Date(row[1] + after), Date(row[2] + after)
    for name, value in cells.items():
        row[int(name[1:])] = value
    return [*rows, row]


def mailed(rows, **addresses):
    """E-mail addresses: r2="a@x.nl"."""
    return put(rows, *((int(row[1:]), 3, address) for row, address in addresses.items()))


def without_answers(rows, row, first):
    return put(rows, *((row, column, None) for column in range(first, len(rows[0]))))


def heads(rows, change):
    return [[change(head, i) for i, head in enumerate(rows[0])], *rows[1:]]


def columns(rows, order):
    return [[row[i] for i in order] for row in rows]


def with_column(rows, head, cell):
    return [[*row, head if i == 0 else cell(i)] for i, row in enumerate(rows)]


def coded(rows):
    return [rows[0]] + [[float(CODES[c]) if c in CODES and i > AGE else c for i, c in enumerate(row)]
                        for row in rows[1:]]


def unnumbered(rows):
    return heads(rows, lambda head, i: head.removesuffix("2"))


def swapped_numbers(rows):
    return heads(rows, lambda head, i: head if i < IMPORTANCE
                 else head.removesuffix("2") if head.endswith("2") else head + "2")


def emptied_column(rows, column):
    return put(rows, *((row, column, None) for row in range(1, len(rows))))


def text(rows, separator=";", encoding="utf-8", line_end="\r\n"):
    def write(path):
        with open(path, "w", encoding=encoding, newline="") as file:
            writer = csv.writer(file, delimiter=separator, lineterminator=line_end)
            writer.writerows([forms.cell_text(cell) for cell in row] for row in rows)
    return write


def packed(rows, change, more=()):
    """A workbook whose sheet is changed as text, with more parts."""
    def write(path):
        forms.write_xlsx(path, rows)
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(name).decode() for name in package.namelist()}
        parts["xl/worksheets/sheet1.xml"] = change(parts["xl/worksheets/sheet1.xml"])
        parts.update(more)
        with zipfile.ZipFile(path, "w") as package:
            for name, part in parts.items():
                package.writestr(name, part)
    return write


def with_sheets(*sheets, states=()):
    """A workbook of several sheets."""
    def write(path):
        main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        more = {"xl/workbook.xml": f'<workbook {main} xmlns:r="{office}"><sheets>' + "".join(
                    f'<sheet name="Blad {i}" sheetId="{i}" r:id="s{i}" {"".join(states[i - 1:i])}/>'
                    for i in range(1, len(sheets) + 1)) + "</sheets></workbook>",
                "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                f'relationships"><Relationship Id="t" Type="{office}/styles" Target="styles.xml"/>' + "".join(
                    f'<Relationship Id="s{i}" Type="{office}/worksheet" Target="worksheets/sheet{i}.xml"/>'
                    for i in range(1, len(sheets) + 1)) + "</Relationships>"}
        for i, rows in enumerate(sheets[1:], 2):
            forms.write_xlsx(path, rows)
            with zipfile.ZipFile(path) as package:
                more[f"xl/worksheets/sheet{i}.xml"] = package.read("xl/worksheets/sheet1.xml")
        packed(sheets[0], lambda sheet: sheet, more)(path)
    return write


def with_cell(reference, xml):
    return lambda sheet: re.sub(rf'<c r="{reference}"[^>]*>.*?</c>', xml, sheet)


def write_file(path, content):
    if callable(content):
        content(path)
    elif isinstance(content, bytes):
        path.write_bytes(content)
    elif path.suffix == ".csv":
        forms.write_csv(path, content, ";")
    else:
        forms.write_xlsx(path, content)


# Cases ------------------------------------------------------------------------


@dataclasses.dataclass
class Case:
    """Files by name (several imports: a list), and what the last import must do."""
    rule: str
    title: str
    files: object
    counts: tuple = None  # found, new, present, kept aside
    asks: tuple = ()  # the open questions
    refuses: str = None  # part of the message
    answers: tuple = ()
    notes: tuple = ()
    values: dict = dataclasses.field(default_factory=dict)  # (respondent, column) -> text
    changed: int = 0
    secrets: tuple = ()


def make_counts():
    for word in ("Totaal", "GEMIDDELDE:", "Total (n = 12)", "Eindtotaal", "Grand total", "Aantal", "SD"):
        for column in ("c0", "c2", "c5"):
            yield Case("1", f"a row of totals: {word} in {column}",
                       {"Ouders.xlsx": under(parents(), **{column: word, "c7": 531.0})}, ONE_ASIDE)
    blank = [[None] * WIDTH, [" ", "\u00a0", *[None] * (WIDTH - 2)]]
    yield Case("1", "stray empty rows", {"Ouders.xlsx": parents()[:5] + blank + parents()[5:] + blank}, ALL)
    yield Case("1", "totals in the middle",
               {"Ouders.xlsx": under(parents()[:5], c0="Totaal", c7=9.0) + parents()[5:]}, ONE_ASIDE)
    yield Case("1", "only a mean age", {"Ouders.xlsx": under(parents(), c7=44.2)}, ONE_ASIDE)
    yield Case("1", "counts everywhere", {"Ouders.xlsx": [*parents(), [float(N)] * WIDTH]}, ONE_ASIDE)
    yield Case("1", "the word behind the figures",
               {"Ouders.csv": under(parents(), c7=44.2, c9=3.25, c23="Gemiddelde")}, ONE_ASIDE)
    yield Case("1", "a typed row without number and time",
               {"Ouders.xlsx": put(parents(20)[: N + 2], *((N + 1, c, None) for c in range(5)))},
               (N + 1, N + 1, 0, 0))
    yield Case("1", "a remark under the table", {"Ouders.xlsx": under(parents(), c0="Vertrouwelijk")}, ONE_ASIDE)
    yield Case("1", "no responses", {"Ouders.xlsx": parents(0)}, (0, 0, 0, 0))
    yield Case("2", "background only is a respondent", {"Ouders.xlsx": without_answers(parents(), 3, 8)}, ALL)
    yield Case("2", "neither answers nor background", {"Ouders.xlsx": without_answers(parents(), 3, 5)},
               (N, N - 1, 0, 1))


def make_identity():
    first = {"Ouders.xlsx": parents()}
    yield Case("3", "the same file", [first, first], AGAIN, notes=("This same file",))
    yield Case("3", "the same file renamed", [first, {"Parents (1).xlsx": parents()}], AGAIN)
    yield Case("3", "twice on one command line", {"a.xlsx": parents(), "b.xlsx": parents()}, (2 * N, N, N, 0))
    yield Case("3", "rows added", [first, {"Ouders.xlsx": parents(20)}], (20, 8, N, 0))
    yield Case("3", "an answer changed", [first, {"Ouders.xlsx": put(parents(), (3, BAND2, "soms"))}], AGAIN,
               changed=1, values={(3, "band2_h"): "2"}, notes=("has changed and is taken over",))
    yield Case("3", "a row gone stays", [first, {"Ouders.xlsx": parents()[:5] + parents()[6:]}],
               (N - 1, 0, N - 1, 0), values={(N, "band1_h"): str(CODES[parents()[N][8]])})
    yield Case("3", "saved as text", [first, {"Ouders.csv": parents()}], AGAIN)
    yield Case("3", "exported in English", [first, {"Parents.xlsx": forms.in_english(parents())}], AGAIN)
    yield Case("3", "without number and times, longer",
               [{"Ouders.xlsx": columns(parents(), range(5, WIDTH))},
                {"Ouders.xlsx": columns(parents(20), range(5, WIDTH))}], (20, 8, N, 0))
    bare = columns(parents(), range(5, WIDTH))
    other_head = put(bare, (0, BAND2 - 5, "Iets heel anders"))
    yield Case("3", "without number and times, a column chosen when it is read once more",
               [{"Ouders.xlsx": other_head}, {"Ouders.xlsx": other_head}], AGAIN, changed=N,
               answers=(f"Ouders.xlsx:column:{BAND2 - 4}=band2_h",),
               values={(3, "band2_h"): str(CODES[parents()[3][BAND2]])})
    yield Case("3", "without number and times, an answer changed",
               [{"Ouders.xlsx": bare}, {"Ouders.xlsx": put(bare, (3, BAND2 - 5, "soms"))}], (N, 1, N - 1, 0),
               notes=("the same person will stand in the study twice",))
    yield Case("3", "number and times taken out", [first, {"Ouders.xlsx": bare}], (N, N, 0, 0),
               notes=("have the same answers and background",))
    for hours in (1, -9.5):
        summer = [parents()[0]] + [put([row], (0, 1, Date(row[1] + hours / 24)), (0, 2, Date(row[2] + hours / 24)))[0]
                                   for row in parents()[1:]]
        yield Case("3", f"exported {hours} hours away, an answer changed",
                   [first, {"Ouders.xlsx": put(summer, (3, BAND2, "soms"))}], AGAIN, changed=1,
                   values={(3, "band2_h"): "2"}, notes=(f"{N} responses have the numbers",))
    early = parents()
    for i, row in enumerate(early[1:], 1):
        row[1] = row[2] = Date(44926.25 + (0, 31, 59)[i % 3] + i)  # 1 to 12 January, February, March 2023
    swapped = [[f"{i}/{1 + i % 3}/2023 6:00:00" if i and c in (1, 2) else cell for c, cell in enumerate(row)]
               for i, row in enumerate(early)]
    yield Case("3", "day and month the other way round", [{"Ouders.xlsx": early}, {"Ouders.csv": swapped}], AGAIN,
               notes=("are the other way round",))
    moved = [parents()[0]] + [put([row], (0, 1, Date(row[1] + 30)), (0, 2, Date(row[2] + 30)))[0]
                              for row in parents()[1:]]
    yield Case("3", "a second form with the same numbers", [first, {"Ouders 2.xlsx": moved}], ALL)


def make_twice():
    for after, counts in ((3 * MINUTE, ONE_ASIDE), (2 / 24, (N + 1, N + 1, 0, 0)), (2, (N + 1, N + 1, 0, 0))):
        yield Case("4", f"equal answers {after:.3f} days apart", {"Ouders.xlsx": again(parents(), 2, after)}, counts)
    two = (N + 1, N + 1, 0, 0)
    soon = again(parents(), 2, 3 * MINUTE)
    yield Case("4", "another background", {"Ouders.xlsx": again(parents(), 2, 3 * MINUTE, c7=77.0)}, two)
    yield Case("4", "background only, alike",
               {"Ouders.xlsx": again(without_answers(parents(), 2, 8), 2, 3 * MINUTE)}, two)
    yield Case("4", "two addresses, alike", {"Ouders.xlsx": mailed(soon, r2="a@x.nl", r13="b@x.nl")}, two,
               secrets=("a@x.nl", "b@x.nl"))
    yield Case("4", "one address, alike", {"Ouders.xlsx": mailed(soon, r2="a@x.nl", r13=" A@X.nl")}, ONE_ASIDE)
    yield Case("4", "sent again after the export",
               [{"Ouders.xlsx": parents()}, {"Rest.xlsx": [soon[0], soon[-1]]}], (1, 0, 0, 1))
    nobody = mailed(parents(), **{f"r{i}": "anonymous" for i in range(1, N + 1)})
    yield Case("4", "nobody's address", {"Ouders.xlsx": nobody}, ALL)
    other = mailed(again(parents(), 2, 5.0, c9="soms", c10="soms"), r2="a@x.nl", r13="a@x.nl")
    question = "Ouders.xlsx:person:3"
    yield Case("4", "one address, other answers", {"Ouders.xlsx": other}, asks=(question,), secrets=("a@x.nl",))
    for choice, counts in (("first", ONE_ASIDE), ("latest", ONE_ASIDE), ("most-complete", ONE_ASIDE), ("both", two)):
        yield Case("4", f"one address, other answers: {choice}", {"Ouders.xlsx": other}, counts,
                   answers=(f"{question}={choice}",))
    first = {"Ouders.xlsx": mailed(parents(), r2="a@x.nl")}
    yield Case("4", "the latest takes the stored one's place", [first, {"Ouders.xlsx": other}],
               (N + 1, 0, N, 1), answers=(f"{question}=latest",), changed=1, values={(2, "band2_h"): "2"})
    yield Case("4", "the first stays", [first, {"Ouders.xlsx": other}], (N + 1, 0, N, 1),
               answers=(f"{question}=first",))
    same = put(again(parents(), 2, 0, c9="soms"), (13, 0, 2.0))
    yield Case("4", "one response with two answers", {"Ouders.xlsx": same}, asks=("Ouders.xlsx:response:3",))


def make_labels():
    for label in ("ALTIJD ", "altijd_x000D_\n", "\u00a0altijd", "“altijd”", "áltijd", "altijd;", "always"):
        yield Case("6", f"the label {label!r}", {"Ouders.xlsx": put(parents(), (3, BAND2, label))}, ALL,
                   values={(3, "band2_h"): "5"})
    yield Case("6", "whole columns of codes", {"Ouders.xlsx": coded(parents())}, ALL, notes=("codes 1 to 5",),
               values={(1, "band1_h"): "3"})
    yield Case("6", "a lone number", {"Ouders.xlsx": put(parents(), (3, BAND2, 4.0))},
               asks=("Ouders.xlsx:label:frequentie:4",))
    yield Case("6", "out of range among codes",
               {"Ouders.xlsx": put(coded(parents()), (3, BAND2, 6.0), (4, BAND2, 2.5))},
               asks=("Ouders.xlsx:label:frequentie:2.5", "Ouders.xlsx:label:frequentie:6"),
               refuses="each code means another answer")
    yield Case("5", "all questions of all files at once",
               {"Ouders.xlsx": put(parents(), (3, BAND2, "zo nu en dan"), (4, 5, "Elders")),
                "Jeugdigen.csv": put(form("Jeugdigen"), (3, 10, "Best vaak"))},
               asks=("Jeugdigen.csv:label:frequentie:best_vaak", "Ouders.xlsx:label:frequentie:zo_nu_en_dan",
                     "Ouders.xlsx:label:sector:elders"))
    yield Case("6", "an address for a label", {"Ouders.xlsx": put(parents(), (3, BAND2, "vraag jan@geheim.nl"))},
               asks=("Ouders.xlsx:label:frequentie:vraag_e-mail",), secrets=("jan@geheim",))
    yield Case("6", "an error value",
               {"Ouders.xlsx": packed(parents(), with_cell("J4", '<c r="J4" t="e"><v>#N/A</v></c>'))}, ALL,
               notes=("could not be read",), values={(3, "band2_h"): ""})
    yield Case("6", "a truth value",
               {"Ouders.xlsx": packed(parents(), with_cell("J4", '<c r="J4" t="b"><v>1</v></c>'))},
               asks=("Ouders.xlsx:label:frequentie:true",))
    yield Case("6", "a formula without its result, and merged rows", {"Ouders.xlsx": packed(
        parents(), lambda sheet: with_cell("J4", '<c r="J4"><f>A1</f></c>')(with_cell("G6", "")(sheet)).replace(
            "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="G5:G6"/></mergeCells>'))},
        ALL, values={(3, "band2_h"): "", (5, "sex"): ""},
        notes=("the result of 1 formula (J4)", "1 answer on", "is merged (G5:G6)"))
    yield Case("6", "a formula and rich text", {"Ouders.xlsx": packed(
        parents(), lambda sheet: with_cell("J4", '<c r="J4" t="str"><f>A1</f><v>altijd</v></c>')(with_cell(
            "K4", '<c r="K4" t="inlineStr"><is><r><t>so</t></r><r><t>ms</t></r></is></c>')(sheet)))},
        ALL, values={(3, "band2_h"): "5", (3, "band3_h"): "2"})


def make_twins():
    order = list(range(len(workers()[0])))
    random.Random(7).shuffle(order)
    right = {(1, "bel1"): "5", (1, "lukt1"): "4", (1, "bel4"): "4"}
    yield Case("7", "columns shuffled", {"W.xlsx": columns(workers(), order)}, ALL, values=right)
    yield Case("7", "no numbers, shuffled", {"W.xlsx": columns(unnumbered(workers()), order)}, ALL, values=right)
    yield Case("7", "codes, shuffled", {"W.xlsx": columns(coded(workers()), order)}, ALL, values=right)
    yield Case("7", "codes without numbers", {"W.xlsx": coded(unnumbered(workers()))}, ALL, values=right,
               notes=("were taken in the order",))
    yield Case("7", "number against labels", {"W.xlsx": swapped_numbers(workers())}, asks=("W.xlsx:pairs",))
    yield Case("7", "number against labels: labels", {"W.xlsx": swapped_numbers(workers())}, ALL,
               answers=("W.xlsx:pairs=labels",), values=right)
    for column, value in ((IMPORTANCE, ("bel1", "")), (SUCCESS, ("lukt1", ""))):
        for change in (list, unnumbered):
            yield Case("7", f"no answers in column {column}, {change.__name__}",
                       {"W.xlsx": change(emptied_column(workers(), column))}, ALL, values={(1, value[0]): value[1]})
    yield Case("7", "answers without a head", {"Ouders.xlsx": put(parents(), (0, BAND2, None))},
               asks=("Ouders.xlsx:column:10",))
    yield Case("7", "names without a head", {"Ouders.xlsx": with_column(parents(), None, "Zwaantje{}".format)},
               asks=("Ouders.xlsx:column:25",))
    yield Case("7", "an unmatched column is a note", {"Ouders.xlsx": with_column(parents(), "Lievelingskleur", str)},
               ALL, notes=("Lievelingskleur",))
    yield Case("7", "untidy heads", {"Ouders.xlsx": heads(parents(), lambda h, i: f" {h.upper()}_x000D_\n")}, ALL)
    yield Case("7", "columns missing", {"Ouders.xlsx": columns(parents(), [*range(9), *range(11, WIDTH)])}, ALL,
               notes=("2 questions have no column",))
    shared = [i for i, head in enumerate(parents()[0]) if i < 5 or head in SAMPLE["Jeugdigen"][0]]
    for name in ("Ouders", "export"):
        yield Case("7", f"shared statements only, {name}", {f"{name}.xlsx": columns(parents(), shared)},
                   asks=(f"{name}.xlsx:questionnaire",))
    yield Case("7", "a misleading name", {"Jeugdigen.xlsx": parents()}, ALL, values={(1, "respondent_type"): "ouder"})
    yield Case("7", "the other wording", {"J.xlsx": heads(form("Jeugdigen"), lambda h, i: h.replace(
        "hulpverlener", "jongerenwerker"))}, ALL, notes=("19 columns were recognised",))
    branch = with_column(parents(), parents()[0][BAND2] + "2", lambda i: parents()[i][BAND2] if i % 2 else None)
    yield Case("7", "a copy in a branch", {"Ouders.xlsx": put(branch, *((i, BAND2, None) for i in range(1, N, 2)))},
               ALL, values={(1, "band2_h"): str(CODES[parents()[1][BAND2]])})


def make_background():
    for cell, wanted in ((12.5, "12.5"), ("12,5", "12.5"), ("12.5", "12.5"), ("41", "41"), ("twaalf", ""), (999.0, "")):
        yield Case("8", f"the age {cell!r}", {"Ouders.xlsx": put(parents(), (3, AGE, cell))}, ALL,
                   values={(3, "age"): wanted}, notes=() if wanted else ("no possible number",))
    yield Case("8", "two signs in one column", {"Ouders.csv": put(parents(), (1, AGE, "31,5"), (2, AGE, "32.5"))},
               asks=("Ouders.csv:numbers:age",))
    for column, cell, name, wanted in ((5, "Residential", "sector", "residentieel"), (6, "Female", "sex", "vrouw"),
                                       (5, "so / vso ", "sector", "so-vso"), (6, "jongen", "sex", "man")):
        yield Case("8", f"{name} {cell!r}", {"Ouders.xlsx": put(parents(), (3, column, cell))}, ALL,
                   values={(3, name): wanted})
    yield Case("8", "an unknown sex", {"Ouders.xlsx": put(parents(), (3, 6, "anders"))},
               asks=("Ouders.xlsx:label:sex:anders",))


def make_personal():
    named = [[*row[:3], *(("Naam", "E-mail") if i == 0 else (f"Zwaantje{i}", f"z{i}@geheim.nl")), *row[5:]]
             for i, row in enumerate(parents())]
    yield Case("10", "name before address", {"Ouders.xlsx": named}, ALL, secrets=("Zwaantje", "geheim"))
    rows = parents()
    for head, cell in (("IP-adres", "192.168.77.{}"), ("Locatie", "Zoeterwoude{}"), ("Token", "tok3n{}"),
                       ("Wat is uw naam?", "Zwaantje{}"), ("Hoe heet uw kind?", "Zwaantje{}"), ("Woonplaats", "Zoeterwoude{}"),
                       ("Ingevuld door", "Zwaantje{}"), ("IBAN", "NL91ABNA04171643{}"), ("Cliëntnummer", "c73-{}"),
                       ("Telefoonnummer", "06-5551{}"), ("Veld 7", "10.20.30.{}"),
                       ("Waarheen?", "z{}@geheim.nl")):
        rows = with_column(rows, head, cell.format)
    remark = "Graag het verslag later sturen naar z@geheim.nl als het kan"
    rows = with_column(rows, "Nog iets?", lambda i: remark if i == 3 else "nee")
    yield Case("10", "personal columns", {"Ouders.xlsx": rows}, ALL, notes=("stay out of the study",), secrets=(
        "192.168.77", "Zoeterwoude", "NL91ABNA", "c73-", "tok3n", "Zwaantje", "06-5551", "10.20.30", "geheim"))
    yield Case("10", "addresses everywhere else", {"Ouders van z@geheim.nl.xlsx": with_column(
        [["Export van z@geheim.nl", *[None] * 23], *put(parents(), (3, 0, "z@geheim.nl"), (4, AGE, "z@geheim.nl"))],
        None, lambda i: "Mail z@geheim.nl" if i == 1 else "ok")}, ALL, secrets=("geheim",))
    yield Case("10", "the workbook's author", {"Ouders.xlsx": packed(parents(), lambda sheet: sheet, {
        "docProps/core.xml": "<creator>Zwaantje Geheim</creator>"})}, ALL, secrets=("Zwaantje",))


def make_files():
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
        for separator in ";,\t":
            yield Case("files", f"{encoding} {separator!r}", {"W.csv": text(workers(), separator, encoding)}, ALL,
                       notes=("55 columns were recognised",))
    accents = with_column(workers(), "Één woord", lambda i: "ideeën")
    for encoding, answer in (("mac_roman", ()), ("cp850", ()), ("mac_roman", ("W.csv:encoding=macintosh",))):
        yield Case("files", f"{encoding} {answer}", {"W.csv": text(accents, ";", encoding)}, ALL, answers=answer,
                   notes=("Één woord",))
    yield Case("files", "another encoding than was found", {"W.csv": text(accents, ";", "cp1254")}, ALL,
               answers=("W.csv:encoding=macintosh",), notes=("…Èn woord",))
    even = with_column(parents(), "Nog, iets, anders?", lambda i: "niets, nee, niets")
    yield Case("files", "a separator that only the heads tell", {"Ouders.csv": text(even, "|")}, ALL,
               notes=("Nog, iets, anders?",))
    both = [[";".join(forms.cell_text(cell) for cell in [*row[:3], *row[8:14]]), *row[16:]] for row in parents()]
    for answer, n in (((), 5), (("Ouders.csv:separator=comma",), 8)):
        yield Case("files", f"two separators {answer}", {"Ouders.csv": text(both, ",")}, ALL, answers=answer,
                   notes=(f"{n} columns were recognised",))
    yield Case("files", "quotes and newlines", {"Ouders.csv": text(with_column(
        parents(), 'Nog\niets, "kwijt"?', lambda i: 'ja;\n"nee", hoor'), ",")}, ALL, notes=("kwijt",))
    both = with_sheets(parents(), form("Jeugdigen"), [["Sector", "n"], ["SO/VSO", 4.0]])
    yield Case("files", "two sheets with answers", {"Map.xlsx": both}, asks=("Map.xlsx:sheet",))
    yield Case("files", "all sheets with answers", {"Map.xlsx": both}, (2 * N, 2 * N, 0, 0),
               answers=("Map.xlsx:sheet=all",))
    yield Case("files", "the second sheet", {"Map.xlsx": both}, ALL, answers=("Map.xlsx:sheet=2",),
               notes=("only “Blad 2” was read",), values={(1, "respondent_type"): "jeugdige"})
    yield Case("files", "a hidden sheet with answers",
               {"Map.xlsx": with_sheets(form("Jeugdigen"), parents(), states=('state="hidden"',))}, ALL,
               notes=("only “Blad 2” was read",))
    yield Case("files", "title rows", {"Ouders.xlsx": [["Uitkomsten", *[None] * 23], [None] * 24, *parents()]}, ALL)
    yield Case("files", "newer column of times", {"Ouders.xlsx": [
        [*row[:5], "Tijd van laatste wijziging" if i == 0 else row[2], *row[5:]] for i, row in enumerate(parents())]},
        ALL, notes=("19 columns were recognised",))
    yield Case("files", "dates of 1904", [{"Ouders.xlsx": parents()}, {"Ouders.xlsx": packed(
        [[Date(c - 1462) if isinstance(c, Date) else c for c in row] for row in parents()], lambda sheet: sheet, {
            "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r='
            '"http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="1"/><sheets>'
            '<sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'})}], AGAIN)
    yield Case("files", "a twentieth emptied", {"Ouders.xlsx": forms.emptied(parents(), "rules")}, ALL)
    yield Case("files", "huge and missing numbers of responses",
               {"Ouders.xlsx": put(parents(), (1, 0, "9" * 300), (2, 0, None))}, ALL)
    for name, content in (("brief.txt", b"Geachte heer,\nmet groet"), ("leeg.csv", b""),
                          ("oud.xls", b"\xd0\xcf\x11\xe0" * 200), ("stuk.xlsx", b"PK\x03\x04 stuk")):
        yield Case("5", f"{name} among good files", {"Ouders.xlsx": parents(), name: content}, refuses=name)


# Running ------------------------------------------------------------------------


class Runner:
    """One study in a folder of its own."""

    def __init__(self, case, folder):
        self.case, self.folder, self.failures = case, folder, []
        self.study = folder / "study.driehoek"

    def check(self, condition, message):
        if not condition:
            self.failures.append(f"rule {self.case.rule}, {self.case.title}: {message}")

    def call(self, *arguments, language="en"):
        result = subprocess.run(
            [DRIEHOEK, *map(str, arguments)], capture_output=True, check=False, stdin=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": language})
        return result.returncode, result.stdout.decode(), result.stderr.decode()

    def bring_in(self, study, paths, answers=(), language="en"):
        given = [part for answer in answers for part in ("--answer", answer)]
        return self.call("import", study, "--json", *given, *paths, language=language)

    def check_totals(self, output):
        totals = json.loads(output)
        for part in (totals, *totals["files"]):
            self.check(part["found"] == part["new"] + part["present"] + part["kept_aside"], f"the sum of {part}")
        return totals

    def check_secrets(self, study, said):
        with sqlite3.connect(study) as database:
            database.text_factory = bytes
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            cells = [cell for (table,) in tables for row in database.execute(f'SELECT * FROM "{table.decode()}"')
                     for cell in row if isinstance(cell, bytes)]
            chunks = [rawrows.read_lines(chunk) for (chunk,) in database.execute("SELECT deflated FROM raw_chunk")]
        database.close()
        content = [study.read_bytes(), said.encode(), *chunks]
        for cell in cells:
            content.append(cell)
            try:
                content.append(zlib.decompress(cell, 15 + 32))
            except zlib.error:
                pass
        for secret in self.case.secrets:
            self.check(not any(secret.encode() in part for part in content), f"“{secret}” was kept or said")

    def check_accepted(self, output, paths):
        totals = self.check_totals(output)
        found = tuple(totals[key] for key in ("found", "new", "present", "kept_aside"))
        notes = "\n".join(note for part in totals["files"] for note in part["notes"])
        self.check(found == self.case.counts, f"{found} instead of {self.case.counts}: {notes}")
        self.check(totals["changed"] == self.case.changed, f"{totals['changed']} changed: {notes}")
        for note in self.case.notes:
            self.check(note in notes, f"no “{note}” in: {notes}")
        if self.case.values:
            exported = self.folder / "answers.csv"
            self.call("export", self.study, "-o", exported)
            rows = list(csv.DictReader(exported.read_text(encoding="utf-8-sig").splitlines()))
            for (row, column), wanted in self.case.values.items():
                value = rows[row - 1].get(column) if row <= len(rows) else "no such row"
                self.check(value == wanted, f"{column} of {row} is {value!r}, not {wanted!r}")
        status, output, message = self.bring_in(self.study, paths, self.case.answers)
        self.check(status == 0, f"once more: {message}")
        more = self.check_totals(output) if status == 0 else {"new": 0, "changed": 0}
        self.check(more["new"] == 0 and more["changed"] == 0, f"once more adds: {output}")

    def check_choices(self, paths, message, pick):
        """Every question answered with its first or last choice, until none is open."""
        study, answers = self.folder / f"answered{pick}.driehoek", []
        self.call("new", study)
        for _ in range(4):
            questions = {}
            for choice in re.findall(r"--answer '(.*?)'", message):
                questions.setdefault(choice.rpartition("=")[0], []).append(choice)
            answers += [choices[pick] for choices in questions.values()]
            status, output, message = self.bring_in(study, paths, answers)
            if status == 0:
                self.check_totals(output)
                self.check_secrets(study, output)
                return
        self.check(False, f"{answers} leave it refused: {message}")

    def check_refused(self, paths, message):
        self.check(message.startswith("driehoek: "), f"the message: {message}")
        open_questions = {choice.rpartition("=")[0] for choice in re.findall(r"--answer '(.*?)'", message)}
        self.check(open_questions == set(self.case.asks), f"asked {sorted(open_questions)}: {message}")
        self.check(self.case.refuses is None or self.case.refuses in message, f"the message: {message}")
        dutch = self.bring_in(self.study, paths, self.case.answers, language="nl")[2]
        self.check(dutch.startswith("driehoek: ") and dutch.splitlines()[0] != message.splitlines()[0],
                   f"not in Dutch: {dutch}")
        for pick in (0, -1) if self.case.asks else ():
            self.check_choices(paths, message, pick)

    def run(self):
        batches = self.case.files if isinstance(self.case.files, list) else [self.case.files]
        self.call("new", self.study)
        for number, batch in enumerate(batches):
            folder = self.folder / str(number)
            folder.mkdir()
            paths = [folder / name for name in batch]
            for path, content in zip(paths, batch.values()):
                write_file(path, content)
            before = self.study.read_bytes()
            last = number == len(batches) - 1
            status, output, message = self.bring_in(self.study, paths, self.case.answers if last else ())
            self.check(last or status == 0, f"import {number}: {message}")
        refused = bool(self.case.asks or self.case.refuses)
        self.check(status == refused, f"status {status}: {message}")
        self.check(not (output if status else message), f"said on the wrong stream: {output}{message}")
        self.check_secrets(self.study, output + message)
        if status == 0 and not refused:
            self.check_accepted(output, paths)
        elif status != 0 and refused:
            self.check(self.study.read_bytes() == before, "a refusal changed the study")
            self.check_refused(paths, message)
        return self.failures


def main():
    makers = (make_counts, make_identity, make_twice, make_labels, make_twins, make_background, make_personal,
              make_files)
    cases = [case for maker in makers for case in maker()]
    with tempfile.TemporaryDirectory() as name, concurrent.futures.ThreadPoolExecutor(4) as pool:
        folders = [pathlib.Path(name) / f"{number:03}" for number in range(len(cases))]
        for folder in folders:
            folder.mkdir()
        results = pool.map(lambda case, folder: Runner(case, folder).run(), cases, folders)
        failures = [failure for result in results for failure in result]
    print("\n".join(failures))
    print(f"{len(cases)} cases, {len(failures)} failures")
    return 1 if failures else 0


sys.exit(main())
