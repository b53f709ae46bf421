"""The glossary in the conversation: Swedish words in pages, one tap for what a word means."""

from typing import Final

from dialogs import menu
from dialogs.effects import Toast
from dialogs.glossary import Term
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome, say
from dialogs.people import Resident
from dialogs.screen import Button, rows
from dialogs.text import _, plain

ON_A_PAGE: Final = 12


def press(resident: Resident, data: str, knowledge: Knowledge) -> Outcome[Resident]:
    """Take `words`, `words:PAGE` and `words:t:KEY`."""
    match data.split(":"):
        case ["words", "t", key] if key in knowledge.glossary:
            return Outcome(resident, (Toast((knowledge.glossary[key].shown(),)),))
        case ["words", number] if number.isdecimal():
            return show(resident, knowledge, int(number), in_place=True)
        case ["words"]:
            return show(resident, knowledge, 0)
        case _:
            return Outcome(resident, (Toast((menu.old_button(),)),))


def show(
    resident: Resident, knowledge: Knowledge, number: int, *, in_place: bool = False
) -> Outcome[Resident]:
    """One page of words, by the Swedish alphabet."""
    terms = sorted(knowledge.glossary.values(), key=_alphabet)
    pages = max(1, -(-len(terms) // ON_A_PAGE))
    number = min(number, pages - 1)
    here = terms[number * ON_A_PAGE : (number + 1) * ON_A_PAGE]
    text = _("words", "Swedish words, page {number} of {pages}. Tap one.", number=number + 1, pages=pages)
    before = [Button(_("words", "← Before"), f"words:{number - 1}")] if number else []
    after = [Button(_("words", "After →"), f"words:{number + 1}")] if number + 1 < pages else []
    keyboard = (
        rows(*(Button(plain(term.word), f"words:t:{term.key}") for term in here), width=2)
        + rows(*before, *after, width=2)
        + rows(Button(_("guide", "All guides"), "g:list"))
    )
    return Outcome(resident, (say(text, keyboard=keyboard, in_place=in_place),))


def _alphabet(term: Term) -> str:
    """Å, ä and ö come last, in this order."""
    return term.word.casefold().replace("å", "z1").replace("ä", "z2").replace("ö", "z3")
