"""A contact person's standing pages: how it works, what is kept, and the way out."""

import pytest

from dialogs import contact_person, helper_screens
from dialogs.effects import ClearChat, ForgetPerson
from dialogs.events import (
    Event,
    Pressed,
    Wrote,
)
from dialogs.knowledge import Knowledge
from dialogs.outcome import Outcome
from dialogs.people import Contact
from dialogs.words import Word
from tests.dialogs.cast import NOW, english, offered, only, words


def happens(contact: Contact, event: Event, knowledge: Knowledge) -> Outcome[Contact]:
    """Let something happen to her now."""
    return contact_person.decide(contact, event, NOW, knowledge)


def test_words_that_mean_nothing_are_answered_with_how_it_works(mina: Contact, knowledge: Knowledge) -> None:
    """And say that nobody else reads them."""
    said = words(happens(mina, Wrote("is she all right?"), knowledge).effects)
    assert "reaches nobody else" in said
    assert "I have it" in said


@pytest.mark.parametrize("word", [Word.STOP, Word.FORGET])
def test_leaving_asks_once_and_then_erases_her(mina: Contact, knowledge: Knowledge, word: Word) -> None:
    """She promised something to people; a slip must not end it."""
    asked = happens(mina, Wrote("x", word), knowledge)
    assert only(ForgetPerson, asked.effects) == []
    assert offered(asked.effects) == ["ch:leave-yes", "ch:help"]
    left = happens(mina, Pressed("ch:leave-yes"), knowledge)
    assert isinstance(left.effects[-1], ForgetPerson)
    assert "Thank you" in words(left.effects)


def test_privacy_says_what_is_kept_about_her(mina: Contact, knowledge: Knowledge) -> None:
    """And that residents see her name."""
    said = words(happens(mina, Wrote("x", Word.PRIVACY), knowledge).effects)
    assert "Residents see your name" in said
    assert "Telegram can technically read" in said


def test_the_commands_of_a_contact_person_are_known_words() -> None:
    """A command nobody understands would be a dead button."""
    assert {word for word, _text in helper_screens.COMMANDS} <= set(Word)
    assert all(english((text,)) for _word, text in helper_screens.COMMANDS)


def test_a_chat_is_cleared_by_a_word(mina: Contact, knowledge: Knowledge) -> None:
    """Both sides, and with what remains said: nobody stands behind her as behind a resident."""
    cleared = happens(mina, Wrote("clear", Word.HIDE), knowledge)
    assert isinstance(cleared.effects[0], ClearChat)
    assert "Older ones only you can remove" in words(cleared.effects)
    assert offered(cleared.effects) == ["td"]
