"""
A resident's file: read from the tables at the moment it leaves, and written in her language as plain text.

What it says is decided in `dialogs/my_file.py`. Nothing of it is stored anywhere.
"""

import sqlite3
from datetime import datetime

from bot.house import House
from bot.translating import Reader
from dialogs import alert_texts
from dialogs import my_file as said
from dialogs.alert import Alert
from dialogs.my_file import Kept, PastAnswer, PastTalk
from dialogs.people import Resident
from storage import (
    alerts,
    audit,
    check_ins,
    internal_notes,
    invitations,
    outbox,
    people,
    talks,
    timers,
    updates,
)
from storage.people import Known

ALL = 10_000
"""More check-ins than anybody has in the time they are kept."""
MARK = "\ufeff"
"""So that a phone's viewer takes it for Unicode."""


def read(db: sqlite3.Connection, house: House, person_id: int, now: datetime) -> bytes | None:
    """Return the file; None where there is nobody any more, or her record does not open."""
    try:
        known = people.get(db, house.keyring, person_id)
    except (people.PersonNotFound, people.PersonUnreadable):
        return None
    her = known.person
    if not isinstance(her, Resident):
        return None
    reader = Reader(her.locale, her.rhythm.zone, now)
    found = said.sections(her, gather(db, known, now), house.knowledge, now)
    text = house.translator.text
    parts = [
        "\n".join([text((head,), reader), *(f"- {text((line,), reader)}" for line in lines)])
        for head, lines in found
    ]
    return (MARK + "\n\n".join(parts) + "\n").encode()


def cases(db: sqlite3.Connection, known: Known) -> tuple[Alert, ...]:
    """Her cases, but for those she may not hear of."""
    found = alerts.of_resident(db, known.box, known.id)
    return tuple(alert for alert in found if alert_texts.may_hear(alert))


def gather(db: sqlite3.Connection, known: Known, now: datetime) -> Kept:
    """What the tables hold about her."""
    past = check_ins.history(db, known.box, known.id, ALL)
    return Kept(
        since=people.since(db, known.id) or now,
        reachable=known.reachable,
        answers=tuple(PastAnswer(each.day, each.state, each.answer) for each in past),
        cases=cases(db, known),
        talks=tuple(
            PastTalk(each.contact_id, each.begun_at, each.closed_at) for each in talks.all_of(db, known.id)
        ),
        letters=talks.letters(db, known.id),
        notes=internal_notes.count(db, known.id),
        messages=outbox.count(db, known.id),
        updates=updates.count(db, known.id),
        moments=len(timers.of_person(db, known.id)),
        openings=audit.count_about(db, audit.person(known.id)),
        invitations=invitations.count(db, known.id),
    )
