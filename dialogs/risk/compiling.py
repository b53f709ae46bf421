"""
All patterns of all languages made into one packed index (`packed`), which `matching` reads.

A step of a pattern becomes a number (a *sign*) that its words carry. Every pattern waits at its *anchor*, the step
whose words the fewest patterns share: an everyday message wakes hardly any, and so costs hardly anything.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from dialogs.risk import packed
from dialogs.risk.lexicon import (
    OPTIONAL_CLASSES,
    REQUIRED_CLASSES,
    Alternative,
    Choice,
    Lexicon,
    Pattern,
)
from dialogs.risk.normalise import fold

CUES = frozenset((*REQUIRED_CLASSES, *OPTIONAL_CLASSES))
"""The classes that the rules of context ask for; all others only stand in patterns."""
SHORTEST_REPAIR = 7
"""Below seven letters a misspelling is more often another word (risk.md 3.4)."""


def compile_index(lexicons: Iterable[Lexicon]) -> bytes:
    """The index of these lexicons, for `Index`. Takes about a fifth of a second for each."""
    return _Compiler(tuple(lexicons)).packed()


@dataclass(slots=True)
class _Node:
    """A place in the trie of phrases: alternatives of several words."""

    edges: dict[int, "_Node"] = field(default_factory=dict)
    ends: list[int] = field(default_factory=list)


class _Vocabulary:
    """Which words and beginnings carry which signs, as they are written and without their diacritics."""

    def __init__(self) -> None:
        self.signs: dict[str, list[int]] = {}
        self.words: dict[str, list[int]] = {}
        self.beginnings: dict[str, list[int]] = {}
        self._bare_words: dict[str, list[list[int]]] = {}
        self._bare_beginnings: dict[str, list[list[int]]] = {}

    def teach(self, word: str, sign: int) -> None:
        """Let a word, or a beginning that ends in `*`, carry a sign."""
        known = self.signs.get(word)
        if known is None:
            known = self.signs[word] = self._meet(word)
        known.append(sign)

    def _meet(self, word: str) -> list[int]:
        signs: list[int] = []
        is_beginning = word[-1] == "*"
        stem = word[:-1] if is_beginning else word
        (self.beginnings if is_beginning else self.words)[stem] = signs
        if not stem.isascii() and (bare := fold(stem)) != stem:
            bares = self._bare_beginnings if is_beginning else self._bare_words
            bares.setdefault(bare, []).append(signs)
        return signs

    def packed(self) -> list[bytes]:
        """Words, beginnings, and both without diacritics."""
        bare = [
            {word: [sign for signs in many for sign in signs] for word, many in bares.items()}
            for bares in (self._bare_words, self._bare_beginnings)
        ]
        return [packed.pack_words(rows) for rows in (self.words, self.beginnings, *bare)]


class _Compiler:
    def __init__(self, lexicons: tuple[Lexicon, ...]) -> None:
        self._lexicons = lexicons
        self._cues: dict[int, list[tuple[str, str]]] = {}
        self._plans: list[str] = []
        self._waiting: dict[int, list[int]] = {}
        self._phrases = _Node()
        self._signs: dict[frozenset[Alternative], int] = {}
        self._vocabulary = _Vocabulary()
        self._never_repaired: set[str] = set()
        self._dangerous: set[int] = set()
        common = _how_common(lexicons)
        for lexicon in lexicons:
            self._add(lexicon, common)

    def packed(self) -> bytes:
        """The parts in the order in which `Index` takes them."""
        digests = "".join(sorted(lexicon.digest for lexicon in self._lexicons))
        head = {
            "lexicon": hashlib.sha256(digests.encode()).hexdigest()[:12],
            "cues": [[sign, cues] for sign, cues in self._cues.items()],
            "never_repaired": sorted(self._never_repaired),
        }
        return packed.join(
            [
                packed.pack_texts([json.dumps(head), *self._plans]),
                packed.pack_rows([self._waiting.get(sign, []) for sign in range(len(self._signs))]),
                *self._packed_phrases(),
                *self._vocabulary.packed(),
                *self._packed_repairs(),
            ]
        )

    def _packed_phrases(self) -> list[bytes]:
        """Each node's edges (sign and node, in turns) and the signs that end there; the first node is the root."""
        edges: list[list[int]] = []
        ends: list[list[int]] = []
        nodes = [self._phrases]
        for node in nodes:  # grows meanwhile
            row: list[int] = []
            for sign, child in node.edges.items():
                row += [sign, len(nodes)]
                nodes.append(child)
            edges.append(row)
            ends.append(node.ends)
        return [packed.pack_rows(edges), packed.pack_rows(ends)]

    def _packed_repairs(self) -> list[bytes]:
        """The words of danger, and which of them are meant by what is left of one without a letter."""
        repairable = [word for word in self._repairable() if word.isalpha()]
        meant: dict[str, list[int]] = {}
        for place, word in enumerate(repairable):
            for shorter in one_letter_less(word):
                meant.setdefault(shorter, []).append(place)
        return [packed.pack_texts(repairable), packed.pack_words(meant)]

    def _repairable(self) -> Iterator[str]:
        for word, signs in self._vocabulary.signs.items():
            stem = word.removesuffix("*")
            if len(stem) >= SHORTEST_REPAIR and not self._dangerous.isdisjoint(signs):
                yield stem

    def _add(self, lexicon: Lexicon, common: Mapping[str, int]) -> None:
        for name, alternatives in lexicon.classes.items():
            if alternatives and name in CUES:
                sign = self._sign_of(_without_classes(alternatives, lexicon))
                self._cues.setdefault(sign, []).append((name[1:-1], lexicon.locale))
        self._never_repaired.update(word[0] for word in lexicon.classes.get("<homograph>", ()))
        known: dict[frozenset[Alternative], tuple[int, int]] = {}
        for pattern in lexicon.patterns:
            for step in pattern.steps:
                if isinstance(step, Choice) and step.alternatives not in known:
                    known[step.alternatives] = self._sign_and_weight(step.alternatives, lexicon, common)
            self._plan(pattern, known)

    def _plan(self, pattern: Pattern, known: Mapping[frozenset[Alternative], tuple[int, int]]) -> None:
        """Put a pattern into numbers; its anchor is the rarest step that must be there."""
        signs: list[int] = []
        optional: list[bool] = []
        gaps: list[int] = []
        gap, rarest, anchor = 0, 0, -1
        for step in pattern.steps:
            if not isinstance(step, Choice):
                gap += step.size
                continue
            sign, weight = known[step.alternatives]
            if not step.optional and (anchor < 0 or weight < rarest):
                rarest, anchor = weight, len(signs)
            signs.append(sign)
            optional.append(step.optional)
            gaps.append(gap)
            gap = 0
        self._waiting.setdefault(signs[anchor], []).append(len(self._plans) + 1)  # the head is the first text
        self._plans.append(json.dumps([_rule(pattern), signs, optional, gaps, anchor], ensure_ascii=False))
        if not pattern.is_block:
            self._dangerous.update(signs)

    def _sign_and_weight(
        self, alternatives: frozenset[Alternative], lexicon: Lexicon, common: Mapping[str, int]
    ) -> tuple[int, int]:
        plain = _without_classes(alternatives, lexicon)
        return self._sign_of(plain), sum(common[word] for alternative in plain for word in alternative[:1])

    def _sign_of(self, alternatives: frozenset[Alternative]) -> int:
        """The number of this choice; its words learn that they carry it."""
        known = self._signs.get(alternatives)
        if known is not None:
            return known
        sign = self._signs[alternatives] = len(self._signs)
        for alternative in alternatives:
            if len(alternative) == 1:
                self._vocabulary.teach(alternative[0], sign)
            else:
                self._add_phrase(alternative, sign)
        return sign

    def _add_phrase(self, words: Alternative, sign: int) -> None:
        node = self._phrases
        for word in words:
            node = node.edges.setdefault(self._sign_of(frozenset([(word,)])), _Node())
        node.ends.append(sign)


