#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A second wave of a form that was changed meanwhile.

test-waves.py DRIEHOEK SOURCE_ROOT

Columns renamed and reordered, one item reworded, one answer corrected by hand and changed
in the source: new rows are added, nothing is doubled, the conflict is shown and never
overwritten, and what was decided in the first wave holds again.
"""
import json
import pathlib
import random
import sqlite3
import sys
import tempfile

import study as studies
from study import SAMPLE, Study, answers_of, check

N, MORE = 12, 20
BAND2, BAND3, TAAK1 = 9, 10, 16
REWORDED = "Wij kunnen het goed met elkaar vinden, de hulpverleners en ik"


def wave(n):
    """The first wave's form: one item reworded, one answer in words of its own, one column personal."""
    rows = [list(row) for row in SAMPLE["Ouders"][: n + 1]]
    rows[0][BAND3] = REWORDED
    for i, row in enumerate(rows):
        row.append("Hoe noemt u uw kind?" if i == 0 else f"Zwaantje{i}")
        if i and row[BAND2] == "regelmatig":
            row[BAND2] = "geregeld"
    return rows


def second_wave():
    rows = wave(MORE)
    rows[0] = rows[0][:5] + [f"{i}. {head}" for i, head in enumerate(rows[0][5:], 1)]
    rows[3][BAND2] = "zelden of nooit"  # corrected by hand to 2 in the study
    rows[5][TAAK1] = "soms"  # changed in the source only
    order = list(range(5)) + random.Random(3).sample(range(5, len(rows[0])), len(rows[0]) - 5)
    return [[row[i] for i in order] for row in rows]


FIRST = {"Ouders.xlsx": wave(N)}
SECOND = {"Wave 2 (1-20).xlsx": second_wave()}
ANSWERS = ["Ouders.xlsx:column:11=band3_h", "Ouders.xlsx:label:frequentie:geregeld=3",
           "Ouders.xlsx:column:25=personal"]


def first_wave(study):
    asks = study.asks(FIRST)
    check(asks == {"Ouders.xlsx:label:frequentie:geregeld"}, f"the first wave asks {asks}")
    outcome = study.bring_in(FIRST, "--save-profile", "Ouders 2023", answers=ANSWERS)
    check((outcome["new"], outcome["kept_aside"]) == (N, 0), f"the first wave: {outcome}")
    study.call("set", study.path, "ouders:3", "band2_h", "2")


def dump(study, *leave_out):
    with sqlite3.connect(study.path) as database:
        text = "\n".join(line for line in database.iterdump() if not any(word in line for word in leave_out))
    database.close()
    return text


def whole(study, folder):
    first_wave(study)
    before = study.rows()
    check(before[2]["band2_h"] == "2", "the correction is not there")
    outcome = study.bring_in(SECOND)
    part = outcome["files"][0]
    counts = tuple(outcome[key] for key in ("found", "new", "present", "changed", "kept_aside"))
    check(counts == (MORE, MORE - N, N, 1, 0), f"the second wave: {counts}: {part['notes']}")
    check(part["profile"] == "Ouders 2023", f"read with {part['profile']}")
    check("“Ouders 2023” was used" in "\n".join(part["notes"]), "no note on the profile")

    after = study.rows()
    check(len(after) == MORE, f"{len(after)} respondents")
    check(after[2]["band2_h"] == "2", "the correction was overwritten")
    check(after[4]["taak1_h"] == "2" and before[4]["taak1_h"] != "2", "the change was not taken over")
    for i, (old, new) in enumerate(zip(before, after)):
        other = {key for key in old if old[key] != new[key] and not key.startswith("score")}
        check(other <= ({"taak1_h"} if i == 4 else set()), f"respondent {i + 1} changed in {other}")

    clean = Study(folder, "clean")
    rows = [list(row) for row in SAMPLE["Ouders"][: MORE + 1]]
    rows[3][BAND2], rows[5][TAAK1] = "soms", "soms"
    clean.bring_in({"Ouders.xlsx": rows})
    check(answers_of(after) == answers_of(clean.rows()), "the answers are not those of the form")
    check("Zwaantje" not in dump(study), "personal data were kept")


