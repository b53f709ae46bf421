"""Tests for the cost of reading."""

from bench.reader_cost import _repeated, _shuffled


def test_the_same_texts_come_in_the_same_order_each_run() -> None:
    """Two runs can be compared only where they did the same."""
    texts = [str(number) for number in range(50)]
    assert _shuffled(texts) == _shuffled(texts)
    assert _shuffled(texts) != texts
    assert _repeated(texts, 200) == _repeated(texts, 200)
