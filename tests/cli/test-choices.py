#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions of which a person may choose several answers, from a file to a table and back.

test-choices.py DRIEHOEK SOURCE_ROOT

The same answers come in as Forms writes them (one cell, semicolons), as LimeSurvey does (a column
for each choice) and as Qualtrics does (one cell, commas): the study must hold the same.
"""
import csv
import io
import json
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(sys.argv[2])
sys.path.insert(0, str(ROOT / "tests" / "import"))
from study import Study, check  # noqa: E402  pylint: disable=wrong-import-position

LIBRARY = (ROOT / "tests/data/library-choices.xml").read_text(encoding="utf-8")
TABLES = """    <table id="events" number="1a" kind="counts" rows="events">
      <title><text lang="en">Events Visited</text></title>
      <group role="visitor"/>
    </table>
    <table id="talkers" number="1b" kind="counts" rows="events">
      <title><text lang="en">Events Visited by Who Went to a Talk</text></title>
      <split variable="events_talk" role="visitor" total="no"/>
    </table>
  </section>"""
WORDING = "Which events did you visit?"
NAMES = ["reading", "talk", "music", "other"]
LABELS = ["Reading, aloud", "Talk", "Music", "Other"]
REST = ["They greeted me", "They took their time for me", "I felt in the way", "I found what I came for",
        "I found more than I came for"]
ANSWERS = ["mostly", "wholly", "hardly", "rather", "rather"]
# Who chose what; None did not answer, an empty set chose nothing and could say so.
CHOSEN = [{0, 1}, {2}, None, {0, 1, 2, 3}, {3}, {1}]


class Library(Study):
    """A study of an instrument of its own, with the question or with what a test makes of it."""

    def __init__(self, folder, name, xml=LIBRARY):
        self.folder = pathlib.Path(folder)
        self.path = self.folder / f"{name}.driehoek"
        instrument = self.folder / f"{name}.xml"
        instrument.write_text(xml, encoding="utf-8")
        plan = self.folder / f"{name}-plan.xml"
        plan.write_text((ROOT / "tests/data/library-2024-plan.xml").read_text(encoding="utf-8")
                        .replace("  </section>", TABLES if xml == LIBRARY else "  </section>", 1), encoding="utf-8")
        self.call("new", "-i", instrument, "-p", plan, self.path)

    def held(self):
        """What everybody chose, as a set; None where nothing is known, a text where it is a kind of missing."""
        rows = csv.DictReader(io.StringIO(self.call("answers", self.path)))
        out = []
        for row in rows:
            cells = [row[f"events_{name}"] for name in NAMES]
            if set(cells) <= {"0", "1"}:
                out.append({i for i, cell in enumerate(cells) if cell == "1"})
            else:
                out.append(None if set(cells) == {"empty"} else "|".join(cells))
        return out


def forms(cells):
    head = ["ID", "Start time", "Completion time", "Email", "Name", "Which branch did you visit?", WORDING, *REST]
    return [head] + [[float(i + 1), 45000.25 + i, 45000.26 + i, "anonymous", "", "Central", cell, *ANSWERS]
                     for i, cell in enumerate(cells)]


def lime(chosen, yes, no, head=lambda label: f"{WORDING} [{label}]"):
    heads = ["id", "submitdate", "lastpage", "startlanguage", "startdate", "datestamp", "Which branch did you visit?",
             *[head(label) for label in LABELS], f"{WORDING} [Other comment]", *REST]
    return [heads] + [
        [str(i + 1), f"2024-02-01 10:0{i}:00", "3", "en", f"2024-02-01 09:0{i}:00", f"2024-02-01 10:0{i}:00", "Central",
         *["" if row is None else yes if k in row else no for k in range(4)],
         "chess" if row and 3 in row else "", *ANSWERS] for i, row in enumerate(chosen)]


def qualtrics(cells):
    names = ["StartDate", "EndDate", "Status", "Progress", "Finished", "RecordedDate", "ResponseId", "UserLanguage"]
    texts = ["Start Date", "End Date", "Response Type", "Progress", "Finished", "Recorded Date", "Response ID",
             "User Language"]
    questions = ["Which branch did you visit?", f"{WORDING} - Selected Choice", f"{WORDING} - Other - Text",
                 *[f"About the librarians - {text}" for text in REST]]
    codes = [f"Q{i}" for i in range(len(questions))]
    return [names + codes, texts + questions, [f'{{"ImportId":"QID{i}"}}' for i in range(len(names + codes))]] + [
        [f"2024-02-01 09:0{i}:00", f"2024-02-01 10:0{i}:00", "IP Address", "100", "True", f"2024-02-01 10:0{i}:00",
         f"R_{i:05}", "EN", "Central", cell, "", *ANSWERS] for i, cell in enumerate(cells)]


def joined(separator, close=""):
    return ["" if row is None else separator.join(LABELS[i] for i in sorted(row)) + close for row in CHOSEN]


def check_shapes(folder):
    for name, file in {
        "forms": ("forms.xlsx", forms(joined(";", ";"))),
        "spaces": ("spaces.xlsx", forms(joined(", "))),
        "lime-empty": ("lime-empty.csv", lime(CHOSEN, "Y", "")),
        "lime-full": ("lime-full.csv", lime(CHOSEN, "Yes", "No")),
        "lime-coded": ("lime-coded.csv", lime(CHOSEN, "Y", "N", lambda text: f"Q7[SQ00{LABELS.index(text) + 1}]. "
                                              f"{WORDING} [{text}]")),
        "qualtrics": ("qualtrics.csv", qualtrics(joined(","))),
    }.items():
        study = Library(folder, name)
        outcome = study.bring_in(dict([file]))
        check(outcome["new"] == len(CHOSEN), f"{name}: {outcome}")
        check(study.held() == CHOSEN, f"{name} holds {study.held()}")
        again = study.bring_in(dict([file]))
        check((again["new"], again["changed"]) == (0, 0), f"{name} again: {again}")


def check_none_chosen(folder):
    study = Library(folder, "none")
    study.bring_in({"none.csv": lime([set(), {0}, None], "Y", "N")})
    check(study.held() == [set(), {0}, None], f"nothing chosen: {study.held()}")


def check_unknown(folder):
    """A text that is no choice is a question; what it is taken as holds for that part of the cell alone."""
    cells = ["Talk;Film;", "Film;", "Other: chess, or so;Music;", ""]
    study = Library(folder, "unknown")
    label = "unknown.xlsx:label:events:film"
    check(study.asks({"unknown.xlsx": forms(cells)}) == {label}, "one question, whatever the cell")
    said = study.call("import", study.path, study.folder / "unknown.xlsx", fails=True)
    check("“Film” is none of the choices of “Events visited”" in said and "lines 2, 3" in said, said)
    for answer, want in (("own-words", [{1}, set(), {2, 3}, None]), ("music", [{1, 2}, {2}, {2, 3}, None]),
                         ("unreadable", ["unreadable|1|unreadable|unreadable",
                                         "unreadable|unreadable|unreadable|unreadable", {2, 3}, None])):
        study = Library(folder, f"as-{answer}")
        study.bring_in({"unknown.xlsx": forms(cells)}, answers=[f"{label}={answer}"])
        check(study.held() == want, f"as {answer}: {study.held()}")
    said = study.call("import", study.path, study.folder / "unknown.xlsx", "--answer", f"{label}=own-words")
    check("3 answers to “Events visited” have words of a person’s own" in said, said)


def check_many_unknown(folder):
    cells = [f"Talk;Something {i};" for i in range(20)]
    study = Library(folder, "many")
    together = "many.xlsx:answers:events"
    check(study.asks({"many.xlsx": forms(cells)}) == {together}, "one question about all")
    check(len(study.asks({"many.xlsx": forms(cells)}, [f"{together}=each"])) == 20, "or one about each")
    study.bring_in({"many.xlsx": forms(cells)}, answers=[f"{together}=other"])
    check(study.held() == [{1, 3}] * 20, study.held())


def check_decided_otherwise(folder):
    """A choice that is known may be taken as another, and an import profile remembers it."""
    study = Library(folder, "otherwise")
    study.bring_in({"a.xlsx": forms(["Talk;Film;"])}, "--save-profile", "ours",
                   answers=["a.xlsx:label:events:film=own-words", "a.xlsx:label:events:talk=music"])
    study.bring_in({"b.xlsx": [row[:1] + [row[1], row[2]] + row[3:] if i == 0 else [9.0, 45100.25, 45100.26] + row[3:]
                               for i, row in enumerate(forms(["Talk;Film;"]))]})
    check(study.held() == [{2}, {2}], study.held())


def check_by_hand(folder):
    study = Library(folder, "hand")
    file = {"hand.xlsx": forms(["Talk;", "Music;", ""])}
    study.bring_in(file)
    study.call("set", study.path, "1", "events", "music; Other;")
    check(study.held()[0] == {2, 3}, study.held())
    study.call("undo", study.path)
    check(study.held()[0] == {1}, "one step is undone")
    study.call("redo", study.path)
    study.call("set", study.path, "2", "events", "none")
    study.call("set", study.path, "3", "events_talk", "1")
    check(study.held()[:2] == [{2, 3}, set()] and study.held()[2] == "empty|1|empty|empty", study.held())
    study.call("set", study.path, "3", "events", "empty")
    check("There are: reading, talk, music, other, none" in
          study.call("set", study.path, "2", "events", "film", fails=True), "what may be chosen")
    study.call("set", study.path, "2", "events", "", fails=True)
    said = study.call("import", study.path, study.write("later.xlsx", forms(["Reading, aloud;", "Music;", "Talk;"])))
    check("corrected by hand" in said and f"“{WORDING} – Talk”" in said, said)
    check(study.held()[:2] == [{2, 3}, set()], "what was set by hand stays")
    held = {(one["column"], one["study"], one["file"]) for one in study.conflicts() if one["number"] == 1}
    check(held == {("events_reading", "No", "Yes"), ("events_music", "Yes", "No"), ("events_other", "Yes", "No")},
          f"and each difference is kept: {study.conflicts()}")
    said = study.call("conflicts", study.path, "--take", next(
        f"{one['questionnaire']}:1:{one['column']}" for one in study.conflicts() if one["number"] == 1))
    check("3 answers" in said and study.held()[0] == {0}, f"they are one answer, taken over whole: {said} {study.held()}")
    check(not any(one["number"] == 1 for one in study.conflicts()), "and listed no more")
    study.call("undo", study.path)
    check(study.held()[:2] == [{2, 3}, set()], "one step")


def check_exports(folder):
    study = Library(folder, "exports")
    study.bring_in({"exports.xlsx": forms(joined(";", ";"))})
    for suffix in ("csv", "sav"):
        out = study.folder / f"exports-out.{suffix}"
        study.call("export", study.path, "-o", out)
        back = Library(folder, f"back-{suffix}")
        back.call("import", back.path, out)
        check(back.held() == CHOSEN, f"{suffix} back: {back.held()}")
    rows = study.rows()
    check([row["events_talk"] for row in rows] == ["1", "0", "", "1", "0", "1"], "0 and 1 in the CSV")
    said = study.call("peek", study.folder / "exports-out.sav")
    check("Events visited: Talk" in said and "0 = No" in said and "1 = Yes" in said, "0 and 1 with labels in the .sav")


def check_merge(folder):
    """Another study brings its choices along; who is in both keeps what is here, and the rest is listed."""
    here, there = Library(folder, "here"), Library(folder, "there")
    file = forms(joined(";", ";"))
    here.bring_in({"both.xlsx": file[:4]})
    there.bring_in({"both.xlsx": file})
    there.call("set", there.path, "1", "events", "music")
    here.call("import", here.path, there.path)
    check(here.held() == CHOSEN, f"merged: {here.held()}")
    columns = {one["column"] for one in here.conflicts()}
    check(columns == {"events_reading", "events_talk", "events_music"}, f"{here.conflicts()}")
    here.call("undo", here.path)
    check(here.held() == CHOSEN[:3], "a merge is one step")


def check_table(folder):
    """How many chose each, of those who answered; nobody, one, and who did not answer."""
    study = Library(folder, "table")
    cells = {row["events"]: (row["n"], row["percent"]) for row in table(study, "events")["cells"]}
    check(cells == {}, f"nobody: {cells}")
    said = study.call("table", study.path, "events", "-f", "csv")
    check("Respondents who answered,–" in said, f"a dash for nobody: {said}")
    file = forms(joined(";", ";"))
    study.bring_in({"table.xlsx": file[:2]})
    cells = {row["events"]: (row["n"], row["percent"]) for row in table(study, "events")["cells"]}
    check(cells == {"reading": (1, 100), "talk": (1, 100)}, f"one person: {cells}")
    study.bring_in({"table-2.xlsx": file})
    found = table(study, "events")
    cells = {row["events"]: (row["n"], row["percent"]) for row in found["cells"]}
    check(cells == {"reading": (2, 40), "talk": (3, 60), "music": (2, 40), "other": (2, 40)}, f"all: {cells}")
    check(found["totals"][-1]["n"] == 5, f"who answered: {found['totals']}")
    said = study.call("table", study.path, "events", "-l", "en")
    for part in ("60.0", "Respondents who answered", "may add up to more than 100",
                 "One visitor did not answer and is not in this table."):
        check(part in said, f"{part} is missing: {said}")
    split = [(row["events_talk"], row["events"], row["n"], row["percent"]) for row in table(study, "talkers")["cells"]]
    check(("1", "music", 1, 100 / 3) in [(a, b, c, d) for a, b, c, d in split], f"by one choice: {split}")
    study.call("report", study.path, "-o", study.folder / "report.pdf")


def table(study, name):
    return json.loads(study.call("table", study.path, name, "-f", "json"))


LSS = """<document><LimeSurveyDocType>Survey</LimeSurveyDocType>
<languages><language>en</language></languages>
<groups><rows><row><gid>1</gid><language>en</language></row></rows></groups>
<questions><rows>
<row><qid>1</qid><parent_qid>0</parent_qid><gid>1</gid><type>F</type><title>Q1</title>
<question>How welcome?</question><question_order>1</question_order><language>en</language></row>
<row><qid>2</qid><parent_qid>0</parent_qid><gid>1</gid><type>M</type><title>Q2</title>
<question>Which events?</question><question_order>2</question_order><language>en</language></row>
</rows></questions>
<subquestions><rows>
<row><qid>3</qid><parent_qid>1</parent_qid><title>SQ001</title><question>The desk</question>
<question_order>1</question_order><language>en</language></row>
<row><qid>4</qid><parent_qid>2</parent_qid><title>SQ001</title><question>Reading</question>
<question_order>1</question_order><language>en</language></row>
<row><qid>5</qid><parent_qid>2</parent_qid><title>SQ002</title><question>Music</question>
<question_order>2</question_order><language>en</language></row>
</rows></subquestions>
<answers><rows>
<row><qid>1</qid><code>1</code><answer>little</answer><sortorder>1</sortorder><language>en</language></row>
<row><qid>1</qid><code>2</code><answer>much</answer><sortorder>2</sortorder><language>en</language></row>
</rows></answers></document>"""
QUEXML = """<questionnaire id="1"><title>Library</title><section id="1">
<question><text>How welcome?</text><subQuestion varName="Q1_1"><text>The desk</text></subQuestion>
<response varName="Q1"><fixed><category><label>little</label><value>1</value></category>
<category><label>much</label><value>2</value></category></fixed></response></question>
<question><text>Which events?</text>
<response varName="Q2_1"><fixed><category><label>Reading</label><value>1</value></category></fixed></response>
<response varName="Q2_2"><fixed><category><label>Music</label><value>1</value></category></fixed></response>
</question></section></questionnaire>"""


def check_starting_points(folder):
    """Several choices of another program's survey become several choices here."""
    rows = [["The desk", "Which events?"], ["little", "Reading;"], ["much", "Reading;Music;"], ["some", ""]]
    study = Study(folder)
    for name, content in {"survey.lss": LSS, "survey.xml": QUEXML, "survey.xlsx": rows}.items():
        out = study.folder / f"{name}.instrument.xml"
        said = study.call("instrument", "new", study.write(name, content), out)
        xml = out.read_text(encoding="utf-8")
        check("<choices-variable" in xml and ">Reading<" in xml and ">Music<" in xml, f"{name}: {said} {xml}")
        check(name != "survey.lss" or "<head>Q2[SQ002]</head>" in xml, xml)


