"""
Words to helpers, and about them, that no event of theirs led to: outages, who cannot be reached, which case is meant.
"""

from datetime import datetime

from dialogs import neutral
from dialogs.alert import (
    Acknowledged,
    Alert,
    AlertEvent,
    AlertState,
    ContactAnswer,
    Declined,
    Mistaken,
    NotReached,
    Reached,
    ReachedNeedsMore,
    ReachedSafe,
    TakenOver,
)
from dialogs.alert_texts import data
from dialogs.screen import Button
from dialogs.text import Text, _


def contact_left(name: str) -> Text:
    """What a resident hears when one of her contact persons is gone; neutral on a lock screen (R35)."""
    return (
        neutral.small_change(),
        _("settings", "{name} is no longer one of your contact persons.", name=name),
    )


def was_down(since: datetime, until: datetime) -> Text:
    """After an outage, once: what was missed is nobody's silence."""
    return (
        _("contact", "🔧 I was not working from {since} to {until}.", since=since, until=until),
        _(
            "contact",
            "In that time I asked nobody anything and told nobody anything. What was written to me I answer now.",
        ),
    )


def cannot_be_reached(name: str) -> Text:
    """To the coordinators, at once; the name stands below the line that may show on a lock screen."""
    return (
        _("contact", "🔧 A technical note. Today is soon enough."),
        _(
            "contact",
            "{name} cannot be reached in Telegram any more. Whoever would be asked next is asked instead. "
            "Please talk to {name} another way.",
            name=name,
        ),
    )


def no_case() -> Text:
    """A typed "I have it", and nothing is open that she was asked about."""
    return (_("alert", "No open case is waiting for that from you. Nothing was changed."),)


def which_case() -> Text:
    """Typed words fit more than one case; a guess could end the wrong one."""
    return (_("alert", "Several cases are open. Which one do you mean?"),)


def fits(alert: Alert, event: AlertEvent) -> bool:
    """Whether typed words can be about this open case, for a contact person who was told about it."""
    match event:
        case Acknowledged():
            return alert.state is not AlertState.ACKNOWLEDGED
        case TakenOver(by):
            return alert.holder != by
        case Declined(by):
            return alert.holder in (None, by)
        case Reached(by) | ReachedSafe(by) | ReachedNeedsMore(by) | NotReached(by) | Mistaken(by):
            return alert.holder == by
        case _:
            return False


def case_button(alert: Alert, answer: ContactAnswer) -> Button:
    """One of those cases."""
    return Button(_("alert", "Case {case}", case=alert.id), data(alert.id, alert.current_step, type(answer)))


def case_gone() -> Text:
    """The alert is no longer stored: closed long ago, or its resident has left."""
    return (_("alert", "That case no longer exists. Nothing was changed."),)
