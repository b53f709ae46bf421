"""What an update may look like, kept small."""

import json
from pathlib import Path

import pytest

from faults import update_shapes
from faults.update_shapes import Field, inner, kept_of, main, read

API = {
    "version": "Bot API 99",
    "release_date": "1 May",
    "types": {
        "Update": {"fields": [{"name": "message", "types": ["Message"], "required": False}]},
        "Message": {
            "fields": [
                {"name": "message_id", "types": ["Integer"], "required": True},
                {"name": "photo", "types": ["Array of PhotoSize"], "required": False},
                {"name": "member", "types": ["ChatMember"], "required": False},
            ]
        },
        "PhotoSize": {"fields": [{"name": "deep", "types": ["Deep"], "required": True}]},
        "ChatMember": {"subtypes": ["ChatMemberLeft"]},
        "ChatMemberLeft": {"fields": [{"name": "status", "types": ["String"], "required": True}]},
        "Deep": {"fields": [{"name": "deeper", "types": ["Deeper"], "required": True}]},
        "Deeper": {"fields": []},
        "Elsewhere": {"fields": []},
    },
}


def test_the_kinds_we_know_are_there_with_what_they_hold() -> None:
    """Two levels deep; what is deeper is any object."""
    shapes = read()
    assert {
        "Update",
        "Message",
        "CallbackQuery",
        "ChatMemberUpdated",
        "User",
        "Chat",
        "MessageEntity",
    } <= set(shapes)
    assert Field("message_id", ("Integer",), required=True) in shapes["Message"]
    assert Field("photo", ("Array of PhotoSize",), required=False) in shapes["Message"]


def test_what_is_kept_is_little_and_says_from_where() -> None:
    """The whole page is forty times as large, and most of it is prose."""
    kept = kept_of(API)
    assert kept["source"].startswith("Bot API 99, 1 May")
    assert kept["types"]["Message"]["message_id!"] == "Integer"
    assert kept["types"]["ChatMember"] == {"|": "ChatMemberLeft"}
    assert {"PhotoSize", "ChatMemberLeft"} <= kept["types"].keys()
    assert not {"Deeper", "Elsewhere"} & kept["types"].keys()
    assert update_shapes.FILE.stat().st_size < 32_000


def test_it_can_be_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When Telegram's page has changed."""
    (tmp_path / "api.json").write_text(json.dumps(API))
    monkeypatch.setattr(update_shapes, "FILE", tmp_path / "shapes.json")
    assert main([str(tmp_path / "api.json")]) == 0
    assert read(tmp_path / "shapes.json")["PhotoSize"] == (Field("deep", ("Deep",), required=True),)


def test_lists_of_lists_are_opened() -> None:
    """Rows of buttons are."""
    assert inner("Array of Array of PhotoSize") == "PhotoSize"
