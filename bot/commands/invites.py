"""`vidare invites list|revoke`: what can still be used, and taking it back. `vidare invite` makes new ones."""

import argparse
import asyncio
import sys

from bot.clock import Clock
from bot.desk.inviting import revoke
from bot.settings import Settings, load_settings
from bot.wiring import opened, read_texts
from storage import invitations, people


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Two subcommands."""
    parser = subparsers.add_parser("invites", help="show or take back invitations nobody has used")
    commands = parser.add_subparsers(required=True, metavar="WHAT")
    commands.add_parser("list", help="what is open, without names").set_defaults(
        run=lambda _given: asyncio.run(_list(load_settings()))
    )
    back = commands.add_parser("revoke", help="take one back; somebody who never came goes with it")
    back.add_argument("person", type=int, metavar="PERSON_ID")
    back.set_defaults(run=lambda given: asyncio.run(_revoke(load_settings(), given.person)))


async def _list(settings: Settings) -> int:
    async with opened(settings, read_texts(settings)) as (db, _house):
        found = await db.read(invitations.open_ones, Clock().now())
        roles = [await db.read(people.role_in_the_clear, each.person_id) for each in found]
    for each, role in zip(found, roles, strict=True):
        print(f"{each.person_id:>6}  {role or '?':<11}  works until {each.expires_at:%Y-%m-%d %H:%M} UTC")
    print(f"{len(found)} open")
    return 0


async def _revoke(settings: Settings, person: int) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        taken = await db.run(revoke, house, person, None, Clock().now())
    if not taken:
        print(f"vidare: there is no open invitation of person {person}", file=sys.stderr)
        return 2
    print(f"the invitation of person {person} is taken back")
    return 0
