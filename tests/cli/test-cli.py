#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands as a person and as a program use them: statuses, messages, files.

test-cli.py DRIEHOEK SOURCE_ROOT
"""
import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

DRIEHOEK, ROOT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
SAMPLE = [str(ROOT / "data" / "sample" / f"{name}.xlsx")
          for name in ("Jeugdigen", "Ouders", "Hulpverleners", "Leraren")]
failures = []


def check(condition, message):
    if not condition:
        failures.append(message)


def run(*arguments, status=0, **environment):
    result = subprocess.run(
        [DRIEHOEK, *map(str, arguments)], capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en", **environment},
    )
    check(result.returncode == status, f"{arguments}: status {result.returncode}, {result.stderr}")
    # Refusals and misuse speak on stderr alone.
    if status:
        check(result.stderr.strip() and not result.stdout, f"{arguments}: output {result.stdout!r}")
    else:
        check(not result.stderr, f"{arguments}: stderr {result.stderr!r}")
    return result.stdout, result.stderr


def test_help():
    text, _ = run("--help")
    for command in ("new", "import", "table", "report", "export"):
        check(command in text, f"--help does not name {command}")
        detail, _ = run(command, "--help")
        check(f"driehoek {command}" in detail, f"{command} --help: {detail}")
    check("0.1.0" in run("--version")[0], "--version")
    dutch, _ = run("--help", LANGUAGE="nl")
    check("Gebruik" in dutch, f"the Dutch help is English: {dutch[:60]}")


def test_paper():
    with tempfile.TemporaryDirectory() as folder:
        pdf = pathlib.Path(folder) / "form.pdf"
        run("paper", "--instrument", "partnerschap-2023", "jeugdigen", pdf, "--language", "nl")
        one = pdf.read_bytes()
        check(one.startswith(b"%PDF-") and b"/Lang (nl)" in one, "the form is no Dutch PDF")
        run("paper", "-i", "partnerschap-2023", "jeugdigen", pdf, "--numbers", "7-9")
        check(pdf.read_bytes().count(b"/Type /Page %") == 3 * one.count(b"/Type /Page %"),
              "three forms have not three times the pages of one")
        _, message = run("paper", "-i", "partnerschap-2023", "nobody", pdf, status=2)
        check("jeugdigen" in message, f"the questionnaires are not listed: {message}")
        for numbers in ("0", "9-7", "1-2-3", "1-", "1-1001", "x"):
            run("paper", "-i", "partnerschap-2023", "jeugdigen", pdf, "-n", numbers, status=2)
        study = pathlib.Path(folder) / "s.driehoek"
        run("new", study)
        run("paper", study, "leraren", pdf)
        run("paper", study, "leraren", study, status=2)
        run("paper", study, "leraren", pdf, "--variant", "jongerenwerker")
        run("paper", study, "leraren", pdf, "--variant", "none", status=2)


def test_instrument(folder):
    study, xml = folder / "versions.driehoek", folder / "own.xml"
    run("new", study)
    run("instrument", "get", study, xml)
    run("instrument", "get", study, xml, status=1)
    text = xml.read_text(encoding="utf-8")
    said, _ = run("instrument", "set", study, xml)
    check("Nothing was changed" in said, f"instrument set of the same says {said!r}")
    xml.write_text(text.replace('min-answered="3"', 'min-answered="4"', 1), encoding="utf-8")
    said, _ = run("instrument", "set", study, xml)
    check("4 answered" in said and "version 2" in said, f"instrument set says {said!r}")
    said, _ = run("instrument", "set", study, xml)
    check("version 2. Nothing was changed" in said, f"instrument set again says {said!r}")
    check(run("instrument", "versions", study)[0].count("Version ") == 2, "more than two versions")
    broken = folder / "broken.xml"
    broken.write_text("<instrument>\n<a>\n</instrument>", encoding="utf-8")
    _, refusal = run("instrument", "check", broken, status=1, LC_ALL="nl_NL.UTF-8", LANGUAGE="nl")
    check("regel 3" in refusal and "niet afgesloten" in refusal, f"a broken file: {refusal}")
    said, _ = run("instrument", "check", xml)
    check("version 1" in said and "jeugdigen" in said, f"instrument check says {said!r}")
    said, _ = run("instrument", "versions", study)
    check("Version 2, in use" in said and "4 answered" in said and "Version 1" in said,
          f"instrument versions says {said!r}")
    said, _ = run("instrument", "compare", "partnerschap-2023", xml)
    check("4 answered" in said, f"instrument compare says {said!r}")
    # The report's tables need this scale.
    xml.write_text(text.replace('scale id="band"', 'scale id="bond"', 1), encoding="utf-8")
    run("instrument", "set", study, xml, status=1)
    # A changed scale changes its table, and undo gives the old one back.
    run("import", study, *SAMPLE[:2])
    before, _ = run("table", study, 2)
    xml.write_text(text.replace('ref="band1" reversed="no"', 'ref="band1" reversed="yes"'), encoding="utf-8")
    run("instrument", "set", study, xml)
    after, _ = run("table", study, 2)
    run("undo", study)
    again, _ = run("table", study, 2)
    check(before != after and before == again, "table 2 does not follow a changed scale and its undo")
    table, made = folder / "canteen.csv", folder / "canteen.xml"
    table.write_text("Soup is warm;Bread is fresh\nsometimes;always\nalways;never\n", encoding="utf-8")
    said, _ = run("instrument", "new", table, made)
    check("alphabetical" in said, f"instrument new says {said!r}")
    run("new", folder / "canteen.driehoek", "--instrument", made)
    run("instrument", "new", folder / "nothing.lss", folder / "x.xml", status=1)
    run("instrument", "frobnicate", status=2)


def test_entry(folder):
    study = folder / "paper.driehoek"
    run("new", study)
    said, _ = run("entry", "list", study)
    check(said.strip() != "", "entry list says nothing about a study without paper")
    said, _ = run("entry", "differences", study, "--format", "json")
    data = json.loads(said)
    check(data["batches"] == [] and data["agreement"][0]["kappa"] is None, f"entry differences says {said!r}")
    for arguments in (["entry"], ["entry", "list"], ["entry", "count", study],
                      ["entry", "list", study, "--format", "yaml"]):
        run(*arguments, status=2)
    run("entry", "list", folder / "absent.driehoek", status=1)


def test_misuse():
    for arguments in (["frobnicate"], ["new"], ["new", "a", "b"], ["import", "x"], ["table", "x"],
                      ["report", "x"], ["export", "x"], ["new", "--no-such-option", "x"],
                      ["export", "x", "-o", "x.driehoek"], ["report", "x", "-o", "x.driehoek"]):
        _, message = run(*arguments, status=2)
        check("--help" in message, f"{arguments}: {message}")


def test_respondents(folder):
    study = folder / "respondents.driehoek"
    run("new", study)
    run("import", study, *SAMPLE)

    def answers(*more):
        return json.loads(run("answers", study, "--format", "json", *more)[0])

    everybody = answers()
    check(len(everybody) == 484 and everybody[0]["number"] == 1, f"{len(everybody)} respondents")
    one = answers("--respondent", "jeugdigen:5")[0]
    rows = list(csv.DictReader(run("answers", study, "--respondent", one["id"])[0].splitlines()))
    check(len(rows) == 1 and rows[0]["band1_h"] == str(one["band1_h"]), f"{rows}")
    new = 1 if one["band1_h"] != 1 else 2
    run("set", study, "jeugdigen:5", "band1_h", new)
    run("set", study, "jeugdigen:5", "sector", "residentieel")
    run("set", study, "jeugdigen:5", "age", "12.5")
    run("set", study, "jeugdigen:5", "band2_h", "unreadable")
    changed = answers("--respondent", "jeugdigen:5")[0]
    check((changed["band1_h"], changed["sector"], changed["age"], changed["band2_h"])
          == (new, "residentieel", 12.5, "unreadable"), f"{changed}")
    run("set", study, "jeugdigen:5", "band1_h", "9", status=2)
    run("set", study, "jeugdigen:5", "nothing", "1", status=2)
    run("set", study, "jeugdigen:999", "band1_h", "1", status=1)
    run("undo", study)
    check(answers("--respondent", "jeugdigen:5")[0]["band2_h"] == one["band2_h"], "not undone")
    run("redo", study)
    history, _ = run("history", study, "jeugdigen:5")
    check(len(history.splitlines()) == 5 and "Jeugdigen.xlsx" in history and "band1_h" in history, history)

    run("exclude", study, "jeugdigen:5", "--reason", "a test")
    check(answers("--respondent", "jeugdigen:5")[0]["excluded"] == "a test", "no reason")
    run("export", study, "-o", folder / "left.csv")
    check(len((folder / "left.csv").read_text(encoding="utf-8").splitlines()) == 484, "still exported")
    run("include", study, "jeugdigen:5")
    check("excluded" not in answers("--respondent", "jeugdigen:5")[0], "still excluded")

    # Nothing of somebody erased comes back, also not with the same files.
    run("erase", study, "jeugdigen:5", status=1)
    run("erase", study, "jeugdigen:5", "--yes", status=1)
    check(len(answers()) == 484, "erased without being asked twice")
    run("erase", study, "jeugdigen:5", "--yes", "--yes")
    check(len(answers()) == 483, "not erased")
    run("history", study, "jeugdigen:5", status=1)
    again = json.loads(run("import", study, "--json", *SAMPLE)[0])
    check((again["new"], again["kept_aside"]) == (0, 1), f"{again}")
    check(len(answers()) == 483, "came back")
    run("answers", study, "--format", "yaml", status=2)


def test_refusals(folder):
    study = folder / "refused.driehoek"
    run("table", study, "1", status=1)
    check(not study.exists(), "table made a study")
    run("new", study)
    before = study.read_bytes()
    run("new", study, status=1)
    check(study.read_bytes() == before, "new wrote over a study")

    other = folder / "notes.driehoek"
    other.write_text("this is not a study", encoding="utf-8")
    run("table", other, "1", status=1)
    check(other.read_text(encoding="utf-8") == "this is not a study", "a foreign file was changed")

    run("import", study, folder / "absent.xlsx", status=1)
    junk = folder / "junk.xlsx"
    junk.write_bytes(b"PK\x03\x04 not a workbook")
    run("import", study, junk, status=1)
    check(study.read_bytes() == before, "a refused import changed the study")
    run("table", study, "99", status=2)
    run("table", study, "1", "--language", "fr", status=2)
    run("table", study, "1", "--format", "yaml", status=2)

    bad = folder / "bad.xml"
    bad.write_text("<instrument/>", encoding="utf-8")
    _, message = run("new", folder / "bad.driehoek", "--instrument", bad, status=1)
    check("line 1" in message, f"no line in: {message}")
    check(not (folder / "bad.driehoek").exists(), "a refused instrument left a study")


def test_empty_study(folder):
    study = folder / "empty.driehoek"
    run("new", study)
    for table in ("1", "2", "6", "reliability", "correlations"):
        data = json.loads(run("table", study, table, "--format", "json")[0])
        check(data["cells"] == [], f"empty table {table}: {data['cells']}")
        run("table", study, table)
    run("report", study, "-o", folder / "empty.pdf")
    run("export", study, "-o", folder / "empty.csv")


def test_job(folder):
    study = folder / "job.driehoek"
    run("new", study)
    dry = json.loads(run("import", study, "--dry-run", "--json", *SAMPLE)[0])
    check(dry["new"] == 484, f"dry run: {dry}")
    totals = json.loads(run("import", study, "--json", *SAMPLE)[0])
    check((totals["found"], totals["new"], totals["kept_aside"]) == (484, 484, 0), f"{totals}")
    check([f["new"] for f in totals["files"]] == [179, 114, 132, 59], f"{totals['files']}")

    table = json.loads(run("table", study, "6", "--format", "json")[0])
    check(table["table"] == 6, f"table is {table['table']!r}")
    cell = next(c for c in table["cells"] if (c["scale"], c["sector"]) == ("band", "residentieel"))
    check(list(cell)[:7] == ["scale", "respondent_type", "over", "sector", "sex", "n", "mean"], f"{list(cell)}")
    check(cell["sex"] is None and cell["n"] == 50, f"{cell}")
    test = table["tests"][0]
    for key in ("scale", "family", "sector", "method", "groups", "statistic", "df1", "df2", "p",
                "eta_squared", "post_hoc"):
        check(key in test, f"a test has no {key}")
    check(test["post_hoc"]["method"] == "tukey-kramer" and len(test["post_hoc"]["pairs"]) == 3, f"{test}")
    check(isinstance(json.loads(run("table", study, "all", "--format", "json")[0]), list), "all is no list")

    dutch, english = run("table", study, "6", "--language", "nl")[0], run("table", study, "6", "--language", "en")[0]
    check("Tabel 6" in dutch and "4,30" in dutch and "Noot." in dutch, dutch)
    check("Table 6" in english and "4.30" in english and "Note." in english, english)
    rows = list(csv.reader(run("table", study, "6", "--format", "csv")[0].splitlines()))
    check(len({len(row) for row in rows if row}) == 1, "rows of the CSV differ in length")

    pdf = folder / "report.pdf"
    run("report", study, "-o", pdf, "--language", "nl")
    check(pdf.read_bytes().startswith(b"%PDF"), "no PDF")
    if shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
        check("Tabel 6" in text and "geen echte antwoorden" in " ".join(text.split()), text[:300])
    exported = folder / "answers.csv"
    run("export", study, "-o", exported)
    rows = list(csv.DictReader(exported.read_text(encoding="utf-8-sig").splitlines()))
    check(len(rows) == 484, f"{len(rows)} rows exported")
    check({"band1_h", "bel1", "lukt10"} <= set(rows[0]), f"{list(rows[0])[:8]}")
    check(not list(folder.glob("*.tmp*")) and not list(folder.glob(".*")), "temporary files are left")


def test_questions(folder):
    """An unknown label is asked, named, and answered on the command line."""
    study, odd = folder / "asked.driehoek", folder / "Ouders.csv"
    run("new", study)
    sys.path.insert(0, str(ROOT / "tests" / "golden"))
    import forms  # pylint: disable=import-outside-toplevel

    rows = forms.read(SAMPLE[1])
    rows[1][9] = "zo nu en dan"
    forms.write_csv(odd, rows, ";")
    before = study.read_bytes()
    _, message = run("import", study, odd, status=1)
    check("zo nu en dan" in message, message)
    check(study.read_bytes() == before, "an import with an open question was stored")
    answer = next((line.split("'")[1] for line in message.splitlines() if "--answer" in line), None)
    check(answer is not None, f"no answer is offered: {message}")
    run("import", study, odd, "--answer", "no-such=thing", status=1)
    run("import", study, odd, "--answer", "nonsense", status=2)
    totals = json.loads(run("import", study, "--json", odd, "--answer", answer)[0])
    check(totals["new"] == 114, f"{totals}")


def test_own_files(folder):
    """Nothing that is made is written over a study, whatever its name; and a study is no table."""
    study, csv_study = folder / "own.driehoek", folder / "own.csv"
    run("new", study)
    run("import", study, *SAMPLE)
    shutil.copy(study, csv_study)
    before = study.read_bytes()
    for arguments in (["problem-report", study, "-o", study], ["group-profile", study, study],
                      ["export", study, "-o", csv_study], ["problem-report", "-o", study]):
        _, message = run(*arguments, status=1)
        check("written over" in message, f"{arguments}: {message}")
    check(study.read_bytes() == before == csv_study.read_bytes(), "a study was written over")
    _, message = run("problem-report", "-o", "/dev/null", status=1)
    check("device" in message, message)
    run("problem-report", folder / "no-such.driehoek", status=1)
    _, message = run("peek", study, status=1)
    check("is a study" in message, message)


def test_names(folder):
    """Names that begin with a dash, and names of more than one line."""
    dash = folder / "names"
    dash.mkdir()
    shutil.copy(SAMPLE[1], dash / "-x.xlsx")
    shutil.copy(SAMPLE[1], dash / "two\nlines.xlsx")
    here = os.getcwd()
    os.chdir(dash)
    run("new", "--", "-x.driehoek")
    text, _ = run("import", "--", "-x.driehoek", "-x.xlsx")
    check("114 new" in text, text)
    text, _ = run("import", "--", "-x.driehoek", "two\nlines.xlsx")
    check("two lines.xlsx: 114 found, 0 new" in text, text)
    os.chdir(here)


def test_other_survey(folder):
    """A survey of one's own, with its own report plan."""
    instrument = ROOT / "tests" / "data" / "library-2024.xml"
    plan = ROOT / "tests" / "data" / "library-2024-plan.xml"
    study = folder / "other.driehoek"
    run("new", study, "--instrument", instrument, "--plan", plan)
    run("table", study, "all")
    run("report", study, "-o", folder / "other.pdf")


