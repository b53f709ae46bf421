"""The cast of the conversation, ready to talk."""

import pytest

from dialogs.knowledge import Knowledge
from dialogs.people import Contact, Resident
from tests.dialogs import cast
from tests.dialogs.cast import Talk


@pytest.fixture
def leyla() -> Resident:
    """Leyla, who has joined and said yes to everything."""
    return cast.leyla()


@pytest.fixture
def mina() -> Contact:
    """Mina, a contact person who has answered the test."""
    return cast.mina()


@pytest.fixture
def knowledge() -> Knowledge:
    """The real guides, and a reader that understands codes such as `TV1`."""
    return cast.knowledge()


@pytest.fixture
def talk(leyla: Resident) -> Talk:
    """A conversation with Leyla, at her time."""
    return Talk(leyla)
