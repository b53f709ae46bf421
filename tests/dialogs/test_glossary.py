"""The Swedish words: each once, short enough for a pop-up, and every fault told with its line."""

import pytest

from dialogs.glossary import parse_glossary
from dialogs.marked_yaml import GuideFaults
from tests.dialogs.guide_examples import GLOSSARY, english


def test_a_word_is_shown_with_its_sound_and_meaning() -> None:
    """Whoever meets it on a letter knows how to say it and what it is."""
    term = parse_glossary("glossary.yaml", GLOSSARY)["hjalp"]
    assert (term.word, english((term.shown(),))) == ("hjälp", "hjälp (yelp): help")
    assert term.meaning.context == "glossary"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("  hjalp:", "  Hjälp:", "is not a key"),
        ("    word: hjälp\n", "", "no text for 'word'"),
        ("meaning: help", "meaning: " + "help " * 40, "140 at most"),
        ("meaning: help", "meaning: help\n    sound: x", "unknown key 'sound'"),
        (
            "meaning: help",
            "meaning: help\n  help:\n    word: Hjälp\n    sounds: yelp\n    meaning: help",
            "stands there twice",
        ),
    ],
)
def test_a_fault_is_told(old: str, new: str, sentence: str) -> None:
    """Authors do not program."""
    with pytest.raises(GuideFaults) as raised:
        parse_glossary("glossary.yaml", GLOSSARY.replace(old, new))
    assert sentence in str(raised.value)
