"""Tests for the cost of what is due."""

from bench.due_cost import GOAL, GROWTH


def test_the_goals_are_those_of_the_plan() -> None:
    """performance.md: at most 25 us each, growing at most three times."""
    assert (GOAL.kind, GOAL.at) == ("at most", 25)
    assert (GROWTH.kind, GROWTH.at) == ("at most", 3)
