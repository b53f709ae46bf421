"""
Notices about records end when what they are about has been mended, erased or ended.

Looked at every minute, so that nothing has to be looked up where all is well. Kinds that others look after are
left alone.
"""

import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from bot import damaged, oddities
from bot.carrying import Carrier
from bot.damaged import Fate
from bot.house import House
from dialogs import damage, freezing
from dialogs.notices import NoticeKind
from storage import notices, people
from storage.people import Known

_STILL_WRONG: Final[Mapping[str, Callable[[House, Known], bool]]] = {
    NoticeKind.PERSON_UNREADABLE: lambda _house, _known: False,  # it was opened just now
    NoticeKind.RECORD_FAILED: lambda _house, _known: True,  # ends when it has been quiet
    NoticeKind.LOCALE_GONE: oddities.locale_gone,
    NoticeKind.ZONE_UNKNOWN: oddities.zone_unknown,
    NoticeKind.PERSON_FROZEN: lambda _house, known: freezing.is_frozen(known.person),
    NoticeKind.CONTACT_UNREACHABLE: lambda _house, known: not known.reachable,
}


def look_again(
    db: sqlite3.Connection, house: House, notice: notices.Notice, now: datetime, carrier: Carrier
) -> None:
    """End the notice where it is over."""
    about, _colon, number = notice.subject.partition(":")
    if not number.isdecimal():
        return
    if about == "alert" and notice.kind in damaged.ABOUT_A_CASE:
        _look_at_alert(db, house, notice.kind, int(number), now, carrier)
    elif (
        about == "person" and notice.kind in _STILL_WRONG and _is_mended(db, house, notice.kind, int(number))
    ):
        notices.end(db, NoticeKind(notice.kind), now, notice.subject)


def _look_at_alert(
    db: sqlite3.Connection, house: House, kind: str, alert_id: int, now: datetime, carrier: Carrier
) -> None:
    match damaged.fate(db, house, alert_id):
        case Fate.GONE:
            damaged.end_notices(db, alert_id, now)
        case Fate.ENDED:
            damaged.end_notices(db, alert_id, now)
            damaged.tell_those_told(db, alert_id, damage.ended(alert_id), carrier)
        case Fate.READABLE if kind == NoticeKind.ALERT_UNREADABLE:
            damaged.mended(db, alert_id, now, carrier)
        case _:
            return  # still damaged; or its handling failed, and only its next step shows whether it works now


def _is_mended(db: sqlite3.Connection, house: House, kind: str, person_id: int) -> bool:
    try:
        return not _STILL_WRONG[kind](house, people.get(db, house.keyring, person_id))
    except people.PersonNotFound:
        return True
    except people.PersonUnreadable:
        return False
