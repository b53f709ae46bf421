"""
What the words around a pattern make of it: who, whether at all, and when (risk.md 1 and 2.3).

Every rule is a function that takes a hit, the scene and the level so far, and returns the level as it then is with
the rule's name, or None when it has nothing to say. They run in the order of the annotators' decision path. A strong
phrase is lowered, never silenced, except by an idiom, a film or a safe end to something long over.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from dialogs.risk.matching import DENIED, EXACT, FOLDED, REPAIRED, Hit

Verdict = tuple[int, str] | None

SHORTEST_FOREIGN_CUE = 3
"""Shorter cues of another language than the pattern's are too often other words (so `ma`, tr `ne`, sv `om`)."""
NEGATION_REACH = 4
QUOTE_REACH = 8
OTHER_REACH = 5
TIME_REACH = 8
BESIDE = 1
LAUGHING = frozenset("😂🤣😅😆😹")
RISES_WITH_TIME = frozenset({"SU", "TV", "PV", "LF", "AM", "CH", "EX"})
JOKED_ABOUT = frozenset({"SU", "TV", "PV"})
ASKED_ABOUT = frozenset({"TV", "PV", "LF", "AM", "CH", "EX"})

_ENDS_SENTENCE = re.compile(r"(?<!\.)\.[^\w\s.]*\s|[!?؟።۔।\n]")


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that changes what stands near it."""

    role: str
    locale: str
    start: int
    end: int
    letters: int


_start = attrgetter("start")


@dataclass(slots=True)
class Scene:
    """A message as the rules see it; places are numbers of words. Cues stand in the order of where they begin."""

    words: Sequence[str]
    places: Sequence[tuple[int, int]]
    sentence: Sequence[int]
    clause: Sequence[int]
    asks: frozenset[int]
    cues: dict[str, list[Cue]]
    dangers: Sequence[Hit]
    blocks: Sequence[Hit]

    def heard(self, role: str, hit: Hit) -> Iterable[Cue]:
        """The cues of a role that count for this hit: those of its language, and clear ones of any other."""
        locale = hit.pattern.locale
        for cue in self.cues.get(role, ()):
            if cue.locale == locale or cue.letters >= SHORTEST_FOREIGN_CUE:
                yield cue

    def heard_between(self, role: str, hit: Hit, first: int, last: int) -> Iterable[Cue]:
        """Those of them that begin from word `first` up to word `last`; long messages hold hundreds."""
        locale, cues = hit.pattern.locale, self.cues.get(role, [])
        for place in range(bisect_left(cues, first, key=_start), len(cues)):
            cue = cues[place]
            if cue.start > last:
                break
            if cue.locale == locale or cue.letters >= SHORTEST_FOREIGN_CUE:
                yield cue

    def holds(self, role: str, hit: Hit) -> bool:
        """Whether a cue of this role is among the hit's own words."""
        return any(_inside(cue, hit) and not _only_skipped(cue, hit) for cue in self.heard(role, hit))


def divide(text: str, spans: Sequence[tuple[int, int]]) -> tuple[list[int], list[int], frozenset[int]]:
    """For each word the number of its sentence and of its clause; and the sentences that end in a question mark."""
    sentence = clause = 0
    sentences, clauses, asking = [], [], set()
    for number, (start, end) in enumerate(spans):
        between = text[spans[number - 1][1] : start] if number else ""
        if between.strip(" ") and number:
            clause += 1
            if _ENDS_SENTENCE.search(between):
                sentence += 1
        sentences.append(sentence)
        clauses.append(clause)
        following = text[end : spans[number + 1][0] if number + 1 < len(spans) else len(text)]
        if "?" in following or "؟" in following:
            asking.add(sentence)
    return sentences, clauses, frozenset(asking)


def weigh(hit: Hit, scene: Scene) -> tuple[int, str]:
    """The level this hit has where it stands, and the path of rules that led there."""
    level = hit.pattern.level
    path = ["explicit" if level > 1 else "suggested"]
    for rule in RULES:
        verdict = rule(hit, scene, level)
        if verdict is not None:
            level, name = verdict
            path.append(name)
            if level == 0:
                break
    return level, ">".join(path)


def most(hit: Hit) -> int:
    """The highest level this hit can come to, whatever stands around it."""
    level = hit.pattern.level
    return 3 if level == 2 and hit.pattern.category in RISES_WITH_TIME else level


def _blocked(hit: Hit, scene: Scene, level: int) -> Verdict:
    quietest: Verdict = None
    for block in scene.blocks:
        covers = hit.pattern.category in block.pattern.blocks or "*" in block.pattern.blocks
        overlaps = block.start < hit.end and hit.start < block.end
        if covers and overlaps and block.pattern.level < level and not _says_more(hit, block):
            level, quietest = block.pattern.level, (block.pattern.level, f"idiom {block.pattern.id}")
    return quietest


def _says_more(hit: Hit, block: Hit) -> bool:
    """Whether the danger asks for every word of the idiom and for more: "he tracks my phone" beside "tracks my"."""
    if hit.start > block.start or hit.end < block.end or hit.end - hit.start == block.end - block.start:
        return False
    return all(
        block.skipped >> place & 1 or not hit.skipped >> place & 1 for place in range(block.start, block.end)
    )


