"""
The outbox: what shall be sent, written by the transaction that decided it and sent after it.

A row goes pending → sending → sent, or to unclear, refused or dropped. Once nothing more is to be done with
it its content is emptied; what stays says only that something was sent. The content is the caller's bytes,
sealed here with the recipient's key.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from storage.database import load_queries
from storage.moments import milliseconds, to_integer, to_moment, to_moment_or_none
from storage.people import open_box, open_chat
from storage.sealing import Box, Keyring

REPLY_KEEPS: Final = timedelta(minutes=10)  # design.md 4
PRESS_KEEPS: Final = timedelta(seconds=60)  # Telegram lets a press be answered for a short while only

_queries = load_queries("outbox")


class MessageGone(Exception):
    """The row was erased with its person, or its content was emptied."""

    def __init__(self, message: int) -> None:
        super().__init__(f"outbox message {message} is gone")
        self.message = message


class Position(NamedTuple):
    """A place in the order of sending."""

    priority: int
    id: int


FIRST: Final = Position(-1, 0)


class Waiting(NamedTuple):
    """A message to be sent, without its content."""

    id: int
    person_id: int
    purpose: str
    priority: int
    due_at: datetime
    repeat: bool
    attempts: int
    alert_id: int | None
    step: int


class Letter(NamedTuple):
    """What the sender needs for one message; never print it."""

    person_id: int
    chat_id: int | None
    reachable: bool
    content: bytes


class Unclear(NamedTuple):
    """A message nobody knows about whether it arrived, and that is not sent again."""

    id: int
    person_id: int
    purpose: str


class Recovered(NamedTuple):
    """What a start found: sent again, given up as unclear, and too old to be sent."""

    again: int
    unclear: list[Unclear]
    dropped: int


class SentAbout(NamedTuple):
    """A message about an alert that was sent."""

    id: int
    person_id: int
    message_id: int | None
    sent_at: datetime
    step: int


def put(
    db: sqlite3.Connection,
    box: Box,
    *,
    person_id: int,
    purpose: str,
    priority: int,
    due_at: datetime,
    now: datetime,
    content: bytes,
    alert_id: int | None = None,
    step: int = 0,
    lasts: timedelta | None = None,
    changes: int | None = None,
) -> int:
    """
    Write a message down for sending and return its id. `box` is the recipient's.

    `lasts`: how long after sending it may stand in the chat; None: it may stay. `changes`: the message of the chat that
    gets other words by it.
    """
    message: int = (_queries.last_id(db) or 0) + 1  # one writer: nobody takes it before us
    _queries.insert(
        db,
        id=message,
        person_id=person_id,
        purpose=purpose,
        priority=priority,
        due_at=to_integer(due_at),
        now=to_integer(now),
        alert_id=alert_id,
        step=step,
        lasts=None if lasts is None else milliseconds(lasts),
        changes=changes,
        sealed_message=box.seal(content, _place(message)),
    )
    return message


def _place(message: int) -> str:
    return f"outbox.sealed_message:{message}"


def waiting(
    db: sqlite3.Connection, limit: int, *, due_by: datetime | None = None, after: Position = FIRST
) -> list[Waiting]:
    """Return what is pending in the order of sending: what comes behind `after` and is due by `due_by`."""
    rows = _queries.waiting(
        db,
        priority=after.priority,
        id=after.id,
        due_by=to_integer(due_by) if due_by else 2**62,
        limit=limit,
    )
    return [_waiting(row) for row in rows]


def _waiting(row: tuple[Any, ...]) -> Waiting:
    message, person, purpose, priority, due_at, repeat, attempts, alert, step = row
    return Waiting(message, person, purpose, priority, to_moment(due_at), repeat == 1, attempts, alert, step)


def last_id(db: sqlite3.Connection) -> int:
    """Return the highest id ever given."""
    return _queries.last_id(db) or 0


def written_since(db: sqlite3.Connection, priority: int, after: int, limit: int) -> list[Waiting]:
    """Return what is pending of one priority with ids beyond `after`, in the order of ids."""
    rows = _queries.written_since(db, priority=priority, id=after, limit=limit)
    return [_waiting(row) for row in rows]


def next_due(db: sqlite3.Connection) -> datetime | None:
    """Return when the first pending message may go, or None. Reads all that is pending."""
    return to_moment_or_none(_queries.next_due(db))


def claim(db: sqlite3.Connection, messages: Iterable[int]) -> list[int]:
    """Set pending messages to sending; returns those that were still pending."""
    return [message for message in messages if _queries.claim(db, id=message)]


def letter(db: sqlite3.Connection, keyring: Keyring, message: int) -> Letter:
    """Return content and address, opened; raises `MessageGone`, `SealBroken` or `WrongKey`."""
    row = _queries.letter(db, id=message)
    if row is None:
        raise MessageGone(message)
    person_id, sealed, wrapped_key, sealed_chat, reachable = row
    box = open_box(keyring, person_id, wrapped_key)
    chat_id = None if sealed_chat is None else open_chat(box, person_id, sealed_chat)
    return Letter(person_id, chat_id, reachable == 1, box.open(sealed, _place(message)))


def content(db: sqlite3.Connection, keyring: Keyring, message: int) -> bytes:
    """Return the content alone."""
    return letter(db, keyring, message).content


def mark_sent(db: sqlite3.Connection, message: int, message_id: int | None, now: datetime) -> None:
    """Write that it arrived; the row stays, without its content. `message_id` is Telegram's."""
    mark_all_sent(db, [(message, message_id)], now)


