"""How much is done to the bot."""

from dataclasses import fields
from random import Random

from bot.fault_points import POINTS
from faults.kill_matrix import plan
from faults.scale import SHORT, WHOLE


def test_the_short_form_is_never_more_than_the_whole() -> None:
    """It runs at every change."""
    assert all(getattr(SHORT, each.name) <= getattr(WHOLE, each.name) for each in fields(WHOLE))


def test_the_whole_run_kills_at_two_hundred_random_moments_and_more() -> None:
    """That many were asked for, besides those at named points."""
    assert sum(kill.point is None for kill in plan(WHOLE.kills, Random(WHOLE.seed))) >= 200


def test_the_short_form_leaves_no_point_out() -> None:
    """And has some kills left for random moments."""
    assert SHORT.kills > len(POINTS)
