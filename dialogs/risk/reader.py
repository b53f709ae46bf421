"""
The risk reader: one message in, what a contact person would want to hear out.

It is pure and deterministic, knows no language by itself (that stands in the lexicons), and never raises: should it
fail, the message reads as level 1, because a failure must never look like calm (R22).
It judges this one message. What was said before, what the bot asked and how long somebody has been silent is weighed
elsewhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from dialogs.risk.compiling import compile_index
from dialogs.risk.context import Cue, Scene, divide, most, weigh
from dialogs.risk.lexicon import Lexicon
from dialogs.risk.matching import Hit, Index, Phrases, Word, hits_in, phrases_in
from dialogs.risk.normalise import carries_marks, is_emoji, prepare, spans, words


@dataclass(frozen=True, slots=True)
class Signal:
    """One danger heard. `start` and `end` are places in the normalised text; `rule` is the path that set the level."""

    category: str
    level: int
    pattern: str
    rule: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was heard in one message; its level is the highest. `lexicon` says which tables heard it."""

    level: int
    signals: tuple[Signal, ...]
    lexicon: str


FAILED = Signal("reader", 1, "", "reader failed", 0, 0)


class Reader:
    """Reads messages with all lexicons at once."""

    def __init__(
        self, lexicons: Iterable[Lexicon] = (), *, compiled: bytes | memoryview | None = None
    ) -> None:
        """From lexicons, or at once from the index they were compiled to (`compile_index`)."""
        self._index = Index(compile_index(lexicons) if compiled is None else compiled)
        self.lexicon = self._index.lexicon

    def read(self, text: str) -> Reading:
        """Never raises. An error of ours is a reason to ask, so it reads as level 1."""
        try:
            signals = self._signals(text)
        except Exception:  # noqa: BLE001 - R22: whatever went wrong, the message must not read as harmless
            return Reading(1, (FAILED,), self.lexicon)
        return Reading(signals[0].level if signals else 0, signals, self.lexicon)

    def patterns_in(self, text: str) -> frozenset[str]:
        """The ids of all patterns and blocks that the text holds, before any rule; for those who write them."""
        scene = self._scene(text)
        return frozenset(hit.pattern.id for hit in (*scene.dangers, *scene.blocks)) if scene else frozenset()

    def judged(self, text: str) -> list[Signal]:
        """Every pattern the text holds with the level the rules gave it, those silenced to 0 too."""
        scene = self._scene(text)
        return _combined(_strongest(_signal(hit, scene) for hit in scene.dangers), scene) if scene else []

    def _signals(self, text: str) -> tuple[Signal, ...]:
        scene = self._scene(text)
        if scene is None:
            return ()
        heard = [signal for signal in _strongest(_until_settled(scene)) if signal.level]
        return tuple(
            sorted(
                _named(_combined(heard, scene), scene),
                key=lambda signal: (-signal.level, signal.start, signal.pattern),
            )
        )

    def _scene(self, text: str) -> Scene | None:
        """Look for patterns; what stands around them is only worked out when there are any."""
        text = prepare(text)
        spoken = words(text)
        folding = not carries_marks(text)
        know = self._index.word
        known = [know(word, folding) for word in spoken]
        phrases = phrases_in(self._index, known)
        hits = hits_in(self._index, known, phrases)
        if not hits:
            return None
        places = spans(text)
        sentence, clause, asks = divide(text, places)
        scene = Scene(spoken, places, sentence, clause, asks, self._cues(known, phrases, places), (), ())
        whole = _whole(hits, scene)
        scene.dangers = [hit for hit in whole if not hit.pattern.is_block]
        scene.blocks = [hit for hit in whole if hit.pattern.is_block]
        return scene

    def _cues(
        self, known: Sequence[Word], phrases: Phrases, places: Sequence[tuple[int, int]]
    ) -> dict[str, list[Cue]]:
        found = [
            (role, locale, place, place + 1) for place, word in enumerate(known) for role, locale in word.cues
        ]
        for start, signs in phrases.items():
            for sign, end in signs.items():
                found += [(role, locale, start, end) for role, locale in self._index.cue_of.get(sign, ())]
        cues: dict[str, list[Cue]] = {}
        for role, locale, start, end in sorted(found, key=itemgetter(2)):
            letters = places[end - 1][1] - places[start][0]
            cues.setdefault(role, []).append(Cue(role, locale, start, end, letters))
        return cues


