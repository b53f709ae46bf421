"""How much is done to the bot."""

from dataclasses import fields

from bot.fault_points import POINTS
from faults.scale import SHORT, WHOLE


def test_the_short_form_is_never_more_than_the_whole() -> None:
    """It runs at every change."""
    assert all(getattr(SHORT, each.name) <= getattr(WHOLE, each.name) for each in fields(WHOLE))


def test_the_whole_run_kills_at_least_two_hundred_times() -> None:
    """That many were asked for."""
    assert WHOLE.kills >= 200


def test_the_short_form_leaves_no_point_out() -> None:
    """And has some kills left for random moments."""
    assert SHORT.kills > len(POINTS)
