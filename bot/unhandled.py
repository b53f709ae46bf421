"""
Whoever wrote what could not be handled hears something all the same.

The update is set aside, and its writer is answered outside every table: her row may not open, or the work on it
failed. Where a resident's row does not open, nobody can know what she wrote, so people are told that she wrote;
where it opens, only if it was a wish for a person. At most once an hour, and it is never lost: the alert is a row.
"""

import sqlite3
from datetime import datetime, timedelta
from typing import Final

from bot import damaged
from bot.house import House
from bot.outgoing import AnswerPress, Outgoing, Send
from bot.telegram_in import Block, Incoming, Press, Text
from bot.translating import Reader
from dialogs import damage, freezing, menu, strangers
from dialogs import text as texts
from dialogs.alert import Track
from dialogs.escalation_policy import URGENT
from dialogs.notices import NoticeKind, person
from dialogs.people import Resident, Role
from dialogs.words import Word
from storage import alerts, notices, outbox, people
from storage.people import Known, PersonUnreadable

ABOUT_HER_AT_MOST_EVERY: Final = timedelta(hours=1)


def answer(db: sqlite3.Connection, house: House, incoming: Incoming, now: datetime) -> list[Outgoing]:
    """Return what its writer is sent; nothing where we do not know her."""
    if incoming.chat_id is None or not incoming.private:
        return []
    try:
        known = people.find_by_chat(db, house.keyring, house.doors, incoming.chat_id)
    except PersonUnreadable as unreadable:
        return _unreadable(db, house, unreadable.person_id, incoming, now)
    return [] if known is None else _failed(db, house, known, incoming, now)


def _unreadable(
    db: sqlite3.Connection, house: House, person_id: int, incoming: Incoming, now: datetime
) -> list[Outgoing]:
    notices.report(db, NoticeKind.PERSON_UNREADABLE, now, person(person_id))
    if isinstance(incoming.body, Block):
        people.set_reachable(db, person_id, not incoming.body.blocked, now)
        return []
    text = damage.to_helper(opens=False)
    if people.role_in_the_clear(db, person_id) == Role.RESIDENT:
        told = _somebody_shall_know(db, house, person_id, now, opens=False)
        text = damage.to_resident(opens=False, told=told)
    return _sent(house, incoming, text, house.translator.of_phone(incoming.language_code), now)


def _failed(
    db: sqlite3.Connection, house: House, known: Known, incoming: Incoming, now: datetime
) -> list[Outgoing]:
    if isinstance(incoming.body, Block):
        return []
    text = damage.to_helper(opens=True)
    if isinstance(known.person, Resident):
        wanted = _wants_somebody(house, incoming)
        told = wanted and _somebody_shall_know(db, house, known.id, now, opens=True)
        text = damage.to_resident(opens=True, told=told)
    if freezing.is_frozen(known.person):
        text = (strangers.hello(),)
    return _sent(house, incoming, text, known.person.locale, now)


def _wants_somebody(house: House, incoming: Incoming) -> bool:
    match incoming.body:
        case Press(data):
            return data == menu.SOMEONE.data
        case Text(text):
            return house.translator.word(text) is Word.SOMEONE
        case _:
            return False


def _somebody_shall_know(
    db: sqlite3.Connection, house: House, resident_id: int, now: datetime, *, opens: bool
) -> bool:
    """Make an alert due, now or an hour after the last telling of this kind; False where nobody could be told."""
    last = outbox.last_told_about(db, resident_id)
    at = now if last is None else max(now, last + ABOUT_HER_AT_MOST_EVERY)
    already = alerts.open_in_the_clear(db, resident_id, Track.URGENT)
    if already is None:
        alerts.raise_unwritten(db, resident_id, Track.URGENT, URGENT, now, at)
    elif not opens:
        alerts.hasten(db, already.id, at)
    return any(damaged.whom_to_tell(db, house, resident_id))


def _sent(house: House, incoming: Incoming, text: texts.Text, locale: str, now: datetime) -> list[Outgoing]:
    if incoming.chat_id is None:
        return []
    reader = Reader(locale, house.default_zone, now)
    words: list[Outgoing] = [Send(incoming.chat_id, house.translator.full_text(text, reader))]
    if incoming.press_id is not None:
        words.append(AnswerPress(incoming.press_id))
    return words
