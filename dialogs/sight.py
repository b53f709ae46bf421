"""
What each contact person may see of a resident: her own choice for that person, else what is usual for the kind.

Only whom she has agreed to sees anything at all. Whoever opens something about her asks here at that moment, and
remembers no earlier answer: what she takes back is closed at once (S7).
"""

from dataclasses import replace
from datetime import UTC, datetime

from dialogs.kinds import DEFAULTS, ContactKind, Sight
from dialogs.people import Agreed, Resident


def may_see(resident: Resident, contact_id: int, kind: ContactKind, sight: Sight) -> bool:
    """Whether this contact person may see this of her, now."""
    return agreed_with(resident, contact_id) is not None and sight in chosen(resident, contact_id, kind)


def agreed_with(resident: Resident, contact_id: int) -> Agreed | None:
    """The contact person, where she said yes to this one."""
    return next((each for each in resident.contacts if each.id == contact_id), None)


def chosen(resident: Resident, contact_id: int, kind: ContactKind) -> frozenset[Sight]:
    """What holds for this person while she has agreed to her."""
    own = next((codes for each, codes in resident.sight if each == contact_id), None)
    if own is None:
        return DEFAULTS[kind]
    return frozenset(sight for sight in Sight if sight.value in own)


def with_sight(resident: Resident, contact: Agreed, sight: Sight, yes: bool) -> Resident:
    """The same, with one thing switched for one person; all else stays as it holds now."""
    before = chosen(resident, contact.id, contact.kind)
    return _choosing(resident, contact.id, before | {sight} if yes else before - {sight})


def with_agreement(resident: Resident, contact_id: int, yes: bool) -> Resident:
    """
    The same, with somebody who was proposed to her agreed to or not; the order stays the operator's.

    Taking it back forgets what she allowed beyond the usual, and keeps what she refused: so a later yes opens
    no more than that.
    """
    ids = {contact.id for contact in resident.contacts} - {contact_id} | ({contact_id} if yes else set())
    if not yes:
        resident = _forgetting(resident, contact_id)
    return replace(resident, contacts=tuple(each for each in resident.proposed if each.id in ids))


def _forgetting(resident: Resident, contact_id: int) -> Resident:
    contact = next((each for each in resident.proposed if each.id == contact_id), None)
    if contact is None or all(each != contact_id for each, _codes in resident.sight):
        return resident
    kept = chosen(resident, contact_id, contact.kind) & DEFAULTS[contact.kind]
    return _choosing(resident, contact_id, kept)


def _choosing(resident: Resident, contact_id: int, sights: frozenset[Sight]) -> Resident:
    others = tuple(each for each in resident.sight if each[0] != contact_id)
    return replace(resident, sight=(*others, (contact_id, tuple(sorted(sights)))))


def without(resident: Resident, contact_id: int) -> Resident:
    """The same, without a choice about somebody who is no longer here."""
    return replace(resident, sight=tuple(each for each in resident.sight if each[0] != contact_id))


def signed(resident: Resident, now: datetime) -> Resident:
    """The same, with the hour of this sign of life; within an hour nothing changes, so nothing need be saved."""
    hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return resident if resident.last_sign == hour else replace(resident, last_sign=hour)
