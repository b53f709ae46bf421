"""Letters of many people at once: the lines of the table, and a short course of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from faults import relays
from faults.correspondents import Mark
from faults.relays import Course, report
from faults.scale import SHORT
from tests.faults.conftest import texts

LETTERS = 150
WELL = Course(arrived=100, questions=9, away=3, lost_presses=4, overtaken=2, restarts=1)


def test_a_course_without_a_wrong_letter_is_green() -> None:
    """Where everything that makes it hard has happened."""
    found = report(WELL)
    assert all(each.held for each in found)
    assert found[0].figure == "0 of 100"


@pytest.mark.parametrize(
    "changes",
    [
        {"wrong": [Mark(1, 2, 3)]},
        {"questions": 0},
        {"away": 0},
        {"lost_presses": 0},
        {"overtaken": 0},
        {"restarts": 0},
        {"set_aside": 1},
        {"errors": 1},
    ],
)
def test_whatever_is_wrong_or_was_not_tried_is_red(changes: dict[str, object]) -> None:
    """A course in which nothing happened proves nothing."""
    found = report(replace(WELL, **changes))  # type: ignore[arg-type]
    assert [each.held for each in found].count(False) == 1
    assert "w1m2n3e" in report(replace(WELL, wrong=[Mark(1, 2, 3)]))[0].figure


async def test_a_short_course_brings_nothing_to_anybody_else(tmp_path: Path) -> None:
    """`make faults-short` does a thousand letters, `make faults` a hundred thousand."""
    course = await relays.written(tmp_path, texts(), SHORT.seed, LETTERS)
    assert course.wrong == []
    assert course.arrived >= LETTERS
    assert course.set_aside == 0
    assert course.questions > 0
