"""What a stranger, a lock screen and a shared link show is listed whole, and what tells is named."""

from typing import Any

import pytest
from pydantic import SecretStr

from bot import outside
from bot.outside import Shown, Where
from bot.profile import CODE_LENGTH
from bot.settings import Settings, load_settings
from bot.translating import Translator
from bot.word_lists import TELLING
from dialogs import neutral
from tests.bot.town import NOW, texts


def made(**more: Any) -> Settings:
    """Settings of an operator."""
    return load_settings(**{"telegram_token": SecretStr("1:unused"), **more})


def listed(**more: Any) -> list[Shown]:
    """Everything, in all languages."""
    return outside.shown(made(**more), texts().translator, NOW)


def test_nothing_that_is_seen_from_outside_tells() -> None:
    """In each language that is offered, wherever it stands."""
    assert [each for each in listed() if each.tells] == []


@pytest.mark.parametrize("locale", texts().translator.locales)
def test_each_language_is_listed_whole(locale: str) -> None:
    """Every place, and every line of the neutral set."""
    mine = [each for each in listed() if each.locale == locale]
    without_profile = set() if len(locale) == CODE_LENGTH else {Where.PROFILE}  # Telegram has none for these
    assert {each.where for each in mine} == set(Where) - {Where.AT_TELEGRAM} - without_profile
    lines = [each for each in mine if each.where is Where.LOCK_SCREEN]
    assert len(lines) == len(neutral.lines("x", NOW))
    assert all(0 < len(each.text) <= neutral.SHOWN for each in lines)


def test_a_profile_that_is_left_to_botfather_is_asked_of_telegram() -> None:
    """What we do not set we do not list."""
    assert Where.PROFILE not in {each.where for each in listed(profile="keep")}
    told, fine = outside.at_telegram("sv", ["Kvinnojouren", "", "Linden"])
    assert (told.tells, fine.tells) == (("jouren",), ())


def test_a_name_is_listed_with_what_it_tells() -> None:
    """The start would refuse it; the doctor still shows it."""
    (name,) = [each for each in listed(bot_name="Shelter Linden") if "Linden" in each.text]
    assert name.tells == ("shelter",)


def test_a_language_without_a_list_is_named() -> None:
    """There nothing can be found, and nothing is known."""
    assert outside.missing(Translator(["en", "sv"], "sv")) == []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TELLING, "entries", lambda locale: () if locale == "sv" else ("x",))
        assert outside.missing(Translator(["en", "sv"], "sv")) == ["sv"]
