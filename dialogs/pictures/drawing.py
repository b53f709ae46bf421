"""
A sheet to draw on: boxes, words, numbered marks, and a list below that says what each mark is.

A letter from Sweden stays as it is, left to right and in Swedish; the numbers on it lead to the list, which is written
in the resident's language and from her side. That way nothing has to be mirrored but the words.
Lengths are units of a sheet 1080 wide, about the points of a phone three times over.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Final, TypeAlias

from dialogs.text import Message

Say: TypeAlias = Callable[[Message], str]
"""Says a message in the reader's language."""

WIDTH: Final = 1080
MARGIN: Final = 56
PAPER: Final = WIDTH - 2 * MARGIN
"""Wide: what lies between the margins."""
INK, GREY, PALE, LINE = "#1d2733", "#5b6876", "#eef2f6", "#c6d0da"
BLUE, GREEN, AMBER, RED = "#1f5f99", "#2d7a4f", "#b86e00", "#b3372f"
FONTS: Final = "Noto Sans, Noto Sans Arabic, Noto Sans Ethiopic"
LEGEND: Final = 40
"""Size of the words below a drawing; smaller ones cannot be read on a phone."""
SMALLEST: Final = 24
"""No letters are smaller, even where words do not fit: `fitted`."""
LINE_HEIGHT: Final = 1.32
"""Of a line, by the size of its letters."""
BOLD: Final = 1.12
"""So much wider are bold letters."""
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
RIGHT_TO_LEFT: Final = ("\u202b", "\u202c")
"""Around a text that runs from the right: the renderer takes every line for one from the left."""


