"""A word of her own: seen from outside nothing happens, behind it the highest call (R25)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.alert import Acknowledged, Alert, ContactTold, Track
from dialogs.alert_texts import may_hear, telling
from dialogs.effects import RaiseAlert, Say
from dialogs.people import CheckIn, Place
from dialogs.words import Word
from tests.dialogs.cast import NOW, Calm, Hears, Talk, english, leyla, only
from tests.dialogs.test_escalation import Case


def test_she_chooses_it_in_the_settings_and_it_is_shown_nowhere_again() -> None:
    """Kept as it can be compared: case and spaces do not matter in a hurry."""
    talk = Talk(leyla()).presses("set")
    assert "cw-word:ask" in talk.offers
    talk.presses("cw-word:ask").writes("  Blue   Tulip ")
    assert talk.resident.covert == "blue tulip"
    assert "tulip" not in talk.words.casefold()
    assert "p:hide" in talk.offers


@pytest.mark.parametrize("text", ["", "ab", "x" * 41])
def test_a_word_that_would_be_written_by_chance_is_asked_for_again(text: str) -> None:
    """Two letters come by accident."""
    talk = Talk(leyla(place=Place.WORD, asked_at=NOW)).writes(text)
    assert (talk.resident.covert, talk.resident.place) == ("", Place.WORD)


@pytest.mark.parametrize("elsewhere", ["set", "menu", "told", "g"])
def test_who_goes_back_has_chosen_none(elsewhere: str) -> None:
    """Else the next thing she writes, "I feel bad today", would call for help each time she writes it again."""
    talk = Talk(leyla(covert="tulip"), Calm()).presses("cw-word:ask").presses(elsewhere)
    talk.writes("I feel bad today")
    assert talk.alarms == []
    assert (talk.resident.covert, talk.resident.place) == ("tulip", Place.MENU)


def test_a_typed_word_leaves_the_room_too() -> None:
    """Whoever cannot press types: the same way out."""
    talk = Talk(leyla(), Calm()).presses("cw-word:ask").writes("somebody", Word.SOMEONE)
    assert talk.resident.place is Place.MENU


def test_what_she_writes_much_later_is_no_word() -> None:
    """She opened the room, put the phone away, and says hello the day after."""
    asked = NOW - timedelta(minutes=10)
    talk = Talk(leyla(place=Place.WORD, asked_at=asked), Calm()).writes("hello again")
    assert (talk.resident.covert, talk.resident.place) == ("", Place.MENU)


def test_danger_written_there_is_answered_and_is_no_word() -> None:
    """What comes after it is an answer, not a word."""
    talk = Talk(leyla(place=Place.WORD, asked_at=NOW), Hears()).writes("TV2")
    assert talk.alarms
    assert (talk.resident.covert, talk.resident.place) == ("", Place.MENU)


def test_it_can_be_taken_back() -> None:
    """Every choice can (S6)."""
    assert Talk(leyla(covert="tulip")).presses("cw-word:none").resident.covert == ""


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"check_in": CheckIn(NOW.date(), "d", NOW)},
        {"place": Place.TIME},
        {"joined": False, "place": Place.NAME},
    ],
)
def test_the_visible_answer_is_the_ordinary_one(changes: dict[str, object]) -> None:
    """Same words, same buttons, same number of messages as for any other word she might have written there."""
    hers = Talk(leyla(covert="tulip", **changes), Calm()).writes("Tulip")
    any_other = Talk(leyla(covert="tulip", **changes), Calm()).writes("Daisy")
    assert [(say.text, say.keyboard, say.purpose) for say in hers.says] == [
        (say.text, say.keyboard, say.purpose) for say in any_other.says
    ]
    assert only(RaiseAlert, hers.effects) == [RaiseAlert(Track.URGENT, 3, ("word", "covert"))]
    assert any_other.alarms == []


def test_it_works_without_consent_to_anything() -> None:
    """It is a call of hers, like the button."""
    talk = Talk(leyla(covert="tulip", consent=replace(leyla().consent, reading=False, telling=False)))
    assert talk.writes("tulip").alarms


def test_in_a_sentence_it_is_only_a_word() -> None:
    """She talks about flowers."""
    assert Talk(leyla(covert="tulip"), Calm()).writes("I bought a tulip").alarms == []


def test_nothing_about_it_comes_into_her_chat_afterwards() -> None:
    """No "seen", no "nobody answered": whoever holds the phone reads it too."""
    case = Case("word", "covert", level=3)
    case.happens(ContactTold(1))
    assert case.time_comes().heard_by(1) == ""
    assert case.happens(Acknowledged(2)).heard_by(1) == ""


def test_contact_persons_hear_not_to_write_there() -> None:
    """A call back could give her away."""
    alert = Alert(7, 1, "Linden", Track.URGENT, 3, ("word", "covert"), NOW, NOW)
    said = english(telling(alert))
    assert "Do not write anything there" in said
    assert "does not know that I tell you" in said
    assert not may_hear(alert)
    assert Say(telling(alert)).text


def test_all_is_fine_is_no_word_of_hers() -> None:
    """It is what somebody else would make her write."""
    talk = Talk(leyla(place=Place.WORD, asked_at=NOW), Calm()).writes("everything is fine", Word.ALL_FINE)
    assert talk.resident.covert == ""
