"""The sheet: words keep to their width and their side, whatever the language."""

from hypothesis import given
from hypothesis import strategies as st

from dialogs.pictures.drawing import (
    LINE_HEIGHT,
    MARGIN,
    SMALLEST,
    WIDTH,
    Sheet,
    breadth,
    whole_isolates,
    wrapped,
)
from dialogs.text import Message, plain

FROM_THE_RIGHT = "\u202b"


def said(message: Message) -> str:
    """As it is."""
    return str(dict(message.values)["value"])


@given(st.text(), st.floats(1, 60))
def test_wrapping_loses_no_word(text: str, ems: float) -> None:
    """All of it is drawn, in order."""
    assert [word for line in wrapped(text, ems) for word in line.split()] == text.split()


@given(st.lists(st.text("abc", min_size=1, max_size=6), max_size=30))
def test_a_line_is_never_too_long_unless_it_is_one_word(some: list[str]) -> None:
    """What is too long runs off the sheet."""
    assert all(breadth(line) <= 10 or " " not in line for line in wrapped(" ".join(some), 10))


def test_arabic_is_written_from_her_side() -> None:
    """At the right edge, and told to the renderer, also where a Swedish word comes first."""
    sheet = Sheet(said, mirrored=True)
    sheet.words(MARGIN, 100, WIDTH - 2 * MARGIN, plain("OCR: رقم 12"))
    (drawn,) = sheet.parts
    assert f'x="{WIDTH - MARGIN}"' in drawn
    assert 'text-anchor="end"' in drawn
    assert FROM_THE_RIGHT in drawn


def test_signs_of_markup_are_words() -> None:
    """A label may hold `<` and `&`."""
    sheet = Sheet(said, mirrored=False)
    sheet.words(0, 0, 900, plain("a < b & c"))
    assert "a &lt; b &amp; c" in sheet.finished(100)


@given(st.lists(st.text("abcdefg", min_size=1, max_size=9), min_size=1, max_size=20), st.floats(60, 400))
def test_what_cannot_grow_gets_smaller_letters(some: list[str], height: float) -> None:
    """A box round a long translation: as large as fits, never so small that nobody reads it."""
    sheet = Sheet(said, mirrored=False)
    message = plain(" ".join(some))
    size = sheet.fitted(0, 0, 300, height, message, 34, centred=True)
    assert SMALLEST <= size <= 34
    lines = wrapped(" ".join(some), 300 / size)
    assert size == SMALLEST or len(lines) * size * LINE_HEIGHT <= height
    assert len(sheet.parts) == len(lines)


def test_what_a_line_leaves_isolated_is_closed_on_it() -> None:
    """A Swedish name that is broken in two stays one on each line."""
    lines = ["اب \u2068Privacy and", "Security\u2069، جد", "هو"]
    assert list(whole_isolates(lines)) == ["اب \u2068Privacy and\u2069", "\u2068Security\u2069، جد", "هو"]
    assert breadth("\u2068a\u2069") == breadth("a")
