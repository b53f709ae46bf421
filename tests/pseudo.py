"""
A language that nobody speaks, made of every text we have: what is not in it was not marked for translation.

Every letter becomes its full-width sister and every text a third longer, between two brackets. What a phone shows in
plain letters then came from somewhere else: it is a name, a number, a Swedish sentence, or a text somebody forgot.
"""

import re
import shutil
from pathlib import Path
from typing import Final

from bot import catalogues, new_locale
from bot.locale_folder import DOMAINS, LOCALES
from tests.bot.town import compile_catalogue

LOCALE: Final = "eo"
"""A language that Babel knows, with two plural forms, which we do not offer."""
LONGER: Final = 1.3
_PLACEHOLDER: Final = re.compile(r"(\{\w+\})")
_WIDE: Final = {
    **{ord(sign): ord(sign) - ord("a") + 0xFF41 for sign in map(chr, range(ord("a"), ord("z") + 1))},
    **{ord(sign): ord(sign) - ord("A") + 0xFF21 for sign in map(chr, range(ord("A"), ord("Z") + 1))},
}


def turned(text: str) -> str:
    """The same text in it; placeholders and line breaks stay."""
    pieces = _PLACEHOLDER.split(text)
    pieces[::2] = [piece.translate(_WIDE) for piece in pieces[::2]]
    tail = "·" * int(len(text) * (LONGER - 1))
    return f"⟦{''.join(pieces)}{tail}⟧"


def make(folder: Path) -> None:
    """Put it beside Swedish, begun with the command that begins any language, and compiled."""
    for domain in DOMAINS:
        shutil.copy(LOCALES / f"{domain}.pot", folder / f"{domain}.pot")
    new_locale.begin(LOCALE, folder)
    for domain in DOMAINS:
        catalogue = catalogues.read(LOCALE, domain, folder)
        for entry in catalogue:
            if not entry.id or entry.context == "word":
                continue  # spellings that people type are never shown
            label = entry.context in catalogues.LABELS
            say = _label if label else turned
            forms = tuple(say(each) for each in ((entry.id,) if isinstance(entry.id, str) else entry.id))
            entry.string = forms[0] if isinstance(entry.id, str) else forms
        catalogues.write(catalogue, LOCALE, domain, folder)
        compile_catalogue(folder, LOCALE, domain, catalogue)


def _label(text: str) -> str:
    """No longer than it was: labels may fill their place already."""
    return text.translate(_WIDE) if "{" not in text else turned(text)


def plain_words(text: str) -> list[str]:
    """The words of a text in plain Latin letters, links aside."""
    return re.findall(r"[A-Za-zÀ-ÿ]+(?:['’-][A-Za-zÀ-ÿ]+)*", re.sub(r"https?://\S+", " ", text))
