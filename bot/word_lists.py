"""
Lists of words that must not be said: `locales/<locale>/telling.txt` and `locales/<locale>/forbidden.txt`.

`telling.txt` holds what may not show on a locked screen, in a profile or under a shared link, because it would tell a
stranger what this chat is for. `forbidden.txt` holds claims that Telegram makes untrue (platform.md 1.9). One entry a
line; `#` begins a comment. `word` stands for every word that begins so, `*word` is found inside words too, `=word` is
that word alone. What counts for a locale is its own list, that of its language, and the English one: a text that is
not translated is English.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final

from bot.locale_folder import LOCALES, SOURCE_LOCALE, base
from bot.translating import plain_letters


class WordList:
    """One kind of list, for all locales; read when a locale is first asked for."""

    def __init__(self, kind: str, folder: Path = LOCALES) -> None:
        self.kind, self._folder = kind, folder
        self.entries = cache(self._entries)
        self._pattern = cache(self._compiled)

    def __repr__(self) -> str:
        return f"WordList({self.kind!r})"

    def path(self, locale: str) -> Path:
        """Where the list of a locale lies, or would lie."""
        return self._folder / locale / f"{self.kind}.txt"

    def found(self, text: str, locale: str) -> tuple[str, ...]:
        """Return the words of `text` that stand on the list, in order; they are words of the list and no others."""
        pattern = self._pattern(locale)
        said = " ".join(plain_letters(text).split())
        return tuple(match.group() for match in pattern.finditer(said)) if pattern is not None else ()

    def missing(self, locale: str) -> bool:
        """Whether nobody has written down a word for this language: then nothing can be found, and nothing is known."""
        return not any(self.entries(each) for each in (locale, base(locale)))

    def _entries(self, locale: str) -> tuple[str, ...]:
        try:
            lines = self.path(locale).read_text("utf-8").splitlines()
        except FileNotFoundError:
            return ()
        said = (line.partition("#")[0].strip() for line in lines)
        return tuple(line for line in said if line)

    def _compiled(self, locale: str) -> re.Pattern[str] | None:
        language = re.split("[_@]", locale)[0]
        entries = {entry: None for each in (locale, language, SOURCE_LOCALE) for entry in self.entries(each)}
        return re.compile("|".join(map(_as_pattern, entries))) if entries else None


def _as_pattern(entry: str) -> str:
    word = re.escape(" ".join(plain_letters(entry.lstrip("*=")).split()))
    if entry.startswith("*"):
        return word
    return rf"(?<!\w){word}(?!\w)" if entry.startswith("=") else rf"(?<!\w){word}"


TELLING: Final = WordList("telling")
FORBIDDEN: Final = WordList("forbidden")
