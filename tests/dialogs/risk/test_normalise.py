"""Tests for how writing is made comparable."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.risk.normalise import carries_marks, fold, normalise, other_spellings, spans, stems, words


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    """Patterns and messages meet in one form, or they do not meet."""
    once = normalise(text)
    assert normalise(once) == once


@given(st.text())
def test_composed_and_decomposed_writing_are_one(text: str) -> None:
    """Keyboards differ in how they send ö; nobody sees it."""
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert normalise(composed) == normalise(decomposed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("INTE", "inte"),
        ("İSTANBUL", "istanbul"),
        ("ISTIRAP", "ıstırap"),
        ("don’t", "don't"),
        ("dont", "don´t"),
        ("قَتَلَني", "قتلني"),
        ("قـــتل", "قتل"),
        ("أختي", "اختى"),
        ("كشتن", "کشتن"),
        ("می‌خواهم", "می خواهم"),
        ("می‌خواهم", "میخواهم"),
        ("ژنە", "ژنه"),
        ("hjääääälp", "hjäälp"),
        ("١١٢", "112"),
        ("d\u200bö\u202e", "dö"),
        ("👩🏽‍🦱", "👩🦱"),
    ],
)
def test_habits_of_writing_do_not_matter(one: str, other: str) -> None:
    """The same word in two writings is one word."""
    assert normalise(one) == normalise(other)


def test_numbers_are_not_stretched_letters() -> None:
    """1000 tablets are not 100."""
    assert normalise("1000 kr") == "1000 kr"


def test_the_folded_key_drops_what_the_faithful_one_keeps() -> None:
    """Who has no ö on the keyboard is still heard."""
    assert fold(normalise("dö")) == "do"
    assert fold("ሐዘን") == fold("ሀዘን")
    assert carries_marks("jag vill dö")
    assert not carries_marks("jag vill do")


def test_unknown_spellings_offer_what_they_may_stand_for() -> None:
    """Stretched and evasive words lead back to plain ones."""
    assert "hjälp" in set(other_spellings("hjäälp"))
    assert "självmord" in set(other_spellings("självm0rd"))
    assert not set(other_spellings("hej"))


def test_small_words_written_on_are_taken_off() -> None:
    """Arabic writes and, by and the on to the word; Persian denies by a prefix, and that must not get lost."""
    assert ("قتل", False) in set(stems("والقتل"))
    assert ("خواهم", True) in set(stems("نمیخواهم"))
    assert not set(stems("inte"))


def test_emoji_are_words_of_their_own() -> None:
    """Three pills are three tokens, wherever they stick to a word."""
    assert words("hej💊💊💊") == ["hej", "💊", "💊", "💊"]
    assert spans("hej 💊") == [(0, 3), (4, 5)]
