"""
What somebody hears whom we do not know: one neutral sentence that says nothing, not even what this is for.

Whoever holds a code that was used or has expired once had an invitation, and is told so kindly.
"""

from dialogs.text import Message, _


def hello() -> Message:
    """The same words for everybody and everything they write."""
    return _("stranger", "Hello. This chat works by invitation.")


def used() -> Message:
    """One link, one person (R37)."""
    return _("stranger", "This link has been used already. Please ask for a new one where you got it.")


def unusable() -> Message:
    """The page it leads to is damaged; whoever runs the bot is told."""
    return _("stranger", "This link does not work. Please ask for a new one where you got it.")


def expired() -> Message:
    """After 24 hours."""
    return _("stranger", "This link is too old. Please ask for a new one where you got it.")
