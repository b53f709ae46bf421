"""
Activities as she meets them: an unasked neutral line, the words after a tap, "I come", and silence when she likes.

Each is told to her once, by day on her clock, and not while she is paused; what she said yes to stays in her own
document, and the table only counts. One that is over is neither told nor counted.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from dialogs import neutral
from dialogs.activity import Activity, ActivityState, Then
from dialogs.effects import CountComing, FindActivities, Purpose, Say, SetTimer, StopTimer, Toast
from dialogs.events import ActivitiesFound, ActivityComes, Timer
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome, say
from dialogs.people import Resident
from dialogs.schedule import local_day, moment_on, zone_of
from dialogs.screen import Button, Keyboard, rows
from dialogs.text import Text, _, plain

EARLIEST: Final = time(8, 0)
LATEST: Final = time(20, 0)
REMEMBERED: Final = 60
"""So many activities that she was told of; a wave meets each of them once, so the number is no promise."""
MOST_COMING: Final = 30
MOST_WAITING: Final = 12
MOST_SHOWN: Final = 8

_ACTIONS: Final = {
    "see": Then.SEE,
    "come": Then.COME,
    "back": Then.BACK,
    "not": Then.BACK,
    "quiet": Then.QUIET,
}


def happens(
    resident: Resident, event: ActivityComes | ActivitiesFound, knowledge: Knowledge, now: datetime
) -> Outcome[Resident]:
    """A wave has reached her, or what was looked up for her is here."""
    if isinstance(event, ActivityComes):
        return comes(resident, event.activity, now)
    return found(resident, event, knowledge, now)


def comes(resident: Resident, activity: Activity, now: datetime) -> Outcome[Resident]:
    """A wave has reached her: tell her now, in the morning, or not at all."""
    if resident.stopped or not _concerns(resident, activity, now):
        return Outcome(resident)
    if activity.state is ActivityState.SENT:
        if activity.id in resident.activities_told:
            return Outcome(resident)
        told = (*resident.activities_told, activity.id)[-REMEMBERED:]
        resident = replace(resident, activities_told=told)
    moment = _moment(resident, now)
    if moment == now:
        return _told(resident, (activity,), now)
    waiting = (*(each for each in resident.activities_waiting if each != activity.id), activity.id)
    later = replace(resident, activities_waiting=waiting[-MOST_WAITING:])
    return Outcome(later, (SetTimer(Timer.ACTIVITY, moment),))


def _concerns(resident: Resident, activity: Activity, now: datetime) -> bool:
    """An announcement whoever wants to hear from there, a cancellation whoever said that she comes."""
    if now >= activity.ends_at:
        return False
    if activity.state is ActivityState.CANCELLED:
        return activity.id in resident.coming
    return activity.state is ActivityState.SENT and activity.place in resident.news_from


def _moment(resident: Resident, now: datetime) -> datetime:
    """Now, or when a pause is over; by day on her clock."""
    moment = max(now, resident.paused_until or now)
    local = moment.astimezone(zone_of(resident.rhythm.zone))
    if EARLIEST <= local.time() < LATEST:
        return moment
    day = local.date() + timedelta(days=local.time() >= LATEST)
    return moment_on(day, EARLIEST, resident.rhythm.zone)


def due(resident: Resident, now: datetime) -> Outcome[Resident]:
    """What waited may be told now: look whether it still is what it was."""
    if resident.stopped or not resident.activities_waiting:
        return Outcome(resident, (StopTimer(Timer.ACTIVITY),))
    moment = _moment(resident, now)
    if moment > now:
        return Outcome(resident, (SetTimer(Timer.ACTIVITY, moment),))
    return Outcome(resident, (FindActivities(resident.activities_waiting, Then.MORNING),))


def _told(resident: Resident, activities: tuple[Activity, ...], now: datetime) -> Outcome[Resident]:
    """All that a lock screen may show (R35), in one message; one that is late does not come in the evening."""
    if not activities:
        return Outcome(resident)
    cancelled = {each.id for each in activities if each.state is ActivityState.CANCELLED}
    told = replace(resident, coming=tuple(each for each in resident.coming if each not in cancelled))
    if len(activities) == 1:
        buttons = [Button(_("activity", "Show me"), f"act:see:{activities[0].id}")]
    else:
        buttons = [
            Button(_("activity", "Show me number {number}", number=number), f"act:see:{each.id}")
            for number, each in enumerate(activities, start=1)
        ]
    zone = resident.rhythm.zone
    until = moment_on(local_day(now, zone), LATEST, zone)
    return Outcome(
        told, (Say((neutral.may_like_to_know(),), rows(*buttons), purpose=Purpose.ROUTINE, until=until),)
    )


def press(resident: Resident, data: str) -> Outcome[Resident] | None:
    """Take `act:…`; None where it fits nothing."""
    match data.split(":"):
        case ["act", action, number] if action in _ACTIONS and number.isdecimal() and len(number) < 16:
            return Outcome(resident, (FindActivities((int(number),), _ACTIONS[action]),))
        case _:
            return None


def found(
    resident: Resident, event: ActivitiesFound, knowledge: Knowledge, now: datetime
) -> Outcome[Resident]:
    """What was looked up for her; drafts are nobody's yet."""
    activities = tuple(each for each in event.activities if each.state is not ActivityState.DRAFT)
    if event.then is Then.MORNING:
        return _morning(resident, activities, now)
    if event.then is Then.NEXT:
        return _next(resident, activities, now)
    if not activities:
        return Outcome(resident, (say(_("activity", "That is not here any more."), keyboard=_menu()),))
    activity = activities[0]
    match event.then:
        case Then.COME:
            return _comes(resident, activity, knowledge, now)
        case Then.BACK:
            return _not(resident, activity, now)
        case Then.QUIET:
            return _quiet(resident, activity)
        case Then.SEE:
            return _page(resident, activity, knowledge, now, in_place=False)
        case _:
            return Outcome(resident)


