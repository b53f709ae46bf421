"""
A shared plan opened by a contact person, and what she proposes: each look is noted, each change is the resident's.

Whose plan is open to whom is read in `bot/plans.py`.
"""

from bot import plans
from bot.transaction import Happen, Transaction
from dialogs.effects import AskPlan
from dialogs.events import Event, PlanChangeAsked, PlanClosed, PlanGathered
from storage import audit


def open_plan(
    transaction: Transaction, resident_id: int, page: str, contact_id: int
) -> PlanGathered | PlanClosed:
    """What this contact person sees of it; that she saw it is kept."""
    found = plans.opened(transaction.db, transaction.read, resident_id, contact_id, page)
    if isinstance(found, PlanGathered) and plans.shows_entries(page):
        about = audit.person(resident_id)
        audit.note(transaction.db, transaction.now, contact_id, audit.Did.PLAN_OPENED, about)
    return found


def ask_plan(transaction: Transaction, happen: Happen, order: AskPlan, contact_id: int) -> Event:
    """Her own decision says what becomes of it; then the plan is shown as it is."""
    resident = plans.of_resident(transaction.db, transaction.read, order.resident, contact_id)
    if resident is None:
        return PlanClosed()
    happen(resident, PlanChangeAsked(contact_id, order.change))
    return open_plan(transaction, order.resident, "", contact_id)
