"""
Choosing a language, at any moment, by its own name; and a second one to show below it.

Whatever was open stays open: a page of a guide, a check-in, a question at joining. A language whose texts nobody has
checked yet says so when it is chosen (R12).
"""

from dataclasses import replace

from dialogs import menu
from dialogs.effects import ShowCommands, Toast
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome, say
from dialogs.people import Resident
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, Text, _, plain
from dialogs.words import LABELS, Word

NONE_BELOW = "-"
"""In a button's data: one language is enough."""


def languages(knowledge: Knowledge) -> Keyboard:
    """Each language by its own name."""
    return rows(*(Button(plain(own), f"l:{code}") for code, own in knowledge.locales), width=2)


def knows(knowledge: Knowledge, code: str) -> bool:
    """Whether `code` is a language that is offered."""
    return any(code == each for each, _own in knowledge.locales)


def ask(resident: Resident, knowledge: Knowledge) -> Outcome[Resident]:
    """Reachable from every state; a second language once she has joined: one thing at a time."""
    second = rows(Button(_("language", "Two languages"), "l:below")) if resident.joined else ()
    text = _("settings", "Choose your language.")
    return Outcome(resident, (say(text, keyboard=(*languages(knowledge), *second)),))


def draft_notice(code: str, knowledge: Knowledge) -> Text:
    """What whoever chooses a draft is told; nothing where named people have read the texts."""
    if code not in knowledge.drafts:
        return ()
    unchecked = _("language", "Nobody who speaks this language has checked the words yet. They may be wrong.")
    default = next((own for each, own in knowledge.locales if each == knowledge.default_locale), "")
    if not default or code.partition("@")[0] == knowledge.default_locale:
        return (unchecked,)
    below = _(
        "language",
        "Where it matters most, you see the same in this language below: {language}",
        language=default,
    )
    return (unchecked, below)


def choose(resident: Resident, code: str, knowledge: Knowledge) -> Outcome[Resident]:
    """Change the language and say so in it; guide and check-in go on where they were (R14)."""
    if not knows(knowledge, code):
        return Outcome(resident, (Toast((menu.old_button(),)),))
    changed = replace(resident, locale=code, below="" if resident.below == code else resident.below)
    new = draft_notice(code, knowledge) if code != resident.locale else ()
    text = (_("settings", "I now write in this language."), *new)
    said = say(*text, menu=resident.joined, stays=True)
    back = _back(changed, knowledge)
    still_open = (say(_("language", "What was open is still open."), keyboard=back),) if back else ()
    return Outcome(changed, (ShowCommands(), said, *still_open))


def _back(resident: Resident, knowledge: Knowledge) -> Keyboard:
    """To what was open. It names nothing: whoever chooses a language has shown no code."""
    buttons = []
    walk = next((each for each in reversed(resident.walks) if each.trail), None)
    if walk is not None and walk.guide in knowledge.guides and walk.guide not in resident.finished:
        buttons.append(Button(_("language", "Go on where I was"), f"g:go-on:{walk.guide}"))
    if resident.check_in is not None and resident.check_in.stage == "face":
        buttons.append(Button(LABELS[Word.CHECK_IN], "ci:now"))
    return rows(*buttons)


def press(resident: Resident, data: str, knowledge: Knowledge) -> Outcome[Resident]:
    """Take `l:CODE`, `l:below` or `l:below:CODE`."""
    match data.split(":")[1:]:
        case ["below"]:
            return ask_below(resident, knowledge)
        case ["below", code]:
            return choose_below(resident, code, knowledge)
        case [code]:
            return choose(resident, code, knowledge)
        case _:
            return Outcome(resident, (Toast((menu.old_button(),)),))


def ask_below(resident: Resident, knowledge: Knowledge) -> Outcome[Resident]:
    """A help for learning; the chosen one carries a tick."""
    others = [(code, own) for code, own in knowledge.locales if code != resident.locale]
    buttons = [Button(_ticked(plain(own), code == resident.below), f"l:below:{code}") for code, own in others]
    one = Button(_ticked(_("language", "Only one language"), not resident.below), f"l:below:{NONE_BELOW}")
    text = _(
        "language",
        "I can write the same a second time below, in another language. It can help you learn. Messages get longer.",
    )
    keyboard = (*rows(*buttons, width=2), *rows(one, Button(_("settings", "Back"), "set")))
    return Outcome(resident, (say(text, keyboard=keyboard, in_place=True),))


def choose_below(resident: Resident, code: str, knowledge: Knowledge) -> Outcome[Resident]:
    """Keep it, and show at once what it looks like."""
    if code == NONE_BELOW:
        changed = replace(resident, below="")
    elif knows(knowledge, code) and code != resident.locale:
        changed = replace(resident, below=code)
    else:
        return Outcome(resident, (Toast((menu.old_button(),)),))
    return ask_below(changed, knowledge)


def _ticked(label: Message, on: bool) -> Message:
    return _("settings", "✅ {what}", what=label) if on else label
