"""
Messages that delete themselves (R36): what has stood long enough in somebody's chat is ordered away.

When a message is to go is a row with a time (`dialogs/vanishing.py` says which), so a restart or an outage changes
nothing. The order to delete is put into the outbox by the transaction that takes the time away: it is not lost, and
where it comes twice Telegram passes over what is gone. Nothing but a key and a chat is needed, so a person whose row
does not open is served too.
"""

import logging
import sqlite3
from datetime import datetime, timedelta
from typing import Final

from bot import chain
from bot.carrying import Carrier
from bot.house import House
from bot.keeping import deletes
from dialogs.events import MessagesRemain
from dialogs.vanishing import DELETABLE_FOR
from storage import outbox, people, updates

log = logging.getLogger(__name__)

CHATS_A_LOOK: Final = 20
ROWS_A_LOOK: Final = 1_000
TOGETHER: Final = timedelta(minutes=1)
"""What is due so much later goes along: a conversation is deleted by a few orders, and not by one for each line."""


def whose(db: sqlite3.Connection, now: datetime) -> list[int]:
    """Return in whose chats something is due, the longest due first; some of them."""
    due = (*outbox.whose_vanish(db, now, ROWS_A_LOOK), *updates.whose_vanish(db, now, ROWS_A_LOOK))
    return list(dict.fromkeys(due))[:CHATS_A_LOOK]


def sweep(carrier: Carrier, db: sqlite3.Connection, house: House, person_id: int, now: datetime) -> None:
    """Order away what is due in one chat, on both sides; what has grown too old for that is only noted."""
    by = now + TOGETHER
    standing = [*outbox.take_vanishing(db, person_id, by), *updates.take_vanishing(db, person_id, by)]
    ids = {number for number, since in standing if now - since < DELETABLE_FOR}
    late = {number for number, _since in standing} - ids
    box, chat_id = people.address(db, house.keyring, person_id)
    if chat_id is None:
        return
    for order in deletes(chat_id, sorted(ids)):
        carrier.delete(person_id, box, order)
    if late:
        log.warning("messages are too old to be deleted", extra={"person": person_id, "count": len(late)})
        known = chain.readable(db, house, person_id)
        if known is not None:
            carrier.happen(known, MessagesRemain())


def put_off(db: sqlite3.Connection, person_id: int, now: datetime, at: datetime) -> None:
    """Look again at `at` at what is due in this chat."""
    outbox.put_off_vanishing(db, person_id, now, at)
    updates.put_off_vanishing(db, person_id, now, at)


def again(db: sqlite3.Connection, person_id: int, now: datetime) -> None:
    """She had blocked the bot, and what was ordered away meanwhile may stand there still."""
    outbox.go_again(db, person_id, now - DELETABLE_FOR, now)
    updates.go_again(db, person_id, now - DELETABLE_FOR, now)
