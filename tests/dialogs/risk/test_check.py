"""Tests for the promise each row makes by its examples."""

import pytest

from dialogs.risk.check import faults
from dialogs.risk.lexicon import read_lexicon
from tests.dialogs.risk.lexicons import line, table


def faults_with(**cells: object) -> list[str]:
    """What is wrong with the examples of one row added to the tiny table."""
    row = line(**{"id": "t.x", "category": "DI", "level": 2, **cells})
    return faults(read_lexicon(table(row), "t/risk.tsv", "t"))


def test_examples_that_hold_are_no_fault() -> None:
    """The tiny table keeps its own promises."""
    assert faults(read_lexicon(table(), "t/risk.tsv", "t")) == []


@pytest.mark.parametrize(
    ("pattern", "example", "example_not", "sentence"),
    [
        ("så trött", "inte alls", "pigg", "does not match its example"),
        ("så trött", "aldrig så trött", "pigg", "is heard below level 2"),
        ("så trött", "så trött", "är så trött", "matches its example_not"),
    ],
)
def test_an_example_that_does_not_hold_is_told(
    pattern: str, example: str, example_not: str, sentence: str
) -> None:
    """A row that does not do what it says would be believed."""
    (fault,) = faults_with(pattern=pattern, example=example, example_not=example_not)
    assert sentence in fault


def test_a_block_must_stand_in_its_example() -> None:
    """An idiom that is not recognised blocks nothing."""
    (fault,) = faults_with(category="block", level="", blocks="SU", pattern="så trött", example="pigg")
    assert "does not match its example" in fault
