"""What everybody may read of the bot is short enough for Telegram, and tells nothing."""

from bot.word_lists import FORBIDDEN, TELLING
from dialogs import profile_texts

ROOM = 3 / 4
"""Other languages need a third more."""


def test_the_texts_fit_where_telegram_shows_them() -> None:
    """512 and 120 characters, in every language."""
    assert len(profile_texts.description().source) <= 512 * ROOM
    assert len(profile_texts.short_description().source) <= 120 * ROOM


def test_they_tell_nothing_and_promise_nothing() -> None:
    """A stranger, and the one who looks for her, read them first."""
    texts = (profile_texts.description(), profile_texts.short_description())
    commands = (text for _word, text in profile_texts.COMMANDS)
    for text in (*texts, *commands):
        assert not TELLING.found(text.source, "en")
        assert not FORBIDDEN.found(text.source, "en")


def test_a_strangers_menu_is_small() -> None:
    """And `/privacy` is in it, as Telegram demands."""
    assert {word.value for word, _text in profile_texts.COMMANDS} == {"start", "language", "privacy", "help"}
