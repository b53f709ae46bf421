"""A theatre with the bot awake in it, and a small town on a stage, without a bot."""

from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path

import pytest

from bot.wiring import Texts
from faults.outcome_table import SLOW
from faults.stage import Cast, Stage, staged
from faults.theatre import Theatre, played, read_everything


@cache
def texts() -> Texts:
    """Read once for all; nobody changes them."""
    return read_everything()


@pytest.fixture
async def theatre(tmp_path: Path) -> AsyncIterator[Theatre]:
    """Nobody in it yet."""
    async with played(tmp_path, texts(), read_timeout=SLOW) as empty:
        yield empty


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Two write, two are in danger, two are asked; one contact person comes second for all of them."""
    async with staged(tmp_path / "town", Cast(writers=2, endangered=2, asked=2, stand_ins=1)) as made:
        yield made


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for part in ("outcomes", "outages"):
        monkeypatch.setattr(f"faults.{part}.read_everything", texts)