def test_stats(folder):
    """The statistics by name: from columns, from a summary, and what is refused."""
    data = folder / "data.csv"
    data.write_text("score,team,empty\n3,b,\n4,b,\n5.5,a,\nNA,a,\n6,a,\n1,c,\n,c,\n", encoding="utf-8")
    methods = json.loads(run("stats", "--list", "--format", "json")[0])
    check({"describe", "t-test", "anova"} <= {m["name"] for m in methods}, f"{methods}")
    text = run("stats", "--list")[0]
    check(all(m["source"] in text and m["name"] in text for m in methods), "the list leaves something out")

    anova = json.loads(run("stats", "anova", "--data", data, "--value", "score", "--group", "team")[0])
    check(anova["result"]["n"] == 5 and anova["result"]["n_groups"] == 3, f"{anova}")
    chosen = json.loads(run("stats", "t-test", "--data", data, "--value", "score", "--group", "team",
                            "--levels", "b", "a", "--option", "variant=welch", "confidence=0.9")[0])
    check(chosen["options"] == {**chosen["options"], "variant": "welch", "confidence": 0.9}, f"{chosen}")
    check(chosen["result"]["difference"] == 3.5 - 5.75, f"{chosen}")
    summary = json.loads(run("stats", "t-test", "--summary", "78 4.64 0.30; 52 4.41 0.37;")[0])
    first = summary["result"]["a"]
    check((first["n"], first["mean"], first["sd"]) == (78, 4.64, 0.3), f"{summary}")

    undefined = json.loads(run("stats", "t-test", "--summary", "1 3 0; 0 0 0")[0])["result"]
    check(undefined["t"] is None and undefined["status"] == "no-data" and undefined["reason"], f"{undefined}")
    infinite = folder / "infinite.csv"
    infinite.write_text("x,g\n1,a\nInf,a\n2,b\n3,b\n", encoding="utf-8")
    result = json.loads(run("stats", "anova", "--data", infinite, "--value", "x", "--group", "g")[0])["result"]
    check(result["status"] == "not-finite", f"{result}")

    # an empty row is a row of missing values, also where the file has one column
    gaps = folder / "gaps.csv"
    gaps.write_text("x,y\n1,2\n,\n3,4\n5,7\n", encoding="utf-8")
    result = json.loads(run("stats", "describe-briefly", "--data", gaps, "--value", "x")[0])["result"]
    check((result["n"], result["n_missing"]) == (3, 1), f"{result}")
    gaps.write_text("x\n1\n\n3\n5\n", encoding="utf-8")
    result = json.loads(run("stats", "describe-briefly", "--data", gaps, "--value", "x")[0])["result"]
    check((result["n"], result["n_missing"]) == (3, 1), f"{result}")

    # what a number of a category means can be read; what is not clear is refused
    twice = folder / "twice.csv"
    twice.write_text("x,g,h,x\n1,a,10,2\n2,b,2,1\n3,a,2,5\n", encoding="utf-8")
    table = json.loads(run("stats", "crosstab", "--data", twice, "--group", "g", "h")[0])
    check(table["groups"] == [{"column": "g", "levels": ["a", "b"]}, {"column": "h", "levels": ["2", "10"]}],
          f"{table}")
    run("stats", "describe-briefly", "--data", twice, "--value", "x", status=1)
    run("stats", "t-test", "--data", data, "--value", "score", "--group", "team", "--levels", "a", "a", status=1)

    gaps.write_text("x,y\n 1,2\n3 ,nan\n5,inf\n", encoding="utf-8")
    result = json.loads(run("stats", "describe-briefly", "--data", gaps, "--value", "x")[0])["result"]
    check((result["n"], result["mean"]) == (3, 3), f"{result}")
    result = json.loads(run("stats", "describe-briefly", "--data", gaps, "--value", "y")[0])["result"]
    check((result["n"], result["n_missing"], result["status"]) == (2, 1, "not-finite"), f"{result}")
    gaps.write_text("x,y\n1,2\n0,3,4\n", encoding="utf-8")
    run("stats", "describe-briefly", "--data", gaps, "--value", "x", status=1)

    for arguments in (("--data", data, "--value", "score"),
                      ("--data", data, "--value", "score", "--group", "team"),
                      ("--value", "score", "--group", "team"),
                      ("--summary", "1 2 3; 4 5 6", "--option", "nonsense=1"),
                      ("--summary", "1 2 3; 4 5 6", "--option", "variant=best"),
                      ("--summary", "1 2 3; 4 5 6", "--option", "confidence=2"),
                      ("--summary", "1 2 3; 4 5 6", "stray"),
                      ("--summary", "1.5 2 3; 4 5 6"),
                      ("--summary",), ("--nonsense",)):
        run("stats", "t-test", *arguments, status=2)
    for arguments in (("--data", folder / "absent.csv", "--value", "score", "--group", "team"),
                      ("--data", data, "--value", "absent", "--group", "team"),
                      ("--data", data, "--value", "team", "--group", "team"),
                      ("--summary", "1 2 x; 4 5 6"), ("--summary", "1 2 3; 4 5")):
        run("stats", "t-test", *arguments, status=1)
    run("stats", status=2)
    run("stats", "no-such-method", status=2)
    check("--summary" in run("stats", "--help")[0], "the help of stats")
    check("methode" in run("stats", "--help", LANGUAGE="nl", LC_ALL="nl_NL.UTF-8")[0], "the Dutch help of stats")


