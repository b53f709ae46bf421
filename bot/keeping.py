"""
What is kept about a person: her check-ins, what it all comes to, her chat cleared, and everything forgotten.

What erasing means for others is not decided here: whoever asked is told before (`bot/agreeing.py`).
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot import my_file
from bot.ordering import Turn
from bot.outgoing import Delete, MyFile
from bot.speaking import Speaking, is_silent
from bot.transaction import Transaction
from bot.translating import fold
from dialogs import check_in, letting_go, vanishing
from dialogs.effects import Purpose, RecordCheckIn, SendMyFile
from dialogs.events import DataGathered
from dialogs.people import Contact, Resident, Role
from storage import check_ins, internal_notes, outbox, people, set_aside, updates
from storage.people import Known

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


def gather(transaction: Transaction, known: Known) -> DataGathered:
    """How much there is, in numbers that are true now."""
    person_id = known.id
    return DataGathered(
        check_ins=check_ins.count(transaction.db, person_id),
        alerts=len(my_file.cases(transaction.db, known)),
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
    turn.forgotten = ordered.erased = True
    transaction.house.tombstones.add(known.id, transaction.now)
    people.erase(transaction.db, known.id)
    if known.chat_id is not None:
        set_aside.empty_of(transaction.db, transaction.house.doors.system, known.chat_id)


def take_out_of_records(transaction: Transaction, resident: Resident) -> None:
    """Helpers' own records name her in talks, calls and buttons; first they have heard what follows for them."""
    alias = fold(resident.alias)
    for role in (Role.CONTACT, Role.COORDINATOR):
        for each in people.ids(transaction.db, role, "active"):
            other = transaction.read(each)
            if other is None or not isinstance(other.person, Contact):
                continue
            fresh = letting_go.without(other.person, (resident.id,), lambda label: alias in label)
            if fresh != other.person:
                people.save_person(transaction.db, other.box, fresh, transaction.now)


def send_my_file(speaking: Speaking, order: SendMyFile, turn: Turn) -> None:
    """All that is kept about her; it is made when it leaves, so nothing of it waits in the outbox."""
    if turn.known.chat_id is None:
        return
    caption = speaking.wording.text((order.caption,), turn.person)
    silent = is_silent(turn.person, Purpose.REPLY)
    file = MyFile(turn.known.chat_id, turn.known.id, caption, silent, protect=not order.to_keep)
    speaking.put_reply(turn, file)
