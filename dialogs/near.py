"""
Other people's help: the page of a place that she chose from a list by its name.

Nobody asks her where she is or lives. What she looks at is kept only where she says so, and then the page says that
it is kept, and why. What happens in a place at a certain time stands in `coming.py`.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from dialogs import menu
from dialogs.effects import FindActivitiesIn, Toast
from dialogs.knowledge import Knowledge
from dialogs.near_file import DAY_NAMES, KIND_NAMES, Entry, NearPlace, Places, Weekly
from dialogs.outcome import Outcome, say
from dialogs.people import Resident
from dialogs.schedule import local_day
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, Text, _, _n, plain, stacked
from dialogs.words import Word

COMMAND: Final = (Word.NEAR, _("command", "Help nearby"))
PLACES_A_PAGE: Final = 12


def entrance(knowledge: Knowledge) -> tuple[Button, ...]:
    """The button that leads here; none where no place is described."""
    return (Button(_("near", "🏘 Near you"), "near:begin"),) if knowledge.near.places else ()


def begin(resident: Resident, knowledge: Knowledge, now: datetime) -> Outcome[Resident]:
    """The place she wants to find again, or the list; a place that is gone is forgotten, and she hears so."""
    places = knowledge.near.places
    if not places:
        text = _("near", "I have no pages about places yet. A person may know who helps near you.")
        return Outcome(resident, (say(text, keyboard=rows(menu.SOMEONE)),))
    here = _without_the_gone(resident, places)
    if here != resident:
        text = _("near", "A place you had chosen is not here any more. I have forgotten it.")
        return _list(here, places, text)
    if resident.near:
        return _page(resident, places[resident.near], now, in_place=False)
    return _list(resident, places)


def _without_the_gone(resident: Resident, places: Places) -> Resident:
    return replace(
        resident,
        near=resident.near if resident.near in places else "",
        news_from=tuple(each for each in resident.news_from if each in places),
    )


def _list(resident: Resident, places: Places, *before: Message, first: int = 0) -> Outcome[Resident]:
    """Names only; a long list is turned over."""
    ids = list(places)
    first = first if 0 <= first < len(ids) else 0
    shown = ids[first : first + PLACES_A_PAGE]
    text = (
        *before,
        _(
            "near",
            "Choose a place. I do not ask where you live, and keep your choice only if you want me to.",
        ),
    )
    buttons = [Button(plain(places[each].name.to(resident.locale)), f"near:open:{each}") for each in shown]
    if len(ids) > PLACES_A_PAGE:
        onward = first + PLACES_A_PAGE
        buttons.append(Button(_("near", "More places"), f"near:more:{onward if onward < len(ids) else 0}"))
    return Outcome(resident, (say(*text, keyboard=rows(*buttons, Button(_("menu", "Menu"), "menu"))),))


def press(resident: Resident, data: str, knowledge: Knowledge, now: datetime) -> Outcome[Resident] | None:
    """Take `near:…`; None where it fits nothing."""
    places = knowledge.near.places
    match data.split(":"):
        case ["near", "begin"]:
            return begin(resident, knowledge, now)
        case ["near", "list"]:
            return _list(resident, places) if places else begin(resident, knowledge, now)
        case ["near", "more", first] if first.isdecimal() and places:
            return _list(resident, places, first=int(first))
        case ["near", "drop"]:
            return _forgotten(resident, places, now)
        case ["near", action, place] if place in places:
            return _about(resident, action, places[place], now)
        case ["near", _, place]:
            return _gone(resident, place, knowledge, now)
        case _:
            return None


def _gone(resident: Resident, place: str, knowledge: Knowledge, now: datetime) -> Outcome[Resident]:
    """A button of a place that was taken away since."""
    if place in (resident.near, *resident.news_from):
        return begin(resident, knowledge, now)
    text = _("near", "That place is not here any more.")
    return begin(resident, knowledge, now).after(say(text))


def _about(resident: Resident, action: str, place: NearPlace, now: datetime) -> Outcome[Resident] | None:
    match action:
        case "open":
            return _page(resident, place, now, in_place=False)
        case "back":
            return _page(resident, place, now)
        case "weekly":
            return _weekly(resident, place)
        case "next":
            return Outcome(resident, (FindActivitiesIn(place.id),))
        case "keep":
            return _page(replace(resident, near=place.id), place, now)
        case "news":
            wanted = (*_others(resident, place), place.id)
            return _page(replace(resident, news_from=wanted), place, now)
        case "quiet":
            return _page(replace(resident, news_from=_others(resident, place)), place, now)
        case _:
            return None


def _others(resident: Resident, place: NearPlace) -> tuple[str, ...]:
    return tuple(each for each in resident.news_from if each != place.id)


def _forgotten(resident: Resident, places: Places, now: datetime) -> Outcome[Resident]:
    """One tap, and no question."""
    gone = replace(resident, near="")
    toast = Toast((_("near", "Forgotten."),))
    place = places.get(resident.near)
    shown = _page(gone, place, now) if place is not None else _list(gone, places)
    return shown.after(toast)


def _page(resident: Resident, place: NearPlace, now: datetime, *, in_place: bool = True) -> Outcome[Resident]:
    text = (*_head(resident, place, now), *(_entry(each, resident.locale) for each in place.entries))
    keyboard = _keyboard(resident, place)
    return Outcome(
        resident, (say(*text, *_kept_note(resident, place), keyboard=keyboard, in_place=in_place),)
    )


def _head(resident: Resident, place: NearPlace, now: datetime) -> Text:
    name = plain(place.name.to(resident.locale))
    if place.is_old(local_day(now, resident.rhythm.zone)):
        old = _("near", "Checked on {day}. Ask before you rely on it.", day=place.checked)
        return (name, old)
    return (name,)


def _entry(entry: Entry, locale: str) -> Message:
    lines = [_("near", "{kind}: {name}", kind=KIND_NAMES[entry.kind], name=entry.name.to(locale))]
    if entry.phone:
        lines.append(_("near", "Phone: {number}", number=entry.phone))
    if entry.hours:
        lines.append(plain(entry.hours.to(locale)))
    if entry.note:
        lines.append(plain(entry.note.to(locale)))
    if entry.link:
        lines.append(plain(entry.link))
    return stacked(*lines)


def _kept_note(resident: Resident, place: NearPlace) -> Iterator[Message]:
    if resident.near == place.id:
        yield _("near", "I keep this place, so that you need not choose it each time.")
    if place.id in resident.news_from:
        yield _("near", "I tell you about activities here.")


def _keyboard(resident: Resident, place: NearPlace) -> Keyboard:
    copies = [
        Button(_("near", "Copy {number}", number=each.phone), f"near:copy:{place.id}", each.phone)
        for each in place.entries
        if each.phone
    ]
    weekly = (Button(_("near", "Every week"), f"near:weekly:{place.id}"),) if place.activities else ()
    return rows(*copies, width=2) + rows(
        *weekly,
        Button(_("near", "What is coming up"), f"near:next:{place.id}"),
        _news_button(resident, place),
        _keep_button(resident, place),
        Button(_("near", "Another place"), "near:list"),
        Button(_("menu", "Menu"), "menu"),
    )


def _news_button(resident: Resident, place: NearPlace) -> Button:
    if place.id in resident.news_from:
        return Button(_("near", "No more about activities here"), f"near:quiet:{place.id}")
    name = place.name.to(resident.locale)
    return Button(_("near", "Tell me about activities in {place}", place=name), f"near:news:{place.id}")


def _keep_button(resident: Resident, place: NearPlace) -> Button:
    if resident.near == place.id:
        return Button(_("near", "Forget this place"), "near:drop")
    return Button(_("near", "Remember this place"), f"near:keep:{place.id}")


def _weekly(resident: Resident, place: NearPlace) -> Outcome[Resident]:
    text = (
        _("near", "Every week in {place}:", place=place.name.to(resident.locale)),
        *(_meeting(each, resident.locale) for each in place.activities),
    )
    buttons = rows(Button(_("near", "Back"), f"near:back:{place.id}"), Button(_("menu", "Menu"), "menu"))
    return Outcome(resident, (say(*text, keyboard=buttons, in_place=True),))


def _meeting(weekly: Weekly, locale: str) -> Message:
    lines = [
        _(
            "near",
            "{day} {time}: {title}",
            day=DAY_NAMES[weekly.day],
            time=weekly.at,
            title=weekly.title.to(locale),
        ),
        _("near", "{who}, {where}", who=weekly.who.to(locale), where=weekly.where.to(locale)),
    ]
    if weekly.note:
        lines.append(plain(weekly.note.to(locale)))
    return stacked(*lines)


def kept(resident: Resident, knowledge: Knowledge) -> Text:
    """What `/mydata` says about places; a place that is gone by what it is called inside."""
    places = knowledge.near.places

    def name(place: str) -> str:
        return places[place].name.to(resident.locale) if place in places else place

    lines: list[Message] = []
    if resident.near:
        lines.append(_("my data", "The place I keep for you: {place}", place=name(resident.near)))
    if resident.news_from:
        names = tuple(plain(name(each)) for each in resident.news_from)
        lines.append(_("my data", "You hear about activities in: {places}", places=names))
    if resident.activities_told:
        told = len(resident.activities_told)
        lines.append(
            _n("my data", "{count} activity I told you about", "{count} activities I told you about", told)
        )
    if resident.coming:
        count = len(resident.coming)
        lines.append(
            _n("my data", "{count} activity you said yes to", "{count} activities you said yes to", count)
        )
    return tuple(lines)


def promise(knowledge: Knowledge) -> Text:
    """What `/privacy` says about places, where there are any."""
    if not knowledge.near.places:
        return ()
    return (
        _(
            "privacy",
            "If you want, I keep one place whose page you read, and the places you hear about activities from. "
            "Whoever announces an activity sees how many come, never who.",
        ),
    )
