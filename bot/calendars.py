"""
Holidays of the traditions somebody may have grown up with, for `dialogs.hard_days`.

The dates come from the library `holidays`; those of the Islamic year are estimates until the moon is seen, so the day
before and the day itself both count. Loaded when somebody first asks about one, like the red days of a rota.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Final

_NEWROZ: Final = ((3, 20), (3, 21))
_MOTHERS_MONTH: Final = 5  # the last Sunday of May, in Sweden


def is_holiday(tradition: str, day: date) -> bool:
    """Whether `day` is a holiday of this tradition; none for one that is not known here."""
    rule = _RULES.get(tradition)
    return rule is not None and rule(day)


@cache
def _days(country: str, year: int) -> Mapping[date, str]:
    from holidays import country_holidays

    categories = ("public", "de_facto") if country == "SE" else None
    return dict(country_holidays(country, years=year, language="en_US", categories=categories).items())


def _named(country: str, *names: str) -> Callable[[date], bool]:
    def holds(day: date) -> bool:
        said = _days(country, day.year).get(day, "")
        return any(name in said for name in names)

    return holds


def _islamic(day: date) -> bool:
    holds = _named("IQ", "Eid al-Fitr", "Eid al-Adha", "Islamic New Year", "Ashura", "Prophet's Birthday")
    return holds(day) or holds(day + timedelta(days=1))


def _newroz(day: date) -> bool:
    return (day.month, day.day) in _NEWROZ


def _swedish(day: date) -> bool:
    mothers_day = (
        day.month == _MOTHERS_MONTH and day.isoweekday() == 7 and (day + timedelta(days=7)).month > day.month
    )
    return mothers_day or day in _days("SE", day.year)


_RULES: Final[Mapping[str, Callable[[date], bool]]] = {
    "islamic": _islamic,
    "newroz": _newroz,
    "christian": _named("SE", "Christmas", "Easter", "Good Friday"),
    "orthodox": _named("ER", "Orthodox Christmas", "Orthodox Easter", "Good Friday"),
    "ethiopian": _named(
        "ER", "Orthodox Christmas", "Epiphany", "Orthodox Easter", "Ethiopian New Year", "True Cross"
    ),
    "swedish": _swedish,
}
