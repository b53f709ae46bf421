"""Help with a step: only after a yes, with her own words where she wants, and counted without her."""

from dataclasses import replace

import pytest

from dialogs.effects import CountStep, RaiseAlert, StepCount, Toast
from dialogs.guide_help import MOST_CHARACTERS, WAITS
from dialogs.people import Consent, Place
from tests.dialogs.cast import YES, Talk, leyla, only

COUNTED = replace(YES, counting=True)


def asking() -> Talk:
    """Leyla, who wants help with the due date of a bill."""
    return Talk(leyla()).presses("g:bills:due:stuck")


def test_nothing_is_told_without_a_yes() -> None:
    """Nothing about me without me (S9)."""
    assert asking().alarms == []
    assert asking().presses("g:go-on:bills").alarms == []


def test_her_own_words_go_along() -> None:
    """What is difficult is what helps whoever helps."""
    talk = asking().presses("g:bills:due:write").writes("I do not find the date")
    (alarm,) = only(RaiseAlert, talk.effects)
    assert alarm.reasons[0].startswith("stuck:1:")
    assert alarm.reasons[1] == "words:I do not find the date"
    assert talk.resident.place is Place.MENU
    assert talk.resident.asking == ""


def test_danger_in_her_words_is_heard_first() -> None:
    """She may write anything there."""
    talk = asking().presses("g:bills:due:write").writes("TV3")
    assert [alarm.level for alarm in only(RaiseAlert, talk.effects)] == [3]


def test_a_button_ends_the_question() -> None:
    """Whoever went on does not want her next word sent to somebody."""
    talk = asking().presses("g:bills:due:write").presses("g:go-on:bills").writes("hello")
    assert talk.alarms == []


def test_a_menu_word_ends_the_question() -> None:
    """The same for whoever types."""
    talk = asking().presses("g:bills:due:write").presses("menu").writes("hello")
    assert talk.alarms == []


def test_what_she_writes_much_later_is_passed_on_to_nobody() -> None:
    """She went away; a greeting of the next day is no word about the step."""
    talk = asking().presses("g:bills:due:write")
    talk.now += WAITS
    assert talk.writes("hello").alarms == []
    assert talk.resident.place is Place.MENU


def test_after_words_of_danger_the_next_ones_are_passed_on_to_nobody() -> None:
    """They may answer what I asked about the danger, and were not written for a contact person to read."""
    talk = asking().presses("g:bills:due:write").writes("TV1").writes("hello")
    assert [each for alarm in talk.alarms for each in alarm.reasons if each.startswith("words:")] == []


def test_long_words_are_cut() -> None:
    """A note is a note."""
    talk = asking().presses("g:bills:due:write").writes("x" * 2000)
    assert len(only(RaiseAlert, talk.effects)[0].reasons[1]) == len("words:") + MOST_CHARACTERS


def test_help_is_counted_once_and_without_her() -> None:
    """Whoever keeps the guides sees the step, and nobody."""
    talk = Talk(leyla(consent=COUNTED)).presses("g:bills:paid:helped")
    assert only(CountStep, talk.effects) == [CountStep("bills", "paid", StepCount.HELPED)]
    assert only(Toast, talk.effects)
    assert only(CountStep, talk.presses("g:bills:paid:helped").effects) == []


def test_what_did_not_help_is_followed_by_an_offer() -> None:
    """A person is one tap away."""
    talk = Talk(leyla(consent=COUNTED)).presses("g:bills:paid:no-help")
    assert only(CountStep, talk.effects) == [CountStep("bills", "paid", StepCount.NOT_HELPED)]
    assert "g:bills:paid:tell" in talk.offers


def test_asking_counts_as_stuck() -> None:
    """The step that fails most is the one to mend first."""
    talk = Talk(leyla(consent=COUNTED)).presses("g:bills:due:stuck").presses("g:bills:due:tell")
    assert only(CountStep, talk.effects) == [CountStep("bills", "due", StepCount.STUCK)]


@pytest.mark.parametrize("counting", [None, False])
def test_nothing_is_counted_without_a_yes_of_its_own(counting: bool | None) -> None:
    """Statistics are a purpose like any other, and silence is no yes (S7)."""
    talk = Talk(leyla(consent=replace(YES, counting=counting)))
    for data in ("g:bills:paid:helped", "g:bills:due:no-help", "g:bills:due:tell"):
        assert only(CountStep, talk.presses(data).effects) == []


def test_she_is_asked_once_and_where_it_matters() -> None:
    """With the first thing that helped, in one tap; whoever does not answer is not asked again."""
    talk = Talk(leyla()).presses("g:bills:paid:helped")
    assert talk.offers == ["set:counting:yes", "set:counting:no"]
    assert "set:counting:yes" not in talk.presses("g:bills:due:helped").offers
    assert talk.presses("set:counting:yes").resident.consent == COUNTED
    assert talk.presses("set:counting:no").resident.consent.counting is False


def test_who_wants_nothing_counted_is_not_asked() -> None:
    """A no is an answer."""
    talk = Talk(leyla(consent=Consent(counting=False))).presses("g:bills:paid:helped")
    assert talk.offers == []
