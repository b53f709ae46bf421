"""A place that is good, small enough to break one line at a time."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dialogs.activity import Activity, ActivityState
from dialogs.knowledge import Described
from dialogs.near_file import NearPlace, parse_place
from tests.dialogs.cast import NOW

TODAY = date(2026, 11, 24)
PLACE = """\
name: {sv: Exempelstad, ar: مدينة}
checked: 2026-09-01
entries:
  - kind: social-services
    name: Socialtjänsten
    phone: 08-465 004 10
    hours: {sv: Vardagar 9-15, en: Weekdays 9-15}
    link: https://www.exempelstad.example/stod
    note: Be om tolk.
  - kind: housing-queue
    name: {sv: Bostadskön, en: The housing queue}
activities:
  - title: {sv: Språkcafé, en: Language café}
    day: tuesday
    time: "17:30"
    who: Föreningen Exempel
    where: {sv: Biblioteket, en: The library}
"""


def exempelstad(text: str = PLACE) -> NearPlace:
    """The place, read."""
    return parse_place("exempelstad.yaml", text, TODAY)


def bergby() -> NearPlace:
    """Another one."""
    return parse_place("bergby.yaml", PLACE.replace("Exempelstad", "Bergby"), TODAY)


def dinner(**changes: Any) -> Activity:
    """Dinner in Exempelstad, two days after Leyla's evening."""
    at = NOW + timedelta(days=2)
    known = Activity(7, "exempelstad", at, at, ActivityState.SENT, "Middag", "Mat finns.", by=2)
    return replace(known, **changes)


def described(*places: NearPlace) -> Described:
    """What an operator described."""
    return Described({place.id: place for place in places or (bergby(), exempelstad())})
