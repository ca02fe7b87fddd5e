#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Paper questionnaires as somebody filled them in, and what stands on them.

paper-forms.py MARK_FORMS INSTRUMENT.xml QUESTIONNAIRE FOLDER

Writes form-01.pdf … form-10.pdf, boxes.tsv and truth.json. The forms are those that the program prints; mark-forms
puts crosses and handwriting on them. Always the same ones: the answers follow from the number of the form,
and the slips of whoever filled them in are planted below. truth.json has
per form the answer to each column as the study shall hold it: a code, the id of a category, a
number with a point, or a word for what is missing ("-empty", "-two-marks", "-out-of-range:7").
"""
import json
import pathlib
import random
import subprocess
import sys
import xml.etree.ElementTree as tree

N_FORMS = 10
SEED = 20261122

# Form and question -> what went wrong on the paper.
EMPTY, TWO_MARKS = "empty", "two marks"
SLIPS = {
    (2, 5): EMPTY, (2, 9): TWO_MARKS, (3, 19): EMPTY, (4, 12): "7", (5, 2): TWO_MARKS,
    (6, 3): "140", (7, 1): EMPTY, (8, 3): EMPTY, (8, 4): "0", (8, 18): TWO_MARKS,
    (9, 6): EMPTY, (9, 7): EMPTY, (10, 10): "6", (10, 11): TWO_MARKS,
}
# Form and question -> somebody crossed another box first, and made it black as the form says.
CORRECTED = {(1, 1), (2, 7), (6, 12), (9, 19)}


class Question:
    """One question of the form: its column, and its choices as (digit, label, value)."""

    def __init__(self, column, text, stem, choices, limits):
        self.column, self.text, self.stem = column, text, stem
        self.choices, self.limits = choices, limits


def dutch(element, path):
    return next(text.text for text in element.iterfind(path) if text.get("lang") == "nl")


def read_questions(path, questionnaire):
    root = tree.parse(path).getroot()
    scales = {
        scale.get("id"): [(int(a.get("code")), dutch(a, "text"), a.get("code")) for a in scale.iterfind("answer")]
        for scale in root.iter("answer-scale")
    }
    items = {item.get("id"): scales[item.get("answers")] for item in root.find("items")}
    suffixes = {target.get("id"): target.get("suffix") for target in root.iter("target")}
    variables = {}
    for variable in root.find("variables"):
        if variable.tag == "number-variable":
            variables[variable.get("id")] = (None, (float(variable.get("minimum")), float(variable.get("maximum"))))
        else:
            variables[variable.get("id")] = ([
                (place, dutch(category, "label/text"), category.get("id"))
                for place, category in enumerate(variable.iterfind("category"), 1)], None)
    form = next(form for form in root.find("questionnaires") if form.get("id") == questionnaire)
    questions = []
    for part in form:
        if part.tag == "question":
            questions.append(read_question(part, "", None, items, suffixes, variables))
        elif part.tag == "grid":
            stem = dutch(part, "stem/text") if part.find("stem") is not None else ""
            questions += [read_question(question, stem, part.get("over"), items, suffixes, variables)
                          for question in part.iterfind("question")]
    return questions


def read_question(element, stem, over, items, suffixes, variables):
    text = dutch(element, "text")
    if element.get("variable"):
        choices, limits = variables[element.get("variable")]
        return Question(element.get("variable"), text, stem, choices, limits)
    over = element.get("over") or over
    column = element.get("item") + ("_" + suffixes[over] if over else "")
    return Question(column, text, stem, items[element.get("item")], None)


# Filling in ------------------------------------------------------------------

def fill_in(questions):
    """Per form and question the marks on the paper: (digits marked, what was written)."""
    source = random.Random(SEED)
    forms = []
    for number in range(1, N_FORMS + 1):
        form = []
        for place, question in enumerate(questions, 1):
            slip = SLIPS.get((number, place))
            if question.choices is None:
                written = str(source.randint(int(question.limits[0]), int(question.limits[0]) + 20))
                written += source.choice(("", "", ",5"))
                form.append(([], "" if slip == EMPTY else slip or written))
                continue
            marks = source.sample([digit for digit, _, _ in question.choices], 2)
            if slip is None:
                form.append((marks[:1], ""))
            else:
                form.append((sorted(marks) if slip == TWO_MARKS else [],
                             slip if slip not in (EMPTY, TWO_MARKS) else ""))
        forms.append(form)
    return forms


def truth_of(question, marks, written):
    if question.choices is None:
        if not written:
            return "-empty"
        number = float(written.replace(",", "."))
        if not question.limits[0] <= number <= question.limits[1]:
            return "-out-of-range:" + written
        return f"{number:g}"
    if written:
        return "-out-of-range:" + written
    if len(marks) == 2:
        return "-two-marks"
    return next((value for digit, _, value in question.choices if [digit] == marks), "-empty")


# Marking ---------------------------------------------------------------------

def list_marks(questions, forms):
    """Lines for mark-forms."""
    lines = []
    for number, form in enumerate(forms, 1):
        for place, (question, (marks, written)) in enumerate(zip(questions, form), 1):
            lines += [f"{number} {place} cross {digit}" for digit in marks]
            if (number, place) in CORRECTED:
                wrong = next(digit for digit, _, _ in question.choices if digit not in marks)
                lines.append(f"{number} {place} fill {wrong}")
            if written:
                lines.append(f"{number} {place} write {written}")
    return lines


def main():
    mark_forms, source, questionnaire, folder = sys.argv[1:5]
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    questions = read_questions(source, questionnaire)
    forms = fill_in(questions)
    (folder / "marks").write_text("\n".join(list_marks(questions, forms)) + "\n", encoding="utf-8")
    subprocess.run([mark_forms, source, questionnaire, str(folder / "marks"), str(folder)], check=True)
    truth = [{question.column: truth_of(question, *marks) for question, marks in zip(questions, form)}
             for form in forms]
    (folder / "truth.json").write_text(json.dumps(
        {"questionnaire": questionnaire, "forms": truth}, indent=1), encoding="utf-8")
    print(f"{len(forms)} forms of {len(questions)} questions, {len(SLIPS)} slips")


if __name__ == "__main__":
    main()
