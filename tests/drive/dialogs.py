#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What keeps a study safe, and another study that is merged, with the keyboard alone.

dialogs.py DRIEHOEK WINDOW SAMPLE_FOLDER LANGUAGE [dark]

A study gets a date until when its answers may be kept, names go into a key file, a problem report is made, and a colleague's
study that has one answer otherwise is merged: the difference is shown, and the answer here stays. The study gets a password,
and opens again with it alone. Last, what can be read of a damaged study is saved. F1 in a dialog shows the help about it.
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
from common import close, wait_dialog, wait_for, wait_no_dialog

DRIEHOEK, WINDOW, SAMPLE = sys.argv[1:4]
word = common.speak({
    "overview": ("Wie er antwoordden", "Who answered"),
    "safety": ("Veilig bewaren", "Keeping a study safe"),
    "difference": ("1 verschil, dat hier blijft zoals het is", "1 difference, which stays as it is here"),
    "question": ("De hulpverleners en ik respecteren elkaar", "The workers and I respect each other"),
    "merged": ("geen respondent is nieuw", "no respondent is new"),
    "damaged": ("Er is geen reservekopie van", "There is no backup of it"),
    "reported": ("Het probleemrapport is opgeslagen", "The problem report was saved"),
    # Titles of dialogs, and what opens them in the main menu.
    "until": ("Hoe lang mogen de antwoorden bewaard worden?", "How Long May the Answers Be Kept?"),
    "report": ("Probleemrapport", "Problem Report"),
    "keys": ("Sleutelbestand", "Key File"),
    "password": ("Deze studie beveiligen", "Protect This Study"),
    "until key": ("t", "u"), "report key": ("p", "r"), "keys key": ("s", "y"), "password key": ("w", "w"),
    "day": ("31-12-2031", "12/31/2031"),
})
picture = common.photographer("dialogs-")
PASSWORD, KEY_PASSWORD = "vier losse woorden hier", "een ander wachtwoord"


def titles(session):
    return [shown["title"] for shown in session.windows() if shown["managed"]]


def choose_in_menu(session, item):
    """By the letter that is underlined there."""
    session.settle()
    session.key("F10")
    session.settle()
    session.key(word(f"{item} key"))
    wait_dialog(session, f"the dialog “{item}”")


def wait_label(session, text):
    session.find("label", re.compile(re.escape(text)), visible=False, timeout=30)


def check_help(session):
    """F1 tells about keeping a study safe, and Escape leaves only the help."""
    n = len(titles(session))
    session.key("F1")
    wait_for(lambda: len(titles(session)) == n + 1, "the help")
    session.find("label", re.compile(f"^{word('safety')}$"), timeout=20)
    session.settle()
    session.key("Escape")
    wait_for(lambda: len(titles(session)) == n, "the help to close")
    session.settle()


# A day's work ------------------------------------------------------------------------------------

def set_day(session):
    choose_in_menu(session, "until")
    check_help(session)
    session.key("ctrl+a")
    session.keys_text(word("day"))
    picture(session, "until")
    session.key("Return")
    wait_no_dialog(session)


def report_problem(session, study):
    choose_in_menu(session, "report")
    assert word("report") in titles(session), titles(session)
    picture(session, "report")
    session.key("alt+o" if common.DUTCH else "alt+s")
    wait_for(lambda: len(titles(session)) == 3, "the chooser")
    session.settle()
    out = study.parent / "probleem.txt"
    session.key("ctrl+a")
    session.keys_text(str(out))
    session.settle()
    session.key("Return")
    wait_for(out.exists, "the report")
    text = out.read_text(encoding="utf-8")
    assert "Problem report of Driehoek" in text and study.stem not in text, text
    wait_label(session, word("reported"))
    session.settle()
    # The first one takes what was said away.
    session.key("Escape")
    session.settle()
    session.key("Escape")
    wait_no_dialog(session)


def keep_names(session, study):
    """The first dialog says that names are dropped; then the password of the key file is typed twice."""
    choose_in_menu(session, "keys")
    picture(session, "keep-names")
    session.key("Return")
    wait_for(lambda: session.find_all("text box"), "the passwords")
    session.settle()
    check_help(session)
    session.keys_text(KEY_PASSWORD)
    session.key("Tab")
    session.keys_text(KEY_PASSWORD)
    session.settle()
    session.key("Return")
    wait_for(lambda: word("keys") in titles(session), "the key file")
    picture(session, "keys")
    session.key("Escape")
    wait_no_dialog(session)
    assert list(study.parent.glob("*.driehoek-key")), "no key file beside the study"


