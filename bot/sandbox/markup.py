"""Keyboards: what Telegram accepts under a message and instead of the phone's keyboard."""

from typing import Any

from bot.sandbox.names import BUTTON_ACTIONS, REPLY_BUTTON_FIELDS
from bot.sandbox.refusals import bad

Markup = dict[str, Any]

MAX_BUTTONS = 100  # undocumented; the numbers python-telegram-bot found
MAX_INLINE_ROW = 8
MAX_REPLY_ROW = 12
MAX_REPLY_BUTTONS = 300
MAX_CALLBACK_DATA = 64  # bytes, not characters
MAX_COPY_TEXT = 256

_LOOKS = frozenset({"text", "icon_custom_emoji_id", "style"})
_STYLES = frozenset({None, "danger", "success", "primary"})


def check_markup(markup: Markup) -> None:
    """Refuse what Telegram would refuse, and any field it would silently ignore."""
    if "inline_keyboard" in markup:
        check_inline(markup)
    elif "keyboard" in markup:
        _check_reply(markup)
    elif not markup.get("remove_keyboard") and not markup.get("force_reply"):
        raise bad("object expected as reply markup")


def check_inline(markup: Markup) -> None:
    """Check an inline keyboard, the only kind an edit may carry."""
    count = 0
    for row in _rows(markup, "inline_keyboard", "inline keyboard"):
        if len(row) > MAX_INLINE_ROW:
            raise bad(f"too many buttons in a row of the inline keyboard: {len(row)}")
        count += len(row)
        for button in row:
            _check_inline_button(button)
    if count > MAX_BUTTONS:
        raise bad("reply markup is too long: too many buttons")


def _rows(markup: Markup, key: str, name: str) -> list[list[Any]]:
    rows = markup.get(key)
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad(f'field "{key}" of the {name} must be an Array of Arrays')
    return rows


def _check_inline_button(button: Any) -> None:
    if not isinstance(button, dict):
        raise bad("can't parse inline keyboard button: expected an Object")
    text = button.get("text")
    if not isinstance(text, str) or not text:
        raise bad('can\'t parse inline keyboard button: field "text" must be of type String')
    actions = button.keys() - _LOOKS
    if not actions:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1 or not actions <= BUTTON_ACTIONS:
        raise bad("can't parse inline keyboard button: exactly one known action is allowed")
    if button.get("style") not in _STYLES:
        raise bad("can't parse inline keyboard button: unknown style")
    _check_action(button)


def _check_action(button: dict[str, Any]) -> None:
    data, url, copy = button.get("callback_data"), button.get("url"), button.get("copy_text")
    if data is not None and not (isinstance(data, str) and 1 <= len(data.encode()) <= MAX_CALLBACK_DATA):
        raise bad("BUTTON_DATA_INVALID")
    if url is not None and not (isinstance(url, str) and url.startswith(("https://", "http://", "tg://"))):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if copy is not None:
        text = copy.get("text") if isinstance(copy, dict) else None
        if not (isinstance(text, str) and 1 <= len(text) <= MAX_COPY_TEXT):
            raise bad("BUTTON_COPY_TEXT_INVALID")


def _check_reply(markup: Markup) -> None:
    count = 0
    for row in _rows(markup, "keyboard", "reply keyboard"):
        if len(row) > MAX_REPLY_ROW:
            raise bad(f"too many buttons in a row of the keyboard: {len(row)}")
        count += len(row)
        for button in row:
            _check_reply_button(button)
    if count > MAX_REPLY_BUTTONS:
        raise bad("reply markup is too long: too many buttons")


def _check_reply_button(button: Any) -> None:
    text = button.get("text") if isinstance(button, dict) else button
    if not isinstance(text, str) or not text:
        raise bad('can\'t parse keyboard button: field "text" must be of type String')
    if isinstance(button, dict) and not button.keys() <= _LOOKS | REPLY_BUTTON_FIELDS:
        raise bad("can't parse keyboard button: unknown field")
