"""
Neutral lines: the only ones that anything which comes to a resident unasked may open with (R35, S4).

Whoever holds her phone may read the beginning of a message on its locked screen. So what it begins with is not left
to the room that has something to say: it is one of the lines below, each approved for that, in every language.
A new one is added here, on purpose, and `vidare doctor --outside` shows it. What it is about comes further down, past
what a lock screen shows, or after a tap.
"""

from datetime import UTC, datetime
from typing import Final

from dialogs.effects import Purpose, Say
from dialogs.text import Message, Text, _

SHOWN: Final = 120
"""Characters of a message that a locked screen is taken to show."""

BY_ITSELF: Final = (Purpose.ROUTINE, Purpose.CHECK_IN, Purpose.NOTE)
"""What comes without her having done anything just now; a letter of a talk is looked at by `dialogs/talk.py`."""


# --- check-ins ---


def how_is_today(name: str = "") -> Message:
    """The daily question."""
    if name:
        return _("check-in", "Hello {name}. How is today?", name=name)
    return _("check-in", "Hello. How is today?")


def one_tap() -> Message:
    """Its one reminder."""
    return _("check-in", "Hello again. One tap is enough, and it is fine to skip.")


def not_talked() -> Message:
    """Some days were not answered; long enough that nothing of what follows shows with it."""
    return _(
        "check-in",
        "Hello. We have not talked for a while, and that is all right. "
        "You can answer whenever you like, with one tap or with one word.",
    )


def quiet_time_over() -> Message:
    """A pause has ended."""
    return _("check-in", "Hello. The quiet time is over.")


def short_question() -> Message:
    """A question of ours is still open."""
    return _("risk", "Hello. There is still a short question here, whenever you have a moment.")


def not_heard_since() -> Message:
    """It was not answered; long enough that nothing of what follows shows with it."""
    return _(
        "risk",
        "Hello. I have not heard from you since, and that is all right. "
        "You can answer whenever you like, with one tap or with one word.",
    )


# --- what she wanted to hear of ---


def reminder(name: str = "") -> Message:
    """Something out of a guide."""
    if name:
        return _("errand", "Hello {name}. You wanted to be reminded of something today.", name=name)
    return _("errand", "Hello. You wanted to be reminded of something today.")


def to_remember(name: str = "") -> Message:
    """A day of the shared plan has come."""
    if name:
        return _("sip", "Hello {name}. There is something you wanted to remember.", name=name)
    return _("sip", "Hello. There is something you wanted to remember.")


def new_for_you(name: str = "") -> Message:
    """There is news of the shared plan."""
    if name:
        return _("sip", "Hello {name}. There is something new here, for when it suits you.", name=name)
    return _("sip", "Hello. There is something new here, for when it suits you.")


def may_like_to_know() -> Message:
    """Something happens near her."""
    return _("activity", "Hello. There is something you may like to know. Tap to see.")


def ready() -> Message:
    """What was missing when she joined is there."""
    return _("joining", "Hello. Everything is ready now.")


def to_look_at() -> Message:
    """Somebody was proposed to her."""
    return _("proposal", "Hello. There is something you can look at in your settings, when it suits you.")


def here_as_before() -> Message:
    """Her chat is hers again."""
    return _("freezing", "Hello. I am here for you as before. There is nothing you need to do.")


# --- people ---


def small_note() -> Message:
    """For anything else; long enough that nothing of what follows shows with it."""
    return _(
        "her call",
        "Hello. There is a small note for you below. Nothing has to be done at once; "
        "you can read it when it suits you, or just leave it.",
    )


def small_change() -> Message:
    """Somebody left; as long."""
    return _(
        "settings",
        "Hello. A small change, nothing you need to do right now. "
        "You can look at it in the settings when it suits you, or just leave it.",
    )


def is_here(name: str) -> Message:
    """Somebody writes with her now."""
    return _("talk", "Hello. {name} is here now.", name=name)


def has_gone(name: str) -> Message:
    """... and not any more."""
    return _("talk", "Hello. {name} has gone for now. What you write here goes to me again.", name=name)


def something_new() -> Message:
    """A letter waits for her."""
    return _("talk", "Hello. There is something new here, whenever you have a moment.")


def not_certain(who: str) -> Message:
    """Nobody knows whether her letter arrived."""
    return _(
        "talk", "It is not certain that your last message reached {who}. I do not send it twice.", who=who
    )


def not_reached(who: str) -> Message:
    """It did not."""
    return _("talk", "Your last message did not reach {who}. Please write it again in another way.", who=who)


def not_opened(who: str) -> Message:
    """It arrived, and nobody looked."""
    return _("talk", "Your message to {who} was not opened for two days. It is gone now.", who=who)


def cannot_write(who: str) -> Message:
    """Nor will another one."""
    return _("talk", "Your last message did not reach {who}: I cannot write there any more.", who=who)


def seen(name: str, at: datetime) -> Message:
    """A human has it."""
    return _("resident alert", "Seen, {time}. {name} will get in touch with you.", time=at, name=name)


def somebody_else(name: str, at: datetime) -> Message:
    """Another one has it."""
    return _("resident alert", "{name} will get in touch with you now, {time}.", name=name, time=at)


def tried(name: str, at: datetime) -> Message:
    """She was not reached."""
    return _("resident alert", "{name} tried to get in touch, {time}. I go on asking.", name=name, time=at)


def no_answer_yet(at: datetime) -> Message:
    """Nobody has it; long enough that nothing of what follows shows with it."""
    return _(
        "resident alert",
        "No answer yet, {time}. I keep trying and write again as soon as somebody has answered. "
        "You do not need to do anything for that.",
        time=at,
    )


def once_more() -> Message:
    """A message that may have arrived goes out again; its own first line follows."""
    return _("repeat", "↻ Once more, in case it did not arrive before.")


# --- the set ---


def lines(name: str, at: datetime) -> Text:
    """All of them, as they read with this name and this moment in them."""
    greetings = (how_is_today, reminder, to_remember, new_for_you)
    people = (is_here, has_gone, not_certain, not_reached, not_opened, cannot_write)
    told = (seen, somebody_else, tried)
    return (
        *(line(each) for line in greetings for each in ("", name)),
        *(line(name) for line in people),
        *(line(name, at) for line in told),
        no_answer_yet(at),
        *(line() for line in _ALONE),
    )


_ALONE: Final = (
    one_tap,
    not_talked,
    quiet_time_over,
    short_question,
    not_heard_since,
    may_like_to_know,
    ready,
    small_note,
    small_change,
    to_look_at,
    here_as_before,
    something_new,
    once_more,
)


_SOME_DAY: Final = datetime(2026, 1, 1, tzinfo=UTC)


def _key(message: Message) -> tuple[str, str]:
    return message.context, message.source


APPROVED: Final = frozenset(_key(line) for line in lines("…", _SOME_DAY))
"""By context and source, which is what a translation hangs on."""

LONG: Final = (not_talked(), not_heard_since(), small_note(), small_change(), no_answer_yet(_SOME_DAY))
"""What may follow these need not be neutral: in every language they fill what a lock screen shows."""


def opens(text: Text) -> bool:
    """Whether a text begins with a line of the set."""
    return bool(text) and _key(text[0]) in APPROVED


def is_unasked(say: Say) -> bool:
    """Whether it comes to its reader by itself, as far as its purpose tells."""
    return say.purpose in BY_ITSELF


def covered(text: Text) -> Text:
    """The same words below a line that a lock screen may show: a message is rather made longer than lost."""
    return (small_note(), *text)
