"""
What comes in from Telegram: one raw update becomes one Incoming, in words of ours.

Reads only the fields we need, with msgspec: python-telegram-bot would build the whole message, at many times the cost,
and refuses updates whose fields it does not know to be missing. What a person is called is not read at all. Which word
a text is, or who wrote it, is decided later. Errors never quote the update.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Final, TypeAlias

import msgspec

from dialogs.events import Kind


@dataclass(frozen=True, slots=True)
class Text:
    """Words, as typed; `edited` also where the caption of a picture was changed."""

    text: str
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Press:
    """A button below a message."""

    data: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file at Telegram: `id` fetches it, `size` is in bytes where Telegram knows it, `ending` has no dot."""

    id: str
    size: int = 0
    ending: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """Something that is not text, with its caption; of something forwarded, its words."""

    kind: Kind
    caption: str = ""
    file: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """She blocked the bot, or let it back."""

    blocked: bool


@dataclass(frozen=True, slots=True)
class Start:
    """`/start`, with what her link carried, as anybody may have typed it."""

    payload: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing for us: groups, channels, service messages, kinds we did not ask for."""


Body: TypeAlias = Text | Press | Other | Block | Start | Ignored


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update. A press that is ignored still has its `press_id`, so that its waiting circle can be ended."""

    update_id: int
    chat_id: int | None
    body: Body
    private: bool = False
    message_id: int | None = None
    message_of_button: int | None = None
    button_sent_at: datetime | None = None  # when the message with the button was sent
    press_id: str | None = None
    language_code: str | None = None
    date: datetime | None = None  # when it was written, by Telegram's clock; a press has none
    reply_to: int | None = None  # the message of this chat that it answers


class UpdateUnreadable(Exception):
    """An update is not shaped as Telegram says; `update_id` is None where even that cannot be read."""

    def __init__(self, update_id: int | None) -> None:
        super().__init__(f"update {'without an id' if update_id is None else update_id} cannot be read")
        self.update_id = update_id


ABSENT: Final = msgspec.Raw()  # empty, hence false
LARGEST: Final = 2**63 - 1
Number: TypeAlias = Annotated[int, msgspec.Meta(ge=-LARGEST, le=LARGEST)]
"""What a table can hold; Telegram's own numbers stay far below."""


class _Chat(msgspec.Struct):
    id: Number
    type: str = ""


class _User(msgspec.Struct):
    id: int
    language_code: str | None = None


class _File(msgspec.Struct):
    """A photo's size, a voice message, a document: what they have in common. A file's name is not kept."""

    file_id: str
    file_size: int = 0
    file_name: str = ""


class _Answered(msgspec.Struct):
    message_id: Number


class _Message(msgspec.Struct):
    """Of the content only its presence counts; Raw leaves it unread."""

    message_id: Number
    date: int
    chat: _Chat
    sender: _User | None = msgspec.field(default=None, name="from")
    edit_date: int | None = None
    text: str | None = None
    caption: str | None = None
    reply_to_message: _Answered | None = None
    forward_origin: msgspec.Raw = ABSENT
    photo: msgspec.Raw = ABSENT
    voice: msgspec.Raw = ABSENT
    sticker: msgspec.Raw = ABSENT
    venue: msgspec.Raw = ABSENT
    location: msgspec.Raw = ABSENT
    contact: msgspec.Raw = ABSENT
    document: msgspec.Raw = ABSENT
    message_auto_delete_timer_changed: msgspec.Raw = ABSENT
    pinned_message: msgspec.Raw = ABSENT
    chat_background_set: msgspec.Raw = ABSENT
    write_access_allowed: msgspec.Raw = ABSENT
    new_chat_title: msgspec.Raw = ABSENT
    new_chat_photo: msgspec.Raw = ABSENT
    delete_chat_photo: msgspec.Raw = ABSENT


class _Pressed(msgspec.Struct):
    """The message may be too old to be shown: then only its id and chat are there, and its date is 0."""

    message_id: Number
    chat: _Chat
    date: int | None = None


class _Query(msgspec.Struct):
    id: str
    sender: _User = msgspec.field(name="from")
    message: _Pressed | None = None
    data: str | None = None


class _Member(msgspec.Struct):
    status: str


class _MemberChange(msgspec.Struct):
    chat: _Chat
    date: int
    sender: _User = msgspec.field(name="from")
    new_chat_member: _Member


class _Update(msgspec.Struct):
    update_id: Number
    message: _Message | None = None
    edited_message: _Message | None = None
    callback_query: _Query | None = None
    my_chat_member: _MemberChange | None = None


_updates = msgspec.json.Decoder(_Update)
_photos = msgspec.json.Decoder(list[_File])
_files = msgspec.json.Decoder(_File)
_ENDING = re.compile(r"[a-z0-9]{1,8}")
_CARRIED = re.compile(r"[!-~]{1,64}")
_NO_NUMBER_OF_OURS = re.compile(r"[0-9]{16}")
_START = re.compile(r"/start(?:@\w+)?(?:\s+([A-Za-z0-9_-]{1,64}))?\s*", re.IGNORECASE)
_KINDS = (
    ("photo", Kind.PHOTO),
    ("voice", Kind.VOICE),
    ("sticker", Kind.STICKER),
    ("venue", Kind.LOCATION),
    ("location", Kind.LOCATION),
    ("contact", Kind.CONTACT),
    ("document", Kind.DOCUMENT),
)
_SERVICE = (
    "message_auto_delete_timer_changed",
    "pinned_message",
    "chat_background_set",
    "write_access_allowed",
    "new_chat_title",
    "new_chat_photo",
    "delete_chat_photo",
)
_UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError, OverflowError, OSError)
"""Broken JSON, broken text, too deeply nested, a date beyond the calendar."""


