"""Help with a step: only after a yes, with her own words where she wants, and counted without her."""

from dialogs.effects import CountStep, RaiseAlert, StepCount, Toast
from dialogs.guide_help import MOST_CHARACTERS, WAITS
from dialogs.people import Place
from tests.dialogs.cast import Talk, leyla, only


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
    talk = Talk(leyla()).presses("g:bills:paid:helped")
    assert only(CountStep, talk.effects) == [CountStep("bills", "paid", StepCount.HELPED)]
    assert only(Toast, talk.effects)
    assert only(CountStep, talk.presses("g:bills:paid:helped").effects) == []


def test_what_did_not_help_is_followed_by_an_offer() -> None:
    """A person is one tap away."""
    talk = Talk(leyla()).presses("g:bills:paid:no-help")
    assert only(CountStep, talk.effects) == [CountStep("bills", "paid", StepCount.NOT_HELPED)]
    assert "g:bills:paid:tell" in talk.offers


def test_asking_counts_as_stuck() -> None:
    """The step that fails most is the one to mend first."""
    talk = asking().presses("g:bills:due:tell")
    assert only(CountStep, talk.effects) == [CountStep("bills", "due", StepCount.STUCK)]
