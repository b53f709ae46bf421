"""The rules on words: what they find, and what they must leave alone."""

import pytest

from dialogs.guide_rules import faults_in_text, figures, holds_phone_digits
from tests.dialogs.guide_examples import directory


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It costs 60 kr and takes ten bank days.", ("60", "10")),
        ("At most 120 000 kr.", ("120000",)),
        ("One bill, one person, two ways.", ()),
        ("More than one week late.", ("1",)),
        ("Twelve months", ("12",)),
    ],
)
def test_figures_are_numbers_and_counted_units(text: str, expected: tuple[str, ...]) -> None:
    """ "Three things" is language; "three weeks" is a fact."""
    assert figures(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "What is your home address?",
        "Please tell me your personal number.",
        "Send us the address.",
        "Type your personal identity number here.",
        "Your address?",
        "Where are you staying?",
        "Which town do you live in?",
        "Var bor du?",
        "Skriv din adress.",
    ],
)
def test_asking_for_a_place_or_number_is_found(text: str) -> None:
    """R17: the bot never asks where she is or who she is in the register."""
    assert "a text asks for an address or a personal number" in faults_in_text(text, directory(), frozenset())


@pytest.mark.parametrize(
    "text",
    [
        "Ask who can see your address.",
        "The sender must put your personal number on an inner envelope.",
        "It needs a personal number or a coordination number.",
        "Box 2820, 403 20 Göteborg",
        "It costs 120 000 kr, or 1 500 kr a month.",
    ],
)
def test_speaking_of_them_is_allowed(text: str) -> None:
    """A rule that cries at everything is switched off by its authors."""
    assert not list(faults_in_text(text, directory(), frozenset()))


@pytest.mark.parametrize(
    "text", ["010 123 45 67", "Call +46 8 1234.", "08-12 34 56", "0101234567", "116 111"]
)
def test_phone_digits_are_found_in_any_grouping(text: str) -> None:
    """Numbers change; a text that holds one goes stale unseen."""
    assert holds_phone_digits(text, directory())
