"""
All patterns of all languages in one index, and the words it knows.

People mix languages within a sentence and no detector is good enough to choose for them (risk.md, head), so every
message is held against everything. A step of a pattern is a number (a *sign*); each word of a message is looked up
once for the signs it carries, and from there on only numbers are compared. Every pattern waits at its *anchor*, the
step whose words the fewest patterns share: an everyday message wakes hardly any, and so costs hardly anything.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dialogs.risk.lexicon import Alternative, Choice, Lexicon, Pattern
from dialogs.risk.normalise import fold, other_spellings, squeeze, stems

EXACT, FOLDED, REPAIRED, DENIED = 1, 2, 4, 8
"""How a word came to carry a sign. DENIED: a small word written on to it says no."""

SHORTEST_REPAIR = 7
"""Below seven letters a misspelling is more often another word (risk.md 3.4)."""

WORDS_KEPT = 20_000

Phrases = Mapping[int, Mapping[int, int]]
"""For each place the signs that several words carry together from there on, each with where it ends."""


class Node:
    """A place in the trie of phrases: alternatives of several words."""

    __slots__ = ("edges", "ends")

    def __init__(self) -> None:
        self.edges: dict[int, Node] = {}
        self.ends: list[int] = []


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A pattern as numbers: its signs, which of them may be missing, and how many words may stand before each."""

    pattern: Pattern
    signs: tuple[int, ...]
    optional: tuple[bool, ...]
    gaps: tuple[int, ...]
    needs: frozenset[int]
    anchor: int


def _plan(pattern: Pattern, known: Mapping[frozenset[Alternative], tuple[int, int]]) -> Plan:
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
    needs = frozenset(sign for sign, may_miss in zip(signs, optional, strict=True) if not may_miss)
    return Plan(pattern, tuple(signs), tuple(optional), tuple(gaps), needs, anchor)


