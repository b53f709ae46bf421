"""
Who has read a translation: a line above the entry, as `# Reviewed: Amina Berg, 2026-11-27, 3f9a2c1d`.

It is an ordinary translator's comment, so Poedit and Weblate keep it. The sign at its end is made from the source and
the translation: where either changes, the review no longer counts, and nobody has to take it away. Texts that
somebody's safety hangs on need two names, others one (R12).
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from babel.messages import Catalog
from babel.messages.catalog import Message as Entry

from dialogs.languages import SAFETY

_LINE: Final = re.compile(r"^Reviewed: (?P<name>[^,\n]+), (?P<day>\d{4}-\d{2}-\d{2}), (?P<sign>[0-9a-f]{8})$")
_UNFIT: Final = re.compile(r"[,\n\r]")
LONGEST_NAME: Final = 60


class NameUnfit(Exception):
    """A reviewer's name cannot be written into a catalogue."""


@dataclass(frozen=True, slots=True)
class Review:
    """One person has read one translation as it stands."""

    name: str
    day: date


def forms(entry: Entry) -> tuple[str, ...]:
    """The translation, one text for each plural form."""
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())


def source(entry: Entry) -> str:
    """The text it was made from; of one that counts, the singular."""
    return entry.id if isinstance(entry.id, str) else entry.id[0]


def sign(entry: Entry) -> str:
    """Eight hex digits that change with the source, its context or the translation."""
    sources = (entry.id,) if isinstance(entry.id, str) else tuple(entry.id)
    content = "\x1f".join((entry.context or "", *sources, "\x1e", *forms(entry)))
    return hashlib.sha256(content.encode()).hexdigest()[:8]


def reviews(entry: Entry) -> tuple[Review, ...]:
    """Those that count: made of the entry as it is now, each person once."""
    now = sign(entry)
    found: dict[str, Review] = {}
    for comment in entry.user_comments:
        match = _LINE.match(comment.strip())
        if match is not None and match["sign"] == now and not entry.fuzzy:
            found.setdefault(
                match["name"].casefold(), Review(match["name"], date.fromisoformat(match["day"]))
            )
    return tuple(found.values())


def needed(entry: Entry) -> int:
    """How many people have to read it."""
    return 2 if entry.context in SAFETY else 1


def is_reviewed(entry: Entry) -> bool:
    """Whether as many as are needed have."""
    return len(reviews(entry)) >= needed(entry)


def waiting_for(catalogue: Catalog, name: str) -> list[Entry]:
    """What this person can still review: safety first, then context by context; what enough have read is left out."""
    left = [
        entry
        for entry in catalogue
        if entry.id
        and all(forms(entry))
        and not entry.fuzzy
        and not is_reviewed(entry)
        and name.casefold() not in {each.name.casefold() for each in reviews(entry)}
    ]
    return sorted(left, key=lambda entry: (-needed(entry), entry.context or ""))


def add(entry: Entry, name: str, day: date) -> None:
    """Write a review down, and drop what no longer counts; raises `NameUnfit`."""
    check_name(name)
    still = {each.name.casefold() for each in reviews(entry)} - {name.casefold()}
    kept = [each for each in entry.user_comments if _counts(each, still)]
    entry.user_comments = [*kept, f"Reviewed: {name}, {day.isoformat()}, {sign(entry)}"]


def check_name(name: str) -> None:
    """Raise `NameUnfit` where a name is empty, too long, or would tear the line."""
    if not name.strip() or name != name.strip() or len(name) > LONGEST_NAME or _UNFIT.search(name):
        raise NameUnfit(f"give a name of 1 to {LONGEST_NAME} characters, without a comma or a line break")


def _counts(comment: str, names: Iterable[str]) -> bool:
    match = _LINE.match(comment.strip())
    return match is None or match["name"].casefold() in names
