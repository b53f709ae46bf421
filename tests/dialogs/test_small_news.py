"""Small news: by day, once, and nothing of it on a lock screen."""

from datetime import timedelta

import pytest

from dialogs.effects import Purpose, SetTimer
from dialogs.events import ContactPersonLeft, ContactProposed, ContactsReordered, Timer
from dialogs.kinds import ContactKind
from dialogs.letters import TalkNow
from dialogs.people import Agreed, Place
from tests.dialogs.cast import JOSEF, MINA, NOW, Talk, leyla, neutral, newcomer, only

SARA = Agreed(4, "Sara", ContactKind.PROFESSIONAL)
ELSA = Agreed(5, "Elsa")


def test_somebody_new_is_proposed_and_not_agreed_to() -> None:
    """Only a yes is a yes; the message says nothing, and leads to where she decides."""
    talk = Talk(leyla()).happens(ContactProposed(SARA))
    assert talk.resident.proposed == (MINA, JOSEF, SARA)
    assert [each.id for each in talk.resident.contacts] == [2, 3]
    (said,) = talk.says
    assert (said.purpose, neutral(said), talk.offers) == (Purpose.ROUTINE, True, ["set:contact:4"])
    assert "Sara" not in talk.words
    talk.presses("set:contact:4")
    assert "Sara is not asked about you" in talk.words
    talk.presses("set:see:4:told:yes")
    assert [each.id for each in talk.resident.contacts] == [2, 3, 4]


def test_proposed_twice_is_proposed_once() -> None:
    """Two presses at the desk are one, and her answer stays."""
    talk = Talk(leyla(contacts=(MINA,))).happens(ContactProposed(JOSEF))
    assert (talk.resident, talk.effects) == (leyla(contacts=(MINA,)), ())


def test_at_night_it_waits_for_the_day() -> None:
    """Nothing unasked that can wait; two that waited are one message."""
    night = NOW.replace(hour=22)
    talk = Talk(leyla(), now=night).happens(ContactProposed(SARA)).happens(ContactProposed(ELSA))
    assert talk.says == []
    talk.falls_due(Timer.NEWS)
    assert 8 <= talk.now.hour < 20
    assert talk.offers == ["set:contacts"]
    assert talk.falls(Timer.NEWS).says == []


def test_a_pause_and_a_talk_are_not_disturbed() -> None:
    """It comes when they are over."""
    until = NOW + timedelta(days=3)
    paused = Talk(leyla(paused_until=until)).happens(ContactProposed(SARA))
    assert (paused.says, paused.timers[Timer.NEWS] >= until) == ([], True)
    talking = Talk(leyla(talk=TalkNow(1, 2, "Mina", NOW))).happens(ContactProposed(SARA))
    assert (talking.says, talking.timers[Timer.NEWS] > NOW) == ([], True)


def test_whoever_stopped_is_left_in_peace() -> None:
    """She finds it in the settings (S23)."""
    talk = Talk(leyla(stopped=True)).happens(ContactProposed(SARA))
    assert (talk.says, talk.resident.proposed[-1], Timer.NEWS in talk.timers) == ([], SARA, False)


@pytest.mark.parametrize("place", [Place.LANGUAGE, Place.NAME, Place.CONTACTS])
def test_whoever_still_joins_is_asked_then(place: Place) -> None:
    """The question of joining shows all of them."""
    talk = Talk(newcomer(place=place)).happens(ContactProposed(SARA))
    assert (talk.resident.proposed, talk.effects) == ((MINA, JOSEF, SARA), ())


def test_whoever_is_past_that_question_hears_once_she_has_joined() -> None:
    """Before, the settings are closed to her."""
    talk = Talk(newcomer(place=Place.NOBODY)).happens(ContactProposed(SARA)).falls_due(Timer.NEWS)
    assert talk.says == []
    assert only(SetTimer, talk.effects)[0].at > talk.now


def test_what_is_no_news_any_more_is_not_told() -> None:
    """Somebody who left again, or whom she found by herself."""
    night = NOW.replace(hour=22)
    talk = Talk(leyla(), now=night).happens(ContactProposed(SARA)).happens(ContactProposed(ELSA))
    talk.happens(ContactPersonLeft(4)).presses("set:see:5:told:yes")
    assert talk.falls_due(Timer.NEWS).says == []


def test_the_order_is_the_operators_and_consent_is_not() -> None:
    """Both lists agree with the table; nothing is said, and nobody is agreed to by it."""
    talk = Talk(leyla(proposed=(MINA, SARA, JOSEF))).happens(ContactsReordered((4, 3, 2)))
    assert talk.resident.proposed == (SARA, JOSEF, MINA)
    assert talk.resident.contacts == (JOSEF, MINA)
    assert talk.effects == ()
