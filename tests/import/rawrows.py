# SPDX-License-Identifier: GPL-3.0-or-later
"""Raw rows as a study keeps them (src/store/dhk-store-raw.c, src/base/dhk-packed-rows.c), read without the program."""
import struct
import zlib

PART_BITS = 28


class Packed:
    """Lists and codes, taken from the front."""

    def __init__(self, lists, codes, n_rows):
        self.lists, self.codes, self.n_rows = lists, codes, n_rows

    def number(self):
        value = shift = 0
        while True:
            byte, self.lists = self.lists[0], self.lists[1:]
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def numbers(self, width):
        size = (self.n_rows * width + 7) // 8
        whole, self.codes = int.from_bytes(self.codes[:size], "little"), self.codes[size:]
        return [whole >> row * width & (1 << width) - 1 for row in range(self.n_rows)]

    def digits(self):
        values, width = [self.number()] * self.n_rows, self.number()
        for shift in range(0, width, PART_BITS):
            parts = self.numbers(min(width - shift, PART_BITS))
            values = [value + (part << shift) for value, part in zip(values, parts)]
        return values

    def column(self):
        texts = []
        while header := self.number():
            length = header - 1 >> 1
            texts.append((self.lists[:length], (header - 1) & 1))
            self.lists = self.lists[length:]
        codes = self.numbers((len(texts) - 1).bit_length())
        digits = self.digits() if any(has_digits for _, has_digits in texts) else [None] * self.n_rows
        assert set(codes) == set(range(len(texts))), "a text that no row has"
        return [fill(*texts[code], value) for code, value in zip(codes, digits)]


def fill(text, has_digits, digits):
    if not has_digits:
        return text
    signs = iter(str(digits).zfill(text.count(b"0")))
    return bytes(ord(next(signs)) if byte == ord("0") else byte for byte in text)


def read_lines(chunk):
    """The lines of a chunk, as bytes; of bytes that are none, a zlib.error."""
    if not chunk.startswith(b"\x01"):
        return zlib.decompress(chunk)
    n_rows, _, deflated = struct.unpack_from("<III", chunk, 1)
    packed = Packed(zlib.decompress(chunk[13:13 + deflated]), chunk[13 + deflated:], n_rows)
    columns = []
    while packed.lists:
        columns.append(packed.column())
    assert not packed.codes, "codes that no column has"
    return b"".join(b",".join(row) + b"\n" for row in zip(*columns)) if columns else b"\n" * n_rows
