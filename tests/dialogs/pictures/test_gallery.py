"""Every picture is whole SVG in every script, stays on its sheet, and shows nobody's data."""

import re
from xml.etree import ElementTree

import pytest

from dialogs.guide_rules import holds_phone_digits
from dialogs.pictures.drawing import WIDTH
from dialogs.pictures.gallery import PICTURES, caption, svg
from dialogs.text import Message
from tests.dialogs.cast import library
from tests.dialogs.guide_examples import directory

FEWEST = 12


def english(message: Message) -> str:
    """The source."""
    return message.source


def test_there_are_enough_and_all_are_used() -> None:
    """A picture nobody is led to helps nobody."""
    assert len(PICTURES) >= FEWEST
    used = {step.picture for guide in library().guides.values() for step in guide.steps.values()}
    assert used <= {*PICTURES, None}


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_whole_and_keeps_to_its_sheet(name: str, mirrored: bool) -> None:
    """From both sides."""
    drawn = ElementTree.fromstring(svg(name, english, mirrored=mirrored))  # noqa: S314 -- our own
    height = float(drawn.attrib["height"])
    assert 500 < height < 2200
    for text in drawn.iter("{http://www.w3.org/2000/svg}text"):
        assert 0 <= float(text.attrib["x"]) <= WIDTH
        assert 0 <= float(text.attrib["y"]) <= height


@pytest.mark.parametrize("name", PICTURES)
def test_longer_words_make_a_longer_picture_and_not_a_wider_one(name: str) -> None:
    """Ukrainian and Somali need a third more room."""
    usual = svg(name, english, mirrored=False)
    longer = svg(name, lambda message: f"{message.source} {message.source}", mirrored=False)
    assert _height(longer) >= _height(usual)


@pytest.mark.parametrize("name", PICTURES)
def test_no_number_on_a_picture_can_be_called(name: str) -> None:
    """Phone numbers stand in one file, and this is not it."""
    words = re.findall(r">([^<]+)</text>", svg(name, english, mirrored=False))
    made_up = ("7310 4422 1806", "403 20 Göteborg", "000-0000", "2026-11-05", "2026-11-30")
    for each in words:
        if not any(part in each for part in made_up) and "kr" not in each and "00" not in each:
            assert not holds_phone_digits(each, directory()), each


def test_the_words_below_say_nothing() -> None:
    """Whoever looks at the chat over her shoulder sees a drawing."""
    assert "drawing" in caption().source


def _height(drawn: str) -> float:
    return float(ElementTree.fromstring(drawn).attrib["height"])  # noqa: S314 -- our own
