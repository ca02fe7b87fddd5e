# SPDX-License-Identifier: GPL-3.0-or-later
"""A study in a folder of its own, filled and read through the command line."""
import csv
import json
import os
import pathlib
import subprocess
import sys

DRIEHOEK, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
sys.path.insert(0, str(ROOT / "tests" / "golden"))
import forms  # noqa: E402  pylint: disable=wrong-import-position

SAMPLE = {name: rows[:21] for name, rows in forms.read_sample(ROOT / "data" / "sample").items()}


class Failed(Exception):
    """What did not hold."""


def check(condition, message):
    if not condition:
        raise Failed(message)


class Study:
    """A study file; `names` are made unique by the caller."""

    def __init__(self, folder, name="study"):
        self.folder = pathlib.Path(folder)
        self.path = self.folder / f"{name}.driehoek"
        self.call("new", self.path)

    def call(self, *arguments, fails=False, language="en"):
        result = subprocess.run(
            [DRIEHOEK, *map(str, arguments)], capture_output=True, check=False, stdin=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": language})
        status, said = result.returncode, result.stdout.decode() + result.stderr.decode()
        check(status in (0, 1, 2), f"{arguments} ended with {status}: {said}")
        check((status != 0) == fails, f"{arguments} gave {status}: {said}")
        return said

    def write(self, name, content):
        path = self.folder / name
        if isinstance(content, (bytes, str)):
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        elif path.suffix == ".csv":
            with open(path, "w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows([forms.cell_text(cell) for cell in row] for row in content)
        else:
            forms.write_xlsx(path, content)
        return path

    def bring_in(self, files, *options, answers=()):
        """Imports {name: content}; the JSON of the outcome."""
        paths = [self.write(name, content) for name, content in files.items()]
        given = [part for answer in answers for part in ("--answer", answer)]
        return json.loads(self.call("import", self.path, "--json", *options, *given, *paths))

    def asks(self, files, answers=()):
        """The ids of the open questions."""
        return {decision["id"] for decision in self.decisions(files, answers) if decision["by"] == "open"}

    def decisions(self, files, answers=(), *options):
        paths = [self.write(name, content) for name, content in files.items()]
        given = [part for answer in answers for part in ("--answer", answer)]
        return json.loads(
            self.call("import", self.path, "--json", "--list-decisions", *options, *given, *paths))

    def rows(self):
        """The answers as an export has them."""
        path = self.folder / f"{self.path.stem}-answers.csv"
        self.call("export", self.path, "-o", path)
        return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))

    def conflicts(self):
        return json.loads(self.call("conflicts", self.path, "--json"))


def answers_of(rows):
    """What was asked, without what a file is called or when it came in."""
    other = ("id", "number", "started", "completed", "form", "batch", "time", "file")
    return [{key: value for key, value in row.items()
             if not any(key.startswith(word) for word in other)} for row in rows]
