"""Tests for the crowd that writes to a measured bot."""

import pytest

from bench.crowd import Wave


def test_a_wave_says_pace_and_cost() -> None:
    """Updates a second, and milliseconds of processor time an update."""
    wave = Wave(updates=500, seconds=2.0, cpu=0.25, sandbox_cpu=0.1)
    assert wave.pace == pytest.approx(250)
    assert wave.cost == pytest.approx(0.5)
