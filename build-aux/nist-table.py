#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the table of NIST's reference datasets from the output of the tests.

nist-table.py TEST… > tests/stats/NIST.md — each TEST is a test program that
prints lines "SET QUANTITY VALUE LRE DIGITS" (tests/stats/test-nist*.c).
"""

import re
import subprocess
import sys

LINE = re.compile(r"^#\s+(\S+)\s+(\S+)\s+(\S.*?)\s{2,}(?:LRE ([\d.]+)|certified as infinite)$")

HEAD = """# NIST's Statistical Reference Datasets

Every certified figure as this library computes it. LRE, the log relative error, is the number of
digits shared with the figure computed exactly from the doubles nearest to the published decimals
(17: all bits). Made by `build-aux/nist-table.py` from the output of the tests; "perfect fit" is the
status of an F that is certified as infinite.
"""


def main():
    rows = []
    for test in sys.argv[1:]:
        output = subprocess.run([test], capture_output=True, text=True, check=True).stdout
        rows += [match.groups() for match in map(LINE.match, output.splitlines()) if match]
    if not rows:
        sys.exit("no figures: are these the test programs?")

    print(HEAD)
    print("| set | figures | least LRE |\n|---|---|---|")
    for dataset in dict.fromkeys(row[0] for row in rows):
        digits = [float(row[3]) for row in rows if row[0] == dataset and row[3]]
        print(f"| {dataset} | {sum(row[0] == dataset for row in rows)} | {min(digits)} |")
    print("\n| set | figure | computed | LRE |\n|---|---|---|---|")
    for dataset, quantity, value, digits in rows:
        print(f"| {dataset} | {quantity} | {value} | {digits or ''} |")


main()
