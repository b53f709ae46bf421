"""Words to helpers that no event of theirs led to, and the one case that typed words can mean."""

import pytest

from dialogs import helper_texts
from dialogs.alert import (
    Acknowledged,
    Alert,
    AlertState,
    ContactAnswer,
    Declined,
    Mistaken,
    NotReached,
    Reached,
    ReachedNeedsMore,
    ReachedSafe,
    ResidentLeft,
    TakenOver,
    Track,
)
from dialogs.effects import (
    Say,
    TellAlert,
)
from dialogs.events import (
    Pressed,
)
from dialogs.knowledge import Knowledge
from dialogs.people import Contact
from dialogs.words import Word
from tests.dialogs.cast import NOW, english, neutral, only
from tests.dialogs.test_contact_person import ACTIONS, happens


@pytest.mark.parametrize("state", [AlertState.RAISED, AlertState.WAITING, AlertState.ACKNOWLEDGED])
@pytest.mark.parametrize("holder", [None, 2, 3])
def test_typed_words_fit_only_cases_they_can_be_about(state: AlertState, holder: int | None) -> None:
    """A guess could end the wrong case."""
    if (holder is None) is (state is AlertState.ACKNOWLEDGED):
        return
    case = Alert(7, 1, "Linden", Track.URGENT, 2, ("TV2",), NOW, NOW, state, holder=holder)
    assert helper_texts.fits(case, Acknowledged(2)) is (holder is None)
    assert helper_texts.fits(case, Declined(2)) is (holder in (None, 2))
    assert helper_texts.fits(case, Reached(2)) is (holder == 2)
    assert helper_texts.fits(case, TakenOver(2)) is (holder != 2)
    for answer in (ReachedSafe(2), ReachedNeedsMore(2), NotReached(2), Mistaken(2)):
        assert helper_texts.fits(case, answer) is (holder == 2)
    assert not helper_texts.fits(case, ResidentLeft())


@pytest.mark.parametrize(("action", "_word", "_pressed", "typed"), ACTIONS)
def test_where_several_cases_fit_each_has_a_button_that_works(
    mina: Contact,
    knowledge: Knowledge,
    action: str,
    _word: Word,
    _pressed: ContactAnswer,
    typed: ContactAnswer,
) -> None:
    """The same as the button under the alert."""
    case = Alert(7, 1, "Linden", Track.URGENT, 2, ("TV2",), NOW, NOW, step=4)
    button = helper_texts.case_button(case, typed)
    assert button.data == f"al:7:4:{action}"
    assert "7" in english((button.label,))
    (told,) = only(TellAlert, happens(mina, Pressed(button.data), knowledge).effects)
    assert (told.alert, type(told.event)) == (7, type(typed))


def test_answers_about_no_case_say_that_nothing_was_changed() -> None:
    """She must not believe that it is dealt with."""
    for text in (helper_texts.no_case(), helper_texts.case_gone()):
        assert "Nothing was changed" in english(text)
    assert english(helper_texts.which_case()).endswith("?")


def test_a_resident_hears_neutrally_that_a_contact_person_left() -> None:
    """The name comes after what a lock screen shows (R35)."""
    text = helper_texts.contact_left("Mina")
    assert neutral(Say(text))
    assert "Mina" not in english(text[:1])
    assert len(text[0].source) >= 120


def test_coordinators_hear_of_a_contact_person_who_cannot_be_reached() -> None:
    """Her name stands below the line that may show on a lock screen."""
    first, second = helper_texts.cannot_be_reached("Mina")
    assert "Mina" not in english((first,))
    assert english((second,)).startswith("Mina cannot be reached in Telegram any more.")
    assert neutral(Say((first, second)))
