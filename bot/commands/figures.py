"""`vidare figures`: how fast cases were taken on, how check-ins were answered; never about fewer than five."""

import argparse
import asyncio
from collections.abc import Iterator, Sequence

from bot import reckoning
from bot.clock import Clock
from bot.settings import Settings, load_settings
from bot.wiring import opened, read_texts
from dialogs.escalation_policy import LEVEL_NAMES
from dialogs.small_numbers import FEW, Table


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Everything at once."""
    parser = subparsers.add_parser("figures", help="counts of the last weeks, without small numbers")
    parser.set_defaults(run=lambda _given: asyncio.run(_figures(load_settings())))


async def _figures(settings: Settings) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        found = await db.read(reckoning.reckon, house, Clock().now())
    names = {number: name for name, number in LEVEL_NAMES.items()}
    heads = [f"{most} min" for most in reckoning.MINUTES] + ["longer"]
    print(f"From the alert to “I have it”, last {reckoning.DAYS} days, up to:")
    print("\n".join(_lines(heads, [names[level] for level in reckoning.LEVELS], found.times)))
    print("\nCheck-ins, by the Monday of their week:")
    print("\n".join(_lines(reckoning.STATES, [monday.isoformat() for monday in found.mondays], found.weeks)))
    print(f"\n<{FEW}: fewer than {FEW}. -: a sum that would give one of these away.")
    return 0


def _lines(heads: Sequence[str], sides: Sequence[str], table: Table) -> Iterator[str]:
    yield _line("", [*heads, "together"])
    for side, row, total in zip(sides, table.cells, table.rows, strict=True):
        yield _line(side, [*(_cell(count, f"<{FEW}") for count in row), _cell(total, "-")])
    yield _line("together", [_cell(count, "-") for count in (*table.columns, table.total)])


def _cell(count: int | None, hidden: str) -> str:
    return hidden if count is None else str(count)


def _line(side: str, cells: Sequence[str]) -> str:
    return f"{side:<12}" + "".join(f"{cell:>13}" for cell in cells)
