"""
Finding the patterns of all languages in the words of one message.

People mix languages within a sentence and no detector is good enough to choose for them (risk.md, head), so every
message is held against everything. Each word is looked up once for the signs it carries (`compiling`), and from there
on only numbers are compared. What the index holds is read where it lies, when a word first asks for it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from dialogs.risk import packed
from dialogs.risk.compiling import SHORTEST_REPAIR, one_letter_less
from dialogs.risk.normalise import other_spellings, squeeze, stems

EXACT, FOLDED, REPAIRED, DENIED = 1, 2, 4, 8
"""How a word came to carry a sign. DENIED: a small word written on to it says no."""

WORDS_KEPT = 24_000
"""
Of each key. A word and what hangs on it takes some seven kilobytes, so 200 MB if all of them are words of danger.

With half as many a mix of all languages took twice the time: a word learnt anew costs 30 us.
"""
KNOWN_BY = 3
"""A word of which only fewer letters are known as a beginning may still be a misspelling of another."""
MARKS = 4093  # half and twice as many were slower

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

    edges: dict[int, int]
    ends: Sequence[int]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """
    A pattern as numbers: its signs, which of them may be missing, and how many words may stand before each.

    `needs` are the marks (`_mark`) of the signs that must be heard besides the anchor.
    """

    pattern: Rule
    signs: tuple[int, ...]
    optional: tuple[bool, ...]
    gaps: tuple[int, ...]
    needs: int
    anchor: int


def _plan(written: str) -> Plan:
    rule, signs, optional, gaps, anchor = json.loads(written)
    rule[5] = frozenset(rule[5])
    needs = _marks(sign for place, sign in enumerate(signs) if place != anchor and not optional[place])
    return Plan(Rule(*rule), tuple(signs), tuple(optional), tuple(gaps), needs, anchor)


def _marks(signs: Iterable[int]) -> int:
    """
    One bit for each sign, of `MARKS` bits; several signs share one.

    A number of half a kilobyte says at once which patterns cannot be there, far faster than sets of signs; the few
    that it lets through by mistake are not found when they are looked for.
    """
    marks = 0
    for sign in signs:
        marks |= 1 << sign % MARKS
    return marks


@dataclass(frozen=True, slots=True)
class Word:
    """What the index knows about one word; the phrases it may begin are found by a sign of the next word."""

    signs: dict[int, int]
    marks: int
    wakes: Sequence[tuple[Plan, int]]
    phrases: dict[int, list[Node]]
    cues: Sequence[tuple[str, str]]


NOWHERE: dict[int, int] = {}
"""Where most phrases end; one for all of them."""
NOTHING = Word({}, 0, (), {}, ())
"""Most words of most messages: nobody listens for them."""


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
        self._waiting_at: dict[int, Sequence[Plan]] = {}
        self._nodes: dict[int, Node] = {}
        self._first = self.node(0).edges
        self._words_met: tuple[dict[str, Word], dict[str, Word]] = ({}, {})

    def node(self, place: int) -> Node:
        """A place in the trie of phrases."""
        known = self._nodes.get(place)
        if known is None:
            edges = self._edges[place]
            known = Node(
                dict(zip(edges[::2], edges[1::2], strict=True)) if edges else NOWHERE,
                tuple(self._ends[place]),
            )
            self._nodes[place] = known
        return known

    def waiting(self, sign: int) -> Sequence[Plan]:
        """The patterns whose anchor is this sign."""
        known = self._waiting_at.get(sign)
        if known is None:
            known = self._waiting_at[sign] = tuple(_plan(self._texts[place]) for place in self._waiting[sign])
        return known

    def word(self, word: str, folding: bool) -> Word:
        """What is known about a word. Words met are kept, a bounded number of them, for they come again."""
        met = self._words_met[folding]
        known = met.get(word)
        if known is None:
            if len(met) > WORDS_KEPT:
                met.clear()
                self._nodes.clear()
                self._waiting_at.clear()
            known = met[word] = self._learn(squeeze(word), folding)
        return known

    def _learn(self, word: str, folding: bool) -> Word:
        signs = self._signs_of_word(word, folding)
        if not signs:
            return NOTHING
        phrases: dict[int, list[Node]] = {}
        for sign in signs.keys() & self._first.keys():
            for second, place in self.node(self._first[sign]).edges.items():
                phrases.setdefault(second, []).append(self.node(place))
        return Word(
            signs,
            _marks(signs),
            [(plan, how) for sign, how in signs.items() for plan in self.waiting(sign)],
            phrases,
            [cue for sign, how in signs.items() if not how & REPAIRED for cue in self.cue_of.get(sign, ())],
        )

    def _signs_of_word(self, word: str, folding: bool) -> dict[int, int]:
        signs = self._heard(word, folding)
        known = bool(self._heard(word, folding, KNOWN_BY))
        if not known:
            for spelling in other_spellings(word):
                for sign, how in self._heard(spelling, folding, KNOWN_BY).items():
                    known = True
                    signs.setdefault(sign, how)
        if not known and word not in self._never_repaired:
            for meant in self._repairs(word):
                for sign in self._look_up(meant):
                    signs.setdefault(sign, REPAIRED)
        return signs

    def _heard(self, word: str, folding: bool, shortest: int = 1) -> dict[int, int]:
        signs = dict.fromkeys(self._look_up(word, shortest), EXACT)
        for stem, denies in stems(word):
            for sign in self._look_up(stem, shortest):
                signs.setdefault(sign, EXACT | DENIED if denies else EXACT)
        if folding:
            for sign in (*self._bare_words.get(word), *self._bare_beginnings.beginnings_of(word, shortest)):
                signs.setdefault(sign, FOLDED)
        return signs

    def _look_up(self, word: str, shortest: int = 1) -> list[int]:
        """The signs of a word as it is written."""
        return [*self._words.get(word), *self._beginnings.beginnings_of(word, shortest)]

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
        phrases, following = words[start].phrases.keys(), words[start + 1].signs.keys()
        if not phrases.isdisjoint(following):
            for sign, end in _phrases_from(index, words, start, phrases & following):
                ends = found.setdefault(start, {})
                ends[sign] = max(end, ends.get(sign, 0))
    return found


def _phrases_from(
    index: Index, words: Sequence[Word], start: int, seconds: Iterable[int]
) -> Iterator[tuple[int, int]]:
    phrases = words[start].phrases
    ways = [(node, start + 2) for second in seconds for node in phrases[second]]
    while ways:
        node, place = ways.pop()
        yield from ((sign, place) for sign in node.ends)
        if place < len(words) and node.edges:
            following = node.edges.keys() & words[place].signs.keys()
            ways += [(index.node(node.edges[sign]), place + 1) for sign in following]


def hits_in(index: Index, words: Sequence[Word], phrases: Phrases) -> list[Hit]:
    """All patterns that a message holds, in the order of where they begin."""
    woken = [(plan, place, place + 1, how) for place, word in enumerate(words) for plan, how in word.wakes]
    for place, signs in phrases.items():
        woken += [(plan, place, end, EXACT) for sign, end in signs.items() for plan in index.waiting(sign)]
    if not woken:
        return []
    missing = ~_heard(words, phrases)
    search = _Search(words, phrases)
    hits = [search.around(*each) for each in woken if not each[0].needs & missing]
    return sorted((hit for hit in hits if hit is not None), key=lambda hit: hit.start)


def _heard(words: Sequence[Word], phrases: Phrases) -> int:
    """The marks of all that the message carries."""
    marks = 0
    for word in words:
        marks |= word.marks
    for signs in phrases.values():
        marks |= _marks(signs)
    return marks


_Found: TypeAlias = tuple[int, int, int, int]
"""The part of a scene that was found: from where to where, how it was heard, and a bit for each of its words."""


def _breadth(found: _Found) -> int:
    return found[1] - found[0]


_Way = tuple[int, int, int]
"""How far a side of a pattern reaches, how its words were heard, and which words it passed over."""


class _Search:
    """Looks for whole patterns around their anchors; of several ways the one that passes over the fewest words."""

    __slots__ = ("backwards", "count", "forwards", "longest", "signs")

    def __init__(self, words: Sequence[Word], phrases: Phrases) -> None:
        self.signs, self.count = [word.signs for word in words], len(words)
        self.forwards = phrases
        self.backwards: dict[int, dict[int, int]] = {}
        for start, signs in phrases.items():
            for sign, end in signs.items():
                self.backwards.setdefault(end, {})[sign] = start
        self.longest = max(
            (end - start for start, ends in phrases.items() for end in ends.values()), default=1
        )

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
        spread = plan.pattern.spread or 0
        whole = self._gather(missing, spread, (start, end, how, _bits(start, end)))
        if whole is None:
            return None
        start, end, how, taken = whole
        return Hit(plan.pattern, start, end, how, _bits(start, end) & ~taken)

    def _gather(self, missing: Sequence[int], spread: int, found: "_Found") -> "_Found | None":
        """Add what is still missing, the nearest first, until all parts of a scene stand together."""
        if not missing:
            return found
        first, *rest = missing
        for grown in sorted(self._grown(first, spread, found), key=_breadth):
            whole = self._gather(rest, spread, grown)
            if whole is not None:
                return whole
        if rest:  # the first may only come near once the others are there
            for place in range(1, len(missing)):
                for grown in self._grown(missing[place], spread, found):
                    whole = self._gather([*missing[:place], *missing[place + 1 :]], spread, grown)
                    if whole is not None:
                        return whole
        return None

    def _grown(self, sign: int, spread: int, found: "_Found") -> list["_Found"]:
        """What was found with each place of a sign that is near enough and shares no word with it."""
        start, end, how, taken = found
        grown = []
        for at in range(max(start - spread - self.longest, 0), min(end + spread + 1, self.count)):
            way = self.signs[at].get(sign)
            if (
                way is not None
                and not how & way & REPAIRED
                and at >= start - spread - 1
                and not taken >> at & 1
            ):
                grown.append((min(at, start), max(at + 1, end), how | way, taken | 1 << at))
            phrases = self.forwards.get(at)
            if phrases and sign in phrases:
                until = phrases[sign]
                if until >= start - spread and not _bits(at, until) & taken:
                    grown.append((min(at, start), max(until, end), how | EXACT, taken | _bits(at, until)))
        return grown

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
