"""Tests of keyboards."""

from typing import Any

import pytest

from bot.sandbox.markup import check_inline, check_markup
from bot.sandbox.refusals import Refused


def inline(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


@pytest.mark.parametrize(
    "button",
    [
        {"text": "a", "callback_data": "x" * 64},
        {"text": "a", "callback_data": "x", "style": "danger"},
        {"text": "a", "url": "https://example.org"},
        {"text": "a", "copy_text": {"text": "020-123"}},
    ],
)
def test_good_buttons_pass(button: dict[str, Any]) -> None:
    """What the bot uses, at the edge of what is allowed."""
    check_inline(inline(button))


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"text": "a", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": "ش" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "a", "copy_text": {"text": ""}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"text": "a", "url": "javascript:1"}, "Wrong HTTP URL"),
        ({"text": "a"}, "Text buttons are unallowed"),
        ({"text": "", "callback_data": "x"}, "text"),
        ({"text": "a", "callback_data": "x", "url": "https://example.org"}, "exactly one"),
        ({"text": "a", "calback_data": "x"}, "exactly one"),
        ({"text": "a", "callback_data": "x", "style": "loud"}, "style"),
        ("a", "expected an Object"),
    ],
)
def test_bad_buttons_are_refused(button: Any, reason: str) -> None:
    """64 bytes are 32 Arabic letters; the rest a bot gets wrong by a slip."""
    with pytest.raises(Refused, match=reason):
        check_inline(inline(button))


def test_too_many_buttons_are_refused() -> None:
    """100 a keyboard, 8 a row."""
    button = {"text": "a", "callback_data": "x"}
    check_inline({"inline_keyboard": [[button] * 5] * 20})
    with pytest.raises(Refused, match="too many buttons"):
        check_inline({"inline_keyboard": [[button]] * 101})
    with pytest.raises(Refused, match="too many buttons in a row"):
        check_inline(inline(*[button] * 9))


@pytest.mark.parametrize(
    "markup",
    [
        {"keyboard": "a"},
        {"keyboard": [[""]]},
        {"keyboard": [[{"text": "a", "colour": "red"}]]},
        {"keyboard": [["a"] * 13]},
        {"keyboard": [["a"]] * 301},
        {"inline_keyboard": [1]},
        {},
    ],
)
def test_bad_reply_keyboards_are_refused(markup: dict[str, Any]) -> None:
    """Rows of rows, texts with something in them, known fields."""
    with pytest.raises(Refused):
        check_markup(markup)


def test_good_reply_keyboards_pass() -> None:
    """Texts, objects, and the two that take a keyboard away or ask."""
    for markup in ({"keyboard": [["a", {"text": "b"}]]}, {"remove_keyboard": True}, {"force_reply": True}):
        check_markup(markup)