def test_audit(folder):
    """Printed tables held against each other: findings, silence, and what is refused."""
    reference = ROOT / "tests" / "stats" / "reference" / "audit"
    relations = reference / "relations.csv"
    found = json.loads(run("stats", "audit", "--data", reference / "cells.csv", "--relations", relations)[0])
    expected = {(row["quantity"], frozenset(row["cells"].split("; ")))
                for row in csv.DictReader((reference / "conflicts.csv").open(encoding="utf-8", newline=""))}
    listed = {(c["quantity"], frozenset(cell["cell"] for cell in c["cells"])) for c in found["conflicts"]}
    check({c for c in listed if "alpha" not in c[0]} == {c for c in expected if "alpha" not in c[0]},
          f"{listed ^ expected}")
    check(len(found["conflicts"]) == len(expected) and found["missing"], f"{len(found['conflicts'])} conflicts")
    repaired = json.loads(run("stats", "audit", "--data", reference / "repaired.csv", "--relations", relations)[0])
    check(repaired["conflicts"] == [], f"{repaired['conflicts'][:1]}")

    run("stats", "audit", "--data", reference / "cells.csv", status=2)
    broken = folder / "relations.csv"
    broken.write_text("kind,whole,parts,among\ntotal,No.Such.Cell,T1.Totaal.Ouders,\n", encoding="utf-8")
    run("stats", "audit", "--data", reference / "cells.csv", "--relations", broken, status=1)
    run("stats", "audit", "--data", broken, "--relations", relations, status=1)


