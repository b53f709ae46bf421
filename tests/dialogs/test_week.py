"""Monday's summary: a few numbers, by day, not while she is away; loads for coordinators only."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dialogs import contact_person, week
from dialogs.duty import Away
from dialogs.effects import GatherWeek, Purpose, Say, SetTimer
from dialogs.events import Event, LoadLine, Pressed, Started, Timer, TimerFell, WeekGathered
from dialogs.knowledge import Knowledge
from dialogs.load import USUAL
from dialogs.outcome import Outcome
from dialogs.people import Contact, PromisedCall
from tests.dialogs.cast import NOW, english, neutral, only, words

MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
"""Nine o'clock in Stockholm."""
FALLS = TimerFell(Timer.WEEK, MONDAY)
NUMBERS = WeekGathered(taken=3, closed=2, open=1, paused=4)


def happens(contact: Contact, event: Event, knowledge: Knowledge, now: datetime = NOW) -> Outcome[Contact]:
    """Let something happen to her."""
    return contact_person.decide(contact, event, now, knowledge)


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        (NOW, MONDAY),
        (MONDAY - timedelta(seconds=1), MONDAY),
        (MONDAY, MONDAY + timedelta(days=7)),
        (datetime(2027, 3, 24, 12, 0, tzinfo=UTC), datetime(2027, 3, 29, 7, 0, tzinfo=UTC)),
    ],
)
def test_the_next_one_is_on_monday_at_nine_on_the_wall(now: datetime, monday: datetime) -> None:
    """Also in the week in which the clock changes."""
    assert week.plan(now) == SetTimer(Timer.WEEK, monday)


@pytest.mark.parametrize("event", [Started(), Pressed("test:have")])
def test_whoever_is_here_without_one_gets_one(mina: Contact, knowledge: Knowledge, event: Event) -> None:
    """By joining, by the monthly test, or by opening the chat again."""
    asked = replace(mina, test_sent_at=NOW)
    assert week.plan(NOW) in happens(asked, event, knowledge).effects
    new = replace(mina, joined=False)
    assert week.plan(NOW) not in happens(new, Started(), knowledge).effects


def test_it_is_counted_when_it_comes_and_the_next_one_is_set(mina: Contact, knowledge: Knowledge) -> None:
    """No Monday without a next one."""
    due = happens(mina, FALLS, knowledge, MONDAY)
    assert due.effects == (SetTimer(Timer.WEEK, MONDAY + timedelta(days=7)), GatherWeek())


def test_who_is_away_gets_none(mina: Contact, knowledge: Knowledge) -> None:
    """The next Monday will do."""
    away = replace(mina, away=Away(MONDAY + timedelta(days=1)))
    assert happens(away, FALLS, knowledge, MONDAY).effects == (
        SetTimer(Timer.WEEK, MONDAY + timedelta(days=7)),
    )


def test_one_that_is_late_waits_for_the_day(mina: Contact, knowledge: Knowledge) -> None:
    """Nobody is woken by numbers."""
    night = MONDAY + timedelta(hours=14)
    assert happens(mina, FALLS, knowledge, night).effects == (
        SetTimer(Timer.WEEK, MONDAY + timedelta(days=1)),
    )
    assert happens(replace(mina, joined=False), FALLS, knowledge, MONDAY).effects == ()


def test_it_is_short_and_says_what_is_open(mina: Contact, knowledge: Knowledge) -> None:
    """Cases, calls, pauses; nothing of what anybody did not do."""
    old, lately = MONDAY - timedelta(days=8), MONDAY - timedelta(days=1)
    hers = replace(
        mina,
        kept=((old, True), (lately, True), (lately, True), (lately, False)),
        calls=(PromisedCall(1, "Linden", lately), PromisedCall(4, "Björk", MONDAY + timedelta(hours=1))),
    )
    (say,) = only(Say, happens(hers, NUMBERS, knowledge, MONDAY).effects)
    said = english(say.text)
    assert say.purpose is Purpose.ROUTINE
    assert neutral(Say(say.text[:1]))
    for line in (
        "took on: 3",
        "closed: 2",
        "with you now: 1",
        "kept: 2, not kept: 1",
        "settled yet: 1",
        "pause: 4",
    ):
        assert line in said
    assert len(said) < 400
    assert "Residents for each" not in said


def test_coordinators_see_who_carries_how_many(mina: Contact, knowledge: Knowledge) -> None:
    """So that nobody carries too many (S21)."""
    load = (LoadLine("Mina", 3, None), LoadLine("Josef", 4, 3))
    said = words(happens(mina, replace(NUMBERS, load=load), knowledge, MONDAY).effects)
    assert f"Mina: 3 of {USUAL}" in said
    assert "Josef: 4 of 3, more than agreed" in said
