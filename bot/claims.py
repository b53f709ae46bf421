"""
Claims in what people read about Vidare: no page may promise what Telegram makes untrue (platform.md 1.9).

The texts of the bot itself are looked at by `bot/catalogues.py`. Here it is the pages beside them: the README, the
documents, the templates of the desk. A sentence that denies a claim may name it, and so may one that quotes it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.locale_folder import LOCALES
from bot.word_lists import FORBIDDEN

ROOT: Final = LOCALES.parent
PAGES: Final = ("README.md", "docs/**/*.md", "bot/desk/templates/**/*.html")
LANGUAGES: Final = ("sv", "en")
"""In which they are written."""

_MARKUP: Final = re.compile(r"```.*?```|`[^`]*`|<[^>]*>|\{[{%#].*?[}%#]\}", re.DOTALL)
_QUOTED: Final = re.compile(r"“[^”]*”|”[^”]*”|«[^»]*»|\"[^\"]*\"")
_SENTENCE: Final = re.compile(r"(?<=[.!?:;])\s+|\n\s*\n|\n\s*[-*|#]|\|")
_DENIES: Final = re.compile(
    r"\b(not|no|never|nobody|nothing|none|cannot|inte|ingen|inget|inga|aldrig|icke|knappast)\b|n[’']t\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that promises too much, and where it stands."""

    page: str
    words: tuple[str, ...]
    sentence: str

    def __str__(self) -> str:
        return f"{self.page}: promises what cannot be kept ({', '.join(self.words)}): {self.sentence[:80]!r}"


def in_pages(root: Path = ROOT) -> Iterator[Claim]:
    """Every claim of every page."""
    for pattern in PAGES:
        for path in sorted(root.glob(pattern)):
            name = path.relative_to(root).as_posix()
            for words, sentence in in_text(path.read_text("utf-8")):
                yield Claim(name, words, sentence)


def in_text(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The sentences that claim something they do not deny, with the words that do it."""
    for piece in _SENTENCE.split(_QUOTED.sub(" ", _MARKUP.sub(" ", text))):
        sentence = " ".join(piece.split())
        words = tuple(dict.fromkeys(word for each in LANGUAGES for word in FORBIDDEN.found(sentence, each)))
        if words and not _denied(sentence, words):
            yield words, sentence


def _denied(sentence: str, words: tuple[str, ...]) -> bool:
    """Whether a word of no stands beside the claim; one that is part of it ("no trace") denies nothing."""
    rest = sentence.casefold()
    for word in words:
        rest = rest.replace(word, " ")
    return _DENIES.search(rest) is not None
