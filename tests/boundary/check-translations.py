#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every message of the program has its Dutch.

check-translations.py SOURCE_ROOT
 - each message of src/**/*.[ch] and ui/**/*.ui is in po/nl.po, not empty, not fuzzy
 - po/nl.po holds no message that is used nowhere
 - po/POTFILES.in lists every file with messages and no other, sorted, once
 - no macro stands inside a message: xgettext cannot read past it
 - a message that counts things has its plural
 - msgfmt finds the printf directives in order
"""
import ast
import pathlib
import re
import subprocess
import sys

# What the glib preset of meson's i18n module asks for, and our own functions.
KEYWORDS = (
    "_", "N_", "C_:1c,2", "NC_:1c,2", "g_dcgettext:2", "g_dngettext:2,3", "g_dpgettext2:2c,3",
    "dhk_translate:2", "dhk_translate_plural:2,3",
)
LITERAL = r'"(?:[^"\\\n]|\\.)*"'
CUT = re.compile(rf"\b(?:N?_|N?C_)\s*\(\s*(?:{LITERAL}[\s,]*)+([A-Za-z]\w*)\s*(?:{LITERAL}|\))")
# What is counted in messages; “%u of %u” and the like say nothing of one.
COUNTED = re.compile(
    r"%l?[ud] (?:more |other |new |open |personal |paper |answered |response )?(?:answers|backups|batches|changes|choices"
    r"|columns|decisions|differences|files|forms|heads|imports|items|notes|pages|persons|points|questions"
    r"|questionnaires|respondents|responses|rows|scales|sheets|times|versions)\b")
# A number that the program holds, or a part of several: never one.
LIMITS = ("at most %d", "more than %d", "first %d", "1 to %u", "of the %u")
HALF_DIRECTIVE = re.compile(r"(?<!%)(?:%%)*%[-+ #0-9.*$]*$")


class Entry:
    def __init__(self):
        self.fields = {}
        self.files = set()
        self.fuzzy = False
        self.obsolete = False

    @property
    def key(self):
        return self.fields.get("msgctxt"), self.fields.get("msgid")

    @property
    def translations(self):
        return [text for name, text in self.fields.items() if name.startswith("msgstr")]


def read_catalogue(text):
    """The entries of a .po or .pot file, the header left out."""
    entries = []
    for block in re.split(r"\n\s*\n", text):
        entry, field = Entry(), None
        for line in block.splitlines():
            if line.startswith("#~"):
                entry.obsolete = True
                line = line[2:].lstrip()
            if line.startswith("#:"):
                # A catalogue may or may not number its lines.
                entry.files |= {place.rpartition(":")[0] or place for place in line[2:].split()}
            elif line.startswith("#,"):
                entry.fuzzy |= "fuzzy" in line
            elif line.startswith('"') and field:
                entry.fields[field] += ast.literal_eval(line)
            elif line.startswith("msg"):
                field, value = line.split(" ", 1)
                entry.fields[field] = ast.literal_eval(value)
        if entry.fields.get("msgid"):
            entries.append(entry)
    return entries


def extract(root, names):
    """The messages of these files, and what xgettext has to say about them."""
    result = subprocess.run(
        ["xgettext", "--from-code=UTF-8", "--no-wrap", *(f"--keyword={k}" for k in KEYWORDS),
         "--output=-", "--files-from=-"],
        input="\n".join(names), capture_output=True, text=True, check=False, cwd=root,
    )
    problems = [f"xgettext: {result.stderr.strip()}"] if result.returncode or result.stderr else []
    return read_catalogue(result.stdout), problems


def problems_of_list(root, listed, found):
    for name in sorted(found - set(listed)):
        yield f"po/POTFILES.in: {name} has messages and is not listed"
    for name in sorted(set(listed) - found):
        reason = "has no messages" if (root / name).exists() else "is not there"
        yield f"po/POTFILES.in: {name} is listed and {reason}"
    if listed != sorted(set(listed)):
        yield "po/POTFILES.in: not sorted, or a file stands in it twice"


def problems_of_sources(root, names):
    for name in names:
        if name.endswith((".c", ".h")):
            for match in CUT.finditer((root / name).read_text(encoding="utf-8")):
                yield f"{name}: the macro {match.group(1)} stands in a message: {match.group(0)[:60]!r}"


def problems_of_counts(messages):
    for message in messages:
        text = message.fields["msgid"]
        if "msgid_plural" not in message.fields and COUNTED.search(text) and not any(l in text for l in LIMITS):
            yield f"{', '.join(sorted(message.files))}: a count without a plural: {text!r}"


def problems_of_catalogue(messages, dutch):
    known = {entry.key: entry for entry in dutch if not entry.obsolete}
    for message in messages:
        where, text = ", ".join(sorted(message.files)), message.fields["msgid"]
        entry = known.get(message.key)
        if HALF_DIRECTIVE.search(text):
            yield f"{where}: a message is cut off: {text!r}"
        elif entry is None:
            yield f"{where}: no Dutch for {text!r}"
        elif entry.fuzzy:
            yield f"{where}: the Dutch is fuzzy for {text!r}"
        elif not all(entry.translations):
            yield f"{where}: the Dutch is empty for {text!r}"
        elif entry.fields.get("msgid_plural") != message.fields.get("msgid_plural"):
            yield f"{where}: the Dutch is of another plural for {text!r}"
    used = {message.key for message in messages}
    for entry in dutch:
        if entry.obsolete or entry.key not in used:
            yield f"po/nl.po: used nowhere: {entry.fields['msgid']!r}"


def main():
    root = pathlib.Path(sys.argv[1])
    listed = [
        line for line in (root / "po" / "POTFILES.in").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    names = {
        path.relative_to(root).as_posix()
        for folder, patterns in (("src", ("*.c", "*.h")), ("ui", ("*.ui",)))
        for pattern in patterns
        for path in (root / folder).rglob(pattern)
    }
    names = sorted(names | {name for name in listed if (root / name).exists()})
    messages, problems = extract(root, names)
    dutch = read_catalogue((root / "po" / "nl.po").read_text(encoding="utf-8"))

    problems += problems_of_list(root, listed, {name for message in messages for name in message.files})
    problems += problems_of_sources(root, names)
    problems += problems_of_counts(messages)
    problems += problems_of_catalogue(messages, dutch)
    checked = subprocess.run(
        ["msgfmt", "--check-format", "--check-domain", "--output-file=/dev/null", "po/nl.po"],
        capture_output=True, text=True, check=False, cwd=root,
    )
    if checked.returncode:
        problems.append(checked.stderr.strip())
    print("\n".join(problems))
    print(f"{len(messages)} messages, {len(dutch)} translations, {len(problems)} problems")
    return 1 if problems or not messages else 0


if __name__ == "__main__":
    sys.exit(main())
