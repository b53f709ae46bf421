"""
What we send, as it waits in the outbox: plain data that knows nothing of Telegram's library.

Texts are always plain, never HTML or Markdown: what a person typed can then not break a message. Failures of
sending have their names here as well, so that whoever decides about repeating needs no Telegram either.
"""

import re
import unicodedata
from datetime import date, datetime
from enum import StrEnum
from typing import Final, TypeAlias

import msgspec

TEXT_LIMIT: Final = 4096  # counted in UTF-16 units here, which is never too generous


class Out(msgspec.Struct, frozen=True):
    """A button. `data` comes back when it is pressed; `copy` goes to the clipboard instead."""

    text: str
    data: str | None = None
    copy: str | None = None


Buttons: TypeAlias = tuple[tuple[Out, ...], ...]
"""Rows, the first on top."""


class Send(msgspec.Struct, frozen=True, tag="send"):
    """
    A new message. `reply_keyboard`: None leaves it as it is, no rows take it away.

    Telegram takes one of the two keyboards; where both are given, `buttons` win, because the reply keyboard of an
    earlier message stays.
    """

    chat_id: int
    text: str
    buttons: Buttons = ()
    reply_keyboard: tuple[tuple[str, ...], ...] | None = None
    silent: bool = False
    protect: bool = False
    if_repeated: str = ""  # opens the message when it may have arrived before
    until: datetime | None = None  # not sent later than this


class Edit(msgspec.Struct, frozen=True, tag="edit"):
    """Other words, and these buttons only, in a message sent before."""

    chat_id: int
    message_id: int
    text: str
    buttons: Buttons = ()


class Unbutton(msgspec.Struct, frozen=True, tag="unbutton"):
    """Take the buttons off a message."""

    chat_id: int
    message_id: int


class Delete(msgspec.Struct, frozen=True, tag="delete"):
    """Delete messages, ours and theirs; what is gone or older than 48 hours is passed over."""

    chat_id: int
    message_ids: tuple[int, ...]


class AnswerPress(msgspec.Struct, frozen=True, tag="answer-press"):
    """End the waiting circle on a pressed button; `alert` shows the text until it is tapped away."""

    press_id: str
    text: str | None = None
    alert: bool = False


class SetCommands(msgspec.Struct, frozen=True, tag="set-commands"):
    """The command menu of one chat, as (name, description); none brings back the common one."""

    chat_id: int
    commands: tuple[tuple[str, str], ...] = ()


class Photo(msgspec.Struct, frozen=True, tag="photo"):
    """A PNG picture with a caption of at most 1024 characters."""

    chat_id: int
    png: bytes
    caption: str = ""
    buttons: Buttons = ()
    silent: bool = False
    protect: bool = False


class Picture(msgspec.Struct, frozen=True, tag="picture"):
    """A picture of `dialogs.pictures`, drawn when it leaves: the outbox holds its name and not its points."""

    chat_id: int
    name: str
    locale: str
    caption: str = ""
    silent: bool = False
    protect: bool = False


class Forwarded(msgspec.Struct, frozen=True, tag="forwarded"):
    """
    A file that somebody sent us, for somebody else: fetched when it leaves, cleaned, and uploaded anew.

    `kind` is photo, voice or document. Telegram's own forwarding would name the sender; a file id would keep its name.
    """

    chat_id: int
    kind: str
    file_id: str
    ending: str = ""
    caption: str = ""
    silent: bool = False
    protect: bool = False


class Trend(msgspec.Struct, frozen=True, tag="trend"):
    """A resident's two weeks that end with `last`, drawn when it leaves; it is about one person, so it is not kept."""

    chat_id: int
    faces: tuple[tuple[date, int], ...]
    last: date
    locale: str
    caption: str = ""
    silent: bool = False
    protect: bool = True


class MyFile(msgspec.Struct, frozen=True, tag="my-file"):
    """All that is kept about a person, for herself: read when it leaves, so that the outbox holds no second copy."""

    chat_id: int
    person_id: int
    caption: str = ""
    silent: bool = False
    protect: bool = True


