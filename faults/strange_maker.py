"""
Updates shaped after Telegram's own page and filled by chance: most can be read, many mean something, some are spoilt.

Each is made from the seed and its number alone, so that one that broke something can be made again. In its texts
stands a mark, by which what became of them is found.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from dialogs.words import Word
from faults import buttons, strange_words, update_shapes
from faults.update_shapes import LIST_OF, ONE_OF, PLAIN, Field

MARK: Final = re.compile(rb"zqx(\d+)xqz")
NOT_PRESSED: Final = frozenset({"p:erase", "ch:leave-yes"})
"""Whoever is gone can break nothing any more."""
KINDS: Final = ("message", "edited_message", "callback_query", "my_chat_member")
OTHER_KINDS: Final = (
    "channel_post",
    "inline_query",
    "poll",
    "chat_member",
    "message_reaction",
    "of_next_year",
)
DEEPEST: Final = 300
"""Braces in braces; Telegram's own updates stay below ten."""
GIANT: Final = (2**31, 2**53, 2**63 - 1, 2**63, -(2**63), 2**64, 10**30)
WRONG: Final[tuple[Any, ...]] = (None, True, 0, -1, 1.5, 1e308, "", "0", "null", [], {}, [[]], [{}], {"": ""})

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Maker:
    """`chats` are of people who may be known; whoever has none of them is a stranger."""

    seed: int
    chats: Sequence[int]
    now: int
    shapes: update_shapes.Shapes = field(default_factory=update_shapes.read, repr=False)

    def update(self, number: int, update_id: int) -> bytes:
        """The update of this number."""
        return _Making(self, Random(f"{self.seed}:{number}"), number).update(update_id)

    def writer(self, number: int) -> int:
        """Whose it is, where it names a chat at all."""
        return _Making(self, Random(f"{self.seed}:{number}"), number).chat


