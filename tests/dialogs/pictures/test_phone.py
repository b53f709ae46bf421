"""What `dialogs.pictures.phone` draws is looked at by people; here, that it is from her side and says no app's word."""

import re
from collections.abc import Callable

import pytest

from dialogs.pictures import phone
from dialogs.pictures.drawing import WIDTH, Sheet
from dialogs.pictures.gallery import PICTURES

DRAWINGS = (phone.hide, phone.lock, phone.disappear)


def drawn(draw: Callable[[Sheet], str], *, mirrored: bool) -> str:
    """In English, from either side."""
    return draw(Sheet(lambda message: message.source, mirrored))


def test_each_drawing_is_one_of_the_gallery_and_its_own() -> None:
    """None is forgotten, none is shown under two names."""
    assert set(DRAWINGS) <= set(PICTURES.values())
    assert len({drawn(draw, mirrored=False) for draw in DRAWINGS}) == len(DRAWINGS)


@pytest.mark.parametrize("draw", DRAWINGS)
def test_a_phone_is_mirrored_with_its_language(draw: Callable[[Sheet], str]) -> None:
    """Where her app has the switch on the left, so has the drawing."""

    def marks(mirrored: bool) -> list[float]:
        found = re.findall(r'<circle cx="([\d.]+)" cy="[\d.]+" r="32"', drawn(draw, mirrored=mirrored))
        return sorted(map(float, found))

    assert marks(True) == sorted(WIDTH - at for at in marks(False))


@pytest.mark.parametrize("draw", DRAWINGS)
def test_every_number_on_the_phone_is_explained_below(draw: Callable[[Sheet], str]) -> None:
    """Each of them stands there twice: where to tap, and what it is."""
    numbers = re.findall(r">(\d)</text>", drawn(draw, mirrored=False))
    assert numbers
    assert all(numbers.count(each) == 2 for each in numbers)
