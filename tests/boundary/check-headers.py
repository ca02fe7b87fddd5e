#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every header compiles alone, with warnings as errors.

check-headers.py CC SRC [PACKAGE…]
"""
import pathlib
import subprocess
import sys

WARNINGS = ["-Wall", "-Wextra", "-Werror", "-Wstrict-prototypes", "-Wundef", "-Wno-unused-parameter"]


def main():
    cc, src, packages = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:]
    flags = subprocess.run(
        ["pkg-config", "--cflags", *packages], capture_output=True, text=True, check=True
    ).stdout.split()
    headers = sorted(src.glob("*/*.h"))
    failures = 0
    for header in headers:
        # stats is a library of its own: its headers must not need GLib.
        extra = [] if header.parent.name == "stats" else flags
        result = subprocess.run(
            [cc, "-std=gnu17", "-fsyntax-only", "-x", "c", *WARNINGS, f"-I{src}", *extra,
             "-include", header, "/dev/null"],
            capture_output=True, text=True, check=False,
        )
        if result.returncode != 0:
            print(f"{header} does not compile alone:\n{result.stderr}")
            failures += 1
    print(f"{len(headers)} headers, {failures} problems")
    return 1 if failures or not headers else 0


sys.exit(main())
