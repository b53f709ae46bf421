"""Internal notes are a type of their own (R33)."""

from typing import get_args

from dialogs.internal_notes import InternalNote
from dialogs.text import Value


def test_no_text_can_hold_a_note() -> None:
    """What a message may be filled with knows no such type."""
    assert not any(InternalNote is each for each in get_args(Value))
