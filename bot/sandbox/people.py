"""
People and their chats with the bot, as both sides see them, and the JSON Telegram describes them with.

Plain state: nothing here decides, waits or sends.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

Json = dict[str, Any]

TYPING_LASTS = timedelta(seconds=5)


@dataclass(slots=True, frozen=True)
class Button:
    """One button under a message; a press sends `data`, the others act on the phone."""

    text: str
    data: str | None = None
    url: str | None = None
    copy: str | None = None
    style: str | None = None


@dataclass(slots=True, frozen=True)
class Notification:
    """What the lock screen shows; `silent` takes the sound away, not the words."""

    message_id: int
    text: str
    date: datetime
    silent: bool


@dataclass(slots=True, frozen=True)
class Toast:
    """The bot's short answer to a press; an alert waits for an "OK"."""

    text: str
    alert: bool


@dataclass(slots=True)
class Message:
    """One message. `deleted`: gone for both sides; `hidden`: gone from the person's side only."""

    message_id: int
    from_bot: bool
    date: datetime
    text: str = ""  # the caption where there is a photo or a document
    entities: list[Json] = field(default_factory=list)
    kind: str = "text"
    content: Json = field(default_factory=dict)  # what Telegram puts beside the text, such as "photo"
    reply_markup: Json | None = None  # the inline keyboard
    photo: str | None = None  # file id
    document: str | None = None  # file id
    silent: bool = False
    protect_content: bool = False
    reply_to: int | None = None
    reactions: list[Json] = field(default_factory=list)
    edited_at: datetime | None = None
    deleted: bool = False
    hidden: bool = False

    @property
    def edited(self) -> bool:
        """Tell whether the text was ever changed."""
        return self.edited_at is not None

    @property
    def buttons(self) -> list[list[Button]]:
        """Return the inline keyboard, row by row."""
        if self.reply_markup is None:
            return []
        return [[_button(each) for each in row] for row in self.reply_markup["inline_keyboard"]]

    def has_button(self, data: str) -> bool:
        """Tell whether a press could send these data."""
        return any(button.data == data for row in self.buttons for button in row)


def _button(json: Json) -> Button:
    copy = json.get("copy_text")
    return Button(
        text=json["text"],
        data=json.get("callback_data"),
        url=json.get("url"),
        copy=copy["text"] if copy else None,
        style=json.get("style"),
    )


@dataclass(slots=True)
class Person:
    """Somebody with a phone; the id is the id of the private chat as well."""

    id: int
    name: str
    language_code: str | None = None
    username: str | None = None
    start_payload: str | None = None  # what the link carries that led here
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def user_json(self) -> Json:
        """Return Telegram's User."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.name}
        if self.username is not None:
            user["username"] = self.username
        if self.language_code is not None:
            user["language_code"] = self.language_code
        return user

    def chat_json(self) -> Json:
        """Return Telegram's Chat."""
        chat: Json = {"id": self.id, "first_name": self.name, "type": "private"}
        if self.username is not None:
            chat["username"] = self.username
        return chat


class Chat:
    """Everything that happened between one person and the bot."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.by_id: dict[int, Message] = {}
        self.reply_markup: Json | None = None  # the reply keyboard as it was sent
        self.notifications: list[Notification] = []
        self.toast: Toast | None = None
        self.typing_until = datetime.min.replace(tzinfo=UTC)
        self.seen_up_to = 0  # the last message the person can have read
        self.menu_button: Json | None = None

    @property
    def messages(self) -> list[Message]:
        """Return all messages, deleted ones too, oldest first."""
        return list(self.by_id.values())

    @property
    def reply_keyboard(self) -> list[list[str]] | None:
        """Return the texts of the keyboard the bot put in place of the phone's, if any."""
        if self.reply_markup is None:
            return None
        rows = self.reply_markup["keyboard"]
        return [[each if isinstance(each, str) else each["text"] for each in row] for row in rows]

    @property
    def notification(self) -> Notification | None:
        """Return what is on the lock screen now: the last unread message that was not taken back."""
        for notification in reversed(self.notifications):
            if notification.message_id <= self.seen_up_to:
                return None
            if not self.by_id[notification.message_id].deleted:
                return notification
        return None

    def find(self, message_id: int) -> Message | None:
        """Return a message that is still there for the bot."""
        message = self.by_id.get(message_id)
        return None if message is None or message.deleted else message

    def look(self) -> None:
        """The person takes the phone: nothing is new any more."""
        self.toast = None
        if self.by_id:
            self.seen_up_to = next(reversed(self.by_id))


def message_json(chat: Json, sender: Json, message: Message) -> Json:
    """Return Telegram's Message, with what it was a reply to left out."""
    json: Json = {
        "message_id": message.message_id,
        "from": sender,
        "chat": chat,
        "date": int(message.date.timestamp()),
    }
    if message.kind == "text":
        json["text"] = message.text
        if message.entities:
            json["entities"] = message.entities
    else:
        json.update(message.content)
        if message.text:
            json["caption"] = message.text
        if message.entities:
            json["caption_entities"] = message.entities
    if message.edited_at is not None:
        json["edit_date"] = int(message.edited_at.timestamp())
    if message.reply_markup is not None:
        json["reply_markup"] = message.reply_markup
    if message.protect_content:
        json["has_protected_content"] = True
    return json
