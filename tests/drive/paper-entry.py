#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ten paper questionnaires typed twice, with the keyboard alone.

paper-entry.py DRIEHOEK WINDOW MARK_FORMS INSTRUMENT.xml LANGUAGE [dark]

The questionnaires are the program's own form (PDF) with marks on it, and slips of whoever filled them in
(paper-forms.py). They are read from the picture of the page and typed; the first and the second typing have slips of their own, planted below. The list
of differences has to hold each of these and nothing else, kappa is computed here once more, every
difference is settled by its key, and then the study has to hold what stands on the paper. Last the
window is killed right after it said that an answer is saved. Ends with 77 (skipped) without poppler's tools too.
"""
import csv
import importlib.util
import itertools
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

import common
from common import DUTCH, wait_for

DRIEHOEK, WINDOW, MARK_FORMS, INSTRUMENT = sys.argv[1:5]
QUESTIONNAIRE = "jeugdigen"
BATCH = "Groep 3, mei"

if shutil.which("pdftotext") is None or shutil.which("pdftoppm") is None:
    common.skip("no pdftotext and pdftoppm here")

spec = importlib.util.spec_from_file_location("paper_forms", pathlib.Path(__file__).with_name("paper-forms.py"))
paper_forms = importlib.util.module_from_spec(spec)
spec.loader.exec_module(paper_forms)

# Slips of the fingers: form and question -> (keys, what is stored then).
FIRST_SLIPS = {
    (1, 6): (["1"], "1"), (3, 3): (["5", "1", "Return"], "51"), (9, 10): (["5"], "5"),
}
SECOND_SLIPS = {
    (1, 4): (["5"], "5"), (2, 1): (["1"], "so-vso"), (2, 9): (["3"], "3"), (4, 3): (["6", "0", "Return"], "60"),
    (5, 19): (["Tab"], "-empty"), (6, 7): (["minus", "1"], "-empty"), (7, 1): (["2"], "ambulant-dagopvang"),
    (8, 4): (["5"], "5"), (9, 10): (["1"], "1"), (10, 2): (["minus", "2"], "-two-marks"),
    (10, 12): (["minus", "5"], "-not-applicable"),
}
word = common.speak({
    "form": ("Formulier", "Form"),
    "saved": ("Formulier {} opgeslagen", "Form {} saved"),
    "answer": ("Antwoord {} van formulier {} opgeslagen", "Answer {} of form {} saved"),
    "which": ("Welk formulier?", "Which form?"),
    "none yet": ("Nog geen papieren formulieren", "No paper forms yet"),
    "page": ("Papierinvoer", "Paper entry"),
    "all twice": ("Elk formulier dat af is, is een tweede keer ingevoerd", "Every complete form was typed a second time"),
    "place": (r"Formulier (\d+), vraag (\d+)", r"Form (\d+), question (\d+)"),
    "none left": ("Er is geen verschil meer om te beslissen.", "No difference is left to be settled."),
    "begun": ("Dit formulier is begonnen: 4 van 19 ingevoerd.", "This form was begun: 4 of 19 answered."),
    "choose": ("alt+i", "alt+h"),
    "same": ("antwoorden zijn twee keer gelijk ingevoerd", "answers were typed the same twice"),
})
picture = common.photographer("entry-")


# The paper ---------------------------------------------------------------------

DPI = 100


def read_boxes(path):
    """Per question its boxes as (digit, page, x, y, width, height) in points."""
    boxes = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        question, digit, page, *place = line.split("\t")
        boxes.setdefault(int(question), []).append((int(digit), int(page), *map(float, place)))
    return [boxes[question] for question in sorted(boxes)]


def read_pictures(path):
    """Each page as (width, grey bytes)."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-gray", "-r", str(DPI), str(path), os.path.join(folder, "p")], check=True)
        pages = []
        for name in sorted(os.listdir(folder)):
            data = pathlib.Path(folder, name).read_bytes()
            width, height = map(int, re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data).groups())
            pages.append((width, data[-width * height:]))
        return pages


def darkness(page, x, y, width, height):
    """How much of the inside of a box is ink, from 0 to 1."""
    across, grey = page
    left, top, right, bottom = (round(v * DPI / 72) for v in (x + 2, y + 2, x + width - 2, y + height - 2))
    inside = [grey[row * across + column] for row in range(top, bottom) for column in range(left, right)]
    return sum(value < 140 for value in inside) / len(inside)


