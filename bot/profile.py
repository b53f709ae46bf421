"""
The bot's profile at Telegram: name, descriptions, picture and the commands of strangers, in each language it takes.

Set once after a start, beside everything else, and again only where something has changed: Telegram allows few changes
of a name. One part that fails is tried again in an hour and keeps no other part back, and nothing waits for it.
"""

import asyncio
import hashlib
import logging
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Final, Protocol

import msgspec

from bot.clock import Clock
from bot.outgoing import DeliveryFailed, ProfileKind, ProfilePart
from bot.settings import PREFIX, Settings, SettingsFaulty
from bot.translating import Reader, Translator
from bot.word_lists import TELLING
from dialogs import profile_texts
from dialogs.pictures.badge import badge
from dialogs.schedule import DEFAULT_ZONE
from storage import profile
from storage.database import Database

log = logging.getLogger(__name__)

CODE_LENGTH: Final = 2
"""Of the languages that Telegram tells apart; who speaks another one sees our default."""


class ProfileNotShown(Exception):
    """Telegram did not take a part of the profile; the log says which."""


def check_name(settings: Settings, translator: Translator) -> None:
    """Raise where the name that an operator chose would tell a stranger what this is."""
    for locale in translator.locales:
        for word in TELLING.found(settings.bot_name or "", locale):
            raise SettingsFaulty(
                f"{PREFIX}BOT_NAME holds “{word}”, which tells a stranger what this is (locales/{locale}/telling.txt):"
                " choose a name that is neutral, and not false"
            )


def languages(translator: Translator) -> dict[str, str]:
    """Return the locale of each language that has a profile of its own; the empty one is everybody else's."""
    return {"": translator.default, **{each: each for each in translator.locales if len(each) == CODE_LENGTH}}


def parts(settings: Settings, translator: Translator, now: datetime) -> Iterator[ProfilePart]:
    """Everything that is to be shown, the picture without its points."""
    if settings.bot_name:
        yield ProfilePart(ProfileKind.NAME, text=settings.bot_name)
    for language, locale in languages(translator).items():
        say = partial(translator.message, reader=Reader(locale, DEFAULT_ZONE, now))
        commands = tuple((word.value, say(text)) for word, text in profile_texts.COMMANDS)
        short = say(profile_texts.short_description())
        yield ProfilePart(ProfileKind.DESCRIPTION, language, say(profile_texts.description()))
        yield ProfilePart(ProfileKind.SHORT_DESCRIPTION, language, short)
        yield ProfilePart(ProfileKind.COMMANDS, language, commands=commands)
    yield ProfilePart(ProfileKind.PICTURE)


def words(part: ProfilePart) -> str:
    """All that is read in it."""
    return " ".join((part.text, *(text for _name, text in part.commands)))


def digest(part: ProfilePart, bot_id: str) -> str:
    """Return what changes when the part does, or when it is another bot's."""
    drawn = badge() if part.kind is ProfileKind.PICTURE else ""
    content = repr((bot_id, part.kind.value, part.language, part.text, part.commands, drawn))
    return hashlib.sha256(content.encode()).hexdigest()


class Presenter(Protocol):
    """`bot.telegram_out.Telegram`, or a stand-in."""

    async def present(self, part: ProfilePart) -> None:
        """Hand it to Telegram; raises `DeliveryFailed`."""


class Profile:
    """`show` is a chore: it may be begun as often as one likes."""

    def __init__(
        self,
        db: Database,
        telegram: Presenter,
        clock: Clock,
        settings: Settings,
        translator: Translator,
    ) -> None:
        self._db, self._telegram, self._clock = db, telegram, clock
        self._settings, self._translator = settings, translator
        self._bot_id = settings.telegram_token.get_secret_value().partition(":")[0]

    async def show(self) -> None:
        """Give Telegram what it does not have yet, and take back what is shown no more."""
        given = await self._db.run(profile.given)
        wanted = {each.key: each for each in parts(self._settings, self._translator, self._clock.now())}
        failed = [each for each in wanted.values() if not await self._give(each, given)]
        for key in given.keys() - wanted.keys():
            await self._take_back(key)
        if failed:
            raise ProfileNotShown(f"{len(failed)} parts of the profile are not shown")

    async def _give(self, part: ProfilePart, given: Mapping[str, str]) -> bool:
        fresh = digest(part, self._bot_id)
        if given.get(part.key) == fresh:
            return True
        if self._tells(part):
            log.error("a part of the profile would tell a stranger what this is", extra={"part": part.key})
            return False
        jpeg = await asyncio.to_thread(_drawn) if part.kind is ProfileKind.PICTURE else b""
        if not await self._presented(msgspec.structs.replace(part, jpeg=jpeg)):
            return False
        await self._db.run(profile.note, part.key, fresh, self._clock.now())
        return True

    def _tells(self, part: ProfilePart) -> bool:
        locale = languages(self._translator)[part.language]
        return bool(TELLING.found(words(part), locale))

    async def _take_back(self, key: str) -> None:
        kind, _colon, language = key.partition(":")
        if kind in list(ProfileKind) and await self._presented(ProfilePart(ProfileKind(kind), language)):
            await self._db.run(profile.forget, key)

    async def _presented(self, part: ProfilePart) -> bool:
        try:
            await self._telegram.present(part)
        except DeliveryFailed as failed:
            log.warning(
                "Telegram did not take a part of the profile",
                extra={"part": part.key, "failure": str(failed.kind)},
            )
            return False
        return True


def _drawn() -> bytes:
    """What draws is loaded when there is something to draw."""
    from bot import jpeg
    from bot.painter import badge_png

    return jpeg.from_png(badge_png())
