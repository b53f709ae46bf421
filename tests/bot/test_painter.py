"""A picture becomes a PNG in the reader's language, with letters and not with boxes."""

import struct
import zlib
from datetime import date

import pytest

from bot.painter import PIXELS, Painter, fonts
from dialogs.text import Message

RIGHT_TO_LEFT = frozenset({"ar", "fa"})
WORDS = {
    "en": "A long word for each label",
    "ar": "كلمة لكل شيء",
    "ti": "ቃል ንነፍሲ ወከፍ",
    "fa": "یک واژه برای هر چیز",
    "uk": "Слово",
}


def say(_message: Message, locale: str) -> str:
    """The same word everywhere."""
    return WORDS[locale]


def test_a_picture_is_a_sharp_png() -> None:
    """Wide enough for any phone."""
    png = Painter(say, RIGHT_TO_LEFT).png("bill", "en")
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">I", png[16:20])[0] == PIXELS


def test_it_is_drawn_once() -> None:
    """The second who asks gets the same bytes."""
    painter = Painter(say, RIGHT_TO_LEFT)
    assert painter.png("laundry", "en") is painter.png("laundry", "en")
    assert painter.png("laundry", "ar") is not painter.png("laundry", "en")


@pytest.mark.parametrize("locale", WORDS)
def test_every_script_has_its_letters(locale: str) -> None:
    """A missing font would leave the words out: another text must look different."""
    one = Painter(say, RIGHT_TO_LEFT).png("people", locale)
    other = Painter(lambda message, chosen: say(message, chosen)[::-1], RIGHT_TO_LEFT).png("people", locale)
    assert _ink(one) != _ink(other)


def test_a_picture_that_does_not_exist_is_a_key_error() -> None:
    """Whoever sends says so, and goes on."""
    with pytest.raises(KeyError):
        Painter(say, RIGHT_TO_LEFT).png("nothing", "en")


def test_a_persons_two_weeks_are_drawn_each_time_and_not_kept() -> None:
    """What is about somebody stays in memory no longer than it takes."""
    painter = Painter(say, RIGHT_TO_LEFT)
    faces = ((date(2026, 11, 24), 4), (date(2026, 11, 25), 2))
    one = painter.trend(faces, date(2026, 11, 27), "ar")
    assert one.startswith(b"\x89PNG")
    assert one is not painter.trend(faces, date(2026, 11, 27), "ar")
    assert _ink(one) != _ink(painter.trend((), date(2026, 11, 27), "ar"))


def test_the_fonts_come_along() -> None:
    """No machine needs to have them."""
    assert len(fonts()) == 3


def _ink(png: bytes) -> int:
    return zlib.crc32(png)
