"""
Words that people type, in all languages at once: one spelling must not mean two things (`dialogs/words.py`).

People mix languages, so every spelling counts for everybody. Where two languages use one spelling for two things, one
of them would be misunderstood, and no translator can see it in her own catalogue.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from bot.translating import fold


def collisions(words: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    """Take (locale, source, spellings with | between); yield a spelling, and what is wrong with it."""
    meanings: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for locale, source, spellings in words:
        for spelling in (*spellings.split("|"), *source.split("|")):
            meanings[fold(spelling)][source].add(locale)
    for spelling, sources in sorted(meanings.items()):
        if len(sources) > 1:
            where = "; ".join(
                f"“{source.partition('|')[0]}” in {', '.join(sorted(locales))}"
                for source, locales in sorted(sources.items())
            )
            yield spelling, f"one spelling for two things: {where}"
