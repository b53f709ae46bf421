"""What `dialogs.pictures.safety` draws is looked at by people; here, that each drawing differs from every other."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bot.translating import Reader
from dialogs.pictures import safety
from dialogs.pictures.drawing import LEGEND, LINE_HEIGHT, SMALLEST, Sheet, breadth, wrapped
from dialogs.pictures.gallery import PICTURES
from dialogs.text import Message
from tests.bot.town import texts


def test_each_drawing_is_one_of_the_gallery_and_its_own() -> None:
    """None is forgotten, none is shown under two names."""
    mine: list[Callable[[Sheet], str]] = [
        draw for draw in PICTURES.values() if draw.__module__ == safety.__name__
    ]
    drawn = [draw(Sheet(lambda message: message.source, mirrored=False)) for draw in mine]
    assert len(mine) >= 4
    assert len(set(drawn)) == len(drawn)


@pytest.mark.parametrize("locale", texts().translator.locales)
def test_words_in_boxes_stay_inside_in_every_language(locale: str) -> None:
    """Smaller letters, as small as may be, and never words across the edge."""
    translator, sizes = texts().translator, []
    reader = Reader(locale, "Europe/Stockholm", datetime(2026, 11, 27, tzinfo=UTC))

    class Looking(Sheet):
        def fitted(
            self,
            x: float,
            y: float,
            width: float,
            height: float,
            message: Message,
            size: float = LEGEND,
            *,
            centred: bool = False,
        ) -> float:
            size = super().fitted(x, y, width, height, message, size, centred=centred)
            lines = wrapped(self.say(message), width / size)
            assert len(lines) * size * LINE_HEIGHT <= height, self.say(message)
            assert all(breadth(line) <= width / size for line in lines), self.say(message)
            sizes.append(size)
            return size

    for draw in (safety.people, safety.phone_privacy):
        draw(Looking(lambda message: translator.message(message, reader), locale in translator.right_to_left))
    assert min(sizes) >= SMALLEST
