"""`vidare duty list|set|always|away|back|limit`: when contact persons and coordinators may be asked."""

import argparse
import asyncio
import sys
from datetime import date

from bot import duty_changes
from bot.clock import Clock
from bot.duty_changes import Change, DayOutOfReach, LimitOutOfReach, NoSuchContactPerson
from bot.settings import Settings, load_settings
from bot.wiring import opened, read_texts
from dialogs.duty import HoursUnreadable, write_shift
from dialogs.people import Contact, Role
from storage import people
from storage.audit import Did


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Six subcommands."""
    parser = subparsers.add_parser("duty", help="show or change when contact persons may be asked")
    commands = parser.add_subparsers(required=True, metavar="WHAT")
    commands.add_parser("list", help="everybody's hours and absences").set_defaults(
        run=lambda _given: asyncio.run(_list(load_settings()))
    )
    hours = _about_one(commands, "set", "give somebody hours, as “mon-fri 08:00-17:00”")
    hours.add_argument("hours", nargs="+", metavar="HOURS")
    hours.set_defaults(run=lambda given: _set(given.person, given.hours))
    always = _about_one(commands, "always", "somebody may be asked at any time")
    always.set_defaults(run=lambda given: _change(given.person, duty_changes.hours(()), Did.HOURS_SET))
    away = _about_one(commands, "away", "somebody is away until a day")
    away.add_argument("--until", required=True, type=date.fromisoformat, metavar="2027-01-07")
    away.add_argument("--stand-in", type=int, metavar="PERSON_ID")
    away.set_defaults(run=lambda given: _away(given.person, given.until, given.stand_in))
    back = _about_one(commands, "back", "somebody is here again")
    back.set_defaults(run=lambda given: _change(given.person, duty_changes.back(), Did.BACK_SET))
    limit = _about_one(
        commands, "limit", "for how many residents somebody can be there; none: the usual number"
    )
    limit.add_argument("most", type=int, nargs="?", metavar="NUMBER")
    limit.set_defaults(run=lambda given: _limit(given.person, given.most))


def _about_one(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, what: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=what)
    parser.add_argument("person", type=int, metavar="PERSON_ID")
    return parser


def _set(person: int, hours: list[str]) -> int:
    try:
        change = duty_changes.hours(hours)
    except HoursUnreadable as unreadable:
        return _mistaken(unreadable)
    return _change(person, change, Did.HOURS_SET)


def _away(person: int, day: date, stand_in: int | None) -> int:
    try:
        change = duty_changes.away(day, stand_in, Clock().now())
    except DayOutOfReach as out_of_reach:
        return _mistaken(out_of_reach)
    return _change(person, change, Did.AWAY_SET)


def _limit(person: int, most: int | None) -> int:
    try:
        change = duty_changes.limit(most)
    except LimitOutOfReach as out_of_reach:
        return _mistaken(out_of_reach)
    return _change(person, change, Did.LIMIT_SET)


def _mistaken(error: Exception) -> int:
    print(f"vidare: {error}", file=sys.stderr)
    return 2


def _change(person: int, change: Change, did: Did) -> int:
    return asyncio.run(_changed(load_settings(), person, change, did))


async def _changed(settings: Settings, person: int, change: Change, did: Did) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        try:
            contact = await db.run(duty_changes.keep, house, person, change, did, Clock().now())
        except NoSuchContactPerson as error:
            return _mistaken(error)
    print(_line(contact))
    return 0


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
    most = "" if contact.most is None else f"  at most {contact.most} residents"
    return f"{contact.id:>6}  {contact.role.value:<11}  {hours}{absent}{stand_in}{most}"
