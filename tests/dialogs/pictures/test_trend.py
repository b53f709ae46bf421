"""Two weeks as a picture: a gap is a gap, one calm colour, and the same from the other side."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from dialogs.pictures.drawing import AMBER, BLUE, RED, WIDTH, Sheet
from dialogs.pictures.trend import DAYS, trend
from dialogs.text import Message

LAST = date(2026, 11, 27)


def said(message: Message) -> str:
    """The source, or the value where there is nothing but one."""
    return message.source if message.context else str(dict(message.values)["value"])


def drawn(*ago_and_face: tuple[int, int], mirrored: bool = False) -> str:
    """The picture of faces so many days ago."""
    return trend(
        Sheet(said, mirrored), [(LAST - timedelta(days=ago), face) for ago, face in ago_and_face], LAST
    )


def marks(svg: str) -> list[tuple[float, float]]:
    """Where the marks are, from left to right."""
    found = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', svg)
    return sorted((float(x), float(y)) for x, y in found)


def test_each_answered_day_is_one_mark_and_the_others_are_gaps() -> None:
    """Not answered is no low mark."""
    assert len(marks(drawn((0, 5), (3, 4), (4, 1)))) == 3
    assert marks(drawn()) == []


def test_better_is_higher() -> None:
    """As everybody reads such a picture."""
    (_x, bad), (_x2, good) = marks(drawn((1, 1), (0, 5)))
    assert good < bad


def test_only_neighbouring_days_are_joined() -> None:
    """A line over a gap would claim something about the days between."""
    lone = drawn((0, 3), (2, 3)).count('stroke-width="6"')
    joined = drawn((0, 3), (1, 3)).count('stroke-width="6"')
    assert joined == lone + 1


def test_a_day_with_two_answers_shows_the_later_one() -> None:
    """She said it last."""
    assert marks(drawn((0, 1), (0, 5))) == marks(drawn((0, 5)))


def test_what_is_older_than_two_weeks_is_not_shown() -> None:
    """Nor a face that is none."""
    assert marks(drawn((DAYS, 3), (DAYS - 1, 3), (0, 9), (-1, 3))) == marks(drawn((DAYS - 1, 3)))


def test_from_the_right_the_days_run_from_the_right() -> None:
    """The oldest day stands where her eye begins."""
    ((left, _y),) = marks(drawn((0, 3)))
    ((mirrored, _y2),) = marks(drawn((0, 3), mirrored=True))
    assert (left > WIDTH / 2, mirrored < WIDTH / 2) == (True, True)
    assert left + mirrored == pytest.approx(WIDTH)


@pytest.mark.parametrize("mirrored", [False, True])
def test_it_keeps_to_its_sheet_and_has_no_colour_of_alarm(mirrored: bool) -> None:
    """S12."""
    svg = drawn(*((ago, 1 + ago % 5) for ago in range(DAYS)), mirrored=mirrored)
    tree = ElementTree.fromstring(svg)  # noqa: S314 -- our own
    for text in tree.iter("{http://www.w3.org/2000/svg}text"):
        assert 0 <= float(text.attrib["x"]) <= WIDTH
        assert 0 <= float(text.attrib["y"]) <= float(tree.attrib["height"])
        assert float(text.attrib["font-size"]) >= 28
    assert BLUE in svg
    assert not {RED, AMBER} & set(re.findall(r"#[0-9a-f]{6}", svg))
