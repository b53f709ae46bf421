"""
The check of translations: nothing missing, nothing stale, nothing torn.

What is checked here is what a machine can see: that every source text has a translation made from it, with the same
placeholders and numbers, all plural forms and the agreed terms, short enough for Telegram, and without a promise that
cannot be kept. Whether it is good is for a reader of the language: who has read what stands in `reviews.py`.

A kind of a language (`sv@easy`) may leave out what only helpers read; they are shown the language itself.
"""

import re
from calendar import month_name
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from babel.messages import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot import reviews, terms
from bot.locale_folder import DOMAINS, LOCALES, REVIEWED, SOURCE_LOCALE, base, reviewed_locales
from bot.spellings import collisions
from bot.word_lists import FORBIDDEN
from dialogs.languages import FOR_HELPERS

ROOT: Final = LOCALES.parent
KEYWORDS: Final = {"_": ((1, "c"), 2), "_n": ((1, "c"), 2, 3)}
SOURCES: Final = {
    "bot": (
        [("dialogs/**.py", "python"), ("bot/**.py", "python"), ("bot/desk/templates/**.html", "jinja2")],
        ("dialogs", "bot"),
    ),
    "guides": ([("dialogs/guides/*.yaml", "bot.guide_extraction:extract")], ("dialogs",)),
}
LONGEST: Final = 2000
"""Characters of one text; two languages of it fit one message (R14)."""
LONGEST_LABEL: Final = 40
LABELS: Final = frozenset({"alert button", "face", "weight", "risk answer"})
"""Contexts in which every text stands on a button."""
LONGEST_COMMAND: Final = 256
"""What Telegram takes beside a command."""
IN_DIGITS: Final = 10
"""A smaller number may be a word in the translation; a greater one is compared."""
SMALL_NUMBERS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_IN_WORDS: Final = {
    **{word: number for number, word in enumerate(SMALL_NUMBERS, start=1)},
    "once": 1,
    "twice": 2,
    **{month.lower(): number for number, month in enumerate(month_name) if month},
}
"""What the source says in words and a translation may say in digits; months have numbers in Arabic."""
LIMITS: Final = {**dict.fromkeys(LABELS, LONGEST_LABEL), "command": LONGEST_COMMAND}
_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
_NUMBER: Final = re.compile(r"\d+")
_NOT_COMPARED: Final = frozenset({"word", "language"})
"""Contexts whose translation is not the source said again: spellings that people type, a language's own name."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to put right, and where."""

    locale: str
    domain: str
    source: str
    what: str

    def __str__(self) -> str:
        return f"locales/{self.locale}/LC_MESSAGES/{self.domain}.po: {self.what}: {self.source[:80]!r}"


@dataclass(frozen=True, slots=True)
class Status:
    """How far a catalogue is: texts that are whole, read by enough people, and of those for safety."""

    locale: str
    domain: str
    of: int
    translated: int
    reviewed: int
    for_safety: int
    safety_reviewed: int

    @property
    def is_reviewed(self) -> bool:
        """Whether every text has been read by as many as it needs."""
        return self.translated == self.reviewed == self.of


def sources(domain: str, root: Path = ROOT) -> Catalog:
    """Extract what the code and the guides say today."""
    catalogue = Catalog()
    methods, folders = SOURCES[domain]
    for folder in folders:
        found = extract_from_dir(
            str(root / folder), _below(methods, folder), keywords=KEYWORDS, comment_tags=()
        )
        for _file, _line, text, comments, context in found:
            catalogue.add(text, context=context, auto_comments=comments)
    return catalogue


def _below(methods: list[tuple[str, str]], folder: str) -> list[tuple[str, str]]:
    """Patterns are relative to the folder that is walked."""
    return [(pattern.removeprefix(f"{folder}/"), method) for pattern, method in methods]


def locales(folder: Path = LOCALES) -> list[str]:
    """The locales that have catalogues."""
    return sorted(path.parent.parent.name for path in folder.glob("*/LC_MESSAGES/bot.po"))


