"""
Her contact persons, one page each: who it is, what that person may know now, and a switch for every part of it.

A switch takes effect at once, and a plain sentence below says what holds (S7, S9). A button names what it switches
to, so pressing it twice changes it once. Only people who were proposed to her are here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from dialogs import joining, menu, sight
from dialogs.effects import EndTalk
from dialogs.events import ContactRenamed
from dialogs.kinds import NAMES, Sight
from dialogs.outcome import Outcome, say
from dialogs.people import Agreed, Resident
from dialogs.preferences import ticked
from dialogs.screen import Button, rows
from dialogs.text import Message, Text, _

SWITCHES: Final[Mapping[Sight, Message]] = {
    Sight.SIGNS: _("sight", "Sees when I was last here, and check-ins without an answer"),
    Sight.TREND: _("sight", "Sees how I have answered, as a picture"),
    Sight.PLAN: _("sight", "Sees my shared plan"),
    Sight.TALK: _("sight", "May write with me here"),
}
SEES: Final[Mapping[Sight, Message]] = {
    Sight.SIGNS: _("sight", "when you were last here and which check-ins you did not answer"),
    Sight.TREND: _("sight", "how you have answered, as a small picture without your words"),
    Sight.PLAN: _("sight", "your shared plan"),
    Sight.TALK: _("sight", "what you two write to each other here"),
}


def show(resident: Resident) -> Outcome[Resident]:
    """All of them; a tick stands for "may be told when something is wrong"."""
    agreed = {contact.id for contact in resident.contacts}
    buttons = [
        Button(ticked(menu.names((each,)), each.id in agreed), f"set:contact:{each.id}")
        for each in resident.proposed
    ]
    text = _("settings", "These people may be asked to get in touch with you, where there is a tick.")
    if not buttons:
        text = _("settings", "No contact person has been named for you yet.")
    what = (
        (_("settings", "Tap a name to see what that person may know, and to change it."),) if buttons else ()
    )
    keyboard = rows(*buttons, Button(_("settings", "Back"), "set"))
    return Outcome(resident, (say(text, *what, keyboard=keyboard),))


def press(resident: Resident, rest: Sequence[str]) -> Outcome[Resident] | None:
    """Take `set:contact:…` and `set:see:…`; None for somebody who was not proposed, and for what fits nothing."""
    match rest:
        case ["contact", number]:
            found = _proposed(resident, number)
            return page(resident, found) if found else None
        case ["see", number, what, "yes" | "no" as answer]:
            found = _proposed(resident, number)
            return _switched(resident, found, what, answer == "yes") if found else None
        case _:
            return None


def _proposed(resident: Resident, number: str) -> Agreed | None:
    return next((each for each in resident.proposed if str(each.id) == number), None)


def page(resident: Resident, contact: Agreed, *further: Message) -> Outcome[Resident]:
    """One person: who it is, what holds, and the switches."""
    agreed = sight.agreed_with(resident, contact.id) is not None
    open_now = sight.chosen(resident, contact.id, contact.kind)
    switches = [_switch(contact, _("sight", "May be told when something is wrong"), "told", agreed)]
    if agreed:
        switches += [_switch(contact, label, each, each in open_now) for each, label in SWITCHES.items()]
    text = (
        _("sight", "{name}, {kind}.", name=contact.name, kind=NAMES[contact.kind]),
        *holds(resident, contact),
        *further,
        _("sight", "Tap to switch on or off. It takes effect at once."),
    )
    keyboard = rows(*switches, Button(_("settings", "Back"), "set:contacts"))
    return Outcome(resident, (say(*text, keyboard=keyboard, in_place=True),))


def _switch(contact: Agreed, label: Message, what: str, on: bool) -> Button:
    return Button(ticked(label, on), f"set:see:{contact.id}:{what}:{'no' if on else 'yes'}")


def holds(resident: Resident, contact: Agreed) -> Text:
    """What this person is told and sees, as sentences."""
    if sight.agreed_with(resident, contact.id) is None:
        return (
            _("sight", "{name} is not asked about you, and sees nothing of you here.", name=contact.name),
        )
    return _told(resident, contact), sees(resident, contact)


def _told(resident: Resident, contact: Agreed) -> Message:
    if resident.consent.telling is True:
        return _("sight", "{name} may be told when something is wrong.", name=contact.name)
    return _("sight", "{name} is asked only when you ask for a person yourself.", name=contact.name)


def sees(resident: Resident, contact: Agreed) -> Message:
    """All that is open to this person, in one sentence."""
    things = tuple(
        said for each, said in SEES.items() if sight.may_see(resident, contact.id, contact.kind, each)
    )
    if not things:
        return _("sight", "{name} sees nothing else of you.", name=contact.name)
    return _("sight", "{name} sees: {things}.", name=contact.name, things=things)


def _switched(resident: Resident, contact: Agreed, what: str, yes: bool) -> Outcome[Resident] | None:
    if what == "told":
        return _agreement(resident, contact, yes)
    if what not in list(Sight) or sight.agreed_with(resident, contact.id) is None:
        return None
    ends = _talk_ends(resident, contact) if what == Sight.TALK and not yes else ()
    return page(sight.with_sight(resident, contact, Sight(what), yes), contact).then(*ends)


def _talk_ends(resident: Resident, contact: Agreed) -> tuple[EndTalk, ...]:
    talk = resident.talk
    return (EndTalk(talk.id, "resident"),) if talk is not None and talk.contact == contact.id else ()


def _agreement(resident: Resident, contact: Agreed, yes: bool) -> Outcome[Resident]:
    changed = sight.with_agreement(resident, contact.id, yes)
    further = () if changed.contacts else (_nobody(),)
    return page(changed, contact, *further).after(*joining.contacts_chosen(changed))


def _nobody() -> Message:
    return _(
        "sight",
        "Now I tell none of them. When you ask for a person yourself, I ask {contact}.",
        contact=menu.names(()),
    )


def renamed(resident: Resident, event: ContactRenamed) -> Outcome[Resident]:
    """She sees it where she looks; it is no reason to write to her."""

    def now(contact: Agreed) -> Agreed:
        return replace(contact, name=event.name) if contact.id == event.contact else contact

    return Outcome(
        replace(
            resident,
            proposed=tuple(now(each) for each in resident.proposed),
            contacts=tuple(now(each) for each in resident.contacts),
        )
    )


def summary(resident: Resident) -> tuple[Message, ...]:
    """One line for each who sees anything, for "what you know about me"."""
    return tuple(sees(resident, each) for each in resident.contacts)
