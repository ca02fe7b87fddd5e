#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the figures that the documents quote; asserts nothing.

measure.py BUILD_DIR [RUNS]

 - CPU of importing the sample and printing its twelve tables from the command line
 - that the command loads no toolkit
 - the window's first frame against a bare libadwaita window, in pairs

The first frame is the moment at which the screen of a private X server (its frame
buffer is a file) first holds drawn content, counted from the fork.
"""
import datetime
import os
import pathlib
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SAMPLE = [str(ROOT / "data" / "sample" / f"{n}.xlsx")
          for n in ("Jeugdigen", "Ouders", "Hulpverleners", "Leraren")]


def cpu_of(*command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure_commands(driehoek, runs):
    apart, together, importing = [], [], []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            study = f"{folder}/study.driehoek"
            subprocess.run([driehoek, "new", study], check=True, stdout=subprocess.DEVNULL)
            cost = cpu_of(driehoek, "import", study, *SAMPLE)
            importing.append(cost)
            apart.append(cost + sum(
                cpu_of(driehoek, "table", study, str(n), "--format", "json") for n in range(1, 13)))
            together.append(cost + cpu_of(
                driehoek, "table", study, *map(str, range(1, 13)), "--format", "json"))
    print(f"import of the four exports, CPU s: {spread(importing)}")
    print(f"import + twelve tables in one command, CPU s: {spread(together)}")
    print(f"import + twelve tables in twelve commands, CPU s: {spread(apart)}")


def spread(values):
    return f"min {min(values):.3f}, median {statistics.median(values):.3f}, max {max(values):.3f} (n = {len(values)})"


def print_toolkit(driehoek):
    libraries = subprocess.run(["ldd", driehoek], capture_output=True, text=True, check=True).stdout
    found = [line.split()[0] for line in libraries.splitlines() if "gtk" in line or "adwaita" in line]
    print(f"toolkit libraries of driehoek: {', '.join(found) or 'none'}")


class Screen:
    """A private X server whose screen is a file."""

    def __init__(self, folder):
        read, write = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-fbdir", folder,
             "-nolisten", "tcp", "-noreset", "-nocursor"],
            pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as pipe:
            self.display = ":" + pipe.readline().strip()
        self.buffer = pathlib.Path(folder) / "Xvfb_screen0"

    def has_content(self):
        # Text and rounded corners give many colours; a flat ground gives one.
        data = self.buffer.read_bytes()[-1280 * 800 * 4:]
        sample = {data[i:i + 4] for i in range(0, 1280 * 60 * 4, 4)}
        return len(sample) > 12

    def close(self):
        self.server.terminate()
        self.server.wait()


def first_frame(command, folder):
    screen = Screen(folder)
    environment = {
        **os.environ, "DISPLAY": screen.display, "GDK_BACKEND": "x11", "GSK_RENDERER": "cairo",
        "GDK_DEBUG": "gl-disable", "GTK_A11Y": "none", "GSETTINGS_BACKEND": "memory",
        "GIO_USE_VFS": "local", "ADW_DISABLE_PORTAL": "1", "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        "HOME": folder, "XDG_CONFIG_HOME": folder, "XDG_DATA_HOME": folder, "LC_ALL": "C.UTF-8",
    }
    environment.pop("WAYLAND_DISPLAY", None)
    start = time.monotonic()
    program = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    while not screen.has_content() and time.monotonic() - start < 20:
        time.sleep(0.001)
    taken = time.monotonic() - start
    program.terminate()
    program.wait()
    screen.close()
    return taken


def measure_window(build, runs):
    window, bare = build / "src" / "ui" / "driehoek-window", build / "bench" / "bare-window"
    ours, theirs = [], []
    for run in range(runs + 1):
        with tempfile.TemporaryDirectory() as folder:
            a = first_frame([str(window)], folder)
        with tempfile.TemporaryDirectory() as folder:
            b = first_frame([str(bare)], folder)
        if run:  # the first pair warms the caches
            ours.append(a)
            theirs.append(b)
    ratios = [a / b for a, b in zip(ours, theirs)]
    print(f"first frame of driehoek-window, s: {spread(ours)}")
    print(f"first frame of a bare libadwaita window, s: {spread(theirs)}")
    print(f"ratio in pairs: {spread(ratios)}")


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 9
    driehoek = str(build / "src" / "driehoek")
    commit = subprocess.run(["git", "-C", ROOT, "describe", "--always", "--dirty"],
                            capture_output=True, text=True, check=False).stdout.strip()
    print(f"{datetime.date.today()}, commit {commit}, {platform.machine()}, {os.cpu_count()} processors")
    print_toolkit(driehoek)
    measure_commands(driehoek, runs)
    measure_window(build, runs)


main()
