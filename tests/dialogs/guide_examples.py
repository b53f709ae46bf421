"""A small guide and its lines for tests, and texts as a reader of English sees them."""

from collections.abc import Iterator
from datetime import date

from dialogs.fact_sheet import Sheet
from dialogs.glossary import Glossary, parse_glossary
from dialogs.guide import Guide, Walk, start
from dialogs.guide_file import parse_guide
from dialogs.lines import Directory, parse_lines
from dialogs.text import Message, Text

TODAY = date(2026, 11, 24)

LINES = """\
domains:
  - authority.example
lines:
  help-line:
    number: 010-123 45 67
    name: Help line
    hours: Day and night.
    fact: F9.03
    confidence: verified-in-source
    authority: An authority
    link: https://authority.example
    checked: 2026-11-23
"""

GLOSSARY = """\
terms:
  hjalp:
    word: hjälp
    sounds: yelp
    meaning: help
"""

GUIDE = """\
id: example
menu: 1
title: An example
summary: A small guide for tests.
expires: 2027-11-23
protected_identity: branch
group: life
icon: 🧾
before:
  bring: [A pen, Your paper]
  takes: About ten days.
  costs: It costs 60 kr.
  wrong: They may say no. Then ask why.
  cites: [F9.01]
first: start
steps:
  start:
    text: Take a paper. You have time.
    icon: 📄
    next: question
  question:
    text: Do you have protected data?
    icon: ❓
    branch: protected-identity
    choices:
      Yes, I have: protected
      No, I do not: answer
      I am not sure: unsure
  protected:
    text: Tell them first, and ask for a call.
    icon: 🔒
    say:
      - swedish: Jag har skyddade personuppgifter.
        meaning: I have protected personal data.
    next: answer
  unsure:
    text: Then ask your contact person.
    icon: 🤔
    next: answer
  answer:
    text: They answer within ten days, and it costs 60 kr.
    icon: 📬
    cites: [F9.01]
    next: opening
  opening:
    text: Ask when they are open.
    icon: 🕘
    ask: true
    cites: [F9.02]
    next: call
  call:
    text: Call {help_line} and ask for help.
    icon: 📞
    lines: [help-line]
    terms: [hjalp]
    end: person
facts:
  - number: F9.01
    confidence: verified-in-source
    authority: An authority
    link: https://authority.example/answer
    checked: 2026-11-23
    figures: ["10", "60"]
  - number: F9.02
    confidence: uncertain
    authority: An authority
    link: https://www.authority.example/hours
    checked: 2026-11-23
"""

SHEET = """\
- **F9.01** An answer comes within ten days and costs 60 kr. — Source: https://authority.example/answer \
(2026, official) — **verified-in-source** (undated)
- **F9.02** They are open 9-15. — Source: https://www.authority.example/hours (old) — **uncertain**
- **F9.03** The help line is 010-123 45 67. — Source: https://authority.example (2026) — **verified-in-source**
"""


def directory() -> Directory:
    """Return the lines of the example."""
    return parse_lines("lines.yaml", LINES)


def read_example(text: str = GUIDE, sheet: Sheet | None = None) -> Guide:
    """Read the example, or an edit of it, as the library would."""
    return parse_guide("example.yaml", text, directory(), glossary(), frozenset({"bill"}), sheet)


def glossary() -> Glossary:
    """Return the words of the example."""
    return parse_glossary("glossary.yaml", GLOSSARY)


def english(text: Text) -> str:
    """Say a text as a reader of English sees it."""
    return "\n\n".join(_said(message) for message in text)


def walks(guide: Guide) -> Iterator[Walk]:
    """Yield every place on every way through a guide."""
    ahead = [start(guide)]
    while ahead:
        walk = ahead.pop()
        yield walk
        targets = guide.steps[walk.step].targets
        ahead.extend(Walk(guide.id, target, (*walk.trail, walk.step)) for target in targets)


def _said(message: Message) -> str:
    values = {name: _said(value) if isinstance(value, Message) else value for name, value in message.values}
    return message.source.format_map(values)
