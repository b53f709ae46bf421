"""Tests for the cost of reading."""

from bench.reader_cost import LONGEST, _long, _repeated, _shuffled, _start


def test_the_same_texts_come_in_the_same_order_each_run() -> None:
    """Two runs can be compared only where they did the same."""
    texts = [str(number) for number in range(50)]
    assert _shuffled(texts) == _shuffled(texts)
    assert _shuffled(texts) != texts
    assert _repeated(texts, 200) == _repeated(texts, 200)


def test_long_messages_are_as_long_as_telegram_allows() -> None:
    """A cost per message means nothing without its length."""
    assert {len(text) for text in _long(["ord"] * 5_000)} == {LONGEST}


def test_a_start_is_measured_in_a_process_of_its_own() -> None:
    """Here everything has been read already, and would cost nothing."""
    seconds, megabytes = _start()
    assert seconds > 0
    assert megabytes > 1, "the index alone is more"
