"""A siege for a test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.attacks.siege import Siege, besieged


@pytest.fixture
async def siege(tmp_path: Path) -> AsyncIterator[Siege]:
    """The town under attack, and the bot in front of it."""
    async with besieged(tmp_path) as town:
        yield town
