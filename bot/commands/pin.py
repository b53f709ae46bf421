"""`vidare pin reset PERSON_ID`: take away the check who is reading, for a resident who has forgotten what she wrote."""

import argparse
import asyncio
import sys

from bot import code_reset
from bot.clock import Clock
from bot.settings import Settings, load_settings
from bot.wiring import opened, read_texts


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """One subcommand."""
    parser = subparsers.add_parser("pin", help="the number or word a resident is asked for")
    commands = parser.add_subparsers(required=True, metavar="WHAT")
    reset = commands.add_parser(
        "reset", help="take it away, when she has asked for it herself, not in the chat"
    )
    reset.add_argument("person", type=int, metavar="PERSON_ID")
    reset.set_defaults(run=lambda given: asyncio.run(_reset(load_settings(), given.person)))


async def _reset(settings: Settings, person: int) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        try:
            await db.run(code_reset.reset, house, person, Clock().now())
        except code_reset.NoCode as error:
            print(f"vidare: {error}", file=sys.stderr)
            return 2
    print(f"resident {person} is asked for nothing any more; she chooses anew in her settings")
    return 0
