"""
The front room: what anybody who holds her phone may see, without having shown that it is her.

The same room for who has not shown it yet and for who was let in by her second code, so that one cannot be told from
the other. It names no contact person and no number but the emergency one, and leads to no plan, letter or reminder.
What is not made here is not shown here: `show` answers what `who_reads.DOORS` lets in, and nothing else comes.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Final, TypeAlias

from dialogs import check_in, covert, menu
from dialogs.effects import Effect, Purpose, RaiseAlert, Say, SendFile, ShowPicture, Toast
from dialogs.events import ActivitiesFound, ActivityComes, Event, Pressed, Sent, Timer, TimerFell, Wrote
from dialogs.guide import End, Guide, Step
from dialogs.knowledge import Described, Knowledge
from dialogs.outcome import Outcome, say
from dialogs.people import Place, Resident
from dialogs.risk import policy
from dialogs.screen import Button, rows
from dialogs.text import Message, _

Onward: TypeAlias = Callable[[Resident, Event, Knowledge], Outcome[Resident]]
"""The conversation, as it is for whoever has shown that it is her."""

HARMLESS: Final[Mapping[str, tuple[str, ...]]] = {
    "bills": ("what", "find", "due", "how", "app", "no-app", "paid", "easier"),
    "home-care": (
        "kind",
        "laundry",
        "laundry-sort",
        "laundry-wash",
        "laundry-after",
        "clean",
        "clean-week",
        "drains",
        "rubbish",
        "rubbish-special",
    ),
}
"""The pages of guides that say nothing about anybody, each in the order in which they are turned."""
HARMLESS_ACTIONS: Final = ("next", "back", "picture", "helped")
HARMLESS_NUMBERED: Final = ("to", "term", "copy")
MORE: Final = _("who reads", "More")


def narrowed(knowledge: Knowledge) -> Knowledge:
    """What the conversation may know here: the harmless pages, no words of the glossary, no places."""
    guides = {
        name: trimmed(knowledge.guides[name], steps)
        for name, steps in HARMLESS.items()
        if name in knowledge.guides and steps[0] in knowledge.guides[name].steps
    }
    return replace(knowledge, guides=guides, finder=None, glossary={}, near=Described())


def trimmed(guide: Guide, names: tuple[str, ...]) -> Guide:
    """The guide with these pages only; where the next one is left out, the next of these comes."""
    there = tuple(name for name in names if name in guide.steps)
    following = dict(pairwise(there))
    steps = {name: _trimmed(guide.steps[name], there, following.get(name)) for name in there}
    return replace(guide, first=there[0], steps=steps)


def _trimmed(step: Step, there: tuple[str, ...], following: str | None) -> Step:
    choices = tuple(choice for choice in step.choices if choice.to in there)
    onward = step.next if step.next in there else following
    if choices or step.end is not None:
        onward = None
    end = step.end if choices or onward else End.ACTION
    return replace(step, choices=choices, next=onward, end=end, lines=(), remind=None)


def is_harmless(pressed: list[str]) -> bool:
    """Whether `g:…` leads to a harmless page, or turns one."""
    match pressed:
        case ["g", "list"]:
            return True
        case ["g", "open" | "go-on" | "again", guide]:
            return guide in HARMLESS
        case ["g", guide, step, action]:
            kind, _dot, number = action.partition(".")
            known = action in HARMLESS_ACTIONS or (kind in HARMLESS_NUMBERED and number.isdecimal())
            return step in HARMLESS.get(guide, ()) and known
        case _:
            return False


def nothing(resident: Resident) -> Outcome[Resident]:
    """The answer to all that is not here, once it looks as if everything were."""
    return Outcome(resident, (say(_("who reads", "There is nothing here."), menu=True),))


def show(
    resident: Resident, topic: str, now: datetime, knowledge: Knowledge, onward: Onward
) -> Outcome[Resident]:
    """Answer what was pressed, or typed as a word: then `topic` is the data of the button that does the same."""
    match topic.split(":"):
        case ["help"]:
            return menu.help_page(resident, lines=False)
        case ["lock"]:
            return menu.home(resident)
        case ["set"]:
            return _settings(resident, now)
        case ["g", "list"]:
            return _guides(resident, knowledge)
        case ["ci", _, *_]:
            return _check_in(resident, topic, now)
        case _:
            return onward(resident, Pressed(topic), narrowed(knowledge))


def _settings(resident: Resident, now: datetime) -> Outcome[Resident]:
    buttons = rows(
        Button(_("settings", "Language"), "set:language"),
        Button(MORE, "set:more"),
        Button(_("menu", "Menu"), "menu"),
        width=2,
    )
    return Outcome(resident, (say(check_in.next_is(resident, now), keyboard=buttons),))


def _guides(resident: Resident, knowledge: Knowledge) -> Outcome[Resident]:
    found = narrowed(knowledge).guides.values()
    offers = [
        Button(_("guide", "{icon} {title}", icon=guide.icon, title=guide.title), f"g:open:{guide.id}")
        for guide in found
    ]
    keyboard = rows(*offers, Button(MORE, "g:more"), Button(_("menu", "Menu"), "menu"))
    return Outcome(resident, (say(_("who reads", "What would you like to look up?"), keyboard=keyboard),))


def _check_in(resident: Resident, topic: str, now: datetime) -> Outcome[Resident]:
    """A face counts; what it would lead to waits until it is known who answers."""
    answered = check_in.press(resident, topic, now)
    after = answered.person.check_in
    if after is None or after.stage != "weight" or resident.check_in == after:
        return answered
    kept = tuple(effect for effect in answered.effects if not isinstance(effect, Say))
    thanks = _("who reads", "Thank you for answering.")
    more = rows(Button(MORE, check_in.more_about(after)))
    return Outcome(answered.person, (*kept, say(thanks, keyboard=more, in_place=True)))


def unnamed(outcome: Outcome[Resident]) -> Outcome[Resident]:
    """The same, without the names of people: words about danger are answered here too, whoever wrote them."""
    return replace(outcome, effects=tuple(_unnamed(effect) for effect in outcome.effects))


def _unnamed(effect: Effect) -> Effect:
    if not isinstance(effect, Say) or effect.to is not None:
        return effect
    return replace(effect, text=tuple(_instead(message) for message in effect.text))


def _instead(message: Message) -> Message:
    if any(name in NAMES_SOMEBODY for name, _value in message.values):
        return _("someone", "I am asking a person to get in touch with you.")
    return message


NAMES_SOMEBODY: Final = frozenset({"contact", "alias"})
"""How the texts that may come here call the names of people."""


# --- covered: what is written and sent where somebody else is taken to be reading ---


def covered_words(resident: Resident, event: Wrote, now: datetime, knowledge: Knowledge) -> Outcome[Resident]:
    """Danger is told to people, and the emergency number shows; else the ordinary answer, and nobody's letter."""
    heard, danger = _heard(resident, event.text, now, knowledge)
    if danger is not None:
        return danger
    answer = _ordinary(heard, event)
    return covert.call(answer, now) if covert.is_hers(resident, event.text) else answer


