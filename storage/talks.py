"""
Talks and what was passed on in them: who with whom, which message of one is which of the other.

Words are here only where a resident has not opened them yet, sealed with her key. The table says that a resident is in
at most one open talk; whose letter may go where is asked of it each time, never of what somebody remembers.
"""

import logging
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from dialogs.letters import Letter
from storage.database import load_queries
from storage.moments import to_integer, to_moment, to_moment_or_none
from storage.sealing import Box, SealBroken

log = logging.getLogger(__name__)
_queries = load_queries("talks")
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Letter)


class Talk(NamedTuple):
    """One talk."""

    id: int
    resident_id: int
    contact_id: int
    alert_id: int | None
    is_open: bool

    def other(self, person_id: int) -> int | None:
        """Return whom this person writes with in it; None for who is not in it."""
        return {self.resident_id: self.contact_id, self.contact_id: self.resident_id}.get(person_id)


class Relay(NamedTuple):
    """One letter that was passed on."""

    id: int
    talk_id: int
    writer_id: int
    reader_id: int


def begin(
    db: sqlite3.Connection, resident_id: int, contact_id: int, alert_id: int | None, now: datetime
) -> int:
    """Write down a new talk; the resident's earlier one must have been closed."""
    return int(
        _queries.begin(
            db, resident_id=resident_id, contact_id=contact_id, alert_id=alert_id, now=to_integer(now)
        )
    )


def get(db: sqlite3.Connection, talk_id: int) -> Talk | None:
    """Return a talk, open or closed."""
    row = _queries.by_id(db, id=talk_id)
    return None if row is None else _talk(row)


def open_of(db: sqlite3.Connection, person_id: int) -> list[Talk]:
    """Return the open talks this person is in."""
    return [_talk(row) for row in _queries.open_of(db, person_id=person_id)]


class Past(NamedTuple):
    """A talk, open or closed, with its times."""

    resident_id: int
    contact_id: int
    begun_at: datetime
    closed_at: datetime | None


def all_of(db: sqlite3.Connection, person_id: int) -> list[Past]:
    """Return the talks this person was in that are still stored, the latest first."""
    rows = _queries.all_of(db, person_id=person_id)
    return [
        Past(resident, contact, to_moment(begun), to_moment_or_none(closed))
        for resident, contact, begun, closed in rows
    ]


def letters(db: sqlite3.Connection, person_id: int) -> int:
    """Return how many letters this person wrote or got that are still counted."""
    return int(_queries.letters(db, person_id=person_id))


def _talk(row: tuple[Any, ...]) -> Talk:
    return Talk(row[0], row[1], row[2], row[3], row[4] == "open")


def close(db: sqlite3.Connection, talk_id: int, now: datetime) -> bool:
    """End a talk; returns whether it was open."""
    return bool(_queries.close(db, id=talk_id, now=to_integer(now)))


def add_relay(
    db: sqlite3.Connection, talk_id: int, writer_id: int, reader_id: int, message_id: int, now: datetime
) -> int:
    """Write down that a letter is passed on; `message_id` is Telegram's in the writer's chat."""
    return int(
        _queries.add_relay(
            db,
            talk_id=talk_id,
            writer_id=writer_id,
            reader_id=reader_id,
            message_id=message_id,
            now=to_integer(now),
        )
    )


def carried_by(db: sqlite3.Connection, relay: int, outbox_id: int) -> None:
    """Write down which row of the outbox carries it."""
    _queries.carried_by(db, id=relay, outbox_id=outbox_id)


def carried(db: sqlite3.Connection, outbox_id: int) -> Relay | None:
    """Return what a row of the outbox carries."""
    row = _queries.carried(db, outbox_id=outbox_id)
    return None if row is None else Relay(*row)


def of_message(db: sqlite3.Connection, writer_id: int, message_id: int) -> Relay | None:
    """Return the passing on of the writer's message of this number."""
    row = _queries.of_message(db, writer_id=writer_id, message_id=message_id)
    return None if row is None else Relay(*row)


def talk_of_arrival(db: sqlite3.Connection, reader_id: int, message_id: int) -> int | None:
    """Return the talk a message in the reader's chat came from; None where it carried no letter, or long ago."""
    found: int | None = _queries.talk_of_arrival(db, reader_id=reader_id, message_id=message_id)
    return found


def keep(db: sqlite3.Connection, box: Box, relay: int, letter: Letter) -> None:
    """Seal a letter until its reader opens it; `box` is the reader's."""
    _queries.keep(db, id=relay, sealed_letter=box.seal(_encoder.encode(letter), _place(relay)))


def take_kept(db: sqlite3.Connection, box: Box, reader_id: int) -> list[tuple[int, Letter]]:
    """Return what was kept for this reader, in order, and keep it no longer; what does not open is passed over."""
    rows = list(_queries.kept_for(db, reader_id=reader_id))
    letters = list(_readable(rows, box))
    for relay, _sealed in rows:
        _queries.keep(db, id=relay, sealed_letter=None)
    return letters


def _readable(rows: list[tuple[int, bytes]], box: Box) -> Iterator[tuple[int, Letter]]:
    for relay, sealed in rows:
        try:
            yield relay, _decoder.decode(box.open(sealed, _place(relay)))
        except (SealBroken, msgspec.MsgspecError, ValueError) as error:
            log.error("a letter cannot be opened", extra={"relay": relay, "error": type(error).__name__})


def _place(relay: int) -> str:
    return f"relays.sealed_letter:{relay}"


def take_unopened(db: sqlite3.Connection, before: datetime) -> list[Relay]:
    """Return the letters of before that moment that nobody opened; their words are kept no longer."""
    found = [Relay(*row) for row in _queries.unopened(db, before=to_integer(before))]
    for relay in found:
        _queries.keep(db, id=relay.id, sealed_letter=None)
    return found


def forget_older(db: sqlite3.Connection, before: datetime) -> int:
    """Delete what talks there were; returns how many rows are gone."""
    gone = int(_queries.forget_relays(db, before=to_integer(before)))
    return gone + int(_queries.forget_older(db, before=to_integer(before)))
