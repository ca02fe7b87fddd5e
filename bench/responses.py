#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Responses page with 500 and with a million respondents, 60 questions each.

responses.py BUILD_FOLDER [ROWS…]

Makes a study of each size (its tables are filled by SQL, the way `src/store` lays answers out) and
runs bench/responses on it, which prints times and the work of a frame. Asserts nothing.
"""
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile

import import_data

N_QUESTIONS = 60


def make_study(driehoek, folder, n):
    """A study of n respondents: 3 % of the answers missing, one in a thousand unreadable."""
    study = folder / f"{n}.driehoek"
    instrument = folder / "bench.xml"
    import_data.N_ITEMS = N_QUESTIONS
    instrument.write_text(import_data.instrument(), encoding="utf-8")
    subprocess.run([driehoek, "new", study, "--instrument", instrument], check=True, stdout=subprocess.DEVNULL)
    signs, rng = "12345" * 194 + "e" * 29 + "u", random.Random(n)
    database = sqlite3.connect(study)
    database.execute(
        "INSERT INTO import_batch (id, step, file_name, sha256, kind, questionnaire, imported, found, added, present, "
        "changed, aside, raw_head) VALUES (1, 1, 'bench.csv', '', 'CSV', 'persons', 0, ?, ?, 0, 0, 0, '')", (n, n))
    database.execute("INSERT INTO journal_step (step, kind, subject, n, batch, happened) "
                     "VALUES (1, 'import', 'bench.csv', 1, 0, 0)")
    database.executemany("INSERT INTO item_slot (slot, kind, id) VALUES (?, 'item', ?)",
                         ((i, f"q{i}") for i in range(1, N_QUESTIONS + 1)))
    database.executemany(
        "INSERT INTO respondent_record (id, batch, questionnaire, respondent_type, number, started, completed, form_id) "
        "VALUES (?, 1, 'persons', 'person', ?, ?, ?, ?)",
        ((i, i, 1700000000 + i * 60, 1700000300 + i * 60, str(i)) for i in range(1, n + 1)))
    database.executemany("INSERT INTO answer_sheet (respondent, target, answers) VALUES (?, '', ?)",
                         ((i, "".join(rng.choices(signs, k=N_QUESTIONS))) for i in range(1, n + 1)))
    database.execute("UPDATE study SET journal_position = 1, next_respondent = ?, generation = 2", (n + 1,))
    database.commit()
    database.close()
    return study


def main():
    build = pathlib.Path(sys.argv[1])
    sizes = [int(n) for n in sys.argv[2:]] or [500, 1000000]
    with tempfile.TemporaryDirectory() as name:
        for n in sizes:
            study = make_study(build / "src" / "driehoek", pathlib.Path(name), n)
            print(f"{n} respondents, {study.stat().st_size / 1e6:.1f} MB", flush=True)
            subprocess.run(["xvfb-run", "-a", "-s", "-screen 0 1280x800x24", build / "bench" / "responses", study],
                           check=True)
    return 0


sys.exit(main())
