"""
From a question in somebody's own words to the guides that answer it.

Each guide has phrases people might use for it, in every language (`guides/keywords/<locale>.yaml`), and its own texts.
From them every word, its beginning, and the letters that follow each other in it get a weight for each guide: how much
more often they stand there than in all others (naive Bayes). A question is the sum of its parts, so a misspelt word
still counts by its letters, and a Swedish word in an Arabic sentence counts as it is. No network, no list of languages.
"""

import struct
import sys
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from math import log
from typing import Final

from dialogs.risk.normalise import fold, normalise, stems, words

_KEY: Final = "Q"
_COUNTS: Final = struct.Struct("@2Q")
NO_GUIDE: Final = "small-talk"
"""Under this name stand the phrases that ask for nothing; it competes with the guides in a conversation."""
MOST: Final = 5
PHRASES_COUNT: Final = 16
"""A phrase somebody might type counts as much as so many texts of a page; less and more found fewer."""
SMOOTHING: Final = 0.2
FEWEST: Final = 2
BEGINNING: Final = 5
LETTERS: Final = (3, 4)
SHARES: Final[Mapping[str, float]] = {"w": 1.0, "b": 0.7, "l": 0.16}
"""How much a word, a beginning and a run of letters count; a word has many runs."""
LONGEST_QUESTION: Final = 40
"""Words. What is longer is a story, and nobody wants a guide for an answer to it."""
ENOUGH: Final = 4.0
"""From how much evidence on a message is taken for a practical question."""
NEAR: Final = 0.6
"""Further guides are offered beside the best one from this part of its evidence on."""


class GuideFinder:
    """Made once from all phrases and texts of all languages; `weights` are those of the same guides, made before."""

    def __init__(
        self,
        phrases: Mapping[str, Iterable[str]],
        texts: Mapping[str, Iterable[str]] | None = None,
        weights: "Weights | None" = None,
    ) -> None:
        self._guides = tuple(phrases)
        self.weights = weights or weighed(phrases, texts or {})

    def find(self, text: str) -> tuple[str, ...]:
        """Return guides, best first; none where not one word is known."""
        return tuple(guide for guide, _evidence in self._ranked(text) if guide != NO_GUIDE)[:MOST]

    def asked_for(self, text: str) -> tuple[str, ...]:
        """The same for a message in a conversation: only where much speaks for it, and only what is near the best."""
        if len(text.split()) > LONGEST_QUESTION:
            return ()
        ranked = self._ranked(text)
        if not ranked or ranked[0][1] < ENOUGH or ranked[0][0] == NO_GUIDE:
            return ()
        near = (guide for guide, evidence in ranked[:3] if evidence >= NEAR * ranked[0][1])
        return tuple(guide for guide in near if guide != NO_GUIDE)

    def _ranked(self, text: str) -> list[tuple[str, float]]:
        evidence: defaultdict[int, float] = defaultdict(float)
        for_all = 0.0
        for part in dict.fromkeys(_all_parts([text], {})):
            row = self.weights.row(part)
            if row:
                for_all += row[0]
                for at in range(1, len(row), 2):
                    evidence[int(row[at])] += row[at + 1]
        ranked = [(self._guides[place], for_all + more) for place, more in evidence.items()]
        return sorted(ranked, key=lambda each: (-each[1], each[0]))


class Weights:
    """
    A row of numbers for each part, packed into bytes: a tenth of a million small objects would be 40 MB more.

    A part is known by 64 bits of its digest: that two share them is less likely than a broken disk. `packed` begins
    with how many parts and numbers there are; then come the digests in order, where each one's row ends, and the rows.
    """

    def __init__(self, packed: bytes | memoryview) -> None:
        self.packed = packed
        view = memoryview(packed)
        count, numbers = view[: _COUNTS.size].cast(_KEY)
        ends, rows = _COUNTS.size + 8 * count, _COUNTS.size + 16 * count
        self._keys = view[_COUNTS.size : ends].cast(_KEY)
        self._ends = view[ends:rows].cast(_KEY)
        self._rows = view[rows : rows + 4 * numbers].cast("f")

    def __len__(self) -> int:
        return len(self._keys)

    def row(self, part: str) -> "memoryview[float]":
        """Return what is known of a part, nothing where it was never met."""
        key = _key(part)
        at = bisect_left(self._keys, key)
        if at == len(self._keys) or self._keys[at] != key:
            return self._rows[:0]
        return self._rows[self._ends[at - 1] if at else 0 : self._ends[at]]