def test_merge(folder):
    """Another study is a file to import: known by its bytes, only read, one step."""
    folder = folder / "merge"
    folder.mkdir()
    here, there, sealed = (folder / name for name in ("Hier.driehoek", "Daar.bin", "Dicht.driehoek"))
    run("new", here)
    run("new", folder / "Daar.driehoek")
    run("import", here, SAMPLE[0])
    run("import", folder / "Daar.driehoek", SAMPLE[0], SAMPLE[1])
    run("exclude", folder / "Daar.driehoek", "3", "--reason", "Verhuisd")
    (folder / "Daar.driehoek").rename(there)
    shutil.rmtree(folder / "Daar.driehoek.backups", ignore_errors=True)
    before = there.read_bytes()

    check("Nothing is open" in run("import", "--list-decisions", here, there)[0], "no word on decisions")
    check(json.loads(run("import", "--list-decisions", "--json", here, there)[0]) == [], "decisions as JSON")
    text, _ = run("import", "--dry-run", here, there)
    check("study with 293 responses" in text and "114 new" in text, f"what was found: {text}")
    told, _ = run("import", "--json", here, there)
    totals = json.loads(told)
    check((totals["new"], totals["present"]) == (114, 179), f"totals: {totals}")
    conflicts = json.loads(run("conflicts", "--json", here)[0])
    check([conflict["column"] for conflict in conflicts] == ["excluded"], f"conflicts: {conflicts}")
    again = json.loads(run("import", "--json", here, there)[0])
    check(again["new"] == 0, f"once more: {again}")
    itself = json.loads(run("import", "--json", here, here)[0])
    check((itself["new"], itself["present"]) == (0, 293), f"itself: {itself}")
    check("Merge of the study" in run("undo", here)[0], "undo does not name the merge")
    check(json.loads(run("conflicts", "--json", here)[0]) == [], "conflicts stay after undo")

    password = folder / "password"
    password.write_text("geheim woord\n", encoding="utf-8")
    shutil.copy(there, sealed)
    run("encrypt", sealed, "--new-password-file", password)
    _, refusal = run("import", here, sealed, status=1)
    check("--from-password-file" in refusal, f"no password: {refusal}")
    opened = json.loads(run("import", "--json", "--from-password-file", password, here, sealed)[0])
    check(opened["new"] == 114, f"encrypted: {opened}")

    _, refusal = run("import", here, there, SAMPLE[2], status=1)
    check("by itself" in refusal, f"beside another file: {refusal}")
    damaged = folder / "Kapot.driehoek"
    damaged.write_bytes(before[: len(before) // 2])
    _, refusal = run("import", here, damaged, status=1)
    check("driehoek repair" in refusal, f"damaged: {refusal}")
    _, refusal = run("answers", damaged, status=1)
    check("no backup" in refusal and "driehoek repair" in refusal, f"damaged, without backups: {refusal}")
    (folder / "Kapot.driehoek.backups").mkdir()
    shutil.copy(there, folder / "Kapot.driehoek.backups" / "2026-11-22T054512Z.driehoek")
    _, refusal = run("answers", damaged, status=1)
    check("backup restore" in refusal, f"damaged, with a backup: {refusal}")
    nothing = folder / "Niets.driehoek"
    damaged.write_bytes(bytes(len(before) // 2) + before[len(before) // 2:])
    _, refusal = run("repair", damaged, nothing, status=1)
    check("Nothing of" in refusal and not nothing.exists(), f"repair without questionnaires: {refusal}")
    check(there.read_bytes() == before, "the other study was changed")
    beside = {path.name for path in folder.iterdir() if path.name.startswith("Daar")}
    check(beside == {"Daar.bin"}, f"beside the other study: {beside}")


def test_read_only(folder):
    """A study that may not be changed where it lies is looked at; what would change it says so."""
    place = folder / "vast"
    place.mkdir()
    study, out = place / "Vast.driehoek", folder / "vast-out"
    out.mkdir()
    run("new", study)
    run("import", study, SAMPLE[1])
    shutil.rmtree(place / "Vast.driehoek.backups", ignore_errors=True)
    before = study.read_bytes()
    password = folder / "vast-password"
    password.write_text("geheim woord\n", encoding="utf-8")
    looking = (["answers", study], ["history", study, "1"], ["conflicts", study], ["profile", "list", study],
               ["table", study, "all"], ["report", study, "-o", out / "r.pdf"], ["export", study, "-o", out / "a.csv"],
               ["export", study, "-o", out / "a.sav"], ["instrument", "versions", study], ["retention", study],
               ["instrument", "get", study, out / "i.xml"], ["entry", "list", study], ["problem-report", study],
               ["backup", "list", study], ["import", "--dry-run", study, SAMPLE[0]])
    changing = (["import", study, SAMPLE[0]], ["set", study, "1", "sector", "1"], ["undo", study], ["redo", study],
                ["exclude", study, "1"], ["include", study, "1"], ["erase", study, "1", "--yes", "--yes"],
                ["encrypt", study, "--new-password-file", password], ["backup", "make", study],
                ["retention", study, "2031-12-31"], ["instrument", "set", study, out / "i.xml"])
    for file_mode, folder_mode in ((0o444, 0o755), (0o644, 0o555)):
        (out / "i.xml").unlink(missing_ok=True)
        study.chmod(file_mode)
        place.chmod(folder_mode)
        for command in looking:
            run(*command)
        for command in changing:
            _, refusal = run(*command, status=1)
            check("read-only here" in refusal, f"{command}: {refusal}")
        place.chmod(0o755)
        check(study.read_bytes() == before, "the read-only study was changed")
        check([path.name for path in place.iterdir()] == ["Vast.driehoek"], "something lies beside it")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        test_help()
        test_paper()
        test_instrument(folder)
        test_entry(folder)
        test_misuse()
        test_refusals(folder)
        test_respondents(folder)
        test_empty_study(folder)
        test_job(folder)
        test_questions(folder)
        test_own_files(folder)
        test_names(folder)
        test_other_survey(folder)
        test_merge(folder)
        test_read_only(folder)
        test_stats(folder)
        test_audit(folder)
    print("\n".join(failures))
    print(f"{len(failures)} failures")
    return 1 if failures else 0


sys.exit(main())
