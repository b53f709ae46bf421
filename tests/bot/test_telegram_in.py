"""From raw updates to what they say."""

import contextlib
import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram_in import (
    Attachment,
    Block,
    Body,
    Ignored,
    Incoming,
    Other,
    Press,
    Start,
    Text,
    UpdateUnreadable,
    read_update,
    update_id_of,
)
from dialogs.events import Kind

PRIVATE = {"id": 7, "type": "private", "first_name": "Leyla"}
LEYLA = {"id": 7, "is_bot": False, "first_name": "Leyla", "language_code": "fa"}
WRITTEN = 1_772_366_400


def message(**content: Any) -> dict[str, Any]:
    return {"message_id": 3, "date": WRITTEN, "chat": PRIVATE, "from": LEYLA, **content}


def read(**content: Any) -> Incoming:
    return read_update(json.dumps({"update_id": 17, **content}).encode())


def body(**content: Any) -> Body:
    return read(message=message(**content)).body


def test_a_text_comes_with_what_is_needed_to_answer_it() -> None:
    """And without what she is called."""
    incoming = read(message=message(text="سلام 👋"))
    written = datetime.fromtimestamp(WRITTEN, UTC)
    assert incoming == Incoming(
        17, 7, Text("سلام 👋"), private=True, message_id=3, language_code="fa", date=written
    )
    assert "Leyla" not in repr(incoming)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/start", Start("")),
        ("/start ", Start("")),
        ("/START@vidare_bot aB_-9", Start("aB_-9")),
        ("/start I am in danger", Text("/start I am in danger")),
        ("/start " + "x" * 65, Text("/start " + "x" * 65)),
        ("/started", Text("/started")),
        ("/pause", Text("/pause")),
    ],
)
def test_start_is_known_and_other_words_stay_words(text: str, expected: Body) -> None:
    """What no link can carry after /start was typed by somebody, and must be read."""
    assert body(text=text) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"photo": [{"file_id": "x"}], "caption": "här"}, Other(Kind.PHOTO, "här", Attachment("x"))),
        (
            {"photo": [{"file_id": "big", "file_size": 9}, {"file_id": "small", "file_size": 2}]},
            Other(Kind.PHOTO, "", Attachment("big", 9)),
        ),
        ({"voice": {"file_id": "v", "file_size": 7}}, Other(Kind.VOICE, "", Attachment("v", 7))),
        (
            {"document": {"file_id": "d", "file_name": "Anna Karlsson, beslut.PDF"}},
            Other(Kind.DOCUMENT, "", Attachment("d", 0, "pdf")),
        ),
        (
            {"document": {"file_id": "d", "file_name": "odd.../name"}},
            Other(Kind.DOCUMENT, "", Attachment("d")),
        ),
        ({"photo": [], "media_group_id": "1"}, Other(Kind.PHOTO)),
        ({"voice": {}}, Other(Kind.VOICE)),
        ({"sticker": {}}, Other(Kind.STICKER)),
        ({"location": {}}, Other(Kind.LOCATION)),
        ({"venue": {}, "location": {}}, Other(Kind.LOCATION)),
        ({"contact": {}}, Other(Kind.CONTACT)),
        ({"document": {}, "animation": {}}, Other(Kind.DOCUMENT)),
        ({"something_of_next_year": {}}, Other(Kind.OTHER)),
        ({"forward_origin": {"type": "user"}, "text": "ord"}, Other(Kind.FORWARD, "ord")),
        ({"forward_origin": {}, "photo": [], "caption": "ord"}, Other(Kind.FORWARD, "ord")),
    ],
)
def test_what_is_not_text_is_told_by_its_kind(content: dict[str, Any], expected: Body) -> None:
    """She gets an answer that fits what she sent, also to kinds not invented yet."""
    assert body(**content) == expected


@pytest.mark.parametrize("kind", ["message_auto_delete_timer_changed", "pinned_message", "new_chat_photo"])
def test_service_messages_are_nothing_she_said(kind: str) -> None:
    """An answer to setting a timer would be a riddle."""
    assert body(**{kind: {}}) == Ignored()


def test_changed_words_are_read_anew_and_a_moving_location_is_not() -> None:
    """A live location is edited every few seconds."""
    assert read(edited_message=message(text="nej", edit_date=WRITTEN + 9)).body == Text("nej", edited=True)
    assert read(edited_message=message(photo=[], caption="nej")).body == Text("nej", edited=True)
    assert read(edited_message=message(location={})).body == Ignored()


def press(**content: Any) -> Incoming:
    query = {"id": "99", "from": LEYLA, "chat_instance": "1", "data": "c:1:ok", **content}
    return read(callback_query=query)


def pressed(data: str) -> Body:
    """A press with this data below a message of ours."""
    return press(message={"message_id": 5, "date": 0, "chat": PRIVATE}, data=data).body


