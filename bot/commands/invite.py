"""`vidare invite resident|contact|coordinator --name NAME`: a one-time link, and its QR code in the terminal."""

import argparse
import asyncio
import sqlite3
import sys
from collections.abc import Sequence

import segno

from bot.clock import Clock
from bot.house import House
from bot.inviting import NameInUse, NoSuchContact, invite
from bot.outgoing import DeliveryFailed
from bot.settings import Settings, load_settings
from bot.telegram_out import Telegram
from bot.wiring import opened, read_texts
from dialogs.kinds import ContactKind
from dialogs.people import Role
from storage import audit
from storage.audit import Did


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """One subcommand, three roles."""
    parser = subparsers.add_parser("invite", help="invite a resident, a contact person or a coordinator")
    parser.add_argument("role", choices=[role.value for role in Role])
    parser.add_argument(
        "--name", required=True, help="what the others see; for a resident an agreed name, not her own"
    )
    parser.add_argument(
        "--contact",
        action="append",
        metavar="NAME_OR_ID",
        help="a contact person to propose to a resident, first told first; default: all who have come",
    )
    parser.add_argument(
        "--kind",
        choices=[kind.value for kind in ContactKind],
        default=ContactKind.ORDINARY.value,
        help="as what a contact person is there; decides what she may see unless the resident decides otherwise",
    )
    parser.set_defaults(run=lambda arguments: asyncio.run(_invite(arguments, load_settings())))


async def _invite(arguments: argparse.Namespace, settings: Settings) -> int:
    name = " ".join(arguments.name.split())
    if not name or len(name) > 40:
        print("vidare: give a name of 1 to 40 characters", file=sys.stderr)
        return 2
    texts = read_texts(settings)
    async with opened(settings, texts) as (db, house):
        try:
            username = await bot_name(settings)
            kind = ContactKind(arguments.kind)
            person_id, code = await db.run(_noted, house, Role(arguments.role), name, arguments.contact, kind)
        except (NoSuchContact, NameInUse, DeliveryFailed) as error:
            print(f"vidare: {error}", file=sys.stderr)
            return 2
    show(f"{arguments.role} {person_id}", username, code)
    return 0


def show(whose: str, username: str, code: str) -> None:
    """Print the link, this one time."""
    link = f"https://t.me/{username}?start={code}"
    print(f"{whose}. The link works once, within 24 hours. Hand it over in person:\n\n{link}\n")
    segno.make_qr(link).terminal(compact=True)


def _noted(
    db: sqlite3.Connection,
    house: House,
    role: Role,
    name: str,
    contacts: Sequence[str] | None,
    kind: ContactKind,
) -> tuple[int, str]:
    now = Clock().now()
    person_id, code = invite(db, house, role, name, now, contacts, kind)
    audit.note(db, now, None, Did.INVITED, audit.person(person_id))
    return person_id, code


async def bot_name(settings: Settings) -> str:
    """Ask Telegram what the bot is called; a wrong token shows here, before anybody is invited."""
    async with Telegram(settings.telegram_token.get_secret_value(), settings.telegram_api) as telegram:
        return (await telegram.get_me()).username
