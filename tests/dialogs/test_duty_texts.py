"""Hours as a contact person reads them."""

from datetime import time

import pytest

from dialogs.duty import Shift
from dialogs.duty_texts import WEEKDAYS, said_shift
from dialogs.languages import parts


@pytest.mark.parametrize(
    ("days", "named"),
    [
        ((1, 2, 3, 4, 5), ["Mon", "Fri"]),
        ((6, 7), ["Sat", "Sun"]),
        ((1, 3, 5), ["Mon", "Wed", "Fri"]),
        ((4,), ["Thu"]),
        ((1, 2, 3, 4, 5, 6, 7), ["Mon", "Sun"]),
    ],
)
def test_days_in_a_row_are_named_by_their_ends(days: tuple[int, ...], named: list[str]) -> None:
    """As people say them; each is a text to translate, not a code."""
    said = said_shift(Shift(days, time(8), time(17)))
    assert [each.source for each in parts(said) if each.context] == named


def test_the_times_are_values() -> None:
    """So that they get her digits."""
    assert dict(said_shift(Shift((1,), time(8), time(0))).values)["ends"] == time(0)


def test_there_are_seven_days() -> None:
    """Monday first, as in Sweden."""
    assert [each.source for each in WEEKDAYS] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