@dataclass(frozen=True, slots=True)
class Word:
    """What the index knows about one word: signs it carries, patterns it wakes, phrases it may begin."""

    signs: Mapping[int, int]
    carried: frozenset[int]
    wakes: Sequence[tuple[Plan, int]]
    phrases: Sequence[Node]
    seconds: frozenset[int]
    cues: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern found. `skipped` has a bit for each word that only filled a gap."""

    pattern: Pattern
    start: int
    end: int
    how: int
    skipped: int


class _Vocabulary:
    """Which words and beginnings carry which signs, as they are written and without their diacritics."""

    def __init__(self) -> None:
        self.signs: dict[str, list[int]] = {}
        self._words: dict[str, list[int]] = {}
        self._beginnings: dict[str, list[int]] = {}
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
        (self._beginnings if is_beginning else self._words)[stem] = signs
        if not stem.isascii() and (bare := fold(stem)) != stem:
            bares = self._bare_beginnings if is_beginning else self._bare_words
            bares.setdefault(bare, []).append(signs)
        return signs

    def look_up(self, word: str) -> list[int]:
        """The signs of a word as it is written."""
        found = list(self._words.get(word, ()))
        for length in range(1, len(word) + 1):
            found += self._beginnings.get(word[:length], ())
        return found

    def look_up_bare(self, word: str) -> list[int]:
        """The signs of all words that look like this without diacritics."""
        found = [sign for signs in self._bare_words.get(word, ()) for sign in signs]
        for length in range(1, len(word) + 1):
            found += [sign for signs in self._bare_beginnings.get(word[:length], ()) for sign in signs]
        return found


class _Misspellings:
    """A deletion index: the words of danger patterns, found from what is left of them without one letter."""

    def __init__(self, words: Iterable[str]) -> None:
        self._meant: dict[str, list[str]] = {}
        for word in words:
            if word.isalpha():
                for shorter in _one_letter_less(word):
                    self._meant.setdefault(shorter, []).append(word)

    def look_up(self, word: str) -> list[str]:
        """The words one mistake away, in a fixed order."""
        found = {meant for shorter in _one_letter_less(word) for meant in self._meant.get(shorter, ())}
        return sorted(meant for meant in found if _one_edit_apart(word, meant))


class Index:
    """Everything that is listened for, built once and then only read (its notes on words met aside)."""

    def __init__(self, lexicons: Iterable[Lexicon]) -> None:
        self.cue_of: dict[int, list[tuple[str, str]]] = {}
        self.waiting: dict[int, list[Plan]] = {}
        self._phrases = Node()
        self._signs: dict[frozenset[Alternative], int] = {}
        self._vocabulary = _Vocabulary()
        self._never_repaired: set[str] = set()
        self._dangerous: set[int] = set()
        self._misspellings: _Misspellings | None = None
        self._words_met: tuple[dict[str, Word], dict[str, Word]] = ({}, {})
        lexicons = tuple(lexicons)
        common = _how_common(lexicons)
        for lexicon in lexicons:
            self._add(lexicon, common)

    def _add(self, lexicon: Lexicon, common: Mapping[str, int]) -> None:
        for name, alternatives in lexicon.classes.items():
            if alternatives:
                sign = self._sign_of(_without_classes(alternatives, lexicon))
                self.cue_of.setdefault(sign, []).append((name[1:-1], lexicon.locale))
        self._never_repaired.update(word[0] for word in lexicon.classes.get("<homograph>", ()))
        known: dict[frozenset[Alternative], tuple[int, int]] = {}
        for pattern in lexicon.patterns:
            for step in pattern.steps:
                if isinstance(step, Choice) and step.alternatives not in known:
                    known[step.alternatives] = self._sign_and_weight(step.alternatives, lexicon, common)
            plan = _plan(pattern, known)
            self.waiting.setdefault(plan.signs[plan.anchor], []).append(plan)
            if not pattern.is_block:
                self._dangerous.update(plan.signs)

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
            node = node.edges.setdefault(self._sign_of(frozenset([(word,)])), Node())
        node.ends.append(sign)

    def word(self, word: str, folding: bool) -> Word:
        """What is known about a word. Words met are kept, a bounded number of them, for they come again."""
        met = self._words_met[folding]
        known = met.get(word)
        if known is None:
            if len(met) > WORDS_KEPT:
                met.clear()
            known = met[word] = self._learn(squeeze(word), folding)
        return known

    def _learn(self, word: str, folding: bool) -> Word:
        signs = self._signs_of_word(word, folding)
        phrases = tuple(self._phrases.edges[sign] for sign in signs if sign in self._phrases.edges)
        return Word(
            signs,
            frozenset(signs),
            tuple((plan, how) for sign, how in signs.items() for plan in self.waiting.get(sign, ())),
            phrases,
            frozenset(sign for node in phrases for sign in node.edges),
            tuple(
                cue for sign, how in signs.items() if not how & REPAIRED for cue in self.cue_of.get(sign, ())
            ),
        )

    def _signs_of_word(self, word: str, folding: bool) -> dict[int, int]:
        signs = self._heard(word, folding)
        if not signs:
            for spelling in other_spellings(word):
                for sign, how in self._heard(spelling, folding).items():
                    signs.setdefault(sign, how)
        if not signs and word not in self._never_repaired:
            for meant in self._repairs(word):
                for sign in self._vocabulary.look_up(meant):
                    signs.setdefault(sign, REPAIRED)
        return signs

    def _heard(self, word: str, folding: bool) -> dict[int, int]:
        signs = dict.fromkeys(self._vocabulary.look_up(word), EXACT)
        for stem, denies in stems(word):
            for sign in self._vocabulary.look_up(stem):
                signs.setdefault(sign, EXACT | DENIED if denies else EXACT)
        if folding:
            for sign in self._vocabulary.look_up_bare(word):
                signs.setdefault(sign, FOLDED)
        return signs

    def _repairs(self, word: str) -> list[str]:
        if len(word) < SHORTEST_REPAIR or not word.isalpha():
            return []
        if (
            self._misspellings is None
        ):  # not before it is needed: the first reading can wait better than the start
            self._misspellings = _Misspellings(self._repairable())
        return self._misspellings.look_up(word)

    def _repairable(self) -> Iterator[str]:
        for word, signs in self._vocabulary.signs.items():
            stem = word.removesuffix("*")
            if len(stem) >= SHORTEST_REPAIR and not self._dangerous.isdisjoint(signs):
                yield stem


def phrases_in(words: Sequence[Word]) -> Phrases:
    """Find the alternatives of several words."""
    found: dict[int, dict[int, int]] = {}
    for start in range(len(words) - 1):
        word = words[start]
        if word.phrases and not word.seconds.isdisjoint(words[start + 1].carried):
            for sign, end in _phrases_from(words, start):
                ends = found.setdefault(start, {})
                ends[sign] = max(end, ends.get(sign, 0))
    return found


def _phrases_from(words: Sequence[Word], start: int) -> Iterator[tuple[int, int]]:
    ways = [(node, start + 1) for node in words[start].phrases]
    while ways:
        node, place = ways.pop()
        yield from ((sign, place) for sign in node.ends)
        if place < len(words) and node.edges:
            signs = words[place].signs
            ways += [(child, place + 1) for sign, child in node.edges.items() if sign in signs]


def hits_in(index: Index, words: Sequence[Word], phrases: Phrases) -> list[Hit]:
    """All patterns that a message holds, in the order of where they begin."""
    woken = [(plan, place, place + 1, how) for place, word in enumerate(words) for plan, how in word.wakes]
    for place, signs in phrases.items():
        woken += [
            (plan, place, end, EXACT) for sign, end in signs.items() for plan in index.waiting.get(sign, ())
        ]
    if not woken:
        return []
    carried: set[int] = set().union(*[word.carried for word in words], *phrases.values())
    search = _Search(words, phrases)
    hits = [search.around(*each) for each in woken if each[0].needs <= carried]
    return sorted((hit for hit in hits if hit is not None), key=lambda hit: hit.start)


_Way = tuple[int, int, int]
"""How far a side of a pattern reaches, how its words were heard, and which words it passed over."""


class _Search:
    """Looks for whole patterns around their anchors; of several ways the one that passes over the fewest words."""

    __slots__ = ("backwards", "count", "forwards", "signs")

    def __init__(self, words: Sequence[Word], phrases: Phrases) -> None:
        self.signs, self.count = [word.signs for word in words], len(words)
        self.forwards = phrases
        self.backwards: dict[int, dict[int, int]] = {}
        for start, signs in phrases.items():
            for sign, end in signs.items():
                self.backwards.setdefault(end, {})[sign] = start

    def around(self, plan: Plan, start: int, end: int, how: int) -> Hit | None:
        """Match the steps after the anchor, then those before it."""
        right = self._right(plan, plan.anchor + 1, end, 0, how)
        if right is None:
            return None
        end, how, passed = right
        left = self._left(plan, plan.anchor - 1, start, plan.gaps[plan.anchor], how)
        if left is None:
            return None
        start, how, more = left
        return Hit(plan.pattern, start, end, how, passed | more)

    def _right(self, plan: Plan, number: int, place: int, slack: int, how: int) -> _Way | None:
        """Match the steps from `number` on at `place`, or further on by `slack` and the gap before the step."""
        if number == len(plan.signs):
            return place, how, 0
        sign, slack = plan.signs[number], slack + plan.gaps[number]
        for at in range(place, min(place + slack + 1, self.count)):
            rest = None
            if at in self.forwards and sign in self.forwards[at]:
                rest = self._right(plan, number + 1, self.forwards[at][sign], 0, how | EXACT)
            way = self.signs[at].get(sign)
            if rest is None and way is not None and not how & way & REPAIRED:  # one misspelling in a pattern
                rest = self._right(plan, number + 1, at + 1, 0, how | way)
            if rest is not None:
                return rest[0], rest[1], rest[2] | _bits(place, at)
        return self._right(plan, number + 1, place, slack, how) if plan.optional[number] else None

    def _left(self, plan: Plan, number: int, place: int, slack: int, how: int) -> _Way | None:
        """Match the steps down from `number` so that they end at `place` or up to `slack` before it."""
        if number < 0:
            return place, how, 0
        sign = plan.signs[number]
        for at in range(place, max(place - slack, 0) - 1, -1):
            rest = None
            if at in self.backwards and sign in self.backwards[at]:
                rest = self._left(plan, number - 1, self.backwards[at][sign], plan.gaps[number], how | EXACT)
            way = self.signs[at - 1].get(sign) if at else None
            if rest is None and way is not None and not how & way & REPAIRED:
                rest = self._left(plan, number - 1, at - 1, plan.gaps[number], how | way)
            if rest is not None:
                return rest[0], rest[1], rest[2] | _bits(at, place)
        return (
            self._left(plan, number - 1, place, slack + plan.gaps[number], how)
            if plan.optional[number]
            else None
        )


def _bits(start: int, end: int) -> int:
    """A bit for each place from start up to end."""
    return (1 << end) - (1 << start)


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


def _one_letter_less(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _one_edit_apart(one: str, other: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours makes one word of the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return one == other
    head = 0
    while head < min(len(one), len(other)) and one[head] == other[head]:
        head += 1
    rest, rest_other = one[head:], other[head:]
    if len(one) != len(other):
        return rest[1:] == rest_other or rest == rest_other[1:]
    return rest[1:] == rest_other[1:] or (rest[:2] == rest_other[1::-1] and rest[2:] == rest_other[2:])
