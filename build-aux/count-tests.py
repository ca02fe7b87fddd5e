#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the results of `meson test` in the named build folders.

Prints what was skipped and, as the last line, "N passed, N failed, N skipped".
Exits 1 when a test failed or none ran.
"""
import json
import pathlib
import sys

passed = failed = skipped = 0
for folder in sys.argv[1:]:
    logs = sorted((pathlib.Path(folder) / "meson-logs").glob("testlog*.json"))
    if not logs:
        sys.exit(f"{folder}: no test was run")
    for line in "".join(log.read_text(encoding="utf-8") for log in logs).splitlines():
        test = json.loads(line)
        if test["result"] in ("OK", "EXPECTEDFAIL"):
            passed += 1
        elif test["result"] == "SKIP":
            skipped += 1
            print(f"skipped: {test['name']}")
        else:
            failed += 1
            print(f"failed: {test['name']} ({test['result']})")
print(f"{passed} passed, {failed} failed, {skipped} skipped")
sys.exit(1 if failed or not passed else 0)
