"""
Guides in the conversation: the shelves, the walk, what stands beside a page, and putting a guide down.

The steps themselves live in `guide.py` and the YAML files, help with one of them in `guide_help.py`, and what she
wants to be reminded of in `errands.py`.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from dialogs import errands, guide_help, menu, near
from dialogs.effects import ShowPicture, Toast
from dialogs.guide import Group, Guide, Press, Walk, before_page, follow, page, parse_press, resumed, start
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome, say
from dialogs.people import Resident
from dialogs.pictures.gallery import caption
from dialogs.schedule import local_day
from dialogs.screen import Button, rows
from dialogs.text import Message, _

SHELVES: Final[dict[Group, Message]] = {
    Group.START: _("shelf", "🌱 The first time"),
    Group.MONEY: _("shelf", "💰 Money"),
    Group.HOME: _("shelf", "🏠 Home"),
    Group.WORK: _("shelf", "🛠 Work and school"),
    Group.LIFE: _("shelf", "❤️ Health and people"),
    Group.SAFETY: _("shelf", "🛡 Privacy and safety"),
    Group.AUTHORITIES: _("shelf", "🏛 Authorities"),
}
"""In the order in which they stand there."""


def show_list(resident: Resident, knowledge: Knowledge, *, in_place: bool = False) -> Outcome[Resident]:
    """The shelves; where a guide was put down half-way, it comes first."""
    text = [_("guide", "What would you like to do step by step? You can also write it in your own words.")]
    filled = {guide.group for guide in knowledge.guides.values()}
    buttons = [
        *_half_way(resident, knowledge),
        *(Button(label, f"g:shelf:{group}") for group, label in SHELVES.items() if group in filled),
        Button(_("guide", "🗓 One thing at a time: my plan"), "plan"),
        Button(_("guide", "📖 Swedish words"), "words"),
        *(near.entrance(knowledge) if resident.joined else ()),
        Button(_("menu", "Menu"), "menu"),
    ]
    return Outcome(resident, (say(*text, keyboard=rows(*buttons), in_place=in_place),))


def _half_way(resident: Resident, knowledge: Knowledge) -> list[Button]:
    walk = next((each for each in reversed(resident.walks) if each.trail), None)
    guide = knowledge.guides.get(walk.guide) if walk else None
    if walk is None or guide is None or guide.id in resident.finished:
        return []
    return [Button(_("guide", "▶️ Go on: {title}", title=guide.title), f"g:open:{guide.id}")]


def show_shelf(resident: Resident, shelf: str, knowledge: Knowledge) -> Outcome[Resident]:
    """The guides of one shelf; those she has finished carry a tick."""
    found = [guide for guide in knowledge.guides.values() if guide.group == shelf]
    if not found:
        return show_list(resident, knowledge)
    buttons = [offer(guide, finished=guide.id in resident.finished) for guide in found]
    keyboard = rows(*buttons, Button(_("guide", "All guides"), "g:list"))
    return Outcome(resident, (say(SHELVES[Group(shelf)], keyboard=keyboard, in_place=True),))


def offer(guide: Guide, *, finished: bool = False) -> Button:
    """The button that opens a guide."""
    if finished:
        return Button(_("guide", "✅ {title}", title=guide.title), f"g:open:{guide.id}")
    return Button(_("guide", "{icon} {title}", icon=guide.icon, title=guide.title), f"g:open:{guide.id}")


def offer_found(resident: Resident, found: tuple[str, ...], knowledge: Knowledge) -> Outcome[Resident]:
    """What she wrote looks like a practical question: offer the guides that answer it, and a person."""
    guides = [knowledge.guides[guide] for guide in found if guide in knowledge.guides]
    text = _("guide", "Perhaps this helps. I can show it step by step.")
    buttons = [offer(guide) for guide in guides]
    keyboard = rows(*buttons, Button(_("guide", "All guides"), "g:list"), menu.SOMEONE)
    return Outcome(resident, (say(text, keyboard=keyboard),))


def show(
    resident: Resident, walk: Walk, knowledge: Knowledge, now: datetime, *, in_place: bool = True
) -> Outcome[Resident]:
    """Show the page `walk` stands on and remember the place; who has read the last page has finished the guide."""
    guide = knowledge.guides[walk.guide]
    walk = resumed(guide, walk)
    others = tuple(each for each in resident.walks if each.guide != walk.guide)
    here = replace(resident, walks=(*others, walk))
    shown = page(guide, walk, knowledge.lines, local_day(now, resident.rhythm.zone))
    if shown.last and guide.id not in here.finished:
        here = replace(here, finished=(*here.finished, guide.id))
    return Outcome(here, (say(*shown.text, keyboard=shown.keyboard, in_place=in_place),))


def open_guide(resident: Resident, guide_id: str, knowledge: Knowledge, now: datetime) -> Outcome[Resident]:
    """Open a guide where she left it, or at its first page; offers the beginning where she was further on."""
    guide = knowledge.guides.get(guide_id)
    if guide is None:
        return show_list(resident, knowledge)
    walk = _walk(resident, guide)
    if not walk.trail:
        return show(resident, start(guide), knowledge, now, in_place=False)
    text = _("guide", "You were in the middle of “{title}”.", title=guide.title)
    buttons = rows(
        Button(_("guide", "Go on where I was"), f"g:go-on:{guide_id}"),
        Button(_("guide", "Begin again"), f"g:again:{guide_id}"),
    )
    return Outcome(resident, (say(text, keyboard=buttons),))


def _walk(resident: Resident, guide: Guide) -> Walk:
    return next((each for each in resident.walks if each.guide == guide.id), start(guide))


def press(resident: Resident, data: str, knowledge: Knowledge, now: datetime) -> Outcome[Resident]:
    """Take any button whose data begins with `g:`."""
    match data.split(":"):
        case ["g", "list" | "more"]:
            return show_list(resident, knowledge)
        case ["g", "shelf", shelf]:
            return show_shelf(resident, shelf, knowledge)
        case ["g", action, guide_id] if guide_id in knowledge.guides:
            return _entrance(resident, action, knowledge.guides[guide_id], knowledge, now)
        case ["g", "tick", guide_id, number] if guide_id in knowledge.guides:
            ticked = _ticked(resident, f"{guide_id}:{number}")
            return _before(ticked, knowledge.guides[guide_id], now, in_place=True)
        case _:
            return _page_pressed(resident, data, knowledge, now)


def _entrance(
    resident: Resident, action: str, guide: Guide, knowledge: Knowledge, now: datetime
) -> Outcome[Resident]:
    match action:
        case "open":
            return open_guide(resident, guide.id, knowledge, now)
        case "before":
            return _before(resident, guide, now)
        case "go-on":
            return show(resident, _walk(resident, guide), knowledge, now)
        case _:
            return show(resident, start(guide), knowledge, now)


def _before(resident: Resident, guide: Guide, now: datetime, *, in_place: bool = False) -> Outcome[Resident]:
    mine = {
        int(number)
        for name, _colon, number in (each.partition(":") for each in resident.ticks)
        if name == guide.id
    }
    text, keyboard = before_page(guide, mine, local_day(now, resident.rhythm.zone))
    return Outcome(resident, (say(*text, keyboard=keyboard, in_place=in_place),))


def _ticked(resident: Resident, item: str) -> Resident:
    """One tap ticks, the next takes it back; what is not a number of the list is left out."""
    if not item.rpartition(":")[2].isdecimal():
        return resident
    if item in resident.ticks:
        return replace(resident, ticks=tuple(each for each in resident.ticks if each != item))
    return replace(resident, ticks=(*resident.ticks, item))


def _page_pressed(resident: Resident, data: str, knowledge: Knowledge, now: datetime) -> Outcome[Resident]:
    pressed = parse_press(data)
    if pressed is None or pressed.guide not in knowledge.guides:
        return Outcome(resident, (Toast((menu.old_button(),)),))
    guide = knowledge.guides[pressed.guide]
    walk = _walk(resident, guide)
    beside = _beside(resident, guide, walk, pressed, knowledge, now)
    if beside is not None:
        return beside
    moved = follow(guide, walk, pressed)
    if moved is None:
        shown = show(resident, walk, knowledge, now, in_place=False)
        return shown.after(Toast((menu.old_button(),)))
    return show(resident, moved, knowledge, now)


def _beside(
    resident: Resident, guide: Guide, walk: Walk, pressed: Press, knowledge: Knowledge, now: datetime
) -> Outcome[Resident] | None:
    """What a page offers besides the way on; it works on an old page too, for it moves nobody."""
    step = guide.steps.get(pressed.step)
    if step is None:
        return None
    here = walk if walk.step == step.id else Walk(guide.id, step.id)
    kind, _dot, number = pressed.action.partition(".")
    if kind == "term" and number.isdecimal() and int(number) < len(step.terms):
        return Outcome(resident, (Toast((step.terms[int(number)].shown(),)),))
    if kind == "picture" and step.picture is not None:
        return Outcome(resident, (ShowPicture(step.picture, caption()),))
    if kind == "show":
        return show(resident, here, knowledge, now, in_place=False)
    if kind == "remind" and step.remind is not None:
        return errands.ask(resident, guide.id, step.id, step.remind, now)
    return guide_help.press(resident, guide, here, pressed.action, now)
