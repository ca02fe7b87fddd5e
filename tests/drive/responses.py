#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Responses page with the keyboard alone.

responses.py DRIEHOEK WINDOW SAMPLE_FOLDER LANGUAGE [dark]

Who answered is filtered and searched; an answer is corrected by its label, by its digit and as a number; somebody is
excluded with a reason and included again, and one is erased, which is asked twice. Each of these but erasing is undone
and done again by key, and the history is read. Then the window is closed and opened: all is as it was left, on screen and
for the command line.
"""
import contextlib
import csv
import os
import pathlib
import re
import shutil
import sqlite3
import sys
import tempfile

import common
from common import close, wait_no_dialog

DRIEHOEK, WINDOW, SAMPLE = sys.argv[1:4]

word = common.speak({
    "n": ("{} respondenten", "{} respondents"),
    "part": ("{} van {} respondenten", "{} of {} respondents"),
    "by hand": ("(met de hand verbeterd)", "(corrected by hand)"),
    "parent": ("Ouder {}", "Parent {}"),
    "out": ("· uitgesloten: {}", "· excluded: {}"),
    "reason": ("Uitgesloten: {}", "Excluded: {}"),
    "exclude": ("Ouder {} uitsluiten?", "Exclude Parent {}?"),
    "history": ("Geschiedenis van Ouder {}", "History of Parent {}"),
    "came": ("Kwam in de studie", "Came into the study"),
    "erase": ("Ouder {} wissen?", "Erase Parent {}?"),
    "for ever": ("Ouder {} voorgoed wissen?", "Erase Parent {} for ever?"),
})
picture = common.photographer("responses-")
REASON = "vulde de lijst twee keer in"
# By number: who is corrected and left out, and who asks to be erased.
ONE, GONE = 17, 40
# Places in the drop-down of background; the first is anybody.
RESIDENTIAL = 3


def read_answers(study):
    """Everybody by number, as the study has them; who is excluded too."""
    return {int(row["number"]): row for row in csv.DictReader(common.run(DRIEHOEK, "answers", study).splitlines())}


def wait_label(session, text, anywhere=False):
    """A label of the page. What it holds it shows, so the screen need not be asked."""
    wanted = text if isinstance(text, re.Pattern) else re.compile(re.escape(text))
    page = None if anywhere else session.find("widget", "DhkResponsesPage", visible=False, timeout=20)
    session.find("label", wanted, within=page, visible=False, timeout=20)


def exactly(text):
    return re.compile("^" + re.escape(text) + "$")


def wait_dialog(session, heading):
    wait_label(session, heading, anywhere=True)
    session.settle()


# Finding people ------------------------------------------------------------------------------

def filter_by_sector(session, answers):
    """The drop-down of background, by way of the search field, and back to anybody."""
    n = sum(row["sector"] == "residentieel" for row in answers.values())
    session.key("ctrl+f", "Tab", "Tab", "Return")
    session.settle()
    session.key(*["Down"] * RESIDENTIAL, "Return")
    wait_label(session, word("part", n, len(answers)))
    picture(session, "sector")
    session.key("Return")
    session.settle()
    session.key(*["Up"] * RESIDENTIAL, "Return")
    wait_label(session, exactly(word("n", len(answers))))


def search(session, pseudonym, n):
    """The field has what was searched for before selected when it gets the focus."""
    session.key("ctrl+f", "ctrl+a")
    session.keys_text(pseudonym)
    wait_label(session, word("part", 1, n))
    session.key("Return")
    wait_label(session, f"· {pseudonym}")


# Changing ------------------------------------------------------------------------------------

def undo_and_redo(session, before, after):
    session.key("ctrl+z")
    wait_label(session, before)
    session.key("ctrl+shift+z")
    wait_label(session, after)


def correct(session, old):
    """Sector, sex and age come first, then the answers. Returns what has to be in the study."""
    new = dict(old)

    def check(column, unit=r"\D.*"):
        after = re.compile(f"^{new[column]}{unit} {re.escape(word('by hand'))}$")
        wait_label(session, after)
        undo_and_redo(session, re.compile(f"^{old[column]}{unit}(?<!\\))$"), after)

    new["band1_h"] = str(int(old["band1_h"]) % 4 + 1)
    step = int(new["band1_h"]) - int(old["band1_h"])
    session.key("Home", "Right", "Right", "Right", "Return")
    session.settle()
    picture(session, "editor")
    session.key(*["Down" if step > 0 else "Up"] * abs(step), "Return")
    check("band1_h")
    new["band2_h"] = "2" if old["band2_h"] == "1" else "1"
    session.key("Right", new["band2_h"])
    session.settle()
    session.key("Return")
    check("band2_h")
    new["age"] = "63"
    session.key("Left", "Left", "6")
    session.settle()
    session.key("3", "Return")
    check("age", "")
    return new


def leave_out(session, who):
    out = exactly(f"{who} {word('out', REASON)}")
    session.key("ctrl+shift+x")
    wait_dialog(session, word("exclude", ONE))
    session.keys_text(REASON)
    picture(session, "exclude")
    session.key("Return")
    wait_label(session, out)
    undo_and_redo(session, exactly(who), out)
    session.key("ctrl+shift+i")
    wait_label(session, exactly(who))
    undo_and_redo(session, out, exactly(who))
    # How it stays.
    session.key("ctrl+z")
    wait_label(session, out)


def check_history(session):
    session.key("ctrl+h")
    wait_label(session, word("history", ONE))
    for text in (word("came"), word("reason", REASON), "63"):
        wait_label(session, text)
    picture(session, "history")
    session.key("ctrl+h")


def ask_to_erase(session):
    """From the grid the button is one step back."""
    session.key("ctrl+f", "Return", "shift+Tab", "Return")
    wait_dialog(session, word("erase", GONE))


def erase(session, n):
    """Who does not confirm twice erases nobody."""
    ask_to_erase(session)
    picture(session, "erase")
    session.key("Return")
    wait_no_dialog(session)
    ask_to_erase(session)
    session.key("Tab", "Return")
    wait_dialog(session, word("for ever", GONE))
    # The number of another one: the button cannot be reached, and Escape leaves.
    session.keys_text(str(GONE + 1))
    session.key("Return", "Escape")
    wait_no_dialog(session)
    ask_to_erase(session)
    session.key("Tab", "Return")
    wait_dialog(session, word("for ever", GONE))
    session.keys_text(str(GONE))
    picture(session, "for-ever")
    session.key("Tab", "Tab", "Return")
    wait_label(session, word("part", 0, n - 1))
    session.key("ctrl+f", "Escape")
    wait_label(session, exactly(word("n", n - 1)))


# The job -------------------------------------------------------------------------------------


def change(session, study, pseudonyms):
    answers = read_answers(study)
    session.key("ctrl+2")
    wait_label(session, exactly(word("n", len(answers))))
    filter_by_sector(session, answers)
    search(session, pseudonyms[ONE], len(answers))
    answers[ONE] = correct(session, answers[ONE])
    leave_out(session, f"{word('parent', ONE)} · {pseudonyms[ONE]}")
    check_history(session)
    search(session, pseudonyms[GONE], len(answers))
    erase(session, len(answers))
    del answers[GONE]
    close(session)
    answers[ONE]["excluded"] = REASON
    return answers


def look_again(session, study, pseudonyms, expected):
    session.key("ctrl+2")
    wait_label(session, exactly(word("n", len(expected))))
    search(session, pseudonyms[ONE], len(expected))
    wait_label(session, word("out", REASON))
    check_history(session)
    session.key("ctrl+f", "ctrl+a")
    session.keys_text(pseudonyms[GONE])
    wait_label(session, word("part", 0, len(expected)))
    close(session)
    assert read_answers(study) == expected, "the study has other answers"


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="drive-responses-"))
    study = folder / "Ouders.driehoek"
    common.run(DRIEHOEK, "new", study)
    common.run(DRIEHOEK, "import", study, os.path.join(SAMPLE, "Ouders.xlsx"))
    with contextlib.closing(sqlite3.connect(study)) as database:
        pseudonyms = dict(database.execute("SELECT number, pseudonym FROM respondent_record"))
    with common.window(WINDOW, study, picture=picture) as session:
        expected = change(session, study, pseudonyms)
    with common.window(WINDOW, study, picture=picture) as session:
        look_again(session, study, pseudonyms, expected)
    shutil.rmtree(folder)
    print(f"{ONE} corrected three times and left out, {GONE} erased, all there after closing")
    return 0


if __name__ == "__main__":
    sys.exit(main())
