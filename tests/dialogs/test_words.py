"""Words that mean something everywhere: each means one thing, and a bare cry is none of them."""

import re

import pytest

from bot.translating import fold
from dialogs import helper_screens, menu
from dialogs.words import LABELS, SPELLINGS, Word

CRIES = ["help", "no", "yes", "please", "he is here", "danger", "fine", "ok"]


def spellings(word: Word) -> set[str]:
    """What may be typed for a word, folded as the door folds it."""
    typed = SPELLINGS[word].source.split("|") if word in SPELLINGS else []
    return {fold(each) for each in typed} | ({fold(LABELS[word].source)} if word in LABELS else set())


def test_no_spelling_means_two_things() -> None:
    """ "Stop" must never depend on the order of a table."""
    seen: dict[str, Word] = {}
    for word in Word:
        for spelling in spellings(word):
            assert seen.setdefault(spelling, word) is word, spelling


def test_every_word_but_start_can_be_typed() -> None:
    """Whatever a button does, a word does too; `/start` belongs to Telegram."""
    assert {word for word in Word if not spellings(word)} == {Word.START}
    assert all(spelling for word in SPELLINGS for spelling in spellings(word)), "an empty spelling fits all"


@pytest.mark.parametrize("cry", CRIES)
def test_a_cry_or_an_answer_is_no_word(cry: str) -> None:
    """It is read as what it is; a word would keep it from the reader."""
    assert all(fold(cry) not in spellings(word) for word in Word)


@pytest.mark.parametrize(
    "plea", ["I need help", "help me!", "Someone", "I need someone", "Talk to a person."]
)
def test_asking_for_a_person_is_a_word_in_many_forms(plea: str) -> None:
    """She need not know how it is written here."""
    assert fold(plea) in spellings(Word.SOMEONE)


def test_every_word_is_a_command_telegram_takes() -> None:
    """Small letters, digits, at most 32."""
    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", word) for word in Word)


def test_everything_on_a_keyboard_has_a_label() -> None:
    """A key without words cannot be shown."""
    assert {word for row in menu.REPLY_KEYBOARD for word in row} <= set(LABELS)
    assert {Word.HAVE_IT, Word.CANNOT, Word.REACHED, Word.NOT_REACHED} <= set(LABELS)
    assert not {word for word, _text in (*menu.COMMANDS, *helper_screens.COMMANDS)} - set(Word)


def test_spellings_are_texts_of_one_context_that_translators_replace() -> None:
    """In other languages other words are typed."""
    assert {message.context for message in SPELLINGS.values()} == {"word"}
