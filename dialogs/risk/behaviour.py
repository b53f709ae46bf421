"""
What several weak signs say together: counters that anybody can follow, and no model (risk.md 2.6).

Each rule names itself as the reason of the alert it leads to. What is remembered is only what was heard (category,
level, moment), never words, and a week at the most. Nothing is counted without her yes to being read.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from statistics import median
from typing import Final

from dialogs.people import Heard
from dialogs.risk.reader import Reading
from dialogs.schedule import zone_of

WEEK: Final = timedelta(days=7)
A_DAY: Final = timedelta(days=1)
SEVERAL: Final = 3
NIGHTS: Final = 2
NIGHT_ENDS: Final = 5
"""Hours from midnight, on her clock."""
TWO_WEEKS: Final = timedelta(days=14)
FACES, DROP = 4, 2
"""So many faces say what is usual for her; so far below it is a fall, of five faces."""
SEVERAL_WEAK, TWICE, AT_NIGHT, GONE_AFTER, CALM_AFTER = "several", "twice", "nights", "gone", "calm"
"""Reasons; `dialogs/alert_texts.py` says them."""


def script_of(text: str) -> str:
    """The script most of the letters are of: a hand that takes over the phone often writes in another one."""
    counts: dict[str, int] = {}
    for letter in text:
        if letter.isalpha():
            name = _script(letter)
            counts[name] = counts.get(name, 0) + 1
    return max(counts, key=lambda name: counts[name], default="")


def _script(letter: str) -> str:
    for name, first, last in _SCRIPTS:
        if first <= letter <= last:
            return name
    return "latin"


_SCRIPTS: Final = (
    ("arabic", "\u0600", "\u08ff"),
    ("ethiopic", "\u1200", "\u139f"),
    ("cyrillic", "\u0400", "\u04ff"),
)


def remember(heard: Sequence[Heard], reading: Reading, text: str, now: datetime) -> tuple[Heard, ...]:
    """Add what was just heard, and forget what is older than a week."""
    kept = tuple(each for each in heard if now - each.at < WEEK)
    worth = [signal for signal in reading.signals if signal.level > 0 and signal.category != "HU"]
    if not worth:
        return kept
    gravest = max(worth, key=lambda signal: signal.level)
    return (*kept, Heard(now, gravest.category, gravest.level, script_of(text)))


def at_night(nights: Sequence[datetime], now: datetime, zone: str) -> tuple[datetime, ...]:
    """The moments of this week at which she wrote between midnight and five, this one among them if it is one."""
    kept = tuple(each for each in nights if now - each < WEEK)
    return (*kept, now) if now.astimezone(zone_of(zone)).hour < NIGHT_ENDS else kept


def together(heard: Sequence[Heard], nights: Sequence[datetime], now: datetime, zone: str) -> str | None:
    """Return the rule by which weak signs together are urgent, or None."""
    weak = [each for each in heard if each.level == 1 and now - each.at < WEEK]
    if sum(each.category == "SU" and now - each.at < A_DAY for each in weak) >= 2:
        return TWICE
    themes = {each.category for each in weak}
    if len(weak) >= SEVERAL and (len(themes) >= 2 or themes == {"DI"}):
        return SEVERAL_WEAK
    if weak and len(nights) >= SEVERAL and len(_dates(nights, zone)) >= NIGHTS:
        return AT_NIGHT
    return None


def _dates(moments: Sequence[datetime], zone: str) -> set[date]:
    return {moment.astimezone(zone_of(zone)).date() for moment in moments}


def lately(heard: Sequence[Heard], now: datetime) -> Heard | None:
    """The last thing heard within a day; what happens right after it means more than it would otherwise."""
    recent = [each for each in heard if now - each.at < A_DAY]
    return recent[-1] if recent else None


def calm_in_another_hand(heard: Sequence[Heard], text: str, now: datetime) -> bool:
    """Whether "everything is fine" comes within a day of something worrying, and in another script than that came."""
    last = lately(heard, now)
    return last is not None and last.script != "" and last.script != script_of(text)


def faces_with(faces: Sequence[tuple[date, int]], day: date, face: int) -> tuple[tuple[date, int], ...]:
    """Add a face, and forget those older than two weeks."""
    return (*(each for each in faces if day - each[0] <= TWO_WEEKS), (day, face))


def fell(faces: Sequence[tuple[date, int]], day: date, face: int) -> bool:
    """Whether this face is far below what was usual in two weeks, although it may be none of the low ones."""
    usual = [value for on, value in faces if day - on <= TWO_WEEKS]
    return len(usual) >= FACES and median(usual) - face >= DROP
