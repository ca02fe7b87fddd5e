#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job, done in the window with keys and mouse.

main-job.py DRIEHOEK WINDOW SAMPLE_FOLDER LANGUAGE [dark]

A new study, four chosen files, Compare of one scale by sector, the report as PDF. The texts
that a person reads in the table equal `driehoek table --format json`, formatted.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import common
from common import DUTCH, dialogs_of, wait_for

DRIEHOEK, WINDOW, SAMPLE = sys.argv[1:4]
NAMES = ("Jeugdigen", "Ouders", "Hulpverleners", "Leraren")

word = common.speak({
    "new": ("Nieuwe studie…", "New Study…"),
    "choose": ("Bestanden kiezen…", "Choose Files…"),
    "accept": ("Kiezen", "Choose"),
    "add": ("Aan studie toevoegen", "Add to Study"),
    "export": ("Exporteren…", "Export…"),
    "band": ("Band", "Bond"),
    "perspective": ("Door wie / over wie", "Rated by / about"),
    "parents": ("Ouder over hulpverlener", "Parent about worker"),
    "youths": ("Jeugdige over hulpverlener", "Youth about worker"),
    "side": ("Naast elkaar", "Side by side"),
    "sex": ("Geslacht", "Sex"),
    "sector": ("Sector", "Sector"),
    "table": ("Tabel 6", "Table 6"),
})
picture = common.photographer()
# The order of the columns in Compare: the instrument's.
SECTORS = ("so-vso", "ambulant-dagopvang", "residentieel")


def number(value):
    """Two decimals, half away from zero, in the language's style."""
    text = f"{int(value * 100 + 0.5 + 1e-9) / 100:.2f}"
    return text.replace(".", ",") if DUTCH else text


def p_value(value):
    if value < 0.001:
        return "< ,001" if DUTCH else "< .001"
    return f"{value:.3f}"[1:].replace(".", "," if DUTCH else ".")


def open_dialog(session, button):
    session.click("button", word(button), timeout=30)
    common.wait_dialog(session, f"the dialog of “{word(button)}”")


def choose_files(session, button, folder):
    """Opens a folder in the file chooser and takes every file in it."""
    open_dialog(session, button)
    session.key("ctrl+l")
    session.settle()
    session.keys_text(str(folder) + "/")
    session.settle()
    session.key("Return")
    time.sleep(1)
    # A click on the first name gives the list the focus.
    dialog = dialogs_of(session)[-1]
    session.click_at(dialog["x"] + dialog["w"] // 2, dialog["y"] + 200)
    session.key("ctrl+a")
    session.settle()
    picture(session, "choose")
    session.click("button", word("accept"))
    common.wait_no_dialog(session)


def labels_of(session):
    return [node.label() for node in session.find_all("label")]


def choose_band_by_sector_for_youths(session):
    """By way of other choices, so that choosing is what brings the result."""
    session.choose(word("perspective"), word("parents"))
    session.choose(word("side"), word("sex"))
    session.wait_text("n = 93")
    session.choose(word("side"), word("sector"))
    session.choose(word("perspective"), word("youths"))


def check_compare(session, study):
    """Band of youths by sector: the cells that are read equal those of the command line."""
    choose_band_by_sector_for_youths(session)
    data = json.loads(subprocess.run(
        [DRIEHOEK, "table", str(study), "6", "--format", "json"],
        check=True, capture_output=True, text=True).stdout)
    cells = {cell["sector"]: cell for cell in data["cells"] if cell["scale"] == "band"}
    test = next(test for test in data["tests"] if test["scale"] == "band")
    row = [word("band")]
    for sector in SECTORS:
        row += [number(cells[sector]["mean"]), number(cells[sector]["sd"])]
    row += [number(test["statistic"]), p_value(test["p"])]
    heads = [f"n = {cells[sector]['n']})" for sector in SECTORS]

    def all_there():
        texts = labels_of(session)
        rows = [texts[i:i + len(row)] for i in range(len(texts))]
        return row in rows and all(any(head in text for text in texts) for head in heads)

    wait_for(all_there, lambda: f"the row {row} in {labels_of(session)}")
    return row + heads


def check_pdf(path):
    wait_for(path.exists, "the PDF")
    text = subprocess.run(["pdftotext", "-layout", str(path), "-"],
                          check=True, capture_output=True, text=True).stdout
    for wanted in (word("table"), "4,30" if DUTCH else "4.30"):
        assert wanted in text, f"the PDF does not hold {wanted}"


def do_the_job(session, study, pdf, exports):
    picture(session, "start")
    open_dialog(session, "new")
    common.save_as(session, study)
    wait_for(study.exists, "the new study")
    picture(session, "empty")

    session.key("ctrl+3")
    choose_files(session, "choose", exports)
    session.find("button", word("add"), timeout=30)
    picture(session, "import")
    session.click("button", word("add"))
    wait_for(lambda: any("484" in text for text in labels_of(session)), "484 respondents")
    session.key("ctrl+1")
    picture(session, "overview")

    session.key("ctrl+6")
    expected = check_compare(session, study)
    picture(session, "compare")

    session.key("ctrl+7")
    open_dialog(session, "export")
    common.save_as(session, pdf)
    check_pdf(pdf)
    picture(session, "report")
    print(f"read in the window: {', '.join(expected)}")


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="drive-"))
    study, pdf = folder / "Partnerschap.driehoek", folder / "rapport.pdf"
    exports = folder / "exports"
    exports.mkdir()
    for name in NAMES:
        shutil.copy(os.path.join(SAMPLE, name + ".xlsx"), exports)

    with common.window(WINDOW, picture=picture) as session:
        do_the_job(session, study, pdf, exports)
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