def _ordinary(resident: Resident, event: Wrote) -> Outcome[Resident]:
    if event.edited:
        return Outcome(resident, (say(menu.changed()),))
    if resident.place is Place.ANSWER:
        return check_in.write_answer(resident, event.text)
    if event.text.startswith("/"):
        return menu.unknown_command(resident)
    return menu.free_text(resident)


def covered_file(resident: Resident, event: Sent, now: datetime, knowledge: Knowledge) -> Outcome[Resident]:
    """The same for a picture or a file: it is passed on to nobody."""
    heard, danger = _heard(resident, event.caption, now, knowledge)
    return danger or menu.not_text(heard, event.kind)


def _heard(
    resident: Resident, text: str, now: datetime, knowledge: Knowledge
) -> tuple[Resident, Outcome[Resident] | None]:
    """What reading leads to, without its questions: they would be put to whoever holds the phone."""
    heard, risky = policy.heard(resident, text, now, knowledge)
    if risky is None or not any(_is_grave(effect) for effect in risky.effects):
        return heard, None
    after = replace(risky.person, place=heard.place, question=heard.question)
    alarms = tuple(effect for effect in risky.effects if isinstance(effect, RaiseAlert))
    return heard, _emergency(after).then(*alarms)


def _is_grave(effect: Effect) -> bool:
    return isinstance(effect, RaiseAlert) or (isinstance(effect, Say) and effect.purpose is Purpose.EMERGENCY)


def _emergency(resident: Resident) -> Outcome[Resident]:
    """The one number that helps at once, and no name."""
    return Outcome(resident, (Say((menu.what_i_am(),), purpose=Purpose.EMERGENCY, menu=True),))


# --- covered: what comes by itself ---

STILL_COMES: Final = frozenset(
    {
        (Timer.CHECK_IN, Purpose.CHECK_IN),
        (Timer.REMINDER, Purpose.ROUTINE),
        (Timer.SNOOZE, Purpose.ROUTINE),
        (Timer.ERRAND, Purpose.ROUTINE),
        (Timer.PLAN, Purpose.ROUTINE),
        (Timer.ACTIVITY, Purpose.ROUTINE),
        (Timer.PAUSE, Purpose.ROUTINE),
    }
)
"""Neutral lines, whose content comes after a tap: a chat that falls silent would be noticed. Nothing else comes."""


def held_back(event: Event, outcome: Outcome[Resident]) -> Outcome[Resident]:
    """The same, without what others have for her: letters stay kept, news of an alert is dropped."""
    comes = tuple(effect for effect in outcome.effects if _comes(event, effect))
    return replace(outcome, effects=comes)


def _comes(event: Event, effect: Effect) -> bool:
    match effect:
        case Say(to=None, purpose=purpose):
            if isinstance(event, ActivityComes | ActivitiesFound):
                return purpose is Purpose.ROUTINE
            return isinstance(event, TimerFell) and (event.timer, purpose) in STILL_COMES
        case Toast() | SendFile() | ShowPicture():
            return False
        case _:
            return True
