"""What a due check-in costs in a small and in a large town: `Handler.due` alone, in this process, in turns."""

from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Final

from pydantic import SecretStr

from bench.figures import ratio, spread
from bench.processes import NO_TOKEN
from bench.scale import Scale
from bench.seeding import Plan, Town, seed
from bench.table import Goal, Row, count, row
from bot.due import ROWS_A_TRANSACTION
from bot.handling import Handler
from bot.settings import Settings, load_settings
from bot.wiring import Texts, opened
from storage.database import Database


class DueWrong(Exception):
    """A check-in was not asked: then the time says nothing."""


@dataclass(slots=True)
class _Place:
    town: Town
    db: Database
    handler: Handler
    microseconds: list[float] = field(default_factory=list)

    async def some(self, now: datetime) -> None:
        """One transaction, from the hop to the storage thread until it is on disk."""
        begun = perf_counter()
        handled = await self.db.run(self.handler.due, now, ROWS_A_TRANSACTION)
        seconds = perf_counter() - begun
        if handled.failed or len(handled.ordered.queued) != ROWS_A_TRANSACTION:
            raise DueWrong(f"{len(handled.ordered.queued)} of {ROWS_A_TRANSACTION} check-ins were asked")
        self.microseconds.append(seconds / ROWS_A_TRANSACTION * 1e6)


GOAL: Final = Goal("at most", 25)
GROWTH: Final = Goal("at most", 3)


async def measure(folder: Path, large: Town, texts: Texts, due_at: datetime, scale: Scale) -> list[Row]:
    """`large` was seeded before and has as many due; the small town is made here."""
    plan = Plan(scale.few, (), (), due_at, scale.due)
    small = await seed(folder / "due", plan, due_at - timedelta(days=30))
    async with AsyncExitStack() as stack:
        places = []
        for town in (small, large):
            db, house = await stack.enter_async_context(opened(_settings(town), texts))
            places.append(_Place(town, db, Handler(house)))
        for _ in range(scale.due // ROWS_A_TRANSACTION):
            for place in places:
                await place.some(due_at + timedelta(seconds=1))
    return _rows(*places)


def _rows(small: _Place, large: _Place) -> list[Row]:
    made = [
        row(
            f"a due check-in, {count(place.town.residents)} residents",
            spread(place.microseconds),
            "us",
            GOAL,
        )
        for place in (small, large)
    ]
    growth = ratio(large.microseconds, small.microseconds)
    return [*made, row("a due check-in, growth from the one to the other", growth, "x", GROWTH)]


def _settings(town: Town) -> Settings:
    return load_settings(
        telegram_token=SecretStr(NO_TOKEN), data_dir=town.data, master_key_file=town.key_file
    )