def test_a_press_names_its_message() -> None:
    """So that this message can be edited, even one too old to be shown."""
    assert press(message={"message_id": 5, "date": 0, "chat": PRIVATE}) == Incoming(
        17,
        7,
        Press("c:1:ok"),
        private=True,
        message_of_button=5,
        button_sent_at=datetime(1970, 1, 1, tzinfo=UTC),
        press_id="99",
        language_code="fa",
    )


def test_an_ignored_press_can_still_be_answered() -> None:
    """Otherwise the button spins for a minute."""
    for incoming in (press(inline_message_id="x"), press(message=message(chat={"id": -1, "type": "group"}))):
        assert (incoming.body, incoming.press_id) == (Ignored(), "99")


@pytest.mark.parametrize(
    "data",
    ["al:1:1:have", "cl:at:4:1830", "l:fa_AF", "g:first-weeks:bank", "td:case:1:2:999999999999999", "x" * 64],
)
def test_what_a_button_of_ours_carries_comes_as_it_is(data: str) -> None:
    """Whatever stands in it is for the core to judge."""
    assert pressed(data) == Press(data)


@pytest.mark.parametrize(
    "data",
    ["al:9999999999999999:1:have", "al:٣:1:have", "al:１:1:have", "al:1:1:have\n", "a b", "x" * 65, "ö", ""],
)
def test_what_none_of_ours_carries_is_nothing(data: str) -> None:
    """A number no table holds, digits of another script: the press is answered, and no topic takes it."""
    assert pressed(data) == Press("")


@pytest.mark.parametrize(
    ("status", "expected"), [("kicked", Block(True)), ("member", Block(False)), ("left", Ignored())]
)
def test_blocking_and_letting_back_are_told(status: str, expected: Body) -> None:
    """Nothing reaches her any more, and others may have to."""
    change = {"chat": PRIVATE, "from": LEYLA, "date": WRITTEN, "new_chat_member": {"status": status}}
    assert read(my_chat_member=change).body == expected
    change["chat"] = {"id": -5, "type": "supergroup"}
    assert read(my_chat_member=change).body == Ignored()


def test_groups_channels_and_kinds_not_asked_for_are_ignored() -> None:
    """The bot talks with one person at a time."""
    group = read(message=message(chat={"id": -5, "type": "group"}, text="hej"))
    assert (group.body, group.private) == (Ignored(), False)
    assert read(inline_query={"id": "1"}) == Incoming(17, None, Ignored())
    assert read() == Incoming(17, None, Ignored())


@pytest.mark.parametrize(
    ("escaped", "expected"),
    [("\\ud800", "\ufffd"), ("a\\udc00b", "a\ufffdb"), ("\\ud83d\\ude00 \\ud83d", "😀 \ufffd")],
)
def test_half_a_character_does_not_cost_the_message(escaped: str, expected: str) -> None:
    """Some phones cut an emoji in two; the words around it count."""
    raw = json.dumps({"update_id": 17, "message": message(text="TEXT")}).replace("TEXT", escaped).encode()
    assert read_update(raw).body == Text(expected)


def test_broken_utf8_does_not_cost_the_message() -> None:
    """The same, one layer below."""
    raw = json.dumps({"update_id": 17, "message": message(text="TEXT")}).encode().replace(b"TEXT", b"ja\xff")
    assert read_update(msgspec.Raw(raw)).body == Text("ja\ufffd")


@pytest.mark.parametrize(
    ("raw", "update_id"),
    [
        (b'{"update_id":17,"message":{"text":"Leyla"}}', 17),
        (b'{"update_id":17,"message":"Leyla"}', 17),
        (b'{"update_id":"Leyla"}', None),
        (b'{"update_id":true}', None),
        (b'{"message":{"text":"Leyla"}}', None),
        (b'["Leyla"]', None),
        (b'{"update_id":17,"Leyla', None),
        (b"", None),
        (b"[" * 100_000, None),
        (
            b'{"update_id":17,"message":{"message_id":1,"date":999999999999999,"chat":{"id":7,"type":"private"}}}',
            17,
        ),
    ],
)
def test_what_cannot_be_read_is_named_by_its_id_and_never_quoted(raw: bytes, update_id: int | None) -> None:
    """The update is set aside under that id, and the error ends in a log."""
    with pytest.raises(UpdateUnreadable) as caught:
        read_update(raw)
    assert caught.value.update_id == update_id == update_id_of(raw)
    assert "Leyla" not in str(caught.value)
    assert caught.value.__context__ is None


LEAF = st.sampled_from([None, True, 0, -1, 2**70, 1e300, "", "private", "\ud800"])
NAMES = st.sampled_from(["message", "text", "chat", "id", "type", "from", "date", "data", "x"])
NODE = st.dictionaries(NAMES, LEAF | st.dictionaries(NAMES, LEAF, max_size=3), max_size=6)


@given(
    st.dictionaries(
        st.sampled_from(["update_id", "message", "callback_query", "my_chat_member"]), LEAF | NODE
    )
)
def test_whatever_comes_there_is_one_error_at_most(update: dict[str, Any]) -> None:
    """One update must never stop the others."""
    with contextlib.suppress(UpdateUnreadable):
        read_update(json.dumps(update).encode())
