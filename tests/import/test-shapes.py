#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exports of other programs, and decisions that a person changes.

test-shapes.py DRIEHOEK SOURCE_ROOT

The same responses are written as every program writes them. Whatever the shape, the study
must hold the answers that it holds of the form's own export.
"""
import datetime
import json
import pathlib
import sqlite3
import sys
import tempfile

import study as studies
from study import SAMPLE, Study, answers_of, check

N = 12
FIXED = 5  # ID, times, e-mail, name
CODES = {"zelden of nooit": 1, "soms": 2, "regelmatig": 3, "heel vaak": 4, "altijd": 5,
         "zeer onbelangrijk": 1, "onbelangrijk": 2, "neutraal": 3, "belangrijk": 4, "zeer belangrijk": 5}
NAMES = ["sector", "sex", "age", "band1_h", "band2_h", "band3_h", "band4_h", "doel1_h", "doel2_h", "doel3_h",
         "doel4_h", "taak1_h", "taak2_h", "taak3_h", "taak4_h"]


def parents():
    return [list(row) for row in SAMPLE["Ouders"][: N + 1]]


def workers():
    return [list(row) for row in SAMPLE["Hulpverleners"][: N + 1]]


def moment(cell):
    return (datetime.datetime(1899, 12, 30) + datetime.timedelta(seconds=round(cell * 86400))).isoformat(sep=" ")


def reference(folder, rows, name):
    whole = Study(folder, f"reference-{name}")
    whole.bring_in({f"{name}.xlsx": rows})
    return answers_of(whole.rows())


def lime(rows, head, cell=lambda text, column: text, finished=lambda i: True):
    """LimeSurvey: `head` makes a head of a statement and its place, `cell` an answer."""
    fixed = ["id", "submitdate", "lastpage", "startlanguage", "seed", "token", "startdate", "datestamp", "ipaddr",
             "refurl"]
    out = [fixed + [head(text, i) for i, text in enumerate(rows[0][FIXED:])] + ["interviewtime", "groupTime12"]]
    for i, row in enumerate(rows[1:], 1):
        out.append([int(row[0]), moment(row[2]) if finished(i) else "", 3, "nl", 100 + i, f"tok3n{i}", moment(row[1]),
                    moment(row[2]), f"10.11.12.{i}", "https://geheim.example/x"]
                   + [cell(text, c) for c, text in enumerate(row[FIXED:])] + ["81.4", "20.1"])
    return [[c if c is None or isinstance(c, str) else float(c) if not isinstance(c, float) else c for c in row]
            for row in out]


def qualtrics(rows, legacy=False, status=lambda i: "IP Address", finished=lambda i: "True", json_row=True):
    names = ["StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished",
             "RecordedDate", "ResponseId", "RecipientLastName", "RecipientFirstName", "RecipientEmail",
             "ExternalReference", "LocationLatitude", "LocationLongitude", "DistributionChannel", "UserLanguage"]
    texts = ["Start Date", "End Date", "Response Type", "IP Address", "Progress", "Duration (in seconds)", "Finished",
             "Recorded Date", "Response ID", "Recipient Last Name", "Recipient First Name", "Recipient Email",
             "External Data Reference", "Location Latitude", "Location Longitude", "Distribution Channel",
             "User Language"]
    questions = rows[0][FIXED:]
    head = [names + [f"Q{i + 1}" for i in range(len(questions))] + ["Q3_DO", "Q3_7_TEXT"],
            texts + [f"Geef aan wat past:\n - {text}" if i > 2 else text for i, text in enumerate(questions)]
            + ["Display order", "Anders, namelijk - Text"]]
    if legacy:
        head[0] = [f"V{i + 1}" for i in range(len(names))] + head[0][len(names):]
        head[1] = [name.replace("ResponseId", "ResponseID") for name in names] + head[1][len(names):]
    elif json_row:
        head.append([json.dumps({"ImportId": f"QID{i}"}) for i in range(len(head[0]))])
    body = [[moment(row[1]), moment(row[2]), status(i), f"10.11.12.{i}", "100", "95", finished(i), moment(row[2]),
             f"R_{i:05}", f"Zwaantje{i}", "Geheim", f"z{i}@geheim.nl", "", "52.1601", "4.4970", "anonymous", "NL"]
            + row[FIXED:] + ["1|2|3", ""] for i, row in enumerate(rows[1:], 1)]
    return head + body


SECRETS = (b"10.11.12.", b"tok3n", b"Zwaantje", b"Geheim", b"geheim.nl", b"52.1601", b"geheim.example")


def check_secrets(study):
    with sqlite3.connect(study.path) as database:
        whole = "\n".join(database.iterdump()).encode()
    database.close()
    whole += study.path.read_bytes()
    check(not any(secret in whole for secret in SECRETS), "personal data were kept")


def same(study, files, wanted, answers=(), totals=(N, N, 0, 0), kind=None):
    """Imports, and finds the answers of the form's own export; once more adds nothing."""
    outcome = study.bring_in(files, answers=answers)
    found = tuple(outcome[key] for key in ("found", "new", "present", "kept_aside"))
    check(found == totals, f"{found} instead of {totals}: {outcome['files'][0]['notes']}")
    check(kind is None or kind in outcome["files"][0]["kind"], f"kind {outcome['files'][0]['kind']}")
    got = answers_of(study.rows())
    for i, (one, other) in enumerate(zip(got, wanted)):
        differences = {key: (one.get(key), other[key]) for key in other if one.get(key) != other[key]}
        check(not differences, f"respondent {i + 1} has {differences}")
    check(len(got) == len(wanted), f"{len(got)} respondents instead of {len(wanted)}")
    check_secrets(study)
    again = study.bring_in(files, answers=answers)
    check(again["new"] == 0 and again["changed"] == 0, f"once more adds: {again}")


