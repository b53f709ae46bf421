"""The Swedish words: in pages, by the Swedish alphabet, each explained by a tap."""

import pytest

from dialogs.effects import Toast
from tests.dialogs.cast import Talk, leyla, library, only


def test_all_words_are_reached_and_explained() -> None:
    """From the first page to the last."""
    talk, found = Talk(leyla()).presses("words"), []
    for page in range(1, 200):
        found += [data for data in talk.offers if data.startswith("words:t:")]
        if f"words:{page}" not in talk.offers:
            break
        talk.presses(f"words:{page}")
    assert len(found) == len(set(found)) == len(library().glossary)
    assert only(Toast, Talk(leyla()).presses(found[0]).effects)


@pytest.mark.parametrize("data", ["words:t:nothing", "words:x", "words:9999"])
def test_an_old_button_is_answered(data: str) -> None:
    """A word may be gone since."""
    assert Talk(leyla()).presses(data).effects