class _Making:
    """One update being made."""

    def __init__(self, maker: Maker, chance: Random, number: int) -> None:
        self._maker, self._chance, self._number = maker, chance, number
        self.chat = chance.choice(maker.chats) if chance.random() < 0.97 else chance.randint(1, 10**9)
        self.mark = f"zqx{number}xqz"

    def update(self, update_id: int) -> bytes:
        """In the bytes Telegram would send, or nearly."""
        ways: tuple[Callable[[], Json], ...] = (
            self._text,
            self._press,
            self._sent,
            self._change,
            self._shaped,
        )
        (way,) = self._chance.choices(ways, (30, 30, 10, 3, 27))
        body = way()
        for _ in range(self._chance.choice((0, 0, 0, 0, 1, 1, 3))):
            self._spoil(body)
        return self._encoded({**body, "update_id": update_id})

    def _encoded(self, update: Json) -> bytes:
        """Half characters as Telegram escapes them, or as bytes that are no UTF-8."""
        if self._chance.random() < 0.8:
            return json.dumps(update).encode()
        return json.dumps(update, ensure_ascii=False).encode("utf-8", "surrogatepass")

    # --- what can be read ---

    def _text(self) -> Json:
        message = self._message()
        message["text"] = self._words()
        if self._chance.random() < 0.2:
            message["reply_to_message"] = {**self._message(), "text": self._strange()}
        if self._chance.random() < 0.1:
            message["forward_origin"] = self._object("MessageOrigin", 2)
        kind = "edited_message" if self._chance.random() < 0.15 else "message"
        return {kind: message}

    def _words(self) -> str:
        if self._chance.random() < 0.7:
            return self._strange()
        word = self._chance.choice(tuple(Word))
        return self._chance.choice(
            (
                f"/{word}",
                f"/{word}@sandbox_bot {self.mark}",
                f"/start {self._strange()}",
                f"/start {self.mark}",
            )
        )

    def _press(self) -> Json:
        below = {**self._message(), "text": self._strange()}
        query = {"id": str(self._integer()), "from": self._user(), "chat_instance": "1", "data": self._data()}
        return {"callback_query": {**query, "message": below}}

    def _data(self) -> str:
        form = self._chance.choice(buttons.forms())
        while form in NOT_PRESSED:
            form = self._chance.choice(buttons.forms())
        values = [self._value() for _ in range(form.count("{}"))]
        data = form.format(*values)
        return data if self._chance.random() < 0.9 else f"{data}:{self._value()}"

    def _value(self) -> str:
        match self._chance.randrange(4):
            case 0:
                return str(self._chance.randint(0, 60))
            case 1:
                return self._chance.choice(buttons.words())
            case 2:
                return str(self._integer())
            case _:
                return self._strange()[:20]

    def _sent(self) -> Json:
        kind = self._chance.choice(("Voice", "Document", "Sticker", "Venue", "Location", "Contact", "Dice"))
        message = {**self._message(), kind.lower(): self._object(kind, 2), "caption": self._strange()}
        if self._chance.random() < 0.5:
            message["photo"] = [self._object("PhotoSize", 2) for _ in range(self._chance.randint(0, 4))]
        return {"message": message}

    def _change(self) -> Json:
        status = self._chance.choice(("member", "member", "kicked", "left", "restricted", self._strange()))
        change = {"chat": self._chat(), "from": self._user(), "date": self._maker.now}
        return {"my_chat_member": {**change, "new_chat_member": {"status": status, "user": self._user()}}}

    def _message(self) -> Json:
        return {
            "message_id": self._chance.randint(1, 10**6),
            "date": self._maker.now - self._chance.choice((0, 1, 100, 10**5)),
            "chat": self._chat(),
            "from": self._user(),
        }

    def _chat(self) -> Json:
        return {"id": self.chat, "type": "private", "first_name": self._strange()}

    def _user(self) -> Json:
        language = self._chance.choice(("sv", "ar", "fa", "en-GB", "", self._strange()))
        return {"id": self.chat, "is_bot": False, "first_name": self._strange(), "language_code": language}

    def _strange(self) -> str:
        return strange_words.text(self._chance, self.mark)

    # --- what is only shaped ---

    def _shaped(self) -> Json:
        kind = self._chance.choice((*KINDS, *KINDS, *OTHER_KINDS))
        types = {"callback_query": "CallbackQuery", "my_chat_member": "ChatMemberUpdated"}
        body = self._object(types.get(kind, "Message"), 4)
        if self._chance.random() < 0.7:
            self._address(body)
        return {kind: body}

    def _address(self, body: Json) -> None:
        """Let it be somebody's we may know."""
        body["chat"], body["from"] = self._chat(), self._user()
        if isinstance(body.get("message"), dict):
            body["message"]["chat"] = self._chat()

    def _object(self, name: str, levels: int) -> Json:
        """Every field that must be there, some that may; what goes too deep is empty."""
        fields = self._maker.shapes.get(name, ())
        if len(fields) == 1 and fields[0].name == ONE_OF:
            return self._object(self._chance.choice(fields[0].kinds), levels)
        often = min(1.0, 4 / max(len(fields), 1))
        chosen = [each for each in fields if each.required or self._chance.random() < often]
        return {each.name: self._field(each, levels) for each in chosen}

    def _field(self, shape: Field, levels: int) -> Any:
        return self._thing(self._chance.choice(shape.kinds), levels)

    def _thing(self, kind: str, levels: int) -> Any:
        if kind.startswith(LIST_OF):
            inner = kind.removeprefix(LIST_OF)
            return [self._thing(inner, levels) for _ in range(self._chance.randint(0, 2))]
        if kind not in PLAIN:
            return self._object(kind, levels - 1) if levels > 0 else {}
        return self._plain(kind)

    def _plain(self, kind: str) -> Any:
        match kind:
            case "Integer":
                return self._integer()
            case "Boolean":
                return self._chance.random() < 0.5
            case "Float":
                return self._chance.choice((0.0, -1.5, 59.33, 1e308, 5e-324))
            case _:
                return self._strange()

    def _integer(self) -> int:
        if self._chance.random() < 0.1:
            return self._chance.choice(GIANT)
        return self._chance.choice((0, 1, -1, self._chance.randint(0, 100), self._maker.now, self.chat))

    # --- what is spoilt ---

    def _spoil(self, body: Json) -> None:
        """Take something away, or put something else in its place, at any depth."""
        place: Any = body
        while isinstance(place, dict) and place:
            name = self._chance.choice(tuple(place))
            if not isinstance(place[name], dict) or self._chance.random() < 0.3:
                self._spoil_field(place, name)
                return
            place = place[name]

    def _spoil_field(self, place: Json, name: str) -> None:
        match self._chance.randrange(5):
            case 0:
                del place[name]
            case 1:
                place[name] = self._chance.choice(GIANT)
            case 2:
                place[name] = self._strange()
            case 3 if self._chance.random() < 0.2:
                place[name] = _nested(self._chance.randint(2, DEEPEST))
            case _:
                place[name] = self._chance.choice(WRONG)


def _nested(depth: int) -> Any:
    thing: Any = {}
    for _ in range(depth):
        thing = {"reply_to_message": thing}
    return thing
