"""Plain counts."""

from bot.tally import Spread


def test_a_spread_counts_how_many_were_at_most_each_bound() -> None:
    """A value on a bound belongs to it; what is above all of them is counted too."""
    spread = Spread((1, 5))
    for value in (0.5, 1, 1.1, 5, 90):
        spread.add(value)
    assert spread.up_to() == [(1, 2), (5, 4), (float("inf"), 5)]
    assert spread.total == 97.6


def test_a_time_below_zero_counts_as_none() -> None:
    """A clock that was set back must not make a sum that shrinks."""
    spread = Spread((1,))
    spread.add(-7200)
    assert (spread.up_to(), spread.total) == ([(1, 1), (float("inf"), 1)], 0)
