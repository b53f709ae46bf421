"""`vidare notes export PERSON_ID`: all notes about a resident as text, for when she asks to see them."""

import argparse
import asyncio
import sqlite3
import sys
from collections.abc import Sequence

from bot import chain, noting
from bot.clock import Clock
from bot.freezing import NoSuchResident, resident
from bot.house import House
from bot.settings import Settings, load_settings
from bot.wiring import opened, read_texts
from dialogs.internal_notes import InternalNote
from dialogs.schedule import zone_of
from storage import audit, internal_notes, people
from storage.audit import Did
from storage.people import Known


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """One subcommand."""
    parser = subparsers.add_parser("notes", help="what helpers have written about a resident")
    commands = parser.add_subparsers(required=True, metavar="WHAT")
    export = commands.add_parser("export", help="all of it as text, with time and author; it is noted")
    export.add_argument("person", type=int, metavar="PERSON_ID")
    export.set_defaults(run=lambda given: asyncio.run(_export(load_settings(), given.person)))


async def _export(settings: Settings, person: int) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        try:
            notes, missing = await db.run(_all, house, person)
        except NoSuchResident as error:
            print(f"vidare: {error}", file=sys.stderr)
            return 2
    for note in notes:
        at = note.at.astimezone(zone_of(house.default_zone))
        print(f"{at:%Y-%m-%d %H:%M}  {note.by}\n{note.words}\n")
    if missing:
        print(f"vidare: {missing} more cannot be read", file=sys.stderr)
    return 1 if missing else 0


def _all(db: sqlite3.Connection, house: House, person: int) -> tuple[Sequence[InternalNote], int]:
    known, _her = resident(db, house, person)
    notes = noting.everything(db, lambda author: _author(db, house, author), known)
    audit.note(db, Clock().now(), None, Did.NOTES_OPENED, audit.person(person))
    return notes, internal_notes.count(db, person) - len(notes)


def _author(db: sqlite3.Connection, house: House, person: int) -> Known | None:
    return chain.readable(db, house, person) if people.exists(db, person) else None
