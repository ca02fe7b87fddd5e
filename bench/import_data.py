# SPDX-License-Identifier: GPL-3.0-or-later
"""The data of bench/import.py: answers 1 to 5 on 38 statements, 3 % missing, with the number of the
response and its two times (41 columns), as xlsx, csv and sav; and the instrument they belong to.

The same size gives the same bytes.
"""
import datetime
import pathlib
import random
import struct
import zipfile

N_ITEMS = 38
HEADS = ["ID", "Start time", "Completion time"] + [f"Statement {i}" for i in range(1, N_ITEMS + 1)]
LABELS = ("never", "seldom", "sometimes", "often", "always")
FIRST_DAY = datetime.datetime(2026, 1, 5, 8, 0, 0)
SPSS_EPOCH = datetime.datetime(1582, 10, 14)
EXCEL_EPOCH = datetime.datetime(1899, 12, 30)
DAY = 86400


def text(language_text, tag="text"):
    return "".join(f'<{tag} lang="{language}">{language_text}</{tag}>' for language in ("nl", "en"))


def instrument():
    answers = "".join(f'<answer code="{i}">{text(label)}</answer>' for i, label in enumerate(LABELS, 1))
    items = "".join(f'<item id="q{i}" answers="frequency"/>' for i in range(1, N_ITEMS + 1))
    members = "".join(f'<item ref="q{i}" reversed="no"/>' for i in range(1, N_ITEMS + 1))
    questions = "".join(f'<question item="q{i}" source="own-wording" licence="own">{text(f"Statement {i}")}</question>'
                        for i in range(1, N_ITEMS + 1))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<instrument id="bench" version="1" language="nl">
  <title>{text("Bench")}</title>
  <licences><licence id="own">GPL-3.0-or-later</licence></licences>
  <answer-scales><answer-scale id="frequency"><label>{text("How often")}</label>{answers}</answer-scale></answer-scales>
  <variables><category-variable id="group"><label>{text("Group")}</label><head>Group</head><category id="a"><label>{text("A")}</label></category><category id="b"><label>{text("B")}</label></category></category-variable></variables>
  <respondent-types><respondent-type id="person" colour="#E69F00"><label>{text("Person")}</label><plural>{text("Persons")}</plural></respondent-type></respondent-types>
  <targets/>
  <perspectives><perspective role="person">{text("Person")}</perspective></perspectives>
  <items>{items}</items>
  <scales><scale id="all" min-answered="30"><label>{text("All")}</label><description>{text("All")}</description>{members}</scale></scales>
  <questionnaires><questionnaire id="persons" type="person"><label>{text("Questionnaire")}</label><grid>{questions}</grid></questionnaire></questionnaires>
