"""How much a contact person carries."""

from dialogs import load
from dialogs.people import Contact


def test_more_than_she_can_is_too_much() -> None:
    """As many as the limit is not."""
    mina = Contact(1, "Mina")
    assert not load.of(mina, load.USUAL).too_much
    assert load.of(mina, load.USUAL + 1).too_much
    assert load.of(Contact(1, "Mina", most=1), 2).too_much
    assert load.of(Contact(1, "Mina", most=0), 0) == load.Load(0, 0)
