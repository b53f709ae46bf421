"""
Tables that are written once, then only read where they lie: nothing is unpacked before it is asked for.

Thirteen languages hold some hundred thousand words. As dictionaries they cost a small server a second at each start and
more memory than the rest of the bot; as sorted numbers beside one long text they cost a read from the disk.
The numbers are as this machine writes them, so a packed table is a cache of this machine and nothing to send away.
"""

from array import array
from collections.abc import Mapping, Sequence
from itertools import accumulate
from zlib import crc32


def _numbers(values: Sequence[int]) -> bytes:
    return array("I", values).tobytes()


_WIDTH = 2
"""Bytes that a letter takes, so that beginnings can be cut off; rare signs take two letters."""


def _letters(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")  # half a character is a sign that people can send


def sections(packed: bytes | memoryview) -> list[memoryview]:
    """What `join` put together."""
    view = memoryview(packed)
    count = view[:4].cast("I")[0]
    ends = list(accumulate(view[4 : 4 + 4 * count].cast("I")))
    first = 4 + 4 * count
    return [view[first + begin : first + end] for begin, end in zip([0, *ends], ends, strict=False)]


def join(parts: Sequence[bytes]) -> bytes:
    """One after the other. Each is filled up to whole numbers, so that it may come out a little longer."""
    filled = [part + b"\0" * (-len(part) % 4) for part in parts]
    return b"".join([_numbers([len(filled), *map(len, filled)]), *filled])


def pack_rows(rows: Sequence[Sequence[int]]) -> bytes:
    """Rows of numbers, found by their place."""
    ends = [0, *accumulate(map(len, rows))]
    return join([_numbers(ends), _numbers([value for row in rows for value in row])])


class Rows:
    """Rows of numbers (`pack_rows`)."""

    def __init__(self, packed: memoryview) -> None:
        self._ends, self._values = (part.cast("I") for part in sections(packed))

    def __getitem__(self, place: int) -> Sequence[int]:
        """Raise IndexError where there is no such row."""
        if place < 0:
            raise IndexError(place)
        return self._values[self._ends[place] : self._ends[place + 1]].tolist()


def pack_texts(texts: Sequence[str]) -> bytes:
    """Texts, found by their place."""
    encoded = [_letters(text) for text in texts]
    return join([_numbers([0, *accumulate(map(len, encoded))]), b"".join(encoded)])


class Texts:
    """Texts (`pack_texts`)."""

    def __init__(self, packed: memoryview) -> None:
        ends, self._letters = sections(packed)
        self._ends = ends.cast("I")

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, place: int) -> str:
        """Raise IndexError where there is no such text."""
        if place < 0:
            raise IndexError(place)
        return str(self.letters(place), "utf-16-le", "surrogatepass")

    def letters(self, place: int) -> memoryview:
        """The text as it is stored."""
        return self._letters[self._ends[place] : self._ends[place + 1]]


def pack_words(rows: Mapping[str, Sequence[int]]) -> bytes:
    """A row of numbers for each word, in a table of hashes that is at most half full."""
    encoded = [_letters(word) for word in rows]
    checks = [crc32(letters) for letters in encoded]
    mask = (1 << (2 * len(rows)).bit_length()) - 1
    slots = [0] * (mask + 1)
    for place, check in enumerate(checks, start=1):
        at = check & mask
        while slots[at]:
            at = (at + 1) & mask
        slots[at] = place
    return join([_numbers(slots), _numbers(checks), pack_texts(list(rows)), pack_rows(list(rows.values()))])


class Words:
    """A row of numbers for each word (`pack_words`)."""

    def __init__(self, packed: memoryview) -> None:
        slots, checks, texts, rows = sections(packed)
        self._slots, self._checks = slots.cast("I"), checks.cast("I")
        self._texts, self._rows = Texts(texts), Rows(rows)
        self._mask = len(self._slots) - 1

    def get(self, word: str) -> Sequence[int]:
        """The row of a word; empty for one that is not there."""
        letters = _letters(word)
        return self._row(crc32(letters), letters)

    def beginnings_of(self, word: str, shortest: int = 1) -> list[int]:
        """The numbers of every word of `shortest` letters or more that this one begins with, itself too."""
        letters, check = _letters(word), 0
        found: list[int] = []
        slots, mask = self._slots, self._mask
        for end in range(_WIDTH, len(letters) + 1, _WIDTH):
            check = crc32(letters[end - _WIDTH : end], check)
            if slots[check & mask] and end >= _WIDTH * shortest:
                found += self._row(check, letters[:end])
        return found

    def _row(self, check: int, letters: bytes) -> Sequence[int]:
        slots, mask = self._slots, self._mask
        at = check & mask
        while place := slots[at]:
            if self._checks[place - 1] == check and self._texts.letters(place - 1) == letters:
                return self._rows[place - 1]
            at = (at + 1) & mask
        return ()
