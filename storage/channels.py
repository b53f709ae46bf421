"""
Second channels: where a contact person can be rung when Telegram cannot reach her.

An address holds a number, a password, a mailbox: it is sealed with her key and opened for one ring only. Whether
a channel works is known in the clear, so that an operator sees it without a key.
"""

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, NamedTuple

from dialogs.notices import NoticeKind
from dialogs.notices import channel as subject
from storage import notices
from storage.database import load_queries
from storage.moments import to_integer, to_moment, to_moment_or_none
from storage.people import open_box
from storage.sealing import Box, Keyring

FAILING_AFTER: Final = 3
"""Failures in a row until an operator hears of it; one or two are the weather."""

_queries = load_queries("channels")


class ChannelNotFound(Exception):
    """There is no channel with this id, or no longer."""

    def __init__(self, channel_id: int) -> None:
        super().__init__(f"channel {channel_id} is not here")
        self.channel_id = channel_id


class Channel(NamedTuple):
    """What can be told of a channel without a key."""

    id: int
    person_id: int
    created_at: datetime
    worked_at: datetime | None
    failures: int


def add(db: sqlite3.Connection, box: Box, person_id: int, address: str, now: datetime) -> int:
    """Keep an address of this person and return the channel's id. `box` is hers."""
    channel_id: int = _queries.insert(db, person_id=person_id, nothing=b"", now=to_integer(now))
    _queries.fill(db, id=channel_id, sealed_address=box.seal(address.encode(), _place(channel_id)))
    return channel_id


def _place(channel_id: int) -> str:
    return f"channels.sealed_address:{channel_id}"


def everybodys(db: sqlite3.Connection) -> list[Channel]:
    """Return all channels, the oldest first."""
    return _channels(_queries.everybodys(db))


def of_person(db: sqlite3.Connection, person_id: int) -> list[Channel]:
    """Return the channels of one person, the oldest first."""
    return _channels(_queries.of_person(db, person_id=person_id))


def _channels(rows: Iterable[Any]) -> list[Channel]:
    return [
        Channel(row, person, to_moment(created), to_moment_or_none(worked), failures)
        for row, person, created, worked, failures in rows
    ]


def address(db: sqlite3.Connection, keyring: Keyring, channel_id: int) -> str:
    """Return the address, opened: never print it. Raises `ChannelNotFound`, `SealBroken` or `WrongKey`."""
    row = _queries.address(db, id=channel_id)
    if row is None:
        raise ChannelNotFound(channel_id)
    person_id, wrapped_key, sealed = row
    return open_box(keyring, person_id, wrapped_key).open(sealed, _place(channel_id)).decode()


def worked(db: sqlite3.Connection, channel_id: int, now: datetime) -> None:
    """It took a message: what failed before is forgiven."""
    _queries.worked(db, id=channel_id, now=to_integer(now))


def failed(db: sqlite3.Connection, channel_id: int) -> int:
    """It did not take a message; returns how often in a row, 0 where the channel is gone."""
    return int(_queries.failed(db, id=channel_id) or 0)


def report_failing(db: sqlite3.Connection, now: datetime) -> list[str]:
    """Make the notices about failing channels say what is so now; returns the subjects that are new."""
    failing = [subject(row[0]) for row in _queries.failing(db, times=FAILING_AFTER)]
    return notices.agree(db, NoticeKind.CHANNEL_FAILING, failing, now)


def remove(db: sqlite3.Connection, channel_id: int) -> bool:
    """Forget a channel and what waits for it; returns whether there was one."""
    return bool(_queries.remove(db, id=channel_id))
