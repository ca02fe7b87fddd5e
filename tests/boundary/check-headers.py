#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every header compiles alone, with warnings as errors.

One that a source file includes before all others does: the build of all rooms shows it. The rest is compiled here,
and every header of stats, which must do without GLib.

check-headers.py CC SRC [PACKAGE…]
"""
import pathlib
import re
import subprocess
import sys

WARNINGS = ["-Wall", "-Wextra", "-Werror", "-Wstrict-prototypes", "-Wundef", "-Wno-unused-parameter"]


FIRST_INCLUDE = re.compile(r'^#include ["<]([^">]+)[">]', re.MULTILINE)


def find_included_first(src):
    """Headers that stand first in a source file."""
    found = (FIRST_INCLUDE.search(source.read_text(encoding="utf-8")) for source in src.glob("*/*.c"))
    return {src / match[1] for match in found if match}


def main():
    cc, src, packages = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:]
    flags = subprocess.run(
        ["pkg-config", "--cflags", *packages], capture_output=True, text=True, check=True
    ).stdout.split()
    headers = sorted(src.glob("*/*.h"))
    proven = {header for header in find_included_first(src) if header.parent.name != "stats"}
    failures = 0
    for header in headers:
        if header in proven:
            continue
        extra = [] if header.parent.name == "stats" else flags
        result = subprocess.run(
            [cc, "-std=gnu17", "-fsyntax-only", "-x", "c", *WARNINGS, f"-I{src}", *extra,
             "-include", header, "/dev/null"],
            capture_output=True, text=True, check=False,
        )
        if result.returncode != 0:
            print(f"{header} does not compile alone:\n{result.stderr}")
            failures += 1
    n_compiled = len(set(headers) - proven)
    print(f"{len(headers)} headers, {n_compiled} compiled here, {failures} problems")
    return 1 if failures or not n_compiled else 0


sys.exit(main())
