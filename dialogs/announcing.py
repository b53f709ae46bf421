"""
Who may announce an activity, and how: one question after the other, a preview, and then it goes out.

Coordinators and contact persons from civil society may. They see how many come, never who; and what they write holds
no number to call and no link, because nobody checks those here.
"""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from dialogs.activity import LONGEST_TITLE, LONGEST_WORDS, Activity, ActivityState, Draft, Then, unfit
from dialogs.effects import AnnounceActivity, CancelActivity, FindActivities, FindMyActivities
from dialogs.events import ActivitiesFound
from dialogs.kinds import ContactKind
from dialogs.knowledge import Knowledge
from dialogs.near_file import Places
from dialogs.outcome import Outcome, say
from dialogs.people import Contact, Place, Role
from dialogs.schedule import DEFAULT_ZONE, local_day, moment_on
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Message, _, _n, plain, stacked

FURTHEST: Final = timedelta(days=366)
MOST_PLACES: Final = 20
"""So many as buttons; a name that is typed finds the others."""
MOST_LISTED: Final = 10
_WHEN = re.compile(
    r"\s*(?:(?P<year>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(?P<day>\d{1,2})\s*[./]\s*(?P<month>\d{1,2})\.?)"
    r"[\s,]+(?:kl\.?\s*)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})\s*"
)


def may(contact: Contact) -> bool:
    """Whether her words may go out to residents who never met her."""
    return contact.joined and (contact.role is Role.COORDINATOR or contact.kind is ContactKind.CIVIL)


def begin(contact: Contact, knowledge: Knowledge) -> Outcome[Contact]:
    """Where?"""
    places = knowledge.near.places
    if not places:
        text = _("announcing", "No places are described here yet, so nobody could be told.")
        return Outcome(_rested(contact), (say(text),))
    return _ask(replace(contact, place=Place.ACTIVITY, draft=Draft()), places)


def _rested(contact: Contact) -> Contact:
    return replace(contact, place=Place.MENU, draft=None)


def _ask(contact: Contact, places: Places, *before: Message) -> Outcome[Contact]:
    """The first question that has no answer yet, else the preview."""
    draft = contact.draft or Draft()
    text, buttons = _question(contact, draft, places)
    drop = Button(_("announcing", "Leave it"), "an:drop")
    return Outcome(contact, (say(*before, *text, keyboard=rows(*buttons, drop)),))


def _question(contact: Contact, draft: Draft, places: Places) -> tuple[tuple[Message, ...], list[Button]]:
    if draft.place is None:
        text = _("announcing", "In which place is it? Choose one, or write its name.")
        offered = list(places.values())[:MOST_PLACES]
        return (text,), [
            Button(plain(each.name.to(contact.locale)), f"an:place:{each.id}") for each in offered
        ]
    if draft.title is None:
        return (_("announcing", "What is it called? A few words are enough."),), []
    if draft.begins_at is None:
        return (_("announcing", "When does it begin? Write day and time, for example 3/12 18:00."),), []
    if draft.words is None:
        text = _(
            "announcing",
            "What should people know? Where exactly, who is there, what it costs, whether children may come.",
        )
        return (text,), [Button(_("announcing", "Nothing more"), "an:skip")]
    return _preview(contact, draft, places)


def _preview(contact: Contact, draft: Draft, places: Places) -> tuple[tuple[Message, ...], list[Button]]:
    place = places.get(draft.place or "")
    lines = [plain(draft.title or "")]
    if draft.begins_at is not None:
        lines.append(_("activity", "When: {moment}", moment=draft.begins_at))
    if place is not None:
        lines.append(_("activity", "Where: {place}", place=place.name.to(contact.locale)))
    if draft.words:
        lines.append(plain(draft.words))
    text = (
        _("announcing", "This is what people see when they tap. Shall I send it?"),
        stacked(*lines),
        _("announcing", "It goes to those who want to hear about activities there, once, and only by day."),
    )
    return text, [
        Button(_("announcing", "Send it"), "an:send"),
        Button(_("announcing", "Begin again"), "an:again"),
    ]


def wrote(contact: Contact, text: str, now: datetime, knowledge: Knowledge) -> Outcome[Contact]:
    """Her answer to the question that is open; what does not fit is told so, and the question stays."""
    places, draft = knowledge.near.places, contact.draft or Draft()
    words = "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
    if draft.place is None:
        return _place_written(contact, words, places)
    if draft.title is None:
        title = " ".join(words.split())
        return _answered(contact, replace(draft, title=title), unfit(title, LONGEST_TITLE), places)
    if draft.begins_at is None:
        begins_at = read_moment(words, now)
        fault = None if begins_at else _not_a_moment()
        return _answered(contact, replace(draft, begins_at=begins_at), fault, places)
    if draft.words is None:
        return _answered(contact, replace(draft, words=words), unfit(words, LONGEST_WORDS), places)
    return _ask(contact, places)


def _answered(contact: Contact, draft: Draft, fault: Message | None, places: Places) -> Outcome[Contact]:
    if fault is not None:
        return _ask(contact, places, fault)
    return _ask(replace(contact, draft=draft), places)


def _place_written(contact: Contact, text: str, places: Places) -> Outcome[Contact]:
    wanted = text.casefold()
    for place in places.values():
        names = {name.casefold() for _locale, name in place.name.texts}
        if wanted in names or wanted == place.id:
            return _ask(replace(contact, draft=Draft(place.id)), places)
    return _ask(contact, places, _("announcing", "I do not know that place."))


def _not_a_moment() -> Message:
    return _(
        "announcing",
        "I need a day and a time that are still to come, within a year: 3/12 18:00, for example.",
    )


