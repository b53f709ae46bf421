"""`vidare people`: who is here, by id, role, kind and state. Names when asked for: a terminal has onlookers."""

import argparse
import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from bot.clock import Clock
from bot.desk.cases import UNANSWERED_DAYS, name
from bot.settings import Settings, load_settings
from bot.wiring import opened, read_texts
from dialogs.people import Contact, Person, Role
from storage import check_ins, people


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Two flags."""
    parser = subparsers.add_parser("people", help="list who is here")
    parser.add_argument("--names", action="store_true", help="show the agreed names too")
    parser.add_argument(
        "--unanswered", action="store_true", help="only whose check-ins of the last week had no answer"
    )
    parser.set_defaults(
        run=lambda given: asyncio.run(_chosen(given.unanswered)(load_settings(), given.names))
    )


def _chosen(unanswered: bool) -> Callable[[Settings, bool], Coroutine[Any, Any, int]]:
    return _unanswered if unanswered else _list


async def _unanswered(settings: Settings, names: bool) -> int:
    since = Clock().now().date() - timedelta(days=UNANSWERED_DAYS)
    async with opened(settings, read_texts(settings)) as (db, house):
        found = await db.read(check_ins.unanswered_since, since)
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
