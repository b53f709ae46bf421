"""
How her chat looks to whoever holds the phone: what goes by itself, what can be passed on, what makes a sound.

Every choice is one tap, and is undone by another.
"""

from dataclasses import replace
from datetime import timedelta

from dialogs import preferences
from dialogs.effects import ShortenStay
from dialogs.outcome import Outcome, say
from dialogs.people import Resident
from dialogs.screen import Button, rows
from dialogs.text import Message, Text, _, _n
from dialogs.vanishing import CHOICES, LONGEST, chosen, nothing_said

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def show(resident: Resident) -> Outcome[Resident]:
    """All of it on one screen."""
    text: Text = (
        _("my chat", "How long messages stay here, yours and mine: {time}.", time=_length(chosen(resident))),
        _(
            "my chat",
            "After two days only you could remove them. So the longest is 46 hours, and lines that tell nothing stay.",
        ),
        _(
            "my chat",
            "No forwarding also means that you cannot keep a picture of what I write. On a computer it may not work.",
        ),
    )
    times = (Button(_chosen_or_not(resident, each), f"chat:{each // MINUTE}") for each in CHOICES)
    switches = (
        _switch(_("my chat", "No forwarding, no screenshots"), "protected", resident.protected),
        _switch(_("my chat", "No sound"), "silent", resident.silent),
        _switch(_("my chat", "No buttons below"), "bare", resident.bare),
        Button(_("settings", "Back"), "set"),
    )
    return Outcome(
        resident, (say(*text, keyboard=(*rows(*times, width=2), *rows(*switches)), in_place=True),)
    )


def summary(resident: Resident) -> Text:
    """What of this is kept about her, in a line."""
    on = [
        label
        for label, chosen_on in (
            (_("my chat", "No forwarding, no screenshots"), resident.protected),
            (_("my chat", "No sound"), resident.silent),
            (_("my chat", "No buttons below"), resident.bare),
        )
        if chosen_on
    ]
    time = _length(chosen(resident))
    return (_("my data", "How long messages stay in this chat: {time}", time=time), *on)


def _length(time: timedelta) -> Message:
    if time == LONGEST:
        return _("my chat", "as long as possible")
    if time < HOUR:
        return _n("my chat", "{count} minute", "{count} minutes", time // MINUTE)
    return _n("my chat", "{count} hour", "{count} hours", time // HOUR)


def _chosen_or_not(resident: Resident, time: timedelta) -> Message:
    label = _length(time)
    return _("my chat", "● {time}", time=label) if time == chosen(resident) else label


def _switch(label: Message, what: str, on: bool) -> Button:
    return Button(preferences.ticked(label, on), f"chat:{what}:{'off' if on else 'on'}")


def press(resident: Resident, data: str) -> Outcome[Resident] | None:
    """Take `chat…`; None for what is not ours."""
    match data.split(":")[1:]:
        case []:
            return show(resident)
        case [minutes] if minutes in {str(each // MINUTE) for each in CHOICES}:
            changed = replace(resident, clears_after=int(minutes))
            return show(changed).after(ShortenStay(chosen(changed)))
        case ["protected", ("on" | "off") as switch]:
            return show(replace(resident, protected=switch == "on"))
        case ["silent", ("on" | "off") as switch]:
            return show(replace(resident, silent=switch == "on"))
        case ["bare", ("on" | "off") as switch]:
            changed = replace(resident, bare=switch == "on")
            return show(changed).then(say(*nothing_said(), menu=True, stays=True))
        case _:
            return None
