#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program knows no survey by heart: instruments are data.

check-data-words.py SOURCE_ROOT

Reads every instrument below data/instruments and looks in the string literals
of src/ and in ui/ for what only an instrument may say: the text of a
question, the id or name of a scale, a respondent type, a target, an item, a
variable or a category.
"""
import pathlib
import re
import sys
import xml.etree.ElementTree as tree

# English words that a program may use for things of its own ("worker thread",
# "parent widget", what it is for). Alone in a literal they are still refused,
# spelled as in the instrument.
ORDINARY = {
    "age", "alliance", "band", "bond", "boy", "female", "girl", "goal", "important", "male", "man", "parent", "parents",
    "professional", "professionals", "sector", "setting", "sex", "special education", "succeeds", "task", "teacher",
    "teachers", "voice", "woman", "worker", "workers", "youth", "youths",
}
TOKEN = re.compile(
    r"""(?P<comment>/\*.*?\*/|//[^\n]*)|(?P<char>'(?:\\.|[^'\\\n])+')|(?P<string>"(?:\\.|[^"\\\n])*")|(?P<other>.)""",
    re.S,
)


class Words:
    def __init__(self):
        self.sentences = set()
        self.names = set()

    def read(self, path):
        root = tree.parse(path).getroot()
        for question in root.iter("question"):
            self.sentences.update(fold(text.text) for text in question.iter("text"))
        for kind in ("scale", "respondent-type", "role", "target", "item", "category", "category-variable",
                     "number-variable", "variant"):
            for element in root.iter(kind):
                self.names.add(element.get("id", ""))
                for part in ("label", "plural"):
                    for label in element.findall(part):
                        self.names.update(text.text for text in label.iter("text"))
                self.names.update(alias.text for alias in element.findall("alias"))
        for perspective in root.iter("perspective"):
            self.names.update(text.text for text in perspective.iter("text"))
        # One letter (of an alias) is anybody's.
        self.names = {name for name in self.names if len(name) > 1}
        distinct = {fold(name) for name in self.names} - ORDINARY
        # Short names ("so", "m") stand inside too many other words' company.
        self.within = re.compile(
            r"(?<![\w-])(" + "|".join(sorted((re.escape(n) for n in distinct if len(n) > 3), key=len, reverse=True))
            + r")(?![\w-])"
        )

    def problem(self, literal):
        folded = fold(literal)
        if literal in self.names:
            return f"{literal!r} is a name of an instrument"
        for sentence in self.sentences:
            if sentence in folded:
                return f"{literal!r} holds the wording of a question"
        match = self.within.search(folded)
        if match:
            return f"{literal!r} holds {match.group(1)!r}, a name of an instrument"
        return None


def fold(text):
    return " ".join(text.split()).casefold()


def literals(code):
    """String literals with their line; neighbours count as one."""
    joined, start, line = None, 0, 1
    for match in TOKEN.finditer(code):
        if match.lastgroup == "string":
            text = match.group()[1:-1].replace('\\"', '"').replace("\\n", " ").replace("\\t", " ")
            if joined is None:
                joined, start = "", line
            joined += text
        elif match.lastgroup in ("other", "char") and not match.group().isspace() and joined is not None:
            yield start, joined
            joined = None
        line += match.group().count("\n")
    if joined is not None:
        yield start, joined


def prove(words):
    """The check can fail: each of these must be found, and each of those not."""
    sentence = next(iter(words.sentences))
    # A name that is more than one word in any language, spelled by the data.
    name = max(words.names, key=len)
    for code in (f'a = "{name}";', f'b ("see {sentence}!");', f'c = "{name[:4]}"\n  "{name[4:]}";'):
        assert any(words.problem(text) for _, text in literals(code)), code
    for code in (f"/* {name} */ int x;", f"// {sentence}\n", 'd = "worker thread %u of \\"%s\\"";', "e = '\"';"):
        assert not any(words.problem(text) for _, text in literals(code)), code


def main():
    root = pathlib.Path(sys.argv[1])
    words = Words()
    instruments = sorted((root / "data" / "instruments").glob("*.xml"))
    for path in instruments:
        words.read(path)
    prove(words)

    files = sorted((root / "src").rglob("*.[ch]"))
    problems = []
    for path in files:
        for line, literal in literals(path.read_text(encoding="utf-8")):
            problem = words.problem(literal)
            if problem:
                problems.append(f"{path.relative_to(root)}:{line}: {problem}")
    for path in sorted((root / "ui").rglob("*.ui")) if (root / "ui").is_dir() else []:
        for element in tree.parse(path).getroot().iter():
            problem = words.problem(element.text.strip()) if element.text and element.text.strip() else None
            if problem:
                problems.append(f"{path.relative_to(root)}: {problem}")
        files.append(path)
    print("\n".join(problems))
    print(f"{len(instruments)} instruments, {len(files)} files, {len(problems)} problems")
    return 1 if problems or not instruments or not files else 0


if __name__ == "__main__":
    sys.exit(main())
