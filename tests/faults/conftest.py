"""A small town on a stage, without a bot."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from faults.stage import Cast, Stage, staged


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Two write, two are in danger, two are asked; one contact person comes second for all of them."""
    async with staged(tmp_path / "town", Cast(writers=2, endangered=2, asked=2, stand_ins=1)) as made:
        yield made
