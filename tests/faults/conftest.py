"""A theatre with the bot awake in it."""

from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path

import pytest

from bot.wiring import Texts
from faults.outcome_table import SLOW
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


@pytest.fixture(autouse=True)
def _read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for part in ("outcomes", "outages"):
        monkeypatch.setattr(f"faults.{part}.read_everything", texts)
