"""
What is kept about a person: her check-ins, what it all comes to, her chat cleared, and everything forgotten.

What erasing means for others is not decided here: whoever asked is told before (`bot/agreeing.py`).
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.ordering import Turn
from bot.outgoing import Delete
from bot.speaking import Speaking
from bot.transaction import Transaction
from dialogs import check_in, vanishing
from dialogs.effects import RecordCheckIn
from dialogs.events import DataGathered
from storage import alerts, check_ins, internal_notes, outbox, people, updates

DELETE_AT_ONCE = 100
"""Telegram's limit (platform.md 1.1)."""


def record(transaction: Transaction, order: RecordCheckIn, turn: Turn) -> None:
    """Keep what became of one check-in."""
    new = check_ins.record(
        transaction.db,
        turn.known.box,
        turn.known.id,
        order.day,
        order.slot,
        order.state,
        order.answer,
        transaction.now,
    )
    if order.state == "asked" and order.slot == check_in.DAILY and not new:
        turn.silenced = True  # the table says this day was asked: never a second message (R2)


def gather(transaction: Transaction, person_id: int) -> DataGathered:
    """How much there is, in numbers that are true now."""
    return DataGathered(
        check_ins=check_ins.count(transaction.db, person_id),
        alerts=alerts.count(transaction.db, person_id),
        messages=len(_deletable(transaction, person_id)),
        notes=internal_notes.count(transaction.db, person_id),
    )


def _deletable(transaction: Transaction, person_id: int) -> list[int]:
    since = transaction.now - vanishing.DELETABLE_FOR
    ours = outbox.messages_since(transaction.db, person_id, since)
    return [*ours, *updates.messages_since(transaction.db, person_id, since)]


def clear_chat(transaction: Transaction, speaking: Speaking, turn: Turn) -> None:
    """Both sides of the chat go, as far back as Telegram lets us; what was about to be said is not said."""
    if turn.known.chat_id is None:
        return
    messages = _deletable(transaction, turn.known.id)
    outbox.take_back(transaction.db, turn.known.id)
    outbox.all_go(transaction.db, turn.known.id)
    updates.all_go(transaction.db, turn.known.id)
    for order in deletes(turn.known.chat_id, messages):
        speaking.put_change(turn, order)


def deletes(chat_id: int, messages: Sequence[int]) -> Iterator[Delete]:
    """As many orders as it takes."""
    for start in range(0, len(messages), DELETE_AT_ONCE):
        yield Delete(chat_id, tuple(messages[start : start + DELETE_AT_ONCE]))


def shorten(transaction: Transaction, person_id: int, lasts: timedelta) -> None:
    """Of both sides; what has stood for longer goes at the next look."""
    outbox.vanish_within(transaction.db, person_id, lasts, transaction.now)
    updates.vanish_within(transaction.db, person_id, lasts, transaction.now)


def delete_written(speaking: Speaking, turn: Turn, message: int) -> None:
    """One message of hers goes; Telegram numbers them from 1."""
    if turn.known.chat_id is not None and message > 0:
        speaking.put_change(turn, Delete(turn.known.chat_id, (message,)))


def forget(transaction: Transaction, turn: Turn) -> None:
    """Her rows go, and with them what waits for her in the outbox: those few words are sent loose."""
    known, ordered = turn.known, transaction.ordered
    mine = [queued for queued in ordered.queued if queued.person_id == known.id]
    ordered.queued = [queued for queued in ordered.queued if queued.person_id != known.id]
    ordered.loose += [queued.outgoing for queued in mine]
    turn.forgotten = True
    transaction.house.tombstones.add(known.id, transaction.now)
    people.erase(transaction.db, known.id)
