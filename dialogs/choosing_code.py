"""
She chooses a check: what she writes so that it is known who is reading, a second one, and when it is asked for again.

What she writes is taken out of the chat at once and shown nowhere again. It is written twice, because nobody can look
it up for her. Every choice is undone in one tap, but only by whoever has shown that it is her.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from dialogs import codes, lock, menu
from dialogs.codes import NO_CODE, Derived
from dialogs.effects import DeleteWritten, Effect, Say
from dialogs.events import Wrote
from dialogs.lock import Lock
from dialogs.outcome import Outcome, say
from dialogs.people import Place, Resident
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, Text, _, _n

PLACES: Final = (Place.CODE, Place.SECOND_CODE)
WAITS: Final = timedelta(minutes=10)


def press(resident: Resident, data: str, now: datetime) -> Outcome[Resident] | None:
    """Take `who…`; None where it fits nothing."""
    mine = resident.lock or Lock()
    match data.split(":")[1:]:
        case []:
            return show(resident)
        case ["choose"]:
            return _ask(resident, Place.CODE, now)
        case ["second"] if mine.is_set:
            return _ask(resident, Place.SECOND_CODE, now)
        case ["no-second"] if mine.is_set:
            return show(replace(resident, lock=replace(mine, second=NO_CODE, second_digits=True)))
        case ["after", minutes] if mine.is_set and minutes in map(str, lock.MINUTES):
            return show(replace(resident, lock=replace(mine, minutes=int(minutes))), in_place=True)
        case ["none"]:
            text = _("who reads", "I do not ask any more.")
            return Outcome(replace(resident, lock=None), (say(text, keyboard=_back()),))
        case ["later"]:
            return menu.home(resident)
        case _:
            return None


def show(resident: Resident, *, in_place: bool = False) -> Outcome[Resident]:
    """What holds, and what can be changed."""
    if resident.lock is None or not resident.lock.is_set:
        buttons = rows(Button(_("who reads", "Choose one"), "who:choose"), *_back()[0])
        return Outcome(resident, (say(*_explained(), keyboard=buttons),))
    mine = resident.lock
    text = (
        _("who reads", "I ask for your number or word before I show what is yours."),
        _when(mine.minutes),
        _("who reads", "To close it yourself, write “lock”."),
    )
    return Outcome(resident, (say(*text, keyboard=_choices(mine), in_place=in_place),))


def _explained() -> Text:
    return (
        _(
            "who reads",
            "You can agree with me on a number of 4 to 6 digits, or on a word. "
            "I ask for it before I show what is yours: your plan, letters, contact persons, settings.",
        ),
        _("who reads", "“I need someone”, “Hide” and “Stop” always work without it."),
        _(
            "who reads",
            "I cannot look it up. If you forget it, {organisation} can take it away, when you ask them yourself.",
        ),
    )


def _when(minutes: int) -> Message:
    if minutes == 0:
        return _("who reads", "I ask again when you have not been here for 12 hours.")
    return _n(
        "who reads",
        "I ask again when you have not been here for {count} minute.",
        "I ask again when you have not been here for {count} minutes.",
        minutes,
    )


def _choices(mine: Lock) -> Keyboard:
    later = [
        Button(_after(minutes), f"who:after:{minutes}") for minutes in lock.MINUTES if minutes != mine.minutes
    ]
    second = [Button(_("who reads", "A second one, for when I am not alone"), "who:second")]
    if mine.second != NO_CODE:
        second.append(Button(_("who reads", "No second one"), "who:no-second"))
    return rows(
        *later,
        Button(_("who reads", "Another number or word"), "who:choose"),
        *second,
        Button(_("who reads", "No check any more"), "who:none"),
        *_back()[0],
    )


def _after(minutes: int) -> Message:
    if minutes == 0:
        return _("who reads", "Ask again only after 12 hours")
    return _n("who reads", "Ask again after {count} minute", "Ask again after {count} minutes", minutes)


def _back() -> Keyboard:
    return rows(Button(_("settings", "Back"), "set"))


def lock_it(resident: Resident) -> Outcome[Resident]:
    """She closes it by herself; where there is nothing to close she can choose to have it."""
    if resident.lock is None or not resident.lock.is_set:
        return show(resident)
    return menu.home(replace(resident, lock=lock.closed(resident.lock)))


def offered(outcome: Outcome[Resident]) -> Outcome[Resident]:
    """The same, with the offer after the first thing that is said, before the menu: one tap passes it by."""
    first = next((at for at, effect in enumerate(outcome.effects) if isinstance(effect, Say)), -1)
    return replace(outcome, effects=(*outcome.effects[: first + 1], _offer(), *outcome.effects[first + 1 :]))


def _offer() -> Say:
    text = (
        _("who reads", "One more thing, if you like: does anybody else sometimes have your phone?"),
        _("who reads", "Then I can ask for a short number or a word before I show what is yours."),
    )
    buttons = rows(
        Button(_("who reads", "Choose one"), "who"), Button(_("who reads", "No, thank you"), "who:later")
    )
    return say(*text, keyboard=buttons)


def kept(resident: Resident) -> Text:
    """The line of `/mydata`, shown to her only. It does not say whether there is a second one."""
    if resident.lock is None or not resident.lock.is_set:
        return ()
    return (_("my data", "A check of who is reading; of what you write for it only a fingerprint"),)


# --- choosing ---


def _ask(resident: Resident, place: Place, now: datetime) -> Outcome[Resident]:
    fresh = replace(resident.lock or Lock(), pending=NO_CODE)
    waiting = replace(resident, place=place, asked_at=now, lock=fresh)
    return Outcome(waiting, (say(*_how(resident, place), keyboard=_never_mind()),))


def _how(resident: Resident, place: Place) -> Text:
    how = _(
        "who reads",
        "Write 4 to 6 digits, or a word that nobody around you would guess. I take it out of this chat at once.",
    )
    if place is Place.CODE:
        return (how,)
    return (
        _(
            "who reads",
            "When you write this second one, I show only ordinary things, until you write your own one again. "
            "Unseen, I tell {contact} that you need help now.",
            contact=menu.names(resident.contacts),
        ),
        how,
    )


def _never_mind() -> Keyboard:
    return rows(Button(_("settings", "Back"), "who"))


def wrote(resident: Resident, event: Wrote, now: datetime) -> Outcome[Resident]:
    """Once, and once more; what differs or cannot be one is asked for anew."""
    if resident.asked_at is None or now - resident.asked_at >= WAITS:
        return menu.free_text(_left(resident))
    gone = DeleteWritten(event.message)
    derived, mine = event.derived, resident.lock or Lock()
    if derived is None or _is_unfit(resident, event.text, derived):
        sorry = _(
            "who reads",
            "That one does not fit. Write 4 to 6 digits that are no row, or a word of 3 letters or more.",
        )
        return Outcome(resident, (gone, say(sorry, keyboard=_never_mind())))
    if mine.pending == NO_CODE:
        noted = replace(mine, salt=derived.salt, pending=derived.digest)
        again = _("who reads", "Good. Write the same once more.")
        return Outcome(replace(resident, lock=noted), (gone, say(again, keyboard=_never_mind())))
    if not codes.same(mine.pending, derived):
        text = _("who reads", "The two were not the same, so nothing was changed.")
        return Outcome(_left(resident), (gone, say(text, keyboard=_never_mind())))
    return _chosen(resident, event, derived, now, gone)


def _is_unfit(resident: Resident, text: str, derived: Derived) -> bool:
    """The two of hers must differ, and differ from the word that calls for help unseen."""
    code, mine = codes.read(text), resident.lock or Lock()
    other = mine.own if resident.place is Place.SECOND_CODE else mine.second
    return code is None or codes.is_easy(code) or codes.same(other, derived) or code.plain == resident.covert


def _left(resident: Resident) -> Resident:
    mine = replace(resident.lock or Lock(), pending=NO_CODE)
    return replace(resident, place=Place.MENU, lock=mine if mine.is_set else None)


def _chosen(
    resident: Resident, event: Wrote, derived: Derived, now: datetime, gone: Effect
) -> Outcome[Resident]:
    code = codes.read(event.text)
    digits = code is not None and code.digits
    mine = resident.lock or Lock()
    if resident.place is Place.CODE:
        mine = lock.opened(replace(mine, own=derived.digest, own_digits=digits), now)
    else:
        mine = replace(mine, second=derived.digest, second_digits=digits)
    kept = replace(resident, place=Place.MENU, lock=replace(mine, pending=NO_CODE))
    done = _("who reads", "Noted. I show it nowhere.")
    return show(kept).after(gone, say(done))