def merge(session, other):
    session.key("ctrl+i")
    common.open_file(session, other)
    wait_label(session, word("difference"))
    picture(session, "merge")
    session.settle()
    session.key("alt+a")
    wait_label(session, word("merged"))
    picture(session, "merged")


def work(study, other):
    with common.window(WINDOW, study, picture=picture) as session:
        wait_label(session, word("overview"))
        set_day(session)
        report_problem(session, study)
        keep_names(session, study)
        merge(session, other)
        close(session)
    assert "2031" in common.run(DRIEHOEK, "retention", study)
    rows = {row["number"]: row for row in csv.DictReader(common.run(DRIEHOEK, "answers", study).splitlines())}
    assert rows["3"]["band1_h"] == "2", rows["3"]


# A password --------------------------------------------------------------------------------------

def protect(study):
    with common.window(WINDOW, study, picture=picture) as session:
        wait_label(session, word("overview"))
        choose_in_menu(session, "password")
        check_help(session)
        session.keys_text(PASSWORD)
        session.key("Tab")
        session.keys_text(PASSWORD)
        picture(session, "protect")
        session.key("Return")
        wait_for(lambda: not study.read_bytes().startswith(b"SQLite format"), "the study to be encrypted")
        wait_no_dialog(session)
        close(session)
    assert b"SQLite format" not in study.read_bytes()


def open_again(study):
    with common.window(WINDOW, study, picture=picture) as session:
        for password in ("iets anders", PASSWORD):
            wait_for(lambda: session.find_all("text box"), "the question for the password")
            session.settle()
            session.keys_text(password)
            picture(session, "wrong" if password == PASSWORD else "asked")
            session.key("Return")
            session.settle(1)
        wait_label(session, word("overview"))
        picture(session, "opened")


# A damaged study ---------------------------------------------------------------------------------

def damage(study):
    """The page on which the rows begin as they stood in the file."""
    with contextlib.closing(sqlite3.connect(study)) as database:
        page = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'raw_chunk'").fetchone()[0]
        size = database.execute("PRAGMA page_size").fetchone()[0]
    with open(study, "r+b") as file:
        file.seek((page - 1) * size)
        file.write(bytes(size))


def repair(damaged, out):
    """The focus is on what helps: Enter, Enter, and the rest is open."""
    before = damaged.read_bytes()
    with common.window(WINDOW, damaged, picture=picture) as session:
        wait_label(session, word("damaged"))
        picture(session, "damaged")
        session.settle()
        session.key("Return")
        wait_dialog(session, "the chooser")
        session.key("ctrl+a")
        session.keys_text(str(out))
        session.settle()
        session.key("Return")
        wait_for(out.exists, "the study that was saved")
        wait_for(lambda: len(titles(session)) == 2, "what was saved")
        session.settle()
        picture(session, "saved")
        session.key("Return")
        wait_label(session, word("overview"))
        picture(session, "repaired")
    assert damaged.read_bytes() == before, "the damaged study was changed"


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="drive-dialogs-"))
    study, other = folder / "Ouders.driehoek", folder / "Collega.driehoek"
    damaged = folder / "kapot" / "Kapot.driehoek"
    common.run(DRIEHOEK, "new", study)
    common.run(DRIEHOEK, "import", study, os.path.join(SAMPLE, "Ouders.xlsx"))
    shutil.copy(study, other)
    common.run(DRIEHOEK, "set", study, "3", "band1_h", "2")
    common.run(DRIEHOEK, "set", other, "3", "band1_h", "5")
    damaged.parent.mkdir()
    shutil.copy(study, damaged)
    damage(damaged)
    work(study, other)
    protect(study)
    open_again(study)
    repair(damaged, folder / "kapot" / "Gered.driehoek")
    shutil.rmtree(folder)
    print("a date, a report, a key file, a merged study, a password and a repair")
    return 0


if __name__ == "__main__":
    sys.exit(main())
