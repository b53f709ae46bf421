"""
How the bot presents itself to everybody: neutral, and not false (platform.md 1.10, S17).

Whoever sees the list of chats, an empty chat or a shared link reads these. They say what is to be found here and that
it works by invitation; they do not say for whom, and they pretend nothing: Telegram forbids a false function.
"""

from typing import Final

from dialogs.text import Message, _
from dialogs.words import Word

COMMANDS: Final[tuple[tuple[Word, Message], ...]] = (
    (Word.START, _("command", "Begin")),
    (Word.LANGUAGE, _("command", "Language")),
    (Word.PRIVACY, _("command", "Privacy")),
    (Word.HELP, _("command", "Help")),
)
"""For whoever has no menu of their own yet, so for every stranger too: few, and the same that any bot has."""


def description() -> Message:
    """Shown where the chat is still empty; at most 512 characters."""
    return _(
        "profile",
        "Guides to everyday things in Sweden, reminders, and people to write with. "
        "This chat works by invitation. Answers come from a program, and from people where it says so.",
    )


def short_description() -> Message:
    """Shown on the profile page, and sent along when somebody shares the bot; at most 120 characters."""
    return _("profile", "Guides, reminders, and people to write with. By invitation.")
