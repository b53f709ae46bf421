"""
From a question in somebody's own words to the guides that answer it.

Each guide has phrases people might use for it, in every language (`guides/keywords/<locale>.yaml`), and its own texts.
From them every word, its beginning, and the letters that follow each other in it get a weight for each guide: how much
more often they stand there than in all others (naive Bayes). A question is the sum of its parts, so a misspelt word
still counts by its letters, and a Swedish word in an Arabic sentence counts as it is. No network, no list of languages.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from math import log
from typing import Final

from dialogs.risk.normalise import fold, normalise, stems, words

NO_GUIDE: Final = "small-talk"
"""Under this name stand the phrases that ask for nothing; it competes with the guides in a conversation."""
MOST: Final = 5
PHRASES_COUNT: Final = 16
"""A phrase somebody might type counts as much as so many texts of a page; less and more found fewer."""
SMOOTHING: Final = 0.2
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
    """Made once from all phrases and texts of all languages."""

    def __init__(
        self, phrases: Mapping[str, Iterable[str]], texts: Mapping[str, Iterable[str]] | None = None
    ) -> None:
        counts = {guide: _counted(said, (texts or {}).get(guide, ())) for guide, said in phrases.items()}
        everywhere: Counter[str] = Counter()
        for each in counts.values():
            everywhere.update(each)
        self._weights = _weights(counts, everywhere)

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
        evidence: defaultdict[str, float] = defaultdict(float)
        for part in dict.fromkeys(_parts(text)):
            for guide, weight in self._weights.get(part, ()):
                evidence[guide] += weight
        return sorted(evidence.items(), key=lambda each: (-each[1], each[0]))


def _weights(
    counts: Mapping[str, Counter[str]], everywhere: Counter[str]
) -> dict[str, tuple[tuple[str, float], ...]]:
    """For each part what it says for and against each guide; a part that all share says next to nothing."""
    total = sum(everywhere.values())
    sizes = {guide: sum(each.values()) for guide, each in counts.items()}
    room = SMOOTHING * (len(everywhere) + 1)
    weights = {}
    for part, times in everywhere.items():
        share = SHARES[part[0]]
        row = []
        for guide, each in counts.items():
            here = (each[part] + SMOOTHING) / (sizes[guide] + room)
            elsewhere = (times - each[part] + SMOOTHING) / (total - sizes[guide] + room)
            row.append((guide, share * log(here / elsewhere)))
        weights[part] = tuple(row)
    return weights


def _counted(phrases: Iterable[str], texts: Iterable[str]) -> Counter[str]:
    counts = Counter(_all_parts(texts))
    for part, times in Counter(_all_parts(phrases)).items():
        counts[part] += PHRASES_COUNT * times
    return counts


def _all_parts(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from _parts(text)


def _parts(text: str) -> Iterator[str]:
    for word in words(normalise(text)):
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
