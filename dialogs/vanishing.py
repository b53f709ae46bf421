"""
How long a message may stand in a chat, of both sides. The one place that says what tells something and what does not.

Telegram lets us delete for 48 hours after sending, so nothing that tells anything is left for longer than 46: two
hours for a bot that was down, or a Telegram that was. Of a resident's chat:

- what she writes goes, always, after the time she chose;
- what she is told goes after that time too, counted from sending, or from the last change of the message;
- what came by itself (a reminder) waits for her: the time begins with the next thing she does;
- the question of a check-in waits until it is answered: it opens with a neutral line, and asks how today is;
- `Say.stays` marks the lines that tell nothing. They stay, and they alone carry the keyboard below the input line,
  because a keyboard goes with its message.

In a contact person's chat everything but such lines goes after 46 hours, and what was said about a case two hours
after it was closed.
"""

from datetime import datetime, timedelta
from typing import Final

from dialogs.effects import UNASKED, Say
from dialogs.people import Contact, Person, Resident
from dialogs.screen import Button, rows
from dialogs.text import Text, _

DELETABLE_FOR: Final = timedelta(hours=48)
"""Telegram's limit (platform.md 1.1)."""
LONGEST: Final = timedelta(hours=46)
USUAL: Final = timedelta(hours=2)
CHOICES: Final = (timedelta(minutes=15), USUAL, timedelta(hours=12), LONGEST)
"""The last one is "not by itself"."""
AFTER_CLOSING: Final = timedelta(hours=2)
ANSWERS_FOR: Final = timedelta(minutes=2)
"""So long after she hid everything, what could not be hidden is an answer. Later it would come unasked."""


def chosen(resident: Resident) -> timedelta:
    """What she chose; never longer than may be."""
    return min(timedelta(minutes=resident.clears_after), LONGEST)


def lasts(person: Person, purpose: str, *, stays: bool) -> timedelta | None:
    """How long after sending something to `person` may stand; None: it tells nothing."""
    if stays:
        return None
    if isinstance(person, Contact) or purpose in UNASKED:
        return LONGEST
    return chosen(person)


def hers_until(person: Person, written_at: datetime, now: datetime) -> datetime:
    """Until when something may stand that `person` wrote, and that came to us only now."""
    if isinstance(person, Contact):
        return written_at + LONGEST
    return min(now + chosen(person), written_at + LONGEST)


def can_change(sent_at: datetime | None, now: datetime) -> bool:
    """Whether other words may be put into a message sent at `sent_at`: only while it can be deleted afterwards."""
    return sent_at is None or now - sent_at < LONGEST


def nothing_said() -> Text:
    """What is left after hiding."""
    return (_("privacy", "OK."),)


def what_remains() -> Say:
    """What Telegram did not let us delete, and how she does it herself."""
    text = (
        _("privacy", "Some messages here are older than two days. Only you can remove them."),
        _(
            "privacy",
            "Open the menu ⋮ at the top of this chat, or hold the chat in your list. Choose “Clear history”, and tick "
            "that it is cleared for both. Do not block me: then I cannot write to you.",
        ),
    )
    gone = Button(_("privacy", "I have removed them"), "p:cleared")
    return Say(text, rows(gone, Button(_("privacy", "Show me where"), "p:where"), width=2))
