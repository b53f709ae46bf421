"""
How a letter looks on the other phone, and what is said around a talk.

To the resident nothing of a letter shows before she taps, unless she is writing at that moment (R35). To the contact
person each letter names the alias and the case it belongs to, so that two talks are never taken for one.
"""

from datetime import datetime

from dialogs import neutral
from dialogs.effects import Effect, Purpose, Say, SendFile
from dialogs.letters import Letter
from dialogs.screen import Keyboard
from dialogs.text import Message, _, plain, stacked


def letter(
    what: Letter, relay: int, keyboard: Keyboard = (), *, case: int | None = None, quietly: bool = False
) -> list[Effect]:
    """What the reader gets: the words in one message, then the file."""
    head = _head(what, case)
    effects: list[Effect] = []
    if what.words or not what.file:
        words = Say(
            (stacked(head, plain(what.words)),),
            () if what.file else keyboard,
            purpose=Purpose.RELAY,
            relay=None if what.file else relay,
            quietly=quietly,
        )
        effects.append(words)
    if what.file:
        effects.append(SendFile(what.kind, what.file, what.ending, head, relay, quietly))
    return effects


def _head(what: Letter, case: int | None) -> Message:
    who = _who(what.who, what.at, case)
    if what.edited:
        return _("talk", "{who} · ✏️ changed. It now says:", who=who)
    if what.forwarded:
        return _("talk", "{who} · passed on from elsewhere:", who=who)
    return who


def _who(who: str, at: datetime, case: int | None) -> Message:
    if case is None:
        return _("talk", "💬 {who}, {time}", who=who, time=at)
    return _("talk", "💬 {who}, case {case}, {time}", who=who, case=case, time=at)


def too_large() -> Message:
    """For both sides."""
    return _("talk", "That file is too large to be passed on. The most is 10 MB.")


def cannot_pass() -> Message:
    """A place, a card of the address book, a sticker, a video."""
    return _("talk", "I cannot pass that on. Words, pictures, voice messages and files are possible.")


def lost(who: str, how: str) -> Message:
    """To the writer, on either side: what became of the letter, as far as anybody knows."""
    match how:
        case "unclear":
            return neutral.not_certain(who)
        case "unopened":
            return neutral.not_opened(who)
        case "blocked":
            return neutral.cannot_write(who)
        case _:
            return neutral.not_reached(who)


def document_may_tell() -> Message:
    """Once for each file: what is inside it is not looked at."""
    return _("talk", "Passed on, without the name of the file. What is inside it may still say who wrote it.")