def _packed(rows: Iterable[tuple[int, Sequence[float]]]) -> bytes:
    keys, ends, numbers = array(_KEY), array(_KEY), array("f")
    for key, row in rows:
        keys.append(key)
        numbers.extend(row)
        ends.append(len(numbers))
    return b"".join(
        (_COUNTS.pack(len(keys), len(numbers)), keys.tobytes(), ends.tobytes(), numbers.tobytes())
    )


def _key(part: str) -> int:
    return int.from_bytes(
        blake2b(part.encode("utf-8", "surrogatepass"), digest_size=8).digest(), sys.byteorder
    )


def weighed(phrases: Mapping[str, Iterable[str]], texts: Mapping[str, Iterable[str]]) -> Weights:
    """Count what is said of each guide, and weigh it."""
    met: dict[str, tuple[str, ...]] = {}
    return _weights({guide: _counted(said, texts.get(guide, ()), met) for guide, said in phrases.items()})


def _weights(counts: Mapping[str, Counter[str]]) -> Weights:
    """
    For each part what it says for a guide that never says it, then place and surplus of each guide that does, in turns.

    What it says is how much more often the part stands there than in all others together, so that a part which all
    share says next to nothing. Kept so, because most parts stand in few guides. What stands in one page only once is
    left out: it is more often a name than a subject, and a fifth of all parts are such.
    """
    everywhere: Counter[str] = Counter()
    for each in counts.values():
        everywhere.update(each)
    total = sum(everywhere.values())
    sizes = [sum(each.values()) for each in counts.values()]
    usual = total / len(sizes)
    room = SMOOTHING * (len(everywhere) + 1)

    def row(part: str, times: int) -> list[float]:
        share = SHARES[part[0]]
        absent = share * _surplus(0, usual, times, total, room)
        found = [absent]
        for place, (each, size) in enumerate(zip(counts.values(), sizes, strict=True)):
            if part in each:
                found += (place, share * _surplus(each[part], size, times, total, room) - absent)
        return found

    order = sorted((_key(part), part) for part, times in everywhere.items() if times >= FEWEST)
    return Weights(_packed((key, row(part, everywhere[part])) for key, part in order))


def _surplus(here: int, size: float, everywhere: int, total: int, room: float) -> float:
    inside = (here + SMOOTHING) / (size + room)
    outside = (everywhere - here + SMOOTHING) / (total - size + room)
    return log(inside / outside)


def _counted(phrases: Iterable[str], texts: Iterable[str], met: dict[str, tuple[str, ...]]) -> Counter[str]:
    counts = Counter(_all_parts(texts, met))
    for part, times in Counter(_all_parts(phrases, met)).items():
        counts[part] += PHRASES_COUNT * times
    return counts


def _all_parts(texts: Iterable[str], met: dict[str, tuple[str, ...]]) -> Iterator[str]:
    for text in texts:
        for word in words(normalise(text)):
            known = met.get(word)
            if known is None:
                known = met[word] = tuple(_parts(word))
            yield from known


def _parts(word: str) -> Iterator[str]:
    """A word, what it is without small words written on to it, its beginning, and its runs of letters."""
    plain = fold(word)
    yield f"w{plain}"
    for stem, _denies in stems(word):
        yield f"w{fold(stem)}"
    if len(plain) >= BEGINNING:
        yield f"b{plain[:BEGINNING]}"
    padded = f"^{plain}$"
    for length in LETTERS:
        for start in range(len(padded) - length + 1):
            yield f"l{padded[start : start + length]}"
