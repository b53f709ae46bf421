"""
`vidare activities add|list|send|cancel`: what people are invited to, and how many come, never who.

Adding tells nobody yet. The running bot sees what was sent or cancelled at its next look, a second later.
"""

import argparse
import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.clock import Clock
from bot.house import House
from bot.settings import Settings, load_settings
from bot.wiring import opened, read_texts
from dialogs.activity import LONGEST_TITLE, LONGEST_WORDS, Activity, unfit
from dialogs.announcing import read_moment
from dialogs.schedule import zone_of
from dialogs.text import Message
from storage import activities


class Unusable(Exception):
    """What was given cannot be announced; the sentence says why."""


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Four subcommands."""
    parser = subparsers.add_parser("activities", help="invite residents to something, and see how many come")
    commands = parser.add_subparsers(required=True, metavar="WHAT")
    new = commands.add_parser("add", help="keep an activity; nobody is told yet")
    new.add_argument("--place", required=True, help="the name of a file of places, without .yaml")
    new.add_argument("--at", required=True, metavar="'YYYY-MM-DD HH:MM'", help="when it begins")
    new.add_argument("--until", metavar="'YYYY-MM-DD HH:MM'", help="until when one may still come")
    new.add_argument("--title", required=True)
    new.add_argument("--text-file", type=Path, help="a file with what people should know")
    new.set_defaults(run=lambda given: asyncio.run(_add(given, load_settings())))
    commands.add_parser("list", help="all of them, with how many come").set_defaults(
        run=lambda _given: asyncio.run(_list(load_settings()))
    )
    for name, work, what in (
        ("send", _send, "tell those who want to hear"),
        ("cancel", _cancel, "take it back"),
    ):
        command = commands.add_parser(name, help=what)
        command.add_argument("id", type=int, metavar="ID")
        command.set_defaults(run=lambda given, work=work: asyncio.run(work(given.id, load_settings())))


async def _add(given: argparse.Namespace, settings: Settings) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        now = Clock().now()
        try:
            begins_at, ends_at = _times(given, house, now)
            title, words = _text(given)
            _check_place(given.place, house)
        except Unusable as error:
            print(f"vidare: {error}", file=sys.stderr)
            return 2
        number = await db.run(
            activities.add,
            house.doors.system,
            now,
            place=given.place,
            begins_at=begins_at,
            ends_at=ends_at,
            title=title,
            words=words,
        )
    print(f"activity {number} is kept. Nobody is told until: vidare activities send {number}")
    return 0


def _times(given: argparse.Namespace, house: House, now: datetime) -> tuple[datetime, datetime]:
    begins_at = read_moment(given.at, now, house.default_zone)
    if begins_at is None:
        raise Unusable("--at is no moment to come within a year; write it like '2026-12-03 18:00'")
    if given.until is None:
        return begins_at, begins_at
    ends_at = read_moment(given.until, now, house.default_zone)
    if ends_at is None or ends_at < begins_at:
        raise Unusable("--until is no moment after --at; write it like '2026-12-03 21:00'")
    return begins_at, ends_at


def _text(given: argparse.Namespace) -> tuple[str, str]:
    title = " ".join(given.title.split())
    _refuse("--title", unfit(title, LONGEST_TITLE))
    if given.text_file is None:
        return title, ""
    try:
        words = given.text_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise Unusable("--text-file cannot be read as UTF-8 text") from None
    _refuse("--text-file", unfit(words, LONGEST_WORDS))
    return title, words


def _refuse(option: str, fault: Message | None) -> None:
    if fault is not None:
        raise Unusable(f"{option}: {fault.source.format_map(dict(fault.values))}")


def _check_place(place: str, house: House) -> None:
    places = house.knowledge.near.places
    if place not in places:
        raise Unusable(f"no place is called so; there are {', '.join(places) or 'none'}")


async def _list(settings: Settings) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        found = await db.run(activities.latest, house.doors.system)
    for activity in reversed(found):
        print(_line(activity, house))
    print(f"{len(found)} activities")
    return 0


def _line(activity: Activity, house: House) -> str:
    begins_at = activity.begins_at.astimezone(zone_of(house.default_zone))
    over = "  over" if activity.ends_at <= datetime.now(UTC) else ""
    return (
        f"{activity.id}  {activity.state.value:<9}  {begins_at:%Y-%m-%d %H:%M}  {activity.place}  "
        f"{activity.coming} come  {activity.title}{over}"
    )


async def _send(number: int, settings: Settings) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        found = await db.run(activities.get, house.doors.system, number)
        if found is None:
            return _unknown(number)
        if found.ends_at <= Clock().now():
            print(f"vidare: activity {number} is over; nobody is told", file=sys.stderr)
            return 2
        sent = await db.run(activities.send, number)
    print(f"activity {number} goes out" if sent else f"activity {number} was sent or cancelled before")
    return 0


async def _cancel(number: int, settings: Settings) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        if await db.run(activities.get, house.doors.system, number) is None:
            return _unknown(number)
        cancelled = await db.run(activities.cancel, number)
    if cancelled:
        print(f"activity {number} is cancelled. Those who wanted to come hear so, by day")
    else:
        print(f"activity {number} was cancelled before")
    return 0


def _unknown(number: int) -> int:
    print(f"vidare: there is no activity {number}", file=sys.stderr)
    return 2