def read_moment(text: str, now: datetime, zone: str = DEFAULT_ZONE) -> datetime | None:
    """Read "3/12 18:00" or "2026-12-03 18:00" in any script's digits; None where that is no moment to come."""
    digits = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)
    match = _WHEN.fullmatch(digits)
    if match is None:
        return None
    today = local_day(now, zone)
    years = [int(match["year"])] if match["year"] else [today.year, today.year + 1]
    for year in years:
        try:
            day = date(year, int(match["month"] or match["m"]), int(match["day"] or match["d"]))
            moment = moment_on(day, time(int(match["hour"]), int(match["minute"])), zone)
        except (ValueError, OverflowError):
            continue
        if now < moment <= now + FURTHEST:
            return moment
    return None


def press(contact: Contact, rest: list[str], now: datetime, knowledge: Knowledge) -> Outcome[Contact] | None:
    """Take `an:…`; None where it fits nothing any more."""
    match rest:
        case ["cancel", number] if number.isdecimal() and len(number) < 16:
            return Outcome(contact, (FindActivities((int(number),), Then.ASK_CANCEL),))
        case ["really", number] if number.isdecimal() and len(number) < 16:
            return Outcome(contact, (FindActivities((int(number),), Then.CANCEL),))
        case ["list"]:
            return mine(contact)
        case ["new"]:
            return begin(contact, knowledge)
        case _ if contact.place is Place.ACTIVITY and contact.draft is not None:
            return _draft_pressed(contact, contact.draft, rest, now, knowledge)
        case _:
            return None


def _draft_pressed(
    contact: Contact, draft: Draft, rest: list[str], now: datetime, knowledge: Knowledge
) -> Outcome[Contact] | None:
    places = knowledge.near.places
    match rest:
        case ["place", place] if place in places and draft.place is None:
            return _ask(replace(contact, draft=replace(draft, place=place)), places)
        case ["skip"] if draft.begins_at is not None and draft.words is None:
            return _ask(replace(contact, draft=replace(draft, words="")), places)
        case ["again"]:
            return begin(contact, knowledge)
        case ["drop"]:
            text = _("announcing", "All right. Nothing was sent.")
            return Outcome(_rested(contact), (say(text, keyboard=_more()),))
        case ["send"] if draft.words is not None:
            return _sent(contact, draft, now, places)
        case _:
            return None


def _sent(contact: Contact, draft: Draft, now: datetime, places: Places) -> Outcome[Contact]:
    if draft.begins_at is None or draft.begins_at <= now:
        return _ask(replace(contact, draft=replace(draft, begins_at=None)), places, _not_a_moment())
    if draft.place not in places:
        gone = _("announcing", "That place is not here any more.")
        return _ask(replace(contact, draft=replace(draft, place=None)), places, gone)
    text = _(
        "announcing",
        "It goes out now, or in the morning where it is late. Write “activities” to see how many come.",
    )
    return Outcome(_rested(contact), (AnnounceActivity(draft), say(text, keyboard=_more())))


def _more() -> Keyboard:
    return rows(Button(_("announcing", "My activities"), "an:list"))


def mine(contact: Contact) -> Outcome[Contact]:
    """A coordinator looks after all of them."""
    return Outcome(contact, (FindMyActivities(None if contact.role is Role.COORDINATOR else contact.id),))


def found(contact: Contact, event: ActivitiesFound, now: datetime) -> Outcome[Contact]:
    """What was looked up for her; each again only where it is hers to look after."""
    if not may(contact):
        return Outcome(contact)
    hers = [each for each in event.activities if contact.role is Role.COORDINATOR or each.by == contact.id]
    if event.then is Then.MINE:
        return _listed(contact, hers, now)
    if not hers or not hers[0].is_on(now):
        text = _("announcing", "That is over, or was cancelled before. Nothing was changed.")
        return Outcome(contact, (say(text, keyboard=_more()),))
    if event.then is Then.ASK_CANCEL:
        return _ask_cancel(contact, hers[0])
    if event.then is Then.CANCEL:
        text = _("announcing", "Cancelled. Those who wanted to come hear so, by day.")
        return Outcome(contact, (CancelActivity(hers[0].id), say(text, keyboard=_more())))
    return Outcome(contact)


def _listed(contact: Contact, activities: list[Activity], now: datetime) -> Outcome[Contact]:
    new = Button(_("announcing", "Announce something"), "an:new")
    shown = [each for each in activities if each.state is ActivityState.SENT and now < each.ends_at][
        :MOST_LISTED
    ]
    if not shown:
        text = _("announcing", "Nothing is announced at the moment.")
        return Outcome(contact, (say(text, keyboard=rows(new)),))
    lines = [_line(each) for each in shown]
    cancels = [
        Button(_("announcing", "Cancel: {title}", title=each.title), f"an:cancel:{each.id}") for each in shown
    ]
    return Outcome(contact, (say(stacked(*lines), keyboard=rows(*cancels, new)),))


def _line(activity: Activity) -> Message:
    return _n(
        "announcing",
        "{moment}, {title}: {count} comes",
        "{moment}, {title}: {count} come",
        activity.coming,
        moment=activity.begins_at,
        title=activity.title,
    )


def _ask_cancel(contact: Contact, activity: Activity) -> Outcome[Contact]:
    text = _(
        "announcing",
        "Shall I cancel “{title}”, {moment}? Those who wanted to come hear so.",
        title=activity.title,
        moment=activity.begins_at,
    )
    buttons = rows(
        Button(_("announcing", "Yes, cancel it"), f"an:really:{activity.id}"),
        Button(_("announcing", "No"), "an:list"),
        width=2,
    )
    return Outcome(contact, (say(text, keyboard=buttons),))
