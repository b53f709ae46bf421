"""The closed lists of Telegram's names."""

import pytest

from bot.sandbox import names

LISTS = {
    name: value for name, value in vars(names).items() if name.isupper() and isinstance(value, frozenset)
}


@pytest.mark.parametrize("name", sorted(LISTS))
def test_every_list_holds_plain_names(name: str) -> None:
    """A forgotten blank or comma would make a name that nobody ever sends."""
    assert LISTS[name]
    assert not [each for each in LISTS[name] if not each or each != each.strip(" ,;\n")]


def test_what_we_send_is_in_them() -> None:
    """The sandbox must take what Telegram takes from us."""
    assert {"callback_data", "copy_text", "url"} <= names.BUTTON_ACTIONS
    assert {"bold", "spoiler", "text_link"} <= names.ENTITY_TYPES
    assert "typing" in names.CHAT_ACTIONS
    assert {"default", "chat"} <= names.SCOPES


def test_what_telegram_does_not_know_is_not() -> None:
    """A typing mistake of ours is to be refused here as it is there."""
    assert not {"callback-data", "underlined", "heart"} & frozenset().union(*LISTS.values())
