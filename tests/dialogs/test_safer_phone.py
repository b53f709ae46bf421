"""Her own phone comes first: three things, each with a drawing, each of which may wait and comes back."""

import pytest

from bot.word_lists import FORBIDDEN
from dialogs import safer_phone
from dialogs.effects import RaiseAlert, ShowPicture, Toast
from dialogs.events import Joined
from dialogs.people import Place
from dialogs.pictures.gallery import PICTURES
from dialogs.words import Word
from tests.dialogs.cast import Talk, english, leyla, library, newcomer, only

BEFORE = ["l:en", "j:what", "j:check-ins:yes", "j:reading:yes", "j:telling:yes", "j:no-name"]


def offered() -> Talk:
    """Leyla, who has just said what she is called."""
    talk = Talk(newcomer()).happens(Joined("en"))
    for data in BEFORE:
        talk.presses(data)
    return talk


def test_it_comes_before_the_question_about_contact_persons() -> None:
    """With a drawing of where to tap, and the words below it."""
    talk = offered()
    assert talk.resident.place is Place.PHONE_HIDE
    assert [type(each).__name__ for each in talk.effects] == ["ShowPicture", "Say"]
    assert only(ShowPicture, talk.effects)[0].name == "phone-hide"
    assert talk.offers == ["ph:hide:done", "ph:hide:later", "ph:hide:what", "ph:skip"]


def test_each_is_done_or_left_for_later_in_one_tap() -> None:
    """And only what she says she has done is noted."""
    talk = offered().presses("ph:hide:done")
    assert only(ShowPicture, talk.effects)[0].name == "phone-lock"
    talk.presses("ph:lock:later")
    assert only(ShowPicture, talk.effects)[0].name == "phone-disappear"
    talk.presses("ph:disappear:done")
    assert talk.resident.place is Place.CONTACTS
    assert talk.resident.safer == ("hide", "disappear")


def test_all_of_it_can_be_skipped_at_once() -> None:
    """Somebody in a hurry comes to the people who help her."""
    talk = offered().presses("ph:hide:later").presses("ph:skip")
    assert (talk.resident.place, talk.resident.safer) == (Place.CONTACTS, ())


@pytest.mark.parametrize("name", safer_phone.ORDER)
def test_what_is_this_explains_and_leaves_her_where_she_was(name: str) -> None:
    """No drawing again, the same choices below."""
    talk = Talk(newcomer(place=safer_phone.THINGS[name].place)).presses(f"ph:{name}:what")
    assert talk.resident.place is safer_phone.THINGS[name].place
    assert english(safer_phone.THINGS[name].why) in talk.words
    assert f"ph:{name}:done" in talk.offers
    assert not only(ShowPicture, talk.effects)


@pytest.mark.parametrize("data", ["ph", "ph:lock:done", "ph:odd", "ph:hide:odd", "ph:odd:done"])
def test_a_button_of_another_step_shows_the_open_one(data: str) -> None:
    """Nothing is noted that she did not mean."""
    talk = offered().presses(data)
    assert (talk.resident.place, talk.resident.safer) == (Place.PHONE_HIDE, ())
    assert only(Toast, talk.effects)
    assert "ph:hide:done" in talk.offers


@pytest.mark.parametrize("data", ["ph:skip", "ph:hide:done", "ph:hide:what"])
def test_before_and_after_it_these_buttons_lead_nowhere_else(data: str) -> None:
    """A forged press must not carry her past a consent."""
    talk = Talk(newcomer(place=Place.CONSENT_READING)).presses(data)
    assert talk.resident.place is Place.CONSENT_READING
    assert "j:reading:yes" in talk.offers


def test_free_words_and_a_change_of_language_keep_the_step_open() -> None:
    """Without the drawing once more."""
    for talk in (offered().writes("hmm"), offered().presses("l:sv")):
        assert talk.resident.place is Place.PHONE_HIDE
        assert "ph:hide:done" in talk.offers
        assert not only(ShowPicture, talk.effects)


def test_somebody_can_be_asked_for_at_every_step() -> None:
    """R24."""
    assert only(RaiseAlert, offered().presses("someone").effects)


# --- later ---


def test_what_is_not_done_is_suggested_in_the_settings_until_it_is() -> None:
    """It came at a bad moment; the suggestion goes with the last of the three."""
    talk = Talk(leyla()).presses("set")
    assert "ph" in talk.offers
    for name in safer_phone.ORDER:
        talk.presses("ph")
        assert f"ph:{name}" in talk.offers
        talk.presses(f"ph:{name}")
        assert only(ShowPicture, talk.effects)[0].name == safer_phone.THINGS[name].picture
        talk.presses(f"ph:{name}:later").presses(f"ph:{name}:done")
    assert talk.resident.safer == safer_phone.ORDER
    assert talk.words.count("✅") <= 3
    assert "ph" not in talk.presses("set").offers


def test_the_word_does_what_the_button_does() -> None:
    """And the guide that says more is one tap away."""
    talk = Talk(leyla()).writes("my phone", Word.PHONE)
    assert {"ph:hide", "ph:lock", "ph:disappear", f"g:open:{safer_phone.GUIDE}"} <= set(talk.offers)
    assert safer_phone.GUIDE in library().guides


@pytest.mark.parametrize("data", ["ph:odd", "ph:hide:odd", "ph:odd:done", "ph:a:b:c"])
def test_an_old_button_is_kindly_refused(data: str) -> None:
    """Nothing is noted."""
    talk = Talk(leyla()).presses(data)
    assert only(Toast, talk.effects)
    assert talk.resident.safer == ()


# --- words ---


@pytest.mark.parametrize("name", safer_phone.ORDER)
def test_each_says_that_words_differ_and_who_may_become_angry(name: str) -> None:
    """We cannot see her app, and a change that is seen can be dangerous (F12.02)."""
    talk = Talk(newcomer(place=safer_phone.THINGS[name].place)).writes("hmm")
    assert "may be a little different" in talk.words
    assert "could become angry" in talk.words
    assert not FORBIDDEN.found(talk.words, "en")
    assert safer_phone.THINGS[name].picture in PICTURES
