"""
A contact person or coordinator is removed by the organisation: the same follows as when she leaves by herself.

Everything of hers goes with her row, sessions at the desk and second channels too. So the one sentence that she hears
is in no table: whoever removes her sends it, after the transaction, and where that fails she does not hear it.
"""

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.carrying import Carrier
from bot.house import House
from bot.ordering import Ordered
from bot.outgoing import DeliveryFailed, Outgoing, Send, Unbutton
from bot.settings import Settings
from bot.telegram_out import Telegram
from dialogs.events import Removed
from dialogs.people import Contact, Role
from storage import audit, people
from storage.audit import Did

log = logging.getLogger(__name__)


class NotToRemove(Exception):
    """There is nobody with this id, or it is a resident, or the row does not open."""

    def __init__(self, person_id: int) -> None:
        super().__init__(f"there is no contact person or coordinator {person_id} who can be removed")
        self.person_id = person_id


def removable(db: sqlite3.Connection, house: House, person_id: int, roles: Sequence[Role]) -> Contact:
    """Return who would be removed; raises `NotToRemove`. A resident only ever erases herself."""
    try:
        person = people.get(db, house.keyring, person_id).person
    except (people.PersonNotFound, people.PersonUnreadable):
        raise NotToRemove(person_id) from None
    if not isinstance(person, Contact) or person.role not in roles:
        raise NotToRemove(person_id)
    return person


def remove(
    db: sqlite3.Connection,
    house: House,
    person_id: int,
    now: datetime,
    actor: int | None,
    roles: Sequence[Role] = (Role.CONTACT, Role.COORDINATOR),
) -> list[Outgoing]:
    """Remove her, and return what she is still to hear; raises `NotToRemove`."""
    removable(db, house, person_id, roles)
    ordered = Ordered()
    Carrier(db, house, now, ordered).happen(people.get(db, house.keyring, person_id), Removed())
    audit.note(db, now, actor, Did.PERSON_REMOVED, audit.person(person_id))
    return list(_one_sentence(ordered.loose))


def _one_sentence(words: Sequence[Outgoing]) -> Iterator[Outgoing]:
    """The first; what it means for each case of hers follows from it. Buttons go all the same."""
    sentences = [each for each in words if isinstance(each, Send)]
    yield from sentences[:1]
    yield from (each for each in words if isinstance(each, Unbutton))


async def farewell(settings: Settings, words: Sequence[Outgoing]) -> bool:
    """Send it; returns whether it was taken."""
    try:
        async with Telegram(settings.telegram_token.get_secret_value(), settings.telegram_api) as door:
            for each in words:
                await door.deliver(each)
    except DeliveryFailed as failed:
        log.warning("who was removed could not be told", extra={"failure": str(failed.kind)})
        return False
    return bool(words)
