"""
Monday morning: a contact person's week in a few numbers, and for coordinators how many residents each looks after.

It praises nobody and blames nobody; it shows what is still open. Whoever is away gets none.
"""

from datetime import datetime, time, timedelta
from typing import Final

from dialogs.day import RESIDENTS, TODAY
from dialogs.effects import Effect, GatherWeek, Purpose, Say, SetTimer
from dialogs.events import LoadLine, Timer, WeekGathered
from dialogs.load import USUAL
from dialogs.outcome import Outcome
from dialogs.people import Contact
from dialogs.schedule import DEFAULT_ZONE, local_day, moment_on, zone_of
from dialogs.screen import rows
from dialogs.text import Message, Text, _, _n, stacked

AT: Final = time(9, 0)
FROM, UNTIL = time(8, 0), time(21, 0)
WEEK: Final = timedelta(days=7)


def plan(now: datetime) -> Effect:
    """Next Monday at nine."""
    day = local_day(now, DEFAULT_ZONE)
    monday = day + timedelta(days=-day.weekday() % 7)
    moment = moment_on(monday, AT, DEFAULT_ZONE)
    if moment <= now:
        moment = moment_on(monday + WEEK, AT, DEFAULT_ZONE)
    return SetTimer(Timer.WEEK, moment)


def due(contact: Contact, now: datetime) -> Outcome[Contact]:
    """Count first; the summary comes with `show`. One that is late waits for the day."""
    if not contact.joined:
        return Outcome(contact)
    if contact.away is not None and contact.away.until > now:
        return Outcome(contact, (plan(now),))
    clock = now.astimezone(zone_of(DEFAULT_ZONE)).time()
    if not FROM <= clock < UNTIL:
        day = local_day(now, DEFAULT_ZONE) + timedelta(days=0 if clock < FROM else 1)
        return Outcome(contact, (SetTimer(Timer.WEEK, moment_on(day, AT, DEFAULT_ZONE)),))
    return Outcome(contact, (plan(now), GatherWeek()))


def show(contact: Contact, week: WeekGathered, now: datetime) -> Outcome[Contact]:
    """A few lines."""
    text: Text = (_("week", "🔵 Your week in short. There is nothing to do."), _numbers(contact, week, now))
    if week.load:
        text = (*text, stacked(_("week", "Residents for each contact person:"), *map(_load, week.load)))
    return Outcome(contact, (Say(text, rows(TODAY, RESIDENTS, width=2), purpose=Purpose.ROUTINE),))


def _numbers(contact: Contact, week: WeekGathered, now: datetime) -> Message:
    lately = [talked for at, talked in contact.kept if now - at < WEEK]
    return stacked(
        _("week", "Cases you took on: {count}", count=week.taken),
        _("week", "Cases you closed: {count}", count=week.closed),
        _("week", "Open with you now: {count}", count=week.open),
        _("week", "Calls kept: {kept}, not kept: {missed}", kept=sum(lately), missed=lately.count(False)),
        _n(
            "week",
            "Calls not settled yet: {count}",
            "Calls not settled yet: {count}",
            sum(call.at <= now for call in contact.calls),
        ),
        _("week", "Residents with a pause: {count}", count=week.paused),
    )


def _load(line: LoadLine) -> Message:
    most = line.most if line.most is not None else USUAL
    values: dict[str, str | int] = {"name": line.name, "residents": line.residents, "most": most}
    if line.residents > most:
        return _("week", "{name}: {residents} of {most}, more than agreed", **values)
    return _("week", "{name}: {residents} of {most}", **values)
