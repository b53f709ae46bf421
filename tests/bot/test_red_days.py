"""Red days, and the eves that are as good as red."""

from datetime import date

import pytest

from bot.red_days import is_red_day


@pytest.mark.parametrize(
    "day", [date(2026, 12, 24), date(2026, 12, 25), date(2026, 6, 19), date(2027, 3, 26), date(2027, 1, 6)]
)
def test_on_these_days_nobody_is_at_work(day: date) -> None:
    """Christmas Eve, Christmas Day, Midsummer Eve, Good Friday, Epiphany: an office rota would ring in vain."""
    assert is_red_day(day)


@pytest.mark.parametrize("day", [date(2026, 11, 26), date(2026, 11, 29), date(2026, 12, 23)])
def test_ordinary_days_and_sundays_are_not_red(day: date) -> None:
    """A Sunday is a Sunday already; nothing else is moved."""
    assert not is_red_day(day)
