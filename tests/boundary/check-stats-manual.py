#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The headers of src/stats are its manual: every public function says what it computes,
after whom, in which units, from how many values on, and when there is no answer.

check-stats-manual.py SRC           checks the headers
check-stats-manual.py --self-test   shows that a missing line is found

A header that says "(inside this library only)" in its first comment is no manual page. Such a
header is included by no page and by no other room; one named -private.h has to be such a header.
src/stats/README.md is the table of contents.
"""
import pathlib
import re
import sys

LINES = ("Formula", "Source", "Units", "Smallest n", "Undefined")
COMMENT = re.compile(r"/\*.*?\*/", re.S)
FUNCTION = re.compile(r"\b(dhk_\w+) \(")


INCLUDE = re.compile(r'^#include "(stats/[^"]+)"', re.M)


def is_internal(text):
    return "(inside this library only)" in text


def check_includes(name, text, internal):
    """What a file that is not inside the library includes of its inside."""
    return [f"{name} includes {header}, which is for the library alone"
            for header in INCLUDE.findall(text) if header in internal]


def declarations(text):
    """(name, comment before it) of every function that the header declares or defines."""
    text = re.sub(r"^#.*(?:\\\n.*)*", "", text, flags=re.M)
    last_end, comment, depth = 0, "", 0
    pieces = []
    for match in COMMENT.finditer(text):
        pieces.append(("code", text[last_end:match.start()]))
        pieces.append(("comment", match.group()))
        last_end = match.end()
    pieces.append(("code", text[last_end:]))
    for kind, piece in pieces:
        if kind == "comment":
            if depth == 0:
                comment = piece
            continue
        statement = ""
        for character in piece:
            if character == "{":
                depth += 1
            elif character == "}":
                depth -= 1
            elif depth == 0:
                statement += character
            ends = character == ";" or character == "{" and depth == 1
            if ends and depth <= 1:
                match = FUNCTION.search(statement)
                if match and "typedef" not in statement and "=" not in statement:
                    yield match.group(1), comment
                if statement.strip():
                    comment = ""
                statement = ""


def check_contents(page, public, bare):
    """The README names every public header that has a function; those with types alone it may."""
    named = set(re.findall(r"`(dhk-[a-z-]+\.h)`", page))
    return ([f"README.md does not name {name}" for name in sorted(public - named)]
            + [f"README.md names {name}, which is no page" for name in sorted(named - public - bare)])


def check(name, text):
    problems = []
    for function, comment in declarations(text):
        if not re.search(rf"^ ?\* ?{function}:", comment, re.M):
            problems.append(f"{name}: {function} has no manual entry above it")
            continue
        for line in LINES:
            if not re.search(rf"^ \* {line}: *\S", comment, re.M):
                problems.append(f"{name}: {function} does not say “{line}”")
    return problems


GOOD = """/* A page. */
/*
 * dhk_half:
 * Half of x.
 *
 * Formula: x / 2.
 * Source: arithmetic.
 * Units: those of x.
 * Smallest n: none.
 * Undefined: never.
 */
double dhk_half (double x);
"""


def self_test():
    assert not check("good", GOOD), check("good", GOOD)
    for line in LINES:
        bad = re.sub(rf" \* {line}:.*\n", "", GOOD)
        assert check("bad", bad) == [f"bad: dhk_half does not say “{line}”"], line
    assert check("bare", "/* A page. */\ndouble dhk_half (double x);\n")
    assert check("wrong name", GOOD.replace("dhk_half (", "dhk_third ("))
    assert check_includes("page", '#include "stats/a.h"\n#include "stats/b.h"\n', {"stats/b.h"})
    assert check_contents("`dhk-a.h` and `dhk-c.h`", {"dhk-a.h", "dhk-b.h"}, set()) == [
        "README.md does not name dhk-b.h", "README.md names dhk-c.h, which is no page"]
    assert not check_includes("page", '#include "stats/a.h"\n', {"stats/b.h"})
    assert check("inline", "static inline int\ndhk_one (void)\n{\n  return 1;\n}\n")
    print("the check finds what is missing")


def main():
    if sys.argv[1] == "--self-test":
        self_test()
        return 0
    source, problems, n = pathlib.Path(sys.argv[1]), [], 0
    headers = {path.relative_to(source).as_posix(): path.read_text(encoding="utf-8")
               for path in sorted((source / "stats").rglob("*.h"))}
    internal = {name for name, text in headers.items() if is_internal(text)}
    public, bare = set(), set()
    for name, text in headers.items():
        if name in internal:
            continue
        if name.endswith("-private.h"):
            problems.append(f"{name} does not say “(inside this library only)”")
        functions = len(list(declarations(text)))
        n += functions
        (public if functions else bare).add(name.rpartition("/")[2])
        problems += check(name, text) + check_includes(name, text, internal)
    page = (source / "stats" / "README.md").read_text(encoding="utf-8")
    problems += check_contents(page, public, bare)
    for path in sorted(source.rglob("*.[ch]")):
        name = path.relative_to(source).as_posix()
        if not name.startswith("stats/"):
            problems += check_includes(name, path.read_text(encoding="utf-8"), internal)
    print("\n".join(problems) or f"{n} functions of the statistics room have their manual entry")
    return bool(problems or not n)


if __name__ == "__main__":
    sys.exit(main())
