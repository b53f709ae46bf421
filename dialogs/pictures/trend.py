"""
Two weeks of check-ins as a small picture: one mark a day, from "bad" below to "very good" above.

A day without an answer is a gap, never a low mark: it means nothing by itself. One calm colour for all (S12). Where
her contact person's language runs from the right, so do the days.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from dialogs.pictures.drawing import BLUE, GREY, LINE, MARGIN, PALE, PAPER, Sheet
from dialogs.text import Message, _, plain

DAYS: Final = 14
FACES: Final = (5, 4, 3, 2, 1)
LABELS: Final = 250
"""Wide: the words beside the drawing."""
ROW: Final = 96
SMALL: Final = 32
_WORDS: Final = {
    5: _("trend", "Very good"),
    4: _("trend", "Good"),
    3: _("trend", "So-so"),
    2: _("trend", "Not good"),
    1: _("trend", "Bad"),
}


def trend(sheet: Sheet, faces: Sequence[tuple[date, int]], until: date) -> str:
    """Draw the fourteen days that end with `until`; a day with two answers shows the last one."""
    top = sheet.title(_("trend", "Two weeks of check-ins")) + 30
    by_day = {day: face for day, face in faces if face in _WORDS}
    days = [until - timedelta(days=back) for back in reversed(range(DAYS))]
    for face in FACES:
        _row(sheet, face, _height(top, face))
    for place, day in enumerate(days):
        _day(sheet, day, place, top)
    _marks(sheet, [by_day.get(day) for day in days], top)
    below = _height(top, 1) + ROW + 70
    end = sheet.words(MARGIN, below, PAPER, _span(days[0], days[-1]), SMALL, GREY)
    end = sheet.words(MARGIN, end + 10, PAPER, _gap(), SMALL, GREY)
    return sheet.finished(end + 20)


def _span(first: date, last: date) -> Message:
    return _("trend", "From {first} to {last}", first=first, last=last)


def _gap() -> Message:
    return _("trend", "A gap is a day without an answer. That alone means nothing.")


def _height(top: float, face: int) -> float:
    return top + (FACES[0] - face) * ROW + ROW / 2


def _across(sheet: Sheet, place: int) -> float:
    """From her side: the words come first, then the days, the oldest one first."""
    along = MARGIN + LABELS + (PAPER - LABELS) * (place + 0.5) / DAYS
    return MARGIN * 2 + PAPER - along if sheet.mirrored else along


def _row(sheet: Sheet, face: int, at: float) -> None:
    start = MARGIN if sheet.mirrored else MARGIN + LABELS
    sheet.line(start, at, start + PAPER - LABELS, at, PALE)
    words_at = MARGIN + PAPER - LABELS if sheet.mirrored else MARGIN
    sheet.words(words_at, at + SMALL / 3, LABELS, _WORDS[face], SMALL, GREY)


def _day(sheet: Sheet, day: date, place: int, top: float) -> None:
    """The day of the month, which reads alike in every script we write."""
    number = plain(day.day)
    at = _across(sheet, place)
    sheet.words(at - 40, _height(top, 1) + ROW, 80, number, SMALL - 4, GREY, centred=True)


def _marks(sheet: Sheet, values: Sequence[int | None], top: float) -> None:
    points = [
        (_across(sheet, place), _height(top, value)) if value is not None else None
        for place, value in enumerate(values)
    ]
    for one, other in pairwise(points):
        if one is not None and other is not None:
            sheet.line(*one, *other, LINE, 6)
    for point in points:
        if point is not None:
            sheet.circle(*point, 17, fill=BLUE, edge="white")
