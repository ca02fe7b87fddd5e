#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A study goes to SPSS and back.

test-sav-study.py DRIEHOEK SOURCE_ROOT

The generated answers, with some missing, are imported, exported as .sav in both languages, imported
from there into an empty study and exported again: the same answers, scores, labels and kinds of
missing. Then a .sav as SPSS makes it, with other codes for what is missing, single ones and ranges,
goes the same way.
"""
import csv
import importlib.util
import json
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile

DRIEHOEK, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
sys.path.insert(0, str(ROOT / "tests" / "golden"))
import forms  # noqa: E402  pylint: disable=wrong-import-position

spec = importlib.util.spec_from_file_location("seeds", ROOT / "tests" / "fuzz" / "make-seeds.py")
seeds = importlib.util.module_from_spec(spec)
spec.loader.exec_module(seeds)

ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en"}
failures, checks = [], 0


def check(condition, text):
    global checks
    checks += 1
    if not condition:
        failures.append(text[:800])


def run(*arguments):
    done = subprocess.run([DRIEHOEK, *map(str, arguments)], capture_output=True, text=True, env=ENVIRONMENT, check=False)
    check(done.returncode == 0, f"{arguments}: {done.returncode} {done.stderr}")
    return done.stdout


def look(path):
    return json.loads(run("peek", "--json", path))["sheets"][0]


def answers(path):
    """The rows of an exported CSV, without the numbers that each study gives for itself."""
    with open(path, encoding="utf-8", newline="") as file:
        return [row[1:] for row in csv.reader(file)]


def cells(sheet):
    return [[(cell or {}).get("text", "") for cell in row["cells"]][1:] for row in sheet["rows"]]


def there_and_back(folder, source, language):
    exported, back, again = folder / f"{language}.sav", folder / f"{language}.driehoek", folder / f"{language}-again.sav"
    run("export", source, "-o", exported, "--language", language)
    run("new", back)
    said = json.loads(run("import", "--json", back, exported))
    run("export", back, "-o", again, "--language", language)
    run("export", source, "-o", folder / "source.csv")
    run("export", back, "-o", folder / "back.csv")
    check(said["found"] == said["new"] > 0, f"{language}: {said}")
    # The columns of other questionnaires, in which nobody here has an answer, are no news; the scores are.
    others = [note for file in said["files"] for note in file["notes"] if "are no questions" in note]
    check(all("Score" in note and int(note.split()[0]) < 20 for note in others), f"{language}: {others}")
    check(answers(folder / "source.csv") == answers(folder / "back.csv"), f"{language}: other answers came back")
    one, two = look(exported), look(again)
    check(one["variables"] == two["variables"], f"{language}: other variables came back")
    check(cells(one) == cells(two), f"{language}: other kinds of missing came back")
    return one


def check_declared(sheet, language):
    """What the export says of its variables, against the words of the instrument."""
    variables = {variable["name"]: variable for variable in sheet["variables"]}
    unanswered = {"nl": "niet beantwoord", "en": "not answered"}[language]
    for name, variable in variables.items():
        if name in ("id", "respondent_type", "age") or name.startswith("score_"):
            check(not variable["missing"], f"{name} declares missing values")
            continue
        check([one["value"] for one in variable["missing"]] == ["-1", "-2", "-3"], f"{name}: {variable['missing']}")
        check({"value": "-1", "label": unanswered} in variable["labels"], f"{name}: {variable['labels']}")
        check(variable["label"] and len(variable["labels"]) >= 5, f"{name} has no words")
    text = json.dumps(sheet["rows"], ensure_ascii=False)
    check(unanswered in text, f"{language}: nothing is missing in the file that is to show it")


def foreign(folder, sheet):
    """The youths of the export as another program codes them: 9 is a refusal, 90 to 99 and -7 are missing as well."""
    form = seeds.System()
    names, rng = [], random.Random(4)
    kept = [i for i, v in enumerate(sheet["variables"]) if v["name"] in ("sector", "sex", "age") or any(
        (row["cells"][i:i + 1] or [None])[0] and row["cells"][i]["kind"] == "text" and v["name"].startswith(("band", "doel", "taak"))
        for row in sheet["rows"][1:] if row["cells"][1]["text"] == "Jeugdige")]
    rows = [row["cells"] for row in sheet["rows"][1:] if row["cells"][1]["text"] == "Jeugdige"][:60]
    values, expected = [[] for _ in rows], [[] for _ in rows]
    for place, i in enumerate(kept):
        variable = sheet["variables"][i]
        coded = variable["name"] not in ("age",)
        missing = (("range", 90.0, 99.0, -7.0) if place % 2 else (9.0, -7.0, 95.5)) if coded else ()
        form.variable(b"V%d" % place, 0, variable["label"].encode(), missing)
        names.append(b"V%d=%s" % (place, variable["name"].encode()))
        for number, row in enumerate(rows):
            cell = row[i] if i < len(row) else None
            known = cell is not None and cell["kind"] != "missing"
            if coded and (not known or rng.random() < 0.2):
                value = rng.choice((92.0, 98.5, -7.0) if place % 2 else (9.0, 95.5, -7.0))
                known = False
            else:
                value = cell["number"] if known else -1.797e308
            values[number].append(value)
            expected[number].append(cell["text"] if known else None)
    for place, i in enumerate(kept):
        labels = {float(one["value"]): one["label"].encode() for one in sheet["variables"][i]["labels"] if float(one["value"]) > 0}
        if labels:
            form.labels({**labels, 9.0: b"wil niet zeggen"} if not place % 2 else labels, place + 1)
    form.extension(3, struct.pack("<8i", 20, 0, 0, -1, 1, 1, 2, 65001), 4)
    form.extension(13, b"\t".join(names))
    form.extension(20, b"UTF-8")
    path = folder / "jeugdigen.sav"
    path.write_bytes(form.finish(b"".join(struct.pack(f"<{len(row)}d", *row) for row in values), len(rows)))
    return path, [sheet["variables"][i]["name"] for i in kept], expected


def check_foreign(folder, sheet):
    path, names, expected = foreign(folder, sheet)
    study, back = folder / "foreign.driehoek", folder / "foreign.sav"
    seen = look(path)
    check([v["missing"] for v in seen["variables"]][1] == [{"low": 90, "high": 99}, {"value": "-7"}], "no range is read")
    run("new", study)
    said = json.loads(run("import", "--json", study, path))
    check(said["new"] == len(expected), f"jeugdigen.sav: {said}")
    run("export", study, "-o", back, "--language", "nl")
    exported = look(back)
    places = [[v["name"] for v in exported["variables"]].index(name) for name in names]
    for number, (row, texts) in enumerate(zip(exported["rows"][1:], expected)):
        for name, place, text in zip(names, places, texts):
            cell = row["cells"][place] if place < len(row["cells"]) else None
            if text is None:
                check(cell is None or cell["kind"] == "missing", f"case {number + 1}, {name}: {cell} is not missing")
            else:
                check(cell is not None and cell["kind"] != "missing" and cell["text"] == text,
                      f"case {number + 1}, {name}: {cell} is not {text}")
    there_and_back(folder, study, "nl")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        study, paths = folder / "study.driehoek", []
        for form, rows in forms.read_sample(ROOT / "data" / "sample").items():
            paths.append(folder / f"{form}.xlsx")
            forms.write_xlsx(paths[-1], forms.emptied(rows, 1))
        run("new", study)
        run("import", study, *paths)
        for language in ("en", "nl"):
            sheet = there_and_back(folder, study, language)
            check_declared(sheet, language)
        for left in ("nl.driehoek", "nl.sav", "nl-again.sav"):
            (folder / left).unlink()
        check_foreign(folder, sheet)
    print("\n".join(failures[:40]))
    print(f"{checks} checks, {len(failures)} failures")
    return 1 if failures else 0


sys.exit(main())
