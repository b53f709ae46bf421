"""
`vidare erase PERSON_ID`: end somebody's part here: a phone was stolen, a role ended, a row does not open.

Key and rows go, cases move on to the next contact person at once, and what the bot wrote in the last two days is taken
out of that phone where Telegram still lets us. A running bot goes on meanwhile.
"""

import argparse
import asyncio
import sqlite3
import sys
from datetime import datetime

from bot.carrying import Carrier
from bot.clock import Clock
from bot.house import House
from bot.ordering import Ordered
from bot.outgoing import DeliveryFailed, Outgoing
from bot.settings import Settings, load_settings
from bot.telegram_out import Telegram
from bot.wiring import opened, read_texts
from dialogs.events import Pressed, Removed
from dialogs.people import Resident
from storage import audit, people
from storage.audit import Did


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Whom, and a word for the careful."""
    parser = subparsers.add_parser("erase", help="erase somebody for good, and let open cases move on")
    parser.add_argument("person", type=int)
    parser.add_argument("--for-good", action="store_true", help="you have read the number twice")
    parser.set_defaults(run=lambda given: asyncio.run(_erase(load_settings(), given.person, given.for_good)))


async def _erase(settings: Settings, person_id: int, certain: bool) -> int:
    if not certain:
        print(
            f"vidare: this erases person {person_id} for good. Read the number again, then add --for-good.",
            file=sys.stderr,
        )
        return 2
    async with opened(settings, read_texts(settings)) as (db, house):
        try:
            ordered = await db.run(erase, house, person_id, Clock().now())
        except people.PersonNotFound as error:
            print(f"vidare: {error}", file=sys.stderr)
            return 2
        await db.empty_log()
    print(f"Person {person_id} is erased. Who was told about open cases of theirs hears what follows.")
    await _take_out(settings, ordered.loose)
    return 0


def erase(db: sqlite3.Connection, house: House, person_id: int, now: datetime) -> Ordered:
    """Let her leave; what does not open is erased as it is. Raises `PersonNotFound`."""
    ordered = Ordered()
    try:
        known = people.get(db, house.keyring, person_id)
    except people.PersonUnreadable:
        house.tombstones.add(person_id, now)
        people.erase(db, person_id)
    else:
        leaves = Removed() if isinstance(known.person, Resident) else Pressed("ch:leave-yes")
        Carrier(db, house, now, ordered).happen(known, leaves)
    audit.note(db, now, None, Did.ERASED, audit.person(person_id))
    return ordered


async def _take_out(settings: Settings, loose: list[Outgoing]) -> None:
    """Her messages, and the last word; without Telegram they stay where they are."""
    token = settings.telegram_token.get_secret_value()
    async with Telegram(token, settings.telegram_api) as telegram:
        try:
            for outgoing in loose:
                await telegram.deliver(outgoing)
        except DeliveryFailed:
            print("Messages on that phone could not be taken out.", file=sys.stderr)