def _strongest(signals: Iterable[Signal]) -> list[Signal]:
    """One signal for each pattern: where it was heard most strongly."""
    best: dict[str, Signal] = {}
    for signal in signals:
        known = best.get(signal.pattern)
        if known is None or signal.level > known.level:
            best[signal.pattern] = signal
    return list(best.values())


def _until_settled(scene: Scene) -> Iterator[Signal]:
    """The signals of each category from the gravest hit down, until no other could raise its level."""
    reached: dict[str, int] = {}
    for hit in sorted(scene.dangers, key=most, reverse=True):
        category = hit.pattern.category
        if most(hit) > reached.get(category, 0):
            signal = _signal(hit, scene)
            reached[category] = max(reached.get(category, 0), signal.level)
            yield signal


def _signal(hit: Hit, scene: Scene) -> Signal:
    level, rule = weigh(hit, scene)
    start, end = scene.places[hit.start][0], scene.places[hit.end - 1][1]
    return Signal(hit.pattern.category, level, hit.pattern.id, rule, start, end)


def _whole(hits: list[Hit], scene: Scene) -> list[Hit]:
    """Only hits that begin and end where they must, and whose gaps do not reach over the end of a sentence."""
    sentence = scene.sentence
    return [
        hit
        for hit in hits
        if not (hit.skipped and sentence[hit.start] != sentence[hit.end - 1])
        and not (hit.pattern.from_start and hit.start and sentence[hit.start - 1] == sentence[hit.start])
        and not (hit.pattern.to_end and _goes_on(hit.end, scene))
    ]


def _goes_on(place: int, scene: Scene) -> bool:
    """Whether words follow within the sentence; pictures at its end are none."""
    for following in range(place, len(scene.words)):
        if scene.sentence[following] != scene.sentence[place - 1]:
            return False
        if not is_emoji(scene.words[following]):
            return True
    return False


def _combined(signals: list[Signal], scene: Scene) -> list[Signal]:
    """What two dangers mean together (the rows of risk.md 2.2)."""
    levels: dict[str, int] = {}
    for signal in signals:
        if signal.level:
            levels[signal.category] = max(levels.get(signal.category, 0), signal.level)
    soon = bool(scene.cues.get("now"))
    together = []
    for signal in signals:
        raised = signal
        if signal.category == "FP" and signal.level == 2 and soon and levels.keys() & {"TV", "AM"}:
            raised = replace(signal, level=3, rule=f"{signal.rule}>now>with a threat")
        elif signal.category == "HU" and signal.level and (beside := _beside(signal, signals)):
            raised = replace(signal, level=max(2, beside), rule=f"{signal.rule}>with another danger")
        together.append(raised)
    return together


def _named(signals: list[Signal], scene: Scene) -> list[Signal]:
    """
    Leave a partner out where only a relative is named: "my brother said he will kill me" fits both by its "he".

    Only where the same words say it of the family at least as strongly; so no level changes, and the contact person
    does not look for the wrong man.
    """
    if not scene.cues.get("kin") or scene.cues.get("partner"):
        return signals
    family = [signal for signal in signals if signal.category == "TV"]
    return [
        signal
        for signal in signals
        if signal.category != "PV"
        or not any(
            signal.level <= each.level and each.start <= signal.start and signal.end <= each.end
            for each in family
        )
    ]


def _beside(request: Signal, signals: list[Signal]) -> int:
    """The gravest danger in other words than the request's: "help" is one word, however many languages hear it."""
    return max(
        (
            signal.level
            for signal in signals
            if signal.category != "HU" and (signal.end <= request.start or request.end <= signal.start)
        ),
        default=0,
    )
