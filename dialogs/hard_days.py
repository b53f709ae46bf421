"""
Days that are hard for her: holidays of the traditions she names, and days of her own.

On the evening before, the check-in asks more softly, and says nothing about why. Which dates the holidays have is
looked up at the door (`bot/calendars.py`); here only the names of traditions are known.
"""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from dialogs import errands
from dialogs.effects import Toast
from dialogs.guide import Remind
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome, say
from dialogs.people import HardDay, Place, Resident
from dialogs.preferences import ticked
from dialogs.schedule import local_day
from dialogs.screen import Button, rows
from dialogs.text import Message, _

MOST: Final = 12
LONGEST_NAME: Final = 30
TRADITIONS: Final[dict[str, Message]] = {
    "islamic": _("hard day", "Eid and other Islamic holidays"),
    "newroz": _("hard day", "Newroz, Nowruz"),
    "christian": _("hard day", "Christmas, Easter"),
    "orthodox": _("hard day", "Orthodox Christmas and Easter"),
    "ethiopian": _("hard day", "Eritrean and Ethiopian holidays"),
    "swedish": _("hard day", "Swedish holidays and Mother’s Day"),
}
"""`bot/calendars.py` knows the dates of each."""
_DATE = re.compile(r"(\d{1,2}\s*[./\-]\s*\d{1,2})\.?\s*(.*)", re.DOTALL)


def show(resident: Resident, *, in_place: bool = False) -> Outcome[Resident]:
    """What is marked; one tap changes it."""
    text = _(
        "hard day",
        "Some days are heavier than others: holidays, birthdays, the day something happened. "
        "Mark them, and I ask more softly on the evening before. I do not say why.",
    )
    traditions = [
        Button(ticked(label, name in resident.traditions), f"hd:t:{name}")
        for name, label in TRADITIONS.items()
    ]
    own = [
        Button(
            _("hard day", "🗑 {day} {name}", day=f"{day.day}/{day.month}", name=day.name),
            f"hd:drop:{day.month}:{day.day}",
        )
        for day in resident.hard_days
    ]
    more = Button(_("hard day", "Add a day of my own"), "hd:add")
    keyboard = rows(*traditions, *own, more, Button(_("settings", "Back"), "set"))
    return Outcome(resident, (say(text, keyboard=keyboard, in_place=in_place),))


def press(resident: Resident, data: str) -> Outcome[Resident] | None:
    """Take `hd…`; None where it fits nothing."""
    match data.split(":"):
        case ["hd"]:
            return show(resident)
        case ["hd", "t", name] if name in TRADITIONS:
            kept = tuple(each for each in resident.traditions if each != name)
            switched = kept if name in resident.traditions else (*kept, name)
            return show(replace(resident, traditions=switched), in_place=True)
        case ["hd", "drop", month, day]:
            left = tuple(
                each for each in resident.hard_days if (str(each.month), str(each.day)) != (month, day)
            )
            return show(replace(resident, hard_days=left), in_place=True)
        case ["hd", "add"] if len(resident.hard_days) >= MOST:
            return Outcome(resident, (Toast((_("hard day", "Take one away first, please."),)),))
        case ["hd", "add"]:
            waiting = replace(resident, place=Place.HARD_DAY)
            text = _("hard day", "Write day and month, for example 24/11. You can add a word for yourself.")
            return Outcome(waiting, (say(text, keyboard=rows(Button(_("settings", "Back"), "hd"))),))
        case _:
            return None


def wrote(resident: Resident, text: str, now: datetime) -> Outcome[Resident]:
    """A day of her own; what is no day is told so, and the question stays."""
    today = local_day(now, resident.rhythm.zone)
    found = _DATE.fullmatch(text.strip())
    on = errands.read_day(found[1], Remind.YEARLY, today) if found else None
    if found is None or on is None:
        again = _("hard day", "I did not understand the day. Write it like this: 24/11.")
        return Outcome(resident, (say(again, keyboard=rows(Button(_("settings", "Back"), "hd"))),))
    day = HardDay(on.month, on.day, found[2].strip()[:LONGEST_NAME])
    kept = tuple(each for each in resident.hard_days if (each.month, each.day) != (day.month, day.day))
    return show(replace(resident, hard_days=(*kept, day), place=Place.MENU))


def eve(resident: Resident, today: date, knowledge: Knowledge) -> bool:
    """Whether tomorrow is a hard day."""
    tomorrow = today + timedelta(days=1)
    own = any((day.month, day.day) == (tomorrow.month, tomorrow.day) for day in resident.hard_days)
    return own or any(knowledge.calendar(name, tomorrow) for name in resident.traditions)
