"""
The check of translations: nothing missing, nothing stale, nothing torn.

A locale is offered only when it is whole. What is checked here is what a machine can see: that every source
text has a translation made from it, with the same placeholders and all plural forms, short enough for
Telegram, and without a promise that cannot be kept. Whether it is good is for a reader of the language.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from babel.messages import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.translating import DOMAINS, LOCALES
from bot.word_lists import FORBIDDEN

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
_REVIEW: Final = re.compile(r"^# Vidare-Review: (.+)$", re.MULTILINE)
"""Stands in the comment at the head of a catalogue: Babel keeps that, but not headers of ours."""
_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")


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
    """How far a catalogue is; `draft` until a named person reviewed it."""

    locale: str
    domain: str
    translated: int
    of: int
    review: str


def sources(domain: str, root: Path = ROOT) -> Catalog:
    """Extract what the code and the guides say today."""
    catalogue = Catalog()
    methods, folders = SOURCES[domain]
    for folder in folders:
        found = extract_from_dir(
            str(root / folder), _below(methods, folder), keywords=KEYWORDS, comment_tags=()
        )
        for _file, _line, text, _comments, context in found:
            catalogue.add(text, context=context)
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
    """Every fault of every catalogue."""
    for domain in DOMAINS:
        source = sources(domain, root)
        for locale in locales(folder):
            catalogue = read(locale, domain, folder)
            for entry in source:
                if entry.id:
                    for what in _faults_of(entry, catalogue):
                        yield Fault(locale, domain, _source(entry), what)


def _source(entry: Entry) -> str:
    return entry.id if isinstance(entry.id, str) else entry.id[0]


def _faults_of(entry: Entry, catalogue: Catalog) -> Iterator[str]:
    found = catalogue.get(entry.id, entry.context)
    if found is None:
        yield "missing (run `make catalogues`)"
        return
    if found.fuzzy:
        yield "stale: its source has changed"
        return
    forms = [found.string] if isinstance(found.string, str) else list(found.string or ())
    if not forms or not all(forms):
        yield "not translated"
        return
    if isinstance(entry.id, tuple) and len(forms) != catalogue.num_plurals:
        yield f"{len(forms)} plural forms of {catalogue.num_plurals}"
    for form in forms:
        yield from _faults_in(form, entry, str(catalogue.locale_identifier))


def _faults_in(form: str, entry: Entry, locale: str) -> Iterator[str]:
    said = {_source(entry)} if isinstance(entry.id, str) else set(entry.id)
    wanted = {name for text in said for name in _PLACEHOLDER.findall(text)}
    has = set(_PLACEHOLDER.findall(form))
    if has - wanted or wanted - has - {"count"}:
        yield f"placeholders {sorted(has)} instead of {sorted(wanted)}"
    if len(form) > LONGEST or (entry.context in LABELS and len(form) > LONGEST_LABEL):
        yield f"too long ({len(form)} characters)"
    if entry.context != "line" and FORBIDDEN.found(form, locale):  # what a helpline says of itself is its own
        yield "promises what cannot be kept"
    if re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", form):
        yield "holds a direction mark; the bot sets them itself"


def statuses(folder: Path = LOCALES, root: Path = ROOT) -> list[Status]:
    """How complete and how reviewed each catalogue is."""
    return [
        _status(locale, domain, sources(domain, root), folder)
        for domain in DOMAINS
        for locale in locales(folder)
    ]


def _status(locale: str, domain: str, source: Catalog, folder: Path) -> Status:
    catalogue = read(locale, domain, folder)
    entries = [entry for entry in source if entry.id]
    whole = [entry for entry in entries if not any(_faults_of(entry, catalogue))]
    review = _REVIEW.search(catalogue.header_comment)
    return Status(locale, domain, len(whole), len(entries), review[1].strip() if review else "draft")
