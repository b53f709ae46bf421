"""
How well the reader hears: labelled messages in, the figures of risk.md 4.2 out, each with its interval.

It counts and judges nothing. A figure of 130 messages is worth little without its interval (Wilson, 95 %), and a
figure on messages that the writer of a lexicon has seen is worth less than one on held-out messages.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Final

from dialogs.risk.reader import Reading

HARD: Final = frozenset(
    {
        "idiom",
        "hyperbole",
        "affection",
        "curse",
        "film",
        "third_person_safe",
        "past_safe",
        "negated_safe",
        "homograph",
        "name",
        "wanted_marriage",
        "joke",
    }
)
"""Kinds of harmless messages that look like danger (risk.md 1)."""
VARIANTS: Final = frozenset(
    {"typo", "stretched", "emoji", "evasive", "code_switch", "latin", "no_diacritics", "dialect"}
)
"""Kinds of dangerous messages that are written unlike a text book."""
_Z: Final = 1.96


@dataclass(frozen=True, slots=True)
class Labelled:
    """One message with what people say of it. `allowed`: levels that are all defensible; else only `level` is."""

    id: str
    text: str
    level: int
    categories: Mapping[str, int]
    kind: str
    held_out: bool = False
    allowed: tuple[int, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """From 0 to 1; 0 of 0 is nothing shown, so 0."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's, 95 %."""
        if not self.of:
            return 0.0, 1.0
        n, p = self.of, self.value
        middle = (p + _Z * _Z / (2 * n)) / (1 + _Z * _Z / n)
        half = _Z * sqrt(p * (1 - p) / n + _Z * _Z / (4 * n * n)) / (1 + _Z * _Z / n)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of the table: what is counted, and over which messages."""

    name: str
    counts: Callable[[Labelled], bool]
    holds: Callable[[Labelled, Reading], bool]


def _seen(_message: Labelled, reading: Reading) -> bool:
    return reading.level >= 1


def _alerted(_message: Labelled, reading: Reading) -> bool:
    return reading.level >= 2


def _category_right(message: Labelled, reading: Reading) -> bool:
    """Whether a category that was heard is one that was meant; a plain wish for a person is always right to hear."""
    heard = {signal.category for signal in reading.signals if signal.level > 0}
    return not heard.isdisjoint(message.categories)


MEASURES: Final = (
    Measure("level 3 alerted", lambda m: m.level == 3, _alerted),
    Measure("levels 2-3 seen", lambda m: m.level >= 2, _seen),
    Measure("levels 2-3 alerted", lambda m: m.level >= 2, _alerted),
    Measure("level 1 seen", lambda m: m.level == 1, _seen),
    Measure("level 1 alerted", lambda m: m.level == 1 and 2 not in m.allowed, _alerted),
    Measure("variants seen", lambda m: m.level >= 1 and m.kind in VARIANTS, _seen),
    Measure("hard negatives alerted", lambda m: m.level == 0 and m.kind in HARD, _alerted),
    Measure("everyday alerted", lambda m: m.level == 0 and m.kind not in HARD, _alerted),
    Measure("everyday asked", lambda m: m.level == 0 and m.kind not in HARD, _seen),
    Measure("false emergencies", lambda m: m.level == 0, lambda _m, reading: reading.level >= 3),
)
CATEGORY_RIGHT: Final = "category right, given seen"


def score(messages: Iterable[Labelled], read: Callable[[str], Reading]) -> dict[str, Share]:
    """Return each measure's share, in the order of the table."""
    read_all = [(message, read(message.text)) for message in messages]
    shares = {measure.name: _share(measure, read_all) for measure in MEASURES}
    seen = [(message, reading) for message, reading in read_all if message.level >= 1 and reading.level >= 1]
    shares[CATEGORY_RIGHT] = Share(sum(_category_right(*each) for each in seen), len(seen))
    return shares


def _share(measure: Measure, read_all: Sequence[tuple[Labelled, Reading]]) -> Share:
    counted = [(message, reading) for message, reading in read_all if measure.counts(message)]
    return Share(sum(measure.holds(*each) for each in counted), len(counted))


def missed(messages: Iterable[Labelled], read: Callable[[str], Reading]) -> list[tuple[Labelled, Reading]]:
    """Return what was heard as something else than any defensible level, the gravest first."""
    found = [(message, read(message.text)) for message in messages]
    wrong = [(message, reading) for message, reading in found if not _defensible(message, reading)]
    return sorted(wrong, key=lambda each: -abs(each[0].level - each[1].level))


def _defensible(message: Labelled, reading: Reading) -> bool:
    if message.level >= 2:
        return reading.level >= 2 or reading.level in message.allowed
    return reading.level == message.level or reading.level in message.allowed
