#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the window stands still while a million rows are imported, for every format; asserts nothing.

stall.py BUILD_DIR [--data FOLDER] [--rows N] [--formats F…] [--save FILE]

Build bench/stall first. Runs it on an empty study and a file of import_data.py, on a private X server, drawn
by the processor alone. Of every phase it tells the most that the main thread itself worked in one turn
of its loop (processor time: what the window is to blame for), and the longest turn by the clock, which on
a busy machine has in it what others worked; the load at the start and the end is told for that.
--save keeps the rows as they were printed.
"""
import argparse
import datetime
import os
import pathlib
import platform
import subprocess
import tempfile

import import_data

ROOT = pathlib.Path(__file__).resolve().parent.parent
FORMATS = ["xlsx", "csv", "sav"]


def window_environment(folder):
    environment = {
        **os.environ, "GDK_BACKEND": "x11", "GSK_RENDERER": "cairo", "GDK_DEBUG": "gl-disable",
        "GTK_A11Y": "none", "GSETTINGS_BACKEND": "memory", "GIO_USE_VFS": "local",
        "ADW_DISABLE_PORTAL": "1", "DBUS_SESSION_BUS_ADDRESS": "disabled:", "HOME": folder,
        "LC_ALL": "C.UTF-8",
    }
    environment.pop("WAYLAND_DISPLAY", None)
    return environment


def run_window(program, folder, *arguments):
    """The lines that the program prints."""
    command = ["xvfb-run", "-a", "-s", "-screen 0 1280x800x24", program, *arguments]
    done = subprocess.run(command, env=window_environment(folder), check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.splitlines()


def describe_machine():
    commit = subprocess.run(["git", "-C", ROOT, "describe", "--always", "--dirty"], capture_output=True, text=True,
                            check=False).stdout.strip()
    return [f"date\t{datetime.date.today()}", f"commit\t{commit}",
            f"machine\t{platform.machine()} {platform.system()}, {os.cpu_count()} processors"]


def load():
    return " ".join(f"{value:.1f}" for value in os.getloadavg())


def measure(build, data, rows, kind):
    # On the disk of the data: a durable commit into memory is none.
    with tempfile.TemporaryDirectory(dir=data) as folder:
        study = f"{folder}/study.driehoek"
        subprocess.run([build / "src" / "driehoek", "new", study, "-i", data / "bench.xml"], check=True,
                       stdout=subprocess.DEVNULL)
        before = load()
        lines = run_window(build / "bench" / "stall", folder, study, data / f"{rows}.{kind}")
    return [f"# {kind}, {rows} rows; load {before} before, {load()} after", *lines]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--data")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--formats", nargs="+", default=FORMATS, choices=FORMATS)
    parser.add_argument("--save")
    arguments = parser.parse_args()
    build = pathlib.Path(arguments.build).resolve()
    data = pathlib.Path(arguments.data).resolve() if arguments.data else build / "bench-data"

    import_data.make(data, [arguments.rows], arguments.formats)
    lines = describe_machine()
    print("\n".join(lines))
    for kind in arguments.formats:
        new = measure(build, data, arguments.rows, kind)
        print("\n".join(new), flush=True)
        lines += new
    if arguments.save:
        pathlib.Path(arguments.save).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
