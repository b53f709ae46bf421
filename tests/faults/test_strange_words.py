"""Texts nobody would write."""

from random import Random

from faults import strange_words


def test_the_mark_stands_in_every_text() -> None:
    """What became of a text is found by it."""
    chance = Random(1)
    assert all("zqx7xqz" in strange_words.text(chance, "zqx7xqz") for _ in range(500))


def test_all_kinds_come_up() -> None:
    """Half characters, what turns lines round, what is not seen, what programs read, and the huge."""
    chance = Random(1)
    texts = [strange_words.text(chance) for _ in range(4_000)]
    whole = "".join(texts)
    for kind in (strange_words.HALVES, strange_words.TURNING, strange_words.UNSEEN, strange_words.CONTROLS):
        assert set(kind) <= set(whole)
    assert all(each in whole for each in strange_words.READ_BY_PROGRAMS)
    assert max(map(len, texts)) >= max(strange_words.LARGE)
    assert "" in texts


def test_the_same_seed_writes_the_same() -> None:
    """What broke something can be written again."""
    assert strange_words.text(Random(5), "m") == strange_words.text(Random(5), "m")
