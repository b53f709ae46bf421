"""What handling is given: made once, never changed, never printed with its keys."""

from dataclasses import FrozenInstanceError

import pytest

from tests.bot.town import Town


async def test_its_keys_are_not_printed(town: Town) -> None:
    """A house in a log or a traceback must open nothing."""
    printed = repr(town.house)
    assert "keyring" not in printed
    assert "doors" not in printed


async def test_it_never_changes(town: Town) -> None:
    """Every thread reads it."""
    with pytest.raises(FrozenInstanceError):
        town.house.default_zone = "UTC"  # type: ignore[misc]


async def test_the_probe_does_nothing_by_itself(town: Town) -> None:
    """Only tests of crashes put something there."""
    town.house.probe("anywhere")