def conflict(study, folder):
    """Shown when it is found, and for as long as it lasts."""
    first_wave(study)
    check(study.conflicts() == [], "a conflict before there was one")
    outcome = study.bring_in(SECOND)
    found = outcome["files"][0]["conflicts"]
    check(len(found) == 1, f"conflicts {found}")
    check(found[0]["column"] == "band2_h" and found[0]["line"] == 4 and found[0]["study"].startswith("2")
          and found[0]["file"].startswith("1"), f"the conflict is {found}")
    check("corrected by hand and stays so" in "\n".join(outcome["files"][0]["notes"]), "no note on the conflict")
    kept = study.conflicts()
    check(len(kept) == 1 and (kept[0]["number"], kept[0]["column"]) == (3, "band2_h"), f"kept {kept}")
    said = study.call("conflicts", study.path, language="nl")
    check("band2_h" in said and "Wave 2" in said, said)

    again = study.bring_in(SECOND)
    check((again["new"], again["changed"]) == (0, 0) and len(again["files"][0]["conflicts"]) == 1, f"again: {again}")
    before = study.path.read_bytes()
    study.bring_in(SECOND)
    check(study.path.read_bytes() == before, "a conflict that stands is written again")

    check("none of the answers" in study.call("conflicts", study.path, "--keep", "ouders:4:band2_h", fails=True), "")
    study.call("conflicts", study.path, "--keep", "ouders:3:band2_h")
    check(study.conflicts() == [] and study.bring_in(SECOND)["files"][0]["conflicts"] == [], "what is kept is told again")
    study.call("undo", study.path)

    study.call("conflicts", study.path, "--take", "ouders:3:band2_h")
    check(study.rows()[2]["band2_h"] != "2" and study.conflicts() == [], "what the file has was not taken over")
    check(study.bring_in(SECOND)["files"][0]["conflicts"] == [], "what was taken over is told again")
    study.call("undo", study.path)

    study.call("set", study.path, "ouders:3", "band2_h", "1")
    check(study.conflicts() == [], "settled by hand, and still a conflict")
    study.call("undo", study.path)
    check(len(study.conflicts()) == 1, "undone, and no conflict")
    rows = wave(MORE)
    rows[3][BAND2] = "soms"
    study.bring_in({"Wave 3.xlsx": rows})
    check(study.conflicts() == [], "the source was corrected, and still a conflict")


def nothing_doubled(study, folder):
    first_wave(study)
    for _ in range(3):
        study.bring_in(SECOND)
        study.bring_in(FIRST)
    check(len(study.rows()) == MORE, f"{len(study.rows())} respondents")
    check(study.rows()[2]["band2_h"] == "2", "the correction was overwritten")


def profile_is_a_choice(study, folder):
    first_wave(study)
    asks = study.asks(SECOND)
    check(asks == set(), f"with the profile {asks} is asked")
    for option in (["--profile", "none"], ["--answer", "Wave_2_1-20_.xlsx:profile=none"]):
        said = study.call("import", study.path, *option, study.folder / "Wave 2 (1-20).xlsx", fails=True)
        check("geregeld" in said, f"{option}: {said}")
    check("no import profile" in study.call("import", study.path, "--profile", "Leraren", study.folder /
                                            "Wave 2 (1-20).xlsx", fails=True), "an unknown profile was taken")
    said = study.call("profile", "list", study.path)
    check("Ouders 2023" in said, said)
    said = study.call("profile", "show", study.path, "Ouders 2023")
    check("geregeld" in said and "band3_h" in said and "Zwaantje" not in said, said)
    study.call("profile", "delete", study.path, "Ouders 2023")
    check("Ouders 2023" not in study.call("profile", "list", study.path), "it was not deleted")
    check("There is no" in study.call("profile", "delete", study.path, "Ouders 2023", fails=True), "deleted twice")
    check(study.asks(SECOND) != set(), "a deleted profile is used")


def profile_knows_no_answers(study, folder):
    first_wave(study)
    with sqlite3.connect(study.path) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE name LIKE 'import_profile%' "
                                                       "AND type = 'table'")]
        cells = [str(cell) for table in tables for row in database.execute(f"SELECT * FROM {table}") for cell in row]
    database.close()
    check(len(tables) == 3 and "geregeld" in " ".join(cells), f"{tables}")
    for secret in ("Zwaantje", "Ouders.xlsx", "Wave"):
        check(not any(secret in cell for cell in cells), f"the profile knows “{secret}”")


