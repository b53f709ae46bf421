"""`vidare audit list|verify`: who did what at the desk or on this machine, by ids; and whether the list is whole."""

import argparse
import asyncio

from bot.settings import Settings, load_settings
from bot.wiring import opened, read_texts
from storage import audit


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Two subcommands."""
    parser = subparsers.add_parser(
        "audit", help="show who did what, and whether the list was changed by hand"
    )
    commands = parser.add_subparsers(required=True, metavar="WHAT")
    rows = commands.add_parser("list", help="the latest first; a dash is the operator")
    rows.add_argument("--limit", type=int, default=100)
    rows.set_defaults(run=lambda given: asyncio.run(_list(load_settings(), given.limit)))
    commands.add_parser("verify", help="say whether each row follows from the one before").set_defaults(
        run=lambda _given: asyncio.run(_verify(load_settings()))
    )


async def _list(settings: Settings, limit: int) -> int:
    async with opened(settings, read_texts(settings)) as (db, _house):
        for entry in await db.read(audit.entries, max(0, limit)):
            actor = "-" if entry.actor is None else str(entry.actor)
            print(
                f"{entry.id:>6}  {entry.at:%Y-%m-%d %H:%M:%S} UTC  {actor:>6}  {entry.did:<22}  {entry.about}"
            )
    return 0


async def _verify(settings: Settings) -> int:
    """The last hash is printed to be written down elsewhere: whoever makes the whole list anew cannot make it."""
    async with opened(settings, read_texts(settings)) as (db, _house):
        broken = await db.read(audit.verify)
        latest = await db.read(audit.entries, 1)
    if broken is not None:
        print(f"from row {broken} on the list was changed by hand, or is damaged")
        return 1
    if latest:
        print(f"{latest[0].id} rows, each follows from the one before. The last one: {latest[0].hash.hex()}")
    else:
        print("nothing has been noted yet")
    return 0
