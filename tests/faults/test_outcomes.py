"""The outcome table tried out: a part of its cells here, all of them by `python -m faults`."""

from dataclasses import replace

import pytest

from faults.outcome_table import Cell, cells
from faults.outcomes import asked, report, tried
from faults.theatre import Theatre, listening

SOME = {
    "alert": "400 other",
    "emergency": "reset after delivery",
    "note": "timeout before delivery",
    "reply": "429",
    "check-in": "timeout after delivery",
    "reminder": "reset before delivery",
    "edit": "502 after delivery",
    "press": "garbage after delivery",
    "delete": "500",
    "letter": "reset after delivery",
}


def cell(kind: str, answer: str) -> Cell:
    return next(each for each in cells() if (each.kind.name, each.answer.name) == (kind, answer))


@pytest.mark.parametrize(("kind", "answer"), SOME.items())
async def test_a_message_meets_its_fate(theatre: Theatre, kind: str, answer: str) -> None:
    """One accident for each kind, each of another sort."""
    with listening() as heard:
        assert await tried(theatre, heard, cell(kind, answer)) == asked(cell(kind, answer))


async def test_scenes_do_not_disturb_each_other(theatre: Theatre) -> None:
    """All are played on one bot, one after the other."""
    scenes = [cell("alert", "403 blocked"), cell("check-in", "403 blocked"), cell("alert", "ok")]
    with listening() as heard:
        assert [await tried(theatre, heard, each) for each in scenes] == [asked(each) for each in scenes]


async def test_another_fate_than_the_one_asked_for_is_seen(theatre: Theatre) -> None:
    """A check that cannot fail is none."""
    wrong = replace(cell("check-in", "reset after delivery"), word="arrives")
    with listening() as heard:
        seen = await tried(theatre, heard, wrong)
    summary, *lines = [each for each in report([(wrong, seen)]) if not each.held]
    assert "0 as expected" in summary.figure
    assert [line.what for line in lines] == ["check-in: reset after delivery (arrives)"]
    assert "unclear" in lines[0].figure
