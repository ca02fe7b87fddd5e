#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A deliberate upward call must fail to link.

check-upward-call.py CC LIBDIR — links a room's whole library with one more
object that calls a function of a room above, against only what the room may use,
the way src/meson.build links the boundary modules. Each case is linked once
with a call that is allowed (must link) and once with the upward call (must not).
"""
import pathlib
import subprocess
import sys
import tempfile

# room, what it uses, an allowed call, an upward call
CASES = [
    ("study", ["base"], "dhk_text_fold", "dhk_store_open"),
    ("store", ["study", "base"], "dhk_frame_ref", "dhk_import_read"),
    ("import", ["study", "base"], "dhk_draft_ref", "dhk_store_open"),
    ("analysis", ["study", "stats", "base"], "dhk_frame_ref", "dhk_table_to_text"),
    ("report", ["analysis", "study", "stats", "base"], "dhk_analysis_run", "dhk_chart_draw"),
]
PACKAGES = ["gio-2.0", "gobject-2.0", "libxml-2.0", "json-glib-1.0", "sqlite3", "libzip", "libRmath", "libsodium", "libdeflate"]


def link(cc, libdir, folder, room, used, function):
    source = folder / "call.c"
    source.write_text(
        f"void {function} (void);\nvoid dhk_planted (void);\n"
        f"void dhk_planted (void) {{ {function} (); }}\n",
        encoding="utf-8",
    )
    packages = subprocess.run(
        ["pkg-config", "--libs", *PACKAGES], capture_output=True, text=True, check=True
    ).stdout.split()
    return subprocess.run(
        [cc, "-shared", "-fPIC", "-Wl,-z,defs", "-o", folder / "planted.so", source,
         "-Wl,--whole-archive", libdir / f"libdhk-{room}.a", "-Wl,--no-whole-archive",
         "-Wl,--start-group", *[libdir / f"libdhk-{name}.a" for name in used], "-Wl,--end-group",
         *packages, "-lreadstat", "-lz", "-lm"],
        capture_output=True, text=True, check=False,
    )


def main():
    cc, libdir = sys.argv[1], pathlib.Path(sys.argv[2])
    failures = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for room, used, allowed, upward in CASES:
            result = link(cc, libdir, folder, room, used, allowed)
            if result.returncode != 0:
                print(f"{room}: the allowed call of {allowed} does not link:\n{result.stderr}")
                failures += 1
            result = link(cc, libdir, folder, room, used, upward)
            if result.returncode == 0 or upward not in result.stderr:
                print(f"{room}: the upward call of {upward} links")
                failures += 1
    return 1 if failures else 0


sys.exit(main())