def check_column_by_hand(folder):
    """A head that nobody knows can be named as the column of all choices."""
    study = Library(folder, "named")
    rows = forms(["Talk;Music;", "Other;"])
    rows[0][6] = "Been to"
    study.bring_in({"named.xlsx": rows}, answers=["named.xlsx:column:7=events"])
    check(study.held() == [{1, 2}, {3}], study.held())


def check_refused(folder):
    """What an instrument may not say."""
    for change, part in (
        (('id="talk"', 'id="music"'), "used twice"),
        (("<alias>Lecture</alias>", "<alias>Music</alias>"), "already means something else"),
        (('<choices-variable id="events">', '<choices-variable id="branch">'), "used twice"),
        (("<head>Q7</head>", "<head>Branch</head>"), "already means something else"),
    ):
        try:
            Library(folder, "refused", LIBRARY.replace(*change))
        except Exception as error:  # pylint: disable=broad-except
            check(part in str(error), f"{change}: {error}")
        else:
            check(False, f"{change} was taken")


def main():
    with tempfile.TemporaryDirectory() as folder:
        for test in (check_shapes, check_none_chosen, check_unknown, check_many_unknown, check_decided_otherwise,
                     check_by_hand, check_exports, check_merge, check_table, check_starting_points, check_column_by_hand, check_refused):
            (pathlib.Path(folder) / test.__name__).mkdir()
            test(pathlib.Path(folder) / test.__name__)
            print(f"ok {test.__name__}")


main()
