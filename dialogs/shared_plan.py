"""
A contact person's side of the shared plans she may see: whose, what stands in one, propose, answer, mark done.

Nothing is remembered from one tap to the next: each screen is a fresh look (`GatherPlan`), which is refused where the
resident no longer agrees to it, and names whose plan it is.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from dialogs import errands, sip, sip_texts
from dialogs.effects import AskPlan, GatherPlan, GatherPlans
from dialogs.events import PlanGathered, PlansGathered
from dialogs.guide import Remind
from dialogs.outcome import Outcome, say
from dialogs.people import Contact, Place
from dialogs.plan_entry import (
    HELPERS,
    Area,
    Helper,
    MarkDone,
    PlanChange,
    PlanEntry,
    SayNo,
    SayYes,
    Suggest,
    TakeBack,
    area_of,
)
from dialogs.schedule import DEFAULT_ZONE, local_day
from dialogs.screen import Button, Keyboard, rows
from dialogs.sip_texts import View, number_of
from dialogs.text import Text, _, plain

_ANSWERS: dict[str, type[SayYes | SayNo | MarkDone | TakeBack]] = {
    "yes": SayYes,
    "no": SayNo,
    "done": MarkDone,
    "del": TakeBack,
}


def show_all(contact: Contact) -> Outcome[Contact]:
    """Whose plans? By button or word."""
    return Outcome(_at_rest(contact), (GatherPlans(),))


def all_gathered(contact: Contact, event: PlansGathered) -> Outcome[Contact]:
    """One button for each."""
    if not event.residents:
        text = _("sip", "No shared plan is open to you at present. Each resident decides who sees it.")
        return Outcome(contact, (say(text),))
    buttons = [Button(plain(alias), f"sp:{resident}") for resident, alias in event.residents]
    return Outcome(contact, (say(_("sip", "Whose shared plan?"), keyboard=rows(*buttons, width=2)),))


def press(contact: Contact, rest: Sequence[str]) -> Outcome[Contact] | None:
    """Take `sp…`; None where it fits nothing."""
    if not rest:
        return show_all(contact)
    resident = number_of(rest[0])
    match rest[1:]:
        case [deed, number] if deed in _ANSWERS:
            return _asking(contact, resident, _ANSWERS[deed](number_of(number)))
        case ["d", step, helper, day]:
            return _propose(contact, resident, step, helper, day)
        case ["d", step, helper] if _may_help(helper) and area_of(step) is not None:
            drafting = replace(contact, place=Place.PLAN_DAY, drafting=f"{resident}:d:{step}:{helper}")
            return Outcome(drafting, (GatherPlan(resident, f"d:{step}:{helper}"),))
        case page:
            return Outcome(_at_rest(contact), (GatherPlan(resident, ":".join(page)),))


def _at_rest(contact: Contact) -> Contact:
    return replace(contact, place=Place.MENU, drafting="") if contact.place is Place.PLAN_DAY else contact


def _may_help(helper: str) -> bool:
    return helper in HELPERS or helper in (Helper.PARTNER, Helper.HERSELF)


def _propose(contact: Contact, resident: int, step: str, helper: str, day: str) -> Outcome[Contact] | None:
    known, on = sip_texts.read_day(day)
    if not known or helper not in list(Helper):
        return None
    return _asking(contact, resident, Suggest(step, Helper(helper), on))


def _asking(contact: Contact, resident: int, change: PlanChange) -> Outcome[Contact]:
    return Outcome(_at_rest(contact), (AskPlan(resident, change),))


def wrote(contact: Contact, text: str, now: datetime) -> Outcome[Contact]:
    """A day she wrote; the question stays where it is none."""
    on = errands.read_day(text, Remind.YEARLY, local_day(now, DEFAULT_ZONE))
    answer = press(contact, [*contact.drafting.split(":"), f"{on:%Y%m%d}"]) if on else None
    if answer is None:
        never_mind = rows(Button(_("sip", "Never mind"), f"sp:{contact.drafting.partition(':')[0]}"))
        return Outcome(contact, (say(sip_texts.no_such_day(), keyboard=never_mind),))
    return answer


def closed(contact: Contact) -> Outcome[Contact]:
    """Not, or no longer, hers to see; it is not said which."""
    text = _("sip", "That plan is not open to you. Each resident decides who sees it, and can change that.")
    return Outcome(_at_rest(contact), (say(text),))


def gathered(contact: Contact, plan: PlanGathered, now: datetime) -> Outcome[Contact]:
    """Show the page she wanted; the plan itself where that page is gone."""
    view = View(f"sp:{plan.resident}", contact.id, plan.alias, plan.people, local_day(now, DEFAULT_ZONE))
    text, keyboard = _page(plan.page.split(":"), plan.entries, view)
    whose = _("sip", "Shared plan of {alias}", alias=plan.alias)
    return Outcome(contact, (say(whose, *text, keyboard=keyboard, in_place=True),))


def _page(page: Sequence[str], entries: Sequence[PlanEntry], view: View) -> tuple[Text, Keyboard]:
    match page:
        case ["new"]:
            return sip_texts.areas(view)
        case ["a", area] if area in list(Area):
            return sip_texts.steps(Area(area), view)
        case ["s", step] if area_of(step) is not None:
            return _who(step, view)
        case ["d", step, helper] if area_of(step) is not None and _may_help(helper):
            return sip_texts.days(f"d:{step}:{helper}", view)
        case ["e", number] if found := [each for each in entries if each.id == number_of(number)]:
            return sip_texts.page(found[0], view)
        case _:
            return _list(entries, view)


def _list(entries: Sequence[PlanEntry], view: View) -> tuple[Text, Keyboard]:
    text, buttons = sip_texts.listed(entries, view)
    propose = Button(_("sip", "Propose something"), f"{view.topic}:new")
    further = (propose,) if len(entries) < sip.MOST else ()
    return text, buttons + rows(*further, Button(_("sip", "Other plans"), "sp"), width=2)


def _who(step: str, view: View) -> tuple[Text, Keyboard]:
    def helps(helper: Helper) -> str:
        return f"{view.topic}:d:{step}:{helper}"

    roles = [Button(name, helps(helper)) for helper, name in HELPERS.items()]
    text = (sip_texts.step_name(step), _("sip", "Who helps with it?"))
    buttons = rows(
        Button(_("sip", "Myself"), helps(Helper.PARTNER)),
        Button(plain(view.alias), helps(Helper.HERSELF)),
        *roles,
        width=2,
    )
    return text, buttons + sip_texts.never_mind(view)
