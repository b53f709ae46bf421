"""
Whom a resident agreed to: chosen anew, or gone. Cases and talks follow what the links say.
"""

from bot.case_work import CaseWork
from bot.relaying import Relaying
from bot.transaction import Happen, Transaction
from dialogs.events import ContactPersonLeft, Event
from storage import links
from storage.people import Known


def choose(
    transaction: Transaction, cases: CaseWork, relaying: Relaying, resident: Known, contacts: tuple[int, ...]
) -> Event | None:
    """Whoever she takes her yes back from holds no case about her any more, and writes to her no more."""
    links.agree(transaction.db, resident.id, contacts)
    cases.take_back(resident)
    return next(iter(relaying.end_all_between(resident.id, contacts)), None)


def contact_leaves(transaction: Transaction, cases: CaseWork, happen: Happen, contact_id: int) -> None:
    """Her cases go on to the next, and each resident who knows her hears it."""
    cases.hand_on(contact_id)
    for link in links.residents_of(transaction.db, contact_id):
        resident = transaction.read(link.resident_id)
        if resident is not None:
            happen(resident, ContactPersonLeft(contact_id))
