"""What she hears of the plan unasked: neutral, by day, once, and not while she is quiet."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from dialogs.effects import Purpose
from dialogs.events import PlanChangeAsked, Timer
from dialogs.plan_entry import Helper, PlanEntry, Suggest
from dialogs.words import Word
from tests.dialogs.cast import NOW, Talk, neutral
from tests.dialogs.test_sip import HER, TODAY

PROPOSAL = PlanChangeAsked(2, Suggest("home-visit", Helper.PARTNER, None))
AGREED = PlanEntry(1, "home-visit", Helper.PARTNER, 2, 2, TODAY + timedelta(days=3), True, True)
MORNING = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
"""Nine o'clock in Stockholm, on that day."""
NIGHT = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)


def hears(talk: Talk) -> list[str]:
    """The first line of what came by itself."""
    return [say.text[0].source for say in talk.says if say.purpose is Purpose.ROUTINE]


@pytest.mark.parametrize("name", ["", "L"])
def test_a_proposal_is_news_for_when_it_suits_her(name: str) -> None:
    """By day at once, and a lock screen learns nothing (R35)."""
    talk = Talk(replace(HER, name=name)).happens(PROPOSAL)
    assert talk.timers[Timer.PLAN] == NOW
    (say,) = talk.passes(minutes=1).says
    assert neutral(say)
    assert talk.offers == ["sp"]
    assert talk.timers == {}


def test_at_night_it_waits_for_the_morning() -> None:
    """Nobody is woken by a plan."""
    talk = Talk(HER, now=NIGHT).happens(PROPOSAL)
    assert talk.timers[Timer.PLAN] == datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
    assert len(hears(talk.passes(days=1))) == 1


def test_two_proposals_are_one_message() -> None:
    """Each message more is a risk of its own (R2)."""
    talk = Talk(HER, now=NIGHT).happens(PROPOSAL).happens(PROPOSAL)
    assert len(hears(talk.passes(days=2))) == 1


def test_what_she_has_looked_at_is_no_news() -> None:
    """She opened her plan before the morning came."""
    talk = Talk(HER, now=NIGHT).happens(PROPOSAL).presses("sp")
    assert Timer.PLAN not in talk.timers
    assert hears(talk.falls(Timer.PLAN).passes(days=2)) == []


@pytest.mark.parametrize("name", ["", "L"])
def test_a_day_of_the_plan_is_reminded_of_on_its_morning_once(name: str) -> None:
    """At nine on her clock; the step itself stands behind a tap."""
    talk = Talk(replace(HER, sip=(AGREED,), name=name)).presses("sp")
    assert talk.timers[Timer.PLAN] == MORNING
    talk.passes(days=4)
    (say,) = talk.says
    assert neutral(say)
    assert "remember" in say.text[0].source
    assert hears(talk.passes(days=30)) == []


@pytest.mark.parametrize(
    "entry",
    [
        replace(AGREED, done=True),
        replace(AGREED, her_yes=False),
        replace(AGREED, their_yes=False),
        replace(AGREED, on=None),
    ],
)
def test_what_is_not_agreed_or_done_has_no_reminder(entry: PlanEntry) -> None:
    """A reminder of something she never said yes to would be an order."""
    assert hears(Talk(replace(HER, sip=(entry,))).presses("sp").passes(days=9)) == []


def test_a_pause_holds_it_back() -> None:
    """Quiet is quiet; afterwards it comes by day."""
    talk = Talk(replace(HER, sip=(AGREED,))).presses("set:pause:7")
    assert hears(talk.passes(days=6.9)) == []
    assert any("remember" in each for each in hears(talk.passes(days=2)))


def test_a_timer_that_falls_in_a_pause_waits_for_its_end() -> None:
    """An older row, from before the pause."""
    talk = Talk(replace(HER, sip=(AGREED,))).presses("set:pause:7").passes(days=4).falls(Timer.PLAN)
    assert hears(talk) == []
    assert talk.timers[Timer.PLAN] >= NOW + timedelta(days=7)


def test_a_proposal_while_she_pauses_waits_for_its_end() -> None:
    """However eager the other one is."""
    talk = Talk(HER).presses("set:pause:3").happens(PROPOSAL)
    assert talk.timers[Timer.PLAN] >= NOW + timedelta(days=3)


def test_who_stopped_hears_nothing_and_finds_it_when_she_is_back() -> None:
    """ "I send nothing more by myself" (S23)."""
    talk = Talk(replace(HER, sip=(AGREED,))).writes("stop", Word.STOP).happens(PROPOSAL)
    assert hears(talk.passes(days=9)) == []
    assert hears(talk.falls(Timer.PLAN)) == []
    assert Timer.PLAN in talk.presses("p:resume").timers


def test_a_timer_that_falls_late_at_night_waits() -> None:
    """The bot was down until midnight."""
    talk = Talk(replace(HER, sip=(replace(AGREED, on=date(2026, 11, 24)),)), now=NIGHT).falls(Timer.PLAN)
    assert hears(talk) == []
    assert talk.timers[Timer.PLAN] == datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
