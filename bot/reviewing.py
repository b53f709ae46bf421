"""
A reader at a terminal: one text after the other, safety first; what was said so far is on disk after each answer.

It shows the English source and the Swedish beside the translation, because most readers know one of them.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final, TextIO

from babel.messages.catalog import Message as Entry

from bot import catalogues, reviews
from bot.locale_folder import LOCALES, SOURCE_LOCALE

BESIDE: Final = "sv"
DOUBTS: Final = "REVIEW.md"
HELP: Final = (
    "y: right as it stands   e: write it better   ?: note a doubt for others   n: later   q: enough for today"
)


class Reviewing:
    """One catalogue, one reader. `run` returns False where she has had enough."""

    def __init__(
        self,
        locale: str,
        domain: str,
        name: str,
        day: date,
        answers: TextIO,
        page: TextIO,
        folder: Path = LOCALES,
    ) -> None:
        self._locale, self._domain, self._name, self._day = locale, domain, name, day
        self._answers, self._page, self._folder = answers, page, folder
        self._catalogue = catalogues.read(locale, domain, folder)
        beside = locale != BESIDE and BESIDE in catalogues.locales(folder)
        self._beside = catalogues.read(BESIDE, domain, folder) if beside else None

    def run(self) -> bool:
        """Walk what she can still read."""
        waiting = reviews.waiting_for(self._catalogue, self._name)
        self._say(f"{self._locale}, {self._domain}: {len(waiting)} texts wait for you.")
        for number, entry in enumerate(waiting, start=1):
            self._show(entry, number, len(waiting))
            if not self._answered(entry):
                return False
        return True

    def _show(self, entry: Entry, number: int, of: int) -> None:
        grave = "  (safety: two names)" if reviews.needed(entry) > 1 else ""
        self._say(f"\n{number}/{of}  [{entry.context}]{grave}")
        for comment in entry.auto_comments:
            self._say(f"     {comment}")
        self._say(f" {SOURCE_LOCALE}  {reviews.source(entry)}")
        for form in self._forms_beside(entry):
            self._say(f" {BESIDE}  {form}")
        for form in reviews.forms(entry):
            self._say(f" {self._locale}  {form}")
        for review in reviews.reviews(entry):
            self._say(f"     read by {review.name}, {review.day}")

    def _forms_beside(self, entry: Entry) -> Iterator[str]:
        found = self._beside.get(entry.id, entry.context) if self._beside is not None else None
        if found is not None:
            yield from reviews.forms(found)

    def _answered(self, entry: Entry) -> bool:
        while True:
            match self._ask(HELP):
                case "y":
                    return self._keep(entry)
                case "e":
                    if self._rewritten(entry):
                        return self._keep(entry)
                case "?":
                    self._note(entry, self._ask("What do you doubt?") or "")
                    return True
                case "n":
                    return True
                case "q" | None:
                    return False
                case _:
                    continue

    def _rewritten(self, entry: Entry) -> bool:
        """Take the new words, if they can stand; else say why not, and leave the old ones."""
        old = reviews.forms(entry)
        given = [self._ask(f"Instead of: {form}\n(nothing: as it is)") for form in old]
        if None in given:  # the line broke off: what was not answered is not read
            return False
        new = [said or form for said, form in zip(given, old, strict=True)]
        entry.string = new[0] if isinstance(entry.id, str) else tuple(new)
        faults = list(catalogues.faults_of(entry, self._catalogue, self._locale, self._domain, self._folder))
        if faults:
            entry.string = old[0] if isinstance(entry.id, str) else old
            self._say(f"This cannot stand: {'; '.join(faults)}. Nothing is changed.")
        return not faults

    def _keep(self, entry: Entry) -> bool:
        reviews.add(entry, self._name, self._day)
        catalogues.write(self._catalogue, self._locale, self._domain, self._folder)
        return True

    def _note(self, entry: Entry, doubt: str) -> None:
        if doubt:
            line = f"- “{reviews.source(entry)}” → “{reviews.forms(entry)[0]}”: {doubt} ({self._name}, {self._day})\n"
            with (self._folder / self._locale / DOUBTS).open("a", encoding="utf-8") as file:
                file.write(line)

    def _ask(self, what: str) -> str | None:
        """Return her line, or None where there are no more."""
        self._say(what)
        line = self._answers.readline()
        return line.strip() if line else None

    def _say(self, line: str) -> None:
        print(line, file=self._page, flush=True)
