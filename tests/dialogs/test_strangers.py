"""What somebody hears whom we do not know: nothing of what this is for."""

import pytest

from dialogs import strangers
from dialogs.effects import Say
from dialogs.text import Message
from tests.dialogs.cast import english, neutral

ALL = [strangers.hello(), strangers.used(), strangers.expired(), strangers.unusable()]


@pytest.mark.parametrize("message", ALL)
def test_a_stranger_learns_nothing(message: Message) -> None:
    """Whoever found the bot may be looking for somebody (S4, S17)."""
    assert neutral(Say((message,)))
    assert message.values == (), "the same for everybody"


def test_who_holds_an_old_code_is_told_where_to_get_a_new_one() -> None:
    """She was invited once; a used or late link is no dead end (R37)."""
    for message in (strangers.used(), strangers.expired(), strangers.unusable()):
        assert "ask for a new one" in english((message,))
    assert len({message.source for message in ALL}) == 4
