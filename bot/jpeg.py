"""
JPEG of a small drawing: what Telegram takes as a profile picture, and what no library that we carry writes.

PNG in, as resvg writes it, JPEG out: baseline, three channels of full size. Made for a picture of a few plain colours
that is drawn once; a photograph would take long and come out large.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from math import cos, pi, sqrt
from typing import Final, TypeAlias

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
STEP: Final = 4
"""Of quantisation, for every frequency: 1 loses nothing that can be seen, at 16 edges ring."""
EDGE: Final = 8

Plane: TypeAlias = Sequence[Sequence[float]]


def from_png(png: bytes) -> bytes:
    """Return the same picture as JPEG; raises ValueError for a PNG that resvg does not write."""
    width, height, rows = _pixels(png)
    coded = _Bits()
    before = [0, 0, 0]
    planes = _planes(rows)
    for top in range(0, height, EDGE):
        for left in range(0, width, EDGE):
            for channel, plane in enumerate(planes):
                block = _block(plane, top, left, width, height)
                before[channel] = _write_block(coded, _frequencies(block), before[channel])
    return b"".join((b"\xff\xd8", *_headers(width, height), coded.finished(), b"\xff\xd9"))


# --- PNG ---


def _pixels(png: bytes) -> tuple[int, int, list[bytes]]:
    if not png.startswith(SIGNATURE):
        raise ValueError("not a PNG")
    chunks = list(_chunks(png))
    width, height, bits, kind, _method, _filter, laced = struct.unpack(">IIBBBBB", chunks[0][1])
    if (bits, laced) != (8, 0) or kind not in (2, 6):
        raise ValueError("a PNG of another kind")
    wide = 4 if kind == 6 else 3
    data = zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT"))
    return width, height, [_colours(row, wide) for row in _rows(data, width * wide, wide)]


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(SIGNATURE)
    while place + 12 <= len(png):
        (size,) = struct.unpack(">I", png[place : place + 4])
        yield png[place + 4 : place + 8], png[place + 8 : place + 8 + size]
        place += size + 12


def _rows(data: bytes, length: int, wide: int) -> Iterator[bytearray]:
    above = bytearray(length)
    for start in range(0, len(data), length + 1):
        above = _unfiltered(data[start], bytearray(data[start + 1 : start + 1 + length]), above, wide)
        yield above


def _unfiltered(kind: int, row: bytearray, above: bytearray, wide: int) -> bytearray:
    if kind == 0:
        return row
    for at, value in enumerate(row):
        left = row[at - wide] if at >= wide else 0
        corner = above[at - wide] if at >= wide else 0
        row[at] = (value + _guess(kind, left, above[at], corner)) & 255
    return row


def _guess(kind: int, left: int, up: int, corner: int) -> int:
    match kind:
        case 1:
            return left
        case 2:
            return up
        case 3:
            return (left + up) // 2
        case _:
            return min((left, up, corner), key=lambda each: abs(left + up - corner - each))


def _colours(row: bytearray, wide: int) -> bytes:
    colours = bytearray(row)
    if wide == 4:
        del colours[3::4]
    return bytes(colours)


# --- blocks ---


def _planes(rows: Iterable[bytes]) -> list[list[list[float]]]:
    """Brightness and the two colours, around zero."""
    planes: list[list[list[float]]] = [[], [], []]
    for row in rows:
        colours = list(zip(row[::3], row[1::3], row[2::3], strict=True))
        planes[0].append([0.299 * r + 0.587 * g + 0.114 * b - 128 for r, g, b in colours])
        planes[1].append([-0.168736 * r - 0.331264 * g + 0.5 * b for r, g, b in colours])
        planes[2].append([0.5 * r - 0.418688 * g - 0.081312 * b for r, g, b in colours])
    return planes


def _block(plane: Plane, top: int, left: int, width: int, height: int) -> list[Sequence[float]]:
    """Eight rows of eight; what lies beyond the edge repeats it."""
    rows = [plane[min(top + row, height - 1)][left : left + EDGE] for row in range(EDGE)]
    if left + EDGE <= width:
        return rows
    return [[*row, *[row[-1]] * (EDGE - len(row))] for row in rows]


_WAVES: Final = [
    [(sqrt(0.125) if wave == 0 else 0.5) * cos((2 * at + 1) * wave * pi / 16) for at in range(EDGE)]
    for wave in range(EDGE)
]


def _frequencies(block: Sequence[Sequence[float]]) -> list[int]:
    """The 64 numbers of a block, quantised, from coarse to fine."""
    first = block[0][0]
    if all(value == first for row in block for value in row):  # most of a drawing is one colour
        return [round(first * EDGE / STEP)]
    across = [[sum(map(_times, row, wave)) for wave in _WAVES] for row in block]
    down = [[sum(map(_times, column, wave)) for column in zip(*across, strict=True)] for wave in _WAVES]
    return [round(down[y][x] / STEP) for y, x in _ZIGZAG]


def _times(one: float, other: float) -> float:
    return one * other


_ZIGZAG: Final = sorted(
    ((y, x) for y in range(EDGE) for x in range(EDGE)),
    key=lambda at: (at[0] + at[1], at[1] if (at[0] + at[1]) % 2 == 0 else at[0]),
)


# --- bits ---

Codes: TypeAlias = Mapping[int, tuple[int, int]]

SIZES: Final = list(range(12))
RUNS: Final = [0x00, 0xF0, *(run << 4 | size for size in range(1, 11) for run in range(16))]
"""What may follow in a block: nothing, sixteen zeros, or so many zeros and a number of so many bits."""


@cache
def _codes(kind: int) -> Codes:
    """All codes are eight bits long: shorter ones for what is frequent would save what nobody needs here."""
    return {symbol: (code, _LENGTH[kind]) for code, symbol in enumerate(RUNS if kind else SIZES)}


_LENGTH: Final = (4, 8)


class _Bits:
    """Bits, the first on top; a byte of ones is followed by one of zeros, so that it is no marker."""

    def __init__(self) -> None:
        self._waiting, self._count, self._bytes = 0, 0, bytearray()

    def add(self, value: int, length: int) -> None:
        self._waiting, self._count = self._waiting << length | value, self._count + length
        while self._count >= 8:
            self._count -= 8
            byte = self._waiting >> self._count
            self._waiting &= (1 << self._count) - 1
            self._bytes += b"\xff\x00" if byte == 255 else bytes([byte])

    def finished(self) -> bytes:
        if self._count:
            self.add((1 << 8 - self._count) - 1, 8 - self._count)
        return bytes(self._bytes)


def _write_block(bits: _Bits, numbers: Sequence[int], before: int) -> int:
    """Write what differs from the block before, then the rest; returns the first number."""
    _write(bits, 0, 0, numbers[0] - before)
    zeros = 0
    for number in _trimmed(numbers[1:]):
        if number == 0:
            zeros += 1
            continue
        for _sixteen in range(zeros // 16):
            bits.add(*_codes(1)[0xF0])
        _write(bits, 1, zeros % 16, number)
        zeros = 0
    if len(_trimmed(numbers[1:])) < EDGE * EDGE - 1:
        bits.add(*_codes(1)[0])
    return numbers[0]


def _trimmed(numbers: Sequence[int]) -> Sequence[int]:
    end = len(numbers)
    while end and numbers[end - 1] == 0:
        end -= 1
    return numbers[:end]


def _write(bits: _Bits, kind: int, zeros: int, number: int) -> None:
    size = abs(number).bit_length()
    bits.add(*_codes(kind)[zeros << 4 | size])
    bits.add(number if number >= 0 else number + (1 << size) - 1, size)


# --- around it ---


def _headers(width: int, height: int) -> Iterator[bytes]:
    yield _segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
    yield _segment(0xDB, bytes([0, *[STEP] * (EDGE * EDGE)]))
    yield _segment(0xC0, struct.pack(">BHHB", 8, height, width, 3) + bytes([1, 17, 0, 2, 17, 0, 3, 17, 0]))
    for kind, symbols in enumerate((SIZES, RUNS)):
        counts = [len(symbols) if length == _LENGTH[kind] else 0 for length in range(1, 17)]
        yield _segment(0xC4, bytes([kind << 4, *counts, *symbols]))
    yield _segment(0xDA, bytes([3, 1, 0, 2, 0, 3, 0, 0, 63, 0]))


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body
