"""`vidare people`: who is here, by id, role, kind and state. Names when asked for: a terminal has onlookers."""

import argparse
import asyncio

from bot.settings import Settings, load_settings
from bot.wiring import opened, read_texts
from dialogs.people import Contact, Person, Role
from storage import people


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """One flag."""
    parser = subparsers.add_parser("people", help="list who is here")
    parser.add_argument("--names", action="store_true", help="show the agreed names too")
    parser.set_defaults(run=lambda arguments: asyncio.run(_list(load_settings(), arguments.names)))


async def _list(settings: Settings, names: bool) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        for person in await db.run(people.unreadable, house.keyring):
            print(f"{person:>6}  cannot be read")
        for known in await db.run(people.list_people, house.keyring):
            reach = "" if known.reachable else "  cannot be reached"
            name = known.person.name if isinstance(known.person, Contact) else known.person.alias
            print(
                f"{known.id:>6}  {known.role.value:<11}  {_kind(known.person):<15}  {known.state:<8}{reach}"
                + (f"  {name}" if names else "")
            )
    return 0


def _kind(person: Person) -> str:
    """As what a contact person is there; the others have no kind."""
    return person.kind.value if person.role is Role.CONTACT and isinstance(person, Contact) else "-"
