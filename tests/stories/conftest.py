"""A story for a test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stories.story import Story, told


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    """An empty town with a bot in it."""
    async with told(tmp_path) as beginning:
        yield beginning