# LimeSurvey ---------------------------------------------------------------------


def lime_names(study, folder):
    wanted = reference(folder, parents(), "Ouders")
    same(study, {"survey.csv": lime(parents(), lambda text, i: NAMES[i] if i < len(NAMES) else text)}, wanted,
         kind="LimeSurvey")


def lime_full_heads(study, folder):
    wanted = reference(folder, parents(), "Ouders")
    head = lambda text, i: text if i < 3 else f"Hoe vaak geldt dit voor u en de hulpverleners? [{text}]"  # noqa: E731
    same(study, {"survey.csv": lime(parents(), head)}, wanted, kind="LimeSurvey")


def lime_codes_and_text(study, folder):
    wanted = reference(folder, parents(), "Ouders")
    head = lambda text, i: f"G0Q{i}. {text}" if i < 3 else f"PKZ[SQ{i:03}]. Hoe vaak? [{text}]"  # noqa: E731
    same(study, {"survey.csv": lime(parents(), head)}, wanted, kind="LimeSurvey")


def lime_twins_by_stem(study, folder):
    """The same statements twice, in codes, with nothing but the question above to tell them apart."""
    wanted = reference(folder, workers(), "Hulpverleners")
    rows, seen = workers(), {}

    def head(text, i):
        plain = text.removesuffix("2")
        seen[plain] = seen.get(plain, 0) + 1
        first = text == plain
        stem = ("Hoe belangrijk vindt u dit in de samenwerking met ouders?" if first else
                "In hoeverre lukt dit u in de praktijk?")
        return f"{stem} [{plain}]" if i >= 35 else text
    same(study, {"workers.csv": lime(rows, head)}, wanted)


def lime_unknown_codes(study, folder):
    wanted = reference(folder, parents(), "Ouders")
    rows = parents()
    width = len([head for head in rows[0][FIXED:] if not head.startswith("Wilt u")])
    rows = [row[: FIXED + width] for row in rows]
    files = {"Ouders.csv": lime(rows, lambda text, i: f"G01Q{i:02}" if i < 3 else f"PKZ[SQ{i:03}]")}
    check(study.asks(files) == {"Ouders.csv:questionnaire"}, f"asked {study.asks(files)}")
    answers = ["Ouders.csv:questionnaire=ouders"]
    check(study.asks(files, answers) == {"Ouders.csv:codes"}, f"asked {study.asks(files, answers)}")
    same(study, files, [{key: value for key, value in row.items()} for row in wanted],
         answers=[*answers, "Ouders.csv:codes=order"])


