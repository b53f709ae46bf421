"""Tests for what people write in the benchmarks, read by the reader the bot uses."""

import pytest

from bench.messages import ORDINARY, RISKY
from bot.lexicons import load_reader

READER = load_reader()


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_are_read_as_ordinary(text: str) -> None:
    """One that brought a question as well would be counted twice."""
    assert READER.read(text).level == 0


@pytest.mark.parametrize("text", RISKY)
def test_words_of_danger_bring_a_contact_person(text: str) -> None:
    """The time until she is told can only be measured where she is told."""
    assert READER.read(text).level >= 2
