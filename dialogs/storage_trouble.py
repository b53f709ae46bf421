"""
What is said while the disk takes nothing, and once it does again. The first line may be read by anybody.

What was written is not lost: Telegram keeps a message for a day, and gives it to us again. A press it keeps for
two and a half minutes only, so whoever pressed is asked to do so again.
"""

from dialogs.text import Message, Text, _


def _not_as_usual() -> Message:
    return _("storage", "I cannot work as usual right now.")


def _later(*, pressed: bool) -> Message:
    if pressed:
        return _("storage", "What you pressed was not taken in. Please press or write again later.")
    return _(
        "storage",
        "I have not kept what you wrote. I read it when I work again; "
        "if you hear nothing within a day, please write again.",
    )


def to_resident(*, pressed: bool) -> Text:
    """At most once an hour."""
    return (
        _not_as_usual(),
        _later(pressed=pressed),
        _(
            "storage",
            "If you are in danger, call {emergency}. To talk to somebody at any hour: {violence_line}.",
        ),
    )


def to_helper(*, pressed: bool) -> Text:
    """A contact person who answers a case must not wait for a machine."""
    return (
        _not_as_usual(),
        _later(pressed=pressed),
        _(
            "storage",
            "If I asked you about somebody, please get in touch with them now. "
            "If somebody’s life is in danger, call {emergency}.",
        ),
    )


def began() -> Text:
    """To the coordinators, once."""
    return (
        _("storage", "🔧 I cannot work as usual right now: something is wrong with the disk."),
        _(
            "storage",
            "Until that is put right I ask nobody and pass nothing on, also when somebody asks for a person. "
            "What is written to me waits at Telegram for a day. Please tell whoever runs me.",
        ),
    )


def over() -> Text:
    """To the coordinators, once."""
    return (
        _("storage", "🔧 I work as usual again."),
        _("storage", "What waited at Telegram I take in now."),
    )
