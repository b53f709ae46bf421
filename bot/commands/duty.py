"""`vidare duty list|set|always|away|back`: when contact persons and coordinators may be asked."""

import argparse
import asyncio
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date

from bot.clock import Clock
from bot.house import House
from bot.settings import Settings, load_settings
from bot.wiring import opened, read_texts
from dialogs.absence import BACK_AT
from dialogs.duty import LONGEST_AWAY, Away, Duty, HoursUnreadable, read_shift, write_shift
from dialogs.people import Contact, Role
from dialogs.schedule import DEFAULT_ZONE, moment_on
from storage import people

Change = Callable[[Contact], Contact]


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Five subcommands."""
    parser = subparsers.add_parser("duty", help="show or change when contact persons may be asked")
    commands = parser.add_subparsers(required=True, metavar="WHAT")
    commands.add_parser("list", help="everybody's hours and absences").set_defaults(
        run=lambda _given: asyncio.run(_list(load_settings()))
    )
    hours = _about_one(commands, "set", "give somebody hours, as “mon-fri 08:00-17:00”")
    hours.add_argument("hours", nargs="+", metavar="HOURS")
    hours.set_defaults(run=lambda given: _set(given.person, given.hours))
    always = _about_one(commands, "always", "somebody may be asked at any time")
    always.set_defaults(run=lambda given: _change(given.person, lambda contact: replace(contact, duty=None)))
    away = _about_one(commands, "away", "somebody is away until a day")
    away.add_argument("--until", required=True, type=date.fromisoformat, metavar="2027-01-07")
    away.add_argument("--stand-in", type=int, metavar="PERSON_ID")
    away.set_defaults(run=lambda given: _away(given.person, given.until, given.stand_in))
    back = _about_one(commands, "back", "somebody is here again")
    back.set_defaults(run=lambda given: _change(given.person, lambda contact: replace(contact, away=None)))


def _about_one(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, what: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=what)
    parser.add_argument("person", type=int, metavar="PERSON_ID")
    return parser


def _set(person: int, hours: list[str]) -> int:
    try:
        duty = Duty(tuple(read_shift(each) for each in hours))
    except HoursUnreadable as unreadable:
        print(f"vidare: {unreadable}", file=sys.stderr)
        return 2
    return _change(person, lambda contact: replace(contact, duty=duty))


def _away(person: int, day: date, stand_in: int | None) -> int:
    now, until = Clock().now(), moment_on(day, BACK_AT, DEFAULT_ZONE)
    if not now < until <= now + LONGEST_AWAY:
        print("vidare: give a day from tomorrow on, at most 90 days ahead", file=sys.stderr)
        return 2
    return _change(person, lambda contact: replace(contact, away=Away(until.astimezone(UTC), stand_in)))


def _change(person: int, change: Change) -> int:
    return asyncio.run(_changed(load_settings(), person, change))


async def _changed(settings: Settings, person: int, change: Change) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        line = await db.run(_keep, house, person, change)
    if line is None:
        print(
            f"vidare: there is no contact person {person}; `vidare people` lists who is here", file=sys.stderr
        )
        return 2
    print(line)
    return 0


def _keep(db: sqlite3.Connection, house: House, person: int, change: Change) -> str | None:
    try:
        known = people.get(db, house.keyring, person)
    except people.PersonNotFound:
        return None
    if not isinstance(known.person, Contact):
        return None
    changed = change(known.person)
    people.save_person(db, known.box, changed, Clock().now())
    return _line(changed)


async def _list(settings: Settings) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        for role in (Role.CONTACT, Role.COORDINATOR):
            for known in await db.run(people.list_people, house.keyring, role):
                if isinstance(known.person, Contact):
                    print(_line(known.person))
    return 0


def _line(contact: Contact) -> str:
    hours = "at any time"
    if contact.duty is not None:
        hours = "; ".join(write_shift(shift) for shift in contact.duty.shifts)
    away = contact.away
    absent = "" if away is None else f"  away until {away.until:%Y-%m-%d %H:%M} UTC"
    stand_in = "" if away is None or away.stand_in is None else f", {away.stand_in} stands in"
    return f"{contact.id:>6}  {contact.role.value:<11}  {hours}{absent}{stand_in}"