def read_update(raw: bytes | msgspec.Raw) -> Incoming:
    """Return what one update says; raises UpdateUnreadable, and nothing else."""
    try:
        return _incoming(_decode(raw))
    except _UNREADABLE:
        pass
    raise UpdateUnreadable(update_id_of(raw))  # outside `except`: the decoder's sentence may quote the update


class _Numbered(msgspec.Struct):
    """Nothing but the id; the rest is passed over unread."""

    update_id: Number


_numbered = msgspec.json.Decoder(_Numbered)


def update_id_of(raw: bytes | msgspec.Raw) -> int | None:
    """Return the id of an update that may be malformed in any other way."""
    try:
        return _numbered.decode(raw).update_id
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        pass  # the slow way reads what only the rest of it keeps from being read
    try:
        found = mended(raw).get("update_id")
    except _UNREADABLE:
        return None
    return found if type(found) is int and abs(found) <= LARGEST else None


def mended(raw: bytes | msgspec.Raw) -> dict[str, Any]:
    """Read JSON with broken text in it: half characters, which msgspec refuses, become U+FFFD."""
    value = _whole(json.loads(bytes(raw).decode("utf-8", "replace")))
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004 - to the caller it is one more unreadable update
    return value


def _whole(value: Any) -> Any:
    match value:
        case str():
            return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case list():
            return [_whole(item) for item in value]
        case dict():
            return {_whole(key): _whole(item) for key, item in value.items()}
        case _:
            return value


def _decode(raw: bytes | msgspec.Raw) -> _Update:
    try:
        return _updates.decode(raw)
    except msgspec.ValidationError:
        raise
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _updates.decode(json.dumps(mended(raw)))


def _incoming(update: _Update) -> Incoming:
    if update.message is not None:
        return _from_message(update.update_id, update.message, _body)
    if update.edited_message is not None:
        return _from_message(update.update_id, update.edited_message, _edited_body)
    if update.callback_query is not None:
        return _from_press(update.update_id, update.callback_query)
    if update.my_chat_member is not None:
        return _from_member_change(update.update_id, update.my_chat_member)
    return Incoming(update.update_id, None, Ignored())


def _from_message(update_id: int, message: _Message, body_of: Callable[[_Message], Body]) -> Incoming:
    private = message.chat.type == "private"
    return Incoming(
        update_id,
        message.chat.id,
        body_of(message) if private else Ignored(),
        private=private,
        message_id=message.message_id,
        language_code=message.sender.language_code if message.sender else None,
        date=_moment(message.edit_date or message.date),
        reply_to=message.reply_to_message.message_id if message.reply_to_message else None,
    )


def _body(message: _Message) -> Body:
    if message.forward_origin:
        return Other(Kind.FORWARD, message.text or message.caption or "")
    if message.text is not None:
        return _text(message.text)
    if any(getattr(message, name) for name in _SERVICE):
        return Ignored()
    kind = next((kind for name, kind in _KINDS if getattr(message, name)), Kind.OTHER)
    return Other(kind, message.caption or "", _attachment(kind, message))


def _attachment(kind: Kind, message: _Message) -> Attachment | None:
    """The file of what can be passed on. A file Telegram describes in a way we do not know is none."""
    try:
        match kind:
            case Kind.PHOTO:
                return _file(max(_photos.decode(message.photo), key=lambda each: each.file_size))
            case Kind.VOICE:
                return _file(_files.decode(message.voice))
            case Kind.DOCUMENT:
                return _file(_files.decode(message.document))
            case _:
                return None
    except (msgspec.MsgspecError, ValueError):
        return None


def _file(file: _File) -> Attachment:
    """Only the ending of a name is kept: a name may name somebody."""
    ending = file.file_name.rpartition(".")[2].lower() if "." in file.file_name else ""
    return Attachment(file.file_id, file.file_size, ending if _ENDING.fullmatch(ending) else "")


def _text(text: str) -> Body:
    """`/start` with anything a link cannot carry is words: "/start I am in danger" must be read."""
    start = _START.fullmatch(text)
    return Text(text) if start is None else Start(start[1] or "")


def _edited_body(message: _Message) -> Body:
    """Changed words are read anew; a live location, which is edited every few seconds, is not news."""
    words = message.text if message.text is not None else message.caption
    return Ignored() if words is None else Text(words, edited=True)


def _carried(data: str) -> str:
    """
    Return what a button of ours can carry; anything else is nothing, which no topic answers to.

    A client may send whatever data it likes. Digits of other scripts are numbers to Python, and a number that is too
    long for a table would end the handling of a press that is only made up.
    """
    ours = _CARRIED.fullmatch(data) is not None and _NO_NUMBER_OF_OURS.search(data) is None
    return data if ours else ""


def _from_press(update_id: int, query: _Query) -> Incoming:
    message = query.message
    private = message is not None and message.chat.type == "private"
    return Incoming(
        update_id,
        message.chat.id if message else None,
        Press(_carried(query.data)) if private and query.data is not None else Ignored(),
        private=private,
        message_of_button=message.message_id if message else None,
        button_sent_at=_moment(message.date) if message and message.date is not None else None,
        press_id=query.id,
        language_code=query.sender.language_code,
    )


def _from_member_change(update_id: int, change: _MemberChange) -> Incoming:
    private = change.chat.type == "private"
    blocked = {"kicked": True, "member": False}.get(change.new_chat_member.status)
    return Incoming(
        update_id,
        change.chat.id,
        Block(blocked) if private and blocked is not None else Ignored(),
        private=private,
        language_code=change.sender.language_code,
        date=_moment(change.date),
    )


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
