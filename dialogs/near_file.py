"""
A municipality's file, read and checked: text in, `NearPlace` out, or `GuideFaults` that name file and line.

A file holds `name`, `checked` (the day on which somebody last tried what it says), `entries` (who helps there) and
`activities` (what comes back every week). An entry holds `kind`, `name`, and perhaps `phone`, `hours`, `link` and
`note`; an activity holds `title`, `day`, `time`, `who`, `where`, and perhaps `note`. Each text may be one text, in
Swedish, or one for each language, Swedish among them.

The promise: a number stands in one place, so that it is changed once. No text holds one, and no number of our own
lines (`lines.yaml`) may be written down here again.
"""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from dialogs.marked_yaml import Marked, Notes, Section, opened
from dialogs.text import Message, _

GOOD_FOR: Final = timedelta(days=180)
"""Hours and numbers of an office change; after this long a reader is told to ask first."""

FIRST_LANGUAGE: Final = "sv"
LANGUAGES: Final = frozenset(
    {"sv", "sv@easy", "en", "ar", "fa", "fa_AF", "ckb", "ku", "so", "ti", "tr", "ur", "ps", "uk"}
)
DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

LONGEST_ID: Final = 30
"""It travels in the data of a button, which has 64 bytes."""
LONGEST_NAME: Final = 60
LONGEST_HOURS: Final = 80
LONGEST_NOTE: Final = 160
LONGEST_LINK: Final = 100
MOST_ENTRIES: Final = 8
MOST_ACTIVITIES: Final = 8
"""A page is one message of at most 4096 characters."""

_ID = re.compile(r"[a-z]+(-[a-z]+)*")
_PHONE = re.compile(r"(\+46 ?|0)[1-9][\d -]{4,14}\d")
_LIKE_A_PHONE = re.compile(r"\d(?:[ ./()-]{0,2}\d){4,}")
"""Five figures or more in a row. Hours are fewer, or have a colon between them."""
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_HOST = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+")


class EntryKind(StrEnum):
    """Who an entry leads to."""

    SOCIAL_SERVICES = "social-services"
    DUTY_LINE = "duty-line"
    WOMENS_SHELTER = "womens-shelter"
    HOUSING_QUEUE = "housing-queue"
    CITIZENS_OFFICE = "citizens-office"
    BUDGET_ADVISER = "budget-adviser"


