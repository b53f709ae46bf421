"""
What is kept, who sees it, and how it goes away: `/privacy`, `/mydata`, `/stop`, `/forget`, hide.

Never promises more than is true (platform.md 1.9): no anonymity, no "without a trace".
"""

from dataclasses import replace
from datetime import datetime

from dialogs import (
    check_in,
    choosing_code,
    coming,
    my_chat,
    my_contacts,
    preferences,
    privacy_page,
    talk,
    vanishing,
)
from dialogs.alert import ResidentLeft, Track
from dialogs.effects import (
    ClearChat,
    Effect,
    EndTalk,
    ForgetPerson,
    GatherData,
    Say,
    SendMyFile,
    ShowPicture,
    StopTimer,
    TellAlertOnTrack,
)
from dialogs.events import DataGathered, Timer
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome, say
from dialogs.people import Consent, Resident
from dialogs.pictures.gallery import caption
from dialogs.screen import Button, rows
from dialogs.text import Message, Text, _, _n, plain, stacked


def explain(resident: Resident, knowledge: Knowledge) -> Outcome[Resident]:
    """Who can read what, what is kept, what the bot cannot do: three messages (`/privacy`, which Telegram demands)."""
    buttons = rows(
        Button(_("privacy", "What you know about me"), "p:mydata"),
        Button(_("privacy", "Hide"), "p:hide"),
        Button(_("privacy", "Stop"), "p:stop"),
        Button(_("privacy", "Erase me"), "p:forget"),
        width=2,
    )
    parts = (privacy_page.who_reads(knowledge), privacy_page.kept(knowledge))
    cannot = say(*privacy_page.cannot(), keyboard=buttons)
    return Outcome(resident, (*(say(*part) for part in parts), cannot))


def my_data(resident: Resident, *, as_file: bool = False) -> Outcome[Resident]:
    """Count first; the answer comes with `gathered`. A file is read when it leaves."""
    if as_file:
        return my_file(resident)
    return Outcome(resident, (GatherData(),))


def my_file(resident: Resident, *, to_keep: bool = False) -> Outcome[Resident]:
    """All of it, to read here; or, after a second tap, to keep."""
    caption = _("my file", "Here is the text you asked for.")
    if to_keep:
        return Outcome(resident, (SendMyFile(caption, to_keep=True),))
    text = (
        _("my file", "This file can only be read here. It cannot be saved or passed on."),
        _("my file", "A file to keep can be saved and passed on by anybody who has your phone."),
    )
    buttons = rows(
        Button(_("my file", "A file to keep"), "p:file-keep"),
        Button(_("privacy", "Hide"), "p:hide"),
        Button(_("menu", "Menu"), "menu"),
    )
    return Outcome(resident, (SendMyFile(caption), say(*text, keyboard=buttons)))


def gathered(resident: Resident, data: DataGathered, now: datetime, places: Text = ()) -> Outcome[Resident]:
    """Everything that is kept about her, in plain words."""
    consent = resident.consent
    text = (
        _("my data", "This is what I keep about you:"),
        stacked(
            _("my data", "What I call you: {name}", name=resident.name or "–"),
            _("my data", "The name your contact persons see: {alias}", alias=resident.alias),
            _("my data", "Your contact persons: {contacts}", contacts=_contact_names(resident)),
            _(
                "my data",
                "You said yes to: {consents}",
                consents=_consents(consent),
            ),
            check_in.next_is(resident, now),
            _n("my data", "{count} check-in", "{count} check-ins", data.check_ins),
            _n(
                "my data",
                "{count} time that a contact person was asked",
                "{count} times that a contact person was asked",
                data.alerts,
            ),
            _n(
                "my data",
                "{count} message of the last two days that I can hide",
                "{count} messages of the last two days that I can hide",
                data.messages,
            ),
            _n(
                "my data",
                "{count} sign of this week that something may be wrong, without your words",
                "{count} signs of this week that something may be wrong, without your words",
                len(resident.heard),
            ),
            _n("my data", "Your place in {count} guide", "Your place in {count} guides", len(resident.walks)),
            _n(
                "my data",
                "{count} reminder you asked for",
                "{count} reminders you asked for",
                len(resident.errands),
            ),
            _n(
                "my data",
                "{count} day that is heavy for you",
                "{count} days that are heavy for you",
                len(resident.hard_days) + len(resident.traditions),
            ),
            _n(
                "my data",
                "{count} note that your contact persons wrote for each other; ask {organisation} to see it",
                "{count} notes that your contact persons wrote for each other; ask {organisation} to see them",
                data.notes,
            ),
            *places,
            *my_contacts.summary(resident),
            _n(
                "my data",
                "{count} line of your shared plan",
                "{count} lines of your shared plan",
                len(resident.sip),
            ),
            *_last_sign(resident),
            *my_chat.summary(resident),
            _n(
                "my data",
                "{count} time at which somebody has promised to get in touch",
                "{count} times at which somebody has promised to get in touch",
                len(resident.calls),
            ),
            *choosing_code.kept(resident),
        ),
        _("my data", "And the number of this chat, so that I can answer you. It is kept locked."),
    )
    buttons = rows(
        Button(_("my data", "All of it as a file"), "p:file"),
        Button(_("privacy", "Erase me"), "p:forget"),
        Button(_("menu", "Menu"), "menu"),
    )
    return Outcome(resident, (say(*text, keyboard=buttons),))


