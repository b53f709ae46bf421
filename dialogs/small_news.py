"""
Small news for her that can wait: who was proposed to her, and that her chat is hers again.

They come by day on her clock, after a pause, and not into a talk; whoever stopped is left in peace, and finds them
where they stand. On a lock screen they say nothing (R35): who it is comes after a tap.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from dialogs import errands, neutral, talk
from dialogs.effects import Purpose, Say, SetTimer, StopTimer
from dialogs.events import ContactProposed, ContactsReordered, Timer
from dialogs.outcome import Outcome
from dialogs.people import Agreed, Place, Resident
from dialogs.schedule import local_day, moment_on
from dialogs.screen import Button, rows
from dialogs.text import _

BEFORE_OR_AT_THEM: Final = (
    Place.LANGUAGE,
    Place.WHAT,
    Place.CONSENT_CHECK_INS,
    Place.CONSENT_READING,
    Place.CONSENT_TELLING,
    Place.NAME,
    Place.CONTACTS,
)
"""Who is still to be shown her contact persons while joining sees this one among them."""


def proposed(resident: Resident, event: ContactProposed, now: datetime) -> Outcome[Resident]:
    """One more to choose from; she has said yes to nobody by this."""
    if any(each.id == event.contact.id for each in resident.proposed):
        return Outcome(resident)
    more = replace(resident, proposed=(*resident.proposed, event.contact))
    if not resident.joined and resident.place in BEFORE_OR_AT_THEM:
        return Outcome(more)
    return tell(replace(more, to_see=(*more.to_see, event.contact.id)), now)


def reordered(resident: Resident, event: ContactsReordered) -> Outcome[Resident]:
    """The order is the operator's, and she sees it where she looks; it is no reason to write to her."""

    def place(contact: Agreed) -> int:
        return event.order.index(contact.id) if contact.id in event.order else len(event.order)

    return Outcome(
        replace(
            resident,
            proposed=tuple(sorted(resident.proposed, key=place)),
            contacts=tuple(sorted(resident.contacts, key=place)),
        )
    )


def tell(resident: Resident, now: datetime) -> Outcome[Resident]:
    """Tell what waits, or look again when it may be told."""
    settled = replace(resident, to_see=(), thawed=False)
    unseen = _unseen(resident)
    if resident.stopped or not (unseen or resident.thawed):
        return Outcome(settled, (StopTimer(Timer.NEWS),))
    moment = _moment(resident, now)
    if moment > now:
        return Outcome(resident, (SetTimer(Timer.NEWS, moment),))
    news = (*((_back(),) if resident.thawed else ()), *((_look(unseen),) if unseen else ()))
    evening = moment_on(local_day(now, resident.rhythm.zone), errands.LATEST, resident.rhythm.zone)
    return Outcome(settled, (StopTimer(Timer.NEWS), *(replace(each, until=evening) for each in news)))


def _unseen(resident: Resident) -> tuple[Agreed, ...]:
    """Whoever left again, or whom she found and said yes to, is no news."""
    known = {each.id for each in resident.contacts}
    return tuple(each for each in resident.proposed if each.id in resident.to_see and each.id not in known)


def _moment(resident: Resident, now: datetime) -> datetime:
    if resident.frozen is not None or not resident.joined:
        return errands.by_day(now + timedelta(days=1), resident.rhythm.zone)
    begin = now + talk.SILENT_FOR if talk.is_lively(resident, now) else now
    return errands.by_day(max(begin, resident.paused_until or begin), resident.rhythm.zone)


def _look(unseen: tuple[Agreed, ...]) -> Say:
    page = f"set:contact:{unseen[0].id}" if len(unseen) == 1 else "set:contacts"
    return Say((neutral.to_look_at(),), rows(Button(_("proposal", "Look"), page)), purpose=Purpose.ROUTINE)


def _back() -> Say:
    return Say((neutral.here_as_before(),), purpose=Purpose.ROUTINE, menu=True)
