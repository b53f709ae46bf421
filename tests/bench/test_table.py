"""Tests for the benchmarks' table."""

import pytest

from bench.figures import Spread
from bench.table import Goal, as_json, count, lines, number, row

PACE = row("updates/s", Spread(1234.5, 900.0, 1500.0), "/s")
TWICE = row("full bot / PTB echo", Spread(1.94, 1.5, 2.3), "x", Goal("at least", 2.0))
ALERT = row("alert, p99", 78.2, "ms", Goal("at most", 250))


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0.00"), (0.0456, "0.046"), (1.949, "1.95"), (12.34, "12.3"), (123.4, "123"), (12345.6, "12 346")],
)
def test_only_digits_that_count_are_shown(value: float, shown: str) -> None:
    """Four digits of a noisy measurement would lie."""
    assert number(value) == shown


def test_thousands_stand_apart() -> None:
    """A million is seen at a glance."""
    assert count(1_000_000) == "1 000 000"


def test_a_missed_goal_is_said_as_plainly_as_a_reached_one() -> None:
    """Whatever comes out is reported."""
    table = lines([PACE, TWICE, ALERT])
    assert table[3].endswith("at least 2.00 x  MISSED")
    assert table[4].endswith("at most 250 ms   reached")


def test_columns_stand_below_each_other() -> None:
    """It is read as plain text in a terminal."""
    heading, rule, *rest = lines([PACE, TWICE, ALERT])
    column = heading.index("measured")
    assert rule[column - 1] == " "
    assert rest[0][column:].startswith("1 234 /s")
    assert rest[1][column:].startswith("1.94 x")


def test_a_row_without_rounds_shows_no_range() -> None:
    """Nothing is made up where there was one value."""
    assert " - " not in lines([ALERT])[2]


def test_a_limit_itself_is_reached() -> None:
    """At least two is two."""
    assert Goal("at least", 2.0).reached(2.0)
    assert Goal("at most", 250).reached(250)
    assert not Goal("at most", 250).reached(250.1)


def test_a_program_reads_the_same_as_a_person() -> None:
    """The JSON names goal and verdict too."""
    made = as_json([PACE, TWICE], {"cores": 2})
    assert made["machine"] == {"cores": 2}
    pace, twice = made["rows"]
    assert (pace["value"], pace["low"], pace["high"], pace["reached"]) == (1234.5, 900.0, 1500.0, None)
    assert twice["goal"] == {"kind": "at least", "at": 2.0}
    assert twice["reached"] is False
