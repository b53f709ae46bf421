"""The name a contact person is shown by: short, plain, and nobody else's."""

from dataclasses import replace

import pytest

from dialogs import contact_person
from dialogs.effects import RenameHelper, Toast
from dialogs.events import Event, NameKept, NameTaken, Pressed, Wrote
from dialogs.outcome import Outcome
from dialogs.people import Contact, Place
from dialogs.words import Word
from tests.dialogs import cast
from tests.dialogs.cast import NOW, only, words

ASKED = cast.mina(place=Place.OWN_NAME)


def happens(event: Event, contact: Contact | None = None) -> Outcome[Contact]:
    """To Mina."""
    return contact_person.decide(contact or cast.mina(), event, NOW, cast.knowledge())


@pytest.mark.parametrize("event", [Wrote("name", Word.NAME), Pressed("nm")])
def test_by_word_and_by_button(event: Event) -> None:
    """It says what she is called now."""
    asked = happens(event)
    assert asked.person.place is Place.OWN_NAME
    assert "see you as Mina" in words(asked.effects)


@pytest.mark.parametrize(
    "name", ["Elsa", "Anna Lind", "  Anna   Lind ", "مینا", "Ann-Marie", "Elsa K.", "می‌نا"]
)
def test_one_or_two_words_of_any_script_are_a_name(name: str) -> None:
    """Spaces are tidied."""
    assert happens(Wrote(name), ASKED).effects == (RenameHelper(" ".join(name.split())),)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "  ",
        "a b c",
        "x" * 31,
        "/odd",
        "112",
        "Anna 070",
        "t.me/x",
        "example.org",
        "@mina",
        "A\u202eB",
        "- -",
    ],
)
def test_anything_else_is_kindly_refused(name: str) -> None:
    """A number or an address could be taken for something to call or to open."""
    refused = happens(Wrote(name), ASKED)
    assert only(RenameHelper, refused.effects) == []
    assert "short name" in words(refused.effects)
    assert refused.person.place is Place.OWN_NAME


def test_the_new_name_holds_when_it_is_kept() -> None:
    """Only then: until the others are looked at it may be somebody's."""
    assert happens(Wrote("Elsa"), ASKED).person.name == "Mina"
    kept = happens(NameKept("Elsa"), ASKED)
    assert (kept.person.name, kept.person.place) == ("Elsa", Place.MENU)


def test_a_name_that_is_taken_is_asked_for_again() -> None:
    """Two of the same name cannot be told apart by whoever needs one of them."""
    taken = happens(NameTaken(), ASKED)
    assert "has that name already" in words(taken.effects)
    assert (taken.person.name, taken.person.place) == ("Mina", Place.OWN_NAME)


def test_there_is_a_way_out_by_button_and_by_word() -> None:
    """What she writes later is no name."""
    assert happens(Pressed("nm:stay"), ASKED).person.place is Place.MENU
    left = happens(Wrote("hours", Word.HOURS), ASKED)
    assert only(RenameHelper, happens(Wrote("Elsa"), left.person).effects) == []


@pytest.mark.parametrize("data", ["nm:odd", "nm:stay:x"])
def test_a_button_that_fits_nothing_changes_nothing(data: str) -> None:
    """Data comes back from outside."""
    assert only(Toast, happens(Pressed(data)).effects)


def test_who_has_not_joined_is_not_asked() -> None:
    """First the introduction and the test."""
    new = replace(cast.mina(), joined=False, place=Place.INTRODUCTION)
    assert happens(Wrote("name", Word.NAME), new).person.place is Place.INTRODUCTION
