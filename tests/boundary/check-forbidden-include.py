#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The include check itself: it must refuse each planted include, and only those.

check-forbidden-include.py CHECKER ROOMS
"""
import pathlib
import subprocess
import sys
import tempfile

PLANTED = [
    ("study", '#include "store/dhk-store.h"\n'),
    ("stats", "#include <glib.h>\n"),
    ("stats", '#include "base/dhk-number.h"\n'),
    ("analysis", "#include <sqlite3.h>\n"),
    ("report", "#include <cairo.h>\n"),
    ("export", "#include <gtk/gtk.h>\n"),
    ("ui", "#include <libxml/tree.h>\n"),
    ("store", '#include "import/dhk-import.h"\n'),
    ("study", '#include "dhk-frame.h"\n'),
]


def run(checker, rooms, room, text):
    with tempfile.TemporaryDirectory() as folder:
        src = pathlib.Path(folder)
        (src / room).mkdir()
        (src / room / "planted.c").write_text(text, encoding="utf-8")
        return subprocess.run(
            [sys.executable, checker, rooms, src], capture_output=True, text=True, check=False
        )


def main():
    checker, rooms = sys.argv[1:3]
    failures = 0
    for room, text in PLANTED:
        result = run(checker, rooms, room, text)
        if result.returncode == 0 or "planted.c" not in result.stdout:
            print(f"not refused in {room}: {text.strip()}")
            failures += 1
    allowed = run(checker, rooms, "study", '#include "base/dhk-text.h"\n#include <gio/gio.h>\n')
    if allowed.returncode != 0:
        print("refused although allowed:", allowed.stdout)
        failures += 1
    return 1 if failures else 0


sys.exit(main())