def lime_short_answers(study, folder):
    wanted = reference(folder, parents(), "Ouders")
    cell = lambda text, i: f"A{CODES[text]}" if text in CODES else text  # noqa: E731
    files = {"survey.csv": lime(parents(), lambda text, i: text, cell)}
    decisions = [d for d in study.decisions(files) if d["by"] == "open"]
    ids = {d["id"] for d in decisions}
    check(ids and all(i.startswith("survey.csv:label:frequentie:a") for i in ids), f"asked {ids}")
    same(study, files, wanted, answers=[f"{i}={i[-1]}" for i in ids])


def lime_unfinished(study, folder):
    wanted = reference(folder, parents(), "Ouders")
    files = {"survey.csv": lime(parents(), lambda text, i: text, finished=lambda i: i not in (3, 7))}
    same(study, files, [row for i, row in enumerate(wanted, 1) if i not in (3, 7)], totals=(N, N - 2, 0, 2))
    taken = Study(folder, "taken")
    same(taken, files, wanted, answers=["survey.csv:unfinished=take"])
    one = Study(folder, "one")
    outcome = one.bring_in(files, answers=["survey.csv:row:4=take"])
    check(outcome["new"] == N - 1, f"one row taken in gives {outcome}")
    one = Study(folder, "aside")
    outcome = one.bring_in(files, answers=["survey.csv:row:2=aside", "survey.csv:unfinished=take"])
    check((outcome["new"], outcome["kept_aside"]) == (N - 1, 1), f"one row kept aside gives {outcome}")


# Qualtrics -----------------------------------------------------------------------


def without(rows, *heads):
    places = [i for i, head in enumerate(rows[0]) if head not in heads]
    return [[row[i] for i in places] for row in rows]


def lime_without_dates(study, folder):
    """No date stamps: the number tells the response, so that one that changed is not another one."""
    head = lambda text, i: NAMES[i] if i < len(NAMES) else text  # noqa: E731
    first = without(lime(parents(), head), "startdate", "datestamp")
    study.bring_in({"survey.csv": first})
    newer = without(lime([list(row) for row in SAMPLE["Ouders"][: N + 2]], head), "startdate", "datestamp")
    place = newer[0].index(NAMES[4])
    newer[2][place] = "altijd" if first[2][place] != "altijd" else "soms"
    outcome = study.bring_in({"later.csv": newer})
    check((outcome["new"], outcome["present"], outcome["changed"]) == (1, N, 1), f"a newer export: {outcome}")
    # Another survey that counts from 1 as well is doubted.
    other = [first[0]] + [[row[0]] + list(first[-i][1:]) for i, row in enumerate(first[1:], 1)]
    notes = study.bring_in({"other.csv": other})["files"][0]["notes"]
    check(any("another survey" in str(note) for note in notes), f"another survey: {notes}")


def qualtrics_three_heads(study, folder):
    same(study, {"q.csv": qualtrics(parents())}, reference(folder, parents(), "Ouders"), kind="Qualtrics")


def qualtrics_two_heads(study, folder):
    same(study, {"q.csv": qualtrics(parents(), json_row=False)}, reference(folder, parents(), "Ouders"),
         kind="Qualtrics")


def qualtrics_legacy(study, folder):
    same(study, {"q.csv": qualtrics(parents(), legacy=True, status=lambda i: "0", finished=lambda i: "1")},
         reference(folder, parents(), "Ouders"), kind="Qualtrics")


def qualtrics_aside(study, folder):
    wanted = reference(folder, parents(), "Ouders")
    files = {"q.csv": qualtrics(parents(), status=lambda i: "Survey Preview" if i == 2 else "IP Address",
                                finished=lambda i: "False" if i == 5 else "True")}
    same(study, files, [row for i, row in enumerate(wanted, 1) if i not in (2, 5)], totals=(N, N - 2, 0, 2))
    taken = Study(folder, "taken")
    same(taken, files, wanted, answers=["q.csv:previews=take", "q.csv:unfinished=take"])


# Heads ---------------------------------------------------------------------------