@dataclass(slots=True)
class Sheet:
    """What has been drawn so far. `mirrored`: her language runs from the right."""

    say: Say
    mirrored: bool
    parts: list[str] = field(default_factory=list)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str = "white",
        edge: str = LINE,
        round_by: float = 18,
        *,
        under: int | None = None,
    ) -> None:
        """A box with round corners; `under` all that was drawn since so many parts, where its height hangs on them."""
        self.parts.insert(
            len(self.parts) if under is None else under,
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{round_by:g}" fill="{fill}" '
            f'stroke="{edge}" stroke-width="3"/>',
        )

    def line(
        self,
        x: float,
        y: float,
        to_x: float,
        to_y: float,
        colour: str = LINE,
        width: float = 4,
        *,
        under: int | None = None,
    ) -> None:
        """A straight line."""
        self.parts.insert(
            len(self.parts) if under is None else under,
            f'<line x1="{x:g}" y1="{y:g}" x2="{to_x:g}" y2="{to_y:g}" stroke="{colour}" stroke-width="{width:g}" '
            f'stroke-linecap="round"/>',
        )

    def shape(self, path: str, fill: str = "none", edge: str = INK, width: float = 6) -> None:
        """Any outline, as an SVG path."""
        self.parts.append(
            f'<path d="{path}" fill="{fill}" stroke="{edge}" stroke-width="{width:g}" stroke-linejoin="round" '
            f'stroke-linecap="round"/>'
        )

    def circle(self, x: float, y: float, radius: float, fill: str = "white", edge: str = INK) -> None:
        """A circle."""
        self.parts.append(
            f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{fill}" stroke="{edge}" stroke-width="5"/>'
        )

    def swedish(
        self,
        x: float,
        y: float,
        words: str,
        size: float = 34,
        colour: str = INK,
        *,
        bold: bool = False,
        anchor: str = "start",
    ) -> None:
        """Words as they stand on a Swedish letter."""
        self._text(x, y, words, size, colour, bold=bold, anchor=anchor)

    def _hers(self, line: str) -> str:
        """A line of her language; one that begins with a Swedish word runs from her side all the same."""
        return f"{RIGHT_TO_LEFT[0]}{line}{RIGHT_TO_LEFT[1]}" if self.mirrored else line

    def _text(
        self, x: float, y: float, words: str, size: float, colour: str, *, bold: bool, anchor: str
    ) -> None:
        weight = ' font-weight="700"' if bold else ""
        self.parts.append(
            f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{colour}" text-anchor="{anchor}"{weight}>'
            f"{escape(words)}</text>"
        )

    def words(
        self,
        x: float,
        y: float,
        width: float,
        message: Message,
        size: float = LEGEND,
        colour: str = INK,
        *,
        bold: bool = False,
        centred: bool = False,
    ) -> float:
        """Write a message into a column that begins at `x`, from her side; return where the next line would be."""
        anchor = "middle" if centred else "end" if self.mirrored else "start"
        at = x + width / 2 if centred else x + width if self.mirrored else x
        ems = width / size / (BOLD if bold else 1)
        for line in whole_isolates(wrapped(self.say(message), ems)):
            self._text(at, y, self._hers(line), size, colour, bold=bold, anchor=anchor)
            y += size * LINE_HEIGHT
        return y

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
        """Write into a place that cannot grow, in letters that get smaller until they fit; return their size."""
        said = self.say(message)
        sizes = (size - less for less in range(int(size - SMALLEST) + 1))
        fits = (each for each in sizes if len(wrapped(said, width / each)) * each * LINE_HEIGHT <= height)
        chosen = next(fits, SMALLEST)
        taken = len(wrapped(said, width / chosen)) * chosen * LINE_HEIGHT
        self.words(x, y + (height - taken) / 2 + chosen, width, message, chosen, centred=centred)
        return chosen

    def mark(self, number: int, x: float, y: float, colour: str = BLUE) -> None:
        """A numbered spot."""
        self.circle(x, y, 32, fill=colour, edge="white")
        self.swedish(x, y + 14, str(number), 40, "white", bold=True, anchor="middle")

    def legend(self, y: float, messages: Iterable[Message], colour: str = BLUE) -> float:
        """What the spots are, one below the other; returns where the list ends."""
        for number, message in enumerate(messages, start=1):
            at = WIDTH - MARGIN - 32 if self.mirrored else MARGIN + 32
            start = MARGIN if self.mirrored else MARGIN + 92
            self.mark(number, at, y + 4, colour)
            y = self.words(start, y + 18, PAPER - 92, message) + 26
        return y

    def title(self, message: Message) -> float:
        """What the picture is about; returns where the drawing begins."""
        return self.words(MARGIN, 92, PAPER, message, 52, bold=True) + 14

    def finished(self, height: float) -> str:
        """The whole as SVG."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:g}" '
            f'viewBox="0 0 {WIDTH} {height:g}" font-family="{FONTS}">'
            f'<rect width="{WIDTH}" height="{height:g}" fill="white"/>{"".join(self.parts)}</svg>'
        )


def whole_isolates(lines: Iterable[str]) -> Iterator[str]:
    """Close what a line leaves isolated, and open it again on the next: the renderer sets each line by itself."""
    still_open = False
    for line in lines:
        said = f"{ISOLATE}{line}" if still_open else line
        still_open = said.count(ISOLATE) > said.count(END_ISOLATE)
        yield f"{said}{END_ISOLATE}" if still_open else said


def wrapped(words: str, ems: float) -> list[str]:
    """Break a text into lines of at most `ems` times the size of its letters; a single long word stays whole."""
    lines: list[str] = []
    for word in words.split():
        if lines and breadth(f"{lines[-1]} {word}") <= ems:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def breadth(words: str) -> float:
    """About how wide a text is, in ems, and rather too wide: read off Noto Sans in the scripts we write."""
    return sum(_breadth(sign) for sign in words)


def _breadth(sign: str) -> float:
    if sign in (ISOLATE, END_ISOLATE):
        return 0
    if sign in " .,:;!'|iIljtfr()":
        return 0.33
    if "\u1200" <= sign <= "\u139f":
        return 0.82
    if "\u0590" <= sign <= "\u08ff":
        return 0.52
    return 0.72 if sign.isupper() or sign in "mwMW@—" else 0.58
