#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file, the same file once more, and (csv) a newer export with a tenth of new rows; asserts nothing.

again.py BUILD_DIR [--data FOLDER] [--rows N] [--formats F…] [--save FILE]

Times, processor times and peaks of memory are taken as in import.py, whose data this uses: the first
nine tenths of the rows are a file of their own for the last of the three.
"""
import argparse
import importlib
import pathlib
import subprocess
import tempfile

import import_data
import stall

measure = importlib.import_module("import").measure  # the name is a word of the language


def shorten(path, rows, folder):
    """A csv with the first nine tenths of the rows."""
    short = pathlib.Path(folder) / "before.csv"
    with open(path, encoding="utf-8") as whole, open(short, "w", encoding="utf-8") as part:
        for _, line in zip(range(rows * 9 // 10 + 1), whole):
            part.write(line)
    return short


def run(build, data, study, *files):
    driehoek = str(build / "src" / "driehoek")
    subprocess.run([driehoek, "new", study, "-i", str(data / "bench.xml")], check=True, stdout=subprocess.DEVNULL)
    return [measure([driehoek, "import", study, str(file)]) for file in files]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--data")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--formats", nargs="+", default=stall.FORMATS, choices=stall.FORMATS)
    parser.add_argument("--save")
    arguments = parser.parse_args()
    build = pathlib.Path(arguments.build).resolve()
    data = pathlib.Path(arguments.data).resolve() if arguments.data else build / "bench-data"

    import_data.make(data, [arguments.rows], arguments.formats)
    lines = stall.describe_machine() + ["format\twhat\twall s\tCPU s\tpeak MiB\tload"]
    print("\n".join(lines))
    for kind in arguments.formats:
        file = data / f"{arguments.rows}.{kind}"
        with tempfile.TemporaryDirectory(dir=data) as folder:
            names = ["first", "the same again"]
            results = run(build, data, f"{folder}/a.driehoek", file, file)
            if kind == "csv":
                names += ["nine tenths", "the whole after it"]
                results += run(build, data, f"{folder}/b.driehoek", shorten(file, arguments.rows, folder), file)
        for name, result in zip(names, results):
            figures = "failed" if result is None else "\t".join(f"{figure:.2f}" for figure in result)
            lines.append(f"{kind}\t{name}\t{figures}\t{stall.load()}")
            print(lines[-1], flush=True)
    if arguments.save:
        pathlib.Path(arguments.save).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
