#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A questionnaire edited with the keyboard alone: on a copy, saved as a version, undone, done again.

instrument.py DRIEHOEK WINDOW SAMPLE_FOLDER LANGUAGE [dark]

A wording, an answer label and the items of a scale are changed in the window. The mean that Compare shows
is computed here from an export of the answers, before and after; undo and redo have to bring both back, and after
closing everything has to be there.
"""
import csv
import os
import pathlib
import shutil
import sqlite3
import sys
import tempfile
import time

import common
from common import DUTCH, PATIENCE, uidrive

DRIEHOEK, WINDOW, SAMPLE = sys.argv[1:4]

word = common.speak({
    "edit": ("alt+b", "alt+e"),
    "save": ("alt+n", "alt+s"),
    "page": ("Bewerken", "Edit"),
    "unsaved": ("Versie 2, niet opgeslagen: {} wijziging", "Version 2, not saved: {} change"),
    "version": ("versie {}: ", "version {}: "),
    "compare": ("Vergelijken", "Compare"),
    "overview": ("Vragenlijst jeugdigen", "Questionnaire for youths"),
    "wording": ("Waar krijg jij nu hulp?", "Where do you get help now?"),
    "label": ("af en toe", "now and then"),
})
picture = common.photographer("instrument-")


def shown_mean(rows, items):
    """The mean score of the youths in the first sector, as the table prints it; three answers make a score."""
    scores = []
    for row in rows:
        answers = [float(row[item]) for item in items if row[item]]
        if row["sector"] == "so-vso" and len(answers) >= 3:
            scores.append(sum(answers) / len(answers))
    text = f"{int(sum(scores) / len(scores) * 100 + 0.5 + 1e-9) / 100:.2f}"
    return text.replace(".", ",") if DUTCH else text


def read_means(study, folder):
    """The mean before and after an item of another scale is put into the first."""
    out = folder / "answers.csv"
    common.run(DRIEHOEK, "export", study, "-o", out)
    with out.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    band = [f"band{i}_h" for i in range(1, 5)]
    before, after = shown_mean(rows, band), shown_mean(rows, band + ["doel1_h"])
    assert before != after
    return before, after


def shows(session, text):
    """Pages are made again meanwhile: a label that was found may be gone when it is asked for its text."""
    try:
        return text in [label.name for label in session.find_all("label", visible=False)]
    except uidrive.GLib.Error:
        return False


def expect_mean(session, mean, name):
    session.key("ctrl+6")
    uidrive.wait_until(lambda: shows(session, mean), PATIENCE, f"the mean {mean} in Compare")
    picture(session, name)


def go_to_questionnaire(session, version):
    session.key("ctrl+5")
    session.wait_text(word("version", version), timeout=PATIENCE)
    session.settle()


def replace_text(session, text):
    """Types over the row that has the focus."""
    session.key("ctrl+a")
    session.keys_text(text)
    session.key("Return")
    session.settle()


def count_versions(study):
    with sqlite3.connect(f"file:{study}?mode=ro", uri=True) as db:
        return db.execute("SELECT count(*) FROM instrument_version").fetchone()[0]


def edit(session, study):
    go_to_questionnaire(session, 1)
    session.key(word("edit"))
    session.wait_text(word("unsaved", 0), timeout=PATIENCE)
    session.settle()
    # Title, questionnaire, two buttons, the first question.
    session.key(*["Tab"] * 4)
    replace_text(session, word("wording"))
    picture(session, "wording")

    # Back past the title and Versions to Answer labels; there to the second answer.
    session.key(*["shift+Tab"] * 6, "space")
    session.settle()
    session.key(*["Tab"] * 8)
    replace_text(session, word("label"))
    picture(session, "label")

    # Scales; the first one unfolds, and the fifth item of all is ticked, one of another scale.
    session.key(*["shift+Tab"] * 9, "space")
    session.settle()
    session.key(*["Tab"] * 3, "space")
    # Unfolding is a movement; waiting for one of so many rows would take longer than it.
    time.sleep(1.5)
    for key in ["Tab"] * 5 + ["Down"] * 5 + ["space"]:
        session.key(key)
        session.settle()
    picture(session, "scale")
    session.key(word("save"))
    uidrive.wait_until(lambda: count_versions(study) == 2, PATIENCE, "the new version in the study")
    session.settle()


def do_the_job(session, study, before, after):
    expect_mean(session, before, "before")
    edit(session, study)
    expect_mean(session, after, "after")
    session.key("ctrl+z")
    expect_mean(session, before, "undone")
    session.key("ctrl+shift+z")
    expect_mean(session, after, "redone")


def come_back(session, after):
    expect_mean(session, after, "again")
    go_to_questionnaire(session, 2)
    session.wait_text(word("wording"), timeout=PATIENCE)
    picture(session, "reopened")


def run(study, act, *arguments):
    with common.window(WINDOW, study, picture=picture) as session:
        session.wait_text(word("overview"), timeout=PATIENCE)
        session.settle()
        act(session, *arguments)


def check_study(study, folder):
    """What the command line takes out of the study is what was typed."""
    out = folder / "instrument.xml"
    common.run(DRIEHOEK, "instrument", "get", study, out)
    xml = out.read_text(encoding="utf-8")
    for text in (word("wording"), word("label"), 'version="2"', 'based-on="partnerschap-2023 1"'):
        assert text in xml, text
    band = xml[xml.index('<scale id="band"'):]
    assert 'ref="doel1"' in band[:band.index("</scale>")]


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="drive-"))
    study = folder / "Vragen.driehoek"
    common.run(DRIEHOEK, "new", study)
    common.run(DRIEHOEK, "import", study, os.path.join(SAMPLE, "Jeugdigen.xlsx"))
    before, after = read_means(study, folder)
    run(study, do_the_job, study, before, after)
    run(study, come_back, after)
    check_study(study, folder)
    print(f"M {before} and {after}, undone and done again")
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
