"""What a second channel may carry: nothing that tells a stranger anything."""

import inspect
import re

from dialogs import ring_texts
from dialogs.text import Message

APPROVED = {
    "Case {case}: please open the app.",
    "Case {case} again: please open the app.",
    "Vidare needs a technical look. Run: vidare doctor",
    "This is a test. Nobody needs help.",
}


def _every() -> list[Message]:
    return [ring_texts.case(12, False), ring_texts.case(12, True), ring_texts.technical(), ring_texts.trial()]


def test_the_sentences_are_these_and_no_others() -> None:
    """Whoever adds one has to come here, and to think of a lock screen (R29)."""
    assert {each.source for each in _every()} == APPROVED
    made_here = [
        name
        for name, made in inspect.getmembers(ring_texts, inspect.isfunction)
        if made.__module__ == ring_texts.__name__
    ]
    assert made_here == ["case", "technical", "trial"]


def test_the_only_thing_filled_in_is_a_number() -> None:
    """A value that is text could be a name."""
    for each in _every():
        assert [name for name, _value in each.values] == re.findall(r"\{(\w+)\}", each.source)
        assert all(type(value) is int for _name, value in each.values)


def test_a_repeat_says_so() -> None:
    """Otherwise one case read twice is two."""
    assert ring_texts.case(12, True) != ring_texts.case(12, False)


def test_a_test_says_that_nobody_needs_help() -> None:
    """Whoever reads only the second half must not be frightened."""
    assert "Nobody needs help" in ring_texts.trial().source
