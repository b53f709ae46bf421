"""
Pictures made visible: SVG of `dialogs.pictures` to PNG, in the reader's language, with the fonts that come along.

resvg draws it, which shapes Arabic and Ge'ez and needs no library of the system; the fonts are Noto's, from packages.
A picture costs some hundredths of a second and is kept, so this runs beside the loop and rarely.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Final

import resvg_py

from dialogs.pictures.badge import SIDE, badge
from dialogs.pictures.drawing import Sheet
from dialogs.pictures.gallery import svg
from dialogs.pictures.trend import trend
from dialogs.text import Message

PIXELS: Final = 1080
"""Wide: sharp on any phone, and some 100 kB."""
KEPT: Final = 64
_FONTS: Final = (
    ("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf"),
    ("fontpkg_noto_sans_arabic", "files/NotoSansArabic[wdth,wght].ttf"),
    ("justmytype_intl_africa", "fonts/ofl/notosansethiopic/NotoSansEthiopic[wdth,wght].ttf"),
)


class Painter:
    """Draws and keeps the last pictures. `say` says a message in a locale."""

    def __init__(self, say: Callable[[Message, str], str], right_to_left: frozenset[str]) -> None:
        self._say, self._right_to_left = say, right_to_left
        self.png = lru_cache(maxsize=KEPT)(self._png)

    def _png(self, name: str, locale: str) -> bytes:
        """Return the picture as PNG; raise KeyError where there is none of this name."""
        drawn = svg(name, lambda message: self._say(message, locale), mirrored=locale in self._right_to_left)
        return _drawn(drawn)

    def trend(self, faces: Sequence[tuple[date, int]], last: date, locale: str) -> bytes:
        """Return one person's two weeks as PNG; what is about somebody is drawn each time and not kept."""
        sheet = Sheet(lambda message: self._say(message, locale), locale in self._right_to_left)
        return _drawn(trend(sheet, faces, last))


def _drawn(svg_text: str) -> bytes:
    return bytes(
        resvg_py.svg_to_bytes(svg_string=svg_text, width=PIXELS, font_files=fonts(), skip_system_fonts=True)
    )


def badge_png() -> bytes:
    """Return the bot's own picture as PNG: it has no words, so it is the same for everybody."""
    return bytes(resvg_py.svg_to_bytes(svg_string=badge(), width=SIDE, skip_system_fonts=True))


@lru_cache(maxsize=1)
def fonts() -> list[str]:
    """Where the fonts lie."""
    return [str(files(package) / path) for package, path in _FONTS]
