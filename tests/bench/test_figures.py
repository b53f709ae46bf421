"""Tests for the statistics of the benchmarks."""

import pytest

from bench.figures import Spread, percentile, ratio, same_hand, spread


def test_one_slow_round_does_not_move_the_middle() -> None:
    """Somebody else used the machine for a moment."""
    assert spread([10.0, 11.0, 2.0, 10.5, 10.2]) == Spread(10.2, 2.0, 11.0)


def test_a_round_that_was_slow_for_both_moves_no_ratio() -> None:
    """That is why they are measured in turns."""
    assert ratio([20.0, 4.0, 22.0], [10.0, 2.0, 11.0]) == Spread(2.0, 2.0, 2.0)


def test_a_ratio_shows_its_worst_round() -> None:
    """A mean would hide it."""
    compared = ratio([30.0, 10.0, 20.0], [10.0, 10.0, 10.0])
    assert compared == Spread(2.0, 1.0, 3.0)


def test_rounds_that_do_not_belong_together_are_not_compared() -> None:
    """A missing round is a mistake of ours."""
    with pytest.raises(ValueError, match="shorter"):
        ratio([1.0, 2.0], [1.0])


@pytest.mark.parametrize(("share", "value"), [(0.5, 50.0), (0.99, 99.0), (1.0, 100.0), (0.001, 1.0)])
def test_a_percentile_is_a_measured_value(share: float, value: float) -> None:
    """It is not made up between two."""
    assert percentile([float(each) for each in range(100, 0, -1)], share) == value


def test_the_99th_of_a_hundred_is_not_the_slowest() -> None:
    """One outlier in a hundred is what the 99th forgives; two are not."""
    assert percentile([1.0] * 99 + [500.0], 0.99) == 1.0
    assert percentile([1.0] * 98 + [500.0] * 2, 0.99) == 500.0


def test_there_is_no_percentile_above_all() -> None:
    """A share of 99 was meant to be 0.99."""
    with pytest.raises(ValueError, match="share"):
        percentile([1.0], 99)


def test_two_lists_of_one_kind_are_of_one_kind() -> None:
    """And two that are shifted a little are told apart, where there is enough of them."""
    ones = [float(value % 101) for value in range(1_000)]
    others = [float(value % 101) for value in range(500, 1_500)]
    assert same_hand(ones, others) > 0.2
    assert same_hand(ones, [value + 5 for value in others]) < 0.01
    assert same_hand(ones, ones[::-1]) == pytest.approx(1.0)


def test_one_value_far_out_changes_nothing() -> None:
    """A slow second of the machine is no property of a code."""
    ones = [float(value) for value in range(200)]
    assert same_hand(ones, [*ones[:-1], 1e9]) > 0.9


def test_all_values_alike_are_of_one_kind() -> None:
    """Nothing can be told from nothing."""
    assert same_hand([1.0, 1.0], [1.0, 1.0, 1.0]) == 1.0
