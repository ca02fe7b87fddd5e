#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds `driehoek stats` against figures of R, and of brute force where R has none.

certify.py DRIEHOEK REFERENCE [FAMILY…]

REFERENCE is tests/stats/reference: its tables r/reference.tsv and own-*.tsv hold one
figure a row (case, data, analysis, vars, term, stat, value, source), its data are the
CSV files of r/. Each file of families/ says for the analyses it claims how the command
is called and where in its JSON the figure stands:

    def handle(row):              # row.case, .data, .analysis, .vars, .term, .stat
        call = Call("t-test", row.data, value=["len"], group=["supp"],
                    option={"variant": "student"})
        return Figure(call, "t")  # a path: "pairs/0/p", or a function of the JSON's result

    HANDLERS = {"t_test_independent": handle}

A handler returns None for a row that is not its own; several families may claim one
analysis. `tolerance` of a Figure is relative (1e-9 when nothing is said), `absolute`
replaces it. Every row that nobody used must stand in unused.tsv with its reason, but for
those that are known to be wrong: their stat ends in _R, or they are marked TRAP. With a
FAMILY named only its rows are looked at, and unused ones not counted.
"""
import collections
import csv
import fnmatch
import hashlib
import importlib.util
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

HERE = pathlib.Path(__file__).resolve().parent
RELATIVE = 1e-9

Row = collections.namedtuple("Row", "case data analysis vars term stat value source table")


class Call:
    """One run of the command. `data` is a file of r/, `rows` keeps those of its rows
    (dicts) for which it is true, `columns` adds columns: name -> function of the row."""

    def __init__(self, method, data=None, *, value=(), group=(), predictor=(), weight=None,
                 cluster=None, levels=(), summary=None, option=None, rows=None, rows_key="",
                 columns=None, columns_key=""):
        self.data, self.rows, self.columns = data, rows, columns
        arguments = [method]
        for name, words in (("--value", value), ("--group", group), ("--levels", levels)):
            if words:
                arguments += [name, *map(str, words)]
        # a list of lists: one --predictor for each step
        steps = predictor if predictor and not isinstance(predictor[0], str) else [predictor]
        for step in steps:
            if step:
                arguments += ["--predictor", *step]
        for name, word in (("--weight", weight), ("--cluster", cluster), ("--summary", summary)):
            if word is not None:
                arguments += [name, word]
        if option:
            arguments += ["--option", *(f"{k}={v}" for k, v in option.items())]
        self.arguments = arguments
        self.key = json.dumps([arguments, data, rows_key, columns_key])
        if (rows is not None and not rows_key) or (columns is not None and not columns_key):
            raise ValueError("a call with a row filter or new columns needs a key that tells it apart")


class Figure:
    def __init__(self, call, path, tolerance=RELATIVE, absolute=None):
        self.call, self.path, self.tolerance, self.absolute = call, path, tolerance, absolute

    def find(self, result):
        if callable(self.path):
            return self.path(result)
        for part in self.path.split("/"):
            result = result[int(part)] if isinstance(result, list) else result[part]
        return result

    def agrees(self, value, expected):
        if value is None or isinstance(value, str):
            return False
        if math.isinf(expected) or math.isinf(value):
            return value == expected
        difference = abs(float(value) - expected)
        if self.absolute is not None:
            return difference <= self.absolute
        return difference <= self.tolerance * abs(expected)


def entry(entries, **wanted):
    """The entry of a list of the JSON whose fields have these values, as text."""
    for item in entries:
        if all(str(item.get(k)) == str(v) for k, v in wanted.items()):
            return item
    raise KeyError(f"no entry {wanted}")


def pair(pairs, first, second):
    """The pair first − second, turned round where the list has second − first."""
    for item in pairs:
        if str(item["a"]) == first and str(item["b"]) == second:
            return item
        if str(item["a"]) == second and str(item["b"]) == first:
            turned = dict(item)
            for key, value in item.items():
                if key in ("difference", "t", "z", "estimate") and value is not None:
                    turned[key] = -value
                if isinstance(value, dict) and "low" in value and value["low"] is not None:
                    turned[key] = {**value, "low": -value["high"], "high": -value["low"]}
            return turned
    raise KeyError(f"no pair {first} - {second}")


class Runner:
    def __init__(self, driehoek, reference, folder):
        self.driehoek, self.reference, self.folder = driehoek, reference, folder
        self.answers = {}

    def prepare(self, call):
        path = self.reference / "r" / call.data
        if call.rows is None and call.columns is None:
            return path
        made = self.folder / (hashlib.sha256(call.key.encode()).hexdigest()[:16] + ".csv")
        with open(path, newline="", encoding="utf-8") as source:
            reader = csv.DictReader(source)
            names = list(reader.fieldnames) + list(call.columns or {})
            with open(made, "w", newline="", encoding="utf-8") as target:
                writer = csv.DictWriter(target, names)
                writer.writeheader()
                for line in reader:
                    if call.rows is None or call.rows(line):
                        for name, function in (call.columns or {}).items():
                            line[name] = function(line)
                        writer.writerow(line)
        return made

    def run(self, call):
        arguments = [self.driehoek, "stats", call.arguments[0]]
        if call.data:
            arguments += ["--data", str(self.prepare(call))]
        done = subprocess.run(arguments + call.arguments[1:], capture_output=True, text=True,
                              check=False, env={**os.environ, "LANGUAGE": "en"})
        if done.returncode or done.stderr:
            return {"failed": f"{' '.join(call.arguments)}: {done.returncode} {done.stderr.strip()}"}
        return json.loads(done.stdout)["result"]

    def run_all(self, calls):
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            for key, answer in zip(calls, pool.map(self.run, calls.values())):
                self.answers[key] = answer


def load_tables(reference):
    rows = []
    for path in [reference / "r" / "reference.tsv", *sorted(reference.glob("own-*.tsv"))]:
        with open(path, newline="", encoding="utf-8") as file:
            lines = (line for line in file if not line.startswith("#"))
            for line in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                rows.append(Row(*(line[k] for k in ("case", "data", "analysis", "vars", "term",
                                                    "stat")),
                                float(line["value"].replace("TRUE", "1").replace("FALSE", "0")),
                                line["source"], path.name))
    return rows


def load_families(only):
    handlers = collections.defaultdict(list)
    for path in sorted((HERE / "families").glob("*.py")):
        if only and path.stem not in only:
            continue
        spec = importlib.util.spec_from_file_location(f"family_{path.stem}", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for analysis, handler in module.HANDLERS.items():
            handlers[analysis].append(handler)
    return handlers


def load_unused():
    with open(HERE / "unused.tsv", newline="", encoding="utf-8") as file:
        return [(line["analysis"], line["stat"], line["reason"])
                for line in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def never(row):
    """Rows that are no truth: R's own wrong figures, and traps marked as such."""
    return row.stat.endswith("_R") or "TRAP" in "".join(row[:6]) + row.source