Outgoing: TypeAlias = (
    Send | Edit | Unbutton | Delete | AnswerPress | SetCommands | Photo | Picture | Trend | Forwarded | MyFile
)


class ProfileKind(StrEnum):
    """What a profile is made of."""

    NAME = "name"
    DESCRIPTION = "description"
    SHORT_DESCRIPTION = "short-description"
    COMMANDS = "commands"
    PICTURE = "picture"


class ProfilePart(msgspec.Struct, frozen=True):
    """
    A part of the bot's own profile, for people whose app speaks `language`; the empty one is everybody else's.

    An empty part takes back what was shown. It waits in no outbox: who shows it tries again.
    """

    kind: ProfileKind
    language: str = ""
    text: str = ""
    commands: tuple[tuple[str, str], ...] = ()
    jpeg: bytes = b""

    @property
    def key(self) -> str:
        """What tells it apart from every other part."""
        return f"{self.kind.value}:{self.language}"


_encoder = msgspec.msgpack.Encoder()
_decoder: msgspec.msgpack.Decoder[Outgoing] = msgspec.msgpack.Decoder(Outgoing)


def encode(outgoing: Outgoing) -> bytes:
    """Return the bytes that the outbox seals."""
    return _encoder.encode(outgoing)


def decode(data: bytes) -> Outgoing:
    """Return what `encode` was given."""
    return _decoder.decode(data)


class Failure(StrEnum):
    """Why something was not delivered, as far as it matters for what to do next."""

    NOT_SENT = "not-sent"  # it never left: safe to repeat
    LIMITED = "limited"  # too fast: repeat after `retry_after`
    REMAINS = "remains"  # messages that only the person can delete
    BLOCKED = "blocked"  # she blocked the bot, deleted her account, or never wrote to us
    INVALID = "invalid"  # Telegram will never take this message
    UNAUTHORISED = "unauthorised"  # the token is wrong: nothing will be delivered until it is put right
    CONFLICT = "conflict"  # another program uses the same token
    UNCLEAR = "unclear"  # it may have arrived


class DeliveryFailed(Exception):
    """Something was not delivered, or nobody knows. `permanent`: repeating it cannot help."""

    def __init__(self, kind: Failure, retry_after: float | None = None, detail: str = "") -> None:
        super().__init__(f"delivery failed: {kind}" + (f" ({detail})" if detail else ""))
        self.kind, self.retry_after = kind, retry_after
        self.permanent = kind in (Failure.BLOCKED, Failure.INVALID)


_CUTS = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"[.!?؟۔።…][\"'”»)\]\u2069]*\s"),
    re.compile(r"\s"),
)


def split(text: str) -> list[str]:
    """Cut `text` into messages Telegram takes: between paragraphs, lines, sentences, words, in this order."""
    pieces = []
    rest = text.strip()
    while _units(rest) > TEXT_LIMIT:
        at = _cut(rest)
        pieces.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*pieces, rest] if rest else pieces


def _cut(text: str) -> int:
    """Return where the first piece ends; a cut in the first half would leave crumbs and is not taken."""
    end = _prefix(text)
    for pattern in _CUTS:
        ends = [match.end() for match in pattern.finditer(text, end // 2, end)]
        if ends:
            return ends[-1]
    return next((at for at in range(end, end // 2, -1) if not _joined(text, at)), end)


def _prefix(text: str) -> int:
    """Return how many characters of `text` fill a message."""
    end, units = 0, 0
    for character in text:
        units += 1 + (character > "\uffff")
        if units > TEXT_LIMIT:
            break
        end += 1
    return end


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _joined(text: str, at: int) -> bool:
    """Tell whether the characters on both sides of `at` are seen as one."""
    before, after = text[at - 1], text[at]
    if after in "\u200c\u200d" or before == "\u200d" or unicodedata.category(after) in ("Mn", "Me", "Mc"):
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True
    return _flag(after) and _flags_before(text, at) % 2 == 1


def _flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"  # two of them make a flag


def _flags_before(text: str, at: int) -> int:
    start = at
    while start > 0 and _flag(text[start - 1]):
        start -= 1
    return at - start
