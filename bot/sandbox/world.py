"""
The world around the bot: people with phones, their chats, what they do, and the updates that follow.

No network and no waiting in here. Time is the movable clock's. What the bot does to this world is in methods.py.
"""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock
from bot.sandbox.files import Files, small_png
from bot.sandbox.limits import Limits, RateLimiter
from bot.sandbox.people import Chat, Json, Message, Person, message_json
from bot.sandbox.updates import UpdateQueue

QUERY_LIVES = timedelta(seconds=150)
_COMMAND = re.compile(r"/[a-zA-Z0-9_]{1,32}(?=\s|$)")


@dataclass(slots=True)
class CallbackQuery:
    """One press of a button, until the bot answers it or it grows too old."""

    id: str
    chat_id: int
    pressed_at: datetime
    answer: Json | None = None


@dataclass(slots=True)
class Profile:
    """How the bot presents itself, by language; the empty language is everybody else's."""

    names: dict[str, str]
    descriptions: dict[str, str]
    short_descriptions: dict[str, str]
    commands: dict[tuple[str, str], list[Json]]  # by scope and language
    menu_button: Json
    photo: bytes | None = None


class World:
    """People, chats and the bot between them. Acts of a person return the id of the update they cause."""

    def __init__(self, token: str, clock: Clock, limits: Limits | None = None) -> None:
        self.token, self.clock = token, clock
        self.bot_id = int(token.partition(":")[0])
        self.bot_json: Json = {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": "Sandbox",
            "username": "sandbox_bot",
        }
        self.profile = Profile({}, {}, {}, {}, {"type": "commands"})
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, CallbackQuery] = {}
        self.files = Files()
        self.queue = UpdateQueue(clock.now)
        self.limiter = RateLimiter(limits)
        self._listeners: list[Callable[[Json], None]] = []
        self._last_message_id = secrets.randbelow(5_000)

    # What tests and the page look at

    def chat(self, person_id: int) -> Chat:
        """Return the chat of this person, whether it was started or not."""
        return self.chats[person_id]

    def unconfirmed(self) -> int:
        """Return how many updates the bot has not confirmed yet."""
        return len(self.queue.waiting())

    def on_change(self, callback: Callable[[Json], None]) -> Callable[[], None]:
        """Call back after each visible change; the function returned ends that."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def changed(self, person_id: int) -> None:
        """Tell everybody who listens that this person's phone looks different now."""
        self._tell({"type": "person", "person_id": person_id})

    def _tell(self, change: Json) -> None:
        for callback in tuple(self._listeners):
            callback(change)

    # People come and go

    def add_person(
        self,
        name: str,
        language_code: str | None = None,
        start_payload: str | None = None,
        username: str | None = None,
    ) -> Person:
        """Let somebody find the bot; nothing is sent before they press Start."""
        person_id = 700_000_000 + secrets.randbelow(7_000_000_000)
        person = Person(person_id, name, language_code, username, start_payload)
        self.people[person.id] = person
        self.chats[person.id] = Chat(person)
        self.changed(person.id)
        return person

    def start_bot(self, person_id: int, payload: str | None = None) -> int:
        """Press Start, with the payload of the link; somebody who blocked the bot unblocks it with that."""
        person = self.people[person_id]
        if person.blocked:
            self.block(person_id, False)
        payload = person.start_payload if payload is None else payload
        return self.say(person_id, f"/start {payload}" if payload else "/start")

    def block(self, person_id: int, blocked: bool = True) -> int:
        """Block or unblock the bot; the bot is told by `my_chat_member`."""
        person = self.people[person_id]
        if person.blocked == blocked:
            return 0
        person.blocked = blocked
        member = {"user": self.bot_json, "status": "member"}
        kicked = {"user": self.bot_json, "status": "kicked", "until_date": 0}
        content = {
            "chat": person.chat_json(),
            "from": person.user_json(),
            "date": self.timestamp(),
            "old_chat_member": member if blocked else kicked,
            "new_chat_member": kicked if blocked else member,
        }
        self.changed(person_id)
        return self.queue.push("my_chat_member", content, person_id)

    def deactivate(self, person_id: int) -> None:
        """Delete the account; the bot is not told."""
        self.people[person_id].deactivated = True
        self.changed(person_id)

    def flood(self, person_id: int, seconds: float) -> None:
        """Make Telegram refuse all messages to this chat for a while."""
        self.limiter.flood(person_id, self.clock.now() + timedelta(seconds=seconds))

    # What people do in the chat

    def say(self, person_id: int, text: str, *, reply_to: int | None = None) -> int:
        """Write a text, or answer a message with one."""
        entities = []
        if command := _COMMAND.match(text):
            entities = [{"type": "bot_command", "offset": 0, "length": command.end()}]
        return self._send(person_id, text=text, entities=entities, extra=self._answered(person_id, reply_to))

    def _answered(self, person_id: int, reply_to: int | None) -> Json:
        """What Telegram puts beside an answer: the message it answers."""
        message = self.chats[person_id].find(reply_to) if reply_to is not None else None
        return {} if message is None else {"reply_to_message": self.json_of(person_id, message)}

    def edit(self, person_id: int, message_id: int, text: str) -> int:
        """Change a text of one's own."""
        self._able(person_id)
        chat = self.chats[person_id]
        message = chat.find(message_id)
        if message is None or message.from_bot:
            raise ValueError(f"message {message_id} is not there for the person to edit")
        message.text, message.entities, message.edited_at = text, [], self.clock.now()
        chat.look()
        self.changed(person_id)
        return self.queue.push("edited_message", self.json_of(person_id, message), person_id)

    def press(self, person_id: int, message_id: int, data: str, *, forged: bool = False) -> str:
        """Press a button and return the id of the query; `forged` is a client that makes things up."""
        self._able(person_id)
        message = self.chats[person_id].find(message_id)
        if not forged and (message is None or message.hidden or not message.has_button(data)):
            raise ValueError(f"message {message_id} has no such button")
        now = self.clock.now()
        query = CallbackQuery(str(secrets.randbits(62)), person_id, now)
        self._forget_old_queries(now)
        self.queries[query.id] = query
        content = {
            "id": query.id,
            "from": self.people[person_id].user_json(),
            "message": self._pressed_json(person_id, message_id, message),
            "chat_instance": str(person_id * 31 + 7),
            "data": data,
        }
        self.chats[person_id].look()
        self.changed(person_id)
        self.queue.push("callback_query", content, person_id)
        return query.id

    def send_photo(self, person_id: int, data: bytes | None = None, caption: str = "") -> int:
        """Send a photo, a small green one unless told otherwise."""
        stored = self.files.add("photos", "photo.png", "image/png", small_png() if data is None else data)
        content = {"photo": stored.photo_json()}
        return self._send(person_id, kind="photo", content=content, photo=stored.file_id, text=caption)

    def send_voice(self, person_id: int, duration: int = 4, data: bytes = b"OggS" + bytes(60)) -> int:
        """Send a voice message; its bytes are no real sound."""
        stored = self.files.add("voice", "voice.oga", "audio/ogg", data)
        content = {"voice": {**stored.json(), "duration": duration, "mime_type": stored.mime}}
        return self._send(person_id, kind="voice", content=content)

    def send_sticker(self, person_id: int, emoji: str = "🌿") -> int:
        """Send a sticker."""
        stored = self.files.add("stickers", "sticker.webp", "image/webp", b"RIFF" + bytes(60))
        look = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._send(
            person_id, kind="sticker", content={"sticker": {**stored.json(), **look, "emoji": emoji}}
        )

    def send_location(self, person_id: int, latitude: float = 59.33, longitude: float = 18.07) -> int:
        """Share where one is."""
        place = {"latitude": latitude, "longitude": longitude}
        return self._send(person_id, kind="location", content={"location": place})

    def send_contact(
        self, person_id: int, phone_number: str = "+46700000000", first_name: str = "Mina"
    ) -> int:
        """Share a card from the address book."""
        card = {"phone_number": phone_number, "first_name": first_name}
        return self._send(person_id, kind="contact", content={"contact": card})

    def send_document(
        self, person_id: int, name: str = "letter.pdf", data: bytes = b"%PDF-", caption: str = ""
    ) -> int:
        """Send a file."""
        stored = self.files.add("documents", name, "application/pdf", data)
        content = {"document": stored.document_json()}
        return self._send(person_id, kind="document", content=content, document=stored.file_id, text=caption)

    def forward(self, person_id: int, text: str, sender: str = "Somebody") -> int:
        """Pass on a text that somebody else wrote, who hides their account."""
        origin = {"type": "hidden_user", "sender_user_name": sender, "date": self.timestamp()}
        return self._send(person_id, text=text, extra={"forward_origin": origin})

    def delete(self, person_id: int, message_id: int, *, for_both: bool = False) -> None:
        """Delete a message on one's own side, or for both; the bot is not told."""
        message = self.chats[person_id].by_id[message_id]
        message.hidden, message.deleted = True, message.deleted or for_both
        self.changed(person_id)

    def clear_chat(self, person_id: int, *, for_both: bool = False) -> None:
        """Clear the whole chat, on one's own side or for both; the bot is not told."""
        for message_id in self.chats[person_id].by_id:
            self.delete(person_id, message_id, for_both=for_both)

    # What tests do to the queue

    def inject_raw(self, update: Json, update_id: int | None = None) -> int:
        """Queue any dictionary as an update, even one Telegram would never send."""
        return self.queue.inject(update, update_id)

    def redeliver(self, from_update_id: int) -> int:
        """Make updates come again that the bot confirmed, as after an accident at Telegram; return how many."""
        return self.queue.redeliver(from_update_id)

    # For the methods of the Bot API

    def timestamp(self) -> int:
        """Return the clock's time as Telegram writes it."""
        return int(self.clock.now().timestamp())

    def next_message_id(self) -> int:
        """Return a number that is greater than every one before, whatever the chat."""
        self._last_message_id += 1
        return self._last_message_id

    def json_of(self, person_id: int, message: Message) -> Json:
        """Return Telegram's Message."""
        person = self.people[person_id]
        sender = self.bot_json if message.from_bot else person.user_json()
        return message_json(person.chat_json(), sender, message)

    def live_query(self, query_id: str) -> CallbackQuery | None:
        """Return a press that can still be answered."""
        query = self.queries.get(query_id)
        if query is None or self.clock.now() - query.pressed_at >= QUERY_LIVES:
            return None
        return query

    def _able(self, person_id: int) -> None:
        person = self.people[person_id]
        if person.deactivated or person.blocked:
            raise ValueError("this person has blocked the bot or has no account any more")

    def _send(self, person_id: int, *, extra: Json | None = None, **parts: Any) -> int:
        self._able(person_id)
        chat = self.chats[person_id]
        chat.person.started = True
        message = Message(self.next_message_id(), False, self.clock.now(), **parts)
        chat.by_id[message.message_id] = message
        chat.look()
        self.changed(person_id)
        content = {**self.json_of(person_id, message), **(extra or {})}
        return self.queue.push("message", content, person_id)

    def _pressed_json(self, person_id: int, message_id: int, message: Message | None) -> Json:
        if message is None:  # Telegram's InaccessibleMessage
            return {"chat": self.people[person_id].chat_json(), "message_id": message_id, "date": 0}
        return self.json_of(person_id, message)

    def _forget_old_queries(self, now: datetime) -> None:
        while self.queries:
            oldest = next(iter(self.queries.values()))
            if now - oldest.pressed_at < QUERY_LIVES:
                return
            del self.queries[oldest.id]
