#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A questionnaire edited with the keyboard alone: on a copy, saved as a version, undone, done again.

instrument.py DRIEHOEK WINDOW SAMPLE_FOLDER LANGUAGE [dark]

A wording, an answer label and the items of a scale are changed in the window. The mean that Compare shows
is computed here from an export of the answers, before and after; undo and redo have to bring both back, and after
closing everything has to be there. Ends with 77 (skipped) without a driver for GTK windows. With
DHK_SCREENSHOTS set to a folder, pictures are put there.
"""
import csv
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

DRIEHOEK, WINDOW, SAMPLE, LANGUAGE = sys.argv[1:5]
DARK = "dark" in sys.argv[5:]
DUTCH = LANGUAGE == "nl"
# Half a minute on a machine that does nothing else; the limit is for one that does.
PATIENCE = 60


def find_driver():
    places = [os.environ.get("DHK_DRIVER_DIR")]
    if os.environ.get("DHK_REFERENCE_DIR"):
        places.append(os.path.join(os.environ["DHK_REFERENCE_DIR"], "tools", "uidrive"))
    for place in filter(None, places):
        if os.path.exists(os.path.join(place, "uidrive.py")):
            return place
    return None


DRIVER = find_driver()
if DRIVER is None:
    print("skipped: no driver for GTK windows here (DHK_DRIVER_DIR)")
    sys.exit(77)
sys.dont_write_bytecode = True
sys.path.insert(0, DRIVER)
import uidrive  # noqa: E402  pylint: disable=wrong-import-position,import-error

WORDS = {
    "edit": ("alt+b", "alt+e"),
    "save": ("alt+n", "alt+s"),
    "page": ("Bewerken", "Edit"),
    "unsaved": ("Versie 2, niet opgeslagen: {} wijziging", "Version 2, not saved: {} change"),
    "version": ("versie {}: ", "version {}: "),
    "compare": ("Vergelijken", "Compare"),
    "overview": ("Vragenlijst jeugdigen", "Questionnaire for youths"),
    "wording": ("Waar krijg jij nu hulp?", "Where do you get help now?"),
    "label": ("af en toe", "now and then"),
}


def word(key, *values):
    return WORDS[key][0 if DUTCH else 1].format(*values)


def picture(session, name):
    folder = os.environ.get("DHK_SCREENSHOTS")
    if folder:
        session.settle()
        session.screenshot(os.path.join(folder, f"{name}-{LANGUAGE}{'-dark' if DARK else ''}.png"))


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
    subprocess.run([DRIEHOEK, "export", str(study), "-o", str(out)], check=True, capture_output=True)
    with out.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    band = [f"band{i}_h" for i in range(1, 5)]
    before, after = shown_mean(rows, band), shown_mean(rows, band + ["doel1_h"])
    assert before != after
    return before, after


def expect_mean(session, mean, name):
    session.key("ctrl+6")
    uidrive.wait_until(lambda: mean in [label.name for label in session.find_all("label", visible=False)],
                       PATIENCE, f"the mean {mean} in Compare")
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
    picture(session, "instrument-wording")

    # Back past the title and Versions to Answer labels; there to the second answer.
    session.key(*["shift+Tab"] * 6, "space")
    session.settle()
    session.key(*["Tab"] * 8)
    replace_text(session, word("label"))
    picture(session, "instrument-label")

    # Scales; the first one unfolds, and the fifth item of all is ticked, one of another scale.
    session.key(*["shift+Tab"] * 9, "space")
    session.settle()
    session.key(*["Tab"] * 3, "space")
    # Unfolding is a movement; waiting for one of so many rows would take longer than it.
    time.sleep(1.5)
    for key in ["Tab"] * 5 + ["Down"] * 5 + ["space"]:
        session.key(key)
        session.settle()
    picture(session, "instrument-scale")
    session.key(word("save"))
    uidrive.wait_until(lambda: count_versions(study) == 2, PATIENCE, "the new version in the study")
    session.settle()


def do_the_job(session, study, before, after):
    expect_mean(session, before, "instrument-before")
    edit(session, study)
    expect_mean(session, after, "instrument-after")
    session.key("ctrl+z")
    expect_mean(session, before, "instrument-undone")
    session.key("ctrl+shift+z")
    expect_mean(session, after, "instrument-redone")
    assert not session.warnings(), session.warnings()


def come_back(session, after):
    expect_mean(session, after, "instrument-again")
    go_to_questionnaire(session, 2)
    session.wait_text(word("wording"), timeout=PATIENCE)
    picture(session, "instrument-reopened")
    assert not session.warnings(), session.warnings()


def run(study, act, *arguments):
    environment = {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark" if DARK else "prefer-light"}
    with uidrive.Session([WINDOW, str(study)], lang="nl_NL.UTF-8" if DUTCH else "C.UTF-8",
                         env=environment) as session:
        try:
            session.wait_text(word("overview"), timeout=PATIENCE)
            session.settle()
            act(session, *arguments)
        except (uidrive.UiError, AssertionError):
            picture(session, "instrument-failed")
            raise


def check_study(study, folder):
    """What the command line takes out of the study is what was typed."""
    out = folder / "instrument.xml"
    subprocess.run([DRIEHOEK, "instrument", "get", str(study), str(out)], check=True, capture_output=True)
    xml = out.read_text(encoding="utf-8")
    for text in (word("wording"), word("label"), 'version="2"', 'based-on="partnerschap-2023 1"'):
        assert text in xml, text
    band = xml[xml.index('<scale id="band"'):]
    assert 'ref="doel1"' in band[:band.index("</scale>")]


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="drive-"))
    study = folder / "Vragen.driehoek"
    subprocess.run([DRIEHOEK, "new", str(study)], check=True, capture_output=True)
    subprocess.run([DRIEHOEK, "import", str(study), os.path.join(SAMPLE, "Jeugdigen.xlsx")], check=True,
                   capture_output=True)
    before, after = read_means(study, folder)
    run(study, do_the_job, study, before, after)
    run(study, come_back, after)
    check_study(study, folder)
    print(f"M {before} and {after}, undone and done again")
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
