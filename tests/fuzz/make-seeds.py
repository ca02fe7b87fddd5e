#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the first inputs of the fuzz targets: small files of every kind, all made here.

make-seeds.py TARGET FOLDER DICTIONARY

A new target adds a function below that yields its inputs, and its name to SEEDS. The dictionary, for
targets that read XML with a schema of ours, has the words of that schema.
"""
import copy
import io
import pathlib
import struct
import sys
import xml.etree.ElementTree as ET
import zipfile
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


# Larger than they are ------------------------------------------------------


def repeated(data, part, times):
    """What fuzz_dup_input() makes of this: `data` with its first `part` there so many times more."""
    return b"\xfe*" + struct.pack("<HHH", times, data.index(part), len(part)) + data


# Workbooks ----------------------------------------------------------------


def parts(rows, strings="<si><t>id</t></si><si><r><t>sc</t></r><r><t>ore</t></r></si>", sheets=1):
    yield "[Content_Types].xml", f"<Types xmlns='{PACKAGE}/content-types'><Default Extension='xml' ContentType='a/b'/></Types>"
    yield "_rels/.rels", (f"<Relationships xmlns='{PACKAGE}/relationships'><Relationship Id='r1' Type='{OFFICE}/officeDocument' "
                          "Target='xl/workbook.xml'/></Relationships>")
    yield "xl/workbook.xml", (f"<workbook xmlns='{MAIN}' xmlns:r='{OFFICE}'><workbookPr date1904='0'/><sheets>" + "".join(
        f"<sheet name='S&amp;{i}' sheetId='{i}' r:id='r{i}'{' state=' + repr('hidden') if i > 1 else ''}/>"
        for i in range(1, sheets + 1)) + "</sheets></workbook>")
    yield "xl/_rels/workbook.xml.rels", (f"<Relationships xmlns='{PACKAGE}/relationships'>" + "".join(
        f"<Relationship Id='r{i}' Type='{OFFICE}/worksheet' Target='worksheets/sheet{i}.xml'/>" for i in range(1, sheets + 1))
        + f"<Relationship Id='s' Type='{OFFICE}/sharedStrings' Target='sharedStrings.xml'/>"
        f"<Relationship Id='t' Type='{OFFICE}/styles' Target='styles.xml'/></Relationships>")
    yield "xl/sharedStrings.xml", f"<sst xmlns='{MAIN}'>{strings}</sst>"
    yield "xl/styles.xml", (f"<styleSheet xmlns='{MAIN}'><numFmts><numFmt numFmtId='164' formatCode='[$-413]d mmm h:mm;@'/>"
                            "</numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='164'/><xf numFmtId='14'/></cellXfs></styleSheet>")
    for i in range(1, sheets + 1):
        yield f"xl/worksheets/sheet{i}.xml", (f"<worksheet xmlns='{MAIN}'><dimension ref='A1:D9'/><sheetData>{rows}"
                                              "</sheetData></worksheet>")


ROWS = (
    "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c></row><row r='2'><c r='A2'><v>1</v></c></row>",
    "<row><c t='inlineStr'><is><r><t>in_x000D_ </t></r><rPh><t>x</t></rPh></is></c><c t='b'><v>1</v></c><c t='e'><v>#N/A</v></c></row>"
    "<row r='7'><c r='C7' s='1'><v>45000.5</v></c><c t='d'><v>2021-01-01T10:00</v></c><c t='str'><f>A1</f><v>&amp;&#233;</v></c></row>",
    "<row r='3'><c r='B3' s='2'><v>60</v></c><c r='XFD3'><v>1e3</v></c><c t='s'><v>99</v></c></row>",
)


def xlsx():
    for number, rows in enumerate(ROWS):
        content = list(parts(rows, sheets=1 + number % 2))
        yield b"".join(name.encode() + b"\0" + text.encode() + b"\0\0" for name, text in content)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED if number else zipfile.ZIP_STORED) as archive:
            for name, text in content:
                archive.writestr(zipfile.ZipInfo(name, (2023, 1, 1, 0, 0, 0)), text)
        yield packed.getvalue()
    row = b"<row><c t='inlineStr'><is><t>\xc3\xa9&#233;</t></is></c><c><v>1.5</v></c></row>"
    content = b"".join(name.encode() + b"\0" + text.encode() + b"\0\0" for name, text in parts(row.decode()))
    yield repeated(content, row, 1000)
    yield repeated(content, b"<si><t>id</t></si>", 3000)
    yield repeated(content, "é".encode(), 40000)


# Beside those: rows written plainly, as real programs do, and almost so.
PLAIN_ROWS = (
    '<row r="1" spans="1:3" x14ac:dyDescent="0.25"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1" t="s"><v>1</v></c></row>\n'
    '<row r="2"><c r="A2"><v>4</v></c><c r="B2" s="1"><v>46027.3333333333</v></c><c r="C2"/></row><row r="4"/>',
    '<row><c t="inlineStr"><is><t xml:space="preserve"> \u00e9]]\u20ac</t></is></c><c t="str"><v>a</v></c></row><row><c><v>1</v></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c><!--x--><c r="B1"><f>A1</f><v>2</v></c></row><row r="2" ><c r="A2" ><v>3</v></c ></row>',
    '<row r="1"><c r="A1"><v>1]]&gt;</v></c></row><x><row r="2"/></x><row r="3"><c r="A3" r="B3"><v>1</v></c></row>',
    f'?xml version="1.0" encoding="ISO-8859-1"?><worksheet xmlns="{MAIN}"><sheetData><row><c t="str"><v>\u00e9</v></c></row>'
    '</sheetData><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>',
)


def xlsx_rows():
    for rows in ROWS + PLAIN_ROWS:
        for seam in (0, 40):
            yield bytes([seam, 0]) + rows.encode()


# Separated text ----------------------------------------------------------------


def csv():
    text = 'sep=;\r\nid;text;n\r\n1;"a;""b""\nc";1,5\n2;é;\r3;;\n"4";x"y";0.5'
    yield text.encode()
    yield b"\xef\xbb\xbf" + text.replace(";", ",").encode()
    yield b"\xff\xfe" + text.encode("utf-16-le")
    yield b"\xfe\xff" + text.encode("utf-16-be")
    yield text.replace("sep=;\r\n", "").replace(";", "\t").encode("cp1252")
    yield b"a|b\n1|2\n3|4\n"
    wide = "id;text\n1;" + "é€" * 40 + "\n2;\"a\nb\"\"" + "x" * 99 + "\"\n"
    yield repeated(wide.encode(), wide[8:].encode(), 2000)
    yield repeated(wide.encode(), "é€".encode(), 60000)
    yield repeated(wide.encode(), b"x" * 90, 5000)
    yield repeated(b"\xff\xfe" + wide.encode("utf-16-le"), wide[8:].encode("utf-16-le"), 2000)
    yield repeated(wide.encode("cp1252"), wide[8:].encode("cp1252"), 2000)


# SPSS ----------------------------------------------------------------


def swap(fmt, order):
    return fmt.replace("<", order)


class System:
    """A system file of all that the reader knows, in either order of bytes."""

    def __init__(self, order="<", compression=0, encoding=b"UTF-8"):
        self.order, self.compression, self.encoding = order, compression, encoding
        self.records, self.n = b"", 0

    def pack(self, fmt, *values):
        return struct.pack(self.order + fmt, *values)

    def variable(self, name, width, label=b"", missing=(), kind=None):
        fmt = (kind or (1 if width else 5)) << 16 | max(min(width, 255), 8) << 8
        n = len(missing) if not (missing and missing[0] == "range") else -(len(missing) - 1)
        values = missing if n >= 0 else missing[1:]
        record = self.pack("iiiiii8s", 2, width, bool(label), n, fmt, fmt, name.ljust(8))
        if label:
            record += self.pack("i", len(label)) + label + b" " * (-len(label) % 4)
        record += b"".join(self.pack("d", value) if not isinstance(value, bytes) else value.ljust(8) for value in values)
        more = max((width + 7) // 8 - 1, 0)
        self.records += record + self.pack("iiiiii8s", 2, -1, 0, 0, 0, 0, b"        ") * more
        self.n += 1 + more

    def labels(self, labels, *indexes):
        self.records += self.pack("ii", 3, len(labels))
        for value, label in labels.items():
            self.records += value.ljust(8) if isinstance(value, bytes) else self.pack("d", value)
            self.records += bytes([len(label)]) + label.ljust((len(label) + 8) // 8 * 8 - 1)
        self.records += self.pack("ii", 4, len(indexes)) + self.pack(f"{len(indexes)}i", *indexes)

    def extension(self, subtype, data, size=1):
        self.records += self.pack("iiii", 7, subtype, size, len(data) // size) + data

    def text(self, text):
        return self.pack("i", len(text)) + text

    def build(self):
        self.variable(b"SCORE", 0, b"Score", (9.0,))
        self.variable(b"NAME", 8, "Naïef".encode(), (b"x",))
        self.variable(b"WHEN", 0, kind=22)
        self.variable(b"AGE", 0, missing=("range", 90.0, 99.0, -1.0))
        self.variable(b"LONG", 255)
        self.variable(b"LONG1", 48)
        self.variable(b"MID", 20, b"Middle")
        self.labels({1.0: b"Low", 2.0: b"High", 9.0: b"None"}, 1, 4)
        self.labels({b"a": b"Label of a"}, 2)
        self.records += self.pack("ii", 6, 1) + b"A line of a document".ljust(80)
        self.extension(3, self.pack("8i", 20, 0, 0, -1, 1, 1, 2, 65001), 4)
        self.extension(4, self.pack("ddd", -sys.float_info.max, sys.float_info.max, -1e300), 8)
        self.extension(11, self.pack("21i", *[1, 8, 0] * 7), 4)
        self.extension(13, b"SCORE=Score_of_a_test\tNAME=Name\tLONG=Long_text\tMID=Middle")
        self.extension(14, b"LONG=00300\0\t")
        self.extension(20, self.encoding)
        self.extension(21, self.text(b"Middle") + self.pack("ii", 20, 1) + self.text(b"a".ljust(20)) + self.text(b"An a"))
        self.extension(22, self.text(b"Middle") + b"\1" + self.pack("i", 8) + b"b".ljust(8))
        self.extension(17, b"$@Role('0'\n)")
        cases = [(1.0, b"a", 13e9, 20.0, b"l" * 255, b"m" * 48, b"a"), (9.0, b"", -1e300, 95.0, b"", b"", "ë".encode())]
        data = b"".join(self.pack("d8sddd", c[0], c[1].ljust(8), c[2], c[3], 0.0)[:32] + c[4].ljust(256) + c[5].ljust(48)
                        + c[6].ljust(24) for c in cases)
        return self.finish(data, len(cases))

    def finish(self, data, n_cases):
        head = (b"$FL3" if self.compression == 2 else b"$FL2") + b"@(#) SPSS DATA FILE".ljust(60)
        head += self.pack("iiiii", 2, self.n, self.compression, 0, n_cases) + self.pack("d", 100.0)
        head += b"01 Jan 2301:01:01" + b" " * 64 + b"\0" * 3 + self.records + self.pack("ii", 999, 0)
        if self.compression:
            data = b"".join(b"\xfd" * 8 + data[i:i + 64] if len(data[i:i + 64]) == 64
                            else b"\xfd" * (len(data[i:i + 64]) // 8) + b"\xfc" * (8 - len(data[i:i + 64]) // 8) + data[i:i + 64]
                            for i in range(0, len(data), 64))
        if self.compression == 2:
            packed, at = zlib.compress(data), len(head)
            entry = self.pack("qqii", at, at + 24, len(data), len(packed))
            return head + self.pack("qqq", at, at + 24 + len(packed), 48) + packed + self.pack("qqii", -100, 0, 0x3FF000, 1) + entry
        return head + data


def sav():
    yield System().build()
    yield System(order=">").build()
    yield System(compression=1, encoding=b"windows-1252").build()
    yield System(compression=2).build()
    small = System()
    small.variable(b"X", 0)
    yield small.finish(struct.pack("<d", 1.0), -1)
    small = System(compression=1)
    small.variable(b"X", 0)
    yield small.finish(struct.pack("<dd", 1.0, 2.0), 2)
    case = struct.pack("<d", 1.0)
    small = System()
    small.variable(b"X", 0)
    yield repeated(small.finish(case, -1), case, 60000)
    small = System(compression=2)
    small.variable(b"X", 0)
    yield small.finish(case * 40000, 40000)


def por():
    letters = [ord("0")] * 256
    known = ("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .<(+|&[]!$*);^-/|,%_>?`:#@'=\"")
    for i, letter in enumerate(known):
        letters[64 + i] = ord(letter) if i != 79 else ord("0")
    table = bytes(letters)
    start = b"ASCII SPSS PORT FILE".rjust(60).ljust(200) + table

    def number(value):
        digits = ""
        while True:
            digits = "0123456789ABCDEFGHIJKLMNOPQRST"[value % 30] + digits
            value //= 30
            if not value:
                return digits + "/"

    def text(value):
        return number(len(value)) + value

    body = "SPSSPORT" + "A" + text("20230101") + text("010101") + "1" + text("a test") + "4" + number(3) + "5" + number(11)
    body += "7" + number(0) + text("SCORE") + (number(5) + number(8) + number(2)) * 2 + "8" + number(9) + "C" + text("Score")
    body += "7" + number(8) + text("NAME") + (number(1) + number(8) + number(0)) * 2 + "8" + text("x")
    body += "7" + number(0) + text("AGE") + (number(5) + number(3) + number(0)) * 2 + "B" + number(90) + number(99)
    body += "D" + number(1) + text("SCORE") + number(2) + number(1) + text("Low") + number(9) + text("None")
    body += "D" + number(1) + text("NAME") + number(1) + text("a") + text("An a") + "E" + number(1) + text("A document")
    body += "F" + number(1) + text("a") + "K.F/" + "*." + text("b") + "-1A+2/" + "Z"
    whole = start + body.encode()
    lines = [whole[i:i + 80] for i in range(0, len(whole), 80)]
    lines[-1] = lines[-1].ljust(80, b"Z")
    yield b"\r\n".join(lines) + b"\r\n"
    yield b"\n".join(lines)
    yield b"".join(lines)[:80 * 6] + b"\r\n"
    case = number(1) + text("a") + "K.F/"
    yield repeated(b"".join(lines).rstrip(b"Z") + b"Z" * 80, case.encode(), 40000)


def starting_point():
    yield (b"<?xml version='1.0'?><questionnaire xml:lang='en'><title>T</title><section><question><text>Q</text>"
           b"<subQuestion varName='a'><text>A</text></subQuestion><response varName='r'><fixed><category><label>no</label>"
           b"<value>1</value></category><category><label>yes</label><value>2</value></category></fixed></response></question>"
           b"<question><text>Age</text><response varName='g'><free><format>integer</format><length>3</length></free></response>"
           b"</question></section></questionnaire>")
    yield (b"<document><LimeSurveyDocType>Survey</LimeSurveyDocType><languages><language>nl</language></languages>"
           b"<answers><rows><row><aid>1</aid><qid>7</qid><code>1</code><answer>no</answer><sortorder>0</sortorder></row>"
           b"<row><aid>2</aid><qid>7</qid><code>A2</code><answer>&lt;b&gt;yes</answer><sortorder>1</sortorder></row></rows></answers>"
           b"<groups><rows><row><gid>2</gid></row></rows></groups><questions><rows><row><qid>7</qid><parent_qid>0</parent_qid>"
           b"<gid>2</gid><type>F</type><title>G</title><question>Q</question></row><row><qid>3</qid><gid>2</gid><type>M</type>"
           b"<title>M</title><question>Which?</question></row><row><qid>9</qid><gid>2</gid><type>N</type>"
           b"<title>N</title><question>Age</question></row></rows></questions><subquestions><rows><row><qid>8</qid>"
           b"<parent_qid>7</parent_qid><title>a</title><question>S</question></row><row><qid>4</qid><parent_qid>3</parent_qid>"
           b"<title>x</title><question>One</question></row></rows></subquestions></document>")
    yield b"ID;Begintijd;Hoe vaak?;Hoe belangrijk?;Leeftijd\n1;45000;nooit;soms;41\n2;45001;altijd;nooit;42\n3;45002;soms;altijd;\n"
    yield b"id,submitdate,G1[a],G1[b]\n1,2023-01-01 10:00:00,1,2\n"
    yield b"ID;Hoe vaak?;Waarmee?\n1;nooit;\"boek;krant;\"\n2;soms;\"krant;\"\n3;altijd;\n"
    yield (b"<questionnaire><title>T</title><section><question><text>Which?</text><response varName='a'><fixed><category>"
           b"<label>one</label></category></fixed></response><response varName='b'><fixed><category><label>two</label>"
           b"</category></fixed></response></question></section></questionnaire>")


def response():
    start = (b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<response format=\"1\" id=\"" + b"0123456789abcdef" * 2
             + b"\" state=\"begun\" instrument=\"partnerschap-2023\" version=\"1\" sha256=\"" + b"0123456789abcdef" * 4
             + b"\" questionnaire=\"leraren\" started=\"2026-11-22T05:08:12\" saved=\"2026-11-22T05:09:59\">")
    yield start + (b"<answer variable=\"sector\" category=\"so-vso\"/><answer item=\"bel1\" code=\"5\"/>"
                   b"<answer item=\"band1\" over=\"jeugdige\" code=\"0\"/><answer item=\"bel2\"/></response>")
    yield start.replace(b"begun", b"finished") + b"</response>"
    yield start.replace(b"2026-11-22T05:08", b"0999-12-31T23:59") + b"</response>"
    yield b"DHKSEAL\0" + bytes(range(120))


# Files of our own ----------------------------------------------------------------


def instrument():
    whole = (ROOT / "tests/data/library-2024.xml").read_bytes()
    yield whole
    yield (ROOT / "tests/data/library-choices.xml").read_bytes()
    for n in range(6):
        yield whole + b"\0Een andere tekst"[:17 - n]
    yield (ROOT / "data/instruments/partnerschap-2023.xml").read_bytes()


def plan():
    path = ROOT / "data/reports/partnerschap-2023.xml"
    yield path.read_bytes()
    root = ET.parse(path).getroot()
    tables = [child for child in root.iter() if child.tag == "table"]
    for kept in tables:
        one = copy.deepcopy(root)
        for parent in list(one.iter()):
            for child in list(parent):
                if child.tag == "table" and child.get("id") != kept.get("id"):
                    parent.remove(child)
        for section in one.findall("section"):
            if section.find("table") is None:
                one.remove(section)
        yield ET.tostring(one, encoding="utf-8")


def group_profile():
    start = (b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<group-profile format=\"1\" instrument=\"partnerschap-2023\" version=\"1\" "
             b"made=\"2026-11-22\" minimum=\"10\" sample=\"no\">")
    cell = b"<cell item=\"bel1\" n=\"12\" mean=\"4.25\" sd=\"0.5\"/>"
    yield start + b"<group type=\"leraar\">" + cell + cell.replace(b"bel1", b"lukt1") + b"</group></group-profile>"
    yield start + b"<group type=\"leraar\" variable=\"sector\" category=\"so-vso\">" + cell + b"</group></group-profile>"
    yield start + b"</group-profile>"


def changes(*places):
    return b"".join(struct.pack("<I", place)[:3] + bytes([n]) + content for place, n, content in places)


def sealed():
    head = b"DHKSEAL\n\1\1\1\0" + struct.pack("<III", 1, 8, 65536) + bytes(range(40))
    yield head + bytes(17)
    yield head + bytes(200)
    for place in (0, 8, 10, 12, 16, 20, 30, 50, 64, 70, 81, 100, 65618, 131170, 131200):
        yield b"\xfepatch" + changes((place, 1, b"\7"))
    for place in (0, 63, 64, 80, 81, 82, 65634, 65635, 131270):
        yield b"\xfepatch" + changes((place, 128, b""))
    mark = b"01234567-89ab-4cde-8f01-23456789abcd"
    yield (b"<driehoek-key version=\"1\" study=\"" + mark + b"\">\n<import mark=\"" + mark + b"\"/>\n<respondent pseudonym=\"P-ABCD\" "
           b"identity=\"leraren/1\" source=\"a.xlsx\" import=\"" + mark + b"\"><value head=\"Naam\">A &amp; \"B\"</value>"
           b"<value head=\"E-mail\">a@b.nl</value></respondent>\n</driehoek-key>\n")
    yield b"<driehoek-key version=\"2\" study=\"\"></driehoek-key>"


def packed_rows():
    def packed(n_rows, size, lists, codes):
        return struct.pack("<HII", n_rows, size, len(lists)) + lists + codes

    def text(content, digits=0):
        return bytes([(len(content) << 1 | digits) + 1]) + content

    two = text(b"a") + text(b"bc") + b"\0"
    yield packed(4, 10, two, b"\x0a")
    yield packed(4, 10, two + text(b"e;") + b"\0", b"\x0a")
    yield packed(3, 3 * 11, text(b"00-00-0000", 1) + b"\0" + b"\x81\x02\x09", struct.pack("<I", 0x2a5f1)[:4])
    yield packed(2, 2 * 20, text(b"0000-00-00 00:00:00", 1) + b"\0" + b"\x80\x80\x80\x10\x30", bytes(range(12)))
    yield packed(0, 0, b"", b"")
    yield packed(5, 10, text(b"1") + text(b"0", 1) + b"\0" + b"\2\3", b"\x1f\x77\x66")


def study():
    for how in (b"P", b"I"):
        yield how
        # the head of the file, of the first page, and of pages behind it
        for place in (16, 18, 24, 28, 32, 36, 40, 44, 52, 56, 60, 96, 100, 103, 105, 108, 110, 4096, 4099, 8192, 8195, 20480):
            yield how + changes((place, 1, b"\xff"))
        for place in (0, 99, 512, 4096, 20000, 60000):
            yield how + changes((place, 128, b""))
    for place in (0, 40, 64, 100, 65620, 70000):
        yield b"E" + changes((place, 1, b"\7"))
        yield b"E" + changes((place, 128, b""))
    yield b"DHKSEAL\n" + bytes(100)
    yield b"SQLite format 3\0" + bytes(200)
    yield b"N2026-11-22T054512Z.driehoek\n2026-11-22T054512Z-2.driehoek\n0999-01-01T000000Z.driehoek\n2026-13-01T000000Z.driehoek"


def paste():
    root = ET.parse(ROOT / "tests/data/library-choices.xml").getroot()
    form = root.find("questionnaires/questionnaire")

    def words(node):
        return " ".join("".join(node.find("text").itertext()).split())

    questions = list(form.iter("question"))
    heads = ["ID", "Start time", "Completion time", "Email", "Name"] + [words(question) for question in questions]
    scale = [words(answer) for answer in root.find("answer-scales/answer-scale").iter("answer")]
    branches = [words(category.find("label")) for category in root.find("variables/category-variable").iter("category")]

    def row(number):
        cells = [str(number), "45000.5", "45000.51", "anonymous", ""]
        for i, question in enumerate(questions):
            if question.get("variable") == "events":
                cells.append(("Reading, aloud;Talk;", "Other: chess;Film;", "Talk, Music, Reading, aloud")[number % 3])
                continue
            cells.append(branches[number % 3] if question.get("variable") else scale[(i + number) % len(scale)])
        return cells

    def table(rows, separator="\t"):
        return "".join(separator.join(cells) + "\n" for cells in rows).encode()

    rows = [heads] + [row(n) for n in (1, 2, 3)]
    yield table(rows)
    yield table([[f'"{cell}"' for cell in cells] for cells in rows], ";")
    codes = ["id. Response ID", "submitdate", "startlanguage", "startdate", "ipaddr"] + [
        f"{question.get('item') or question.get('variable')}[{n}]" for n, question in enumerate(questions)]
    yield table([codes] + rows[1:], ",")
    yield table(rows).replace(scale[1].encode(), b"unknown").replace(scale[2].encode(), b"half")
    yield table([[cell.replace("45000.5", "01-02-2023 10:00") for cell in cells] for cells in rows])
    yield table(rows[:1] + rows[1:2] * 30)
    events = [f"{words(form.findall('question')[1])} [{words(choice.find('label'))}]" for choice in root.iter("choice")]
    yield table([heads + events] + [row(n) + ["Y", "", "N", "?"][n:] + ["Y"] * n for n in (1, 2, 3)])
    yield b"StartDate,EndDate,Status,Q1,Q2\nStart Date,End Date,Response Type,Branch,2\n{},{},{},{},{}\n2023-01-02 10:00:00,,IP Address,1,2\n"
    yield b"a\tb\n1,5\t1.234,5\n2\t31-01-2023\n"


SEEDS = {"response": response, "xlsx": xlsx, "xlsx-rows": xlsx_rows, "csv": csv, "sav": sav, "por": por,
         "starting-point": starting_point, "paste": paste, "instrument": instrument, "plan": plan,
         "group-profile": group_profile, "sealed": sealed, "packed-rows": packed_rows, "study": study}
SCHEMAS = {"response": "response", "instrument": "instrument", "plan": "report-plan", "group-profile": "group-profile"}


def write_dictionary(schema, path):
    grammar = ET.parse(ROOT / f"data/schemas/{schema}.rng").getroot()
    words = set()
    for node in grammar.iter():
        tag = node.tag.rpartition("}")[2]
        if tag == "element":
            words.add("<" + node.get("name"))
        elif tag == "attribute":
            words.add(f' {node.get("name")}=')
        elif tag == "value":
            words.add(f"'{node.text}'")
    path.write_text("".join(f'"{word}"\n' for word in sorted(words)), encoding="ascii")


def main():
    target, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    if target in SCHEMAS:
        write_dictionary(SCHEMAS[target], pathlib.Path(sys.argv[3]))
    folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(SEEDS[target]()):
        (folder / f"{target}-{number:02}").write_bytes(data)


if __name__ == "__main__":
    main()