</instrument>
"""


def rows(n):
    """(number, start, seconds it took, answers as a string of digits; a blank is missing)"""
    rng = random.Random(n)
    signs = "12345" * 97 + " " * 15
    start = 0
    for i in range(1, n + 1):
        start += rng.randrange(1, 60)
        yield i, start, 120 + rng.randrange(900), "".join(rng.choices(signs, k=N_ITEMS))


def moment(seconds):
    return FIRST_DAY + datetime.timedelta(seconds=seconds)


def write_csv(path, n):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(",".join(HEADS) + "\r\n")
        for number, start, took, answers in rows(n):
            file.write(f"{number},{moment(start)},{moment(start + took)},"
                       f"{','.join(answers).replace(' ', '')}\r\n")


def column_name(index):
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def sheet_rows(n):
    names = [column_name(i) for i in range(len(HEADS))]
    first = (FIRST_DAY - EXCEL_EPOCH).total_seconds() / DAY
    cells = "".join(f'<c r="{name}1" t="s"><v>{i}</v></c>' for i, name in enumerate(names))
    yield f'<row r="1">{cells}</row>'
    for number, start, took, answers in rows(n):
        row = str(number + 1)
        cells = [f'<c r="A{row}"><v>{number}</v></c><c r="B{row}" s="1"><v>{first + start / DAY:.10f}</v></c>'
                 f'<c r="C{row}" s="1"><v>{first + (start + took) / DAY:.10f}</v></c>']
        for name, answer in zip(names[3:], answers):
            if answer != " ":
                cells.append(f'<c r="{name}{row}"><v>{answer}</v></c>')
        yield f'<row r="{row}">{"".join(cells)}</row>'


def write_xlsx(path, n):
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package_ns = "http://schemas.openxmlformats.org/package/2006"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    overrides = "".join(f'<Override PartName="/xl/{part}.xml" ContentType="{types}{kind}+xml"/>' for part, kind in (
        ("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"), ("styles", "styles"),
        ("sharedStrings", "sharedStrings")))
    relations = "".join(f'<Relationship Id="rId{i}" Type="{office}/{kind}" Target="{target}"/>' for i, (kind, target) in
                        enumerate((("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"),
                                   ("sharedStrings", "sharedStrings.xml")), 1))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package_ns}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package_ns}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{office}"><sheets><sheet name="Form1" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package_ns}/relationships">{relations}</Relationships>',
        "xl/styles.xml": f'<styleSheet {main}><numFmts count="1"><numFmt numFmtId="164" formatCode="m/d/yy h:mm:ss"/></numFmts>'
        '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill '
        'patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" '
        'fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst {main} count="{len(HEADS)}" uniqueCount="{len(HEADS)}">'
        + "".join(f"<si><t>{head}</t></si>" for head in HEADS) + "</sst>",
    }
    with zipfile.ZipFile(path, "w", compression=zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), declaration + content, zipfile.ZIP_DEFLATED)
        info = zipfile.ZipInfo("xl/worksheets/sheet1.xml")
        info.compress_type = zipfile.ZIP_DEFLATED
        with package.open(info, "w", force_zip64=True) as sheet:
            sheet.write(f'{declaration}<worksheet {main}><dimension ref="A1:{column_name(len(HEADS) - 1)}{n + 1}"/>'
                        "<sheetData>".encode())
            waiting = []
            for row in sheet_rows(n):
                waiting.append(row)
                if len(waiting) == 1000:
                    sheet.write("".join(waiting).encode())
                    waiting.clear()
            sheet.write("".join(waiting).encode())
            sheet.write(b"</sheetData></worksheet>")


def sav_text(content, width):
    return content.encode("ascii").ljust(width)


def write_sav(path, n):
    """A system file of SPSS, compressed by bytes, as SPSS itself writes it."""
    number_format, date_format = (5 << 16) | (8 << 8), (22 << 16) | (20 << 8)
    out = [struct.pack("<4s60siiiiid9s8s64s3x", b"$FL2", sav_text("@(#) SPSS DATA FILE bench", 60), 2, len(HEADS), 1, 0, n,
                       100.0, sav_text("05 Jan 26", 9), sav_text("08:00:00", 8), sav_text("", 64))]
    names = ["ID", "START", "DONE"] + [f"Q{i}" for i in range(1, N_ITEMS + 1)]
    for i, (name, head) in enumerate(zip(names, HEADS)):
        kind = date_format if i in (1, 2) else number_format
        out.append(struct.pack("<iiiiii8s", 2, 0, 1, 0, kind, kind, sav_text(name, 8)))
        out.append(struct.pack("<i", len(head)) + sav_text(head, (len(head) + 3) // 4 * 4))
    out.append(struct.pack("<ii", 3, len(LABELS)))
    for value, label in enumerate(LABELS, 1):
        size = (len(label) + 1 + 7) // 8 * 8
        out.append(struct.pack("<dB", float(value), len(label)) + sav_text(label, size - 1))
    out.append(struct.pack("<ii", 4, N_ITEMS) + struct.pack(f"<{N_ITEMS}i", *range(4, 4 + N_ITEMS)))
    out.append(struct.pack("<iiii8i", 7, 3, 4, 8, 1, 0, 0, -1, 1, 1, 2, 65001))
    out.append(struct.pack("<iiii", 7, 20, 1, 5) + b"UTF-8")
    out.append(struct.pack("<ii", 999, 0))
    origin = (FIRST_DAY - SPSS_EPOCH).total_seconds()
    table = bytes.maketrans(b"12345 ", bytes((101, 102, 103, 104, 105, 255)))
    with open(path, "wb") as file:
        file.write(b"".join(out))
        codes, values = bytearray(), []
        for number, start, took, answers in rows(n):
            moments = [origin + start, origin + start + took]
            if number <= 151:
                codes.append(100 + number)
            else:
                moments.insert(0, float(number))
                codes.append(253)
            where = len(codes) - 1
            codes += b"\xfd\xfd" + answers.encode().translate(table)
            values.append((where, moments))
            if len(values) == 1000:
                codes = flush_sav(file, codes, values, False)
        flush_sav(file, codes, values, True)


def flush_sav(file, codes, values, last):
    """Eight codes, then the numbers those of them that say so need."""
    numbers = {}
    for where, moments in values:
        at = where + 3 - len(moments)
        for i, value in enumerate(moments):
            numbers[at + i] = value
    if last:
        codes = codes + bytes(-len(codes) % 8)
    whole = len(codes) // 8 * 8
    out = []
    for i in range(0, whole, 8):
        out.append(bytes(codes[i:i + 8]))
        out += [struct.pack("<d", numbers[j]) for j in range(i, i + 8) if j in numbers]
    file.write(b"".join(out))
    # what is left of the last eight waits, with its numbers
    values[:] = [(where - whole, moments) for where, moments in values if any(
        where + 3 - len(moments) + i >= whole for i in range(len(moments)))]
    return bytearray(codes[whole:])


def make(folder, sizes, formats):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bench.xml").write_text(instrument(), encoding="utf-8")
    writers = {"csv": write_csv, "xlsx": write_xlsx, "sav": write_sav}
    for n in sizes:
        for kind in formats:
            path = folder / f"{n}.{kind}"
            if not path.exists():
                unfinished = path.with_suffix(".part")
                writers[kind](unfinished, n)
                unfinished.rename(path)