def _morning(resident: Resident, activities: Iterable[Activity], now: datetime) -> Outcome[Resident]:
    rested = replace(resident, activities_waiting=())
    return _told(rested, tuple(each for each in activities if _concerns(rested, each, now)), now)


def _next(resident: Resident, activities: Iterable[Activity], now: datetime) -> Outcome[Resident]:
    coming = [each for each in activities if each.is_on(now)][:MOST_SHOWN]
    if not coming:
        text = _("activity", "Nothing is announced here at the moment.")
        return Outcome(resident, (say(text, keyboard=_menu()),))
    buttons = [
        Button(
            _("activity", "{moment}: {title}", moment=each.begins_at, title=each.title), f"act:see:{each.id}"
        )
        for each in coming
    ]
    text = _("activity", "This is coming up. Tap one to read more.")
    return Outcome(resident, (say(text, keyboard=rows(*buttons) + _menu()),))


def _page(
    resident: Resident, activity: Activity, knowledge: Knowledge, now: datetime, *, in_place: bool = True
) -> Outcome[Resident]:
    text = (*_head(resident, activity, knowledge), *_standing(resident, activity, now))
    keyboard = _answers(resident, activity, now)
    return Outcome(resident, (say(*text, keyboard=keyboard, in_place=in_place),))


def _head(resident: Resident, activity: Activity, knowledge: Knowledge) -> Text:
    place = knowledge.near.places.get(activity.place)
    when = _("activity", "When: {moment}", moment=activity.begins_at)
    words = (plain(activity.words),) if activity.words else ()
    if place is None:
        return (plain(activity.title), when, *words)
    where = _("activity", "Where: {place}", place=place.name.to(resident.locale))
    return (plain(activity.title), when, where, *words)


def _standing(resident: Resident, activity: Activity, now: datetime) -> Text:
    if activity.state is ActivityState.CANCELLED:
        return (_("activity", "This has been cancelled. It was nothing you did."),)
    if not activity.is_on(now):
        return (_("activity", "This is over now."),)
    if activity.id in resident.coming:
        return (_("activity", "You said that you come. Nobody was told your name; it was only counted."),)
    return (_("activity", "If you say that you come, it is only counted. Nobody sees who."),)


def _answers(resident: Resident, activity: Activity, now: datetime) -> Keyboard:
    quiet = Button(_("activity", "No more of these"), f"act:quiet:{activity.id}")
    hears = (quiet,) if activity.place in resident.news_from else ()
    if not activity.is_on(now):
        return rows(*hears) + _menu()
    if activity.id in resident.coming:
        back = Button(_("activity", "✅ I come. Tap to take it back"), f"act:back:{activity.id}")
        return rows(back, *hears) + _menu()
    come = Button(_("activity", "I come"), f"act:come:{activity.id}")
    no = Button(_("activity", "No, thank you"), f"act:not:{activity.id}")
    return rows(come, no, width=2) + rows(*hears) + _menu()


def _menu() -> Keyboard:
    return rows(Button(_("menu", "Menu"), "menu"))


def _comes(resident: Resident, activity: Activity, knowledge: Knowledge, now: datetime) -> Outcome[Resident]:
    """Counted once, however often it is pressed; the button that stands there afterwards takes it back."""
    if not activity.is_on(now) or activity.id in resident.coming:
        return _page(resident, activity, knowledge, now)
    yes = replace(resident, coming=(*resident.coming, activity.id)[-MOST_COMING:])
    return _page(yes, activity, knowledge, now).after(CountComing(activity.id, 1))


def _not(resident: Resident, activity: Activity, now: datetime) -> Outcome[Resident]:
    fewer = replace(resident, coming=tuple(each for each in resident.coming if each != activity.id))
    text = _("activity", "All right. You need not explain anything.")
    answer = Outcome(fewer, (say(text, keyboard=_once_more(activity, now), in_place=True),))
    return answer.after(CountComing(activity.id, -1)) if activity.id in resident.coming else answer


def _once_more(activity: Activity, now: datetime) -> Keyboard:
    if not activity.is_on(now):
        return _menu()
    return rows(Button(_("activity", "Show me again"), f"act:see:{activity.id}")) + _menu()


def _quiet(resident: Resident, activity: Activity) -> Outcome[Resident]:
    """One tap, and no question."""
    rest = tuple(each for each in resident.news_from if each != activity.place)
    toast = Toast((_("activity", "All right. I tell you no more about activities from there."),))
    return Outcome(replace(resident, news_from=rest), (toast,))


def taken_back(resident: Resident) -> tuple[CountComing, ...]:
    """Whoever erases herself is counted no longer."""
    return tuple(CountComing(each, -1) for each in resident.coming)
