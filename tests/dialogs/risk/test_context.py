"""Tests for how a message is divided into sentences and clauses; the rules themselves are tested by reading."""

import pytest

from dialogs.risk.context import divide
from dialogs.risk.normalise import spans


def divided(text: str) -> tuple[list[int], list[int], frozenset[int]]:
    """Sentence and clause numbers of a text's words."""
    return divide(text, spans(text))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("han kom. jag gick", [0, 0, 1, 1]),
        ("han kom... jag gick", [0, 0, 0, 0]),
        ("han kom, jag gick", [0, 0, 0, 0]),
        ("hjälp! han kom", [0, 1, 1]),
        ("جاء؟ ذهب", [0, 1]),
        ("ዝመጸ። ከደ", [0, 1]),
        ("han\nkom", [0, 1]),
        ("kl 3.5 idag", [0, 0, 0, 0]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, sentences: list[int]) -> None:
    """A negation in one sentence says nothing about the next."""
    assert divided(text)[0] == sentences


def test_commas_part_clauses_only() -> None:
    """ "No, he hits me" denies nothing."""
    assert divided("nej, han slog")[1] == [0, 1, 1]


def test_a_question_is_known_by_its_mark() -> None:
    """In either script."""
    assert divided("kommer han? ja")[2] == {0}
    assert divided("ja. هل جاء؟")[2] == {1}
