"""Hours as an operator writes them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.duty import HoursUnreadable, Shift, read_shift, write_shift


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("mon-fri 08:00-17:00", Shift((1, 2, 3, 4, 5), time(8), time(17))),
        (" SAT,sun 10:00 - 14:30 ", Shift((6, 7), time(10), time(14, 30))),
        ("mon-sun 00:00-24:00", Shift((1, 2, 3, 4, 5, 6, 7), time(0), time(0))),
        ("fri 22:00-06:00", Shift((5,), time(22), time(6))),
        ("mon,wed-thu 09:00-12:00", Shift((1, 3, 4), time(9), time(12))),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, shift: Shift) -> None:
    """An operator writes a rota once a year and must not look up a grammar."""
    assert read_shift(text) == shift


@pytest.mark.parametrize(
    "text", ["", "mon", "mon 8-17", "monday 08:00-17:00", "mon 08:00", "mon 25:00-26:00", "-"]
)
def test_hours_that_cannot_be_read_say_how_to_write_them(text: str) -> None:
    """A guessed rota would let an alert wait for somebody who is asleep."""
    with pytest.raises(HoursUnreadable, match="mon-fri 08:00-17:00"):
        read_shift(text)


times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
days = st.lists(st.integers(1, 7), min_size=1, unique=True).map(lambda found: tuple(sorted(found)))


@given(st.builds(Shift, days, times, times))
def test_what_is_written_is_read_back_the_same(shift: Shift) -> None:
    """What `vidare duty show` prints can be given to `vidare duty set`."""
    assert read_shift(write_shift(shift)) == shift


@pytest.mark.parametrize(
    ("swedish", "days"), [("mån-fre", (1, 2, 3, 4, 5)), ("lör,sön", (6, 7)), ("tors", (4,))]
)
def test_days_may_be_written_in_swedish(swedish: str, days: tuple[int, ...]) -> None:
    """Whoever fills in the calendar is no programmer."""
    assert read_shift(f"{swedish} 08:00-17:00").days == days
