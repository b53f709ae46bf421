"""
Whose shared plan a contact person may open at this moment: read from the links and from her own document, each time.

Both must say yes. A link that is taken back closes it, whatever her document says, and what she chose in her document
closes it, whatever the link says.
"""

import sqlite3

from bot.chain import Read
from dialogs import sip
from dialogs.events import PlanClosed, PlanGathered
from dialogs.people import Resident
from storage import links
from storage.people import Known


def of_resident(db: sqlite3.Connection, read: Read, resident_id: int, contact_id: int) -> Known | None:
    """The resident, opened; None where this contact person may not see her plan, or there is nobody."""
    if not _is_agreed(db, resident_id, contact_id):
        return None
    known = read(resident_id)
    if known is None or not isinstance(known.person, Resident):
        return None
    return known if sip.partner(known.person, contact_id) is not None else None


def _is_agreed(db: sqlite3.Connection, resident_id: int, contact_id: int) -> bool:
    return any(link.resident_id == resident_id and link.agreed for link in links.residents_of(db, contact_id))


def opened(
    db: sqlite3.Connection, read: Read, resident_id: int, contact_id: int, page: str
) -> PlanGathered | PlanClosed:
    """What this contact person sees of the plan."""
    known = of_resident(db, read, resident_id, contact_id)
    if known is None or not isinstance(known.person, Resident):
        return PlanClosed()
    her = known.person
    return PlanGathered(her.id, her.alias, sip.shown_to(her, contact_id), sip.partners(her), page)


def open_to(db: sqlite3.Connection, read: Read, contact_id: int) -> tuple[tuple[int, str], ...]:
    """Whose plans: id and agreed name."""
    residents = [link.resident_id for link in links.residents_of(db, contact_id) if link.agreed]
    found = [opened(db, read, resident, contact_id, "") for resident in residents]
    return tuple((plan.resident, plan.alias) for plan in found if isinstance(plan, PlanGathered))


def shows_entries(page: str) -> bool:
    """Whether this page shows something of the plan, or only asks what to propose."""
    return page.partition(":")[0] not in ("new", "a", "s", "d")
