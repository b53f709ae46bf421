"""Leyla, Mina and Josef, what the bot knows in tests, and conversations that move the clock themselves."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any, Final, TypeVar

from bot.library import Library, load
from bot.word_lists import TELLING
from dialogs import codes, conversation, who_reads
from dialogs.codes import Derived
from dialogs.effects import UNASKED, CheckChain, Effect, Purpose, RaiseAlert, Say, SetTimer, StopTimer, Toast
from dialogs.events import ChainChecked, Event, Pressed, Timer, TimerFell, Wrote
from dialogs.knowledge import Knowledge, RiskReader
from dialogs.lock import Lock
from dialogs.neutral import SHOWN, opens
from dialogs.people import Agreed, Consent, Contact, Place, Resident
from dialogs.risk.reader import Reading, Signal
from dialogs.text import Message, Text
from dialogs.words import Word

NOW: Final = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
"""A Tuesday, six o'clock in the evening in Stockholm: Leyla's time."""
YES: Final = Consent(check_ins=True, reading=True, telling=True)
MINA: Final = Agreed(2, "Mina")
JOSEF: Final = Agreed(3, "Josef")
ZONES: Final = frozenset({"Europe/Stockholm", "Europe/London", "Asia/Kabul"})
LOCALES: Final = (("sv", "Svenska"), ("en", "English"), ("ar", "العربية"))
DANGERS: Final = ("SU", "TV", "LF", "AM", "FP", "PV", "EX", "HO", "DI", "CH", "HU", "reader")

NOT_ON_A_LOCK_SCREEN: Final = [entry.lstrip("*=") for entry in TELLING.entries("en")]
"""What would tell whoever reads it what this chat is for (R35, S4)."""

Wanted = TypeVar("Wanted")


SALT: Final = b"salt"


def fingerprint(text: str) -> bytes:
    """What scrypt would make of a code, without its patience."""
    code = codes.read(text)
    assert code is not None
    return sha256(SALT + code.plain.encode()).digest()


def a_lock(own: str = "4711", second: str | None = "2580", **changes: Any) -> Lock:
    """A check that was chosen: closed, but somebody was here a short while ago."""
    chosen = Lock(
        SALT,
        own=fingerprint(own),
        second=codes.NO_CODE if second is None else fingerprint(second),
        own_digits=own.isdecimal(),
        second_digits=second is None or second.isdecimal(),
        acted_at=NOW - timedelta(minutes=40),
    )
    return replace(chosen, **changes)


def typed(resident: Resident, text: str, now: datetime, word: Word | None = None) -> Wrote:
    """What she writes, as the door hands it on."""
    event = Wrote(text, word, message=77)
    if resident.lock is None or who_reads.looks_at(resident, event, now) is None:
        return event
    return replace(event, derived=Derived(SALT, fingerprint(text)))


class Calm:
    """A reader that hears nothing."""

    def read(self, _text: str) -> Reading:
        """Nothing."""
        return Reading(0, (), "calm")


class Hears:
    """A reader that hears what the text says outright: `TV1 DI1` is two themes of level 1."""

    def read(self, text: str) -> Reading:
        """Only whole codes count."""
        codes = [word for word in text.split() if word[:-1] in DANGERS and word[-1:] in ("1", "2", "3")]
        signals = tuple(Signal(code[:-1], int(code[-1]), code, "said", 0, 1) for code in codes)
        return Reading(max((each.level for each in signals), default=0), signals, "hears")


class MustNotRead:
    """A reader for those who said no to being read."""

    def read(self, _text: str) -> Reading:
        """Reading without consent is what this program may never do."""
        raise AssertionError("read without consent")


@cache
def library() -> Library:
    """The real guides, read once."""
    return load()


def knowledge(reader: RiskReader | None = None) -> Knowledge:
    """What the bot knows; with `reader`, or one that understands codes."""
    books = library()
    return Knowledge(books.guides, books.lines, reader or Hears(), LOCALES, ZONES, books.glossary)


def leyla(**changes: Any) -> Resident:
    """Leyla, who has joined, said yes to everything, and named Mina and Josef."""
    joined = Resident(
        1,
        "Linden",
        locale="en",
        place=Place.MENU,
        joined=True,
        consent=YES,
        proposed=(MINA, JOSEF),
        contacts=(MINA, JOSEF),
        last_sign=NOW,
    )
    return replace(joined, **changes)


def newcomer(**changes: Any) -> Resident:
    """Leyla, who has just come through her invitation."""
    return replace(Resident(1, "Linden", locale="en", proposed=(MINA, JOSEF), last_sign=NOW), **changes)


def mina(**changes: Any) -> Contact:
    """Mina, who has answered the test alert."""
    return replace(Contact(2, "Mina", locale="sv", place=Place.MENU, joined=True), **changes)


class Talk:
    """A conversation with a resident: keeps her, her timers and the clock, and what followed last."""

    def __init__(self, resident: Resident, reader: RiskReader | None = None, now: datetime = NOW) -> None:
        self.resident, self.now, self.knowledge = resident, now, knowledge(reader)
        self.timers: dict[Timer, datetime] = {}
        self.effects: tuple[Effect, ...] = ()
        self.nobody_there = False

    def happens(self, event: Event) -> "Talk":
        """Let something happen to her now."""
        outcome = conversation.decide(self.resident, event, self.now, self.knowledge)
        self.resident, self.effects = outcome.person, outcome.effects
        for effect in outcome.effects:
            if isinstance(effect, SetTimer):
                self.timers[effect.timer] = effect.at
            elif isinstance(effect, StopTimer):
                self.timers.pop(effect.timer, None)
        for check in only(CheckChain, outcome.effects):
            self.happens(ChainChecked(self.nobody_there, check.again))
            self.effects = (*outcome.effects, *self.effects)
        return self

    def writes(self, text: str, word: Word | None = None) -> "Talk":
        """She types something; the door adds what it adds where it may be a code of hers."""
        return self.happens(typed(self.resident, text, self.now, word))

    def presses(self, data: str) -> "Talk":
        """She presses a button."""
        return self.happens(Pressed(data))

    def falls(self, timer: Timer) -> "Talk":
        """A timer falls now."""
        self.timers.pop(timer, None)
        return self.happens(TimerFell(timer, self.now))

    def falls_due(self, timer: Timer) -> "Talk":
        """A timer falls at the moment it was set for."""
        self.now = self.timers[timer]
        return self.falls(timer)

    def passes(self, *, days: float = 0, hours: float = 0, minutes: float = 0) -> "Talk":
        """Move the clock; what falls due on the way happens at its time. `effects` are all of it."""
        until = self.now + timedelta(days=days, hours=hours, minutes=minutes)
        happened: list[Effect] = []
        while due := [(at, timer) for timer, at in self.timers.items() if at <= until]:
            at, timer = min(due)
            del self.timers[timer]
            self.now = max(self.now, at)
            happened += self.happens(TimerFell(timer, at)).effects
        self.now, self.effects = until, tuple(happened)
        return self

    def asks(self) -> "Talk":
        """Her daily check-in comes, now."""
        return self.happens(TimerFell(Timer.CHECK_IN, self.now))

    def button(self, answer: str) -> str:
        """The data of a button of her open check-in."""
        check_in = self.resident.check_in
        assert check_in is not None
        return f"ci:{check_in.day:%Y%m%d}:{check_in.slot}:{answer}"

    @property
    def says(self) -> list[Say]:
        """What the bot said last."""
        return only(Say, self.effects)

    @property
    def alarms(self) -> list[RaiseAlert]:
        """Whom the last event alarmed."""
        return only(RaiseAlert, self.effects)

    @property
    def words(self) -> str:
        """What she reads after the last event."""
        return words(self.effects)

    @property
    def offers(self) -> list[str]:
        """The data of all buttons that were shown last."""
        return offered(self.effects)


def only(kind: type[Wanted], effects: Iterable[object]) -> list[Wanted]:
    """The effects of one kind, in order."""
    return [effect for effect in effects if isinstance(effect, kind)]


def words(effects: Iterable[object]) -> str:
    """All that is said, as a reader of English sees it."""
    return "\n\n".join(english(effect.text) for effect in effects if isinstance(effect, Say | Toast))


def offered(effects: Iterable[object]) -> list[str]:
    """The data of all buttons."""
    return [button.data for say in only(Say, effects) for row in say.keyboard for button in row]


def english(text: Text) -> str:
    """A text as a reader of English sees it; what the door fills in is left as its name."""
    return "\n\n".join(_said(message) for message in text)


class _Values(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return f"<{name}>"


def _said(message: Message) -> str:
    source = message.source if message.plural is None or message.count == 1 else message.plural
    return source.format_map(_Values({name: _value(value) for name, value in message.values}))


def _value(value: object) -> object:
    if isinstance(value, Message):
        return _said(value)
    if isinstance(value, tuple):
        return ", ".join(_said(each) for each in value)
    return value


def neutral(say: Say) -> bool:
    """Whether a stranger who reads the lock screen learns nothing (R35)."""
    return not tells(say)


def approved(say: Say) -> bool:
    """Whether it may come to a resident unasked: it opens with a line that was approved for that, and tells nothing."""
    return opens(say.text) and neutral(say)


def tells(say: Say) -> tuple[str, ...]:
    """What a lock screen would tell: the beginning, and every button below."""
    labels = [english((button.label,)) for row in say.keyboard for button in row]
    return TELLING.found("\n".join([english(say.text)[:SHOWN], *labels]), "en")


def unprompted(effects: Iterable[object], resident: int = 1) -> list[Say]:
    """What comes to a resident without her having done anything just now."""
    return [
        say
        for say in only(Say, effects)
        if say.purpose in (*UNASKED, Purpose.NOTE) and say.to in (None, resident)
    ]
