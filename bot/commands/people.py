"""
`vidare people`: who is here, by id, role, kind and state. Names when asked for: a terminal has onlookers.

`vidare people remove|freeze|unfreeze PERSON_ID`: a contact person or coordinator who shall not be here any more, and a
resident whose phone may be in other hands.
"""

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from bot.clock import Clock
from bot.desk.cases import UNANSWERED_DAYS, name, unanswered
from bot.freezing import NoSuchResident, freeze, unfreeze
from bot.removing import NotToRemove, farewell, remove
from bot.settings import Settings, load_settings
from bot.wiring import opened, read_texts
from dialogs.people import Contact, Person, Role
from storage import people


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Two flags, and three subcommands."""
    parser = subparsers.add_parser("people", help="list who is here")
    parser.add_argument("--names", action="store_true", help="show the agreed names too")
    parser.add_argument(
        "--unanswered", action="store_true", help="only whose check-ins of the last week had no answer"
    )
    parser.set_defaults(
        run=lambda given: asyncio.run(_chosen(given.unanswered)(load_settings(), given.names))
    )
    commands = parser.add_subparsers(required=False, metavar="WHAT")
    _about_one(commands, "remove", "remove a contact person or coordinator, at once and for good", _remove)
    _about_one(
        commands, "freeze", "say nothing more in a resident's chat: her phone may be in other hands", _freeze
    )
    _about_one(commands, "unfreeze", "give a frozen chat back to its resident", _unfreeze)


def _about_one(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    what: str,
    work: Callable[[Settings, int], Coroutine[Any, Any, int]],
) -> None:
    parser = commands.add_parser(name, help=what)
    parser.add_argument("person", type=int, metavar="PERSON_ID")
    parser.set_defaults(run=lambda given: asyncio.run(work(load_settings(), given.person)))


async def _remove(settings: Settings, person: int) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        try:
            words = await db.run(remove, house, person, Clock().now(), None)
        except NotToRemove as error:
            return _mistaken(error)
    told = await farewell(settings, words)
    print(f"person {person} is removed" + ("" if told else "; that person could not be told"))
    return 0


async def _freeze(settings: Settings, person: int) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        try:
            told = await db.run(freeze, house, person, Clock().now(), None)
        except NoSuchResident as error:
            return _mistaken(error)
    whom = (
        "her contact persons are told" if told else "she has not agreed that anybody is told: do so yourself"
    )
    print(f"the chat of person {person} is frozen; {whom}")
    return 0


async def _unfreeze(settings: Settings, person: int) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        try:
            was = await db.run(unfreeze, house, person, Clock().now(), None)
        except NoSuchResident as error:
            return _mistaken(error)
    print(f"the chat of person {person} " + ("is hers again" if was else "was not frozen"))
    return 0


def _mistaken(error: Exception) -> int:
    print(f"vidare: {error}", file=sys.stderr)
    return 2


def _chosen(unanswered: bool) -> Callable[[Settings, bool], Coroutine[Any, Any, int]]:
    return _unanswered if unanswered else _list


async def _unanswered(settings: Settings, names: bool) -> int:
    since = Clock().now().date() - timedelta(days=UNANSWERED_DAYS)
    async with opened(settings, read_texts(settings)) as (db, house):
        found = await db.read(unanswered, house, since)
        known = {each: await db.read(name, house, each) for each in found} if names else {}
    for person, days in found.items():
        said = ", ".join(f"{day.isoformat()} {state}" for day, state in days)
        print(f"{person:>6}  {said}" + (f"  {known[person]}" if names else ""))
    return 0


async def _list(settings: Settings, names: bool) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        for person in await db.run(people.unreadable, house.keyring):
            print(f"{person:>6}  cannot be read")
        for known in await db.run(people.list_people, house.keyring):
            reach = "" if known.reachable else "  cannot be reached"
            said = known.person.name if isinstance(known.person, Contact) else known.person.alias
            print(
                f"{known.id:>6}  {known.role.value:<11}  {_kind(known.person):<15}  {known.state:<8}{reach}"
                + (f"  {said}" if names else "")
            )
    return 0


def _kind(person: Person) -> str:
    """As what a contact person is there; the others have no kind."""
    return person.kind.value if person.role is Role.CONTACT and isinstance(person, Contact) else "-"
