"""A town, a door that keeps what it is given, and settings that point nowhere."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.town import StillDoor, TornReader, Town, built


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """An empty database and nobody in it."""
    async with built(tmp_path) as empty:
        yield empty


@pytest.fixture
async def torn_town(tmp_path: Path) -> AsyncIterator[Town]:
    """The same, with a reader that fails on the word "torn"."""
    async with built(tmp_path, TornReader()) as empty:
        yield empty


@pytest.fixture
async def door() -> StillDoor:
    """A stand-in for Telegram; made inside the event loop."""
    return StillDoor()
