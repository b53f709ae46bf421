"""
The shared plan as both sides read it: the same lines, and buttons that each of them may use.

`View` says who reads. A contact person who left, or no longer sees the plan, is "nobody at present" in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dialogs import sip
from dialogs.people import Agreed
from dialogs.plan_entry import AREAS, HELPERS, STEPS, Area, Helper, PlanEntry, area_of
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, Text, _, plain, stacked

AHEAD: Final = (1, 3, 7, 14, 30)


@dataclass(frozen=True, slots=True)
class View:
    """Who reads: she (`alias` empty), or contact person `reader`. `topic` is what the data of buttons begins with."""

    topic: str
    reader: int
    alias: str
    people: tuple[Agreed, ...]
    today: date

    @property
    def hers(self) -> bool:
        """Whether she reads it herself."""
        return not self.alias

    def name(self, contact_id: int) -> Message:
        """Who it was agreed with."""
        found = next((each for each in self.people if each.id == contact_id), None)
        return _("sip", "nobody at present") if found is None else plain(found.name)


def step_name(step: str) -> Message:
    """Also for a step that only a newer program knows."""
    area = area_of(step)
    return _("sip", "Something else") if area is None else STEPS[area][step]


def helper_name(entry: PlanEntry, view: View) -> Message:
    """Who helps."""
    match entry.helper:
        case Helper.PARTNER:
            return view.name(entry.contact)
        case Helper.HERSELF:
            return _("sip", "you") if view.hers else plain(view.alias)
        case _:
            return HELPERS[entry.helper]


def what(entry: PlanEntry, view: View) -> Message:
    """The step, who helps, and the day."""
    step, who = step_name(entry.step), helper_name(entry, view)
    if entry.on is None:
        return _("sip", "{step} ({who})", step=step, who=who)
    if entry.on < view.today and not entry.done:
        return _("sip", "{step} ({who}), was for {day}", step=step, who=who, day=entry.on)
    return _("sip", "{step} ({who}), {day}", step=step, who=who, day=entry.on)


def line(entry: PlanEntry, view: View) -> Message:
    """One line, with how it stands."""
    said = what(entry, view)
    if entry.done:
        return _("sip", "✅ {entry}", entry=said)
    if entry.agreed:
        return said
    if entry.their_yes is False:
        return _("sip", "{entry}: {name} said no", entry=said, name=view.name(entry.contact))
    if sip.waits_for_her(entry) == view.hers:
        return _("sip", "❔ {entry}: waits for your answer", entry=said)
    other = view.name(entry.contact) if view.hers else plain(view.alias)
    return _("sip", "⏳ {entry}: {name} has not answered yet", entry=said, name=other)


def listed(entries: Sequence[PlanEntry], view: View) -> tuple[Text, Keyboard]:
    """All lines by number, and a button for each number."""
    ordered = sip.in_order(entries)
    if not ordered:
        return (_("sip", "Nothing stands in it yet."),), ()
    numbered = [
        _("sip", "{number}. {entry}", number=number, entry=line(entry, view))
        for number, entry in enumerate(ordered, 1)
    ]
    buttons = [Button(plain(number), f"{view.topic}:e:{entry.id}") for number, entry in enumerate(ordered, 1)]
    return (stacked(*numbered), _("sip", "A number opens that line.")), rows(*buttons, width=5)


def page(entry: PlanEntry, view: View) -> tuple[Text, Keyboard]:
    """One entry, and what the reader may do with it."""
    area = area_of(entry.step)
    text = (line(entry, view),) if area is None else (AREAS[area], line(entry, view))
    doings = _hers(entry, view) if view.hers else _theirs(entry, view)
    return text, rows(*doings, width=2) + rows(Button(_("sip", "Back to the plan"), view.topic))


def _hers(entry: PlanEntry, view: View) -> list[Button]:
    someone = any(each.id == entry.contact for each in view.people)
    found = []
    if sip.waits_for_her(entry) and someone:
        found += [_do(view, entry, _("sip", "Yes"), "yes"), _do(view, entry, _("sip", "No"), "no")]
    if entry.agreed and not entry.done:
        found.append(_do(view, entry, _("sip", "It is done"), "done"))
    if not entry.done and someone:
        found.append(_do(view, entry, _("sip", "Another day"), "when"))
    return [*found, _do(view, entry, _("sip", "Take it out"), "del")]


def _theirs(entry: PlanEntry, view: View) -> list[Button]:
    if entry.contact != view.reader or entry.done:
        return []
    if entry.agreed:
        return [_do(view, entry, _("sip", "It is done"), "done")]
    if sip.waits_for_them(entry):
        return [_do(view, entry, _("sip", "Yes"), "yes"), _do(view, entry, _("sip", "No"), "no")]
    return [_do(view, entry, _("sip", "Take it back"), "del")] if entry.by == view.reader else []


def _do(view: View, entry: PlanEntry, label: Message, deed: str) -> Button:
    return Button(label, f"{view.topic}:{deed}:{entry.id}")


def areas(view: View) -> tuple[Text, Keyboard]:
    """The first choice of a proposal."""
    buttons = [Button(name, f"{view.topic}:a:{area}") for area, name in AREAS.items()]
    return (_("sip", "What is it about?"),), rows(*buttons, width=2) + never_mind(view)


def steps(area: Area, view: View) -> tuple[Text, Keyboard]:
    """The second."""
    buttons = [Button(name, f"{view.topic}:s:{step}") for step, name in STEPS[area].items()]
    return (AREAS[area], _("sip", "What is the next step?")), rows(*buttons) + never_mind(view)


def days(ask: str, view: View) -> tuple[Text, Keyboard]:
    """The last: a day, or none. `ask` is what the answer is for."""
    text = _("sip", "On which day? Choose, or write day and month, for example 24/11.")
    ahead = [view.today + timedelta(days=days) for days in AHEAD]
    buttons = [Button(plain(day), f"{view.topic}:{ask}:{day:%Y%m%d}") for day in ahead]
    no_day = Button(_("sip", "No fixed day"), f"{view.topic}:{ask}:none")
    return (text,), rows(*buttons, no_day, width=2) + never_mind(view)


def no_such_day() -> Message:
    """Whatever was written."""
    return _("sip", "I did not understand the day. Write it like this: 24/11.")


def never_mind(view: View) -> Keyboard:
    """Out of every question."""
    return rows(Button(_("sip", "Never mind"), view.topic))


def read_day(code: str) -> tuple[bool, date | None]:
    """Whether `code` is the day of a button, and which; "none" is no day."""
    if code == "none":
        return True, None
    try:
        return True, date.fromisoformat(f"{code[:4]}-{code[4:6]}-{code[6:]}")
    except ValueError:
        return False, None


def number_of(code: str) -> int:
    """The number of a button; 0, which nothing has, where it is none."""
    return int(code) if code.isascii() and code.isdecimal() and len(code) < 10 else 0
