"""Tests for finding patterns in words, before any rule looks at them."""

import pytest

from dialogs.risk.lexicon import read_lexicon
from dialogs.risk.reader import Reader
from tests.dialogs.risk.lexicons import line, table, tiny

READER = Reader([tiny()])


def found(pattern: str, text: str) -> bool:
    """Whether a pattern alone is found in a text."""
    row = line(id="t.x", category="DI", level=2, pattern=pattern, example="x", example_not="y")
    return "t.x" in Reader([read_lexicon(table(row), "t/risk.tsv", "t")]).patterns_in(text)


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("så trött", "jag är så trött nu", True),
        ("så trött", "så är jag trött", False),
        ("så _ trött", "så väldigt himla trött", True),
        ("så _ trött", "så väldigt himla j* mycket trött", False),
        ("så _ _ trött", "så väldigt himla jätte mycket trött", True),
        ("så (himla) trött", "så trött", True),
        ("så (himla) trött", "så himla trött", True),
        ("så (himla) trött", "så vansinnigt trött", False),
        ("trött* på", "tröttare på", True),
        ("<kin> ringer", "min bror ringer", True),
        ("<kin>|läkaren ringer", "läkaren ringer", True),
        ("till <kin> _ hem", "till min bror ska hem", True),
        ("ringer <kin>", "han ringer min bror", True),
        ("(jag) _ <kin> (ringer) nu", "min bror nu", True),
        ("^ hjälp $", "Hjälp!", True),
        ("^ hjälp $", "hjälp 🙏", True),
        ("^ hjälp $", "tack för all hjälp", False),
        ("^ hjälp $", "Hej. Hjälp! Tack.", True),
        ("så _ trött", "så. Nu är jag trött", False),
        ("så trött", "Så. Trött.", True),
        ("💊 💊", "💊💊", True),
        ("s*lvm0rd", "s*lvm0rd", True),
        ("hjälp", "hjääääälp", True),
        ("m'a dit", "ma dit", True),
        ("pass & tog|tagit & <kin>", "pappa har tagit mitt pass", True),
        ("pass & tog|tagit & <kin>", "mitt pass har tagit mamma", True),
        ("pass & tog|tagit & <kin>", "tagit pass pappa har", True),
        ("pass & tog & <kin>", "pappa tog bilen för att hämta ut mitt pass", False),
        ("pass && tog && <kin>", "pappa tog bilen för att hämta ut mitt pass", True),
        ("pass & tog & <kin>", "pappa tog bussen. Mitt pass är kvar", False),
        ("tog & tog", "han tog", False),
        ("tog & tog", "han tog och tog", True),
        ("<kin> & bror", "min bror", False),
        ("<kin> & bror", "bror, min bror", True),
        ("bor && <kin>", "här bor vi inte länge än med bror", True),
        ("bor && <kin>", "här bor vi inte länge än så länge jag med en bror", False),
    ],
)
def test_the_pattern_language_means_what_it_says(pattern: str, text: str, expected: bool) -> None:
    """Authors write hundreds of rows on the strength of these few signs."""
    assert found(pattern, text) is expected


def test_a_misspelt_long_word_is_heard() -> None:
    """Whoever shakes makes typing mistakes."""
    assert found("självmord idag", "sjlävmord idag")
    assert not found("självmord idag", "själmodr idag")


def test_a_short_word_is_never_repaired() -> None:
    """One letter apart is usually another word: `dagar` is not `jagar`."""
    assert not found("jagar mig", "dagar mig")


def test_a_listed_word_is_never_repaired() -> None:
    """Tables are not tablets."""
    assert not found("tabletterna slut", "tabellerna slut")


def test_one_misspelling_in_a_pattern_not_two() -> None:
    """Two guesses in one phrase are too many."""
    assert found("planerar självmord", "planrar självmord")
    assert not found("planerar självmord", "planrar sjlävmord")


def test_arabic_words_are_heard_with_what_is_written_on_to_them() -> None:
    """And, by, will and the stand on the word itself."""
    assert found("یقتلنی", "وبيقتلني")


def test_half_joined_and_split_writing_are_heard() -> None:
    """Persian verbs come in three writings."""
    for text in ("می‌خواهم بمیرم", "می خواهم بمیرم", "میخواهم بمیرم"):
        assert "t.fa.1" in READER.patterns_in(text)
