"""
The search for guides, made of what people call them and of all their texts in all languages that are offered.

Making it takes seconds and much memory, so what was made is kept (`kept_file.py`) as long as no text has changed. No
start waits even so: a running bot begins it beside everything else, and whoever asks before it is done waits for it.
"""

import hashlib
import sys
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from threading import Lock, Thread
from typing import Final

from bot import kept_file
from bot.library import Library
from bot.locale_folder import LOCALES
from bot.translating import Translator
from dialogs import finding
from dialogs.finding import GuideFinder, Weights, weighed
from dialogs.guide import texts_of
from dialogs.risk import normalise

FILE: Final = LOCALES / "search.index"


class Search:
    """A `GuideFinder` that is made when it is first needed; safe to use from every thread."""

    def __init__(self, books: Library, translator: Translator, file: Path = FILE) -> None:
        self._books, self._translator, self._file = books, translator, file
        self._lock = Lock()

    def begin(self) -> None:
        """Make it now, beside everything else."""
        Thread(target=self.find, args=("",), name="search", daemon=True).start()

    def find(self, text: str) -> tuple[str, ...]:
        """Return guides, best first."""
        return self._made().find(text)

    def asked_for(self, text: str) -> tuple[str, ...]:
        """Return the guides a message in a conversation seems to ask for."""
        return self._made().asked_for(text)

    def _made(self) -> GuideFinder:
        with self._lock:
            return self._finder

    @cached_property
    def _finder(self) -> GuideFinder:
        said = self._translator.untypeset
        texts = {
            guide.id: [said(text, locale) for locale in self._translator.locales for text in texts_of(guide)]
            for guide in self._books.guides.values()
        }
        phrases, made_of = self._books.phrases, _made_of(self._books.phrases, texts)
        ready = kept_file.kept(self._file, made_of)
        if ready is not None:
            return GuideFinder(phrases, weights=Weights(ready))
        weights = weighed(phrases, texts)
        kept_file.keep(self._file, made_of, bytes(weights.packed))
        return GuideFinder(phrases, weights=weights)


def _made_of(*said: Mapping[str, Iterable[str]]) -> bytes:
    """A digest of all that decides what the search holds: every text, the code, and how this machine writes numbers."""
    digest = hashlib.sha256(f"{sys.byteorder} {sys.version}".encode())
    for module in (finding, normalise):
        digest.update(Path(str(module.__file__)).read_bytes())
    for texts in said:
        for guide, each in texts.items():
            digest.update("\0".join((guide, *each, "")).encode("utf-8", "surrogatepass"))
    return digest.digest()
