#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the real program at every call of an import that changes a file.

    kill-import.py DRIEHOEK SHIM FILE...

Makes a study, and then imports the files again and again, with SIGKILL at
call 0, 1, 2 … that writes, syncs, renames or removes (kill-shim.c). After every kill
the study is whole: it holds nothing of the files, or all of them. The same for
`driehoek new`: after a kill there is no study, or a good one.
"""

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile

MINIMUM_INSIDE = 20


def fail(text):
    print(f"not ok 1 - {text}")
    sys.exit(1)


def run(command, shim=None, at=None):
    environment = dict(os.environ, LC_ALL="C.UTF-8")
    if at is not None:
        environment["LD_PRELOAD"] = shim
        environment["DHK_KILL_AT"] = str(at)
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def look(study):
    """What the study holds, read by another program (which rolls a hot journal back)."""
    connection = sqlite3.connect(study)
    try:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            fail("the study is damaged")
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            fail("the study holds answers without a respondent")
        return tuple(
            connection.execute(query).fetchall()
            for query in (
                "SELECT count (*) FROM respondent",
                "SELECT file_name, found, added, aside FROM import_batch WHERE active ORDER BY id",
                "SELECT batch, sum (n_rows), sum (size) FROM raw_chunk GROUP BY batch",
                "SELECT respondent_type, sector, count (*) FROM respondent GROUP BY 1, 2",
                "SELECT journal_position FROM study",
                "SELECT count (*) FROM answer_sheet",
            )
        )
    finally:
        connection.close()


def kill_new(driehoek, shim, folder):
    study = os.path.join(folder, "new.driehoek")
    for at in range(1000):
        result = run([driehoek, "new", study], shim, at)
        exists = os.path.exists(study)
        if exists:
            look(study)
            os.unlink(study)
        left = [name for name in os.listdir(folder) if name.startswith("new.")]
        if left:
            fail(f"driehoek new, killed at call {at}, left {left}")
        if result.returncode == 0:
            if not exists:
                fail("driehoek new made no study")
            return at
        if result.returncode != -signal.SIGKILL:
            fail(f"driehoek new: status {result.returncode}, {result.stderr!r}")
    fail("driehoek new does not end")


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    driehoek, shim, files = sys.argv[1], sys.argv[2], sys.argv[3:]
    print("1..1")
    place = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="driehoek-kill-", dir=place) as folder:
        n_new = kill_new(driehoek, shim, folder)
        study = os.path.join(folder, "study.driehoek")
        journal = study + "-journal"
        made = run([driehoek, "new", study])
        if made.returncode != 0:
            fail(f"driehoek new: {made.stderr!r}")
        with open(study, "rb") as file:
            image = file.read()
        before = look(study)
        command = [driehoek, "import", study] + files
        whole = run(command)
        if whole.returncode != 0:
            fail(f"driehoek import: {whole.stderr!r}")
        after = look(study)
        if before == after:
            fail("the import brought nothing")

        inside = kept = done = 0
        for at in range(100000):
            with open(study, "wb") as file:
                file.write(image)
            result = run(command, shim, at)
            if result.returncode not in (0, -signal.SIGKILL):
                fail(f"call {at}: status {result.returncode}, {result.stderr!r}")
            if result.returncode != 0 and os.path.exists(journal):
                inside += 1
            found = look(study)
            if found == before:
                kept += 1
            elif found == after:
                done += 1
            else:
                fail(f"killed at call {at}, the study holds a part: {found}")
            # A journal that was only begun is no journal: SQLite leaves it for the next writer.
            if os.path.exists(journal):
                os.unlink(journal)
            if result.returncode == 0:
                if found != after:
                    fail("the whole import is not in the study")
                break
        print(f"# {n_new} calls of new; {at} calls of import, {inside} of them inside the "
              f"transaction; {kept} times as before, {done} times whole")
        if inside <= MINIMUM_INSIDE:
            fail(f"only {inside} kills inside the transaction")
    print("ok 1 - killed at every call")


main()
