"""`python -m bench`: measure everything and print one table."""

import argparse
import asyncio
import json
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from pydantic import SecretStr

from bench import covert_timing, due_cost, reader_cost, side_by_side, table
from bench.crowd import AnswersMissing
from bench.processes import NO_TOKEN, BotFailed, pin, two_cores
from bench.scale import GLANCE, WHOLE, Scale
from bot.settings import load_settings
from bot.translating import CatalogueMissing
from bot.wiring import Texts, read_texts
from dialogs.marked_yaml import GuideFaults
from dialogs.risk.lexicon import LexiconFaults

COMPARED: Final = ("python-telegram-bot", "aiogram", "aiohttp", "httpx")


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns 1 where something could not be measured; a missed goal is a result and no failure."""
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure Vidare beside two echo bots."
    )
    parser.add_argument(
        "--quick", action="store_true", help="fewer rounds and residents: a glance, not a result"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE as well")
    given = parser.parse_args(arguments)
    scale = GLANCE if given.quick else WHOLE
    begun, cores = perf_counter(), two_cores()
    if cores is not None:
        pin(0, cores[1])
    try:
        texts = read_texts(load_settings(telegram_token=SecretStr(NO_TOKEN)))
        rows = asyncio.run(measure(scale, texts, cores[0] if cores else None))
    except (
        BotFailed,
        AnswersMissing,
        due_cost.DueWrong,
        covert_timing.CodeWrong,
        CatalogueMissing,
        GuideFaults,
        LexiconFaults,
    ) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    machine = _machine(texts, cores is not None, perf_counter() - begun)
    print("\n".join(table.lines(rows)))
    print("\n" + ", ".join(f"{name} {value}" for name, value in machine.items()))
    if given.json is not None:
        given.json.write_text(json.dumps(table.as_json(rows, machine), indent=1) + "\n", "utf-8")
    return 0


async def measure(scale: Scale, texts: Texts, core: int | None) -> list[table.Row]:
    """Everything, one thing after the other; the bots run on `core`, all else on ours."""
    _tell("the risk reader")
    reading = reader_cost.measure(scale)
    with tempfile.TemporaryDirectory(prefix="vidare-bench-") as made:
        folder = Path(made)
        due_at = side_by_side.due_at(datetime.now(UTC))
        _tell(f"bringing in {table.count(scale.few)} and {table.count(scale.many)} residents")
        async with side_by_side.lined_up(folder, scale, core) as lineup:
            entrants = list(lineup.entrants.values())
            _tell("starting the bots")
            await side_by_side.start_all(entrants, scale.starts)
            _tell("waves")
            await side_by_side.race(entrants, scale)
            _tell("waves on a slow network")
            await side_by_side.race_on_a_slow_network(entrants, scale)
            _tell("an even stream")
            await side_by_side.stream(entrants, scale)
            _tell("alerts")
            await side_by_side.alarm(lineup.entrants[side_by_side.FULL], scale)
            rows = side_by_side.rows(lineup.entrants, scale)
        _tell("due check-ins")
        due = await due_cost.measure(folder, lineup.large, texts, due_at, scale)
        _tell("codes")
        codes = await covert_timing.measure(folder, texts, scale)
    return [*rows, *due, *reading, *codes]


def _tell(what: str) -> None:
    print(f"{datetime.now(UTC):%H:%M:%S} {what}", file=sys.stderr)


def _machine(texts: Texts, pinned: bool, seconds: float) -> dict[str, Any]:
    """Where and with what; without names of machines or folders."""
    return {
        "Python": platform.python_version(),
        "cores": os.cpu_count(),
        "pinned": "bot on one core and sandbox on another" if pinned else "no",
        "locales": len(texts.translator.locales),
        **{name: version(name) for name in COMPARED},
        "seconds": round(seconds),
    }


if __name__ == "__main__":
    raise SystemExit(main())