def read(locale: str, domain: str, folder: Path = LOCALES) -> Catalog:
    """Return a catalogue as it stands on disk."""
    with (folder / locale / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return read_po(file, locale=locale)


def faults(folder: Path = LOCALES, root: Path = ROOT) -> Iterator[Fault]:
    """Every fault of every catalogue; one that is named as reviewed must be."""
    named = reviewed_locales(folder) - {SOURCE_LOCALE}
    for locale in sorted(named - set(locales(folder))):
        yield Fault(locale, "bot", REVIEWED, "named as reviewed, but has no catalogue")
    for domain in DOMAINS:
        source = sources(domain, root)
        for locale in locales(folder):
            catalogue, agreed = read(locale, domain, folder), terms.read(locale, domain, folder)
            for entry in wanted(source, locale):
                for what in _faults_of(entry, catalogue, agreed, reviewed=locale in named):
                    yield Fault(locale, domain, reviews.source(entry), what)
    for spelling, what in collisions(_spellings(folder)):
        yield Fault("*", "bot", spelling, what)


def wanted(source: Catalog, locale: str) -> Iterator[Entry]:
    """The texts a locale must have."""
    is_kind = base(locale) != locale
    return (entry for entry in source if entry.id and not (is_kind and entry.context in FOR_HELPERS))


def _spellings(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Locale, source and translation of every word that people type."""
    for locale in locales(folder):
        for entry in read(locale, "bot", folder):
            if entry.id and entry.context == "word" and not entry.fuzzy and entry.string:
                yield locale, reviews.source(entry), "|".join(reviews.forms(entry))


def faults_of(
    entry: Entry, catalogue: Catalog, locale: str, domain: str, folder: Path = LOCALES
) -> Iterator[str]:
    """What is wrong with one translation of a catalogue."""
    return _faults_of(entry, catalogue, terms.read(locale, domain, folder), reviewed=False)


def _faults_of(
    entry: Entry, catalogue: Catalog, agreed: tuple[terms.Term, ...], *, reviewed: bool
) -> Iterator[str]:
    found = catalogue.get(entry.id, entry.context)
    if found is None:
        yield "missing (run `make catalogues`)"
        return
    if found.fuzzy:
        yield "stale: its source has changed"
        return
    forms = reviews.forms(found)
    if not forms or not all(forms):
        yield "not translated"
        return
    if isinstance(entry.id, tuple) and len(forms) != catalogue.num_plurals:
        yield f"{len(forms)} plural forms of {catalogue.num_plurals}"
    for number, form in enumerate(forms):
        last = number == catalogue.num_plurals - 1
        yield from _faults_in(form, entry, str(catalogue.locale_identifier), last=last)
    if entry.context not in _NOT_COMPARED:
        yield from _terms_lost(forms, [each for each in agreed if each.is_in(reviews.source(entry))])
    if reviewed and not reviews.is_reviewed(found):
        yield f"reviewed by {len(reviews.reviews(found))} of {reviews.needed(found)}"


def _terms_lost(forms: tuple[str, ...], agreed: list[terms.Term]) -> Iterator[str]:
    for term in agreed:
        if not any(term.is_kept(form) for form in forms):
            yield f"“{term.source}” is not “{term.say}” (terms.tsv)"


def _faults_in(form: str, entry: Entry, locale: str, *, last: bool) -> Iterator[str]:
    said = {reviews.source(entry)} if isinstance(entry.id, str) else set(entry.id)
    names = {name for text in said for name in _PLACEHOLDER.findall(text)}
    has = set(_PLACEHOLDER.findall(form))
    if has - names or names - has - (set() if last else {"count"}):
        yield f"placeholders {sorted(has)} instead of {sorted(names)}"
    if len(form) > LONGEST or len(form) > LIMITS.get(entry.context or "", LONGEST):
        yield f"too long ({len(form)} characters)"
    if entry.context != "line" and FORBIDDEN.found(form, locale):  # what a helpline says of itself is its own
        yield "promises what cannot be kept"
    if re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", form):
        yield "holds a direction mark; the bot sets them itself"
    if isinstance(entry.id, str) and entry.context not in _NOT_COMPARED:
        in_words = {_IN_WORDS[word] for word in re.findall(r"[a-z]+", entry.id.lower()) if word in _IN_WORDS}
        yield from _other_numbers(_numbers(entry.id), _numbers(form), in_words)


def _numbers(text: str) -> list[int]:
    return sorted(int(each) for each in _NUMBER.findall(_PLACEHOLDER.sub(" ", text)))


def _other_numbers(source: list[int], form: list[int], in_words: set[int]) -> Iterator[str]:
    """In whatever digits they are written."""
    lost = [each for each in source if each > IN_DIGITS and each not in form]
    new = [each for each in form if each not in source and each not in in_words]
    if lost or new:
        yield f"other numbers than its source ({', '.join(map(str, (*lost, *new)))})"


def statuses(folder: Path = LOCALES, root: Path = ROOT, *, only: str | None = None) -> list[Status]:
    """How complete and how reviewed each catalogue is; of one locale where `only` names it."""
    return [
        _status(locale, domain, source, folder)
        for domain, source in ((domain, sources(domain, root)) for domain in DOMAINS)
        for locale in locales(folder)
        if only in (None, locale)
    ]


def _status(locale: str, domain: str, source: Catalog, folder: Path) -> Status:
    catalogue, agreed = read(locale, domain, folder), terms.read(locale, domain, folder)
    entries = list(wanted(source, locale))
    whole = [
        found
        for entry in entries
        if not any(_faults_of(entry, catalogue, agreed, reviewed=False))
        and (found := catalogue.get(entry.id, entry.context)) is not None
    ]
    grave = [entry for entry in whole if reviews.needed(entry) > 1]
    return Status(
        locale,
        domain,
        of=len(entries),
        translated=len(whole),
        reviewed=sum(reviews.is_reviewed(entry) for entry in whole),
        for_safety=sum(reviews.needed(entry) > 1 for entry in entries),
        safety_reviewed=sum(reviews.is_reviewed(entry) for entry in grave),
    )


def write(catalogue: Catalog, locale: str, domain: str, folder: Path = LOCALES) -> None:
    """Put a catalogue on disk as `make catalogues` writes it; the old one stays until the new one is whole."""
    path = folder / locale / "LC_MESSAGES" / f"{domain}.po"
    new = path.with_suffix(".po.new")
    with new.open("wb") as file:
        write_po(file, catalogue, width=0, ignore_obsolete=True, include_previous=True)
    new.replace(path)
