"""Holidays of several traditions: the days people would name, and none for a tradition nobody knows."""

from datetime import date, timedelta

import pytest

from bot.calendars import is_holiday
from dialogs.hard_days import TRADITIONS


@pytest.mark.parametrize(
    ("tradition", "day"),
    [
        ("islamic", date(2027, 3, 10)),
        ("islamic", date(2027, 5, 16)),
        ("newroz", date(2027, 3, 21)),
        ("christian", date(2026, 12, 24)),
        ("christian", date(2027, 3, 28)),
        ("orthodox", date(2027, 1, 7)),
        ("orthodox", date(2027, 5, 2)),
        ("ethiopian", date(2027, 9, 12)),
        ("swedish", date(2027, 6, 25)),
        ("swedish", date(2027, 5, 30)),
    ],
)
def test_a_day_people_would_name(tradition: str, day: date) -> None:
    """Eid, Newroz, Christmas, Easter, Midsummer, Mother's Day."""
    assert is_holiday(tradition, day)


@pytest.mark.parametrize("tradition", TRADITIONS)
def test_every_tradition_has_some_days_and_not_all(tradition: str) -> None:
    """Each that is offered is known here."""
    year = [date(2027, 1, 1) + timedelta(days=days) for days in range(365)]
    assert 1 < sum(is_holiday(tradition, day) for day in year) < 30


def test_an_unknown_tradition_has_none() -> None:
    """An older choice that is not offered any more is no mistake."""
    assert not is_holiday("moon", date(2027, 1, 1))
