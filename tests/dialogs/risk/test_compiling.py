"""Tests for making lexicons into an index. What the index finds is tested in test_matching."""

from dialogs.risk.compiling import compile_index, one_letter_less
from dialogs.risk.lexicon import read_lexicon
from dialogs.risk.reader import Reader
from tests.dialogs.risk.lexicons import line, table, tiny


def test_the_same_lexicons_make_the_same_index() -> None:
    """Whoever looks into a reading later must be able to make the reader of that day again, letter for letter."""
    assert compile_index([tiny()]) == compile_index([tiny()])


def test_a_compiled_index_reads_as_its_lexicons_do() -> None:
    """A restart takes the kept index; nobody may be heard otherwise for it."""
    texts = ("jag vill dö", "jag vill döpa barnet", "pappa ska döda mig ikväll", "planerar sjlävmord", "hej")
    kept, fresh = Reader(compiled=memoryview(compile_index([tiny()]))), Reader([tiny()])
    assert [kept.read(text) for text in texts] == [fresh.read(text) for text in texts]
    assert kept.lexicon == fresh.lexicon != Reader().lexicon


def test_a_pattern_waits_at_its_rarest_word() -> None:
    """Else every message with `jag` would wake hundreds of patterns."""
    rows = [
        line(id=f"t.x{n}", category="DI", level=2, pattern=f"jag ord{n}", example="x", example_not="y")
        for n in range(9)
    ]
    source = table(*rows)
    reader = Reader([read_lexicon(source, "t/risk.tsv", "t")])
    assert reader.patterns_in("jag ord3") == {"t.x3"}
    assert not reader._index.word("jag", folding=True).wakes
    assert len(reader._index.word("ord3", folding=True).wakes) == 1


def test_one_letter_less_is_the_word_and_each_shorter_one() -> None:
    """Two words one mistake apart share one of these."""
    assert one_letter_less("abc") == {"abc", "bc", "ac", "ab"}
