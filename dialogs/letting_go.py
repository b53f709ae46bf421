"""
What a contact person's record still says about residents who were erased: it goes with them (R38).

Words that were sent to her phone before are hers to delete; here only what the bot itself keeps is looked at.
"""

from collections.abc import Callable, Collection
from dataclasses import replace

from dialogs.people import Contact


def without(contact: Contact, residents: Collection[int], names: Callable[[str], bool]) -> Contact:
    """The same person without these residents; `names` says which labels of shown buttons name one of them."""
    threads = tuple(each for each in contact.threads if each.resident not in residents)
    here = any(each.talk == contact.writing_to for each in threads)
    return replace(
        contact,
        threads=threads,
        writing_to=contact.writing_to if here else 0,
        held=contact.held if threads else (),
        calls=tuple(each for each in contact.calls if each.resident not in residents),
        noting=0 if contact.noting in residents else contact.noting,
        calling=None if contact.calling in residents else contact.calling,
        offered=tuple(pair for pair in contact.offered if not names(pair[0])),
        keyboard=tuple(pair for pair in contact.keyboard if not names(pair[0])),
    )


def everything_shown(_label: str) -> bool:
    """After a restore nobody can say any more whom a label named, and all of them are old."""
    return True
