"""What is said when a record does not open: nobody is left without a word, and nothing is claimed that is not known."""

from datetime import timedelta

import pytest

from dialogs import damage
from dialogs.effects import Say
from dialogs.text import Text
from tests.dialogs.cast import english, neutral

TO_HER = [damage.to_resident(opens=opens, told=told) for opens in (True, False) for told in (True, False)]


@pytest.mark.parametrize(("level", "minutes"), [(9, 10), (3, 10), (2, 60), (1, 1440), (0, 1440), (-7, 1440)])
def test_it_is_said_again_at_the_pace_of_its_level(level: int, minutes: int) -> None:
    """Nobody can take such a case on, so nothing but the clock decides; an odd level has a pace as well."""
    assert damage.again_after(level) == timedelta(minutes=minutes)


@pytest.mark.parametrize("opens", [True, False])
def test_a_contact_person_learns_urgency_and_what_to_do_and_no_more(opens: bool) -> None:
    """The first line is the one of every case; what is not known is not made up."""
    text = damage.to_contact_persons(7, 3, opens=opens)
    said = english(text)
    assert said.startswith("🔴 Case 7: emergency. Please act now.\n\n")
    assert "Please get in touch with everybody you have agreed to be there for." in said
    assert ("my record is damaged" in said) == (not opens)
    assert "call <emergency>" in said
    assert "I say this again" in said
    assert "call <emergency>" not in english(damage.to_contact_persons(7, 2, opens=opens))


def test_a_coordinator_can_find_out_who_it_is() -> None:
    """By number and by her contact persons; their names may be shown to her, a resident's may not."""
    text = damage.to_coordinators(7, 2, 31, ("Mina", "Josef"), opens=False)
    assert "It is about resident number 31." in english(text)
    asked = dict(text[1].values)["line2"]
    assert "these contact persons" in english((asked,))  # type: ignore[arg-type]
    alone = english(damage.to_coordinators(7, 2, 31, (), opens=False))
    assert "I could not ask any contact person." in alone


@pytest.mark.parametrize("text", [damage.readable_again(7), damage.ended(7)])
def test_those_who_were_told_hear_how_it_ended(text: Text) -> None:
    """By the number they know it by, and in words a lock screen may show."""
    assert "Case 7" in english(text)
    assert neutral(Say(text))


@pytest.mark.parametrize("text", TO_HER)
def test_she_is_never_left_without_a_number_to_call(text: Text) -> None:
    """Whatever has failed, the telephone has not."""
    said = english(text)
    assert "call <emergency>" in said
    assert "<violence_line>" in said
    assert neutral(Say(text[:1]))


def test_she_is_told_that_somebody_hears_of_it_only_where_that_is_so() -> None:
    """A promise nobody keeps would be worse than the failure."""
    told = [("I am telling people" in english(text)) for text in TO_HER]
    assert told == [True, False, True, False]


@pytest.mark.parametrize("text", [damage.to_helper(opens=True), damage.to_helper(opens=False)])
def test_a_helper_hears_that_the_answer_does_not_count_and_what_to_do(text: Text) -> None:
    """Somebody who believes to have taken a case on would leave it alone."""
    assert "What you answered does not count." in english(text)
    assert "get in touch with them all the same" in english(text)


def test_an_answer_about_a_damaged_case_is_answered() -> None:
    """It could not be noted; what helps is to get in touch."""
    said = english(damage.answer_not_noted(7))
    assert "I could not note your answer: my record of case 7 is damaged." in said
    assert "get in touch with everybody" in said
