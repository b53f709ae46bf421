"""A small guide and its lines for tests, and texts as a reader of English sees them."""

from collections.abc import Iterator
from datetime import date

from dialogs.guide import Guide, Walk, start
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

GUIDE = """\
id: example
menu: 1
title: An example
summary: A small guide for tests.
expires: 2027-11-23
protected_identity: branch
first: start
steps:
  start:
    text: Take a paper. You have time.
    next: question
  question:
    text: Do you have protected data?
    branch: protected-identity
    choices:
      Yes, I have: protected
      No, I do not: answer
      I am not sure: unsure
  protected:
    text: Tell them first, and ask for a call.
    say:
      - swedish: Jag har skyddade personuppgifter.
        meaning: I have protected personal data.
    next: answer
  unsure:
    text: Then ask your contact person.
    next: answer
  answer:
    text: They answer within ten days, and it costs 60 kr.
    cites: [F9.01]
    next: opening
  opening:
    text: Ask when they are open.
    ask: true
    cites: [F9.02]
    next: call
  call:
    text: Call {help_line} and ask for help.
    lines: [help-line]
    terms:
      - word: hjälp
        sounds: yelp
        meaning: help
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
