"""
`vidare channels add|list|remove|test`: second channels, for when Telegram does not reach a contact person.

An address holds a password or a number. It is typed where nobody sees it or read from standard input, never taken
from the command line, which every program on the machine can read; and it is never shown again.
"""

import argparse
import asyncio
import getpass
import sqlite3
import sys
from datetime import datetime
from typing import Final

from bot.channels import UNKNOWN, AddressRefused, AppriseLine, RingFailed, Unrung, kind_of
from bot.clock import Clock
from bot.house import House
from bot.ringer import in_her_language
from bot.settings import Settings, load_settings
from bot.wiring import opened, read_texts
from dialogs import ring_texts
from dialogs.people import Role
from storage import channels, people
from storage.channels import Channel
from storage.database import Database
from storage.sealing import SealBroken, WrongKey

EXAMPLES: Final = """\
The address is asked for, or read from standard input. It is stored sealed and never shown. Forms:
  mailtos://user:password@mail.example?from=bot@example.org&to=mina@example.org
  46elks://user:password@Vidare/+46700000002
  ntfys://token@ntfy.example/a-topic-nobody-guesses
  matrixs://user:password@matrix.example/!room:matrix.example
  jsons://user:password@gateway.example/hook
Without the last s (mailto, ntfy, matrix, json) it travels unencrypted. More: docs/operating.md"""

ANSWERS: Final = {
    Unrung.NOT_UNDERSTOOD: "the address is not understood",
    Unrung.LACKING: "this kind needs a further library, which is not installed",
    Unrung.REFUSED: "the server said no, or could not be reached",
    Unrung.SILENT: "no answer within half a minute; it may have arrived",
    Unrung.BROKEN: "the program that rings could not be started, or failed",
}


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Four subcommands."""
    parser = subparsers.add_parser("channels", help="e-mail, SMS and the like, for when Telegram fails")
    commands = parser.add_subparsers(required=True, metavar="WHAT")
    adding = commands.add_parser(
        "add",
        help="give a contact person or coordinator a second channel",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    adding.add_argument("person", type=int, metavar="PERSON_ID", help="as `vidare people` shows it")
    adding.set_defaults(run=lambda arguments: _ask_and_add(arguments.person))
    listing = commands.add_parser("list", help="kinds and how they work, never addresses")
    listing.set_defaults(run=lambda _arguments: asyncio.run(_list(load_settings())))
    removing = commands.add_parser("remove", help="forget a channel")
    removing.add_argument("channel", type=int, metavar="ID")
    removing.set_defaults(run=lambda arguments: asyncio.run(_remove(load_settings(), arguments.channel)))
    testing = commands.add_parser("test", help="ring now, with words that say it is a test")
    which = testing.add_mutually_exclusive_group(required=True)
    which.add_argument("channel", type=int, nargs="?", metavar="ID")
    which.add_argument("--all", action="store_true", help="one after the other")
    testing.set_defaults(run=lambda arguments: asyncio.run(_test(load_settings(), arguments.channel)))


def _ask_and_add(person_id: int) -> int:
    """Asked before anything runs, so that Ctrl-C ends it at once."""
    settings = load_settings()
    return asyncio.run(_add(settings, person_id, _typed()))


def _typed() -> str:
    """From a pipe, or typed without being seen."""
    if sys.stdin.isatty():
        return getpass.getpass("Address (it is not shown): ").strip()
    return sys.stdin.readline().strip()


async def _add(settings: Settings, person_id: int, address: str) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        try:
            known = await db.run(people.get, house.keyring, person_id)
            if known.role is Role.RESIDENT:
                return _mistake(f"person {person_id} is a resident: nobody but the bot itself writes to her")
            await AppriseLine().check(address)
        except (people.PersonNotFound, people.PersonUnreadable, AddressRefused) as error:
            return _mistake(str(error))
        except RingFailed as failed:
            return _mistake(ANSWERS[failed.kind])
        channel_id = await db.run(channels.add, known.box, person_id, address, Clock().now())
    print(f"channel {channel_id} ({kind_of(address)}). Try it: vidare channels test {channel_id}")
    return 0


def _mistake(sentence: str) -> int:
    print(f"vidare: {sentence}", file=sys.stderr)
    return 2


async def _list(settings: Settings) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        found = await db.run(channels.everybodys)
        kinds = [await db.run(_kind, house, each) for each in found]
    for channel, kind in zip(found, kinds, strict=True):
        print(f"{channel.id:>6}  person {channel.person_id:<6}  {kind:<12}  {_state(channel)}")
    return 0


def _kind(db: sqlite3.Connection, house: House, channel: Channel) -> str:
    try:
        return kind_of(channels.address(db, house.keyring, channel.id))
    except (channels.ChannelNotFound, SealBroken, WrongKey, UnicodeDecodeError):
        return UNKNOWN


def _state(channel: Channel) -> str:
    worked = "never used" if channel.worked_at is None else f"worked {channel.worked_at:%Y-%m-%d %H:%M} UTC"
    return f"{worked}  failed {channel.failures} times since" if channel.failures else worked


async def _remove(settings: Settings, channel_id: int) -> int:
    async with opened(settings, read_texts(settings)) as (db, _house):
        if not await db.run(_removed, channel_id, Clock().now()):
            return _mistake(str(channels.ChannelNotFound(channel_id)))
    print(f"channel {channel_id} is removed")
    return 0


def _removed(db: sqlite3.Connection, channel_id: int, now: datetime) -> bool:
    there = channels.remove(db, channel_id)
    channels.report_failing(db, now)
    return there


async def _test(settings: Settings, channel_id: int | None) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        found = [each for each in await db.run(channels.everybodys) if channel_id in (None, each.id)]
        if not found:
            missing = (
                "there are no second channels" if channel_id is None else f"channel {channel_id} is not here"
            )
            return _mistake(missing)
        answers = [await _rung(db, house, each) for each in found]
    return 0 if all(answers) else 1


async def _rung(db: Database, house: House, channel: Channel) -> bool:
    """Ring one channel, print what came back, and remember it."""
    try:
        address, body = await db.run(_words, house, channel, Clock().now())
        await AppriseLine().ring(address, ring_texts.TITLE, body)
        said, taken = "took the test; ask whether it was seen", True
    except RingFailed as failed:
        said, taken = ANSWERS[failed.kind] + (f" (answer {failed.status})" if failed.status else ""), False
    except (channels.ChannelNotFound, SealBroken, WrongKey, UnicodeDecodeError):
        said, taken = "the address cannot be opened", False
    await db.run(_remember, channel.id, taken, Clock().now())
    print(f"channel {channel.id}, person {channel.person_id}: {said}")
    return taken


def _words(db: sqlite3.Connection, house: House, channel: Channel, now: datetime) -> tuple[str, str]:
    address = channels.address(db, house.keyring, channel.id)
    return address, in_her_language(db, house, channel.person_id, ring_texts.trial(), now)


def _remember(db: sqlite3.Connection, channel_id: int, taken: bool, now: datetime) -> None:
    if taken:
        channels.worked(db, channel_id, now)
    else:
        channels.failed(db, channel_id)
    channels.report_failing(db, now)
