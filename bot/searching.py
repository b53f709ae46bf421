"""
The search for guides, made of what people call them and of all their texts in all languages that are offered.

Making it takes a second, which no start shall wait for: a running bot begins it beside everything else, and whoever
asks before it is done waits for the rest.
"""

from datetime import UTC, datetime
from functools import cached_property
from threading import Lock, Thread

from bot.library import Library
from bot.translating import Reader, Translator
from dialogs.finding import GuideFinder
from dialogs.guide import texts_of
from dialogs.schedule import DEFAULT_ZONE

_NO_MATTER_WHEN = datetime(2026, 1, 1, tzinfo=UTC)


class Search:
    """A `GuideFinder` that is made when it is first needed; safe to use from every thread."""

    def __init__(self, books: Library, translator: Translator) -> None:
        self._books, self._translator = books, translator
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
        readers = [Reader(locale, DEFAULT_ZONE, _NO_MATTER_WHEN) for locale in self._translator.locales]
        say = self._translator.message
        texts = {
            guide.id: [say(text, reader) for reader in readers for text in texts_of(guide)]
            for guide in self._books.guides.values()
        }
        return GuideFinder(self._books.phrases, texts)
