"""
One word for one thing: `locales/<locale>/terms.tsv`, which translators share and the check holds them to.

Columns: the term as the English source has it, what we say for it, and the stems of which one must stand in every
translation whose source has the term; in a fourth one, if there is one, the catalogue it is meant for: a guide's court
case is not a case of ours. Stems and not words, because languages bend their words: `kontaktperson` is in
`kontaktpersonen`, and where a bent form looks different it is a further stem. `#` begins a comment.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.locale_folder import LOCALES
from bot.translating import plain_letters

FILE: Final = "terms.tsv"
COLUMNS: Final = (3, 4)
_PLACEHOLDER: Final = re.compile(r"\{\w*\}")


class TermsTorn(Exception):
    """A line of a list of terms cannot be read; the sentence names it."""


@dataclass(frozen=True, slots=True)
class Term:
    """`say` is for translators to read; `stems` are folded; `domain`: the only catalogue it is meant for, or all."""

    source: str
    say: str
    stems: tuple[str, ...]
    domain: str = ""

    def is_in(self, source: str) -> bool:
        """Whether an English text has the term, in one or in many; “just in case” is no case."""
        said = _PLACEHOLDER.sub(" ", source)
        return (
            re.search(rf"(?<!in )(?<!for the )\b{re.escape(self.source)}(e?s)?\b", said, re.IGNORECASE)
            is not None
        )

    def is_kept(self, translation: str) -> bool:
        """Whether a translation has one of its stems."""
        said = folded(translation)
        return any(stem in said for stem in self.stems)


def folded(text: str) -> str:
    """Case, letter forms and joiners away; a non-joiner counts as the space it looks like."""
    return " ".join(plain_letters(text.replace("\u200c", " ")).split())


def read(locale: str, domain: str, folder: Path = LOCALES) -> tuple[Term, ...]:
    """Return a locale's terms for one catalogue; none where it has no list. Raises `TermsTorn`."""
    path = folder / locale / FILE
    if not path.exists():
        return ()
    return tuple(each for each in _parsed(path) if each.domain in ("", domain))


def _parsed(path: Path) -> Iterator[Term]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = [each.strip() for each in line.split("\t")]
        if len(columns) not in COLUMNS or not all(columns):
            raise TermsTorn(
                f"locales/{path.parent.name}/{FILE} line {number}: write term, translation and stems with a tab between"
            )
        stems = tuple(folded(each) for each in columns[2].split("|") if each.strip())
        yield Term(columns[0], columns[1], stems, *columns[3:])
