"""
Her side of the shared plan: look, propose, answer, move, mark done, take out; and what a contact person asks of it.

A contact person's wish is decided here, with her own document open: it counts only while she lets that person see
the plan. What needs her answer she hears by day and neutrally (`plan_reminders.py`).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import assert_never

from dialogs import errands, plan_reminders, sip, sip_texts
from dialogs.effects import Purpose, Say
from dialogs.events import PlanChangeAsked
from dialogs.guide import Remind
from dialogs.outcome import Outcome, say
from dialogs.people import Agreed, Place, Resident
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
from dialogs.schedule import local_day
from dialogs.screen import Button, Keyboard, rows
from dialogs.sip_texts import View
from dialogs.text import Message, Text, _, plain

TOPIC = "sp"


def _view(resident: Resident, now: datetime) -> View:
    return View(TOPIC, resident.id, "", sip.partners(resident), local_day(now, resident.rhythm.zone))


def show(resident: Resident, now: datetime, *first: Message) -> Outcome[Resident]:
    """The whole plan, and who sees it."""
    looked = replace(sip.seen(resident), place=Place.MENU, asking="")
    view = _view(looked, now)
    lines, buttons = sip_texts.listed(looked.sip, view)
    further = rows(
        Button(_("sip", "Propose something"), f"{TOPIC}:new"),
        Button(_("sip", "Who sees it"), "set:contacts"),
        Button(_("menu", "Menu"), "menu"),
        width=2,
    )
    text = (*first, _("sip", "Your shared plan."), *lines, _who_sees(view))
    return Outcome(looked, (*plan_reminders.plan(looked, now), say(*text, keyboard=buttons + further)))


def _who_sees(view: View) -> Message:
    if not view.people:
        return _("sip", "Nobody but you sees it.")
    people = tuple(plain(each.name) for each in view.people)
    return _("sip", "It is seen by you and by: {people}.", people=people)


def press(resident: Resident, data: str, now: datetime) -> Outcome[Resident] | None:
    """Take `sp…`; None where it fits nothing."""
    match data.split(":")[1:]:
        case []:
            return show(resident, now)
        case ["new"]:
            return _begin(resident, now)
        case ["a", area] if area in list(Area):
            return _ask(resident, sip_texts.steps(Area(area), _view(resident, now)))
        case ["s", step] if area_of(step) is not None:
            return _ask(resident, _who(resident, step, now))
        case ["w", step, helper] if helper in HELPERS or helper == Helper.HERSELF:
            return _ask_partner(resident, step, helper, now)
        case ["d" | "on" as what, *rest] if rest:
            return _day(resident, what, rest, now)
        case ["when", number]:
            return _ask_day(resident, f"on:{sip_texts.number_of(number)}", now)
        case [deed, number]:
            return _about(resident, deed, sip_texts.number_of(number), now)
        case _:
            return None


def _ask(resident: Resident, screen: tuple[Text, Keyboard]) -> Outcome[Resident]:
    text, keyboard = screen
    return Outcome(resident, (say(*text, keyboard=keyboard, in_place=True),))


def _begin(resident: Resident, now: datetime) -> Outcome[Resident]:
    view = _view(resident, now)
    if not view.people:
        text = _("sip", "Nobody sees your plan yet. First choose a contact person who may.")
        buttons = rows(Button(_("settings", "My contact persons"), "set:contacts"), *_back())
        return Outcome(resident, (say(text, keyboard=buttons),))
    if sip.is_full(resident):
        return show(resident, now, full())
    return _ask(resident, sip_texts.areas(view))


def _back() -> tuple[Button, ...]:
    return (Button(_("sip", "Back to the plan"), TOPIC),)


def full() -> Message:
    """To whoever wants one more."""
    return _(
        "sip",
        "The plan is full: {most} lines. One has to be taken out before another fits.",
        most=sip.MOST,
    )


def _who(resident: Resident, step: str, now: datetime) -> tuple[Text, Keyboard]:
    view = _view(resident, now)
    people = [
        Button(plain(each.name), f"{TOPIC}:d:{step}:{Helper.PARTNER}:{each.id}") for each in view.people
    ]
    roles = [Button(name, f"{TOPIC}:w:{step}:{helper}") for helper, name in HELPERS.items()]
    herself = Button(_("sip", "Myself"), f"{TOPIC}:w:{step}:{Helper.HERSELF}")
    text = (sip_texts.step_name(step), _("sip", "Who helps with it?"))
    return text, rows(*people, herself, *roles, width=2) + sip_texts.never_mind(view)


def _ask_partner(resident: Resident, step: str, helper: str, now: datetime) -> Outcome[Resident] | None:
    """With whom it is agreed; with one who sees the plan there is no question."""
    view = _view(resident, now)
    if len(view.people) == 1:
        return _ask_day(resident, f"d:{step}:{helper}:{view.people[0].id}", now)
    text = _("sip", "With whom do you want to agree on it?")
    buttons = [Button(plain(each.name), f"{TOPIC}:d:{step}:{helper}:{each.id}") for each in view.people]
    return _ask(resident, ((text,), rows(*buttons) + sip_texts.never_mind(view)))


def _ask_day(resident: Resident, ask: str, now: datetime) -> Outcome[Resident]:
    waiting = replace(resident, place=Place.PLAN_DAY, asking=ask)
    return _ask(waiting, sip_texts.days(ask, _view(resident, now)))


def wrote(resident: Resident, text: str, now: datetime) -> Outcome[Resident]:
    """A day she wrote; the question stays where it is none."""
    on = errands.read_day(text, Remind.YEARLY, local_day(now, resident.rhythm.zone))
    answer = press(resident, f"{TOPIC}:{resident.asking}:{on:%Y%m%d}", now) if on else None
    if answer is None:
        view = _view(resident, now)
        return Outcome(resident, (say(sip_texts.no_such_day(), keyboard=sip_texts.never_mind(view)),))
    return answer


def _day(resident: Resident, what: str, rest: Sequence[str], now: datetime) -> Outcome[Resident] | None:
    known, on = sip_texts.read_day(rest[-1])
    match what, rest:
        case "on", [number, _day] if known:
            return _moved(resident, sip_texts.number_of(number), on, now)
        case "d", [step, helper, contact] if area_of(step) is not None and helper in list(Helper):
            return _ask_day(resident, f"d:{step}:{helper}:{sip_texts.number_of(contact)}", now)
        case "d", [step, helper, contact, _day] if known and helper in list(Helper):
            return _propose(resident, step, Helper(helper), sip_texts.number_of(contact), on, now)
        case _:
            return None


def _propose(
    resident: Resident, step: str, helper: Helper, contact: int, on: date | None, now: datetime
) -> Outcome[Resident] | None:
    today = local_day(now, resident.rhythm.zone)
    changed = sip.suggested(resident, resident.id, contact, step, helper, on, today)
    if changed is None:
        return show(resident, now, full()) if sip.is_full(resident) else None
    return _asked_them(changed, contact, now)


def _moved(resident: Resident, number: int, on: date | None, now: datetime) -> Outcome[Resident] | None:
    entry = sip.entry_of(resident, number)
    changed = sip.moved(resident, number, on, local_day(now, resident.rhythm.zone))
    return _asked_them(changed, entry.contact, now) if changed and entry else None


def _asked_them(resident: Resident, contact: int, now: datetime) -> Outcome[Resident]:
    name = _view(resident, now).name(contact)
    said = _("sip", "I ask {name}. It counts when both of you have said yes.", name=name)
    told = _("sip", "🔵 {alias} has a proposal for the shared plan.", alias=resident.alias)
    return show(resident, now, said).after(_to(resident, contact, told))


def _to(resident: Resident, contact: int, text: Message) -> Say:
    """What a contact person hears without having asked; the plan itself comes after a tap."""
    button = Button(_("sip", "Show me"), f"{TOPIC}:{resident.id}")
    return Say((text,), rows(button), to=contact, purpose=Purpose.NOTE)


def _about(resident: Resident, deed: str, number: int, now: datetime) -> Outcome[Resident] | None:
    entry = sip.entry_of(resident, number)
    if entry is None:
        return None
    match deed:
        case "e":
            return _ask(resident, sip_texts.page(entry, _view(resident, now)))
        case "yes":
            return _said_yes(resident, entry, now)
        case "no":
            return _said_no(resident, entry, now)
        case "done":
            changed = sip.done(resident, number)
            return show(changed, now, _("sip", "Well done.")) if changed else None
        case "del":
            return _taken_out(resident, entry, now)
        case _:
            return None


def _said_yes(resident: Resident, entry: PlanEntry, now: datetime) -> Outcome[Resident] | None:
    changed = sip.accepted(resident, entry.id, local_day(now, resident.rhythm.zone))
    if changed is None:
        return None
    told = _("sip", "🔵 {alias} said yes to your proposal for the shared plan.", alias=resident.alias)
    return show(changed, now, _("sip", "It is agreed.")).after(_to(changed, entry.contact, told))


def _said_no(resident: Resident, entry: PlanEntry, now: datetime) -> Outcome[Resident] | None:
    """A no to a proposal takes it away; a no to what she has agreed to is for "take it out"."""
    if not sip.waits_for_her(entry):
        return None
    told = _("sip", "🔵 {alias} said no to your proposal for the shared plan.", alias=resident.alias)
    return _without(resident, entry, told, now)


def _taken_out(resident: Resident, entry: PlanEntry, now: datetime) -> Outcome[Resident]:
    told = _("sip", "🔵 {alias} took something out of the shared plan.", alias=resident.alias)
    return _without(resident, entry, told, now)


def _without(resident: Resident, entry: PlanEntry, told: Message, now: datetime) -> Outcome[Resident]:
    """Whoever knows of the entry hears that it is gone."""
    changed = sip.taken_out(resident, entry.id) or resident
    shown = show(changed, now, _("sip", "It is no longer in your plan."))
    knows = any(each.id == entry.id for each in sip.shown_to(resident, entry.contact))
    return shown.after(_to(changed, entry.contact, told)) if knows and not entry.done else shown


# --- what a contact person asks ---


def asked(resident: Resident, event: PlanChangeAsked, now: datetime) -> Outcome[Resident]:
    """Do what is theirs to do; where it is not, or no longer, say so to them alone."""
    who = sip.partner(resident, event.by)
    if who is None:
        return Outcome(resident)
    if isinstance(event.change, Suggest) and sip.is_full(resident):
        return Outcome(resident, (_reply(who, full()),))
    changed = _changed(resident, event.by, event.change, local_day(now, resident.rhythm.zone))
    if changed is None:
        gone = _("sip", "That line is no longer as you saw it. Nothing was changed.")
        return Outcome(resident, (_reply(who, gone),))
    return Outcome(
        changed, (*plan_reminders.plan(changed, now), _reply(who, _well(event.change, resident.alias)))
    )


def _reply(who: Agreed, text: Message) -> Say:
    return Say((text,), to=who.id)


def _changed(resident: Resident, by: int, change: PlanChange, today: date) -> Resident | None:
    match change:
        case Suggest(step, helper, on):
            return sip.suggested(resident, by, by, step, helper, on, today)
        case SayYes(entry):
            return sip.answered(resident, by, entry, True, today)
        case SayNo(entry):
            return sip.answered(resident, by, entry, False, today)
        case MarkDone(entry):
            return sip.done_by(resident, by, entry)
        case TakeBack(entry):
            return sip.taken_back(resident, by, entry)
        case _:
            assert_never(change)


def _well(change: PlanChange, alias: str) -> Message:
    match change:
        case Suggest():
            return _("sip", "I ask {alias}, by day. It counts when both have said yes.", alias=alias)
        case SayYes():
            return _("sip", "It is agreed.")
        case SayNo():
            return _("sip", "I tell {alias} that it is not possible for you.", alias=alias)
        case MarkDone():
            return _("sip", "It is marked as done.")
        case TakeBack():
            return _("sip", "It is taken back.")
        case _:
            assert_never(change)