def _rule(pattern: Pattern) -> list[object]:
    """The fields of `matching.Rule`, in their order."""
    return [
        pattern.id,
        pattern.category,
        pattern.level,
        pattern.locale,
        pattern.person,
        sorted(pattern.blocks),
        pattern.from_start,
        pattern.to_end,
        pattern.spread,
        pattern.folds_safely,
        pattern.length,
        pattern.is_block,
    ]


def _how_common(lexicons: Iterable[Lexicon]) -> Counter[str]:
    """In how many steps of all patterns each word stands: what is common here is common in everyday writing."""
    common: Counter[str] = Counter()
    for lexicon in lexicons:
        used: Counter[str] = Counter()
        for pattern in lexicon.patterns:
            for step in pattern.steps:
                if isinstance(step, Choice):
                    used.update(word for alternative in step.alternatives for word in alternative)
        for name, alternatives in lexicon.classes.items():
            for word in {word for alternative in alternatives for word in alternative}:
                common[word] += used[name] + 5  # being in a class at all is a mark of a common word
        common.update(used)
    return common


def _without_classes(alternatives: frozenset[Alternative], lexicon: Lexicon) -> frozenset[Alternative]:
    """Put the words of its classes into a choice. A class inside a phrase becomes as many phrases."""
    if not any(word.startswith("<") for alternative in alternatives for word in alternative):
        return alternatives
    plain: set[Alternative] = set()
    for alternative in alternatives:
        ways: list[Alternative] = [()]
        for word in alternative:
            inserted = (
                lexicon.classes[word] if word.startswith("<") and word in lexicon.classes else [(word,)]
            )
            ways = [
                way + more
                for way in ways
                for more in inserted
                if not any(part.startswith("<") for part in more)
            ]
        plain.update(ways)
    return frozenset(plain)


def one_letter_less(word: str) -> set[str]:
    """The word, and all that it becomes when one letter is left out."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}