def numbered_heads(study, folder):
    wanted = reference(folder, parents(), "Ouders")
    rows = parents()
    rows[0] = rows[0][:FIXED] + [f"{i}. {head.rstrip('.')}." for i, head in enumerate(rows[0][FIXED:], 1)]
    same(study, {"Ouders.xlsx": rows}, wanted)


def slips(study, folder):
    """A slip is tolerated and said; a word more or less is another statement."""
    wanted = reference(folder, parents(), "Ouders")
    rows = parents()
    column = next(i for i, head in enumerate(rows[0]) if head.startswith("De hulpverleners en ik respecteren"))
    rows[0][column] = "De hulpverlener en ik respekteren elkaar"
    files = {"Ouders.xlsx": rows}
    same(study, files, wanted)
    again = Study(folder, "note")
    notes = "\n".join(again.bring_in(files)["files"][0]["notes"])
    check("almost the same text, 9" in notes, notes)
    for changed in ("De hulpverleners en ik respecteren elkaar niet", "De hulpverleners en wij respecteren elkaar"):
        rows[0][column] = changed
        other = Study(folder, f"other{len(changed)}")
        notes = "\n".join(other.bring_in({"Ouders.xlsx": rows})["files"][0]["notes"])
        check("1 question has no column" in notes and "resembles" in notes, f"“{changed}”: {notes}")


def closing_separators(study, folder):
    """Multiple choice: one option with a closing “;” is that option; two are asked, never split."""
    wanted = reference(folder, parents(), "Ouders")
    rows = parents()
    for row in rows[1:]:
        row[FIXED] = f"{row[FIXED]};"
    same(study, {"Ouders.xlsx": rows}, wanted)
    rows[1][FIXED] = "SO/VSO;Residentieel;"
    asks = Study(folder, "two").asks({"Ouders.xlsx": rows})
    check(len(asks) == 1 and ":label:sector:" in next(iter(asks)), f"asked {asks}")


def branches(study, folder):
    wanted = reference(folder, parents(), "Ouders")
    rows = [row + [row[9] + "2" if i == 0 else row[9] if i % 2 else None] for i, row in enumerate(parents())]
    for row in rows[1::2]:
        row[9] = None
    same(study, {"Ouders.xlsx": rows}, wanted)


# Decisions -----------------------------------------------------------------------


def columns_by_hand(study, folder):
    rows = parents()
    rows[0][9] = "Iets heel anders"
    files = {"Ouders.xlsx": rows}
    same(study, files, reference(folder, parents(), "Ouders"), answers=["Ouders.xlsx:column:10=band2_h"])
    ignored = Study(folder, "ignored")
    ignored.bring_in({"Ouders.xlsx": parents()}, answers=["Ouders.xlsx:column:10=ignore"])
    check(all(row["band2_h"] == "" for row in ignored.rows()), "an ignored column was read")
    personal = Study(folder, "personal")
    rows = [row + ["Hoe heet de hond" if i == 0 else f"Zwaantje{i}"] for i, row in enumerate(parents())]
    personal.bring_in({"Ouders.xlsx": rows}, answers=[f"Ouders.xlsx:column:{len(rows[0])}=personal"])
    check_secrets(personal)


def labels_by_hand(study, folder):
    wanted = [{**row, **{key: {"3": "4"}.get(value, value) for key, value in row.items() if "_h" in key}}
              for row in reference(folder, parents(), "Ouders")]
    keys = [name for name in NAMES if "_h" in name]
    study.bring_in({"Ouders.xlsx": parents()}, answers=["Ouders.xlsx:label:frequentie:regelmatig=4"])
    for got, row in zip(answers_of(study.rows()), wanted):
        check(all(got[key] == row[key] for key in keys), f"{[(k, got[k], row[k]) for k in keys if got[k] != row[k]]}")
    for choice in ("empty", "not-asked", "unreadable"):
        other = Study(folder, choice)
        other.bring_in({"Ouders.xlsx": parents()}, answers=[f"Ouders.xlsx:label:frequentie:regelmatig={choice}"])
        check(not any(row[key] == "3" for row in other.rows() for key in keys), f"{choice} leaves threes")


