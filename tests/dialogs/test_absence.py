"""Away until, who stands in, and hours: by buttons and by words, always with an end."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dialogs import contact_person
from dialogs.duty import Away, Duty
from dialogs.effects import GatherColleagues
from dialogs.events import ColleaguesGathered, Event, Pressed, Wrote
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome
from dialogs.people import Contact, Place, PromisedCall
from dialogs.words import Word
from tests.dialogs.cast import NOW, offered, only, words

JOSEF = ((3, "Josef"),)


def happens(contact: Contact, event: Event, knowledge: Knowledge) -> Outcome[Contact]:
    """Let something happen to her now."""
    return contact_person.decide(contact, event, NOW, knowledge)


def test_away_asks_until_when_and_who_stands_in(mina: Contact, knowledge: Knowledge) -> None:
    """Three taps, and the way back is on each screen."""
    asked = happens(mina, Wrote("away", Word.AWAY), knowledge)
    assert {"aw:1", "aw:7", "aw:back"} <= set(offered(asked.effects))
    chosen = happens(asked.person, Pressed("aw:7"), knowledge)
    assert only(GatherColleagues, chosen.effects)
    assert chosen.person.away == Away(datetime(2026, 12, 1, 7, 0, tzinfo=UTC))
    colleagues = happens(chosen.person, ColleaguesGathered(JOSEF), knowledge)
    assert offered(colleagues.effects) == ["aw:for:3", "aw:for:0"]
    done = happens(colleagues.person, Pressed("aw:for:3"), knowledge)
    assert done.person.away is not None
    assert (done.person.away.stand_in, done.person.place) == (3, Place.MENU)


def test_away_counts_even_where_the_second_question_is_never_answered(
    mina: Contact, knowledge: Knowledge
) -> None:
    """She wrote it at the gate of an airport."""
    chosen = happens(replace(mina, place=Place.AWAY), Pressed("aw:3"), knowledge)
    later = happens(chosen.person, Wrote("how does this work"), knowledge)
    assert later.person.away == chosen.person.away


@pytest.mark.parametrize(
    ("written", "day"), [("2027-01-07", (2027, 1, 7)), ("7/1", (2027, 1, 7)), (" 24/12 ", (2026, 12, 24))]
)
def test_a_day_may_be_written(
    mina: Contact, knowledge: Knowledge, written: str, day: tuple[int, int, int]
) -> None:
    """As people write dates; a day that is past this year is next year's."""
    outcome = happens(replace(mina, place=Place.AWAY), Wrote(written), knowledge)
    assert outcome.person.away is not None
    assert outcome.person.away.until.date().timetuple()[:3] == day


@pytest.mark.parametrize("written", ["soon", "2026-11-24", "2026-11-20", "2028-01-01", "31/2", "99/99", ""])
def test_a_day_that_cannot_be_is_asked_again(mina: Contact, knowledge: Knowledge, written: str) -> None:
    """Nobody is away without an end, and nobody by mistake (R6)."""
    outcome = happens(replace(mina, place=Place.AWAY), Wrote(written), knowledge)
    assert outcome.person.away is None
    assert outcome.person.place is Place.AWAY
    assert offered(outcome.effects) == ["aw:back"]


@pytest.mark.parametrize("colleagues", [JOSEF, ()])
def test_who_goes_away_hears_what_she_has_promised(
    mina: Contact, knowledge: Knowledge, colleagues: tuple[tuple[int, str], ...]
) -> None:
    """Somebody waits for that call, and nobody else makes it."""
    calls = (
        PromisedCall(1, "Linden", NOW + timedelta(hours=1)),
        PromisedCall(4, "Björk", NOW + timedelta(days=9)),
    )
    away = replace(mina, away=Away(NOW + timedelta(days=1)), place=Place.STAND_IN, calls=calls)
    said = words(happens(away, ColleaguesGathered(colleagues), knowledge).effects)
    assert "You have promised Linden a call" in said
    assert "Björk" not in said


def test_without_colleagues_nobody_is_offered(mina: Contact, knowledge: Knowledge) -> None:
    """A question without an answer is not asked."""
    away = replace(mina, away=Away(NOW + timedelta(days=1)), place=Place.STAND_IN)
    outcome = happens(away, ColleaguesGathered(()), knowledge)
    assert offered(outcome.effects) == ["aw:back"]
    assert outcome.person.place is Place.MENU


@pytest.mark.parametrize("event", [Pressed("aw:back"), Wrote("i am back", Word.PRESENT)])
def test_back_is_one_tap_or_word(mina: Contact, knowledge: Knowledge, event: Event) -> None:
    """Earlier than planned, and asked again at once."""
    outcome = happens(replace(mina, away=Away(NOW + timedelta(days=9))), event, knowledge)
    assert outcome.person.away is None


@pytest.mark.parametrize("data", ["aw:5", "aw:for:x", "aw:", "hr:odd", "hr:", "aw:for:3"])
def test_an_old_or_forged_choice_changes_nothing(mina: Contact, knowledge: Knowledge, data: str) -> None:
    """No hours that were not offered."""
    assert happens(mina, Pressed(data), knowledge).person == mina


def test_hours_are_shown_and_chosen(mina: Contact, knowledge: Knowledge) -> None:
    """And she reads when she is asked all the same."""
    shown = happens(mina, Wrote("hours", Word.HOURS), knowledge)
    assert "at any time" in words(shown.effects)
    assert "emergency" in words(shown.effects)
    chosen = happens(mina, Pressed("hr:office"), knowledge)
    assert isinstance(chosen.person.duty, Duty)
    assert "Mon–Fri" in words(chosen.effects)
    assert happens(chosen.person, Pressed("hr:always"), knowledge).person.duty is None


def test_before_she_is_ready_there_are_no_hours(mina: Contact, knowledge: Knowledge) -> None:
    """First the introduction and the test: a place in it must not be lost."""
    new = replace(mina, joined=False, place=Place.TEST)
    for event in (Pressed("aw:7"), Pressed("ch:away"), Pressed("hr:office"), Wrote("away", Word.AWAY)):
        assert happens(new, event, knowledge).person.place is Place.TEST
