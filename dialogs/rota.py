"""
Rota: whether a contact person may be asked at a moment, and when next.

Hours are kept on her own clock, like everything that repeats. A red day counts as a Sunday. Who gave no hours may
be asked at any time.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final, TypeAlias

from dialogs.duty import Duty, Shift
from dialogs.schedule import moment_on, zone_of

RedDay: TypeAlias = Callable[[date], bool]
"""Whether a date is a public holiday; given by the door, which knows the calendar of the country."""

SUNDAY: Final = 7
LOOK_AHEAD: Final = timedelta(days=15)


def on_duty(duty: Duty | None, moment: datetime, red_day: RedDay) -> bool:
    """Whether somebody with these hours may be asked at `moment`."""
    if duty is None:
        return True
    today = moment.astimezone(zone_of(duty.zone)).date()
    return any(
        _covers(shift, day, moment, duty.zone, red_day)
        for day in (today - timedelta(days=1), today)
        for shift in duty.shifts
    )


def _covers(shift: Shift, day: date, moment: datetime, zone: str, red_day: RedDay) -> bool:
    """Whether `shift`, begun on `day`, covers `moment`."""
    if (SUNDAY if red_day(day) else day.isoweekday()) not in shift.days:
        return False
    last = day if shift.ends > shift.begins else day + timedelta(days=1)
    return moment_on(day, shift.begins, zone) <= moment < moment_on(last, shift.ends, zone)


def next_on_duty(duty: Duty | None, after: datetime, red_day: RedDay) -> datetime | None:
    """Return the first moment from `after` on at which she may be asked; None: not in the next two weeks."""
    if on_duty(duty, after, red_day):
        return after
    begins = sorted(_beginnings(duty, after, red_day)) if duty is not None else []
    return next((moment for moment in begins if moment > after), None)


def _beginnings(duty: Duty, after: datetime, red_day: RedDay) -> list[datetime]:
    first = after.astimezone(zone_of(duty.zone)).date()
    days = [first + timedelta(days=ahead) for ahead in range(LOOK_AHEAD.days)]
    return [
        moment_on(day, shift.begins, duty.zone)
        for day in days
        for shift in duty.shifts
        if (SUNDAY if red_day(day) else day.isoweekday()) in shift.days
    ]
