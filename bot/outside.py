"""
What is seen by who is not meant to know: a stranger, a locked screen, a shared link, somebody who holds her phone.

All of it is listed for people to read, and looked through for words that tell (`locales/<locale>/telling.txt`). A
machine finds only the words it was given: an operator should read the list once, in the languages that are spoken.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot import profile
from bot.outgoing import ProfileKind
from bot.settings import Settings
from bot.translating import Reader, Translator
from bot.word_lists import TELLING
from dialogs import helper_screens, menu, near, neutral, strangers
from dialogs.schedule import DEFAULT_ZONE
from dialogs.words import LABELS


class Where(StrEnum):
    """Who sees it."""

    PROFILE = "profile and shared link"
    AT_TELEGRAM = "what Telegram shows now"
    STRANGER = "a stranger who writes"
    LOCK_SCREEN = "a locked screen, unasked"
    COMMANDS = "the menu of a resident"
    HELPER_COMMANDS = "the menu of a contact person"
    KEYBOARD = "the keyboard of a resident"


@dataclass(frozen=True, slots=True)
class Shown:
    """One line, and the words in it that tell."""

    where: Where
    locale: str
    text: str
    tells: tuple[str, ...] = ()


NAME: Final = "…"
"""In place of every name: which one it will be, nobody knows here."""


def shown(settings: Settings, translator: Translator, now: datetime) -> list[Shown]:
    """Everything that can be seen from here, language by language."""
    found = [*_profile(settings, translator, now)]
    for locale in translator.locales:
        reader = Reader(locale, DEFAULT_ZONE, now)
        found += [_looked_at(where, locale, text) for where, text in _lines(translator, reader, now)]
    return found


def missing(translator: Translator) -> list[str]:
    """The languages in which nothing can be found, because nobody wrote down what tells."""
    return [locale for locale in translator.locales if TELLING.missing(locale)]


def at_telegram(locale: str, texts: Iterable[str]) -> Iterator[Shown]:
    """What Telegram answers, whoever has set it."""
    return (_looked_at(Where.AT_TELEGRAM, locale, text) for text in texts if text)


def _looked_at(where: Where, locale: str, text: str) -> Shown:
    return Shown(where, locale, text, TELLING.found(text, locale))


def _profile(settings: Settings, translator: Translator, now: datetime) -> Iterator[Shown]:
    """None of it where the operator keeps what was set with BotFather: that is asked of Telegram."""
    if settings.profile == "keep":
        return
    locales = profile.languages(translator)
    for part in profile.parts(settings, translator, now):
        if part.kind is not ProfileKind.PICTURE:
            yield _looked_at(Where.PROFILE, locales[part.language], profile.words(part))


def _lines(translator: Translator, reader: Reader, now: datetime) -> Iterator[tuple[Where, str]]:
    say = translator.message
    for sentence in (strangers.hello(), strangers.used(), strangers.expired(), strangers.unusable()):
        yield Where.STRANGER, say(sentence, reader)
    for line in neutral.lines(NAME, now):
        yield Where.LOCK_SCREEN, translator.text((line,), reader)[: neutral.SHOWN]
    for _word, text in (*menu.COMMANDS, near.COMMAND):
        yield Where.COMMANDS, say(text, reader)
    for _word, text in helper_screens.COMMANDS:
        yield Where.HELPER_COMMANDS, say(text, reader)
    for row in menu.REPLY_KEYBOARD:
        for word in row:
            yield Where.KEYBOARD, say(LABELS[word], reader)
