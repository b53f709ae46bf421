"""
Phone lines: the only place where a phone number, its hours or an allowed link domain is written down.

A text never holds the digits of a number; it says `{violence_line}`, and the number comes from `lines.yaml`
(`values`). So a number that changes is changed once, in all languages, with its fact and its date.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from urllib.parse import urlsplit

from dialogs.fact_sheet import Sheet, disagreements, ungrouped
from dialogs.marked_yaml import Notes, Section, opened
from dialogs.text import Message, _

CONTEXT = "line"
"""Message context of a line's name and hours."""

_ID = re.compile(r"[a-z]+(-[a-z]+)*")
_NUMBER = re.compile(r"\+?\d[\d -]*\d")


@dataclass(frozen=True, slots=True)
class Line:
    """A number to call. `hours` also says what a caller must know: cost, age, where it works."""

    id: str
    number: str
    name: Message
    hours: Message | None
    fact: str
    authority: str
    link: str
    checked: date

    def shown(self) -> Message:
        """Say name, number and hours in one line."""
        if self.hours is None:
            return _("guide", "{name}: {number}", name=self.name, number=self.number)
        return _("guide", "{name}: {number}. {hours}", name=self.name, number=self.number, hours=self.hours)


Lines: TypeAlias = Mapping[str, Line]


@dataclass(frozen=True, slots=True)
class Directory:
    """What `lines.yaml` holds: the lines, and the domains a guide may link to."""

    lines: Lines
    domains: frozenset[str]

    def allows(self, link: str) -> bool:
        """Tell whether a link is https and leads to an allowed domain or below one."""
        try:
            parts = urlsplit(link)
        except ValueError:
            return False
        plain = parts.scheme == "https" and parts.netloc == parts.hostname
        return plain and self.allows_domain(parts.hostname or "")

    def allows_domain(self, host: str) -> bool:
        """Tell whether a host is an allowed domain or lies below one."""
        return any(host == domain or host.endswith("." + domain) for domain in self.domains)


def values(lines: Lines) -> dict[str, str]:
    """Return the numbers as values of texts: the line `violence-line` fills `{violence_line}`."""
    return {placeholder(line.id): line.number for line in lines.values()}


def placeholder(line: str) -> str:
    """Name the place a line's number takes in a text; gettext allows no hyphen there."""
    return line.replace("-", "_")


def parse_lines(file: str, text: str, sheet: Sheet | None = None) -> Directory:
    """Read and check `lines.yaml`; raise `GuideFaults` where it is not fit."""
    notes = Notes(file)
    top = opened(text, notes, "the file")
    domains = frozenset(domain.text for domain in top.texts("domains"))
    directory = Directory({}, domains)
    sections = top.named("lines", "line")
    lines = {name: _line(name, section, directory, sheet) for name, section in sections.items()}
    top.close()
    notes.settle()
    return Directory(lines, domains)


def _line(id: str, section: Section, directory: Directory, sheet: Sheet | None) -> Line:  # noqa: A002
    number, name, hours = section.text("number"), section.text("name"), section.text_if_any("hours")
    fact, link, confidence = section.text("fact"), section.text("link"), section.text("confidence")
    line = Line(
        id=id,
        number=number.text,
        name=_(CONTEXT, name.text),
        hours=_(CONTEXT, hours.text) if hours else None,
        fact=fact.text,
        authority=section.text("authority").text,
        link=link.text,
        checked=section.day("checked"),
    )
    also = tuple(entry.text for entry in section.texts("also"))
    for key, sentence in _faults(line, confidence.text, directory):
        section.notes.add(section.line_of(key), sentence)
    for key, sentence in _differences(line, confidence.text, also, section.flag("ask"), sheet or {}):
        section.notes.add(section.line_of(key), sentence)
    section.close()
    return line


def _faults(line: Line, confidence: str, directory: Directory) -> Iterator[tuple[str, str]]:
    if not _ID.fullmatch(line.id):
        yield "number", f"'{line.id}' is not a name of small letters and hyphens"
    if line.number and not _NUMBER.fullmatch(line.number):
        yield "number", f"line '{line.id}' has a number that cannot be dialled"
    if confidence and confidence != "verified-in-source":
        yield "confidence", f"line '{line.id}': a number that is '{confidence}' may not be shown"
    if line.link and not directory.allows(line.link):
        yield "link", f"line '{line.id}' has a link outside the allowed domains"


def _differences(
    line: Line, confidence: str, also: tuple[str, ...], ask: bool, sheet: Sheet
) -> Iterator[tuple[str, str]]:
    """Compare with the fact sheet, where it is at hand; `ask` admits hours a caller is told to check."""
    if not sheet:
        return
    for sentence in disagreements(sheet, line.fact, confidence, line.link):
        yield "fact", sentence
    if line.fact in sheet and not sheet[line.fact].holds_phone(line.number):
        yield "number", f"{line.fact} does not state the number {ungrouped(line.number)}"
    for number in also:
        word = sheet[number].confidence if number in sheet else "not in the fact sheet"
        if word != "verified-in-source" and not (ask and word == "uncertain"):
            yield "also", f"line '{line.id}' rests on {number}, which is {word}"
