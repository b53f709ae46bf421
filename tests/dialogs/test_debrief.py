"""After an emergency: the next day, by day, gently, once, and with somebody to talk with."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dialogs import contact_person
from dialogs.duty import Away
from dialogs.effects import Purpose, Say, SetTimer, TellCoordinators, Toast
from dialogs.events import CoordinatorsTold, Event, HeavyCaseClosed, Pressed, Timer, TimerFell
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome
from dialogs.people import Contact
from tests.dialogs.cast import NOW, english, neutral, offered, only, words

MORNING = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
FALLS = TimerFell(Timer.DEBRIEF, MORNING)


def happens(contact: Contact, event: Event, knowledge: Knowledge, now: datetime = NOW) -> Outcome[Contact]:
    """Let something happen to her."""
    return contact_person.decide(contact, event, now, knowledge)


@pytest.fixture
def tired(mina: Contact, knowledge: Knowledge) -> Contact:
    """Mina, whose case was closed yesterday."""
    outcome = happens(mina, HeavyCaseClosed(7), knowledge)
    assert outcome.effects == (SetTimer(Timer.DEBRIEF, MORNING),), "nothing tonight"
    return outcome.person


def test_on_the_next_morning_she_is_asked_how_she_is(tired: Contact, knowledge: Knowledge) -> None:
    """A neutral line, the number of the case, three ways to answer."""
    outcome = happens(tired, FALLS, knowledge, MORNING)
    (word,) = only(Say, outcome.effects)
    assert word.purpose is Purpose.ROUTINE
    assert neutral(Say(word.text[:1]))
    assert "Case 7" in english(word.text[1:])
    assert offered(outcome.effects) == ["db:fine:7", "db:talk:7", "db:no:7"]
    assert happens(outcome.person, FALLS, knowledge, MORNING) == Outcome(outcome.person), "once"


def test_who_is_away_is_asked_when_she_is_back(tired: Contact, knowledge: Knowledge) -> None:
    """A holiday is a rest."""
    away = replace(tired, away=Away(MORNING + timedelta(days=7)))
    outcome = happens(away, FALLS, knowledge, MORNING)
    assert outcome.effects == (SetTimer(Timer.DEBRIEF, MORNING + timedelta(days=8)),)
    assert outcome.person.heavy == (7,)


@pytest.mark.parametrize(("hour", "day"), [(1, 25), (21, 26), (23, 26)])
def test_a_late_word_waits_for_the_day(tired: Contact, knowledge: Knowledge, hour: int, day: int) -> None:
    """After an outage, at night."""
    late = datetime(2026, 11, 25, hour, 30, tzinfo=UTC)
    outcome = happens(tired, FALLS, knowledge, late)
    assert outcome.effects == (SetTimer(Timer.DEBRIEF, datetime(2026, 11, day, 9, 0, tzinfo=UTC)),)


def test_two_cases_of_a_night_are_one_word(tired: Contact, knowledge: Knowledge) -> None:
    """She is asked how she is, not for a report."""
    both = happens(tired, HeavyCaseClosed(8), knowledge).person
    assert len(only(Say, happens(both, FALLS, knowledge, MORNING).effects)) == 1


def test_fine_is_an_answer_and_not_now_keeps_the_door_open(mina: Contact, knowledge: Knowledge) -> None:
    """Nobody is asked twice."""
    assert "Good to hear" in words(happens(mina, Pressed("db:fine:7"), knowledge).effects)
    assert offered(happens(mina, Pressed("db:no:7"), knowledge).effects) == ["db:talk:7"]


def test_a_wish_to_talk_goes_to_the_coordinators_with_a_name_and_a_number(
    mina: Contact, knowledge: Knowledge
) -> None:
    """And nothing of what the case was about."""
    (told,) = only(TellCoordinators, happens(mina, Pressed("db:talk:7"), knowledge).effects)
    assert "Mina" not in english(told.text[:1])
    assert english(told.text[1:]).startswith("Mina had case 7")


@pytest.mark.parametrize(("count", "said"), [(2, "The coordinators know"), (0, "nobody knows yet")])
def test_she_hears_whether_anybody_knows(mina: Contact, knowledge: Knowledge, count: int, said: str) -> None:
    """A wish that reached nobody must not look like one that did."""
    assert said in words(happens(mina, CoordinatorsTold(count), knowledge).effects)


@pytest.mark.parametrize("data", ["db:talk:x", "db:odd:7", "db", "db:no:x"])
def test_a_forged_button_does_nothing(mina: Contact, knowledge: Knowledge, data: str) -> None:
    """It is kindly refused."""
    assert only(Toast, happens(mina, Pressed(data), knowledge).effects)