def read_words(path):
    """What is written as (page, x, y, text), in points."""
    text = subprocess.run(["pdftotext", "-bbox", str(path), "-"], check=True, capture_output=True, text=True).stdout
    words, page = [], -1
    for line in text.splitlines():
        page += "<page " in line
        found = re.search(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([\d,]+)<', line)
        if found:
            words.append((page, float(found[1]), (float(found[2]) + float(found[3])) / 2, found[4]))
    return words


def read_paper(path, boxes, questions):
    """Per question what somebody sees: the digits marked and what was written."""
    pages, words = read_pictures(path), read_words(path)
    seen = []
    for question, places in zip(questions, boxes):
        _, page, x, y, width, height = places[-1]
        # A number stands in its boxes; anything else behind the last one and its digit.
        left, right = (places[0][2], x + width) if question.choices is None else (x + width + 9, x + width + 60)
        written = [text for on, at, middle, text in words
                   if on == page and left <= at < right and y - 2 <= middle <= y + height + 2]
        marks = [] if question.choices is None else [
            str(digit) for digit, on, *place in places if 0.08 < darkness(pages[on], *place) < 0.8]
        seen.append((marks, written[0] if written else ""))
    return seen


def keys_for(question, marks, written):
    """What somebody types who sees this."""
    typed = ["comma" if letter == "," else letter for letter in written]
    if question.choices is None:
        if not written:
            return ["minus", "1"]
        number = float(written.replace(",", "."))
        if question.limits[0] <= number <= question.limits[1]:
            return typed + ["Return"]
        return typed + ["Return", "minus", "4"]
    if written:
        return typed + ["minus", "4"]
    if len(marks) == 1:
        return list(marks)
    return ["minus", "2" if marks else "1"]


def with_slips(truth, slips, questions):
    """What is stored per form and column when these slips are made."""
    return [
        {question.column: slips[(number, place)][1] if (number, place) in slips else form[question.column]
         for place, question in enumerate(questions, 1)}
        for number, form in enumerate(truth, 1)
    ]


# What has to come out ------------------------------------------------------------

def held(value):
    """What the study holds: the kinds that cannot be read are one."""
    return "-unreadable" if re.match(r"-(two-marks|illegible|out-of-range)", value) else value


def expected_differences(first, second, questions):
    return [
        (number, place) for number, (one, other) in enumerate(zip(first, second), 1)
        for place, question in enumerate(questions, 1)
        if held(one[question.column]) != held(other[question.column])
    ]


def expected_kappa(first, second, questions):
    pairs = []
    for one, other in zip(first, second):
        for question in questions:
            if question.choices is not None:
                labels = tuple(label for _, label, _ in question.choices)
                pairs.append(((labels, held(one[question.column])), (labels, held(other[question.column]))))
    n = len(pairs)
    observed = sum(a == b for a, b in pairs) / n
    chance = sum(
        sum(a == c for a, _ in pairs) * sum(b == c for _, b in pairs) for c in {c for pair in pairs for c in pair}
    ) / n ** 2
    return n, (observed - chance) / (1 - chance)


def ask(study):
    return json.loads(subprocess.run([DRIEHOEK, "entry", "differences", str(study), "--format", "json"],
                                     check=True, capture_output=True, text=True).stdout)


# Typing ------------------------------------------------------------------------

def type_form(session, number, keys):
    session.wait_text(word("which"))
    session.key("Return")
    # Each key does its work before the next is looked at: no waiting between them.
    session.key(*keys, delay=12)
    session.settle()
    session.key("Return")
    session.wait_text(word("saved", number))


def type_batch(session, papers, questions, slips):
    for number, paper in enumerate(papers, 1):
        keys = []
        for place, (question, seen) in enumerate(zip(questions, paper), 1):
            keys += slips[(number, place)][0] if (number, place) in slips else keys_for(question, *seen)
        type_form(session, number, keys)


def make_batch(session):
    session.key("ctrl+4")
    session.wait_text(word("none yet"))
    picture(session, "empty")
    session.settle()
    session.key("Return")
    common.wait_dialog(session, "the dialog of a new batch")
    session.keys_text(BATCH)
    picture(session, "new-batch")
    session.key("Return")


def open_differences(study):
    return [d for d in ask(study)["batches"][0]["differences"] if d["settled"] is None]


def settle_all(session, study, truth, questions):
    """The key that takes what stands on the paper; 3 where neither person typed it. No key waits for the one before."""
    columns = [question.column for question in questions]
    left = open_differences(study)
    while left:
        wanted = [truth[difference["form"] - 1][difference["column"]] for difference in left]
        keys = ["1" if value == difference["first"] else "2" for value, difference in itertools.takewhile(
            lambda pair: pair[0] in (pair[1]["first"], pair[1]["second"]), zip(wanted, left))]
        if keys:
            session.key(*keys, delay=12)
        else:
            choices = [value for _, _, value in questions[columns.index(left[0]["column"])].choices]
            session.key("3")
            common.wait_dialog(session, "the dialog of another answer")
            session.key("space")
            session.settle()
            session.key(*["Down"] * choices.index(wanted[0]), "Return")
            session.settle()
            picture(session, "other")
            session.key(word("choose"))
        wait_for(lambda n=len(left) - max(len(keys), 1): len(open_differences(study)) == n,
                 f"{left[0]} and what follows to be settled")
        session.settle()
        left = open_differences(study)


# Looking at the study --------------------------------------------------------------

def check_study(study, truth, folder):
    """The study holds what stands on the paper, in its rows and in an export."""
    out = folder / "answers.csv"
    common.run(DRIEHOEK, "export", study, "-o", out)
    rows = list(csv.DictReader(out.open(encoding="utf-8-sig")))
    assert len(rows) == len(truth), f"{len(rows)} rows exported: the second typing is no respondent"
    for row, form in zip(rows, truth):
        for column, value in form.items():
            wanted = "" if value.startswith("-") else value
            assert row[column] == wanted, f"{column}: {row[column]!r} exported, {value!r} on the paper"


def check_typed(study, number, first, second):
    """What each typed is kept, with its reason."""
    with sqlite3.connect(f"file:{study}?mode=ro", uri=True) as db:
        for place, typed in ((1, first), (2, second)):
            found = db.execute(
                "SELECT s.id || CASE a.target WHEN '' THEN '' ELSE '_' || substr (a.target, 1, 1) END, a.answer "
                "FROM entry_answer a JOIN entry_form f ON f.id = a.form JOIN item_slot s USING (slot) "
                "WHERE f.number = ? AND f.pass = ?", (number, place)).fetchall()
            for column, answer in found:
                assert typed[column] == answer, f"form {number}, {column}: {answer} typed, not {typed[column]}"
            # Only what was passed by is not typed.
            assert {c for c in typed if c not in dict(found)} <= {c for c in typed if typed[c] == "-empty"}


def check_comparison(session, study, first, second, questions):
    wanted = expected_differences(first, second, questions)
    session.wait_text(word("same"))
    places = [re.fullmatch(word("place"), node.name) for node in session.find_all("label", visible=False)]
    listed = sorted({(int(place.group(1)), int(place.group(2))) for place in places if place})
    assert listed == wanted, f"the window lists {listed}, planted were {wanted}"

    data = ask(study)
    found = [(d["form"], d["question"]) for d in data["batches"][0]["differences"]]
    assert found == wanted, f"the command lists {found}"
    for d in data["batches"][0]["differences"]:
        assert d["first"] == first[d["form"] - 1][d["column"]], d
        assert d["second"] == second[d["form"] - 1][d["column"]], d
    n, kappa = expected_kappa(first, second, questions)
    for agreement in data["agreement"]:
        assert agreement["n"] == len(first) * len(questions)
        assert agreement["same"] == agreement["n"] - len(wanted)
        assert agreement["n_labelled"] == n
        assert abs(agreement["kappa"] - kappa) < 1e-12, (agreement["kappa"], kappa)
    shown = f"κ = {kappa:.2f}".replace("= 0.", "= ,").replace(".", ",") if DUTCH else f"κ = {kappa:.2f}".replace("0.", ".")
    session.wait_text(shown)
    return wanted, kappa


# The whole -----------------------------------------------------------------------

def do_the_job(session, study, papers, truth, questions, folder):
    first = with_slips(truth, FIRST_SLIPS, questions)
    second = with_slips(truth, SECOND_SLIPS, questions)
    make_batch(session)
    type_batch(session, papers, questions, FIRST_SLIPS)
    check_study(study, first, folder)

    session.wait_text(word("which"))
    picture(session, "number")
    session.key("Escape")
    session.wait_text(word("page"))
    session.settle()
    session.key("Tab")
    session.key("Return")
    type_batch(session, papers, questions, SECOND_SLIPS)
    check_study(study, first, folder)
    session.wait_text(word("all twice"))
    picture(session, "twice")
    session.key("Return")
    wait_for(lambda: session.find_all("label", BATCH), "the batches")
    session.settle()
    picture(session, "batches")
    session.key("Tab", "Tab")
    session.key("Return")
    wanted, kappa = check_comparison(session, study, first, second, questions)
    session.settle()
    picture(session, "compare")
    settle_all(session, study, truth, questions)
    session.wait_text(word("none left"))
    picture(session, "settled")
    check_study(study, truth, folder)
    for number in range(1, len(truth) + 1):
        check_typed(study, number, first[number - 1], second[number - 1])

    # One choice taken back, and made again.
    session.key("ctrl+z")
    wait_for(lambda: len(open_differences(study)) == 1, "the last choice to be undone")
    session.settle()
    session.key("ctrl+shift+z")
    wait_for(lambda: not open_differences(study), "the last choice to be made again")
    print(f"{len(wanted)} differences found and settled, kappa {kappa:.4f}")


def kill_it(session, study):
    """What the window said is saved is in the file when the window is killed there and then."""
    session.settle()
    session.key("Escape")
    wait_for(lambda: session.find_all("label", BATCH), "the batches")
    session.settle()
    session.key("Return")
    session.wait_text(word("which"))
    session.key("Return", "1", "2", "1", "2", "Return", "4", delay=12)
    session.wait_text(word("answer", 4, 11))
    picture(session, "question")
    os.kill(session.app.pid, signal.SIGKILL)
    session.app.wait(5)
    with sqlite3.connect(f"file:{study}?mode=ro", uri=True) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        typed = db.execute("SELECT a.answer FROM entry_answer a JOIN entry_form f ON f.id = a.form "
                           "WHERE f.number = 11 ORDER BY a.slot").fetchall()
    assert sorted(answer for answer, in typed) == ["12", "4", "so-vso", "vrouw"], typed


def come_back(session):
    session.key("ctrl+4")
    wait_for(lambda: session.find_all("label", BATCH), "the batches")
    session.settle()
    session.key("Return")
    session.wait_text(word("begun"))
    session.key("Return")
    session.wait_text("5 van 19" if DUTCH else "5 of 19")
    picture(session, "come-back")
    session.key("7")
    time.sleep(0.2)
    picture(session, "refused")
    session.key("minus")
    time.sleep(0.2)
    picture(session, "missing")
    session.key("4", "End")
    session.settle()
    picture(session, "summary")


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="drive-"))
    study = folder / "Papier.driehoek"
    subprocess.run([sys.executable, str(pathlib.Path(__file__).with_name("paper-forms.py")), MARK_FORMS, INSTRUMENT,
                    QUESTIONNAIRE, str(folder / "forms")], check=True)
    common.run(DRIEHOEK, "new", study)
    questions = paper_forms.read_questions(INSTRUMENT, QUESTIONNAIRE)
    truth = json.loads((folder / "forms" / "truth.json").read_text(encoding="utf-8"))["forms"]
    boxes = read_boxes(folder / "forms" / "boxes.tsv")
    papers = [read_paper(path, boxes, questions) for path in sorted((folder / "forms").glob("*.pdf"))]
    for number, (paper, form) in enumerate(zip(papers, paper_forms.fill_in(questions)), 1):
        for place, (seen, (marks, written)) in enumerate(zip(paper, form), 1):
            wanted = ([str(digit) for digit in marks], written)
            assert seen == wanted, f"form {number}, question {place}: {seen} read, {wanted} on the paper"

    with common.window(WINDOW, study, picture=picture) as session:
        session.settle()
        do_the_job(session, study, papers, truth, questions, folder)
        kill_it(session, study)
    with common.window(WINDOW, study, picture=picture) as session:
        come_back(session)
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
