"""What the people of a benchmark write: ordinary words, and words that mean danger, in three languages."""

from typing import Final

ORDINARY: Final = (
    "idag var en ganska vanlig dag",
    "guider",
    "jag har köpt mjölk och bröd",
    "اليوم كان الطقس جميلا",
    "inställningar",
    "bussen var sen igen, men det gick bra",
    "شكرا لك",
    "I cooked dinner and went for a walk",
    "vad kan du göra",
    "tack, vi ses på måndag på kursen",
    "the library was closed today",
    "ذهبت إلى المكتبة بعد الدرس",
)
"""Each brings exactly one answer, so that as many answers as messages means that all is done."""

RISKY: Final = (
    "han hotar att döda mig",
    "jag vill dö",
    "I want to kill myself",
    "jag vill inte leva längre",
    "he says he will kill me",
)
"""Each reads as level 2 or more, so a contact person is told."""