def _contact_names(resident: Resident) -> Message:
    if not resident.contacts:
        return _("my data", "nobody")
    return plain(tuple(plain(contact.name) for contact in resident.contacts))


def _last_sign(resident: Resident) -> tuple[Message, ...]:
    if resident.last_sign is None:
        return ()
    return (_("my data", "The hour when you were last here: {moment}", moment=resident.last_sign),)


def _consents(consent: Consent) -> Message:
    agreed = [
        label
        for label, yes in (
            (_("my data", "being asked how you are"), consent.check_ins),
            (_("my data", "being read for signs of danger"), consent.reading),
            (_("my data", "a contact person being told"), consent.telling),
            (_("my data", "counting, without your name, which guides help"), consent.counting),
        )
        if yes
    ]
    if not agreed:
        return _("my data", "nothing")
    return plain(tuple(agreed))


def hide(resident: Resident, now: datetime) -> Outcome[Resident]:
    """
    Empty the chat as far as Telegram allows, and leave one harmless line behind.

    What is known to remain is said below it. What else could not be deleted is known in a moment (`remain`).
    """
    hidden = replace(talk.looked_away(resident), hidden_at=now)
    line = Say(vanishing.nothing_said(), menu=resident.joined, stays=True)
    more = (vanishing.what_remains(),) if resident.remains else ()
    return Outcome(hidden, (ClearChat(), line, *more))


def remain(resident: Resident, now: datetime) -> Outcome[Resident]:
    """Some messages could not be deleted. That is said where she has just asked for it, and never by itself."""
    marked = replace(resident, remains=True)
    asked = resident.hidden_at is not None and now - resident.hidden_at < vanishing.ANSWERS_FOR
    return Outcome(marked, (vanishing.what_remains(),) if asked and not resident.remains else ())


def _removed(resident: Resident) -> Outcome[Resident]:
    """She says so; nobody else can know."""
    return Outcome(replace(resident, remains=False), (Say(vanishing.nothing_said(), in_place=True),))


def _where(resident: Resident) -> Outcome[Resident]:
    return Outcome(resident, (ShowPicture("clear-chat", caption()),))


def stop(resident: Resident) -> Outcome[Resident]:
    """No more messages by itself, nobody is told, no reason asked (S23)."""
    stopped = replace(resident, stopped=True, check_in=None, missed=0, question=None, paused_until=None)
    text = (
        _("privacy", "I stop. I send nothing more by myself, and I tell nobody that you stopped."),
        _(
            "privacy",
            "Write to me whenever you like, then I answer. To erase what I keep, write “forget me”.",
        ),
    )
    timers = tuple(StopTimer(timer) for timer in Timer)
    return Outcome(
        stopped,
        (
            *_talk_ends(resident),
            *timers,
            say(*text, keyboard=rows(Button(_("privacy", "Begin again"), "p:resume"))),
        ),
    )


def ask_forget(resident: Resident) -> Outcome[Resident]:
    """Asks once."""
    text = (
        _("privacy", "Shall I erase everything I keep about you? It cannot be undone."),
        _(
            "privacy",
            "Your contact persons are not told, unless one was just asked to reach you. "
            "To come back you need a new invitation.",
        ),
    )
    buttons = rows(
        Button(_("privacy", "Yes, erase me"), "p:erase"),
        Button(_("privacy", "No"), "menu"),
        width=2,
    )
    return Outcome(resident, (say(*text, keyboard=buttons),))


def forget(resident: Resident) -> Outcome[Resident]:
    """Chat, key and rows. Whoever was asked to help hears that she left: a hand on her phone could do this."""
    text = _("privacy", "Everything is erased. Take care.")
    left = tuple(TellAlertOnTrack(track, ResidentLeft()) for track in Track)
    ends = (*_talk_ends(resident), *left, *coming.taken_back(resident))
    return Outcome(resident, (*ends, ClearChat(), say(text), ForgetPerson()))


def _talk_ends(resident: Resident) -> tuple[Effect, ...]:
    """Whoever writes with her hears only that it is over."""
    return (EndTalk(resident.talk.id, "stopped"),) if resident.talk is not None else ()


def press(resident: Resident, data: str, now: datetime) -> Outcome[Resident] | None:
    """Take `p:…`; None for what is not ours."""
    match data:
        case "p:mydata":
            return my_data(resident)
        case "p:file":
            return my_file(resident)
        case "p:file-keep":
            return my_file(resident, to_keep=True)
        case "p:hide":
            return hide(resident, now)
        case "p:cleared":
            return _removed(resident)
        case "p:where":
            return _where(resident)
        case "p:stop":
            return stop(resident)
        case "p:forget":
            return ask_forget(resident)
        case "p:erase":
            return forget(resident)
        case "p:resume":
            return preferences.end_pause(resident, now)
        case _:
            return None