def mark_all_sent(db: sqlite3.Connection, sent: Sequence[tuple[int, int | None]], now: datetime) -> None:
    """Do the same for many."""
    moment = to_integer(now)
    _queries.mark_sent(
        db, [{"id": message, "message_id": message_id, "now": moment} for message, message_id in sent]
    )


def mark_unclear(db: sqlite3.Connection, message: int) -> None:
    """Write that nobody knows whether it arrived, and that it is not sent again."""
    _queries.finish(db, id=message, state="unclear")


def mark_refused(db: sqlite3.Connection, message: int) -> None:
    """Write that Telegram will never take it."""
    _queries.finish(db, id=message, state="refused")


def drop(db: sqlite3.Connection, message: int) -> None:
    """Write that it is not to be sent any more: too old, or overtaken."""
    _queries.finish(db, id=message, state="dropped")


def put_back(db: sqlite3.Connection, message: int, due_at: datetime, *, repeat: bool, attempts: int) -> None:
    """Send it later. `repeat`: it may have arrived; once that is so it stays so."""
    _queries.put_back(db, id=message, due_at=to_integer(due_at), repeat=int(repeat), attempts=attempts)


def recover(db: sqlite3.Connection, now: datetime) -> Recovered:
    """
    Settle what a stop left behind (design.md 4). Call it once, before anything is claimed.

    What was being sent may have arrived. Alerts, emergency texts, notes and edits go again, nothing else.
    """
    again = _queries.send_again(db)
    again -= drop_answered(db)
    unclear = [Unclear(*row) for row in _queries.give_up(db)]
    dropped = _queries.drop_old(
        db, replies_before=to_integer(now - REPLY_KEEPS), presses_before=to_integer(now - PRESS_KEEPS)
    )
    return Recovered(again, sorted(unclear), dropped)


def doubt_waiting(db: sqlite3.Connection) -> None:
    """After a restore: what waited when the backup was made may have been sent since; `recover` settles it."""
    _queries.doubt_waiting(db)


def drop_for_alert(db: sqlite3.Connection, alert_id: int) -> int:
    """Drop what is pending about an alert; returns how many. What is being sent already is sent."""
    return int(_queries.drop_for_alert(db, alert_id=alert_id))


def drop_for_person(db: sqlite3.Connection, person_id: int) -> int:
    """Drop all that waits for this person; returns how much. What is being sent may arrive, once."""
    return int(_queries.drop_for_person(db, person_id=person_id))


def drop_answered(db: sqlite3.Connection) -> int:
    """
    Drop what waits about alerts that somebody has taken on or ended meanwhile; returns how many.

    A telling that was under way when its alert was taken on, and came back, must not ring again (R30).
    """
    return int(_queries.drop_answered(db))


def bring_forward(db: sqlite3.Connection, after: datetime, by: timedelta) -> None:
    """Let what waits for a moment later than `after` leave so much earlier."""
    _queries.bring_forward(db, after=to_integer(after), by=milliseconds(by))


def sent_about(db: sqlite3.Connection, alert_id: int) -> list[SentAbout]:
    """Return what was sent about an alert, in the order of sending."""
    return [
        SentAbout(message, person_id, message_id, to_moment(sent_at), step)
        for message, person_id, message_id, sent_at, step in _queries.sent_about(db, alert_id=alert_id)
    ]


def told_unread(db: sqlite3.Connection, alert_id: int) -> dict[int, datetime]:
    """Return who was told about an alert that could not be read, and when last: such tellings have no step."""
    return {person: to_moment(at) for person, at in _queries.told_unread(db, alert_id=alert_id)}


