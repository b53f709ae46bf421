"""
Languages as she meets them: which to write in, which to show below, and what is still a draft.

Texts that somebody's safety hangs on are known by their context. Two named people read them in each language before it
counts as reviewed (R12), and until then the operator's language stands below them.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from dialogs.text import Message, _

SAFETY: Final = frozenset(
    {
        "alert",
        "alert button",
        "alert reason",
        "consent",
        "guide phone-safety",
        "guide protected-data",
        "line",
        "privacy",
        "resident alert",
        "risk",
        "risk answer",
        "risk question",
        "someone",
        "who reads",
    }
)
"""Contexts: danger, alerts, consent, what is kept and who can read it, and whom to call."""

FOR_HELPERS: Final = frozenset(
    {
        "absence",
        "alert",
        "alert button",
        "announcing",
        "contact",
        "damage",
        "day",
        "debrief",
        "desk",
        "desk link",
        "hand-over",
        "internal note",
        "introduction",
        "notice",
        "practice",
        "ring",
        "risk category",
        "week",
    }
)
"""Contexts that no resident meets; a kind of a language, such as easy Swedish, may leave them to that language."""


def is_for_safety(message: Message) -> bool:
    """Whether somebody's safety hangs on the text, or on one within it."""
    return any(each.context in SAFETY for each in parts(message))


def parts(message: Message) -> Iterator[Message]:
    """The text itself and all texts among its values."""
    yield message
    for _name, value in message.values:
        values = value if isinstance(value, Sequence) and not isinstance(value, str) else (value,)
        for each in values:
            if isinstance(each, Message):
                yield from parts(each)


def name_of_this() -> Message:
    """What a language calls itself, in itself; every translator puts her own there."""
    return _("language", "English")


def not_in_yours() -> Message:
    """Said where a text has no translation that was made from it as it is now."""
    return _("language", "Part of this is not in your language yet.")
