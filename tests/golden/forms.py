# SPDX-License-Identifier: GPL-3.0-or-later
"""Forms exports as lists of rows: read, changed, written again.

A cell is None, a str, a float, or a Date (a serial of the 1900 system).
"""
import csv
import datetime
import pathlib
import random
import re
import xml.etree.ElementTree as ElementTree
import zipfile

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMS = ("Jeugdigen", "Ouders", "Hulpverleners", "Leraren")
FIRST_ANSWER = 8  # five fixed columns, three background questions


class Date(float):
    """A date serial."""

    def as_text(self):
        moment = datetime.datetime(1899, 12, 30) + datetime.timedelta(seconds=round(self * 86400))
        return f"{moment.month}/{moment.day}/{moment:%y %H:%M:%S}"


def column_index(reference):
    index = 0
    for letter in re.match(r"[A-Z]+", reference).group():
        index = index * 26 + ord(letter) - 64
    return index - 1


def column_name(index):
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def read(path):
    """The rows of the sample's first sheet (inline strings, dates by style)."""
    with zipfile.ZipFile(path) as package:
        sheet = ElementTree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    rows = []
    for row in sheet.iter(NS + "row"):
        cells = {}
        for cell in row.iter(NS + "c"):
            index = column_index(cell.get("r"))
            inline = cell.find(NS + "is")
            value = cell.find(NS + "v")
            if inline is not None:
                cells[index] = "".join(text.text or "" for text in inline.iter(NS + "t"))
            elif value is not None:
                kind = Date if cell.get("s", "0") != "0" else float
                cells[index] = kind(value.text)
        rows.append([cells.get(i) for i in range(max(cells) + 1)])
    width = len(rows[0])
    return [row + [None] * (width - len(row)) for row in rows]


def read_sample(folder):
    return {name: read(pathlib.Path(folder) / f"{name}.xlsx") for name in FORMS}


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cell_xml(row, column, cell, shared):
    reference = f"{column_name(column)}{row + 1}"
    if isinstance(cell, Date):
        return f'<c r="{reference}" s="1"><v>{float(cell)!r}</v></c>'
    if isinstance(cell, float):
        return f'<c r="{reference}"><v>{cell!r}</v></c>'
    if shared is None:
        return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    return f'<c r="{reference}" t="s"><v>{shared.setdefault(cell, len(shared))}</v></c>'


def write_xlsx(path, rows, shared_strings=False):
    shared = {} if shared_strings else None
    body = []
    for r, row in enumerate(rows):
        cells = "".join(cell_xml(r, c, cell, shared) for c, cell in enumerate(row) if cell is not None)
        body.append(f'<row r="{r + 1}">{cells}</row>')
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package_ns = "http://schemas.openxmlformats.org/package/2006"
    sheet_types = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package_ns}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{sheet_types}sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{sheet_types}worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{sheet_types}styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{sheet_types}sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package_ns}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{office}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package_ns}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{office}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId3" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet {main}><numFmts count="1"><numFmt numFmtId="164" formatCode="m/d/yy h:mm:ss"/>'
        '</numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet {main}><sheetData>{"".join(body)}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst {main}>'
        + "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in shared or ())
        + "</sst>",
    }
    with zipfile.ZipFile(path, "w") as package:
        for name, text in parts.items():
            # without the time of day: the same rows are the same file
            package.writestr(zipfile.ZipInfo(name), '<?xml version="1.0" encoding="UTF-8"?>\n' + text,
                             zipfile.ZIP_DEFLATED)


def cell_text(cell):
    if cell is None:
        return ""
    if isinstance(cell, Date):
        return cell.as_text()
    return f"{cell:g}" if isinstance(cell, float) else cell


def write_csv(path, rows, separator):
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=separator)
        writer.writerows([cell_text(cell) for cell in row] for row in rows)


def shuffled(rows, seed):
    """Columns and rows in another order."""
    order = list(range(len(rows[0])))
    body = rows[1:]
    rng = random.Random(seed)
    rng.shuffle(order)
    rng.shuffle(body)
    return [[row[i] for i in order] for row in [rows[0], *body]]


ENGLISH_HEADS = ("ID", "Start time", "Completion time", "Email", "Name")
ENGLISH_BACKGROUND = ("Sector", "Gender", "Age")
ENGLISH_LABELS = {
    "jongen": "boy", "meisje": "girl", "man": "male", "vrouw": "female",
    "zelden of nooit": "rarely or never", "soms": "sometimes", "regelmatig": "regularly",
    "heel vaak": "very often", "altijd": "always",
    "zeer onbelangrijk": "very unimportant", "onbelangrijk": "unimportant", "neutraal": "neutral",
    "belangrijk": "important", "zeer belangrijk": "very important",
}


def with_english_heads(rows):
    return [[*ENGLISH_HEADS, *rows[0][5:]], *rows[1:]]


def in_english(rows):
    """English heads, background heads and answer labels."""
    head = [*ENGLISH_HEADS, *ENGLISH_BACKGROUND, *rows[0][FIRST_ANSWER:]]
    return [head, *([ENGLISH_LABELS.get(c, c) if isinstance(c, str) else c for c in row] for row in rows[1:])]


def personal_marks(form, row):
    """A name and an address that occur nowhere else."""
    return f"Zwaantje-{form}-{row}", f"zwaantje.{form.lower()}.{row}@voorbeeld-{row}.nl"


def with_personal_data(form, rows):
    """Names, addresses, and addresses inside a text that is not in the instrument."""
    result = [[*rows[0], "Wil je nog iets kwijt?"]]
    for number, row in enumerate(rows[1:]):
        name, address = personal_marks(form, number)
        changed = list(row)
        changed[3], changed[4] = address, name
        result.append([*changed, f"bel me terug via {address} graag" if number % 3 == 0 else None])
    return result


def emptied(rows, seed, share=0.05):
    """A share of the answers taken out."""
    rng = random.Random(seed)
    result = [list(rows[0])]
    for row in rows[1:]:
        result.append(
            [None if i >= FIRST_ANSWER and rng.random() < share else cell for i, cell in enumerate(row)]
        )
    return result


def emptied_sample(sample):
    return {name: emptied(rows, f"emptied-{name}") for name, rows in sample.items()}
