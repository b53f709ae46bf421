"""The profile is given to Telegram once, part by part, and holds up nothing."""

from typing import Any

import msgspec
import pytest
from pydantic import SecretStr

from bot import profile
from bot.outgoing import DeliveryFailed, Failure, ProfileKind, ProfilePart
from bot.profile import Profile, ProfileNotShown
from bot.settings import Settings, SettingsFaulty, load_settings
from bot.translating import Translator
from bot.word_lists import TELLING, WordList
from storage import profile as kept
from tests.bot.town import NOW, Town, texts

TWO_LETTERS = [each for each in texts().translator.locales if len(each) == profile.CODE_LENGTH]
"""Telegram tells no other languages apart."""


def made(**more: Any) -> Settings:
    """Settings of an operator who chose a name."""
    return load_settings(**{"telegram_token": SecretStr("1:unused"), "bot_name": "Linden", **more})


class Wall:
    """Where Telegram would be: keeps what is hung up, and refuses what it is told to."""

    def __init__(self) -> None:
        self.hung: list[ProfilePart] = []
        self.refused: set[str] = set()

    async def present(self, part: ProfilePart) -> None:
        """Take it, or not."""
        if part.key in self.refused:
            raise DeliveryFailed(Failure.LIMITED, 3600.0)
        self.hung.append(part)

    @property
    def keys(self) -> list[str]:
        """What was hung up since this was last asked."""
        keys, self.hung = [each.key for each in self.hung], []
        return keys


def shown(town: Town, wall: Wall, translator: Translator | None = None, **more: Any) -> Profile:
    """A profile of the town."""
    return Profile(town.db, wall, town.clock, made(**more), translator or texts().translator)


async def test_all_is_set_in_every_language_once(town: Town) -> None:
    """Name and picture are everybody's; a second start asks Telegram for nothing."""
    wall = Wall()
    await shown(town, wall).show()
    assert wall.hung[-1].jpeg.startswith(b"\xff\xd8")
    kinds = ("description", "short-description", "commands")
    languages = ("", *TWO_LETTERS)
    assert sorted(wall.keys) == sorted(
        ["name:", "picture:", *(f"{kind}:{each}" for kind in kinds for each in languages)]
    )
    await shown(town, wall).show()
    assert wall.keys == []


async def test_only_what_has_changed_is_set_again(town: Town) -> None:
    """Telegram lets a name be changed a few times a day."""
    wall = Wall()
    await shown(town, wall).show()
    assert wall.keys
    await shown(town, wall, bot_name="Björken").show()
    assert wall.keys == ["name:"]


async def test_another_bot_gets_all_of_it(town: Town) -> None:
    """A database may move to a new token."""
    wall = Wall()
    await shown(town, wall).show()
    before = wall.keys
    await shown(town, wall, telegram_token=SecretStr("2:unused")).show()
    assert wall.keys == before


async def test_what_is_shown_no_more_is_taken_back(town: Town) -> None:
    """A language that is not offered any more, and a name that was chosen once."""
    wall = Wall()
    await shown(town, wall).show()
    assert wall.keys
    fewer = Translator(["en", "sv"], "sv")
    await shown(town, wall, fewer, bot_name=None).show()
    assert all(not (each.text or each.commands) for each in wall.hung)
    gone = [locale for locale in TWO_LETTERS if locale not in ("en", "sv")]
    kinds = ("commands", "description", "short-description")
    assert sorted(wall.keys) == sorted(["name:", *(f"{kind}:{locale}" for kind in kinds for locale in gone)])
    assert "name:" not in await town.run(kept.given)


async def test_one_part_that_fails_keeps_no_other_back_and_is_tried_again(town: Town) -> None:
    """And says so, so that the chore becomes a notice."""
    wall = Wall()
    wall.refused = {"name:", "description:sv"}
    with pytest.raises(ProfileNotShown, match="2 parts"):
        await shown(town, wall).show()
    assert "picture:" in wall.keys
    wall.refused = set()
    await shown(town, wall).show()
    assert sorted(wall.keys) == ["description:sv", "name:"]


async def test_a_text_that_tells_is_not_shown(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A bad translation costs one line of the profile, and no start."""
    entries = ("*by invitation", *TELLING.entries("en"))
    telling = WordList("telling")
    monkeypatch.setattr(telling, "entries", lambda locale: entries if locale == "en" else ())
    monkeypatch.setattr(profile, "TELLING", telling)
    wall = Wall()
    with pytest.raises(ProfileNotShown):
        await shown(town, wall).show()
    assert "short-description:en" not in wall.keys
    assert "by invitation" not in caplog.text


@pytest.mark.parametrize("name", ["Women's shelter", "Skyddat boende", "Hjälp vid våld", "ملجأ الأمل"])
def test_a_name_that_tells_ends_the_start_and_the_word_is_named(name: str) -> None:
    """Everybody who sees her list of chats reads it."""
    with pytest.raises(SettingsFaulty, match="BOT_NAME holds “"):
        profile.check_name(made(bot_name=name), texts().translator)


@pytest.mark.parametrize("name", [None, "Vidare", "Linden", "Notes & Help", "Anteckningar"])
def test_a_neutral_name_is_fine(name: str | None) -> None:
    """And none leaves what BotFather has."""
    profile.check_name(made(bot_name=name), texts().translator)
    named = [
        each
        for each in profile.parts(made(bot_name=name), texts().translator, NOW)
        if each.kind is ProfileKind.NAME
    ]
    assert [each.text for each in named] == ([name] if name else [])


def test_every_part_fits_where_telegram_shows_it() -> None:
    """In each language that is offered."""
    longest = {ProfileKind.NAME: 64, ProfileKind.DESCRIPTION: 512, ProfileKind.SHORT_DESCRIPTION: 120}
    for part in profile.parts(made(), texts().translator, NOW):
        assert len(part.text) <= longest.get(part.kind, 0), part.key
        assert all(0 < len(text) <= 256 for _name, text in part.commands)


def test_a_part_knows_its_place_and_its_content() -> None:
    """What a digest leaves out could change unseen."""
    part = ProfilePart(ProfileKind.COMMANDS, "sv", commands=(("help", "Hjälp"),))
    others = (
        msgspec.structs.replace(part, language="ar"),
        msgspec.structs.replace(part, text="x"),
        msgspec.structs.replace(part, commands=(("help", "Annat"),)),
        msgspec.structs.replace(part, kind=ProfileKind.NAME),
    )
    digests = {profile.digest(each, "1") for each in (part, *others)}
    assert len(digests | {profile.digest(part, "2")}) == 6
