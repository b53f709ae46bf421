"""Tests for tables that are read where they lie."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.risk import packed

NUMBERS = st.lists(st.integers(0, 2**32 - 1), max_size=5)
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=8)
"""Half characters (lone surrogates) too: people can send them."""


@given(st.lists(st.binary(max_size=20)))
def test_what_is_joined_comes_apart_again(parts: list[bytes]) -> None:
    """A part may come out longer by the zeros it was filled up with."""
    found = packed.sections(packed.join(parts))
    assert len(found) == len(parts)
    for part, section in zip(parts, found, strict=True):
        assert bytes(section) == part + b"\0" * (-len(part) % 4)


@given(st.lists(NUMBERS))
def test_rows_are_found_by_their_place(rows: list[list[int]]) -> None:
    """An empty row is a row."""
    found = packed.Rows(memoryview(packed.pack_rows(rows)))
    assert [list(found[place]) for place in range(len(rows))] == rows
    for beyond in (-1, len(rows)):
        with pytest.raises(IndexError):
            found[beyond]


@given(st.lists(ANY_TEXT))
def test_texts_are_found_by_their_place(texts: list[str]) -> None:
    """No letter is lost, whatever its script."""
    found = packed.Texts(memoryview(packed.pack_texts(texts)))
    assert [found[place] for place in range(len(found))] == texts
    for beyond in (-1, len(texts)):
        with pytest.raises(IndexError):
            found[beyond]


@given(st.dictionaries(ANY_TEXT, NUMBERS), st.lists(ANY_TEXT))
def test_words_are_found_as_in_a_dictionary(rows: dict[str, list[int]], others: list[str]) -> None:
    """The table of hashes may be an implementation; what it finds may not depend on it."""
    found = packed.Words(memoryview(packed.pack_words(rows)))
    for word in (*rows, *others):
        assert list(found.get(word)) == rows.get(word, [])


@given(st.dictionaries(st.text("abٹ😀", min_size=1, max_size=4), NUMBERS), st.text("abٹ😀", max_size=6))
def test_every_word_another_begins_with_is_found(rows: dict[str, list[int]], word: str) -> None:
    """A pattern `begin*` waits for each of them."""
    found = packed.Words(memoryview(packed.pack_words(rows)))
    expected = [number for end in range(1, len(word) + 1) for number in rows.get(word[:end], [])]
    assert found.beginnings_of(word) == expected
