"""
A word of her own that calls for help unseen (R25).

She chooses it herself. Whoever looks over her shoulder when she writes it sees the ordinary answer: the same words,
the same buttons, nothing before and nothing after. Her contact persons are told at the highest level, that somebody
may be holding the phone, and she hears nothing of it in this chat.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from dialogs import menu
from dialogs.alert import Track
from dialogs.effects import RaiseAlert, Toast
from dialogs.outcome import Outcome, say
from dialogs.people import Place, Resident
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import _

SHORTEST, LONGEST = 3, 40
WAITS = timedelta(minutes=10)
"""What she writes later is no word of hers: she went away, and a greeting must not become a call for help."""
COVERT: Final = "covert"
REASONS: Final = ("word", COVERT)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def is_hers(resident: Resident, text: str) -> bool:
    """Whether she wrote her word, and nothing else."""
    return resident.covert != "" and _plain(text) == resident.covert


def call(ordinary: Outcome[Resident], now: datetime) -> Outcome[Resident]:  # noqa: ARG001 -- as other answers
    """The ordinary answer, and behind it the call."""
    return ordinary.then(RaiseAlert(Track.URGENT, 3, REASONS))


def waits(resident: Resident, now: datetime) -> bool:
    """Whether what she writes next is to be her word."""
    asked = resident.asked_at
    return resident.place is Place.WORD and asked is not None and now - asked < WAITS


def left(resident: Resident) -> Resident:
    """She did something else than write it: what she writes then is not taken for it."""
    here = resident.joined and resident.place is Place.WORD
    return replace(resident, place=Place.MENU) if here else resident


def press(resident: Resident, data: str, now: datetime) -> Outcome[Resident]:
    """Take `cw-word:…`."""
    match data.partition(":")[2]:
        case "ask":
            return _ask(resident, now)
        case "none":
            gone = replace(resident, covert="", place=Place.MENU)
            return Outcome(gone, (say(_("covert", "There is no such word any more."), keyboard=_back()),))
        case _:
            return Outcome(resident, (Toast((menu.old_button(),)),))


def _ask(resident: Resident, now: datetime) -> Outcome[Resident]:
    waiting = replace(resident, place=Place.WORD, asked_at=now)
    text = (
        _("covert", "You can choose a word of your own, that you would not write by chance."),
        _(
            "covert",
            "When you write only that word, I answer as always. Unseen, I tell {contact} that you need help now.",
            contact=menu.names(resident.contacts),
        ),
        _("covert", "Write the word now. Afterwards “Hide” takes it out of this chat."),
    )
    none = [Button(_("covert", "No such word"), "cw-word:none")] if resident.covert else []
    return Outcome(waiting, (say(*text, keyboard=rows(*none, *_back()[0])),))


def chosen(resident: Resident, text: str) -> Outcome[Resident]:
    """Keep it, as it can be compared; it is shown nowhere again."""
    word = _plain(text)
    if not SHORTEST <= len(word) <= LONGEST:
        sorry = _("covert", "Choose a word of 3 to 40 letters, or go back.")
        return Outcome(resident, (say(sorry, keyboard=_back()),))
    kept = replace(resident, covert=word, place=Place.MENU)
    done = _("covert", "Noted. I do not show it again.")
    buttons = rows(Button(_("privacy", "Hide"), "p:hide"), Button(_("menu", "Menu"), "menu"), width=2)
    return Outcome(kept, (say(done, keyboard=buttons),))


def _back() -> Keyboard:
    return rows(Button(_("settings", "Back"), "set"))
