"""`vidare invites list|renew|revoke`: invitations nobody has used. `vidare invite` makes them."""

import argparse
import asyncio
import sys

from bot.clock import Clock
from bot.commands.invite import bot_name, show
from bot.desk.inviting import revoke
from bot.inviting import NameInUse, NothingToRenew, renew
from bot.outgoing import DeliveryFailed
from bot.settings import Settings, load_settings
from bot.wiring import opened, read_texts
from storage import invitations, people


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Three subcommands."""
    parser = subparsers.add_parser("invites", help="show, renew or take back invitations nobody has used")
    commands = parser.add_subparsers(required=True, metavar="WHAT")
    commands.add_parser("list", help="what is open or ran out, without names").set_defaults(
        run=lambda _given: asyncio.run(_list(load_settings()))
    )
    anew = commands.add_parser("renew", help="a new link for the same person; the earlier one is worthless")
    anew.add_argument("person", type=int, metavar="PERSON_ID")
    anew.set_defaults(run=lambda given: asyncio.run(_renew(load_settings(), given.person)))
    back = commands.add_parser("revoke", help="take one back; somebody who never came goes with it")
    back.add_argument("person", type=int, metavar="PERSON_ID")
    back.set_defaults(run=lambda given: asyncio.run(_revoke(load_settings(), given.person)))


async def _list(settings: Settings) -> int:
    now = Clock().now()
    async with opened(settings, read_texts(settings)) as (db, _house):
        found = await db.read(invitations.unused)
        roles = [await db.read(people.role_in_the_clear, each.person_id) for each in found]
    for each, role in zip(found, roles, strict=True):
        until = "works until" if each.expires_at > now else "ran out at"
        print(f"{each.person_id:>6}  {role or '?':<11}  {until} {each.expires_at:%Y-%m-%d %H:%M} UTC")
    print(f"{sum(each.expires_at > now for each in found)} open")
    return 0


async def _renew(settings: Settings, person: int) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        try:
            username = await bot_name(settings)
            code = await db.run(renew, house, person, Clock().now(), None)
        except (NothingToRenew, NameInUse, DeliveryFailed) as error:
            print(f"vidare: {error}", file=sys.stderr)
            return 2
    show(f"person {person}", username, code)
    return 0


async def _revoke(settings: Settings, person: int) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        taken = await db.run(revoke, house, person, None, Clock().now())
    if not taken:
        print(f"vidare: there is no open invitation of person {person}", file=sys.stderr)
        return 2
    print(f"the invitation of person {person} is taken back")
    return 0