def drop_unread(db: sqlite3.Connection, alert_id: int) -> None:
    """Drop such tellings where they are still pending: another one takes their place."""
    _queries.drop_unread(db, alert_id=alert_id)


def last_told_about(db: sqlite3.Connection, resident_id: int) -> datetime | None:
    """Return when anybody was last told about an alert of this resident that could not be read."""
    return to_moment_or_none(_queries.last_told_about(db, resident_id=resident_id))


def messages_since(db: sqlite3.Connection, person_id: int, since: datetime) -> list[int]:
    """Return Telegram's ids of the messages this person was sent."""
    return [row[0] for row in _queries.messages_since(db, person_id=person_id, since=to_integer(since))]


# --- what deletes itself ---


def whose_vanish(db: sqlite3.Connection, by: datetime, limit: int) -> list[int]:
    """Return in whose chats something is to be deleted by then, the longest due first; once for each message."""
    return [row[0] for row in _queries.whose_vanish(db, by=to_integer(by), limit=limit)]


def take_vanishing(db: sqlite3.Connection, person_id: int, by: datetime) -> list[tuple[int, datetime]]:
    """Take what is to be deleted by then: Telegram's ids, and since when each stands there."""
    rows = list(_queries.take_vanishing(db, person_id=person_id, by=to_integer(by)))
    return [(message_id, to_moment(since)) for message_id, since in rows if message_id is not None]


def put_off_vanishing(db: sqlite3.Connection, person_id: int, by: datetime, at: datetime) -> None:
    """Look at what is to be deleted by then again at `at`."""
    _queries.put_off_vanishing(db, person_id=person_id, by=to_integer(by), at=to_integer(at))


def vanish_no_later(db: sqlite3.Connection, person_id: int, at: datetime) -> None:
    """What came by itself goes by `at`: whoever it was for has been here."""
    _queries.vanish_no_later(db, person_id=person_id, at=to_integer(at))


def vanish_within(db: sqlite3.Connection, person_id: int, lasts: timedelta, now: datetime) -> None:
    """Let nothing that she was told, or is about to be, stand longer than this."""
    _queries.vanish_within(db, person_id=person_id, lasts=milliseconds(lasts), now=to_integer(now))
    _queries.shorten_waiting(db, person_id=person_id, lasts=milliseconds(lasts))


def changed(db: sqlite3.Connection, person_id: int, message_id: int, at: datetime) -> None:
    """A message says something else now, so it stands until `at`."""
    _queries.changed(db, person_id=person_id, message_id=message_id, at=to_integer(at))


def is_going(db: sqlite3.Connection, person_id: int, message_id: int) -> bool:
    """Whether this message is being deleted, so that nothing can be written into it."""
    return _queries.is_going(db, person_id=person_id, message_id=message_id) is not None


def vanish_about(db: sqlite3.Connection, alert_id: int, lasts: timedelta, now: datetime) -> None:
    """Let nothing about this alert stand longer than this from now on."""
    _queries.vanish_about(db, alert_id=alert_id, at=to_integer(now + lasts))
    _queries.shorten_about(db, alert_id=alert_id, lasts=milliseconds(lasts))


def all_go(db: sqlite3.Connection, person_id: int) -> None:
    """All that stands in her chat is being deleted; what is on its way to it goes once it has arrived."""
    _queries.all_go(db, person_id=person_id)


def take_back(db: sqlite3.Connection, person_id: int) -> None:
    """Drop what waits for her, but for what somebody must hear or is told about."""
    _queries.take_back(db, person_id=person_id)


def go_again(db: sqlite3.Connection, person_id: int, since: datetime, now: datetime) -> None:
    """Delete again what was to be deleted and was sent after `since`: it may not have been."""
    _queries.go_again(db, person_id=person_id, since=to_integer(since), now=to_integer(now))


def vanish_sooner(db: sqlite3.Connection, after: datetime, by: timedelta) -> None:
    """Let what is to go later than `after` go so much earlier."""
    _queries.vanish_sooner(db, after=to_integer(after), by=milliseconds(by))


def count(db: sqlite3.Connection, person_id: int) -> int:
    """Return how many rows there are about this person."""
    return int(_queries.count(db, person_id=person_id))


def forget_older(db: sqlite3.Connection, before: datetime, limit: int = 1000) -> int:
    """Delete up to `limit` finished rows created before `before`; call it until it returns 0."""
    return int(_queries.forget_older(db, before=to_integer(before), limit=limit))