def find_figure(handlers, row):
    if never(row):
        return None
    for handler in handlers.get(row.analysis, ()):
        figure = handler(row)
        if figure is not None:
            return figure
    return None


def compare(runner, used):
    wrong = []
    for row, figure in used:
        answer = runner.answers[figure.call.key]
        if "failed" in answer:
            wrong.append(f"{row.case} {row.analysis}: {answer['failed']}")
            continue
        try:
            value = figure.find(answer)
        except (KeyError, IndexError, TypeError) as error:
            value = f"not found: {error}"
        if not figure.agrees(value, row.value):
            wrong.append(f"{row.case} {row.analysis} {row.vars} {row.term} {row.stat}: {value}, "
                         f"R has {row.value!r}")
    return wrong


def find_unlisted(rows, figures, unused):
    counts = collections.defaultdict(lambda: [0, 0])
    unlisted, spare = set(), {(a, s): 0 for a, s, _ in unused}
    for row, figure in zip(rows, figures):
        counts[row.analysis, row.stat][figure is None] += 1
        if figure is not None or never(row):
            continue
        match = [(a, s) for a, s, _ in unused
                 if fnmatch.fnmatchcase(row.analysis, a) and fnmatch.fnmatchcase(row.stat, s)]
        for key in match:
            spare[key] += 1
        if not match:
            unlisted.add(f"{row.analysis} {row.stat}: in no list of unused rows")
    for (analysis, stat), (used, not_used) in sorted(counts.items()):
        print(f"# {analysis + ' ' + stat:60s} used {used:5d} unused {not_used:5d}")
    return sorted(unlisted) + [f"{a} {s}: listed as unused, but there is no such row"
                               for (a, s), n in spare.items() if n == 0]


def main():
    driehoek, reference, only = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:]
    rows, handlers = load_tables(reference), load_families(only)
    figures = [find_figure(handlers, row) for row in rows]
    used = [(row, figure) for row, figure in zip(rows, figures) if figure is not None]
    with tempfile.TemporaryDirectory() as folder:
        runner = Runner(driehoek, reference, pathlib.Path(folder))
        runner.run_all({figure.call.key: figure.call for _, figure in used})
    wrong = compare(runner, used)
    unlisted = [] if only else find_unlisted(rows, figures, load_unused())

    for name, problems in (("every figure of R agrees", wrong),
                           ("every unused figure has its reason", unlisted)):
        for problem in problems[:60]:
            print("#", problem)
    print(f"# {len(used)} of {len(rows)} figures used, {len(runner.answers)} runs, "
          f"{len(wrong)} disagree")
    print("1..2")
    print("ok 1" if used and not wrong else "not ok 1", "every figure of R agrees")
    print("ok 2" if not unlisted else "not ok 2", "every unused figure has its reason")
    return bool(wrong or unlisted or not used)


if __name__ == "__main__":
    # families import this module by its name
    sys.modules["certify"] = sys.modules["__main__"]
    sys.exit(main())
