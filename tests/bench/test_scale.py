"""Tests for how much is measured."""

from dataclasses import fields

from bench.scale import GLANCE, WHOLE


def test_a_glance_is_never_more_than_the_whole() -> None:
    """`--quick` that takes longer would be no help."""
    assert all(getattr(GLANCE, each.name) <= getattr(WHOLE, each.name) for each in fields(WHOLE))


def test_every_count_is_bounded_and_positive() -> None:
    """A load test ends by itself."""
    assert all(0 < getattr(WHOLE, each.name) <= 1_000_000 for each in fields(WHOLE))
