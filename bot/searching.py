"""The search for guides, made of what people call them and of all their texts in all languages that are offered."""

from datetime import UTC, datetime

from bot.library import Library
from bot.translating import Reader, Translator
from dialogs.finding import GuideFinder
from dialogs.guide import texts_of
from dialogs.schedule import DEFAULT_ZONE

_NO_MATTER_WHEN = datetime(2026, 1, 1, tzinfo=UTC)


def finder(books: Library, translator: Translator) -> GuideFinder:
    """Takes about a second; read-only afterwards."""
    readers = [Reader(locale, DEFAULT_ZONE, _NO_MATTER_WHEN) for locale in translator.locales]
    texts = {
        guide.id: [translator.message(text, reader) for reader in readers for text in texts_of(guide)]
        for guide in books.guides.values()
    }
    return GuideFinder(books.phrases, texts)