KIND_NAMES: Final[Mapping[EntryKind, Message]] = {
    EntryKind.SOCIAL_SERVICES: _("near", "Social services"),
    EntryKind.DUTY_LINE: _("near", "Social services at night and on weekends (socialjour)"),
    EntryKind.WOMENS_SHELTER: _("near", "Support for women (kvinnojour)"),
    EntryKind.HOUSING_QUEUE: _("near", "Queue for a home (bostadskö)"),
    EntryKind.CITIZENS_OFFICE: _("near", "Help with forms and questions (medborgarkontor)"),
    EntryKind.BUDGET_ADVISER: _("near", "Advice about money and debts (budget- och skuldrådgivning)"),
}
DAY_NAMES: Final[Mapping[int, Message]] = {
    1: _("near", "Monday"),
    2: _("near", "Tuesday"),
    3: _("near", "Wednesday"),
    4: _("near", "Thursday"),
    5: _("near", "Friday"),
    6: _("near", "Saturday"),
    7: _("near", "Sunday"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """A text in the languages its operator wrote it in; Swedish is always among them."""

    texts: tuple[tuple[str, str], ...]

    def to(self, locale: str) -> str:
        """Return what a reader of `locale` is shown: her language, the same without its region, else Swedish."""
        known = dict(self.texts)
        return next(
            (known[each] for each in (locale, re.split("[_@]", locale)[0]) if each in known),
            known.get(FIRST_LANGUAGE, ""),
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody who helps in a place."""

    kind: EntryKind
    name: Words
    phone: str | None = None
    hours: Words | None = None
    link: str | None = None
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Weekly:
    """Something that comes back every week. `day` is an ISO weekday, Monday 1."""

    title: Words
    day: int
    at: time
    who: Words
    where: Words
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class NearPlace:
    """A municipality, as its operator described it."""

    id: str
    name: Words
    checked: date
    entries: tuple[Entry, ...]
    activities: tuple[Weekly, ...]

    def is_old(self, today: date) -> bool:
        """Whether a reader must be told to ask before she relies on it."""
        return today - self.checked > GOOD_FOR


Places: TypeAlias = Mapping[str, NearPlace]


@dataclass(frozen=True, slots=True)
class _Bench:
    """What the parts of one file are checked against; `seen` are the numbers met so far, with their lines."""

    notes: Notes
    ours: Set[str]
    seen: dict[str, int]


def parse_place(file: str, text: str, today: date, ours: Set[str] = frozenset()) -> NearPlace:
    """Read and check one file. `ours` are the numbers of `lines.yaml`. Raises `GuideFaults`."""
    notes = Notes(file)
    bench = _Bench(notes, frozenset(bare(number) for number in ours), {})
    top = opened(text, notes, "the place")
    place = NearPlace(
        id=_id(file, notes),
        name=_words(top, "name", LONGEST_NAME),
        checked=_checked(top, today),
        entries=tuple(_entries(top, bench)),
        activities=tuple(_activities(top)),
    )
    top.close()
    notes.settle()
    return place


def bare(number: str) -> str:
    """A number without what only makes it easier to read, as it is dialled from Sweden."""
    figures = re.sub(r"[^\d+]", "", number)
    return "0" + figures.removeprefix("+46") if figures.startswith("+46") else figures


def holds_a_number(text: str) -> bool:
    """Whether a text holds what looks like a number to call; times and dates do not."""
    plain = re.sub(r"\d{4}-\d{2}-\d{2}", "", text)
    return _LIKE_A_PHONE.search(plain) is not None


def is_link(link: str) -> bool:
    """Whether this is https and leads to a plain host."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    host = parts.netloc
    plain = link.isascii() and not any(sign.isspace() for sign in link)
    return plain and parts.scheme == "https" and _HOST.fullmatch(host) is not None


def _id(file: str, notes: Notes) -> str:
    stem = file.rsplit("/", 1)[-1].removesuffix(".yaml")
    if not _ID.fullmatch(stem) or len(stem) > LONGEST_ID:
        notes.add(
            1, f"'{stem}' is no name for a file here: small letters a to z and hyphens, {LONGEST_ID} at most"
        )
    return stem


def _checked(top: Section, today: date) -> date:
    checked = top.day("checked")
    if checked > today:
        top.notes.add(top.line_of("checked"), "'checked' is a day that has not come yet")
    return checked


def _entries(top: Section, bench: _Bench) -> Iterator[Entry]:
    sections = top.sections("entries")
    if not 1 <= len(sections) <= MOST_ENTRIES:
        bench.notes.add(top.line_of("entries"), f"a place has one to {MOST_ENTRIES} entries")
    for section in sections:
        kind = section.text("kind")
        if kind.text not in set(EntryKind):
            bench.notes.add(kind.line, f"'{kind.text}' is no kind of entry; there are {', '.join(EntryKind)}")
            kind = Marked(EntryKind.SOCIAL_SERVICES, kind.line)
        yield Entry(
            kind=EntryKind(kind.text),
            name=_words(section, "name", LONGEST_NAME),
            phone=_phone(section, bench),
            hours=_words_if_any(section, "hours", LONGEST_HOURS),
            link=_link(section),
            note=_words_if_any(section, "note", LONGEST_NOTE),
        )
        section.close()


def _phone(section: Section, bench: _Bench) -> str | None:
    phone = section.text_if_any("phone")
    if phone is None:
        return None
    number = bare(phone.text)
    if not phone.text.isascii() or not _PHONE.fullmatch(phone.text):
        bench.notes.add(phone.line, "this is no Swedish number to call: write it like 08-465 004 00")
    if number in bench.ours:
        bench.notes.add(
            phone.line, "this number stands in lines.yaml already; numbers for all of Sweden stand there"
        )
    first = bench.seen.setdefault(number, phone.line)
    if first != phone.line:
        bench.notes.add(phone.line, f"this number stands on line {first} already; let one entry hold it")
    return phone.text


def _link(section: Section) -> str | None:
    link = section.text_if_any("link")
    if link is None:
        return None
    if not is_link(link.text):
        section.notes.add(link.line, "a link begins with https:// and leads to a plain address")
    if len(link.text) > LONGEST_LINK:
        section.notes.add(link.line, f"a link has at most {LONGEST_LINK} characters")
    return link.text


def _activities(top: Section) -> Iterator[Weekly]:
    sections = top.sections("activities")
    if len(sections) > MOST_ACTIVITIES:
        top.notes.add(top.line_of("activities"), f"a place has at most {MOST_ACTIVITIES} activities")
    for section in sections:
        yield Weekly(
            title=_words(section, "title", LONGEST_NAME),
            day=_weekday(section),
            at=_time(section),
            who=_words(section, "who", LONGEST_NAME),
            where=_words(section, "where", LONGEST_HOURS),
            note=_words_if_any(section, "note", LONGEST_HOURS),
        )
        section.close()


def _weekday(section: Section) -> int:
    day = section.text("day")
    if day.text in DAYS:
        return DAYS.index(day.text) + 1
    section.notes.add(day.line, f"'{day.text}' is no day; write one of {', '.join(DAYS)}")
    return 1


def _time(section: Section) -> time:
    found = section.text("time")
    match = _TIME.fullmatch(found.text)
    if match and match[0].isascii():
        return time(int(match[1]), int(match[2]))
    section.notes.add(found.line, f"'{found.text}' is no time; write it like 18:00")
    return time()


def _words_if_any(section: Section, key: str, longest: int) -> Words | None:
    return _words(section, key, longest) if key in section else None


def _words(section: Section, key: str, longest: int) -> Words:
    """Take a text, or one for each language."""
    if not section.holds_pairs(key):
        found = section.text(key)
        _check(found, section.notes, longest)
        return Words(((FIRST_LANGUAGE, _one_line(found.text)),))
    pairs = section.pairs(key)
    for language, said in pairs:
        if language.text not in LANGUAGES:
            section.notes.add(language.line, f"'{language.text}' is no language here")
        _check(said, section.notes, longest)
    if FIRST_LANGUAGE not in {language.text for language, _said in pairs}:
        section.notes.add(section.line_of(key), f"'{key}' of {section.name} has no Swedish text (sv)")
    return Words(tuple((language.text, _one_line(said.text)) for language, said in pairs))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _check(said: Marked, notes: Notes, longest: int) -> None:
    if len(said.text) > longest:
        notes.add(said.line, f"this text has at most {longest} characters")
    if holds_a_number(said.text):
        notes.add(said.line, "a number to call stands under 'phone' and nowhere else")
