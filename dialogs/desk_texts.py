"""
What a coordinator hears in the chat about her desk: a link that works once, or whom to ask for the first one.
"""

from dialogs.text import Text, _, plain


def link(address: str) -> Text:
    """A link and nothing about what is behind it; without the code of her app it opens nothing."""
    return (
        _("desk link", "This link works once, within five minutes, on the computer where the desk runs:"),
        plain(address),
    )


def not_yet() -> Text:
    """The first link comes from the operator, in person."""
    return (
        _(
            "desk link",
            "You have not used the desk yet. Whoever looks after my computer makes the first link for you.",
        ),
    )