def _quoted(hit: Hit, scene: Scene, level: int) -> Verdict:
    for cue in scene.heard("quote", hit):
        if not _same_sentence(cue, hit, scene) or (_inside(cue, hit) and not _only_skipped(cue, hit)):
            continue
        before = 0 <= hit.start - cue.end < QUOTE_REACH and not _turn_between(cue.end, hit.start, hit, scene)
        if before or _inside(cue, hit) or 0 <= cue.start - hit.end < 4:
            about_family = any(scene.holds(role, hit) for role in ("kin", "partner"))
            return (min(level, 1), "film or news, family") if about_family else (0, "film or news")
    return None


def _other_person(hit: Hit, scene: Scene, level: int) -> Verdict:
    if scene.holds("me", hit) or hit.pattern.category == "HU":
        return None
    for cue in scene.heard("other", hit):
        near = _same_sentence(cue, hit, scene) and 0 <= hit.start - cue.end < OTHER_REACH
        if (near and not _turn_between(cue.end, hit.start, hit, scene)) or (
            _inside(cue, hit) and _only_skipped(cue, hit)
        ):
            if level == 3 and hit.pattern.category in ("SU", "TV", "PV") and scene.cues.get("now"):
                return level, "another person, now"
            return min(level, 1), "another person"
    return None


def _negated(hit: Hit, scene: Scene, _level: int) -> Verdict:
    lowered = (1 if hit.pattern.level > 1 else 0, "negated")
    if hit.how & DENIED:
        return lowered
    for role, reach in (("neg", NEGATION_REACH), ("negnear", 1), ("deny", NEGATION_REACH)):
        for cue in scene.heard(role, hit):
            if not _is_pseudo(cue, hit, scene) and _says_no_to(cue, hit, scene, reach):
                return lowered
    for cue in scene.heard("negafter", hit):
        follows = cue.start == hit.end and _same_clause(hit.end - 1, cue.start, scene)
        if follows and _closes_clause(cue, hit, scene) and not _is_pseudo(cue, hit, scene):
            return lowered
    return None


def _says_no_to(cue: Cue, hit: Hit, scene: Scene, reach: int) -> bool:
    if _inside(cue, hit):
        return _only_skipped(cue, hit) and (hit.pattern.spread is None or not hit.skipped >> cue.end & 1)
    if hit.pattern.spread is not None:  # its parts stand apart, so a no belongs to the word that follows
        reach = min(reach, 2)
    if cue.role != "deny" and _subject_between(cue.end, hit, scene):
        return False
    return _just_before(cue, hit, scene, reach) and not _spent(cue, hit, scene)


def _hypothetical(hit: Hit, scene: Scene, level: int) -> Verdict:
    if level < 2:
        return None
    for cue in scene.heard("hyp", hit):
        reach = NEGATION_REACH if cue.end - cue.start > 1 else 2
        if (_inside(cue, hit) and _only_skipped(cue, hit)) or _just_before(cue, hit, scene, reach):
            return 1, "hypothetical"
    return None


def _question(hit: Hit, scene: Scene, level: int) -> Verdict:
    """A short question about the act itself. "He hits me, what shall I do?" is no such question."""
    sentence = scene.sentence[hit.end - 1]
    if level != 2 or hit.pattern.category not in ASKED_ABOUT or sentence not in scene.asks:
        return None
    first, last = (
        scene.sentence.index(sentence),
        len(scene.sentence) - 1 - list(reversed(scene.sentence)).index(sentence),
    )
    if hit.start - first <= 1 and hit.end - 1 == last:
        return 1, "question"
    return None


def _laughed(hit: Hit, scene: Scene, level: int) -> Verdict:
    if level != 2 or hit.pattern.category not in JOKED_ABOUT:
        return None
    if any(word in LAUGHING for word in scene.words) or any(True for _cue in scene.heard("laugh", hit)):
        return 1, "laughing"
    return None


def _over_or_safe(hit: Hit, scene: Scene, level: int) -> Verdict:
    old = _timed("old", hit, scene) and not _lately(hit, scene) and not _present(hit, scene)
    safe = any(not _denied_cue(cue, scene) for cue in scene.heard("safe", hit) if not _inside(cue, hit))
    if not old:
        return None
    by_others = (
        hit.pattern.category != "SU"
    )  # what she did to herself is not on the list that time never lowers
    grave = by_others and scene.holds("grave", hit)
    if safe:
        return (min(level, 1), "old and safe, grave") if grave and level > 1 else (0, "old and safe")
    if grave or level < 2:
        return None
    return 1, "old"


def _now(hit: Hit, scene: Scene, level: int) -> Verdict:
    if level != 2 or hit.pattern.category not in RISES_WITH_TIME or scene.holds("over", hit):
        return None
    return (3, "now") if _present(hit, scene) else None


