"""
The first year after leaving: one suggestion at a time, when she asks for one, and none by itself.

What comes when is the order in which people need it, not a promise of how long it takes. What she has read to its end
is done, and what she puts aside comes back last; "not for me" takes it out until she begins anew.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from dialogs import menu
from dialogs.effects import Toast
from dialogs.guide import Guide
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome, say
from dialogs.people import Plan, Resident
from dialogs.schedule import local_day
from dialogs.screen import Button, rows
from dialogs.text import Message, _


class Phase(StrEnum):
    """Parts of the year, in their order."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


BEGINS: Final[Mapping[Phase, timedelta]] = {
    Phase.WEEK: timedelta(0),
    Phase.MONTH: timedelta(days=7),
    Phase.QUARTER: timedelta(days=30),
    Phase.YEAR: timedelta(days=90),
}
SUGGESTED: Final[Mapping[Phase, tuple[str, ...]]] = {
    Phase.WEEK: ("first-weeks", "phone-safety", "protected-data", "health"),
    Phase.MONTH: ("bank-account", "money-support", "bills", "children", "housing"),
    Phase.QUARTER: ("residence-permit", "subscriptions", "home-care", "debts", "people", "studies", "work"),
    Phase.YEAR: ("family-contact", "police-court", "appeal", "travel-abroad"),
}
NAMES: Final[Mapping[Phase, Message]] = {
    Phase.WEEK: _("plan", "The first week"),
    Phase.MONTH: _("plan", "The first month"),
    Phase.QUARTER: _("plan", "The first three months"),
    Phase.YEAR: _("plan", "The first year"),
}


def show(
    resident: Resident, knowledge: Knowledge, now: datetime, *, in_place: bool = False
) -> Outcome[Resident]:
    """The next suggestion, or the question since when."""
    if resident.plan.since is None:
        return _ask_since(resident)
    guide = suggestion(resident, knowledge, local_day(now, resident.rhythm.zone))
    if guide is None:
        return _all_done(resident, in_place=in_place)
    done, all_of_it = _progress(resident, knowledge)
    text = (
        NAMES[phase_of(guide.id)],
        _("plan", "{icon} {title}: {summary}", icon=guide.icon, title=guide.title, summary=guide.summary),
        _("plan", "{done} of {all} are done. There is no hurry.", done=done, all=all_of_it),
    )
    buttons = rows(
        Button(_("plan", "Open it"), f"g:open:{guide.id}"),
        Button(_("plan", "I have done this"), f"plan:done:{guide.id}"),
        Button(_("plan", "Later"), f"plan:later:{guide.id}"),
        Button(_("plan", "Not for me"), f"plan:not:{guide.id}"),
        Button(_("menu", "Menu"), "menu"),
    )
    return Outcome(resident, (say(*text, keyboard=buttons, in_place=in_place),))


def press(resident: Resident, data: str, knowledge: Knowledge, now: datetime) -> Outcome[Resident] | None:
    """Take `plan…`; None where it fits nothing."""
    today = local_day(now, resident.rhythm.zone)
    plan = resident.plan
    match data.split(":"):
        case ["plan"]:
            return show(resident, knowledge, now)
        case ["plan", "since", days] if days.isdecimal():
            begun = replace(resident, plan=replace(plan, since=today - timedelta(days=min(int(days), 3650))))
            return show(begun, knowledge, now, in_place=True)
        case ["plan", "anew"]:
            return show(replace(resident, plan=Plan()), knowledge, now, in_place=True)
        case ["plan", what, guide] if guide in knowledge.guides:
            marked = _marked(resident, what, guide)
            if marked is None:
                return None
            thanks = Toast((_("plan", "Well done."),)) if what == "done" else None
            shown = show(marked, knowledge, now, in_place=True)
            return shown.after(thanks) if thanks else shown
        case _:
            return None


def suggestion(resident: Resident, knowledge: Knowledge, today: date) -> Guide | None:
    """The first that is open: what belongs to a phase that has begun, then what she put aside, then what comes."""
    since = resident.plan.since or today
    left = [
        guide for guide in _all(knowledge) if guide not in (*resident.finished, *resident.plan.not_for_me)
    ]
    begun = [guide for guide in left if since + BEGINS[phase_of(guide)] <= today]
    fresh = [guide for guide in begun if guide not in resident.plan.later]
    aside = [guide for guide in resident.plan.later if guide in begun]
    first = next(iter((*fresh, *aside, *left)), None)
    return knowledge.guides[first] if first else None


def phase_of(guide: str) -> Phase:
    """To which part of the year a guide belongs; the last one where nobody has said."""
    return next((phase for phase, guides in SUGGESTED.items() if guide in guides), Phase.YEAR)


def _all(knowledge: Knowledge) -> Iterator[str]:
    return (guide for guides in SUGGESTED.values() for guide in guides if guide in knowledge.guides)


def _progress(resident: Resident, knowledge: Knowledge) -> tuple[int, int]:
    mine = [guide for guide in _all(knowledge) if guide not in resident.plan.not_for_me]
    return sum(guide in resident.finished for guide in mine), len(mine)


def _marked(resident: Resident, what: str, guide: str) -> Resident | None:
    plan = resident.plan
    match what:
        case "done":
            return replace(resident, finished=_with(resident.finished, guide))
        case "later":
            last = (*(each for each in plan.later if each != guide), guide)
            return replace(resident, plan=replace(plan, later=last))
        case "not":
            return replace(resident, plan=replace(plan, not_for_me=_with(plan.not_for_me, guide)))
        case _:
            return None


def _with(marked: tuple[str, ...], guide: str) -> tuple[str, ...]:
    return marked if guide in marked else (*marked, guide)


def _ask_since(resident: Resident) -> Outcome[Resident]:
    text = _(
        "plan",
        "I can suggest one thing at a time. How long have you had a place of your own to stay?",
    )
    buttons = rows(
        Button(_("plan", "Some days"), "plan:since:0"),
        Button(_("plan", "Some weeks"), "plan:since:14"),
        Button(_("plan", "Some months"), "plan:since:60"),
        Button(_("plan", "Longer"), "plan:since:200"),
        Button(_("menu", "Menu"), "menu"),
    )
    return Outcome(resident, (say(text, keyboard=buttons),))


def _all_done(resident: Resident, *, in_place: bool) -> Outcome[Resident]:
    text = _("plan", "You have been through all of it. Everything is still here when you need it.")
    buttons = rows(
        Button(_("guide", "All guides"), "g:list"), Button(_("plan", "Begin anew"), "plan:anew"), menu.SOMEONE
    )
    return Outcome(resident, (say(text, keyboard=buttons, in_place=in_place),))
