"""
The account: what people did, what their phones showed and what the database says, laid beside one another.

Pure counting. Each figure is one that a fault makes greater than nothing: a message without its answer, an answer
without its message, an alert nobody's phone shows, a press that changed nothing, a question asked twice.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from dialogs.alert import Alert, AlertState
from dialogs.effects import Purpose
from faults.books import Books, Row
from faults.deeds import Deeds, Telling, day_asked_in, telling_in
from faults.stage import Arrival

REPEAT_MARK = "↻"
"""What the repeat line opens with, in every language."""

GIVEN_UP = frozenset({"unclear", "refused"})
DONE_WITH = frozenset({"sent", "dropped"})
WRONG = (
    "updates_lost",
    "effects_lost",
    "effects_twice",
    "notes_twice",
    "alerts_unsent",
    "tellings_unsent",
    "answers_lost",
    "asked_twice",
    "not_asked_unflagged",
    "copies_unmarked",
    "unfinished",
)
"""The figures of an account that must be nothing."""


@dataclass(frozen=True, slots=True)
class Account:
    """How many there were, and how many of them were wrong."""

    updates: int = 0
    updates_lost: int = 0  # not in the database, or set aside
    effects: int = 0
    effects_lost: int = 0
    effects_twice: int = 0
    notes_twice: int = 0  # "somebody has it" and "nobody yet", to a resident
    alerts: int = 0
    alerts_unsent: int = 0
    tellings: int = 0
    tellings_unsent: int = 0  # neither on the phone nor dropped because somebody has the case
    answers: int = 0
    answers_lost: int = 0  # "I have it" and "reached" that changed nothing
    asked: int = 0
    asked_twice: int = 0
    not_asked: int = 0  # on no phone
    not_asked_unflagged: int = 0  # and nothing in the database says so
    copies: int = 0  # tellings that arrived again
    copies_unmarked: int = 0
    unfinished: int = 0

    @property
    def wrong(self) -> int:
        """Everything that must not be, together."""
        return sum(getattr(self, name) for name in WRONG)

    def __add__(self, other: "Account") -> "Account":
        return Account(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Account)))


def take(deeds: Deeds, pushed: set[int], arrivals: Sequence[Arrival], books: Books) -> Account:
    """Lay the two sides beside one another, once everything has come to rest."""
    return (
        _updates(pushed, books)
        + _effects(deeds, books)
        + _alerts(deeds, arrivals, books)
        + _check_ins(deeds, arrivals, books)
    )


def _updates(pushed: set[int], books: Books) -> Account:
    unfinished = sum(row.state in ("pending", "sending") for row in books.rows)
    lost = len(pushed - books.recorded) + books.set_aside
    return Account(updates=len(pushed), updates_lost=lost, unfinished=unfinished)


def _effects(deeds: Deeds, books: Books) -> Account:
    """
    Whatever somebody did left so many rows: an answer to each text, an end to each press, one emergency text.

    Rows are never taken away, so one too few is an effect that was lost and one too many an effect that came twice.
    """
    rows = Counter((row.person, row.purpose) for row in books.rows)
    expected = {
        **{(person, Purpose.REPLY.value): count for person, count in deeds.texts.items()},
        **{(person, "press"): count for person, count in deeds.presses.items()},
        **dict.fromkeys(((person, Purpose.EMERGENCY.value) for person in deeds.endangered), 1),
    }
    answered = sum(books.check_ins.get((person, day)) != "answered" for person, day in deeds.faces.items())
    return Account(
        effects=sum(expected.values()),
        effects_lost=sum(max(count - rows[key], 0) for key, count in expected.items()) + answered,
        effects_twice=sum(max(rows[key] - count, 0) for key, count in expected.items()),
        notes_twice=_notes_twice(books),
    )


def _notes_twice(books: Books) -> int:
    """A resident hears once of each that somebody has her case, and that nobody has answered yet."""
    notes = Counter(
        (row.alert, row.person) for row in books.rows if row.purpose == Purpose.NOTE and row.alert is not None
    )
    return sum(max(notes[each.id, each.resident] - _notes_due(each), 0) for each in books.alerts)


def _notes_due(alert: Alert) -> int:
    return (alert.acknowledged_at is not None) + (alert.resident_told_at is not None)


def _alerts(deeds: Deeds, arrivals: Sequence[Arrival], books: Books) -> Account:
    came = [(arrival, telling) for arrival in arrivals if (telling := telling_in(arrival)) is not None]
    seen = {telling.case for _arrival, telling in came}
    raised = Counter(each.resident for each in books.alerts)
    missing = sum(raised[person] == 0 for person in deeds.endangered)
    double = sum(max(count - 1, 0) for count in raised.values())
    told = [row for row in books.rows if row.purpose == Purpose.ALERT]
    return Account(
        alerts=len(deeds.endangered),
        alerts_unsent=missing + sum(each.id not in seen for each in books.alerts),
        effects_twice=double,
        tellings=len(told),
        tellings_unsent=_unsent(told, {(arrival.person, telling) for arrival, telling in came}),
        answers=len(deeds.taken) + len(deeds.reached),
        answers_lost=_answers_lost(deeds, books),
        copies=len(came) - len(_first(came)),
        copies_unmarked=_unmarked(came),
    )


def _unsent(told: Iterable[Row], arrived: set[tuple[int, Telling]]) -> int:
    return sum(
        row.state not in DONE_WITH
        or (row.state == "sent" and (row.person, Telling(row.alert or 0, row.step)) not in arrived)
        for row in told
    )


def _answers_lost(deeds: Deeds, books: Books) -> int:
    by_id = {each.id: each for each in books.alerts}
    not_taken = sum(not _has(by_id.get(case), person) for case, person in deeds.taken.items())
    return not_taken + sum(not _closed(by_id.get(case)) for case in deeds.reached)


def _has(alert: Alert | None, person: int) -> bool:
    return alert is not None and alert.acknowledged_at is not None and alert.holder == person


def _closed(alert: Alert | None) -> bool:
    return alert is not None and alert.state is AlertState.CLOSED


def _first(came: Iterable[tuple[Arrival, Telling]]) -> set[tuple[int, Telling]]:
    return {(arrival.person, telling) for arrival, telling in came}


def _unmarked(came: Iterable[tuple[Arrival, Telling]]) -> int:
    """Of each telling one copy may say nothing: the first that left, though a slow network may bring it last."""
    plain = Counter(
        (arrival.person, telling) for arrival, telling in came if not arrival.text.startswith(REPEAT_MARK)
    )
    return sum(count - 1 for count in plain.values())


def _check_ins(deeds: Deeds, arrivals: Iterable[Arrival], books: Books) -> Account:
    came = Counter(
        (arrival.person, day) for arrival in arrivals if (day := day_asked_in(arrival)) is not None
    )
    on_a_phone = {person for person, _day in came}
    missing = deeds.armed - on_a_phone
    given_up = {row.person for row in books.rows if row.purpose == Purpose.ROUTINE and row.state in GIVEN_UP}
    undelivered = {person for (person, _day), state in books.check_ins.items() if state == "undelivered"}
    return Account(
        asked=len(deeds.armed),
        asked_twice=sum(count - 1 for count in came.values()),
        not_asked=len(missing),
        not_asked_unflagged=len(missing - given_up - undelivered),
    )
