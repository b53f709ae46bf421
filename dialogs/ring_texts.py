"""
What a second channel may carry: these sentences, a case number, and nothing else (R29).

They are read on lock screens, by mail servers and by whoever runs an SMS gateway. So they say neither who nor
what nor how urgent, and not even the organisation's name; what it is about stands in the app, after a tap.
"""

from typing import Final

from dialogs.text import Message, _

TITLE: Final = "Vidare"


def case(alert: int, again: bool) -> Message:
    """To a contact person. `again`: she may have read the same before."""
    if again:
        return _("ring", "Case {case} again: please open the app.", case=alert)
    return _("ring", "Case {case}: please open the app.", case=alert)


def technical() -> Message:
    """To a coordinator: something is wrong with the bot itself."""
    return _("ring", "Vidare needs a technical look. Run: vidare doctor")


def trial() -> Message:
    """To whoever shall know that this channel reaches her."""
    return _("ring", "This is a test. Nobody needs help.")
