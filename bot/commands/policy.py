"""`vidare policy show|set|reset`: who is told about a resident, in which order, and how long each may take."""

import argparse
import asyncio
import sqlite3
import sys
from dataclasses import replace
from pathlib import Path

from bot import policy_file
from bot.clock import Clock
from bot.house import House
from bot.settings import Settings, load_settings
from bot.wiring import opened, read_texts
from dialogs.escalation_policy import Policy, PolicyFaulty
from dialogs.people import Resident
from storage import audit, people
from storage.audit import Did


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Three subcommands."""
    parser = subparsers.add_parser("policy", help="show or change who is told about a resident, and how fast")
    commands = parser.add_subparsers(required=True, metavar="WHAT")
    show = commands.add_parser("show", help="print a policy, the usual one or a resident's; also a template")
    show.add_argument("resident", type=int, nargs="?", metavar="RESIDENT_ID")
    show.set_defaults(run=lambda given: asyncio.run(_show(given.resident)))
    change = commands.add_parser("set", help="give a resident the policy in a file")
    change.add_argument("resident", type=int, metavar="RESIDENT_ID")
    change.add_argument("file", type=Path)
    change.set_defaults(run=lambda given: _set(given.resident, given.file))
    reset = commands.add_parser("reset", help="give a resident the usual policy again")
    reset.add_argument("resident", type=int, metavar="RESIDENT_ID")
    reset.set_defaults(run=lambda given: asyncio.run(_change(load_settings(), given.resident, None)))


async def _show(resident: int | None) -> int:
    policy: Policy | None = Policy()
    if resident is not None:
        settings = load_settings()
        async with opened(settings, read_texts(settings)) as (db, house):
            found = await db.run(_resident, house, resident)
        if found is None:
            return _nobody(resident)
        policy = found.policy or Policy()
    print(policy_file.write(policy or Policy()), end="")
    return 0


def _set(resident: int, file: Path) -> int:
    try:
        policy = policy_file.read(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        print(f"vidare: {file} cannot be read as text", file=sys.stderr)
        return 2
    except PolicyFaulty as faulty:
        print(f"vidare: {file.name}: {faulty}. Nothing was changed.", file=sys.stderr)
        return 2
    return asyncio.run(_change(load_settings(), resident, policy))


async def _change(settings: Settings, resident: int, policy: Policy | None) -> int:
    async with opened(settings, read_texts(settings)) as (db, house):
        changed = await db.run(_keep, house, resident, policy)
    if not changed:
        return _nobody(resident)
    print(
        f"resident {resident}: {'the usual policy' if policy is None else 'a policy of her own'}, from now on"
    )
    return 0


def _resident(db: sqlite3.Connection, house: House, resident: int) -> Resident | None:
    try:
        known = people.get(db, house.keyring, resident)
    except people.PersonNotFound:
        return None
    return known.person if isinstance(known.person, Resident) else None


def _keep(db: sqlite3.Connection, house: House, resident: int, policy: Policy | None) -> bool:
    found = _resident(db, house, resident)
    if found is None:
        return False
    box = people.get(db, house.keyring, resident).box
    now = Clock().now()
    people.save_person(db, box, replace(found, policy=policy), now)
    audit.note(db, now, None, Did.POLICY_SET, audit.person(resident))
    return True


def _nobody(resident: int) -> int:
    print(f"vidare: there is no resident {resident}; `vidare people` lists who is here", file=sys.stderr)
    return 2
