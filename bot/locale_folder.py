"""
Which languages there are: those whose catalogues are compiled, those that are whole, those that named people have read.

Looked up at a start, so it is quick: nothing but the heads of the compiled catalogues is read.
"""

import logging
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.typesetting import typesetting

log = logging.getLogger(__name__)

LOCALES: Final = Path(__file__).parent.parent / "locales"
SOURCE_LOCALE: Final = "en"
DOMAINS: Final = ("bot", "guides")
REVIEWED: Final = "reviewed.txt"
"""The locales whose catalogues carry all reviews, one a line; `vidare locales check` refuses one that does not."""
WHOLE: Final = 0.9
"""A language with fewer of the texts than this is still being made and is not offered by itself. With more, a text that
has gone stale is said in another language until it is mended: better than to lose the whole language over it."""
_MO: Final = 0x950412DE


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a compiled language is: `translated` of its texts, where the fullest language has `of`."""

    locale: str
    translated: int
    of: int
    reviewed: bool

    @property
    def is_whole(self) -> bool:
        """Whether it is offered by itself; a kind of a language leaves to that language what it need not say."""
        return base(self.locale) != self.locale or self.translated >= self.of * WHOLE


def standings(folder: Path = LOCALES) -> list[Standing]:
    """All compiled languages, by code."""
    reviewed = reviewed_locales(folder)
    found = {locale: _texts_in(folder, locale) for locale in sorted(compiled_locales(folder))}
    fullest = max(found.values(), default=0)
    return [Standing(locale, count, fullest, locale in reviewed) for locale, count in found.items()]


def offered_locales(folder: Path = LOCALES) -> tuple[str, ...]:
    """The locales whose catalogues are compiled and whole, our source language among them, by code."""
    compiled = compiled_locales(folder)
    strange = {locale for locale in compiled if typesetting(locale) is None}
    for locale in sorted(strange):
        log.error(
            "a folder of texts is not named after a language and is not offered", extra={"locale": locale}
        )
    found = {each.locale: each for each in standings(folder) if each.locale in compiled - strange}
    begun = {locale for locale, each in found.items() if not each.is_whole}
    for locale in sorted(begun):
        log.warning("a language is not whole and is not offered", extra={"locale": locale})
    return tuple(sorted({*found.keys() - begun, SOURCE_LOCALE}))


def compiled_locales(folder: Path = LOCALES) -> set[str]:
    """The locales that have compiled catalogues, whole or not."""
    return {path.parent.parent.name for path in folder.glob("*/LC_MESSAGES/bot.mo")}


def _texts_in(folder: Path, locale: str) -> int:
    """How many texts are translated: a compiled catalogue says so in its head, and leaves out what is stale."""
    return sum(_count(folder / locale / "LC_MESSAGES" / f"{domain}.mo") for domain in DOMAINS)


def _count(path: Path) -> int:
    try:
        with path.open("rb") as file:
            magic, _version, count = struct.unpack("<3I", file.read(12))
    except (OSError, struct.error):
        return 0
    return int(count) if magic == _MO else 0


def reviewed_locales(folder: Path = LOCALES) -> frozenset[str]:
    """The locales whose texts named people have read; all others are drafts. The source is nobody's translation."""
    try:
        lines = (folder / REVIEWED).read_text("utf-8").splitlines()
    except FileNotFoundError:
        lines = []
    return frozenset({SOURCE_LOCALE, *(line.partition("#")[0].strip() for line in lines)} - {""})


def base(locale: str) -> str:
    """Return the locale that another one is a kind of: `sv` of `sv@easy`; else the same."""
    return locale.partition("@")[0]