def another_form(study, folder):
    """A file of another questionnaire is not read with the profile."""
    first_wave(study)
    rows = [list(row) for row in SAMPLE["Jeugdigen"][: N + 1]]
    part = study.bring_in({"Jeugdigen.xlsx": rows})["files"][0]
    check(part["profile"] is None, f"read with {part['profile']}")


def undone(study, folder):
    """The second wave can be taken back whole."""
    first_wave(study)
    before = study.rows()
    study.bring_in(SECOND)
    study.call("undo", study.path)
    check(study.rows() == before, "undo leaves something of the second wave")
    study.call("redo", study.path)
    check(len(study.rows()) == MORE, "redo does not bring it back")


def erased_stays_out(study, folder):
    """Also where nothing but the answers tells a row, and they are read otherwise now."""
    rows = [row[5:] for row in wave(N)]
    rows[0][BAND3 - 5] = "Iets heel anders"
    answers = ["Ouders.xlsx:label:frequentie:geregeld=3"]
    study.bring_in({"Ouders.xlsx": rows}, answers=answers)
    study.call("erase", study.path, "ouders:3", "--yes", "--yes")
    outcome = study.bring_in({"Ouders.xlsx": rows}, answers=[*answers, f"Ouders.xlsx:column:{BAND3 - 4}=band3_h"])
    counts = tuple(outcome[key] for key in ("new", "present", "changed", "kept_aside"))
    check(counts == (0, N - 1, N - 1, 1) and len(study.rows()) == N - 1, f"read once more: {counts}")
    # What nobody was asked before is told once, and not with every row.
    notes = [note for note in outcome["files"][0]["notes"] if "had none yet" in note or "taken over" in note]
    check(len(notes) == 1 and notes[0].startswith(f"{N - 1} respondents get"), f"the notes: {notes}")
    # What was read otherwise is still theirs.
    study.call("erase", study.path, "ouders:5", "--yes", "--yes")
    outcome = study.bring_in({"Ouders.xlsx": rows}, answers=answers)
    check((outcome["new"], outcome["kept_aside"]) == (0, 2), f"a third time: {outcome}")


def erased_elsewhere(study, folder):
    """Who was erased in a study that is merged does not come with the same file either."""
    other = Study(folder, "other")
    first_wave(other)
    other.call("erase", other.path, "ouders:5", "--yes", "--yes")
    study.call("import", study.path, other.path)
    outcome = study.bring_in(FIRST, answers=ANSWERS)
    check((outcome["new"], outcome["kept_aside"]) == (0, 1), f"after merging: {outcome}")


def known_by_answers(study, folder):
    """A newer export without numbers and times, after the answers were read otherwise."""
    rows = [row[5:-1] for row in wave(MORE)]
    rows[0][BAND3 - 5] = "Iets heel anders"
    label, column = "label:frequentie:geregeld=3", f"column:{BAND3 - 4}=band3_h"
    study.bring_in({"Ouders.xlsx": rows[: N + 1]}, answers=[f"Ouders.xlsx:{label}"])
    study.bring_in({"Ouders.xlsx": rows[: N + 1]}, answers=[f"Ouders.xlsx:{label}", f"Ouders.xlsx:{column}"])
    outcome = study.bring_in({"Later.csv": rows}, answers=[f"Later.csv:{label}", f"Later.csv:{column}"])
    check((outcome["new"], outcome["changed"]) == (MORE - N, 0), f"a newer export: {outcome}")
    # Of another study that has the times nothing tells it is the same; that is said.
    other = Study(folder, "other")
    first_wave(other)
    merged = json.loads(study.call("import", study.path, "--json", other.path))
    check(merged["new"] == N and "have the same answers and background" in "\n".join(
        note for part in merged["files"] for note in part["notes"]), f"merged: {merged}")


CASES = (whole, conflict, nothing_doubled, profile_is_a_choice, profile_knows_no_answers, another_form, undone,
         erased_stays_out, erased_elsewhere, known_by_answers)


def main():
    failures = 0
    for case in CASES:
        with tempfile.TemporaryDirectory() as folder:
            try:
                case(Study(folder), pathlib.Path(folder))
            except studies.Failed as failure:
                failures += 1
                print(f"{case.__name__}: {failure}")
    print(f"{len(CASES)} cases, {failures} failures")
    return 1 if failures else 0


sys.exit(main())