def dates(study, folder):
    """3/4 beside 13/4 beside 4/13 is asked; what is certain can be changed."""
    rows = parents()
    for row, day in zip(rows[1:], ("3/4/2023 10:00", "13/4/2023 10:00", "4/13/2023 10:00")):
        row[1] = row[2] = day
    for row in rows[4:]:
        row[1] = row[2] = "5/5/2023 10:00"
    files = {"Ouders.csv": rows}
    check(study.asks(files) == {"Ouders.csv:dates"}, f"asked {study.asks(files)}")
    outcome = study.bring_in(files, answers=["Ouders.csv:dates=day-first"])
    check(outcome["new"] == N, f"{outcome}")
    check("could not be read" in "\n".join(outcome["files"][0]["notes"]), "the other order was read")


def numbers(study, folder):
    """A column with contradictory evidence is asked, whatever else is in it."""
    for i, cells in enumerate((("12.345", "0,5"), ("1,234.5", "1.234,5"), ("31,5", "32.5"), ("1.234", "twaalf"))):
        rows = parents()
        rows[1][7], rows[2][7] = cells
        other = Study(folder, f"numbers{i}")
        asks = other.asks({"Ouders.csv": rows})
        check(asks == {"Ouders.csv:numbers:age"}, f"{cells} asked {asks}")
        other.bring_in({"Ouders.csv": rows}, answers=["Ouders.csv:numbers:age=comma"])


def one_rule_for_all(study, folder):
    rows = parents()
    rows.append([float(N + 1), studies.forms.Date(rows[2][1] + 5), studies.forms.Date(rows[2][2] + 5), "a@geheim.nl",
                 *rows[3][4:]])
    rows[2][3] = "a@geheim.nl"
    files = {"Ouders.xlsx": rows}
    check(study.asks(files) == {"Ouders.xlsx:person:3"}, f"asked {study.asks(files)}")
    for name, answer, new in (("all", "all:doubles=latest", N), ("file", "Ouders.xlsx:doubles=both", N + 1)):
        other = Study(folder, name)
        outcome = other.bring_in(files, answers=[answer])
        check(outcome["new"] == new, f"{answer} gives {outcome}")
        check_secrets(other)


def every_id_is_an_answer(study, folder):
    """Answering each decision with what was decided changes nothing."""
    files = {"Ouders.xlsx": parents(), "W.csv": workers()}
    decisions = study.decisions(files)
    ids = [decision["id"] for decision in decisions]
    check(len(ids) == len(set(ids)) and len(ids) > 80, f"{len(ids)} ids")
    check(all(decision["chosen"] in [c["id"] for c in decision["choices"]] for decision in decisions), "no choice")
    answers = [f"{decision['id']}={decision['chosen']}" for decision in decisions]
    plain = Study(folder, "plain")
    plain.bring_in(files)
    study.bring_in(files, answers=answers)
    check(answers_of(study.rows()) == answers_of(plain.rows()), "the answers differ")
    hand = study.decisions(files, answers)
    check(all(decision["by"] == "hand" for decision in hand), "not all are by hand")
    said = study.call("import", study.path, "--answer", "Ouders.xlsx:column:99=ignore",
                      study.folder / "Ouders.xlsx", fails=True)
    check("is not asked" in said, said)


CASES = (lime_names, lime_full_heads, lime_codes_and_text, lime_twins_by_stem, lime_unknown_codes, lime_short_answers,
         lime_unfinished, lime_without_dates, qualtrics_three_heads, qualtrics_two_heads, qualtrics_legacy, qualtrics_aside,
         numbered_heads, slips, closing_separators, branches, columns_by_hand, labels_by_hand, dates, numbers,
         one_rule_for_all, every_id_is_an_answer)


def main():
    failures = 0
    for case in CASES:
        with tempfile.TemporaryDirectory() as folder:
            try:
                case(Study(folder), pathlib.Path(folder))
            except studies.Failed as failure:
                failures += 1
                print(f"{case.__name__}: {failure}")
    print(f"{len(CASES)} cases, {failures} failures")
    return 1 if failures else 0


sys.exit(main())
