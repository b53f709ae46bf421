"""What is said while the disk takes nothing: calm, and true."""

import pytest

from dialogs import storage_trouble
from dialogs.effects import Say
from dialogs.text import Text
from tests.dialogs.cast import english, neutral


@pytest.mark.parametrize("pressed", [True, False])
def test_she_hears_where_help_is(pressed: bool) -> None:
    """She may have asked for somebody, and nobody will be asked for now."""
    said = english(storage_trouble.to_resident(pressed=pressed))
    assert said.startswith("I cannot work as usual right now.")
    assert "call <emergency>" in said
    assert "<violence_line>" in said


def test_what_was_written_is_read_later_and_what_was_pressed_is_not() -> None:
    """Telegram keeps a message for a day and a press for 150 seconds."""
    wrote = english(storage_trouble.to_resident(pressed=False))
    pressed = english(storage_trouble.to_resident(pressed=True))
    assert "I read it when I work again" in wrote
    assert "within a day, please write again" in wrote
    assert "I read it" not in pressed
    assert "Please press or write again later." in pressed


@pytest.mark.parametrize("pressed", [True, False])
def test_a_helper_is_not_kept_waiting_by_a_machine(pressed: bool) -> None:
    """An answer that is not noted must not keep anybody from getting in touch."""
    assert "get in touch with them now" in english(storage_trouble.to_helper(pressed=pressed))


@pytest.mark.parametrize("text", [storage_trouble.began(), storage_trouble.over()])
def test_the_coordinators_hear_nothing_a_lock_screen_may_not_show(text: Text) -> None:
    """It comes by itself, at any hour."""
    assert neutral(Say(text))
