#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the window stands still while somebody goes through its pages; asserts nothing.

pages.py BUILD_DIR [--save FILE]

Build bench/pages first. Runs it on the sample study, on a private X server, drawn by the processor alone, and
tells per phase what bench/window-watch.h says: most own work of the main thread in one turn of its loop. --save keeps
the rows as they were printed.
"""
import argparse
import pathlib
import subprocess
import tempfile

import stall


def make_study(driehoek, folder):
    study = folder / "sample.driehoek"
    sample = stall.ROOT / "data" / "sample"
    subprocess.run([driehoek, "new", study], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([driehoek, "import", study, *sorted(sample.glob("*.xlsx"))], check=True, stdout=subprocess.DEVNULL)
    return study


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--save")
    arguments = parser.parse_args()
    build = pathlib.Path(arguments.build).resolve()
    lines = stall.describe_machine()
    with tempfile.TemporaryDirectory() as name:
        study = make_study(build / "src" / "driehoek", pathlib.Path(name))
        before = stall.load()
        rows = stall.run_window(build / "bench" / "pages", name, study)
    lines += [f"# load {before} before, {stall.load()} after", *rows]
    print("\n".join(lines))
    if arguments.save:
        pathlib.Path(arguments.save).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
