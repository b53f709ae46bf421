"""Choosing what shows that it is her: written twice, shown nowhere, undone in one tap by her alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs import choosing_code
from dialogs.codes import NO_CODE
from dialogs.effects import DeleteWritten, RaiseAlert, Say
from dialogs.lock import Lock, opened
from dialogs.people import CheckIn, Place
from dialogs.words import Word
from tests.dialogs.cast import NOW, Calm, Hears, Talk, a_lock, fingerprint, leyla, newcomer, only

QUESTION = "Hello. Please write your short number or word."


def _chosen(*texts: str) -> Talk:
    talk = Talk(leyla(), Calm()).presses("set")
    assert "who" in talk.offers
    talk.presses("who").presses("who:choose")
    for text in texts:
        talk.writes(text)
    return talk


@pytest.mark.parametrize("text", ["4711", "٤٧١١", "blue tulip", "لالة حمراء"])
def test_she_chooses_it_in_the_settings_and_it_is_shown_nowhere(text: str) -> None:
    """Twice, since nobody can look it up; both times it goes out of the chat at once."""
    talk = _chosen(text)
    assert "once more" in talk.words
    assert only(DeleteWritten, talk.effects) == [DeleteWritten(77)]
    talk.writes(text)
    assert only(DeleteWritten, talk.effects) == [DeleteWritten(77)]
    mine = talk.resident.lock
    assert mine is not None
    assert (mine.own, mine.pending, mine.is_open(NOW)) == (fingerprint(text), NO_CODE, True)
    assert text not in talk.words
    talk.now += timedelta(minutes=31)
    assert talk.presses("sp").words == QUESTION
    assert QUESTION not in talk.writes(text).presses("sp").words


def test_two_that_differ_change_nothing() -> None:
    """A slip of the finger must not shut her out."""
    talk = _chosen("4711", "4712")
    assert "not the same" in talk.words
    assert talk.resident.lock is None
    assert talk.resident.place is Place.MENU


@pytest.mark.parametrize("text", ["1234", "0000", "471", "47110001", "ab", "x" * 41])
def test_what_is_guessed_first_or_no_code_is_asked_for_again(text: str) -> None:
    """And she stays where she is."""
    talk = _chosen(text)
    assert "does not fit" in talk.words
    assert talk.resident.place is Place.CODE
    assert only(DeleteWritten, talk.effects)


def test_the_two_differ_and_differ_from_her_other_word() -> None:
    """Else one of them would mean two things."""
    open_now = opened(a_lock("4711", None), NOW)
    talk = Talk(leyla(lock=open_now, covert="tulip"), Calm()).presses("who:second")
    assert "does not fit" in talk.writes("4711").words
    assert "does not fit" in talk.writes("Tulip").words
    talk.writes("2580").writes("2580")
    assert talk.resident.lock is not None
    assert talk.resident.lock.second == fingerprint("2580")
    talk.presses("who:choose")
    assert "does not fit" in talk.writes("2580").words


def test_a_second_one_is_said_plainly_and_taken_back() -> None:
    """She knows whom it calls, and what she will see."""
    talk = Talk(leyla(lock=opened(a_lock(), NOW)), Calm()).presses("who:second")
    assert "I tell Mina or Josef that you need help now" in talk.words
    assert talk.presses("who:no-second").resident.lock is not None
    assert talk.resident.lock is not None
    assert talk.resident.lock.second == NO_CODE


def test_a_new_one_leaves_the_second_as_it_is() -> None:
    """Both stand under one salt."""
    talk = Talk(leyla(lock=opened(a_lock(), NOW)), Calm()).presses("who:choose")
    talk.writes("8642").writes("8642")
    assert talk.resident.lock is not None
    assert (talk.resident.lock.own, talk.resident.lock.second) == (fingerprint("8642"), fingerprint("2580"))


@pytest.mark.parametrize("minutes", [5, 240, 0])
def test_she_chooses_when_it_is_asked_again(minutes: int) -> None:
    """In one tap, and the page says what holds."""
    talk = Talk(leyla(lock=opened(a_lock(), NOW)), Calm()).presses(f"who:after:{minutes}")
    assert talk.resident.lock is not None
    assert talk.resident.lock.minutes == minutes
    assert (str(minutes) if minutes else "12 hours") in talk.words


def test_it_is_undone_in_one_tap_by_her_alone() -> None:
    """Every choice is; but not by whoever found the phone."""
    for data in ("who:none", "who:after:0", "who:choose", "who:no-second", "who:second"):
        closed = Talk(leyla(lock=a_lock()), Calm()).presses(data)
        assert closed.words == QUESTION
        assert closed.resident.lock is not None
        assert closed.resident.lock.own == fingerprint("4711")
    assert Talk(leyla(lock=opened(a_lock(), NOW)), Calm()).presses("who:none").resident.lock is None


@pytest.mark.parametrize("data", ["who:after:7", "who:second", "who:x", "who:choose:x", "who:after:5"])
def test_what_fits_nothing_changes_nothing(data: str) -> None:
    """An old button, or a forged one."""
    assert Talk(leyla(), Calm()).presses(data).resident.lock is None


def test_who_goes_elsewhere_has_chosen_none() -> None:
    """Her next words are no code."""
    for leaves in ("menu", "set", "g:list"):
        talk = Talk(leyla(), Calm()).presses("who:choose").presses(leaves).writes("hello there")
        assert not only(DeleteWritten, talk.effects)
        assert talk.resident.lock is None or not talk.resident.lock.is_set
    talk = Talk(leyla(), Calm()).presses("who:choose")
    talk.now += choosing_code.WAITS
    talk.writes("hello there")
    assert talk.resident.place is Place.MENU


def test_danger_written_there_is_answered() -> None:
    """What comes first comes first."""
    talk = Talk(leyla(), Hears()).presses("who:choose").writes("TV2")
    assert only(RaiseAlert, talk.effects)
    assert talk.resident.lock is None or not talk.resident.lock.is_set


def test_a_word_of_the_bot_is_no_code() -> None:
    """ "Menu" means the menu; one leaves with it."""
    talk = Talk(leyla(), Calm()).presses("who:choose").writes("menu", Word.MENU)
    assert talk.resident.place is Place.MENU


# --- offered once ---


def _offers(talk: Talk) -> int:
    return sum("One more thing" in Talk.words.fget(_with(talk, each)) for each in talk.says)  # type: ignore[attr-defined]


def _with(talk: Talk, say: Say) -> Talk:
    copy = Talk(talk.resident)
    copy.effects = (say,)
    return copy


@pytest.mark.parametrize("answer", ["4", "3", "skip"])
def test_it_is_offered_once_after_the_trial(answer: str) -> None:
    """One step, which one tap passes by."""
    talk = Talk(leyla(check_in=CheckIn(NOW.date(), "t", NOW)), Calm())
    talk.presses(talk.button(answer))
    assert _offers(talk) == 1
    assert {"who", "who:later"} <= set(talk.offers)
    assert _offers(talk.presses("who:later")) == 0
    talk.now += timedelta(days=1)
    talk.asks()
    assert _offers(talk.presses(talk.button("4"))) == 0


def test_it_is_offered_after_words_too_and_not_where_something_weighs() -> None:
    """Who has just said that it is bad is not asked about a number."""
    trial = CheckIn(NOW.date(), "t", NOW)
    written = Talk(leyla(check_in=trial, place=Place.ANSWER), Calm()).writes("fine, thank you")
    assert _offers(written) == 1
    low = Talk(leyla(check_in=trial), Calm())
    assert _offers(low.presses(low.button("1"))) == 0


def test_it_is_offered_where_there_is_no_trial() -> None:
    """Who wants no check-ins may want this."""
    consent = replace(leyla().consent, check_ins=False)
    talk = Talk(newcomer(place=Place.CONTACTS, consent=consent), Calm()).presses("j:contacts")
    assert talk.resident.joined
    assert _offers(talk) == 1


def test_what_is_known_about_it_is_one_line() -> None:
    """Whether there is a second one is nobody's business, not even on her own screen."""
    assert choosing_code.kept(leyla()) == ()
    assert choosing_code.kept(leyla(lock=Lock())) == ()
    both = choosing_code.kept(leyla(lock=a_lock()))
    assert both == choosing_code.kept(leyla(lock=a_lock(second=None)))
    assert len(both) == 1
