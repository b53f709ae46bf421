"""The picture that Telegram gets is a JPEG, and the same picture."""

import struct
import zlib
from collections.abc import Iterator
from math import cos, pi, sqrt

import pytest

from bot import jpeg
from bot.painter import badge_png
from bot.sandbox.files import media_type, small_png

CLOSE = 12
"""Of 255: what quantising may change."""
_ZIGZAG = jpeg._ZIGZAG


class Reader:
    """Reads what any program reads: the tables in the file, and nothing of the writer's but the order of a block."""

    def __init__(self, data: bytes) -> None:
        self.tables: dict[int, dict[tuple[int, int], int]] = {}
        self.step, self.width, self.height = 0, 0, 0
        assert data[:2] == b"\xff\xd8"
        assert data[-2:] == b"\xff\xd9"
        place = 2
        while True:
            marker, size = struct.unpack(">HH", data[place : place + 4])
            self._segment(marker, data[place + 4 : place + 2 + size])
            place += 2 + size
            if marker == 0xFFDA:
                break
        coded = data[place:-2].replace(b"\xff\x00", b"\xff")
        self.bits: Iterator[int] = (byte >> (7 - at) & 1 for byte in coded for at in range(8))

    def _segment(self, marker: int, body: bytes) -> None:
        if marker == 0xFFDB:
            assert len(set(body[1:])) == 1
            self.step = body[1]
        elif marker == 0xFFC0:
            self.height, self.width = struct.unpack(">HH", body[1:5])
        elif marker == 0xFFC4:
            codes, code, symbols = {}, 0, iter(body[17:])
            for length, count in enumerate(body[1:17], start=1):
                for _each in range(count):
                    codes[length, code] = next(symbols)
                    code += 1
                code <<= 1
            self.tables[body[0] >> 4] = codes

    def _symbol(self, kind: int) -> int:
        code = 0
        for length in range(1, 17):
            code = code << 1 | next(self.bits)
            if (length, code) in self.tables[kind]:
                return self.tables[kind][length, code]
        raise AssertionError("a code that is none")

    def _number(self, size: int) -> int:
        value = 0
        for _bit in range(size):
            value = value << 1 | next(self.bits)
        return value if not size or value >> (size - 1) else value - (1 << size) + 1

    def _block(self, before: int) -> list[int]:
        numbers = [before + self._number(self._symbol(0))]
        while len(numbers) < 64:
            symbol = self._symbol(1)
            if symbol == 0:
                break
            numbers += [0] * (symbol >> 4)
            numbers.append(self._number(symbol & 15) if symbol != 0xF0 else 0)
        return [*numbers, *[0] * (64 - len(numbers))]

    def pixels(self) -> dict[tuple[int, int], tuple[float, ...]]:
        """By row and column."""
        found, before = {}, [0, 0, 0]
        for top in range(0, self.height, 8):
            for left in range(0, self.width, 8):
                planes = []
                for channel in range(3):
                    numbers = self._block(before[channel])
                    before[channel] = numbers[0]
                    planes.append(
                        _values({at: n * self.step for at, n in zip(_ZIGZAG, numbers, strict=True)})
                    )
                for y in range(8):
                    for x in range(8):
                        found[top + y, left + x] = _colour(*(plane[y][x] for plane in planes))
        return found


def _values(block: dict[tuple[int, int], int]) -> list[list[float]]:
    def wave(at: int, number: int) -> float:
        return (sqrt(0.125) if number == 0 else 0.5) * cos((2 * at + 1) * number * pi / 16)

    there = {at: value for at, value in block.items() if value}
    return [
        [sum(value * wave(y, v) * wave(x, u) for (v, u), value in there.items()) for x in range(8)]
        for y in range(8)
    ]


def _colour(y: float, b: float, r: float) -> tuple[float, ...]:
    y += 128
    return y + 1.402 * r, y - 0.344136 * b - 0.714136 * r, y + 1.772 * b


def _png(width: int, height: int, pixel: bytes, kind: int, filters: bytes = b"\0") -> bytes:
    """Rows of the same pixel, with the filters of PNG in turn, undone as a reader would."""
    wide = len(pixel)
    rows, above = b"", bytes(width * wide)
    for row in range(height):
        plain = bytes((value + 3 * row + at) % 256 for at, value in enumerate(pixel * width))
        rows += bytes([filters[row % len(filters)]]) + bytes(
            (value - _guessed(filters[row % len(filters)], plain, above, at, wide)) % 256
            for at, value in enumerate(plain)
        )
        above = plain
    head = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return jpeg.SIGNATURE + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def _guessed(kind: int, row: bytes, above: bytes, at: int, wide: int) -> int:
    left = row[at - wide] if at >= wide else 0
    corner = above[at - wide] if at >= wide else 0
    return jpeg._guess(kind, left, above[at], corner) if kind else 0


def test_a_plain_colour_stays_what_it_was() -> None:
    """Also where the picture ends within a block."""
    read = Reader(jpeg.from_png(small_png(20, 12, (31, 95, 153))))
    assert (read.width, read.height) == (20, 12)
    pixels = read.pixels()
    for at in ((0, 0), (11, 19), (7, 8)):
        assert all(abs(a - b) <= CLOSE for a, b in zip(pixels[at], (31, 95, 153), strict=True)), pixels[at]


@pytest.mark.parametrize(("pixel", "kind"), [(b"\x14\x50\x96", 2), (b"\x14\x50\x96\xff", 6)])
def test_each_filter_of_png_is_undone(pixel: bytes, kind: int) -> None:
    """resvg chooses one for each row."""
    plain = jpeg.from_png(_png(16, 16, pixel, kind))
    assert jpeg.from_png(_png(16, 16, pixel, kind, b"\0\1\2\3\4")) == plain


def test_a_drawing_with_edges_is_the_same_drawing() -> None:
    """Looked at in four places: the ground, the arrow, and beside it."""
    data = jpeg.from_png(badge_png())
    assert media_type(data) == "image/jpeg"
    assert len(data) < 100_000
    pixels = Reader(data).pixels()
    ground, arrow = (31, 95, 153), (255, 255, 255)
    for at, colour in {(5, 5): ground, (320, 300): arrow, (230, 320): ground, (320, 440): arrow}.items():
        assert all(abs(a - b) <= CLOSE for a, b in zip(pixels[at], colour, strict=True)), (at, pixels[at])


@pytest.mark.parametrize("data", [b"", b"GIF89a", _png(8, 8, b"\x01", 0)])
def test_what_is_no_such_png_is_refused(data: bytes) -> None:
    """Rather than a picture of noise."""
    with pytest.raises(ValueError, match="PNG"):
        jpeg.from_png(data)
