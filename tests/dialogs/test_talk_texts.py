"""How a letter looks on the other phone."""

import pytest

from dialogs import talk_texts
from dialogs.effects import Purpose, Say, SendFile
from dialogs.letters import Letter
from tests.dialogs.cast import NOW, english, only, words


def test_a_letter_shows_who_and_when() -> None:
    """The time it was written, because it may be read much later."""
    (shown,) = only(Say, talk_texts.letter(Letter("I am here", NOW, "Mina"), 5))
    assert english(shown.text).startswith("💬 Mina, ")
    assert english(shown.text).endswith("I am here")
    assert (shown.purpose, shown.relay) == (Purpose.RELAY, 5)


def test_a_changed_letter_says_so() -> None:
    """Who reads must not think that it always said that."""
    assert "changed" in words(talk_texts.letter(Letter("at four", NOW, "Mina", edited=True), 5))


def test_what_came_from_elsewhere_says_so() -> None:
    """Without the name of who wrote it."""
    assert "elsewhere" in words(talk_texts.letter(Letter("a threat", NOW, "Linden", forwarded=True), 5))


def test_a_file_comes_below_its_words() -> None:
    """Both say who; only the file is what the letter waits for."""
    letter = Letter("look", NOW, "Linden", kind="photo", file="id")
    effects = talk_texts.letter(letter, 5, case=3, quietly=True)
    (said,), (file,) = only(Say, effects), only(SendFile, effects)
    assert said.relay is None
    assert (file.kind, file.file, file.relay, file.quietly) == ("photo", "id", 5, True)
    assert "case 3" in words(effects)


def test_a_file_without_words_is_one_message() -> None:
    """An empty bubble would be noise."""
    effects = talk_texts.letter(Letter("", NOW, "Linden", kind="voice", file="id"), 5)
    assert only(Say, effects) == []


@pytest.mark.parametrize("how", ["unclear", "blocked", "refused"])
def test_what_is_lost_is_said_as_far_as_it_is_known(how: str) -> None:
    """ "Not certain" is another thing than "not"."""
    said = english((talk_texts.lost("Mina", how),))
    assert ("not certain" in said) is (how == "unclear")
