"""
Guides in the conversation: the list, the walk, putting one down, and "I am stuck".

The steps themselves live in `guide.py` and the YAML files. "I am stuck" tells a contact person which step it
is, after a yes, and nothing else about her.
"""

from dataclasses import replace
from datetime import datetime

from dialogs import menu
from dialogs.alert import Track
from dialogs.alert_texts import stuck_code
from dialogs.effects import RaiseAlert, Toast
from dialogs.guide import Guide, Walk, follow, page, parse_press, resumed, start
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome, say
from dialogs.people import Resident
from dialogs.schedule import local_day
from dialogs.screen import Button, rows
from dialogs.text import _


def show_list(resident: Resident, knowledge: Knowledge, *, in_place: bool = False) -> Outcome[Resident]:
    """All guides; those put down half-way lead back to where she was."""
    text = [_("guide", "What would you like to do step by step?")]
    buttons = [Button(guide.title, f"g:open:{guide.id}") for guide in knowledge.guides.values()]
    buttons.append(Button(_("menu", "Menu"), "menu"))
    return Outcome(resident, (say(*text, keyboard=rows(*buttons), in_place=in_place),))


def show(
    resident: Resident, walk: Walk, knowledge: Knowledge, now: datetime, *, in_place: bool = True
) -> Outcome[Resident]:
    """Show the page `walk` stands on and remember the place."""
    guide = knowledge.guides[walk.guide]
    walk = resumed(guide, walk)
    others = tuple(each for each in resident.walks if each.guide != walk.guide)
    here = replace(resident, walks=(*others, walk))
    shown = page(guide, walk, knowledge.lines, local_day(now, resident.rhythm.zone))
    return Outcome(here, (say(*shown.text, keyboard=shown.keyboard, in_place=in_place),))


def open_guide(resident: Resident, guide_id: str, knowledge: Knowledge, now: datetime) -> Outcome[Resident]:
    """Open a guide where she left it, or at its first page; offers the beginning where she was further on."""
    guide = knowledge.guides.get(guide_id)
    if guide is None:
        return show_list(resident, knowledge)
    walk = next((each for each in resident.walks if each.guide == guide_id), None)
    if walk is None or not walk.trail:
        return show(resident, start(guide), knowledge, now, in_place=False)
    text = _("guide", "You were in the middle of “{title}”.", title=guide.title)
    buttons = rows(
        Button(_("guide", "Go on where I was"), f"g:go-on:{guide_id}"),
        Button(_("guide", "Begin again"), f"g:again:{guide_id}"),
    )
    return Outcome(resident, (say(text, keyboard=buttons),))


def press(resident: Resident, data: str, knowledge: Knowledge, now: datetime) -> Outcome[Resident]:
    """Take any button whose data begins with `g:`."""
    if data == "g:list":
        return show_list(resident, knowledge)
    parts = data.split(":")
    if len(parts) == 3 and parts[2] in knowledge.guides:
        return _entrance(resident, parts[1], parts[2], knowledge, now)
    pressed = parse_press(data)
    if pressed is None or pressed.guide not in knowledge.guides:
        return Outcome(resident, (Toast((menu.old_button(),)),))
    guide = knowledge.guides[pressed.guide]
    walk = next((each for each in resident.walks if each.guide == guide.id), start(guide))
    if pressed.action in ("stuck", "tell"):
        here = walk if walk.step == pressed.step else Walk(guide.id, pressed.step)
        return _stuck(resident, guide, here, pressed.action)
    moved = follow(guide, walk, pressed)
    if moved is None:
        shown = show(resident, walk, knowledge, now, in_place=False)
        return shown.after(Toast((menu.old_button(),)))
    return show(resident, moved, knowledge, now)


def _entrance(
    resident: Resident, action: str, guide_id: str, knowledge: Knowledge, now: datetime
) -> Outcome[Resident]:
    guide = knowledge.guides[guide_id]
    if action == "open":
        return open_guide(resident, guide_id, knowledge, now)
    walk = next((each for each in resident.walks if each.guide == guide_id), start(guide))
    return show(resident, walk if action == "go-on" else start(guide), knowledge, now)


def _stuck(resident: Resident, guide: Guide, walk: Walk, action: str) -> Outcome[Resident]:
    """First ask, then tell: a contact person hears guide and step, never what she wrote."""
    contact = menu.names(resident.contacts[:1])
    if action == "stuck":
        text = _(
            "guide",
            "Shall I ask {contact} to help you with this step? I say only which step it is.",
            contact=contact,
        )
        buttons = rows(
            Button(_("guide", "Yes, please ask"), f"g:{walk.guide}:{walk.step}:tell"),
            Button(_("guide", "No, go back"), f"g:go-on:{walk.guide}"),
        )
        return Outcome(resident, (say(text, keyboard=buttons),))
    asked = _("guide", "I have asked {contact} to help you with this step.", contact=contact)
    buttons = rows(Button(_("guide", "Back to the guide"), f"g:go-on:{walk.guide}"), menu.SOMEONE)
    return Outcome(
        resident,
        (
            RaiseAlert(Track.QUIET, 1, (stuck_code(guide.title, len(walk.trail) + 1),)),
            say(asked, keyboard=buttons, in_place=True),
        ),
    )
