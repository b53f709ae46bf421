"""
Public holidays of Sweden, the eves among them that everybody has off: on these days a rota counts as on a Sunday.

The calendar comes from the library `holidays` and is loaded when somebody with hours is first looked up: it takes
a tenth of a second and ten megabytes, which most small organisations never need.
"""

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase


@cache
def _sweden() -> "HolidayBase":
    from holidays import country_holidays

    return country_holidays("SE", categories=("public", "de_facto"))


def is_red_day(day: date) -> bool:
    """Whether offices are closed on `day` in Sweden, apart from ordinary weekends."""
    return day in _sweden()
