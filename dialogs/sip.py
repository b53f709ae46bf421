"""
The shared plan (SIP): a resident and a contact person whom she lets see it agree on entries, each with a yes of both.

The rules keep three promises. Nothing counts before both have said yes to the same thing. Nobody is promised for but
the two who agree. And who may not see the plan is shown no entry and changes none: that is asked anew each time, so
what she takes back is closed at once. She may take any entry out at any time.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from dialogs.kinds import Sight
from dialogs.people import Agreed, Resident
from dialogs.plan_entry import Helper, PlanEntry, area_of
from dialogs.sight import may_see

MOST: Final = 20
FURTHEST: Final = timedelta(days=400)


def partners(resident: Resident) -> tuple[Agreed, ...]:
    """Who sees the plan now, and so can agree on something in it."""
    return tuple(each for each in resident.contacts if may_see(resident, each.id, each.kind, Sight.PLAN))


def partner(resident: Resident, contact_id: int) -> Agreed | None:
    """One of them; None for anybody else."""
    return next((each for each in partners(resident) if each.id == contact_id), None)


def entry_of(resident: Resident, number: int) -> PlanEntry | None:
    """The entry with this id; None where it is gone."""
    return next((entry for entry in resident.sip if entry.id == number), None)


def shown_to(resident: Resident, contact_id: int) -> tuple[PlanEntry, ...]:
    """What a contact person may see: all that is agreed, and what is still open between the two."""
    if partner(resident, contact_id) is None:
        return ()
    return tuple(entry for entry in resident.sip if entry.agreed or _open_with(entry, contact_id))


def _open_with(entry: PlanEntry, contact_id: int) -> bool:
    return entry.contact == contact_id and entry.their_yes is not False


def waits_for_her(entry: PlanEntry) -> bool:
    """Whether her yes is missing."""
    return not entry.her_yes


def waits_for_them(entry: PlanEntry) -> bool:
    """Whether the contact person's answer is missing."""
    return entry.their_yes is None


def is_full(resident: Resident) -> bool:
    """Whether no further entry fits; a plan that cannot be taken in at a glance is none."""
    return len(resident.sip) >= MOST


def fits_day(on: date | None, today: date) -> bool:
    """No day, or one from today on that is not too far away."""
    return on is None or today <= on <= today + FURTHEST


def suggested(
    resident: Resident, by: int, contact_id: int, step: str, helper: Helper, on: date | None, today: date
) -> Resident | None:
    """The same with a proposal of hers or of the contact person; None where it cannot be one."""
    known = area_of(step) is not None and partner(resident, contact_id) is not None
    if not known or not fits_day(on, today) or is_full(resident) or by not in (resident.id, contact_id):
        return None
    hers = by == resident.id
    entry = PlanEntry(
        resident.sip_count + 1,
        step,
        helper,
        contact_id,
        by,
        on,
        her_yes=hers,
        their_yes=None if hers else True,
        news=not hers,
    )
    return replace(resident, sip=(*resident.sip, entry), sip_count=entry.id)


def moved(resident: Resident, number: int, on: date | None, today: date) -> Resident | None:
    """The same with another day for an entry, which is her proposal then; None where nobody could say yes to it."""
    old = entry_of(resident, number)
    if old is None or old.done or not fits_day(on, today) or partner(resident, old.contact) is None:
        return None
    anew = PlanEntry(resident.sip_count + 1, old.step, old.helper, old.contact, resident.id, on, her_yes=True)
    return replace(_with(resident, old, (anew,)), sip_count=anew.id)


def accepted(resident: Resident, number: int, today: date) -> Resident | None:
    """Her yes; None where it is not asked for, or the other one no longer sees the plan."""
    entry = entry_of(resident, number)
    if entry is None or not waits_for_her(entry) or partner(resident, entry.contact) is None:
        return None
    yes = replace(entry, her_yes=True, news=False, reminded=_today_or_before(entry, today))
    return _with(resident, entry, (yes,))


def answered(resident: Resident, by: int, number: int, yes: bool, today: date) -> Resident | None:
    """The contact person's answer to what she proposed; None where it is not hers to give."""
    entry = entry_of(resident, number)
    if entry is None or not waits_for_them(entry) or entry.contact != by or partner(resident, by) is None:
        return None
    answer = replace(entry, their_yes=yes, news=True, reminded=_today_or_before(entry, today))
    return _with(resident, entry, (answer,))


def _today_or_before(entry: PlanEntry, today: date) -> bool:
    """What was just talked about needs no reminder on the same day."""
    return entry.on is not None and entry.on <= today


def done(resident: Resident, number: int) -> Resident | None:
    """The same, with something agreed that is done; None for anything else."""
    entry = entry_of(resident, number)
    if entry is None or not entry.agreed or entry.done:
        return None
    return _with(resident, entry, (replace(entry, done=True, news=False),))


def done_by(resident: Resident, by: int, number: int) -> Resident | None:
    """The same from the contact person with whom it was agreed."""
    entry = entry_of(resident, number)
    if entry is None or entry.contact != by or partner(resident, by) is None:
        return None
    return done(resident, number)


def taken_out(resident: Resident, number: int) -> Resident | None:
    """She may always."""
    entry = entry_of(resident, number)
    return None if entry is None else _with(resident, entry, ())


def taken_back(resident: Resident, by: int, number: int) -> Resident | None:
    """A contact person takes out only what she proposed herself, and what is not agreed."""
    entry = entry_of(resident, number)
    if entry is None or entry.by != by or entry.agreed or partner(resident, by) is None:
        return None
    return _with(resident, entry, ())


def seen(resident: Resident) -> Resident:
    """She has looked at it: there is no more news."""
    if not any(entry.news for entry in resident.sip):
        return resident
    return replace(resident, sip=tuple(replace(entry, news=False) for entry in resident.sip))


def _with(resident: Resident, old: PlanEntry, new: tuple[PlanEntry, ...]) -> Resident:
    entries = (new if entry.id == old.id else (entry,) for entry in resident.sip)
    return replace(resident, sip=tuple(entry for part in entries for entry in part))


def in_order(entries: Iterable[PlanEntry]) -> tuple[PlanEntry, ...]:
    """By day, what was for a day that is over first; then what has no day, what is not agreed, what is done."""
    return tuple(sorted(entries, key=_place))


def _place(entry: PlanEntry) -> tuple[int, date, int]:
    group = 3 if entry.done else 0 if entry.agreed and entry.on else 1 if entry.agreed else 2
    return group, entry.on or date.max, entry.id
