"""
Whether somebody with a clock could tell her second code from her own one: both through `Handler`, on a real database.

Each entry begins from the same sealed document, in a mixed order. What is timed is the transaction, from the hop to the
storage thread until it is on disk: once with scrypt worked beforehand, as the intake does it, where the smallest
difference would show, and once with scrypt in it. There is no goal: the figure is read by people.
"""

import json
import random
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Final

from pydantic import SecretStr

from bench.figures import same_hand, spread
from bench.processes import NO_TOKEN
from bench.scale import Scale
from bench.seeding import Plan, seed
from bench.table import Row, count, row
from bot import codes
from bot.codes import AtOnce, Codes, Prepared
from bot.handling import Handled, Handler
from bot.settings import load_settings
from bot.wiring import Texts, opened
from dialogs.lock import Lock
from dialogs.people import Resident
from storage import people
from storage.database import Database

OWN, SECOND = "4711", "2580"
PHONE: Final = 11
SALT: Final = bytes(codes.SALT_BYTES)
SEED: Final = 20261124


class CodeWrong(Exception):
    """An entry was not answered as it should be: then the time says nothing."""


@dataclass(slots=True)
class _Place:
    db: Database
    handler: Handler
    resident: int
    lock: Lock
    now: datetime
    number: int = 0

    async def entry(self, code: str, worked: Codes) -> float:
        """Microseconds of one entry."""
        await self.db.run(_closed, self.handler, self.resident, self.lock, self.now)
        self.number += 1
        raw = _written(self.number, code, self.now)
        begun = perf_counter()
        handled = await self.db.run(self.handler.updates, [raw], self.now, worked)
        taken = (perf_counter() - begun) * 1e6
        _check(handled)
        return taken


def _check(handled: Handled) -> None:
    if handled.failed or len(handled.ordered.queued) != 2:
        raise CodeWrong(
            f"{len(handled.ordered.queued)} messages and {handled.failed} failures instead of 2 and 0"
        )


def _written(number: int, text: str, now: datetime) -> bytes:
    message = {
        "message_id": number,
        "date": int(now.timestamp()),
        "chat": {"id": PHONE, "type": "private"},
        "from": {"id": PHONE},
        "text": text,
    }
    return json.dumps({"update_id": number, "message": message}).encode()


def _closed(db: sqlite3.Connection, handler: Handler, resident: int, lock: Lock, now: datetime) -> None:
    """The same document before each entry."""
    known = people.get(db, handler.house.keyring, resident)
    if not isinstance(known.person, Resident):
        raise CodeWrong("there is no resident")
    people.save_person(db, known.box, replace(known.person, lock=lock), now)


async def measure(folder: Path, texts: Texts, scale: Scale) -> list[Row]:
    """A town of its own with one resident."""
    now = datetime.now(UTC)
    town = await seed(folder / "codes", Plan(1, (PHONE,), (), now + timedelta(days=1)), now)
    settings = load_settings(
        telegram_token=SecretStr(NO_TOKEN), data_dir=town.data, master_key_file=town.key_file
    )
    async with opened(settings, texts) as (db, house):
        own_one, second_one = codes.digest(OWN, SALT), codes.digest(SECOND, SALT)
        lock = Lock(SALT, own_one, second_one, acted_at=now, asked_at=now)
        place = _Place(db, Handler(house), 2, lock, now)
        known = Prepared()
        known.know(OWN, SALT, own_one)
        known.know(SECOND, SALT, second_one)
        await _some(place, 20, known)  # the first ones are slower, whichever they are
        own, second = await _some(place, scale.codes, known)
        worked_own, worked_second = await _some(place, scale.codes_worked, AtOnce())
    return [
        *_rows("handled", own, second),
        *_rows("handled, with scrypt in it", worked_own, worked_second),
    ]


async def _some(place: _Place, each: int, worked: Codes) -> tuple[list[float], list[float]]:
    """So many of both, always one beside the other, in either order: a slow minute is one of both."""
    chance = random.Random(SEED)  # noqa: S311 -- an order, not a secret
    order = [code for _ in range(each) for code in chance.sample([OWN, SECOND], 2)]
    taken: dict[str, list[float]] = {OWN: [], SECOND: []}
    for code in order:
        taken[code].append(await place.entry(code, worked))
    return taken[OWN], taken[SECOND]


def _rows(what: str, own: Sequence[float], second: Sequence[float]) -> list[Row]:
    entries = count(len(own))
    return [
        row(f"own code, {what}, {entries} times", spread(own), "us"),
        row(f"second code, {what}, {entries} times", spread(second), "us"),
        row(f"the two are of one kind ({what}), Mann-Whitney p", same_hand(own, second), ""),
    ]
