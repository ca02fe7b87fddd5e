#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Importing files of 479, 100 000 and 1 000 000 rows beside other programs, in turns; asserts nothing.

import.py BUILD_DIR [--data FOLDER] [--sizes N…] [--formats F…] [--runs N] [--peers WORD…] [--save FILE]

Driehoek's job is `driehoek import` into a new study: read, recognise, check, keep the raw rows, store
durably. The peers only read (PSPP and sqlite3 as they must). Processor time and the peak of the
resident memory are those that wait4() tells of the whole process, through time(1). The data are made by
import_data.py and kept in FOLDER. A peer that is not installed, or that a size is too much for, is
named and passed over. --save keeps the raw runs.
"""
import argparse
import datetime
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import tempfile
import time

import import_data

ROOT = pathlib.Path(__file__).resolve().parent.parent
SIZES = [479, 100_000, 1_000_000]
FORMATS = ["xlsx", "csv", "sav"]
PYTHON = "/usr/bin/python3"

OPENPYXL = """
import sys, openpyxl
for row in openpyxl.load_workbook(sys.argv[1], read_only=True).active.iter_rows(values_only=True):
    pass
"""


def pspp(kind, path, folder):
    syntax = pathlib.Path(folder) / "job.sps"
    if kind == "sav":
        text = f"GET FILE='{path}'.\nEXECUTE.\n"
    else:
        names = " ".join(["ID F8.0", "START A20", "DONE A20"] + [f"Q{i} F1.0" for i in range(1, 39)])
        text = (f"GET DATA /TYPE=TXT /FILE='{path}' /ARRANGEMENT=DELIMITED /DELIMITERS=',' /FIRSTCASE=2\n"
                f" /VARIABLES={names}.\nEXECUTE.\n")
    syntax.write_text(text, encoding="ascii")
    return ["pspp", "-o", "/dev/null", str(syntax)]


def gretl(path, folder):
    script = pathlib.Path(folder) / "job.inp"
    script.write_text(f'open "{path}" --quiet\n', encoding="utf-8")
    return ["gretlcli", "-b", str(script)]


def sqlite(path, folder):
    return ["sqlite3", f"{folder}/peer.sqlite", "-cmd", ".mode csv", f".import {path} answers"]


def r(expression):
    return ["Rscript", "--vanilla", "-e", expression]


# name, format, largest size, what must be there, command (path, folder), version
PEERS = [
    ("readxl", "xlsx", 100_000, "Rscript", "readxl", lambda p, f: r(f"d <- readxl::read_excel('{p}')")),
    ("openpyxl", "xlsx", 1_000_000, PYTHON, "openpyxl", lambda p, f: [PYTHON, "-c", OPENPYXL, p]),
    ("gretl", "xlsx", 100_000, "gretlcli", None, gretl),
    ("orcus", "xlsx", 1_000_000, "orcus-xlsx", None, lambda p, f: ["orcus-xlsx", "-f", "csv", "-o", f, p]),
    ("fread", "csv", 1_000_000, "Rscript", "data.table", lambda p, f: r(f"d <- data.table::fread('{p}')")),
    ("PSPP", "csv", 1_000_000, "pspp", None, lambda p, f: pspp("csv", p, f)),
    ("sqlite3", "csv", 1_000_000, "sqlite3", None, sqlite),
    ("haven", "sav", 1_000_000, "Rscript", "haven", lambda p, f: r(f"d <- haven::read_sav('{p}')")),
    ("PSPP", "sav", 1_000_000, "pspp", None, lambda p, f: pspp("sav", p, f)),
]


def output_of(*command):
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return result.stdout.strip() if result.returncode == 0 else ""


def version_of(program, module):
    """"" when it is not there."""
    if shutil.which(program) is None:
        return ""
    if program == "Rscript":
        return output_of("Rscript", "-e", f"cat(R.version.string, '{module}', as.character(packageVersion('{module}')))")
    if module is not None:
        return output_of(PYTHON, "-c", f"import {module}; print({module}.__version__)")
    owner = output_of("dpkg", "-S", os.path.realpath(shutil.which(program))).split(":")[0]
    return output_of("dpkg-query", "-W", "-f", "${Package} ${Version}", owner) or "version not known"


def measure(command, fine=(0,)):
    """Wall seconds, processor seconds, peak MiB; None when it fails.

    A child counts the memory of what it was forked from as its own: a small program stands between.
    """
    with tempfile.NamedTemporaryFile("r", encoding="ascii") as report:
        start = time.monotonic()
        done = subprocess.run(["/usr/bin/time", "-o", report.name, "-f", "%U %S %M", *command],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        wall = time.monotonic() - start
        if done.returncode not in fine:
            return None
        user, system, peak = report.read().split()[-3:]
    return wall, float(user) + float(system), int(peak) / 1024


def import_once(driehoek, data, path, work):
    # On the disk of the data: a durable commit into memory is none.
    with tempfile.TemporaryDirectory(dir=work) as folder:
        study = f"{folder}/study.driehoek"
        subprocess.run([driehoek, "new", study, "-i", str(data / "bench.xml")], check=True, stdout=subprocess.DEVNULL)
        return measure([driehoek, "import", study, path])


def peer_once(command, path, work):
    with tempfile.TemporaryDirectory(dir=work) as folder:
        command = command(path, folder)
        # orcus-xlsx ends with 1 although it wrote its table
        return measure(command, (0, 1) if command[0] == "orcus-xlsx" else (0,))


def compare(driehoek, data, size, kind, runs, wanted, raw):
    path = str(data / f"{size}.{kind}")
    jobs = [("driehoek", lambda: import_once(driehoek, data, path, data))]
    for name, its_kind, largest, program, module, command in PEERS:
        if its_kind != kind or (wanted and name not in wanted):
            continue
        if not version_of(program, module):
            print(f"  {name} is not installed: passed over")
        elif size > largest:
            print(f"  {name} cannot read so much in this machine's memory: passed over")
        else:
            jobs.append((name, lambda c=command: peer_once(c, path, data)))

    results = {name: [] for name, _ in jobs}
    for i in range(runs):
        for name, job in jobs:
            result = job()
            if result is None:
                print(f"  {name} failed")
                continue
            results[name].append(result)
            raw.append("\t".join((kind, str(size), str(i), name, *(f"{x:.4f}" for x in result))))
    ours = results["driehoek"]
    for name, theirs in results.items():
        if not theirs:
            continue
        medians = [statistics.median(run[k] for run in theirs) for k in range(3)]
        line = f"{kind:5s} {size:8d} {name:9s} {medians[0]:9.3f} s {medians[1]:9.3f} s CPU {medians[2]:8.1f} MiB"
        if name != "driehoek" and ours:
            line += f"   driehoek is {statistics.median(t[0] / o[0] for o, t in zip(ours, theirs)):.2f} × as fast"
        print(line, flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--data")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--formats", nargs="+", default=FORMATS, choices=FORMATS)
    parser.add_argument("--peers", nargs="*", help="only these; none at all when no name follows")
    parser.add_argument("--save")
    arguments = parser.parse_args()
    build = pathlib.Path(arguments.build).resolve()
    data = pathlib.Path(arguments.data).resolve() if arguments.data else build / "bench-data"
    wanted = ["-"] if arguments.peers == [] else arguments.peers

    import_data.make(data, arguments.sizes, arguments.formats)
    commit = output_of("git", "-C", str(ROOT), "describe", "--always", "--dirty")
    raw = [f"date\t{datetime.date.today()}", f"commit\t{commit}",
           f"machine\t{platform.machine()} {platform.system()}, {os.cpu_count()} processors"]
    raw += [f"{name}\t{version_of(program, module) or 'absent'}"
            for name, kind, _, program, module, _ in PEERS if (name, kind) != ("PSPP", "sav")]
    raw.append("format\trows\trun\tprogram\twall s\tCPU s\tpeak MiB")
    print("\n".join(raw[:3]))
    for kind in arguments.formats:
        for size in arguments.sizes:
            compare(str(build / "src" / "driehoek"), data, size, kind, arguments.runs, wanted, raw)
    if arguments.save:
        pathlib.Path(arguments.save).write_text("\n".join(raw) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
