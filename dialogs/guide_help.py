"""
Help with one step of a guide: a contact person hears guide and page, and her own words where she wants to add some.

Nothing is told without a yes, and what she wrote is read for danger first, like all she writes. "Did this help?" is
counted with her yes, and without any person (`storage/guide_counts.py`), so that whoever keeps the guides sees which
steps fail.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from dialogs import menu
from dialogs.alert import Track
from dialogs.alert_texts import own_words_code, stuck_code
from dialogs.effects import CountStep, Effect, RaiseAlert, StepCount, Toast
from dialogs.guide import Guide, Walk
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome, say
from dialogs.people import Place, Resident
from dialogs.screen import Button, rows
from dialogs.text import _

MOST_CHARACTERS: Final = 500
"""Of her own words in a note; more is a talk."""
WAITS: Final = timedelta(minutes=30)
"""What she writes later is not about the step any more, and nothing to pass on."""


def press(
    resident: Resident, guide: Guide, walk: Walk, action: str, now: datetime
) -> Outcome[Resident] | None:
    """Take the buttons about help; None for all others."""
    match action:
        case "stuck":
            return _ask(resident, walk)
        case "tell":
            return _tell(resident, guide, walk, ())
        case "write":
            return _write(resident, walk, now)
        case "helped" | "no-help":
            return _counted(resident, walk, action)
        case _:
            return None


def waits(resident: Resident, now: datetime) -> bool:
    """Whether what she writes now is what she was asked to write about a step."""
    asked = resident.asked_at
    return resident.place is Place.STEP and asked is not None and now - asked < WAITS


def wrote(resident: Resident, text: str, knowledge: Knowledge) -> Outcome[Resident]:
    """Her own words about the step: passed on with it, for that is what she was asked for."""
    guide_id, _colon, step = resident.asking.partition(":")
    guide = knowledge.guides.get(guide_id)
    settled = replace(resident, place=Place.MENU, asking="")
    if guide is None or step not in guide.steps:
        return menu.free_text(settled)
    walk = next((each for each in resident.walks if each.guide == guide_id and each.step == step), None)
    words = own_words_code(text.strip()[:MOST_CHARACTERS])
    return _tell(settled, guide, walk or Walk(guide_id, step), (words,), in_place=False)


def _ask(resident: Resident, walk: Walk) -> Outcome[Resident]:
    contact = menu.names(resident.contacts[:1])
    text = _(
        "guide",
        "Shall I ask {contact} to help you with this step? I say only which step it is. "
        "If you like, write first what is difficult, and I pass that on too.",
        contact=contact,
    )
    buttons = rows(
        Button(_("guide", "Yes, please ask"), f"g:{walk.guide}:{walk.step}:tell"),
        Button(_("guide", "✏️ Write first"), f"g:{walk.guide}:{walk.step}:write"),
        Button(_("guide", "No, go back"), f"g:go-on:{walk.guide}"),
    )
    return Outcome(resident, (say(text, keyboard=buttons),))


def _write(resident: Resident, walk: Walk, now: datetime) -> Outcome[Resident]:
    waiting = replace(resident, place=Place.STEP, asking=f"{walk.guide}:{walk.step}", asked_at=now)
    text = _(
        "guide",
        "Write what is difficult. I send your next message to {contact}.",
        contact=menu.names(resident.contacts[:1]),
    )
    return Outcome(
        waiting, (say(text, keyboard=rows(Button(_("guide", "No, go back"), f"g:go-on:{walk.guide}"))),)
    )


def _tell(
    resident: Resident, guide: Guide, walk: Walk, words: tuple[str, ...], *, in_place: bool = True
) -> Outcome[Resident]:
    contact = menu.names(resident.contacts[:1])
    asked = _("guide", "I have asked {contact} to help you with this step.", contact=contact)
    buttons = rows(Button(_("guide", "Back to the guide"), f"g:go-on:{walk.guide}"), menu.SOMEONE)
    effects: tuple[Effect, ...] = (
        RaiseAlert(Track.QUIET, 1, (stuck_code(guide.title, len(walk.trail) + 1), *words)),
        *_count(resident, walk, StepCount.STUCK),
        say(asked, keyboard=buttons, in_place=in_place),
    )
    return Outcome(resident, effects)


def _count(resident: Resident, walk: Walk, count: StepCount) -> tuple[CountStep, ...]:
    """Only with her own yes: a purpose of its own, and no by default (S7)."""
    return (CountStep(walk.guide, walk.step, count),) if resident.consent.counting is True else ()


def _may_i_count(resident: Resident, count: StepCount) -> tuple[Effect, ...]:
    """Asked once, where her first judgement is that something helped; without an answer it stays no."""
    first = len(resident.judged) == 1
    if resident.consent.counting is not None or count is not StepCount.HELPED or not first:
        return ()
    text = _(
        "consent",
        "May I count from now on which steps help, without your name? It shows which pages should be better.",
    )
    buttons = rows(
        Button(_("consent", "Yes"), "set:counting:yes"),
        Button(_("consent", "No"), "set:counting:no"),
        width=2,
    )
    return (say(text, keyboard=buttons),)


def _counted(resident: Resident, walk: Walk, action: str) -> Outcome[Resident]:
    count = StepCount.HELPED if action == "helped" else StepCount.NOT_HELPED
    effects: tuple[Effect, ...] = ()
    mark = f"{walk.guide}:{walk.step}"
    if mark not in resident.judged:
        resident = replace(resident, judged=(*resident.judged, mark))
        effects = (*_count(resident, walk, count), *_may_i_count(resident, count))
    if action == "helped":
        return Outcome(resident, (*effects, Toast((_("guide", "Thank you. Good that it helped."),))))
    asked = _ask(resident, walk)
    return Outcome(resident, (*effects, *asked.effects))
