"""
Finding the patterns of all languages in the words of one message.

People mix languages within a sentence and no detector is good enough to choose for them (risk.md, head), so every
message is held against everything. Each word is looked up once for the signs it carries (`compiling`), and from there
on only numbers are compared. What the index holds is read where it lies, when a word first asks for it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from dialogs.risk import packed
from dialogs.risk.compiling import SHORTEST_REPAIR, one_letter_less
from dialogs.risk.normalise import other_spellings, squeeze, stems

EXACT, FOLDED, REPAIRED, DENIED = 1, 2, 4, 8
"""How a word came to carry a sign. DENIED: a small word written on to it says no."""

WORDS_KEPT = 20_000
MOST_WORDS = 8
"""No alternative of a pattern has more words."""

Phrases = Mapping[int, Mapping[int, int]]
"""For each place the signs that several words carry together from there on, each with where it ends."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a pattern means, without its words; `spread` and `length` as in `lexicon.Pattern`."""

    id: str
    category: str
    level: int
    locale: str
    person: str
    blocks: frozenset[str]
    from_start: bool
    to_end: bool
    spread: int | None
    folds_safely: bool
    length: int
    is_block: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the trie of phrases: which sign leads on to which node, and the signs that are whole here."""

    edges: Mapping[int, int]
    ends: Sequence[int]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A pattern as numbers: its signs, which of them may be missing, and how many words may stand before each."""

    pattern: Rule
    signs: tuple[int, ...]
    optional: tuple[bool, ...]
    gaps: tuple[int, ...]
    needs: frozenset[int]
    anchor: int


def _plan(written: str) -> Plan:
    rule, signs, optional, gaps, anchor = json.loads(written)
    rule[5] = frozenset(rule[5])
    needs = frozenset(sign for sign, may_miss in zip(signs, optional, strict=True) if not may_miss)
    return Plan(Rule(*rule), tuple(signs), tuple(optional), tuple(gaps), needs, anchor)


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

    pattern: Rule
    start: int
    end: int
    how: int
    skipped: int


