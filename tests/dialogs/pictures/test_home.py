"""What `dialogs.pictures.home` draws is looked at by people; here, that each drawing differs from every other."""

from collections.abc import Callable

from dialogs.pictures import home
from dialogs.pictures.drawing import Sheet
from dialogs.pictures.gallery import PICTURES


def test_each_drawing_is_one_of_the_gallery_and_its_own() -> None:
    """None is forgotten, none is shown under two names."""
    mine: list[Callable[[Sheet], str]] = [
        draw for draw in PICTURES.values() if draw.__module__ == home.__name__
    ]
    drawn = [draw(Sheet(lambda message: message.source, mirrored=False)) for draw in mine]
    assert len(mine) >= 4
    assert len(set(drawn)) == len(drawn)
