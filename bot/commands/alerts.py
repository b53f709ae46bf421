"""`vidare alerts list|take|close|draw`: what is open, who has it, ending what is damaged, the drawing for the docs."""

import argparse
import asyncio
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.damaged import CaseReadable, end_case
from bot.desk.acting import CaseUnreadable, Outcome, act, read
from bot.desk.signing_in import NoCoordinator, coordinator
from bot.house import House
from bot.settings import Settings, load_settings
from bot.wiring import opened, read_texts
from dialogs.alert import AlertState, drawing
from storage import alerts, audit
from storage.audit import Did

DRAWING: Final = Path(__file__).parent.parent.parent / "docs" / "alert.md"
_HEAD: Final = """# An alert's life

Made from the table in `dialogs/alert.py` by `vidare alerts draw`; a test compares the two.
What each step does to people stands in `dialogs/escalation.py`.

```mermaid
"""


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Four subcommands."""
    parser = subparsers.add_parser("alerts", help="open alerts, and the drawing of their life")
    commands = parser.add_subparsers(required=True, metavar="WHAT")
    commands.add_parser("list", help="what is open, without names").set_defaults(
        run=lambda _arguments: asyncio.run(_list(load_settings()))
    )
    close = commands.add_parser("close", help="end a case whose record is damaged")
    close.add_argument("case", type=int, metavar="CASE")
    close.add_argument(
        "--because",
        required=True,
        choices=("damaged",),
        help="everything else is for its contact persons to end",
    )
    close.set_defaults(run=lambda arguments: asyncio.run(_close(load_settings(), arguments.case)))
    take = commands.add_parser(
        "take", help="a coordinator has a case, as at the desk; also one somebody else has"
    )
    take.add_argument("case", type=int, metavar="CASE")
    take.add_argument("--by", required=True, type=int, metavar="PERSON_ID")
    take.set_defaults(run=lambda given: asyncio.run(_take(load_settings(), given.case, given.by)))
    commands.add_parser("draw", help="write docs/alert.md anew").set_defaults(run=lambda _arguments: _draw())


def page() -> str:
    """The page as it should stand in the docs."""
    return f"{_HEAD}{drawing()}```\n"


def _draw() -> int:
    DRAWING.write_text(page(), encoding="utf-8")
    print(DRAWING.name)
    return 0


async def _close(settings: Settings, case: int) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        try:
            ended = await db.run(_end, house, case, datetime.now(UTC))
        except alerts.AlertNotFound:
            print(f"vidare: there is no case {case}", file=sys.stderr)
            return 2
        except CaseReadable as readable:
            print(f"vidare: {readable}", file=sys.stderr)
            return 2
    if ended:
        print(
            f"case {case} is ended. Whoever was told about it hears so from the running bot within a minute."
        )
    else:
        print(f"case {case} was ended before")
    return 0


async def _take(settings: Settings, case: int, by: int) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        try:
            became = await db.run(_taken, house, case, by, datetime.now(UTC))
        except (alerts.AlertNotFound, CaseUnreadable, NoCoordinator) as error:
            print(f"vidare: {error}", file=sys.stderr)
            return 2
    if not became.done:
        print(f"vidare: {became.refused or 'nothing was changed'}", file=sys.stderr)
        return 1
    print(f"case {case} is with {by} now. The others hear so from the running bot.")
    return 0


def _taken(db: sqlite3.Connection, house: House, case: int, by: int, now: datetime) -> Outcome:
    if coordinator(db, house, by) is None:
        raise NoCoordinator(by)
    held = read(db, house, case).state is AlertState.ACKNOWLEDGED
    return act(db, house, by, case, "over" if held else "have", None, now)


def _end(db: sqlite3.Connection, house: House, case: int, now: datetime) -> bool:
    ended = end_case(db, house, case, now)
    if ended:
        audit.note(db, now, None, Did.CASE_ENDED, audit.case(case))
    return ended


async def _list(settings: Settings) -> int:
    async with opened(settings, read_texts(settings)) as (db, _house):
        found = await db.run(alerts.open_alerts)
    for alert in found:
        print(
            f"case {alert.id}  level {alert.level}  {alert.state.value:<12}  "
            f"raised {alert.raised_at:%Y-%m-%d %H:%M} UTC  next step {alert.next_step_at:%Y-%m-%d %H:%M} UTC"
        )
    print(f"{len(found)} open")
    return 0
