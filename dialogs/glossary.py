"""
Swedish words a resident meets in letters and at counters: each once, for all guides (`guides/glossary.yaml`).

A guide names a word by its key; what it means and how it sounds is written and translated here only.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from dialogs.marked_yaml import Marked, Notes, Section, opened
from dialogs.text import Message, _

CONTEXT = "glossary"
"""Message context of how a word sounds and what it means."""
MOST_CHARACTERS = 140
"""Of a meaning: word, sound and meaning must fit into the 200 characters of Telegram's pop-up, also translated."""

_KEY = re.compile(r"[a-z]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Term:
    """A Swedish word, how it sounds in simple spelling, and what it means."""

    key: str
    word: str
    sounds: Message
    meaning: Message

    def shown(self) -> Message:
        """Say word, sound and meaning in one breath."""
        return _(
            "guide", "{word} ({sounds}): {meaning}", word=self.word, sounds=self.sounds, meaning=self.meaning
        )


Glossary: TypeAlias = Mapping[str, Term]


def parse_glossary(file: str, text: str) -> Glossary:
    """Read and check `glossary.yaml`; raise `GuideFaults` where it is not fit."""
    notes = Notes(file)
    top = opened(text, notes, "the file")
    terms = {key: _term(key, section) for key, section in top.named("terms", "term").items()}
    by_word: dict[str, str] = {}
    for key, term in terms.items():
        other = by_word.setdefault(term.word.casefold(), key)
        if other != key:
            notes.add(top.line, f"'{term.word}' stands there twice, as '{other}' and as '{key}'")
    top.close()
    notes.settle()
    return terms


def _term(key: str, section: Section) -> Term:
    word, sounds, meaning = section.text("word"), section.text("sounds"), section.text("meaning")
    if not _KEY.fullmatch(key):
        section.notes.add(section.line, f"'{key}' is not a key of small letters, digits and hyphens")
    _check_length(meaning, section.notes)
    section.close()
    return Term(key, word.text, _(CONTEXT, sounds.text), _(CONTEXT, meaning.text))


def _check_length(meaning: Marked, notes: Notes) -> None:
    if len(meaning.text) > MOST_CHARACTERS:
        notes.add(meaning.line, f"a meaning of {len(meaning.text)} characters; {MOST_CHARACTERS} at most")
