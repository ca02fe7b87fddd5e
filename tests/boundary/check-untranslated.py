#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The translation check itself: it must refuse each planted fault, and only those.

check-untranslated.py CHECKER
"""
import pathlib
import subprocess
import sys
import tempfile

SOURCE = 'g_print (_ ("Good morning %s"), name);\n'
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
DUTCH = '#, c-format\nmsgid "Good morning %s"\nmsgstr "Goedemorgen %s"\n'
WINDOW = '<interface><object class="GtkLabel"><property name="label" translatable="yes">Bye</property></object></interface>\n'

# what is planted -> the file it stands in, its text, and what the check says of it
PLANTED = [
    ("po/nl.po", HEADER, "no Dutch for 'Good morning %s'"),
    ("po/nl.po", HEADER + DUTCH.replace("Goedemorgen %s", ""), "empty"),
    ("po/nl.po", HEADER + DUTCH.replace("c-format", "fuzzy, c-format"), "fuzzy"),
    ("po/nl.po", HEADER + DUTCH.replace("Goedemorgen %s", "Goedemorgen"), "format specifications"),
    ("po/nl.po", HEADER + DUTCH + '\nmsgid "Old"\nmsgstr "Oud"\n', "used nowhere: 'Old'"),
    ("po/nl.po", HEADER + DUTCH + '\n#~ msgid "Old"\n#~ msgstr "Oud"\n', "used nowhere: 'Old'"),
    ("po/POTFILES.in", "", "src/a.c has messages and is not listed"),
    ("po/POTFILES.in", "src/a.c\nsrc/a.c\n", "twice"),
    ("po/POTFILES.in", "src/a.c\nsrc/gone.c\n", "src/gone.c is listed and is not there"),
    ("ui/window.ui", WINDOW, "no Dutch for 'Bye'"),
    ("src/a.c", SOURCE + 'g_print (_ ("Row %" G_GUINT64_FORMAT), row);\n', "G_GUINT64_FORMAT"),
    ("src/a.c", SOURCE + 'g_print (_ ("%u rows are new"), n);\n', "a count without a plural"),
    ("src/a.c", SOURCE + 'ngettext ("%" G_GSIZE_FORMAT " row", "%" G_GSIZE_FORMAT " rows", n);\n', "cut off"),
]


def run(checker, name=None, text=None):
    files = {"src/a.c": SOURCE, "po/nl.po": HEADER + DUTCH, "po/POTFILES.in": "src/a.c\n", "ui/empty.css": ""}
    if name is not None:
        files[name] = text
    with tempfile.TemporaryDirectory() as folder:
        for path, content in files.items():
            file = pathlib.Path(folder) / path
            file.parent.mkdir(exist_ok=True)
            file.write_text(content, encoding="utf-8")
        return subprocess.run([sys.executable, checker, folder], capture_output=True, text=True, check=False)


def main():
    checker = sys.argv[1]
    failures = 0
    for name, text, complaint in PLANTED:
        result = run(checker, name, text)
        if result.returncode == 0 or complaint not in result.stdout:
            print(f"not refused: {complaint}\n{result.stdout}{result.stderr}")
            failures += 1
    sound = run(checker)
    if sound.returncode != 0:
        print("refused although sound:", sound.stdout, sound.stderr)
        failures += 1
    return 1 if failures else 0


sys.exit(main())
