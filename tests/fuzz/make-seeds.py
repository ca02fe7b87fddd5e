#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the first inputs of the fuzz targets: small files of every kind, all made here.

make-seeds.py TARGET FOLDER

A new target adds a function below that yields its inputs, and its name to SEEDS.
"""
import io
import pathlib
import struct
import sys
import zipfile
import zlib

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


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


# Separated text ----------------------------------------------------------------


def csv():
    text = 'sep=;\r\nid;text;n\r\n1;"a;""b""\nc";1,5\n2;é;\r3;;\n"4";x"y";0.5'
    yield text.encode()
    yield b"\xef\xbb\xbf" + text.replace(";", ",").encode()
    yield b"\xff\xfe" + text.encode("utf-16-le")
    yield b"\xfe\xff" + text.encode("utf-16-be")
    yield text.replace("sep=;\r\n", "").replace(";", "\t").encode("cp1252")
    yield b"a|b\n1|2\n3|4\n"


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
           b"<gid>2</gid><type>F</type><title>G</title><question>Q</question></row><row><qid>9</qid><gid>2</gid><type>N</type>"
           b"<title>N</title><question>Age</question></row></rows></questions><subquestions><rows><row><qid>8</qid>"
           b"<parent_qid>7</parent_qid><title>a</title><question>S</question></row></rows></subquestions></document>")


def response():
    start = (b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<response format=\"1\" id=\"" + b"0123456789abcdef" * 2
             + b"\" state=\"begun\" instrument=\"partnerschap-2023\" version=\"1\" sha256=\"" + b"0123456789abcdef" * 4
             + b"\" questionnaire=\"leraren\" started=\"2026-11-22T05:08:12\" saved=\"2026-11-22T05:09:59\">")
    yield start + (b"<answer variable=\"sector\" category=\"so-vso\"/><answer item=\"bel1\" code=\"5\"/>"
                   b"<answer item=\"band1\" over=\"jeugdige\" code=\"0\"/><answer item=\"bel2\"/></response>")
    yield start.replace(b"begun", b"finished") + b"</response>"
    yield start.replace(b"2026-11-22T05:08", b"0999-12-31T23:59") + b"</response>"
    yield b"DHKSEAL\0" + bytes(range(120))


SEEDS = {"response": response, "xlsx": xlsx, "csv": csv, "sav": sav, "por": por, "starting-point": starting_point}


def main():
    target, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(SEEDS[target]()):
        (folder / f"{target}-{number:02}").write_bytes(data)


if __name__ == "__main__":
    main()
