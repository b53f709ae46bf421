"""Tests for the timing of the two codes: that it measures what it says; how long it takes is asserted nowhere."""

from dataclasses import replace
from pathlib import Path

import pytest

from bench import covert_timing
from bench.covert_timing import CodeWrong, _check
from bench.scale import GLANCE
from bot.handling import Handled
from tests.bot.town import texts


async def test_both_codes_go_through_the_handler_as_often_as_is_said(tmp_path: Path) -> None:
    """The rows name their counts, and each pair has its figure."""
    rows = await covert_timing.measure(tmp_path, texts(), replace(GLANCE, codes=3, codes_worked=1))
    assert [each.what.partition(",")[0] for each in rows if each.unit] == ["own code", "second code"] * 2
    assert [each.value for each in rows if not each.unit]
    assert all(0 <= each.value <= 1 for each in rows if not each.unit)


def test_an_entry_that_was_answered_otherwise_is_no_measurement() -> None:
    """A refusal is fast."""
    with pytest.raises(CodeWrong):
        _check(Handled())
