"""Local time and zone to the next moment: the chosen minute, once a day, also when the clocks change (R1)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.people import Rhythm
from dialogs.schedule import (
    DEFAULT_ZONE,
    knows_zone,
    latest_moment,
    local_day,
    moment_on,
    next_moment,
    zone_of,
)

ZONES = [
    "Europe/Stockholm",
    "Europe/London",
    "America/New_York",
    "Asia/Kabul",
    "Asia/Tehran",
    "Australia/Lord_Howe",
]
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
END = BEGIN + timedelta(days=730)

minutes = st.builds(time, st.integers(0, 23), st.integers(0, 59))
odd_hours = st.sampled_from([time(0), time(0, 30), time(1, 30), time(2), time(2, 15), time(2, 30), time(3)])
some_days = st.sets(st.integers(1, 7), min_size=1).map(lambda days: tuple(sorted(days)))


def moments(rhythm: Rhythm) -> Iterator[datetime]:
    """Two years of check-ins, each found from the one before."""
    moment = next_moment(rhythm, BEGIN)
    while moment < END:
        yield moment
        following = next_moment(rhythm, moment)
        assert following > moment
        moment = following


def chosen_dates(rhythm: Rhythm) -> list[date]:
    """The dates on her calendar on which a check-in must come, counted day by day."""
    zone = ZoneInfo(rhythm.zone)
    first = BEGIN.astimezone(zone).date() - timedelta(days=1)
    days = [first + timedelta(days=ahead) for ahead in range(735)]
    chosen = [day for day in days if day.isoweekday() in rhythm.days]
    return [
        day for day in chosen if BEGIN < datetime.combine(day, rhythm.at, tzinfo=zone).astimezone(UTC) < END
    ]


def was_skipped(day: date, at: time, zone: ZoneInfo) -> bool:
    """Whether the clocks jump over `at` on that day: no moment shows it."""
    return all(
        datetime.combine(day, at, tzinfo=zone).replace(fold=fold).astimezone(UTC).astimezone(zone).time()
        != at
        for fold in (0, 1)
    )


@pytest.mark.parametrize("zone", ZONES)
@settings(max_examples=20, deadline=None)
@given(at=minutes | odd_hours, days=some_days)
def test_two_years_bring_the_chosen_minute_once_on_each_chosen_day(
    zone: str, at: time, days: tuple[int, ...]
) -> None:
    """A clock change moves nobody's evening, and neither doubles nor drops a check-in."""
    rhythm = Rhythm(at=at, days=days, zone=zone)
    local = [moment.astimezone(ZoneInfo(zone)) for moment in moments(rhythm)]
    assert [moment.date() for moment in local] == chosen_dates(rhythm)
    for moment in local:
        if moment.time() != at:
            assert was_skipped(moment.date(), at, ZoneInfo(zone))
            assert moment.time() > at


def test_a_skipped_half_past_two_comes_once_an_hour_later_on_the_wall() -> None:
    """On 29 March 2026 there is no 02:30 in Stockholm."""
    rhythm = Rhythm(at=time(2, 30))
    fired = [moment for moment in moments(rhythm) if local_day(moment, rhythm.zone) == date(2026, 3, 29)]
    assert [moment.astimezone(ZoneInfo(rhythm.zone)).time() for moment in fired] == [time(3, 30)]


def test_a_doubled_half_past_two_comes_once_at_the_first() -> None:
    """On 25 October 2026 it is 02:30 twice in Stockholm."""
    rhythm = Rhythm(at=time(2, 30))
    fired = [moment for moment in moments(rhythm) if local_day(moment, rhythm.zone) == date(2026, 10, 25)]
    assert fired == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC)]


def test_the_chosen_moment_itself_is_over() -> None:
    """Who is asked at six is not asked at six again."""
    six = moment_on(date(2026, 11, 24), time(18), "Europe/Stockholm")
    assert next_moment(Rhythm(), six) == six + timedelta(days=1)
    assert next_moment(Rhythm(), six - timedelta(seconds=1)) == six


def test_once_a_week_is_found_from_the_day_after() -> None:
    """Six days of nothing lie between."""
    monday = moment_on(date(2026, 11, 23), time(18), "Europe/Stockholm")
    assert next_moment(Rhythm(days=(1,)), monday) == monday + timedelta(days=7)


def test_the_last_moment_is_the_one_before_the_next() -> None:
    """Over a year, in steps that meet every hour, skipped and doubled ones too."""
    rhythm = Rhythm(at=time(2, 30), days=(1, 3, 7))
    for hours in range(0, 366 * 24, 5):
        now = BEGIN + timedelta(hours=hours)
        last = latest_moment(rhythm, now)
        assert last <= now < next_moment(rhythm, last)
    assert latest_moment(rhythm, last) == last, "the moment itself has come"


def test_the_day_is_the_one_on_her_calendar() -> None:
    """Late evening in London is the next morning in Kabul."""
    late = datetime(2026, 11, 24, 22, tzinfo=UTC)
    assert (local_day(late, "Europe/London"), local_day(late, "Asia/Kabul")) == (
        date(2026, 11, 24),
        date(2026, 11, 25),
    )


def test_a_rhythm_without_days_is_refused() -> None:
    """Rather loud than never asked."""
    with pytest.raises(ValueError, match="at least one day"):
        next_moment(Rhythm(days=()), BEGIN)
    with pytest.raises(ValueError, match="at least one day"):
        latest_moment(Rhythm(days=()), BEGIN)


@pytest.mark.parametrize("zone", ["", "Europe", "Nowhere/Land", "../etc/passwd", "a\0b", "europe/stockholm"])
def test_a_zone_nobody_knows_is_taken_for_ours(zone: str) -> None:
    """A zone that was renamed, or nonsense, must not end somebody's check-ins; an hour off is better than none."""
    rhythm = Rhythm(at=time(18, 0), zone=zone)
    assert not knows_zone(zone)
    assert next_moment(rhythm, BEGIN) == next_moment(replace(rhythm, zone=DEFAULT_ZONE), BEGIN)
    assert local_day(BEGIN, zone) == local_day(BEGIN, DEFAULT_ZONE)


def test_a_zone_that_is_known_is_kept() -> None:
    """Her clock is hers."""
    assert knows_zone("Asia/Kabul")
    assert zone_of("Asia/Kabul").key == "Asia/Kabul"
