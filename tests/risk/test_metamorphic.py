"""
What changes no meaning must change no reading: over the whole labelled corpus, in every language (risk.md 1).

The lexicons do not matter here, only what is done to a message before it meets them, so no rate is asserted: each
message is its own measure.
"""

import unicodedata
from collections.abc import Callable
from itertools import cycle

import pytest

from bot.commands.risk import CORPUS
from bot.lexicons import load_reader
from bot.risk_corpus import load
from dialogs.risk.reader import Reader
from dialogs.risk.score import Labelled

INVISIBLE = ("\u200b", "\u200e", "\u200f", "\u2060", "\ufeff", "\u00ad")
OTHER_LETTERS = str.maketrans({"ی": "ي", "ي": "ی", "ک": "ك", "ك": "ک", "’": "'", "'": "’", "ه": "ہ"})


@pytest.fixture(scope="module")
def reader() -> Reader:
    """The bot's own."""
    return load_reader()


def corpus() -> list[Labelled]:
    """Every message of every language."""
    return [message for messages in load(CORPUS, []).values() for message in messages]


def invisible(text: str) -> str:
    """Signs nobody sees, between all words and after every third letter."""
    signs = cycle(INVISIBLE)
    return "".join(
        letter + next(signs)
        if letter == " " or (place % 3 == 0 and not unicodedata.combining(letter))
        else letter
        for place, letter in enumerate(text)
    )


SAME: dict[str, Callable[[str], str]] = {
    "capitals": lambda text: text.upper() if text.upper().lower() == text.lower() else text,
    "composed": lambda text: unicodedata.normalize("NFC", text),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "other letters for the same": lambda text: text.translate(OTHER_LETTERS),
    "signs nobody sees": invisible,
    "more spaces": lambda text: "  " + text.replace(" ", "  ") + "\n",
}


@pytest.mark.parametrize("how", SAME)
def test_writing_differently_is_read_the_same(reader: Reader, how: str) -> None:
    """What a keyboard does is not what she means."""
    changed = [
        (message.id, reader.read(message.text).level, reader.read(SAME[how](message.text)).level)
        for message in corpus()
    ]
    assert [(name, before, after) for name, before, after in changed if before != after] == []


SHORT = 2
KNOWN = frozenset({"ku-630"})
"""A request for a person beside a weak sign, which a greeting parts: a weak spot, to be mended, not to grow."""
ADDED: dict[str, Callable[[str], str]] = {
    "a heart": lambda text: text + " ❤️",
    "hello and thanks": lambda text: f"Hej. {text}. Tack.",
    "a line before": lambda text: f"I bought bread and milk.\n{text}",
}


@pytest.mark.parametrize("how", ADDED)
def test_harmless_words_around_it_make_nothing_calmer(reader: Reader, how: str) -> None:
    """People wrap the worst in politeness. One or two words are left out: `help` alone means more than in a letter."""
    changed = [
        (message.id, reader.read(message.text).level, reader.read(ADDED[how](message.text)).level)
        for message in corpus()
        if len(message.text.split()) > SHORT and message.id not in KNOWN
    ]
    assert [(name, before, after) for name, before, after in changed if after < before] == []
