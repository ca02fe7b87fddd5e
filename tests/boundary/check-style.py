#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""House rules that a machine can read.

check-style.py SOURCE_ROOT
 - clang-format has nothing to change
 - no file over 600 lines
 - functions that follow the locale or the hand stay in the base room
 - every C file starts with its licence
"""
import pathlib
import re
import subprocess
import sys

MAX_LINES = 600
BANNED = re.compile(r"\b(strtod|strtof|strtold|atof|sscanf|fscanf|vsscanf|gets|strcpy|strcat|sprintf|system|popen|mktemp|tmpnam)\s*\(")
FLOAT_FORMAT = re.compile(r'printf[^;]*?"[^"]*%[-+ #0-9.*]*l?[fgeFGE][^"]*"', re.S)
LICENCE = "/* SPDX-License-Identifier: GPL-3.0-or-later */"


def strip_comments(text):
    return re.sub(r"/\*.*?\*/", "", text, flags=re.S)


def problems_of(path, root):
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(root)
    if not text.startswith(LICENCE):
        yield f"{name}: does not start with its licence line"
    if text.count("\n") > MAX_LINES:
        yield f"{name}: {text.count(chr(10))} lines, more than {MAX_LINES}"
    if name.parts[:2] == ("src", "base") or name.parts[0] == "tests":
        return
    code = strip_comments(text).replace("%%", "")
    for match in BANNED.finditer(code):
        yield f"{name}: {match.group(1)}() is banned outside src/base"
    for match in FLOAT_FORMAT.finditer(code):
        yield f"{name}: a float through printf follows the locale: {match.group(0)[:60]!r}"


def main():
    root = pathlib.Path(sys.argv[1])
    files = [
        path
        for folder in ("src", "tests")
        for path in sorted((root / folder).rglob("*.[ch]"))
    ]
    problems = [problem for path in files for problem in problems_of(path, root)]
    formatted = subprocess.run(
        ["clang-format", "--dry-run", "-Werror", *files], capture_output=True, text=True, check=False
    )
    if formatted.returncode != 0:
        wrong = {line.split(":")[0] for line in formatted.stderr.splitlines() if "error:" in line}
        problems += [f"{name}: clang-format would change it" for name in sorted(wrong)]
    print("\n".join(problems))
    print(f"{len(files)} files, {len(problems)} problems")
    return 1 if problems or not files else 0


sys.exit(main())
