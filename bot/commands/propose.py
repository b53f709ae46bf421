"""`vidare propose RESIDENT_ID CONTACT_ID [--up]`: somebody new for a resident who is here, or who is told first."""

import argparse
import asyncio
import sys

from bot.clock import Clock
from bot.freezing import NoSuchResident
from bot.inviting import NotToPropose, move_up, propose
from bot.settings import Settings, load_settings
from bot.wiring import opened, read_texts


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Two numbers and a flag."""
    parser = subparsers.add_parser("propose", help="propose a contact person to a resident who is here")
    parser.add_argument("resident", type=int, metavar="RESIDENT_ID")
    parser.add_argument("contact", type=int, metavar="CONTACT_ID")
    parser.add_argument("--up", action="store_true", help="ask somebody proposed before one place earlier")
    parser.set_defaults(
        run=lambda given: asyncio.run(_propose(load_settings(), given.resident, given.contact, given.up))
    )


async def _propose(settings: Settings, resident: int, contact: int, up: bool) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        try:
            await db.run(move_up if up else propose, house, resident, contact, Clock().now())
        except (NoSuchResident, NotToPropose) as error:
            print(f"vidare: {error}", file=sys.stderr)
            return 2
    done = "is asked one place earlier" if up else "is proposed; the resident hears of it by day, and decides"
    print(f"person {contact} {done}")
    return 0
