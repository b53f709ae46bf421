"""
The fact sheet, as far as guides must agree with it: number, confidence, links, and the figures it states.

The sheet is a page for people; this module reads the one kind of line that holds a fact. It judges nothing:
what may be said with which confidence is decided in `guide_file.py` and `lines.py`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

_FACT = re.compile(r"^- \*\*(F\d+\.\d+)\*\* (.*?) — Source: (.*) — \*\*([a-z-]+)\*\*")
_LINK = re.compile(r"https?://[^\s;,)]+")
_GROUPED = re.compile(r"(?<=\d)[\s.-](?=\d)")
_WORDS = "one two three four five six seven eight nine ten eleven twelve"
NUMBER_WORDS: Mapping[str, str] = {word: str(n) for n, word in enumerate(_WORDS.split(), start=1)}


@dataclass(frozen=True, slots=True)
class SheetFact:
    """One fact as the sheet has it."""

    number: str
    statement: str
    links: tuple[str, ...]
    confidence: str

    def states(self, figure: str) -> bool:
        """Tell whether the figure stands in the fact, in digits, grouped digits, or as a word."""
        words = {NUMBER_WORDS[word] for word in self.statement.lower().split() if word in NUMBER_WORDS}
        digits = set(re.findall(r"\d+", self.statement)) | set(re.findall(r"\d+", ungrouped(self.statement)))
        return figure in words | digits

    def holds_phone(self, number: str) -> bool:
        """Tell whether the phone number stands in the fact, however it is grouped."""
        return ungrouped(number) in re.findall(r"\+?\d+", ungrouped(self.statement))


Sheet: TypeAlias = Mapping[str, SheetFact]


def parse_sheet(text: str) -> Sheet:
    """Read every fact of the sheet."""
    return {fact.number: fact for fact in _facts(text)}


def disagreements(
    sheet: Sheet, number: str, confidence: str, link: str, figures: tuple[str, ...] = ()
) -> Iterator[str]:
    """Say in which ways a copied fact differs from the sheet."""
    fact = sheet.get(number)
    if fact is None:
        yield f"{number} is not in the fact sheet"
        return
    if fact.confidence != confidence:
        yield f"{number} is '{fact.confidence}' in the fact sheet, not '{confidence}'"
    if link not in fact.links:
        yield f"the fact sheet does not have this link for {number}"
    for figure in figures:
        if not fact.states(figure):
            yield f"{number} does not state the figure {figure}"


def ungrouped(text: str) -> str:
    """Write digits without the spaces, dots and hyphens that group them."""
    return _GROUPED.sub("", text)


def _facts(text: str) -> Iterator[SheetFact]:
    links: tuple[str, ...] = ()
    for line in text.splitlines():
        if found := _FACT.match(line):
            number, statement, source, confidence = found.groups()
            if not source.startswith("same"):  # "same page": the links of the fact above hold
                links = tuple(link.rstrip(".") for link in _LINK.findall(source))
            yield SheetFact(number, statement, links, confidence)
