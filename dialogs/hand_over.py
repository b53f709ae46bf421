"""
A note for whoever comes next, when a case is handed on: a few fixed sentences, no free words.

The case goes on at once; the note is offered afterwards and may be left out. It is a code in the alert
(`hand:WHAT:BY`), said after the reasons to everybody who is told from then on, and at once to whoever was told.
"""

from collections.abc import Mapping
from typing import Final

from dialogs.alert import Alert
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, _, plain

NOTES: Final[Mapping[str, Message]] = {
    "called": _("hand-over", "I have called."),
    "wrote": _("hand-over", "I have written."),
    "later": _("hand-over", "Calling later is better."),
    "no-visit": _("hand-over", "Please no visit."),
    "ask": _("hand-over", "Please ask the coordinator first."),
}
"""What may be said, by its code; short, because it also stands on the button."""


def code(what: str, by: int) -> str:
    """As it stands in the alert."""
    return f"hand:{what}:{by}"


def offer(alert: Alert, by: int) -> Keyboard:
    """The notes that this person has not left yet."""
    fresh = [what for what in NOTES if code(what, by) not in alert.notes]
    return rows(*(Button(NOTES[what], f"hn:{alert.id}:{what}") for what in fresh))


def question() -> Message:
    """Asked after the case has gone on."""
    return _("hand-over", "Is there something the next person should know? You can leave that out.")


def said(alert: Alert) -> tuple[Message, ...]:
    """All notes in words, each with the name of whoever left it; a note of a newer program is passed over."""
    return tuple(message for each in alert.notes if (message := _said(alert, each)) is not None)


def latest(alert: Alert) -> Message:
    """The one that was left last."""
    return said(alert)[-1]


def _said(alert: Alert, note: str) -> Message | None:
    _hand, what, by = (*note.split(":"), "", "")[:3]
    if what not in NOTES:
        return None
    name = next((told.name for told in alert.told if str(told.contact) == by), "?")
    return _("hand-over", "{name}: {note}", name=plain(name), note=NOTES[what])
