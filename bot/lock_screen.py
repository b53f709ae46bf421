"""
The last look at what comes to a resident unasked, in her language and with every name filled in (R35, S4).

It is to open with a line of `dialogs/neutral.py`, and as far as a locked screen shows it, to hold no telling word: a
name may be one. Where that is not so, the line that says nothing comes first. Nothing is held back or cut: a message
is rather made longer than lost.
"""

import logging

from bot.translating import Reader, Translator
from bot.word_lists import TELLING
from dialogs import neutral
from dialogs.text import Text

log = logging.getLogger(__name__)

NOT_APPROVED = "what comes unasked does not open with a neutral line"


def said(text: Text, reader: Reader, translator: Translator) -> str:
    """Return the words as they may be sent unasked."""
    words = translator.full_text(text, reader)
    may_stand_there = (translator.offered(reader.locale), translator.second(reader), translator.default)
    if is_approved(text) and not any(tells(words, locale) for locale in may_stand_there if locale):
        return words
    return translator.full_text(neutral.covered(text), reader)


def is_approved(text: Text) -> bool:
    """Whether it opens as it should; a text that does not is a mistake of ours, and the log names its room."""
    if neutral.opens(text):
        return True
    log.error(NOT_APPROVED, extra={"context": text[0].context if text else ""})
    return False


def tells(words: str, locale: str) -> tuple[str, ...]:
    """Return what a stranger who reads the locked screen would be told by it."""
    return TELLING.found(words[: neutral.SHOWN], locale)
