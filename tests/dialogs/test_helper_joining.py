"""How a contact person begins: four short messages, and a test that must be answered."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs import contact_person, helper_joining
from dialogs.alert import (
    Acknowledged,
)
from dialogs.duty import Away
from dialogs.effects import (
    Purpose,
    Say,
    SetState,
    SetTimer,
    ShowCommands,
    TellOwnAlert,
    Toast,
)
from dialogs.events import (
    Event,
    Joined,
    NoCaseFits,
    Pressed,
    Started,
    Timer,
    TimerFell,
    Wrote,
)
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome
from dialogs.people import Contact, Place
from dialogs.words import Word
from tests.dialogs.cast import NOW, offered, only, words


@pytest.fixture
def new() -> Contact:
    """Mina, who has just come."""
    return Contact(2, "Mina")


def happens(contact: Contact, event: Event, knowledge: Knowledge) -> Outcome[Contact]:
    """Let something happen to her now."""
    return contact_person.decide(contact, event, NOW, knowledge)


def test_joining_is_a_language_four_messages_and_a_test(new: Contact, knowledge: Knowledge) -> None:
    """Ready is who has answered an alert once."""
    outcome = happens(new, Joined("en"), knowledge)
    assert SetState("joining") in outcome.effects
    for data in ("l:en", "in:0", "in:1", "in:2", "in:3", "test:have"):
        assert data in offered(outcome.effects)
        assert not outcome.person.joined
        outcome = happens(outcome.person, Pressed(data), knowledge)
    assert (outcome.person.joined, outcome.person.place) == (True, Place.MENU)
    assert {SetState("active"), ShowCommands()} <= set(outcome.effects)
    assert outcome.person.tested_at == NOW


@pytest.mark.parametrize(("app", "locale"), [("ar", "ar"), ("xx", "sv")])
def test_an_app_in_a_language_we_do_not_speak_is_no_obstacle(
    new: Contact, knowledge: Knowledge, app: str, locale: str
) -> None:
    """The default answers, and the first question is the language."""
    assert happens(new, Joined(app), knowledge).person.locale == locale


@pytest.mark.parametrize("page", range(4))
def test_the_introduction_is_four_messages_that_fit_a_screen(
    new: Contact, knowledge: Knowledge, page: int
) -> None:
    """Read on a bus; `/start` shows the one she is at."""
    said = words(happens(replace(new, place=Place.INTRODUCTION, page=page), Started(), knowledge).effects)
    assert said.startswith(f"{page + 1}/4.")
    assert len(said) < 250


def test_a_test_says_that_it_is_one_and_looks_like_a_real_one(new: Contact, knowledge: Knowledge) -> None:
    """Nobody is frightened, and the button is known."""
    outcome = happens(replace(new, place=Place.INTRODUCTION, page=3), Pressed("in:3"), knowledge)
    assert "This is a test" in words(outcome.effects)
    assert SetTimer(Timer.TEST, NOW + timedelta(hours=24)) in outcome.effects


def test_an_unanswered_test_comes_again_each_day(new: Contact, knowledge: Knowledge) -> None:
    """An untested contact person is a hole in the chain (R28)."""
    outcome = happens(replace(new, place=Place.TEST), TimerFell(Timer.TEST, NOW), knowledge)
    assert only(Say, outcome.effects)[0].purpose is Purpose.ROUTINE
    assert only(SetTimer, outcome.effects)


def test_the_test_may_be_answered_in_words(new: Contact, knowledge: Knowledge) -> None:
    """As a real one may."""
    typed = happens(replace(new, place=Place.TEST), Wrote("i have it", Word.HAVE_IT), knowledge)
    assert typed.effects == (TellOwnAlert(Acknowledged(2)),), "a real case that waits comes first"
    assert happens(typed.person, NoCaseFits(Acknowledged(2)), knowledge).person.joined


def test_an_answered_test_stays_answered(mina: Contact, knowledge: Knowledge) -> None:
    """An old button and an old row change nothing."""
    assert only(Toast, happens(mina, Pressed("test:have"), knowledge).effects)


def test_once_a_month_the_test_comes_again_until_it_is_answered(mina: Contact, knowledge: Knowledge) -> None:
    """A chain that was tested in spring says nothing about autumn (R28)."""
    tested = happens(replace(mina, test_sent_at=NOW), Pressed("test:have"), knowledge)
    (timer,) = [each for each in only(SetTimer, tested.effects) if each.timer is Timer.TEST]
    assert timedelta(days=29) < timer.at - NOW < timedelta(days=31)
    asked = happens(tested.person, TimerFell(Timer.TEST, timer.at), knowledge)
    assert "This is a test" in words(asked.effects)
    assert asked.person.test_sent_at == NOW
    again = happens(asked.person, TimerFell(Timer.TEST, NOW), knowledge)
    assert only(SetTimer, again.effects)[0].at == NOW + timedelta(hours=24)
    assert only(Say, happens(again.person, Wrote("hello"), knowledge).effects)


def test_who_is_away_is_tested_when_she_is_back(mina: Contact, knowledge: Knowledge) -> None:
    """A holiday is no hole in the chain; somebody stands in."""
    away = replace(mina, away=Away(NOW + timedelta(days=7)))
    asked = happens(away, TimerFell(Timer.TEST, NOW), knowledge)
    assert asked.effects == (SetTimer(Timer.TEST, NOW + timedelta(days=8)),)


@pytest.mark.parametrize(("days", "untested"), [(None, True), (1, False), (32, False), (34, True)])
def test_a_test_expires(mina: Contact, days: int | None, untested: bool) -> None:
    """A month, and three days to answer."""
    tested_at = None if days is None else NOW - timedelta(days=days)
    assert helper_joining.is_untested(replace(mina, tested_at=tested_at), NOW) is untested
