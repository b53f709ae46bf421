"""
What a text tells somebody to write is understood when it is written, in every language.

“Write ‘stop’ to leave” in a language whose word for it the bot does not know is a door painted on a wall.
"""

import re
from functools import cache
from typing import Final

import pytest

from bot import catalogues, reviews
from dialogs.words import Word
from tests.bot.town import texts

QUOTED: Final = re.compile(r"[“”„«»]([^“”„«»]{1,40})[“”„«»]")
"""Between any two of the quotation marks our languages use."""
NOT_TOLD_TO_WRITE: Final = frozenset({"glossary", "word"})


@cache
def told() -> tuple[tuple[str, str, frozenset[Word]], ...]:
    """Context and source of every text that quotes words the bot knows, and which."""
    known = texts().translator.word
    found = []
    for domain in ("bot", "guides"):
        for entry in catalogues.sources(domain):
            if not entry.id or entry.context in NOT_TOLD_TO_WRITE:
                continue
            source = reviews.source(entry)
            words = {known(quoted) for quoted in QUOTED.findall(source)} - {None}
            if words:
                found.append((str(entry.context), source, frozenset(word for word in words if word)))
    return tuple(found)


def test_there_are_such_texts() -> None:
    """Else the test below would be content with anything."""
    assert len(told()) > 20


@pytest.mark.parametrize("locale", [each for each in catalogues.locales() if "@" not in each])
def test_a_word_that_a_text_quotes_is_known(locale: str) -> None:
    """With the same meaning as in the source."""
    known, loaded = (
        texts().translator.word,
        {each: catalogues.read(locale, each) for each in ("bot", "guides")},
    )
    lost = []
    for context, source, words in told():
        entry = next(found for each in loaded.values() if (found := each.get(source, context)))
        said = " ".join(reviews.forms(entry))
        lost += [
            f"{word.value}: {said[:150]}"
            for word in words - {known(quoted.strip(" .,!")) for quoted in QUOTED.findall(said)}
        ]
    assert not lost, "\n".join(lost)
