"""Rows of buttons."""

import pytest

from dialogs.screen import Button, rows
from dialogs.text import plain

BUTTONS = tuple(Button(plain(str(n)), str(n)) for n in range(5))


@pytest.mark.parametrize(("width", "lengths"), [(1, [1] * 5), (2, [2, 2, 1]), (3, [3, 2]), (9, [5])])
def test_buttons_stand_in_rows_and_none_is_lost(width: int, lengths: list[int]) -> None:
    """In reading order; the last row may be shorter."""
    laid = rows(*BUTTONS, width=width)
    assert [len(row) for row in laid] == lengths
    assert tuple(button for row in laid for button in row) == BUTTONS


def test_no_buttons_are_no_rows() -> None:
    """An empty row would be refused by Telegram."""
    assert rows() == ()


def test_a_button_comes_back_unless_it_copies() -> None:
    """What it does is data; only a guide's Swedish goes to the clipboard."""
    assert BUTTONS[0].copy is None
