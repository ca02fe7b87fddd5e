#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The statistics of a report beside R's, in pairs; asserts nothing but that both agree.

stats.py BUILD_DIR [--runs N] [--save FILE] [--sizes N…]

Build bench/stats first. Sizes are respondents (479 100000 1000000). Needs Rscript; without it
only the program's own times are printed. --save keeps the raw runs as text.
"""
import argparse
import datetime
import pathlib
import platform
import shutil
import statistics
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SIZES = [479, 100_000, 1_000_000]


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def parse(text):
    """job -> (seconds, check sum)"""
    return {name: (float(seconds), float(total))
            for name, seconds, total in (line.split("\t") for line in text.splitlines())}


def describe_machine(has_r):
    lines = [f"date\t{datetime.date.today()}", f"machine\t{platform.machine()} {platform.system()}",
             f"commit\t{run('git', '-C', str(ROOT), 'rev-parse', '--short', 'HEAD').strip()}"]
    if has_r:
        lines.append(f"R\t{run('Rscript', '-e', 'cat(R.version.string)')}")
    return lines


def compare(size, ours, theirs):
    print(f"\n{size} respondents (median of {len(ours)})")
    print(f"{'job':14s} {'Driehoek ms':>12s} {'R ms':>10s} {'ratio':>7s}")
    totals = [0.0, 0.0]
    for job in ours[0]:
        mine = statistics.median(result[job][0] for result in ours)
        totals[0] += mine
        line = f"{job:14s} {1000 * mine:12.3f}"
        if theirs:
            other = statistics.median(result[job][0] for result in theirs)
            totals[1] += other
            ratio = statistics.median(r[job][0] / o[job][0] for o, r in zip(ours, theirs))
            line += f" {1000 * other:10.2f} {ratio:7.1f}"
            sums = ours[0][job][1], theirs[0][job][1]
            if abs(sums[0] - sums[1]) > 1e-6 * abs(sums[1]):
                line += f"   DISAGREE {sums}"
        print(line)
    print(f"{'together':14s} {1000 * totals[0]:12.3f}"
          + (f" {1000 * totals[1]:10.2f} {totals[1] / totals[0]:7.1f}" if theirs else ""))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--save")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.build) / "bench" / "stats")
    has_r = shutil.which("Rscript") is not None
    raw = describe_machine(has_r)

    for size in arguments.sizes:
        with tempfile.TemporaryDirectory() as folder:
            data = str(pathlib.Path(folder) / "data.csv")
            run(program, "make", str(size), data)
            ours, theirs = [], []
            for i in range(arguments.runs):
                for name, results, command in (
                        ("driehoek", ours, (program, "run", data)),
                        ("R", theirs, ("Rscript", str(ROOT / "bench" / "stats.R"), data))):
                    if name == "R" and not has_r:
                        continue
                    results.append(parse(run(*command)))
                    raw += [f"{size}\t{i}\t{name}\t{job}\t{seconds}\t{total}"
                            for job, (seconds, total) in results[-1].items()]
            compare(size, ours, theirs)
    if arguments.save:
        pathlib.Path(arguments.save).write_text("\n".join(raw) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
