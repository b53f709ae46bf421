"""Finding a guide: the right one first, spelling forgiven, languages mixed, and small talk left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.finding import MOST, GuideFinder

FINDER = GuideFinder(
    {
        "bills": [
            "how do I pay a bill",
            "hur betalar jag en räkning",
            "faktura",
            "كيف أدفع الفاتورة",
            "OCR nummer",
        ],
        "housing": ["find a flat", "bostadskö", "hur hittar jag en lägenhet", "أبحث عن شقة", "rent a room"],
        "health": ["see a doctor", "vårdcentral", "jag är sjuk", "أريد طبيب", "book a time at the doctor"],
    }
)


@pytest.mark.parametrize(
    ("text", "guide"),
    [
        ("I must pay this bill", "bills"),
        ("rakning", "bills"),
        ("fakturra", "bills"),
        ("كيف ادفع räkning", "bills"),
        ("LÄGENHET???", "housing"),
        ("bostadsko", "housing"),
        ("شقة", "housing"),
        ("والطبيب", "health"),
        ("jag behöver en doktor vårdcentralen", "health"),
    ],
)
def test_the_right_guide_comes_first(text: str, guide: str) -> None:
    """In any of its languages, misspelt, mixed, without marks."""
    assert FINDER.find(text)[0] == guide


@pytest.mark.parametrize("text", ["", "   ", "😀", "zzzz", "hello"])
def test_what_asks_for_nothing_finds_nothing_in_a_conversation(text: str) -> None:
    """A guide in answer to "hello" would be noise."""
    assert FINDER.asked_for(text) == ()


def test_a_story_is_no_question() -> None:
    """Whoever tells something wants to be heard."""
    assert FINDER.asked_for("I must pay this bill " * 20) == ()


def test_a_clear_question_is_heard_in_a_conversation() -> None:
    """One guide, not all of them."""
    assert FINDER.asked_for("how do I pay a bill") == ("bills",)


@given(st.text())
def test_anything_may_be_asked(text: str) -> None:
    """Always the same answer, never more than fit on a screen."""
    assert FINDER.find(text) == FINDER.find(text)
    assert len(FINDER.find(text)) <= MOST
