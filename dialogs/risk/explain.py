"""
A reading put into sentences: for those who mend the lexicons, and for a contact person.

`explain` names patterns and rules and speaks Swedish or English, the languages of those who keep the lexicons.
`reasons` is for the contact person: marked for translation, without a word the resident wrote.
"""

from typing import Literal

from dialogs.risk.categories import REASONS
from dialogs.risk.reader import Reading, Signal
from dialogs.text import Message

_LEVELS = {
    "en": ("nothing to hear", "ask", "alert", "emergency"),
    "sv": ("inget att höra", "fråga", "larma", "nödläge"),
}
_SENTENCES = {
    "en": "{category}, level {level}: pattern {pattern}, by the rules {rules}.",
    "sv": "{category}, nivå {level}: mönster {pattern}, enligt reglerna {rules}.",
}


def explain(reading: Reading, locale: Literal["sv", "en"]) -> list[str]:
    """Say what was heard and why it has its level, one sentence a signal."""
    word = {"en": "Level", "sv": "Nivå"}[locale]
    head = f"{word} {reading.level}: {_LEVELS[locale][reading.level]}."
    return [head, *(_sentence(signal, locale) for signal in reading.signals)]


def _sentence(signal: Signal, locale: Literal["sv", "en"]) -> str:
    return _SENTENCES[locale].format(
        category=signal.category,
        level=signal.level,
        pattern=signal.pattern or "-",
        rules=" > ".join(signal.rule.split(">")),
    )


def reasons(reading: Reading) -> tuple[Message, ...]:
    """What a contact person is told, the gravest first: one sentence for each category, at its highest level."""
    told: dict[str, int] = {}
    for signal in sorted(reading.signals, key=lambda signal: -signal.level):
        told.setdefault(signal.category, signal.level)
    return tuple(REASONS[category, level] for category, level in told.items())
