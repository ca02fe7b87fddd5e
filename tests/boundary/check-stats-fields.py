#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every member of every result struct of src/stats stands in the table that shows it.

check-stats-fields.py SRC           compares headers and tables
check-stats-fields.py --self-test   shows that a member left out is found

A result struct is one whose first member is its status. Pointers are shown by lists,
not by tables, and are left out.
"""
import pathlib
import re
import sys

STRUCT = re.compile(r"typedef struct\s*\w*\s*\{(.*?)\n\}\s*(\w+);", re.S)
MACRO = re.compile(r"\bDHK_(?:NUMBER|COUNT|FLAG|STATUS|CHOICE|GROUP|VALUE|STRUCT|INTERVAL|PREDICTOR|ROW)"
                   r"\s*\(\s*(\w+)\s*,\s*(\w+)")


def strip_comments(text):
    return re.sub(r"/\*.*?\*/", "", text, flags=re.S)


def structs(text):
    """name -> members in their order"""
    found = {}
    for body, name in STRUCT.findall(strip_comments(text)):
        members = []
        for statement in body.split(";"):
            statement = statement.strip()
            if not statement or "*" in statement or "(" in statement:
                continue
            first, *more = statement.split(",")
            for part in [first.split()[-1], *more]:
                members.append(re.sub(r"\[.*", "", part.strip()))
        if re.match(r"\s*DhkStatsStatus\s+status\s*;", body):
            found[name] = members
    return found


def tables(text):
    """name -> members that a table shows"""
    found = {}
    for name, member in MACRO.findall(strip_comments(text)):
        found.setdefault(name, set()).add(member)
    return found


def compare(declared, shown):
    problems = []
    for name, members in declared.items():
        if name not in shown:
            problems.append(f"{name} is shown by no table")
            continue
        problems += [f"{name}.{member} is not shown" for member in members
                     if member not in shown[name]]
    return problems


def self_test():
    declared = structs("typedef struct\n{\n  DhkStatsStatus status; /* x */\n  double a, b;\n"
                       "  double *list;\n} DhkThing;\n")
    assert declared == {"DhkThing": ["status", "a", "b"]}, declared
    table = "{ DHK_STATUS (DhkThing, status), DHK_NUMBER (DhkThing, a, NONE, 0) }"
    assert compare(declared, tables(table)) == ["DhkThing.b is not shown"]
    assert compare(declared, {}) == ["DhkThing is shown by no table"]
    print("the check finds what is left out")


def main():
    if sys.argv[1] == "--self-test":
        self_test()
        return 0
    stats = pathlib.Path(sys.argv[1]) / "stats"
    declared, shown = {}, {}
    for path in sorted(stats.rglob("*.h")):
        text = path.read_text(encoding="utf-8")
        if "(inside this library only)" not in text:
            declared.update(structs(text))
    for path in sorted((stats / "methods").glob("*.[ch]")):
        for name, members in tables(path.read_text(encoding="utf-8")).items():
            shown.setdefault(name, set()).update(members)
    # an interval shows itself, see dhk-record.c
    declared.pop("DhkInterval", None)
    # conflicts in lists of their own, which the command "stats audit" prints
    declared.pop("DhkAudit", None)
    problems = compare(declared, shown)
    print("\n".join(problems) or f"{len(declared)} result structs are shown whole")
    return bool(problems or not declared)


if __name__ == "__main__":
    sys.exit(main())