def _unsure(hit: Hit, _scene: Scene, level: int) -> Verdict:
    """What the folded key or a repaired misspelling may say at most (risk.md 3.2 and 3.4)."""
    pattern = hit.pattern
    if level > 1 and hit.how & FOLDED and not pattern.folds_safely and pattern.length < 3:
        return 1, "without diacritics"
    if level > 1 and hit.how & REPAIRED and not hit.how & (EXACT | FOLDED):
        return 1, "misspelt"
    return None


RULES: tuple[Callable[[Hit, Scene, int], Verdict], ...] = (
    _blocked,
    _quoted,
    _other_person,
    _negated,
    _hypothetical,
    _question,
    _laughed,
    _over_or_safe,
    _now,
    _unsure,
)


def _inside(cue: Cue, hit: Hit) -> bool:
    return hit.start <= cue.start and cue.end <= hit.end


def _only_skipped(cue: Cue, hit: Hit) -> bool:
    """Whether the pattern did not ask for any of the cue's words: they stood in its gaps."""
    return all(hit.skipped >> place & 1 for place in range(cue.start, cue.end))


def _closes_clause(cue: Cue, hit: Hit, scene: Scene) -> bool:
    """Whether nothing but a time follows: "he hit me not (yesterday)", and not "he cut me it will not stop"."""
    following = cue.end
    if following == len(scene.words) or not _same_clause(cue.start, following, scene):
        return True
    return any(
        time.start == following for role in ("now", "recent", "old", "but") for time in scene.heard(role, hit)
    )


def _same_sentence(cue: Cue, hit: Hit, scene: Scene) -> bool:
    return scene.sentence[cue.start] in (scene.sentence[hit.start], scene.sentence[hit.end - 1])


def _same_clause(one: int, other: int, scene: Scene) -> bool:
    return scene.clause[one] == scene.clause[other]


def _turn_between(start: int, end: int, hit: Hit, scene: Scene) -> bool:
    """Whether "but" stands between."""
    return any(start <= cue.start and cue.end <= end for cue in scene.heard("but", hit))


def _just_before(cue: Cue, hit: Hit, scene: Scene, reach: int) -> bool:
    return (
        0 <= hit.start - cue.end < reach
        and _same_clause(cue.end - 1, hit.start, scene)
        and not _turn_between(cue.end, hit.start, hit, scene)
    )


def _is_pseudo(cue: Cue, hit: Hit, scene: Scene) -> bool:
    """Whether the no belongs to "not only" and the like."""
    return any(pseudo.start <= cue.start and cue.end <= pseudo.end for pseudo in scene.heard("pseudo", hit))


def _subject_between(start: int, hit: Hit, scene: Scene) -> bool:
    """Whether somebody who acts stands before the hit or at its start. Then a no before belongs to another clause."""
    roles = ("me", "kin", "they", "partner", "child")  # "I can't go home he kills me"
    return any(True for role in roles for _cue in scene.heard_between(role, hit, start, hit.start))


def _spent(cue: Cue, hit: Hit, scene: Scene) -> bool:
    """Whether the no is itself part of another danger: "can't go on want to die"."""
    return any(
        other.end <= hit.start and _inside(cue, other) and not _only_skipped(cue, other)
        for other in scene.dangers
    )


def _denied_cue(cue: Cue, scene: Scene) -> bool:
    return any(0 <= cue.start - no.end < 2 for no in scene.cues.get("neg", ()))


def _timed(role: str, hit: Hit, scene: Scene) -> bool:
    return any(_near_in_time(cue, hit, scene) for cue in scene.heard(role, hit))


def _present(hit: Hit, scene: Scene) -> bool:
    """Whether "now" or "tonight" is said of this hit, rather than of being safe now."""
    return any(
        _near_in_time(cue, hit, scene) and not _of_safety(cue, scene) for cue in scene.heard("now", hit)
    )


def _lately(hit: Hit, scene: Scene) -> bool:
    """Whether "yesterday" or "today" is said of this hit: "years ago he hit me, today I am safe" is old."""
    return any(
        _near_in_time(cue, hit, scene) and (_inside(cue, hit) or not _of_safety(cue, scene))
        for cue in scene.heard("recent", hit)
    )


def _of_safety(cue: Cue, scene: Scene) -> bool:
    """Whether a time stands in words of being safe, or right beside them."""
    return any(
        safe.start - BESIDE <= cue.end
        and cue.start <= safe.end + BESIDE
        and _same_clause(safe.start, cue.start, scene)
        for safe in scene.cues.get("safe", ())
    )


def _near_in_time(cue: Cue, hit: Hit, scene: Scene) -> bool:
    if _inside(cue, hit):
        return True
    distance = hit.start - cue.end if cue.end <= hit.start else cue.start - hit.end
    apart = abs(
        scene.sentence[cue.start] - scene.sentence[hit.end - 1 if cue.start >= hit.end else hit.start]
    )
    if cue.end <= hit.start and _turn_between(cue.end, hit.start, hit, scene):
        return False
    if cue.start >= hit.end and _turn_between(hit.end, cue.start, hit, scene):
        return False
    return distance < TIME_REACH and (
        apart == 0 or (apart == 1 and scene.sentence.count(scene.sentence[cue.start]) <= 3)
    )
