#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers in columns: 200 of them in four styles under every locale never change a value.

test-numbers.py DRIEHOEK SOURCE_ROOT

What evidence contradicts is always asked; what is asked is right once it is answered.
"""
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import study as studies
from study import ROOT, Study, check

COLUMNS, FILES, ROWS = 25, 8, 12  # 200 columns
STYLES = {"0,435": (",", ""), "0.435": (".", ""), "1.234,5": (",", "."), "1,234.5": (".", ",")}
CONTRADICTIONS = (("1.234", "0,5"), ("1,234", "0.5"), ("1,234.5", "1.234,5"), ("0,5", "0.5"),
                  ("1.234.567", "1,234,567"), ("12.345,6", "12,345.6"), ("-1.234", "-0,25"))


def make_instrument(path):
    """The library's instrument with one number variable per column."""
    text = (ROOT / "tests" / "data" / "library-2024.xml").read_text(encoding="utf-8")
    variables = "".join(
        f'<number-variable id="n{i}" minimum="-1000000" maximum="1000000"><label><text lang="en">Number {i}</text>'
        f'</label></number-variable>' for i in range(COLUMNS))
    questions = "".join(
        f'<question variable="n{i}" source="own-wording" licence="free"><text lang="en">Amount of {word(i)}</text>'
        f'</question>' for i in range(COLUMNS))
    text = text.replace("</variables>", variables + "</variables>")
    head, found, rest = text.partition('<question variable="branch"')
    path.write_text(head + questions + found + rest, encoding="utf-8")


def word(i):
    return "".join("abcdefghij"[int(digit)] * 2 for digit in str(i))


def write_number(value, decimal, group):
    """`value` in thousandths, without closing zeros."""
    whole, fraction = divmod(abs(value), 1000)
    text = f"{whole:,}".replace(",", group)
    if fraction:
        text += decimal + f"{fraction:03}".rstrip("0")
    return ("-" if value < 0 else "") + text


def make_table(cells):
    head = [f"Amount of {word(i)}" for i in range(COLUMNS)] + ["They greeted me", "They took their time for me"]
    return [head] + [[cells[c][r] for c in range(COLUMNS)] + ["rather", "mostly"] for r in range(ROWS)]


def draw(rng):
    """Columns of all kinds: whole numbers, fractions, large and small, below zero."""
    kinds = (lambda: rng.randrange(0, 100_000) * 1000, lambda: rng.randrange(0, 1000),
             lambda: rng.randrange(0, 5_000_000), lambda: rng.randrange(-3_000_000, 3_000_000),
             lambda: rng.randrange(0, 4000) * 100)
    kind = rng.choice(kinds)
    return [kind() for _ in range(ROWS)]


def locales(folder):
    """Those of the machine; what is missing is compiled where that can be."""
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout.lower().split()
    for name in ("C.UTF-8", "nl_NL.UTF-8", "en_US.UTF-8", "de_DE.UTF-8"):
        if name.lower().replace("utf-8", "utf8") in known:
            yield name, {}
            continue
        try:
            done = subprocess.run(["localedef", "-i", name.split(".")[0], "-f", "UTF-8", str(folder / name)],
                                  capture_output=True, check=False)
        except OSError:
            continue
        if (folder / name).is_dir():
            yield name, {"LOCPATH": str(folder)}
        else:
            print(f"no locale {name}: {done.stderr.decode()[:80]}")


class Local(Study):
    """Under a locale, in English."""

    def __init__(self, folder, name, locale, more):
        self.locale, self.more = locale, more
        super().__init__(folder, name)

    def call(self, *arguments, fails=False, language="en"):
        if arguments[0] == "new":
            arguments = (*arguments, "--instrument", pathlib.Path(arguments[1]).parent / "numbers.xml",
                         "--plan", ROOT / "tests" / "data" / "library-2024-plan.xml")
        result = subprocess.run([studies.DRIEHOEK, *map(str, arguments)], capture_output=True, check=False,
                                stdin=subprocess.DEVNULL,
                                env={**os.environ, **self.more, "LC_ALL": self.locale, "LANGUAGE": language})
        said = result.stdout.decode() + result.stderr.decode()
        check((result.returncode != 0) == fails, f"{self.locale}: {arguments[0]} gave {result.returncode}: {said}")
        return said


def values_hold(study, columns, title, sign):
    files = {f"visitor{f}.csv": make_table([[write_number(v, *STYLES[title]) for v in column]
                                            for column in columns[f * COLUMNS:(f + 1) * COLUMNS]])
             for f in range(FILES)}
    asked = study.asks(files)
    check(all(re.fullmatch(r"visitor\d\.csv:numbers:n\d+", one) for one in asked), f"{title} asks {asked}")
    check(len(asked) < FILES * COLUMNS / 2, f"{title}: {len(asked)} columns are asked")
    outcome = study.bring_in(files, answers=[f"{one}={sign}" for one in asked])
    check(outcome["new"] == FILES * ROWS, f"{title}: {outcome['new']} responses")
    rows = study.rows()
    for f in range(FILES):
        for c in range(COLUMNS):
            for r in range(ROWS):
                wanted = columns[f * COLUMNS + c][r] / 1000
                got = rows[f * ROWS + r][f"n{c}"]
                check(got != "" and float(got) == wanted, f"{title}, {study.locale}: {got!r} is not {wanted}")


def contradictions_are_asked(study, rng):
    cells, wanted = [], set()
    for c in range(COLUMNS):
        column = [str(rng.randrange(2, 900)) for _ in range(ROWS)]
        if c < 2 * len(CONTRADICTIONS):
            places = rng.sample(range(ROWS), 2)
            for place, text in zip(places, CONTRADICTIONS[c // 2][:: 1 if c % 2 else -1]):
                column[place] = text
            wanted.add(f"visitor.csv:numbers:n{c}")
        cells.append(column)
    asked = study.asks({"visitor.csv": make_table(cells)})
    check(asked == wanted, f"{study.locale}: {sorted(asked ^ wanted)} asked or not")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "locales").mkdir()
        make_instrument(folder / "numbers.xml")
        n = 0
        for locale, more in locales(folder / "locales"):
            rng = random.Random(20231114)
            columns = [draw(rng) for _ in range(FILES * COLUMNS)]
            for i, (title, (decimal, _)) in enumerate(STYLES.items()):
                try:
                    values_hold(Local(folder, f"{locale}-{i}", locale, more), columns, title,
                                "comma" if decimal == "," else "point")
                except studies.Failed as failure:
                    print(failure)
                    return 1
            try:
                contradictions_are_asked(Local(folder, f"{locale}-c", locale, more), rng)
            except studies.Failed as failure:
                print(failure)
                return 1
            n += 1
    print(f"{FILES * COLUMNS} columns in {len(STYLES)} styles under {n} locales, each value as it was written")
    return 0 if n >= 1 else 1


sys.exit(main())
