"""
How long the texts are in each language: where a button is cut off or a page becomes two, somebody sees it here first.

Characters, as Telegram counts them. A ratio compares all texts of a language with their English sources.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot import catalogues, reviews
from bot.catalogues import ROOT
from bot.locale_folder import DOMAINS, LOCALES

BUTTON: Final = ": a button"
"""How the extractor's comment on a button ends."""
SHOWN: Final = 3
"""The longest of each kind that are named."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One locale. `longest` texts and `buttons`: characters and English source, longest first."""

    locale: str
    ratio: float
    longest: tuple[tuple[int, str], ...]
    buttons: tuple[tuple[int, str], ...]


def measured(folder: Path = LOCALES, root: Path = ROOT) -> Iterator[Measured]:
    """All locales that have catalogues."""
    sources = {domain: catalogues.sources(domain, root) for domain in DOMAINS}
    for locale in catalogues.locales(folder):
        texts, buttons, here, there = [], [], 0, 0
        for domain in DOMAINS:
            catalogue = catalogues.read(locale, domain, folder)
            for entry in catalogues.wanted(sources[domain], locale):
                found = catalogue.get(entry.id, entry.context)
                forms = reviews.forms(found) if found is not None else ()
                if not forms or entry.context == "word":
                    continue
                length, source = max(map(len, forms)), reviews.source(entry)
                here, there = here + length, there + len(source)
                texts.append((length, source))
                on_a_button = any(comment.endswith(BUTTON) for comment in entry.auto_comments)
                if on_a_button or entry.context in catalogues.LABELS:
                    buttons.append((length, source))
        yield Measured(locale, here / max(there, 1), _top(texts), _top(buttons))


def _top(found: list[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    return tuple(sorted(found, reverse=True)[:SHOWN])


def page(folder: Path = LOCALES, root: Path = ROOT) -> str:
    """The report as a page of documentation."""
    lines = [
        "# How long the texts are",
        "",
        "Made by `vidare locales lengths --write`. Characters; “to English” compares all texts with their sources.",
        f"Telegram takes 4096 in a message. One text has {catalogues.LONGEST} at most, so that two languages fit.",
        "",
        "| locale | to English | longest text | longest button | its source |",
        "|---|---|---|---|---|",
    ]
    for each in measured(folder, root):
        button = each.buttons[0] if each.buttons else (0, "")
        text = each.longest[0][0] if each.longest else 0
        lines.append(f"| {each.locale} | {each.ratio:.2f} | {text} | {button[0]} | {button[1]} |")
    return "\n".join(lines) + "\n"