class Index:
    """Everything that is listened for, as `compile_index` packed it; only read, its notes on what was met aside."""

    def __init__(self, compiled: bytes | memoryview) -> None:
        texts, waiting, edges, ends, *vocabulary, repairable, meant = packed.sections(compiled)
        self._texts, self._waiting = packed.Texts(texts), packed.Rows(waiting)
        self._edges, self._ends = packed.Rows(edges), packed.Rows(ends)
        self._words, self._beginnings, self._bare_words, self._bare_beginnings = map(packed.Words, vocabulary)
        self._repairable, self._meant = packed.Texts(repairable), packed.Words(meant)
        head = json.loads(self._texts[0])
        self.lexicon: str = head["lexicon"]
        self.cue_of = {sign: [(role, locale) for role, locale in cues] for sign, cues in head["cues"]}
        self._never_repaired = frozenset(head["never_repaired"])
        self._plans: dict[int, Plan] = {}
        self._nodes: dict[int, Node] = {}
        self._first = self.node(0).edges
        self._words_met: tuple[dict[str, Word], dict[str, Word]] = ({}, {})

    def node(self, place: int) -> Node:
        """A place in the trie of phrases."""
        known = self._nodes.get(place)
        if known is None:
            edges = self._edges[place]
            known = Node(dict(zip(edges[::2], edges[1::2], strict=True)), self._ends[place])
            self._nodes[place] = known
        return known

    def waiting(self, sign: int) -> Iterator[Plan]:
        """The patterns whose anchor is this sign."""
        for place in self._waiting[sign]:
            known = self._plans.get(place)
            if known is None:
                known = self._plans[place] = _plan(self._texts[place])
            yield known

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
        phrases = tuple(self.node(self._first[sign]) for sign in signs if sign in self._first)
        return Word(
            signs,
            frozenset(signs),
            tuple((plan, how) for sign, how in signs.items() for plan in self.waiting(sign)),
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
                for sign in self._look_up(meant):
                    signs.setdefault(sign, REPAIRED)
        return signs

    def _heard(self, word: str, folding: bool) -> dict[int, int]:
        signs = dict.fromkeys(self._look_up(word), EXACT)
        for stem, denies in stems(word):
            for sign in self._look_up(stem):
                signs.setdefault(sign, EXACT | DENIED if denies else EXACT)
        if folding:
            for sign in (*self._bare_words.get(word), *self._bare_beginnings.beginnings_of(word)):
                signs.setdefault(sign, FOLDED)
        return signs

    def _look_up(self, word: str) -> list[int]:
        """The signs of a word as it is written."""
        return [*self._words.get(word), *self._beginnings.beginnings_of(word)]

    def _repairs(self, word: str) -> list[str]:
        """The words of danger one mistake away, in a fixed order."""
        if len(word) < SHORTEST_REPAIR or not word.isalpha():
            return []
        places = {place for shorter in one_letter_less(word) for place in self._meant.get(shorter)}
        return sorted(
            meant for meant in map(self._repairable.__getitem__, places) if _one_edit_apart(word, meant)
        )


def phrases_in(index: Index, words: Sequence[Word]) -> Phrases:
    """Find the alternatives of several words."""
    found: dict[int, dict[int, int]] = {}
    for start in range(len(words) - 1):
        word = words[start]
        if word.phrases and not word.seconds.isdisjoint(words[start + 1].carried):
            for sign, end in _phrases_from(index, words, start):
                ends = found.setdefault(start, {})
                ends[sign] = max(end, ends.get(sign, 0))
    return found


def _phrases_from(index: Index, words: Sequence[Word], start: int) -> Iterator[tuple[int, int]]:
    ways = [(node, start + 1) for node in words[start].phrases]
    while ways:
        node, place = ways.pop()
        yield from ((sign, place) for sign in node.ends)
        if place < len(words) and node.edges:
            signs = words[place].signs
            ways += [(index.node(child), place + 1) for sign, child in node.edges.items() if sign in signs]


def hits_in(index: Index, words: Sequence[Word], phrases: Phrases) -> list[Hit]:
    """All patterns that a message holds, in the order of where they begin."""
    woken = [(plan, place, place + 1, how) for place, word in enumerate(words) for plan, how in word.wakes]
    for place, signs in phrases.items():
        woken += [(plan, place, end, EXACT) for sign, end in signs.items() for plan in index.waiting(sign)]
    if not woken:
        return []
    carried: set[int] = set().union(*[word.carried for word in words], *phrases.values())
    search = _Search(words, phrases)
    hits = [search.around(*each) for each in woken if each[0].needs <= carried]
    return sorted((hit for hit in hits if hit is not None), key=lambda hit: hit.start)


@dataclass(frozen=True, slots=True)
class _Span:
    """The part of a scene that was found: from where to where, how it was heard, and a bit for each of its words."""

    start: int
    end: int
    how: int
    taken: int


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
        """Match the steps after the anchor, then those before it; the parts of a scene wherever they stand."""
        if plan.pattern.spread is not None:
            return self._scene(plan, start, end, how)
        right = self._right(plan, plan.anchor + 1, end, 0, how)
        if right is None:
            return None
        end, how, passed = right
        left = self._left(plan, plan.anchor - 1, start, plan.gaps[plan.anchor], how)
        if left is None:
            return None
        start, how, more = left
        return Hit(plan.pattern, start, end, how, passed | more)

    def _scene(self, plan: Plan, start: int, end: int, how: int) -> Hit | None:
        missing = [sign for number, sign in enumerate(plan.signs) if number != plan.anchor]
        whole = self._gather(plan, missing, _Span(start, end, how, _bits(start, end)))
        if whole is None:
            return None
        return Hit(
            plan.pattern, whole.start, whole.end, whole.how, _bits(whole.start, whole.end) & ~whole.taken
        )

    def _gather(self, plan: Plan, missing: Sequence[int], span: "_Span") -> "_Span | None":
        """Add the nearest word or phrase that is still missing, until all parts of a scene stand together."""
        if not missing:
            return span
        reachable = [
            (grown.end - grown.start, number, grown)
            for number, sign in enumerate(missing)
            for grown in self._grown(span, sign, plan.pattern.spread or 0)
        ]
        for _width, number, grown in sorted(reachable, key=itemgetter(0, 1)):
            whole = self._gather(plan, [*missing[:number], *missing[number + 1 :]], grown)
            if whole is not None:
                return whole
        return None

    def _grown(self, span: "_Span", sign: int, spread: int) -> Iterator["_Span"]:
        """The span with each place of a sign that is near enough and shares no word with it."""
        for at in range(max(span.start - spread - MOST_WORDS, 0), min(span.end + spread + 1, self.count)):
            way = self.signs[at].get(sign)
            here = [] if way is None or span.how & way & REPAIRED else [(at + 1, way)]
            if at in self.forwards and sign in self.forwards[at]:
                here.append((self.forwards[at][sign], EXACT))
            for end, heard in here:
                if end >= span.start - spread and not _bits(at, end) & span.taken:
                    yield _Span(
                        min(at, span.start), max(end, span.end), span.how | heard, span.taken | _bits(at, end)
                    )

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
