"""
From a local time and a zone to the next moment.

Times are kept as she chose them, on her clock; only the next moment is in UTC. A time that the clock change
skips (02:30 in March) comes once, an hour later on the wall; one that comes twice (October) fires at the first.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dialogs.people import Rhythm

DEFAULT_ZONE: Final = "Europe/Stockholm"


def zone_of(name: str) -> ZoneInfo:
    """Return the zone, or Sweden's where nobody knows that name: a check-in an hour off is better than none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, no name at all, or a name that leads to a folder
        return ZoneInfo(DEFAULT_ZONE)


def knows_zone(name: str) -> bool:
    """Whether `name` is a zone here; zones are renamed, and a machine may have an older list."""
    return zone_of(name).key == name


def local_day(moment: datetime, zone: str) -> date:
    """Return the date on the calendar of `zone` at `moment`."""
    return moment.astimezone(zone_of(zone)).date()


def moment_on(day: date, at: time, zone: str) -> datetime:
    """Return when it is `at` on `day` in `zone`, in UTC."""
    return datetime.combine(day, at, tzinfo=zone_of(zone)).astimezone(UTC)


def next_moment(rhythm: Rhythm, after: datetime) -> datetime:
    """Return the first moment of `rhythm` that is later than `after`; never the same local date twice."""
    day = local_day(after, rhythm.zone)
    for ahead in range(9):
        candidate = day + timedelta(days=ahead)
        if candidate.isoweekday() in rhythm.days:
            moment = moment_on(candidate, rhythm.at, rhythm.zone)
            if moment > after:
                return moment
    raise ValueError("a rhythm needs at least one day")


def latest_moment(rhythm: Rhythm, by: datetime) -> datetime:
    """Return the last moment of `rhythm` that is not later than `by`."""
    day = local_day(by, rhythm.zone)
    for back in range(9):
        candidate = day - timedelta(days=back)
        if candidate.isoweekday() in rhythm.days:
            moment = moment_on(candidate, rhythm.at, rhythm.zone)
            if moment <= by:
                return moment
    raise ValueError("a rhythm needs at least one day")
