#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Responses page with 500 and with a million respondents, 60 questions each.

responses.py BUILD_FOLDER [ROWS…] [--save FILE]

Makes a study of each size (its tables are filled by SQL, the way `src/store` lays answers out) and
runs bench/responses on it, which prints times, turns of the main loop and the work of a frame. Asserts
nothing. --save keeps what was printed.
"""
import argparse
import pathlib
import random
import sqlite3
import subprocess
import tempfile

import import_data
import stall

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
        "INSERT INTO respondent_record (id, batch, questionnaire, respondent_type, number, started, completed, form_id, "
        "answers) VALUES (?, 1, 'persons', 'person', ?, ?, ?, ?, ?)",
        ((i, i, 1700000000 + i * 60, 1700000300 + i * 60, str(i), "".join(rng.choices(signs, k=N_QUESTIONS)))
         for i in range(1, n + 1)))
    database.execute("UPDATE study SET journal_position = 1, next_respondent = ?, generation = 2", (n + 1,))
    database.commit()
    database.close()
    return study


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("rows", type=int, nargs="*", default=[500, 1_000_000])
    parser.add_argument("--save")
    arguments = parser.parse_args()
    build = pathlib.Path(arguments.build).resolve()
    lines = stall.describe_machine()
    print("\n".join(lines))
    with tempfile.TemporaryDirectory() as name:
        for n in arguments.rows:
            study = make_study(build / "src" / "driehoek", pathlib.Path(name), n)
            new = [f"# {n} respondents, {study.stat().st_size / 1e6:.1f} MB; load {stall.load()}",
                   *stall.run_window(build / "bench" / "responses", name, study)]
            print("\n".join(new), flush=True)
            lines += new
    if arguments.save:
        pathlib.Path(arguments.save).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
